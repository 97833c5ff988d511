//! The pages about the person who looks: signing in and out, one-time links, name and email, the password, the second factor, where one is
//! signed in, the language, the choice of an organisation; what its owners say of it, and who and what else looks after its users.

pub(super) mod account;
pub(super) mod activity;
mod activity_words;
pub(super) mod administrators;
pub(super) mod code;
pub(super) mod factor;
pub(super) mod forgot;
pub(super) mod home;
pub(super) mod language;
pub(super) mod link;
pub(super) mod news;
pub(super) mod password;
mod picture;
pub(super) mod sessions;
pub(super) mod settings;
pub(super) mod setup;
pub(super) mod sign_in;
pub(super) mod tabs;
pub(super) mod tokens;

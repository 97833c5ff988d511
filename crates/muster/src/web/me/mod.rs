//! The pages about the person who looks: signing in and out, one-time links, the password, the choice of an organisation.

pub(super) mod home;
pub(super) mod link;
pub(super) mod password;
pub(super) mod sign_in;

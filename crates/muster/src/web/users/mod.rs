//! The pages about users: the list, one of them with their form, and the download of all.

mod asked;
pub(super) mod download;
mod form;
pub(super) mod list;
pub(super) mod user;

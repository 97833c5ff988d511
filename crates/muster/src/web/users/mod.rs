//! The pages about users: the list, one of them with their form, and the download of all.

mod asked;
pub(super) mod download;
mod form;
mod found;
pub(super) mod list;
mod narrowed;
pub(super) mod user;

//! The pages about users: the list, one of them with their form, the download of all, selections and what is changed of them.

mod asked;
pub(super) mod change;
pub(super) mod columns;
pub(super) mod download;
pub(super) mod erase;
mod form;
mod found;
pub(super) mod list;
mod narrowed;
pub(super) mod new;
pub(super) mod saved;
pub(super) mod selected;
mod ticks;
pub(super) mod user;

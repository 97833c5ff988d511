//! What must be right: accounts, administrators, fields, users, who claims what, and the history of all of it. On SQLite this is the first
//! file.

pub(crate) mod access;
pub(crate) mod accounts;
pub(crate) mod answers;
pub(crate) mod changed;
pub(crate) mod claims;
pub(crate) mod factors;
pub(crate) mod field_changes;
pub(crate) mod fields;
mod folding;
pub(crate) mod history;
pub(crate) mod matchings;
mod preferences;
pub(crate) mod references;
pub(crate) mod releases;
pub(crate) mod revisions;
pub(crate) mod rows;
pub(crate) mod saved_searches;
pub(crate) mod sessions;
pub(crate) mod users;

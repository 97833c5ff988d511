//! The pages about the fields of an organisation: all of them, and one with its options. Owners change them, others look.

pub(super) mod field;
pub(super) mod list;
mod options;
mod page;
mod sent;

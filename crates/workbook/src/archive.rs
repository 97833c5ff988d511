//! The zip archive around xlsx and ods, read and written here and not by a library, because every limit has to hold
//! before memory is taken for what a file claims, and because a streamed download must be readable by every program.
//! Source of all numbers: PKWARE's APPNOTE.TXT, section 4.

mod directory;
mod entry;
mod part;
mod pour;
mod record;

pub(crate) use directory::Archive;
pub(crate) use entry::Entry;
pub(crate) use part::{Cap, Part};
pub(crate) use pour::ZipWriter;

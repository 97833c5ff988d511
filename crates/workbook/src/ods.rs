//! OpenDocument spreadsheets (ISO/IEC 26300, ODF 1.3): read and written, streaming. Their prefixes are taken to be the
//! ones that every program uses: `table:`, `office:` and `text:`.

mod book;
mod cell;
mod escape;
mod glance;
mod sheet;
mod write;

pub(crate) use book::OdsBook;
pub(crate) use glance::{FIRST, Glance};
pub(crate) use sheet::OdsRows;
pub(crate) use write::OdsWriter;

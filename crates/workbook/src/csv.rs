//! Comma separated values (RFC 4180) and what programs make of them in other countries: read and written.

mod dialect;
mod escape;
mod read;
mod wrapped;
mod write;

pub(crate) use read::{CsvFile, CsvRows};
pub(crate) use write::CsvWriter;

//! Comma separated values (RFC 4180) and what programs make of them in other countries: read and written.

mod dialect;
mod escape;
mod read;
mod reading;
mod wrapped;
mod write;

pub(crate) use read::{CsvFile, CsvRows};
pub use reading::CsvReading;
pub(crate) use write::CsvWriter;

//! Reads and writes spreadsheets of people, row by row: xlsx, csv and ods, untrusted and of any size.
//!
//! Reading: [`Book::open`] looks at the bytes and refuses what is not a spreadsheet it can read; [`Book::rows`]
//! streams the rows of one sheet, cell by cell, each with its raw text, its position and what is wrong with it.
//! Writing: [`Writer::start`] lays out the book, [`Writer::row`] pours one row, [`Writer::finish`] closes it.
//! Nothing here knows users, fields or a database.

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod archive;
mod batch;
mod cell;
mod charset;
mod csv;
mod date;
mod format;
mod instructions;
mod layout;
mod limits;
mod merged;
mod number;
mod ods;
mod position;
mod printed;
mod read;
mod refusal;
mod rules;
mod sniff;
mod source;
mod stamp;
mod window;
mod write;
mod xlsx;
mod xml;

pub use batch::{Batch, Row};
pub use cell::{Cell, CellDate, Defect, Kind};
pub use charset::Charset;
pub use csv::CsvReading;
pub use format::Format;
pub use layout::{Column, Content, Layout, Note, SheetNames};
pub use limits::Limits;
pub use position::{Area, Position};
pub use printed::{Mark, Printed};
pub use read::{Book, Rows};
pub use refusal::Refusal;
pub use source::{Asides, Count, Progress, Sheet, Source};
pub use stamp::Stamped;
pub use write::Writer;

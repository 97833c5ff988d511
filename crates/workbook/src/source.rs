//! Where the bytes of a file come from, how far reading them is, and the sheets that they hold.

use std::io::{Read, Seek};

/// Where the bytes come from: read and sought, from one thread at a time.
pub trait Source: Read + Seek + Send {}
impl<S: Read + Seek + Send> Source for S {}

/// How far reading is, in bytes of the stored sheet (or of the csv file).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Bytes read.
    pub done: u64,
    /// Bytes there are.
    pub total: u64,
}

/// How much a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Rows that have a cell.
    pub rows: u64,
    /// Cells that are not empty.
    pub cells: u64,
}

/// What lies on the sheets of a book and is no cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asides {
    /// Comments on cells.
    pub comments: u64,
    /// Pictures, charts and shapes.
    pub drawings: u64,
}

/// A sheet of a book, in the book's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; csv has one sheet without a name.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
}

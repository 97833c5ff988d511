//! Bytes to rows: which sheets there are, and the rows of one of them, streamed.

use std::io::{Read, Seek};

use crate::{Cell, Format, Limits, Position, Refusal};

/// Where the bytes come from: read and sought, from one thread at a time.
pub trait Source: Read + Seek + Send {}
impl<S: Read + Seek + Send> Source for S {}

/// A sheet of a book, in the book's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; csv has one sheet without a name.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
}

/// An opened file.
pub struct Book {
    _source: Box<dyn Source>,
}

/// How far reading is, in bytes of the stored sheet (or of the csv file).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Bytes read.
    pub done: u64,
    /// Bytes there are.
    pub total: u64,
}

impl Book {
    /// Looks at the bytes, tells the format from them (never from the name), and reads what the sheets need:
    /// shared strings, formats, sheet names.
    ///
    /// # Errors
    /// The [`Refusal`] that tells why the whole file is refused.
    pub fn open(source: Box<dyn Source>, limits: &Limits) -> Result<Self, Refusal> {
        let _ = limits;
        let _ = source;
        Err(Refusal::Empty)
    }

    /// The format found.
    pub fn format(&self) -> Format {
        Format::Csv
    }

    /// The sheets, in order.
    pub fn sheets(&self) -> &[Sheet] {
        &[]
    }

    /// What was guessed of a csv file, in words for people ("Windows-1252, separated by semicolons"), if anything was.
    pub fn guessed(&self) -> Option<&str> {
        None
    }

    /// Streams the rows of one sheet from its start. May be called again, for another sheet or the same one.
    ///
    /// # Errors
    /// The [`Refusal`] when the sheet's part can't be opened.
    pub fn rows(&mut self, sheet: usize) -> Result<Rows<'_>, Refusal> {
        let _ = sheet;
        Err(Refusal::Empty)
    }
}

/// The rows of a sheet, streamed.
pub struct Rows<'b> {
    _book: &'b mut Book,
}

impl Rows<'_> {
    /// Empties the batch and reads up to `most` rows that have a cell. False when the sheet is at its end and the
    /// batch stayed empty. Empty rows are skipped, however many.
    ///
    /// # Errors
    /// A [`Refusal`] when the rest of the sheet can't be read: damage, or a limit.
    pub fn fill(&mut self, batch: &mut Batch, most: usize) -> Result<bool, Refusal> {
        let _ = most;
        batch.clear();
        Ok(false)
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        Progress::default()
    }
}

/// Rows that own their text, packed in one arena; made once and filled again and again, and sent between threads.
#[derive(Debug, Default)]
pub struct Batch {}

impl Batch {
    /// An empty batch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets the rows and keeps the memory.
    pub fn clear(&mut self) {}

    /// How many rows it holds.
    pub fn len(&self) -> usize {
        0
    }

    /// Whether it holds no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row at this place of the batch, from 0. Panics beyond the end, as a slice does.
    pub fn row(&self, index: usize) -> Row<'_> {
        let _ = index;
        Row { number: 0, hidden: false, _batch: self }
    }

    /// The rows in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).map(|index| self.row(index))
    }
}

/// One row of a batch.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r> {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Whether the spreadsheet hides it.
    pub hidden: bool,
    _batch: &'r Batch,
}

impl<'r> Row<'r> {
    /// The cells that are not empty, by column.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'r>> + use<'r> {
        std::iter::empty()
    }

    /// The cell in this column (from 1), if it is not empty.
    pub fn cell(&self, column: u32) -> Option<Cell<'r>> {
        self.cells().find(|cell| cell.position == Position { row: self.number, column })
    }
}

//! Rows to bytes: the layout once, then row after row, streamed.

use std::io::{self, Write};

use crate::{CellDate, Format, Layout};

/// One value to write. What it looks like follows from its column's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed<'v> {
    /// An empty cell.
    Empty,
    /// A text.
    Text(&'v str),
    /// A number, as a canonical decimal: `-12.5`.
    Number(&'v str),
    /// A date.
    Date(CellDate),
}

/// Writes one book.
pub struct Writer<W: Write> {
    sink: W,
}

impl<W: Write> Writer<W> {
    /// Writes everything that comes before the first row.
    ///
    /// # Errors
    /// When the sink fails.
    pub fn start(sink: W, format: Format, layout: &Layout) -> io::Result<Self> {
        let _ = (format, layout);
        Ok(Self { sink })
    }

    /// Pours one row: a value for each column, in their order; what is missing at the end is empty.
    ///
    /// # Errors
    /// When the sink fails.
    pub fn row(&mut self, values: &[Printed<'_>]) -> io::Result<()> {
        let _ = values;
        Ok(())
    }

    /// Writes everything that comes after the last row and gives the sink back, flushed.
    ///
    /// # Errors
    /// When the sink fails.
    pub fn finish(self) -> io::Result<W> {
        Ok(self.sink)
    }
}

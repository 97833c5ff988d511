//! Rows to bytes: the layout once, then row after row, streamed.

use std::io::{self, Write};

use crate::csv::CsvWriter;
use crate::ods::OdsWriter;
use crate::xlsx::XlsxWriter;
use crate::{CellDate, Format, Layout};

/// One value to write. What it looks like follows from its column's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed<'v> {
    /// An empty cell.
    Empty,
    /// A text.
    Text(&'v str),
    /// A number, as a canonical decimal: `-12.5`. In xlsx and ods a number of more than fifteen digits, which a
    /// spreadsheet would round, and what is no canonical decimal are written as text.
    Number(&'v str),
    /// A date. Before 1900 (xlsx: there is no serial number) and before 1583 (ods: programs disagree on the
    /// calendar) it is written as text.
    Date(CellDate),
}

/// Writes one book.
pub struct Writer<W: Write> {
    inner: Inner<W>,
}

enum Inner<W: Write> {
    Xlsx(Box<XlsxWriter<W>>),
    Ods(Box<OdsWriter<W>>),
    Csv(CsvWriter<W>),
}

impl<W: Write> Writer<W> {
    /// Writes everything that comes before the first row.
    ///
    /// # Errors
    /// When the sink fails, or the layout can't be: a sheet name that Excel refuses, for instance.
    pub fn start(sink: W, format: Format, layout: &Layout) -> io::Result<Self> {
        let inner = match format {
            Format::Csv => Inner::Csv(CsvWriter::start(sink, layout)?),
            Format::Ods => Inner::Ods(Box::new(OdsWriter::start(sink, layout)?)),
            Format::Xlsx => Inner::Xlsx(Box::new(XlsxWriter::start(sink, layout)?)),
        };
        Ok(Self { inner })
    }

    /// Pours one row: a value for each column, in their order; what is missing at the end is empty, and what is too
    /// much is left out.
    ///
    /// # Errors
    /// When the sink fails; `InvalidInput` when a text is longer than 32,767 UTF-16 units or the sheet is full, as no
    /// program would open such a book (xlsx and ods).
    pub fn row(&mut self, values: &[Printed<'_>]) -> io::Result<()> {
        match &mut self.inner {
            Inner::Xlsx(writer) => writer.row(values),
            Inner::Ods(writer) => writer.row(values),
            Inner::Csv(writer) => writer.row(values),
        }
    }

    /// Writes everything that comes after the last row and gives the sink back, flushed.
    ///
    /// # Errors
    /// When the sink fails.
    pub fn finish(self) -> io::Result<W> {
        match self.inner {
            Inner::Xlsx(writer) => writer.finish(),
            Inner::Ods(writer) => writer.finish(),
            Inner::Csv(writer) => writer.finish(),
        }
    }
}

//! Rows to bytes: the layout once, then row after row, streamed.

use std::io::{self, Write};

use crate::csv::CsvWriter;
use crate::ods::OdsWriter;
use crate::xlsx::XlsxWriter;
use crate::{Format, Layout, Mark, Printed};

/// Notes that a sheet gets at the most.
const MOST_NOTES: usize = 20_000;
/// Characters of a note that are kept.
const LONGEST_NOTE: usize = 1_000;

/// Writes one book.
pub struct Writer<W: Write> {
    inner: Inner<W>,
    /// How many notes were written; none in a book without marks.
    notes: Option<usize>,
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
        Self::start_with(sink, format, layout, false)
    }

    /// The same for a book whose rows may have marks: see [`Writer::marked_row`].
    ///
    /// # Errors
    /// As [`Writer::start`].
    pub fn start_marked(sink: W, format: Format, layout: &Layout) -> io::Result<Self> {
        Self::start_with(sink, format, layout, true)
    }

    /// Writes a csv whose keys stand at the row of this number, without titles; the rows above it are empty. So the cells of a table
    /// that is written anew stay where they were.
    ///
    /// # Errors
    /// When the sink fails.
    pub fn start_keys_at(sink: W, keys: &[String], row: u32) -> io::Result<Self> {
        let inner = Inner::Csv(CsvWriter::start_keys_at(sink, keys, row)?);
        Ok(Self { inner, notes: None })
    }

    fn start_with(sink: W, format: Format, layout: &Layout, marks: bool) -> io::Result<Self> {
        let inner = match format {
            Format::Csv => Inner::Csv(CsvWriter::start(sink, layout)?),
            Format::Ods => Inner::Ods(Box::new(OdsWriter::start(sink, layout, marks)?)),
            Format::Xlsx => Inner::Xlsx(Box::new(XlsxWriter::start(sink, layout, marks)?)),
        };
        Ok(Self { inner, notes: marks.then_some(0) })
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

    /// Pours one row some of whose cells are marked; an empty cell may be. In memory stays nothing of the row but its notes.
    ///
    /// # Errors
    /// As [`Writer::row`]; `InvalidInput` when the book was not begun by [`Writer::start_marked`].
    pub fn marked_row(&mut self, values: &[Printed<'_>], marks: &[Mark<'_>]) -> io::Result<()> {
        let Some(notes) = &mut self.notes else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the book was begun without marks"));
        };
        let mut kept: Vec<Mark<'_>> = Vec::with_capacity(marks.len());
        for mark in marks.iter().filter(|mark| mark.column > 0) {
            // A cell has one note.
            if kept.iter().all(|other| other.column != mark.column) {
                let note = mark.note.filter(|note| !note.trim().is_empty() && *notes < MOST_NOTES);
                *notes += usize::from(note.is_some());
                kept.push(Mark { note: note.map(beginning), ..*mark });
            }
        }
        kept.sort_unstable_by_key(|mark| mark.column);
        match &mut self.inner {
            Inner::Xlsx(writer) => writer.marked_row(values, &kept),
            Inner::Ods(writer) => writer.marked_row(values, &kept),
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

/// The part of a note that is kept.
fn beginning(note: &str) -> &str {
    note.char_indices().nth(LONGEST_NOTE).map_or(note, |(end, _)| &note[..end])
}

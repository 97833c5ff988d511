//! Writes workbooks: the book without rows is laid out once, the rows are poured into the part of its first sheet.

mod notes;
mod pour;
mod template;

use std::io::{self, Write};

use notes::Notes;
use pour::Pour;
use template::{SHEET, Template, WORKBOOK};

use crate::Layout;
use crate::archive::ZipWriter;
use crate::rules::LAST_ROW;
use crate::{Mark, Printed};

/// Bytes of sheet that are gathered before they are deflated.
const GATHERED: usize = 64 << 10;
/// It lists the parts, the notes among them; with marks it is written once it is known whether there are any.
const TYPES: &str = "[Content_Types].xml";

/// A workbook being written.
pub(crate) struct XlsxWriter<W: Write> {
    zip: ZipWriter<W>,
    template: Template,
    pour: Pour,
    buffer: Vec<u8>,
    row: u32,
    /// The list of parts, until it is known whether there are notes; none in a book without marks.
    types: Option<Vec<u8>>,
    notes: Notes,
}

impl<W: Write> XlsxWriter<W> {
    /// Writes every part but the rows, and what comes before them.
    pub(crate) fn start(sink: W, layout: &Layout, marks: bool) -> io::Result<Self> {
        let mut template = Template::lay_out(layout, marks)?;
        let types = if marks { template.take_part(TYPES) } else { None };
        let mut zip = ZipWriter::new(sink);
        for (name, content) in &template.parts {
            zip.deflate(name, content)?;
        }
        zip.start(SHEET)?;
        zip.pour(&template.head)?;
        let pour = Pour::new(&template.styles);
        let buffer = Vec::with_capacity(2 * GATHERED);
        Ok(Self { zip, template, pour, buffer, row: 2, types, notes: Notes::default() })
    }

    /// Pours one row.
    pub(crate) fn row(&mut self, values: &[Printed<'_>]) -> io::Result<()> {
        self.next_row()?;
        self.pour.row(self.row, values, &mut self.buffer)?;
        self.pour_gathered()
    }

    /// Pours one row with marks, which come in the order of their columns.
    pub(crate) fn marked_row(&mut self, values: &[Printed<'_>], marks: &[Mark<'_>]) -> io::Result<()> {
        self.next_row()?;
        self.pour.marked_row(self.row, values, marks, &mut self.buffer)?;
        self.notes.add(self.row, marks);
        self.pour_gathered()
    }

    fn next_row(&mut self) -> io::Result<()> {
        if self.row == LAST_ROW {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "a sheet has 1,048,576 rows and no more",
            ));
        }
        self.row += 1;
        Ok(())
    }

    fn pour_gathered(&mut self) -> io::Result<()> {
        if self.buffer.len() >= GATHERED {
            self.zip.pour(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// Writes what comes after the rows.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        let tail = self.notes.drawn(self.template.tail(self.row));
        self.buffer.extend_from_slice(tail.as_bytes());
        self.zip.pour(&self.buffer)?;
        self.zip.end()?;
        self.zip.deflate(WORKBOOK, self.template.workbook(self.row).as_bytes())?;
        if let Some(types) = self.types {
            self.zip.deflate(TYPES, &self.notes.listed(types))?;
            self.notes.write(&mut self.zip)?;
        }
        self.zip.finish()
    }
}

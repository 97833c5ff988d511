//! Writes workbooks: the book without rows is laid out once, the rows are poured into the part of its first sheet.

mod pour;
mod template;

use std::io::{self, Write};

use pour::Pour;
use template::Template;

use crate::Layout;
use crate::archive::ZipWriter;
use crate::write::Printed;

/// The last row that a sheet can have (ECMA-376 part 1, 18.3.1.73).
const LAST_ROW: u32 = 1_048_576;
/// Bytes of sheet that are gathered before they are deflated.
const GATHERED: usize = 64 << 10;
/// Part of the first sheet, where the rows are.
const SHEET: &str = "xl/worksheets/sheet1.xml";
/// It names the last row of the filter, so it is written after the rows.
const WORKBOOK: &str = "xl/workbook.xml";

/// A workbook being written.
pub(crate) struct XlsxWriter<W: Write> {
    zip: ZipWriter<W>,
    template: Template,
    pour: Pour,
    buffer: Vec<u8>,
    row: u32,
}

impl<W: Write> XlsxWriter<W> {
    /// Writes every part but the rows, and what comes before them.
    pub(crate) fn start(sink: W, layout: &Layout) -> io::Result<Self> {
        let template = Template::lay_out(layout)?;
        let mut zip = ZipWriter::new(sink);
        for (name, content) in &template.parts {
            zip.deflate(name, content)?;
        }
        zip.start(SHEET)?;
        zip.pour(&template.head)?;
        let pour = Pour::new(&template.styles);
        Ok(Self { zip, template, pour, buffer: Vec::with_capacity(2 * GATHERED), row: 2 })
    }

    /// Pours one row.
    pub(crate) fn row(&mut self, values: &[Printed<'_>]) -> io::Result<()> {
        if self.row == LAST_ROW {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "a sheet has 1,048,576 rows and no more",
            ));
        }
        self.row += 1;
        self.pour.row(self.row, values, &mut self.buffer)?;
        if self.buffer.len() >= GATHERED {
            self.zip.pour(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// Writes what comes after the rows.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        self.buffer.extend_from_slice(self.template.tail(self.row).as_bytes());
        self.zip.pour(&self.buffer)?;
        self.zip.end()?;
        self.zip.deflate(WORKBOOK, self.template.workbook(self.row).as_bytes())?;
        self.zip.finish()
    }
}

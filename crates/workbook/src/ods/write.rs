//! Writes OpenDocument spreadsheets: the small parts first, then everything of all tables in one pass.

mod frame;
mod pour;

use std::io::{self, Write};

use frame::Frame;
use pour::Pour;

use crate::Layout;
use crate::archive::ZipWriter;
use crate::rules::{self, LAST_ROW};
use crate::{Mark, Printed};

/// Bytes that are gathered before they are deflated.
const GATHERED: usize = 64 << 10;

/// A document being written.
pub(crate) struct OdsWriter<W: Write> {
    zip: ZipWriter<W>,
    frame: Frame,
    pour: Pour,
    buffer: Vec<u8>,
    row: u32,
}

impl<W: Write> OdsWriter<W> {
    /// Writes every part but the content, and of that what comes before the rows.
    pub(crate) fn start(sink: W, layout: &Layout, marks: bool) -> io::Result<Self> {
        let frame = Frame::of(layout, marks);
        let mut zip = ZipWriter::new(sink);
        zip.store("mimetype", frame::MIMETYPE.as_bytes())?;
        zip.deflate("META-INF/manifest.xml", frame::MANIFEST.as_bytes())?;
        zip.deflate("styles.xml", frame::STYLES.as_bytes())?;
        zip.deflate("settings.xml", frame.settings().as_bytes())?;
        zip.start("content.xml")?;
        zip.pour(frame.head().as_bytes())?;
        let pour = Pour::new(frame.validations());
        Ok(Self { zip, frame, pour, buffer: Vec::with_capacity(2 * GATHERED), row: 2 })
    }

    /// Pours one row.
    pub(crate) fn row(&mut self, values: &[Printed<'_>]) -> io::Result<()> {
        self.marked_row(values, &[])
    }

    /// Pours one row with marks, which come in the order of their columns.
    pub(crate) fn marked_row(&mut self, values: &[Printed<'_>], marks: &[Mark<'_>]) -> io::Result<()> {
        if self.row == LAST_ROW {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "a sheet has 1,048,576 rows and no more",
            ));
        }
        self.row += 1;
        self.pour.row(values, marks, &mut self.buffer)?;
        if self.buffer.len() >= GATHERED {
            self.zip.pour(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// Writes what comes after the rows.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        let spare = rules::last_row(self.row).saturating_sub(self.row);
        if spare > 0 {
            self.pour.empty_rows(spare, &mut self.buffer);
        }
        self.buffer.extend_from_slice(self.frame.tail(self.row).as_bytes());
        self.zip.pour(&self.buffer)?;
        self.zip.end()?;
        self.zip.finish()
    }
}

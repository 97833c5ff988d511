//! Writes csv that every spreadsheet program opens rightly: UTF-8 with its mark, CRLF, quoted where it must be.

use std::io::{self, Write};

use super::escape;
use crate::Layout;
use crate::Printed;
use crate::number::is_canonical;

/// Bytes that are gathered before they go to the sink.
const GATHERED: usize = 32 << 10;

/// A csv file being written.
pub(crate) struct CsvWriter<W: Write> {
    sink: W,
    buffer: Vec<u8>,
    columns: usize,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the mark and both header rows.
    pub(crate) fn start(sink: W, layout: &Layout) -> io::Result<Self> {
        let buffer = b"\xEF\xBB\xBF".to_vec();
        let mut writer = Self { sink, buffer, columns: layout.columns.len() };
        let titles: Vec<_> = layout.columns.iter().map(|column| Printed::Text(&column.title)).collect();
        let keys: Vec<_> = layout.columns.iter().map(|column| Printed::Text(&column.key)).collect();
        writer.row(&titles)?;
        writer.row(&keys)?;
        writer.pour()?;
        Ok(writer)
    }

    /// Writes the mark and a row of keys alone, at the row of this number; those above it are empty.
    pub(crate) fn start_keys_at(sink: W, keys: &[String], row: u32) -> io::Result<Self> {
        let mut writer = Self { sink, buffer: b"\xEF\xBB\xBF".to_vec(), columns: keys.len() };
        for _ in 1..row {
            writer.row(&[])?;
        }
        let keys: Vec<_> = keys.iter().map(|key| Printed::Text(key)).collect();
        writer.row(&keys)?;
        Ok(writer)
    }

    /// Writes one record.
    pub(crate) fn row(&mut self, values: &[Printed<'_>]) -> io::Result<()> {
        let empty = self.columns.saturating_sub(values.len());
        let values = values.iter().copied().chain(std::iter::repeat_n(Printed::Empty, empty));
        for (index, value) in values.take(self.columns).enumerate() {
            if index > 0 {
                self.buffer.push(b',');
            }
            match value {
                Printed::Empty => {}
                Printed::Text(text) => field(text.as_bytes(), &mut self.buffer),
                // A number that begins with its sign is no formula, and shown with a mark it would be no number.
                Printed::Number(number) if is_canonical(number) => {
                    self.buffer.extend_from_slice(number.as_bytes());
                }
                Printed::Number(number) => field(number.as_bytes(), &mut self.buffer),
                Printed::Date(date) => self.buffer.extend_from_slice(date.to_string().as_bytes()),
            }
        }
        self.buffer.extend_from_slice(b"\r\n");
        if self.buffer.len() >= GATHERED { self.pour() } else { Ok(()) }
    }

    /// Gives the sink back, flushed.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        self.pour()?;
        self.sink.flush()?;
        Ok(self.sink)
    }

    fn pour(&mut self) -> io::Result<()> {
        self.sink.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}

/// Adds one field. It is quoted too where it holds what separates fields in other countries, so that no reader can take
/// the wrong separator.
fn field(value: &[u8], to: &mut Vec<u8>) {
    // What marks the beginning or the end of a file is a letter only inside quotation marks.
    let marked = matches!(value, [0x1A, ..] | [0xEF, 0xBB, 0xBF, ..]);
    let quoted =
        marked || value.iter().any(|byte| matches!(byte, b',' | b';' | b'\t' | b'|' | b'"' | b'\r' | b'\n'));
    if quoted {
        to.push(b'"');
    }
    if escape::needs_mark(value) {
        to.push(b'\'');
    }
    let mut rest = value;
    while let Some(at) = memchr::memchr(b'"', rest) {
        to.extend_from_slice(&rest[..=at]);
        to.push(b'"');
        rest = &rest[at + 1..];
    }
    to.extend_from_slice(rest);
    if quoted {
        to.push(b'"');
    }
}

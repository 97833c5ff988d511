//! Reads csv as people and programs write it: any line end, a quotation mark anywhere, records of any length.

use std::io::SeekFrom;

use super::dialect::Dialect;
use super::{escape, wrapped};
use crate::batch::{Batch, Stored};
use crate::window::{Input, Window};
use crate::{Defect, Kind, Limits, Progress, Refusal, Sheet, Source};

/// An opened csv file.
pub(crate) struct CsvFile {
    dialect: Dialect,
    limits: Limits,
    sheets: [Sheet; 1],
}

/// The records of a csv file.
pub(crate) struct CsvRows<'b> {
    window: Window<'b>,
    separator: u8,
    wrapped: bool,
    limits: &'b Limits,
    row: u32,
    given: u32,
    ended: bool,
}

/// What ended a field.
#[derive(PartialEq)]
enum Stop {
    Separator,
    Record,
    File,
}

impl CsvFile {
    /// Finds out how the file is written.
    pub(crate) fn open(source: &mut dyn Source, limits: &Limits) -> Result<Self, Refusal> {
        let sheets = [Sheet { name: String::new(), hidden: false }];
        Ok(Self { dialect: Dialect::find(source)?, limits: *limits, sheets })
    }

    /// The one sheet.
    pub(crate) fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// What was guessed, in words.
    pub(crate) fn guessed(&self) -> Option<&str> {
        self.dialect.guessed.as_deref()
    }

    /// The records from the first on.
    pub(crate) fn rows<'b>(
        &'b self,
        source: &'b mut dyn Source,
        sheet: usize,
    ) -> Result<CsvRows<'b>, Refusal> {
        if sheet > 0 {
            return Err(Refusal::NoSuchSheet(sheet));
        }
        let length = source.seek(SeekFrom::End(0))?;
        source.seek(SeekFrom::Start(0))?;
        let mut window = Window::new(Input::Plain { source, length, read: 0 }, self.dialect.encoding);
        window.ensure(self.dialect.skipped)?;
        window.advance(self.dialect.skipped);
        let Dialect { separator, wrapped, .. } = self.dialect;
        Ok(CsvRows { window, separator, wrapped, limits: &self.limits, row: 0, given: 0, ended: false })
    }
}

impl CsvRows<'_> {
    /// Fills the batch; see [`crate::Rows::fill`].
    pub(crate) fn fill(&mut self, batch: &mut Batch, most: usize) -> Result<(), Refusal> {
        while !self.ended && !batch.is_full(most) {
            self.record(batch)?;
        }
        Ok(())
    }

    /// How far it is.
    pub(crate) fn progress(&self) -> Progress {
        self.window.progress()
    }

    fn record(&mut self, batch: &mut Batch) -> Result<(), Refusal> {
        self.row = self.row.saturating_add(1);
        let from = batch.mark();
        batch.start_row(self.row, false);
        let mut column: u32 = 0;
        let mut stop = Stop::Separator;
        while stop == Stop::Separator {
            column = column.saturating_add(1);
            let mark = batch.mark();
            stop = self.field(batch, mark)?;
            let broken = self.window.take_broken();
            if self.wrapped && column == 1 && stop != Stop::Separator {
                self.unwrap(batch, mark, broken);
            } else {
                self.put(batch, column, mark, broken);
            }
            batch.check_row(from, self.limits)?;
        }
        self.ended = stop == Stop::File;
        if batch.end_row() {
            self.given = self.given.saturating_add(1);
            if self.given > self.limits.rows {
                return Err(Refusal::TooManyRows(self.limits.rows));
            }
        }
        Ok(())
    }

    /// Makes the text since this mark the cell of this column; one that can't be read when bytes of it were no character.
    fn put(&self, batch: &mut Batch, column: u32, mark: usize, broken: bool) {
        if column > self.limits.columns {
            batch.text_mut().truncate(mark);
            return;
        }
        if escape::mark_length(batch.since(mark)) > 0 {
            batch.text_mut().remove(mark);
        }
        let stored = if broken { Stored::defective(Defect::Unreadable) } else { Stored::plain(Kind::Text) };
        batch.push_text(column, mark, stored, self.limits);
    }

    /// Makes the only field of a record the record that it holds. Which of its fields is broken is no longer known then, so each
    /// with a replacement character counts as such.
    fn unwrap(&self, batch: &mut Batch, from: usize, broken: bool) {
        let fields = wrapped::split(batch.since(from), self.separator);
        batch.text_mut().truncate(from);
        for (field, column) in fields.iter().zip(1..) {
            let mark = batch.mark();
            batch.text_mut().extend_from_slice(field);
            let replaced = memchr::memmem::find(field, "\u{FFFD}".as_bytes()).is_some();
            self.put(batch, column, mark, broken && replaced);
        }
    }

    /// Adds the text of the next field to the batch and consumes what ends it.
    fn field(&mut self, batch: &mut Batch, mark: usize) -> Result<Stop, Refusal> {
        self.window.ensure(1)?;
        if self.window.rest().first() == Some(&b'"') {
            self.window.advance(1);
            self.quoted(batch, mark)?;
        }
        self.plain(batch, mark)
    }

    /// The text up to the closing quotation mark. Doubled marks are one; a file that ends inside is taken as it is.
    fn quoted(&mut self, batch: &mut Batch, mark: usize) -> Result<(), Refusal> {
        loop {
            self.window.ensure(2)?;
            let rest = self.window.rest();
            if rest.is_empty() {
                return Ok(());
            }
            let found = memchr::memchr(b'"', rest);
            let length = found.unwrap_or(rest.len());
            batch.text_mut().extend_from_slice(&rest[..length]);
            self.window.advance(length);
            self.check_field(batch, mark)?;
            if found.is_some() {
                self.window.ensure(2)?;
                if !self.window.rest().starts_with(b"\"\"") {
                    self.window.advance(1);
                    return Ok(());
                }
                batch.text_mut().push(b'"');
                self.window.advance(2);
            }
        }
    }

    /// The text up to the separator or the end of the record.
    fn plain(&mut self, batch: &mut Batch, mark: usize) -> Result<Stop, Refusal> {
        loop {
            let rest = self.window.rest();
            if let Some(length) = memchr::memchr3(self.separator, b'\n', b'\r', rest) {
                batch.text_mut().extend_from_slice(&rest[..length]);
                let end = rest[length];
                self.window.advance(length + 1);
                self.check_field(batch, mark)?;
                return self.stop(end);
            }
            batch.text_mut().extend_from_slice(rest);
            let length = rest.len();
            self.window.advance(length);
            self.check_field(batch, mark)?;
            if !self.window.more(self.limits.token)? {
                return Ok(Stop::File);
            }
        }
    }

    /// What the byte that was consumed ends; a LF behind a CR belongs to it.
    fn stop(&mut self, end: u8) -> Result<Stop, Refusal> {
        if end == self.separator {
            return Ok(Stop::Separator);
        }
        self.window.ensure(2)?;
        if end == b'\r' && self.window.rest().first() == Some(&b'\n') {
            self.window.advance(1);
            self.window.ensure(1)?;
        }
        Ok(if self.window.rest().is_empty() { Stop::File } else { Stop::Record })
    }

    fn check_field(&self, batch: &Batch, mark: usize) -> Result<(), Refusal> {
        if batch.since(mark).len() as u64 > self.limits.token {
            return Err(Refusal::TokenTooLong(self.limits.token));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use crate::{Batch, Book, Defect, Limits};

    /// Broken bytes in every third row, of lengths that make them fall on all places of the chunks that are decoded at once.
    #[test]
    fn broken_bytes_are_told_where_they_stand() {
        let mut bytes = b"\xEF\xBB\xBFa,b\r\n".to_vec();
        for row in 2..60_000 {
            let text: &[u8] = if row % 3 == 0 { b"\xFF\xC3\xFF" } else { "\u{FFFD}".as_bytes() };
            bytes.extend([&vec![b'x'; row % 7], text, b",fine\r\n"].concat());
        }
        let mut book = Book::open(Box::new(Cursor::new(bytes)), &Limits::default()).expect("csv");
        let (mut rows, mut batch, mut seen) = (book.rows(0).expect("a sheet"), Batch::new(), 1);
        while rows.fill(&mut batch, 1_000).expect("rows") {
            for row in batch.iter().filter(|row| row.number > 1) {
                seen += 1;
                let broken = (row.number % 3 == 0).then_some(Defect::Unreadable);
                let defects: Vec<_> = row.cells().map(|cell| cell.defect).collect();
                assert_eq!((row.number, defects), (seen, vec![broken, None]));
            }
        }
        assert_eq!(seen, 59_999);
    }
}

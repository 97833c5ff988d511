//! Reads csv as people and programs write it: any line end, a quotation mark anywhere, records of any length.

use std::io::SeekFrom;

use super::dialect::Dialect;
use super::{escape, wrapped};
use crate::batch::{Batch, Stored};
use crate::window::{Input, Window};
use crate::{Charset, CsvReading, Defect, Kind, Limits, Progress, Refusal, Sheet, Source};

/// What ended a text in the days of CP/M and MS-DOS (Ctrl-Z).
const END_OF_FILE: u8 = 0x1A;
/// So many spaces are looked at for a quotation mark behind them.
const SPACES: usize = 64;

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
    backslashed: bool,
    spaced: bool,
    limits: &'b Limits,
    row: u32,
    given: u32,
    ended: bool,
    /// Whether the last record ended with the file.
    cut: bool,
    /// Whether the field that is read opened with a mark that never closes.
    open: bool,
    /// Whether text with broken bytes was taken back: then it is no longer known which of its fields held them.
    replaced: bool,
    unread: u64,
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

    /// How it is read now, and whether its bytes say themselves what they mean.
    pub(crate) fn reading(&self) -> (CsvReading, bool) {
        let charset = self.dialect.charset.unwrap_or(Charset::Utf8);
        (CsvReading { charset, separator: self.dialect.separator }, self.dialect.charset.is_none())
    }

    /// The ways in which it may be read; see [`crate::Book::readings`].
    pub(crate) fn readings(&self) -> &[CsvReading] {
        &self.dialect.readings
    }

    /// Reads it in this way from now on.
    pub(crate) fn read_as(&mut self, reading: CsvReading) {
        self.dialect.take(reading);
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
        let mut window =
            Window::new(Input::Plain { source, length, read: 0 }, self.dialect.charset.map(Charset::coding));
        window.ensure(self.dialect.skipped)?;
        window.advance(self.dialect.skipped);
        let Dialect { separator, wrapped, backslashed, .. } = self.dialect;
        Ok(CsvRows {
            window,
            separator,
            wrapped,
            backslashed,
            spaced: self.dialect.spaced.contains(&separator),
            limits: &self.limits,
            row: 0,
            given: 0,
            ended: false,
            cut: false,
            open: false,
            replaced: false,
            unread: 0,
        })
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

    /// How many cells stood beyond the columns that are read.
    pub(crate) fn unread(&self) -> u64 {
        self.unread
    }

    /// Whether the last record of several has no line end.
    pub(crate) fn ends_cut(&self) -> bool {
        self.cut && self.row > 1
    }

    fn record(&mut self, batch: &mut Batch) -> Result<(), Refusal> {
        if self.at_end()? {
            self.ended = true;
            return Ok(());
        }
        self.row = self.row.saturating_add(1);
        let from = batch.mark();
        batch.start_row(self.row, false);
        let mut column: u32 = 0;
        let mut stop = Stop::Separator;
        while stop == Stop::Separator {
            column = column.saturating_add(1);
            let mark = batch.mark();
            stop = self.field(batch, mark, column)?;
            let broken = self.take_broken(batch, mark);
            if self.wrapped && column == 1 && stop != Stop::Separator {
                column = self.unwrap(batch, mark, broken);
            } else {
                self.put(batch, column, mark, broken);
            }
            batch.check_row(from, self.limits)?;
        }
        self.ended = stop == Stop::File;
        batch.set_width(column);
        if batch.end_row() {
            self.given = self.given.saturating_add(1);
            if self.given > self.limits.rows {
                return Err(Refusal::TooManyRows(self.limits.rows));
            }
        }
        Ok(())
    }

    /// Makes the text since this mark the cell of this column; one that can't be read when bytes of it were no character.
    fn put(&mut self, batch: &mut Batch, column: u32, mark: usize, broken: bool) {
        if column > self.limits.columns {
            self.unread += u64::from(!batch.since(mark).is_empty());
            batch.text_mut().truncate(mark);
            return;
        }
        if escape::mark_length(batch.since(mark)) > 0 {
            batch.text_mut().remove(mark);
        }
        let stored = match (broken, std::mem::take(&mut self.open)) {
            (true, _) => Stored::defective(Defect::Unreadable),
            (false, true) => Stored::defective(Defect::OpenQuote),
            (false, false) => Stored::plain(Kind::Text),
        };
        batch.push_text(column, mark, stored, self.limits);
    }

    /// Makes the only field of a record the record that it holds. Which of its fields is broken is no longer known then, so each
    /// with a replacement character counts as such. How many there are.
    fn unwrap(&mut self, batch: &mut Batch, from: usize, broken: bool) -> u32 {
        let fields = wrapped::split(batch.since(from), self.separator);
        batch.text_mut().truncate(from);
        for (field, column) in fields.iter().zip(1..) {
            let mark = batch.mark();
            batch.text_mut().extend_from_slice(field);
            let replaced = memchr::memmem::find(field, "\u{FFFD}".as_bytes()).is_some();
            self.put(batch, column, mark, broken && replaced);
        }
        u32::try_from(fields.len()).unwrap_or(u32::MAX)
    }

    /// Whether there is no further record. Marks of the end of a file or of the beginning of one are passed over: files are put together
    /// from several, and systems fill them up with them.
    fn at_end(&mut self) -> Result<bool, Refusal> {
        loop {
            self.window.ensure(3)?;
            match self.window.rest() {
                [] => return Ok(true),
                [0 | END_OF_FILE, ..] => self.window.advance(1),
                [0xEF, 0xBB, 0xBF, ..] => self.window.advance(3),
                _ => return Ok(false),
            }
        }
    }

    /// Whether the text since this mark held bytes that are no character.
    fn take_broken(&mut self, batch: &Batch, mark: usize) -> bool {
        let replaced = || memchr::memmem::find(batch.since(mark), "\u{FFFD}".as_bytes()).is_some();
        self.window.take_broken() || self.replaced && replaced()
    }

    /// Adds the text of the next field to the batch and consumes what ends it.
    fn field(&mut self, batch: &mut Batch, mark: usize, column: u32) -> Result<Stop, Refusal> {
        self.window.ensure(1)?;
        if self.window.rest().first() == Some(&b' ') {
            self.pass_spaces(column)?;
        }
        if self.window.rest().first() == Some(&b'"') {
            self.window.advance(1);
            if let Some(behind) = self.quoted(batch, mark)? {
                self.take_back(batch, mark, behind);
            }
        }
        self.plain(batch, mark)
    }

    /// Passes over the space that follows each separator, if one does, and over spaces before a quotation mark.
    #[cold]
    fn pass_spaces(&mut self, column: u32) -> Result<(), Refusal> {
        if self.spaced && column > 1 {
            self.window.advance(1);
        }
        self.window.ensure(SPACES)?;
        let rest = self.window.rest();
        let spaces = rest.iter().take_while(|&&byte| byte == b' ').count();
        if rest.get(spaces) == Some(&b'"') {
            self.window.advance(spaces);
        }
        self.window.ensure(1)
    }

    /// The text up to the closing quotation mark. Doubled marks are one. When none closes it: what was consumed behind the text.
    fn quoted(&mut self, batch: &mut Batch, mark: usize) -> Result<Option<&'static [u8]>, Refusal> {
        loop {
            self.window.ensure(2)?;
            let rest = self.window.rest();
            if rest.is_empty() {
                return Ok(Some(b""));
            }
            let found = memchr::memchr(b'"', rest);
            let length = found.unwrap_or(rest.len());
            batch.text_mut().extend_from_slice(&rest[..length]);
            self.window.advance(length);
            if batch.since(mark).len() as u64 > self.limits.token {
                return Ok(Some(b""));
            }
            if found.is_some() {
                self.window.ensure(2)?;
                if self.backslashed && ends_in_backslash(batch.since(mark)) {
                    let text = batch.text_mut();
                    text.pop();
                    text.push(b'"');
                    self.window.advance(1);
                    continue;
                }
                if !self.window.rest().starts_with(b"\"\"") {
                    self.window.advance(1);
                    self.window.ensure(1)?;
                    return Ok((!self.closes(batch, mark)).then_some(b"\""));
                }
                batch.text_mut().push(b'"');
                self.window.advance(2);
            }
        }
    }

    /// Whether the mark that was consumed closes the field: in a later line than the field began in, the field must end there. Else a
    /// mark was left out, and this one opens another field.
    fn closes(&self, batch: &Batch, mark: usize) -> bool {
        let ends = match self.window.rest().first() {
            Some(&byte) => byte == self.separator || matches!(byte, b'\r' | b'\n' | b' ' | 0 | END_OF_FILE),
            None => true,
        };
        ends || memchr::memchr2(b'\r', b'\n', batch.since(mark)).is_none()
    }

    /// Takes back a field that never closes: its quotation mark is text, and what stands behind it is read as lines.
    #[cold]
    fn take_back(&mut self, batch: &mut Batch, mark: usize, behind: &[u8]) {
        self.replaced |= self.window.take_broken();
        let mut consumed = Vec::new();
        for &byte in batch.since(mark) {
            consumed.extend_from_slice(if byte == b'"' { b"\"\"" } else { std::slice::from_ref(&byte) });
        }
        consumed.extend_from_slice(behind);
        batch.text_mut().truncate(mark);
        batch.text_mut().push(b'"');
        self.window.take_back(&consumed);
        self.open = true;
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
                let text = batch.since(mark);
                let left =
                    text.iter().rposition(|&byte| !matches!(byte, 0 | END_OF_FILE)).map_or(0, |at| at + 1);
                batch.text_mut().truncate(mark + left);
                self.cut = true;
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

/// Whether a backslash at the end of a text belongs to what follows: of two, the first belongs to the second.
fn ends_in_backslash(text: &[u8]) -> bool {
    text.iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
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

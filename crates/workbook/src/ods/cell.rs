//! One cell of a table: what its attributes say (ODF 1.3 part 3, 19.385 and following) and the text it shows.

use super::escape;
use crate::batch::{Batch, Stored};
use crate::date::from_iso;
use crate::xml::{Tag, Text, Token, Xml, local, unescape_into};
use crate::{Asides, Defect, Kind, Limits, Refusal};

/// Counts what lies on a sheet and is no cell (ODF 1.3 part 3, 10.3 and 14.1).
pub(crate) fn note_aside(name: &[u8], asides: &mut Asides) {
    match name {
        b"office:annotation" => asides.comments += 1,
        name if name.starts_with(b"draw:") => asides.drawings += 1,
        _ => {}
    }
}

/// What the value type says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    None,
    Number,
    Date,
    Time,
    Boolean,
    Text,
    Unknown,
}

/// What a cell's tag says, and the text below it. One is used again and again.
#[derive(Debug)]
pub(crate) struct CellReader {
    kind: Type,
    error: bool,
    formula: bool,
    escaped: bool,
    /// How many cells in a row this one stands for.
    pub(crate) repeated: u32,
    value: Vec<u8>,
    text: Vec<u8>,
    /// How many columns and rows it covers when it is merged with others.
    pub(crate) spanned: (u32, u32),
    paragraphs: u32,
    /// What lies on the cells so far and is no part of them.
    pub(crate) asides: Asides,
}

impl CellReader {
    /// A reader of no cell yet.
    pub(crate) fn new() -> Self {
        Self {
            kind: Type::None,
            error: false,
            formula: false,
            escaped: false,
            repeated: 1,
            value: Vec::new(),
            text: Vec::new(),
            spanned: (1, 1),
            paragraphs: 0,
            asides: Asides::default(),
        }
    }

    /// Takes what the tag says.
    pub(crate) fn start(&mut self, tag: &Tag<'_>) {
        (self.kind, self.error, self.formula, self.escaped) = (Type::None, false, false, false);
        (self.repeated, self.spanned, self.paragraphs) = (1, (1, 1), 0);
        self.value.clear();
        self.text.clear();
        for (name, value) in tag.attributes() {
            match name {
                b"office:value-type" => self.kind = kind(value),
                b"calcext:value-type" => self.error = value == b"error",
                b"office:value"
                | b"office:date-value"
                | b"office:time-value"
                | b"office:boolean-value"
                | b"office:string-value" => {
                    self.value.clear();
                    unescape_into(value, &mut self.value);
                }
                b"table:formula" => self.formula = true,
                b"table:number-columns-spanned" => self.spanned.0 = number(value),
                b"table:number-rows-spanned" => self.spanned.1 = number(value),
                b"table:number-columns-repeated" => self.repeated = number(value),
                name if name == escape::ATTRIBUTE.as_bytes() => self.escaped = true,
                _ => {}
            }
        }
    }

    /// Reads what stands in the cell, up to its end.
    pub(crate) fn read(&mut self, xml: &mut Xml<'_>, limits: &Limits) -> Result<(), Refusal> {
        let depth = xml.depth();
        loop {
            match xml.next()? {
                Token::Start(tag) if tag.name == b"text:p" => {
                    let closed = tag.closed;
                    self.start_paragraph();
                    if !closed {
                        self.paragraph(xml, limits)?;
                    }
                }
                // Notes, pictures and what else lies on a cell is not its value.
                Token::Start(tag) => {
                    note_aside(tag.name, &mut self.asides);
                    if !tag.closed {
                        xml.skip()?;
                    }
                }
                Token::Text(_) => {}
                Token::End(_) | Token::Done => {
                    if xml.depth() < depth {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Takes the one paragraph that a cell of plain text has, whose text needs no tokens.
    pub(crate) fn plain_paragraph(&mut self, text: &[u8]) {
        self.start_paragraph();
        Text::new(text).append(&mut self.text);
    }

    /// Adds the cell to the batch, at this column and at as many behind it as it stands for; how many of them are beyond the columns
    /// that are read.
    pub(crate) fn put(&mut self, batch: &mut Batch, column: u32, limits: &Limits) -> Result<u64, Refusal> {
        let Some(stored) = self.judge() else { return Ok(0) };
        let text = match stored.kind {
            Kind::Text if self.paragraphs == 0 => &self.value,
            Kind::Text => &self.text,
            Kind::Error if self.value.is_empty() || stored.defect == Some(Defect::ErrorValue) => &self.text,
            _ => &self.value,
        };
        if text.first().is_some_and(|byte| byte & 0xC0 == 0x80) {
            return Err(Refusal::Damaged("the text of a cell is not UTF-8".to_owned()));
        }
        let shown = self.special(stored).and_then(|shown| std::str::from_utf8(shown).ok());
        let end = column.saturating_add(self.repeated);
        let last = limits.columns.saturating_add(1).max(column).min(end);
        for column in column..last {
            let mark = batch.mark();
            batch.text_mut().extend_from_slice(text);
            if self.escaped {
                crate::xlsx::resolve_escapes(batch.text_mut(), mark);
            }
            if stored.defect == Some(Defect::FormulaWithoutValue) {
                batch.push(column, mark, stored);
            } else if let Some(shown) = shown {
                batch.push_shown(column, mark, stored, shown, limits);
            } else {
                batch.push_text(column, mark, stored, limits);
            }
        }
        Ok(u64::from(end - last))
    }

    fn start_paragraph(&mut self) {
        if self.paragraphs > 0 {
            self.text.push(b'\n');
        }
        self.paragraphs += 1;
    }

    /// Reads a paragraph with its spans, spaces, tabs and breaks (ODF 1.3 part 3, 6.1). White space stays as it stands: the standard would
    /// make one space of several (6.1.2), but LibreOffice shows every one, and for long wrote them so too.
    fn paragraph(&mut self, xml: &mut Xml<'_>, limits: &Limits) -> Result<(), Refusal> {
        let depth = xml.depth();
        while xml.depth() >= depth {
            match xml.next()? {
                Token::Start(tag) => match local(tag.name) {
                    b"s" => {
                        let count = tag.attribute("text:c").map_or(1, |count| number(count.as_bytes()));
                        let count = count.min(limits.cell + 1) as usize;
                        self.text.resize(self.text.len() + count, b' ');
                    }
                    b"tab" => self.text.push(b'\t'),
                    b"line-break" => self.text.push(b'\n'),
                    b"annotation" | b"ruby-text" | b"note" if !tag.closed => xml.skip()?,
                    _ => {}
                },
                Token::Text(text) => text.append(&mut self.text),
                Token::End(_) | Token::Done => {}
            }
            if self.text.len() as u64 > limits.row {
                return Err(Refusal::RowTooLong(limits.row));
            }
        }
        Ok(())
    }

    /// What the cell is; none when it is empty.
    fn judge(&self) -> Option<Stored> {
        let formula = self.formula;
        let value = self.value.trim_ascii();
        let stored = match self.kind {
            _ if self.error || self.shows_error() => Stored::defective(Defect::ErrorValue),
            // A formula whose result is an empty text: LibreOffice gives it a paragraph and no type.
            Type::None if formula && self.paragraphs > 0 && self.text.is_empty() => return None,
            Type::None if formula => Stored::defective(Defect::FormulaWithoutValue),
            Type::None if self.text.is_empty() => return None,
            Type::None | Type::Text => Stored::plain(Kind::Text),
            _ if value.is_empty() && formula => Stored::defective(Defect::FormulaWithoutValue),
            Type::Number if crate::xlsx::number(value).is_some() => {
                Stored { zeros: self.zeros(), ..Stored::plain(Kind::Number) }
            }
            Type::Date => {
                let date = std::str::from_utf8(value).ok().and_then(from_iso);
                Stored { date, ..Stored::plain(Kind::Date) }
            }
            Type::Time => Stored::plain(Kind::Date),
            Type::Boolean if matches!(value, b"true" | b"false" | b"1" | b"0") => {
                Stored::plain(Kind::Boolean)
            }
            _ => Stored::defective(Defect::Unreadable),
        };
        Some(Stored { formula, ..stored })
    }

    /// Whether a number is no number but what Excel and OpenOffice write of an error: 0, and its word as the text.
    fn shows_error(&self) -> bool {
        let zero = || self.value.iter().all(|&byte| matches!(byte, b'0' | b'.' | b'-' | b' '));
        self.kind == Type::Number && is_error_word(&self.text) && zero()
    }

    /// What is shown of a whole number when there is more than its digits: text between or beside them, or zeros before them too; of any
    /// number when its fraction ends in zeros, or hundredths are shown. What only groups digits is none.
    fn special(&self, stored: Stored) -> Option<&[u8]> {
        if stored.kind != Kind::Number
            || stored.defect.is_some()
            || stored.zeros > 0
            || self.text == self.value
        {
            return None;
        }
        if self.shows_places() {
            return Some(&self.text);
        }
        let digits: Vec<u8> = self.text.iter().copied().filter(u8::is_ascii_digit).collect();
        let number = digits.iter().position(|&digit| digit != b'0').map_or(&digits[..0], |at| &digits[at..]);
        let whole = !digits.is_empty() && (number == self.value || number.is_empty() && self.value == b"0");
        // Thousands apart, or a fraction that is 0: a number all the same.
        let parted =
            self.text.windows(3).any(|three| matches!(three, [b'0'..=b'9', b',' | b'.', b'0'..=b'9']));
        let padded = digits.len() > number.len().max(1);
        let groups = |byte: &u8| byte.is_ascii_digit() || b",.' \xC2\xA0\xE2\x80\xAF\x99".contains(byte);
        (whole && !parted && self.text.len() < 256 && (padded || !self.text.iter().all(groups)))
            .then_some(&self.text)
    }

    /// Whether the text is the number itself with more places than it needs (`12.50`), in hundredths (`75 %`), or with text beside it (`£12.50`):
    /// nothing was rounded away.
    fn shows_places(&self) -> bool {
        let text = |bytes| std::str::from_utf8(bytes).unwrap_or_default();
        let (shown, value) = (text(&self.text), text(&self.value));
        let number = shown.trim_matches(|letter: char| !letter.is_ascii_digit());
        let is_percentage = shown.ends_with('%');
        let has_fraction = number.contains(['.', ',']);
        let is_more = is_percentage || has_fraction && (number.ends_with('0') || number.len() < shown.len());
        let plain = number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        let numbers = (number.replace(',', ".").parse::<f64>(), value.parse::<f64>());
        let (Ok(number), Ok(value)) = numbers else { return false };
        let value = if is_percentage { value * 100.0 } else { value };
        is_more && plain && (number - value).abs() <= number * 1e-14
    }

    /// How many digits a number is shown with, when it is shown with zeros that it does not have: the text says so.
    fn zeros(&self) -> u8 {
        let digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
        let padded =
            self.text.first() == Some(&b'0') && self.text.len() > self.value.len() && self.text.len() < 32;
        if padded && digits(&self.text) && digits(&self.value) { self.text.len() as u8 } else { 0 }
    }
}

/// Whether a text is the word of an error: `#N/A`, `#DIV/0!`, `#BEZUG!`, `Err:502`.
fn is_error_word(text: &[u8]) -> bool {
    match text {
        [b'#', rest @ ..] => {
            let ends = |byte: Option<&u8>| {
                byte.is_some_and(|byte| !byte.is_ascii_digit() && !byte.is_ascii_whitespace())
            };
            rest.len() > 1 && ends(rest.first()) && ends(rest.last())
        }
        [word @ .., b':', b'5', tens, ones] => {
            !word.is_empty()
                && word.iter().all(u8::is_ascii_alphabetic)
                && tens.is_ascii_digit()
                && ones.is_ascii_digit()
        }
        _ => false,
    }
}

fn kind(value: &[u8]) -> Type {
    match value {
        b"float" | b"percentage" | b"currency" => Type::Number,
        b"date" => Type::Date,
        b"time" => Type::Time,
        b"boolean" => Type::Boolean,
        b"string" => Type::Text,
        b"void" => Type::None,
        _ => Type::Unknown,
    }
}

/// A count of repetitions: at least one.
pub(crate) fn number(value: &[u8]) -> u32 {
    std::str::from_utf8(value).ok().and_then(|value| value.trim().parse().ok()).unwrap_or(1).max(1)
}

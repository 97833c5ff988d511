//! One cell of a table: what its attributes say (ODF 1.3 part 3, 19.385 and following) and the text it shows.

use super::escape;
use crate::batch::{Batch, Stored};
use crate::date::from_iso;
use crate::xml::{Tag, Text, Token, Xml, local, unescape_into};
use crate::{Defect, Kind, Limits, Refusal};

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
    paragraphs: u32,
    /// Whether the next white space of the paragraph would be dropped.
    spaced: bool,
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
            paragraphs: 0,
            spaced: true,
        }
    }

    /// Takes what the tag says.
    pub(crate) fn start(&mut self, tag: &Tag<'_>) {
        (self.kind, self.error, self.formula, self.escaped) = (Type::None, false, false, false);
        (self.repeated, self.paragraphs) = (1, 0);
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
        self.append(Text::new(text));
    }

    /// Adds the cell to the batch, at this column and at as many behind it as it stands for; how many of them are beyond the columns
    /// that are read.
    pub(crate) fn put(&mut self, batch: &mut Batch, column: u32, limits: &Limits) -> Result<u64, Refusal> {
        let Some(stored) = self.judge() else { return Ok(0) };
        let text = match stored.kind {
            Kind::Text if self.paragraphs == 0 => &self.value,
            Kind::Text => &self.text,
            Kind::Error if self.value.is_empty() => &self.text,
            _ => &self.value,
        };
        if text.first().is_some_and(|byte| byte & 0xC0 == 0x80) {
            return Err(Refusal::Damaged("the text of a cell is not UTF-8".to_owned()));
        }
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
        self.spaced = true;
    }

    /// Reads a paragraph with its spans, spaces, tabs and breaks (ODF 1.3 part 3, 6.1).
    fn paragraph(&mut self, xml: &mut Xml<'_>, limits: &Limits) -> Result<(), Refusal> {
        let depth = xml.depth();
        while xml.depth() >= depth {
            match xml.next()? {
                Token::Start(tag) => match local(tag.name) {
                    b"s" => {
                        let count = tag.attribute("text:c").map_or(1, |count| number(count.as_bytes()));
                        let count = count.min(limits.cell + 1) as usize;
                        self.text.resize(self.text.len() + count, b' ');
                        self.spaced = false;
                    }
                    b"tab" => self.put_character(b'\t'),
                    b"line-break" => self.put_character(b'\n'),
                    b"annotation" | b"ruby-text" | b"note" if !tag.closed => xml.skip()?,
                    _ => {}
                },
                Token::Text(text) => self.append(text),
                Token::End(_) | Token::Done => {}
            }
            if self.text.len() as u64 > limits.row {
                return Err(Refusal::RowTooLong(limits.row));
            }
        }
        Ok(())
    }

    fn put_character(&mut self, character: u8) {
        self.text.push(character);
        self.spaced = false;
    }

    /// Appends text; white space is one space, and none at the start of a paragraph (ODF 1.3 part 3, 6.1.2). A space at
    /// its end stays, as LibreOffice writes it so.
    fn append(&mut self, text: Text<'_>) {
        let start = self.text.len();
        text.append(&mut self.text);
        let mut kept = start;
        for at in start..self.text.len() {
            let byte = self.text[at];
            let space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
            if space && self.spaced {
                continue;
            }
            self.spaced = space;
            self.text[kept] = if space { b' ' } else { byte };
            kept += 1;
        }
        self.text.truncate(kept);
    }

    /// What the cell is; none when it is empty.
    fn judge(&self) -> Option<Stored> {
        let formula = self.formula;
        let value = self.value.trim_ascii();
        let stored = match self.kind {
            _ if self.error => Stored::defective(Defect::ErrorValue),
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
            Type::Boolean if matches!(value, b"true" | b"false") => Stored::plain(Kind::Boolean),
            _ => Stored::defective(Defect::Unreadable),
        };
        Some(Stored { formula, ..stored })
    }

    /// How many digits a number is shown with, when it is shown with zeros that it does not have: the text says so.
    fn zeros(&self) -> u8 {
        let digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
        let padded =
            self.text.first() == Some(&b'0') && self.text.len() > self.value.len() && self.text.len() < 32;
        if padded && digits(&self.text) && digits(&self.value) { self.text.len() as u8 } else { 0 }
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

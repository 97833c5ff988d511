//! From what a cell element says to a cell: its type, its text or number, and what its style makes of it.

use super::escape;
use super::strings::Strings;
use super::styles::{Shown, Styles};
use crate::batch::{Batch, Stored};
use crate::date::{Epoch, from_iso, from_serial};
use crate::xml::Text;
use crate::{Defect, Kind, Limits, Refusal};

/// The type of a cell (ECMA-376 part 1, 18.18.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Number,
    Shared,
    Inline,
    /// The text that a formula gave.
    Text,
    Boolean,
    Error,
    Date,
    Unknown,
}

impl Type {
    /// The type that the attribute `t` names.
    pub(crate) fn of(name: &[u8]) -> Self {
        match name {
            b"s" => Self::Shared,
            b"n" => Self::Number,
            b"inlineStr" => Self::Inline,
            b"str" => Self::Text,
            b"b" => Self::Boolean,
            b"e" => Self::Error,
            b"d" => Self::Date,
            _ => Self::Unknown,
        }
    }
}

/// What the cells of a book refer to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'b> {
    pub(crate) strings: &'b Strings,
    pub(crate) styles: &'b Styles,
    pub(crate) epoch: Epoch,
    pub(crate) limits: &'b Limits,
}

/// What an element says of its cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    pub(crate) column: u32,
    pub(crate) style: u32,
    pub(crate) kind: Type,
    pub(crate) formula: bool,
}

impl Context<'_> {
    /// Adds the cell to the batch. Without text it is no cell, unless a formula lacks its result.
    #[inline]
    pub(crate) fn put(&self, batch: &mut Batch, head: Head, text: Option<Text<'_>>) -> Result<(), Refusal> {
        let mark = batch.mark();
        if head.kind == Type::Shared {
            return self.put_shared(batch, head, text);
        }
        if let Some(text) = text {
            text.append(batch.text_mut());
        }
        // The text of one cell must begin a character: only then is it whole when the text of all is UTF-8.
        if batch.since(mark).first().is_some_and(|byte| byte & 0xC0 == 0x80) {
            return Err(Refusal::Damaged("the text of a cell is not UTF-8".to_owned()));
        }
        let stored = match head.kind {
            Type::Inline | Type::Text => {
                if head.formula && text.is_none() {
                    batch.push(head.column, mark, lacking());
                    return Ok(());
                }
                if memchr::memchr(b'_', batch.since(mark)).is_some() {
                    escape::resolve(batch.text_mut(), mark);
                }
                Stored { formula: head.formula, ..Stored::plain(Kind::Text) }
            }
            _ if batch.since(mark).trim_ascii().is_empty() => {
                batch.text_mut().truncate(mark);
                if head.formula {
                    batch.push(head.column, mark, lacking());
                }
                return Ok(());
            }
            _ => {
                trim(batch.text_mut(), mark);
                let stored = Stored { formula: head.formula, ..self.judge(head, batch.since(mark)) };
                if head.kind == Type::Number
                    && let Shown::Special(format) = self.styles.shown(head.style)
                {
                    self.put_special(batch, head.column, mark, format, stored);
                    return Ok(());
                }
                stored
            }
        };
        batch.push_text(head.column, mark, stored, self.limits);
        Ok(())
    }

    /// Adds a number whose format shows more than its digits.
    #[cold]
    fn put_special(&self, batch: &mut Batch, column: u32, mark: usize, format: u16, stored: Stored) {
        let number = std::str::from_utf8(batch.since(mark)).ok();
        let shown = number.and_then(|number| self.styles.special(format, number)).unwrap_or_default();
        batch.push_shown(column, mark, stored, &shown, self.limits);
    }

    fn put_shared(&self, batch: &mut Batch, head: Head, text: Option<Text<'_>>) -> Result<(), Refusal> {
        let mark = batch.mark();
        let Some(text) = text else {
            if head.formula {
                batch.push(head.column, mark, lacking());
            }
            return Ok(());
        };
        text.append(batch.text_mut());
        let index = index(batch.since(mark));
        if let Some(found) = index.and_then(|index| self.strings.get(index)) {
            batch.text_mut().truncate(mark);
            batch.text_mut().extend_from_slice(found.as_bytes());
            let stored = Stored { formula: head.formula, ..Stored::plain(Kind::Text) };
            batch.push_text(head.column, mark, stored, self.limits);
            return Ok(());
        }
        if batch.since(mark).first().is_some_and(|byte| byte & 0xC0 == 0x80) {
            return Err(Refusal::Damaged("the text of a cell is not UTF-8".to_owned()));
        }
        let defect = Defect::MissingSharedString;
        batch.push_text(head.column, mark, Stored::defective(defect), self.limits);
        Ok(())
    }

    /// What a cell that is no string is, by its text.
    fn judge(&self, head: Head, text: &[u8]) -> Stored {
        match head.kind {
            Type::Number => self.number(self.styles.shown(head.style), text),
            Type::Boolean if is_boolean(text) => Stored::plain(Kind::Boolean),
            Type::Error => Stored::defective(Defect::ErrorValue),
            Type::Date => match std::str::from_utf8(text).ok() {
                Some(text) => Stored { date: from_iso(text), ..Stored::plain(Kind::Date) },
                None => Stored::defective(Defect::Unreadable),
            },
            _ => Stored::defective(Defect::Unreadable),
        }
    }

    fn number(&self, shown: Shown, text: &[u8]) -> Stored {
        let digits = text.iter().all(u8::is_ascii_digit);
        match shown {
            Shown::Number if digits => Stored::plain(Kind::Number),
            Shown::Special(_) if digits => Stored::plain(Kind::Number),
            Shown::Zeros(zeros) if digits => Stored { zeros, ..Stored::plain(Kind::Number) },
            _ => match number(text) {
                None => Stored::defective(Defect::Unreadable),
                Some(serial) => match shown {
                    Shown::Number | Shown::Zeros(_) | Shown::Special(_) => Stored::plain(Kind::Number),
                    Shown::Time => Stored::plain(Kind::Date),
                    Shown::Date => {
                        Stored { date: from_serial(serial, self.epoch), ..Stored::plain(Kind::Date) }
                    }
                },
            },
        }
    }
}

/// Takes white space away around the text from this place on: in a number it means nothing.
fn trim(text: &mut Vec<u8>, from: usize) {
    let end = from + text[from..].trim_ascii_end().len();
    text.truncate(end);
    let white = text.len() - from - text[from..].trim_ascii_start().len();
    text.drain(from..from + white);
}

fn lacking() -> Stored {
    Stored { formula: true, ..Stored::defective(Defect::FormulaWithoutValue) }
}

/// The digits of an index.
#[inline]
fn index(text: &[u8]) -> Option<usize> {
    let text = text.trim_ascii();
    if text.is_empty() || text.len() > 10 {
        return None;
    }
    text.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + usize::from(byte - b'0')))
}

/// A decimal number as files hold it, with or without an exponent; not `inf` and not `NaN`.
pub(crate) fn number(text: &[u8]) -> Option<f64> {
    let plain = text.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    let number: f64 = std::str::from_utf8(text).ok().filter(|_| plain)?.parse().ok()?;
    number.is_finite().then_some(number)
}

fn is_boolean(text: &[u8]) -> bool {
    matches!(text, b"0" | b"1" | b"true" | b"false")
}

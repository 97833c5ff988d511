//! One cell as it stands in a file: its text, what kind it is stored as, and what is wrong with it.

use std::borrow::Cow;
use std::fmt;

use crate::Position;

/// How a cell is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A string; always so in csv.
    Text,
    /// A number that is no date.
    Number,
    /// A number with a date format, or an ISO date cell.
    Date,
    /// TRUE or FALSE.
    Boolean,
    /// An error value such as `#N/A`, or a cell that could not be read: see [`Cell::defect`].
    Error,
}

/// What is wrong with one cell; the rest of the sheet goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Defect {
    /// An error value: `#REF!`, `#SPILL!`, any text in a cell of type error.
    ErrorValue,
    /// A formula without a stored result.
    FormulaWithoutValue,
    /// A shared string that is not in the table.
    MissingSharedString,
    /// A type of cell that the standard does not know, a number that is none, or in csv bytes that are no character in the file's
    /// encoding; in the text U+FFFD stands for them.
    Unreadable,
    /// More characters than a cell may hold.
    TooLong,
    /// In csv a quotation mark that opens and never closes, or closes in a later line where no field ends. The mark is part of the text
    /// then, and the lines behind it are read as lines.
    OpenQuote,
}

/// A date as a cell holds it. The time of day is dropped, rounded to the nearest second first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellDate {
    /// The year, 1 to 9999.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: i8,
    /// The day, 1 to 31.
    pub day: i8,
}

impl fmt::Display for CellDate {
    /// Writes it as ISO 8601 does: `2026-11-22`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// One cell of a row. Empty cells are not given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell<'r> {
    /// Where it stands in the file.
    pub position: Position,
    /// How it is stored.
    pub kind: Kind,
    /// The text as stored: the string with its escapes resolved, or the digits of a number as the file has them.
    pub raw: &'r str,
    /// For a number shown with leading zeros (`00000000`), how many digits are shown at least; else 0.
    pub zeros: u8,
    /// For a number whose format shows text between or beside its digits (`000-00-0000`, `"EMP-"0000`), all that is shown.
    pub formatted: Option<&'r str>,
    /// The date that a [`Kind::Date`] cell shows; none when it is a time of day or out of range.
    pub date: Option<CellDate>,
    /// Whether the value is the stored result of a formula.
    pub formula: bool,
    /// What is wrong with it, if anything.
    pub defect: Option<Defect>,
}

impl<'r> Cell<'r> {
    /// A text cell, as a csv file or a form gives it.
    pub fn text(position: Position, raw: &'r str) -> Self {
        Self {
            position,
            kind: Kind::Text,
            raw,
            zeros: 0,
            formatted: None,
            date: None,
            formula: false,
            defect: None,
        }
    }

    /// The text that the spreadsheet shows, as far as it matters: a zero-padded number with its zeros, one of a
    /// special format as that shows it, a date as
    /// `2026-11-22`, a boolean as `TRUE` or `FALSE`, everything else as stored.
    pub fn shown(&self) -> Cow<'r, str> {
        match (self.kind, self.date) {
            (Kind::Date, Some(date)) => Cow::Owned(date.to_string()),
            (Kind::Boolean, _) => {
                Cow::Borrowed(if matches!(self.raw, "1" | "true") { "TRUE" } else { "FALSE" })
            }
            (Kind::Number, _) if self.formatted.is_some() => {
                Cow::Borrowed(self.formatted.unwrap_or(self.raw))
            }
            (Kind::Number, _) if self.zeros > 0 => {
                Cow::Owned(format!("{:0>width$}", self.raw, width = self.zeros as usize))
            }
            _ => Cow::Borrowed(self.raw),
        }
    }
}

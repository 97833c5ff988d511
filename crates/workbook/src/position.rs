//! Where a cell is, as people write it: `C7`.

use std::fmt;
use std::str::FromStr;

/// The position of a cell. Rows and columns count from 1, as in the spreadsheet: `Position { row: 7, column: 3 }` is `C7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The row, from 1.
    pub row: u32,
    /// The column, from 1 (`A`).
    pub column: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut left = self.column;
        while left > 0 {
            letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
            left = (left - 1) / 26;
        }
        let letters: String = letters.iter().rev().collect();
        write!(formatter, "{letters}{}", self.row)
    }
}

/// A range of cells, from its first to its last: `B3:D4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Area {
    /// The cell in its first row and column.
    pub first: Position,
    /// The cell in its last row and column.
    pub last: Position,
}

impl Area {
    /// Whether this cell is in it.
    pub fn contains(&self, cell: Position) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.first, self.last)
    }
}

impl FromStr for Area {
    type Err = NotAPosition;

    /// Reads `B3:D4`, whichever corners are named.
    fn from_str(text: &str) -> Result<Self, NotAPosition> {
        let (one, other) = text.split_once(':').ok_or(NotAPosition)?;
        let (one, other): (Position, Position) = (one.parse()?, other.parse()?);
        let first = Position { row: one.row.min(other.row), column: one.column.min(other.column) };
        let last = Position { row: one.row.max(other.row), column: one.column.max(other.column) };
        Ok(Self { first, last })
    }
}

/// The text is not the name of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPosition;

impl FromStr for Position {
    type Err = NotAPosition;

    /// Reads `C7` or `c7`; refuses `$C$7`, `7C`, row 0 and columns beyond four letters.
    fn from_str(text: &str) -> Result<Self, NotAPosition> {
        let digits = text.find(|c: char| c.is_ascii_digit()).ok_or(NotAPosition)?;
        let (letters, row) = text.split_at(digits);
        if letters.is_empty() || letters.len() > 4 || !letters.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Err(NotAPosition);
        }
        let column =
            letters.bytes().fold(0, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
        let row: u32 = row.parse().map_err(|_| NotAPosition)?;
        if row == 0 { Err(NotAPosition) } else { Ok(Self { row, column }) }
    }
}

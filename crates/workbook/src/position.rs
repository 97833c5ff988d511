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

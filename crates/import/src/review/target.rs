//! What a fix is about: a cell, a row, or all of a kind.

use std::fmt;

use directory::{Code, FieldNumber, UserId};
use workbook::Position;

use store::Becomes;

/// What a fix is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// A cell of the first file.
    Cell(Position),
    /// A cell of the file with this number.
    CellOf(u16, Position),
    /// A field of a user, by the field's key.
    Field(UserId, String),
    /// A row of the first file.
    Row(u32),
    /// A row of the file with this number.
    RowOf(u16, u32),
    /// Every conflict, chosen or not.
    AllConflicts,
    /// Every row without a User ID.
    RowsWithoutId,
    /// Every cell with this code, in this field, with this text: fixing all alike.
    Group(Code, FieldNumber, Option<String>),
    /// Every cell with this code, in the field of this key, for which one value is offered: each takes its own
    /// (`FixKind::Suggested`).
    Suggested(Code, String),
    /// Every cell with this code, in the field of this key, for which one value at least is offered (`FixKind::Offered`).
    Offered(Code, String),
    /// The managers of those who will report to the one user, but for the other, to whom they are to be given.
    ReportsOf(UserId, UserId),
    /// Every cell of the field of this key that the plan writes for users who are there, with what it becomes.
    Written(String, Becomes),
}

impl fmt::Display for Target {
    /// What one cell or row is called: `C7`, `2!C7`, `U-7K3QX9M2PD:job_title`, `12`; nothing for a target that names many.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cell(position) => write!(formatter, "{position}"),
            Self::CellOf(file, position) => write!(formatter, "{file}!{position}"),
            Self::Field(user, key) => write!(formatter, "{user}:{key}"),
            Self::Row(row) => write!(formatter, "{row}"),
            Self::RowOf(file, row) => write!(formatter, "{file}!{row}"),
            _ => Ok(()),
        }
    }
}

//! What is written into cells: values, and marks on cells that somebody has to look at.

use crate::CellDate;

/// One value to write. What it looks like follows from its column's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed<'v> {
    /// An empty cell.
    Empty,
    /// A text.
    Text(&'v str),
    /// A number, as a canonical decimal: `-12.5`. In xlsx and ods a number of more than fifteen digits, which a
    /// spreadsheet would round, and what is no canonical decimal are written as text.
    Number(&'v str),
    /// A date. Before 1900 (xlsx: there is no serial number) and before 1583 (ods: programs disagree on the
    /// calendar) it is written as text.
    Date(CellDate),
}

/// A cell of a row that somebody has to look at: red, bold and framed, so that it is seen without colour too, with a note on it.
/// Csv has neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark<'m> {
    /// The column, from 1.
    pub column: u32,
    /// What the note says, if there is one; 1,000 characters of it are kept. A sheet gets 20,000 notes at the most, as programs take
    /// long to open more: cells beyond have none.
    pub note: Option<&'m str>,
}

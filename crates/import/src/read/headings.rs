//! The texts of titles and of keys, to be known again where they stand between the rows once more.

use workbook::Row;

/// The texts of a heading, each with its column.
#[derive(Debug, Default)]
pub(crate) struct Heading(Vec<(u32, String)>);

impl Heading {
    pub(crate) fn of(row: &Row<'_>) -> Self {
        Self(row.cells().map(|cell| (cell.position.column, tidied(cell.raw))).collect())
    }

    /// Whether a row is this heading, cell for cell.
    pub(crate) fn is_same(&self, row: &Row<'_>) -> bool {
        !self.0.is_empty() && *self.0 == *Self::of(row).0
    }
}

fn tidied(text: &str) -> String {
    text.trim().to_lowercase()
}

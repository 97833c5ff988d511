//! The texts of titles and of keys, to be known again where they stand between the rows once more.

use workbook::Row;

/// The texts of a heading, each with its column.
#[derive(Debug, Default)]
pub(crate) struct Heading(Vec<(u32, String)>);

impl Heading {
    pub(crate) fn of(row: &Row<'_>) -> Self {
        Self(row.cells().map(|cell| (cell.position.column, tidied(cell.raw))).collect())
    }

    /// Whether a row is this heading, cell for cell in the columns that are read; what stands in others is a person's own.
    pub(crate) fn is_same(&self, row: &Row<'_>, is_read: impl Fn(u32) -> bool) -> bool {
        let again = Self::of(row);
        let mut of_row = again.0.iter().filter(|(column, _)| is_read(*column)).peekable();
        of_row.peek().is_some() && of_row.eq(self.0.iter().filter(|(column, _)| is_read(*column)))
    }
}

fn tidied(text: &str) -> String {
    text.trim().to_lowercase()
}

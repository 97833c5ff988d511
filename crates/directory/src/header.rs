//! The head of a file: which row holds the keys, which column is which field, and which download the file stems from.

use workbook::Row;

use crate::{FieldNumber, Fields, Issue};

/// What A2 carries: `user_id@acme.482.k3`. A template says `user_id@acme`; a file that others made says `user_id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// The slug of the account, `[a-z0-9-]+`.
    pub account: String,
    /// The revision that the file shows, and the lineage of the database that counted it; none for a template.
    pub revision: Option<(u64, String)>,
}

impl Download {
    /// Reads the key of the ID column. None when it is not one (`user_id` alone gives none too: see [`is_key_row`]).
    pub fn read(key: &str) -> Option<Self> {
        let _ = key;
        None
    }

    /// The key of the ID column.
    pub fn print(&self) -> String {
        match &self.revision {
            Some((revision, lineage)) => format!("user_id@{}.{revision}.{lineage}", self.account),
            None => format!("user_id@{}", self.account),
        }
    }
}

/// A column of the file that is a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundColumn {
    /// The column in the file, from 1.
    pub column: u32,
    /// The field.
    pub field: FieldNumber,
}

/// The head of a file, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Which download the file stems from; none when it does not say.
    pub download: Option<Download>,
    /// The column of the User IDs, from 1.
    pub id_column: u32,
    /// The columns in use, by their place in the file; retired and read-only fields' columns are here too, the merge judges them.
    pub columns: Vec<BoundColumn>,
    /// Warnings (unknown and retired columns), and errors that refuse the file (a key that stands twice).
    pub issues: Vec<Issue>,
}

/// Whether this row is the key row: one cell is `user_id` or begins with `user_id@`.
pub fn is_key_row(row: &Row<'_>) -> bool {
    let _ = row;
    false
}

/// Understands the key row, and warns when the row before it is not the titles. `title_row` is the last row before the key row
/// that has a cell. Keys are compared in lower case without white space around them.
pub fn bind(key_row: &Row<'_>, title_row: Option<&Row<'_>>, fields: &Fields) -> Header {
    let _ = (key_row, title_row, fields);
    Header { download: None, id_column: 1, columns: Vec::new(), issues: Vec::new() }
}

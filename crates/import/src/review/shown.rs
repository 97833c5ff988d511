//! What review shows, as values: issues, changes, conflicts, rows that are left out, kinds of problems.

use directory::{Chosen, Code, Field, Place, UserId, Wrong};
use workbook::Position;

use store::{Becomes, Time};

/// One thing wrong, as review shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewIssue {
    /// The row of the plan that it is of.
    pub place: Place,
    /// The file of the import that holds it, from 1.
    pub file: u16,
    /// The cell in that file, if one holds it.
    pub position: Option<Position>,
    /// The name of its sheet, where it is not the first one that is read of its file.
    pub sheet: Option<String>,
    /// What people call the file or the sheet that holds the cell; none of the first one.
    pub part: Option<String>,
    /// The row in the file; 0 when no file holds it.
    pub row: u32,
    /// The field; none for what concerns the row or the file.
    pub field: Option<Field>,
    /// The user, and their name in the directory.
    pub user: Option<(UserId, String)>,
    /// What is wrong.
    pub wrong: Wrong,
    /// The sentence.
    pub message: String,
    /// What is said besides (which rows, which user, where to turn to), if anything.
    pub explanation: Option<String>,
    /// The text of the cell, or of the fix over it.
    pub value: Option<String>,
    /// Whether it appeared after somebody looked at review: the directory or its fields changed.
    pub is_new: bool,
}

/// One change, as review and done show it; values as people read them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewChange {
    /// The user; none for one that is to be created.
    pub user: Option<UserId>,
    /// The row of the plan that it is of.
    pub place: Option<Place>,
    /// The row of the file that is to create the user; none for one who is there.
    pub created_by: Option<u32>,
    /// The name in the directory, or the one that a new user will have.
    pub name: String,
    /// The field.
    pub field: Field,
    /// The value before, in stored form and as people read it.
    pub before: (Option<String>, String),
    /// The value after.
    pub after: (Option<String>, String),
    /// Whether it appeared after somebody looked at review.
    pub is_new: bool,
}

/// One conflict, as review shows it; values as people read them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewConflict {
    /// The cell in the first file, if that one holds it.
    pub position: Option<Position>,
    /// The user and their name.
    pub user: (UserId, String),
    /// The field.
    pub field: Field,
    /// At the download.
    pub at_download: String,
    /// Now.
    pub now: String,
    /// In the file.
    pub file: String,
    /// Who changed it since, and when.
    pub changed: Option<(String, Time)>,
    /// What was chosen.
    pub chosen: Option<Chosen>,
    /// Whether it appeared after somebody looked at review.
    pub is_new: bool,
}

/// One row that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOutRow {
    /// The file that holds it, from 1.
    pub file: u16,
    /// The row in that file; 0 when it stands in none.
    pub row: u32,
    /// The user; none for one that the row would create.
    pub user: Option<UserId>,
    /// Their name.
    pub name: String,
}

/// Errors of one kind in one field with one text.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewGroup {
    /// What is wrong.
    pub code: Code,
    /// The field; none for what concerns rows.
    pub field: Option<Field>,
    /// The text of the cells.
    pub value: Option<String>,
    /// The sentence.
    pub message: String,
    /// How many cells.
    pub cells: i64,
    /// What would be right, best first.
    pub suggestions: Vec<String>,
    /// Whether the first of these was chosen before, and was to be offered again.
    pub is_as_before: bool,
}

/// Errors of one kind: what is wrong, in one field.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewKind {
    /// What is wrong.
    pub code: Code,
    /// The field; none for what concerns rows.
    pub field: Option<Field>,
    /// How many cells.
    pub cells: i64,
    /// How many different texts they have.
    pub texts: i64,
    /// For how many of the cells a value is offered.
    pub offered: i64,
}

/// What an import does to one field: values as people read them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedLine {
    /// The field.
    pub field: Field,
    /// How many users.
    pub cells: i64,
    /// How many different values they had before.
    pub from: i64,
    /// One of these; empty when there is none.
    pub was: String,
    /// What it becomes; an example, where the line is of several values.
    pub becomes: String,
    /// What the line is of.
    pub of: LineOf,
}

/// What a line of changes is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineOf {
    /// One value.
    One(Becomes),
    /// So many other values.
    Others(i64),
    /// Emails that go from one domain to another.
    Domain(String, String),
}

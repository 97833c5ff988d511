//! The way of a file to the directory, and back: upload, read, review, apply, undo; the download and the form of one user beside it.
//!
//! The public face is small; each step has its file. Synchronous: call it on the store's threads. Whether the actor may do what is
//! asked, the callers have checked.

mod apply;
mod check;
mod columns;
mod creations;
mod doubled;
mod download;
mod edit;
mod fix;
mod judge;
mod lease;
mod merger;
mod moved;
mod past;
mod read;
mod receive;
mod report;
mod review;
mod seen;
mod steps;
mod undo;
mod work;
mod workers;

pub use apply::complete;
pub use download::download;
pub use edit::edit;
pub use fix::fix;
pub use receive::Upload;
pub use report::{Reportable, report, reportable, uploaded};
pub use review::{People, changes, conflicts, damaged, groups, issues, left_out, rows_without_id, warnings};
pub use steps::{decide, fix_steps, read_now, turn_fixes};
pub use undo::undo;
pub use work::{Sight, work_in_turn, work_on, work_once};
pub use workers::Workers;

use directory::{Chosen, Code, Field, FieldNumber, UserId, Wrong};
pub use workbook::{Format, Position};

use crate::app::App;
use crate::store::{AccountId, Complete, Import, ImportId, ImportState, Result, Time};

/// How an upload begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUpload {
    /// The name of the file, as its sender calls it.
    pub file_name: String,
    /// Who sends it.
    pub actor: String,
    /// Whether it completes by itself.
    pub complete: Complete,
    /// Whether rows with errors are left out when it does.
    pub leave_out_errors: bool,
    /// False for a dry run, which is forgotten once it was told ([`forget`]).
    pub keep: bool,
}

/// One thing wrong, as review shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewIssue {
    /// The file of the import that holds it, from 1.
    pub file: u16,
    /// The cell in that file, if one holds it.
    pub position: Option<Position>,
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
}

/// What a fix is about.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// Every conflict that is not chosen yet.
    AllConflicts,
    /// Every row without a User ID.
    RowsWithoutId,
    /// Every cell with this code, in this field, with this text: fixing all alike.
    Group(Code, FieldNumber, Option<String>),
}

/// What a fix does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mend {
    /// Another text in place of the cell's; an empty one empties it.
    Value(String),
    /// One of the values of a conflict.
    Choose(Chosen),
    /// The row is left out, or taken in again.
    LeaveOut(bool),
    /// A row without a User ID creates a user.
    Create,
}

/// How a fix ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Fixed {
    /// Kept: the import as it stands now, and what is still wrong in the rows it was about.
    Kept(Box<Import>, Vec<ReviewIssue>),
    /// There is no such cell, row or user in the plan.
    NoSuchCell,
    /// The import is not in review.
    NotInReview(ImportState),
}

/// How a decision about a column, or the undo of a step of fixes, ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Turned {
    /// Kept: the import, whose file is to be read again ([`read_now`], or a worker).
    Turned(Box<Import>),
    /// There is no such step or column; or somebody else was faster.
    NothingToTurn,
    /// The import is not in review.
    NotInReview(ImportState),
}

/// How the wish to complete was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The import is being applied; a worker does it.
    Started(Box<Import>),
    /// Review shows another plan now: this number.
    OtherPlan(i64),
    /// Errors or open conflicts are in the way: so many of each.
    Blocked(i64, i64),
    /// The import is in another state.
    NotInReview(ImportState),
    /// There is no such import.
    NoSuchImport,
}

/// How the wish to undo was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// This new import undoes it; a worker does it at once.
    Started(ImportId),
    /// Nothing was applied, or it was undone already.
    NothingToUndo,
    /// There is no such import.
    NoSuchImport,
}

/// Gives an import up that is being read or reviewed. False when it is too late for that.
pub fn cancel(app: &App, account: AccountId, id: ImportId) -> Result<bool> {
    app.store.cancel_import(account, id, app.clock.now())
}

/// Forgets a dry run.
pub fn forget(app: &App, account: AccountId, id: ImportId) -> Result<()> {
    app.store.forget_import(account, id)
}

/// How the edit of one user ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Edited {
    /// Kept, at this revision; or nothing was to be changed.
    Saved(u64),
    /// Something is wrong: by field, with its sentence. Nothing was kept.
    Wrong(Vec<(FieldNumber, Wrong, String)>),
    /// Somebody changed these fields since the form was opened; nothing was kept.
    ChangedSince(Vec<FieldNumber>),
    /// There is no such user.
    NoSuchUser,
}

/// What to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DownloadChoice {
    /// The kind of file.
    pub format: Format,
    /// Only the users that this search finds; empty for everyone.
    pub search: String,
    /// Only the users that have these values, by field and stored form.
    pub filters: Vec<(FieldNumber, String)>,
    /// Only these fields, by key; none for all that may be edited.
    pub fields: Option<Vec<String>>,
    /// No users: the template for new ones.
    pub template: bool,
}

impl DownloadChoice {
    /// Everyone, with all fields that may be edited.
    pub fn everyone(format: Format) -> Self {
        Self { format, search: String::new(), filters: Vec::new(), fields: None, template: false }
    }

    /// The template for new users: every field, and nobody.
    pub fn new_users(format: Format) -> Self {
        Self { template: true, ..Self::everyone(format) }
    }
}

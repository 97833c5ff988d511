//! An import, its issues, its changes and its conflicts.

use directory::{Severity, Wrong};
use import::{ReviewChange, ReviewConflict, ReviewIssue};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{self, ImportKind, ImportState, Warning};

use super::moment::moment;
use super::user::value_of;

/// An import as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Import {
    /// `imp_...`.
    pub id: String,
    /// reading, matching, review, applying, done, failed, cancelled.
    pub state: String,
    /// The name of the file, as its sender called it.
    pub file_name: Option<String>,
    /// What a rule of change does, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Who started it.
    pub created_by: String,
    /// When.
    pub created_at: String,
    /// file, undo, rule, form, api, scim.
    pub kind: String,
    /// The import that it undoes.
    pub undoes: Option<String>,
    /// The import of which it changes chosen users back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes_back: Option<String>,
    /// The import that undid it.
    pub undone_by: Option<String>,
    /// The number of the plan that review shows; 0 before there is one.
    pub plan: i64,
    /// The revision that it became, or that its plan was made at.
    pub revision: Option<u64>,
    /// How far the work is.
    pub progress: Progress,
    /// What the plan adds up to.
    pub counts: Counts,
    /// How many changes, issues and conflicts appeared after somebody looked at review.
    #[serde(default)]
    pub new: i64,
    /// The sentence of its end, once it is done.
    pub message: Option<String>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// What people say of it for others to read.
    #[serde(default)]
    pub note: Option<String>,
    /// Until when it can be taken back, where it was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub take_back_until: Option<String>,
}

/// How far the work is, in the stage's own measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// waiting, reading, checking, applying, resting.
    pub stage: String,
    /// How much is done.
    pub done: i64,
    /// How much there is.
    pub total: i64,
}

/// What a plan adds up to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each says what it is; directory::Counts tells more")]
pub struct Counts {
    pub rows: i64,
    pub users_to_edit: i64,
    pub cells_to_edit: i64,
    pub cells_to_clear: i64,
    pub users_to_create: i64,
    pub rows_with_errors: i64,
    pub errors: i64,
    pub warnings: i64,
    pub conflicts: i64,
    pub left_out: i64,
    /// Rows that wait for support: a ticket asks for a value that somebody elsewhere has.
    #[serde(default)]
    pub with_support: i64,
    #[serde(default)]
    pub made_inactive: i64,
    #[serde(default)]
    pub users_cleared: i64,
    #[serde(default)]
    pub emails_changed: i64,
    #[serde(default)]
    pub usernames_changed: i64,
    #[serde(default)]
    pub questions: i64,
    #[serde(default)]
    pub cells_read: i64,
    #[serde(default)]
    pub unread: i64,
    #[serde(default)]
    pub unread_by_reason: Vec<Unread>,
    #[serde(default)]
    pub comments: i64,
    #[serde(default)]
    pub drawings: i64,
}

/// Cells of a sheet that are not read for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// A word for machines: `headings`, `cells_beyond_keys`, `own_sheet`, ...
    pub code: String,
    /// Which file of the import it is, where it is not the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<u16>,
    /// The name of the sheet; null in csv.
    pub sheet: Option<String>,
    /// How many cells that are not empty.
    pub cells: i64,
}

impl Counts {
    /// Whether something is wrong, or has to be chosen or answered.
    pub fn is_open(&self) -> bool {
        self.errors + self.conflicts + self.questions > 0
    }
}

/// Why an import failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// A word for machines.
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

/// An import with its issues: what `muster import --json` prints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportWithIssues {
    /// The import.
    #[serde(flatten)]
    pub import: Import,
    /// Its issues, at most 1,000 of them.
    pub issues: Vec<Issue>,
}

/// One thing wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// `C7`; null when no cell holds it.
    pub cell: Option<String>,
    /// The row of the file; null when no row holds it.
    pub row: Option<u32>,
    /// Which file of the import cell and row are of, where it is not the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<u16>,
    /// The sheet that cell and row are of, where it is not the first one that is read of its file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Of a warning: how many cells it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cells: Option<i64>,
    /// The key of the field.
    pub column: Option<String>,
    /// The user, if the row names one.
    pub user_id: Option<String>,
    /// The stable word.
    pub code: String,
    /// error or warning.
    pub severity: String,
    /// The sentence.
    pub message: String,
    /// What is said besides: which rows, which user, where to turn to.
    #[serde(default)]
    pub explanation: Option<String>,
    /// The text of the cell, or of the fix over it.
    pub value: Option<String>,
    /// Who has a value that must be unique: this_file, this_account, elsewhere.
    #[serde(rename = "where")]
    pub holder: Option<String>,
    /// What would be right, best first.
    pub suggestions: Vec<String>,
    /// Whether it appeared after somebody looked at review.
    #[serde(default)]
    pub new: bool,
}

/// One field of one user, from one value to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The user; null for one that is to be created.
    pub user_id: Option<String>,
    /// Their name.
    pub name: String,
    /// The key of the field.
    pub field: String,
    /// The value before, as in a user.
    pub before: Value,
    /// The value after.
    pub after: Value,
    /// Whether it appeared after somebody looked at review.
    #[serde(default)]
    pub new: bool,
}

/// A cell edited in the file that someone else changed since. Values are as people read them; null is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// `C7`; null when no cell holds it.
    pub cell: Option<String>,
    /// The user.
    pub user_id: String,
    /// Their name.
    pub name: String,
    /// The key of the field.
    pub field: String,
    /// The value at the download.
    pub at_download: Option<String>,
    /// The value now.
    pub now: Option<String>,
    /// The value in the file.
    pub file: Option<String>,
    /// Who changed it since.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Option<String>,
    /// file, now or download, once it was chosen.
    pub chosen: Option<String>,
    /// Whether it appeared after somebody looked at review.
    #[serde(default)]
    pub new: bool,
}

impl From<&store::Import> for Import {
    fn from(import: &store::Import) -> Self {
        let done = import.state == ImportState::Done;
        let is_rule = import.kind == ImportKind::Rule;
        Self {
            id: import.id.to_string(),
            state: import.state.word().to_owned(),
            file_name: import.file_name.clone().filter(|_| !is_rule),
            rule: import.file_name.clone().filter(|_| is_rule),
            created_by: import.actor.clone(),
            created_at: moment(import.created_at),
            kind: import.kind.word().to_owned(),
            undoes: import.undoes.map(|id| id.to_string()),
            changes_back: import.changes_back.map(|id| id.to_string()),
            undone_by: import.undone_by.map(|id| id.to_string()),
            plan: import.plan,
            revision: import.applied.or(import.revision),
            progress: Progress::from(import.progress),
            counts: Counts::of(import),
            new: import.new_cells,
            message: done.then(|| message(import)),
            failure: import
                .failure
                .as_ref()
                .map(|failure| Failure { code: failure.code.clone(), message: failure.sentence() }),
            note: import.note.clone(),
            take_back_until: import.take_back_until.map(moment),
        }
    }
}

/// The sentence of an import that is done.
fn message(import: &store::Import) -> String {
    let counts = &import.counts;
    match import.kind {
        ImportKind::Undo => directory::undone(counts.users_to_edit),
        _ => directory::done(counts.users_to_edit, counts.users_to_create, import.left_out()),
    }
}

impl From<store::Progress> for Progress {
    fn from(progress: store::Progress) -> Self {
        Self { stage: progress.stage.word().to_owned(), done: progress.done, total: progress.total }
    }
}

impl Counts {
    fn of(import: &store::Import) -> Self {
        let (counts, accounted) = (import.counts, &import.accounted);
        Self {
            rows: counts.rows,
            users_to_edit: counts.users_to_edit,
            cells_to_edit: counts.cells_to_edit,
            cells_to_clear: counts.cells_to_clear,
            users_to_create: counts.users_to_create,
            rows_with_errors: counts.rows_with_errors,
            errors: counts.errors,
            warnings: counts.warnings,
            conflicts: counts.conflicts,
            left_out: import.left_out(),
            with_support: import.with_support,
            made_inactive: counts.made_inactive,
            users_cleared: counts.users_cleared,
            emails_changed: counts.emails_changed,
            usernames_changed: counts.usernames_changed,
            questions: counts.questions,
            cells_read: counts.cells_read,
            unread: counts.unread,
            unread_by_reason: accounted.unread.iter().map(Unread::from).collect(),
            comments: accounted.comments,
            drawings: accounted.drawings,
        }
    }
}

impl From<&directory::Unread> for Unread {
    fn from(unread: &directory::Unread) -> Self {
        Self {
            code: unread.reason.word().to_owned(),
            file: (unread.file > 1).then_some(unread.file),
            sheet: (!unread.sheet.is_empty()).then(|| unread.sheet.clone()),
            cells: unread.cells,
        }
    }
}

impl From<&ReviewIssue> for Issue {
    fn from(issue: &ReviewIssue) -> Self {
        let Wrong { code, holder, suggestions, .. } = &issue.wrong;
        Self {
            cell: issue.position.map(|position| position.to_string()),
            row: (issue.row > 0).then_some(issue.row),
            file: (issue.file > 1).then_some(issue.file),
            sheet: issue.sheet.clone(),
            cells: None,
            column: issue.field.as_ref().map(|field| field.key.clone()),
            user_id: issue.user.as_ref().map(|(id, _)| id.to_string()),
            code: code.word().to_owned(),
            severity: severity_word(code.severity()).to_owned(),
            message: issue.message.clone(),
            explanation: issue.explanation.clone(),
            value: issue.value.clone(),
            holder: holder.map(|holder| holder.word().to_owned()),
            suggestions: suggestions.clone(),
            new: issue.is_new,
        }
    }
}

/// A warning with its sentence, as an issue. Its place is a cell (`D2`), the key of a field (in small letters), or the whole file.
pub fn issue_of_warning(warning: &Warning, message: &str) -> Issue {
    let place = (!warning.place.is_empty()).then(|| warning.place.clone());
    let is_cell = warning.place.starts_with(|letter: char| letter.is_ascii_uppercase());
    let (cell, column) = if is_cell { (place, None) } else { (None, place) };
    let row = cell.as_deref().and_then(|cell| cell.trim_start_matches(char::is_alphabetic).parse().ok());
    Issue {
        cell,
        row,
        file: None,
        sheet: warning.place.strip_prefix("sheet!").map(str::to_owned),
        cells: Some(warning.cells),
        column,
        user_id: None,
        code: warning.code.word().to_owned(),
        severity: severity_word(warning.code.severity()).to_owned(),
        message: message.to_owned(),
        explanation: None,
        value: warning.detail.clone(),
        holder: None,
        suggestions: Vec::new(),
        new: false,
    }
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

impl From<&ReviewChange> for Change {
    fn from(change: &ReviewChange) -> Self {
        Self {
            user_id: change.user.map(|id| id.to_string()),
            name: change.name.clone(),
            field: change.field.key.clone(),
            before: value_of(&change.field, change.before.0.as_deref()),
            after: value_of(&change.field, change.after.0.as_deref()),
            new: change.is_new,
        }
    }
}

impl From<&ReviewConflict> for Conflict {
    fn from(conflict: &ReviewConflict) -> Self {
        let text = |text: &String| (!text.is_empty()).then(|| text.clone());
        Self {
            cell: conflict.position.map(|position| position.to_string()),
            user_id: conflict.user.0.to_string(),
            name: conflict.user.1.clone(),
            field: conflict.field.key.clone(),
            at_download: text(&conflict.at_download),
            now: text(&conflict.now),
            file: text(&conflict.file),
            changed_by: conflict.changed.as_ref().map(|(who, _)| who.clone()),
            changed_at: conflict.changed.as_ref().map(|(_, at)| moment(*at)),
            chosen: conflict.chosen.map(|chosen| chosen.word().to_owned()),
            new: conflict.is_new,
        }
    }
}

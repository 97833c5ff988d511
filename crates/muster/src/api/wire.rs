//! The JSON of REST and of the command line's `--json`: types of their own, made from the domain's. What a name means here is a
//! promise to other programs; the domain may change behind it.

mod activity;
mod change;
mod field;
mod import;
mod matching;
mod moment;
mod ticket;
mod user;

pub use activity::Activity;
pub use change::{ChangeLine, ChangedUsers, NewChange, NewSelection, Selection};
pub use field::{FieldDefinition, FieldOption, FieldToAdd, FieldToChange, OptionRenamed};
pub use import::{
    Change, Conflict, Counts, Failure, Import, ImportWithIssues, Issue, Progress, issue_of_warning,
};
pub use matching::{MatchingWish, Table, TableColumn};
pub use moment::moment;
pub use ticket::{Asked, Said, Ticket};
pub use user::{HistoryEntry, User, value_of};

use serde::{Deserialize, Serialize};

/// One page of a list, and the cursor of the next one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct List<T> {
    /// The items, in order.
    pub items: Vec<T>,
    /// What to ask for as `cursor` to go on; null at the end.
    pub next: Option<String>,
}

//! What a pass over the files finds out and a pass has to know from its first row: the files are read once more then.

use std::collections::BTreeMap;

use directory::{FieldNumber, Step};

use crate::judge::seen::Seen;

/// Users whose ID stands in more than one row of a file, by file.
pub(crate) type SharedIds = BTreeMap<u16, Seen>;

/// What earlier passes have found out about the files of an import.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    /// Rows that are not alone: none of them is read for its user.
    pub(crate) shared: SharedIds,
    /// The step that most edits of a column are, where it was decided that the column keeps what it had before: those edits are none.
    pub(crate) undone: BTreeMap<FieldNumber, Step>,
}

//! What a pass over the files finds out and a pass has to know from its first row: the files are read once more then.

use std::collections::{BTreeMap, HashSet};

use directory::{Evidence, Field, FieldNumber, Kind, Reading, Step, UserId};
use workbook::{Area, Cell};

use crate::judge::seen::Seen;

/// Users whose ID stands in more than one row of a file, by file.
pub(crate) type SharedIds = BTreeMap<u16, Seen>;

/// What earlier passes have found out about the files of an import.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    /// Rows that are not alone: none of them is read for its user.
    pub(crate) shared: SharedIds,
    /// Merged cells over cells of users, by part.
    pub(crate) merged: BTreeMap<u16, Vec<Area>>,
    /// The step that most edits of a column are, where it was decided that the column keeps what it had before: those edits are none.
    pub(crate) undone: BTreeMap<FieldNumber, Step>,
    /// How columns are to be read, where their cells prove it otherwise than the account's settings say.
    pub(crate) readings: Readings,
    /// Texts that name a user with a name that is nobody's, by their digests.
    pub(crate) strangers: HashSet<u64>,
    /// Whose rows are, by file and row, where people said it: whatever the rows say themselves.
    pub(crate) named: BTreeMap<(u16, u32), UserId>,
    /// How many passes there were.
    pub(crate) passes: u32,
}

/// How columns are to be read that are not read as the account's settings say.
pub(crate) type Readings = BTreeMap<FieldNumber, Reading>;

/// What was seen in the columns of the files.
#[derive(Debug, Default)]
pub(crate) struct Proofs {
    columns: BTreeMap<FieldNumber, Evidence>,
}

impl Proofs {
    /// Notes what a cell that is not as it was printed proves of its column.
    pub(crate) fn note(&mut self, field: &Field, base: Option<&str>, cell: Option<&Cell<'_>>) {
        if let Some(cell) = cell.filter(|_| matches!(field.kind, Kind::Date | Kind::Number)) {
            self.columns.entry(field.number).or_default().note(field, base, cell);
        }
    }

    /// Notes a cell that is as it was printed. Only dates and numbers leave a choice that such a cell speaks about.
    pub(crate) fn note_unedited(&mut self, field: &Field, cell: Option<&Cell<'_>>) {
        if let Some(cell) = cell.filter(|_| matches!(field.kind, Kind::Date | Kind::Number)) {
            self.columns.entry(field.number).or_default().note_unedited(cell);
        }
    }

    /// Whether that proves that columns are to be read otherwise than the account's settings say.
    pub(crate) fn proves(&self, settings: &Reading) -> bool {
        self.columns.values().any(|seen| seen.reading(settings).is_some())
    }
}

impl Learned {
    /// So many passes may change how columns are read: by a sample, then by all cells.
    const READINGS: u32 = 2;

    /// Takes over which users stand in more than one row.
    pub(crate) fn share(&mut self, found: SharedIds) {
        for (part, users) in found {
            self.shared.entry(part).or_default().extend(users);
        }
    }

    /// Takes over what the cells of a pass prove. True when that is something new: what was merged was merged under another reading.
    pub(crate) fn prove(&mut self, seen: &Proofs, settings: &Reading) -> bool {
        let columns = seen.columns.iter();
        let readings: Readings =
            columns.filter_map(|(field, seen)| Some((*field, seen.reading(settings)?))).collect();
        let is_news = readings != self.readings && self.passes < Self::READINGS;
        if is_news {
            self.readings = readings;
        }
        is_news
    }
}

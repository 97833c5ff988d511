//! Which rows of the files of an import count: of several that name a user, those of the newest file; of one file, those that
//! edit the user; and a report replaces the rows that it names.

use directory::UserId;
use workbook::{Batch, Row};

use super::head::Head;
use super::learned::SharedIds;
use super::parts::file_of;
use super::sheet_edits::SheetEdits;
use crate::judge::seen::Seen;
use store::Import;

/// What the parts of files that were merged so far say of the rows of those that follow; the newest come first.
#[derive(Debug, Default)]
pub(super) struct Precedence {
    /// The number of the part that is being read.
    file: u16,
    seen: Seen,
    /// Whom files that came later name: their rows replace those of this one. With the numbers of those files.
    newer: Vec<(u16, Seen)>,
    /// Whom the sheets of the file edit.
    edited: SheetEdits,
    /// The rows of older files that a later one, a report on them, replaces.
    replaced: Seen,
}

impl Precedence {
    /// Goes on with a part; those that came later were merged before.
    pub(super) fn begin(&mut self, file: u16) {
        if self.file != file && self.file > 0 {
            self.newer.push((self.file, std::mem::take(&mut self.seen)));
            self.edited.go_on(self.file, file);
        }
        self.file = file;
    }

    /// Notes that a row names a user; false when another one of this part did.
    pub(super) fn insert(&mut self, user: UserId) -> bool {
        self.seen.insert(user)
    }

    /// Notes that a row of this part edits a user. True when a later sheet of the file does so too: then their rows share the User ID.
    pub(super) fn are_shared(&mut self, user: UserId, known: &SharedIds, found: &mut SharedIds) -> bool {
        self.edited.are_shared(self.file, user, known, found)
    }

    /// The number of the part that holds the row of a user, once all were merged.
    pub(super) fn file_of(&self, user: UserId) -> Option<u16> {
        let newer = self.newer.iter().find(|(_, seen)| seen.has(user)).map(|(file, _)| *file);
        newer.or_else(|| self.seen.has(user).then_some(self.file))
    }

    /// Whether a file that came later names a user.
    pub(super) fn is_superseded(&self, user: UserId) -> bool {
        let of_other = |file: u16| file_of(file) != file_of(self.file);
        self.newer.iter().any(|(file, seen)| of_other(*file) && seen.has(user))
    }

    /// A report on the first file of an import says which of its rows each row is.
    pub(super) fn note_replaced(&mut self, batch: &Batch, head: &Head, import: &Import) {
        let Some(source) = &head.header.source_row else { return };
        if source.import != import.id.to_string() {
            return;
        }
        let rows = batch.iter().filter(|row| head.is_of_users(row.number));
        let said = rows.filter_map(|row| import.accounted.of_line(row.cell(source.column)?.shown().trim()));
        for (file, row) in said {
            self.replaced.insert_row(file, row);
        }
    }

    /// Whether a report replaces a row of this part.
    pub(super) fn is_replaced(&self, row: &Row<'_>) -> bool {
        self.replaced.has_row(self.file, row.number)
    }
}

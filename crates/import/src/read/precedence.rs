//! Which rows of the files of an import count: of several that name a user, those of the newest file; of one file, those of the sheet that
//! edits the user; and a report replaces the rows that it names.

use directory::UserId;
use workbook::{Batch, Row};

use super::cells::line_of;
use super::head::Head;
use super::parts::file_of;
use crate::judge::seen::Seen;

/// What the parts of files that were merged so far say of the rows of those that follow; the newest come first.
#[derive(Debug, Default)]
pub(super) struct Precedence {
    /// The number of the part that is being read.
    file: u16,
    seen: Seen,
    /// Whom files that came later name: their rows replace those of this one. With the numbers of those files.
    newer: Vec<(u16, Seen)>,
    /// Whom this sheet of the file edits, and whom later ones do: rows of sheets that say nothing replace none of the same file.
    edited: Seen,
    edited_later: Vec<Seen>,
    /// The rows of older files that a later one, a report on them, replaces.
    replaced: Seen,
}

impl Precedence {
    /// Goes on with a part; those that came later were merged before.
    pub(super) fn begin(&mut self, file: u16) {
        if self.file != file && self.file > 0 {
            self.newer.push((self.file, std::mem::take(&mut self.seen)));
            self.edited_later.push(std::mem::take(&mut self.edited));
        }
        if file_of(self.file) != file_of(file) {
            self.edited_later.clear();
        }
        self.file = file;
    }

    /// Notes that a row names a user; false when another one of this part did.
    pub(super) fn insert(&mut self, user: UserId) -> bool {
        self.seen.insert(user)
    }

    /// Notes that a row of this part edits a user.
    pub(super) fn insert_edited(&mut self, user: UserId) {
        self.edited.insert(user);
    }

    /// The number of the part that holds the row of a user, once all were merged.
    pub(super) fn file_of(&self, user: UserId) -> Option<u16> {
        let newer = self.newer.iter().find(|(_, seen)| seen.has(user)).map(|(file, _)| *file);
        newer.or_else(|| self.seen.has(user).then_some(self.file))
    }

    /// Whether a file that came later names a user, or a later sheet of this one edits them.
    pub(super) fn is_superseded(&self, user: UserId) -> bool {
        let of_other = |file: u16| file_of(file) != file_of(self.file);
        let is_edited = self.edited_later.iter().any(|edited| edited.has(user));
        is_edited || self.newer.iter().any(|(file, seen)| of_other(*file) && seen.has(user))
    }

    /// A report on the first file of an import says which of its rows each row is.
    pub(super) fn note_replaced(&mut self, batch: &Batch, head: &Head, import: &str) {
        let Some(source) = head.header.source_row.as_ref().filter(|source| source.import == import) else {
            return;
        };
        let rows = batch.iter().filter(|row| head.is_of_users(row.number));
        let said = rows.filter_map(|row| line_of(row.cell(source.column)?.shown().trim()));
        for (file, row) in said {
            self.replaced.insert_row(file, row);
        }
    }

    /// Whether a report replaces a row of this part.
    pub(super) fn is_replaced(&self, row: &Row<'_>) -> bool {
        self.replaced.has_row(self.file, row.number)
    }
}

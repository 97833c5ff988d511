//! Rows of a plan that are written together: gathered while the plan is streamed, in one piece of memory that is filled again and again.

use std::ops::Range;

use directory::{Change, FieldNumber, Place, UserId, standard};

use crate::apply::creating::Creating;
use crate::apply::written::WrittenRow;
use crate::engine::Result;
use crate::texts::{Span, Texts};

/// Rows that are being gathered.
#[derive(Default)]
pub(crate) struct Chunk {
    texts: Texts,
    rows: Vec<(Place, Range<usize>)>,
    cells: Vec<(FieldNumber, Span, Span)>,
}

/// One of them.
#[derive(Clone, Copy)]
pub(crate) struct ChunkRow<'c> {
    pub(crate) place: Place,
    /// Whether the user is there afterwards, when that changes.
    pub(crate) present: Option<bool>,
    /// What changes of the user's values, ascending by field.
    pub(crate) changes: &'c [Change<'c>],
}

impl ChunkRow<'_> {
    /// The user, when the row names one.
    pub(crate) fn user(&self) -> Option<UserId> {
        match self.place {
            Place::User(user) => Some(user),
            Place::Row { .. } => None,
        }
    }
}

impl Chunk {
    /// No more bytes of their texts are written together.
    const BYTES: usize = 2 << 20;

    /// Adds a row, with the users that the plan creates in place of the rows that its cells name.
    pub(crate) fn push(&mut self, place: Place, row: &WrittenRow, creating: &Creating) -> Result<()> {
        let from = self.cells.len();
        for change in row.changes() {
            let named = creating.named(change.field, change.after)?;
            let after = self.texts.keep(named.as_deref().or(change.after));
            let before = self.texts.keep(change.before);
            self.cells.push((change.field, before, after));
        }
        self.rows.push((place, from..self.cells.len()));
        Ok(())
    }

    /// Whether they are to be written now, so many rows at once.
    pub(crate) fn is_full(&self, rows: usize) -> bool {
        self.rows.len() >= rows || self.texts.bytes() >= Self::BYTES
    }

    /// All changes of all rows.
    pub(crate) fn changes(&self) -> Vec<Change<'_>> {
        let cells = self.cells.iter();
        cells
            .map(|(field, before, after)| Change {
                field: *field,
                before: self.texts.get(*before),
                after: self.texts.get(*after),
            })
            .collect()
    }

    /// The rows, of which these are all changes.
    pub(crate) fn rows<'c>(&self, all: &'c [Change<'c>]) -> Vec<ChunkRow<'c>> {
        let row = |(place, cells): &(Place, Range<usize>)| match &all[cells.clone()] {
            // The user as such is the first of the fields.
            [of_user, changes @ ..] if of_user.field == standard::USER => {
                ChunkRow { place: *place, present: Some(of_user.after.is_some()), changes }
            }
            changes => ChunkRow { place: *place, present: None, changes },
        };
        self.rows.iter().map(row).collect()
    }

    /// Forgets the rows, keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.texts.clear();
        self.rows.clear();
        self.cells.clear();
    }
}

//! What users were at an earlier revision: today's values, rewound through the history. Only users that changed since are looked up.

use std::ops::Range;

use directory::{FieldNumber, User, UserId, Users, standard};

use store::{AccountId, Result, Store};

/// The values that users of one batch had at an earlier revision, where they differ from today's.
#[derive(Debug, Default)]
pub(crate) struct Past {
    /// In the order of users and fields.
    cells: Vec<Earlier>,
    texts: String,
    revision: u64,
}

/// A cell that changed since.
#[derive(Debug)]
struct Earlier {
    cell: (UserId, FieldNumber),
    /// Where its text stands among all of them; none when it was empty.
    before: Option<Range<usize>>,
    /// The last change of it.
    last: u64,
}

impl Past {
    /// Looks up what the users of a batch were at `revision`.
    pub(crate) fn of(store: &Store, account: AccountId, users: &Users, revision: u64) -> Result<Self> {
        let changed: Vec<UserId> =
            users.iter().filter(|user| user.revision() > revision).map(|user| user.id()).collect();
        let mut past = Self { revision, ..Self::default() };
        if changed.is_empty() {
            return Ok(past);
        }
        let Self { cells, texts, .. } = &mut past;
        store.each_change_since(account, &changed, revision, |cell, last, before| {
            let from = texts.len();
            texts.push_str(before.unwrap_or_default());
            let before = before.map(|_| from..texts.len());
            cells.push(Earlier { cell, before, last });
        })?;
        // Those of one cell stay in the order in which they came: the first says what stood there, the last when it changed last.
        cells.sort_by_key(|earlier| earlier.cell);
        cells.dedup_by(|later, first| {
            let is_same = later.cell == first.cell;
            if is_same {
                first.last = later.last;
            }
            is_same
        });
        Ok(past)
    }

    fn earlier(&self, user: UserId, field: FieldNumber) -> Option<&Earlier> {
        let place = self.cells.binary_search_by_key(&(user, field), |earlier| earlier.cell).ok()?;
        self.cells.get(place)
    }

    /// The value that a user had in a field.
    pub(crate) fn value<'v>(&'v self, user: &User<'v>, field: FieldNumber, slot: usize) -> Option<&'v str> {
        if self.cells.is_empty() || user.revision() <= self.revision {
            return user.slot(slot);
        }
        match self.earlier(user.id(), field) {
            Some(Earlier { before, .. }) => before.clone().and_then(|before| self.texts.get(before)),
            None => user.slot(slot),
        }
    }

    /// The revision of the last change of a cell since, if there was one.
    pub(crate) fn changed_at(&self, user: UserId, field: FieldNumber) -> Option<u64> {
        self.earlier(user, field).map(|earlier| earlier.last)
    }

    /// Whether the user was there at all.
    pub(crate) fn was_there(&self, user: &User<'_>) -> bool {
        match self.earlier(user.id(), standard::USER) {
            Some(earlier) => earlier.before.is_some(),
            None => !user.withdrawn(),
        }
    }

    /// Whether nothing has changed since.
    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

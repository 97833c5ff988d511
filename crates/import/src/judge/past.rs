//! What users were at an earlier revision: today's values, rewound through the history. Only users that changed since are looked up.

use std::collections::HashMap;

use directory::{FieldNumber, User, UserId, Users, standard};

use store::{AccountId, PastCell, Result, Store};

/// The values that users of one batch had at an earlier revision, where they differ from today's.
#[derive(Debug, Default)]
pub(crate) struct Past {
    values: HashMap<(UserId, FieldNumber), Option<String>>,
    /// The last change after the revision, by cell.
    last: HashMap<(UserId, FieldNumber), u64>,
}

impl Past {
    /// Looks up what the users of a batch were at `revision`.
    pub(crate) fn of(store: &Store, account: AccountId, users: &Users, revision: u64) -> Result<Self> {
        let changed: Vec<UserId> =
            users.iter().filter(|user| user.revision() > revision).map(|user| user.id()).collect();
        let mut past = Self::default();
        if changed.is_empty() {
            return Ok(past);
        }
        for PastCell { user, field, revision, before, .. } in store.changes_of(account, &changed, revision)? {
            past.last.insert((user, field), revision);
            past.values.entry((user, field)).or_insert(before);
        }
        Ok(past)
    }

    /// The value that a user had in a field.
    pub(crate) fn value<'v>(&'v self, user: &User<'v>, field: FieldNumber, slot: usize) -> Option<&'v str> {
        if self.values.is_empty() {
            return user.slot(slot);
        }
        match self.values.get(&(user.id(), field)) {
            Some(before) => before.as_deref(),
            None => user.slot(slot),
        }
    }

    /// The revision of the last change of a cell since, if there was one.
    pub(crate) fn changed_at(&self, user: UserId, field: FieldNumber) -> Option<u64> {
        self.last.get(&(user, field)).copied()
    }

    /// Whether the user was there at all.
    pub(crate) fn was_there(&self, user: &User<'_>) -> bool {
        match self.values.get(&(user.id(), standard::USER)) {
            Some(before) => before.is_some(),
            None => !user.withdrawn(),
        }
    }

    /// Whether nothing has changed since.
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

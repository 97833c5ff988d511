//! How much is under way at once of what takes long: so many of one account, and so many in all. Who comes when the places are taken is
//! told to come again, at once: to wait would take something, too.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use store::{AccountId, Error, Result};

/// Places of one kind.
pub(super) struct Places {
    most_of_one: usize,
    most: usize,
    taken: Mutex<HashMap<AccountId, usize>>,
}

/// A place; free again when it is dropped.
pub struct Place {
    of: Arc<Places>,
    account: AccountId,
}

impl Places {
    pub(super) fn new(most_of_one: usize, most: usize) -> Arc<Self> {
        Arc::new(Self { most_of_one, most, taken: Mutex::default() })
    }

    /// Takes a place.
    ///
    /// # Errors
    /// [`Error::Crowded`] when the account has all that it may have, or all are taken.
    pub(super) fn take(self: &Arc<Self>, account: AccountId) -> Result<Place> {
        let mut taken = self.taken();
        let in_all: usize = taken.values().sum();
        let of_account = taken.get(&account).copied().unwrap_or_default();
        if of_account >= self.most_of_one || in_all >= self.most {
            return Err(Error::Crowded);
        }
        taken.insert(account, of_account + 1);
        Ok(Place { of: Arc::clone(self), account })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<AccountId, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.of.taken();
        match taken.get_mut(&self.account) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                taken.remove(&self.account);
            }
        }
    }
}

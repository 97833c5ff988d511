//! The fields of accounts as they were last defined, kept in memory so that a page does not read them anew.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use directory::Fields;

use crate::ids::AccountId;

/// The fields of accounts that were asked for lately, each with the revision of their last definition.
#[derive(Default)]
pub(crate) struct KnownFields(Mutex<HashMap<AccountId, (i64, Fields)>>);

impl KnownFields {
    /// So many accounts are known at the most; then all are forgotten, and the busy ones are known again at once.
    const MOST: usize = 1_000;

    /// The fields, if their last definition is this one.
    pub(crate) fn get(&self, account: AccountId, defined: i64) -> Option<Fields> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&account).filter(|(of, _)| *of == defined).map(|(_, fields)| fields.clone())
    }

    /// Keeps the fields of the last definition.
    pub(crate) fn keep(&self, account: AccountId, defined: i64, fields: &Fields) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= Self::MOST {
            known.clear();
        }
        known.insert(account, (defined, fields.clone()));
    }
}

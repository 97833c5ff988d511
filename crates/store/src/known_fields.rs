//! Definitions of fields that were read before, kept for the next page.

use std::collections::HashMap;
use std::sync::Mutex;

use directory::Fields;

use crate::ids::AccountId;
use crate::locks::locked;

/// The fields of accounts that were asked for lately, each with the revision of their last definition.
#[derive(Default)]
pub(crate) struct KnownFields(Mutex<HashMap<AccountId, (i64, Fields)>>);

impl KnownFields {
    /// So many accounts are known at the most; then all are forgotten, and the busy ones are known again at once.
    const MOST: usize = 1_000;

    pub(crate) fn get(&self, account: AccountId, defined: i64) -> Option<Fields> {
        let known = locked(&self.0);
        known.get(&account).filter(|(of, _)| *of == defined).map(|(_, fields)| fields.clone())
    }

    pub(crate) fn keep(&self, account: AccountId, defined: i64, fields: &Fields) {
        let mut known = locked(&self.0);
        if known.len() >= Self::MOST {
            known.clear();
        }
        known.insert(account, (defined, fields.clone()));
    }
}

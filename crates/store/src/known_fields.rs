//! Definitions of fields that were read before, kept for the next page.

use std::collections::HashMap;
use std::sync::Mutex;

use directory::Fields;

use crate::ids::AccountId;
use crate::locks::locked;

/// The revision of the last definition, and the count of the changes of answers.
pub(crate) type Defined = (i64, i64);

/// The fields of accounts that were asked for lately, each with what they are known by: the revision of their last definition, and the count
/// of the changes of answers.
#[derive(Default)]
pub(crate) struct KnownFields(Mutex<HashMap<AccountId, (Defined, Fields)>>);

impl KnownFields {
    /// So many accounts are known at the most; then all are forgotten, and the busy ones are known again at once.
    const MOST: usize = 1_000;

    pub(crate) fn get(&self, account: AccountId, defined: Defined) -> Option<Fields> {
        let known = locked(&self.0);
        known.get(&account).filter(|(of, _)| *of == defined).map(|(_, fields)| fields.clone())
    }

    pub(crate) fn keep(&self, account: AccountId, defined: Defined, fields: &Fields) {
        let mut known = locked(&self.0);
        if known.len() >= Self::MOST {
            known.clear();
        }
        known.insert(account, (defined, fields.clone()));
    }
}

//! A line of the activity as it is told.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::moment;

/// A line of the activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// When, RFC 3339.
    pub at: String,
    /// What: a word of the list in docs/security.md.
    pub event: String,
    /// Who: `administrator:3`, `token:payroll`, `cli:root`.
    pub who: String,
    /// What they sign in with, if they have a role in the account.
    pub email: Option<String>,
    /// From which address.
    pub address: Option<String>,
    /// What it is about; of what is said twice, the last.
    pub about: BTreeMap<String, String>,
}

impl Activity {
    /// A line, with what whoever did it is called.
    pub fn of(line: &store::Activity, name: Option<&str>) -> Self {
        Self {
            at: moment(line.at),
            event: line.event.clone(),
            who: line.who.clone(),
            email: name.map(str::to_owned),
            address: line.address.clone(),
            about: line.about.iter().cloned().collect(),
        }
    }
}

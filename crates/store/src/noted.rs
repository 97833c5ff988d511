//! What is noted of an act in the activity of accounts: carried by the handle over which the act is done.

use crate::ids::{AccountId, Time};

/// The line of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// In whose activity it stands.
    pub accounts: Vec<AccountId>,
    /// What it is: a word of the one list of events.
    pub event: &'static str,
    /// Who does it, as the log tells people: `administrator:3`, `token:payroll`, `cli:root`.
    pub who: String,
    /// What it is about: names with their values, never a value of a user.
    pub about: Vec<(String, String)>,
    /// When.
    pub at: Time,
    /// So many lines of this event are kept within an hour at the most, where strangers can make some.
    pub most_an_hour: Option<i64>,
}

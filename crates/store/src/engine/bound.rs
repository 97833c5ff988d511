//! What a connection is bound to: how long a statement may take, and whose rows it sees. PostgreSQL keeps to both by itself; whose rows are seen,
//! policies of its tables say (`wall`), by a setting of the connection. SQLite keeps to the first alone.

use std::time::Duration;

/// Whose rows a connection sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Rows {
    /// Those of all accounts.
    #[default]
    All,
    /// Those of one, by its number.
    Of(i64),
}

/// What a connection is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Bound {
    /// How long a statement may take.
    pub(crate) most: Option<Duration>,
    /// Whose rows it sees.
    pub(crate) rows: Rows,
}

impl Rows {
    /// The value of the setting: the number of the account, or `all`.
    fn value(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Of(account) => account.to_string(),
        }
    }

    /// The statement that sets it, until the end of a transaction (`SET LOCAL`) or for as long as the connection lasts (`SET`).
    pub(super) fn told(self, set: &str) -> String {
        format!("{set} muster.account = '{}'", self.value())
    }
}

impl Bound {
    /// What sets the time of each statement.
    pub(super) fn time(self, set: &str) -> String {
        format!("{set} statement_timeout = {}", self.most.map_or(0, |most| most.as_millis().max(1)))
    }

    /// What sets all of it for one transaction, behind its beginning, over a connection that is lent for that alone.
    pub(super) fn for_a_transaction(self) -> String {
        // What the role has set for others, as with a connection of one's own.
        self.rows.told("; SET LOCAL") + &self.time("; SET LOCAL") + "; SET LOCAL lock_timeout = 0"
    }
}

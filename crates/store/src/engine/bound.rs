//! What a connection is bound to: how long a statement may take, and whose rows it sees. PostgreSQL keeps to both by itself; whose rows are seen,
//! policies of its tables say (`wall`), by a setting of the connection. SQLite keeps to the first alone.

use std::time::Duration;

use super::{Connection, Driver, Error, Result};

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
        let rows = self.rows.told("; SET LOCAL");
        if self.most.is_some() { rows + &self.time("; SET LOCAL") } else { rows }
    }
}

impl Connection {
    /// Says what statements are bound to from now on.
    pub(crate) fn bound(&mut self, bound: Bound) -> Result<()> {
        let before = std::mem::replace(&mut self.bound, bound);
        match self.set_bound(before) {
            Err(Error::Unreachable(_)) => self.open_again(),
            set => set,
        }
    }

    /// Tells PostgreSQL, in one message, what is otherwise than it was before. Over a lent connection each transaction is told.
    pub(super) fn set_bound(&mut self, before: Bound) -> Result<()> {
        let bound = self.bound;
        let Driver::Postgres(postgres) = &mut self.driver else { return Ok(()) };
        if bound == before || postgres.is_lent() {
            return Ok(());
        }
        let time = (bound.most != before.most).then(|| bound.time("SET"));
        let rows = (bound.rows != before.rows).then(|| bound.rows.told("SET"));
        let told: Vec<String> = time.into_iter().chain(rows).collect();
        Ok(postgres.client.batch_execute(&told.join("; "))?)
    }

    /// Whether nothing has to be said for a connection to see these rows.
    pub(crate) fn sees(&self, rows: Rows) -> bool {
        self.is_sqlite() || self.bound.rows == rows
    }

    /// Sees the rows of all accounts for a part of a transaction.
    ///
    /// # Errors
    /// What the part says, or the database: the transaction is given up then.
    pub(crate) fn seeing_all<T>(&mut self, part: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.sees(Rows::All) {
            return part(self);
        }
        self.batch(&Rows::All.told("SET LOCAL"))?;
        let done = part(self)?;
        self.batch(&self.bound.rows.told("SET LOCAL"))?;
        Ok(done)
    }

    /// What begins the transaction that a statement needs outside of any, over a connection that is lent for no longer than that.
    pub(super) fn beginning_alone(&self) -> Option<String> {
        match &self.driver {
            Driver::Postgres(postgres) if postgres.is_lent() && !self.in_transaction => {
                Some(format!("BEGIN{}", self.bound.for_a_transaction()))
            }
            _ => None,
        }
    }
}

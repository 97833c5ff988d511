//! Binding a connection (`bound`): of PostgreSQL one message when what it is bound to changes, or a few words in the message that begins a transaction.

use super::{Bound, Connection, Driver, Error, Result, Rows};

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
                Some(format!("{}{}", postgres.begin(), self.bound.for_a_transaction()))
            }
            _ => None,
        }
    }
}

//! How a store stands: how its connections are used, what time it is where its database is, and whether a newer program has the database now.

use std::sync::atomic::Ordering;

use super::{Address, Inner};
use crate::allowed::allowed_of;
use crate::engine::{Error, Result, params};
use crate::held_uploads::HeldUploads;
use crate::pool::PoolUse;
use crate::{Store, Time, migrations};

/// How often a server that only reads is asked again.
const REFUSED: usize = 10;

impl Store {
    /// How its connections are used now. Nothing is asked of the database.
    pub fn pools(&self) -> Vec<PoolUse> {
        let Inner { address, readers, directory_writer, work_writer, .. } = &*self.inner;
        match address {
            Address::Postgres(_) => vec![readers.used("connections")],
            Address::Sqlite { .. } => vec![
                readers.used("readers"),
                directory_writer.used("directory_writer"),
                work_writer.used("work_writer"),
            ],
        }
    }

    /// The uploads that this process has just received.
    pub(crate) fn held_uploads(&self) -> &HeldUploads {
        &self.inner.held_uploads
    }

    /// Whether the database answers, and can only be read: a server of PostgreSQL that follows another one, or is told to write nothing.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn only_reads(&self) -> Result<bool> {
        self.read(|connection| {
            let sql = if connection.is_sqlite() {
                "SELECT COUNT(*) * 0 FROM account"
            } else {
                "SELECT CAST(CASE WHEN pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on' THEN 1 ELSE 0 END AS BIGINT)
                 FROM (SELECT COUNT(*) FROM account) found"
            };
            Ok(connection.one(sql, params![], |row| row.integer(0))? == Some(1))
        })
    }

    /// What time it is where the database is, for all who share it; none of SQLite, whose processes share the clock of their machine.
    ///
    /// # Errors
    /// [`Error::Updated`] when a newer program has brought the database up to date: it is asked with the time.
    pub fn server_time(&self) -> Result<Option<Time>> {
        let (time, migrations) = self.read(|connection| {
            let sql = if connection.is_sqlite() {
                "SELECT NULL, (SELECT COUNT(*) FROM main.migration) + (SELECT COUNT(*) FROM work.migration)"
            } else {
                "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT), (SELECT COUNT(*) FROM migration)"
            };
            let found = connection.one(sql, params![], |row| Ok((row.maybe_integer(0)?, row.integer(1)?)))?;
            Ok(found.unwrap_or_default())
        })?;
        if migrations > migrations::known(None) {
            self.is_updated_now();
            return Err(Error::Updated);
        }
        Ok(time.map(Time))
    }

    /// Whether a newer program has brought the database up to date since this one opened it, as far as it has noticed: then nothing is written
    /// over this store any more, and what it reads may mean something else.
    pub fn is_updated(&self) -> bool {
        self.inner.updated.load(Ordering::Relaxed)
    }

    /// How many connections PostgreSQL gives at once to the role of this store, for all processes together; none of SQLite, and none through a
    /// pool that lends them for a transaction.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn connections_allowed(&self) -> Result<Option<i64>> {
        self.read(allowed_of)
    }

    /// How often a server that only reads is asked again, within a second or so; once where that is known, for another one may be the first now.
    pub(super) fn refused_most(&self) -> usize {
        if self.inner.only_reads.load(Ordering::Relaxed) { 1 } else { REFUSED }
    }

    /// Keeps in mind whether the database can only be read, by how a transaction that writes ended.
    pub(super) fn saw_whether_it_only_reads<T>(&self, done: &Result<T>) {
        match done {
            Ok(_) => self.inner.only_reads.store(false, Ordering::Relaxed),
            Err(Error::OnlyReads) => self.inner.only_reads.store(true, Ordering::Relaxed),
            Err(_) => {}
        }
    }

    /// Whether the server of the database was waited for in vain, and did not answer since.
    pub(super) fn is_away_for_long(&self) -> bool {
        matches!(&self.inner.address, Address::Postgres(server) if server.is_away_for_long())
    }

    /// Whether one transaction at a time writes the directory, whoever's it is.
    pub fn writes_in_turn(&self) -> bool {
        matches!(self.inner.address, Address::Sqlite { .. })
    }

    pub(super) fn is_updated_now(&self) {
        if !self.inner.updated.swap(true, Ordering::Relaxed) {
            tracing::error!(
                "a newer Muster has brought the database up to date: this process does no more work; start the new program in its place"
            );
        }
    }
}

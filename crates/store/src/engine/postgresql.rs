//! A connection to PostgreSQL with the statements that are prepared over it; opened again when the server ended it.

use std::collections::HashMap;
use std::sync::Arc;

use postgres::SimpleQueryMessage;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql;

use super::bound::Bound;
use super::errors::Result;
use super::row::{Param, Row};
use super::server::Server;
use crate::faults::{Faulty, faultless, replace};

/// So many statements are prepared over a connection at the most: the server keeps a plan for each.
const PREPARED_MOST: usize = 400;

pub(crate) struct Postgres {
    pub(crate) client: Faulty<postgres::Client>,
    prepared: HashMap<String, postgres::Statement>,
    server: Arc<Server>,
    /// Whether it is a cluster of Citus; not asked yet while there is none.
    is_cluster: Option<bool>,
}

impl Postgres {
    pub(super) fn open(server: &Arc<Server>) -> Result<Self> {
        let client = faultless(server.connect()?);
        Ok(Self { client, prepared: HashMap::new(), server: Arc::clone(server), is_cluster: None })
    }

    /// Takes a new connection in the place of one that is gone. What was set over the old one is not set any more.
    pub(super) fn open_again(&mut self) -> Result<()> {
        let client = self.server.connect_in_turn()?;
        self.prepared.clear();
        replace(&mut self.client, client);
        Ok(())
    }

    /// Whether a connection is lent for a transaction alone: then nothing is prepared or set over it that has to last longer.
    pub(super) fn is_lent(&self) -> bool {
        self.server.lends()
    }

    /// Whether somebody waits until the server has room for one more connection.
    pub(super) fn is_wanted(&self) -> bool {
        self.server.is_waited_for()
    }

    /// What begins a transaction that sees what was committed before each of its statements. Over a connection that lasts that is set once.
    pub(super) fn begin(&self) -> &'static str {
        if self.is_lent() { "BEGIN ISOLATION LEVEL READ COMMITTED" } else { "BEGIN" }
    }

    /// What begins a transaction that is bound to something; its commit is durable at once, or soon.
    pub(super) fn beginning(&self, is_soon: bool, bound: Bound) -> String {
        // A process that is stopped, or cut off, holds its locks no longer than this: another one waits for them to go on with its work.
        let mut sql = format!("{}; SET LOCAL idle_in_transaction_session_timeout = 5000", self.begin());
        if self.is_lent() {
            sql.push_str(&bound.for_a_transaction());
        }
        if is_soon {
            sql.push_str("; SET LOCAL synchronous_commit = off");
        } else if self.is_lent() {
            sql.push_str("; ");
            sql.push_str(DURABLE_HERE);
        }
        sql
    }

    /// What begins a transaction that reads what stands at one moment, and is bound to something.
    pub(super) fn beginning_to_read(&self, bound: Bound) -> String {
        // What is read is kept from being swept up: a process that is stopped does not hold that up.
        let mut sql = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \
                       SET LOCAL idle_in_transaction_session_timeout = 5000"
            .to_owned();
        sql.push_str(BY_KEYS);
        if self.is_lent() {
            sql.push_str(&bound.for_a_transaction());
        }
        sql
    }

    /// Runs statements, the last of which answers with one number.
    pub(super) fn last_number(&mut self, sql: &str) -> Result<Option<i64>> {
        let told = self.client.simple_query(sql)?;
        Ok(told.iter().rev().find_map(|message| match message {
            SimpleQueryMessage::Row(row) => row.get(0)?.parse().ok(),
            _ => None,
        }))
    }

    /// Whether a statement was prepared before.
    pub(super) fn is_prepared(&self, sql: &str) -> bool {
        self.prepared.contains_key(sql)
    }

    /// The prepared form of a statement, the `?1` of which become `$1`.
    fn prepare(&mut self, sql: &str) -> Result<postgres::Statement> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        if self.prepared.len() >= PREPARED_MOST {
            // The few that are asked again and again are soon there again.
            self.prepared.clear();
        }
        let words = self.in_its_words(sql)?;
        let statement = self.client.prepare(&words)?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// A statement as the server reads it: `$1` for `?1`. A cluster sees by its account where a row is, and not by `+account`, with which planners
    /// are kept from an index.
    fn in_its_words(&mut self, sql: &str) -> Result<String> {
        let words = sql.replace('?', "$");
        if !words.contains("+account") && !words.contains("+h.account") {
            return Ok(words);
        }
        if self.is_cluster()? {
            Ok(words.replace("+account", "account").replace("+h.account", "h.account"))
        } else {
            Ok(words)
        }
    }

    /// Whether this is the coordinator of a cluster of Citus.
    pub(super) fn is_cluster(&mut self) -> Result<bool> {
        let is_cluster = match self.is_cluster {
            Some(is_cluster) => is_cluster,
            // Nothing has a name on a server that may be another one the next time.
            None => !self
                .client
                .query_typed("SELECT 1 FROM pg_extension WHERE extname = 'citus'", &[])?
                .is_empty(),
        };
        self.is_cluster = Some(is_cluster);
        Ok(is_cluster)
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[Param<'_>], alone: Option<&str>) -> Result<u64> {
        if self.is_lent() {
            let params: Vec<_> = params.iter().map(Param::typed).collect();
            let words = self.in_its_words(sql)?;
            return self.in_its_own(alone, |postgres| Ok(postgres.client.execute_typed(&words, &params)?));
        }
        let statement = self.prepare(sql)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(Param::postgres).collect();
        Ok(self.client.execute(&statement, &params)?)
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        alone: Option<&str>,
        take: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        if self.is_lent() {
            return self.each_lent(sql, params, alone, take);
        }
        let statement = self.prepare(sql)?;
        let mut rows = self.client.query_raw(&statement, params.iter().map(Param::postgres))?;
        while let Some(row) = rows.next()? {
            take(&Row::Postgres(&row))?;
        }
        Ok(())
    }

    /// The same of a statement that is not kept: it is planned for these parameters.
    pub(super) fn each_planned(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        alone: Option<&str>,
        take: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        if self.is_lent() {
            self.each_lent(sql, params, alone, take)
        } else {
            self.each_typed(sql, params, take)
        }
    }

    /// The same over a connection that is lent for a transaction.
    fn each_lent(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        alone: Option<&str>,
        take: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.in_its_own(alone, |postgres| postgres.each_typed(sql, params, take))
    }

    /// Runs a statement in a transaction of its own, which this begins, where none is under way.
    fn in_its_own<T>(
        &mut self,
        alone: Option<&str>,
        statement: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        let Some(begin) = alone else { return statement(self) };
        self.client.batch_execute(begin)?;
        let done = statement(self);
        let ended = self.client.batch_execute(if done.is_ok() { "COMMIT" } else { "ROLLBACK" });
        done.and_then(|done| Ok(ended.map(|()| done)?))
    }

    fn each_typed(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        take: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let words = self.in_its_words(sql)?;
        let mut rows = self.client.query_typed_raw(&words, params.iter().map(Param::typed))?;
        while let Some(row) = rows.next()? {
            take(&Row::Postgres(&row))?;
        }
        Ok(())
    }
}

/// A page follows an index to where it is full. Without statistics (nobody counted a table since many rows were loaded into it), or with those of
/// a table that was empty then, the server takes an account for a few rows, which it would rather gather and sort, and a table for one that is
/// soon gone through. What can't be done by an index costs much in its eyes then, which it must not take for a reason to compile the statement.
const BY_KEYS: &str = "; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off; SET LOCAL jit = off";

/// What is answered is durable, however the server is set up for others; a stronger promise than `on` stays. For one transaction.
const DURABLE_HERE: &str =
    "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'";

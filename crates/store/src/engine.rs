//! The seam: with what belongs to it in `engine/`, the only file that names the database drivers. Above it the SQL is written once, in the dialect that SQLite and
//! PostgreSQL share, with parameters `?1`, `?2`; here it meets the one or the other.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::faults::{Faulty, faultless};
use crate::statements::{Deadline, SlowStatements};

mod bound;
mod bounding;
mod close;
mod copied;
mod errors;
mod filling;
mod kept;
mod postgresql;
mod row;
mod server;
mod sets;
mod tls;

pub(crate) use bound::{Bound, Rows};
pub(crate) use close::close_together;
pub use errors::{Error, Result};
pub(crate) use kept::{Keeps, Kept, Put};
use postgresql::Postgres;
pub(crate) use row::{Column, Param, Row, params};
pub(crate) use server::Server;

/// One connection to one database. SQL comes with parameters `?1`, `?2`, ...; statements are prepared once and kept.
pub(crate) struct Connection {
    pub(crate) driver: Driver,
    slow: Arc<SlowStatements>,
    bound: Bound,
    deadline: Deadline,
    /// Whether a transaction is under way: then nothing is asked a second time.
    in_transaction: bool,
    /// How many migrations a database has that this program knows; in one that has more nothing is written.
    known: Option<i64>,
}

pub(crate) enum Driver {
    Sqlite(Faulty<rusqlite::Connection>),
    Postgres(Box<Postgres>),
}

/// How soon a committed transaction outlives a loss of power. What is written later is never there without what was written before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// When it is committed.
    AtOnce,
    /// With the next one that is durable at once.
    Soon,
}

/// A statement, named by its beginning, changed another number of rows than it had to.
fn wrong_count(sql: &str, changed: u64, rows: u64) -> Error {
    let name: Vec<&str> = sql.split_whitespace().take(3).collect();
    Error::Failed(format!("`{} ...` changed {changed} rows, and had to change {rows}", name.join(" ")))
}

/// `folded(text)` in SQLite: a text as it is compared without case, of null the empty one.
const FOLDED: rusqlite::functions::FunctionFlags = rusqlite::functions::FunctionFlags::SQLITE_UTF8
    .union(rusqlite::functions::FunctionFlags::SQLITE_DETERMINISTIC);

/// After so many steps of its machine SQLite asks whether a statement should be over: a millisecond or less.
const STEPS: i32 = 20_000;

/// Bytes that the log of a file (`-wal`) keeps once all of it stands in the file.
const LOG_KEPT: u32 = 32 << 20;

/// How a file of SQLite is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Write,
    /// A file that is made can give pages back that are free ([`Connection::give_back`]).
    WriteAndGiveBack,
    Read,
}

impl Connection {
    /// Opens a file, made when it is not there. `cache_kib` bounds its page cache.
    pub(crate) fn sqlite(
        path: &Path,
        usage: Use,
        cache_kib: u32,
        slow: &Arc<SlowStatements>,
    ) -> Result<Self> {
        let mut connection = rusqlite::Connection::open(path)?;
        connection.set_prepared_statement_cache_capacity(256);
        connection.busy_timeout(OPENS_WITHIN)?;
        // Plans do not depend on the values of parameters: otherwise a statement that compares one is prepared anew at each use.
        connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        // Only a file that is made now takes this; a later one would have to be written anew as a whole. Asked first, too.
        if usage == Use::WriteAndGiveBack
            && connection
                .query_row("PRAGMA page_count", [], |row| row.get(0))
                .is_ok_and(|pages: i64| pages == 0)
        {
            connection.execute_batch("PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL")?;
        }
        connection.execute_batch(&format!(
            "PRAGMA page_size = 8192; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA temp_store = MEMORY; PRAGMA cache_size = -{cache_kib};
             PRAGMA journal_size_limit = {LOG_KEPT};"
        ))?;
        // Asked first: setting it may wait for whoever writes.
        let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
        if mode != "wal" {
            connection.execute_batch("PRAGMA journal_mode = WAL")?;
        }
        connection.execute_batch(&format!("PRAGMA query_only = {}", i32::from(usage == Use::Read)))?;
        connection.create_scalar_function("folded", 1, FOLDED, |context| {
            let text = context.get_raw(0).as_str_or_null()?.unwrap_or_default();
            Ok(directory::Claim::fold(directory::Kind::Text, text))
        })?;
        let deadline = Deadline::default();
        let asked = deadline.clone();
        connection.progress_handler(STEPS, Some(move || asked.is_over()))?;
        let driver = Driver::Sqlite(faultless(connection));
        Ok(Self::over(driver, slow, deadline))
    }

    /// Makes the tables of a second file readable over this connection too.
    pub(crate) fn attach(&mut self, path: &Path) -> Result<()> {
        if let Driver::Sqlite(connection) = &self.driver {
            connection.execute("ATTACH DATABASE ?1 AS work", [path.to_string_lossy().as_ref()])?;
        }
        Ok(())
    }

    /// Connects to a server of PostgreSQL.
    pub(crate) fn postgres(server: &Arc<Server>, slow: &Arc<SlowStatements>) -> Result<Self> {
        Ok(Self::over(Driver::Postgres(Box::new(Postgres::open(server)?)), slow, Deadline::default()))
    }

    fn over(driver: Driver, slow: &Arc<SlowStatements>, deadline: Deadline) -> Self {
        let (slow, bound) = (Arc::clone(slow), Bound::default());
        Self { driver, slow, bound, deadline, in_transaction: false, known: None }
    }

    /// Takes a new connection in the place of one that the server has ended, bounded as that one was.
    pub(crate) fn open_again(&mut self) -> Result<()> {
        if let Driver::Postgres(postgres) = &mut self.driver {
            // It is not who asks that has too much under way.
            postgres.open_again().map_err(|error| match error {
                Error::Crowded => Error::Unconnected,
                error => error,
            })?;
        }
        self.set_bound(Bound::default())
    }

    /// The same connection for the work of a program that knows so many migrations; of a file of SQLite it waits so long for whoever writes.
    pub(crate) fn at_work(mut self, known: i64, waits: Duration) -> Result<Self> {
        self.known = Some(known);
        if let Driver::Sqlite(connection) = &self.driver {
            connection.busy_timeout(waits)?;
        }
        Ok(self)
    }

    /// How many pages of a file of SQLite are free; `file` is empty, or the name of one that is attached and a dot.
    pub(crate) fn free_pages(&mut self, file: &str) -> Result<i64> {
        let free = self.one(&format!("PRAGMA {file}freelist_count"), &[], |row| row.integer(0))?;
        Ok(free.unwrap_or_default())
    }

    /// Gives pages back that are free, beyond so many that are kept for what comes next; at most so many at once. True when there are
    /// more. A file that was made before there was this keeps its pages for later rows.
    pub(crate) fn give_back(&mut self, kept: i64, at_once: i64) -> Result<bool> {
        let free = self.free_pages("")?;
        let gives_back = self.one("PRAGMA auto_vacuum", &[], |row| row.integer(0))?.unwrap_or_default() > 0;
        if !gives_back || free <= kept {
            return Ok(false);
        }
        // A step of the statement for each page.
        self.each(&format!("PRAGMA incremental_vacuum({})", at_once.min(free - kept)), &[], |_| Ok(()))?;
        Ok(free - kept > at_once)
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.driver, Driver::Sqlite(_))
    }

    /// Whether it is lent for a transaction alone, by a pool that stands before the server.
    pub(crate) fn is_lent(&self) -> bool {
        matches!(&self.driver, Driver::Postgres(postgres) if postgres.is_lent())
    }

    /// Whether there is a table of this name.
    pub(crate) fn has_table(&mut self, name: &str) -> Result<bool> {
        let sql = match self.driver {
            Driver::Sqlite(_) => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1",
            Driver::Postgres(_) => {
                "SELECT 1 FROM pg_class WHERE oid = to_regclass(?1) AND relkind IN ('r', 'p')"
            }
        };
        Ok(self.one(sql, &[Param::Text(name)], |_| Ok(()))?.is_some())
    }

    /// Whether something has this name that is no table: a view, a sequence. Of PostgreSQL alone.
    pub(crate) fn has_no_table_of(&mut self, name: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM pg_class WHERE oid = to_regclass(?1) AND relkind NOT IN ('r', 'p')";
        Ok(!self.is_sqlite() && self.one(sql, &[Param::Text(name)], |_| Ok(()))?.is_some())
    }

    /// Whether there are tables, in a database that none of ours are in: in PostgreSQL only tables, or views, of our names.
    pub(crate) fn has_other_tables(&mut self) -> Result<bool> {
        let sql = match self.driver {
            Driver::Sqlite(_) => "SELECT 1 FROM sqlite_master LIMIT 1",
            Driver::Postgres(_) => {
                "SELECT 1 WHERE to_regclass('users') IS NOT NULL OR to_regclass('account') IS NOT NULL OR to_regclass('migration') IS NOT NULL"
            }
        };
        Ok(self.one(sql, &[], |_| Ok(()))?.is_some())
    }

    /// Runs several statements without parameters.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        self.before(sql)?;
        match &mut self.driver {
            Driver::Sqlite(connection) => connection.execute_batch(sql)?,
            Driver::Postgres(postgres) => postgres.client.batch_execute(sql)?,
        }
        self.after()
    }

    /// Runs a statement and tells how many rows it changed.
    pub(crate) fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64> {
        self.before(sql)?;
        let alone = self.beginning_alone();
        let Self { driver, slow, bound, deadline, .. } = self;
        deadline.begin(bound.most);
        let changed = slow.watch(sql, || match driver {
            Driver::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                Ok::<_, Error>(statement.execute(rusqlite::params_from_iter(params))? as u64)
            }
            Driver::Postgres(postgres) => postgres.execute(sql, params, alone.as_deref()),
        });
        self.deadline.begin(None);
        let changed = changed?;
        self.after()?;
        Ok(changed)
    }

    /// Runs a statement that has to change so many rows.
    ///
    /// # Errors
    /// [`Error::Failed`] with the beginning of the statement when it changed more or fewer: the transaction is given up.
    pub(crate) fn execute_exactly(&mut self, rows: u64, sql: &str, params: &[Param<'_>]) -> Result<()> {
        let changed = self.execute(sql, params)?;
        if changed == rows {
            return Ok(());
        }
        Err(wrong_count(sql, changed, rows))
    }

    /// Hands each row of an answer over as it arrives; the answer is never whole in memory. What only reads is asked again, over a new
    /// connection, when the server has ended this one before the first row came: it is restarted now and then.
    pub(crate) fn each(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        take: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.each_as(false, sql, params, take)
    }

    /// The same of a statement of which it depends on its parameters how it is best done. PostgreSQL plans it for these, each time; one that is
    /// kept it plans for any after a few times, and walks through an account where it had better stop after a page. SQLite's plans do not
    /// look at values.
    pub(crate) fn each_planned(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        take: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.each_as(true, sql, params, take)
    }

    fn each_as(
        &mut self,
        planned: bool,
        sql: &str,
        params: &[Param<'_>],
        mut take: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let may_repeat = !self.in_transaction && sql.trim_start().starts_with("SELECT");
        let mut came = false;
        for _ in 0..ASKED_AGAIN {
            let done = self.each_once(planned, sql, params, &mut |row| {
                came = true;
                take(row)
            });
            match done {
                Err(Error::Unreachable(_)) if may_repeat && !came => self.open_again()?,
                done => return done,
            }
        }
        self.each_once(planned, sql, params, &mut take)
    }

    fn each_once(
        &mut self,
        planned: bool,
        sql: &str,
        params: &[Param<'_>],
        take: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.before(sql)?;
        let alone = self.beginning_alone();
        let Self { driver, slow, bound, deadline, .. } = self;
        deadline.begin(bound.most);
        let done = slow.watch(sql, || match driver {
            Driver::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let mut rows = statement.query(rusqlite::params_from_iter(params))?;
                while let Some(row) = rows.next()? {
                    take(&Row::Sqlite(row))?;
                }
                Ok(())
            }
            Driver::Postgres(postgres) if planned => {
                postgres.each_planned(sql, params, alone.as_deref(), take)
            }
            Driver::Postgres(postgres) => postgres.each(sql, params, alone.as_deref(), take),
        });
        self.deadline.begin(None);
        done?;
        self.after()
    }

    /// All rows of a short answer.
    pub(crate) fn all<T>(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        mut of_row: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.each(sql, params, |row| {
            found.push(of_row(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// All rows of a short answer that this program can read: one that says what it does not know takes the others from nobody. The log is told.
    pub(crate) fn all_readable<T>(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        mut of_row: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.each(sql, params, |row| {
            match of_row(row) {
                Err(Error::Unread(why)) => {
                    tracing::error!(why, "a row can't be read and is left out; muster doctor names it");
                }
                read => found.push(read?),
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The first row of an answer.
    pub(crate) fn one<T>(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        of_row: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.all(sql, params, of_row)?.into_iter().next())
    }

    /// Runs `work` in one transaction: all of it, or nothing. A transaction that lost against another one ([`Error::Again`]) is
    /// for the caller to repeat.
    pub(crate) fn transaction<T>(
        &mut self,
        durability: Durability,
        work: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        self.begin(&match (&self.driver, durability) {
            (Driver::Sqlite(_), Durability::AtOnce) => {
                "PRAGMA synchronous = FULL; BEGIN IMMEDIATE".to_owned()
            }
            (Driver::Sqlite(_), Durability::Soon) => {
                "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE".to_owned()
            }
            (Driver::Postgres(postgres), durability) => {
                postgres.beginning(durability == Durability::Soon, self.bound)
            }
        })?;
        let done = work(self).and_then(|done| self.batch("COMMIT").map(|()| done));
        if done.is_err() {
            self.roll_back();
        }
        self.in_transaction = false;
        done
    }

    /// Reads what stands at one moment, whatever is written meanwhile: all of it again when the server ends the connection.
    pub(crate) fn at_one_moment<T>(&mut self, mut work: impl FnMut(&mut Self) -> Result<T>) -> Result<T> {
        let begin = match &self.driver {
            Driver::Sqlite(_) => "BEGIN".to_owned(),
            Driver::Postgres(postgres) => postgres.beginning_to_read(self.bound),
        };
        let mut tries = 0;
        loop {
            tries += 1;
            self.begin(&begin)?;
            let read = work(self);
            let ended = self.batch("ROLLBACK");
            self.in_transaction = false;
            match read {
                Err(Error::Unreachable(_)) if tries <= ASKED_AGAIN => self.open_again()?,
                Ok(_) if matches!(ended, Err(Error::Unreachable(_))) => return read,
                read => return ended.and(read),
            }
        }
    }

    /// Begins a transaction, over a new connection when the server has ended this one.
    fn begin(&mut self, sql: &str) -> Result<()> {
        let migrations = match self.begin_once(sql) {
            Err(Error::Unreachable(_)) => {
                self.open_again()?;
                self.begin_once(sql)?
            }
            Err(error) => {
                // Of several statements the first may have been run; SQLite has one, and waited for it.
                if !self.is_sqlite() {
                    self.roll_back();
                }
                // Nothing is costly in it: another program makes migrations just now.
                return Err(if matches!(error, Error::TooCostly) { Error::Busy } else { error });
            }
            begun => begun?,
        };
        self.in_transaction = true;
        if self.known.zip(migrations).is_some_and(|(known, has)| has > known) {
            self.roll_back();
            self.in_transaction = false;
            return Err(Error::Updated);
        }
        Ok(())
    }

    /// Begins a transaction; of a program at work it also tells how many migrations the database has. They are read in the transaction: a
    /// newer program that wants to make more waits for its end (`migrations`).
    fn begin_once(&mut self, sql: &str) -> Result<Option<i64>> {
        self.before(sql)?;
        let asks = self.known.is_some();
        let migrations = match &mut self.driver {
            Driver::Sqlite(connection) => {
                connection.execute_batch(sql)?;
                let count = || connection.prepare_cached(MIGRATIONS)?.query_row([], |row| row.get(0));
                asks.then(count).transpose()?
            }
            Driver::Postgres(postgres) if asks => postgres.last_number(&format!("{sql}; {MIGRATIONS}"))?,
            Driver::Postgres(postgres) => {
                postgres.client.batch_execute(sql)?;
                None
            }
        };
        self.after()?;
        Ok(migrations)
    }

    /// What failed was told already; when even the way back fails, the connection is dropped by the pool.
    fn roll_back(&mut self) {
        if let Err(error) = self.batch("ROLLBACK") {
            tracing::warn!(%error, "a transaction could not be rolled back");
        }
    }

    /// Whether somebody in this process waits until the server has room for one more connection, and would have that of this one.
    pub(crate) fn is_wanted(&self) -> bool {
        match &self.driver {
            Driver::Sqlite(_) => false,
            Driver::Postgres(postgres) => postgres.is_wanted(),
        }
    }

    /// Whether the connection can be used again, after work that failed or did not.
    pub(crate) fn is_sound(&mut self, failed: bool) -> bool {
        match &mut self.driver {
            Driver::Sqlite(connection) => connection.is_autocommit(),
            // The driver learns of a connection's end only when it uses it: after a failure it is asked.
            Driver::Postgres(postgres) => {
                !postgres.client.is_closed() && (!failed || postgres.client.is_valid(ANSWERS_WITHIN).is_ok())
            }
        }
    }
}

/// How many migrations a database has; on SQLite, a file of it.
const MIGRATIONS: &str = "SELECT COUNT(*) FROM migration";
/// How long whoever opens a file of SQLite waits for whoever writes.
const OPENS_WITHIN: Duration = Duration::from_secs(10);
/// How often what only reads is asked again over a new connection.
const ASKED_AGAIN: usize = 3;
/// How long PostgreSQL may take to say that a connection is still one.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);

#[cfg(test)]
mod tests;

//! Copies of the database: both files of SQLite as they were at one moment, while others go on writing; and what makes a copy that is put
//! back another past than the one that it was taken from.

use std::path::Path;

use crate::Time;
use crate::engine::{Connection, Error, Result, params};
use crate::store::Store;

/// Which of the two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilePart {
    /// Accounts, users, their history.
    Directory,
    /// Sessions, uploads, plans.
    Work,
}

/// What was seen of an account at the moment of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountThen {
    /// Its slug.
    pub slug: String,
    /// Its revision.
    pub revision: i64,
    /// How many users it had.
    pub users: i64,
}

/// One moment of both files, for as long as it is kept.
pub struct Snapshot {
    reader: Connection,
}

impl Store {
    /// Both files at one moment; none of PostgreSQL, which has a program for that. Whoever writes is waited for, and waits for no longer
    /// than it takes to begin reading.
    ///
    /// # Errors
    /// [`Error::Busy`] when somebody has been writing for longer than anybody waits: try again.
    pub fn snapshot(&self) -> Result<Option<Snapshot>> {
        let Some(mut writers) = self.writers_apart()? else { return Ok(None) };
        // Nobody writes either file now, so what two transactions see is of one moment.
        for writer in &mut writers {
            writer.batch("BEGIN IMMEDIATE")?;
        }
        let mut reader = self.connect()?;
        reader.batch("BEGIN")?;
        for table in ["main.migration", "work.migration"] {
            reader.one(&format!("SELECT COUNT(*) FROM {table}"), params![], |row| row.integer(0))?;
        }
        for writer in &mut writers {
            writer.batch("ROLLBACK")?;
        }
        Ok(Some(Snapshot { reader }))
    }

    /// Makes a copy that was put back a database of its own: another lineage, so that what its original became later is not taken for
    /// its past; User IDs that its original may have given out since are left out; and everybody signs in again. `made` is when the copy
    /// was taken.
    ///
    /// # Errors
    /// When the store fails.
    pub fn begin_again(&self, made: Time, at: Time) -> Result<()> {
        self.write_work(|transaction| {
            for table in ["session", "one_time_link", "pairing"] {
                transaction.execute(&format!("DELETE FROM {table}"), params![])?;
            }
            Ok(())
        })?;
        let randomness = self.randomness();
        let skipped = (1 << 20) + i64::from(randomness.number() >> 12);
        self.write_directory(|transaction| {
            let before = transaction.one("SELECT lineage FROM deployment", params![], |row| row.string(0))?;
            let lineage = new_lineage(transaction, || randomness.letters(2))?;
            let sql = "INSERT INTO restoration (number, made, at, before, lineage)
                       SELECT COALESCE(MAX(number), 0) + 1, CAST(?1 AS BIGINT), CAST(?2 AS BIGINT), CAST(?3 AS TEXT), CAST(?4 AS TEXT)
                       FROM restoration";
            transaction.execute(sql, params![made.0, at.0, &before.unwrap_or_default(), &lineage])?;
            let sql = "UPDATE deployment SET lineage = ?1, pair = NULL, next_user = next_user + ?2";
            transaction.execute_exactly(1, sql, params![&lineage, skipped])
        })?;
        self.introduce_files(true)
    }

    /// When a database of this lineage was put back from a copy that was taken before, and to when; none when it never was.
    pub fn put_back_from(&self, lineage: &str) -> Result<Option<(Time, Time)>> {
        self.read(|connection| {
            let sql = "SELECT made, at FROM restoration WHERE before = ?1 ORDER BY number DESC LIMIT 1";
            connection.one(sql, params![lineage], |row| Ok((Time(row.integer(0)?), Time(row.integer(1)?))))
        })
    }
}

/// Letters that no revision here bears.
fn new_lineage(connection: &mut Connection, mut letters: impl FnMut() -> String) -> Result<String> {
    let sql = "SELECT lineage FROM deployment UNION SELECT lineage FROM revision WHERE lineage IS NOT NULL
               UNION SELECT before FROM restoration UNION SELECT lineage FROM restoration";
    let known = connection.all(sql, params![], |row| row.string(0))?;
    let mut tries = (0..10_000).map(|_| letters());
    tries
        .find(|lineage| !known.contains(lineage))
        .ok_or_else(|| Error::Failed("there is no lineage that this database has not had".to_owned()))
}

impl Snapshot {
    /// The connection that sees the moment.
    pub(crate) fn into_reader(self) -> Connection {
        self.reader
    }

    /// The accounts at that moment, by slug.
    ///
    /// # Errors
    /// When the store fails.
    pub fn accounts(&mut self) -> Result<Vec<AccountThen>> {
        self.reader.all("SELECT slug, revision, users FROM account ORDER BY slug", params![], |row| {
            Ok(AccountThen { slug: row.string(0)?, revision: row.integer(1)?, users: row.integer(2)? })
        })
    }

    /// Copies one of the files into a new one.
    ///
    /// # Errors
    /// When the new file can't be written.
    pub fn copy(&mut self, part: FilePart, to: &Path) -> Result<()> {
        self.reader.copy_pages(if part == FilePart::Directory { "main" } else { "work" }, to)
    }
}

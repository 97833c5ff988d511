//! The database to which another one is moved: whether it may be used for that, and the mark that it bears until all is there.

use std::path::Path;
use std::sync::Arc;

use directory::{copy_needs_an_empty_database, database_in_use, relation_in_the_way};

use crate::engine::{Connection, Durability, Error, Result, Use, params};
use crate::migrations::{Part, UNFINISHED};
use crate::randomness::Randomness;
use crate::store::{Place, place_of};
use crate::tables::Table;
use crate::{Store, Time};

const CACHE_KIB: u32 = 2_048;
/// What a database has by itself, before anybody keeps anything in it.
const OF_ITSELF: [&str; 2] = ["deployment", "feedback_secret"];

/// A database that is being filled.
pub(super) struct Target {
    store: Store,
    /// Of the directory and of the work; of PostgreSQL one for both.
    writers: Vec<Connection>,
    begun: Time,
}

impl Target {
    /// Takes a database that has nothing, brought up to date, and marks it as unfinished; one that was left unfinished is emptied.
    ///
    /// # Errors
    /// When it has something, or is in use.
    pub(super) fn begin(url: &str, tables: &[Table], randomness: &Randomness, at: Time) -> Result<Self> {
        refuse_used(url, tables)?;
        let store = Store::open_unfinished(url, randomness, at)?;
        let writers = match store.writers_apart()? {
            Some(writers) => Vec::from(writers),
            None => vec![store.connect()?],
        };
        let mut target = Self { store, writers, begun: at };
        let mark = format!("CREATE TABLE IF NOT EXISTS {UNFINISHED} (begun_at BIGINT NOT NULL)");
        target.writer(Part::Directory).batch(&mark)?;
        target.empty(tables)?;
        Ok(target)
    }

    /// Whether it is files of SQLite.
    pub(super) fn is_file(&self) -> bool {
        self.writers.len() > 1
    }

    /// The connection over which rows of a part are written, and read again.
    pub(super) fn writer(&mut self, part: Part) -> &mut Connection {
        let place = usize::from(part == Part::Work && self.writers.len() > 1);
        &mut self.writers[place]
    }

    fn empty(&mut self, tables: &[Table]) -> Result<()> {
        if self.is_file() {
            for writer in &mut self.writers {
                // It is of no use before the mark is gone, which is durable, and all before it.
                writer.batch("PRAGMA synchronous = NORMAL")?;
            }
            self.writer(Part::Work).batch("DELETE FROM pairing")?;
            return tables
                .iter()
                .try_for_each(|table| self.writer(table.part).batch(&format!("DELETE FROM {}", table.name)));
        }
        let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
        self.writer(Part::Directory).batch(&format!("TRUNCATE {}", names.join(", ")))
    }

    /// Makes it a database of its own and takes the mark away, last of all.
    pub(super) fn end(mut self, at: Time) -> Result<()> {
        if !self.is_file() {
            // What the planner knows of an empty database is wrong of a full one.
            self.writer(Part::Directory).batch("ANALYZE")?;
        }
        self.store.begin_again(self.begun, at)?;
        self.writer(Part::Directory).transaction(Durability::AtOnce, |transaction| {
            transaction.batch(&format!("DROP TABLE {UNFINISHED}"))
        })
    }
}

/// A database that has something, that somebody has open, or that is not ours is left as it is: nothing of it is written.
fn refuse_used(url: &str, tables: &[Table]) -> Result<()> {
    let slow = Arc::default();
    let mut looks = match place_of(url)? {
        Place::Files([directory, work]) => {
            if ![&directory, &work].into_iter().any(|file| holds_bytes(file)) {
                return Ok(());
            }
            for file in [&directory, &work] {
                if holds_bytes(file) && !Connection::sqlite(file, Use::Read, CACHE_KIB, &slow)?.is_alone()? {
                    return Err(Error::Failed(database_in_use()));
                }
            }
            let mut connection = Connection::sqlite(&directory, Use::Read, CACHE_KIB, &slow)?;
            connection.attach(&work)?;
            connection
        }
        Place::Server(server) => {
            let mut connection = Connection::postgres(&server, &slow)?;
            if !connection.is_alone()? {
                return Err(Error::Failed(database_in_use()));
            }
            connection
        }
    };
    let ours = tables.iter().map(|table| table.name.as_str()).chain([UNFINISHED, "migration"]);
    for name in ours {
        if looks.has_no_table_of(name)? {
            return Err(Error::Failed(relation_in_the_way(name)));
        }
    }
    if looks.has_table(UNFINISHED)? {
        return Ok(());
    }
    for table in tables.iter().filter(|table| !OF_ITSELF.contains(&table.name.as_str())) {
        let sql = format!("SELECT CAST(1 AS BIGINT) FROM {} LIMIT 1", table.name);
        if has(&mut looks, &table.name)? && looks.one(&sql, params![], |_| Ok(()))?.is_some() {
            return Err(Error::Failed(copy_needs_an_empty_database()));
        }
    }
    Ok(())
}

/// Whether there is a table, in either file.
fn has(connection: &mut Connection, table: &str) -> Result<bool> {
    if !connection.is_sqlite() {
        return connection.has_table(table);
    }
    let sql = "SELECT CAST(1 AS BIGINT) FROM (SELECT name FROM main.sqlite_master UNION ALL SELECT name FROM work.sqlite_master) s
               WHERE name = ?1";
    Ok(connection.one(sql, params![table], |_| Ok(()))?.is_some())
}

fn holds_bytes(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|found| found.len() > 0)
}

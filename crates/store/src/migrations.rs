//! The one numbered list of migrations, written once for both engines, and the runner that brings a database up to date.
//!
//! Two lists of tables: the *directory* (accounts, users, their history: what must be right) and the *work* (sessions,
//! leases, progress, uploads, plans: what is written often). On SQLite each has its own file, so that a large apply delays
//! nobody's sign-in; on PostgreSQL they share one database. Words in braces stand for what the engines call differently.

use crate::engine::{Connection, Durability, Error, Result, params};

/// Which tables a migration belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Directory,
    Work,
}

/// A migration: its number in the list of its part is its place, from 1. A migration that was released is never changed.
const MIGRATIONS: &[(Part, &str)] = &[
    (Part::Directory, include_str!("migrations/directory_0001.sql")),
    (Part::Directory, include_str!("migrations/directory_0002.sql")),
    (Part::Directory, include_str!("migrations/directory_0003.sql")),
    (Part::Directory, include_str!("migrations/directory_0004.sql")),
    (Part::Directory, include_str!("migrations/directory_0005.sql")),
    (Part::Directory, include_str!("migrations/directory_0006.sql")),
    (Part::Directory, include_str!("migrations/directory_0007.sql")),
    (Part::Directory, include_str!("migrations/directory_0008.sql")),
    (Part::Directory, include_str!("migrations/directory_0009.sql")),
    (Part::Directory, include_str!("migrations/directory_0010.sql")),
    (Part::Directory, include_str!("migrations/directory_0011.sql")),
    (Part::Directory, include_str!("migrations/directory_0012.sql")),
    (Part::Directory, include_str!("migrations/directory_0013.sql")),
    (Part::Directory, include_str!("migrations/directory_0014.sql")),
    (Part::Directory, include_str!("migrations/directory_0015.sql")),
    (Part::Directory, include_str!("migrations/directory_0016.sql")),
    (Part::Directory, include_str!("migrations/directory_0017.sql")),
    (Part::Work, include_str!("migrations/work_0001.sql")),
    (Part::Work, include_str!("migrations/work_0002.sql")),
    (Part::Work, include_str!("migrations/work_0003.sql")),
    (Part::Work, include_str!("migrations/work_0004.sql")),
    (Part::Work, include_str!("migrations/work_0005.sql")),
    (Part::Work, include_str!("migrations/work_0006.sql")),
    (Part::Work, include_str!("migrations/work_0007.sql")),
    (Part::Work, include_str!("migrations/work_0008.sql")),
    (Part::Work, include_str!("migrations/work_0009.sql")),
    (Part::Work, include_str!("migrations/work_0010.sql")),
    (Part::Work, include_str!("migrations/work_0011.sql")),
    (Part::Work, include_str!("migrations/work_0012.sql")),
    (Part::Work, include_str!("migrations/work_0013.sql")),
    (Part::Work, include_str!("migrations/work_0014.sql")),
    (Part::Work, include_str!("migrations/work_0015.sql")),
    (Part::Work, include_str!("migrations/work_0016.sql")),
    (Part::Work, include_str!("migrations/work_0017.sql")),
    (Part::Work, include_str!("migrations/work_0018.sql")),
    (Part::Work, include_str!("migrations/work_0019.sql")),
    (Part::Work, include_str!("migrations/work_0020.sql")),
];

/// The tables of the search on SQLite, made when they are not there.
pub(crate) const SEARCH_INDEX: &str = include_str!("migrations/search_index.sql");

/// Applies what the database lacks of a part, each migration in a transaction of its own together with its number. What a database
/// has is read first: one that lacks nothing is not written, so that a command that only reads waits for nobody who writes.
pub(crate) fn migrate(connection: &mut Connection, part: Part) -> Result<()> {
    refuse_other_letters(connection)?;
    let mut known = Vec::new();
    if connection.has_table("migration")? {
        known = connection.all("SELECT name FROM migration", params![], |row| row.string(0))?;
        refuse_newer(&known, part)?;
    } else if connection.has_other_tables()? && !connection.has_table("migration")? {
        // Asked twice: somebody else may have begun just now, with that table first.
        return Err(Error::Failed(directory::database_of_another_program().to_owned()));
    }
    let of_part = MIGRATIONS.iter().filter(|(of, _)| *of == part);
    for (number, (_, sql)) in (1..).zip(of_part) {
        let name = format!("{part:?} {number}").to_lowercase();
        if known.contains(&name) {
            continue;
        }
        connection.batch("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)")?;
        connection.transaction(Durability::AtOnce, |transaction| {
            if !transaction.is_sqlite() {
                // Who reads or writes waits behind whoever waits to change a table: that must not be for long.
                transaction.batch("SET LOCAL lock_timeout = 10000")?;
            }
            // The name comes first: of two processes that start at once, one waits here for the other and finds it done.
            let named = "INSERT INTO migration (name) VALUES (?1) ON CONFLICT DO NOTHING";
            if transaction.execute(named, params![&name])? == 1 {
                let sql = in_words_of(transaction, sql);
                transaction.batch(&sql)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// A database of PostgreSQL that can't keep all letters, or compares texts that it does not understand, is left alone.
fn refuse_other_letters(connection: &mut Connection) -> Result<()> {
    if connection.is_sqlite() {
        return Ok(());
    }
    let encoding = connection
        .one("SELECT current_setting('server_encoding')", params![], |row| row.string(0))?
        .unwrap_or_default();
    if encoding == "UTF8" { Ok(()) } else { Err(Error::Failed(directory::database_not_utf8(&encoding))) }
}

/// A database that a newer Muster has migrated is left alone.
fn refuse_newer(names: &[String], part: Part) -> Result<()> {
    let prefix = format!("{part:?} ").to_lowercase();
    let known = MIGRATIONS.iter().filter(|(of, _)| *of == part).count();
    let newest = names.iter().filter_map(|name| name.strip_prefix(&prefix)?.parse::<usize>().ok()).max();
    match newest {
        Some(newest) if newest > known => Err(Error::Failed(format!(
            "this database was made by a newer Muster (migration {newest}, known here: {known}); please update Muster"
        ))),
        _ => Ok(()),
    }
}

/// `{key}`: text that is compared byte by byte; `{bytes}`: bytes; `{clustered}`: rows lie in the order of the primary key; `{postgresql}`: a line
/// for PostgreSQL alone.
fn in_words_of(connection: &Connection, sql: &str) -> String {
    let (key, bytes, clustered, postgresql) = if connection.is_sqlite() {
        ("TEXT", "BLOB", " WITHOUT ROWID", "--")
    } else {
        ("TEXT COLLATE \"C\"", "BYTEA", "", "")
    };
    let sql = sql.replace("{key}", key).replace("{bytes}", bytes);
    sql.replace("{clustered}", clustered).replace("{postgresql}", postgresql)
}

//! The one numbered list of migrations, written once for both engines, and the runner that brings a database up to date.
//!
//! Two lists of tables: the *directory* (accounts, users, their history: what must be right) and the *work* (sessions,
//! leases, progress, uploads, plans: what is written often). On SQLite each has its own file, so that a large apply delays
//! nobody's sign-in; on PostgreSQL they share one database. Words in braces stand for what the engines call differently.

use crate::engine::{Connection, Durability, Error, Result, params};
use crate::wall;

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
    (Part::Work, include_str!("migrations/work_0021.sql")),
    (Part::Work, include_str!("migrations/work_0022.sql")),
    (Part::Work, include_str!("migrations/work_0023.sql")),
    (Part::Work, include_str!("migrations/work_0024.sql")),
];

/// The table that a database has as long as another one is being copied into it (moving).
pub(crate) const UNFINISHED: &str = "unfinished_copy";

/// A database into which another one was not copied to its end is of no use yet.
pub(crate) fn refuse_unfinished(connection: &mut Connection) -> Result<()> {
    match connection.has_table(UNFINISHED)? {
        true => Err(Error::Failed(directory::database_unfinished().to_owned())),
        false => Ok(()),
    }
}

/// The tables of the search on SQLite, made when they are not there. Migrations make them on PostgreSQL, where not everybody may.
pub(crate) const SEARCH_INDEX: &str = include_str!("migrations/search_index.sql");

/// How many migrations this program knows: of a file of SQLite, or of both parts together.
pub(crate) fn known(of: Option<Part>) -> i64 {
    MIGRATIONS.iter().filter(|(part, _)| of.is_none_or(|of| of == *part)).count() as i64
}

/// Applies what a file of SQLite lacks of its part, each migration in a transaction of its own together with its number. What it has is read
/// first: one that lacks nothing is not written, so that a command that only reads waits for nobody who writes.
pub(crate) fn migrate(connection: &mut Connection, part: Part) -> Result<()> {
    for (name, sql) in lacking(connection, &[part])? {
        connection.batch(NAMES)?;
        connection.transaction(Durability::AtOnce, |transaction| make(transaction, &name, sql))?;
    }
    Ok(())
}

/// The migrations of a database of PostgreSQL, all in one transaction: an upgrade is whole, or has not begun. Of several programs that start
/// at once one makes them, and the others wait for it. Programs that are at work read the names in each of their transactions, so this waits
/// until those are over, and the next ones see what is there by then.
///
/// # Errors
/// [`Error::Busy`] when somebody writes for longer than anybody waits.
pub(crate) fn migrate_server(connection: &mut Connection) -> Result<()> {
    refuse_other_letters(connection)?;
    let both = [Part::Directory, Part::Work];
    let mut tries = TRIES;
    // Asked first without any lock: as a rule nothing is lacking, and nobody is waited for.
    while !lacking(connection, &both)?.is_empty() {
        let made = connection.transaction(Durability::AtOnce, |transaction| {
            transaction.batch(ALONE)?;
            let lacking = lacking(transaction, &both)?;
            if !lacking.is_empty() {
                transaction.batch(NAMES)?;
                transaction.batch("LOCK TABLE migration IN ACCESS EXCLUSIVE MODE")?;
            }
            lacking.iter().try_for_each(|(name, sql)| make(transaction, name, sql))?;
            if lacking.is_empty() { Ok(()) } else { wall::raise(transaction) }
        });
        match made {
            Err(Error::Busy) if tries > 0 => tries -= 1,
            made => return made,
        }
    }
    Ok(())
}

/// How often what is in use is waited for again, each time as long as `lock_timeout` says: in between those go on who wait behind it.
const TRIES: u32 = 5;

const NAMES: &str = "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)";

/// One program at a time makes migrations; it has ten minutes, and waits no longer than ten seconds for a table that somebody uses: whoever
/// reads or writes waits behind it. The number of the lock is nothing but ours.
const ALONE: &str = "SET LOCAL lock_timeout = 600000; SELECT pg_advisory_xact_lock(5570193308447); SET LOCAL lock_timeout = 10000";

/// Makes one migration, unless another program has.
fn make(transaction: &mut Connection, name: &str, sql: &str) -> Result<()> {
    // The name comes first: of two programs that start at once, one waits here for the other and finds it done.
    let named = "INSERT INTO migration (name) VALUES (?1) ON CONFLICT DO NOTHING";
    if transaction.execute(named, params![name])? == 1 {
        let sql = in_words_of(transaction, sql);
        transaction.batch(&sql)?;
    }
    Ok(())
}

/// What a database lacks of these parts, in the order of the list: name and statements.
fn lacking(connection: &mut Connection, parts: &[Part]) -> Result<Vec<(String, &'static str)>> {
    let mut known = Vec::new();
    if connection.has_table("migration")? {
        known = connection.all("SELECT name FROM migration", params![], |row| row.string(0))?;
        parts.iter().try_for_each(|part| refuse_newer(&known, *part))?;
    } else if connection.has_other_tables()? && !connection.has_table("migration")? {
        // Asked twice: somebody else may have begun just now, with that table first.
        return Err(Error::Failed(directory::database_of_another_program().to_owned()));
    }
    let mut lacking = Vec::new();
    for part in parts {
        let of_part = MIGRATIONS.iter().filter(|(of, _)| of == part);
        let named =
            (1..).zip(of_part).map(|(number, (_, sql))| (format!("{part:?} {number}").to_lowercase(), *sql));
        lacking.extend(named.filter(|(name, _)| !known.contains(name)));
    }
    Ok(lacking)
}

/// A database of PostgreSQL that can't keep all letters, or compares texts that it does not understand, is left alone.
fn refuse_other_letters(connection: &mut Connection) -> Result<()> {
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

/// `{key}`: text that is compared byte by byte; `{bytes}`: bytes; `{clustered}`: rows lie in the order of the primary key; `{kept}`: a
/// column of what SQLite can tell by a function of ours; `{postgresql}`: a line for PostgreSQL alone.
fn in_words_of(connection: &Connection, sql: &str) -> String {
    let words = if connection.is_sqlite() {
        ["TEXT", "BLOB", " WITHOUT ROWID", "", "--"]
    } else {
        ["TEXT COLLATE \"C\"", "BYTEA", "", ", further TEXT COLLATE \"C\" NOT NULL", ""]
    };
    let named = ["{key}", "{bytes}", "{clustered}", "{kept}", "{postgresql}"];
    named.iter().zip(words).fold(sql.to_owned(), |sql, (name, word)| sql.replace(name, word))
}

//! All rows of a table: read as of one moment, and written by the thousand, each engine in the way that is quickest there.

use std::io::Write;

use super::kept::{Kept, Put};
use super::{Connection, Driver, Error, Result};

/// Rows of a transaction of SQLite: its log stays short.
const TOGETHER: u32 = 20_000;
/// Bytes that are sent to PostgreSQL at once.
const SENT: usize = 64 * 1024;
/// What a copy in PostgreSQL's binary format begins with. Source: PostgreSQL's manual, COPY.
const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

impl Connection {
    /// Sees one moment of PostgreSQL from now on, until the connection is dropped; nothing is asked over another one.
    ///
    /// # Errors
    /// When the server can't be asked.
    pub(crate) fn begin_one_moment(&mut self) -> Result<()> {
        self.begin(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL idle_in_transaction_session_timeout = 0;
             SET LOCAL muster.account = 'all'",
        )?;
        // The moment is that of the first statement.
        self.one("SELECT CAST(1 AS BIGINT)", &[], |row| row.integer(0)).map(drop)
    }

    /// Whether nobody else is connected: to the one file that this opened alone, or to the database of PostgreSQL.
    ///
    /// # Errors
    /// When the database can't be asked.
    pub(crate) fn is_alone(&mut self) -> Result<bool> {
        if let Driver::Sqlite(connection) = &self.driver {
            connection.busy_timeout(std::time::Duration::ZERO)?;
            // The log goes only when nobody else has the file open.
            connection.execute_batch("PRAGMA query_only = 0")?;
            let mode =
                connection.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0));
            return match mode.map_err(Error::from) {
                Ok(mode) => Ok(mode == "delete"),
                Err(Error::Busy) => Ok(false),
                Err(error) => Err(error),
            };
        }
        let sql = "SELECT COUNT(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
        Ok(self.one(sql, &[], |row| row.integer(0))? == Some(0))
    }

    /// Writes rows into a table, all of which `rows` hands over. Of a file, what was written is there even when the rest fails.
    ///
    /// # Errors
    /// What `rows` says, or the database.
    pub(crate) fn fill(
        &mut self,
        (table, columns): (&str, &[&str]),
        rows: &mut dyn FnMut(Put<'_>) -> Result<()>,
    ) -> Result<()> {
        let listed = columns.join(", ");
        match &mut self.driver {
            Driver::Sqlite(connection) => {
                let places = vec!["?"; columns.len()].join(", ");
                fill_file(connection, &format!("INSERT INTO {table} ({listed}) VALUES ({places})"), rows)
            }
            Driver::Postgres(postgres) => {
                // Of a table with a wall nobody takes rows so but its owner, as long as the wall is not theirs (`wall`).
                let owner = |forced: &str| format!("ALTER TABLE {table} {forced} ROW LEVEL SECURITY");
                postgres.client.batch_execute(&format!("BEGIN; {}", owner("NO FORCE")))?;
                let copy = format!("COPY {table} ({listed}) FROM STDIN (FORMAT binary)");
                let writer = postgres.client.copy_in(&copy)?;
                fill_server(writer, rows)?;
                Ok(postgres.client.batch_execute(&format!("{}; COMMIT", owner("FORCE")))?)
            }
        }
    }
}

fn fill_file(
    connection: &rusqlite::Connection,
    insert: &str,
    rows: &mut dyn FnMut(Put<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare(insert)?;
    let mut count = 0_u32;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    rows(&mut |row| {
        for (place, value) in (1..).zip(row) {
            statement.raw_bind_parameter(place, value)?;
        }
        statement.raw_execute()?;
        count += 1;
        if count.is_multiple_of(TOGETHER) {
            connection.execute_batch("COMMIT; BEGIN IMMEDIATE")?;
        }
        Ok(())
    })?;
    connection.execute_batch("COMMIT")?;
    Ok(())
}

fn fill_server(
    mut writer: postgres::CopyInWriter<'_>,
    rows: &mut dyn FnMut(Put<'_>) -> Result<()>,
) -> Result<()> {
    let mut held = Vec::with_capacity(2 * SENT);
    held.extend_from_slice(SIGNATURE);
    rows(&mut |row| {
        put_row(&mut held, row)?;
        if held.len() >= SENT {
            writer.write_all(&held).map_err(|error| broken_off(&error))?;
            held.clear();
        }
        Ok(())
    })?;
    held.extend_from_slice(&(-1_i16).to_be_bytes());
    writer.write_all(&held).map_err(|error| broken_off(&error))?;
    writer.finish()?;
    Ok(())
}

/// A row in PostgreSQL's binary format: how many values, and of each its length, then its bytes.
fn put_row(held: &mut Vec<u8>, row: &[Kept<'_>]) -> Result<()> {
    let too_long = |_| Error::Failed("a row is longer than PostgreSQL takes".to_owned());
    held.extend_from_slice(&i16::try_from(row.len()).map_err(too_long)?.to_be_bytes());
    for value in row {
        let number;
        let bytes = match value {
            Kept::Nothing => {
                held.extend_from_slice(&(-1_i32).to_be_bytes());
                continue;
            }
            Kept::Integer(value) => {
                number = value.to_be_bytes();
                &number[..]
            }
            Kept::Text(text) => text.as_bytes(),
            Kept::Bytes(bytes) => bytes,
        };
        held.extend_from_slice(&i32::try_from(bytes.len()).map_err(too_long)?.to_be_bytes());
        held.extend_from_slice(bytes);
    }
    Ok(())
}

/// What the driver says of a copy that the server ended.
fn broken_off(error: &std::io::Error) -> Error {
    let of_driver = std::error::Error::source(error).or_else(|| error.get_ref().map(|inner| inner as _));
    let words = of_driver.map_or_else(|| error.to_string(), ToString::to_string);
    Error::Failed(words)
}

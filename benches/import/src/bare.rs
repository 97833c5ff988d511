//! The bare script: what an able engineer writes in an afternoon to bring an edited csv back into SQLite. All users are read into a map by
//! their ID; each cell of the file is compared with theirs; what differs is updated, with a row of history, in one durable
//! transaction. Nothing is checked: no type, no email that two would have, no edit that somebody else made meanwhile; nothing can be
//! reviewed before, or undone.

use std::collections::HashMap;

use csv::{Reader, ReaderBuilder, StringRecord};
use rusqlite::{Connection, params, params_from_iter};

use crate::Outcome;

/// Makes a database of its own with the users of a download.
pub fn fill(database: &str, file: &str) -> Outcome {
    let connection = opened(database)?;
    let (mut reader, keys) = read(file)?;
    let columns: Vec<String> = keys.iter().map(|key| format!("{key} TEXT NOT NULL")).collect();
    connection.execute_batch(&format!(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, {}, UNIQUE (user_id));
         CREATE TABLE history (revision INTEGER, user INTEGER, field TEXT, before TEXT, after TEXT);
         CREATE TABLE revision (id INTEGER PRIMARY KEY, file TEXT, cells INTEGER);
         BEGIN",
        columns.join(", ")
    ))?;
    let places = vec!["?"; keys.len()].join(", ");
    let mut insert =
        connection.prepare(&format!("INSERT INTO users ({}) VALUES ({places})", keys.join(", ")))?;
    for record in reader.records() {
        insert.execute(params_from_iter(record?.iter()))?;
    }
    Ok(connection.execute_batch("COMMIT")?)
}

/// A user as it is: its number, and its values in the order of the file.
type User = (i64, Vec<String>);

/// Brings an edited file in; how many cells it changed.
pub fn import(database: &str, file: &str) -> Outcome<i64> {
    let connection = opened(database)?;
    let (mut reader, keys) = read(file)?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    connection.execute("INSERT INTO revision (file, cells) VALUES (?1, 0)", [file])?;
    let revision = connection.last_insert_rowid();
    let users = users(&connection, &keys)?;
    let statement = |key: &String| connection.prepare(&format!("UPDATE users SET {key} = ?1 WHERE id = ?2"));
    let mut updates = keys.iter().map(statement).collect::<Result<Vec<_>, _>>()?;
    let mut history = connection.prepare("INSERT INTO history VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let (mut record, mut cells) = (StringRecord::new(), 0);
    while reader.read_record(&mut record)? {
        let (id, values) = users.get(&record[0]).ok_or("the file names a user who is not there")?;
        for (place, (before, after)) in values.iter().zip(&record).enumerate().skip(1) {
            if before != after {
                updates[place].execute(params![after, id])?;
                history.execute(params![revision, id, keys[place], before, after])?;
                cells += 1;
            }
        }
    }
    connection.execute("UPDATE revision SET cells = ?1 WHERE id = ?2", [cells, revision])?;
    connection.execute_batch("COMMIT")?;
    Ok(cells)
}

fn users(connection: &Connection, keys: &[String]) -> Outcome<HashMap<String, User>> {
    let mut statement = connection.prepare(&format!("SELECT id, {} FROM users", keys.join(", ")))?;
    let (mut rows, mut users) = (statement.query([])?, HashMap::new());
    while let Some(row) = rows.next()? {
        let values = (1..=keys.len()).map(|column| row.get(column)).collect::<Result<Vec<String>, _>>()?;
        users.insert(values[0].clone(), (row.get(0)?, values));
    }
    Ok(users)
}

/// A file below its titles, and its keys; that of the first column also carries the download.
fn read(file: &str) -> Outcome<(Reader<std::fs::File>, Vec<String>)> {
    let mut reader = ReaderBuilder::new().has_headers(false).from_path(file)?;
    let mut keys = StringRecord::new();
    for _ in ["titles", "keys"] {
        reader.read_record(&mut keys)?;
    }
    let keys = keys.iter().map(|key| key.split('@').next().unwrap_or_default().to_owned()).collect();
    Ok((reader, keys))
}

fn opened(database: &str) -> Outcome<Connection> {
    let connection = Connection::open(database)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
    )?;
    Ok(connection)
}

//! The floor: what any import of the file has to do, done with nothing around it. Inflate the sheet, read the users once with all
//! their values, write the rows that changed with their claims, their history and the revision, commit durably. Nothing is parsed, merged, judged
//! or staged: the rows to change are told by their number.

use std::fs::File;
use std::io::{BufReader, Read};

use rusqlite::{Connection, params};
use zip::ZipArchive;

use crate::Outcome;

/// Every so many users get another job title; none with 0.
pub fn import(database: &str, file: &str, every: i64) -> Outcome {
    inflate(file)?;
    let connection = Connection::open(database)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
    )?;
    let edits = read(&connection, every)?;
    if !edits.is_empty() {
        write(&connection, &edits)?;
    }
    Ok(())
}

/// The sheet, and the strings that it shares if it does.
pub fn inflate(path: &str) -> Outcome {
    let mut archive = ZipArchive::new(BufReader::with_capacity(1 << 18, File::open(path)?))?;
    let mut buffer = vec![0; 1 << 18];
    for part in ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"] {
        let Ok(mut part) = archive.by_name(part) else { continue };
        while part.read(&mut buffer)? > 0 {}
    }
    Ok(())
}

/// A user that changes: its number and the job title it has.
type Edit = (i64, Option<String>);

fn read(connection: &Connection, every: i64) -> Outcome<Vec<Edit>> {
    let mut statement = connection.prepare(
        "SELECT id, revision, withdrawn, custom, first_name, last_name, email, username, status, job_title, department,
                manager, phone, employee_number, start_date, segments, language FROM users WHERE account = 1 ORDER BY id",
    )?;
    let (mut rows, mut place, mut bytes, mut edits) = (statement.query([])?, 0, 0, Vec::new());
    while let Some(row) = rows.next()? {
        for column in 3..17 {
            bytes += row.get_ref(column)?.as_str_or_null()?.map_or(0, str::len);
        }
        place += 1;
        if every > 0 && place % every == 0 {
            edits.push((row.get(0)?, row.get(9)?));
        }
    }
    if bytes == 0 { Err("no users were read".into()) } else { Ok(edits) }
}

fn write(connection: &Connection, edits: &[Edit]) -> Outcome {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let revision: i64 = connection.query_row(
        "UPDATE account SET revision = revision + 1 WHERE id = 1 RETURNING revision",
        [],
        |row| row.get(0),
    )?;
    let mut update = connection.prepare(
        "UPDATE users SET job_title = ?1, revision = ?2
         WHERE account = 1 AND id = ?3 AND withdrawn = 0 AND job_title IS NOT DISTINCT FROM ?4",
    )?;
    let mut history = connection.prepare("INSERT INTO history (account, revision, user_id, field, before, after) VALUES (1, ?1, ?2, 6, ?3, ?4)")?;
    for (user, before) in edits {
        let after = format!("Edited {user}");
        if update.execute(params![after, revision, user, before])? != 1 {
            return Err("a user is not as it was read".into());
        }
        history.execute(params![revision, user, before, after])?;
    }
    connection.execute(
        "INSERT INTO revision (account, revision, kind, actor, users, cells, at) VALUES (1, ?1, 'file', 'floor', ?2, ?2, 0)",
        (revision, edits.len() as i64),
    )?;
    Ok(connection.execute_batch("COMMIT")?)
}

//! The floor on PostgreSQL: the work of `floor.rs`, written as somebody would who has nothing to check. All users are read once with all their values,
//! the rows that changed are updated by one statement over arrays, their history is inserted by another, and the revision by a third; then the
//! transaction is committed.

use postgres::fallible_iterator::FallibleIterator;
use postgres::{Client, NoTls};

use crate::Outcome;
use crate::floor::inflate;

/// Every so many users get another job title; none with 0.
pub fn import(database: &str, file: &str, every: i64) -> Outcome {
    inflate(file)?;
    let mut client = Client::connect(database, NoTls)?;
    let edits = read(&mut client, every)?;
    if edits.users.is_empty() { Ok(()) } else { write(&mut client, &edits) }
}

/// Users that change, with the job titles that they have and get.
#[derive(Default)]
struct Edits {
    users: Vec<i64>,
    before: Vec<Option<String>>,
    after: Vec<String>,
}

fn read(client: &mut Client, every: i64) -> Outcome<Edits> {
    let statement = client.prepare(
        "SELECT id, revision, withdrawn, custom, first_name, last_name, email, username, status, job_title, department,
                manager, phone, employee_number, start_date, segments, language FROM users WHERE account = 1 ORDER BY id",
    )?;
    let mut rows = client.query_raw(&statement, std::iter::empty::<i64>())?;
    let (mut place, mut bytes, mut edits) = (0, 0, Edits::default());
    while let Some(row) = rows.next()? {
        for column in 3..17 {
            bytes += row.try_get::<_, Option<&str>>(column)?.map_or(0, str::len);
        }
        place += 1;
        if every > 0 && place % every == 0 {
            let user: i64 = row.try_get(0)?;
            edits.users.push(user);
            edits.before.push(row.try_get(9)?);
            edits.after.push(format!("Edited {user}"));
        }
    }
    if bytes == 0 { Err("no users were read".into()) } else { Ok(edits) }
}

fn write(client: &mut Client, edits: &Edits) -> Outcome {
    let Edits { users, before, after } = edits;
    let mut transaction = client.transaction()?;
    let sql = "UPDATE account SET revision = revision + 1 WHERE id = 1 RETURNING revision";
    let revision: i64 = transaction.query_one(sql, &[])?.try_get(0)?;
    let updated = transaction.execute(
        "UPDATE users SET job_title = e.after, revision = $1 FROM unnest($2::bigint[], $3::text[], $4::text[]) AS e (id, before, after)
         WHERE users.account = 1 AND users.id = e.id AND withdrawn = 0 AND job_title IS NOT DISTINCT FROM e.before",
        &[&revision, users, before, after],
    )?;
    if updated != users.len() as u64 {
        return Err("a user is not as it was read".into());
    }
    transaction.execute(
        "INSERT INTO history (account, revision, user_id, field, before, after)
         SELECT 1, $1, e.* FROM unnest($2::bigint[], array_fill(6::bigint, ARRAY[cardinality($2::bigint[])]), $3::text[], $4::text[]) e",
        &[&revision, users, before, after],
    )?;
    transaction.execute(
        "INSERT INTO revision (account, revision, kind, actor, users, cells, at) VALUES (1, $1, 'file', 'floor', $2, $2, 0)",
        &[&revision, &(users.len() as i64)],
    )?;
    Ok(transaction.commit()?)
}

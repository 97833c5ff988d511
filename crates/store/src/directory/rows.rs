//! A user as a row of the table `users`: standard fields as columns, the account's own as one JSON column, read and written here.

use directory::{FieldNumber, Fields, UserId, Users, standard};

use crate::engine::{Connection, Result, Row, params};
use crate::ids::user_id;
use crate::{AccountId, Error};

/// The columns of the standard fields, in the order of their numbers, from 1.
pub(crate) const STANDARD_COLUMNS: [&str; standard::COUNT] = [
    "first_name",
    "last_name",
    "email",
    "username",
    "status",
    "job_title",
    "department",
    "manager",
    "phone",
    "employee_number",
    "start_date",
    "segments",
    "language",
];

/// The columns that [`push_user`] reads, in its order.
pub(crate) const USER_COLUMNS: &str = "id, revision, withdrawn, custom, first_name, last_name, email, username, status, job_title, department, manager, phone, employee_number, start_date, segments, language";

/// The statement that reads one user: its parameters are the account and the number.
pub(crate) fn user_statement() -> String {
    format!("SELECT {USER_COLUMNS} FROM users WHERE account = ?1 AND id = ?2")
}

/// Hands over the rows of users (ascending), withdrawn ones too; unknown ones are missing.
pub(crate) fn each_user(
    connection: &mut Connection,
    account: AccountId,
    users: &[UserId],
    take: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let sql =
        format!("SELECT {USER_COLUMNS} FROM users WHERE account = ?1 AND id IN ({{these}}) ORDER BY id");
    let numbers: Vec<i64> = users.iter().map(|user| user.number() as i64).collect();
    connection.each_numbered(&sql, params![account.0], &numbers, take)
}

/// Where [`USER_COLUMNS`] says whether a user is withdrawn.
pub(crate) const WITHDRAWN: usize = 2;
/// Where the standard values begin in [`USER_COLUMNS`].
const FIRST_VALUE: usize = 4;

/// The column of a standard field; none for an account's own.
pub(crate) fn standard_column(field: FieldNumber) -> Option<&'static str> {
    STANDARD_COLUMNS.get((field.0 as usize).checked_sub(1)?).copied()
}

/// Where each standard field's value goes in a batch of users, found once for many rows.
pub(crate) struct Slots {
    standard: [Option<usize>; standard::COUNT],
    own: Vec<(FieldNumber, usize)>,
}

impl Slots {
    pub(crate) fn of(fields: &Fields) -> Self {
        let mut standard = [None; standard::COUNT];
        for (number, slot) in (1..).zip(&mut standard) {
            *slot = fields.slot(FieldNumber(number));
        }
        let slots = (0..).zip(fields.all()).map(|(slot, field)| (field.number, slot));
        let own = slots.filter(|(number, _)| standard_column(*number).is_none()).collect();
        Self { standard, own }
    }
}

/// Adds the user of a row to a batch.
pub(crate) fn push_user(users: &mut Users, slots: &Slots, row: &Row<'_>) -> Result<()> {
    users.begin(user_id(row.integer(0)?)?, row.integer(1)? as u64, row.flag(WITHDRAWN)?);
    for (column, slot) in (FIRST_VALUE..).zip(&slots.standard) {
        if let Some(slot) = slot {
            users.set(*slot, row.maybe_text(column)?);
        }
    }
    if let Some(custom) = row.maybe_text(3)? {
        each_custom(custom, |number, value| {
            if let Some((_, slot)) = slots.own.iter().find(|(of, _)| *of == number) {
                users.set(*slot, Some(value));
            }
        })?;
    }
    Ok(())
}

/// Hands over each value of the JSON column, which [`values_json`] wrote: an object of texts. Read here, because a million rows go
/// through it: only a text with an escape in it is left to serde_json.
fn each_custom(json: &str, mut take: impl FnMut(FieldNumber, &str)) -> Result<()> {
    let broken =
        || Error::Failed("the values of a user's own fields are not as they were written".to_owned());
    let mut rest = json.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).ok_or_else(broken)?;
    while !rest.is_empty() {
        let (number, after) =
            rest.strip_prefix('"').and_then(|rest| rest.split_once("\":\"")).ok_or_else(broken)?;
        let number = FieldNumber(number.parse().map_err(|_| broken())?);
        let end = end_of_text(after.as_bytes()).ok_or_else(broken)?;
        let (text, next) = (&after[..end], &after[end + 1..]);
        if text.contains('\\') {
            let text: String = serde_json::from_str(&format!("\"{text}\"")).map_err(|_| broken())?;
            take(number, &text);
        } else {
            take(number, text);
        }
        rest = next.strip_prefix(',').unwrap_or(next);
    }
    Ok(())
}

/// Where the quotation mark is that ends a JSON text.
fn end_of_text(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// The JSON of values by field number, the empty ones left out; none when nothing is left. Also the form of a creation in the history.
pub(crate) fn values_json<'v>(
    values: impl Iterator<Item = (FieldNumber, Option<&'v str>)>,
) -> Option<String> {
    let mut json = String::new();
    for (number, value) in values {
        let Some(value) = value else { continue };
        json.push(if json.is_empty() { '{' } else { ',' });
        json.push('"');
        json.push_str(&number.0.to_string());
        json.push_str("\":");
        push_json_text(&mut json, value);
    }
    if json.is_empty() {
        return None;
    }
    json.push('}');
    Some(json)
}

fn push_json_text(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            control if control < ' ' => json.push_str(&format!("\\u{:04x}", control as u32)),
            other => json.push(other),
        }
    }
    json.push('"');
}

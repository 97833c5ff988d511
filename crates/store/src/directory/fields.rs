//! The definitions of fields, as they were at any revision.

use directory::{Choice, Field, FieldNumber, Fields, Kind};
use serde::{Deserialize, Serialize};

use super::answers::answers_in;
use super::claims::{self, SharedValues};
use super::revisions::{self, Revision};
use crate::engine::{Connection, Result, Row, params};
use crate::quotas::check_fields;
use crate::{AccountId, Error, Store, Time};

/// Why a field was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldRefused {
    /// Its key belongs to another field.
    KeyTaken,
    /// It was to become unique, and users share values of it.
    Shared(SharedValues),
}

/// How a choice is kept.
#[derive(Serialize, Deserialize)]
struct StoredChoice {
    id: u32,
    label: String,
    former: Vec<String>,
    retired: bool,
}

impl Store {
    /// The fields as they are defined now, retired ones included, in the account's order.
    pub fn fields(&self, account: AccountId) -> Result<Fields> {
        self.fields_at(account, i64::MAX as u64)
    }

    /// The fields as they were defined at a revision; those that are defined so now with the answers that are to be offered. Those of the last definition are kept, and are told only when the database says,
    /// in this very call, that it is the last: other processes may have written a later one.
    pub fn fields_at(&self, account: AccountId, revision: u64) -> Result<Fields> {
        let sql = "SELECT fields_revision, answers_changed FROM account WHERE id = ?1";
        self.read(|connection| {
            let of_row = |row: &Row<'_>| Ok((row.integer(0)?, row.integer(1)?));
            let defined = connection.one(sql, params![account.0], of_row)?;
            let known = defined.filter(|(defined, _)| *defined as u64 <= revision && self.sees(account));
            let Some(defined) = known else {
                return fields_in(connection, account, revision);
            };
            if let Some(fields) = self.known_fields().get(account, defined) {
                return Ok(fields);
            }
            // Read as of that revision: a definition that comes meanwhile is not taken for it.
            let fields = fields_in(connection, account, defined.0 as u64)?;
            let fields = fields.with_answers(answers_in(connection, account)?);
            self.known_fields().keep(account, defined, &fields);
            Ok(fields)
        })
    }

    /// Writes the definition of a field as a revision of its own. A field whose number is 0 is a new one and gets the next number
    /// and place. Answers the field as it is kept, or why nothing was changed.
    pub fn save_field(
        &self,
        account: AccountId,
        field: &Field,
        actor: &str,
        at: Time,
    ) -> Result<std::result::Result<Field, FieldRefused>> {
        let mut shared = None;
        let saved = self.write_directory(|transaction| {
            // Takes the account's row first: two administrators who save at once come one after the other.
            let revision = next_revision(transaction, account)?;
            let known = fields_in(transaction, account, u64::MAX)?;
            if known.all().iter().any(|other| other.key == field.key && other.number != field.number) {
                return Err(Error::Taken);
            }
            let mut field = field.clone();
            if field.number.0 == 0 {
                check_fields(transaction, account)?;
                field.number = next_number(transaction, account)?;
            }
            let position = known.slot(field.number).unwrap_or(known.all().len());
            insert(transaction, account, &field, position as i64, revision)?;
            let was_unique = known.get(field.number).is_some_and(|known| known.unique);
            if was_unique != field.unique {
                shared = claims::follow_field(transaction, account, &field)?;
                if shared.is_some() {
                    return Err(Error::Taken);
                }
            }
            let sql = "UPDATE account SET fields_revision = ?2 WHERE id = ?1";
            transaction.execute_exactly(1, sql, params![account.0, revision])?;
            let made = Revision::plain(revision, "fields", actor, at);
            revisions::write(transaction, account, &made, self.randomness())?;
            Ok(field)
        });
        match (saved, shared) {
            (Err(Error::Taken), None) => Ok(Err(FieldRefused::KeyTaken)),
            (Err(Error::Taken), Some(shared)) => Ok(Err(FieldRefused::Shared(shared))),
            (other, _) => other.map(Ok),
        }
    }
}

pub(crate) fn fields_in(connection: &mut Connection, account: AccountId, revision: u64) -> Result<Fields> {
    let fields = connection.all(
        "SELECT f.number, f.key, f.title, f.kind, f.required, f.only_once, f.read_only, f.max_length, f.pattern, f.retired,
                        f.choices, f.searched
                 FROM field f
                 WHERE f.account = ?1 AND f.revision = (SELECT MAX(g.revision) FROM field g
                     WHERE g.account = ?1 AND g.number = f.number AND g.revision <= ?2)
                 ORDER BY f.position, f.number",
        params![account.0, revision.min(i64::MAX as u64) as i64],
        field_of,
    )?;
    Ok(Fields::new(fields))
}

pub(super) fn next_number(transaction: &mut Connection, account: AccountId) -> Result<FieldNumber> {
    let sql = "UPDATE account SET next_field = next_field + 1 WHERE id = ?1 RETURNING next_field - 1";
    let number = transaction.one(sql, params![account.0], |row| row.integer(0))?;
    number
        .map(|number| FieldNumber(number as u32))
        .ok_or_else(|| Error::Failed("the account is gone".to_owned()))
}

/// Takes the account's next revision; its row stays locked until the transaction ends, so revisions have no gaps.
pub(crate) fn next_revision(transaction: &mut Connection, account: AccountId) -> Result<i64> {
    let sql = "UPDATE account SET revision = revision + 1 WHERE id = ?1 AND removing = 0 RETURNING revision";
    let revision = transaction.one(sql, params![account.0], |row| row.integer(0))?;
    revision.ok_or_else(|| Error::Failed("the account is gone".to_owned()))
}

pub(crate) fn insert(
    transaction: &mut Connection,
    account: AccountId,
    field: &Field,
    position: i64,
    revision: i64,
) -> Result<()> {
    transaction.execute(
        "INSERT INTO field (account, number, revision, position, key, title, kind, required, only_once, read_only, max_length, pattern,
                            retired, choices, searched)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        params![
            account.0,
            i64::from(field.number.0),
            revision,
            position,
            &field.key,
            &field.title,
            field.kind.word(),
            field.required,
            field.unique,
            field.read_only,
            field.max_length.map(i64::from),
            &field.pattern,
            field.retired,
            &choices_text(&field.choices)?,
            field.searched
        ],
    )?;
    Ok(())
}

fn field_of(row: &Row<'_>) -> Result<Field> {
    let kind = row.text(3)?;
    let kind = Kind::of_word(kind).ok_or_else(|| Error::Unread(format!("unknown kind of field: {kind}")))?;
    let mut field = Field::new(FieldNumber(row.integer(0)? as u32), row.text(1)?, row.text(2)?, kind);
    field.required = row.flag(4)?;
    field.unique = row.flag(5)?;
    field.read_only = row.flag(6)?;
    field.max_length = row.maybe_integer(7)?.map(|length| length as u32);
    field.pattern = row.maybe_string(8)?;
    field.retired = row.flag(9)?;
    field.choices = choices_of(row.text(10)?)?;
    field.searched = row.flag(11)?;
    Ok(field)
}

fn choices_text(choices: &[Choice]) -> Result<String> {
    let stored: Vec<StoredChoice> = choices
        .iter()
        .map(|choice| StoredChoice {
            id: choice.id,
            label: choice.label.clone(),
            former: choice.former.clone(),
            retired: choice.retired,
        })
        .collect();
    serde_json::to_string(&stored).map_err(|error| Error::Failed(error.to_string()))
}

fn choices_of(text: &str) -> Result<Vec<Choice>> {
    let stored: Vec<StoredChoice> =
        serde_json::from_str(text).map_err(|error| Error::Failed(error.to_string()))?;
    Ok(stored
        .into_iter()
        .map(|choice| Choice {
            id: choice.id,
            label: choice.label,
            former: choice.former,
            retired: choice.retired,
        })
        .collect())
}

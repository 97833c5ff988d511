//! Changes of an account's fields: several definitions and their order at once, as one revision, made of what they are in the very
//! transaction that writes them; and who has which value, for whoever is about to change one.

use std::collections::BTreeMap;

use directory::{Field, Fields, Kind, UserId, standard};

use super::claims::{self, SharedValues};
use super::fields::{fields_in, insert, next_number, next_revision};
use super::revisions::{self, Revision};
use super::users::query::value_of;
use crate::engine::{Connection, Result, params};
use crate::ids::user_id;
use crate::migrations::Part;
use crate::quotas::check_fields;
use crate::{AccountId, Error, Store, Time};

/// What came of a change of fields; `E` says why it may not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldsChanged<E> {
    /// The fields are so now.
    Done(Fields),
    /// The change is none that may be made of what the fields are.
    Refused(E),
    /// This field was to become unique, and users share values of it.
    Shared(Box<Field>, SharedValues),
}

/// How many users have a value of a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldUse {
    /// How many have one.
    pub with: i64,
    /// How many have none.
    pub without: i64,
    /// How many have each option, by its id; those that nobody has are missing.
    pub options: Vec<(u32, i64)>,
}

impl FieldUse {
    /// How many have the option of an id.
    pub fn of_option(&self, id: u32) -> i64 {
        self.options.iter().find(|(of, _)| *of == id).map_or(0, |(_, users)| *users)
    }
}

impl Store {
    /// Makes other fields of an account's, as one revision: `change` makes them of what they are now. It is asked in the transaction that
    /// writes them, and again when that has to be tried again. A field whose number is 0 is new. Nothing is written when nothing differs.
    ///
    /// # Errors
    /// [`Error::OverQuota`] when there would be more fields than the account may have. Else when the store fails.
    pub fn change_fields<E>(
        &self,
        account: AccountId,
        actor: &str,
        at: Time,
        mut change: impl FnMut(&Fields) -> std::result::Result<Fields, E>,
    ) -> Result<FieldsChanged<E>> {
        let mut ended = None;
        let written = self.write_directory(|transaction| {
            // Takes the account's row first: two administrators who save at once come one after the other.
            let revision = next_revision(transaction, account)?;
            let known = fields_in(transaction, account, u64::MAX)?;
            let wanted = match change(&known) {
                Ok(wanted) if wanted != known => wanted,
                Ok(_) => return end(&mut ended, FieldsChanged::Done(known)),
                Err(refused) => return end(&mut ended, FieldsChanged::Refused(refused)),
            };
            match write(transaction, account, (&known, &wanted), revision)? {
                Ok(()) => {}
                Err((field, shared)) => {
                    return end(&mut ended, FieldsChanged::Shared(Box::new(field), shared));
                }
            }
            let sql = "UPDATE account SET fields_revision = ?2 WHERE id = ?1";
            transaction.execute_exactly(1, sql, params![account.0, revision])?;
            let made = Revision::plain(revision, "fields", actor, at);
            revisions::write(transaction, account, &made, self.randomness())?;
            self.note(transaction, Part::Directory)?;
            fields_in(transaction, account, u64::MAX)
        });
        match (written, ended) {
            (Err(Error::Taken), Some(ended)) => Ok(ended),
            (written, _) => written.map(FieldsChanged::Done),
        }
    }

    /// How many users have a value of a field, and each of its options. Goes through all users of the account.
    pub fn field_use(&self, account: AccountId, field: &Field) -> Result<FieldUse> {
        self.read(|connection| {
            let value = value_of(field.number, connection.is_sqlite());
            let have = format!(
                "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN COALESCE({value}, '') = '' THEN 1 ELSE 0 END), 0) AS BIGINT)
                 FROM users WHERE account = ?1 AND withdrawn = 0"
            );
            let counted = connection.one(&have, params![account.0], |row| Ok((row.integer(0)?, row.integer(1)?)))?;
            let (all, without) = counted.unwrap_or_default();
            let mut found = FieldUse { with: all - without, without, options: Vec::new() };
            if !matches!(field.kind, Kind::Choice | Kind::Choices) {
                return Ok(found);
            }
            let by_value = format!(
                "SELECT {value}, COUNT(*) FROM users WHERE account = ?1 AND withdrawn = 0 AND COALESCE({value}, '') <> ''
                 GROUP BY {value}"
            );
            let mut options: BTreeMap<u32, i64> = BTreeMap::new();
            connection.each(&by_value, params![account.0], |row| {
                let users = row.integer(1)?;
                row.text(0)?
                    .split(';')
                    .filter_map(|id| id.parse().ok())
                    .for_each(|id| *options.entry(id).or_default() += users);
                Ok(())
            })?;
            found.options = options.into_iter().collect();
            Ok(found)
        })
    }

    /// How many users have a value of a field that is not as `fits` says. Goes through all different values of the account.
    ///
    /// # Errors
    /// When the store fails.
    pub fn users_unlike(
        &self,
        account: AccountId,
        field: &Field,
        fits: impl Fn(&str) -> bool,
    ) -> Result<i64> {
        self.read(|connection| {
            let value = value_of(field.number, connection.is_sqlite());
            let sql = format!(
                "SELECT {value}, COUNT(*) FROM users WHERE account = ?1 AND withdrawn = 0 AND COALESCE({value}, '') <> ''
                 GROUP BY {value}"
            );
            let mut unlike = 0;
            connection.each(&sql, params![account.0], |row| {
                unlike += if fits(row.text(0)?) { 0 } else { row.integer(1)? };
                Ok(())
            })?;
            Ok(unlike)
        })
    }

    /// The users who have an option of a field, ascending.
    pub fn users_with_option(&self, account: AccountId, field: &Field, option: u32) -> Result<Vec<UserId>> {
        self.read(|connection| {
            let value = value_of(field.number, connection.is_sqlite());
            let sql = format!(
                "SELECT id FROM users WHERE account = ?1 AND withdrawn = 0 AND ';' || ({value}) || ';' LIKE ?2 ORDER BY id"
            );
            connection.all(&sql, params![account.0, &format!("%;{option};%")], |row| user_id(row.integer(0)?))
        })
    }
}

/// Ends a transaction of which nothing is to be kept.
fn end<E, T>(ended: &mut Option<FieldsChanged<E>>, how: FieldsChanged<E>) -> Result<T> {
    *ended = Some(how);
    Err(Error::Taken)
}

/// Writes what differs; the field that can't be unique, when there is one.
fn write(
    transaction: &mut Connection,
    account: AccountId,
    (known, wanted): (&Fields, &Fields),
    revision: i64,
) -> Result<std::result::Result<(), (Field, SharedValues)>> {
    for (position, field) in wanted.all().iter().enumerate() {
        let before = known.get(field.number);
        if before == Some(field) && known.slot(field.number) == Some(position) {
            continue;
        }
        let mut field = field.clone();
        if field.number.0 == 0 {
            field.number = next_number(transaction, account)?;
        }
        // A new one, or one that counts again.
        let counts = !field.retired && field.number >= standard::FIRST_CUSTOM;
        if counts && before.is_none_or(|before| before.retired) {
            check_fields(transaction, account)?;
        }
        insert(transaction, account, &field, position as i64, revision)?;
        if before.is_some_and(|before| before.unique) != field.unique
            && let Some(shared) = claims::follow_field(transaction, account, &field)?
        {
            return Ok(Err((field, shared)));
        }
    }
    Ok(Ok(()))
}

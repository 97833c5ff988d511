//! Writing a user as a row of the table `users`: inserting it, updating what changes with the columns that follow from it,
//! taking it out and back.

use std::collections::HashMap;

use directory::{Change, Claim, FieldNumber, Fields, Kind, User, UserId, standard};

use crate::AccountId;
use crate::directory::history::NewHistory;
use crate::directory::references;
use crate::directory::rows::{STANDARD_COLUMNS, standard_column, values_json};
use crate::engine::{Connection, Param, Result, params};

/// Inserts a user, and its creation into what the history is going to get. Claims are the caller's.
///
/// # Errors
/// [`crate::Error::Taken`] when there is a user of this number.
pub(crate) fn insert_user(
    transaction: &mut Connection,
    account: AccountId,
    user: &User<'_>,
    fields: &Fields,
    (history, revision): (&mut NewHistory, i64),
) -> Result<()> {
    let value = |field| user.value(field);
    let values = || fields.all().iter().map(|field| (field.number, value(field.number)));
    let custom = values_json(values().filter(|(number, _)| standard_column(*number).is_none()));
    let (name, sign_in) = (name_key(value), sign_in_key(value));
    let mut params: Vec<Param<'_>> =
        params![account.0, user.id().number() as i64, revision, &custom, &name, &sign_in].to_vec();
    params.extend((1..=standard::COUNT as u32).map(|number| Param::MaybeText(value(FieldNumber(number)))));
    transaction.execute(&insert_statement(), &params)?;
    let all = values_json(values()).unwrap_or_else(|| "{}".to_owned());
    let creation = Change { field: standard::USER, before: None, after: Some(&all) };
    history.push(transaction, (account, user.id(), revision), &creation)
}

/// Takes a user out or brings it back. False when it is already so, or there is none.
pub(crate) fn set_withdrawn(
    transaction: &mut Connection,
    account: AccountId,
    user: UserId,
    withdrawn: bool,
    revision: i64,
) -> Result<bool> {
    let changed = transaction.execute(
        "UPDATE users SET withdrawn = ?3, revision = ?4 WHERE account = ?1 AND id = ?2 AND withdrawn <> ?3",
        params![account.0, user.number() as i64, withdrawn, revision],
    )?;
    Ok(changed == 1)
}

/// Which columns of a row are made of several values and have to follow a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Kept {
    name: bool,
    sign_in: bool,
    custom: bool,
}

impl Kept {
    pub(crate) fn of(changes: &[Change<'_>]) -> Self {
        let any = |fields: &[FieldNumber]| changes.iter().any(|change| fields.contains(&change.field));
        Self {
            name: any(&[standard::FIRST_NAME, standard::LAST_NAME]),
            sign_in: any(&[standard::EMAIL, standard::USERNAME]),
            custom: changes.iter().any(|change| standard_column(change.field).is_none()),
        }
    }

    /// Whether the rest of the user has to be known.
    pub(crate) fn any(self) -> bool {
        self.name || self.sign_in || self.custom
    }
}

/// The statements of updates, one for each set of columns that change. Only what a statement names tells them apart: an account's own
/// fields are one column, and rows of a file may change them in as many ways as there are rows.
#[derive(Default)]
pub(crate) struct UpdateStatements(HashMap<Columns, String>);

/// The standard columns that change, as bits by the numbers of their fields, and those that follow.
type Columns = (u32, Kept);

impl UpdateStatements {
    /// Updates the columns that change, and only while they hold the values that are replaced. `current` is the user as it is, which
    /// is needed when [`Kept::any`]. False when they hold others, or there is no such user.
    pub(crate) fn update(
        &mut self,
        transaction: &mut Connection,
        (account, user, revision): (AccountId, UserId, i64),
        fields: &Fields,
        current: Option<&User<'_>>,
        changes: &[Change<'_>],
    ) -> Result<bool> {
        let kept = Kept::of(changes);
        let value = |field| match changes.iter().find(|change| change.field == field) {
            Some(change) => change.after,
            None => current.and_then(|current| current.value(field)),
        };
        let name = kept.name.then(|| name_key(value));
        let sign_in = kept.sign_in.then(|| sign_in_key(value));
        let custom = kept.custom.then(|| {
            let own = fields.all().iter().filter(|field| standard_column(field.number).is_none());
            values_json(own.map(|field| (field.number, value(field.number))))
        });
        let mut params: Vec<Param<'_>> = params![account.0, user.number() as i64, revision].to_vec();
        params.extend(name.as_deref().map(Param::Text));
        params.extend(sign_in.as_deref().map(Param::Text));
        params.extend(custom.as_ref().map(|custom| Param::MaybeText(custom.as_deref())));
        for change in changes.iter().filter(|change| standard_column(change.field).is_some()) {
            params.push(change.after.into());
            params.push(change.before.into());
        }
        Ok(transaction.execute(self.statement(changes), &params)? == 1)
    }

    fn statement(&mut self, changes: &[Change<'_>]) -> &str {
        /// More sets are rarely come back to soon.
        const MOST: usize = 1_024;
        if self.0.len() >= MOST {
            self.0.clear();
        }
        let standard = changes.iter().filter(|change| standard_column(change.field).is_some());
        let columns = standard.fold(0, |bits, change| bits | 1 << change.field.0);
        self.0.entry((columns, Kept::of(changes))).or_insert_with(|| update_statement(changes))
    }
}

/// The statement for one set of changed fields. Its parameters: account, user, revision, the kept columns, then for each standard
/// field the value after and the value before.
fn update_statement(changes: &[Change<'_>]) -> String {
    let kept = Kept::of(changes);
    let kept = [(kept.name, "name_key"), (kept.sign_in, "sign_in_key"), (kept.custom, "custom")];
    let (mut set, mut only) = ("revision = ?3".to_owned(), String::new());
    let mut next = 4;
    for (_, column) in kept.into_iter().filter(|(follows, _)| *follows) {
        set.push_str(&format!(", {column} = ?{next}"));
        next += 1;
    }
    for column in changes.iter().filter_map(|change| standard_column(change.field)) {
        set.push_str(&format!(", {column} = ?{next}"));
        only.push_str(&format!(" AND {column} IS NOT DISTINCT FROM ?{}", next + 1));
        next += 2;
    }
    format!("UPDATE users SET {set} WHERE account = ?1 AND id = ?2 AND withdrawn = 0{only}")
}

fn insert_statement() -> String {
    let numbers: Vec<String> = (7..7 + STANDARD_COLUMNS.len()).map(|number| format!("?{number}")).collect();
    format!(
        "INSERT INTO users (account, id, revision, withdrawn, custom, name_key, sign_in_key, {})
         VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, {})",
        STANDARD_COLUMNS.join(", "),
        numbers.join(", ")
    )
}

fn folded(value: Option<&str>) -> String {
    Claim::fold(Kind::Text, value.unwrap_or(""))
}

/// Last and first name, folded, for sorting and searching.
pub(crate) fn name_key<'v>(value: impl Fn(FieldNumber) -> Option<&'v str>) -> String {
    references::name_key(
        value(standard::LAST_NAME).unwrap_or_default(),
        value(standard::FIRST_NAME).unwrap_or_default(),
    )
}

/// Email, or username where there is none, folded, for sorting and searching.
pub(crate) fn sign_in_key<'v>(value: impl Fn(FieldNumber) -> Option<&'v str>) -> String {
    folded(value(standard::EMAIL).or_else(|| value(standard::USERNAME)))
}

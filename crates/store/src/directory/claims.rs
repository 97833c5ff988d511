//! Claims: who has an email or a username of the deployment, or a value of a unique field of the account. A claim that is made a
//! second time is refused by the database itself.

use std::collections::HashSet;

use directory::{Claim, ClaimKind, Field, FieldNumber, Fields, User, UserId, Users};

use crate::directory::rows::{Slots, USER_COLUMNS, push_user};
use crate::engine::{Connection, Result, params};
use crate::ids::user_id;
use crate::{AccountId, Store};

impl Store {
    /// Who in this account has a claim; whether somebody elsewhere has it is [`Store::holder`]'s answer.
    pub fn user_with_claim(&self, account: AccountId, claim: &Claim) -> Result<Option<UserId>> {
        Ok(self.holder(account, claim)?.and_then(|(of, user)| (of == account).then_some(user)))
    }

    /// Who has a claim, in whichever account.
    pub fn holder(&self, account: AccountId, claim: &Claim) -> Result<Option<(AccountId, UserId)>> {
        self.read(|connection| match of_kind(claim.kind) {
            Of::Deployment(kind) => connection.one(
                "SELECT account, user_id FROM login_key WHERE kind = ?1 AND key = ?2",
                params![kind, &claim.key],
                |row| Ok((AccountId(row.integer(0)?), user_id(row.integer(1)?)?)),
            ),
            Of::Account(field) => connection.one(
                "SELECT user_id FROM unique_key WHERE account = ?1 AND field = ?2 AND key = ?3",
                params![account.0, field, &claim.key],
                |row| Ok((account, user_id(row.integer(0)?)?)),
            ),
            Of::Plan => Ok(None),
        })
    }
}

/// The scope of a claim, with the number that its table keeps.
enum Of {
    Deployment(i64),
    Account(i64),
    /// Nothing that anybody has.
    Plan,
}

fn of_kind(kind: ClaimKind) -> Of {
    match kind {
        ClaimKind::Email => Of::Deployment(1),
        ClaimKind::Username => Of::Deployment(2),
        ClaimKind::Field(FieldNumber(number)) => Of::Account(i64::from(number)),
        ClaimKind::Person | ClaimKind::Row => Of::Plan,
    }
}

/// The fields whose values are claimed.
pub(crate) fn claimed_fields(fields: &Fields) -> impl Iterator<Item = &Field> {
    fields.all().iter().filter(|field| Claim::is_made_by(field))
}

/// Every claim that the values of a user make, with the field.
pub(crate) fn claims_of(fields: &Fields, user: &User<'_>) -> Vec<(FieldNumber, Claim)> {
    claimed_fields(fields)
        .filter_map(|field| Some((field.number, Claim::of(field, user.value(field.number)?)?)))
        .collect()
}

/// Gives a claim of a user up; of one that is somebody else's nothing happens.
pub(crate) fn release(
    transaction: &mut Connection,
    account: AccountId,
    user: UserId,
    claim: &Claim,
) -> Result<()> {
    let user = user.number() as i64;
    match of_kind(claim.kind) {
        Of::Deployment(kind) => transaction.execute(
            "DELETE FROM login_key WHERE kind = ?1 AND key = ?2 AND account = ?3 AND user_id = ?4",
            params![kind, &claim.key, account.0, user],
        )?,
        Of::Account(field) => transaction.execute(
            "DELETE FROM unique_key WHERE account = ?1 AND field = ?2 AND key = ?3 AND user_id = ?4",
            params![account.0, field, &claim.key, user],
        )?,
        Of::Plan => 0,
    };
    Ok(())
}

/// Makes a claim for a user.
///
/// # Errors
/// [`crate::Error::Taken`] when it is made already.
pub(crate) fn take(
    transaction: &mut Connection,
    account: AccountId,
    user: UserId,
    claim: &Claim,
) -> Result<()> {
    let user = user.number() as i64;
    match of_kind(claim.kind) {
        Of::Deployment(kind) => transaction.execute(
            "INSERT INTO login_key (kind, key, account, user_id) VALUES (?1, ?2, ?3, ?4)",
            params![kind, &claim.key, account.0, user],
        )?,
        Of::Account(field) => transaction.execute(
            "INSERT INTO unique_key (account, field, key, user_id) VALUES (?1, ?2, ?3, ?4)",
            params![account.0, field, &claim.key, user],
        )?,
        Of::Plan => 0,
    };
    Ok(())
}

/// Makes the claims of a field fit what it has become: every value of a field that is unique now is claimed, by the first user who
/// has it; a field that is not unique claims nothing. Two users who have one value keep it until one of them is edited.
pub(crate) fn follow_field(transaction: &mut Connection, account: AccountId, field: &Field) -> Result<()> {
    transaction.execute(
        "DELETE FROM unique_key WHERE account = ?1 AND field = ?2",
        params![account.0, i64::from(field.number.0)],
    )?;
    if !field.unique {
        return Ok(());
    }
    for (key, user) in keys_of_field(transaction, account, field)? {
        let claim = Claim { kind: ClaimKind::Field(field.number), key };
        take(transaction, account, user, &claim)?;
    }
    Ok(())
}

fn keys_of_field(
    transaction: &mut Connection,
    account: AccountId,
    field: &Field,
) -> Result<Vec<(String, UserId)>> {
    let fields = Fields::new(vec![field.clone()]);
    let (slots, mut user) = (Slots::of(&fields), Users::new(&fields));
    let (mut seen, mut keys) = (HashSet::new(), Vec::new());
    let sql = format!("SELECT {USER_COLUMNS} FROM users WHERE account = ?1 AND withdrawn = 0 ORDER BY id");
    transaction.each(&sql, params![account.0], |row| {
        user.clear();
        push_user(&mut user, &slots, row)?;
        let user = user.get(0).and_then(|user| Some((user.id(), Claim::of(field, user.slot(0)?)?)));
        if let Some((id, Claim { key, kind: ClaimKind::Field(_) })) = user
            && seen.insert(key.clone())
        {
            keys.push((key, id));
        }
        Ok(())
    })?;
    Ok(keys)
}

impl Store {
    /// Keeps that an account is told on a day that somebody elsewhere has a value. False, and not kept, when it was told so of `most`
    /// other values that day; of one that it was told of already it may be told again.
    pub fn tell_elsewhere(&self, account: AccountId, day: i64, claim: &Claim, most: i64) -> Result<bool> {
        let Of::Deployment(kind) = of_kind(claim.kind) else { return Ok(true) };
        self.write_work(|transaction| {
            // The day's row is taken first: two who ask at once come one after the other.
            let sql = "INSERT INTO elsewhere (account, day, answers) VALUES (?1, ?2, 0)
                       ON CONFLICT (account, day) DO UPDATE SET answers = elsewhere.answers RETURNING answers";
            let answers = transaction.one(sql, params![account.0, day], |row| row.integer(0))?;
            let told = "SELECT 1 FROM elsewhere_told WHERE account = ?1 AND day = ?2 AND kind = ?3 AND key = ?4";
            let told = transaction.one(told, params![account.0, day, kind, &claim.key], |_| Ok(()))?;
            if told.is_some() || answers.is_some_and(|answers| answers >= most) {
                return Ok(told.is_some());
            }
            let sql = "INSERT INTO elsewhere_told (account, day, kind, key) VALUES (?1, ?2, ?3, ?4)";
            transaction.execute(sql, params![account.0, day, kind, &claim.key])?;
            let sql = "UPDATE elsewhere SET answers = answers + 1 WHERE account = ?1 AND day = ?2";
            transaction.execute(sql, params![account.0, day])?;
            Ok(true)
        })
    }

    /// Of how many values an account was told on a day that somebody elsewhere has them.
    pub fn told_elsewhere(&self, account: AccountId, day: i64) -> Result<i64> {
        self.read(|connection| {
            let sql = "SELECT answers FROM elsewhere WHERE account = ?1 AND day = ?2";
            Ok(connection.one(sql, params![account.0, day], |row| row.integer(0))?.unwrap_or_default())
        })
    }
}

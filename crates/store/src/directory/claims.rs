//! Claims: who has an email or a username of the deployment, or a value of a unique field of the account. A claim that is made a
//! second time is refused by the database itself.

use std::collections::{BTreeMap, HashMap};

use directory::{Claim, ClaimKind, Field, FieldNumber, Fields, User, UserId, Users, standard};

use crate::directory::rows::{Slots, USER_COLUMNS, push_user};
use crate::engine::{Connection, Result, params};
use crate::ids::user_id;
use crate::narrowed::{Why, across};
use crate::{AccountId, Error, Store};

impl Store {
    /// Who in this account has a claim; whether somebody elsewhere has it is [`Store::holder`]'s answer.
    pub fn user_with_claim(&self, account: AccountId, claim: &Claim) -> Result<Option<UserId>> {
        Ok(self.holder(account, claim)?.and_then(|(of, user)| (of == account).then_some(user)))
    }

    /// Who in this account has emails or usernames, by their keys; those that nobody has, or somebody elsewhere, are missing. Many with one
    /// statement.
    ///
    /// # Errors
    /// When the database fails.
    pub fn users_with_keys(
        &self,
        account: AccountId,
        kind: ClaimKind,
        keys: &[String],
    ) -> Result<HashMap<String, UserId>> {
        let (sql, kind) = match of_kind(account, kind) {
            Of::Deployment(kind) => (
                "SELECT key, user_id FROM login_key WHERE kind = ?1 AND account = ?2 AND key IN ({these})",
                kind,
            ),
            Of::Account(field) => (
                "SELECT key, user_id FROM unique_key WHERE field = ?1 AND account = ?2 AND key IN ({these})",
                field,
            ),
            Of::Plan => return Ok(HashMap::new()),
        };
        let mut found = HashMap::with_capacity(keys.len());
        self.read(|connection| {
            connection.each_among_texts(sql, params![kind, account.0], keys, |row| {
                found.insert(row.string(0)?, user_id(row.integer(1)?)?);
                Ok(())
            })
        })?;
        Ok(found)
    }

    /// Who has which of some claims, in whichever account; those that nobody has are missing. Many with one statement.
    ///
    /// # Errors
    /// When the database fails.
    pub fn holders(
        &self,
        account: AccountId,
        claims: &[&Claim],
    ) -> Result<HashMap<Claim, (AccountId, UserId)>> {
        self.across(Why::SignIns).read(|connection| holders_in(connection, account, claims))
    }

    /// Who has a claim, in whichever account.
    pub fn holder(&self, account: AccountId, claim: &Claim) -> Result<Option<(AccountId, UserId)>> {
        self.across(Why::SignIns).read(|connection| match of_kind(account, claim.kind) {
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

fn of_kind(account: AccountId, kind: ClaimKind) -> Of {
    match kind {
        // Nobody learns from practice who has what, and practice learns of nobody.
        ClaimKind::Email if account.is_practice() => Of::Account(i64::from(standard::EMAIL.0)),
        ClaimKind::Username if account.is_practice() => Of::Account(i64::from(standard::USERNAME.0)),
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

/// Gives claims of users up; of those that are somebody else's nothing happens.
pub(crate) fn release_all(
    transaction: &mut Connection,
    account: AccountId,
    claims: &[(UserId, Claim)],
) -> Result<()> {
    let (mut of_deployment, mut of_account) = (Vec::new(), Vec::new());
    for (user, claim) in claims {
        let user = user.number() as i64;
        match of_kind(account, claim.kind) {
            Of::Deployment(kind) => of_deployment.extend_from_slice(params![kind, &claim.key, user]),
            Of::Account(field) => of_account.extend_from_slice(params![field, &claim.key, user]),
            Of::Plan => {}
        }
    }
    let sql =
        "DELETE FROM login_key {USING rows} WHERE kind = ?2 AND key = ?3 AND account = ?1 AND user_id = ?4";
    transaction.execute_rows(sql, params![account.0], 3, &of_deployment)?;
    let sql =
        "DELETE FROM unique_key {USING rows} WHERE account = ?1 AND field = ?2 AND key = ?3 AND user_id = ?4";
    transaction.execute_rows(sql, params![account.0], 3, &of_account).map(drop)
}

/// Makes claims for users, in the order of the tables, so that each of their pages is written once. Answers the first of them, as they were
/// given, that somebody has already: nothing of the transaction is to be kept then.
pub(crate) fn take_all(
    transaction: &mut Connection,
    account: AccountId,
    claims: &[(UserId, Claim)],
) -> Result<Option<usize>> {
    let mut sorted: Vec<&(UserId, Claim)> = claims.iter().collect();
    sorted.sort_by(|(_, one), (_, other)| one.cmp(other));
    let (mut of_deployment, mut of_account) = (Vec::new(), Vec::new());
    for (user, claim) in sorted {
        let user = user.number() as i64;
        match of_kind(account, claim.kind) {
            Of::Deployment(kind) => {
                of_deployment.extend_from_slice(params![kind, &claim.key, account.0, user]);
            }
            Of::Account(field) => {
                of_account.extend_from_slice(params![account.0, field, &claim.key, user]);
            }
            Of::Plan => {}
        }
    }
    let if_free = "ON CONFLICT DO NOTHING";
    let logins = "login_key (kind, key, account, user_id)";
    let values = "unique_key (account, field, key, user_id)";
    let taken = transaction.insert_counted(logins, 4, if_free, &of_deployment)?
        + transaction.insert_counted(values, 4, if_free, &of_account)?;
    let wanted = (of_deployment.len() + of_account.len()) / 4;
    if taken == wanted as u64 { Ok(None) } else { first_of_others(transaction, account, claims).map(Some) }
}

/// The first claim that is not the user's, now that those were made that could be.
fn first_of_others(
    transaction: &mut Connection,
    account: AccountId,
    claims: &[(UserId, Claim)],
) -> Result<usize> {
    let all: Vec<&Claim> = claims.iter().map(|(_, claim)| claim).collect();
    let mut holders = across(transaction, Why::SignIns, |seeing| holders_in(seeing, account, &all))?;
    // Of two that make the same claim the later one finds it gone.
    let mut is_others = |(user, claim): &(UserId, Claim)| holders.remove(claim) != Some((account, *user));
    claims.iter().position(&mut is_others).ok_or(Error::Taken)
}

/// Who has which of some claims, in whichever account.
fn holders_in(
    connection: &mut Connection,
    account: AccountId,
    claims: &[&Claim],
) -> Result<HashMap<Claim, (AccountId, UserId)>> {
    let mut keys: BTreeMap<ClaimKind, Vec<&str>> = BTreeMap::new();
    for claim in claims {
        keys.entry(claim.kind).or_default().push(&claim.key);
    }
    let mut holders = HashMap::new();
    for (kind, keys) in keys {
        let (sql, number) = match of_kind(account, kind) {
            Of::Deployment(kind) => {
                ("SELECT key, user_id, account FROM login_key WHERE kind = ?1 AND key IN ({these})", kind)
            }
            Of::Account(field) => (
                "SELECT key, user_id, account FROM unique_key WHERE account = ?2 AND field = ?1 AND key IN ({these})",
                field,
            ),
            Of::Plan => continue,
        };
        let first = params![number, account.0];
        let first = if sql.contains("?2") { first } else { &first[..1] };
        connection.each_among_texts(sql, first, &keys, |row| {
            let claim = Claim { kind, key: row.string(0)? };
            holders.insert(claim, (AccountId(row.integer(2)?), user_id(row.integer(1)?)?));
            Ok(())
        })?;
    }
    Ok(holders)
}

/// Makes a claim for a user, unless somebody has it.
pub(crate) fn take_if_free(
    transaction: &mut Connection,
    account: AccountId,
    user: UserId,
    claim: &Claim,
) -> Result<()> {
    let user = user.number() as i64;
    let (sql, kind) = match of_kind(account, claim.kind) {
        Of::Deployment(kind) => (
            "INSERT INTO login_key (kind, key, account, user_id) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            kind,
        ),
        Of::Account(field) => (
            "INSERT INTO unique_key (field, key, account, user_id) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            field,
        ),
        Of::Plan => return Ok(()),
    };
    transaction.execute(sql, params![kind, &claim.key, account.0, user]).map(drop)
}

/// A value that several users have, of a field that was to become unique.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedValue {
    /// The value, in its stored form, as the first of them has it.
    pub value: String,
    /// The first ten who have it, in the order of their numbers.
    pub users: Vec<UserId>,
    /// How many have it.
    pub count: usize,
}

/// Why a field can't be unique.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SharedValues {
    /// The first ten values that are shared.
    pub first: Vec<SharedValue>,
    /// How many values are shared.
    pub count: usize,
}

/// Values, and users of each, that a refusal names.
const NAMED: usize = 10;

/// Makes the claims of a field fit what it has become: every value of a field that is unique now is claimed, and a field that is not
/// unique claims nothing. Some when users share values: nothing is to be kept of the transaction then.
pub(crate) fn follow_field(
    transaction: &mut Connection,
    account: AccountId,
    field: &Field,
) -> Result<Option<SharedValues>> {
    if [standard::EMAIL, standard::USERNAME].contains(&field.number) {
        // Claimed by their nature, in practice too.
        return Ok(None);
    }
    transaction.execute(
        "DELETE FROM unique_key WHERE account = ?1 AND field = ?2",
        params![account.0, i64::from(field.number.0)],
    )?;
    if !field.unique {
        return Ok(None);
    }
    let holders = holders_of(transaction, account, field)?;
    let mut shared: Vec<&SharedValue> = holders.values().filter(|holder| holder.count > 1).collect();
    if !shared.is_empty() {
        shared.sort_by_key(|value| value.users.first().copied());
        let first = shared.iter().take(NAMED).map(|value| (*value).clone()).collect();
        return Ok(Some(SharedValues { first, count: shared.len() }));
    }
    let claim = |key: &String| Claim { kind: ClaimKind::Field(field.number), key: key.clone() };
    let claims: Vec<(UserId, Claim)> = holders
        .iter()
        .flat_map(|(key, holder)| holder.users.iter().map(move |user| (*user, claim(key))))
        .collect();
    match take_all(transaction, account, &claims)? {
        Some(_) => Err(Error::Taken),
        None => Ok(None),
    }
}

/// Who has which value of a field, by what is claimed.
fn holders_of(
    transaction: &mut Connection,
    account: AccountId,
    field: &Field,
) -> Result<BTreeMap<String, SharedValue>> {
    let fields = Fields::new(vec![field.clone()]);
    let (slots, mut user) = (Slots::of(&fields), Users::new(&fields));
    let mut holders: BTreeMap<String, SharedValue> = BTreeMap::new();
    let sql = format!("SELECT {USER_COLUMNS} FROM users WHERE account = ?1 AND withdrawn = 0 ORDER BY id");
    transaction.each(&sql, params![account.0], |row| {
        user.clear();
        push_user(&mut user, &slots, row)?;
        let Some(user) = user.get(0) else { return Ok(()) };
        let Some((value, claim)) = user.slot(0).and_then(|value| Some((value, Claim::of(field, value)?)))
        else {
            return Ok(());
        };
        // What only one in the whole deployment may have is claimed by its nature.
        if matches!(claim.kind, ClaimKind::Field(_)) {
            let new = || SharedValue { value: value.to_owned(), users: Vec::new(), count: 0 };
            let holder = holders.entry(claim.key).or_insert_with(new);
            holder.count += 1;
            if holder.users.len() < NAMED {
                holder.users.push(user.id());
            }
        }
        Ok(())
    })?;
    Ok(holders)
}

/// What users have, beside what is claimed for them. Both have to be the same, always.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimsCompared {
    /// How many claims the values of the account's users make.
    pub made: i64,
    /// How many claims are kept of the account.
    pub kept: i64,
    /// The first ten values that are not claimed for the user who has them.
    pub unclaimed: Vec<(UserId, FieldNumber)>,
}

impl ClaimsCompared {
    /// Whether every value is claimed for its user, and nothing else is.
    pub fn are_equal(&self) -> bool {
        self.made == self.kept && self.unclaimed.is_empty()
    }
}

impl Store {
    /// Compares the claims of an account with what its users have, user by user; `doctor` and tests ask.
    pub fn compare_claims(&self, account: AccountId) -> Result<ClaimsCompared> {
        const TOGETHER: usize = 1_000;
        let fields = self.fields(account)?;
        let mut compared = ClaimsCompared { kept: self.kept_claims(account)?, ..ClaimsCompared::default() };
        let (mut users, mut after) = (Users::new(&fields), 0);
        loop {
            self.users_after(account, after, i64::MAX as u64, TOGETHER, &mut users)?;
            let Some(last) = users.len().checked_sub(1).and_then(|last| users.get(last)) else { break };
            after = last.id().number();
            for user in users.iter().filter(|user| !user.withdrawn()) {
                for (field, claim) in claims_of(&fields, &user) {
                    compared.made += 1;
                    let claimed = self.holder(account, &claim)? == Some((account, user.id()));
                    if !claimed && compared.unclaimed.len() < NAMED {
                        compared.unclaimed.push((user.id(), field));
                    }
                }
            }
        }
        Ok(compared)
    }

    fn kept_claims(&self, account: AccountId) -> Result<i64> {
        self.read(|connection| {
            let sql = "SELECT (SELECT COUNT(*) FROM login_key WHERE account = ?1)
                            + (SELECT COUNT(*) FROM unique_key WHERE account = ?1)";
            Ok(connection.one(sql, params![account.0], |row| row.integer(0))?.unwrap_or_default())
        })
    }
}

impl Store {
    /// Keeps that an account is told on a day that somebody elsewhere has a value. False, and not kept, when it was told so of `most`
    /// other values that day; of one that it was told of already it may be told again.
    pub fn tell_elsewhere(&self, account: AccountId, day: i64, claim: &Claim, most: i64) -> Result<bool> {
        let Of::Deployment(kind) = of_kind(account, claim.kind) else { return Ok(true) };
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

//! The history replayed from nothing has to come to what users have, and what is kept beside users has to follow from them. Users are
//! looked at in ranges of their numbers, so that a million of them cost no memory.

use std::collections::{BTreeMap, BTreeSet};

use directory::{Claim, FieldNumber, Fields, Kind, User, UserId, Users, standard};

use super::finding::{Ailment, Finding};
use crate::apply::row_writes::{name_key, sign_in_key};
use crate::directory::claims::claims_of;
use crate::directory::history::PastCell;
use crate::engine::{Connection, Result, params};
use crate::store::Store;
use crate::{Account, Error, PRESENT};

/// Users that are looked at together.
const TOGETHER: usize = 1_000;

/// How many of something, and the first.
#[derive(Default)]
struct Tally(BTreeMap<Ailment, (i64, Option<UserId>)>);

impl Tally {
    fn note(&mut self, ailment: Ailment, user: UserId) {
        let (count, first) = self.0.entry(ailment).or_default();
        *count += 1;
        first.get_or_insert(user);
    }
}

pub(super) fn examine(store: &Store, account: &Account, findings: &mut Vec<Finding>) -> Result<()> {
    let fields = match store.fields(account.id) {
        // Named by itself: nothing that these fields hold can be looked at.
        Err(Error::Unread(_)) => return Ok(()),
        fields => fields?,
    };
    let (mut users, mut after, mut tally) = (Users::new(&fields), 0, Tally::default());
    let (mut is_read, mut held) = (true, 0);
    loop {
        match store.users_after(account.id, after, i64::MAX as u64, TOGETHER, &mut users) {
            Ok(()) => {}
            Err(Error::Failed(why)) => {
                findings.push(Finding::new(Ailment::Values, &account.slug, 1, why));
                is_read = false;
                break;
            }
            Err(error) => return Err(error),
        }
        let Some(last) = users.len().checked_sub(1).and_then(|last| users.get(last)) else { break };
        let range = (after, last.id().number());
        after = range.1;
        let erased = store.erased_in_range(account.id, range)?;
        let mut told = replayed(store, account, range, &erased, &mut tally)?;
        for user in users.iter() {
            if erased.contains(&user.id()) {
                // Nothing is left of them, and nobody is there.
                let is_empty = fields.all().iter().all(|field| user.value(field.number).is_none());
                if !is_empty || !user.withdrawn() {
                    tally.note(Ailment::History, user.id());
                }
                continue;
            }
            examine_user(&fields, &user, told.remove(&user.id()), &mut tally);
        }
        held += examine_claims(store, account, &users, &mut tally)?;
        examine_beside(store, account, &users, &mut tally)?;
    }
    if is_read {
        examine_claims_of_others(store, account, held, findings)?;
    }
    findings.extend(tally.0.into_iter().map(|(ailment, (count, first))| {
        Finding::new(ailment, &account.slug, count, first.map(|user| user.to_string()).unwrap_or_default())
    }));
    Ok(())
}

/// A user as the history tells them.
#[derive(Default)]
struct Told {
    values: BTreeMap<FieldNumber, String>,
    created: bool,
    withdrawn: bool,
}

/// What the history tells of the users whose numbers are in a range: after the first, up to the second.
fn replayed(
    store: &Store,
    account: &Account,
    range: (u64, u64),
    erased: &BTreeSet<UserId>,
    tally: &mut Tally,
) -> Result<BTreeMap<UserId, Told>> {
    let mut told: BTreeMap<UserId, Told> = BTreeMap::new();
    store.each_change_of_range(account.id, range, |past| {
        let user = past.user;
        if !erased.contains(&user) && !told.entry(user).or_default().take(past) {
            tally.note(Ailment::Replaced, user);
        }
        Ok(())
    })?;
    Ok(told)
}

impl Told {
    /// Takes a change. False when it is not one of what was before.
    fn take(&mut self, past: PastCell) -> bool {
        if past.field == standard::USER {
            return self.take_user(&past);
        }
        let before = match past.after {
            Some(after) => self.values.insert(past.field, after),
            None => self.values.remove(&past.field),
        };
        self.created && before == past.before
    }

    fn take_user(&mut self, past: &PastCell) -> bool {
        match (past.before.as_deref(), past.after.as_deref()) {
            (Some(PRESENT), None) => self.created && !std::mem::replace(&mut self.withdrawn, true),
            (None, Some(PRESENT)) => std::mem::replace(&mut self.withdrawn, false),
            (None, Some(json)) if !self.created => {
                self.created = true;
                let values: Option<BTreeMap<u32, String>> = serde_json::from_str(json).ok();
                let is_read = values.is_some();
                let values = values.into_iter().flatten();
                self.values = values.map(|(number, value)| (FieldNumber(number), value)).collect();
                is_read
            }
            _ => false,
        }
    }

    fn is(&self, fields: &Fields, user: &User<'_>) -> bool {
        let value = |number: FieldNumber| self.values.get(&number).map(String::as_str);
        self.created
            && self.withdrawn == user.withdrawn()
            && fields.all().iter().all(|field| user.value(field.number) == value(field.number))
    }
}

fn examine_user(fields: &Fields, user: &User<'_>, told: Option<Told>, tally: &mut Tally) {
    if !told.is_some_and(|told| told.is(fields, user)) {
        tally.note(Ailment::History, user.id());
    }
}

/// The claims of a batch; how many of them are kept for those who have them.
fn examine_claims(store: &Store, account: &Account, users: &Users, tally: &mut Tally) -> Result<i64> {
    let there = users.iter().filter(|user| !user.withdrawn());
    let claims: Vec<(UserId, Claim)> = there
        .flat_map(|user| {
            claims_of(users.fields(), &user)
                .into_iter()
                .map(move |(_, claim)| (user.id(), claim))
                .collect::<Vec<_>>()
        })
        .collect();
    let all: Vec<&Claim> = claims.iter().map(|(_, claim)| claim).collect();
    let holders = store.holders(account.id, &all)?;
    let mut held = 0;
    for (user, claim) in &claims {
        match holders.get(claim) {
            Some(holder) if *holder == (account.id, *user) => held += 1,
            _ => tally.note(Ailment::Unclaimed, *user),
        }
    }
    Ok(held)
}

/// Claims that are kept for users who are there, and do not have them: those that are neither held rightly nor of nobody.
fn examine_claims_of_others(
    store: &Store,
    account: &Account,
    held: i64,
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let is_of_nobody =
        |finding: &&Finding| finding.ailment == Ailment::ClaimOfNobody && finding.account == account.slug;
    let of_nobody: i64 = findings.iter().filter(is_of_nobody).map(|finding| finding.count).sum();
    let kept = |connection: &mut Connection, table: &str| -> Result<i64> {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE account = ?1");
        Ok(connection.one(&sql, params![account.id.0], |row| row.integer(0))?.unwrap_or_default())
    };
    let kept =
        store.read(|connection| Ok(kept(connection, "login_key")? + kept(connection, "unique_key")?))?;
    if kept > held + of_nobody {
        let first = first_with_more(store, account)?;
        if first.is_none() && store.account_now(account.id)?.revision != account.revision {
            // Somebody was given a claim meanwhile, behind where the users were counted.
            return Ok(());
        }
        let first = first.map_or_else(|| account.slug.clone(), |user| user.to_string());
        findings.push(Finding::new(Ailment::ClaimOfNobody, &account.slug, kept - held - of_nobody, first));
    }
    Ok(())
}

/// The first user for whom more is kept than they claim. Only where something is wrong: each batch goes through all claims.
fn first_with_more(store: &Store, account: &Account) -> Result<Option<UserId>> {
    let fields = store.fields(account.id)?;
    let (mut users, mut after) = (Users::new(&fields), 0);
    loop {
        store.users_after(account.id, after, i64::MAX as u64, TOGETHER, &mut users)?;
        let Some(last) = users.len().checked_sub(1).and_then(|last| users.get(last)) else { return Ok(None) };
        let range = params![account.id.0, after as i64, last.id().number() as i64];
        after = last.id().number();
        let mut kept: BTreeMap<u64, usize> = BTreeMap::new();
        store.read(|connection| {
            for table in ["login_key", "unique_key"] {
                let sql = format!(
                    "SELECT user_id FROM {table} WHERE account = ?1 AND user_id > ?2 AND user_id <= ?3"
                );
                connection.each(&sql, range, |row| {
                    *kept.entry(row.integer(0)? as u64).or_default() += 1;
                    Ok(())
                })?;
            }
            Ok(())
        })?;
        let has_more = |user: &User<'_>| {
            let claimed = claims_of(&fields, user).len();
            !user.withdrawn() && kept.get(&user.id().number()).is_some_and(|kept| *kept > claimed)
        };
        if let Some(user) = users.iter().find(has_more) {
            return Ok(Some(user.id()));
        }
    }
}

/// The keys and the managers of a batch.
fn examine_beside(store: &Store, account: &Account, users: &Users, tally: &mut Tally) -> Result<()> {
    let (Some(first), Some(last)) =
        (users.get(0), users.len().checked_sub(1).and_then(|last| users.get(last)))
    else {
        return Ok(());
    };
    let range = params![account.id.0, first.id().number() as i64, last.id().number() as i64];
    let sql = "SELECT id, name_key, sign_in_key FROM users WHERE account = ?1 AND id >= ?2 AND id <= ?3 ORDER BY id";
    let keys = store.read(|connection| {
        connection.all(sql, range, |row| Ok((row.integer(0)?, row.string(1)?, row.string(2)?)))
    })?;
    let keys: BTreeMap<u64, (String, String)> =
        keys.into_iter().map(|(id, name, sign_in)| (id as u64, (name, sign_in))).collect();
    for user in users.iter() {
        let value = |field| user.value(field);
        let kept = keys.get(&user.id().number());
        if kept.is_some_and(|kept| *kept != (name_key(value), sign_in_key(value))) {
            tally.note(Ailment::Keys, user.id());
        }
    }
    examine_managers(store, account, users, tally)
}

/// Whoever a user names has to be a user of the account, be they withdrawn.
fn examine_managers(store: &Store, account: &Account, users: &Users, tally: &mut Tally) -> Result<()> {
    let fields = users.fields();
    let named: Vec<(UserId, Option<UserId>)> = users
        .iter()
        .flat_map(|user| {
            let of_kind = fields.all().iter().filter(|field| field.kind == Kind::User);
            let values: Vec<_> = of_kind.filter_map(|field| user.value(field.number)).collect();
            values.into_iter().map(move |value| (user.id(), value.parse().ok())).collect::<Vec<_>>()
        })
        .collect();
    let mut wanted: Vec<UserId> = named.iter().filter_map(|(_, person)| *person).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut found = Users::new(fields);
    store.users_of(account.id, &wanted, &mut found)?;
    let known: Vec<UserId> = found.iter().map(|user| user.id()).collect();
    for (user, person) in named {
        if person.is_none_or(|person| known.binary_search(&person).is_err()) {
            tally.note(Ailment::Manager, user);
        }
    }
    Ok(())
}

//! The history replayed from nothing has to come to what users have, and what is kept beside users has to follow from them. Users are
//! looked at in ranges of their numbers, so that a million of them cost no memory.

use std::collections::{BTreeMap, BTreeSet};

use directory::{FieldNumber, Fields, Kind, User, UserId, Users, standard};

use super::finding::{Ailment, Finding};
use crate::apply::row_writes::{name_key, sign_in_key};
use crate::directory::claims::claims_of;
use crate::directory::history::PastCell;
use crate::engine::{Result, params};
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
    loop {
        match store.users_after(account.id, after, i64::MAX as u64, TOGETHER, &mut users) {
            Ok(()) => {}
            Err(Error::Failed(why)) => {
                findings.push(Finding::new(Ailment::Values, &account.slug, 1, why));
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
        examine_beside(store, account, &users, &mut tally)?;
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

/// The claims, the keys and the managers of a batch.
fn examine_beside(store: &Store, account: &Account, users: &Users, tally: &mut Tally) -> Result<()> {
    let fields = users.fields();
    for user in users.iter().filter(|user| !user.withdrawn()) {
        for (_, claim) in claims_of(fields, &user) {
            if store.holder(account.id, &claim)? != Some((account.id, user.id())) {
                tally.note(Ailment::Unclaimed, user.id());
            }
        }
    }
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

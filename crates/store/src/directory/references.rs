//! Who names whom: users by their managers; and who bears which name.

use std::collections::{BTreeMap, HashSet};

use directory::{Claim, Kind, UserId};

use crate::engine::{Result, params};
use crate::ids::user_id;
use crate::{AccountId, Store};

/// The users who bear a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bearers {
    /// The first and the last of them, in the order of creation; the same when only one bears it.
    pub ends: (UserId, UserId),
}

impl Bearers {
    /// The only one who bears it.
    pub fn only(self) -> Option<UserId> {
        (self.ends.0 == self.ends.1).then_some(self.ends.0)
    }
}

/// Last and first name, folded, for sorting and searching.
pub(crate) fn name_key(last: &str, first: &str) -> String {
    format!("{} {}", Claim::fold(Kind::Text, last), Claim::fold(Kind::Text, first))
}

impl Store {
    /// Hands over the names of these users: who, first name, last name, and the revision at which they were last changed. Unknown and
    /// withdrawn ones are missing.
    pub fn names_of(
        &self,
        account: AccountId,
        ids: &[UserId],
        mut take: impl FnMut(UserId, [&str; 2], u64),
    ) -> Result<()> {
        let sql = "SELECT id, first_name, last_name, revision FROM users
                   WHERE account = ?1 AND withdrawn = 0 AND id IN ({these})";
        let numbers: Vec<i64> = ids.iter().map(|id| id.number() as i64).collect();
        self.read(|connection| {
            connection.each_numbered(sql, params![account.0], &numbers, |row| {
                let names = [row.maybe_text(1)?, row.maybe_text(2)?].map(Option::unwrap_or_default);
                take(user_id(row.integer(0)?)?, names, row.integer(3)? as u64);
                Ok(())
            })
        })
    }

    /// Who bears these names, each a last and a first name in any case: by the place of the name among them. Names that nobody bears are
    /// missing. Looked up in an index, many with one statement.
    pub fn bearers_of(
        &self,
        account: AccountId,
        names: &[(String, String)],
    ) -> Result<BTreeMap<usize, Bearers>> {
        let keys: Vec<String> = names.iter().map(|(last, first)| name_key(last, first)).collect();
        let mut distinct = keys.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let mut found = BTreeMap::new();
        let sql = "SELECT name_key, MIN(id), MAX(id) FROM users
                   WHERE account = ?1 AND withdrawn = 0 AND name_key IN ({these}) GROUP BY name_key";
        self.read(|connection| {
            connection.each_among_texts(sql, params![account.0], &distinct, |row| {
                let ends = (user_id(row.integer(1)?)?, user_id(row.integer(2)?)?);
                found.insert(row.text(0)?.to_owned(), Bearers { ends });
                Ok(())
            })
        })?;
        let of = |(place, key): (usize, &String)| Some((place, *found.get(key)?));
        Ok(keys.iter().enumerate().filter_map(of).collect())
    }

    /// How many active users report to each of these, who has the most first; those to whom nobody reports are missing.
    pub fn reports_of(&self, account: AccountId, managers: &[UserId]) -> Result<Vec<(UserId, i64)>> {
        let wanted: HashSet<UserId> = managers.iter().copied().collect();
        let mut reports: BTreeMap<UserId, i64> = BTreeMap::new();
        let sql = "SELECT manager, COUNT(*) FROM users
                   WHERE account = ?1 AND withdrawn = 0 AND status = 'active' AND manager IS NOT NULL GROUP BY manager";
        self.read(|connection| {
            connection.each(sql, params![account.0], |row| {
                let manager = row.text(0)?.parse().ok().filter(|manager| wanted.contains(manager));
                manager.into_iter().try_for_each(|manager| {
                    reports.insert(manager, row.integer(1)?);
                    Ok(())
                })
            })
        })?;
        let mut most: Vec<(UserId, i64)> = reports.into_iter().collect();
        most.sort_by_key(|(user, count)| (-count, *user));
        Ok(most)
    }

    /// The active users who report to a manager, ascending.
    pub fn active_reports(&self, account: AccountId, manager: UserId) -> Result<Vec<UserId>> {
        let sql =
            "SELECT id FROM users WHERE account = ?1 AND withdrawn = 0 AND status = 'active' AND manager = ?2
                   ORDER BY id";
        self.read(|connection| {
            connection.all(sql, params![account.0, &manager.to_string()], |row| user_id(row.integer(0)?))
        })
    }

    /// Hands over every user who has a manager, with the manager.
    pub fn each_managed(
        &self,
        account: AccountId,
        mut take: impl FnMut(UserId, UserId) -> Result<()>,
    ) -> Result<()> {
        self.read(|connection| {
            let sql = "SELECT id, manager FROM users WHERE account = ?1 AND withdrawn = 0 AND manager IS NOT NULL ORDER BY id";
            connection.each(sql, params![account.0], |row| match row.text(1)?.parse() {
                Ok(manager) => take(user_id(row.integer(0)?)?, manager),
                Err(_) => Ok(()),
            })
        })
    }
}

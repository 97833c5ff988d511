//! Matchings that are kept by a name: what the columns of a table are that comes again each month.

use directory::Matching;

use crate::engine::{Result, params};
use crate::{AccountId, Store, Time};

/// So many an account keeps at the most.
const MOST: i64 = 100;

/// A matching that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptMatching {
    /// What it is called.
    pub name: String,
    /// What was said.
    pub matching: Matching,
    /// Who said it last.
    pub actor: String,
    /// When.
    pub at: Time,
}

impl Store {
    /// Those of an account, by name. What a later version kept is passed over.
    ///
    /// # Errors
    /// When the database fails.
    pub fn matchings(&self, account: AccountId) -> Result<Vec<KeptMatching>> {
        let found = self.read(|connection| {
            let sql = "SELECT name, stored, actor, at FROM matching WHERE account = ?1 ORDER BY name";
            connection.all(sql, params![account.0], |row| {
                let matching = Matching::of_stored(row.text(1)?);
                let (name, actor, at) = (row.string(0)?, row.string(2)?, Time(row.integer(3)?));
                Ok(matching.map(|matching| KeptMatching { name, matching, actor, at }))
            })
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The one of this name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn matching(&self, account: AccountId, name: &str) -> Result<Option<KeptMatching>> {
        Ok(self.matchings(account)?.into_iter().find(|kept| kept.name == name))
    }

    /// Keeps one in place of the one that has its name. False when as many are kept as may be.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_matching(&self, account: AccountId, kept: &KeptMatching) -> Result<bool> {
        let stored = kept.matching.stored();
        self.write_directory(|transaction| {
            let sql = "SELECT COUNT(*) FROM matching WHERE account = ?1 AND name <> ?2";
            let others = transaction.one(sql, params![account.0, &kept.name], |row| row.integer(0))?;
            if others.unwrap_or_default() >= MOST {
                return Ok(false);
            }
            transaction.execute(
                "INSERT INTO matching (account, name, stored, actor, at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (account, name) DO UPDATE SET stored = excluded.stored, actor = excluded.actor, at = excluded.at",
                params![account.0, &kept.name, &stored, &kept.actor, kept.at.0],
            )?;
            Ok(true)
        })
    }

    /// Forgets one; nothing happens when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_matching(&self, account: AccountId, name: &str) -> Result<()> {
        self.write_directory(|transaction| {
            let sql = "DELETE FROM matching WHERE account = ?1 AND name = ?2";
            transaction.execute(sql, params![account.0, name]).map(drop)
        })
    }
}

//! What administrators chose for themselves in an account: small texts by name, of which nothing else depends.

use crate::engine::{Result, params};
use crate::{AccountId, Store};

impl Store {
    /// What an administrator chose under a name; none when they never did.
    pub fn preference(&self, administrator: i64, account: AccountId, name: &str) -> Result<Option<String>> {
        let sql = "SELECT value FROM preference WHERE administrator = ?1 AND account = ?2 AND name = ?3";
        self.read(|connection| {
            connection.one(sql, params![administrator, account.0, name], |row| row.string(0))
        })
    }

    /// Keeps what an administrator chose under a name, in place of what they chose before.
    pub fn prefer(&self, administrator: i64, account: AccountId, name: &str, value: &str) -> Result<()> {
        self.write_directory(|transaction| {
            transaction.execute(
                "INSERT INTO preference (administrator, account, name, value) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (administrator, account, name) DO UPDATE SET value = excluded.value",
                params![administrator, account.0, name, value],
            )?;
            Ok(())
        })
    }
}

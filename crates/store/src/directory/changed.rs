//! Who changed after a revision: told by the history while that is little, by the users themselves where it is much.

use directory::{UserId, Users};

use crate::directory::rows::{Slots, USER_COLUMNS, push_user};
use crate::engine::{Result, params};
use crate::ids::user_id;
use crate::{AccountId, Store};

impl Store {
    /// How many users were changed after a revision, up to and with another; who changed twice is counted twice.
    pub fn count_changed(&self, account: AccountId, after: u64, until: u64) -> Result<i64> {
        self.read(|connection| {
            let sql = "SELECT CAST(COALESCE(SUM(users), 0) AS BIGINT) FROM revision
                       WHERE account = ?1 AND revision > ?2 AND revision <= ?3";
            let counted =
                connection.one(sql, params![account.0, after as i64, until as i64], |row| row.integer(0))?;
            Ok(counted.unwrap_or_default())
        })
    }

    /// Who was changed after a revision, up to and with another, ascending. All of them are answered: ask when they are few
    /// ([`Store::count_changed`]).
    pub fn changed_users(&self, account: AccountId, after: u64, until: u64) -> Result<Vec<UserId>> {
        self.read(|connection| {
            connection.all(
                "SELECT DISTINCT user_id FROM history WHERE account = ?1 AND revision > ?2 AND revision <= ?3 ORDER BY user_id",
                params![account.0, after as i64, until as i64],
                |row| user_id(row.integer(0)?),
            )
        })
    }

    /// Those of some users (ascending) who were changed after a revision, withdrawn ones too. The batch is emptied first.
    pub fn changed_among(
        &self,
        account: AccountId,
        ids: &[UserId],
        after: u64,
        users: &mut Users,
    ) -> Result<()> {
        users.clear();
        let slots = Slots::of(users.fields());
        let sql = format!(
            "SELECT {USER_COLUMNS} FROM users WHERE account = ?1 AND revision > ?2 AND id IN ({{these}}) ORDER BY id"
        );
        let numbers: Vec<i64> = ids.iter().map(|id| id.number() as i64).collect();
        self.read(|connection| {
            connection.each_numbered(&sql, params![account.0, after as i64], &numbers, |row| {
                push_user(users, &slots, row)
            })
        })
    }

    /// Whether a definition of a field changed after a revision.
    pub fn have_fields_changed(&self, account: AccountId, after: u64) -> Result<bool> {
        self.read(|connection| {
            let sql =
                "SELECT 1 FROM revision WHERE account = ?1 AND revision > ?2 AND kind = 'fields' LIMIT 1";
            Ok(connection.one(sql, params![account.0, after as i64], |_| Ok(()))?.is_some())
        })
    }
}

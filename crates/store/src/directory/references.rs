//! Who names whom: users by their managers.

use directory::UserId;

use crate::engine::{Result, params};
use crate::ids::user_id;
use crate::{AccountId, Store};

impl Store {
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

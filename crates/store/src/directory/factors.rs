//! Second factors of administrators, their recovery codes, and which accounts ask for one.

use crate::engine::{Connection, Result, params};
use crate::migrations::Part;
use crate::{AccountId, Store, Time};

impl Store {
    /// The secret of an administrator's second factor, if they have one.
    pub fn factor(&self, administrator: i64) -> Result<Option<String>> {
        self.read(|connection| {
            let sql = "SELECT secret FROM factor WHERE administrator = ?1";
            connection.one(sql, params![administrator], |row| row.string(0))
        })
    }

    /// Gives an administrator a second factor with the digests of its recovery codes, in place of the one there was.
    pub fn set_factor(&self, administrator: i64, secret: &str, codes: &[String], at: Time) -> Result<()> {
        self.write_directory(|transaction| {
            remove_in(transaction, administrator)?;
            let sql = "INSERT INTO factor (administrator, secret, created_at) VALUES (?1, ?2, ?3)";
            transaction.execute(sql, params![administrator, secret, at.0])?;
            keep_codes(transaction, administrator, codes)?;
            self.note(transaction, Part::Directory)
        })?;
        self.write_work(|transaction| {
            transaction
                .execute("DELETE FROM factor_step WHERE administrator = ?1", params![administrator])?;
            transaction.execute("DELETE FROM factor_offer WHERE administrator = ?1", params![administrator])
        })?;
        Ok(())
    }

    /// Takes the second factor of an administrator away, with its recovery codes. False when there was none.
    pub fn remove_factor(&self, administrator: i64) -> Result<bool> {
        self.write_directory(|transaction| {
            let removed = remove_in(transaction, administrator)?;
            if removed {
                self.note(transaction, Part::Directory)?;
            }
            Ok(removed)
        })
    }

    /// Uses up a recovery code: whether there was one of this digest.
    pub fn use_recovery_code(&self, administrator: i64, hash: &str) -> Result<bool> {
        self.write_directory(|transaction| {
            let sql = "DELETE FROM recovery_code WHERE administrator = ?1 AND hash = ?2";
            let used = transaction.execute(sql, params![administrator, hash])? == 1;
            if used {
                self.note(transaction, Part::Directory)?;
            }
            Ok(used)
        })
    }

    /// How many recovery codes an administrator has left.
    pub fn recovery_codes(&self, administrator: i64) -> Result<i64> {
        self.read(|connection| {
            let sql = "SELECT COUNT(*) FROM recovery_code WHERE administrator = ?1";
            Ok(connection.one(sql, params![administrator], |row| row.integer(0))?.unwrap_or_default())
        })
    }

    /// Whether an account asks a second factor of everybody who has a role in it.
    pub fn asks_for_factor(&self, account: AccountId) -> Result<bool> {
        self.read(|connection| {
            let sql = "SELECT second_factor FROM account WHERE id = ?1";
            Ok(connection.one(sql, params![account.0], |row| row.flag(0))?.unwrap_or_default())
        })
    }

    /// Says whether an account asks for second factors.
    pub fn ask_for_factor(&self, account: AccountId, asks: bool) -> Result<()> {
        self.write_directory(|transaction| {
            let sql = "UPDATE account SET second_factor = ?2 WHERE id = ?1";
            transaction.execute_exactly(1, sql, params![account.0, asks])?;
            self.note(transaction, Part::Directory)
        })
    }
}

fn remove_in(transaction: &mut Connection, administrator: i64) -> Result<bool> {
    transaction.execute("DELETE FROM recovery_code WHERE administrator = ?1", params![administrator])?;
    Ok(transaction.execute("DELETE FROM factor WHERE administrator = ?1", params![administrator])? == 1)
}

fn keep_codes(transaction: &mut Connection, administrator: i64, codes: &[String]) -> Result<()> {
    codes.iter().try_for_each(|hash| {
        let sql = "INSERT INTO recovery_code (administrator, hash) VALUES (?1, ?2)";
        transaction.execute(sql, params![administrator, hash]).map(drop)
    })
}

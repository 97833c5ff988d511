//! When the index of words (`text_index.rs`) follows the history: whenever somebody has nothing better to do, account by account. On
//! SQLite a process sees by its file whether there is anything to follow, and makes it under a lock of its own; on PostgreSQL one process at a
//! time does, whose turn ends with its transaction.
//!
//! The tables of the index bear the number of its format in their names. Those of another format are dropped, a piece at a time ([`FORMER`]).

use crate::directory::users::text_index::searched;
use crate::engine::{Connection, Durability, Result, params};
use crate::watch::{TURN, WRITTEN, Watching};
use crate::{AccountId, Error, Store};

/// The tables of the format before, each with the one that holds most of its bytes.
const FORMER: [(&str, Option<&str>); 5] = [
    ("users_text_name", Some("users_text_name_data")),
    ("users_text_sign_in", Some("users_text_sign_in_data")),
    ("users_text_created", Some("users_text_created_data")),
    ("users_text_row", None),
    ("users_text_place", None),
];
/// Rows of some kilobytes that are deleted at a time: nobody who writes the work waits longer for it than for a chunk of a plan.
const DELETED: i64 = 1_000;

/// The accounts whose search is behind their directory.
fn behind(connection: &mut Connection) -> Result<Vec<AccountId>> {
    let sql = "SELECT a.id FROM account a LEFT JOIN users_text_2_place p ON p.account = a.id
               WHERE a.removing = 0 AND (p.account IS NULL OR p.revision <> a.revision OR p.user_id <> ?1
                   OR (p.searched <> ?2 AND p.searched NOT LIKE ?3))";
    // Of which fields of its own an account is searched, changes with its revision.
    let in_every = searched(&[]);
    connection.all(sql, params![i64::MAX, &in_every, &format!("{in_every} %")], |row| {
        Ok(AccountId(row.integer(0)?))
    })
}

impl Store {
    /// Brings the search up to date with the directory, about `most` users at a time. True when nothing is left to do. To be called when
    /// there is nothing better to do; searching waits for nobody.
    pub fn refresh_search(&self, most: usize) -> Result<bool> {
        if !self.is_sqlite() {
            return self.refresh_in_turn(most);
        }
        let mut watch = self.search_watch();
        let mut watching = match watch.take() {
            Some(watching) => watching,
            None => Watching { connection: self.connect()?, seen: None },
        };
        let version = watching.version()?;
        let all = watching.seen == version || self.refresh_behind(&mut watching, most)?;
        watching.seen = version.filter(|_| all);
        *watch = Some(watching);
        Ok(all)
    }

    /// The same on PostgreSQL, unless another process is at it: then there is nothing to do here.
    fn refresh_in_turn(&self, most: usize) -> Result<bool> {
        let seen = self.server_watch();
        self.read(|connection| {
            let written = connection.one(WRITTEN, params![], |row| Ok((row.integer(0)?, row.flag(1)?)))?;
            let Some(written) = written.filter(|(version, under_way)| seen.is_new(*version, *under_way))
            else {
                return Ok(true);
            };
            let mut accounts = behind(connection)?;
            let all = accounts.is_empty() || {
                connection.transaction(Durability::Soon, |turn| {
                    turn.batch("SET LOCAL idle_in_transaction_session_timeout = 120000")?;
                    if turn.one(TURN, params![], |_| Ok(()))?.is_none() {
                        return Ok(true);
                    }
                    // Whoever had the turn before may have done it all.
                    accounts = behind(turn)?;
                    self.refresh_these(&accounts, most)
                })?
            };
            seen.saw(written.0, all && accounts.is_empty() && !written.1);
            Ok(all)
        })
    }

    fn refresh_behind(&self, watching: &mut Watching, most: usize) -> Result<bool> {
        if self.forget_former(&mut watching.connection)? {
            return Ok(false);
        }
        self.refresh_these(&behind(&mut watching.connection)?, most)
    }

    fn refresh_these(&self, accounts: &[AccountId], most: usize) -> Result<bool> {
        let (mut left, mut all) = (most, true);
        for account in accounts {
            if left == 0 {
                return Ok(false);
            }
            let (users, last) = match self.of(*account).refresh_search_of(*account, left) {
                // What can't be read of one account keeps the others from nothing.
                Err(Error::Unread(why)) => {
                    tracing::error!(
                        why,
                        "the search of an account does not follow; muster doctor names what can't be read"
                    );
                    continue;
                }
                refreshed => refreshed?,
            };
            left = left.saturating_sub(users);
            all &= last;
        }
        Ok(all)
    }

    /// Deletes a piece of what an index of the format before has left. False when there is nothing of it.
    fn forget_former(&self, connection: &mut Connection) -> Result<bool> {
        let sql = "SELECT 1 FROM work.sqlite_master WHERE name = ?1";
        for (table, most) in FORMER {
            if connection.one(sql, params![table], |_| Ok(()))?.is_none() {
                continue;
            }
            self.write_work_soon(|transaction| {
                let deleted = match most {
                    Some(most) => {
                        let sql = format!("DELETE FROM {most} WHERE id IN (SELECT id FROM {most} LIMIT ?1)");
                        transaction.execute(&sql, params![DELETED])?
                    }
                    None => 0,
                };
                if deleted == 0 { transaction.batch(&format!("DROP TABLE {table}")) } else { Ok(()) }
            })?;
            return Ok(true);
        }
        Ok(false)
    }
}

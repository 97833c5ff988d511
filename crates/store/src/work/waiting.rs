//! What waits for a worker, and where to look for it: in one database among the imports, on a cluster first in the table that says whose
//! imports to ask for (`announced.rs`).

use crate::engine::{Connection, Result, Row, params};
use crate::import::Waiting;
use crate::work::announced::{Announced, announce, announced, withdraw};
use crate::work::imports::{UNFINISHED, void_from};
use crate::{AccountId, ImportId, Store, Time};

/// An apply of so many users is a small one.
const SMALL: i64 = 2_000;
/// So many accounts are asked one by one. Of more, most machines have something to do, and all are asked at once.
const ONE_BY_ONE: usize = 16;

impl Store {
    /// What waits for a worker: of each account the oldest imports, one of each kind ([`Waiting`]).
    ///
    /// # Errors
    /// When the database fails.
    pub fn waiting_imports(&self, now: Time) -> Result<Vec<Waiting>> {
        let (waiting, ended) = self.read(|connection| {
            if connection.is_cluster()? {
                waiting_on_machines(connection, now)
            } else {
                Ok((waiting_in(connection, None, now)?, Vec::new()))
            }
        })?;
        for row in ended {
            self.write_work_soon(|transaction| withdraw(transaction, &row))?;
        }
        Ok(waiting)
    }

    /// Whether imports wait for a worker or are worked on; of a cluster, whether some did a short while ago.
    ///
    /// # Errors
    /// When the database fails.
    pub fn imports_are_under_way(&self) -> Result<bool> {
        if self.read(Connection::is_cluster)? {
            return Ok(!self.read(announced)?.is_empty());
        }
        Ok(self.unfinished_imports()? > 0)
    }

    /// Writes the rows again that got lost (the database was copied to a cluster, or placed on its machines, while imports waited). Asks all
    /// machines, so it is for now and then; nothing but on a cluster.
    ///
    /// # Errors
    /// When the database fails.
    pub fn announce_forgotten(&self) -> Result<()> {
        if !self.read(Connection::is_cluster)? {
            return Ok(());
        }
        let (unfinished, known) =
            self.read(|connection| Ok((accounts_at_work(connection)?, announced(connection)?)))?;
        let is_forgotten = |account: &AccountId| known.iter().all(|row| row.account != *account);
        unfinished
            .into_iter()
            .filter(is_forgotten)
            .try_for_each(|account| self.write_work_soon(|transaction| announce(transaction, account)))
    }
}

/// What waits on a cluster; and of the accounts that are announced those that have nothing unfinished any more.
fn waiting_on_machines(connection: &mut Connection, now: Time) -> Result<(Vec<Waiting>, Vec<Announced>)> {
    let (mut waiting, mut ended) = (Vec::new(), announced(connection)?);
    if ended.len() > ONE_BY_ONE {
        let at_work = accounts_at_work(connection)?;
        ended.retain(|row| !row.is_young(now) && !at_work.contains(&row.account));
        return Ok((waiting_in(connection, None, now)?, ended));
    }
    for row in std::mem::take(&mut ended) {
        let (unfinished, free) = unfinished_of(connection, row.account, now)?;
        if free > 0 {
            waiting.extend(waiting_in(connection, Some(row.account), now)?);
        } else if unfinished == 0 && !row.is_young(now) {
            ended.push(row);
        }
    }
    Ok((waiting, ended))
}

/// The accounts that have an unfinished import. Asks all machines.
fn accounts_at_work(connection: &mut Connection) -> Result<Vec<AccountId>> {
    let sql = format!("SELECT DISTINCT account FROM import WHERE {UNFINISHED}");
    connection.all(&sql, params![], |row| Ok(AccountId(row.integer(0)?)))
}

/// How many imports of an account are unfinished, and how many of them nobody works on.
fn unfinished_of(connection: &mut Connection, account: AccountId, now: Time) -> Result<(i64, i64)> {
    let sql = format!(
        "SELECT COUNT(*), COUNT(CASE WHEN lease_until < ?2 OR lease_until > ?3 THEN id END)
         FROM import WHERE account = ?1 AND {UNFINISHED}"
    );
    let found = connection.one(&sql, params![account.0, now.0, void_from(now).0], |row| {
        Ok((row.integer(0)?, row.integer(1)?))
    })?;
    Ok(found.unwrap_or_default())
}

/// What waits of one account, or of all.
fn waiting_in(connection: &mut Connection, of: Option<AccountId>, now: Time) -> Result<Vec<Waiting>> {
    // A cluster sees by the account on which machine all of it is.
    let (of_account, its) = if of.is_some() { ("i.account = ?4 AND", "?4") } else { ("", "i.account") };
    // A file of one part; the undo of a small import; a form.
    let sql = format!(
        "SELECT account, MIN(id), CAST(small AS BIGINT), CAST(applying AS BIGINT) FROM
             (SELECT i.account, i.id, CASE WHEN i.state = 'applying' THEN 1 ELSE 0 END AS applying,
                     CASE WHEN i.kind = 'form' THEN 1
                          WHEN i.state = 'applying' THEN CASE WHEN i.users_to_edit + i.users_to_create <= ?2 THEN 1 ELSE 0 END
                          WHEN i.stage = 'fixing' THEN 0
                          WHEN i.kind = 'undo' THEN
                              (SELECT CASE WHEN COALESCE(MAX(u.users_to_edit + u.users_to_create), 0) <= ?2 THEN 1 ELSE 0 END
                               FROM import u WHERE u.account = {its} AND u.id = i.undoes)
                          WHEN EXISTS (SELECT 1 FROM upload u WHERE u.account = {its} AND u.import = i.id AND u.part > 0) THEN 0
                          ELSE 1 END AS small
              FROM import i WHERE {of_account} {UNFINISHED} AND (lease_until < ?1 OR lease_until > ?3)) waits
         GROUP BY account, small, applying"
    );
    let (first, last) = (now.0, void_from(now).0);
    let of_row = |row: &Row<'_>| {
        Ok(Waiting {
            account: AccountId(row.integer(0)?),
            import: ImportId::of_number(row.integer(1)?),
            small: row.integer(2)? == 1,
            applying: row.integer(3)? == 1,
        })
    };
    match of {
        Some(account) => connection.all(&sql, params![first, SMALL, last, account.0], of_row),
        None => connection.all(&sql, params![first, SMALL, last], of_row),
    }
}

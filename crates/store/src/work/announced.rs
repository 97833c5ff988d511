//! The table that says, on a cluster of Citus, which accounts have an import that waits for a worker or is worked on. Imports are on all machines there,
//! and who looks for work several times a second must not ask all: the table is on one. A row is written in the transaction that makes an
//! import wait, and stays until somebody finds nothing unfinished of its account; so an import whose worker died is found by it, too. In any
//! other database the table is empty.

use crate::engine::{Connection, Result, params};
use crate::{AccountId, Time};

/// By this key all rows of the table are on one machine.
const IMPORT: &str = "import";
/// A row that was written within so many milliseconds stays: its transaction ends on one machine a little before it does on another.
const YOUNG: i64 = 10_000;

/// A row of the table.
pub(crate) struct Announced {
    pub(crate) account: AccountId,
    since: i64,
}

impl Announced {
    /// Whether it was written a moment ago.
    pub(crate) fn is_young(&self, now: Time) -> bool {
        self.since > now.0 - YOUNG
    }
}

/// Says that an import of an account waits for a worker from this transaction on. Nothing is written but on a cluster.
pub(crate) fn announce(transaction: &mut Connection, account: AccountId) -> Result<()> {
    if !transaction.is_cluster()? {
        return Ok(());
    }
    let time = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
    let now = transaction.one(time, params![], |row| row.integer(0))?;
    // Each time is another one: who is about to delete the row sees that it was written again.
    let sql = "INSERT INTO waiting (key, account, since) VALUES (?1, ?2, ?3)
               ON CONFLICT (key, account) DO UPDATE SET since = GREATEST(excluded.since, waiting.since + 1)";
    transaction.execute(sql, params![IMPORT, account.0, now]).map(drop)
}

/// The accounts whose imports wait or are worked on, on a cluster; with those whose last one ended since.
pub(crate) fn announced(connection: &mut Connection) -> Result<Vec<Announced>> {
    let sql = "SELECT account, since FROM waiting WHERE key = ?1";
    connection.all(sql, params![IMPORT], |row| {
        Ok(Announced { account: AccountId(row.integer(0)?), since: row.integer(1)? })
    })
}

/// Deletes a row, if it was not written again since.
pub(crate) fn withdraw(transaction: &mut Connection, row: &Announced) -> Result<()> {
    let sql = "DELETE FROM waiting WHERE key = ?1 AND account = ?2 AND since = ?3";
    transaction.execute(sql, params![IMPORT, row.account.0, row.since]).map(drop)
}

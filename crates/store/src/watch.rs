//! Whether a database was written, told without reading anything in it.

use std::sync::{Mutex, MutexGuard};

use crate::engine::{Connection, Result, params};
use crate::locks::locked;

/// Sees whether the directory was written since all searches were up to date: by a number that SQLite keeps of each file for every
/// connection. So nothing else is read while nothing happens, however many accounts there are.
#[derive(Default)]
pub(crate) struct Watch(Mutex<Option<Watching>>);

/// What it sees with: a connection of its own, and what it saw last.
pub(crate) struct Watching {
    pub(crate) connection: Connection,
    pub(crate) seen: Option<i64>,
}

impl Watch {
    pub(crate) fn take(&self) -> MutexGuard<'_, Option<Watching>> {
        locked(&self.0)
    }
}

impl Watching {
    pub(crate) fn version(&mut self) -> Result<Option<i64>> {
        self.connection.one("PRAGMA main.data_version", params![], |row| row.integer(0))
    }
}

/// What PostgreSQL says of that: the number that the next transaction which writes will have, and whether one is under way.
pub(crate) const WRITTEN: &str =
    "SELECT txid_snapshot_xmax(n.now), CAST(CASE WHEN txid_snapshot_xmin(n.now) < txid_snapshot_xmax(n.now) THEN 1 ELSE 0 END AS BIGINT)
     FROM (SELECT txid_current_snapshot() AS now) n";

/// Whose turn it is to bring searches up to date: one process's at a time, until its transaction ends. The number is the letters `found`.
pub(crate) const TURN: &str = "SELECT 1 WHERE pg_try_advisory_xact_lock(439956631140)";

/// The same of PostgreSQL. Of rows that lie on other machines its number tells nothing: now and then it is looked anyway.
#[derive(Default)]
pub(crate) struct ServerWatch(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    version: Option<i64>,
    skipped: u32,
}

/// So many looks are left out at the most.
const SKIPPED: u32 = 100;

impl ServerWatch {
    /// Whether something may have been written since all searches were up to date.
    pub(crate) fn is_new(&self, version: i64, under_way: bool) -> bool {
        let mut seen = locked(&self.0);
        let is_new = under_way || seen.version != Some(version) || seen.skipped >= SKIPPED;
        seen.skipped = if is_new { 0 } else { seen.skipped + 1 };
        is_new
    }

    /// Keeps whether all searches were up to date when this was the number.
    pub(crate) fn saw(&self, version: i64, all: bool) {
        locked(&self.0).version = Some(version).filter(|_| all);
    }
}

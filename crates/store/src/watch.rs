//! Whether a file of SQLite was written, told without reading anything in it.

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

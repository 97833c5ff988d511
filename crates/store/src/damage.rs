//! Whether the pages of SQLite's files are whole. A damaged one can lose rows without any statement failing.

use std::path::Path;
use std::sync::Arc;

use crate::engine::{Connection, Result, Use, params};
use crate::store::Store;

/// Findings that are told; one is reason enough not to trust the rest.
const TOLD: usize = 5;
const CACHE_KIB: u32 = 2 * 1024;

impl Store {
    /// Looks at every page of both files, as SQLite's `quick_check` does: seconds for a million users. Nobody waits for it, and it sees one
    /// state of them. Answers what is damaged, in its words; nothing of PostgreSQL, which has tools of its own.
    ///
    /// # Errors
    /// When the files can't be read at all.
    pub fn damaged_pages(&self) -> Result<Vec<String>> {
        if !self.is_sqlite() {
            return Ok(Vec::new());
        }
        // A connection of its own, whose cache others have no use for.
        damaged_in(&mut self.connect()?)
    }
}

/// The same of one file that nobody uses, such as a copy.
///
/// # Errors
/// When it can't be read at all.
pub fn damaged_pages_of(file: &Path) -> Result<Vec<String>> {
    damaged_in(&mut Connection::sqlite(file, Use::Read, CACHE_KIB, &Arc::default())?)
}

fn damaged_in(connection: &mut Connection) -> Result<Vec<String>> {
    let sql = format!("PRAGMA quick_check({TOLD})");
    let mut found = connection.all(&sql, params![], |row| row.string(0))?;
    found.retain(|line| line != "ok");
    Ok(found)
}

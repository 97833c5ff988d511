//! Whether the pages of SQLite's files are whole, or the tables and indexes of PostgreSQL. A damaged one can lose rows without any statement
//! failing.

use std::path::Path;
use std::sync::Arc;

use crate::engine::{Connection, Error, Result, Use, params};
use crate::store::Store;

/// Findings that are told; one is reason enough not to trust the rest.
const TOLD: usize = 5;
const CACHE_KIB: u32 = 2 * 1024;

impl Store {
    /// Looks at every page of both files, as SQLite's `quick_check` does: seconds for a million users. Nobody waits for it, and it sees one
    /// state of them. Answers what is damaged, in its words; nothing of PostgreSQL, which has tools of its own ([`Store::examine`] asks one).
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

    /// Looks whether the tables of PostgreSQL can be read page by page, and whether each index has all rows of its table in their order, by its
    /// extension `amcheck`: where that is, and may be used. Who writes is not waited for.
    ///
    /// # Errors
    /// When the database can't be asked.
    pub(crate) fn damaged_relations(&self) -> Result<Vec<String>> {
        if self.unlooked()?.is_some() || self.is_sqlite() {
            return Ok(Vec::new());
        }
        self.read(|connection| {
            let mut found = Vec::new();
            for name in connection.all(RELATIONS, params![], |row| row.string(0))? {
                let (kind, name) = name.split_at(1);
                let (check, told) = if kind == "r" { (HEAP, "table") } else { (INDEX, "index") };
                match connection.all(check, params![name], |row| row.string(0)) {
                    Ok(lines) => found.extend(
                        lines
                            .iter()
                            .filter(|line| !line.is_empty())
                            .map(|line| format!("{told} {name}: {line}")),
                    ),
                    // What it says of an index it says as a failure.
                    Err(Error::Failed(words)) => found.push(format!("{told} {name}: {words}")),
                    Err(error) => return Err(error),
                }
                if found.len() >= TOLD {
                    break;
                }
            }
            Ok(found)
        })
    }

    /// What an examination does not look at, and why; none when it looks at everything.
    ///
    /// # Errors
    /// When the database can't be asked.
    pub fn unlooked(&self) -> Result<Option<Unlooked>> {
        if self.is_sqlite() {
            return Ok(None);
        }
        self.read(|connection| {
            let sql = "SELECT CAST(1 AS BIGINT) FROM pg_extension WHERE extname = 'amcheck'";
            if connection.one(sql, params![], |_| Ok(()))?.is_none() {
                return Ok(Some(Unlooked::NoAmcheck));
            }
            let sql = "SELECT CAST(1 AS BIGINT) WHERE has_function_privilege('bt_index_check(regclass, boolean)', 'EXECUTE')
                         AND has_function_privilege('verify_heapam(regclass, boolean, boolean, text, bigint, bigint)', 'EXECUTE')";
            let may = connection.one(sql, params![], |_| Ok(()))?.is_some();
            Ok((!may).then_some(Unlooked::Forbidden))
        })
    }
}

/// Why the pages of PostgreSQL's tables and indexes are not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlooked {
    /// The database does not have the extension `amcheck`.
    NoAmcheck,
    /// The role may not use it.
    Forbidden,
}

/// Tables (`r` and the name) and indexes in order (`i` and the name).
const RELATIONS: &str = "SELECT c.relkind::text || c.relname::text FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am a ON a.oid = c.relam
    WHERE n.nspname = current_schema() AND a.amname IN ('heap', 'btree') AND c.relkind IN ('r', 'i') ORDER BY 1 DESC";
const HEAP: &str = "SELECT 'page ' || v.blkno || ': ' || v.msg FROM verify_heapam(to_regclass(?1), on_error_stop := true) v LIMIT 1";
const INDEX: &str = "SELECT CAST(bt_index_check(to_regclass(?1), true) AS TEXT)";

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

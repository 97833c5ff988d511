//! The pages of a file of SQLite, copied as one reader sees them.

use std::path::Path;

use rusqlite::backup::{Backup, StepResult};

use super::{Connection, Driver, Error, Result};

/// Pages that are copied at once: 8 MiB.
const PAGES: i32 = 1_024;

impl Connection {
    /// Copies the pages of a file (`main`, or the name under which it is attached) into a new one. Within a transaction they are those of
    /// its moment, whatever is written meanwhile.
    ///
    /// # Errors
    /// When the new file can't be written, or this is no SQLite.
    pub(crate) fn copy_pages(&mut self, name: &str, to: &Path) -> Result<()> {
        let Driver::Sqlite(connection) = &self.driver else {
            return Err(Error::Failed("only a file can be copied".to_owned()));
        };
        let mut copy = rusqlite::Connection::open(to)?;
        // It is synced once, at the end, by whoever asked for it.
        copy.execute_batch("PRAGMA synchronous = OFF")?;
        {
            let pages = Backup::new_with_names(connection, name, &mut copy, "main")?;
            while pages.step(PAGES)? != StepResult::Done {}
        }
        copy.close().map_err(|(_, error)| error)?;
        Ok(())
    }
}

//! What people say of an import for others to read: why it was made.

use std::collections::HashMap;

use crate::engine::{Result, params};
use crate::{AccountId, ImportId, Store};

impl Store {
    /// What people say of these imports, of those that have a note.
    pub fn notes_of(&self, account: AccountId, imports: &[ImportId]) -> Result<HashMap<ImportId, String>> {
        let numbers: Vec<i64> = imports.iter().map(|import| import.number()).collect();
        let mut notes = HashMap::new();
        let sql = "SELECT id, note FROM import WHERE account = ?1 AND note IS NOT NULL AND id IN ({these})";
        self.read(|connection| {
            connection.each_among(sql, params![account.0], &numbers, |row| {
                notes.insert(ImportId::of_number(row.integer(0)?), row.string(1)?);
                Ok(())
            })
        })?;
        Ok(notes)
    }

    /// Keeps what people say of an import for others to read: why it was made. Nothing takes the note away.
    pub fn note_import(&self, account: AccountId, id: ImportId, note: Option<&str>) -> Result<()> {
        self.write_work(|transaction| {
            let sql = "UPDATE import SET note = ?3 WHERE account = ?1 AND id = ?2";
            transaction.execute(sql, params![account.0, id.number(), note])?;
            Ok(())
        })
    }
}

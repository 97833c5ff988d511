//! Imports that change some users of another import back: whom, and which imports do so of one.

use directory::UserId;

use crate::engine::{Param, Result, params};
use crate::ids::user_id;
use crate::import::NewImport;
use crate::work::imports::{COLUMNS, begin_in, import_of};
use crate::{AccountId, Error, Import, ImportId, Store};

impl Store {
    /// Begins an import that changes these users (ascending, each once) back to what they were before another. False when its identity is
    /// taken.
    ///
    /// # Errors
    /// [`Error::DoneBefore`] over a handle of a request that came before ([`Store::once`]).
    pub fn begin_changing_back(
        &self,
        account: AccountId,
        new: &NewImport,
        of: ImportId,
        users: &[UserId],
    ) -> Result<bool> {
        let mut values: Vec<Param<'_>> = Vec::with_capacity(users.len() * 3);
        for user in users {
            values.extend_from_slice(params![account.0, new.id.number(), user.number() as i64]);
        }
        let begun = self.act(account, new.id, |transaction| {
            begin_in(transaction, account, new)?;
            self.note_where(transaction, account, new.id)?;
            // What a rule is called is kept as it was, for readers of every language.
            let sql = "UPDATE import SET changes_back = ?3,
                              file_name = (SELECT o.file_name FROM import o WHERE o.account = ?1 AND o.id = ?3)
                       WHERE account = ?1 AND id = ?2";
            transaction.execute_exactly(1, sql, params![account.0, new.id.number(), of.number()])?;
            transaction.insert_all("changed_back (account, import, user_id)", 3, "", &values)?;
            Ok(Some(()))
        });
        match begun {
            Err(Error::Taken) => Ok(false),
            other => other.map(|_| true),
        }
    }

    /// The users whom an import changes back, after a number, ascending.
    pub fn users_to_change_back(
        &self,
        account: AccountId,
        import: ImportId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<UserId>> {
        let sql = "SELECT user_id FROM changed_back WHERE account = ?1 AND import = ?2 AND user_id > ?3
                   ORDER BY user_id LIMIT ?4";
        self.read(|connection| {
            connection.all(sql, params![account.0, import.number(), after as i64, limit as i64], |row| {
                user_id(row.integer(0)?)
            })
        })
    }

    /// The imports that have changed some users of another back and that were not undone themselves, oldest first.
    pub fn imports_changing_back(&self, account: AccountId, of: ImportId) -> Result<Vec<Import>> {
        let found = self.read(|connection| {
            let sql = format!(
                "{COLUMNS} WHERE i.account = ?1 AND i.changes_back = ?2 AND i.changes_back IS NOT NULL AND i.applied IS NOT NULL ORDER BY i.id"
            );
            connection.all(&sql, params![account.0, of.number()], import_of)
        })?;
        Ok(found.into_iter().filter(|import| import.undone_by.is_none()).collect())
    }
}

//! Lists of users that somebody saved by a name: what was searched for, its filters, its order and its columns, for themselves or for everybody
//! of the account. What they mean, the pages know; here they are texts.

use crate::engine::{Connection, Result, Row, params};
use crate::{AccountId, Store};

/// So many of each person, and so many for everybody, an account has at the most.
pub const SAVED_MOST: i64 = 50;

/// A list that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its number in the account.
    pub id: i64,
    /// The administrator whose it is; none when it is everybody's.
    pub owner: Option<i64>,
    /// What it is called.
    pub name: String,
    /// Its query, as it stands in the address of the list, without a place.
    pub query: String,
    /// Its columns, as words with spaces between them.
    pub columns: String,
}

/// What came of the wish to keep one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedAs {
    /// A new one, of this number.
    New(i64),
    /// One of this name was there, and is this now.
    Renewed(i64),
    /// There are as many as there may be.
    TooMany,
}

const COLUMNS: &str = "SELECT id, administrator, name, query, columns FROM saved_search WHERE account = ?1";

fn of_row(row: &Row<'_>) -> Result<SavedSearch> {
    Ok(SavedSearch {
        id: row.integer(0)?,
        owner: Some(row.integer(1)?).filter(|owner| *owner > 0),
        name: row.string(2)?,
        query: row.string(3)?,
        columns: row.string(4)?,
    })
}

impl Store {
    /// Those that an administrator sees in an account: their own and everybody's, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn saved_searches(&self, account: AccountId, administrator: i64) -> Result<Vec<SavedSearch>> {
        let sql = format!("{COLUMNS} AND administrator IN (0, ?2) ORDER BY administrator, name, id");
        let mut found =
            self.read(|connection| connection.all(&sql, params![account.0, administrator], of_row))?;
        found.sort_by_cached_key(|saved| saved.name.to_lowercase());
        Ok(found)
    }

    /// One of those that an administrator sees.
    ///
    /// # Errors
    /// When the database fails.
    pub fn saved_search(
        &self,
        account: AccountId,
        administrator: i64,
        id: i64,
    ) -> Result<Option<SavedSearch>> {
        let sql = format!("{COLUMNS} AND administrator IN (0, ?2) AND id = ?3");
        self.read(|connection| connection.one(&sql, params![account.0, administrator, id], of_row))
    }

    /// Keeps one under its name, in place of the one of this name that its owner has. `new.id` is the number of a new one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn save_search(&self, account: AccountId, new: &SavedSearch) -> Result<SavedAs> {
        let owner = new.owner.unwrap_or(0);
        self.write_directory(|transaction| {
            let sql = "SELECT id FROM saved_search WHERE account = ?1 AND administrator = ?2 AND name = ?3";
            let named = params![account.0, owner, &new.name];
            if let Some(id) = transaction.one(sql, named, |row| row.integer(0))? {
                let sql = "UPDATE saved_search SET query = ?3, columns = ?4 WHERE account = ?1 AND id = ?2";
                transaction.execute(sql, params![account.0, id, &new.query, &new.columns])?;
                return Ok(SavedAs::Renewed(id));
            }
            if count_of(transaction, account, owner)? >= SAVED_MOST {
                return Ok(SavedAs::TooMany);
            }
            transaction.execute(
                "INSERT INTO saved_search (account, id, administrator, name, query, columns) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![account.0, new.id, owner, &new.name, &new.query, &new.columns],
            )?;
            Ok(SavedAs::New(new.id))
        })
    }

    /// Calls one otherwise. False when there is none, or another of its owner is called so.
    ///
    /// # Errors
    /// When the database fails.
    pub fn rename_search(&self, account: AccountId, id: i64, name: &str) -> Result<bool> {
        self.write_directory(|transaction| {
            let changed = transaction.execute(
                "UPDATE saved_search SET name = ?3 WHERE account = ?1 AND id = ?2 AND NOT EXISTS
                     (SELECT 1 FROM saved_search o WHERE o.account = saved_search.account
                          AND o.administrator = saved_search.administrator AND o.name = ?3 AND o.id <> saved_search.id)",
                params![account.0, id, name],
            )?;
            Ok(changed == 1)
        })
    }

    /// Removes one; nothing happens when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn remove_search(&self, account: AccountId, id: i64) -> Result<()> {
        self.write_directory(|transaction| {
            let sql = "DELETE FROM saved_search WHERE account = ?1 AND id = ?2";
            transaction.execute(sql, params![account.0, id]).map(drop)
        })
    }
}

fn count_of(transaction: &mut Connection, account: AccountId, owner: i64) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM saved_search WHERE account = ?1 AND administrator = ?2";
    Ok(transaction.one(sql, params![account.0, owner], |row| row.integer(0))?.unwrap_or_default())
}

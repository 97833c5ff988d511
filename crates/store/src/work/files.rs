//! The files of an import: the first, and those that were added to it in review. A file that comes later is a step like a fix: it can
//! be undone, and the files that count are read again.

use crate::engine::{Error, Result, params};
use crate::migrations::Part;
use crate::quotas::take_room;
use crate::work::fix_steps::{forget_undone, read_again};
use crate::work::plan::holds;
use crate::{AccountId, ImportId, Lease, Store, Time};

/// What a further file does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileMode {
    /// Its rows replace those of the same identity.
    Add,
    /// It takes the place of all files before.
    Replace,
}

impl FileMode {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Replace => "replace",
        }
    }

    /// The meaning of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Add, Self::Replace].into_iter().find(|mode| mode.word() == word)
    }
}

/// A file of an import that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedFile {
    /// Its number, from 1.
    pub number: u16,
    /// The step with which it came; 0 for the first. Fixes that are older do not touch its rows.
    pub step: i64,
    /// Its name; none for the first, whose name the import has.
    pub name: Option<String>,
}

/// A file that is to be added to an import in review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FurtherFile {
    /// The number that was taken for it.
    pub number: u16,
    /// What it does.
    pub mode: FileMode,
    /// Its name.
    pub name: String,
    /// Who sends it.
    pub actor: String,
    /// When.
    pub at: Time,
}

impl Store {
    /// Takes the number of a further file. None when the import is not one of a file, not in review, or has had too many.
    pub fn take_file_number(&self, account: AccountId, import: ImportId) -> Result<Option<u16>> {
        const MOST: i64 = 1_000;
        let taken = self.write_work(|transaction| {
            transaction.one(
                "UPDATE import SET files = files + 1 WHERE account = ?1 AND id = ?2 AND kind = 'file' AND state = 'review' AND files < ?3
                 RETURNING files",
                params![account.0, import.number(), MOST],
                |row| row.integer(0),
            )
        })?;
        Ok(taken.and_then(|number| u16::try_from(number).ok()))
    }

    /// Makes a file whose parts are kept a step of the import, and has its files read again. False when the import is no longer in
    /// review.
    ///
    /// # Errors
    /// [`Error::OverQuota`] when the account has no room for the file.
    pub fn add_file(&self, account: AccountId, import: ImportId, file: &FurtherFile) -> Result<bool> {
        let mosts = self.mosts(account)?;
        let added = self.act(account, import, |transaction| {
            let sql = "SELECT plan FROM import WHERE account = ?1 AND id = ?2";
            let plan = transaction.one(sql, params![account.0, import.number()], |row| row.integer(0))?;
            let Some(plan) = plan else { return Ok(None) };
            if !read_again(transaction, account, import, plan)? {
                return Ok(None);
            }
            take_room(transaction, &mosts, (account, import, i64::from(file.number)), false)?;
            forget_undone(transaction, account, import)?;
            transaction.execute(
                "INSERT INTO fix (account, import, step, place, field, kind, value, actor, at)
                 VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8)",
                params![
                    account.0,
                    import.number(),
                    plan + 1,
                    i64::from(file.number),
                    file.mode.word(),
                    &file.name,
                    &file.actor,
                    file.at.0
                ],
            )?;
            self.note_with(transaction, Part::Work, &[("import", import.to_string())])?;
            Ok(Some(()))
        })?;
        Ok(added.is_some())
    }

    /// Forgets the parts of a further file that was not added.
    pub fn forget_file(&self, account: AccountId, import: ImportId, number: u16) -> Result<()> {
        self.held_uploads().let_go(account, import, Some(number));
        self.write_work(|transaction| {
            let file = params![account.0, import.number(), i64::from(number)];
            let sql = "DELETE FROM upload WHERE account = ?1 AND import = ?2 AND file = ?3";
            transaction.execute(sql, file)?;
            let sql = "DELETE FROM upload_size WHERE account = ?1 AND import = ?2 AND file = ?3";
            transaction.execute(sql, file)?;
            Ok(())
        })
    }

    /// The files of an import that count, in the order in which they came.
    pub fn files(&self, account: AccountId, import: ImportId) -> Result<Vec<CountedFile>> {
        let steps = self.read(|connection| {
            connection.all(
                "SELECT step, field, kind, value FROM fix
                 WHERE account = ?1 AND import = ?2 AND place = 0 AND undone = 0 AND kind IN ('add', 'replace') ORDER BY step",
                params![account.0, import.number()],
                |row| {
                    let number = u16::try_from(row.integer(1)?);
                    let number = number.map_err(|_| Error::Failed("the number of a file".to_owned()))?;
                    let file = CountedFile { number, step: row.integer(0)?, name: row.maybe_string(3)? };
                    Ok((FileMode::of_word(row.text(2)?), file))
                },
            )
        })?;
        let mut files = vec![CountedFile { number: 1, step: 0, name: None }];
        for (mode, file) in steps {
            if mode == Some(FileMode::Replace) {
                files.clear();
            }
            files.push(file);
        }
        Ok(files)
    }

    /// Drops the file that came last, and every step after it, because it can't be read; answers its name. None when only the first
    /// is left, or the lease was lost.
    pub fn refuse_last_file(&self, lease: &Lease) -> Result<Option<String>> {
        let (account, import) = (lease.account.0, lease.import.number());
        self.write_work(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(None);
            }
            let last = transaction.one(
                "SELECT step, value FROM fix WHERE account = ?1 AND import = ?2 AND place = 0 AND undone = 0
                     AND kind IN ('add', 'replace') ORDER BY step DESC LIMIT 1",
                params![account, import],
                |row| Ok((row.integer(0)?, row.string(1)?)),
            )?;
            let Some((step, name)) = last else { return Ok(None) };
            let sql = "DELETE FROM fix WHERE account = ?1 AND import = ?2 AND step >= ?3";
            transaction.execute(sql, params![account, import, step])?;
            Ok(Some(name))
        })
    }
}

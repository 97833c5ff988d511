//! Quotas: what an organisation may have at most is set, told and enforced here, for pages, REST and the command line alike: in the
//! transaction that writes what is counted.

use directory::{Allowance, Quota, standard};

use crate::engine::{Connection, Error, Result, params};
use crate::migrations::Part;
use crate::{AccountId, ImportId, Store};

/// How much an account may have of each.
pub(crate) struct Mosts([i64; Quota::ALL.len()]);

impl Mosts {
    fn of(&self, quota: Quota) -> i64 {
        let of_all = Quota::ALL.into_iter().zip(self.0);
        of_all.into_iter().find(|(of, _)| *of == quota).map_or(0, |(_, most)| most)
    }

    fn allowance(&self, quota: Quota, used: i64) -> Allowance {
        Allowance { quota, used, most: self.of(quota) }
    }
}

impl Store {
    /// Says how much an account may have; nothing said takes back what was said.
    ///
    /// # Errors
    /// When the store fails.
    pub fn set_quota(&self, account: AccountId, quota: Quota, most: Option<i64>) -> Result<()> {
        self.write_directory(|transaction| {
            let sql = "DELETE FROM quota WHERE account = ?1 AND quota = ?2";
            transaction.execute(sql, params![account.0, quota.word()])?;
            self.note(transaction, Part::Directory)?;
            let Some(most) = most else { return Ok(()) };
            let sql = "INSERT INTO quota (account, quota, most) VALUES (?1, ?2, ?3)";
            transaction.execute_exactly(1, sql, params![account.0, quota.word(), most])
        })
    }

    /// How much an account has of all that is counted, and may have.
    ///
    /// # Errors
    /// When the store fails.
    pub fn allowances(&self, account: AccountId) -> Result<Vec<Allowance>> {
        self.read(|connection| {
            let mosts = mosts_in(connection, account)?;
            let [uploads, bytes] = kept_in(connection, account)?;
            let used = [
                (Quota::Uploads, uploads),
                (Quota::Bytes, bytes),
                (Quota::Waiting, waiting_in(connection, account)?),
                (Quota::Users, users_in(connection, account)?),
                (Quota::Fields, fields_in(connection, account)?),
            ];
            Ok(used.into_iter().map(|(quota, used)| mosts.allowance(quota, used)).collect())
        })
    }

    /// The bytes that the account keeps and may keep, before a file comes; `begins` when it begins an import. Asked before it comes, so that nobody sends in
    /// vain; what counts is asked again when all of it is there.
    ///
    /// # Errors
    /// [`Error::OverQuota`] when there is no room for another.
    pub fn room_for_upload(&self, account: AccountId, begins: bool) -> Result<Allowance> {
        self.read(|connection| {
            let mosts = mosts_in(connection, account)?;
            let [uploads, bytes] = kept_in(connection, account)?;
            check(mosts.allowance(Quota::Uploads, uploads), 1)?;
            if begins {
                check(mosts.allowance(Quota::Waiting, waiting_in(connection, account)?), 1)?;
            }
            let bytes = mosts.allowance(Quota::Bytes, bytes);
            check(bytes, 1)?;
            Ok(bytes)
        })
    }

    /// The account's users, when so many more are beyond what it may have.
    ///
    /// # Errors
    /// When the store fails.
    pub fn users_beyond(&self, account: AccountId, more: i64) -> Result<Option<Allowance>> {
        if more <= 0 {
            return Ok(None);
        }
        self.read(|connection| beyond_users_in(connection, account, more))
    }

    /// How much an account may have, read before the transaction that keeps to it: on SQLite the work does not see the directory.
    pub(crate) fn mosts(&self, account: AccountId) -> Result<Mosts> {
        self.read(|connection| mosts_in(connection, account))
    }
}

/// Takes room for a file all parts of which are there; and for the import that it begins, if it does.
///
/// # Errors
/// [`Error::OverQuota`] when there is none.
pub(crate) fn take_room(
    transaction: &mut Connection,
    mosts: &Mosts,
    (account, import, file): (AccountId, ImportId, i64),
    begins: bool,
) -> Result<()> {
    begin_taking(transaction, account)?;
    let [uploads, bytes] = kept_in(transaction, account)?;
    check(mosts.allowance(Quota::Uploads, uploads), 1)?;
    if begins {
        check(mosts.allowance(Quota::Waiting, waiting_in(transaction, account)?), 1)?;
    }
    let of_file = params![account.0, import.number(), file];
    let sql = "SELECT SUM(LENGTH(bytes)) FROM upload WHERE account = ?1 AND import = ?2 AND file = ?3";
    let more = transaction.one(sql, of_file, |row| row.integer(0))?.unwrap_or_default();
    check(mosts.allowance(Quota::Bytes, bytes), more)?;
    let sql = "INSERT INTO upload_size (account, import, file, bytes) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (account, import, file) DO UPDATE SET bytes = excluded.bytes";
    transaction.execute_exactly(1, sql, params![account.0, import.number(), file, more])
}

/// Takes a place among the imports that wait, for one whose files are kept already.
///
/// # Errors
/// [`Error::OverQuota`] when there is none.
pub(crate) fn take_turn(transaction: &mut Connection, mosts: &Mosts, account: AccountId) -> Result<()> {
    begin_taking(transaction, account)?;
    check(mosts.allowance(Quota::Waiting, waiting_in(transaction, account)?), 1)
}

/// Whoever comes at the same moment waits here until this transaction has ended.
fn begin_taking(transaction: &mut Connection, account: AccountId) -> Result<()> {
    transaction.execute(
        "INSERT INTO taking_room (account, times) VALUES (?1, 1)
         ON CONFLICT (account) DO UPDATE SET times = taking_room.times + 1",
        params![account.0],
    )?;
    Ok(())
}

/// The account's users, when so many more are beyond what it may have; for a transaction that has the account's row, so that nobody comes
/// between.
pub(crate) fn beyond_users_in(
    connection: &mut Connection,
    account: AccountId,
    more: i64,
) -> Result<Option<Allowance>> {
    let mosts = mosts_in(connection, account)?;
    let users = mosts.allowance(Quota::Users, users_in(connection, account)?);
    Ok((!users.has_room(more)).then_some(users))
}

/// Refuses a field beyond those that an account may have.
///
/// # Errors
/// [`Error::OverQuota`] when it has as many.
pub(crate) fn check_fields(transaction: &mut Connection, account: AccountId) -> Result<()> {
    let mosts = mosts_in(transaction, account)?;
    check(mosts.allowance(Quota::Fields, fields_in(transaction, account)?), 1)
}

fn check(allowance: Allowance, more: i64) -> Result<()> {
    if allowance.has_room(more) { Ok(()) } else { Err(Error::OverQuota(allowance)) }
}

fn mosts_in(connection: &mut Connection, account: AccountId) -> Result<Mosts> {
    let sql = "SELECT quota, most FROM quota WHERE account = ?1";
    let said = connection.all(sql, params![account.0], |row| Ok((row.string(0)?, row.integer(1)?)))?;
    let most = |quota: Quota| {
        said.iter().find(|(word, _)| word == quota.word()).map_or(quota.usual(), |(_, most)| *most)
    };
    Ok(Mosts(Quota::ALL.map(most)))
}

/// How many files the account keeps, and their bytes.
fn kept_in(connection: &mut Connection, account: AccountId) -> Result<[i64; 2]> {
    let sql = "SELECT COUNT(*), CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM upload_size WHERE account = ?1";
    let kept = connection.one(sql, params![account.0], |row| Ok([row.integer(0)?, row.integer(1)?]))?;
    Ok(kept.unwrap_or_default())
}

fn waiting_in(connection: &mut Connection, account: AccountId) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM import
               WHERE account = ?1 AND kind = 'file' AND (state = 'reading' OR state = 'review' OR state = 'applying')";
    let matching = "SELECT COUNT(*) FROM import WHERE account = ?1 AND state = 'matching'";
    let count =
        |connection: &mut Connection, sql| connection.one(sql, params![account.0], |row| row.integer(0));
    let waiting = count(connection, sql)?.unwrap_or_default();
    Ok(waiting + count(connection, matching)?.unwrap_or_default())
}

fn users_in(connection: &mut Connection, account: AccountId) -> Result<i64> {
    let sql = "SELECT users FROM account WHERE id = ?1";
    Ok(connection.one(sql, params![account.0], |row| row.integer(0))?.unwrap_or_default())
}

fn fields_in(connection: &mut Connection, account: AccountId) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM field f WHERE f.account = ?1 AND f.number >= ?2 AND f.retired = 0
                   AND f.revision = (SELECT MAX(g.revision) FROM field g WHERE g.account = ?1 AND g.number = f.number)";
    let first = i64::from(standard::FIRST_CUSTOM.0);
    Ok(connection.one(sql, params![account.0, first], |row| row.integer(0))?.unwrap_or_default())
}

//! The row of a revision, the one place that writes it. It keeps what the revision was: the lineage of the database that made it, a mark,
//! and a digest over its changes and over the digest of the row before, so that nobody alters the past without a trace.
//!
//! A change is hashed with a salt of its own, and so is who made the revision. Who erases a person deletes the values and the salts and keeps
//! the hashes: nothing can be guessed from those, and the digests stay what they are. The chain begins with the account, or at the revision that the
//! account had when its database learned to keep one; the digest of that row is random.

use directory::{OwnPast, Shown};
use sha2::{Digest, Sha256};

use crate::engine::{Connection, Result, Row, params};
use crate::ids::LETTERS;
use crate::randomness::Randomness;
use crate::{AccountId, ImportId, Store, Time};

/// A revision that is being written, or was.
pub(crate) struct Revision {
    pub(crate) number: i64,
    pub(crate) kind: String,
    pub(crate) actor: String,
    pub(crate) import: Option<ImportId>,
    pub(crate) undoes: Option<ImportId>,
    pub(crate) users: i64,
    pub(crate) cells: i64,
    pub(crate) at: Time,
    /// The salted hashes of all its changes by user and field, one after the other, where whoever wrote them has kept them.
    pub(crate) hashes: Option<Vec<u8>>,
}

impl Revision {
    /// One that is of no import and changes no user.
    pub(crate) fn plain(number: i64, kind: &str, actor: &str, at: Time) -> Self {
        let (kind, actor) = (kind.to_owned(), actor.to_owned());
        Self { number, kind, actor, import: None, undoes: None, users: 0, cells: 0, at, hashes: None }
    }
}

/// What the chain of an account's revisions comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The revision at which it begins: what is later is proved.
    pub from: u64,
    /// Its last revision.
    pub revision: u64,
    /// The digest of that: as long as it can be shown to be of the past, nothing before it was altered.
    pub digest: String,
    /// The first revision that is not what its digest says; none when all are.
    pub altered: Option<u64>,
}

/// Writes the row of a revision whose history and fields are written. All of them are in the order of revisions: the row of the account
/// is locked until the transaction ends.
pub(crate) fn write(
    transaction: &mut Connection,
    account: AccountId,
    revision: &Revision,
    randomness: &Randomness,
) -> Result<()> {
    let salt: [u8; 16] = randomness.bytes();
    let actor = Some(hash_of_actor(&salt, &revision.actor));
    let before = digest_at(transaction, account, revision.number - 1)?.unwrap_or_default();
    let lineage = transaction.one("SELECT lineage FROM deployment", params![], |row| row.string(0))?;
    let lineage = lineage.unwrap_or_default();
    let digest = digest(transaction, account, (revision, actor), (&lineage, &before))?;
    transaction.execute(
        "INSERT INTO revision (account, revision, kind, actor, import, undoes, users, cells, at, lineage, mark, digest,
                               actor_salt)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            account.0,
            revision.number,
            &revision.kind,
            &revision.actor,
            revision.import.map(ImportId::number),
            revision.undoes.map(ImportId::number),
            revision.users,
            revision.cells,
            revision.at.0,
            &lineage,
            &mark_of(&digest),
            &hexadecimal(&digest),
            &salt[..]
        ],
    )?;
    Ok(())
}

/// Begins the chain of an account at the revision that it has, whose changes no digest tells.
pub(crate) fn begin(transaction: &mut Connection, account: AccountId, randomness: &Randomness) -> Result<()> {
    transaction.execute(
        "INSERT INTO revision (account, revision, kind, actor, users, cells, at)
         SELECT id, 0, 'account', 'muster', 0, 0, created_at FROM account WHERE id = ?1 AND revision = 0
         ON CONFLICT DO NOTHING",
        params![account.0],
    )?;
    let digest: [u8; 32] = randomness.bytes();
    let sql = "UPDATE revision SET lineage = (SELECT lineage FROM deployment), mark = ?2, digest = ?3
               WHERE account = ?1 AND revision = (SELECT revision FROM account WHERE id = ?1) AND digest IS NULL";
    transaction.execute(sql, params![account.0, &mark_of(&digest), &hexadecimal(&digest)])?;
    Ok(())
}

fn digest_at(connection: &mut Connection, account: AccountId, revision: i64) -> Result<Option<String>> {
    let sql = "SELECT digest FROM revision WHERE account = ?1 AND revision = ?2";
    Ok(connection.one(sql, params![account.0, revision], |row| row.maybe_string(0))?.flatten())
}

/// The digest of a revision over the one before: its row, the fields that it defines, its changes by user and field.
fn digest(
    connection: &mut Connection,
    account: AccountId,
    (revision, actor): (&Revision, Option<[u8; 32]>),
    (lineage, before): (&str, &str),
) -> Result<[u8; 32]> {
    let mut sum = Sum::default();
    sum.text(Some(before));
    sum.text(Some(lineage));
    sum.numbers(&[account.0, revision.number, revision.users, revision.cells, revision.at.0]);
    sum.text(Some(&revision.kind));
    match actor {
        Some(hash) => sum.0.update(hash),
        None => sum.text(Some(&revision.actor)),
    }
    sum.numbers(&[revision.import, revision.undoes].map(|import| import.map_or(-1, ImportId::number)));
    let of_revision = params![account.0, revision.number];
    let fields = "SELECT number, position, required, only_once, read_only, retired, max_length, key, title, kind, pattern, choices, searched
                  FROM field WHERE account = ?1 AND revision = ?2 ORDER BY number";
    connection.each(fields, of_revision, |row| {
        for column in 0..7 {
            sum.number(row.maybe_integer(column)?.unwrap_or(-1));
        }
        for column in 7..12 {
            sum.text(row.maybe_text(column)?);
        }
        // What was written before there was this mark has the digest that it had.
        if row.flag(12)? {
            sum.text(Some("searched"));
        }
        Ok(())
    })?;
    if let Some(hashes) = &revision.hashes {
        sum.0.update(hashes);
        return Ok(sum.0.finalize().into());
    }
    let changes =
        "SELECT user_id, field, before, after, salt, hash FROM history WHERE account = ?1 AND revision = ?2
                   ORDER BY user_id, field";
    connection.each(changes, of_revision, |row| {
        sum.0.update(hash_of(row)?);
        Ok(())
    })?;
    Ok(sum.0.finalize().into())
}

/// The salted hash of a change; of a person who was erased, the one that was kept.
fn hash_of(row: &Row<'_>) -> Result<[u8; 32]> {
    if let Ok(kept) = row.bytes(5)?.try_into() {
        return Ok(kept);
    }
    let of = (row.integer(0)?, row.integer(1)?);
    Ok(hash_of_change(row.bytes(4)?, of, [row.maybe_text(2)?, row.maybe_text(3)?]))
}

/// The salted hash of a change: of which user and field, and the values before and after.
pub(crate) fn hash_of_change(salt: &[u8], (user, field): (i64, i64), values: [Option<&str>; 2]) -> [u8; 32] {
    let mut sum = Sum::default();
    sum.0.update(salt);
    sum.numbers(&[user, field]);
    values.into_iter().for_each(|value| sum.text(value));
    sum.0.finalize().into()
}

/// The hash of a change that is to stay when its values and its salt go: of columns as [`digest`] reads them.
pub(crate) fn hash_kept(row: &Row<'_>) -> Result<[u8; 32]> {
    hash_of(row)
}

/// The salted hash of who made a revision.
fn hash_of_actor(salt: &[u8], actor: &str) -> [u8; 32] {
    let mut sum = Sum::default();
    sum.0.update(salt);
    sum.text(Some(actor));
    sum.0.finalize().into()
}

/// The hash of who made a kept revision: the one that was kept of a person who was erased, else the salted one; none where the digest is over
/// the name itself, as it was written first.
fn kept_hash_of_actor(row: &Row<'_>, actor: &str) -> Result<Option<[u8; 32]>> {
    if let Ok(kept) = row.bytes(12)?.try_into() {
        return Ok(Some(kept));
    }
    let salt = row.bytes(11)?;
    Ok((!salt.is_empty()).then(|| hash_of_actor(salt, actor)))
}

/// A SHA-256 over values that can't run into each other.
#[derive(Default)]
struct Sum(Sha256);

impl Sum {
    fn number(&mut self, number: i64) {
        self.0.update(number.to_le_bytes());
    }

    fn numbers(&mut self, numbers: &[i64]) {
        numbers.iter().for_each(|number| self.number(*number));
    }

    /// The length in bytes, then the text; -1 for nothing.
    fn text(&mut self, text: Option<&str>) {
        self.number(text.map_or(-1, |text| text.len() as i64));
        self.0.update(text.unwrap_or_default());
    }
}

/// The mark of a revision: its digest as far as four characters tell it.
fn mark_of(digest: &[u8; 32]) -> String {
    digest.iter().take(4).map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect()
}

fn hexadecimal(digest: &[u8; 32]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Store {
    /// What a download says of the revision that it shows: its number, the lineage of the database that made it, and its mark; none when a
    /// program wrote it that knew no marks.
    ///
    /// # Errors
    /// When the store fails.
    pub fn shown(&self, account: AccountId, revision: u64) -> Result<Shown> {
        let number = revision.min(i64::MAX as u64) as i64;
        self.read(|connection| {
            let sql = "SELECT lineage, mark FROM revision WHERE account = ?1 AND revision = ?2";
            let of_row = |row: &Row<'_>| Ok((row.maybe_string(0)?, row.maybe_string(1)?));
            let (lineage, mark) =
                connection.one(sql, params![account.0, number], of_row)?.unwrap_or_default();
            let lineage = match lineage {
                Some(lineage) => lineage,
                None => connection
                    .one("SELECT lineage FROM deployment", params![], |row| row.string(0))?
                    .unwrap_or_default(),
            };
            Ok(Shown { number: revision, lineage, mark })
        })
    }

    /// What is kept of the revision that a download names, and where the account's chain begins.
    pub fn own_past(&self, account: AccountId, revision: u64) -> Result<OwnPast> {
        self.read(|connection| {
            let sql = "SELECT lineage, mark FROM revision WHERE account = ?1 AND revision = ?2 AND mark IS NOT NULL";
            let number = revision.min(i64::MAX as u64) as i64;
            let state =
                connection.one(sql, params![account.0, number], |row| Ok((row.string(0)?, row.string(1)?)))?;
            let sql = "SELECT revision, lineage FROM revision WHERE account = ?1 AND mark IS NOT NULL ORDER BY revision LIMIT 1";
            let begins =
                connection.one(sql, params![account.0], |row| Ok((row.integer(0)? as u64, row.string(1)?)))?;
            Ok(OwnPast { state, begins, put_back: None })
        })
    }

    /// Reads all that the chain of an account is over, and tells whether it is as it was written. What is applied meanwhile is not
    /// looked at.
    pub fn verify_chain(&self, account: AccountId) -> Result<Chain> {
        self.read(|connection| {
            let last = "SELECT revision FROM account WHERE id = ?1";
            let last = connection.one(last, params![account.0], |row| row.integer(0))?.unwrap_or_default();
            let kept = kept_revisions(connection, account, last)?;
            let from = kept.first().map_or(last, |first| first.revision.number);
            let mut before = String::new();
            for (number, kept) in (from..).zip(&kept) {
                if number > from {
                    let told =
                        digest(connection, account, (&kept.revision, kept.actor), (&kept.lineage, &before))?;
                    let is_so = kept.digest == hexadecimal(&told) && kept.mark == mark_of(&told);
                    if !is_so || kept.revision.number != number {
                        return Ok(chain(from, last, &kept.digest, Some(number)));
                    }
                }
                before.clone_from(&kept.digest);
            }
            let missing = from + kept.len() as i64;
            Ok(chain(from, last, &before, (missing <= last).then_some(missing)))
        })
    }

    /// The digest that is kept of a revision; none when there is no such revision, or it was made before there were any.
    pub fn digest_of_revision(&self, account: AccountId, revision: u64) -> Result<Option<String>> {
        self.read(|connection| digest_at(connection, account, revision.min(i64::MAX as u64) as i64))
    }
}

fn chain(from: i64, revision: i64, digest: &str, altered: Option<i64>) -> Chain {
    let altered = altered.map(|number| number as u64);
    Chain { from: from as u64, revision: revision as u64, digest: digest.to_owned(), altered }
}

/// A revision with what its row keeps to prove it.
struct KeptRevision {
    revision: Revision,
    actor: Option<[u8; 32]>,
    lineage: String,
    mark: String,
    digest: String,
}

/// The revisions of a chain from its first one, in their order.
fn kept_revisions(connection: &mut Connection, account: AccountId, last: i64) -> Result<Vec<KeptRevision>> {
    let sql =
        "SELECT revision, kind, actor, import, undoes, users, cells, at, lineage, mark, digest, actor_salt, actor_hash
         FROM revision
               WHERE account = ?1 AND revision <= ?2 AND revision >=
                   (SELECT MIN(f.revision) FROM revision f WHERE f.account = ?1 AND f.digest IS NOT NULL)
               ORDER BY revision";
    connection.all(sql, params![account.0, last], |row| {
        let actor = row.string(2)?;
        Ok(KeptRevision {
            actor: kept_hash_of_actor(row, &actor)?,
            revision: Revision {
                number: row.integer(0)?,
                kind: row.string(1)?,
                actor,
                import: row.maybe_integer(3)?.map(ImportId::of_number),
                undoes: row.maybe_integer(4)?.map(ImportId::of_number),
                users: row.integer(5)?,
                cells: row.integer(6)?,
                at: Time(row.integer(7)?),
                hashes: None,
            },
            lineage: row.string(8)?,
            mark: row.string(9)?,
            digest: row.string(10)?,
        })
    })
}

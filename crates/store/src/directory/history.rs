//! Reading the history: what one user went through, what changed after a revision, what one import changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use directory::{Change, FieldNumber, UserId, standard};

use crate::directory::revisions::hash_of_change;
use crate::engine::{Connection, Error, Result, Row, params};
use crate::ids::user_id;
use crate::randomness::Randomness;
use crate::texts::{Span, Texts};
use crate::{AccountId, ImportId, ListPlace, Page, PageStart, Store, Time, WrittenSum};

/// One change of one field of a user, as people are told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The revision.
    pub revision: u64,
    /// The field; [`directory::standard::USER`] for a creation, a withdrawal or a return.
    pub field: FieldNumber,
    /// The stored form before.
    pub before: Option<String>,
    /// The stored form after.
    pub after: Option<String>,
    /// Who did it.
    pub actor: String,
    /// By what kind of change: `file`, `undo`, `form`, ...
    pub kind: String,
    /// In which import, if in one.
    pub import: Option<ImportId>,
    /// When.
    pub at: Time,
}

/// One change, as a merge needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastCell {
    /// The user.
    pub user: UserId,
    /// The field.
    pub field: FieldNumber,
    /// The revision.
    pub revision: u64,
    /// The stored form before.
    pub before: Option<String>,
    /// The stored form after.
    pub after: Option<String>,
}

fn past_cell(row: &Row<'_>) -> Result<PastCell> {
    Ok(PastCell {
        user: user_id(row.integer(0)?)?,
        field: FieldNumber(row.integer(1)? as u32),
        revision: row.integer(2)? as u64,
        before: row.maybe_string(3)?,
        after: row.maybe_string(4)?,
    })
}

const ENTRY: &str = "SELECT h.revision, h.field, h.before, h.after, r.actor, r.kind, r.import, r.at";
const ENTRY_FROM: &str =
    "FROM history h JOIN revision r ON r.account = h.account AND r.revision = h.revision AND h.hash IS NULL";

fn entry_of(row: &Row<'_>) -> Result<HistoryEntry> {
    Ok(HistoryEntry {
        revision: row.integer(0)? as u64,
        field: FieldNumber(row.integer(1)? as u32),
        before: row.maybe_string(2)?,
        after: row.maybe_string(3)?,
        actor: row.string(4)?,
        kind: row.string(5)?,
        import: row.maybe_integer(6)?.map(ImportId::of_number),
        at: Time(row.integer(7)?),
    })
}

/// What people who were erased went through has no values, and is passed over.
const PAST: &str = "SELECT user_id, field, revision, before, after FROM history WHERE hash IS NULL AND";

// The plus before an account keeps SQLite from walking the whole history after a revision, by the primary key, for one user's part.
impl Store {
    /// What a user went through, newest first, at most `limit` entries before a revision.
    pub fn history_of(
        &self,
        account: AccountId,
        user: UserId,
        before: u64,
        limit: u32,
    ) -> Result<Vec<HistoryEntry>> {
        self.read(|connection| {
            connection.all(
                &format!(
                    "{ENTRY} {ENTRY_FROM} WHERE +h.account = ?1 AND h.user_id = ?2 AND h.revision < ?3
                     ORDER BY h.revision DESC, h.field LIMIT ?4"
                ),
                params![
                    account.0,
                    user.number() as i64,
                    before.min(i64::MAX as u64) as i64,
                    i64::from(limit)
                ],
                entry_of,
            )
        })
    }

    /// Every value that a user has had in some fields, each once, that of today as well.
    ///
    /// # Errors
    /// When the database fails, or says of a creation what nobody wrote.
    pub fn values_ever(
        &self,
        account: AccountId,
        user: UserId,
        fields: &[FieldNumber],
    ) -> Result<BTreeSet<String>> {
        let mut values = BTreeSet::new();
        for PastCell { field, before, after, .. } in self.changes_of(account, &[user], 0)? {
            if fields.contains(&field) {
                values.extend(before.into_iter().chain(after));
            } else if field == standard::USER
                && let Some(all) = after.filter(|after| after.starts_with('{'))
            {
                let all: BTreeMap<u32, String> =
                    serde_json::from_str(&all).map_err(|error| Error::Failed(error.to_string()))?;
                values.extend(
                    all.into_iter()
                        .filter(|(of, _)| fields.contains(&FieldNumber(*of)))
                        .map(|(_, value)| value),
                );
            }
        }
        Ok(values)
    }

    /// What changed after a revision for these users (ascending), ordered by user, field and revision.
    pub fn changes_of(&self, account: AccountId, users: &[UserId], after: u64) -> Result<Vec<PastCell>> {
        let sql = format!(
            "{PAST} +account = ?1 AND revision > ?2 AND user_id IN ({{these}}) ORDER BY user_id, field, revision"
        );
        let numbers: Vec<i64> = users.iter().map(|user| user.number() as i64).collect();
        let mut found = Vec::new();
        self.read(|connection| {
            connection.each_numbered(&sql, params![account.0, after as i64], &numbers, |row| {
                found.push(past_cell(row)?);
                Ok(())
            })
        })?;
        Ok(found)
    }

    /// Hands over what changed after a revision for these users (ascending): the cell, the revision, and what stood there before, of each user in
    /// the order in which it came. What came in its place is not asked for.
    pub fn each_change_since(
        &self,
        account: AccountId,
        users: &[UserId],
        after: u64,
        mut take: impl FnMut((UserId, FieldNumber), u64, Option<&str>),
    ) -> Result<()> {
        let sql = "SELECT user_id, field, revision, before FROM history
                   WHERE hash IS NULL AND +account = ?1 AND revision > ?2 AND user_id IN ({these}) ORDER BY user_id, revision";
        let numbers: Vec<i64> = users.iter().map(|user| user.number() as i64).collect();
        self.read(|connection| {
            connection.each_numbered(sql, params![account.0, after as i64], &numbers, |row| {
                let cell = (user_id(row.integer(0)?)?, FieldNumber(row.integer(1)? as u32));
                take(cell, row.integer(2)? as u64, row.maybe_text(3)?);
                Ok(())
            })
        })
    }

    /// Hands over every change after a revision, up to and with another, in the order of revision, user, field.
    pub fn each_change_after(
        &self,
        account: AccountId,
        after: u64,
        until: u64,
        mut take: impl FnMut(PastCell) -> Result<()>,
    ) -> Result<()> {
        let sql = format!(
            "{PAST} account = ?1 AND revision > ?2 AND revision <= ?3 ORDER BY revision, user_id, field"
        );
        self.read(|connection| {
            connection.each(&sql, params![account.0, after as i64, until as i64], |row| take(past_cell(row)?))
        })
    }

    /// Hands over every change of the users whose numbers are after one and up to another, user by user, in the order in which they came.
    pub(crate) fn each_change_of_range(
        &self,
        account: AccountId,
        (after, last): (u64, u64),
        mut take: impl FnMut(PastCell) -> Result<()>,
    ) -> Result<()> {
        let sql = format!(
            "{PAST} +account = ?1 AND user_id > ?2 AND user_id <= ?3 ORDER BY user_id, revision, field"
        );
        self.read(|connection| {
            connection.each(&sql, params![account.0, after as i64, last as i64], |row| take(past_cell(row)?))
        })
    }

    /// Of the users whose numbers are after one and up to another, those who were erased.
    pub(crate) fn erased_in_range(
        &self,
        account: AccountId,
        (after, last): (u64, u64),
    ) -> Result<BTreeSet<UserId>> {
        let sql = "SELECT DISTINCT user_id FROM history
                   WHERE +account = ?1 AND user_id > ?2 AND user_id <= ?3 AND hash IS NOT NULL";
        let range = params![account.0, after as i64, last as i64];
        let erased = self.read(|connection| connection.all(sql, range, |row| user_id(row.integer(0)?)))?;
        Ok(erased.into_iter().collect())
    }

    /// What one revision changed, at most `limit` cells after a place (user number and field), in the order of user and field.
    pub fn changes_at(
        &self,
        account: AccountId,
        revision: u64,
        after: (u64, u32),
        limit: usize,
    ) -> Result<Vec<PastCell>> {
        let sql = format!(
            "{PAST} account = ?1 AND revision = ?2 AND (user_id > ?3 OR (user_id = ?3 AND field > ?4))
             ORDER BY user_id, field LIMIT ?5"
        );
        let (user, field) = (after.0 as i64, i64::from(after.1));
        self.read(|connection| {
            connection.all(&sql, params![account.0, revision as i64, user, field, limit as i64], past_cell)
        })
    }

    /// What one revision changed of these users (ascending), in the order of user and field.
    pub fn changes_at_of(
        &self,
        account: AccountId,
        revision: u64,
        users: &[UserId],
    ) -> Result<Vec<PastCell>> {
        let sql = format!(
            "{PAST} account = ?1 AND revision = ?2 AND user_id IN ({{these}}) ORDER BY user_id, field"
        );
        let numbers: Vec<i64> = users.iter().map(|user| user.number() as i64).collect();
        let mut found = Vec::new();
        self.read(|connection| {
            connection.each_among(&sql, params![account.0, revision as i64], &numbers, |row| {
                found.push(past_cell(row)?);
                Ok(())
            })
        })?;
        // Many are read in several pieces.
        found.sort_by_key(|cell| (cell.user, cell.field));
        Ok(found)
    }

    /// The last change after a revision of each cell of some users: who made it, by what kind of change, in which import, and when.
    pub fn last_changes(
        &self,
        account: AccountId,
        users: &[UserId],
        after: u64,
    ) -> Result<HashMap<(UserId, FieldNumber), HistoryEntry>> {
        let sql = format!(
            "{ENTRY}, h.user_id {ENTRY_FROM} WHERE +h.account = ?1 AND h.revision > ?2 AND h.user_id IN ({{these}}) ORDER BY h.revision"
        );
        let numbers: Vec<i64> = users.iter().map(|user| user.number() as i64).collect();
        let mut last = HashMap::new();
        self.read(|connection| {
            connection.each_among(&sql, params![account.0, after as i64], &numbers, |row| {
                let entry = entry_of(row)?;
                // The later comes after the earlier, and takes its place.
                last.insert((user_id(row.integer(8)?)?, entry.field), entry);
                Ok(())
            })
        })?;
        Ok(last)
    }

    /// When a revision was made.
    pub fn made_at(&self, account: AccountId, revision: u64) -> Result<Option<Time>> {
        self.read(|connection| {
            let sql = "SELECT at FROM revision WHERE account = ?1 AND revision = ?2";
            connection.one(sql, params![account.0, revision as i64], |row| Ok(Time(row.integer(0)?)))
        })
    }

    /// The revisions after one: number, kind and actor of each.
    pub fn revisions_after(&self, account: AccountId, after: u64) -> Result<Vec<(u64, String, String)>> {
        self.read(|connection| {
            connection.all(
                "SELECT revision, kind, actor FROM revision WHERE account = ?1 AND revision > ?2 ORDER BY revision",
                params![account.0, after as i64],
                |row| Ok((row.integer(0)? as u64, row.string(1)?, row.string(2)?)),
            )
        })
    }

    /// A page of what one revision changed, in the order of user and field.
    pub fn changes_page(
        &self,
        account: AccountId,
        revision: u64,
        from: PageStart,
        limit: u32,
    ) -> Result<Page<PastCell>> {
        let (sign, place, direction) = from.walk();
        let (user, field) = place.map_or((0, -1), ListPlace::user_and_field);
        let sql = format!(
            "{PAST} account = ?1 AND revision = ?2 AND (user_id, field) {sign} (?3, ?4)
             ORDER BY user_id {direction}, field {direction} LIMIT ?5"
        );
        let found = self.read(|connection| {
            let params = params![account.0, revision as i64, user, field, i64::from(limit) + 1];
            connection.all(&sql, params, past_cell)
        })?;
        Ok(Page::of(found, from, limit, |cell| ListPlace::of_change(cell.user, cell.field)))
    }

    /// What one revision changed, added up by field and value: of its first `most` cells. Creations and withdrawals are not among it.
    pub fn changed_sums(&self, account: AccountId, revision: u64, most: u32) -> Result<Vec<WrittenSum>> {
        let sql = "SELECT w.field, w.after, COUNT(*), COUNT(DISTINCT w.before), MIN(w.before) FROM
                       (SELECT field, before, after FROM history WHERE account = ?1 AND revision = ?2 AND field > 0 AND hash IS NULL
                        ORDER BY user_id, field LIMIT ?3) w
                   GROUP BY w.field, w.after ORDER BY w.field, 3 DESC, w.after";
        let params = params![account.0, revision as i64, i64::from(most)];
        self.read(|connection| connection.all(sql, params, WrittenSum::of_row))
    }

    /// The revision that an import became, if it was applied.
    pub fn applied_revision(&self, account: AccountId, import: ImportId) -> Result<Option<AppliedRevision>> {
        self.read(|connection| applied_in(connection, account, import))
    }
}

/// What the revision row of an import says: the proof that it was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppliedRevision {
    /// The revision.
    pub revision: u64,
    /// How many users it changed.
    pub users: i64,
    /// How many cells.
    pub cells: i64,
    /// When.
    pub at: Time,
}

pub(crate) fn applied_in(
    connection: &mut Connection,
    account: AccountId,
    import: ImportId,
) -> Result<Option<AppliedRevision>> {
    connection.one(
        "SELECT revision, users, cells, at FROM revision WHERE account = ?1 AND import = ?2",
        params![account.0, import.number()],
        |row| {
            Ok(AppliedRevision {
                revision: row.integer(0)? as u64,
                users: row.integer(1)?,
                cells: row.integer(2)?,
                at: Time(row.integer(3)?),
            })
        },
    )
}

/// Changes of users that are written down many together: their texts are kept in one piece of memory until then.
pub(crate) struct NewHistory {
    randomness: Randomness,
    texts: Texts,
    changes: Vec<(UserId, FieldNumber, Span, Span)>,
    hashes: HashesInOrder,
}

impl NewHistory {
    /// The bytes of a salt.
    const SALT: usize = 16;
    /// Salts that are made together.
    const SALTS: usize = 512;

    /// For a transaction; each change gets a salt of this randomness.
    pub(crate) fn new(randomness: &Randomness) -> Self {
        Self {
            randomness: randomness.clone(),
            texts: Texts::default(),
            changes: Vec::new(),
            hashes: HashesInOrder { last: (0, 0), hashes: Some(Vec::new()) },
        }
    }

    /// Where its salts come from.
    pub(crate) fn randomness(&self) -> &Randomness {
        &self.randomness
    }

    /// Keeps one change, and writes down what was kept when it is enough.
    pub(crate) fn push(
        &mut self,
        transaction: &mut Connection,
        (account, user, revision): (AccountId, UserId, i64),
        change: &Change<'_>,
    ) -> Result<()> {
        let (before, after) = (self.texts.keep(change.before), self.texts.keep(change.after));
        self.changes.push((user, change.field, before, after));
        if self.changes.len() < transaction.at_once() {
            Ok(())
        } else {
            self.write(transaction, account, revision)
        }
    }

    /// Writes down what was kept.
    pub(crate) fn write(
        &mut self,
        transaction: &mut Connection,
        account: AccountId,
        revision: i64,
    ) -> Result<()> {
        let mut values = Vec::with_capacity(self.changes.len() * 7);
        let mut salts = Vec::with_capacity(self.changes.len() * Self::SALT);
        for _ in self.changes.chunks(Self::SALTS) {
            salts.extend_from_slice(&self.randomness.bytes::<{ Self::SALTS * Self::SALT }>());
        }
        for ((user, field, before, after), salt) in self.changes.iter().zip(salts.chunks(Self::SALT)) {
            let (before, after) = (self.texts.get(*before), self.texts.get(*after));
            self.hashes.push(salt, (user.number() as i64, i64::from(field.0)), [before, after]);
            values.extend_from_slice(params![
                account.0,
                revision,
                user.number() as i64,
                i64::from(field.0),
                before,
                after,
                salt
            ]);
        }
        transaction.insert_all(
            "history (account, revision, user_id, field, before, after, salt)",
            7,
            "",
            &values,
        )?;
        self.texts.clear();
        self.changes.clear();
        Ok(())
    }

    /// The hashes of all that was written down, for the digest of the revision; none when it has to read them itself.
    pub(crate) fn take_hashes(&mut self) -> Option<Vec<u8>> {
        self.hashes.hashes.take()
    }
}

/// The salted hashes of changes, as long as these come by user and field and are not too many: then nobody reads again what was just written.
struct HashesInOrder {
    last: (i64, i64),
    hashes: Option<Vec<u8>>,
}

impl HashesInOrder {
    /// Bytes of them that are kept in memory.
    const MOST: usize = 8 << 20;

    fn push(&mut self, salt: &[u8], of: (i64, i64), values: [Option<&str>; 2]) {
        // PostgreSQL keeps another sign for a NUL.
        let is_kept = !values.iter().flatten().any(|value| value.contains('\0'));
        match &mut self.hashes {
            Some(hashes) if is_kept && self.last < of && hashes.len() < Self::MOST => {
                hashes.extend_from_slice(&hash_of_change(salt, of, values));
                self.last = of;
            }
            hashes => *hashes = None,
        }
    }
}

//! The index of words behind a search, on both databases: for every three letters of names, sign-ins and further texts the entries that have them
//! (`letters.rs`), and the orders of the users page (`stretches.rs`). An entry is what was known of a user when it was put in: a user who
//! changed gets a new one, at the end, and the one before is no longer present; so a change of a user writes where changes before it wrote.
//! The index lies in the file of the work, so that no edit of the directory waits for it: it follows the history, which tells whose
//! texts changed. It is derived: it may be deleted, and is then made again.
//! Whose turn that is, `following.rs` says.

use std::collections::{BTreeMap, HashMap};

use directory::{Claim, FieldNumber, Kind};

use crate::directory::fields::fields_in;
use crate::directory::users::letters::{EntrySet, TOGETHER, letters_in};
use crate::directory::users::query::{SEARCHED, Sort, further_text};
use crate::directory::users::stretches::{self, ENTRIES, ENTRY, Placed, Stretch};
use crate::engine::{Connection, Param, Result, params};
use crate::together::{numbers_json, wanted_in};
use crate::{AccountId, Error, Store};

/// The table of letters, and how statements call it.
pub(crate) const LETTERS: (&str, &str) = ("users_text_2_letters", "l");

impl Store {
    /// Reads the index and the users as they are at one moment.
    pub(crate) fn read_as_one<T>(&self, work: impl FnMut(&mut Connection) -> Result<T>) -> Result<T> {
        self.read(|connection| connection.at_one_moment(work))
    }

    /// Answers how many users were put in, and whether no more are to be.
    pub(crate) fn refresh_search_of(&self, account: AccountId, most: usize) -> Result<(usize, bool)> {
        let mut batch = self.read_as_one(|connection| Batch::read(connection, account, most))?;
        let moved = self.forget_beginnings(account, &batch)?
            || (!batch.last && self.lay_out(account, &batch.from)?);
        if moved {
            batch = self.read_as_one(|connection| Batch::read(connection, account, most))?;
        }
        let written = self.write_batch(account, &batch)?;
        Ok((batch.entries.len(), batch.last && written))
    }

    /// Brings the index up to date when less than `most` users are missing; else it is left as it is, for somebody waits. True when it
    /// is up to date.
    pub(crate) fn is_search_ready(&self, account: AccountId, most: usize) -> Result<bool> {
        const TRIES: usize = 3;
        for _ in 0..TRIES {
            let batch = self.read_as_one(|connection| Batch::read(connection, account, most))?;
            if !batch.last {
                return Ok(false);
            }
            match self.write_batch(account, &batch) {
                Ok(true) => return Ok(true),
                // Where nothing can be written, users are looked through without it.
                Err(Error::OnlyReads) => return Ok(false),
                written => drop(written?),
            }
        }
        Ok(false)
    }

    /// False when another thread was quicker: nothing was written then.
    fn write_batch(&self, account: AccountId, batch: &Batch) -> Result<bool> {
        if batch.until == batch.from {
            return Ok(true);
        }
        self.write_work_soon(|transaction| batch.write(transaction, account))
    }

    /// Cuts the orders of an account anew when it has so many more users that each stretch would be cut in two again and again. True when
    /// that was done.
    fn lay_out(&self, account: AccountId, from: &Place) -> Result<bool> {
        let sql = "SELECT users FROM account WHERE id = ?1";
        let users = self.read(|connection| connection.one(sql, params![account.0], |row| row.integer(0)))?;
        let users = users.unwrap_or_default();
        if users < from.laid_out.saturating_mul(2).max(1) {
            return Ok(false);
        }
        let stretches = self.read_as_one(|connection| stretches::laid_out(connection, account))?;
        self.write_work_soon(|transaction| {
            let is_first = from.write(transaction, account, &Place { laid_out: users, ..from.clone() })?;
            if is_first {
                stretches::write_all(transaction, account, &stretches)?;
            }
            Ok(is_first)
        })
    }

    /// Lets no stretch begin with the name of somebody who is gone: what is left of who was erased is no name. True when one did.
    fn forget_beginnings(&self, account: AccountId, batch: &Batch) -> Result<bool> {
        let gone = batch.entries.iter().filter(|(_, entry)| entry.is_none()).map(|(user, _)| *user);
        let gone: Vec<i64> = gone.collect();
        let begins = |connection: &mut Connection| stretches::begin_with(connection, account, &gone);
        if gone.is_empty() || self.read(begins)?.is_empty() {
            return Ok(false);
        }
        self.write_work_soon(|transaction| {
            // Who read the stretches before has to read them again.
            let sql = "UPDATE users_text_2_place SET writes = writes + 1 WHERE account = ?1";
            transaction.execute(sql, params![account.0])?;
            stretches::join_those_of(transaction, account, &gone)
        })?;
        Ok(true)
    }
}

/// How far the index of an account has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Place {
    /// A revision and a user in it: everything up to it is in the index.
    revision: i64,
    user: i64,
    /// The fields whose texts were put in beside name and sign-in.
    searched: String,
    next_entry: i64,
    /// For how many users the orders were cut.
    laid_out: i64,
    /// Counts the writes: who read before another one wrote has to read again.
    writes: i64,
}

impl Place {
    fn read(connection: &mut Connection, account: AccountId) -> Result<Self> {
        let sql = "SELECT revision, user_id, searched, next_entry, laid_out, writes FROM users_text_2_place WHERE account = ?1";
        let place = connection.one(sql, params![account.0], |row| {
            Ok(Self {
                revision: row.integer(0)?,
                user: row.integer(1)?,
                searched: row.string(2)?,
                next_entry: row.integer(3)?,
                laid_out: row.integer(4)?,
                writes: row.integer(5)?,
            })
        })?;
        Ok(place.unwrap_or_default())
    }

    /// The same after everything up to a revision was put in.
    fn as_of(&self, revision: i64, own: &[FieldNumber]) -> Self {
        Self { revision, user: i64::MAX, searched: searched(own), ..*self }
    }

    /// Whether everything up to a revision is in. Of which fields an account is searched, its revision tells.
    fn is_as_of(&self, revision: i64) -> bool {
        let in_every = searched(&[]);
        let rest = self.searched.strip_prefix(&in_every);
        let is_of_this_program = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        self.revision == revision && self.user == i64::MAX && is_of_this_program
    }

    /// Writes how far it has come instead. False, and nothing is written, when it is elsewhere by now.
    fn write(&self, transaction: &mut Connection, account: AccountId, until: &Self) -> Result<bool> {
        if Self::read(transaction, account)? != *self {
            return Ok(false);
        }
        let Self { revision, user, searched, next_entry, laid_out, .. } = until;
        let of = params![account.0, *revision, *user, searched, *next_entry, *laid_out, self.writes + 1];
        // On PostgreSQL somebody may write it at this moment: who comes second waits for this row, and finds it another.
        let written = if *self == Self::default() {
            "INSERT INTO users_text_2_place (account, revision, user_id, searched, next_entry, laid_out, writes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (account) DO NOTHING"
        } else {
            "UPDATE users_text_2_place SET revision = ?2, user_id = ?3, searched = ?4, next_entry = ?5, laid_out = ?6, writes = ?7
             WHERE account = ?1 AND writes + 1 = ?7"
        };
        Ok(transaction.execute(written, of)? == 1)
    }
}

/// The fields of [`SEARCHED`] and the account's own, as a place keeps them.
pub(crate) fn searched(own: &[FieldNumber]) -> String {
    further_fields(own).join(" ")
}

fn further_fields(own: &[FieldNumber]) -> Vec<String> {
    SEARCHED.iter().chain(own).map(|field| field.0.to_string()).collect()
}

/// Users whose texts have to be put into the index anew, and what it then has.
struct Batch {
    from: Place,
    until: Place,
    /// The account's own fields that are searched.
    own: Vec<FieldNumber>,
    last: bool,
    /// The users, with the entry that each now has.
    entries: BTreeMap<i64, Option<i64>>,
    /// What those of them are found by who have one, in the order of the entries.
    texts: Vec<Text>,
    parts: Vec<(i64, Vec<u8>)>,
    letters: Vec<(i64, i64, Vec<u8>)>,
    stretches: Vec<Stretch>,
    /// The part nobody of whom is present any more.
    emptied: Option<i64>,
}

/// What a user is found by, and sorted by.
struct Text {
    user: i64,
    name: String,
    sign_in: String,
    further: String,
}

impl Batch {
    fn read(connection: &mut Connection, account: AccountId, most: usize) -> Result<Self> {
        let from = Place::read(connection, account)?;
        let sql = "SELECT revision FROM account WHERE id = ?1";
        let now = connection.one(sql, params![account.0], |row| row.integer(0))?.unwrap_or_default();
        let (own, until) = if from.is_as_of(now) {
            (Vec::new(), from.clone())
        } else {
            let own: Vec<FieldNumber> = fields_in(connection, account, now as u64)?.searched().collect();
            let until = from.as_of(now, &own);
            (own, until)
        };
        let mut batch = Self {
            from,
            until,
            own,
            last: true,
            entries: BTreeMap::new(),
            texts: Vec::new(),
            parts: Vec::new(),
            letters: Vec::new(),
            stretches: Vec::new(),
            emptied: None,
        };
        if batch.from != batch.until {
            batch.read_changes(connection, account, most)?;
        }
        Ok(batch)
    }

    fn read_changes(&mut self, connection: &mut Connection, account: AccountId, most: usize) -> Result<()> {
        self.read_changed(connection, account, most)?;
        let mut present = Presence::read(connection, account)?;
        let tail = self.from.next_entry / TOGETHER as i64;
        self.emptied =
            present.0.iter().find(|(part, set)| **part < tail && set.is_empty()).map(|(part, _)| *part);
        if self.last
            && let Some(sparse) = present.sparse(tail)
        {
            self.read_users_of(connection, account, sparse, most)?;
        }
        let users = numbers_json(self.entries.keys().copied());
        for entry in entries_of(connection, account, &users)? {
            present.remove(entry);
        }
        let texts = texts_of(connection, account, &self.own, &users)?;
        let numbered: Vec<(i64, &Text)> = (self.from.next_entry..).zip(&texts).collect();
        for (entry, text) in &numbered {
            self.entries.insert(text.user, Some(*entry));
            present.insert(*entry);
        }
        self.until.next_entry = self.from.next_entry + texts.len() as i64;
        if self.until.next_entry > ENTRIES {
            return Err(Error::Failed(
                "the search index of an account has no numbers left: delete the file's users_text tables"
                    .to_owned(),
            ));
        }
        self.parts = present.changed();
        for entries in numbered.chunk_by(|(one, _), (other, _)| part_of(*one).0 == part_of(*other).0) {
            self.read_letters(connection, account, entries)?;
        }
        for (sort, _) in Sort::ALL {
            let placed = in_order(sort, &numbered);
            self.stretches.extend(stretches::put_in(connection, account, sort, placed)?);
        }
        self.texts = texts;
        Ok(())
    }

    /// Whose texts changed after the place, and the place after them.
    fn read_changed(&mut self, connection: &mut Connection, account: AccountId, most: usize) -> Result<()> {
        // A directory that is older than its index was put back from a copy: the history begins to tell from the start.
        let is_another =
            self.from.revision > self.until.revision || self.from.searched != self.until.searched;
        let after = if is_another { (0, 0) } else { (self.from.revision, self.from.user) };
        let further = further_fields(&self.own).join(", ");
        let sql = format!(
            "SELECT DISTINCT revision, user_id FROM history
             WHERE account = ?1 AND (revision, user_id) > (?2, ?3) AND revision <= ?4 AND (field <= 4 OR field IN ({further}))
             ORDER BY revision, user_id LIMIT ?5"
        );
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let range = params![account.0, after.0, after.1, self.until.revision, limit];
        let changed = connection.all(&sql, range, |row| Ok((row.integer(0)?, row.integer(1)?)))?;
        self.last = changed.len() < most;
        if let Some((revision, user)) = changed.last().filter(|_| !self.last) {
            (self.until.revision, self.until.user) = (*revision, *user);
        }
        self.entries = changed.into_iter().map(|(_, user)| (user, None)).collect();
        Ok(())
    }

    /// Users of a part most of which is out of date get new entries, as if they had changed, until nobody of it is present.
    fn read_users_of(
        &mut self,
        connection: &mut Connection,
        account: AccountId,
        part: i64,
        most: usize,
    ) -> Result<()> {
        let left = most.saturating_sub(self.entries.len()) as i64;
        let (first, next) = (part * TOGETHER as i64, (part + 1) * TOGETHER as i64);
        let sql = "SELECT user_id FROM users_text_2_entry WHERE account = ?1 AND entry >= ?2 AND entry < ?3 LIMIT ?4";
        let users =
            connection.all(sql, params![account.0, first, next, left], |row| Ok((row.integer(0)?, None)))?;
        self.entries.extend(users);
        Ok(())
    }

    /// The letters of entries that lie in one part, added to those that it has.
    fn read_letters(
        &mut self,
        connection: &mut Connection,
        account: AccountId,
        entries: &[(i64, &Text)],
    ) -> Result<()> {
        let Some((part, first)) = entries.first().map(|(entry, _)| part_of(*entry)) else { return Ok(()) };
        let mut has: Vec<(u32, u16)> = Vec::new();
        for (entry, text) in entries {
            let place = part_of(*entry).1 as u16;
            for text in [&text.name, &text.sign_in, &text.further] {
                letters_in(text, |letters| has.push((letters, place)));
            }
        }
        has.sort_unstable();
        let of_letters = || has.chunk_by(|(one, _), (other, _)| one == other);
        let wanted = numbers_json(of_letters().map(|has| i64::from(has[0].0)));
        let mut there =
            if first == 0 { HashMap::new() } else { sets_of(connection, account, part, &wanted)? };
        for has in of_letters() {
            let letters = i64::from(has[0].0);
            let mut set =
                there.remove(&letters).map_or_else(EntrySet::empty, |bytes| EntrySet::of_bytes(&bytes));
            has.iter().for_each(|(_, place)| set.insert(usize::from(*place)));
            self.letters.push((part, letters, set.to_bytes()));
        }
        Ok(())
    }

    /// Writes it, unless another thread was quicker: then nothing is, and the answer is false.
    fn write(&self, transaction: &mut Connection, account: AccountId) -> Result<bool> {
        if !self.from.write(transaction, account, &self.until)? {
            return Ok(false);
        }
        if let Some(part) = self.emptied {
            for table in ["users_text_2_letters", "users_text_2_part"] {
                let sql = format!("DELETE FROM {table} WHERE account = ?1 AND part = ?2");
                transaction.execute(&sql, params![account.0, part])?;
            }
        }
        self.write_entries(transaction, account)?;
        let parts = self.parts.iter().filter(|(part, _)| Some(*part) != self.emptied);
        let values: Vec<Param<'_>> = parts
            .flat_map(|(part, present)| -> [Param<'_>; 3] {
                [account.0.into(), (*part).into(), present.as_slice().into()]
            })
            .collect();
        let then = "ON CONFLICT (account, part) DO UPDATE SET present = excluded.present";
        transaction.insert_all("users_text_2_part (account, part, present)", 3, then, &values)?;
        let values: Vec<Param<'_>> = (self.letters.iter())
            .flat_map(|(part, letters, entries)| -> [Param<'_>; 4] {
                [account.0.into(), (*part).into(), (*letters).into(), entries.as_slice().into()]
            })
            .collect();
        let then = "ON CONFLICT (account, part, letters) DO UPDATE SET entries = excluded.entries";
        transaction.insert_all("users_text_2_letters (account, part, letters, entries)", 4, then, &values)?;
        stretches::write(transaction, account, &self.stretches)?;
        Ok(true)
    }

    fn write_entries(&self, transaction: &mut Connection, account: AccountId) -> Result<()> {
        let entries = (self.from.next_entry..).zip(&self.texts);
        let of = |(entry, text): (i64, &Text)| [account.0.into(), text.user.into(), entry.into()];
        if transaction.is_sqlite() {
            let values: Vec<Param<'_>> = entries.flat_map(of).collect();
            let then = "ON CONFLICT (account, user_id) DO UPDATE SET entry = excluded.entry";
            transaction.insert_all("users_text_2_entry (account, user_id, entry)", 3, then, &values)?;
        } else {
            let further = |(entry, text)| of((entry, text)).into_iter().chain([(&text.further).into()]);
            let values: Vec<Param<'_>> = entries.flat_map(further).collect();
            let then = "ON CONFLICT (account, user_id) DO UPDATE SET entry = excluded.entry, further = excluded.further";
            transaction.insert_all(
                "users_text_2_entry (account, user_id, entry, further)",
                4,
                then,
                &values,
            )?;
        }
        let sql = "DELETE FROM users_text_2_entry WHERE account = ?1 AND user_id = ?2";
        for (user, _) in self.entries.iter().filter(|(_, entry)| entry.is_none()) {
            transaction.execute(sql, params![account.0, *user])?;
        }
        Ok(())
    }
}

/// The part that an entry lies in, and its place there.
pub(crate) fn part_of(entry: i64) -> (i64, usize) {
    ((entry as u64 / TOGETHER) as i64, (entry as u64 % TOGETHER) as usize)
}

/// Which entries of each part are present: whose users have no later one and are not withdrawn.
struct Presence(BTreeMap<i64, EntrySet>, Vec<i64>);

impl Presence {
    fn read(connection: &mut Connection, account: AccountId) -> Result<Self> {
        Ok(Self(present_in(connection, account)?.into_iter().collect(), Vec::new()))
    }

    /// A part that is full, and less than half of which is present.
    fn sparse(&self, tail: i64) -> Option<i64> {
        let sparse =
            |(part, set): &(&i64, &EntrySet)| **part < tail && !set.is_empty() && set.len() < TOGETHER / 2;
        self.0.iter().find(sparse).map(|(part, _)| *part)
    }

    fn set(&mut self, part: i64) -> &mut EntrySet {
        self.1.push(part);
        self.0.entry(part).or_insert_with(EntrySet::empty)
    }

    fn insert(&mut self, entry: i64) {
        let (part, place) = part_of(entry);
        self.set(part).insert(place);
    }

    fn remove(&mut self, entry: i64) {
        let (part, place) = part_of(entry);
        self.set(part).remove(place);
    }

    /// The parts that were changed, as they are written.
    fn changed(mut self) -> Vec<(i64, Vec<u8>)> {
        self.1.sort_unstable();
        self.1.dedup();
        self.1.iter().filter_map(|part| Some((*part, self.0.get(part)?.to_bytes()))).collect()
    }
}

/// The entries of each part of an account that are present, by part.
pub(crate) fn present_in(connection: &mut Connection, account: AccountId) -> Result<Vec<(i64, EntrySet)>> {
    let sql = "SELECT part, present FROM users_text_2_part WHERE account = ?1 ORDER BY part";
    connection.all(sql, params![account.0], |row| Ok((row.integer(0)?, EntrySet::of_bytes(row.bytes(1)?))))
}

/// The entries of one part that have letters of these.
fn sets_of(
    connection: &mut Connection,
    account: AccountId,
    part: i64,
    wanted: &str,
) -> Result<HashMap<i64, Vec<u8>>> {
    let mut sets = HashMap::new();
    let sql = format!(
        "SELECT l.letters, l.entries FROM {}",
        wanted_in(
            "?3",
            connection.is_sqlite(),
            LETTERS,
            "l.account = ?1 AND l.part = ?2 AND l.letters = w.wanted"
        )
    );
    connection.each(&sql, params![account.0, part, wanted], |row| {
        sets.insert(row.integer(0)?, row.bytes(1)?.to_vec());
        Ok(())
    })?;
    Ok(sets)
}

/// The entries that some users have so far.
fn entries_of(connection: &mut Connection, account: AccountId, users: &str) -> Result<Vec<i64>> {
    let sql = format!(
        "SELECT e.entry FROM {}",
        wanted_in("?2", connection.is_sqlite(), ENTRY, "e.account = ?1 AND e.user_id = w.wanted")
    );
    connection.all(&sql, params![account.0, users], |row| row.integer(0))
}

/// What some users are found by, in their order; those that are withdrawn or erased are missing.
fn texts_of(
    connection: &mut Connection,
    account: AccountId,
    own: &[FieldNumber],
    users: &str,
) -> Result<Vec<Text>> {
    let is_sqlite = connection.is_sqlite();
    let sql = format!(
        "SELECT users.id, name_key, sign_in_key, {} FROM {}
         WHERE withdrawn = 0 ORDER BY users.id",
        further_text(own, is_sqlite),
        wanted_in("?2", is_sqlite, ("users", "users"), "users.account = ?1 AND users.id = w.wanted")
    );
    connection.all(&sql, params![account.0, users], |row| {
        Ok(Text {
            user: row.integer(0)?,
            name: row.string(1)?,
            sign_in: row.string(2)?,
            further: Claim::fold(Kind::Text, row.text(3)?),
        })
    })
}

/// New entries in an order of the users page.
fn in_order(sort: Sort, entries: &[(i64, &Text)]) -> Vec<Placed> {
    let placed = |(entry, text): &(i64, &Text)| Placed {
        key: match sort {
            Sort::Name => text.name.clone(),
            Sort::SignIn => text.sign_in.clone(),
            Sort::Created | Sort::Field(_) => String::new(),
        },
        user: text.user,
        entry: *entry,
    };
    let mut placed: Vec<Placed> = entries.iter().map(placed).collect();
    placed.sort_unstable_by(|one, other| (&one.key, one.user).cmp(&(&other.key, other.user)));
    placed
}

//! Searching users by parts of words, page by page.
//!
//! The index (`text_index.rs`) is asked which entries have the letters of the search: one set for the whole account. Few of them are looked
//! up at once; of many, those are who come next in the order of the page (`stretches.rs`). The users themselves say whether they are meant,
//! until the page is full. What can't be asked of the index is walked through in the order of the page.

use std::collections::BTreeMap;

use directory::UserId;

use crate::directory::users::letters::{EntrySet, TOGETHER, letters_of};
use crate::directory::users::query::{
    Condition, Cursor, Gathered, Reading, Sort, Texts, UsersQuery, add_everybody, add_page, count_of,
    place_after, user_after,
};
use crate::directory::users::stretches::{ENTRY, Walk};
use crate::directory::users::text_index::{LETTERS, part_of, present_in};
use crate::engine::{Connection, Result, params};
use crate::together::{numbers_json, wanted_in};
use crate::{AccountId, Store};

/// Fewer users than these are put into the index before a search, if they are missing there; more are left to [`Store::refresh_search`].
const AT_A_SEARCH: usize = 500;
/// Up to so many hits are all looked up for a page; of more, those are who come next in its order.
const FEW: usize = 200;
/// Up to so many hits are counted; of more, the index says about how many there are.
const COUNTED: usize = 500;
/// Hits that are looked up together when the first ones did not fill the page.
const BATCH: usize = 512;
/// After so many hits without a full page, something else than the words makes it rare: the users are walked through.
const LOOKED_UP: usize = 4_000;
/// Of a search that names users by their IDs, so many who have its letters are looked at besides.
const NAMED: usize = 1_000;
/// A page looks through so many users first: most are full by then.
const AT_FIRST: i64 = 2_000;
/// An account of so many users is looked through as a whole.
const WHOLE: i64 = 100_000;
/// Of a larger one a page looks through so many: its users lie further apart in the file, and each takes several times as long, six
/// thousandths of a millisecond.
const OF_MANY: i64 = 5_000;

/// How many users a search finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// So many.
    pub users: i64,
    /// How far that is to be relied on.
    pub how: Precision,
}

/// How a count came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Each was looked at.
    Exactly,
    /// The index tells about how many there are.
    About,
    /// Not all users of the account were looked through: there may be more.
    AtLeast,
}

/// A page that ended before it was full, because it had looked through as many users as a page may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped {
    /// It looked through so many.
    pub users: i64,
    /// Whether that was so because the index is still being made.
    pub preparing: bool,
}

/// What the index is asked.
pub(crate) enum Asked {
    /// Nothing: it can't tell.
    Nothing,
    /// Nothing yet: it is being made.
    NotYet,
    /// Who has these letters.
    Letters(Vec<u32>),
    /// The same, and users that words name by their ID may be meant too.
    Named(Vec<u32>, Vec<i64>),
}

impl Store {
    /// What the index is asked for the words of a query.
    pub(crate) fn asked(&self, account: AccountId, query: &UsersQuery) -> Result<Asked> {
        let words = || query.search.split_whitespace();
        let mut letters: Vec<u32> = words().flat_map(letters_of).collect();
        // PostgreSQL takes the further texts of users from the index, whether that can tell who is meant or not.
        if words().next().is_none() || (letters.is_empty() && self.is_sqlite()) {
            return Ok(Asked::Nothing);
        }
        if !self.is_search_ready(account, AT_A_SEARCH)? {
            return Ok(Asked::NotYet);
        }
        if letters.is_empty() {
            return Ok(Asked::Nothing);
        }
        letters.sort_unstable();
        letters.dedup();
        let named: Vec<i64> =
            words().filter_map(|word| word.parse::<UserId>().ok()).map(|id| id.number() as i64).collect();
        Ok(if named.is_empty() { Asked::Letters(letters) } else { Asked::Named(letters, named) })
    }

    /// The users of a page that have these letters and are meant: one more than the page holds, if there are as many.
    pub(crate) fn search_page(&self, reading: &Reading<'_>, letters: &[u32]) -> Result<Gathered> {
        self.read_as_one(|connection| {
            let mut found = Gathered::new(reading.fields);
            let hits = Hits::read(connection, reading.account, letters)?;
            if hits.users <= FEW as u64 {
                let users = hits.first(connection, FEW)?;
                look_up(connection, reading, &users, &mut found)?;
            } else if let Some(left) = follow(connection, reading, &hits, &mut found)? {
                walk(connection, reading, Some(left), &mut found)?;
            }
            Ok(found)
        })
    }

    /// The users of a page that are meant, of those who have the letters of a search or are named in it.
    pub(crate) fn named_page(
        &self,
        reading: &Reading<'_>,
        letters: &[u32],
        named: &[i64],
    ) -> Result<Gathered> {
        self.read_as_one(|connection| {
            let mut found = Gathered::new(reading.fields);
            let users =
                Hits::read(connection, reading.account, letters)?.and_named(connection, named, NAMED)?;
            look_up(connection, reading, &users, &mut found)?;
            Ok(found)
        })
    }

    /// The users of a page that are found without the index.
    pub(crate) fn walked_page(&self, reading: &Reading<'_>) -> Result<Gathered> {
        self.read_as_one(|connection| {
            let mut found = Gathered::new(reading.fields);
            walk(connection, reading, None, &mut found)?;
            Ok(found)
        })
    }

    /// What users are looked through for beside name and sign-in; `ready` says whether the index is up to date.
    pub(crate) fn texts(&self, ready: bool) -> Texts {
        match ready {
            _ if self.is_sqlite() => Texts::Folded,
            true => Texts::Kept,
            false => Texts::Lowered,
        }
    }

    /// How many users an account has.
    pub(crate) fn users_of_account(&self, account: AccountId) -> Result<i64> {
        self.read(|connection| users_in(connection, account))
    }

    /// How many users a query finds; counting stops at `most`, and then the answer is `most`. Of a search that finds thousands
    /// it is near the truth: how many have the letters, and of the first of them how many are meant.
    pub fn count_users(&self, account: AccountId, query: &UsersQuery, most: i64) -> Result<Found> {
        query.check()?;
        if query.means_nobody() {
            return Ok(Found { users: 0, how: Precision::Exactly });
        }
        let asked = self.asked(account, query)?;
        let fields = self.fields(account)?;
        let texts = self.texts(!matches!(asked, Asked::NotYet));
        let condition = || Condition::of(account, query, &fields, texts);
        let (letters, named) = match asked {
            Asked::Nothing | Asked::NotYet => return self.count_walking(account, condition, most),
            Asked::Named(letters, named) => (letters, named),
            Asked::Letters(letters) => (letters, Vec::new()),
        };
        self.read_as_one(|connection| {
            let hits = Hits::read(connection, account, &letters)?;
            let users = hits.and_named(connection, &named, COUNTED)?;
            let mut condition = condition();
            let from = condition.only(&users);
            let meant = count_of(connection, &condition, &from, most)?;
            if hits.users <= COUNTED as u64 || users.is_empty() || !named.is_empty() {
                return Ok(Found { users: meant, how: Precision::Exactly });
            }
            let about = hits.users as i64 * meant / users.len() as i64;
            Ok(Found { users: about.min(most).max(meant), how: Precision::About })
        })
    }

    /// Counts among the first users, as many as a page looks through.
    fn count_walking(
        &self,
        account: AccountId,
        condition: impl Fn() -> Condition,
        most: i64,
    ) -> Result<Found> {
        self.read_as_one(|connection| {
            let through = looked_through(connection, account)?;
            let last = user_after(connection, account, through)?;
            let mut condition = condition();
            if let Some(last) = &last {
                condition.add_end(Sort::Created, last, true);
            }
            let users = count_of(connection, &condition, "users", most)?;
            let how = if last.is_some() { Precision::AtLeast } else { Precision::Exactly };
            Ok(Found { users, how })
        })
    }
}

/// Goes through the users in the order of the page, from where the index was left if it was asked, and stops after a bounded number
/// of them: a page takes no longer the more users there are.
fn walk(
    connection: &mut Connection,
    reading: &Reading<'_>,
    left: Option<Cursor>,
    found: &mut Gathered,
) -> Result<()> {
    let mut stop = left;
    if stop.is_none() && reading.query.means_everybody() {
        stop = add_everybody(connection, reading, found)?;
        if stop.is_none() {
            return Ok(());
        }
    }
    let most = looked_through(connection, reading.account)?;
    for users in [AT_FIRST, most - AT_FIRST] {
        let begin = |condition: &mut Condition| match &stop {
            Some(stop) => condition.add_cursor(reading.query.sort, stop, reading.upwards),
            None => reading.begin(condition),
        };
        let mut all = Condition::everyone(reading.account);
        begin(&mut all);
        let end = place_after(connection, reading, &all, users)?;
        let mut condition = reading.condition();
        begin(&mut condition);
        if let Some(end) = &end {
            condition.add_end(reading.query.sort, end, reading.upwards);
        }
        add_page(connection, reading, &condition, "users", found)?;
        stop = end;
        if found.is_full(reading.query) || stop.is_none() {
            return Ok(());
        }
    }
    found.stop(stop, most);
    Ok(())
}

/// How many users of an account a page looks through at the most.
fn looked_through(connection: &mut Connection, account: AccountId) -> Result<i64> {
    Ok(if users_in(connection, account)? > WHOLE { OF_MANY } else { WHOLE })
}

fn users_in(connection: &mut Connection, account: AccountId) -> Result<i64> {
    let sql = "SELECT users FROM account WHERE id = ?1";
    Ok(connection.one(sql, params![account.0], |row| row.integer(0))?.unwrap_or_default())
}

/// Follows the order of the page along its stretches and adds those users who have the letters and are meant, until the page is full. Answers
/// where to go on when too many of them are not meant.
fn follow(
    connection: &mut Connection,
    reading: &Reading<'_>,
    hits: &Hits,
    found: &mut Gathered,
) -> Result<Option<Cursor>> {
    let Reading { account, query, upwards, .. } = *reading;
    let begin = query.cursor.as_ref().map(|cursor| (cursor.key.as_str(), cursor.id as i64));
    let mut walk = Walk::begin(connection, account, query.sort, upwards, begin)?;
    let (mut looked_up, mut wanted) = (0, query.limit as usize + 1);
    while looked_up < LOOKED_UP {
        let entries = walk.next(connection, wanted, |entry| hits.contains(entry))?;
        looked_up += entries.len();
        let users = users_of(connection, account, entries.into_iter())?;
        look_up(connection, reading, &users, found)?;
        if walk.is_over() || found.is_full(query) {
            return Ok(None);
        }
        wanted = BATCH;
    }
    let place = walk.place(connection)?;
    Ok(place.map(|(key, user)| Cursor { key, id: user as u64, before: false }))
}

/// Adds those of some users that are meant, in the order of the page.
fn look_up(
    connection: &mut Connection,
    reading: &Reading<'_>,
    users: &[i64],
    found: &mut Gathered,
) -> Result<()> {
    if users.is_empty() {
        return Ok(());
    }
    let mut condition = reading.condition();
    reading.begin(&mut condition);
    let from = condition.only(users);
    add_page(connection, reading, &condition, &from, found)
}

/// Whose these entries are.
fn users_of(
    connection: &mut Connection,
    account: AccountId,
    entries: impl Iterator<Item = i64>,
) -> Result<Vec<i64>> {
    let sql = format!(
        "SELECT e.user_id FROM {}",
        wanted_in("?2", connection.is_sqlite(), ENTRY, "e.account = ?1 AND e.entry = w.wanted")
    );
    connection.all(&sql, params![account.0, &numbers_json(entries)], |row| row.integer(0))
}

/// The entries of an account that have all letters of a search.
pub(crate) struct Hits {
    account: AccountId,
    /// By part; none where nobody has them.
    parts: Vec<Option<EntrySet>>,
    pub(crate) users: u64,
}

impl Hits {
    pub(crate) fn read(connection: &mut Connection, account: AccountId, letters: &[u32]) -> Result<Self> {
        let mut sets = present_in(connection, account)?;
        for letters in letters {
            keep_those_with(connection, account, *letters, &mut sets)?;
        }
        let users = sets.iter().map(|(_, set)| set.len()).sum();
        let mut parts = Vec::new();
        for (part, set) in sets {
            parts.resize(part as usize, None);
            parts.push(Some(set));
        }
        Ok(Self { account, parts, users })
    }

    fn contains(&self, entry: i64) -> bool {
        let (part, place) = part_of(entry);
        matches!(self.parts.get(part as usize), Some(Some(set)) if set.contains(place))
    }

    /// The first of them, at most so many, as users.
    fn first(&self, connection: &mut Connection, most: usize) -> Result<Vec<i64>> {
        let entries = (0..).zip(&self.parts).filter_map(|(part, set)| Some((part, set.as_ref()?)));
        let entries = entries
            .flat_map(|(part, set)| set.places().map(move |place| part * TOGETHER as i64 + place as i64));
        users_of(connection, self.account, entries.take(most))
    }

    /// The same, and users who are named.
    pub(crate) fn and_named(
        &self,
        connection: &mut Connection,
        named: &[i64],
        most: usize,
    ) -> Result<Vec<i64>> {
        let mut users = self.first(connection, most)?;
        users.extend(named);
        users.sort_unstable();
        users.dedup();
        Ok(users)
    }
}

/// Keeps of some sets, by part, those who have three letters.
fn keep_those_with(
    connection: &mut Connection,
    account: AccountId,
    letters: u32,
    sets: &mut Vec<(i64, EntrySet)>,
) -> Result<()> {
    let sql = format!(
        "SELECT l.part, l.entries FROM {}",
        wanted_in(
            "?3",
            connection.is_sqlite(),
            LETTERS,
            "l.account = ?1 AND l.letters = ?2 AND l.part = w.wanted"
        )
    );
    let wanted = numbers_json(sets.iter().map(|(part, _)| *part));
    let mut left: BTreeMap<i64, EntrySet> = std::mem::take(sets).into_iter().collect();
    connection.each(&sql, params![account.0, i64::from(letters), &wanted], |row| {
        let part = row.integer(0)?;
        if let Some(mut set) = left.remove(&part) {
            set.keep_those_in(&EntrySet::of_bytes(row.bytes(1)?));
            if !set.is_empty() {
                sets.push((part, set));
            }
        }
        Ok(())
    })?;
    // PostgreSQL answers in whichever order it likes.
    sets.sort_by_key(|(part, _)| *part);
    Ok(())
}

//! Searching users by parts of words, page by page.
//!
//! PostgreSQL looks through the keys of the account with LIKE. SQLite asks the index (`text_index.rs`) for rows that have the three letters
//! of the search that are least common, in the order of the page, and the users themselves whether they are meant, until the page is
//! full. What can't be asked of the index is walked through in the order of the page.

use directory::{Fields, UserId};

use crate::directory::users::text_index::{Hit, edge, first_row, leading, letters_of, mark, table};
use crate::directory::users::{Condition, Found};
use crate::engine::{Connection, Result, params};
use crate::{AccountId, Cursor, Sort, Store, UsersQuery};

/// Fewer users than these are put into the index before a search, if they are missing there; more are left to [`Store::refresh_search`].
const AT_A_SEARCH: usize = 500;
/// Rows of the index that are looked up together.
const BATCH: usize = 512;
/// After so many batches without a full page, something else than the words makes it rare: the users are walked through.
const BATCHES: usize = 6;
/// A page looks through so many users first: most are full by then.
const AT_FIRST: i64 = 2_000;
/// An account of so many users is looked through as a whole.
const WHOLE: i64 = 100_000;
/// Of a larger one a page looks through so many: its users lie further apart in the file, and each takes several times as long.
const OF_MANY: i64 = 10_000;
/// Up to so many hits are looked up and counted; of more, the index says about how many there are.
const COUNTED: usize = 500;
/// So many of the least common letters of each word are asked for; the users themselves know the rest.
const ASKED: usize = 3;
/// Letters that so many times more users have than the least common ones narrow a search too little to be asked for.
const TOO_COMMON: i64 = 50;

/// How many users a search finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// So many.
    pub users: i64,
    /// How far that is to be relied on.
    pub how: Counted,
}

/// How a count came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
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
    /// Nothing: there is no index, or it can't tell.
    Nothing,
    /// Nothing yet: it is being made.
    NotYet,
    /// This expression, for the rows of the page.
    Letters(String),
    /// The same, and users that words name by their ID may be meant too.
    Named(String, Vec<i64>),
}

/// Where a page is read from the index.
pub(crate) struct Reading<'q> {
    pub(crate) account: AccountId,
    pub(crate) fields: &'q Fields,
    pub(crate) query: &'q UsersQuery,
    pub(crate) upwards: bool,
}

impl Reading<'_> {
    /// Nothing before the place where the page begins, or where the index was left.
    fn begin(&self, condition: &mut Condition, left: Option<Hit>) {
        let sort = self.query.sort;
        if let Some(cursor) = &self.query.cursor {
            condition.add_cursor(sort, cursor, self.upwards);
        }
        if let Some(hit) = left {
            condition.add_edge(sort, hit.user, &edge(hit.leading, !self.upwards), self.upwards);
        }
    }
}

impl Store {
    /// What the index is asked for the words of a query.
    pub(crate) fn asked(&self, account: AccountId, query: &UsersQuery) -> Result<Asked> {
        let words = || query.search.split_whitespace();
        let letters: Vec<Vec<String>> =
            words().map(letters_of).filter(|letters| !letters.is_empty()).collect();
        if letters.is_empty() || !self.has_search_index() {
            return Ok(Asked::Nothing);
        }
        if !self.is_search_ready(account, AT_A_SEARCH)? {
            return Ok(Asked::NotYet);
        }
        let expression = self.read(|connection| least_common(connection, account, letters))?;
        let named: Vec<i64> =
            words().filter_map(|word| word.parse::<UserId>().ok()).map(|id| id.number() as i64).collect();
        Ok(if named.is_empty() { Asked::Letters(expression) } else { Asked::Named(expression, named) })
    }

    /// The users of a page that have these letters and are meant: one more than the page holds, if there are as many.
    pub(crate) fn search_page(&self, reading: &Reading<'_>, letters: &str) -> Result<Found> {
        let Reading { query, upwards, .. } = *reading;
        let mut found = Found::new(reading.fields);
        let mut at = start(query, upwards);
        for _ in 0..BATCHES {
            let hits = self.hits(query.sort, letters, at, upwards, BATCH)?;
            let is_last = hits.len() < BATCH;
            // What shares its first letters with the last hit may go on behind it: it belongs to the next batch.
            let next = hits.last().map_or(0, |last| last.leading);
            let whole: Vec<i64> =
                hits.iter().filter(|hit| is_last || hit.leading != next).map(|hit| hit.user).collect();
            self.look_up(reading, &whole, &mut found)?;
            if is_last || found.is_full(query) {
                return Ok(found);
            }
            at = first_row(query.sort, next, upwards);
            if whole.is_empty() {
                break;
            }
        }
        self.walk(reading, Some(Hit::of(query.sort, at)), &mut found)?;
        Ok(found)
    }

    /// Adds those of some users that are meant, in the order of the page.
    pub(crate) fn look_up(&self, reading: &Reading<'_>, users: &[i64], found: &mut Found) -> Result<()> {
        if users.is_empty() {
            return Ok(());
        }
        let mut condition = Condition::of(reading.account, reading.query);
        reading.begin(&mut condition, None);
        let from = condition.only(users);
        self.add_page(reading, &condition, &from, found)
    }

    /// Goes through the users in the order of the page, from where the index was left if it was asked, and stops after a bounded number
    /// of them: a page takes no longer the more users there are.
    pub(crate) fn walk(&self, reading: &Reading<'_>, left: Option<Hit>, found: &mut Found) -> Result<()> {
        let mut stop: Option<Cursor> = None;
        let most = self.looked_through(reading.account)?;
        for users in [AT_FIRST, most - AT_FIRST] {
            let begin = |condition: &mut Condition| match &stop {
                Some(stop) => condition.add_cursor(reading.query.sort, stop, reading.upwards),
                None => reading.begin(condition, left),
            };
            let mut all = Condition::everyone(reading.account);
            begin(&mut all);
            let end = self.place_after(reading, &all, users)?;
            let mut condition = Condition::of(reading.account, reading.query);
            begin(&mut condition);
            if let Some(end) = &end {
                condition.add_end(reading.query.sort, end, reading.upwards);
            }
            self.add_page(reading, &condition, "users", found)?;
            stop = end;
            if found.is_full(reading.query) || stop.is_none() {
                return Ok(());
            }
        }
        found.stop(stop, most);
        Ok(())
    }

    /// How many users of an account a page looks through at the most.
    fn looked_through(&self, account: AccountId) -> Result<i64> {
        let sql = "SELECT users FROM account WHERE id = ?1";
        let users = self.read(|connection| connection.one(sql, params![account.0], |row| row.integer(0)))?;
        Ok(if users.unwrap_or_default() > WHOLE { OF_MANY } else { WHOLE })
    }

    fn hits(&self, sort: Sort, letters: &str, at: i64, upwards: bool, most: usize) -> Result<Vec<Hit>> {
        let table = table(sort);
        let (sign, direction) = if upwards { (">=", "ASC") } else { ("<=", "DESC") };
        let sql = format!(
            "SELECT rowid FROM work.{table} WHERE {table} MATCH ?1 AND rowid {sign} ?2 ORDER BY rowid {direction} LIMIT ?3"
        );
        self.read(|connection| {
            connection.all(&sql, params![letters, at, most as i64], |row| Ok(Hit::of(sort, row.integer(0)?)))
        })
    }

    /// Every user who may be meant, by number: at most `most`.
    pub(crate) fn candidates(&self, letters: &str, named: &[i64], most: usize) -> Result<Vec<i64>> {
        let hits = self.hits(Sort::Created, letters, 0, true, most)?;
        let mut users: Vec<i64> = hits.into_iter().map(|hit| hit.user).chain(named.iter().copied()).collect();
        users.sort_unstable();
        users.dedup();
        Ok(users)
    }

    /// How many users a query finds; counting stops at `most`, and then the answer is `most`. Of a search that finds thousands
    /// it is near the truth: how many have the letters, and of the first of them how many are meant.
    pub fn count_users(&self, account: AccountId, query: &UsersQuery, most: i64) -> Result<Count> {
        let mut condition = Condition::of(account, query);
        let users = match self.asked(account, query)? {
            Asked::Nothing | Asked::NotYet => return self.count_walking(account, condition, most),
            Asked::Named(letters, named) => self.candidates(&letters, &named, COUNTED)?,
            Asked::Letters(letters) => {
                let users = self.candidates(&letters, &[], COUNTED + 1)?;
                if users.len() > COUNTED {
                    let from = condition.only(&users);
                    let meant = self.count_of(&condition, &from, most)?;
                    let have = self.have_letters(&letters, most)? * meant / users.len() as i64;
                    return Ok(Count { users: have.max(meant), how: Counted::About });
                }
                users
            }
        };
        let from = condition.only(&users);
        Ok(Count { users: self.count_of(&condition, &from, most)?, how: Counted::Exactly })
    }

    /// Counts among the first users, as many as a page looks through.
    fn count_walking(&self, account: AccountId, mut condition: Condition, most: i64) -> Result<Count> {
        let last = self.user_after(account, self.looked_through(account)?)?;
        if let Some(last) = &last {
            condition.add_end(Sort::Created, last, true);
        }
        let users = self.count_of(&condition, "users", most)?;
        let how = if last.is_some() { Counted::AtLeast } else { Counted::Exactly };
        Ok(Count { users, how })
    }

    /// How many rows of the index have these letters, whosever they are: at most `most`.
    fn have_letters(&self, letters: &str, most: i64) -> Result<i64> {
        let table = table(Sort::Created);
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM work.{table} WHERE {table} MATCH ?1 LIMIT ?2) counted"
        );
        self.read(|connection| {
            Ok(connection.one(&sql, params![letters, most], |row| row.integer(0))?.unwrap_or_default())
        })
    }
}

/// The row of the index where a page begins.
fn start(query: &UsersQuery, upwards: bool) -> i64 {
    match &query.cursor {
        None => {
            if upwards {
                0
            } else {
                i64::MAX
            }
        }
        Some(cursor) if query.sort == Sort::Created => cursor.id as i64,
        Some(cursor) => first_row(query.sort, leading(&cursor.key), upwards),
    }
}

/// The expression that asks for the least common of some letters and the mark of the account. How common letters are is told by how close
/// to each other their first rows are, for users are numbered as they come; the mark is as common as the account's users are.
fn least_common(connection: &mut Connection, account: AccountId, words: Vec<Vec<String>>) -> Result<String> {
    const FIRST: i64 = 32;
    const ALL: i64 = 1 << 40;
    let sql = "SELECT next_user / (users + 1) FROM deployment, account WHERE id = ?1";
    let of_account = connection.one(sql, params![account.0], |row| row.integer(0))?.unwrap_or_default();
    let table = table(Sort::Created);
    let sql = format!("SELECT rowid FROM work.{table} WHERE {table} MATCH ?1 ORDER BY rowid LIMIT ?2");
    let mut common = vec![(of_account, quoted(&mark(account)))];
    for letters in words {
        let mut of_word = Vec::new();
        for quoted in letters.iter().map(|three| quoted(three)) {
            let rows = connection.all(&sql, params![&quoted, FIRST], |row| row.integer(0))?;
            let gap = match (rows.first(), rows.last()) {
                (Some(first), Some(last)) if rows.len() as i64 == FIRST => (last - first) / FIRST + 1,
                _ => ALL / (rows.len() as i64 + 1),
            };
            of_word.push((gap, quoted));
        }
        of_word.sort_unstable_by(|one, other| other.cmp(one));
        of_word.dedup();
        common.extend(of_word.into_iter().take(ASKED));
    }
    common.sort_unstable_by(|one, other| other.cmp(one));
    common.dedup();
    let rarest = common.first().map_or(0, |(gap, _)| *gap);
    let asked = common.into_iter().filter(|(gap, _)| gap * TOO_COMMON >= rarest);
    Ok(asked.map(|(_, quoted)| quoted).collect::<Vec<_>>().join(" AND "))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

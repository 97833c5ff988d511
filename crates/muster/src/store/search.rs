//! Searching users by parts of words.
//!
//! PostgreSQL looks through the keys of the account with LIKE. SQLite has an index of every three letters (FTS5, trigram) in the
//! file of the work, so that no edit of the directory waits for it: after the edit it is brought up to date from the history,
//! which tells whose names and sign-ins changed. It only says who may be meant; the row itself decides. It is derived: it may be
//! deleted, and is then made again.

use directory::{Claim, Kind, UserId};

use super::engine::{Connection, Result, params};
use super::{AccountId, Store, UsersQuery};

/// Made on SQLite whenever the store is opened. The index of an account is complete up to a change: a revision and a user in it.
pub(super) const TABLES: &str = "
    CREATE VIRTUAL TABLE IF NOT EXISTS users_text
        USING fts5(text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');
    CREATE TABLE IF NOT EXISTS users_text_place (account BIGINT PRIMARY KEY, revision BIGINT NOT NULL, user_id BIGINT NOT NULL);";

/// Who may be meant by a search, before the rows themselves are asked.
pub(super) enum Candidates {
    /// Anybody.
    All,
    /// These, as a JSON list of numbers.
    Few(String),
    /// So many that walking through the account in its order soon finds a page of them.
    Many,
}

/// Up to so many hits are looked up and sorted; from here on a walk in the order of the page is quicker.
const FEW: usize = 4_000;
/// So many users are put into the index before a search, if they are missing there; more are left to [`Store::refresh_search`].
const AT_A_SEARCH: usize = 2_000;

impl Store {
    /// Brings the search up to date with the directory, at most `most` users of an account at a time. True when nothing is left to
    /// do. To be called when there is nothing better to do; searching waits for nobody.
    pub fn refresh_search(&self, most: usize) -> Result<bool> {
        if !self.has_search_index() {
            return Ok(true);
        }
        let mut all = true;
        for account in self.accounts()? {
            all &= self.refresh_search_of(account.id, most)?;
        }
        Ok(all)
    }

    fn refresh_search_of(&self, account: AccountId, most: usize) -> Result<bool> {
        let batch = self.read(|connection| Batch::read(connection, account, most))?;
        if batch.until == batch.from {
            return Ok(true);
        }
        self.write_work_soon(|transaction| batch.write(transaction, account))?;
        Ok(batch.last)
    }

    /// Who may be meant by the words of a query.
    pub(super) fn candidates(&self, account: AccountId, query: &UsersQuery) -> Result<Candidates> {
        let words = query.search.split_whitespace();
        let Some(wanted) = expression(account, words.clone()).filter(|_| self.has_search_index()) else {
            return Ok(Candidates::All);
        };
        if !self.refresh_search_of(account, AT_A_SEARCH)? {
            return Ok(Candidates::All);
        }
        let sql = "SELECT rowid FROM work.users_text WHERE users_text MATCH ?1 LIMIT ?2";
        let mut found = self
            .read(|connection| connection.all(sql, params![&wanted, FEW as i64 + 1], |row| row.integer(0)))?;
        if found.len() > FEW {
            return Ok(Candidates::Many);
        }
        let named = words.filter_map(|word| word.parse::<UserId>().ok()).map(|id| id.number() as i64);
        found.extend(named);
        found.sort_unstable();
        found.dedup();
        let numbers: Vec<String> = found.iter().map(i64::to_string).collect();
        Ok(Candidates::Few(format!("[{}]", numbers.join(","))))
    }

    /// How many users the index knows for the words of a query, withdrawn ones not among them: at most `most`.
    pub(super) fn hits(&self, account: AccountId, query: &UsersQuery, most: i64) -> Result<i64> {
        let Some(wanted) = expression(account, query.search.split_whitespace()) else { return Ok(0) };
        let sql =
            "SELECT COUNT(*) FROM (SELECT 1 FROM work.users_text WHERE users_text MATCH ?1 LIMIT ?2) counted";
        self.read(|connection| {
            Ok(connection.one(sql, params![&wanted, most], |row| row.integer(0))?.unwrap_or_default())
        })
    }
}

/// What the index is asked: the mark of the account and every three letters of every word; none when no word has three.
fn expression<'w>(account: AccountId, words: impl Iterator<Item = &'w str>) -> Option<String> {
    let mut wanted = quoted(&mark(account));
    let mut letters = false;
    for word in words {
        let folded: Vec<char> = Claim::fold(Kind::Text, word).chars().collect();
        for three in folded.windows(3) {
            wanted.push_str(" AND ");
            wanted.push_str(&quoted(&three.iter().collect::<String>()));
            letters = true;
        }
    }
    letters.then_some(wanted)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Three letters of Unicode's private use area that stand for the account in its users' texts: the index has no accounts.
fn mark(account: AccountId) -> String {
    const LETTERS: i64 = 6_000;
    let letter = |part: i64| char::from_u32(0xE000 + part.rem_euclid(LETTERS) as u32).unwrap_or('\u{E000}');
    [account.0 / LETTERS / LETTERS, account.0 / LETTERS, account.0].into_iter().map(letter).collect()
}

/// A place in the history: a revision and a user in it. Everything up to it is in the index.
type Place = (i64, i64);

/// Users whose texts have to be put into the index anew.
struct Batch {
    from: Place,
    until: Place,
    last: bool,
    texts: Vec<(i64, Option<String>)>,
}

impl Batch {
    fn read(connection: &mut Connection, account: AccountId, most: usize) -> Result<Self> {
        let from = place_of(connection, account)?;
        let sql = "SELECT revision FROM account WHERE id = ?1";
        let now = connection.one(sql, params![account.0], |row| row.integer(0))?.unwrap_or_default();
        if from == (now, i64::MAX) {
            return Ok(Self { from, until: from, last: true, texts: Vec::new() });
        }
        // A directory that is older than its index was put back from a copy: the history begins to tell from the start.
        let after = if from.0 > now { (0, 0) } else { from };
        let changed = connection.all(
            "SELECT DISTINCT revision, user_id FROM history
             WHERE account = ?1 AND (revision, user_id) > (?2, ?3) AND revision <= ?4 AND field <= 4
             ORDER BY revision, user_id LIMIT ?5",
            params![account.0, after.0, after.1, now, most.min(i64::MAX as usize) as i64],
            |row| Ok((row.integer(0)?, row.integer(1)?)),
        )?;
        let last = changed.len() < most;
        let until = changed.last().copied().filter(|_| !last).unwrap_or((now, i64::MAX));
        let mut users: Vec<i64> = changed.into_iter().map(|(_, user)| user).collect();
        users.sort_unstable();
        users.dedup();
        let texts = users.into_iter().map(|user| Ok((user, text_of(connection, account, user)?)));
        Ok(Self { from, until, last, texts: texts.collect::<Result<_>>()? })
    }

    /// Writes the texts, unless another thread was quicker.
    fn write(&self, transaction: &mut Connection, account: AccountId) -> Result<()> {
        if place_of(transaction, account)? != self.from {
            return Ok(());
        }
        for (user, text) in &self.texts {
            transaction.execute("DELETE FROM users_text WHERE rowid = ?1", params![*user])?;
            if let Some(text) = text {
                let sql = "INSERT INTO users_text (rowid, text) VALUES (?1, ?2)";
                transaction.execute(sql, params![*user, text])?;
            }
        }
        transaction.execute(
            "INSERT INTO users_text_place (account, revision, user_id) VALUES (?1, ?2, ?3)
             ON CONFLICT (account) DO UPDATE SET revision = excluded.revision, user_id = excluded.user_id",
            params![account.0, self.until.0, self.until.1],
        )?;
        Ok(())
    }
}

fn place_of(connection: &mut Connection, account: AccountId) -> Result<Place> {
    let sql = "SELECT revision, user_id FROM users_text_place WHERE account = ?1";
    let place = connection.one(sql, params![account.0], |row| Ok((row.integer(0)?, row.integer(1)?)))?;
    Ok(place.unwrap_or_default())
}

/// What a user is found by; none when it is withdrawn or erased.
fn text_of(connection: &mut Connection, account: AccountId, user: i64) -> Result<Option<String>> {
    connection.one(
        "SELECT name_key, sign_in_key FROM users WHERE account = ?1 AND id = ?2 AND withdrawn = 0",
        params![account.0, user],
        |row| Ok(format!("{}\n{}\n{}", mark(account), row.text(0)?, row.text(1)?)),
    )
}

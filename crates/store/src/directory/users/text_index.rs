//! The index of words behind a search, on SQLite: every three letters of names and sign-ins (FTS5, trigram), once for each order of the
//! users page. A row's number there begins with the first letters of its sort key, so that hits come out nearly in the order of the
//! page, however many there are: a page costs what it shows. The index lies in the file of the work, so that no edit of the directory waits
//! for it: it follows the history, which tells whose names and sign-ins changed. It is derived: it may be deleted, and is then made again.

use directory::{Claim, Kind};

use crate::engine::{Connection, Param, Result, Row, params};
use crate::{AccountId, Sort, Store};

/// Made on SQLite whenever the store is opened. The index of an account is complete up to a change: a revision and a user in it.
pub(crate) fn tables() -> String {
    let of_sort = |sort| {
        format!(
            "CREATE VIRTUAL TABLE IF NOT EXISTS {} USING fts5(text, content = '', contentless_delete = 1,
                 detail = none, tokenize = 'trigram case_sensitive 1');",
            table(sort)
        )
    };
    let tables: String = Sort::ALL.iter().map(|(sort, _)| of_sort(*sort)).collect();
    tables
        + "CREATE TABLE IF NOT EXISTS users_text_row
               (user_id BIGINT PRIMARY KEY, by_name BIGINT NOT NULL, by_sign_in BIGINT NOT NULL);
           CREATE TABLE IF NOT EXISTS users_text_place
               (account BIGINT PRIMARY KEY, revision BIGINT NOT NULL, user_id BIGINT NOT NULL);"
}

/// The index whose rows are in this order.
pub(crate) fn table(sort: Sort) -> &'static str {
    match sort {
        Sort::Name => "users_text_name",
        Sort::SignIn => "users_text_sign_in",
        Sort::Created => "users_text_created",
    }
}

/// What separates words within a name or a sign-in.
pub(crate) const SEPARATORS: [char; 6] = [' ', '-', '.', '@', '_', '\''];
/// Stands twice before the first letter of a word, so that one and two letters that begin a word are three to look for.
const BEGINNING: char = '\u{F8FF}';

/// A folded text with the beginnings of its words marked; `starts` says whether it begins with one.
fn marked(text: &str, starts: bool) -> String {
    let mut marked = String::with_capacity(text.len() * 2);
    let mut begins = starts;
    for letter in text.chars() {
        let separates = SEPARATORS.contains(&letter);
        if begins && !separates {
            marked.extend([BEGINNING, BEGINNING]);
        }
        marked.push(letter);
        begins = separates;
    }
    marked
}

/// What the index is asked for a word, each to be found: every three letters of it; of a shorter one, that a word begins so.
/// None when the index can't tell.
pub(crate) fn letters_of(word: &str) -> Vec<String> {
    let folded = Claim::fold(Kind::Text, word);
    let short = folded.chars().count() < 3;
    if short && folded.contains(SEPARATORS) {
        return Vec::new();
    }
    let letters: Vec<char> = marked(&folded, short).chars().collect();
    // Of a short word the last three say the most: the one letter, or the two.
    let from = if short { letters.len().saturating_sub(3) } else { 0 };
    letters[from..].windows(3).map(|three| three.iter().collect()).collect()
}

/// Three letters of Unicode's private use area that stand for the account in its users' texts: the index has no accounts.
pub(crate) fn mark(account: AccountId) -> String {
    const LETTERS: i64 = 6_000;
    let letter = |part: i64| char::from_u32(0xE000 + part.rem_euclid(LETTERS) as u32).unwrap_or('\u{E000}');
    [account.0 / LETTERS / LETTERS, account.0 / LETTERS, account.0].into_iter().map(letter).collect()
}

/// The letters of a sort key that a row's number begins with, and the bits of each.
const LEADING: usize = 5;
const LETTER_BITS: u32 = 6;
/// The bits of a row's number that are the user's.
const USER_BITS: u32 = 33;

/// The first letters that belong to each place in the alphabet of row numbers, ascending. Those of [`SINGLE`] are letters of their own; the
/// others stand for all up to the next, and nothing after one of them can be told apart.
const ALPHABET: [char; 53] = [
    '\0', ' ', '!', '-', '.', '/', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', '@', 'A', 'a', 'b',
    'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w',
    'x', 'y', 'z', '{', '\u{100}', '\u{300}', '\u{600}', '\u{2000}', '\u{4000}', '\u{6000}', '\u{8000}',
];
const SINGLE: &str = " -.0123456789@abcdefghijklmnopqrstuvwxyz";

/// The first letters of a sort key as a number: of two keys the smaller one never has the greater number.
pub(crate) fn leading(key: &str) -> i64 {
    let (mut number, mut letters) = (0, key.chars());
    let mut known = true;
    for _ in 0..LEADING {
        let place = match letters.next().filter(|_| known) {
            Some(letter) => {
                known = SINGLE.contains(letter);
                ALPHABET.partition_point(|first| *first <= letter) as i64
            }
            None => 0,
        };
        number = number << LETTER_BITS | place;
    }
    number
}

/// The smallest sort key of this number of first letters; with `beyond`, one that is greater than all of them.
pub(crate) fn edge(leading: i64, beyond: bool) -> String {
    let place = |at: usize| (leading >> (LETTER_BITS as usize * (LEADING - 1 - at)) & 63) as usize;
    let mut places: Vec<usize> = (0..LEADING).map(place).take_while(|place| *place > 0).collect();
    if beyond {
        let ends = places.len() < LEADING && places.last().is_none_or(|last| SINGLE.contains(letter(*last)));
        if ends {
            places.push(0);
        }
        if let Some(last) = places.last_mut() {
            *last += 1;
        }
    }
    places.into_iter().map(letter).collect()
}

fn letter(place: usize) -> char {
    ALPHABET.get(place - 1).copied().unwrap_or(char::MAX)
}

/// The number of a user's row in the index of an order.
fn row_number(sort: Sort, key: &str, user: i64) -> i64 {
    if sort == Sort::Created { user } else { leading(key) << USER_BITS | user & USER }
}

const USER: i64 = (1 << USER_BITS) - 1;

/// A row of an index: whose it is, and the first letters that it was sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) user: i64,
    pub(crate) leading: i64,
}

impl Hit {
    pub(crate) fn of(sort: Sort, row: i64) -> Self {
        if sort == Sort::Created {
            Self { user: row, leading: row }
        } else {
            Self { user: row & USER, leading: row >> USER_BITS }
        }
    }
}

/// The first row of an index that a walk from a place may meet.
pub(crate) fn first_row(sort: Sort, leading: i64, upwards: bool) -> i64 {
    match (sort, upwards) {
        (Sort::Created, _) => leading,
        (_, true) => leading << USER_BITS,
        (_, false) => leading << USER_BITS | USER,
    }
}

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
        self.write_batch(account, &batch)
    }

    /// Brings the index up to date when less than `most` users are missing; else it is left as it is, for somebody waits. True when it
    /// is up to date.
    pub(crate) fn is_search_ready(&self, account: AccountId, most: usize) -> Result<bool> {
        let batch = self.read(|connection| Batch::read(connection, account, most))?;
        Ok(batch.last && self.write_batch(account, &batch)?)
    }

    fn write_batch(&self, account: AccountId, batch: &Batch) -> Result<bool> {
        if batch.until != batch.from {
            self.write_work_soon(|transaction| batch.write(transaction, account))?;
        }
        Ok(batch.last)
    }
}

/// A place in the history: a revision and a user in it. Everything up to it is in the index.
type Place = (i64, i64);

/// Users whose texts have to be put into the index anew.
struct Batch {
    from: Place,
    until: Place,
    last: bool,
    texts: Vec<(i64, Option<Text>)>,
}

/// What a user is found by, and sorted by.
struct Text {
    name: String,
    sign_in: String,
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
        if self.from == Place::default() {
            set_up(transaction)?;
        }
        self.take_out(transaction)?;
        self.put_in(transaction, account)?;
        transaction.execute(
            "INSERT INTO users_text_place (account, revision, user_id) VALUES (?1, ?2, ?3)
             ON CONFLICT (account) DO UPDATE SET revision = excluded.revision, user_id = excluded.user_id",
            params![account.0, self.until.0, self.until.1],
        )?;
        Ok(())
    }

    fn take_out(&self, transaction: &mut Connection) -> Result<()> {
        let sql = "DELETE FROM users_text_row WHERE user_id = ?1 RETURNING by_name, by_sign_in";
        let mut out = Vec::new();
        for (user, _) in &self.texts {
            let rows = |row: &Row<'_>| Ok([row.integer(0)?, row.integer(1)?, *user]);
            out.extend(transaction.one(sql, params![*user], rows)?);
        }
        for (place, sort) in ROWS.into_iter().enumerate() {
            let mut rows: Vec<i64> = out.iter().map(|rows| rows[place]).collect();
            rows.sort_unstable();
            let sql = format!("DELETE FROM {} WHERE rowid = ?1", table(sort));
            for row in rows {
                transaction.execute(&sql, params![row])?;
            }
        }
        Ok(())
    }

    /// In the order of the rows of each index: whenever their numbers fall, FTS5 begins a segment of its own, which costs it more than
    /// the words do.
    fn put_in(&self, transaction: &mut Connection, account: AccountId) -> Result<()> {
        let there = self.texts.iter().filter_map(|(user, text)| Some((*user, text.as_ref()?)));
        let there: Vec<([i64; 3], String)> =
            there.map(|(user, text)| (text.rows(user), text.words(account))).collect();
        for (place, sort) in ROWS.into_iter().enumerate() {
            let mut rows: Vec<(i64, &str)> =
                there.iter().map(|(rows, words)| (rows[place], words.as_str())).collect();
            rows.sort_unstable();
            let sql = format!("INSERT INTO {} (rowid, text) VALUES (?1, ?2)", table(sort));
            for (row, words) in rows {
                transaction.execute(&sql, params![row, words])?;
            }
        }
        let values: Vec<_> = there
            .iter()
            .flat_map(|([by_name, by_sign_in, user], _)| [*user, *by_name, *by_sign_in])
            .map(Param::from)
            .collect();
        transaction.insert_all("users_text_row (user_id, by_name, by_sign_in)", 3, "", &values)
    }
}

/// The indexes, as [`Text::rows`] numbers their rows.
const ROWS: [Sort; 3] = [Sort::Name, Sort::SignIn, Sort::Created];

/// What FTS5 keeps in memory before it writes a segment, and how many segments of a size it lets be before it makes one of them: of a
/// batch of thousands of users each index shall write one.
fn set_up(transaction: &mut Connection) -> Result<()> {
    for sort in ROWS {
        let table = table(sort);
        for (option, value) in [("hashsize", 8 << 20), ("automerge", 8)] {
            let sql = format!("INSERT INTO {table} ({table}, rank) VALUES (?1, ?2)");
            transaction.execute(&sql, params![option, value])?;
        }
    }
    Ok(())
}

impl Text {
    /// The numbers of a user's rows, one in each of [`ROWS`].
    fn rows(&self, user: i64) -> [i64; 3] {
        [row_number(Sort::Name, &self.name, user), row_number(Sort::SignIn, &self.sign_in, user), user]
    }

    fn words(&self, account: AccountId) -> String {
        format!("{}\n{}\n{}", mark(account), marked(&self.name, true), marked(&self.sign_in, true))
    }
}

fn place_of(connection: &mut Connection, account: AccountId) -> Result<Place> {
    let sql = "SELECT revision, user_id FROM users_text_place WHERE account = ?1";
    let place = connection.one(sql, params![account.0], |row| Ok((row.integer(0)?, row.integer(1)?)))?;
    Ok(place.unwrap_or_default())
}

/// What a user is found by; none when it is withdrawn or erased.
fn text_of(connection: &mut Connection, account: AccountId, user: i64) -> Result<Option<Text>> {
    connection.one(
        "SELECT name_key, sign_in_key FROM users WHERE account = ?1 AND id = ?2 AND withdrawn = 0",
        params![account.0, user],
        |row| Ok(Text { name: row.string(0)?, sign_in: row.string(1)? }),
    )
}

#[cfg(test)]
mod tests {
    use super::{Hit, SINGLE, Sort, edge, leading, letters_of, row_number};

    #[test]
    fn the_numbers_of_rows_are_in_the_order_of_their_keys() {
        let mut keys: Vec<String> =
            ["", "a", "ab", "abc de", "abcde", "abcdf", "zz", "z", "{", "1b", "2a", "éa", "éb", "李 b"]
                .map(str::to_owned)
                .to_vec();
        for letter in SINGLE.chars().chain("_'/éßя李\u{1F600}".chars()) {
            keys.extend([format!("{letter}"), format!("a{letter}b"), format!("abcd{letter}")]);
        }
        keys.sort();
        for pair in keys.windows(2) {
            assert!(leading(&pair[0]) <= leading(&pair[1]), "{pair:?}");
        }
        for key in &keys {
            let (least, beyond) = (edge(leading(key), false), edge(leading(key), true));
            assert!(least <= *key && *key < beyond, "{least:?} {key:?} {beyond:?}");
            assert_eq!(
                Hit::of(Sort::Name, row_number(Sort::Name, key, 7)),
                Hit { user: 7, leading: leading(key) }
            );
            for other in &keys {
                assert!(
                    *other >= beyond || leading(other) <= leading(key),
                    "{other:?} is not beyond {key:?}"
                );
            }
        }
    }

    #[test]
    fn a_word_is_three_letters_at_a_time_and_a_short_one_a_beginning() {
        let cases: [(&str, &[&str]); 7] = [
            ("Ann", &["ann"]),
            ("anna", &["ann", "nna"]),
            ("n", &["^^n"]),
            ("Ng", &["^ng"]),
            ("a.b", &["a.^", ".^^", "^^b"]),
            ("@ac", &["@^^", "^^a", "^ac"]),
            ("@a", &[]),
        ];
        for (word, expected) in cases {
            let letters: Vec<String> =
                letters_of(word).iter().map(|three| three.replace('\u{F8FF}', "^")).collect();
            assert_eq!(letters, expected, "{word}");
        }
    }
}

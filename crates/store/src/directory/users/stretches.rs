//! The orders of the users page as the search index keeps them: each order of an account is cut into stretches of a few hundred
//! users who stand side by side in it. A search walks along the stretches and needs to look only at those users whom the letters name,
//! wherever in the order they stand. Within a stretch entries lie as they came: the users themselves are sorted when they are read.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::AccountId;
use crate::directory::users::query::Sort;
use crate::engine::{Connection, Param, Result, Row, params};
use crate::together::{numbers_json, of_each, wanted_in};

/// The table of the stretches, and how statements call it.
const STRETCH: (&str, &str) = ("users_text_2_stretch", "s");
/// The table of the entries, and how statements call it.
pub(crate) const ENTRY: (&str, &str) = ("users_text_2_entry", "e");

/// A stretch begins with so many users.
const FILLED: usize = 192;
/// One of more entries is cut into pieces. So many still fit a page of the file without overflow.
const MOST: usize = 320;
/// The bytes of an entry in a row.
const WIDTH: usize = 5;
/// Entries are numbered below it: an account of a million users may change each of them a million times.
pub(crate) const ENTRIES: i64 = 1 << (8 * WIDTH);

/// A piece of an order: the entries of the users from its beginning up to the beginning of the next one, and entries that are out of date.
#[derive(Debug)]
pub(crate) struct Stretch {
    sort: Sort,
    key: String,
    user: i64,
    entries: Vec<i64>,
}

/// An entry and where its user stands in an order.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) key: String,
    pub(crate) user: i64,
    pub(crate) entry: i64,
}

impl Placed {
    fn cmp(&self, key: &str, user: i64) -> Ordering {
        (self.key.as_str(), self.user).cmp(&(key, user))
    }
}

/// How an order is called in the table.
pub(crate) fn order_number(sort: Sort) -> i64 {
    match sort {
        Sort::Name => 1,
        Sort::SignIn => 2,
        Sort::Created => 3,
        // No stretch is of it.
        Sort::Field(_) => 0,
    }
}

/// The entries of a row.
pub(crate) fn each_entry(bytes: &[u8], mut take: impl FnMut(i64)) {
    for [a, b, c, d, e] in bytes.as_chunks::<WIDTH>().0 {
        take(i64::from_le_bytes([*a, *b, *c, *d, *e, 0, 0, 0]));
    }
}

impl Stretch {
    fn new(sort: Sort, key: &str, user: i64) -> Self {
        Self { sort, key: key.to_owned(), user, entries: Vec::new() }
    }

    fn read(sort: Sort, row: &Row<'_>) -> Result<Self> {
        let mut stretch = Self::new(sort, row.text(0)?, row.integer(1)?);
        each_entry(row.bytes(2)?, |entry| stretch.entries.push(entry));
        Ok(stretch)
    }

    fn bytes(&self) -> Vec<u8> {
        self.entries.iter().flat_map(|entry| entry.to_le_bytes().into_iter().take(WIDTH)).collect()
    }
}

/// The stretches that have to be written when these entries, in their order, are put into one.
pub(crate) fn put_in(
    connection: &mut Connection,
    account: AccountId,
    sort: Sort,
    placed: Vec<Placed>,
) -> Result<Vec<Stretch>> {
    let mut written = Vec::new();
    let mut known = Known::read(connection, account, sort, &placed)?;
    let mut placed = placed.into_iter().peekable();
    while let Some(first) = placed.peek() {
        let (mut stretch, end) = match known.take(first) {
            Some(known) => known,
            None => {
                let stretch = stretch_at(connection, account, sort, first)?;
                let end = beginning_after(connection, account, &stretch)?;
                (stretch, end)
            }
        };
        let is_in = |placed: &Placed| end.as_ref().is_none_or(|(key, user)| placed.cmp(key, *user).is_lt());
        let mut new = Vec::new();
        while let Some(next) = placed.next_if(is_in) {
            new.push(next);
        }
        if stretch.entries.len() + new.len() <= MOST {
            stretch.entries.extend(new.iter().map(|placed| placed.entry));
            written.push(stretch);
            continue;
        }
        let there = placed_in(connection, account, &stretch)?;
        new.extend(
            there
                .into_iter()
                .filter(|placed| placed.cmp(&stretch.key, stretch.user).is_ge() && is_in(placed)),
        );
        written.extend(cut(stretch, new));
    }
    Ok(written)
}

/// Stretches that were read with one statement, with where the next one of each begins: PostgreSQL, which is asked over a wire, would be asked
/// twice for almost every entry. SQLite has nothing to gain.
struct Known(BTreeMap<Beginning, (Stretch, Option<Beginning>)>);

/// Where a stretch begins: a key and a user.
type Beginning = (String, i64);

impl Known {
    /// Those in which some entries stand.
    fn read(connection: &mut Connection, account: AccountId, sort: Sort, placed: &[Placed]) -> Result<Self> {
        let mut known = BTreeMap::new();
        if connection.is_sqlite() || placed.len() < 2 {
            return Ok(Self(known));
        }
        let sql = format!(
            "WITH here AS MATERIALIZED (
                 SELECT DISTINCT s.key, s.user_id FROM {}
                 CROSS JOIN LATERAL (SELECT t.key, t.user_id FROM users_text_2_stretch t
                     WHERE t.account = ?1 AND t.sort = ?2 AND (t.key, t.user_id) <= ({}, u.id)
                     ORDER BY t.key DESC, t.user_id DESC LIMIT 1) s)
             SELECT s.key, s.user_id, s.entries, n.key, n.user_id FROM here
             JOIN users_text_2_stretch s ON s.account = ?1 AND s.sort = ?2 AND s.key = here.key AND s.user_id = here.user_id
             LEFT JOIN LATERAL (SELECT t.key, t.user_id FROM users_text_2_stretch t
                 WHERE t.account = ?1 AND t.sort = ?2 AND (t.key, t.user_id) > (s.key, s.user_id)
                 ORDER BY t.key, t.user_id LIMIT 1) n ON TRUE",
            wanted_in("?3", false, ("users", "u"), "u.account = ?1 AND u.id = w.wanted"),
            sort.key("u.")
        );
        let wanted = numbers_json(placed.iter().map(|placed| placed.user));
        connection.each(&sql, params![account.0, order_number(sort), &wanted], |row| {
            let stretch = Stretch::read(sort, row)?;
            let end = match row.maybe_integer(4)? {
                Some(user) => Some((row.string(3)?, user)),
                None => None,
            };
            known.insert((stretch.key.clone(), stretch.user), (stretch, end));
            Ok(())
        })?;
        Ok(Self(known))
    }

    /// The one that an entry stands in.
    fn take(&mut self, placed: &Placed) -> Option<(Stretch, Option<Beginning>)> {
        let begins = self.0.range(..=(placed.key.clone(), placed.user)).next_back()?.0.clone();
        self.0.remove(&begins)
    }
}

/// A stretch cut into pieces: the first begins as it did, the others with their first users.
fn cut(stretch: Stretch, mut placed: Vec<Placed>) -> Vec<Stretch> {
    placed.sort_unstable_by(|one, other| one.cmp(&other.key, other.user));
    let mut pieces = vec![Stretch { entries: Vec::new(), ..stretch }];
    for (place, chunk) in placed.chunks(FILLED).enumerate() {
        if let Some(first) = chunk.first().filter(|_| place > 0) {
            pieces.push(Stretch::new(pieces[0].sort, &first.key, first.user));
        }
        if let Some(piece) = pieces.last_mut() {
            piece.entries = chunk.iter().map(|placed| placed.entry).collect();
        }
    }
    pieces
}

/// The stretch that a user stands in; the whole order when it has none yet.
fn stretch_at(
    connection: &mut Connection,
    account: AccountId,
    sort: Sort,
    placed: &Placed,
) -> Result<Stretch> {
    let sql = "SELECT key, user_id, entries FROM users_text_2_stretch
               WHERE account = ?1 AND sort = ?2 AND (key, user_id) <= (?3, ?4)
               ORDER BY key DESC, user_id DESC LIMIT 1";
    let at = params![account.0, order_number(sort), &placed.key, placed.user];
    let found = connection.one(sql, at, |row| Stretch::read(sort, row))?;
    Ok(found.unwrap_or_else(|| Stretch::new(sort, "", 0)))
}

fn beginning_after(
    connection: &mut Connection,
    account: AccountId,
    stretch: &Stretch,
) -> Result<Option<(String, i64)>> {
    next_beginning(connection, account, stretch.sort, (&stretch.key, stretch.user))
}

/// Where the next stretch begins after the one that begins here.
pub(crate) fn next_beginning(
    connection: &mut Connection,
    account: AccountId,
    sort: Sort,
    (key, user): (&str, i64),
) -> Result<Option<(String, i64)>> {
    let sql = "SELECT key, user_id FROM users_text_2_stretch
               WHERE account = ?1 AND sort = ?2 AND (key, user_id) > (?3, ?4) ORDER BY key, user_id LIMIT 1";
    let at = params![account.0, order_number(sort), key, user];
    connection.one(sql, at, |row| Ok((row.string(0)?, row.integer(1)?)))
}

/// Where the users of a stretch stand today. Who was changed and moved elsewhere since has another entry, or gets one before anybody
/// searches: only they are asked for who are still in it.
fn placed_in(connection: &mut Connection, account: AccountId, stretch: &Stretch) -> Result<Vec<Placed>> {
    let is_sqlite = connection.is_sqlite();
    let sql = format!(
        "SELECT {}, e.user_id, e.entry FROM {} {}",
        stretch.sort.key("u."),
        wanted_in("?2", is_sqlite, ENTRY, "e.account = ?1 AND e.entry = w.wanted"),
        of_each(is_sqlite, ("users", "u"), "u.account = ?1 AND u.id = e.user_id")
    );
    let wanted = numbers_json(stretch.entries.iter().copied());
    connection.all(&sql, params![account.0, &wanted], |row| {
        Ok(Placed { key: row.string(0)?, user: row.integer(1)?, entry: row.integer(2)? })
    })
}

/// The stretches that begin with one of these users, by order, key and user.
pub(crate) fn begin_with(
    connection: &mut Connection,
    account: AccountId,
    users: &[i64],
) -> Result<Vec<(Sort, String, i64)>> {
    let mut found = Vec::new();
    let sql = format!(
        "SELECT s.sort, s.key, s.user_id FROM {}
         ORDER BY s.sort, s.key DESC, s.user_id DESC",
        wanted_in("?2", connection.is_sqlite(), STRETCH, "s.account = ?1 AND s.user_id = w.wanted")
    );
    connection.each(&sql, params![account.0, &numbers_json(users.iter().copied())], |row| {
        let sort = Sort::ALL.into_iter().find(|(sort, _)| order_number(*sort) == row.integer(0).unwrap_or(0));
        if let Some((sort, _)) = sort {
            found.push((sort, row.string(1)?, row.integer(2)?));
        }
        Ok(())
    })?;
    Ok(found)
}

/// Joins the stretches that begin with one of these users to those before them: a stretch may be longer than it should until the next one is
/// put in.
pub(crate) fn join_those_of(transaction: &mut Connection, account: AccountId, users: &[i64]) -> Result<()> {
    for (sort, key, user) in begin_with(transaction, account, users)? {
        let order = order_number(sort);
        let read = |row: &Row<'_>| Stretch::read(sort, row);
        let of = "SELECT key, user_id, entries FROM users_text_2_stretch WHERE account = ?1 AND sort = ?2";
        let here = format!("{of} AND key = ?3 AND user_id = ?4");
        let before = format!("{of} AND (key, user_id) < (?3, ?4) ORDER BY key DESC, user_id DESC LIMIT 1");
        let at = params![account.0, order, &key, user];
        let joined = transaction.one(&here, at, read)?.zip(transaction.one(&before, at, read)?);
        // The first of an order begins with nobody.
        let Some((here, mut before)) = joined else { continue };
        before.entries.extend(here.entries);
        let gone =
            "DELETE FROM users_text_2_stretch WHERE account = ?1 AND sort = ?2 AND key = ?3 AND user_id = ?4";
        transaction.execute(gone, at)?;
        write(transaction, account, &[before])?;
    }
    Ok(())
}

/// All orders of an account cut anew, each in stretches of as many users as there should be, with the entries that there are by now. Before
/// many users come at once: each then falls into a stretch that has room, and none is cut again and again.
pub(crate) fn laid_out(connection: &mut Connection, account: AccountId) -> Result<Vec<Stretch>> {
    let mut stretches = Vec::new();
    if !connection.is_sqlite() {
        // Everybody is read, not a page: it is for the server to say whether that is gone through, and sorted.
        connection.batch(
            "SET LOCAL enable_seqscan = on; SET LOCAL enable_bitmapscan = on; SET LOCAL enable_sort = on",
        )?;
    }
    for (sort, _) in Sort::ALL {
        let sql = format!(
            "SELECT {}, u.id, e.entry FROM users u
             LEFT JOIN users_text_2_entry e ON e.account = u.account AND e.user_id = u.id
             WHERE u.account = ?1 ORDER BY {}",
            sort.key("u."),
            sort.order(true, "u.")
        );
        stretches.push(Stretch::new(sort, "", 0));
        let mut users = 0;
        connection.each(&sql, params![account.0], |row| {
            users += 1;
            if users % FILLED == 0 {
                stretches.push(Stretch::new(sort, row.text(0)?, row.integer(1)?));
            }
            if let (Some(stretch), Some(entry)) = (stretches.last_mut(), row.maybe_integer(2)?) {
                stretch.entries.push(entry);
            }
            Ok(())
        })?;
    }
    Ok(stretches)
}

/// Writes stretches, new ones and changed ones.
pub(crate) fn write(transaction: &mut Connection, account: AccountId, stretches: &[Stretch]) -> Result<()> {
    let bytes: Vec<Vec<u8>> = stretches.iter().map(Stretch::bytes).collect();
    let values: Vec<Param<'_>> = stretches
        .iter()
        .zip(&bytes)
        .flat_map(|(stretch, bytes)| -> [Param<'_>; 5] {
            let order = order_number(stretch.sort);
            [
                account.0.into(),
                order.into(),
                (&stretch.key).into(),
                stretch.user.into(),
                bytes.as_slice().into(),
            ]
        })
        .collect();
    transaction.insert_all(
        "users_text_2_stretch (account, sort, key, user_id, entries)",
        5,
        "ON CONFLICT (account, sort, key, user_id) DO UPDATE SET entries = excluded.entries",
        &values,
    )
}

/// Writes all stretches of an account in the place of those that there are.
pub(crate) fn write_all(
    transaction: &mut Connection,
    account: AccountId,
    stretches: &[Stretch],
) -> Result<()> {
    transaction.execute("DELETE FROM users_text_2_stretch WHERE account = ?1", params![account.0])?;
    write(transaction, account, stretches)
}

/// A walk along the stretches of an order, upwards or down.
pub(crate) struct Walk {
    account: AccountId,
    sort: Sort,
    upwards: bool,
    /// Stretches that begin beyond this place are still to come; all when there is none.
    last: Option<(String, i64)>,
    /// How many stretches are read next.
    stretches: usize,
    is_over: bool,
}

impl Walk {
    /// Begins with the stretch in which a place lies, or at the end of the order.
    pub(crate) fn begin(
        connection: &mut Connection,
        account: AccountId,
        sort: Sort,
        upwards: bool,
        place: Option<(&str, i64)>,
    ) -> Result<Self> {
        let last = match place {
            None => None,
            Some((key, user)) if upwards => {
                let placed = Placed { key: key.to_owned(), user, entry: 0 };
                let stretch = stretch_at(connection, account, sort, &placed)?;
                Some((stretch.key, stretch.user - 1))
            }
            Some((key, user)) => Some((key.to_owned(), user + 1)),
        };
        Ok(Self { account, sort, upwards, last, stretches: 4, is_over: false })
    }

    /// Whether no stretch is left.
    pub(crate) fn is_over(&self) -> bool {
        self.is_over
    }

    /// The entries that are meant in the next stretches: so many at least, if there are as many.
    pub(crate) fn next(
        &mut self,
        connection: &mut Connection,
        wanted: usize,
        is_meant: impl Fn(i64) -> bool,
    ) -> Result<Vec<i64>> {
        const AT_ONCE: usize = 512;
        let mut meant = Vec::new();
        while !self.is_over && meant.len() < wanted {
            let mut read = 0;
            let (key, user) = self.last.clone().unwrap_or_default();
            let sql = self.sql();
            let after = params![self.account.0, order_number(self.sort), self.stretches as i64, &key, user];
            let after = &after[..if self.last.is_some() { 5 } else { 3 }];
            let (mut last_key, mut last_user) = (key.clone(), None);
            connection.each(&sql, after, |row| {
                read += 1;
                if meant.len() < wanted {
                    each_entry(row.bytes(2)?, |entry| {
                        meant.extend(Some(entry).filter(|entry| is_meant(*entry)));
                    });
                    last_key.clear();
                    last_key.push_str(row.text(0)?);
                    last_user = Some(row.integer(1)?);
                }
                Ok(())
            })?;
            self.last = last_user.map(|user| (last_key, user)).or(self.last.take());
            self.is_over = read < self.stretches && meant.len() < wanted;
            self.stretches = (self.stretches * 4).min(AT_ONCE);
        }
        Ok(meant)
    }

    fn sql(&self) -> String {
        let (sign, direction) = if self.upwards { (">", "ASC") } else { ("<", "DESC") };
        let range =
            if self.last.is_some() { format!("AND (key, user_id) {sign} (?4, ?5)") } else { String::new() };
        format!(
            "SELECT key, user_id, entries FROM users_text_2_stretch WHERE account = ?1 AND sort = ?2 {range}
             ORDER BY key {direction}, user_id {direction} LIMIT ?3"
        )
    }

    /// The place after which those users stand in whose stretches the walk has not been; none when it was in all.
    pub(crate) fn place(&self, connection: &mut Connection) -> Result<Option<(String, i64)>> {
        match &self.last {
            Some((key, user)) if self.upwards => {
                let next = next_beginning(connection, self.account, self.sort, (key, *user))?;
                Ok(next.map(|(key, user)| (key, user - 1)))
            }
            last => Ok(last.clone()),
        }
    }
}

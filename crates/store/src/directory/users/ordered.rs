//! A page of users in the order of a field. Of a small account, or of a search that finds few, the users are sorted when they are asked for;
//! else an order that is kept (`orders.rs`) is followed. A place in either is a number from the start, and the user who stood there: should the
//! order be another by then, the user is looked for.

use std::collections::{BTreeSet, HashMap};

use crate::directory::rows::{Slots, USER_COLUMNS, push_user};
use crate::directory::users::orders::{KeptOrder, Ordered, SortKey, TOGETHER};
use crate::directory::users::query::{Condition, Cursor, Gathered, Reading, value_of};
use crate::directory::users::search::{Asked, Hits};
use crate::engine::{Connection, Result, Row};
use crate::{AccountId, Store};
use directory::{Field, Kind, Users};

/// An account of so many users is sorted for each page.
const SORTED: i64 = 10_000;
/// And so are so many that a search finds, as far as the index knows.
const FOUND: usize = 3_000;
/// Users of a kept order that a page looks through, if not all of them are meant.
const LOOKED_UP: usize = 3_000;
/// They are looked up together once the first ones did not fill the page.
const BATCH: usize = 512;

/// Users in an order: all of them, or as it is kept.
enum Order {
    All { users: Vec<i64>, filled: usize },
    Kept(KeptOrder),
}

impl Store {
    /// The users of a page in the order of a field, and as of when; none when the order has to be made first.
    pub(crate) fn ordered_page(
        &self,
        reading: &Reading<'_>,
        field: &Field,
        asked: &Asked,
    ) -> Result<Option<(Gathered, Ordered)>> {
        let account = reading.account;
        let candidates = self.few_found(reading, asked)?;
        if candidates.is_some() || self.users_of_account(account)? <= SORTED {
            let order = self.sorted(reading, field, candidates.as_deref())?;
            let found = self.read(|connection| {
                let mut found = Gathered::new(reading.fields);
                order.fill(connection, reading, &mut found)?;
                Ok(found)
            })?;
            return Ok(Some((found, Ordered::Now)));
        }
        let revision = self.account_now(account)?.revision as i64;
        let follow = |connection: &mut Connection| {
            let Some(kept) = KeptOrder::read(connection, account, field.number)? else { return Ok(None) };
            let mut found = Gathered::new(reading.fields);
            Order::Kept(kept).fill(connection, reading, &mut found)?;
            let order = if kept.revision == revision { Ordered::Now } else { Ordered::AsOf(kept.made_at) };
            Ok(Some((found, order)))
        };
        self.read_as_one(follow)
    }

    /// Whom a search may find, when the index knows of few.
    fn few_found(&self, reading: &Reading<'_>, asked: &Asked) -> Result<Option<Vec<i64>>> {
        let (letters, named) = match asked {
            Asked::Letters(letters) => (letters, &[][..]),
            Asked::Named(letters, named) => (letters, named.as_slice()),
            Asked::Nothing | Asked::NotYet => return Ok(None),
        };
        self.read_as_one(|connection| {
            let hits = Hits::read(connection, reading.account, letters)?;
            let few = hits.users <= FOUND as u64;
            few.then(|| hits.and_named(connection, named, FOUND)).transpose()
        })
    }

    /// Everybody who is meant, sorted; `only` says who may be.
    fn sorted(&self, reading: &Reading<'_>, field: &Field, only: Option<&[i64]>) -> Result<Order> {
        let is_sqlite = self.is_sqlite();
        let mut condition = reading.condition();
        let from = only.map_or_else(|| "users".to_owned(), |only| condition.only(only));
        if matches!(field.kind, Kind::Choices | Kind::User) {
            return self.sorted_as_read(reading.account, field, &condition, &from);
        }
        let ranked = self.ranked(reading.account, field, &condition, &from)?;
        let key = SortKey::of(field, ranked.as_deref(), &mut condition, is_sqlite);
        let (mut users, mut filled) = (Vec::new(), 0);
        self.read(|connection| {
            connection.each_planned(&key.statement(&from, &condition), &condition.params(), |row| {
                users.push(row.integer(0)?);
                filled += usize::from(row.integer(1)? == 0);
                Ok(())
            })
        })?;
        Ok(Order::All { users, filled })
    }

    /// The same by what people read of values that tables of their own name: the users are looked at once, and sorted here.
    fn sorted_as_read(
        &self,
        account: AccountId,
        field: &Field,
        condition: &Condition,
        from: &str,
    ) -> Result<Order> {
        let value = value_of(field.number, self.is_sqlite());
        let sql = format!("SELECT users.id, COALESCE({value}, '') FROM {from} WHERE {}", condition.sql());
        let of_row = |row: &Row<'_>| Ok((row.integer(0)?, row.string(1)?));
        let found: Vec<(i64, String)> =
            self.read(|connection| connection.all(&sql, &condition.params(), of_row))?;
        let stored: BTreeSet<&str> = found.iter().map(|(_, stored)| stored.as_str()).collect();
        let stored = stored.into_iter().filter(|stored| !stored.is_empty()).map(str::to_owned).collect();
        let order = self.in_order(account, field, stored)?;
        let places: HashMap<&str, usize> = order.iter().map(String::as_str).zip(0..).collect();
        // Who has no value comes last.
        let place = |stored: &str| places.get(stored).copied().unwrap_or(usize::MAX);
        let mut placed: Vec<(usize, i64)> =
            found.iter().map(|(user, stored)| (place(stored), *user)).collect();
        placed.sort_unstable();
        let filled = placed.partition_point(|(place, _)| *place < usize::MAX);
        Ok(Order::All { users: placed.into_iter().map(|(_, user)| user).collect(), filled })
    }
}

impl Order {
    fn len(&self) -> usize {
        match self {
            Self::All { users, .. } => users.len(),
            Self::Kept(kept) => kept.users,
        }
    }

    fn filled(&self) -> usize {
        match self {
            Self::All { filled, .. } => *filled,
            Self::Kept(kept) => kept.filled,
        }
    }

    /// The users at these places of the order, the first one inclusive.
    fn users(&self, connection: &mut Connection, from: usize, until: usize) -> Result<Vec<i64>> {
        if from >= until {
            return Ok(Vec::new());
        }
        match self {
            Self::All { users, .. } => Ok(users[from..until].to_vec()),
            Self::Kept(kept) => {
                let first = from / TOGETHER;
                let users = kept.users(connection, (first, (until - 1) / TOGETHER))?;
                let (from, until) = (from - first * TOGETHER, until - first * TOGETHER);
                Ok(users.get(from..until.min(users.len())).unwrap_or_default().to_vec())
            }
        }
    }

    /// The users at these places as they were asked for: turned round, those who have no value still come last.
    fn asked(
        &self,
        connection: &mut Connection,
        descending: bool,
        (from, until): (usize, usize),
    ) -> Result<Vec<i64>> {
        let until = until.min(self.len());
        if !descending {
            return self.users(connection, from, until);
        }
        let filled = self.filled();
        let (first, last) = (from.min(filled), until.min(filled));
        let mut users = self.users(connection, filled - last, filled - first)?;
        users.reverse();
        users.extend(self.users(connection, from.max(filled), until)?);
        Ok(users)
    }

    /// Where a cursor stands in the order as it is asked for: the place of its user, if they are still in it.
    fn place(&self, connection: &mut Connection, descending: bool, cursor: &Cursor) -> Result<Place> {
        let near: usize = cursor.key.parse().unwrap_or(0);
        let user = cursor.id as i64;
        if self.asked(connection, descending, (near, near.saturating_add(1)))?.first() == Some(&user) {
            return Ok(Place::At(near));
        }
        let all = self.users(connection, 0, self.len())?;
        let Some(at) = all.iter().position(|of| *of == user) else {
            return Ok(Place::Before(near.min(self.len())));
        };
        let filled = self.filled();
        Ok(Place::At(if descending && at < filled { filled - 1 - at } else { at }))
    }

    /// Adds the users of a page, in the direction of the walk, until it is full or enough was looked through.
    fn fill(&self, connection: &mut Connection, reading: &Reading<'_>, found: &mut Gathered) -> Result<()> {
        let query = reading.query;
        let backwards = query.cursor.as_ref().is_some_and(|cursor| cursor.before);
        let mut at = match &query.cursor {
            None => 0,
            Some(cursor) => self.place(connection, query.descending, cursor)?.next(backwards),
        };
        let (mut looked_up, mut wanted) = (0, query.limit as usize + 1);
        loop {
            let until = if backwards { at.saturating_sub(wanted) } else { (at + wanted).min(self.len()) };
            let range = (at.min(until), at.max(until));
            let mut users = self.asked(connection, query.descending, range)?;
            if users.is_empty() {
                return Ok(());
            }
            let last = if backwards { range.0 } else { range.1 - 1 };
            if backwards {
                users.reverse();
            }
            add(connection, reading, (&users, at, backwards), found)?;
            looked_up += users.len();
            at = until;
            let is_over = if backwards { at == 0 } else { at >= self.len() };
            if is_over || found.is_full(query) {
                return Ok(());
            }
            if looked_up >= LOOKED_UP {
                let id = users.last().copied().unwrap_or_default() as u64;
                found.stop(Some(Cursor { key: last.to_string(), id, before: backwards }), looked_up as i64);
                return Ok(());
            }
            wanted = BATCH;
        }
    }
}

/// Where a cursor stands.
enum Place {
    /// At this user.
    At(usize),
    /// Its user is gone: before this one.
    Before(usize),
}

impl Place {
    /// Where a walk from here begins: the first place forwards, the one after the first backwards.
    fn next(&self, backwards: bool) -> usize {
        match *self {
            Self::At(at) if !backwards => at + 1,
            Self::At(at) | Self::Before(at) => at,
        }
    }
}

/// Adds those of some users who are meant, in their order, until the page is full; `at` is where the first of them stands.
fn add(
    connection: &mut Connection,
    reading: &Reading<'_>,
    (users, at, backwards): (&[i64], usize, bool),
    found: &mut Gathered,
) -> Result<()> {
    let mut condition = reading.condition();
    let from = condition.only(users);
    let sql = format!("SELECT {USER_COLUMNS} FROM {from} WHERE {}", condition.sql());
    let (slots, mut batch) = (Slots::of(reading.fields), Users::new(reading.fields));
    connection.each_planned(&sql, &condition.params(), |row| push_user(&mut batch, &slots, row))?;
    let rows: HashMap<u64, usize> =
        (0..).zip(batch.iter()).map(|(row, user)| (user.id().number(), row)).collect();
    for (offset, user) in users.iter().enumerate() {
        if found.is_full(reading.query) {
            break;
        }
        let Some(user) = rows.get(&(*user as u64)).and_then(|row| batch.get(*row)) else { continue };
        let place = if backwards { at - 1 - offset } else { at + offset };
        found.keys.push(place.to_string());
        found.users.begin(user.id(), user.revision(), user.withdrawn());
        (0..reading.fields.all().len()).for_each(|slot| found.users.set(slot, user.slot(slot)));
    }
    Ok(())
}

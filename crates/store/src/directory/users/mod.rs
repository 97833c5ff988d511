//! Reading users: pages for people, ranges for downloads and merges, single ones by id, sign-in or search.

pub(crate) mod search;
pub(crate) mod text_index;

use directory::{Claim, FieldNumber, Fields, Kind, UserId, Users, standard};

use crate::directory::rows::{Slots, USER_COLUMNS, push_user, standard_column, user_statement};
use crate::directory::users::search::{Asked, Reading, Stopped};
use crate::directory::users::text_index::SEPARATORS;
use crate::engine::{Connection, Param, Result, Row, params};
use crate::{AccountId, Store};

/// The order of a page of users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By last name, then first name.
    #[default]
    Name,
    /// By email, or by username where there is none.
    SignIn,
    /// In the order of creation.
    Created,
}

impl Sort {
    /// All of them, with the word in addresses.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Name, "name"), (Self::SignIn, "sign_in"), (Self::Created, "created")];

    fn order(self, upwards: bool) -> String {
        let direction = if upwards { "ASC" } else { "DESC" };
        match self {
            Self::Created => format!("id {direction}"),
            keyed => format!("{} {direction}, id {direction}", keyed.column()),
        }
    }

    fn column(self) -> &'static str {
        match self {
            Self::Name => "name_key",
            Self::SignIn => "sign_in_key",
            Self::Created => "id",
        }
    }

    /// What a cursor keeps of a row beside its id.
    fn key(self) -> &'static str {
        match self {
            Self::Created => "''",
            keyed => keyed.column(),
        }
    }
}

/// The place between two users of a sorted list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The sort key of the user at the place.
    pub key: String,
    /// Its number.
    pub id: u64,
    /// Whether the page ends before it, instead of beginning after it.
    pub before: bool,
}

/// Which users a page shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UsersQuery {
    /// Words that all have to be found in name, sign-in or User ID.
    pub search: String,
    /// Choice fields and status: the field and the stored form it must have (one of them, for several choices).
    pub filters: Vec<(FieldNumber, String)>,
    /// The order.
    pub sort: Sort,
    /// From the end.
    pub descending: bool,
    /// Where to go on; from the start when there is none.
    pub cursor: Option<Cursor>,
    /// How many at the most.
    pub limit: u32,
}

/// One page of users.
#[derive(Debug, Clone)]
pub struct UsersPage {
    /// The users, in order.
    pub users: Users,
    /// Where the page before ends, if there is one.
    pub previous: Option<Cursor>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// When it ended before it was full: the page beside it goes on, and may have users.
    pub stopped: Option<Stopped>,
}

/// Of a search that names users by their IDs, so many who have its letters are looked at besides.
const NAMED: usize = 1_000;

/// A condition put together: its text with `?`s numbered, and the parameters.
pub(crate) struct Condition {
    sql: String,
    values: Vec<Value>,
}

enum Value {
    Integer(i64),
    Text(String),
}

impl Condition {
    pub(crate) fn of(account: AccountId, query: &UsersQuery) -> Self {
        let mut condition = Self {
            sql: "account = ?1 AND withdrawn = 0".to_owned(),
            values: vec![Value::Integer(account.0)],
        };
        for word in query.search.split_whitespace() {
            condition.add_word(word);
        }
        for (field, value) in &query.filters {
            condition.add_filter(*field, value);
        }
        condition
    }

    fn param(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("?{}", self.values.len())
    }

    /// The tables to look in when only some users may be meant. `CROSS` holds the engine to this order.
    pub(crate) fn only(&mut self, users: &[i64]) -> String {
        let numbers: Vec<String> = users.iter().map(i64::to_string).collect();
        let numbers = self.param(Value::Text(format!("[{}]", numbers.join(","))));
        format!(
            "(SELECT value AS candidate FROM json_each({numbers})) found
             CROSS JOIN users ON users.account = ?1 AND users.id = found.candidate"
        )
    }

    /// A word of three letters and more stands anywhere; a shorter one begins a word.
    fn add_word(&mut self, word: &str) {
        let folded = Claim::fold(Kind::Text, word);
        let text = escaped(&folded);
        let patterns = if folded.chars().count() >= 3 || folded.contains(SEPARATORS) {
            vec![format!("%{text}%")]
        } else {
            let inside =
                SEPARATORS.iter().map(|separator| format!("%{}{text}%", escaped(&separator.to_string())));
            std::iter::once(format!("{text}%")).chain(inside).collect()
        };
        let mut either = Vec::new();
        for pattern in patterns {
            let pattern = self.param(Value::Text(pattern));
            either.push(format!(
                "name_key LIKE {pattern} ESCAPE '\\' OR sign_in_key LIKE {pattern} ESCAPE '\\'"
            ));
        }
        if let Ok(id) = word.parse::<UserId>() {
            either.push(format!("id = {}", self.param(Value::Integer(id.number() as i64))));
        }
        self.sql.push_str(&format!(" AND ({})", either.join(" OR ")));
    }

    fn add_filter(&mut self, field: FieldNumber, value: &str) {
        let sql = match standard_column(field) {
            Some(column) if field == standard::SEGMENTS => {
                let pattern = self.param(Value::Text(format!("%;{};%", escaped(value))));
                format!(" AND ';' || {column} || ';' LIKE {pattern} ESCAPE '\\'")
            }
            Some(column) => format!(" AND {column} = {}", self.param(Value::Text(value.to_owned()))),
            None => {
                let pattern = self.param(Value::Text(format!("%\"{}\":\"{}\"%", field.0, escaped(value))));
                format!(" AND custom LIKE {pattern} ESCAPE '\\'")
            }
        };
        self.sql.push_str(&sql);
    }

    /// Every user of an account, withdrawn ones too.
    pub(crate) fn everyone(account: AccountId) -> Self {
        Self { sql: "account = ?1".to_owned(), values: vec![Value::Integer(account.0)] }
    }

    /// After or before the cursor, in the direction of the walk.
    pub(crate) fn add_cursor(&mut self, sort: Sort, cursor: &Cursor, upwards: bool) {
        self.add_side(sort, cursor, if upwards { ">" } else { "<" });
    }

    /// Nobody beyond the last user of a walk.
    pub(crate) fn add_end(&mut self, sort: Sort, last: &Cursor, upwards: bool) {
        self.add_side(sort, last, if upwards { "<=" } else { ">=" });
    }

    fn add_side(&mut self, sort: Sort, cursor: &Cursor, sign: &str) {
        let id = self.param(Value::Integer(cursor.id as i64));
        if sort == Sort::Created {
            self.sql.push_str(&format!(" AND id {sign} {id}"));
            return;
        }
        let key = self.param(Value::Text(cursor.key.clone()));
        self.sql.push_str(&format!(" AND ({}, id) {sign} ({key}, {id})", sort.column()));
    }

    /// Nothing before an edge of the order: a user's number, or a sort key.
    pub(crate) fn add_edge(&mut self, sort: Sort, user: i64, key: &str, upwards: bool) {
        let (sign, edge) = match (sort, upwards) {
            (Sort::Created, true) => (">=", Value::Integer(user)),
            (Sort::Created, false) => ("<=", Value::Integer(user)),
            (_, true) => (">=", Value::Text(key.to_owned())),
            // Coming down, the edge is the first key beyond.
            (_, false) => ("<", Value::Text(key.to_owned())),
        };
        let edge = self.param(edge);
        self.sql.push_str(&format!(" AND {} {sign} {edge}", sort.column()));
    }

    fn params(&self) -> Vec<Param<'_>> {
        let of = |value| match value {
            &Value::Integer(number) => Param::Integer(number),
            Value::Text(text) => Param::Text(text),
        };
        self.values.iter().map(of).collect()
    }
}

/// A text in which LIKE finds nothing but itself.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// Users in the direction of the walk, with what a cursor keeps of each.
pub(crate) struct Found {
    users: Users,
    keys: Vec<String>,
    /// Where the walk ended before the page was full, and through how many users it had gone.
    stop: Option<(Cursor, i64)>,
}

impl Found {
    pub(crate) fn new(fields: &Fields) -> Self {
        Self { users: Users::new(fields), keys: Vec::new(), stop: None }
    }

    /// Whether there is one user more than the page holds: then there is another page.
    pub(crate) fn is_full(&self, query: &UsersQuery) -> bool {
        self.keys.len() > query.limit as usize
    }

    pub(crate) fn stop(&mut self, at: Option<Cursor>, users: i64) {
        self.stop = at.map(|at| (at, users));
    }
}

impl Store {
    /// One page of users.
    pub fn users_page(&self, account: AccountId, fields: &Fields, query: &UsersQuery) -> Result<UsersPage> {
        let backwards = query.cursor.as_ref().is_some_and(|cursor| cursor.before);
        let reading = Reading { account, fields, query, upwards: query.descending == backwards };
        let asked = self.asked(account, query)?;
        let preparing = matches!(asked, Asked::NotYet);
        let found = match asked {
            Asked::Letters(letters) => self.search_page(&reading, &letters)?,
            Asked::Named(letters, named) => {
                let mut found = Found::new(fields);
                self.look_up(&reading, &self.candidates(&letters, &named, NAMED)?, &mut found)?;
                found
            }
            Asked::Nothing | Asked::NotYet => {
                let mut found = Found::new(fields);
                self.walk(&reading, None, &mut found)?;
                found
            }
        };
        Ok(page_of(fields, query, found, backwards, preparing))
    }

    /// Adds the next users that fit a condition, in the order of the page, until it is full.
    pub(crate) fn add_page(
        &self,
        reading: &Reading<'_>,
        condition: &Condition,
        from: &str,
        found: &mut Found,
    ) -> Result<()> {
        let Reading { query, upwards, .. } = *reading;
        let sql = format!(
            "SELECT {USER_COLUMNS}, {} FROM {from} WHERE {} ORDER BY {} LIMIT {}",
            query.sort.key(),
            condition.sql,
            query.sort.order(upwards),
            query.limit as usize + 1 - found.keys.len()
        );
        self.read(|connection| read_page(connection, &sql, &condition.params(), found))
    }

    /// The user that comes so many after the first who fits a condition, in the order of the page.
    pub(crate) fn place_after(
        &self,
        reading: &Reading<'_>,
        condition: &Condition,
        users: i64,
    ) -> Result<Option<Cursor>> {
        let Reading { query, upwards, .. } = *reading;
        let sql = format!(
            "SELECT {}, id FROM users WHERE {} ORDER BY {} LIMIT 1 OFFSET {users}",
            query.sort.key(),
            condition.sql,
            query.sort.order(upwards)
        );
        let before = query.cursor.as_ref().is_some_and(|cursor| cursor.before);
        let place = |row: &Row<'_>| Ok(Cursor { key: row.string(0)?, id: row.integer(1)? as u64, before });
        self.read(|connection| connection.one(&sql, &condition.params(), place))
    }

    /// The user that comes so many after an account's first.
    pub(crate) fn user_after(&self, account: AccountId, users: i64) -> Result<Option<Cursor>> {
        let sql = "SELECT id FROM users WHERE account = ?1 ORDER BY id LIMIT 1 OFFSET ?2";
        let place =
            |row: &Row<'_>| Ok(Cursor { key: String::new(), id: row.integer(0)? as u64, before: false });
        self.read(|connection| connection.one(sql, params![account.0, users], place))
    }

    /// Counts the users of some tables that fit a condition.
    pub(crate) fn count_of(&self, condition: &Condition, from: &str, most: i64) -> Result<i64> {
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM {from} WHERE {} LIMIT {most}) counted",
            condition.sql
        );
        let users =
            self.read(|connection| connection.one(&sql, &condition.params(), |row| row.integer(0)))?;
        Ok(users.unwrap_or_default())
    }

    /// The next users after a number, in the order of creation, withdrawn ones too: at most `limit`, up to the number `last`.
    /// The batch is emptied first; the users have slots for its fields.
    pub fn users_after(
        &self,
        account: AccountId,
        after: u64,
        last: u64,
        limit: usize,
        users: &mut Users,
    ) -> Result<()> {
        users.clear();
        let slots = Slots::of(users.fields());
        let sql = format!(
            "SELECT {USER_COLUMNS} FROM users WHERE account = ?1 AND id > ?2 AND id <= ?3 ORDER BY id LIMIT ?4"
        );
        self.read(|connection| {
            connection.each(&sql, params![account.0, after as i64, last as i64, limit as i64], |row| {
                push_user(users, &slots, row)
            })
        })
    }

    /// The users of these ids (ascending), withdrawn ones too; unknown ones are missing. The batch is emptied first.
    pub fn users_of(&self, account: AccountId, ids: &[UserId], users: &mut Users) -> Result<()> {
        users.clear();
        let slots = Slots::of(users.fields());
        let sql = user_statement();
        self.read(|connection| {
            for id in ids {
                connection.each(&sql, params![account.0, id.number() as i64], |row| {
                    push_user(users, &slots, row)
                })?;
            }
            Ok(())
        })
    }

    /// One user in a batch of its own; an empty batch when there is none (or it is withdrawn).
    pub fn user(&self, account: AccountId, fields: &Fields, id: UserId) -> Result<Users> {
        let mut users = Users::new(fields);
        self.users_of(account, &[id], &mut users)?;
        if users.iter().any(|user| user.withdrawn()) {
            users.clear();
        }
        Ok(users)
    }
}

fn read_page(connection: &mut Connection, sql: &str, params: &[Param<'_>], found: &mut Found) -> Result<()> {
    let slots = Slots::of(found.users.fields());
    let key_column = USER_COLUMNS.split(", ").count();
    connection.each(sql, params, |row| {
        found.keys.push(row.string(key_column)?);
        push_user(&mut found.users, &slots, row)
    })
}

/// Puts the users in the order of the page and finds where its neighbours are. One user more than the page holds was asked for.
fn page_of(fields: &Fields, query: &UsersQuery, found: Found, backwards: bool, preparing: bool) -> UsersPage {
    let more = found.is_full(query);
    let Found { users: found, keys, stop } = found;
    let shown = found.len().min(query.limit as usize);
    let mut order: Vec<usize> = (0..shown).collect();
    if backwards {
        order.reverse();
    }
    let mut users = Users::new(fields);
    for &place in &order {
        if let Some(user) = found.get(place) {
            users.begin(user.id(), user.revision(), user.withdrawn());
            (0..fields.all().len()).for_each(|slot| users.set(slot, user.slot(slot)));
        }
    }
    let cursor = |place: Option<&usize>, before| {
        let place = *place?;
        Some(Cursor { key: keys[place].clone(), id: found.get(place)?.id().number(), before })
    };
    let stopped = stop.as_ref().map(|(_, users)| Stopped { users: *users, preparing });
    let stop = stop.map(|(at, _)| at);
    let last = |edge, before| if more { cursor(edge, before) } else { stop };
    let (previous, next) = if backwards {
        let next = cursor(order.last(), false);
        (last(order.first(), true), next)
    } else {
        let previous = query.cursor.as_ref().and_then(|_| cursor(order.first(), true));
        (previous, last(order.last(), false))
    };
    UsersPage { users, previous, next, stopped }
}

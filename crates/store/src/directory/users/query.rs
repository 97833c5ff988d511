//! What a page of users is asked for: its order, its place and its condition, as SQL; and the users found for it so far.

use directory::{Claim, FieldNumber, Fields, Kind, UserId, Users, standard};

use crate::AccountId;
use crate::directory::rows::{Slots, USER_COLUMNS, WITHDRAWN, push_user, standard_column};
use crate::directory::users::letters::SEPARATORS;
use crate::engine::{Connection, Error, Param, Result, Row, params};
use crate::together::wanted_in;

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
    /// By what people read of a field, those who have no value last. Kept when somebody asks for it (`orders.rs`); none of [`Sort::ALL`].
    Field(FieldNumber),
}

/// What stands before the key of a field in the word of an order, where the key alone means something else.
const OF_FIELD: &str = "field.";

impl Sort {
    /// Those that the directory keeps, with the word in addresses.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Name, "name"), (Self::SignIn, "sign_in"), (Self::Created, "created")];

    /// The order of a word in an address: one of [`Sort::ALL`], or the key of a field in use; `field.KEY` where the key is such a word itself.
    pub fn of_word(fields: &Fields, word: &str) -> Option<Self> {
        if let Some((sort, _)) = Self::ALL.into_iter().find(|(_, of)| *of == word) {
            return Some(sort);
        }
        let field =
            fields.by_key(word.strip_prefix(OF_FIELD).unwrap_or(word)).filter(|field| !field.retired)?;
        Some(Self::Field(field.number))
    }

    /// The word of the order in an address.
    pub fn word(self, fields: &Fields) -> String {
        if let Some((_, word)) = Self::ALL.into_iter().find(|(of, _)| *of == self) {
            return word.to_owned();
        }
        let Self::Field(number) = self else { return String::new() };
        let key = fields.get(number).map_or("", |field| field.key.as_str());
        let is_taken = Self::ALL.iter().any(|(_, word)| *word == key);
        format!("{}{key}", if is_taken { OF_FIELD } else { "" })
    }

    /// The order as SQL; `of` comes before the names of columns.
    pub(crate) fn order(self, upwards: bool, of: &str) -> String {
        let direction = if upwards { "ASC" } else { "DESC" };
        match self {
            Self::Created | Self::Field(_) => format!("{of}id {direction}"),
            keyed => format!("{of}{} {direction}, {of}id {direction}", keyed.column()),
        }
    }

    fn column(self) -> &'static str {
        match self {
            Self::Name => "name_key",
            Self::SignIn => "sign_in_key",
            Self::Created | Self::Field(_) => "id",
        }
    }

    /// What a cursor keeps of a row beside its id.
    pub(crate) fn key(self, of: &str) -> String {
        match self {
            Self::Created | Self::Field(_) => "''".to_owned(),
            keyed => format!("{of}{}", keyed.column()),
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
    /// Words that all have to be found in name, sign-in, employee number, job title or User ID.
    pub search: String,
    /// The field and the stored form that it must have (one of them, for several choices); or [`NO_VALUE`]; or two days with [`SPAN`]
    /// between them, of which one may be missing. Of field 0, the user as such: the moment since which it changed, in milliseconds.
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

/// What a filter says of a field that has no value.
pub const NO_VALUE: &str = "none";
/// What stands between the first and the last day of a filter; no stored form of a field that people filter by has it.
pub const SPAN: &str = "..";

/// Letters of a search, and of the value of a filter, at the most.
const LETTERS: usize = 200;
/// Words of a search at the most: each is looked for by itself.
const WORDS: usize = 10;
/// Filters at the most: far more than an account has fields to filter by.
const FILTERS: usize = 50;

impl UsersQuery {
    /// Refuses what would cost more than a page of users may.
    ///
    /// # Errors
    /// [`Error::SearchTooLong`].
    pub fn check(&self) -> Result<()> {
        let is_long = |text: &str| text.chars().nth(LETTERS).is_some();
        let is_too_long = is_long(&self.search)
            || self.search.split_whitespace().nth(WORDS).is_some()
            || self.filters.len() > FILTERS
            || self.filters.iter().any(|(_, value)| is_long(value));
        if is_too_long { Err(Error::SearchTooLong) } else { Ok(()) }
    }

    /// Whether everybody is meant who is not withdrawn.
    pub(crate) fn means_everybody(&self) -> bool {
        self.filters.is_empty() && self.search.trim().is_empty()
    }

    /// Whether nobody can be meant: no value has a NUL.
    pub(crate) fn means_nobody(&self) -> bool {
        self.search.contains('\0') || self.filters.iter().any(|(_, value)| value.contains('\0'))
    }
}

/// A condition put together: its text with `?`s numbered, and the parameters.
pub(crate) struct Condition {
    sql: String,
    values: Vec<Value>,
    /// What is looked through beside name and sign-in.
    further: String,
    texts: Texts,
}

/// What is looked through beside name and sign-in, and in whose words a condition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Texts {
    /// On SQLite: the values of the row, folded by a function of ours.
    Folded,
    /// On PostgreSQL: what the index keeps folded of a user, because it is up to date.
    Kept,
    /// On PostgreSQL while it is not: the values of the row in small letters, which is less.
    Lowered,
}

impl Texts {
    /// Texts of an account's own fields and those of [`SEARCHED`], of a row of users, as SQL.
    fn further(self, own: &[FieldNumber]) -> String {
        let texts = further_text(own, self == Self::Folded);
        match self {
            Self::Folded => format!("folded({texts})"),
            Self::Lowered => format!("LOWER({texts})"),
            Self::Kept => format!(
                "COALESCE((SELECT e.further FROM users_text_2_entry e
                           WHERE e.account = ?1 AND e.user_id = users.id), LOWER({texts}))"
            ),
        }
    }
}

enum Value {
    Integer(i64),
    Text(String),
}

impl Condition {
    /// Whom a query means.
    pub(crate) fn of(account: AccountId, query: &UsersQuery, fields: &Fields, texts: Texts) -> Self {
        let own: Vec<FieldNumber> = fields.searched().collect();
        let mut condition = Self {
            sql: "account = ?1 AND withdrawn = 0".to_owned(),
            values: vec![Value::Integer(account.0)],
            further: texts.further(&own),
            texts,
        };
        for word in query.search.split_whitespace() {
            condition.add_word(word);
        }
        for (field, value) in &query.filters {
            let has_several = fields.get(*field).is_some_and(|field| field.kind == Kind::Choices);
            condition.add_filter(*field, value, has_several);
        }
        condition
    }

    pub(crate) fn text_param(&mut self, text: String) -> String {
        self.param(Value::Text(text))
    }

    fn param(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("?{}", self.values.len())
    }

    /// The tables to look in when only some users may be meant.
    pub(crate) fn only(&mut self, users: &[i64]) -> String {
        let numbers: Vec<String> = users.iter().map(i64::to_string).collect();
        let numbers = self.param(Value::Text(format!("[{}]", numbers.join(","))));
        let belong = "users.account = ?1 AND users.id = w.wanted";
        wanted_in(&numbers, self.texts == Texts::Folded, ("users", "users"), belong)
    }

    /// A word of three letters and more stands anywhere; a shorter one begins a word.
    fn add_word(&mut self, word: &str) {
        let folded = Claim::fold(Kind::Text, word);
        let mut patterns: Vec<String> =
            patterns(&folded).into_iter().map(|pattern| self.text_param(pattern)).collect();
        let like = |text: &str, pattern: &String| format!("{text} LIKE {pattern} ESCAPE '\\'");
        let of_keys = |pattern| ["name_key", "sign_in_key"].map(|text| like(text, pattern));
        let mut either: Vec<String> = patterns.iter().flat_map(of_keys).collect();
        if self.texts == Texts::Folded {
            either.extend(patterns.iter().map(|pattern| like(&self.further, pattern)));
        } else {
            let lower = word.to_lowercase();
            if self.texts == Texts::Lowered && lower != folded {
                patterns.extend(self::patterns(&lower).into_iter().map(|pattern| self.text_param(pattern)));
            }
            // It is looked for once, whatever the number of patterns.
            let any: Vec<String> =
                patterns.iter().map(|pattern| format!("CAST({pattern} AS TEXT)")).collect();
            either.push(format!("{} LIKE ANY (ARRAY[{}])", self.further, any.join(", ")));
        }
        if let Ok(id) = word.parse::<UserId>() {
            either.push(format!("id = {}", self.param(Value::Integer(id.number() as i64))));
        }
        self.sql.push_str(&format!(" AND ({})", either.join(" OR ")));
    }

    fn add_filter(&mut self, field: FieldNumber, value: &str, has_several: bool) {
        if field == standard::USER {
            self.add_changed_since(value);
        } else if value == NO_VALUE {
            let text = value_of(field, self.texts == Texts::Folded);
            self.sql.push_str(&format!(" AND COALESCE({text}, '') = ''"));
        } else if let Some((first, last)) = value.split_once(SPAN) {
            self.add_span(field, first, last);
        } else {
            self.add_value(field, value, has_several);
        }
    }

    /// One value is the whole of it; of several choices it is one.
    fn add_value(&mut self, field: FieldNumber, value: &str, has_several: bool) {
        let sql = match standard_column(field) {
            _ if has_several => {
                let pattern = self.param(Value::Text(format!("%;{};%", escaped(value))));
                let text = value_of(field, self.texts == Texts::Folded);
                format!(" AND ';' || ({text}) || ';' LIKE {pattern} ESCAPE '\\'")
            }
            Some(column) => format!(" AND {column} = {}", self.param(Value::Text(value.to_owned()))),
            None => {
                let pattern = self.param(Value::Text(format!("%\"{}\":\"{}\"%", field.0, escaped(value))));
                format!(" AND custom LIKE {pattern} ESCAPE '\\'")
            }
        };
        self.sql.push_str(&sql);
    }

    /// Days are compared as the texts that they are kept as.
    fn add_span(&mut self, field: FieldNumber, first: &str, last: &str) {
        let text = value_of(field, self.texts == Texts::Folded);
        for (day, sign) in [(first, ">="), (last, "<=")] {
            if !day.is_empty() {
                let day = self.param(Value::Text(day.to_owned()));
                self.sql.push_str(&format!(" AND {text} {sign} {day}"));
            }
        }
    }

    /// Nobody when the moment is none.
    fn add_changed_since(&mut self, moment: &str) {
        let moment = self.param(Value::Integer(moment.parse().unwrap_or(i64::MAX)));
        let never = self.param(Value::Integer(i64::MAX));
        self.sql.push_str(&format!(
            " AND revision >= COALESCE((SELECT MIN(r.revision) FROM revision r WHERE r.account = ?1 AND r.at >= {moment}), {never})"
        ));
    }

    /// Every user of an account, withdrawn ones too.
    pub(crate) fn everyone(account: AccountId) -> Self {
        Self {
            sql: "account = ?1".to_owned(),
            values: vec![Value::Integer(account.0)],
            further: String::new(),
            texts: Texts::Folded,
        }
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
        if matches!(sort, Sort::Created | Sort::Field(_)) {
            self.sql.push_str(&format!(" AND id {sign} {id}"));
            return;
        }
        let key = self.param(Value::Text(cursor.key.clone()));
        self.sql.push_str(&format!(" AND ({}, id) {sign} ({key}, {id})", sort.column()));
    }

    /// The condition itself.
    pub(crate) fn sql(&self) -> &str {
        &self.sql
    }

    pub(crate) fn params(&self) -> Vec<Param<'_>> {
        let of = |value| match value {
            &Value::Integer(number) => Param::Integer(number),
            Value::Text(text) => Param::Text(text),
        };
        self.values.iter().map(of).collect()
    }
}

/// The fields that are searched beside name and sign-in, in every account. Those of its own that an account has marked stand with its
/// fields ([`Fields::searched`]); the index keeps what it was made with, and is made again when that is another.
pub(crate) const SEARCHED: [FieldNumber; 2] = [standard::EMPLOYEE_NUMBER, standard::JOB_TITLE];

/// The texts of [`SEARCHED`] and of an account's own fields of a row of users as one, as SQL.
pub(crate) fn further_text(own: &[FieldNumber], is_sqlite: bool) -> String {
    let fields = SEARCHED.iter().chain(own);
    let texts: Vec<String> =
        fields.map(|field| format!("COALESCE({}, '')", value_of(*field, is_sqlite))).collect();
    texts.join(" || ' ' || ")
}

/// A field's value in a row of users, as SQL.
pub(crate) fn value_of(field: FieldNumber, is_sqlite: bool) -> String {
    match (standard_column(field), is_sqlite) {
        (Some(column), _) => column.to_owned(),
        (None, true) => format!("JSON_EXTRACT(custom, '$.\"{}\"')", field.0),
        (None, false) => format!("CAST(custom AS JSON) ->> '{}'", field.0),
    }
}

/// What LIKE finds a word by.
fn patterns(word: &str) -> Vec<String> {
    let escaped_word = escaped(word);
    if word.chars().count() >= 3 || word.contains(SEPARATORS) {
        return vec![format!("%{escaped_word}%")];
    }
    let inside =
        SEPARATORS.iter().map(|separator| format!("%{}{escaped_word}%", escaped(&separator.to_string())));
    std::iter::once(format!("{escaped_word}%")).chain(inside).collect()
}

/// A text in which LIKE finds nothing but itself.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// Users in the direction of the walk, with what a cursor keeps of each.
pub(crate) struct Gathered {
    pub(crate) users: Users,
    pub(crate) keys: Vec<String>,
    /// Where the walk ended before the page was full, and through how many users it had gone.
    pub(crate) stop: Option<(Cursor, i64)>,
}

impl Gathered {
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
/// A page that is being read.
pub(crate) struct Reading<'q> {
    pub(crate) account: AccountId,
    pub(crate) fields: &'q Fields,
    pub(crate) query: &'q UsersQuery,
    pub(crate) upwards: bool,
    pub(crate) texts: Texts,
}

impl Reading<'_> {
    /// Whom the page means, wherever it begins.
    pub(crate) fn condition(&self) -> Condition {
        Condition::of(self.account, self.query, self.fields, self.texts)
    }

    /// Nothing before the place where the page begins.
    pub(crate) fn begin(&self, condition: &mut Condition) {
        if let Some(cursor) = &self.query.cursor {
            condition.add_cursor(self.query.sort, cursor, self.upwards);
        }
    }
}

/// Adds the next users that fit a condition, in the order of the page, until it is full.
pub(crate) fn add_page(
    connection: &mut Connection,
    reading: &Reading<'_>,
    condition: &Condition,
    from: &str,
    found: &mut Gathered,
) -> Result<()> {
    let sql = page_of(reading, condition, from, reading.query.limit as usize + 1 - found.keys.len());
    let slots = Slots::of(found.users.fields());
    let key_column = USER_COLUMNS.split(", ").count();
    connection.each_planned(&sql, &condition.params(), |row| {
        found.keys.push(row.string(key_column)?);
        push_user(&mut found.users, &slots, row)
    })
}

fn page_of(reading: &Reading<'_>, condition: &Condition, from: &str, most: usize) -> String {
    let Reading { query, upwards, .. } = *reading;
    let (key, order) = (query.sort.key(""), query.sort.order(upwards, ""));
    format!("SELECT {USER_COLUMNS}, {key} FROM {from} WHERE {} ORDER BY {order} LIMIT {most}", condition.sql)
}

/// Adds the first users of a page that means everybody: of as many as it holds, those that are not withdrawn, which are nearly always all of them.
/// Answers where to go on when they were not, and more may come. However it is planned, it reads no more than these; so it is planned once.
pub(crate) fn add_everybody(
    connection: &mut Connection,
    reading: &Reading<'_>,
    found: &mut Gathered,
) -> Result<Option<Cursor>> {
    let mut condition = Condition::everyone(reading.account);
    reading.begin(&mut condition);
    let most = reading.query.limit as usize + 1;
    let slots = Slots::of(found.users.fields());
    let key_column = USER_COLUMNS.split(", ").count();
    let before = reading.query.cursor.as_ref().is_some_and(|cursor| cursor.before);
    let (mut rows, mut last) = (0, None);
    connection.each(&page_of(reading, &condition, "users", most), &condition.params(), |row| {
        let (key, id) = (row.string(key_column)?, row.integer(0)? as u64);
        rows += 1;
        if !row.flag(WITHDRAWN)? {
            found.keys.push(key.clone());
            push_user(&mut found.users, &slots, row)?;
        }
        last = Some(Cursor { key, id, before });
        Ok(())
    })?;
    Ok(last.filter(|_| rows == most && !found.is_full(reading.query)))
}

/// Counts the users of some tables that fit a condition.
pub(crate) fn count_of(
    connection: &mut Connection,
    condition: &Condition,
    from: &str,
    most: i64,
) -> Result<i64> {
    let sql =
        format!("SELECT COUNT(*) FROM (SELECT 1 FROM {from} WHERE {} LIMIT {most}) counted", condition.sql);
    let mut users = 0;
    connection.each_planned(&sql, &condition.params(), |row| {
        users = row.integer(0)?;
        Ok(())
    })?;
    Ok(users)
}

/// The user that comes so many after the first who fits a condition, in the order of the page.
pub(crate) fn place_after(
    connection: &mut Connection,
    reading: &Reading<'_>,
    condition: &Condition,
    users: i64,
) -> Result<Option<Cursor>> {
    let Reading { query, upwards, .. } = *reading;
    let sql = format!(
        "SELECT {}, id FROM users WHERE {} ORDER BY {} LIMIT 1 OFFSET {users}",
        query.sort.key(""),
        condition.sql,
        query.sort.order(upwards, "")
    );
    let before = query.cursor.as_ref().is_some_and(|cursor| cursor.before);
    let (mut place, params) = (None, condition.params());
    connection.each_planned(&sql, &params, |row| {
        place = Some(Cursor { key: row.string(0)?, id: row.integer(1)? as u64, before });
        Ok(())
    })?;
    Ok(place)
}

/// The user that comes so many after an account's first.
pub(crate) fn user_after(
    connection: &mut Connection,
    account: AccountId,
    users: i64,
) -> Result<Option<Cursor>> {
    let sql = "SELECT id FROM users WHERE account = ?1 ORDER BY id LIMIT 1 OFFSET ?2";
    let place = |row: &Row<'_>| Ok(Cursor { key: String::new(), id: row.integer(0)? as u64, before: false });
    connection.one(sql, params![account.0, users], place)
}

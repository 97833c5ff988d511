//! Orders of the list of users by a field, for which the directory keeps none: keeping one would cost every import. The first who asks for
//! one of a large account has a worker make it: one statement sorts the users as they are at a moment, and their numbers are kept a thousand
//! a row, for a day. It is as of that moment, and made again while people look at it and users change. Who has no value comes last, whichever
//! way round.

use directory::{Claim, Field, FieldNumber, Fields, Kind, UserId};

use crate::directory::users::query::{Condition, UsersQuery, value_of};
use crate::engine::{Connection, Param, Result, Row, params};
use crate::{AccountId, Store, Time};

/// Users of a row of an order.
pub(crate) const TOGETHER: usize = 1_000;
/// Orders of an account that are kept; of more, those go that nobody has asked for longest.
const KEPT: i64 = 8;
/// How long one is kept after somebody asked for it, in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000;
/// An order is not made anew sooner than so many milliseconds after it was made: that costs seconds of a processor.
const ANEW: i64 = 30_000;
/// That somebody asks is written down once in so many milliseconds.
const NOTED: i64 = 5_000;
/// Rows of an order that are written, or deleted, in one transaction.
const AT_ONCE: usize = 64;

/// As of when users are in the order that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ordered {
    /// As they are.
    #[default]
    Now,
    /// As they were at that moment: who changed since stands where they stood, who is new is missing.
    AsOf(Time),
    /// The order is not made yet, and they are by name: [`Store::want_order`], and look again.
    NotYet,
}

/// An order that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeptOrder {
    pub(crate) account: AccountId,
    pub(crate) field: FieldNumber,
    pub(crate) version: i64,
    /// The revision that it is as of.
    pub(crate) revision: i64,
    pub(crate) made_at: Time,
    /// How many users are in it.
    pub(crate) users: usize,
    /// How many of them have a value.
    pub(crate) filled: usize,
}

impl KeptOrder {
    /// The order of an account by a field, if one is whole.
    pub(crate) fn read(
        connection: &mut Connection,
        account: AccountId,
        field: FieldNumber,
    ) -> Result<Option<Self>> {
        let sql = "SELECT version, revision, made_at, users, filled FROM user_order
                   WHERE account = ?1 AND field = ?2 AND version > 0";
        connection.one(sql, params![account.0, i64::from(field.0)], |row| {
            Ok(Self {
                account,
                field,
                version: row.integer(0)?,
                revision: row.integer(1)?,
                made_at: Time(row.integer(2)?),
                users: row.integer(3)? as usize,
                filled: row.integer(4)? as usize,
            })
        })
    }

    /// The users of some of its rows, in its order.
    pub(crate) fn users(
        &self,
        connection: &mut Connection,
        (first, last): (usize, usize),
    ) -> Result<Vec<i64>> {
        let sql = "SELECT users FROM user_order_part
                   WHERE account = ?1 AND field = ?2 AND version = ?3 AND part >= ?4 AND part <= ?5 ORDER BY part";
        let mut users = Vec::new();
        let of = params![self.account.0, i64::from(self.field.0), self.version, first as i64, last as i64];
        connection.each(sql, of, |row| {
            users.extend(row.bytes(0)?.as_chunks::<8>().0.iter().map(|bytes| i64::from_le_bytes(*bytes)));
            Ok(())
        })?;
        Ok(users)
    }
}

/// What users are sorted by in a field, as SQL over rows of users and, where what people read is not what is kept, a table of places.
pub(crate) struct SortKey {
    with: String,
    join: String,
    key: String,
    bare: String,
}

impl SortKey {
    /// For a field; `ranked` are the stored forms in the order of what people read, where that is another one.
    pub(crate) fn of(
        field: &Field,
        ranked: Option<&[String]>,
        condition: &mut Condition,
        is_sqlite: bool,
    ) -> Self {
        let value = value_of(field.number, is_sqlite);
        let bare = format!("CAST(CASE WHEN COALESCE({value}, '') = '' THEN 1 ELSE 0 END AS BIGINT)");
        let (mut with, mut join) = (String::new(), String::new());
        let key = match (ranked, field.kind) {
            (Some(ranked), _) => {
                let places = condition.text_param(places_json(ranked));
                let table = if is_sqlite {
                    format!("SELECT key AS stored, value AS place FROM json_each({places})")
                } else {
                    format!(
                        "SELECT key AS stored, CAST(value AS BIGINT) AS place
                         FROM json_each_text(CAST(CAST({places} AS TEXT) AS JSON))"
                    )
                };
                with = format!("WITH ranked AS MATERIALIZED ({table})");
                join = format!("LEFT JOIN ranked ON ranked.stored = {value}");
                "ranked.place".to_owned()
            }
            (None, Kind::Number) if is_sqlite => format!("CAST({value} AS REAL)"),
            (None, Kind::Number) => format!("CAST(NULLIF({value}, '') AS DOUBLE PRECISION)"),
            (None, _) if is_sqlite => format!("folded({value})"),
            (None, _) => format!("LOWER({value}) COLLATE \"C\""),
        };
        Self { with, join, key, bare }
    }

    /// The statement that reads the users of some tables that fit a condition, each with whether it has no value.
    pub(crate) fn statement(&self, from: &str, condition: &Condition) -> String {
        let Self { with, join, key, bare } = self;
        format!(
            "{with} SELECT users.id, {bare} FROM {from} {join} WHERE {} ORDER BY 2, {key}, users.id",
            condition.sql()
        )
    }
}

fn places_json(ranked: &[String]) -> String {
    let places: Vec<String> = (1..)
        .zip(ranked)
        .map(|(place, stored): (usize, &String)| {
            let stored = stored.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{stored}\":{place}")
        })
        .collect();
    format!("{{{}}}", places.join(","))
}

impl Store {
    /// The stored forms of a field in the order of what people read of them; none where that is the order of what is kept. Of those who fit
    /// a condition.
    pub(crate) fn ranked(
        &self,
        account: AccountId,
        field: &Field,
        condition: &Condition,
        from: &str,
    ) -> Result<Option<Vec<String>>> {
        let stored: Vec<String> = match field.kind {
            Kind::Choice => field.choices.iter().map(|choice| choice.id.to_string()).collect(),
            Kind::Choices | Kind::User => {
                let value = value_of(field.number, self.is_sqlite());
                let sql = format!(
                    "SELECT DISTINCT {value} FROM {from} WHERE {} AND {value} IS NOT NULL",
                    condition.sql()
                );
                let stored = |row: &Row<'_>| row.string(0);
                self.read(|connection| connection.all(&sql, &condition.params(), stored))?
            }
            _ => return Ok(None),
        };
        self.in_order(account, field, stored).map(Some)
    }

    /// Stored forms of a field in the order of what people read of them.
    pub(crate) fn in_order(
        &self,
        account: AccountId,
        field: &Field,
        stored: Vec<String>,
    ) -> Result<Vec<String>> {
        let mut shown: Vec<(String, String)> = if field.kind == Kind::User {
            self.names_of_values(account, stored)?
        } else {
            stored.into_iter().map(|stored| (field.shown(Some(&stored), None), stored)).collect()
        };
        for (shown, _) in &mut shown {
            *shown = Claim::fold(Kind::Text, shown);
        }
        shown.sort_unstable();
        Ok(shown.into_iter().map(|(_, stored)| stored).collect())
    }

    /// User IDs with the names that people read of them.
    fn names_of_values(&self, account: AccountId, stored: Vec<String>) -> Result<Vec<(String, String)>> {
        let mut ids: Vec<UserId> = stored.iter().filter_map(|stored| stored.parse().ok()).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut named: Vec<(UserId, String)> = Vec::with_capacity(ids.len());
        self.names_of(account, &ids, |id, [first, last], _| named.push((id, format!("{first} {last}"))))?;
        named.sort_unstable();
        let name = |stored: &str| {
            let id = stored.parse::<UserId>().ok()?;
            let at = named.binary_search_by_key(&id, |(id, _)| *id).ok()?;
            Some(named[at].1.trim().to_owned())
        };
        let shown = |stored: String| (name(&stored).unwrap_or_else(|| stored.clone()), stored);
        Ok(stored.into_iter().map(shown).collect())
    }

    /// Keeps that somebody wants the order by a field to be as of now; a worker makes it ([`Store::make_order`]). True when that was news.
    ///
    /// # Errors
    /// When the database fails.
    pub fn want_order(&self, account: AccountId, field: FieldNumber, now: Time) -> Result<bool> {
        let number = i64::from(field.0);
        let known = self.read(|connection| {
            let sql = "SELECT asked_at FROM user_order WHERE account = ?1 AND field = ?2";
            connection.one(sql, params![account.0, number], |row| row.integer(0))
        })?;
        if known.is_some_and(|asked_at| asked_at > now.0 - NOTED) {
            return Ok(false);
        }
        self.write_work_soon(|transaction| {
            transaction.execute(
                "INSERT INTO user_order (account, field, asked_at, making, version, revision, made_at, users, filled)
                 VALUES (?1, ?2, ?3, 0, 0, 0, 0, 0, 0)
                 ON CONFLICT (account, field) DO UPDATE SET asked_at = excluded.asked_at",
                params![account.0, number, now.0],
            )?;
            let sql = "DELETE FROM user_order WHERE account = ?1 AND field IN
                           (SELECT o.field FROM user_order o WHERE o.account = ?1 ORDER BY o.asked_at DESC LIMIT 1000 OFFSET ?2)";
            transaction.execute(sql, params![account.0, KEPT])?;
            Ok(())
        })?;
        Ok(true)
    }

    /// Makes an order that somebody wants, if there is one. False when there was none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn make_order(&self, now: Time) -> Result<bool> {
        let sql = "SELECT o.account, o.field FROM user_order o JOIN account a ON a.id = o.account
                   WHERE o.asked_at > o.made_at AND (o.version = 0 OR (o.revision <> a.revision AND o.made_at <= ?1))
                   ORDER BY o.asked_at LIMIT 1";
        let wanted = self.read(|connection| {
            connection.one(sql, params![now.0 - ANEW], |row| {
                Ok((AccountId(row.integer(0)?), FieldNumber(row.integer(1)? as u32)))
            })
        })?;
        let Some((account, number)) = wanted else { return Ok(false) };
        // As of before it is made: what changes meanwhile makes it out of date.
        let fields = self.fields(account)?;
        let revision = self.account_now(account)?.revision as i64;
        match fields.get(number) {
            Some(field) => self.make_order_by(account, (&fields, field), revision, now)?,
            None => self.forget_order(account, number)?,
        }
        Ok(true)
    }

    fn make_order_by(
        &self,
        account: AccountId,
        (fields, field): (&Fields, &Field),
        revision: i64,
        now: Time,
    ) -> Result<()> {
        let version = (i64::from_le_bytes(self.randomness().bytes()) & i64::MAX) | 1;
        let number = i64::from(field.number.0);
        self.write_work_soon(|transaction| {
            let sql = "UPDATE user_order SET making = ?3 WHERE account = ?1 AND field = ?2";
            transaction.execute(sql, params![account.0, number, version])
        })?;
        self.forget_orphaned_parts(Some((account, field.number)))?;
        let mut condition = Condition::of(account, &UsersQuery::default(), fields, self.texts(false));
        let ranked = self.ranked(account, field, &condition, "users")?;
        let key = SortKey::of(field, ranked.as_deref(), &mut condition, self.is_sqlite());
        let mut making = Making { store: self, account, number, version, rows: Vec::new(), parts: 0 };
        let (mut users, mut filled, mut row) = (0, 0, Vec::with_capacity(TOGETHER * 8));
        // A connection of its own: what is sorted may go to a file of the system.
        let mut connection = self.connect()?;
        if connection.is_sqlite() {
            connection.batch("PRAGMA temp_store = FILE")?;
        }
        connection.each(&key.statement("users", &condition), &condition.params(), |found| {
            users += 1;
            filled += i64::from(found.integer(1)? == 0);
            row.extend_from_slice(&found.integer(0)?.to_le_bytes());
            if row.len() < TOGETHER * 8 { Ok(()) } else { making.take(std::mem::take(&mut row)) }
        })?;
        making.take(row)?;
        making.write()?;
        self.write_work_soon(|transaction| {
            let sql =
                "UPDATE user_order SET version = making, revision = ?4, made_at = ?5, users = ?6, filled = ?7
                       WHERE account = ?1 AND field = ?2 AND making = ?3";
            transaction.execute(sql, params![account.0, number, version, revision, now.0, users, filled])
        })?;
        Ok(())
    }

    fn forget_order(&self, account: AccountId, field: FieldNumber) -> Result<()> {
        self.write_work_soon(|transaction| {
            let sql = "DELETE FROM user_order WHERE account = ?1 AND field = ?2";
            transaction.execute(sql, params![account.0, i64::from(field.0)]).map(drop)
        })
    }

    /// Deletes, a few at a time, rows of versions that nobody reads and nobody makes; of one order, or of all.
    fn forget_orphaned_parts(&self, only: Option<(AccountId, FieldNumber)>) -> Result<()> {
        let of = only.map_or((-1, -1), |(account, field)| (account.0, i64::from(field.0)));
        let sql = "SELECT p.account, p.field, p.version, p.part FROM user_order_part p
                   WHERE (CAST(?1 AS BIGINT) < 0 OR (p.account = ?1 AND p.field = ?2)) AND NOT EXISTS
                       (SELECT 1 FROM user_order o WHERE o.account = p.account AND o.field = p.field
                            AND (o.version = p.version OR o.making = p.version))";
        let gone = self.read(|connection| {
            connection.all(sql, params![of.0, of.1], |row| {
                Ok([row.integer(0)?, row.integer(1)?, row.integer(2)?, row.integer(3)?])
            })
        })?;
        let sql =
            "DELETE FROM user_order_part WHERE account = ?1 AND field = ?2 AND version = ?3 AND part = ?4";
        for rows in gone.chunks(AT_ONCE) {
            self.write_work_soon(|transaction| {
                rows.iter().try_for_each(|row| {
                    let row: Vec<Param<'_>> = row.iter().map(|number| Param::Integer(*number)).collect();
                    transaction.execute(sql, &row).map(drop)
                })
            })?;
        }
        Ok(())
    }

    /// Forgets the orders that nobody has asked for within a day.
    pub(crate) fn sweep_orders(&self, now: Time) -> Result<()> {
        let old = now.0 - DAY;
        let sql = "SELECT 1 FROM user_order WHERE asked_at < ?1 LIMIT 1";
        if self.read(|connection| connection.one(sql, params![old], |_| Ok(())))?.is_some() {
            self.write_work_soon(|transaction| {
                transaction.execute("DELETE FROM user_order WHERE asked_at < ?1", params![old]).map(drop)
            })?;
        }
        self.forget_orphaned_parts(None)
    }
}

/// An order that is being made: rows of it that are not written yet.
struct Making<'s> {
    store: &'s Store,
    account: AccountId,
    number: i64,
    version: i64,
    rows: Vec<Vec<u8>>,
    parts: i64,
}

impl Making<'_> {
    fn take(&mut self, row: Vec<u8>) -> Result<()> {
        self.rows.push(row);
        if self.rows.len() < AT_ONCE { Ok(()) } else { self.write() }
    }

    fn write(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.rows);
        let first = self.parts;
        self.parts += rows.len() as i64;
        self.store.write_work_soon(|transaction| {
            let values: Vec<Param<'_>> = (first..)
                .zip(rows.iter().filter(|row| !row.is_empty()))
                .flat_map(|(part, row)| -> [Param<'_>; 5] {
                    let of = [self.account.0, self.number, self.version, part].map(Param::Integer);
                    let [account, field, version, part] = of;
                    [account, field, version, part, row.as_slice().into()]
                })
                .collect();
            transaction.insert_all("user_order_part (account, field, version, part, users)", 5, "", &values)
        })
    }
}

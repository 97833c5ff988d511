//! The activity of accounts: who did what, from where and when, for their owners to read.
//!
//! A line is written in the transaction of its act and in the file of its act, so that neither is there without the other: on SQLite these
//! are two, so there are two tables, read as one list. Acts that write nothing, such as downloads, have their line before they are
//! answered. A line holds words of ours, numbers and identities, and no value of a user.

use std::fmt;
use std::str::FromStr;

use crate::engine::{Connection, Param, Result, Row, Rows, params};
use crate::migrations::Part;
use crate::narrowed::{Why, across};
use crate::{AccountId, ImportId, Store, Time};

const HOUR: i64 = 60 * 60 * 1_000;
const DAY: i64 = 24 * HOUR;
/// Lines that are forgotten in one transaction.
const TOGETHER: i64 = 1_000;
/// Transactions that forget lines of one table in a row; the rest waits for the next sweep.
const STEPS: usize = 200;

/// Both tables.
const TABLES: [&str; 2] = ["activity", "activity_of_work"];

/// The place of a line in the list: its moment, and a number that tells it from others of the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActivityPlace {
    at: i64,
    number: i64,
}

impl fmt::Display for ActivityPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.at, self.number)
    }
}

impl FromStr for ActivityPlace {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let (at, number) = text.split_once('.').ok_or(())?;
        Ok(Self { at: at.parse().map_err(drop)?, number: number.parse().map_err(drop)? })
    }
}

/// Which lines are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityWanted {
    /// Of this event alone.
    pub event: Option<String>,
    /// By whom alone.
    pub who: Option<String>,
    /// From this moment on.
    pub since: Option<Time>,
    /// Before this moment.
    pub until: Option<Time>,
    /// What comes after this place, which is older.
    pub after: Option<ActivityPlace>,
    /// So many at the most.
    pub limit: u32,
}

/// A line of the activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Where it stands.
    pub place: ActivityPlace,
    /// When.
    pub at: Time,
    /// What: a word of the one list of events.
    pub event: String,
    /// Who.
    pub who: String,
    /// From which address it was asked, where that is known.
    pub address: Option<String>,
    /// What it is about.
    pub about: Vec<(String, String)>,
}

impl Store {
    /// Keeps the line of an act that writes nothing else, before it is answered.
    ///
    /// # Errors
    /// When the store fails: then the act is not to be answered.
    pub fn note_alone(&self) -> Result<()> {
        match self.noted().0 {
            Some(noted) if !noted.accounts.is_empty() => {
                self.write_work(|transaction| self.note(transaction, Part::Work))
            }
            _ => Ok(()),
        }
    }

    /// Keeps the line of the act over this handle, if it has one, in the transaction that does it.
    pub(crate) fn note(&self, transaction: &mut Connection, part: Part) -> Result<()> {
        self.note_with(transaction, part, &[])
    }

    /// The same with what is known only once the act is done.
    pub(crate) fn note_with(
        &self,
        transaction: &mut Connection,
        part: Part,
        more: &[(&str, String)],
    ) -> Result<()> {
        let accounts = self.noted().0.map(|noted| noted.accounts.as_slice()).unwrap_or_default();
        let note = |transaction: &mut Connection| {
            accounts.iter().try_for_each(|account| self.note_of(transaction, part, *account, more))
        };
        if accounts.iter().all(|account| transaction.sees(Rows::Of(account.0))) {
            return note(transaction);
        }
        across(transaction, Why::Activity, note)
    }

    /// The same in the activity of an account that is known only now.
    pub(crate) fn note_of(
        &self,
        transaction: &mut Connection,
        part: Part,
        account: AccountId,
        more: &[(&str, String)],
    ) -> Result<()> {
        let (Some(noted), address) = self.noted() else { return Ok(()) };
        let table = table_of(part);
        if let Some(most) = noted.most_an_hour
            && lines_since(transaction, table, account, (noted.event, noted.at.0 - HOUR), most)? >= most
        {
            return Ok(());
        }
        let own = noted.about.iter().map(|(name, value)| format!("{name}={value}"));
        let later = more.iter().map(|(name, value)| format!("{name}={value}"));
        let about = own.chain(later).collect::<Vec<_>>().join("\n");
        // Of 63 bits, so that no two lines of a moment have the same.
        let number = i64::from_le_bytes(self.randomness().bytes()) & i64::MAX;
        let sql = format!(
            "INSERT INTO {table} (account, at, number, event, who, address, about) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        );
        let line = params![account.0, noted.at.0, number, noted.event, &noted.who, address, &about];
        transaction.execute(&sql, line).map(drop)
    }

    /// Keeps with an import from where, and by which request, it is asked that it be completed.
    pub(crate) fn note_where(
        &self,
        transaction: &mut Connection,
        account: AccountId,
        import: ImportId,
    ) -> Result<()> {
        let (address, number) = (self.noted().1, self.request_number());
        if address.is_none() && number.is_none() {
            return Ok(());
        }
        let sql = "UPDATE import SET asked_from = ?3, asked_in = ?4 WHERE account = ?1 AND id = ?2";
        transaction.execute(sql, params![account.0, import.number(), address, number]).map(drop)
    }

    /// From where it was asked that an import be completed, where that is known.
    pub fn import_asked_from(&self, account: AccountId, import: ImportId) -> Result<Option<String>> {
        self.read(|connection| {
            let sql = "SELECT asked_from FROM import WHERE account = ?1 AND id = ?2";
            let of = params![account.0, import.number()];
            Ok(connection.one(sql, of, |row| row.maybe_string(0))?.flatten())
        })
    }

    /// The number of the request that asked for an import, or that it be completed, where that is known.
    pub fn import_asked_in(&self, account: AccountId, import: ImportId) -> Result<Option<String>> {
        self.read(|connection| {
            let sql = "SELECT asked_in FROM import WHERE account = ?1 AND id = ?2";
            let of = params![account.0, import.number()];
            Ok(connection.one(sql, of, |row| row.maybe_string(0))?.flatten())
        })
    }

    /// The lines of an account, the newest first.
    pub fn activity(&self, account: AccountId, wanted: &ActivityWanted) -> Result<Vec<Activity>> {
        let (conditions, values) = conditions_of(account, wanted);
        let of_table = |table: &str| {
            format!(
                "SELECT at, number, event, who, address, about FROM
                     (SELECT at, number, event, who, address, about FROM {table} WHERE {conditions}
                      ORDER BY at DESC, number DESC LIMIT {}) {table}",
                wanted.limit
            )
        };
        let [first, second] = TABLES.map(of_table);
        let sql = format!("{first} UNION ALL {second} ORDER BY at DESC, number DESC LIMIT {}", wanted.limit);
        self.read(|connection| connection.all(&sql, &values, activity_of))
    }

    /// Forgets lines that are older than their accounts keep them, in short transactions. Answers how many.
    ///
    /// # Errors
    /// When the store fails.
    pub fn forget_old_activity(&self, now: Time) -> Result<u64> {
        let accounts = self.read(|connection| {
            let sql = "SELECT id, activity_days FROM account ORDER BY id";
            connection.all(sql, params![], |row| Ok((AccountId(row.integer(0)?), row.integer(1)?)))
        })?;
        let mut forgotten = 0;
        for (account, days) in accounts {
            let before = now.0 - days * DAY;
            for part in [Part::Directory, Part::Work] {
                forgotten += self.forget_lines(account, part, before)?;
            }
        }
        Ok(forgotten)
    }

    fn forget_lines(&self, account: AccountId, part: Part, before: i64) -> Result<u64> {
        let table = table_of(part);
        let oldest = format!("SELECT 1 FROM {table} WHERE account = ?1 AND at < ?2 LIMIT 1");
        let sql = format!(
            "DELETE FROM {table} WHERE account = ?1 AND (at, number) IN
                 (SELECT at, number FROM {table} WHERE account = ?1 AND at < ?2 ORDER BY at, number LIMIT {TOGETHER})"
        );
        let mut forgotten = 0;
        for _ in 0..STEPS {
            let of = params![account.0, before];
            // Looked at first: who has nothing old is not written.
            if self.read(|connection| connection.one(&oldest, of, |_| Ok(())))?.is_none() {
                break;
            }
            forgotten += match part {
                Part::Directory => self.write_directory(|transaction| transaction.execute(&sql, of)),
                Part::Work => self.write_work(|transaction| transaction.execute(&sql, of)),
            }?;
        }
        Ok(forgotten)
    }
}

fn table_of(part: Part) -> &'static str {
    match part {
        Part::Directory => TABLES[0],
        Part::Work => TABLES[1],
    }
}

/// How many lines of an event there are since a moment, counted no further than to `most`.
fn lines_since(
    transaction: &mut Connection,
    table: &str,
    account: AccountId,
    (event, since): (&str, i64),
    most: i64,
) -> Result<i64> {
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM {table} WHERE account = ?1 AND event = ?2 AND at > ?3 LIMIT {most}) t"
    );
    let found = transaction.one(&sql, params![account.0, event, since], |row| row.integer(0))?;
    Ok(found.unwrap_or_default())
}

/// What a line has to say, as SQL, with the values of its parameters.
fn conditions_of(account: AccountId, wanted: &ActivityWanted) -> (String, Vec<Param<'_>>) {
    let (mut sql, mut values) = ("account = ?1".to_owned(), vec![Param::Integer(account.0)]);
    let texts = [("event", &wanted.event), ("who", &wanted.who)];
    for (column, text) in texts {
        if let Some(text) = text {
            values.push(Param::Text(text));
            sql += &format!(" AND {column} = ?{}", values.len());
        }
    }
    for (comparison, time) in [(">=", wanted.since), ("<", wanted.until)] {
        if let Some(time) = time {
            values.push(Param::Integer(time.0));
            sql += &format!(" AND at {comparison} ?{}", values.len());
        }
    }
    if let Some(ActivityPlace { at, number }) = wanted.after {
        values.extend([Param::Integer(at), Param::Integer(number)]);
        let (first, second) = (values.len() - 1, values.len());
        sql += &format!(" AND (at, number) < (?{first}, ?{second})");
    }
    (sql, values)
}

fn activity_of(row: &Row<'_>) -> Result<Activity> {
    let (at, number) = (row.integer(0)?, row.integer(1)?);
    let about = row.text(5)?.lines().filter_map(|line| line.split_once('='));
    Ok(Activity {
        place: ActivityPlace { at, number },
        at: Time(at),
        event: row.string(2)?,
        who: row.string(3)?,
        address: row.maybe_string(4)?,
        about: about.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    })
}

//! What operators see of the whole deployment: its accounts, the work that is under way, how large it has become. Each answer is bounded.

use std::collections::HashMap;

use crate::directory::accounts::{ACCOUNT_COLUMNS, ACCOUNT_WIDTH, account_of};
use crate::engine::{Connection, Result, Row, params};
use crate::{Account, AccountId, ImportId, ImportState, Store, Time, work_file};

/// An account, as operators see it among all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLine {
    /// The account.
    pub account: Account,
    /// Whether it is being removed.
    pub removing: bool,
    /// How many of its imports have come to no end.
    pub waiting: i64,
    /// The bytes of its files that are kept.
    pub bytes: i64,
    /// Of how many values it was told since a day that somebody elsewhere has them.
    pub told: i64,
}

/// An import that a worker has, or that waits for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaseLine {
    /// The short name of its account.
    pub slug: String,
    /// The import.
    pub import: ImportId,
    /// Its state: `reading`, `applying`.
    pub state: String,
    /// What is done of it.
    pub stage: String,
    /// When it was begun.
    pub since: Time,
    /// The worker that has it, if one has.
    pub owner: Option<String>,
    /// Until when.
    pub until: Time,
    /// How often it was taken.
    pub fence: i64,
    /// How many workers died over it.
    pub deaths: i64,
}

/// How large a table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSize {
    /// Its name.
    pub name: String,
    /// How many rows it has; of SQLite at most [`ROWS_COUNTED`], of PostgreSQL about so many.
    pub rows: i64,
    /// With its indexes, where the database tells.
    pub bytes: Option<i64>,
}

/// How large the deployment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes {
    /// The files of SQLite with their bytes; none of PostgreSQL.
    pub files: Vec<(String, i64)>,
    /// The tables that grow.
    pub tables: Vec<TableSize>,
    /// The bytes of uploads that are kept.
    pub uploads: i64,
}

/// Imports of one state that have come to no end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unended {
    /// The state: `reading`, `applying`, `matching`, `review`.
    pub state: ImportState,
    /// How many there are.
    pub imports: i64,
    /// When the oldest was begun.
    pub oldest: Time,
    /// How many of them wait for a worker.
    pub waiting: i64,
}

/// What is said to who watches the deployment from outside: numbers without a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Imports by their states; of those that wait for people, files alone. States without any are left out.
    pub imports: Vec<Unended>,
    /// Mails that wait to be sent.
    pub mails: i64,
    /// When the oldest of them was wanted.
    pub oldest_mail: Option<Time>,
}

/// Rows of a table that are counted at the most.
pub const ROWS_COUNTED: i64 = 1_000_000;
/// Imports that are listed.
const LISTED: i64 = 200;
/// The tables that grow with users, changes and files.
const LARGE: [&str; 7] = ["users", "history", "login_key", "revision", "import", "plan_cell", "upload"];

impl Store {
    /// All accounts by slug, those that are being removed too; `since` is the day, counted from 1970, from which on it counts how often they were
    /// told of others.
    ///
    /// # Errors
    /// When the store fails.
    pub fn account_lines(&self, since: i64) -> Result<Vec<AccountLine>> {
        let sql = format!("SELECT {ACCOUNT_COLUMNS}, a.removing FROM account a ORDER BY a.slug");
        self.read(|connection| {
            let waiting = "SELECT account, COUNT(*) FROM import
                           WHERE kind = 'file' AND (state = 'reading' OR state = 'matching' OR state = 'review' OR state = 'applying') GROUP BY account";
            let waiting = by_account(connection, waiting, None)?;
            let bytes = "SELECT account, CAST(SUM(bytes) AS BIGINT) FROM upload_size GROUP BY account";
            let bytes = by_account(connection, bytes, None)?;
            let told = "SELECT account, CAST(SUM(answers) AS BIGINT) FROM elsewhere WHERE day >= ?1 GROUP BY account";
            let told = by_account(connection, told, Some(since))?;
            let of = |sums: &HashMap<AccountId, i64>, id| sums.get(&id).copied().unwrap_or_default();
            connection.all(&sql, params![], |row| {
                let account = account_of(row)?;
                let id = account.id;
                let (waiting, bytes, told) = (of(&waiting, id), of(&bytes, id), of(&told, id));
                Ok(AccountLine { account, removing: row.flag(ACCOUNT_WIDTH)?, waiting, bytes, told })
            })
        })
    }

    /// Of how many values an account was told that somebody elsewhere has them, by day from 1970, the last first: of the days since one.
    ///
    /// # Errors
    /// When the store fails.
    pub fn told_by_day(&self, account: AccountId, since: i64) -> Result<Vec<(i64, i64)>> {
        let sql = "SELECT day, answers FROM elsewhere WHERE account = ?1 AND day >= ?2 AND answers > 0 ORDER BY day DESC";
        self.read(|connection| {
            connection.all(sql, params![account.0, since], |row| Ok((row.integer(0)?, row.integer(1)?)))
        })
    }

    /// The imports that workers have or that wait for one, the oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub fn leases(&self) -> Result<Vec<LeaseLine>> {
        let sql = "SELECT COALESCE((SELECT a.slug FROM account a WHERE a.id = i.account), ''), i.id, i.state, i.stage, i.created_at,
                          i.owner, i.lease_until, i.fence, i.deaths
                   FROM import i WHERE (i.state = 'reading' OR i.state = 'applying') ORDER BY i.id LIMIT ?1";
        self.read(|connection| connection.all(sql, params![LISTED], lease_of))
    }

    /// Numbers about the whole deployment, read by indexes that hold what is under way alone; `now` is until when leases that are over were held.
    ///
    /// # Errors
    /// When the store fails.
    pub fn figures(&self, now: Time) -> Result<Figures> {
        let worked_on = "SELECT state, COUNT(*), MIN(created_at), CAST(SUM(CASE WHEN lease_until < ?1 THEN 1 ELSE 0 END) AS BIGINT) FROM import
                         WHERE state = 'reading' OR state = 'applying' GROUP BY state ORDER BY state";
        // In the words of the index `import_waiting`.
        let waits = "SELECT state, COUNT(*), MIN(created_at), CAST(0 AS BIGINT) FROM import
                     WHERE kind = 'file' AND (state = 'reading' OR state = 'review' OR state = 'applying') AND state = 'review' GROUP BY state";
        let matching = "SELECT state, COUNT(*), MIN(created_at), CAST(0 AS BIGINT) FROM import WHERE state = 'matching' GROUP BY state";
        let mail = "SELECT COUNT(*), MIN(at) FROM mail";
        self.read(|connection| {
            let mut imports = connection.all(worked_on, params![now.0], unended_of)?;
            imports.extend(connection.all(waits, params![], unended_of)?);
            imports.extend(connection.all(matching, params![], unended_of)?);
            let of_row = |row: &Row<'_>| Ok((row.integer(0)?, row.maybe_integer(1)?.map(Time)));
            let (mails, oldest_mail) = connection.one(mail, params![], of_row)?.unwrap_or_default();
            Ok(Figures { imports, mails, oldest_mail })
        })
    }

    /// How large the deployment is.
    ///
    /// # Errors
    /// When the store fails.
    pub fn sizes(&self) -> Result<Sizes> {
        let uploads = "SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM upload_size";
        self.read(|connection| {
            let uploads = connection.one(uploads, params![], |row| row.integer(0))?.unwrap_or_default();
            let tables = if connection.is_sqlite() { counted(connection)? } else { estimated(connection)? };
            Ok(Sizes { files: self.files_on_disk(), tables, uploads })
        })
    }

    fn files_on_disk(&self) -> Vec<(String, i64)> {
        let Some(directory) = self.directory_file() else { return Vec::new() };
        let work = work_file(directory);
        let mut files = Vec::new();
        for path in [directory, work.as_path()] {
            for ending in ["", "-wal"] {
                let mut name = path.file_name().unwrap_or_default().to_owned();
                name.push(ending);
                if let Ok(found) = std::fs::metadata(path.with_file_name(&name)) {
                    let bytes = i64::try_from(found.len()).unwrap_or(i64::MAX);
                    files.push((name.to_string_lossy().into_owned(), bytes));
                }
            }
        }
        files
    }
}

fn by_account(connection: &mut Connection, sql: &str, since: Option<i64>) -> Result<HashMap<AccountId, i64>> {
    let of_row = |row: &Row<'_>| Ok((AccountId(row.integer(0)?), row.integer(1)?));
    let found = match since {
        Some(since) => connection.all(sql, params![since], of_row)?,
        None => connection.all(sql, params![], of_row)?,
    };
    Ok(found.into_iter().collect())
}

fn unended_of(row: &Row<'_>) -> Result<Unended> {
    Ok(Unended {
        state: ImportState::stored(row.text(0)?)?,
        imports: row.integer(1)?,
        oldest: Time(row.integer(2)?),
        waiting: row.integer(3)?,
    })
}

fn lease_of(row: &Row<'_>) -> Result<LeaseLine> {
    Ok(LeaseLine {
        slug: row.string(0)?,
        import: ImportId::of_number(row.integer(1)?),
        state: row.string(2)?,
        stage: row.string(3)?,
        since: Time(row.integer(4)?),
        owner: row.maybe_string(5)?,
        until: Time(row.integer(6)?),
        fence: row.integer(7)?,
        deaths: row.integer(8)?,
    })
}

fn counted(connection: &mut Connection) -> Result<Vec<TableSize>> {
    let mut sizes = Vec::new();
    for name in LARGE {
        let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM {name} LIMIT ?1) some");
        let rows = connection.one(&sql, params![ROWS_COUNTED], |row| row.integer(0))?.unwrap_or_default();
        sizes.push(TableSize { name: name.to_owned(), rows, bytes: None });
    }
    Ok(sizes)
}

/// PostgreSQL knows about how many rows a table has, and how large it is.
fn estimated(connection: &mut Connection) -> Result<Vec<TableSize>> {
    let sql = "SELECT CAST(c.relname AS TEXT), CAST(GREATEST(c.reltuples, 0) AS BIGINT), pg_total_relation_size(c.oid)
               FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = current_schema() AND c.relname = ?1";
    let mut sizes = Vec::new();
    for name in LARGE {
        sizes.extend(connection.one(sql, params![name], |row| {
            Ok(TableSize { name: row.string(0)?, rows: row.integer(1)?, bytes: Some(row.integer(2)?) })
        })?);
    }
    Ok(sizes)
}

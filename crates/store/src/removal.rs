//! Removing an account with all of its rows. First it is marked: nobody acts in it from then on, and nothing of it is worked on. Then its rows
//! go, some in each transaction, so that nobody waits long; at the end the account itself. Whoever is killed on the way leaves the mark, and
//! another goes on. Which tables have rows of an account, the schema says: a new one needs nothing here.

use directory::Users;

use crate::directory::claims::{self, claims_of};
use crate::engine::{Connection, Result, params};
use crate::migrations::Part;
use crate::{AccountId, Store, Time};

/// Rows that are deleted in one transaction.
const TOGETHER: i64 = 2_000;
/// The same of tables whose rows hold many bytes each.
const LARGE_TOGETHER: i64 = 50;
/// Transactions until somebody else may do something; of small accounts all that is needed.
const AT_ONCE: usize = 100;
/// So many milliseconds after an account was gone rows are still looked for that came on the way: an upload takes no longer.
const STRAGGLERS: i64 = 2 * 24 * 60 * 60 * 1_000;

/// A table with rows of accounts.
struct Table {
    name: String,
    part: Part,
    /// What tells its rows apart: the columns of its primary key, or what the database has in place of one.
    key: String,
}

impl Table {
    /// Work before the directory; what belongs to an import before it, what is said of users before the fields that say how it is kept.
    fn place(&self) -> u8 {
        match self.name.as_str() {
            "import" => 1,
            "users" => 2,
            "field" | "token" => 3,
            _ => 0,
        }
    }

    fn together(&self) -> i64 {
        let is_large = ["upload", "user_order_part"].contains(&self.name.as_str());
        if is_large || self.name.starts_with("users_text_") { LARGE_TOGETHER } else { TOGETHER }
    }

    fn statement(&self) -> String {
        let Self { name, key, .. } = self;
        format!(
            "DELETE FROM {name} WHERE account = ?1 AND ({key}) IN (SELECT {key} FROM {name} WHERE account = ?1 LIMIT ?2)"
        )
    }
}

impl Store {
    /// Marks an account as being removed: nobody acts in it from now on. False when it is marked, or gone, already. Its rows go by
    /// [`Store::go_on_removing`].
    ///
    /// # Errors
    /// When the store fails.
    pub fn begin_removing(&self, account: AccountId, at: Time) -> Result<bool> {
        let marked = self.write_directory(|transaction| {
            let sql = "UPDATE account SET removing = 1 WHERE id = ?1 AND removing = 0";
            if transaction.execute(sql, params![account.0])? == 0 {
                return Ok(false);
            }
            let sql = "INSERT INTO removed (number, slug, began_at)
                       SELECT id, slug, CAST(?2 AS BIGINT) FROM account WHERE id = ?1";
            transaction.execute(sql, params![account.0, at.0])?;
            // Whoever applies something finds its fence gone.
            transaction.execute("DELETE FROM applying WHERE account = ?1", params![account.0])?;
            Ok(true)
        })?;
        if marked {
            self.stop_work_of(account)?;
        }
        Ok(marked)
    }

    /// Marks practice organisations whose time is over; answers their short names.
    ///
    /// # Errors
    /// When the store fails.
    pub fn end_practices(&self, now: Time) -> Result<Vec<String>> {
        let sql = "SELECT id, slug FROM account WHERE ends_at <= ?1 AND removing = 0";
        let over = self.read(|connection| {
            connection.all(sql, params![now.0], |row| Ok((AccountId(row.integer(0)?), row.string(1)?)))
        })?;
        let mut ended = Vec::new();
        for (account, slug) in over {
            if self.begin_removing(account, now)? {
                ended.push(slug);
            }
        }
        Ok(ended)
    }

    /// Removes some rows of an account that is marked. True when there may be more to do.
    ///
    /// # Errors
    /// When the store fails; what is gone stays gone.
    pub fn go_on_removing(&self, now: Time) -> Result<bool> {
        let sql = "SELECT id FROM account WHERE removing = 1 ORDER BY id LIMIT 1";
        let next = self.read(|connection| connection.one(sql, params![], |row| row.integer(0)))?;
        let Some(account) = next.map(AccountId) else { return Ok(false) };
        // Nothing but what is its own can go.
        let its = self.of(account);
        its.stop_work_of(account)?;
        let mut left = AT_ONCE;
        let tables = self.tables_of_accounts()?;
        for table in &tables {
            if !its.empty_table(account, table, &mut left)? {
                return Ok(true);
            }
        }
        its.end_removing(account, &tables, now)?;
        Ok(true)
    }

    /// Removes rows of accounts that are gone, which came while they went: the end of an upload that was on its way.
    ///
    /// # Errors
    /// When the store fails.
    pub fn sweep_removed(&self, now: Time) -> Result<()> {
        let since = now.plus(-STRAGGLERS).0;
        let sql = "SELECT number FROM removed WHERE ended_at >= ?1";
        let gone = self.read(|connection| connection.all(sql, params![since], |row| row.integer(0)))?;
        let tables = if gone.is_empty() { Vec::new() } else { self.tables_of_accounts()? };
        for account in gone {
            for table in &tables {
                while !self.empty_table(AccountId(account), table, &mut { AT_ONCE })? {}
            }
        }
        let sql = "SELECT 1 FROM removed WHERE number < 0 AND ended_at < ?1 LIMIT 1";
        if self.read(|connection| connection.one(sql, params![since], |_| Ok(())))?.is_some() {
            // Names of practice are random.
            let sql = "DELETE FROM removed WHERE number < 0 AND ended_at < ?1";
            self.write_directory(|transaction| transaction.execute(sql, params![since]))?;
        }
        Ok(())
    }

    /// The short names of accounts that are being removed.
    pub(crate) fn removing(&self) -> Result<Vec<String>> {
        let sql = "SELECT slug FROM account WHERE removing = 1";
        self.read(|connection| connection.all(sql, params![], |row| row.string(0)))
    }

    /// Whether the account of a short name is being removed.
    ///
    /// # Errors
    /// When the store fails.
    pub fn is_removing(&self, slug: &str) -> Result<bool> {
        Ok(self.removing()?.iter().any(|removing| removing == slug))
    }

    /// Gives up all imports, whoever works on them, and forgets when tokens were used: the work knows those by their digests alone.
    fn stop_work_of(&self, account: AccountId) -> Result<()> {
        let open = "account = ?1 AND state IN ('reading', 'matching', 'review', 'applying')";
        let sql = format!("SELECT 1 FROM import WHERE {open} LIMIT 1");
        if self.read(|connection| connection.one(&sql, params![account.0], |_| Ok(())))?.is_some() {
            let sql = format!(
                "UPDATE import SET state = 'cancelled', owner = NULL, lease_until = 0, fence = fence + 1 WHERE {open}"
            );
            self.write_work(|transaction| transaction.execute(&sql, params![account.0]))?;
        }
        let sql = "SELECT t.hash FROM token t WHERE t.account = ?1 AND EXISTS (SELECT 1 FROM token_use u WHERE u.hash = t.hash)";
        let used = self.read(|connection| connection.all(sql, params![account.0], |row| row.string(0)))?;
        if used.is_empty() {
            return Ok(());
        }
        self.write_work(|transaction| {
            let sql = "DELETE FROM token_use WHERE hash = ?1";
            used.iter().try_for_each(|hash| transaction.execute(sql, params![hash]).map(drop))
        })
    }

    /// Deletes the rows of a table, with `left` transactions at the most. True when none is left.
    fn empty_table(&self, account: AccountId, table: &Table, left: &mut usize) -> Result<bool> {
        let there = format!("SELECT 1 FROM {} WHERE account = ?1 LIMIT 1", table.name);
        while self.read(|connection| connection.one(&there, params![account.0], |_| Ok(())))?.is_some() {
            if *left == 0 {
                return Ok(false);
            }
            *left -= 1;
            if table.name == "users" {
                self.remove_users(account)?;
                continue;
            }
            let sql = table.statement();
            let delete = |transaction: &mut Connection| {
                transaction.execute(&sql, params![account.0, table.together()])
            };
            match table.part {
                Part::Directory => self.write_directory(delete)?,
                Part::Work => self.write_work_soon(delete)?,
            };
        }
        Ok(true)
    }

    /// Some users, each with what is claimed for it: claims of the deployment are found by their keys, not by their account.
    fn remove_users(&self, account: AccountId) -> Result<()> {
        let fields = self.fields(account)?;
        let mut users = Users::new(&fields);
        self.users_after(account, 0, i64::MAX as u64, TOGETHER as usize, &mut users)?;
        let Some(last) = users.len().checked_sub(1).and_then(|last| users.get(last)) else { return Ok(()) };
        let last = last.id().number() as i64;
        self.write_directory(|transaction| {
            let claims: Vec<_> = users
                .iter()
                .flat_map(|user| {
                    claims_of(&fields, &user).into_iter().map(move |(_, claim)| (user.id(), claim))
                })
                .collect();
            claims::release_all(transaction, account, &claims)?;
            let sql = "DELETE FROM users WHERE account = ?1 AND id <= ?2";
            transaction.execute(sql, params![account.0, last]).map(drop)
        })
    }

    /// The account itself, with what came to the directory while its rows went.
    fn end_removing(&self, account: AccountId, tables: &[Table], now: Time) -> Result<()> {
        self.write_directory(|transaction| {
            let lock = "UPDATE account SET slug = slug WHERE id = ?1";
            transaction.execute(lock, params![account.0])?;
            for table in tables.iter().filter(|table| table.part == Part::Directory) {
                let sql = format!("DELETE FROM {} WHERE account = ?1", table.name);
                transaction.execute(&sql, params![account.0])?;
            }
            transaction.execute("DELETE FROM account WHERE id = ?1", params![account.0])?;
            let sql = "UPDATE removed SET ended_at = ?2 WHERE number = ?1";
            transaction.execute(sql, params![account.0, now.0]).map(drop)
        })?;
        self.give_room_back()
    }

    /// The tables that have a column `account`, in the order in which they are emptied.
    fn tables_of_accounts(&self) -> Result<Vec<Table>> {
        let mut tables = self.read(|connection| {
            if connection.is_sqlite() { tables_of_sqlite(connection) } else { tables_of_postgres(connection) }
        })?;
        tables.sort_by(|one, other| (one.place(), &one.name).cmp(&(other.place(), &other.name)));
        Ok(tables)
    }
}

fn tables_of_sqlite(connection: &mut Connection) -> Result<Vec<Table>> {
    let mut tables = Vec::new();
    for (part, file) in [(Part::Directory, "main"), (Part::Work, "work")] {
        let sql = format!(
            "SELECT m.name, COALESCE((SELECT GROUP_CONCAT(k.name, ', ') FROM
                 (SELECT p.name FROM pragma_table_info(m.name, '{file}') p WHERE p.pk > 0 ORDER BY p.pk) k), 'rowid')
             FROM {file}.sqlite_master m JOIN pragma_table_info(m.name, '{file}') c
             WHERE m.type = 'table' AND c.name = 'account'"
        );
        let named = connection.all(&sql, params![], |row| Ok((row.string(0)?, row.string(1)?)))?;
        tables.extend(named.into_iter().map(|(name, key)| Table { name, part, key }));
    }
    Ok(tables)
}

/// Of one database it does not matter whose transaction it is.
fn tables_of_postgres(connection: &mut Connection) -> Result<Vec<Table>> {
    let sql = "WITH t AS MATERIALIZED (
                   SELECT oid, relname FROM pg_class WHERE relkind = 'r'
                     AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()))
               SELECT CAST(t.relname AS TEXT), COALESCE((
                   SELECT STRING_AGG(CAST(c.attname AS TEXT), ', ' ORDER BY array_position(k.conkey, c.attnum))
                   FROM pg_constraint k JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = ANY(k.conkey)
                   WHERE k.conrelid = t.oid AND k.contype = 'p'), 'ctid')
               FROM t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'account' AND NOT a.attisdropped";
    let named = connection.all(sql, params![], |row| Ok((row.string(0)?, row.string(1)?)))?;
    Ok(named.into_iter().map(|(name, key)| Table { name, part: Part::Directory, key }).collect())
}

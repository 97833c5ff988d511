//! Forgetting: uploads and what was staged of them are kept for a while, then only what was applied remains.

use directory::{ChangeRule, UserId};

use crate::engine::{Connection, Result, Row, params};
use crate::work::announced::announce;
use crate::{AccountId, ImportId, Store, Time};

const HOUR: i64 = 60 * 60 * 1_000;
const DAY: i64 = 24 * HOUR;

/// So many milliseconds an import that was given up can be taken back.
pub(crate) const TAKEN_BACK: i64 = DAY;

/// Imports that are forgotten in one transaction.
const TOGETHER: usize = 500;

/// An import that was given up is emptied after so many milliseconds: whoever was working on it has noticed by then. One that can be
/// taken back is emptied so much later than that is possible.
const NOTICED: i64 = 10_000;
/// A ticket is kept so long after it was closed.
const TICKETS_KEPT: i64 = 90 * DAY;
/// Days for which it is known how often an account was told of others.
const TOLD_KEPT_DAYS: i64 = 400;
/// Free pages that the work file keeps, 16 MiB of them; and how many are given back in one transaction.
const PAGES_KEPT: i64 = 2_048;
const PAGES_AT_ONCE: i64 = 512;

/// What belongs to an import beside its own row.
pub(crate) const TABLES: [&str; 20] = [
    "upload",
    "upload_size",
    "plan_cell",
    "plan_claim",
    "plan_line",
    "plan_group",
    "plan_kind",
    "left_out",
    "fix",
    "fix_row",
    "fix_cell",
    "fix_wanted",
    "warning",
    "plan_shown",
    "plan_new",
    "change_rule",
    "changed_back",
    "foreign_table",
    "foreign_column",
    "not_in_file",
];

impl Store {
    /// Forgets the files and plans of imports that are older than their account keeps them, gives up reviews as old as that, and
    /// sweeps up uploads that never became an import; answers to old requests go too. Answers how many imports it was about. Accounts
    /// that have nothing old are not written.
    pub fn forget_old_files(&self, now: Time) -> Result<u64> {
        let mut forgotten = 0;
        for (account, erased_at) in self.read(accounts_with_erased)? {
            // What came before somebody was erased may name them.
            forgotten += self.write_work(|transaction| forget_files(transaction, account, erased_at + 1))?;
        }
        for (account, before) in self.read(|connection| accounts_with_old_files(connection, now))? {
            forgotten += self.write_work(|transaction| {
                transaction.execute(
                    "UPDATE import SET state = 'cancelled', finished_at = ?3, emptied = 1
                     WHERE account = ?1 AND created_at < ?2 AND state IN ('review', 'matching')",
                    params![account, before, now.0],
                )?;
                forget_files(transaction, account, before)
            })?;
        }
        self.forget_closed_tickets(now.plus(-TICKETS_KEPT))?;
        self.sweep_what_nobody_comes_back_to(now)?;
        self.sweep_selections(now)?;
        self.sweep_orders(now)?;
        self.sweep_orphans(now)?;
        self.sweep_told(now)?;
        self.give_room_back()?;
        Ok(forgotten)
    }

    /// Takes out of the work what may tell of a person who was erased at a moment: the files and plans of imports at their end, and of those
    /// in review what is about them; such an import is read again. Files of imports that wait are forgotten when those are at their end.
    /// Rules of change that were about them lose their values where imports are named. Answers how many imports wait whose files may name them.
    ///
    /// # Errors
    /// When the store fails.
    pub fn forget_person(&self, account: AccountId, user: UserId, at: Time) -> Result<i64> {
        let place = user.number() as i64;
        let rules = self.read(|connection| rules_about(connection, account, place))?;
        self.write_work(|transaction| {
            let sql = "UPDATE import SET emptied = 1 WHERE account = ?1 AND created_at <= ?2 AND state = 'cancelled'
                           AND kind IN ('file', 'rule')";
            transaction.execute(sql, params![account.0, at.0])?;
            for rule in &rules {
                // What it did, the history knows; an import that undoes it bears its name.
                let sql = "UPDATE import SET file_name = ?3 WHERE account = ?1 AND (id = ?2 OR undoes = ?2)";
                transaction.execute(sql, params![account.0, *rule, ChangeRule::ERASED])?;
            }
            forget_files(transaction, account.0, at.0 + 1)
        })?;
        self.write_work(|transaction| {
            let read_again = transaction.execute(
                "UPDATE import SET state = 'reading', stage = 'waiting', done = 0, total = 0, owner = NULL, lease_until = 0, deaths = 0
                 WHERE account = ?1 AND state = 'review' AND kind IN ('file', 'rule') AND EXISTS
                     (SELECT 1 FROM plan_cell c WHERE c.account = import.account AND c.import = import.id AND c.place = ?2)",
                params![account.0, place],
            )?;
            if read_again > 0 {
                announce(transaction, account)?;
            }
            for table in ["fix", "fix_row", "fix_cell", "plan_shown", "ticket_value", "ticket_cell"] {
                let sql = format!("DELETE FROM {table} WHERE account = ?1 AND place = ?2");
                transaction.execute(&sql, params![account.0, place])?;
            }
            forget_selected(transaction, account, place)
        })?;
        self.give_room_back()?;
        let sql = "SELECT COUNT(*) FROM import WHERE account = ?1 AND created_at <= ?2 AND kind = 'file'
                       AND state IN ('reading', 'matching', 'review', 'applying')";
        let waiting =
            self.read(|connection| connection.one(sql, params![account.0, at.0], |row| row.integer(0)))?;
        Ok(waiting.unwrap_or_default())
    }

    /// Lets go of all that was kept and staged of imports that were given up and can't be taken back, but that they were; then gives the
    /// room back that is free.
    /// Answers how many imports it was about.
    ///
    /// # Errors
    /// When the store fails.
    pub fn empty_given_up(&self, now: Time) -> Result<u64> {
        let sql = "SELECT account, id FROM import WHERE state = 'cancelled' AND emptied = 0
                       AND (COALESCE(finished_at, 0) < ?2
                            OR (COALESCE(finished_at, 0) < ?1 AND (keep = 0 OR kind NOT IN ('file', 'undo', 'rule')))) LIMIT 100";
        let of_row = |row: &Row<'_>| Ok((row.integer(0)?, row.integer(1)?));
        let noticed = now.plus(-NOTICED);
        let since = params![noticed.0, noticed.plus(-TAKEN_BACK).0];
        let given_up = self.read(|connection| connection.all(sql, since, of_row))?;
        for (account, id) in &given_up {
            self.empty(*account, *id)?;
        }
        if !given_up.is_empty() {
            self.give_room_back()?;
        }
        Ok(given_up.len() as u64)
    }

    /// Lets go at once of what was kept of an import that was given up: it can't be taken back any more. False when it was not given up, or
    /// is empty already.
    ///
    /// # Errors
    /// When the store fails.
    pub fn empty_import(&self, account: AccountId, id: ImportId) -> Result<bool> {
        // Said first: from here on nobody takes it back.
        let closed = self.act(account, id, |transaction| {
            let sql = "UPDATE import SET finished_at = NULL WHERE account = ?1 AND id = ?2 AND state = 'cancelled' AND emptied = 0";
            Ok((transaction.execute(sql, params![account.0, id.number()])? == 1).then_some(()))
        })?;
        if closed.is_some() {
            self.empty(account.0, id.number())?;
        }
        Ok(closed.is_some())
    }

    fn empty(&self, account: i64, id: i64) -> Result<()> {
        for table in TABLES {
            let sql = format!("DELETE FROM {table} WHERE account = ?1 AND import = ?2");
            self.write_work_soon(|transaction| transaction.execute(&sql, params![account, id]))?;
        }
        let sql = "UPDATE import SET emptied = 1 WHERE account = ?1 AND id = ?2";
        self.write_work_soon(|transaction| transaction.execute(sql, params![account, id]))?;
        Ok(())
    }

    /// Gives free pages of the work file back to the disk, a few at a time, so that nobody waits long.
    ///
    /// # Errors
    /// When the store fails.
    pub fn give_room_back(&self) -> Result<()> {
        // Asked first: as a rule there is nothing to give, and whoever writes is not waited for.
        let free = |connection: &mut Connection| connection.free_pages("work.");
        if !self.writes_in_turn() || self.read(free)? <= PAGES_KEPT {
            return Ok(());
        }
        while self.write_work_soon(|transaction| transaction.give_back(PAGES_KEPT, PAGES_AT_ONCE))? {}
        Ok(())
    }

    /// A dry run keeps nothing, and neither does a form; one whose process was killed before it was told is over after an hour.
    fn sweep_what_nobody_comes_back_to(&self, now: Time) -> Result<()> {
        let of_row = |row: &Row<'_>| Ok((AccountId(row.integer(0)?), ImportId::of_number(row.integer(1)?)));
        let over = self.read(|connection| {
            let sql =
                "SELECT account, id FROM import WHERE keep = 0 AND created_at < ?1 AND lease_until < ?2";
            let dry = connection.all(sql, params![now.plus(-HOUR).0, now.0], of_row)?;
            let sql = "SELECT account, id FROM import
                       WHERE kind = 'form' AND created_at < ?1 AND state IN ('done', 'failed', 'cancelled') LIMIT 10000";
            let forms = connection.all(sql, params![now.plus(-HOUR).0], of_row)?;
            Ok([dry, forms].concat())
        })?;
        over.chunks(TOGETHER).try_for_each(|imports| {
            self.write_work_soon(|transaction| {
                imports.iter().try_for_each(|(account, id)| forget_in(transaction, *account, *id))
            })
        })
    }

    /// Of which values an account was told that somebody elsewhere has them, counts for a day; of how many, operators read for a year.
    fn sweep_told(&self, now: Time) -> Result<()> {
        let today = now.0 / DAY;
        for (table, before) in [("elsewhere_told", today - 1), ("elsewhere", today - TOLD_KEPT_DAYS)] {
            let sql = format!("SELECT 1 FROM {table} WHERE day < ?1 LIMIT 1");
            if self.read(|connection| connection.one(&sql, params![before], |_| Ok(())))?.is_some() {
                let sql = format!("DELETE FROM {table} WHERE day < ?1");
                self.write_work(|transaction| transaction.execute(&sql, params![before]))?;
            }
        }
        Ok(())
    }

    /// An upload that a killed process left behind has parts, but no import. A day is longer than any upload takes.
    fn sweep_orphans(&self, now: Time) -> Result<()> {
        let young = ImportId::new(now.plus(-DAY), 0);
        self.write_work(|transaction| {
            transaction.execute(
                "DELETE FROM upload WHERE import < ?1 AND NOT EXISTS
                     (SELECT 1 FROM import i WHERE i.account = upload.account AND i.id = upload.import)",
                params![young.number()],
            )?;
            Ok(())
        })
    }
}

/// The imports by a rule of change that changed somebody, or would.
fn rules_about(connection: &mut Connection, account: AccountId, user: i64) -> Result<Vec<i64>> {
    let sql = "SELECT i.id FROM import i WHERE i.account = ?1 AND i.kind = 'rule' AND (EXISTS
                   (SELECT 1 FROM plan_cell c WHERE c.account = ?1 AND c.import = i.id AND c.place = ?2)
               OR i.id IN (SELECT r.import FROM history h JOIN revision r ON r.account = h.account AND r.revision = h.revision
                           WHERE +h.account = ?1 AND h.user_id = ?2 AND r.import IS NOT NULL))";
    connection.all(sql, params![account.0, user], |row| row.integer(0))
}

/// Takes somebody out of the selections of an account.
fn forget_selected(transaction: &mut Connection, account: AccountId, user: i64) -> Result<()> {
    let sql = "UPDATE selection SET users = users - 1 WHERE account = ?1 AND EXISTS
                   (SELECT 1 FROM selection_user u WHERE u.account = selection.account AND u.selection = selection.id
                        AND u.user_id = ?2)";
    transaction.execute(sql, params![account.0, user])?;
    let sql = "DELETE FROM selection_user WHERE account = ?1 AND user_id = ?2";
    transaction.execute(sql, params![account.0, user])?;
    Ok(())
}

/// The accounts that keep files of imports at their end which came before somebody was erased, with when that was.
fn accounts_with_erased(connection: &mut Connection) -> Result<Vec<(i64, i64)>> {
    let sql = "SELECT DISTINCT a.id, a.erased_at FROM account a JOIN import i ON i.account = a.id
               WHERE a.erased_at > 0 AND i.created_at <= a.erased_at AND i.state IN ('done', 'failed', 'cancelled')
                   AND EXISTS (SELECT 1 FROM upload u WHERE u.account = i.account AND u.import = i.id)";
    connection.all(sql, params![], |row| Ok((row.integer(0)?, row.integer(1)?)))
}

/// Forgets an import with everything that belongs to it.
pub(crate) fn forget_in(transaction: &mut Connection, account: AccountId, id: ImportId) -> Result<()> {
    for table in TABLES {
        let sql = format!("DELETE FROM {table} WHERE account = ?1 AND import = ?2");
        transaction.execute(&sql, params![account.0, id.number()])?;
    }
    let sql = "DELETE FROM import WHERE account = ?1 AND id = ?2";
    transaction.execute(sql, params![account.0, id.number()])?;
    Ok(())
}

/// The accounts of which something is to be forgotten, each with the moment before which it is old. A thousand accounts mostly have
/// nothing old, and one that is not written costs no wait for the disk.
fn accounts_with_old_files(connection: &mut Connection, now: Time) -> Result<Vec<(i64, i64)>> {
    let in_tables: Vec<String> = TABLES
        .iter()
        .map(|table| {
            format!("EXISTS (SELECT 1 FROM {table} t WHERE t.account = i.account AND t.import = i.id)")
        })
        .collect();
    let old = format!("?1 - a.keep_days * {DAY}");
    // From the rows of work to the accounts: a cluster refuses what goes from a table that is on every machine to one of many.
    let imports = format!(
        "SELECT DISTINCT a.id, {old} FROM import i JOIN account a ON a.id = i.account
         WHERE i.created_at < {old} AND (i.state IN ('review', 'matching') OR (i.state IN ('done', 'failed', 'cancelled') AND ({})))",
        in_tables.join(" OR ")
    );
    let answers = format!(
        "SELECT DISTINCT a.id, {old} FROM idempotency d JOIN account a ON a.id = d.account WHERE d.at < {old}"
    );
    let mut found = std::collections::BTreeSet::new();
    for sql in [imports, answers] {
        connection.each(&sql, params![now.0], |row| {
            found.insert((row.integer(0)?, row.integer(1)?));
            Ok(())
        })?;
    }
    Ok(found.into_iter().collect())
}

fn forget_files(transaction: &mut Connection, account: i64, before: i64) -> Result<u64> {
    let old = "SELECT i.id FROM import i WHERE i.account = ?1 AND i.created_at < ?2
               AND i.state IN ('done', 'failed', 'cancelled')";
    let with_files =
        format!("SELECT COUNT(DISTINCT import) FROM upload WHERE account = ?1 AND import IN ({old})");
    transaction
        .execute("DELETE FROM idempotency WHERE account = ?1 AND at < ?2", params![account, before])?;
    let count =
        transaction.one(&with_files, params![account, before], |row| row.integer(0))?.unwrap_or_default();
    for table in TABLES {
        let sql = format!("DELETE FROM {table} WHERE account = ?1 AND import IN ({old})");
        transaction.execute(&sql, params![account, before])?;
    }
    Ok(count as u64)
}

//! Forgetting: uploads and what was staged of them are kept for a while, then only what was applied remains.

use crate::engine::{Connection, Result, params};
use crate::{AccountId, ImportId, Store, Time};

const HOUR: i64 = 60 * 60 * 1_000;
const DAY: i64 = 24 * HOUR;

/// What belongs to an import beside its own row.
pub(crate) const TABLES: [&str; 8] =
    ["upload", "plan_cell", "plan_claim", "left_out", "fix", "warning", "plan_shown", "plan_new"];

impl Store {
    /// Forgets the files and plans of imports that are older than their account keeps them, gives up reviews as old as that, and
    /// sweeps up uploads that never became an import; answers to old requests go too. Answers how many imports it was about.
    pub fn forget_old_files(&self, now: Time) -> Result<u64> {
        let accounts = self.accounts()?;
        let mut forgotten = 0;
        for account in accounts {
            let before = now.0 - account.keep_days * DAY;
            forgotten += self.write_work(|transaction| {
                transaction.execute(
                    "UPDATE import SET state = 'cancelled', finished_at = ?3
                     WHERE account = ?1 AND created_at < ?2 AND state = 'review'",
                    params![account.id.0, before, now.0],
                )?;
                forget_files(transaction, account.id.0, before)
            })?;
        }
        self.sweep_dry_runs(now)?;
        self.sweep_orphans(now)?;
        Ok(forgotten)
    }

    /// A dry run keeps nothing; one that nobody came back to, because its process was killed, is over after an hour.
    fn sweep_dry_runs(&self, now: Time) -> Result<()> {
        let over = self.read(|connection| {
            let sql =
                "SELECT account, id FROM import WHERE keep = 0 AND created_at < ?1 AND lease_until < ?2";
            connection.all(sql, params![now.plus(-HOUR).0, now.0], |row| {
                Ok((AccountId(row.integer(0)?), ImportId::of_number(row.integer(1)?)))
            })
        })?;
        over.into_iter().try_for_each(|(account, id)| self.forget_import(account, id))
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

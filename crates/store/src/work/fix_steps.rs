//! Steps of fixes that change what the whole plan is: decisions about columns, a step undone or made again. Where the rows that a step
//! replaced are kept, these are put back; else the file is read again, and until a worker has done so, the import is `reading`.

use directory::{About, Counts, Decision};

use crate::engine::{Connection, Result, Row, params};
use crate::work::announced::announce;
use crate::work::decisions::keep_decisions;
use crate::work::fix_rows::{JudgedRow, add_to_plan, forget_replaced, replace_reviewed};
use crate::work::warnings::{RenewedWarning, renew};
use crate::{AccountId, ImportId, Store, Time};

/// A step of fixes, as it can be undone or made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptStep {
    /// What it does: `value`, `choose`, `leave_out`, `take_in`, `create`, or the word of a decision.
    pub kind: String,
    /// How many fixes it holds.
    pub fixes: i64,
    /// Its number.
    pub step: i64,
}

/// Which way through the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The last step that counts is undone.
    Undo,
    /// The first step that is undone counts again.
    Redo,
}

impl Turn {
    /// Of the steps that are undone (1) or count (0), the one that is next.
    fn next(self) -> (&'static str, i64) {
        match self {
            Self::Undo => ("MAX(step)", 0),
            Self::Redo => ("MIN(step)", 1),
        }
    }
}

/// A step of fixes that is undone or made again with the rows that it replaced.
#[derive(Debug, Clone, Copy)]
pub struct TurnedRows<'a> {
    /// Which way.
    pub turn: Turn,
    /// The step.
    pub step: i64,
    /// The number of the plan that this is about.
    pub plan: i64,
    /// The rows, as they are to be.
    pub rows: &'a [JudgedRow],
    /// What the plan adds up to more than before.
    pub change: Counts,
    /// The warning that is renewed with it.
    pub renewed: Option<&'a RenewedWarning>,
}

impl Store {
    /// Keeps decisions about columns as one step, and has the file read again. False when the import is no longer in review with
    /// this plan; nothing is kept then.
    pub fn decide(
        &self,
        account: AccountId,
        import: ImportId,
        plan: i64,
        decisions: &[(Decision, About)],
        actor: &str,
        at: Time,
    ) -> Result<bool> {
        let kept = self.act(account, import, |transaction| {
            if !read_again(transaction, account, import, plan)? {
                return Ok(None);
            }
            forget_undone(transaction, account, import)?;
            keep_decisions(transaction, (account, import, plan + 1), decisions, (actor, at))?;
            Ok(Some(()))
        })?;
        Ok(kept.is_some())
    }

    /// Undoes the last step of fixes, or makes the one that was undone last again, and has the file read again. False when there
    /// is none, or the import is no longer in review with this plan.
    pub fn turn_fixes(&self, account: AccountId, import: ImportId, plan: i64, turn: Turn) -> Result<bool> {
        let turned = self.act(account, import, |transaction| {
            let (which, undone) = turn.next();
            let sql = format!("SELECT {which} FROM fix WHERE account = ?1 AND import = ?2 AND undone = ?3");
            let params = params![account.0, import.number(), undone];
            let step = transaction.one(&sql, params, |row| row.maybe_integer(0))?.flatten();
            let Some(step) = step else { return Ok(None) };
            if !read_again(transaction, account, import, plan)? {
                return Ok(None);
            }
            let sql = "UPDATE fix SET undone = ?4 WHERE account = ?1 AND import = ?2 AND step = ?3";
            transaction.execute(sql, params![account.0, import.number(), step, 1 - undone])?;
            Ok(Some(()))
        })?;
        Ok(turned.is_some())
    }

    /// Undoes the last step of fixes, or makes the one that was undone last again, by putting rows in place of those that it replaced:
    /// the plan gets its next number. False when that step is another one now, or the import is no longer in review with this plan.
    pub fn turn_rows(&self, account: AccountId, import: ImportId, turned: &TurnedRows<'_>) -> Result<bool> {
        let done = self.act(account, import, |transaction| {
            let (which, undone) = turned.turn.next();
            let sql = format!("SELECT {which} FROM fix WHERE account = ?1 AND import = ?2 AND undone = ?3");
            let params = params![account.0, import.number(), undone];
            let step = transaction.one(&sql, params, |row| row.maybe_integer(0))?.flatten();
            if step != Some(turned.step)
                || add_to_plan(transaction, account, import, turned.plan, turned.change)?.is_none()
            {
                return Ok(None);
            }
            // Whoever takes a step has looked at review.
            let sql = "DELETE FROM plan_new WHERE account = ?1 AND import = ?2";
            transaction.execute(sql, params![account.0, import.number()])?;
            forget_replaced(transaction, account.0, import.number(), &format!("AND step = {}", turned.step))?;
            replace_reviewed(transaction, account, import, Some(turned.step), turned.rows)?;
            if let Some(renewed) = turned.renewed {
                renew(transaction, account, import, renewed)?;
            }
            let sql = "UPDATE fix SET undone = ?4 WHERE account = ?1 AND import = ?2 AND step = ?3";
            transaction.execute(sql, params![account.0, import.number(), turned.step, 1 - undone])?;
            Ok(Some(()))
        })?;
        Ok(done.is_some())
    }

    /// The step that would be undone, or made again.
    pub fn fix_step(&self, account: AccountId, import: ImportId, turn: Turn) -> Result<Option<KeptStep>> {
        let (which, undone) = turn.next();
        let next = format!("SELECT {which} FROM fix WHERE account = ?1 AND import = ?2 AND undone = ?3");
        self.read(|connection| {
            let of_import = params![account.0, import.number(), undone];
            let step = connection.one(&next, of_import, |row| row.maybe_integer(0))?.flatten();
            let Some(step) = step else { return Ok(None) };
            let of_step = params![account.0, import.number(), step];
            let step_of = |row: &Row<'_>| Ok(KeptStep { kind: row.string(0)?, fixes: row.integer(1)?, step });
            // A step that a worker made is about more fixes than are counted each time.
            let made = "SELECT MIN(kind), CAST(SUM(done) AS BIGINT) FROM fix_wanted WHERE account = ?1 AND import = ?2 AND step = ?3
                HAVING COUNT(*) > 0";
            match connection.one(made, of_step, step_of)? {
                Some(made) => Ok(Some(made)),
                None => {
                    let sql = "SELECT MIN(kind), COUNT(*) FROM fix WHERE account = ?1 AND import = ?2 AND step = ?3";
                    connection.one(sql, of_step, step_of)
                }
            }
        })
    }
}

/// Sends an import back to be read again, if it is in review with this plan.
pub(crate) fn read_again(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    plan: i64,
) -> Result<bool> {
    let changed = transaction.execute(
        "UPDATE import SET state = 'reading', stage = 'waiting', done = 0, total = 0, owner = NULL, lease_until = 0, deaths = 0
         WHERE account = ?1 AND id = ?2 AND state = 'review' AND plan = ?3",
        params![account.0, import.number(), plan],
    )?;
    // Whoever takes a step has looked at review.
    let sql = "DELETE FROM plan_new WHERE account = ?1 AND import = ?2";
    if changed == 1 {
        announce(transaction, account)?;
        transaction.execute(sql, params![account.0, import.number()])?;
    }
    Ok(changed == 1)
}

/// A new step takes the place of those that were undone.
pub(crate) fn forget_undone(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
) -> Result<()> {
    let undone =
        "AND step IN (SELECT f.step FROM fix f WHERE f.account = ?1 AND f.import = ?2 AND f.undone = 1)";
    forget_replaced(transaction, account.0, import.number(), undone)?;
    let sql = "DELETE FROM fix WHERE account = ?1 AND import = ?2 AND undone = 1";
    transaction.execute(sql, params![account.0, import.number()])?;
    Ok(())
}

//! Steps of fixes that change what the whole plan is: decisions about columns, a step undone or made again. The file is read again
//! after each of them; until a worker has done so, the import is `reading`.

use directory::{Decision, Decisions, FieldNumber};

use crate::engine::{Connection, Result, params};
use crate::{AccountId, ImportId, Store, Time};

/// A step of fixes, as it can be undone or made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptStep {
    /// What it does: `value`, `choose`, `leave_out`, `take_in`, `create`, or the word of a decision.
    pub kind: String,
    /// How many fixes it holds.
    pub fixes: i64,
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

impl Store {
    /// Keeps decisions about columns as one step, and has the file read again. False when the import is no longer in review with
    /// this plan; nothing is kept then.
    pub fn decide(
        &self,
        account: AccountId,
        import: ImportId,
        plan: i64,
        decisions: &[(Decision, FieldNumber)],
        actor: &str,
        at: Time,
    ) -> Result<bool> {
        let kept = self.act(account, import, |transaction| {
            if !read_again(transaction, account, import, plan)? {
                return Ok(None);
            }
            forget_undone(transaction, account, import)?;
            for (decision, field) in decisions {
                transaction.execute(
                    "INSERT INTO fix (account, import, step, place, field, kind, value, actor, at)
                     VALUES (?1, ?2, ?3, 0, ?4, ?5, NULL, ?6, ?7) ON CONFLICT DO NOTHING",
                    params![
                        account.0,
                        import.number(),
                        plan + 1,
                        i64::from(field.0),
                        decision.word(),
                        actor,
                        at.0
                    ],
                )?;
            }
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

    /// The step that would be undone, or made again.
    pub fn fix_step(&self, account: AccountId, import: ImportId, turn: Turn) -> Result<Option<KeptStep>> {
        let (which, undone) = turn.next();
        self.read(|connection| {
            connection.one(
                &format!(
                    "SELECT MIN(kind), COUNT(*) FROM fix WHERE account = ?1 AND import = ?2 AND step =
                         (SELECT {which} FROM fix WHERE account = ?1 AND import = ?2 AND undone = ?3) HAVING COUNT(*) > 0"
                ),
                params![account.0, import.number(), undone],
                |row| Ok(KeptStep { kind: row.string(0)?, fixes: row.integer(1)? }),
            )
        })
    }

    /// What was decided about columns of the file.
    pub fn decisions(&self, account: AccountId, import: ImportId) -> Result<Decisions> {
        let found = self.read(|connection| {
            let sql =
                "SELECT kind, field FROM fix WHERE account = ?1 AND import = ?2 AND place = 0 AND undone = 0";
            connection.all(sql, params![account.0, import.number()], |row| {
                let field = FieldNumber(row.integer(1)? as u32);
                Ok(Decision::of_word(row.text(0)?).map(|decision| (decision, field)))
            })
        })?;
        Ok(found.into_iter().flatten().collect())
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
    let sql = "DELETE FROM fix WHERE account = ?1 AND import = ?2 AND undone = 1";
    transaction.execute(sql, params![account.0, import.number()])?;
    Ok(())
}

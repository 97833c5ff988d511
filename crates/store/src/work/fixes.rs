//! Fixes: what people lay over the file on screen, kept step by step together with the rows of the plan that were judged again.

use directory::{Chosen, Counts, FieldNumber, Place, UserId};

use crate::engine::{Connection, Result, params};
use crate::work::fix_rows::{
    JudgedRow, KEPT_ROWS, add_to_plan, forget_replaced, replace_reviewed, replace_row,
};
use crate::work::fix_steps::{forget_undone, read_again};
use crate::work::plan::{holds, place_number, place_of};
use crate::work::shown::seen;
use crate::work::warnings::{RenewedWarning, renew};
use crate::{AccountId, ImportId, Lease, Store, Time};

/// What a fix does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FixKind {
    /// Lays another text over the cell; an empty one empties it.
    Value(String),
    /// Chooses one of the values of a conflict.
    Choose(Chosen),
    /// Leaves the row out, or takes it in again.
    LeaveOut(bool),
    /// Lays the value over the cell that is offered for it, where that is one. Kept as that value.
    Suggested,
    /// Lays the value over the cell that is offered at this place, from 0, where so many are. Kept as that value.
    Offered(u8),
    /// Writes nothing: the user keeps the value of now.
    Keep,
    /// Creates the user of a row without a User ID.
    Create,
    /// Says whose row it is, whatever its own User ID says: the files are read again with that.
    Names(UserId),
}

/// One fix of one cell (or row, with [`directory::standard::USER`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The row.
    pub place: Place,
    /// The field.
    pub field: FieldNumber,
    /// What it does.
    pub kind: FixKind,
}

/// A fix, and the step with which it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFix {
    /// The step; later ones have higher numbers.
    pub step: i64,
    /// The fix.
    pub fix: Fix,
}

/// Fixes that are kept together: one step of the plan, and one step of undo.
#[derive(Debug, Clone, Copy)]
pub struct FixStep<'a> {
    /// The number of the plan that they were made on.
    pub plan: i64,
    /// The fixes.
    pub fixes: &'a [Fix],
    /// The rows that were judged again because of them.
    pub rows: &'a [JudgedRow],
    /// What the plan adds up to more than before.
    pub change: Counts,
    /// The warning that is renewed with it.
    pub renewed: Option<&'a RenewedWarning>,
    /// Who made them.
    pub actor: &'a str,
    /// When.
    pub at: Time,
}

impl Store {
    /// Keeps fixes and the rows that were judged again because of them, as one step: the plan gets its next number. None when
    /// the import is no longer in review with the plan of the step; nothing is kept then.
    pub fn keep_fixes(
        &self,
        account: AccountId,
        import: ImportId,
        step: &FixStep<'_>,
    ) -> Result<Option<i64>> {
        self.act(account, import, |transaction| keep_step(transaction, account, import, step))
    }

    /// Keeps rows that were judged again though nobody fixed them, as the fields changed: the plan gets its next number, and what the
    /// steps before replaced is kept no more, so that an undo reads the files again. None as in [`Store::keep_fixes`].
    pub fn keep_judged(
        &self,
        account: AccountId,
        import: ImportId,
        step: &FixStep<'_>,
    ) -> Result<Option<i64>> {
        self.act(account, import, |transaction| {
            let next = add_to_plan(transaction, account, import, step.plan, step.change)?;
            if next.is_some() {
                forget_replaced(transaction, account.0, import.number(), "")?;
                replace_reviewed(transaction, account, import, None, step.rows)?;
            }
            Ok(next)
        })
    }

    /// Puts rows in place of those of the plan, while the work goes on. False when the lease was lost.
    pub fn keep_rows(&self, lease: &Lease, rows: &[JudgedRow]) -> Result<bool> {
        self.write_work(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(false);
            }
            for row in rows {
                replace_row(transaction, lease.account, lease.import, row)?;
            }
            Ok(true)
        })
    }

    /// Keeps fixes that say whose rows are, with others of the same step, and has the files read again with them. False when the import
    /// is no longer in review with the plan of the step; nothing is kept then.
    pub fn keep_names(&self, account: AccountId, import: ImportId, step: &FixStep<'_>) -> Result<bool> {
        let kept = self.act(account, import, |transaction| {
            if !read_again(transaction, account, import, step.plan)? {
                return Ok(None);
            }
            forget_undone(transaction, account, import)?;
            for fix in step.fixes {
                insert_fix(transaction, account, import, step, fix)?;
            }
            Ok(Some(()))
        })?;
        Ok(kept.is_some())
    }

    /// Whose rows are, where people said it: by file and row; of a row the last word counts.
    pub fn named_rows(&self, account: AccountId, import: ImportId) -> Result<Vec<((u16, u32), UserId)>> {
        let found = self.read(|connection| {
            let sql = "SELECT place, value FROM fix WHERE account = ?1 AND import = ?2 AND undone = 0 AND kind = ?3 ORDER BY step";
            connection.all(sql, params![account.0, import.number(), NAMES], |row| {
                let user = row.maybe_string(1)?.and_then(|id| id.parse().ok());
                Ok((place_of(row.integer(0)?)?, user))
            })
        })?;
        let of_row = |(place, user): (Place, Option<UserId>)| match place {
            Place::Row { file, row } => Some(((file, row), user?)),
            Place::User(_) => None,
        };
        Ok(found.into_iter().filter_map(of_row).collect())
    }

    /// The last fix of a cell that counts, who made it and when.
    pub fn last_fix(
        &self,
        account: AccountId,
        import: ImportId,
        (place, field): (Place, FieldNumber),
    ) -> Result<Option<(FixKind, String, Time)>> {
        self.read(|connection| {
            let sql = "SELECT kind, value, actor, at FROM fix WHERE account = ?1 AND import = ?2 AND undone = 0 AND place = ?3 AND field = ?4
                       ORDER BY step DESC LIMIT 1";
            let of_cell = params![account.0, import.number(), place_number(place), i64::from(field.0)];
            connection.one(sql, of_cell, |row| {
                let kind = FixKind::of_words(row.text(0)?, row.maybe_string(1)?);
                Ok((kind, row.string(2)?, Time(row.integer(3)?)))
            })
        })
    }

    /// Fixes that came after a plan, the latest first, at most `limit`: who made each, and what it is about.
    pub fn fixes_since(
        &self,
        account: AccountId,
        import: ImportId,
        plan: i64,
        limit: u32,
    ) -> Result<Vec<(String, Fix)>> {
        self.read(|connection| {
            let sql = "SELECT actor, place, field, kind, value FROM fix
                       WHERE account = ?1 AND import = ?2 AND step > ?3 AND place <> 0 AND undone = 0
                       ORDER BY step DESC, place, field LIMIT ?4";
            let since = params![account.0, import.number(), plan, i64::from(limit)];
            connection.all(sql, since, |row| {
                let kind = FixKind::of_words(row.text(3)?, row.maybe_string(4)?);
                let (place, field) = (place_of(row.integer(1)?)?, FieldNumber(row.integer(2)? as u32));
                Ok((row.string(0)?, Fix { place, field, kind }))
            })
        })
    }

    /// The fixes of an import that count, in the order in which they were made, after one of them: at most `limit`.
    pub fn fixes(
        &self,
        account: AccountId,
        import: ImportId,
        after: Option<&KeptFix>,
        limit: usize,
    ) -> Result<Vec<KeptFix>> {
        let (step, place, field) = after.map_or((0, i64::MIN, 0), |KeptFix { step, fix }| {
            (*step, place_number(fix.place), i64::from(fix.field.0))
        });
        self.read(|connection| {
            connection.all(
                "SELECT place, field, kind, value, step FROM fix WHERE account = ?1 AND import = ?2 AND place <> 0 AND undone = 0
                     AND (step, place, field) > (?3, ?4, ?5)
                 ORDER BY step, place, field LIMIT ?6",
                params![account.0, import.number(), step, place, field, limit as i64],
                |row| {
                    let kind = FixKind::of_words(row.text(2)?, row.maybe_string(3)?);
                    let (place, field) = (place_of(row.integer(0)?)?, FieldNumber(row.integer(1)? as u32));
                    Ok(KeptFix { step: row.integer(4)?, fix: Fix { place, field, kind } })
                },
            )
        })
    }
}

/// What [`Store::keep_fixes`] does, within a transaction.
pub(crate) fn keep_step(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    step: &FixStep<'_>,
) -> Result<Option<i64>> {
    let next = add_to_plan(transaction, account, import, step.plan, step.change)?;
    if next.is_none() {
        return Ok(None);
    }
    forget_undone(transaction, account, import)?;
    for fix in step.fixes {
        insert_fix(transaction, account, import, step, fix)?;
    }
    if let Some(renewed) = step.renewed {
        renew(transaction, account, import, renewed)?;
    }
    let keep = (step.rows.len() <= KEPT_ROWS).then_some(step.plan + 1);
    replace_reviewed(transaction, account, import, keep, step.rows)?;
    Ok(next)
}

impl FixKind {
    /// The word for what it does, and with what.
    pub(crate) fn words(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Value(text) => ("value", (!text.trim().is_empty()).then_some(text.as_str())),
            Self::Choose(chosen) => ("choose", Some(chosen.word())),
            Self::LeaveOut(true) => ("leave_out", None),
            Self::LeaveOut(false) => ("take_in", None),
            Self::Create => ("create", None),
            Self::Suggested => (SUGGESTED, None),
            Self::Offered(0) => (OFFERED, None),
            Self::Offered(1) => (OFFERED, Some("1")),
            Self::Offered(_) => (OFFERED, Some("2")),
            Self::Keep => ("keep", None),
            // The ID is told by `value_of`: no text is kept of a number.
            Self::Names(_) => (NAMES, None),
        }
    }

    /// What is kept of it beside the word.
    fn value(&self) -> Option<String> {
        match self {
            Self::Names(user) => Some(user.to_string()),
            other => other.words().1.map(str::to_owned),
        }
    }

    /// The meaning of these.
    pub(crate) fn of_words(kind: &str, value: Option<String>) -> Self {
        match kind {
            "value" => Self::Value(value.unwrap_or_default()),
            "leave_out" => Self::LeaveOut(true),
            "take_in" => Self::LeaveOut(false),
            "create" => Self::Create,
            SUGGESTED => Self::Suggested,
            OFFERED => Self::Offered(value.and_then(|place| place.parse().ok()).unwrap_or_default()),
            "keep" => Self::Keep,
            NAMES => match value.as_deref().and_then(|id| id.parse().ok()) {
                Some(user) => Self::Names(user),
                // Nobody is named: nothing is laid over the row.
                None => Self::Suggested,
            },
            _ => Self::Choose(value.as_deref().and_then(Chosen::of_word).unwrap_or(Chosen::Now)),
        }
    }
}

/// The word for [`FixKind::Suggested`].
pub(crate) const SUGGESTED: &str = "suggested";
/// The word for [`FixKind::Names`].
const NAMES: &str = "names";
/// The word for [`FixKind::Offered`].
pub(crate) const OFFERED: &str = "offered";

/// Keeps one fix of a step. Who fixes a cell has seen it.
pub(crate) fn insert_fix(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    step: &FixStep<'_>,
    fix: &Fix,
) -> Result<()> {
    let ((kind, _), value) = (fix.kind.words(), fix.kind.value());
    let of_row = matches!(fix.kind, FixKind::LeaveOut(_) | FixKind::Create | FixKind::Names(_));
    seen(transaction, account, import, fix.place, (!of_row).then_some(fix.field))?;
    transaction.execute(
        "INSERT INTO fix (account, import, step, place, field, kind, value, actor, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (account, import, step, place, field) DO UPDATE SET kind = excluded.kind, value = excluded.value",
        params![
            account.0,
            import.number(),
            step.plan + 1,
            place_number(fix.place),
            i64::from(fix.field.0),
            kind,
            value.as_deref(),
            step.actor,
            step.at.0
        ],
    )?;
    Ok(())
}

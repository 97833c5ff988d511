//! Fixes: what people lay over the file on screen, kept step by step together with the rows of the plan that were judged again.

use directory::{Chosen, Counts, FieldNumber, Place};

use crate::engine::{Connection, Result, params};
use crate::work::fix_rows::{
    JudgedRow, KEPT_ROWS, add_to_plan, forget_replaced, replace_reviewed, replace_row,
};
use crate::work::fix_steps::forget_undone;
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
        self.act(account, import, |transaction| {
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
        })
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
            _ => Self::Choose(value.as_deref().and_then(Chosen::of_word).unwrap_or(Chosen::Now)),
        }
    }
}

/// The word for [`FixKind::Suggested`].
pub(crate) const SUGGESTED: &str = "suggested";
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
    let (kind, value) = fix.kind.words();
    let of_row = matches!(fix.kind, FixKind::LeaveOut(_) | FixKind::Create);
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
            value,
            step.actor,
            step.at.0
        ],
    )?;
    Ok(())
}

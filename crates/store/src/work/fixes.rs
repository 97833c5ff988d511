//! Fixes: what people lay over the file on screen, kept step by step beside the rows of the plan that were judged again.

use directory::{Chosen, Counts, FieldNumber, Place, PlanCell};

use crate::engine::{Connection, Result, params};
use crate::work::fix_steps::forget_undone;
use crate::work::plan::{LaterClaim, holds, insert_cells, insert_claims, place_number, place_of};
use crate::work::shown::seen;
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

/// A row of the plan that was judged again: its cells replace those that it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedRow {
    /// The row.
    pub place: Place,
    /// Its cells now.
    pub cells: Vec<PlanCell>,
    /// The claims they make.
    pub claims: Vec<LaterClaim>,
    /// Whether it is left out.
    pub left_out: bool,
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
            let next = add_counts(transaction, account, import, step)?;
            if next.is_none() {
                return Ok(None);
            }
            forget_undone(transaction, account, import)?;
            for fix in step.fixes {
                insert_fix(transaction, account, import, step, fix)?;
                let of_row = matches!(fix.kind, FixKind::LeaveOut(_) | FixKind::Create);
                seen(transaction, account, import, fix.place, (!of_row).then_some(fix.field))?;
            }
            for row in step.rows {
                replace_row(transaction, account, import, row)?;
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

    /// The fixes of an import that count, in the order in which they were made.
    pub fn fixes(&self, account: AccountId, import: ImportId) -> Result<Vec<KeptFix>> {
        self.read(|connection| {
            connection.all(
                "SELECT place, field, kind, value, step FROM fix WHERE account = ?1 AND import = ?2 AND place <> 0 AND undone = 0
                 ORDER BY step, place, field",
                params![account.0, import.number()],
                |row| {
                    let value = row.maybe_string(3)?;
                    let kind = match row.text(2)? {
                        "value" => FixKind::Value(value.unwrap_or_default()),
                        "leave_out" => FixKind::LeaveOut(true),
                        "take_in" => FixKind::LeaveOut(false),
                        "create" => FixKind::Create,
                        _ => FixKind::Choose(value.as_deref().and_then(Chosen::of_word).unwrap_or(Chosen::Now)),
                    };
                    let (place, field) = (place_of(row.integer(0)?)?, FieldNumber(row.integer(1)? as u32));
                    Ok(KeptFix { step: row.integer(4)?, fix: Fix { place, field, kind } })
                },
            )
        })
    }
}

fn add_counts(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    step: &FixStep<'_>,
) -> Result<Option<i64>> {
    let FixStep { plan, change, .. } = *step;
    transaction.one(
        "UPDATE import SET plan = plan + 1, users_to_edit = users_to_edit + ?4, cells_to_edit = cells_to_edit + ?5,
                cells_to_clear = cells_to_clear + ?6, rows_with_errors = rows_with_errors + ?7, errors = errors + ?8,
                conflicts = conflicts + ?9, left_out = left_out + ?10, users_to_create = users_to_create + ?11
         WHERE account = ?1 AND id = ?2 AND plan = ?3 AND state = 'review' RETURNING plan",
        params![
            account.0,
            import.number(),
            plan,
            change.users_to_edit,
            change.cells_to_edit,
            change.cells_to_clear,
            change.rows_with_errors,
            change.errors,
            change.conflicts,
            change.left_out,
            change.users_to_create
        ],
        |row| row.integer(0),
    )
}

fn insert_fix(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    step: &FixStep<'_>,
    fix: &Fix,
) -> Result<()> {
    let (kind, value) = match &fix.kind {
        FixKind::Value(text) => ("value", (!text.trim().is_empty()).then_some(text.as_str())),
        FixKind::Choose(chosen) => ("choose", Some(chosen.word())),
        FixKind::LeaveOut(true) => ("leave_out", None),
        FixKind::LeaveOut(false) => ("take_in", None),
        FixKind::Create => ("create", None),
    };
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

fn replace_row(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    row: &JudgedRow,
) -> Result<()> {
    let place = place_number(row.place);
    for table in ["plan_cell", "plan_claim", "left_out"] {
        let sql = format!("DELETE FROM {table} WHERE account = ?1 AND import = ?2 AND place = ?3");
        transaction.execute(&sql, params![account.0, import.number(), place])?;
    }
    insert_cells(transaction, account, import, &row.cells)?;
    insert_claims(transaction, account, import, &row.claims)?;
    if row.left_out {
        let sql = "INSERT INTO left_out (account, import, place) VALUES (?1, ?2, ?3)";
        transaction.execute(sql, params![account.0, import.number(), place])?;
    }
    Ok(())
}

//! Rows of a plan that are replaced while review shows it: its counts and its groups change with them, and what they were is kept for the
//! undo of the step.

use directory::{Counts, FieldNumber, Place, PlanCell};

use crate::engine::{Connection, Result, params};
use crate::work::groups::GroupChange;
use crate::work::plan::{
    CELL, CELL_FIELDS, LaterClaim, cell_of, claim_kind_number, insert_cells, insert_claims, line_number,
    place_number, place_of,
};
use crate::{AccountId, ImportId, Store};

/// A row of the plan that was judged again: its cells replace those that it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedRow {
    /// The row.
    pub place: Place,
    /// Its cells now.
    pub cells: Vec<PlanCell>,
    /// The claims they make.
    pub claims: Vec<LaterClaim>,
    /// The claims that the cells before made.
    pub released: Vec<LaterClaim>,
    /// Whether it is left out.
    pub left_out: bool,
}

/// Gives the plan its next number and adds to its counts, if it is in review with this number. None when it is not.
pub(crate) fn add_to_plan(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    plan: i64,
    change: Counts,
) -> Result<Option<i64>> {
    transaction.one(
        "UPDATE import SET plan = plan + 1, users_to_edit = users_to_edit + ?4, cells_to_edit = cells_to_edit + ?5,
                cells_to_clear = cells_to_clear + ?6, rows_with_errors = rows_with_errors + ?7, errors = errors + ?8,
                conflicts = conflicts + ?9, left_out = left_out + ?10, users_to_create = users_to_create + ?11,
                users_in_conflict = users_in_conflict + ?12, made_inactive = made_inactive + ?13, users_cleared = users_cleared + ?14,
                emails_changed = emails_changed + ?15, usernames_changed = usernames_changed + ?16
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
            change.users_to_create,
            change.users_in_conflict,
            change.made_inactive,
            change.users_cleared,
            change.emails_changed,
            change.usernames_changed
        ],
        |row| row.integer(0),
    )
}

/// How many rows a step replaces at the most that are kept for its undo; for more, the files are read again.
pub(crate) const KEPT_ROWS: usize = 5_000;

/// The place that no row has: it says that what a step replaced is kept, be it nothing.
const KEPT: i64 = 0;

/// Puts rows in place of those of a plan in review, and brings what is kept beside it up to date: its groups, and under the number of
/// the step, if there is one, the rows as they were.
pub(crate) fn replace_reviewed(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    keep: Option<i64>,
    rows: &[JudgedRow],
) -> Result<()> {
    let mut groups = GroupChange::default();
    if let Some(step) = keep {
        insert_kept(transaction, account, import, step, (KEPT, false))?;
    }
    for row in rows {
        let (cells, left_out) = row_in(transaction, account, import, row.place)?;
        if let Some(step) = keep {
            keep_replaced(transaction, account, import, step, (row.place, left_out))?;
        }
        groups.count(&cells, left_out, -1);
        groups.count(&row.cells, row.left_out, 1);
        replace_row(transaction, account, import, row)?;
    }
    groups.keep(transaction, account.0, import.number())
}

/// The cells of a row of the plan, and whether it is left out.
fn row_in(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    place: Place,
) -> Result<(Vec<PlanCell>, bool)> {
    let of_row = params![account.0, import.number(), place_number(place)];
    let sql = format!("{CELL} WHERE account = ?1 AND import = ?2 AND place = ?3");
    let cells = transaction.all(&sql, of_row, cell_of)?;
    let sql = "SELECT 1 FROM left_out WHERE account = ?1 AND import = ?2 AND place = ?3";
    Ok((cells, transaction.one(sql, of_row, |_| Ok(()))?.is_some()))
}

/// Puts a row in place of the one that the plan has.
pub(crate) fn replace_row(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    row: &JudgedRow,
) -> Result<()> {
    let place = place_number(row.place);
    for table in ["plan_cell", "left_out"] {
        let sql = format!("DELETE FROM {table} WHERE account = ?1 AND import = ?2 AND place = ?3");
        transaction.execute(&sql, params![account.0, import.number(), place])?;
    }
    for claim in &row.released {
        delete_claim(transaction, account, import, claim)?;
    }
    insert_cells(transaction, account, import, &row.cells)?;
    insert_claims(transaction, account, import, &row.claims)?;
    if row.left_out {
        let sql = "INSERT INTO left_out (account, import, place) VALUES (?1, ?2, ?3)";
        transaction.execute(sql, params![account.0, import.number(), place])?;
    }
    Ok(())
}

fn delete_claim(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    LaterClaim { claim, place, field }: &LaterClaim,
) -> Result<()> {
    transaction.execute(
        "DELETE FROM plan_claim WHERE account = ?1 AND import = ?2 AND kind = ?3 AND key = ?4 AND place = ?5 AND field = ?6",
        params![
            account.0,
            import.number(),
            claim_kind_number(claim.kind),
            &claim.key,
            place_number(*place),
            i64::from(field.0)
        ],
    )?;
    Ok(())
}

/// A row of the plan as it was before the step that replaced it, or, of a step that is undone, as it was after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplacedRow {
    /// The row.
    pub place: Place,
    /// Its cells.
    pub cells: Vec<PlanCell>,
    /// Whether it was left out.
    pub left_out: bool,
}

impl Store {
    /// The rows that a step of fixes replaced. None when they are not kept, and the files have to be read again.
    pub fn replaced_rows(
        &self,
        account: AccountId,
        import: ImportId,
        step: i64,
    ) -> Result<Option<Vec<ReplacedRow>>> {
        let of_step = params![account.0, import.number(), step];
        self.read(|connection| {
            let sql = "SELECT place, left_out FROM fix_row WHERE account = ?1 AND import = ?2 AND step = ?3 ORDER BY place";
            let rows =
                connection.all(sql, of_step, |row| Ok((row.integer(0)?, place_of(row.integer(0)?)?, row.flag(1)?)))?;
            if rows.is_empty() {
                return Ok(None);
            }
            let sql = format!(
                "SELECT {CELL_FIELDS} FROM fix_cell WHERE account = ?1 AND import = ?2 AND step = ?3 ORDER BY place, field"
            );
            let mut cells = connection.all(&sql, of_step, cell_of)?.into_iter().peekable();
            let rows = rows.into_iter().filter(|(number, ..)| *number != KEPT);
            let whole = rows.map(|(_, place, left_out)| {
                let cells = std::iter::from_fn(|| cells.next_if(|cell| cell.place == place)).collect();
                ReplacedRow { place, cells, left_out }
            });
            Ok(Some(whole.collect()))
        })
    }
}

impl Store {
    /// Whose cell stood at a place of a file before a step of fixes made it one of which the plan knows nothing any more.
    pub fn replaced_cell_at(
        &self,
        account: AccountId,
        import: ImportId,
        (file, row, column): (u16, u32, u32),
    ) -> Result<Option<(Place, FieldNumber)>> {
        self.read(|connection| {
            let sql = "SELECT place, field FROM fix_cell WHERE account = ?1 AND import = ?2 AND row_number = ?3 AND column_number = ?4
                       ORDER BY step DESC LIMIT 1";
            let at = params![account.0, import.number(), line_number(file, row), i64::from(column)];
            connection.one(sql, at, |row| Ok((place_of(row.integer(0)?)?, FieldNumber(row.integer(1)? as u32))))
        })
    }
}

/// Keeps a row of the plan, as it is, under the number of the step that is about to replace it.
fn keep_replaced(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    step: i64,
    (place, left_out): (Place, bool),
) -> Result<()> {
    let place = place_number(place);
    insert_kept(transaction, account, import, step, (place, left_out))?;
    let sql = format!(
        "INSERT INTO fix_cell (account, import, step, {CELL_FIELDS})
         SELECT account, import, ?3, {CELL_FIELDS} FROM plan_cell WHERE account = ?1 AND import = ?2 AND place = ?4"
    );
    transaction.execute(&sql, params![account.0, import.number(), step, place])?;
    Ok(())
}

fn insert_kept(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    step: i64,
    (place, left_out): (i64, bool),
) -> Result<()> {
    transaction.execute(
        "INSERT INTO fix_row (account, import, step, place, left_out) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![account.0, import.number(), step, place, left_out],
    )?;
    Ok(())
}

/// Forgets what steps replaced, because the plan is another one now: of one step, of those that are undone, or of all.
pub(crate) fn forget_replaced(
    transaction: &mut Connection,
    account: i64,
    import: i64,
    which: &str,
) -> Result<()> {
    for table in ["fix_row", "fix_cell"] {
        let sql = format!("DELETE FROM {table} WHERE account = ?1 AND import = ?2 {which}");
        transaction.execute(&sql, params![account, import])?;
    }
    Ok(())
}

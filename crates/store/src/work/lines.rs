//! Staging a plan, and where the rows of a file stand in it, which is in the order of the users' numbers. Most files are in that order, and a row is found
//! by halves; an index of all cells by row would cost every import more than it saves. Of a file of another order it is kept which row
//! names which user, from the first row on that is out of order.

use directory::{Place, PlanCell};

use crate::engine::{Connection, Result, params};
use crate::work::plan::{
    CELL, LaterClaim, cell_of, holds, insert_cells, insert_claims, line_number, place_number,
};
use crate::{AccountId, ImportId, Lease, Store};

/// The rows of the plan that name users.
const LINES: &str = "SELECT DISTINCT account, import, row_number, place FROM plan_cell
    WHERE account = ?1 AND import = ?2 AND place > 0 AND row_number > 0";

/// Keeps where the rows of a chunk stand that is about to be staged, if any row so far is out of order.
fn keep_lines(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    cells: &[PlanCell],
) -> Result<()> {
    let of_users = cells.iter().filter(|cell| cell.row > 0 && matches!(cell.place, Place::User(_)));
    let mut rows: Vec<(i64, i64)> =
        of_users.map(|cell| (place_number(cell.place), line_number(cell.file, cell.row))).collect();
    rows.dedup();
    let of = params![account.0, import.number()];
    let kept = "SELECT 1 FROM plan_line WHERE account = ?1 AND import = ?2 LIMIT 1";
    if rows.is_empty() {
        return Ok(());
    }
    if transaction.one(kept, of, |_| Ok(()))?.is_none() {
        let last = "SELECT place, row_number FROM plan_cell WHERE account = ?1 AND import = ?2 AND place > 0 AND row_number > 0
                    ORDER BY place DESC, field DESC LIMIT 1";
        let last = transaction.one(last, of, |row| Ok((row.integer(0)?, row.integer(1)?)))?;
        let all: Vec<(i64, i64)> = last.into_iter().chain(rows.iter().copied()).collect();
        if all.windows(2).all(|pair| pair[0] == pair[1] || (pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1)) {
            return Ok(());
        }
        let sql = format!("INSERT INTO plan_line (account, import, line, place) {LINES}");
        transaction.execute(&sql, of)?;
    }
    let mut values = Vec::with_capacity(rows.len() * 4);
    for (place, line) in &rows {
        values.extend_from_slice(params![account.0, import.number(), *line, *place]);
    }
    transaction.insert_all("plan_line (account, import, line, place)", 4, "ON CONFLICT DO NOTHING", &values)
}

impl Store {
    /// Stages a chunk of the plan. False when the lease was lost: nothing is staged then.
    pub fn stage(&self, lease: &Lease, cells: &[PlanCell], claims: &[LaterClaim]) -> Result<bool> {
        self.write_work_soon(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(false);
            }
            transaction.expect_many()?;
            keep_lines(transaction, lease.account, lease.import, cells)?;
            insert_cells(transaction, lease.account, lease.import, cells)?;
            insert_claims(transaction, lease.account, lease.import, claims)?;
            Ok(true)
        })
    }

    /// The cell of the plan at a place of one of the files.
    pub fn plan_cell_at(
        &self,
        account: AccountId,
        import: ImportId,
        file: u16,
        row: u32,
        column: u32,
    ) -> Result<Option<PlanCell>> {
        self.read(|connection| {
            // State by state, each in the words of the index of what is to be looked at, which leads to the cell then.
            for state in [3, 2, 4, 5, 6] {
                let found = connection.one(
                    &format!(
                        "{CELL} WHERE account = ?1 AND import = ?2 AND state > 1 AND state = {state} AND row_number = ?3
                             AND column_number = ?4"
                    ),
                    params![account.0, import.number(), line_number(file, row), i64::from(column)],
                    cell_of,
                )?;
                if found.is_some() {
                    return Ok(found);
                }
            }
            let cells = cells_in_row(connection, account, import, file, row)?;
            Ok(cells.into_iter().find(|cell| cell.column == column))
        })
    }

    /// The cells of the plan in one row of the file, row-level errors first.
    pub fn plan_cells_in_row(
        &self,
        account: AccountId,
        import: ImportId,
        file: u16,
        row: u32,
    ) -> Result<Vec<PlanCell>> {
        self.read(|connection| cells_in_row(connection, account, import, file, row))
    }
}

fn cells_in_row(
    connection: &mut Connection,
    account: AccountId,
    import: ImportId,
    file: u16,
    row: u32,
) -> Result<Vec<PlanCell>> {
    let (line, nameless) = (line_number(file, row), place_number(Place::Row { file: file.max(1), row }));
    let place = match place_kept(connection, account, import, line)? {
        Some(place) => Some(place),
        None => place_in_order(connection, account, import, line)?,
    };
    if let Some(place) = place {
        let sql = format!(
            "{CELL} WHERE account = ?1 AND import = ?2 AND place IN (?3, ?4) AND row_number = ?5 ORDER BY field"
        );
        return connection.all(&sql, params![account.0, import.number(), place, nameless, line], cell_of);
    }
    let sql = format!("{CELL} WHERE account = ?1 AND import = ?2 AND row_number = ?3 ORDER BY field");
    connection.all(&sql, params![account.0, import.number(), line], cell_of)
}

/// The place of the user whom a row names, where that is kept.
fn place_kept(
    connection: &mut Connection,
    account: AccountId,
    import: ImportId,
    line: i64,
) -> Result<Option<i64>> {
    let sql =
        "SELECT place FROM plan_line WHERE account = ?1 AND import = ?2 AND line = ?3 ORDER BY place LIMIT 1";
    connection.one(sql, params![account.0, import.number(), line], |row| row.integer(0))
}

/// The place of the user whom a row names, found by halves: users mostly stand in a file in the order of their numbers, which is that
/// of the download. None in a file of another order.
fn place_in_order(
    connection: &mut Connection,
    account: AccountId,
    import: ImportId,
    line: i64,
) -> Result<Option<i64>> {
    let (account, import) = (account.0, import.number());
    let last = "SELECT MAX(place) FROM plan_cell WHERE account = ?1 AND import = ?2";
    let last = connection.one(last, params![account, import], |row| row.maybe_integer(0))?.flatten();
    let next = "SELECT place, row_number FROM plan_cell WHERE account = ?1 AND import = ?2 AND place >= ?3 AND row_number > 0
                ORDER BY place, field LIMIT 1";
    let (mut first, mut beyond) = (0, last.map_or(0, |last| last.saturating_add(1)));
    while first < beyond {
        let middle = first + (beyond - first) / 2;
        let found = connection
            .one(next, params![account, import, middle], |row| Ok((row.integer(0)?, row.integer(1)?)))?;
        match found {
            Some((place, of)) if of == line => return Ok(Some(place)),
            Some((place, of)) if of < line => first = place + 1,
            _ => beyond = middle,
        }
    }
    Ok(None)
}

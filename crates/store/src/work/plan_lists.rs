//! Lists of a plan's cells: pages that go on from a place, so that the last one is as quick as the first.

use directory::{Place, PlanCell};

use crate::engine::{Param, Result, params};
use crate::work::plan::{CELL, cell_of, file_of, line_number, place_number, place_of};
use crate::{AccountId, ImportId, ListPlace, Page, PageStart, Store};

/// Which cells of a plan are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellFilter {
    /// What will be written, by user and field; what blocks is not among it.
    Changes,
    /// Errors, in the order of the file.
    Errors,
    /// Conflicts, chosen or not, in the order of the file.
    Conflicts,
    /// Undo: what keeps its later value.
    ChangedSince,
    /// As downloaded, but changed since by the same administrator.
    PutBack,
    /// Changed by the spreadsheet alone, where a column has few such cells.
    Damage,
}

impl CellFilter {
    /// The condition. The index of what is to be looked at is taken only when its own condition stands there in its own words.
    fn states(self) -> &'static str {
        match self {
            Self::Changes => "(state = 1 OR chosen IS NOT NULL)",
            Self::Errors => PROBLEM,
            Self::Conflicts => "state > 1 AND state = 2",
            Self::PutBack => "state > 1 AND state = 4",
            Self::Damage => "state > 1 AND state = 5",
            Self::ChangedSince => "state > 1 AND state = 6",
        }
    }

    fn order(self) -> &'static [&'static str] {
        match self {
            Self::Changes => &["place", "field"],
            _ => &["row_number", "column_number", "place", "field"],
        }
    }
}

const PROBLEM: &str = "state > 1 AND state = 3";
/// Rows that fixes replaced, the latest first: so many are looked at.
const REPLACED: u32 = 1_000;
const NOT_BLOCKED: &str = "AND NOT EXISTS (SELECT 1 FROM plan_cell e WHERE e.account = ?1 AND e.import = ?2 AND e.place = plan_cell.place
                             AND e.state = 3)";
const NOT_LEFT_OUT: &str = "NOT EXISTS (SELECT 1 FROM left_out l WHERE l.account = ?1 AND l.import = ?2 AND l.place = plan_cell.place)";

/// Where a cell stands in a list: its place in the file, then whose it is.
pub(crate) fn place_in_list(cell: &PlanCell) -> ListPlace {
    ListPlace::of_cell(
        line_number(cell.file, cell.row),
        i64::from(cell.column),
        place_number(cell.place),
        cell.field,
    )
}

impl Store {
    /// A page of the plan's cells: at most `limit`.
    pub fn plan_page(
        &self,
        account: AccountId,
        import: ImportId,
        filter: CellFilter,
        from: PageStart,
        limit: u32,
    ) -> Result<Page<PlanCell>> {
        let (sign, place, direction) = from.walk();
        let columns = filter.order();
        let blocked = if filter == CellFilter::Changes { NOT_BLOCKED } else { "" };
        let mut values = params![account.0, import.number(), i64::from(limit) + 1].to_vec();
        let mut beyond = String::new();
        if let Some(place) = place {
            let place = place.parts();
            let first = 4 - columns.len();
            values.extend(place[first..].iter().map(|number| Param::from(*number)));
            let numbers: Vec<String> = (4..4 + columns.len()).map(|number| format!("?{number}")).collect();
            beyond = format!("AND ({}) {sign} ({})", columns.join(", "), numbers.join(", "));
        }
        let order: Vec<String> = columns.iter().map(|column| format!("{column} {direction}")).collect();
        let sql = format!(
            "{CELL} WHERE account = ?1 AND import = ?2 AND {} {blocked} AND {NOT_LEFT_OUT} {beyond} ORDER BY {} LIMIT ?3",
            filter.states(),
            order.join(", ")
        );
        let found = self.read(|connection| connection.all(&sql, &values, cell_of))?;
        Ok(Page::of(found, from, limit, place_in_list))
    }

    /// The changes in rows that steps of fixes replaced, by user and field: at most `limit`. Of very many such rows some are left out.
    pub fn changes_by_fixes(
        &self,
        account: AccountId,
        import: ImportId,
        limit: u32,
    ) -> Result<Vec<PlanCell>> {
        let sql = format!(
            "{CELL} WHERE account = ?1 AND import = ?2 AND {} {NOT_BLOCKED} AND {NOT_LEFT_OUT} AND place IN
                 (SELECT place FROM fix_row WHERE account = ?1 AND import = ?2 ORDER BY step DESC, place LIMIT {REPLACED})
             ORDER BY place, field LIMIT ?3",
            CellFilter::Changes.states()
        );
        let values = params![account.0, import.number(), i64::from(limit)];
        self.read(|connection| connection.all(&sql, values, cell_of))
    }

    /// The first cells of the plan of a kind, at most `limit`.
    pub fn plan_cells(
        &self,
        account: AccountId,
        import: ImportId,
        filter: CellFilter,
        limit: u32,
    ) -> Result<Vec<PlanCell>> {
        Ok(self.plan_page(account, import, filter, PageStart::Start, limit)?.items)
    }

    /// The rows that are left out, but for those that wait for support, in the order of the files, at most `limit`: what each is, its file, and its number there (0 when no
    /// cell of it stands in a file).
    pub fn left_out(
        &self,
        account: AccountId,
        import: ImportId,
        limit: u32,
    ) -> Result<Vec<(Place, u16, u32)>> {
        self.read(|connection| {
            connection.all(
                "SELECT l.place, COALESCE((SELECT MAX(c.row_number) FROM plan_cell c
                                           WHERE c.account = ?1 AND c.import = ?2 AND c.place = l.place), 0)
                 FROM left_out l WHERE l.account = ?1 AND l.import = ?2 AND NOT EXISTS
                     (SELECT 1 FROM ticket_value v JOIN ticket t ON t.number = v.number
                      WHERE v.account = ?1 AND v.import = ?2 AND v.place = l.place AND t.state <> 'withdrawn')
                 ORDER BY 2, 1 LIMIT ?3",
                params![account.0, import.number(), i64::from(limit)],
                |row| {
                    let line = row.integer(1)?;
                    Ok((place_of(row.integer(0)?)?, file_of(line), line as u32))
                },
            )
        })
    }
}

//! Problems of a plan by kind, field and text, kept beside it: made when the plan comes to review, and brought up to date with the rows
//! that a fix replaces, so that review need not pass over the plan to show what is in it.

use std::collections::BTreeMap;

use directory::{Code, FieldNumber, PlanCell, State};

use crate::engine::{Connection, Result, Row, params};
use crate::work::plan::{CELL, cell_of, suggestions_of};
use crate::{AccountId, ImportId, ListPlace, Store};

/// Errors of one kind in one field with one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemGroup {
    /// What is wrong.
    pub code: Code,
    /// In which field.
    pub field: FieldNumber,
    /// The text of the cells.
    pub raw: Option<String>,
    /// How many cells.
    pub cells: i64,
    /// What would be right, best first.
    pub suggestions: Vec<String>,
}

/// The cells of a group that are in the plan of `?1` and `?2`.
const OF_GROUP: &str = "account = ?1 AND import = ?2 AND state > 1 AND state = 3 AND code = ?3 AND field = ?4
    AND raw IS NOT DISTINCT FROM ?5 AND NOT EXISTS
        (SELECT 1 FROM left_out l WHERE l.account = ?1 AND l.import = ?2 AND l.place = plan_cell.place)";

/// The row of a group, by `?1` to `?6`.
const THE_GROUP: &str = "account = ?1 AND import = ?2 AND code = ?3 AND field = ?4 AND start = ?5 AND raw IS NOT DISTINCT FROM ?6";

/// The pattern of several suggestions: those of a cell stand in lines.
const SEVERAL: &str = "%\n%";

/// How many characters of a text an index holds.
const START: usize = 64;

impl Store {
    /// Problems by kind, biggest first: the code, the field, the text, how many cells. Of a plan in review.
    pub fn problem_groups(
        &self,
        account: AccountId,
        import: ImportId,
        limit: u32,
    ) -> Result<Vec<ProblemGroup>> {
        let found = self.read(|connection| {
            connection.all(
                "SELECT code, field, raw, cells, suggestions FROM plan_group WHERE account = ?1 AND import = ?2
                 ORDER BY cells DESC, code, field, start LIMIT ?3",
                params![account.0, import.number(), i64::from(limit)],
                group_of,
            )
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// How many cells of a plan in review have this problem; those of left-out rows are not counted.
    pub fn problems_of(&self, account: AccountId, import: ImportId, code: Code) -> Result<i64> {
        let found = self.read(|connection| {
            let sql = "SELECT CAST(COALESCE(SUM(cells), 0) AS BIGINT) FROM plan_group WHERE account = ?1 AND import = ?2 AND code = ?3";
            connection.one(sql, params![account.0, import.number(), code.word()], |row| row.integer(0))
        })?;
        Ok(found.unwrap_or_default())
    }

    /// The cells of a group of problems, at most `limit`; left-out rows have none.
    pub fn cells_of_group(
        &self,
        account: AccountId,
        import: ImportId,
        group: &ProblemGroup,
        limit: u32,
    ) -> Result<Vec<PlanCell>> {
        self.cells_of_group_after(account, import, group, None, limit)
    }

    /// The same of the cells that come after a place, in the order of the files.
    pub fn cells_of_group_after(
        &self,
        account: AccountId,
        import: ImportId,
        group: &ProblemGroup,
        after: Option<ListPlace>,
        limit: u32,
    ) -> Result<Vec<PlanCell>> {
        let [line, column, place, field] = after.map_or([i64::MIN, 0, 0, 0], ListPlace::parts);
        let sql = format!(
            "{CELL} WHERE {OF_GROUP} AND (row_number, column_number, place, field) > (?7, ?8, ?9, ?10)
             ORDER BY row_number, column_number, place, field LIMIT ?6"
        );
        let params = params![
            account.0,
            import.number(),
            group.code.word(),
            i64::from(group.field.0),
            &group.raw,
            i64::from(limit),
            line,
            column,
            place,
            field
        ];
        self.read(|connection| connection.all(&sql, params, cell_of))
    }
}

impl Store {
    /// The problems of a plan in review for whose cells one value each is offered, by code and field, biggest first; all, or of one code
    /// and field. The text and the suggestion are those of one of the cells.
    pub fn suggested_kinds(
        &self,
        account: AccountId,
        import: ImportId,
        only: Option<(Code, FieldNumber)>,
    ) -> Result<Vec<ProblemGroup>> {
        let (code, field) =
            only.map_or((None, None), |(code, field)| (Some(code.word()), Some(i64::from(field.0))));
        let sql = "SELECT code, field, MIN(raw), CAST(SUM(cells) AS BIGINT), MIN(suggestions) FROM plan_group
                   WHERE account = ?1 AND import = ?2 AND field <> 0 AND suggestions <> '' AND suggestions NOT LIKE ?3
                       AND (CAST(?4 AS TEXT) IS NULL OR code = ?4) AND (CAST(?5 AS BIGINT) IS NULL OR field = ?5)
                   GROUP BY code, field ORDER BY 4 DESC, code, field";
        let found = self.read(|connection| {
            connection.all(sql, params![account.0, import.number(), SEVERAL, code, field], group_of)
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The cells of such a problem after a place, in the order of the files, at most `limit`; left-out rows have none.
    pub fn cells_suggested_after(
        &self,
        account: AccountId,
        import: ImportId,
        (code, field): (Code, FieldNumber),
        after: Option<ListPlace>,
        limit: u32,
    ) -> Result<Vec<PlanCell>> {
        let [line, column, place, last] = after.map_or([i64::MIN, 0, 0, 0], ListPlace::parts);
        let sql = format!(
            "{CELL} WHERE account = ?1 AND import = ?2 AND state > 1 AND state = 3 AND code = ?3 AND field = ?4
                 AND suggestions <> '' AND suggestions NOT LIKE ?5
                 AND (row_number, column_number, place, field) > (?7, ?8, ?9, ?10) AND NOT EXISTS
                 (SELECT 1 FROM left_out l WHERE l.account = ?1 AND l.import = ?2 AND l.place = plan_cell.place)
             ORDER BY row_number, column_number, place, field LIMIT ?6"
        );
        let of = i64::from(field.0);
        let params = params![
            account.0,
            import.number(),
            code.word(),
            of,
            SEVERAL,
            i64::from(limit),
            line,
            column,
            place,
            last
        ];
        self.read(|connection| connection.all(&sql, params, cell_of))
    }
}

fn group_of(row: &Row<'_>) -> Result<Option<ProblemGroup>> {
    let code = Code::of_word(row.text(0)?);
    let field = FieldNumber(row.integer(1)? as u32);
    let suggestions = row.text(4)?.split('\n').filter(|text| !text.is_empty()).map(str::to_owned).collect();
    let (raw, cells) = (row.maybe_string(2)?, row.integer(3)?);
    Ok(code.map(|code| ProblemGroup { code, field, raw, cells, suggestions }))
}

/// Groups the problems of a plan anew.
pub(crate) fn group_problems(transaction: &mut Connection, account: i64, import: i64) -> Result<()> {
    transaction
        .execute("DELETE FROM plan_group WHERE account = ?1 AND import = ?2", params![account, import])?;
    transaction.execute(
        "INSERT INTO plan_group (account, import, code, field, start, raw, cells, suggestions)
         SELECT account, import, code, field, COALESCE(SUBSTR(raw, 1, 64), ''), raw, COUNT(*), MIN(suggestions) FROM plan_cell
         WHERE account = ?1 AND import = ?2 AND state > 1 AND state = 3 AND code IS NOT NULL AND NOT EXISTS
             (SELECT 1 FROM left_out l WHERE l.account = ?1 AND l.import = ?2 AND l.place = plan_cell.place)
         GROUP BY account, import, code, field, raw",
        params![account, import],
    )?;
    Ok(())
}

/// What the groups gain and lose while rows are replaced.
#[derive(Default)]
pub(crate) struct GroupChange(BTreeMap<GroupKey, Gained>);

/// The word of the code, the number of the field, the text.
type GroupKey = (&'static str, u32, Option<String>);

/// How many cells, and their suggestions.
type Gained = (i64, Option<String>);

impl GroupChange {
    /// Counts the problems of a row, once more or once less.
    pub(crate) fn count(&mut self, cells: &[PlanCell], left_out: bool, by: i64) {
        for cell in cells.iter().filter(|cell| !left_out && cell.state == State::Error) {
            let Some(wrong) = &cell.wrong else { continue };
            let group = self.0.entry((wrong.code.word(), cell.field.0, cell.raw.clone())).or_default();
            group.0 += by;
            if group.1.is_none() {
                group.1 = suggestions_of(cell);
            }
        }
    }

    /// Brings the groups of an import up to date.
    pub(crate) fn keep(self, transaction: &mut Connection, account: i64, import: i64) -> Result<()> {
        let changed = self.0.into_iter().filter(|(_, (by, _))| *by != 0);
        for ((code, field, raw), (by, suggestions)) in changed {
            let start: String = raw.iter().flat_map(|raw| raw.chars()).take(START).collect();
            let field = i64::from(field);
            let update = format!("UPDATE plan_group SET cells = cells + ?7 WHERE {THE_GROUP}");
            let known =
                transaction.execute(&update, params![account, import, code, field, &start, &raw, by])?;
            if known == 0 {
                transaction.execute(
                    "INSERT INTO plan_group (account, import, code, field, start, raw, cells, suggestions)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    params![account, import, code, field, &start, &raw, by, &suggestions],
                )?;
            } else if by < 0 {
                let empty = format!("DELETE FROM plan_group WHERE {THE_GROUP} AND cells <= 0");
                transaction.execute(&empty, params![account, import, code, field, &start, &raw])?;
            }
        }
        Ok(())
    }
}

//! Problems of a plan by kind (field and what is wrong) and, within a kind, by text, kept beside it: made when the plan comes to review,
//! and brought up to date with the rows that a fix replaces, so that review need not pass over the plan to show what is in it.

use std::collections::BTreeMap;

use directory::{Code, FieldNumber, PlanCell, State};

use crate::engine::{Connection, Result, Row, params};
use crate::work::plan::{CELL, cell_of, suggestions_in, suggestions_of};
use crate::work::plan_lists::place_in_list;
use crate::{AccountId, ImportId, ListPlace, Page, PageStart, Store};

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

/// Errors of one kind: what is wrong, in one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProblemKind {
    /// What is wrong.
    pub code: Code,
    /// In which field.
    pub field: FieldNumber,
    /// How many cells.
    pub cells: i64,
    /// How many different texts they have.
    pub texts: i64,
    /// For how many of the cells a value is offered.
    pub offered: i64,
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

    /// All kinds of problems of a plan in review, most cells first.
    pub fn problem_kinds(&self, account: AccountId, import: ImportId) -> Result<Vec<ProblemKind>> {
        let found = self.read(|connection| {
            connection.all(
                "SELECT code, field, cells, texts, offered FROM plan_kind WHERE account = ?1 AND import = ?2
                 ORDER BY cells DESC, code, field",
                params![account.0, import.number()],
                kind_of,
            )
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// One of them.
    pub fn problem_kind(
        &self,
        account: AccountId,
        import: ImportId,
        kind: (Code, FieldNumber),
    ) -> Result<Option<ProblemKind>> {
        let of_kind = |of: &ProblemKind| (of.code, of.field) == kind;
        Ok(self.problem_kinds(account, import)?.into_iter().find(of_kind))
    }

    /// The different texts of a kind of problem, most cells first: at most `limit` after the first `skip`.
    pub fn groups_of_kind(
        &self,
        account: AccountId,
        import: ImportId,
        (code, field): (Code, FieldNumber),
        (skip, limit): (u32, u32),
    ) -> Result<Vec<ProblemGroup>> {
        let found = self.read(|connection| {
            let of_kind = params![
                account.0,
                import.number(),
                code.word(),
                i64::from(field.0),
                i64::from(limit),
                i64::from(skip)
            ];
            connection.all(
                "SELECT code, field, raw, cells, suggestions FROM plan_group
                 WHERE account = ?1 AND import = ?2 AND code = ?3 AND field = ?4 ORDER BY cells DESC, start LIMIT ?5 OFFSET ?6",
                of_kind,
                group_of,
            )
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// How many cells of a plan in review have this problem; those of left-out rows are not counted.
    pub fn problems_of(&self, account: AccountId, import: ImportId, code: Code) -> Result<i64> {
        let found = self.read(|connection| {
            let sql = "SELECT CAST(COALESCE(SUM(cells), 0) AS BIGINT) FROM plan_kind WHERE account = ?1 AND import = ?2 AND code = ?3";
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
        kind: (Code, FieldNumber),
        after: Option<ListPlace>,
        limit: u32,
    ) -> Result<Vec<PlanCell>> {
        self.cells_with_offers(account, import, kind, ("AND suggestions NOT LIKE ?5", after), limit)
    }

    /// The same, with the cells for which more than one value is offered.
    pub fn cells_offered_after(
        &self,
        account: AccountId,
        import: ImportId,
        kind: (Code, FieldNumber),
        after: Option<ListPlace>,
        limit: u32,
    ) -> Result<Vec<PlanCell>> {
        self.cells_with_offers(account, import, kind, ("AND suggestions <> ?5", after), limit)
    }

    fn cells_with_offers(
        &self,
        account: AccountId,
        import: ImportId,
        (code, field): (Code, FieldNumber),
        (such, after): (&str, Option<ListPlace>),
        limit: u32,
    ) -> Result<Vec<PlanCell>> {
        let [line, column, place, last] = after.map_or([i64::MIN, 0, 0, 0], ListPlace::parts);
        let sql = format!(
            "{CELL} WHERE account = ?1 AND import = ?2 AND state > 1 AND state = 3 AND code = ?3 AND field = ?4
                 AND suggestions <> '' {such}
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

    /// A page of the cells with one kind of problem, in the order of the files; left-out rows have none.
    pub fn kind_page(
        &self,
        account: AccountId,
        import: ImportId,
        (code, field): (Code, FieldNumber),
        from: PageStart,
        limit: u32,
    ) -> Result<Page<PlanCell>> {
        let (sign, place, direction) = from.walk();
        let [line, column, place, last] = place.map_or([i64::MIN, 0, 0, 0], ListPlace::parts);
        let order =
            ["row_number", "column_number", "place", "field"].map(|column| format!("{column} {direction}"));
        let sql = format!(
            "{CELL} WHERE account = ?1 AND import = ?2 AND state > 1 AND state = 3 AND code = ?3 AND field = ?4
                 AND (row_number, column_number, place, field) {sign} (?6, ?7, ?8, ?9) AND NOT EXISTS
                 (SELECT 1 FROM left_out l WHERE l.account = ?1 AND l.import = ?2 AND l.place = plan_cell.place)
             ORDER BY {} LIMIT ?5",
            order.join(", ")
        );
        let params = params![
            account.0,
            import.number(),
            code.word(),
            i64::from(field.0),
            i64::from(limit) + 1,
            line,
            column,
            place,
            last
        ];
        let found = self.read(|connection| connection.all(&sql, params, cell_of))?;
        Ok(Page::of(found, from, limit, place_in_list))
    }
}

fn kind_of(row: &Row<'_>) -> Result<Option<ProblemKind>> {
    let (field, cells) = (FieldNumber(row.integer(1)? as u32), row.integer(2)?);
    let (texts, offered) = (row.integer(3)?, row.integer(4)?);
    Ok(Code::of_word(row.text(0)?).map(|code| ProblemKind { code, field, cells, texts, offered }))
}

fn group_of(row: &Row<'_>) -> Result<Option<ProblemGroup>> {
    let code = Code::of_word(row.text(0)?);
    let field = FieldNumber(row.integer(1)? as u32);
    let suggestions = suggestions_in(row.text(4)?);
    let (raw, cells) = (row.maybe_string(2)?, row.integer(3)?);
    Ok(code.map(|code| ProblemGroup { code, field, raw, cells, suggestions }))
}

/// Groups the problems of a plan anew.
pub(crate) fn group_problems(transaction: &mut Connection, account: i64, import: i64) -> Result<()> {
    for table in ["plan_group", "plan_kind"] {
        let sql = format!("DELETE FROM {table} WHERE account = ?1 AND import = ?2");
        transaction.execute(&sql, params![account, import])?;
    }
    transaction.execute(
        "INSERT INTO plan_group (account, import, code, field, start, raw, cells, suggestions)
         SELECT account, import, code, field, COALESCE(SUBSTR(raw, 1, 64), ''), raw, COUNT(*), MIN(suggestions) FROM plan_cell
         WHERE account = ?1 AND import = ?2 AND state > 1 AND state = 3 AND code IS NOT NULL AND NOT EXISTS
             (SELECT 1 FROM left_out l WHERE l.account = ?1 AND l.import = ?2 AND l.place = plan_cell.place)
         GROUP BY account, import, code, field, raw",
        params![account, import],
    )?;
    transaction.execute(
        "INSERT INTO plan_kind (account, import, code, field, cells, texts, offered)
         SELECT account, import, code, field, CAST(SUM(cells) AS BIGINT), COUNT(*),
                CAST(SUM(CASE WHEN suggestions <> '' THEN cells ELSE 0 END) AS BIGINT)
         FROM plan_group WHERE account = ?1 AND import = ?2 GROUP BY account, import, code, field",
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

/// What a kind gains: cells, texts, cells for which a value is offered.
type KindGained = [i64; 3];

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

    /// Brings the groups of an import up to date, and with them the kinds.
    pub(crate) fn keep(self, transaction: &mut Connection, account: i64, import: i64) -> Result<()> {
        let mut kinds: BTreeMap<(&'static str, u32), KindGained> = BTreeMap::new();
        let changed = self.0.into_iter().filter(|(_, (by, _))| *by != 0);
        for (group, gained) in changed {
            let by = keep_group(transaction, (account, import), &group, &gained)?;
            let kind = kinds.entry((group.0, group.1)).or_default();
            *kind = [kind[0] + by[0], kind[1] + by[1], kind[2] + by[2]];
        }
        kinds
            .into_iter()
            .try_for_each(|(kind, gained)| keep_kind(transaction, (account, import), kind, gained))
    }
}

/// Brings one group up to date; answers what its kind gains by that.
fn keep_group(
    transaction: &mut Connection,
    (account, import): (i64, i64),
    (code, field, raw): &GroupKey,
    (by, suggestions): &Gained,
) -> Result<KindGained> {
    let start: String = raw.iter().flat_map(|raw| raw.chars()).take(START).collect();
    let field = i64::from(*field);
    let update = format!(
        "UPDATE plan_group SET cells = cells + ?7 WHERE {THE_GROUP} RETURNING cells, COALESCE(suggestions, '')"
    );
    let of_group = params![account, import, *code, field, &start, raw, *by];
    let known = transaction.one(&update, of_group, |row| Ok((row.integer(0)?, !row.text(1)?.is_empty())))?;
    let Some((cells, is_offered)) = known else {
        transaction.execute(
            "INSERT INTO plan_group (account, import, code, field, start, raw, cells, suggestions)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![account, import, *code, field, &start, raw, *by, suggestions],
        )?;
        return Ok([*by, 1, if suggestions.is_some() { *by } else { 0 }]);
    };
    if cells <= 0 {
        let empty = format!("DELETE FROM plan_group WHERE {THE_GROUP}");
        transaction.execute(&empty, params![account, import, *code, field, &start, raw])?;
    }
    Ok([*by, -i64::from(cells <= 0), if is_offered { *by } else { 0 }])
}

fn keep_kind(
    transaction: &mut Connection,
    (account, import): (i64, i64),
    (code, field): (&str, u32),
    [cells, texts, offered]: KindGained,
) -> Result<()> {
    let field = i64::from(field);
    transaction.execute(
        "INSERT INTO plan_kind (account, import, code, field, cells, texts, offered) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (account, import, code, field) DO UPDATE SET cells = plan_kind.cells + excluded.cells,
             texts = plan_kind.texts + excluded.texts, offered = plan_kind.offered + excluded.offered",
        params![account, import, code, field, cells, texts, offered],
    )?;
    let empty = "DELETE FROM plan_kind WHERE account = ?1 AND import = ?2 AND code = ?3 AND field = ?4 AND cells <= 0";
    transaction.execute(empty, params![account, import, code, field])?;
    Ok(())
}

//! The plan of an import as rows: staged in chunks while the file is read, read page by page. fixes.rs judges rows of it again,
//! written.rs streams what is to be applied.

use directory::{Chosen, Claim, ClaimKind, Code, FieldNumber, Place, PlanCell, State, Where, Wrong};

use crate::engine::{Connection, Param, Result, Row, params};
use crate::ids::user_id;
use crate::{AccountId, Error, ImportId, Lease, Store};

/// A claim that the plan makes for the cell at (place, field).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaterClaim {
    /// What is claimed.
    pub claim: Claim,
    /// For which row.
    pub place: Place,
    /// By which of its cells.
    pub field: FieldNumber,
}

pub(crate) fn place_number(place: Place) -> i64 {
    match place {
        Place::User(id) => id.number() as i64,
        Place::Row { file, row } => -((i64::from(file) << 32) | i64::from(row)),
    }
}

pub(crate) fn place_of(number: i64) -> Result<Place> {
    if number >= 0 {
        return Ok(Place::User(user_id(number)?));
    }
    Ok(Place::Row { file: (-number >> 32) as u16, row: (-number & 0xFFFF_FFFF) as u32 })
}

/// A row of one of the files of an import as one number: those of the first file are their own, those of later ones come behind.
pub(crate) fn line_number(file: u16, row: u32) -> i64 {
    (i64::from(file.max(1)) - 1) << 32 | i64::from(row)
}

pub(crate) fn file_of(line: i64) -> u16 {
    (line >> 32) as u16 + 1
}

const STATES: [(State, i64); 6] = [
    (State::Change, 1),
    (State::Conflict, 2),
    (State::Error, 3),
    (State::PutBack, 4),
    (State::Damage, 5),
    (State::ChangedSince, 6),
];

fn state_number(state: State) -> i64 {
    STATES.iter().find(|(of, _)| *of == state).map_or(0, |(_, number)| *number)
}

fn state_of(number: i64) -> Result<State> {
    let found = STATES.iter().find(|(_, of)| *of == number);
    found.map(|(state, _)| *state).ok_or_else(|| Error::Unread(format!("unknown state of a cell: {number}")))
}

/// The number of [`ClaimKind::Person`], which nobody has.
const PERSON: i64 = 3;
/// The number of [`ClaimKind::Row`], which nobody has either.
pub(crate) const ROW: i64 = 4;

/// The kinds of what fields claim begin here.
pub(crate) const OF_FIELDS: i64 = 100;

/// Where a claim stands in the order of the claims of a plan.
pub(crate) fn place_of_claim(claim: &LaterClaim) -> (i64, &str, i64, i64) {
    let LaterClaim { claim, place, field } = claim;
    (claim_kind_number(claim.kind), &claim.key, place_number(*place), i64::from(field.0))
}

pub(crate) fn claim_kind_number(kind: ClaimKind) -> i64 {
    match kind {
        ClaimKind::Email => 1,
        ClaimKind::Username => 2,
        ClaimKind::Person => PERSON,
        ClaimKind::Row => ROW,
        ClaimKind::Field(field) => i64::from(field.0) + OF_FIELDS,
    }
}

pub(crate) fn claim_kind_of(number: i64) -> ClaimKind {
    match number {
        1 => ClaimKind::Email,
        2 => ClaimKind::Username,
        PERSON => ClaimKind::Person,
        ROW => ClaimKind::Row,
        field => ClaimKind::Field(FieldNumber((field - OF_FIELDS) as u32)),
    }
}

pub(crate) const CELL: &str = "SELECT place, field, row_number, column_number, raw, base, now, mine, state, code, detail, holder, suggestions, chosen, hidden FROM plan_cell";

/// What [`cell_of`] reads of a table that keeps cells like the plan.
pub(crate) const CELL_FIELDS: &str = "place, field, row_number, column_number, raw, base, now, mine, state, code, detail, holder, suggestions, chosen, hidden";

pub(crate) fn cell_of(row: &Row<'_>) -> Result<PlanCell> {
    Ok(PlanCell {
        place: place_of(row.integer(0)?)?,
        field: FieldNumber(row.integer(1)? as u32),
        file: file_of(row.integer(2)?),
        row: row.integer(2)? as u32,
        column: row.integer(3)? as u32,
        raw: row.maybe_string(4)?,
        base: row.maybe_string(5)?,
        now: row.maybe_string(6)?,
        mine: row.maybe_string(7)?,
        state: state_of(row.integer(8)?)?,
        wrong: wrong_of(row)?,
        chosen: row.maybe_text(13)?.and_then(Chosen::of_word),
        hidden: row.flag(14)?,
    })
}

fn wrong_of(row: &Row<'_>) -> Result<Option<Wrong>> {
    let Some(code) = row.maybe_text(9)?.and_then(Code::of_word) else { return Ok(None) };
    let suggestions = row.maybe_text(12)?.map(suggestions_in);
    Ok(Some(Wrong {
        code,
        detail: row.maybe_string(10)?,
        holder: row.maybe_text(11)?.and_then(Where::of_word),
        suggestions: suggestions.unwrap_or_default(),
    }))
}

const CELL_COLUMNS: &str = "plan_cell (account, import, place, field, row_number, column_number, raw, base, now, mine, state, code, detail,
    holder, suggestions, chosen, hidden)";

/// The columns of a cell that nothing is wrong with and nothing was decided about: nearly all of nearly every plan.
const PLAIN_COLUMNS: &str = "plan_cell (account, import, place, field, row_number, column_number, raw, base, now, mine, state, hidden)";

/// Inserts cells into the plan of an import.
pub(crate) fn insert_cells(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    cells: &[PlanCell],
) -> Result<()> {
    write_cells(transaction, account, import, "", cells)
}

/// Puts cells, each of another place and field, in place of those of the plan, or adds them.
pub(crate) fn replace_cells(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    cells: &[PlanCell],
) -> Result<()> {
    const REPLACE: &str = "ON CONFLICT (account, import, place, field) DO UPDATE SET row_number = excluded.row_number,
        column_number = excluded.column_number, raw = excluded.raw, base = excluded.base, now = excluded.now, mine = excluded.mine,
        state = excluded.state, code = excluded.code, detail = excluded.detail, holder = excluded.holder,
        suggestions = excluded.suggestions, chosen = excluded.chosen, hidden = excluded.hidden";
    write_cells(transaction, account, import, REPLACE, cells)
}

fn write_cells(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    then: &str,
    cells: &[PlanCell],
) -> Result<()> {
    let of = (account, import);
    if then.is_empty() && cells.iter().all(|cell| cell.wrong.is_none() && cell.chosen.is_none()) {
        let mut values = Vec::with_capacity(cells.len() * 12);
        for cell in cells {
            push_what_it_is(&mut values, of, cell);
            values.push(cell.hidden.into());
        }
        return transaction.insert_all(PLAIN_COLUMNS, 12, "", &values);
    }
    // Only cells that are wrong have suggestions: without any, nothing is allocated.
    let suggestions: Vec<Option<String>> = cells.iter().map(suggestions_of).collect();
    let mut values = Vec::with_capacity(cells.len() * 17);
    for (cell, suggestions) in cells.iter().zip(&suggestions) {
        let wrong = cell.wrong.as_ref();
        push_what_it_is(&mut values, of, cell);
        values.extend_from_slice(params![
            wrong.map(|wrong| wrong.code.word()),
            wrong.and_then(|wrong| wrong.detail.as_deref()),
            wrong.and_then(|wrong| wrong.holder).map(Where::word),
            suggestions,
            cell.chosen.map(Chosen::word),
            cell.hidden,
        ]);
    }
    transaction.insert_all(CELL_COLUMNS, 17, then, &values)
}

/// Adds the values that both lists of columns begin with.
fn push_what_it_is<'c>(
    values: &mut Vec<Param<'c>>,
    (account, import): (AccountId, ImportId),
    cell: &'c PlanCell,
) {
    values.extend_from_slice(params![
        account.0,
        import.number(),
        place_number(cell.place),
        i64::from(cell.field.0),
        line_number(cell.file, cell.row),
        i64::from(cell.column),
        &cell.raw,
        &cell.base,
        &cell.now,
        &cell.mine,
        state_number(cell.state),
    ]);
}

pub(crate) fn suggestions_of(cell: &PlanCell) -> Option<String> {
    let wrong = cell.wrong.as_ref().filter(|wrong| !wrong.suggestions.is_empty())?;
    let line = |text: &String| text.replace('\n', BREAK);
    Some(wrong.suggestions.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// The suggestions of a cell as they are kept: a line each. Two lines of a text are one suggestion, so its breaks stand as a control that no
/// value has.
pub(crate) fn suggestions_in(kept: &str) -> Vec<String> {
    kept.split('\n').filter(|text| !text.is_empty()).map(|text| text.replace(BREAK, "\n")).collect()
}

const BREAK: &str = "\u{b}";

/// Inserts claims into the plan of an import; those that it makes already stay.
pub(crate) fn insert_claims(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    claims: &[LaterClaim],
) -> Result<()> {
    let mut values = Vec::with_capacity(claims.len() * 6);
    for claim in claims {
        values.extend_from_slice(params![
            account.0,
            import.number(),
            claim_kind_number(claim.claim.kind),
            &claim.claim.key,
            place_number(claim.place),
            i64::from(claim.field.0)
        ]);
    }
    let into = "plan_claim (account, import, kind, key, place, field)";
    transaction.insert_all(into, 6, "ON CONFLICT DO NOTHING", &values)
}

impl Store {
    /// Forgets what was staged, warnings too: reading begins again. Nothing happens when the lease was lost.
    pub fn clear_plan(&self, lease: &Lease) -> Result<()> {
        self.write_work_soon(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(());
            }
            for table in ["plan_cell", "plan_claim", "plan_line", "left_out", "warning"] {
                let sql = format!("DELETE FROM {table} WHERE account = ?1 AND import = ?2");
                transaction.execute(&sql, params![lease.account.0, lease.import.number()])?;
            }
            Ok(())
        })
    }

    /// Keeps which column of the file (from 1) is which field.
    pub fn keep_columns(&self, lease: &Lease, columns: &[(FieldNumber, u32)]) -> Result<()> {
        let pairs: Vec<String> =
            columns.iter().map(|(field, column)| format!("{}={column}", field.0)).collect();
        self.write_work_soon(|transaction| {
            transaction.execute(
                "UPDATE import SET columns = ?4 WHERE account = ?1 AND id = ?2 AND fence = ?3",
                params![lease.account.0, lease.import.number(), lease.fence, &pairs.join(" ")],
            )?;
            Ok(())
        })
    }

    /// Which column of the file (from 1) is which field.
    pub fn columns(&self, account: AccountId, import: ImportId) -> Result<Vec<(FieldNumber, u32)>> {
        let pairs = self.read(|connection| {
            let sql = "SELECT columns FROM import WHERE account = ?1 AND id = ?2";
            connection.one(sql, params![account.0, import.number()], |row| row.string(0))
        })?;
        let pair = |pair: &str| {
            let (field, column) = pair.split_once('=')?;
            Some((FieldNumber(field.parse().ok()?), column.parse().ok()?))
        };
        Ok(pairs.unwrap_or_default().split(' ').filter_map(pair).collect())
    }

    /// Cells that name a user who is not one, after one of them (by place and field): at most `limit`.
    pub fn unknown_users(
        &self,
        account: AccountId,
        import: ImportId,
        after: Option<(Place, FieldNumber)>,
        limit: usize,
    ) -> Result<Vec<PlanCell>> {
        let (place, field) =
            after.map_or((i64::MIN, 0), |(place, field)| (place_number(place), i64::from(field.0)));
        self.read(|connection| {
            connection.all(
                &format!(
                    "{CELL} WHERE account = ?1 AND import = ?2 AND code = 'not_a_user' AND (place, field) > (?3, ?4)
                     ORDER BY place, field LIMIT ?5"
                ),
                params![account.0, import.number(), place, field, limit as i64],
                cell_of,
            )
        })
    }

    /// The cells of one row of the plan, by field.
    pub fn plan_row(&self, account: AccountId, import: ImportId, place: Place) -> Result<Vec<PlanCell>> {
        self.read(|connection| {
            connection.all(
                &format!("{CELL} WHERE account = ?1 AND import = ?2 AND place = ?3 ORDER BY field"),
                params![account.0, import.number(), place_number(place)],
                cell_of,
            )
        })
    }

    /// Whether a row is left out.
    pub fn is_left_out(&self, account: AccountId, import: ImportId, place: Place) -> Result<bool> {
        self.read(|connection| {
            let sql = "SELECT 1 FROM left_out WHERE account = ?1 AND import = ?2 AND place = ?3";
            let params = params![account.0, import.number(), place_number(place)];
            Ok(connection.one(sql, params, |_| Ok(()))?.is_some())
        })
    }

    /// The claims of the plan after one (by kind and key), in their order: at most `limit`. What only plans
    /// know (whom cells name, which rows share a User ID) is not among them.
    pub fn claims_after(
        &self,
        account: AccountId,
        import: ImportId,
        after: Option<&LaterClaim>,
        limit: usize,
    ) -> Result<Vec<LaterClaim>> {
        let (kind, key, place, field) = after.map_or((-1, "", 0, 0), place_of_claim);
        self.read(|connection| {
            connection.all(
                "SELECT kind, key, place, field FROM plan_claim
                 WHERE account = ?1 AND import = ?2 AND (kind, key, place, field) > (?3, ?4, ?5, ?6) AND kind NOT IN (3, 4)
                 ORDER BY kind, key, place, field LIMIT ?7",
                params![account.0, import.number(), kind, key, place, field, limit as i64],
                claim_of,
            )
        })
    }

    /// Who claims something in the plan, by place: at most `limit`.
    pub fn claimants(
        &self,
        account: AccountId,
        import: ImportId,
        claim: &Claim,
        limit: usize,
    ) -> Result<Vec<LaterClaim>> {
        self.read(|connection| {
            connection.all(
                "SELECT kind, key, place, field FROM plan_claim WHERE account = ?1 AND import = ?2 AND kind = ?3 AND key = ?4
                 ORDER BY place, field LIMIT ?5",
                params![
                    account.0,
                    import.number(),
                    claim_kind_number(claim.kind),
                    &claim.key,
                    limit as i64
                ],
                claim_of,
            )
        })
    }

    /// Puts cells in place of those at the same place and field, while the work goes on. False when the lease was lost.
    pub fn restage(&self, lease: &Lease, cells: &[PlanCell]) -> Result<bool> {
        self.write_work_soon(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(false);
            }
            replace_cells(transaction, lease.account, lease.import, cells)?;
            Ok(true)
        })
    }

    /// Leaves rows out that are not left out yet, while the work goes on, and counts them. False when the lease was lost.
    pub fn leave_out(&self, lease: &Lease, places: &[Place]) -> Result<bool> {
        self.write_work_soon(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(false);
            }
            let (account, import) = (lease.account.0, lease.import.number());
            let mut values = Vec::with_capacity(places.len() * 3);
            for place in places {
                values.extend_from_slice(params![account, import, place_number(*place)]);
            }
            transaction.insert_all("left_out (account, import, place)", 3, "", &values)?;
            let sql = "UPDATE import SET left_out = left_out + ?3 WHERE account = ?1 AND id = ?2";
            transaction.execute(sql, params![account, import, places.len() as i64])?;
            Ok(true)
        })
    }
}

pub(crate) fn claim_of(row: &Row<'_>) -> Result<LaterClaim> {
    Ok(LaterClaim {
        claim: Claim { kind: claim_kind_of(row.integer(0)?), key: row.string(1)? },
        place: place_of(row.integer(2)?)?,
        field: FieldNumber(row.integer(3)? as u32),
    })
}

pub(crate) fn holds(transaction: &mut Connection, lease: &Lease) -> Result<bool> {
    let sql = "SELECT 1 FROM import WHERE account = ?1 AND id = ?2 AND fence = ?3 AND state IN ('reading', 'applying')";
    let params = params![lease.account.0, lease.import.number(), lease.fence];
    Ok(transaction.one(sql, params, |_| Ok(()))?.is_some())
}

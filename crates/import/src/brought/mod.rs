//! The plan of the rows that a ticket brings back: their cells as they were when the ticket was raised, over the same bases, merged with
//! what the directory is now. Where a value could be read once, it is not read again: how the file was to be read is not known any more.

use std::collections::BTreeMap;

use directory::{
    Chosen, Counts, Exactness, Failure, FieldNumber, Fields, Place, PlanCell, State, UserId, merge_values,
    standard,
};
use store::{Account, Import, ImportState, LaterClaim, Result, Settled, Stage, Warning};
use workbook::{Cell, Position};

use crate::judge::managers::Managers;
use crate::judge::people::People;
use crate::judge::retired;
use crate::judge::{
    Lines, Purpose, RowJudge, Whom, circles, claims_of, end_state, new_user, overlay, planned, shared_id,
};
use crate::lease::Working;

/// Makes the plan; none when the lease was lost on the way.
pub(crate) fn plan(working: &Working, import: &Import) -> Result<Option<Settled>> {
    let account = working.app.store.account_now(working.lease.account)?;
    let fields = working.app.store.fields(account.id)?;
    plan_of(working, import, &account, &fields)
}

/// The same by the fields and at the revision that are given, in place of a plan that there is.
pub(crate) fn plan_of(
    working: &Working,
    import: &Import,
    account: &Account,
    fields: &Fields,
) -> Result<Option<Settled>> {
    let (store, now) = (&working.app.store, working.app.clock.now());
    store.clear_plan(&working.lease)?;
    let Some(ticket) = store.ticket_brought_by(account.id, import.id)? else {
        return Ok(Some(Settled::failed(Failure::given_up(), now)));
    };
    let base = store.import(account.id, ticket.import)?.and_then(|first| first.base);
    let judge = RowJudge::new(store, account, fields);
    let (mut counts, mut managers) = (Counts::default(), Managers::default());
    let mut given: BTreeMap<FieldNumber, i64> = BTreeMap::new();
    let kept = store.ticket_cells(&ticket)?;
    for row in kept.chunk_by(|one, next| one.place == next.place) {
        counts.rows += 1;
        row.iter().filter(|cell| is_edit(cell)).for_each(|cell| *given.entry(cell.field).or_default() += 1);
        let mut cells = row_now(&judge, row)?;
        People::new(store, account.id).offer(&mut cells)?;
        counts = counts.plus(Counts::of_row(&cells, false));
        cells.iter().for_each(|cell| managers.note(cell));
        let claims: Vec<LaterClaim> = cells.iter().flat_map(|cell| claims_of(cell, fields)).collect();
        if !store.stage(&working.lease, &cells, &claims)? {
            return Ok(None);
        }
    }
    working.progress(Stage::Checking, 0, 1);
    end_state::references(working, fields, &mut counts, &mut managers)?;
    end_state::claims(working, fields, &mut counts, Purpose::Review)?;
    let read = Import { base: Some(base.unwrap_or(account.revision)), ..import.clone() };
    if !store.fixes(import.account, import.id, None, 1)?.is_empty() {
        counts = counts.plus(overlay::lay_again(working, &read, |_| 0)?);
        managers = Managers::of_plan(store, (import.account, import.id), |_| false)?;
    }
    let retired = given.iter().filter_map(|(field, cells)| retired::told(fields, *field, *cells));
    let mut warnings: Vec<Warning> = retired.collect();
    let is_short = !warnings.is_empty();
    warnings.extend(circles::warning(&working.app, import, fields, managers)?);
    counts.warnings = warnings.len() as i64;
    store.keep_warnings(&working.lease, &warnings)?;
    if working.is_lost() {
        return Ok(None);
    }
    let open = counts.errors + counts.conflicts + counts.users_to_create > 0;
    // Where it does less than the ticket asked for, somebody reads that.
    let nothing = import.plan == 0 && counts.cells_to_edit == 0 && !open && !is_short;
    let state = if nothing { ImportState::Done } else { ImportState::Review };
    Ok(Some(Settled {
        state,
        plan: import.plan + 1,
        revision: Some(account.revision),
        base: read.base,
        counts,
        finished_at: nothing.then_some(now),
        ..Settled::moved(import, state)
    }))
}

/// A row as the directory makes it now. Who is not there any more is not edited.
fn row_now(judge: &RowJudge<'_>, row: &[PlanCell]) -> Result<Vec<PlanCell>> {
    let of_user = match row[0].place {
        Place::User(user) => Some(user),
        Place::Row { .. } => shared_id::user_of_row(row),
    };
    match of_user {
        Some(user) => of_known(judge, user, row),
        None => of_new(judge, row),
    }
}

fn of_known(judge: &RowJudge<'_>, id: UserId, row: &[PlanCell]) -> Result<Vec<PlanCell>> {
    let users = judge.store.user(judge.account, judge.fields, id)?;
    let Some(user) = users.get(0).filter(|user| !user.withdrawn()) else { return Ok(Vec::new()) };
    let mut cells = Vec::new();
    for cell in row.iter().filter(|cell| is_edit(cell)) {
        let Some(field) = judge.fields.get(cell.field).filter(|field| !field.retired) else { continue };
        let now = user.value(field.number);
        let values = (cell.base.as_deref(), now);
        let verdict = if is_read(cell) {
            merge_values(values.0, values.1, cell.mine.as_deref())
        } else {
            judge.cell((field, field), Exactness::Exact, values, text_of(cell).as_ref())?
        };
        let place = Place::User(id);
        let Some(now) = planned(place, field.number, values, verdict, cell.raw.clone()) else { continue };
        if now.state != State::PutBack {
            // What was chosen counts for the value that was seen.
            let chosen = cell.chosen.filter(|_| now.state == State::Conflict && now.now == cell.now);
            cells.push(PlanCell { chosen, ..beside(now, cell) });
        }
    }
    judge.row(Whom::User(&user), &mut cells, Lines { columns: &[], row: row[0].row })?;
    Ok(cells)
}

fn of_new(judge: &RowJudge<'_>, row: &[PlanCell]) -> Result<Vec<PlanCell>> {
    let place = row[0].place;
    let mut cells = Vec::new();
    for cell in row {
        let known = judge.fields.get(cell.field).filter(|field| !field.retired);
        if cell.field == standard::USER {
            cells.push(cell.clone());
        } else if let Some(field) = known {
            let again = if is_read(cell) && cell.mine.is_some() {
                Some(PlanCell { state: State::Change, wrong: None, ..cell.clone() })
            } else {
                let position = Position { row: cell.row, column: cell.column };
                judge.new_cell(place, field, text_of(cell).as_ref(), position, cell.hidden)?
            };
            cells.extend(again);
        }
    }
    let lines = Lines { columns: &[], row: row[0].row };
    if cells.iter().any(|cell| new_user::is_of_new_user(cell) && cell.creates()) {
        judge.created(place, &mut cells, lines)?;
    } else {
        judge.row(Whom::New(place), &mut cells, lines)?;
    }
    Ok(cells)
}

/// Whether a cell says something that was to be written, or would have been, were it right.
fn is_edit(cell: &PlanCell) -> bool {
    match cell.state {
        _ if cell.field == standard::USER => false,
        State::Change | State::Error => true,
        State::Conflict => cell.chosen != Some(Chosen::Now),
        State::PutBack | State::Damage => cell.chosen == Some(Chosen::File),
        State::ChangedSince => false,
    }
}

/// Whether its value could be read; one that names a row of the file says nothing without it.
fn is_read(cell: &PlanCell) -> bool {
    match &cell.mine {
        Some(mine) => Place::of_reference(mine).is_none(),
        None => cell.state != State::Error && cell.raw.is_none(),
    }
}

fn text_of(cell: &PlanCell) -> Option<Cell<'_>> {
    let text = cell.raw.as_deref().filter(|text| !text.trim().is_empty())?;
    Some(Cell::text(Position { row: cell.row.max(1), column: cell.column.max(1) }, text))
}

/// The cell at the place in its file where the one before stood.
fn beside(now: PlanCell, before: &PlanCell) -> PlanCell {
    PlanCell { file: before.file, row: before.row, column: before.column, hidden: before.hidden, ..now }
}

//! Raising a ticket, and taking it back: a step of the plan each, kept together with the ticket.

use std::collections::BTreeSet;

use directory::{ClaimKind, Code, FieldNumber, Place, PlanCell, State, Wrong, standard};
use store::{
    AccountId, Error, Fix, FixKind, Import, ImportId, ImportState, NewTicket, PageStart, Result, Ticket,
    TicketValue,
};

use super::tidy;
use crate::Context;
use crate::judge::claims_of;
use crate::judge::overlay::Overlay;
use crate::review::fix::cells_of;
use crate::review::pauses::PAUSES;
use crate::review::target::Target;

/// Cells that one ticket asks for at the most.
pub const TICKET_CELLS: usize = 500;
/// Open tickets of one account at the most.
const OPEN: i64 = 200;
/// The numbers of tickets: seven digits.
const NUMBERS: std::ops::Range<i64> = 1_000_000..10_000_000;

/// What a ticket is to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// What these name.
    Cells(Vec<Target>),
    /// All cells of a field that somebody elsewhere has.
    Kind(FieldNumber),
}

/// How raising a ticket ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raised {
    /// It has this number; so many rows wait for it.
    Kept(i64, i64),
    /// Nothing of what was named is with somebody elsewhere.
    NothingToAsk,
    /// What was written is longer than [`super::TICKET_WORDS`].
    TooLong,
    /// The account has as many open tickets as it may have.
    TooMany,
    /// The import is not in review.
    NotInReview(ImportState),
    /// There is no such import.
    NoSuchImport,
    /// Others change the same import at the same time, again and again; nothing was kept.
    OthersAtWork,
}

/// The cells that a ticket would ask for, in the order of the file; those that are left out already are not among those of a kind.
///
/// # Errors
/// When the store fails.
pub fn asked_for(app: &Context, import: &Import, wanted: &Wanted) -> Result<Vec<PlanCell>> {
    if import.state != ImportState::Review {
        return Ok(Vec::new());
    }
    let judging = Overlay::begin(app, import)?;
    cells(&judging, wanted)
}

fn cells(judging: &Overlay<'_>, wanted: &Wanted) -> Result<Vec<PlanCell>> {
    let (store, account, import) = (&judging.app.store, judging.account.id, judging.import.id);
    let mut cells = Vec::new();
    match wanted {
        Wanted::Kind(field) => {
            let kind = (Code::LoginInUse, *field);
            // Of those that users here or other rows have, nothing is to be asked: they stand between.
            let page = store.kind_page(account, import, kind, PageStart::Start, 4 * TICKET_CELLS as u32)?;
            cells.extend(page.items);
        }
        Wanted::Cells(targets) => {
            for target in targets {
                for (place, field) in cells_of(judging, target)? {
                    let row = store.plan_row(account, import, place)?;
                    cells.extend(row.into_iter().filter(|cell| cell.field == field));
                }
            }
        }
    }
    let asks =
        |cell: &PlanCell| cell.state == State::Error && cell.wrong.as_ref().is_some_and(Wrong::asks_support);
    cells.retain(asks);
    cells.truncate(TICKET_CELLS);
    Ok(cells)
}

/// Raises a ticket: the rows of its cells wait for support from now on.
///
/// # Errors
/// When the store fails; nothing was kept then.
pub fn raise(
    app: &Context,
    account: AccountId,
    id: ImportId,
    wanted: &Wanted,
    words: &str,
    actor: &str,
) -> Result<Raised> {
    let Some(words) = tidy(words) else { return Ok(Raised::TooLong) };
    for pause in PAUSES {
        let Some(import) = app.store.import(account, id)? else { return Ok(Raised::NoSuchImport) };
        if import.state != ImportState::Review {
            return Ok(Raised::NotInReview(import.state));
        }
        if app.store.open_tickets(account)? >= OPEN {
            return Ok(Raised::TooMany);
        }
        let mut judging = Overlay::begin(app, &import)?;
        let mut cells = cells(&judging, wanted)?;
        drop_asked(&judging, &mut cells)?;
        let values: Vec<TicketValue> = cells.iter().filter_map(|cell| value_of(&judging, cell)).collect();
        if values.is_empty() {
            return Ok(Raised::NothingToAsk);
        }
        let places: BTreeSet<Place> = values.iter().map(|value| value.place).collect();
        let steps = leave_out(&mut judging, &places, true)?;
        let number = NUMBERS.start + i64::from(app.randomness.number()) % (NUMBERS.end - NUMBERS.start);
        let new = NewTicket { number, values: &values, words: &words };
        let kept = judging.keep_with(&steps, actor, |step| app.store.raise_ticket(account, id, &new, step));
        match kept {
            Ok(Some(_)) => return Ok(Raised::Kept(number, places.len() as i64)),
            // Somebody was faster, or has the number.
            Ok(None) | Err(Error::Taken) => {}
            Err(error) => return Err(error),
        }
        app.wait_for_work(pause);
    }
    Ok(Raised::OthersAtWork)
}

/// Drops the cells that a ticket asks for already.
fn drop_asked(judging: &Overlay<'_>, cells: &mut Vec<PlanCell>) -> Result<()> {
    let asked = judging.app.store.asked_cells(judging.account.id, judging.import.id)?;
    let asked: BTreeSet<_> = asked.into_iter().map(|(place, field, _)| (place, field)).collect();
    let (store, account, import) = (&judging.app.store, judging.account.id, judging.import.id);
    let mut kept = Vec::with_capacity(cells.len());
    for cell in cells.drain(..) {
        // Whose row was taken in again by an undo, asks again: the earlier ticket says no more that the row waits.
        if !asked.contains(&(cell.place, cell.field)) || !store.is_left_out(account, import, cell.place)? {
            kept.push(cell);
        }
    }
    *cells = kept;
    Ok(())
}

fn value_of(judging: &Overlay<'_>, cell: &PlanCell) -> Option<TicketValue> {
    let claim = claims_of(cell, &judging.fields).next()?.claim;
    let is_sign_in = matches!(claim.kind, ClaimKind::Email | ClaimKind::Username);
    is_sign_in.then(|| TicketValue {
        place: cell.place,
        field: cell.field,
        file: cell.file,
        row: cell.row,
        column: cell.column,
        value: cell.raw.clone().or_else(|| cell.mine.clone()).unwrap_or_default(),
        claim,
        released_at: None,
    })
}

/// Leaves rows out of the plan, or takes them in again; what depends on them is judged with them.
fn leave_out(judging: &mut Overlay<'_>, places: &BTreeSet<Place>, out: bool) -> Result<Vec<Fix>> {
    let kind = FixKind::LeaveOut(out);
    let mut steps = Vec::with_capacity(places.len());
    for place in places {
        judging.fix(*place, standard::USER, &kind)?;
        steps.push(Fix { place: *place, field: standard::USER, kind: kind.clone() });
    }
    judging.settle_claims()?;
    Ok(steps)
}

/// How taking a ticket back ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakenBack {
    /// It was taken back; its rows are in the plan again where their import is still in review.
    Done(Ticket),
    /// It was closed or taken back already.
    Closed,
    /// There is no such ticket.
    NoSuchTicket,
    /// Others change its import at the same time, again and again.
    OthersAtWork,
}

/// Takes a ticket back. Rows of an import in review are judged again there.
///
/// # Errors
/// When the store fails; nothing was kept then.
pub fn take_back(app: &Context, account: AccountId, number: i64, actor: &str) -> Result<TakenBack> {
    for pause in PAUSES {
        let Some(ticket) = app.store.ticket(account, number)? else { return Ok(TakenBack::NoSuchTicket) };
        if ticket.closed || ticket.state == store::TicketState::Withdrawn {
            return Ok(TakenBack::Closed);
        }
        if take_in(app, &ticket, actor)? {
            return Ok(TakenBack::Done(ticket));
        }
        app.wait_for_work(pause);
    }
    Ok(TakenBack::OthersAtWork)
}

/// Takes the ticket back, and its rows in again where their import is in review. False when another step came first.
pub(super) fn take_in(app: &Context, ticket: &Ticket, actor: &str) -> Result<bool> {
    let import = app.store.import(ticket.account, ticket.import)?;
    let now = app.clock.now();
    let Some(import) = import.filter(|import| import.state == ImportState::Review) else {
        return app.store.take_ticket_back(ticket, None, now);
    };
    let mut judging = Overlay::begin(app, &import)?;
    let mut places = BTreeSet::new();
    for value in app.store.ticket_values(ticket)? {
        if app.store.is_left_out(ticket.account, import.id, value.place)? {
            places.insert(value.place);
        }
    }
    let steps = leave_out(&mut judging, &places, false)?;
    judging.keep_with(&steps, actor, |step| app.store.take_ticket_back(ticket, Some(step), now))
}

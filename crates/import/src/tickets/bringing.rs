//! Bringing the rows of a ticket back: into their own import while that is in review, else into a new one.

use sentences::say;
use store::{AccountId, Complete, ImportId, ImportKind, ImportState, NewImport, Result, Ticket, TicketState};

use super::raising::take_in;
use crate::Context;
use crate::review::pauses::PAUSES;

/// How bringing rows back ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brought {
    /// This import judges them: a new one, or their own.
    Into(ImportId),
    /// The ticket is closed or taken back, or its rows were brought back already.
    Closed,
    /// The users of its rows were erased: there is nothing to bring back.
    Gone,
    /// Their import is at work; nothing was done.
    NotYet,
    /// There is no such ticket.
    NoSuchTicket,
    /// Others change the import at the same time, again and again.
    OthersAtWork,
}

/// Judges the rows of a ticket again, with their cells and bases as they were.
///
/// # Errors
/// [`store::Error::DoneBefore`] when it was asked for before, by the same request. Else when the store fails.
pub fn bring_back(app: &Context, account: AccountId, number: i64, actor: &str) -> Result<Brought> {
    for pause in PAUSES {
        let Some(ticket) = app.store.ticket(account, number)? else { return Ok(Brought::NoSuchTicket) };
        if ticket.closed || ticket.state == TicketState::Withdrawn {
            return Ok(Brought::Closed);
        }
        if app.store.ticket_values(&ticket)?.is_empty() {
            return Ok(Brought::Gone);
        }
        let state = app.store.import(account, ticket.import)?.map(|import| import.state);
        match state {
            Some(ImportState::Reading | ImportState::Applying) => return Ok(Brought::NotYet),
            Some(ImportState::Review) => {
                if take_in(app, &ticket, actor)? {
                    return Ok(Brought::Into(ticket.import));
                }
            }
            _ => return begin(app, &ticket, actor),
        }
        app.wait_for_work(pause);
    }
    Ok(Brought::OthersAtWork)
}

fn begin(app: &Context, ticket: &Ticket, actor: &str) -> Result<Brought> {
    let at = app.clock.now();
    let id = ImportId::new(at, app.randomness.number());
    let file = ticket.file_name.as_deref().unwrap_or_default();
    let new = NewImport {
        id,
        state: ImportState::Reading,
        kind: ImportKind::Ticket,
        file_name: Some(say!("ticket-brought-back-of", number = ticket.number.to_string(), file = file)),
        actor: actor.to_owned(),
        complete: Complete::Never,
        keep: true,
        leave_out_errors: false,
        undoes: None,
        decisions: Vec::new(),
        at,
    };
    if app.store.begin_brought(ticket, &new)?.is_none() {
        return Ok(Brought::Closed);
    }
    app.wake_workers();
    Ok(Brought::Into(id))
}

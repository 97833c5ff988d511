//! Tickets: the list, one of them, raising one, writing on it, taking it back, bringing its rows back.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use events::Event;
use import::{self, Brought, Raised, TICKET_WORDS, TakenBack, Target, Wanted, Written};
use sentences::say;
use serde::Deserialize;
use store::ImportId;

use super::caller::{Caller, Editor};
use super::extract::{self, Body, Id, Nothing, Sent};
use super::once::Acting;
use super::problem::Problem;
use super::reply::{Reply, accepted, found};
use super::wire::{self, List};
use crate::access::Action;
use crate::app::App;

/// Tickets of a list; older ones are closed long since.
const LISTED: u32 = 200;

/// The number of a ticket in an address.
pub(super) struct Number(i64);

impl std::str::FromStr for Number {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl extract::Named for Number {
    const MISSING: Problem = Problem::NO_TICKET;
}

/// What is to be asked: cells of an import, or all cells of a field that somebody elsewhere has.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewTicket {
    import: String,
    #[serde(default)]
    cells: Vec<String>,
    field: Option<String>,
    #[serde(default)]
    words: String,
}

impl Body for NewTicket {
    fn fields() -> Vec<(&'static str, &'static str)> {
        vec![
            ("import", say!("field-ticket-import")),
            ("cells", say!("field-ticket-cells")),
            ("field", say!("field-ticket-field")),
            ("words", say!("field-ticket-words")),
        ]
    }
}

/// What is to be written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Writing {
    words: String,
}

impl Body for Writing {
    fn fields() -> Vec<(&'static str, &'static str)> {
        vec![("words", say!("field-ticket-words"))]
    }
}

/// `GET /tickets`
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    _: extract::Wanted<Nothing>,
) -> Reply<List<wire::Ticket>> {
    caller.may(Action::Look)?;
    let account = caller.account;
    let items = app
        .run(move |app| {
            let fields = app.store.fields(account)?;
            let tickets = app.store.tickets(account, LISTED)?;
            tickets.iter().map(|ticket| wire::Ticket::of(app, &fields, ticket)).collect()
        })
        .await?;
    Ok(Json(List { items, next: None }))
}

/// `GET /tickets/{number}`
pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    Id(Number(number)): Id<Number>,
    _: extract::Wanted<Nothing>,
) -> Reply<wire::Ticket> {
    caller.may(Action::Look)?;
    found(app.run(move |app| wire::Ticket::read(app, caller.account, number)).await?, Problem::NO_TICKET)
}

/// `POST /tickets`
pub(super) async fn raise(
    Acting(app): Acting,
    Editor(caller): Editor,
    Sent(new): Sent<NewTicket>,
) -> Result<Response, Problem> {
    let id: ImportId = new.import.parse().map_err(|()| Problem::NO_IMPORT)?;
    let cells = new.cells.iter().map(|cell| cell.parse().map(Target::Cell)).collect::<Result<Vec<_>, _>>();
    let cells = cells.map_err(|_| Problem::bad_request(say!("api-fixes-cell-is-not-one-such")))?;
    if cells.is_empty() == new.field.is_none() {
        return Err(Problem::bad_request(say!("api-ticket-name-cells-or-a-field")));
    }
    let (account, actor) = (caller.account, caller.actor.clone());
    let line = Event::TicketRaised.line().by(&caller.actor).of_account(&caller.slug).with("import", id);
    let noted = line.clone();
    let (raised, ticket) = app
        .run(move |app| {
            let fields = app.store.fields(account)?;
            let wanted = match new.field.as_deref().map(|key| fields.by_key(key)) {
                Some(Some(field)) => Wanted::Kind(field.number),
                Some(None) => return Ok((Raised::NothingToAsk, None)),
                None => Wanted::Cells(cells),
            };
            let noting = app.noting(&noted, &[account]);
            let raised = import::raise(&noting, account, id, &wanted, &new.words, &actor)?;
            let ticket = match raised {
                Raised::Kept(number, _) => wire::Ticket::read(app, account, number)?,
                _ => None,
            };
            Ok((raised, ticket))
        })
        .await?;
    match raised {
        Raised::Kept(number, rows) => {
            line.with("ticket", number).with("rows", rows).tell();
            Ok((StatusCode::CREATED, Json(ticket)).into_response())
        }
        Raised::NothingToAsk => Err(Problem::conflict("nothing-to-ask", say!("ticket-nothing-to-ask"))),
        Raised::TooLong => Err(Problem::bad_request(say!("ticket-too-long", most = TICKET_WORDS as i64))),
        Raised::TooMany => Err(Problem::conflict("too-many-tickets", say!("ticket-too-many"))),
        Raised::NotInReview(state) => Err(Problem::not_in_review(state)),
        Raised::NoSuchImport => Err(Problem::NO_IMPORT),
        Raised::OthersAtWork => Err(Problem::OTHERS_AT_WORK),
    }
}

/// `POST /tickets/{number}/words`
pub(super) async fn write(
    Acting(app): Acting,
    Editor(caller): Editor,
    Id(Number(number)): Id<Number>,
    Sent(writing): Sent<Writing>,
) -> Reply<wire::Ticket> {
    let account = caller.account;
    let words = writing.words;
    let written =
        app.run(move |app| import::write_on_ticket(app, account, number, &words, &caller.actor)).await?;
    match written {
        Written::Kept => {
            found(app.run(move |app| wire::Ticket::read(app, account, number)).await?, Problem::NO_TICKET)
        }
        Written::Empty | Written::TooLong => {
            Err(Problem::bad_request(say!("ticket-too-long", most = TICKET_WORDS as i64)))
        }
        Written::Closed => Err(Problem::conflict("ticket-closed", say!("ticket-is-over"))),
        Written::NoSuchTicket => Err(Problem::NO_TICKET),
    }
}

/// `POST /tickets/{number}/take-back`
pub(super) async fn take_back(
    Acting(app): Acting,
    Editor(caller): Editor,
    Id(Number(number)): Id<Number>,
) -> Reply<wire::Ticket> {
    let account = caller.account;
    match app.run(move |app| import::take_ticket_back(app, account, number, &caller.actor)).await? {
        TakenBack::Done(_) => {
            found(app.run(move |app| wire::Ticket::read(app, account, number)).await?, Problem::NO_TICKET)
        }
        TakenBack::Closed => Err(Problem::conflict("ticket-closed", say!("ticket-is-over"))),
        TakenBack::NoSuchTicket => Err(Problem::NO_TICKET),
        TakenBack::OthersAtWork => Err(Problem::OTHERS_AT_WORK),
    }
}

/// `POST /tickets/{number}/bring-back`: 202 with the import that judges its rows again.
pub(super) async fn bring_back(
    Acting(app): Acting,
    Editor(caller): Editor,
    Id(Number(number)): Id<Number>,
) -> Result<Response, Problem> {
    let account = caller.account;
    let job = move |app: &App| match import::bring_back(app, account, number, &caller.actor)? {
        Brought::Into(id) => app.store.import(account, id).map(|import| import.ok_or(Problem::NO_IMPORT)),
        Brought::Closed => Ok(Err(Problem::conflict("ticket-closed", say!("ticket-is-over")))),
        Brought::Gone => Ok(Err(Problem::conflict("ticket-rows-gone", say!("ticket-outcome-gone")))),
        Brought::NotYet => Ok(Err(Problem::conflict("not-yet", say!("ticket-not-yet")))),
        Brought::NoSuchTicket => Ok(Err(Problem::NO_TICKET)),
        Brought::OthersAtWork => Ok(Err(Problem::OTHERS_AT_WORK)),
    };
    app.run(job).await?.map(|import| accepted(&import))
}

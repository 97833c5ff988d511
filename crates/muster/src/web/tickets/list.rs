//! The tickets of an organisation, newest first.

use axum::extract::State;
use maud::{Markup, html};
use sentences::say;
use store::Ticket;

use crate::access::Actor;
use crate::app::App;
use crate::web::frame::components::empty::empty;
use crate::web::frame::components::mark::{Of, mark};
use crate::web::frame::components::table::{Column, Width, table};
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::moment::moment;
use crate::web::frame::signed_in::Viewer;
use crate::web::support::{contact, state_words};

/// Tickets that are listed; the rest is older.
const LISTED: u32 = 200;

/// The page.
pub(in crate::web) async fn show(State(app): State<App>, Viewer(actor): Viewer) -> Answer<Markup> {
    let account = actor.account.id;
    let tickets = app.run(move |app| app.store.tickets(account, LISTED)).await?;
    Ok(page(&app, &actor, &tickets))
}

fn page(app: &App, actor: &Actor, tickets: &[Ticket]) -> Markup {
    let columns = [
        Column::new(say!("ticket-ticket"), Width::Middle),
        Column::new(say!("ticket-import"), Width::Rest).wide_only(),
        Column::new(say!("ticket-rows"), Width::Number).of_numbers(),
        Column::new(say!("ticket-state"), Width::Value),
        Column::new(say!("ticket-when"), Width::User).wide_only(),
    ];
    Frame::new(actor, Part::Imports, say!("ticket-tickets")).page(&html! {
        div.head { h1 { (say!("ticket-tickets")) } }
        @if tickets.is_empty() { (empty(&html! { p { (say!("ticket-none-yet")) } })) } @else {
            (table(say!("ticket-tickets"), &columns, &html! {
                @for ticket in tickets {
                    tr {
                        th scope="row" { a href={ "/o/" (actor.account.slug) "/tickets/" (ticket.number) } { (ticket.number) } }
                        td.not-small dir="auto" { (ticket.file_name.as_deref().unwrap_or("–")) }
                        td.num { (ticket.rows) }
                        td { (state_of(ticket)) }
                        td.not-small { (moment(ticket.raised_at)) }
                    }
                }
            }))
        }
        (contact(app))
    })
}

/// Where it stands, as a mark.
pub(super) fn state_of(ticket: &Ticket) -> Markup {
    if ticket.closed {
        return mark(Of::Quiet, say!("ticket-state-closed"));
    }
    let of = match ticket.state {
        store::TicketState::Open => Of::Wait,
        store::TicketState::Free => Of::Good,
        store::TicketState::Answered => Of::Good,
        store::TicketState::Declined | store::TicketState::Unreadable => Of::Bad,
        store::TicketState::Withdrawn => Of::Quiet,
    };
    mark(of, state_words(ticket.state))
}

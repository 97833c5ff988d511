//! The tickets of all organisations, the oldest that is open first.

use axum::extract::State;
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::{Account, Ticket, TicketState};

use super::frame::{Part, operators_page};
use crate::app::App;
use crate::web::frame::components::empty::empty;
use crate::web::frame::components::table::{Column, Width, table};
use crate::web::frame::components::tabs::{Tab, tabs};
use crate::web::frame::errors::Answer;
use crate::web::frame::moment::moment;
use crate::web::frame::sent::Query;
use crate::web::frame::signed_in::Operator;
use crate::web::support::state_words;

/// Tickets that are listed.
const LISTED: u32 = 500;

/// Which are wanted.
#[derive(Deserialize)]
pub(in crate::web) struct Wanted {
    state: Option<String>,
}

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Operator(_): Operator,
    Query(wanted): Query<Wanted>,
) -> Answer<Markup> {
    let is_all = wanted.state.as_deref() == Some("all");
    let state = (!is_all).then_some(TicketState::Open);
    let tickets = app.run(move |app| app.store.tickets_of_all(state, LISTED)).await?;
    let accounts = app.run(|app| app.store.accounts()).await?;
    Ok(page(&tickets, &accounts, is_all))
}

fn page(tickets: &[Ticket], accounts: &[Account], is_all: bool) -> Markup {
    let columns = [
        Column::new(say!("ticket-ticket"), Width::Middle),
        Column::new(say!("ticket-organisation"), Width::Rest),
        Column::new(say!("ticket-rows"), Width::Number).of_numbers().wide_only(),
        Column::new(say!("ticket-state"), Width::Value),
        Column::new(say!("ticket-when"), Width::User).wide_only(),
    ];
    let tab = |words: &str, address: &str, here: bool| Tab {
        words: words.to_owned(),
        address: address.to_owned(),
        count: None,
        here,
    };
    let name = |ticket: &Ticket| {
        let account = accounts.iter().find(|account| account.id == ticket.account);
        account.map_or_else(String::new, |account| account.name.clone())
    };
    operators_page(
        Part::Tickets,
        say!("operator-tickets"),
        &html! {
            div.head { h1 { (say!("operator-tickets")) } }
            (tabs(say!("operator-which"), &[
                tab(say!("ticket-state-open"), "/operator/tickets", !is_all),
                tab(say!("operator-all"), "/operator/tickets?state=all", is_all),
            ]))
            @if tickets.is_empty() { (empty(&html! { p { (say!("operator-no-tickets")) } })) } @else {
                (table(say!("operator-tickets"), &columns, &html! {
                    @for ticket in tickets {
                        tr {
                            th scope="row" { a href={ "/operator/tickets/" (ticket.number) } { (ticket.number) } }
                            td { (name(ticket)) }
                            td.num.not-small { (ticket.rows) }
                            td { (state_words(ticket.state)) }
                            td.not-small { (moment(ticket.raised_at)) }
                        }
                    }
                }))
            }
        },
    )
}

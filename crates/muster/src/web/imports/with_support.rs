//! With support: the rows of a review that wait for an answer to a ticket, each with what stands on it.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::{Fields, Place as RowPlace};
use import::{self, People};
use maud::{Markup, html};
use sentences::say;
use store::{Result, Ticket, TicketValue};

use super::notice::Notice;
use super::place::Place;
use super::reviewing::{Reviewing, Shown};
use super::viewed::{Viewed, address};
use crate::app::App;
use crate::web::frame::components::action::{self, Weight};
use crate::web::frame::components::table::{Column, Width, table};
use crate::web::frame::errors::Answer;
use crate::web::frame::moment::moment;
use crate::web::frame::reply::see;
use crate::web::frame::sent::Query;
use crate::web::support::{contact, state_words};

/// Rows that are listed of each ticket; its own page has all of them.
const LISTED: usize = 40;

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    let notice = Notice::read(&pairs);
    Ok(app.run(move |app| page(app, viewed, notice)).await?)
}

fn page(app: &App, viewed: Viewed, notice: Option<Notice>) -> Result<Response> {
    let of = match Reviewing::load(app, viewed)? {
        Ok(of) => of,
        Err(viewed) => return Ok(see(&address(&viewed.actor, viewed.import.id)).into_response()),
    };
    let import = &of.viewed.import;
    let fields = app.store.fields(import.account)?;
    let mut names = BTreeMap::new();
    let mut tickets = Vec::new();
    let mut people = People::new(app, import.account, &fields);
    for ticket in app.store.tickets_of_import(import.account, import.id)? {
        let values = app.store.ticket_values(&ticket)?;
        for value in values.iter().take(LISTED) {
            if let RowPlace::User(user) = value.place {
                names.insert(user, people.name(user)?);
            }
        }
        tickets.push((ticket, values));
    }
    let name_of = |place: RowPlace| match place {
        RowPlace::User(user) => names.get(&user).cloned(),
        RowPlace::Row { .. } => None,
    };
    let part = html! {
        div data-part="part" #with-support-part {
            @if tickets.is_empty() { div.empty { p { (say!("ticket-none-here")) } } }
            @for (ticket, values) in &tickets { (one(&of, &fields, ticket, values, &name_of)) }
            (contact(app))
        }
    };
    let shown = Shown { place: Some(Place::WithSupport), notice, part, bar: true };
    Ok(of.page(&shown).into_response())
}

fn one(
    of: &Reviewing,
    fields: &Fields,
    ticket: &Ticket,
    values: &[TicketValue],
    name_of: &impl Fn(RowPlace) -> Option<String>,
) -> Markup {
    let actor = &of.viewed.actor;
    let number = ticket.number.to_string();
    let link = format!("/o/{}/tickets/{number}", actor.account.slug);
    let columns = [
        Column::new(say!("fix-grid-row"), Width::Row),
        Column::new(say!("changes-user"), Width::Rest),
        Column::new(say!("ticket-value"), Width::Mail),
    ];
    html! {
        section.stack aria-labelledby={ "ticket-" (number) } {
            div.row.wrap {
                h2 id={ "ticket-" (number) } { a href=(link) { (say!("ticket-number", number = &number)) } }
                span.muted.small { (moment(ticket.raised_at)) " · " (state_words(ticket.state)) }
                @if of.may_edit() {
                    form.end method="post" action=(link) {
                        (action::answer(Weight::Plain, "act", "bring_back", say!("ticket-bring-back")))
                        " "
                        (action::answer(Weight::Quiet, "act", "take_back", say!("ticket-take-back")))
                    }
                }
            }
            (table(&say!("ticket-rows-of", number = &number), &columns, &html! {
                @for value in values.iter().take(LISTED) {
                    tr {
                        td.rownum { @if value.row > 0 { (value.row) } @else { "–" } }
                        th scope="row" dir="auto" { (name_of(value.place).unwrap_or_else(|| say!("review-no-name").to_owned())) }
                        td.parked title=(fields.get(value.field).map_or("", |field| field.title())) dir="auto" { (value.value) }
                    }
                }
            }))
            @if values.len() > LISTED { p { a href=(link) { (say!("ticket-more-cells", cells = (values.len() - LISTED) as i64)) } } }
        }
    }
}

//! One ticket as its organisation sees it: what it asks for, what was written, and what can be done now.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use directory::{Fields, Place};
use import::{self, Brought, People, TICKET_WORDS, TakenBack, Written};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::{Result, Ticket, TicketState, TicketValue, TicketWord};

use super::list::state_of;
use crate::access::{Action, Actor, may};
use crate::app::App;
use crate::web::frame::components::action::{self, Weight};
use crate::web::frame::components::table::{Column, Width, table};
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::moment::moment;
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::signed_in::{Editor, Viewer};
use crate::web::frame::words::say_markup;
use crate::web::support::contact;

/// What was done before the page is shown.
#[derive(Deserialize)]
pub(in crate::web) struct Said {
    said: Option<String>,
}

/// What is to be done with it.
#[derive(Deserialize)]
pub(in crate::web) struct Acting {
    #[serde(default)]
    act: String,
    #[serde(default)]
    words: String,
}

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Path((_, number)): Path<(String, String)>,
    Query(said): Query<Said>,
) -> Answer<Markup> {
    let number: i64 = number.parse().map_err(|_| Failure::Unknown)?;
    let load = move |app: &App| {
        if actor.news > 0 {
            let of = (actor.account.id, number);
            app.store.see_news_about(actor.administrator, of, app.clock.now())?;
        }
        TicketPage::load(app, actor, number)
    };
    let page = app.run(load).await?.ok_or(Failure::Unknown)?;
    Ok(page.markup(&app, said.said.as_deref()))
}

/// Writes on it, takes it back, or brings its rows back.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Editor(actor): Editor,
    Path((_, number)): Path<(String, String)>,
    Form(acting): Form<Acting>,
) -> Answer<Response> {
    let number: i64 = number.parse().map_err(|_| Failure::Unknown)?;
    let slug = actor.account.slug.clone();
    let here = format!("/o/{slug}/tickets/{number}");
    let account = actor.account.id;
    let said = app
        .run(move |app| {
            Ok(match acting.act.as_str() {
                "take_back" => match import::take_ticket_back(app, account, number, &actor.name)? {
                    TakenBack::Done(_) => Some("taken_back".to_owned()),
                    TakenBack::Closed => Some("closed".to_owned()),
                    TakenBack::OthersAtWork => Some("others".to_owned()),
                    TakenBack::NoSuchTicket => None,
                },
                "bring_back" => match import::bring_back(app, account, number, &actor.name)? {
                    Brought::Into(id) => Some(format!("/o/{}/imports/{id}", actor.account.slug)),
                    Brought::Closed => Some("closed".to_owned()),
                    // The page says so without a banner.
                    Brought::Gone => Some("gone".to_owned()),
                    Brought::NotYet => Some("not_yet".to_owned()),
                    Brought::OthersAtWork => Some("others".to_owned()),
                    Brought::NoSuchTicket => None,
                },
                _ => match import::write_on_ticket(app, account, number, &acting.words, &actor.name)? {
                    Written::Kept => Some("written".to_owned()),
                    Written::Empty => Some("empty".to_owned()),
                    Written::TooLong => Some("too_long".to_owned()),
                    Written::Closed => Some("closed".to_owned()),
                    Written::NoSuchTicket => None,
                },
            })
        })
        .await?
        .ok_or(Failure::Unknown)?;
    let to = if said.starts_with('/') { said } else { format!("{here}?said={said}") };
    Ok(see(&to).into_response())
}

/// What the page shows.
struct TicketPage {
    actor: Actor,
    ticket: Ticket,
    fields: Fields,
    /// Each with the name of the user whose row it is.
    values: Vec<(TicketValue, String)>,
    words: Vec<TicketWord>,
}

impl TicketPage {
    fn load(app: &App, actor: Actor, number: i64) -> Result<Option<Self>> {
        let account = actor.account.id;
        let Some(ticket) = app.store.ticket(account, number)? else { return Ok(None) };
        let fields = app.store.fields(account)?;
        let mut people = People::new(app, account, &fields);
        let mut values = Vec::new();
        for value in app.store.ticket_values(&ticket)? {
            let name = match value.place {
                Place::User(user) => people.name(user)?,
                Place::Row { .. } => String::new(),
            };
            values.push((value, name));
        }
        let words = app.store.ticket_words(&ticket)?;
        Ok(Some(Self { actor, ticket, fields, values, words }))
    }

    fn markup(&self, app: &App, said: Option<&str>) -> Markup {
        let (actor, ticket) = (&self.actor, &self.ticket);
        let title = say!("ticket-number", number = ticket.number.to_string());
        let mut frame = Frame::new(actor, Part::Imports, &title);
        frame.banner = said.and_then(banner);
        let may_edit = may(actor.role, Action::Edit);
        let is_over = ticket.closed || ticket.state == TicketState::Withdrawn;
        frame.page(&html! {
            p.small { a href={ "/o/" (actor.account.slug) "/tickets" } { (say!("ticket-tickets")) } }
            div.head.wrap {
                div {
                    h1 { (title) " " (state_of(ticket)) }
                    p.muted.small { (say_markup!("ticket-raised", who = ticket.raised_by.as_str(), when = moment(ticket.raised_at))) }
                }
            }
            p { (self.outcome()) }
            @if may_edit && !is_over { (self.ways()) }
            dl.facts {
                dt { (say!("ticket-organisation")) } dd { (actor.account.name) }
                dt { (say!("ticket-import")) }
                dd dir="auto" { a href={ "/o/" (actor.account.slug) "/imports/" (ticket.import) } { (ticket.file_name.as_deref().unwrap_or("–")) } }
            }
            @if !self.values.is_empty() { (self.table()) }
            (conversation(&self.words))
            @if may_edit && !is_over { (write_form()) }
            (contact(app))
        })
    }

    /// What support decided, in one sentence.
    fn outcome(&self) -> &'static str {
        match self.ticket.state {
            _ if self.ticket.closed => say!("ticket-outcome-closed"),
            TicketState::Withdrawn => say!("ticket-outcome-withdrawn"),
            TicketState::Unreadable => directory::row_unread(),
            _ if self.values.is_empty() => say!("ticket-outcome-gone"),
            TicketState::Open => say!("ticket-outcome-open"),
            TicketState::Free => say!("ticket-outcome-free"),
            TicketState::Answered => say!("ticket-outcome-answered"),
            TicketState::Declined => say!("ticket-outcome-declined"),
        }
    }

    fn ways(&self) -> Markup {
        let is_decided = self.ticket.state != TicketState::Open;
        let weight = if is_decided { Weight::Primary } else { Weight::Plain };
        html! {
            form.row method="post" {
                @if !self.values.is_empty() {
                    (action::answer(weight, "act", "bring_back", say!("ticket-bring-back")))
                }
                (action::answer(Weight::Plain, "act", "take_back", say!("ticket-take-back")))
            }
        }
    }

    fn table(&self) -> Markup {
        let columns = [
            Column::new(say!("fix-grid-row"), Width::Row),
            Column::new(say!("changes-user"), Width::Rest),
            Column::new(say!("ticket-field"), Width::Middle).wide_only(),
            Column::new(say!("ticket-value"), Width::Mail),
        ];
        table(
            say!("ticket-values"),
            &columns,
            &html! {
                @for (value, name) in &self.values {
                    tr {
                        td.rownum { @if value.row > 0 { (value.row) } @else { "–" } }
                        th scope="row" dir="auto" {
                            @match value.place {
                                Place::User(user) => { a href={ "/o/" (self.actor.account.slug) "/users/" (user) } { (name) } }
                                Place::Row { .. } => { (say!("ticket-new-user")) }
                            }
                        }
                        td.not-small { (self.fields.get(value.field).map_or("", |field| field.title())) }
                        td.parked[value.released_at.is_none()] dir="auto" {
                            (value.value) @if value.released_at.is_some() { " · " (say!("ticket-is-free")) }
                        }
                    }
                }
            },
        )
    }
}

/// What both sides wrote.
pub(in crate::web) fn conversation(words: &[TicketWord]) -> Markup {
    html! {
        @if !words.is_empty() {
            h2 { (say!("ticket-written")) }
            ul.choices.rows {
                @for word in words {
                    li {
                        div {
                            strong { @if word.support { (say!("ticket-support")) } @else { (word.by) } }
                            " " span.muted.small { (moment(word.at)) }
                            @for line in word.words.lines() { p dir="auto" { (line) } }
                        }
                    }
                }
            }
        }
    }
}

fn write_form() -> Markup {
    html! {
        form.stack method="post" {
            div.field {
                label for="words" { (say!("ticket-add-words")) }
                textarea #words name="words" rows="3" maxlength=(TICKET_WORDS) aria-describedby="words-hint" required {}
                p.hint #words-hint { (say!("ticket-words-hint")) }
            }
            div.row { (action::answer(Weight::Plain, "act", "write", say!("ticket-write"))) }
        }
    }
}

fn banner(said: &str) -> Option<(Tone, Markup)> {
    let (tone, words) = match said {
        "taken_back" => (Tone::Good, say!("ticket-was-taken-back")),
        "written" => (Tone::Good, say!("ticket-was-written")),
        "empty" => (Tone::Note, say!("notice-nothing-was-entered-so-nothing")),
        "too_long" => (Tone::Bad, say!("ticket-too-long-kept")),
        "closed" => (Tone::Note, say!("ticket-is-over")),
        "not_yet" => (Tone::Note, say!("ticket-not-yet")),
        "others" => (Tone::Note, say!("notice-others-are-working-on-this")),
        _ => return None,
    };
    Some((tone, html! { (words) }))
}

//! One ticket as support sees it: who asks, who has each value, and what can be done: release, answer, decline.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{ClaimKind, Place};
use events::Event;
use import::{self, Decided, Holder, Released, TICKET_WORDS};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::{Account, Result, Ticket, TicketState, TicketValue, TicketWord};

use crate::app::App;
use crate::web::frame::components::action::{self, Weight};
use crate::web::frame::components::banner::{Tone, banner};
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::bare_page_with;
use crate::web::frame::moment::moment;
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::signed_in::Operator;
use crate::web::frame::words::say_markup;
use crate::web::support::state_words;
use crate::web::tickets::one::conversation;

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
    /// Which value, by its place in the list, from 0.
    #[serde(default)]
    value: usize,
    #[serde(default)]
    replacement: String,
    #[serde(default)]
    words: String,
}

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Operator(_): Operator,
    Path(number): Path<String>,
    Query(said): Query<Said>,
) -> Answer<Markup> {
    let number: i64 = number.parse().map_err(|_| Failure::Unknown)?;
    let page = app.run(move |app| OperatorPage::load(app, number)).await?.ok_or(Failure::Unknown)?;
    let told = match said.said.as_deref() {
        Some("released") => Some((Tone::Good, say!("operator-released").to_owned())),
        Some("sent") => Some((Tone::Good, say!("operator-sent").to_owned())),
        _ => None,
    };
    Ok(page.markup(told.as_ref(), &Acting::none()))
}

/// Releases a value, answers, or declines.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Operator(person): Operator,
    Path(number): Path<String>,
    Form(acting): Form<Acting>,
) -> Answer<Response> {
    let number: i64 = number.parse().map_err(|_| Failure::Unknown)?;
    let Some(page) = app.run(move |app| OperatorPage::load(app, number)).await? else {
        return Err(Failure::Unknown);
    };
    let by = person.administrator;
    let account = page.ticket.account;
    // A release may have to wait for an import of the holder's organisation that is being applied.
    let (acting, done) = app
        .run_aside(account, move |app| {
            let done = act(app, number, &acting, &by.email, by.id)?;
            Ok((acting, done))
        })
        .await?;
    match done {
        Ok(said) => Ok(see(&format!("/operator/tickets/{number}?said={said}")).into_response()),
        Err(problem) => {
            let page = app.run(move |app| OperatorPage::load(app, number)).await?.ok_or(Failure::Unknown)?;
            let body = page.markup(Some(&(Tone::Bad, problem)), &acting);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
        }
    }
}

/// What is said afterwards; else why it was not done.
fn act(
    app: &App,
    number: i64,
    acting: &Acting,
    operator: &str,
    administrator: i64,
) -> Result<std::result::Result<&'static str, String>> {
    let Some(ticket) = app.store.ticket_of_anybody(number)? else {
        return Ok(Err(say!("ticket-is-over").to_owned()));
    };
    if acting.act == "release" {
        let values = app.store.ticket_values(&ticket)?;
        let Some(value) = values.get(acting.value) else { return Ok(Err(say!("ticket-is-over").to_owned())) };
        let released = import::release(app, &ticket, &value.claim, &acting.replacement, operator)?;
        return Ok(match released {
            Released::Free => {
                let line = Event::ValueReleased.line().by_administrator(administrator);
                line.with("ticket", number).tell();
                Ok("released")
            }
            refused => Err(refusal(refused)),
        });
    }
    let state = if acting.act == "decline" { TicketState::Declined } else { TicketState::Answered };
    let line = Event::TicketDecided.line().with("ticket", number).with("state", state.word());
    // Who of support it was, is the log's to know.
    let noting = app.noting(&line.clone().by("support"), &[ticket.account]);
    Ok(match import::decide_ticket(&noting, &ticket, state, &acting.words, operator)? {
        Decided::Kept => {
            line.by_administrator(administrator).tell();
            Ok("sent")
        }
        Decided::NotWords => Err(say!("operator-write-words", most = TICKET_WORDS as i64)),
        Decided::NamesHolder => Err(say!("operator-names-holder").to_owned()),
        Decided::Closed => Err(say!("ticket-is-over").to_owned()),
    })
}

fn refusal(released: Released) -> String {
    match released {
        Released::NeedsReplacement => say!("operator-needs-replacement").to_owned(),
        Released::Wrong(sentence) => sentence,
        Released::Theirs => say!("operator-theirs").to_owned(),
        Released::Busy => say!("operator-busy").to_owned(),
        Released::Declined => say!("operator-declined").to_owned(),
        Released::Free | Released::NoSuchValue => say!("ticket-is-over").to_owned(),
    }
}

impl Acting {
    fn none() -> Self {
        Self { act: String::new(), value: usize::MAX, replacement: String::new(), words: String::new() }
    }
}

/// What the page shows.
struct OperatorPage {
    ticket: Ticket,
    asking: Account,
    /// Each with who has it now.
    values: Vec<(TicketValue, Option<Holder>)>,
    words: Vec<TicketWord>,
}

impl OperatorPage {
    fn load(app: &App, number: i64) -> Result<Option<Self>> {
        let Some(ticket) = app.store.ticket_of_anybody(number)? else { return Ok(None) };
        let mut values = Vec::new();
        for value in app.store.ticket_values(&ticket)? {
            let holder = import::holder(app, ticket.account, &value.claim)?;
            values.push((value, holder));
        }
        let words = app.store.ticket_words(&ticket)?;
        Ok(Some(Self { asking: app.store.account_now(ticket.account)?, ticket, values, words }))
    }

    fn markup(&self, told: Option<&(Tone, String)>, typed: &Acting) -> Markup {
        let ticket = &self.ticket;
        let title = say!("ticket-number", number = ticket.number.to_string());
        let is_over = ticket.state == TicketState::Withdrawn || ticket.closed;
        let main = html! {
            p.small { a href="/operator/tickets" { (say!("operator-tickets")) } }
            @if let Some((tone, words)) = told { (banner(*tone, &html! { (words) })) }
            div.head.wrap { div {
                h1 { (title) }
                p.muted.small {
                    (say_markup!("ticket-raised", who = ticket.raised_by.as_str(), when = moment(ticket.raised_at))) " · " (state_words(ticket.state))
                }
            } }
            dl.facts {
                dt { (say!("ticket-organisation")) } dd { (self.asking.name) " (" (self.asking.slug) ")" }
                dt { (say!("ticket-import")) } dd dir="auto" { (ticket.file_name.as_deref().unwrap_or("–")) ", " span.mono { (ticket.import) } }
            }
            @for (place, (value, holder)) in self.values.iter().enumerate() {
                (self.value(place, value, holder.as_ref(), is_over, typed))
            }
            (conversation(&self.words))
            @if !is_over && matches!(ticket.state, TicketState::Open | TicketState::Answered) { (answer_form(typed)) }
        };
        bare_page_with(&title, &main, None)
    }

    fn value(
        &self,
        place: usize,
        value: &TicketValue,
        holder: Option<&Holder>,
        is_over: bool,
        typed: &Acting,
    ) -> Markup {
        let heading = format!("value-{place}");
        let kind = if value.claim.kind == ClaimKind::Email {
            say!("operator-email")
        } else {
            say!("operator-username")
        };
        html! {
            section.card.repair aria-labelledby=(heading) {
                h2 id=(heading) dir="auto" { (value.value) }
                dl.facts {
                    dt { (say!("ticket-field")) } dd { (kind) }
                    dt { (say!("operator-asked-for")) }
                    dd {
                        @if value.row > 0 { (say!("ticket-row", row = value.row.to_string())) ", " }
                        @match value.place {
                            Place::User(user) => { span.mono { (user) } }
                            Place::Row { .. } => { (say!("ticket-new-user")) }
                        }
                    }
                    dt { (say!("operator-has-it")) } dd { (self.holder(holder)) }
                }
                @if !is_over && self.ticket.state != TicketState::Declined && value.released_at.is_none() && holder.is_none_or(|found| found.account.id != self.ticket.account) {
                    (release_form(place, holder, typed))
                }
            }
        }
    }

    fn holder(&self, holder: Option<&Holder>) -> Markup {
        let Some(found) = holder else { return html! { (say!("operator-nobody")) } };
        if found.account.id == self.ticket.account {
            return html! { (say!("operator-theirs")) };
        }
        html! {
            (found.account.name) " (" (found.account.slug) "): " bdi { (found.name) } ", " span.mono { (found.user) } ", "
            (if found.active { say!("operator-active") } else { say!("operator-inactive") })
            @if let Some(at) = found.changed_at { " · " (say_markup!("operator-changed", when = moment(at))) }
        }
    }
}

fn release_form(place: usize, holder: Option<&Holder>, typed: &Acting) -> Markup {
    let id = format!("replacement-{place}");
    let hint = format!("{id}-hint");
    let is_typed = typed.act == "release" && typed.value == place;
    html! {
        form.stack method="post" {
            input type="hidden" name="value" value=(place);
            @if let Some(found) = holder {
                div.field {
                    label for=(id) { (say!("operator-replacement")) }
                    input id=(id) name="replacement" value=(if is_typed { typed.replacement.as_str() } else { "" })
                        required[found.only_sign_in] autocomplete="off" spellcheck="false" aria-describedby=(hint);
                    p.hint id=(hint) { (if found.only_sign_in { say!("operator-replacement-needed") } else { say!("operator-replacement-not-needed") }) }
                }
            }
            div.row {
                (action::answer(Weight::Danger, "act", "release", if holder.is_some() { say!("operator-release") } else { say!("operator-say-free") }))
                span.hint { (if holder.is_some() { say!("operator-release-told") } else { say!("operator-say-free-told") }) }
            }
        }
    }
}

fn answer_form(typed: &Acting) -> Markup {
    html! {
        form.stack method="post" {
            div.field {
                label for="words" { (say!("operator-answer-words")) }
                textarea #words name="words" rows="4" maxlength=(TICKET_WORDS) aria-describedby="words-hint" { (typed.words) }
                p.hint #words-hint { (say!("operator-answer-hint")) }
            }
            div.row {
                (action::answer(Weight::Ready, "act", "answer", say!("operator-answer")))
                (action::answer(Weight::Plain, "act", "decline", say!("operator-decline")))
            }
        }
    }
}

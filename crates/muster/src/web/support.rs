//! What pages on both sides of a ticket share: its states in words, how support can be reached, the line in the log.

use events::{Event, Line};
use maud::{Markup, html};
use sentences::say;
use store::{ImportId, TicketState};

use crate::access::Actor;
use crate::app::App;
use crate::web::frame::words::say_markup;

/// Where a ticket stands, for who raised it.
pub(in crate::web) fn state_words(state: TicketState) -> &'static str {
    match state {
        TicketState::Open => say!("ticket-state-open"),
        TicketState::Free => say!("ticket-state-free"),
        TicketState::Answered => say!("ticket-state-answered"),
        TicketState::Declined => say!("ticket-state-declined"),
        TicketState::Withdrawn => say!("ticket-state-withdrawn"),
        TicketState::Unreadable => say!("ticket-state-unreadable"),
    }
}

/// How support is reached besides, where the operator says so.
pub(in crate::web) fn contact(app: &App) -> Markup {
    let (url, email) = (&app.settings.support_url, &app.settings.support_email);
    html! {
        @if let Some(url) = url {
            p.hint { (say_markup!("ticket-support-page", link = html! { a href=(url) { (url) } })) }
        }
        @if let Some(email) = email {
            p.hint { (say_markup!("ticket-support-email", link = html! { a href={ "mailto:" (email) } { (email) } })) }
        }
    }
}

/// The line that a ticket is raised; which number it gets is known only then.
pub(in crate::web) fn raising(actor: &Actor, import: ImportId) -> Line {
    let line =
        Event::TicketRaised.line().by_administrator(actor.administrator).of_account(&actor.account.slug);
    line.with("import", import)
}

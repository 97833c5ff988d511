//! Where one is signed in, and ending it there.

use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::ListedSession;

use super::tabs::{Tab, tabs};
use crate::access::{self, Actor, SignedIn};
use crate::app::App;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::moment::moment;
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::signed_in::{Member, Person};
use crate::web::frame::words::say_markup;

/// What was done before the list is shown.
#[derive(Deserialize)]
pub(in crate::web) struct Done {
    done: Option<String>,
}

/// Which session is to end; all others when none is named.
#[derive(Deserialize)]
pub(in crate::web) struct Ending {
    session: Option<String>,
}

/// The list.
pub(in crate::web) async fn show(
    State(app): State<App>,
    member: Member,
    Person(person): Person,
    Query(done): Query<Done>,
) -> Answer<Markup> {
    let number = person.administrator.id;
    let sessions = app.run(move |app| access::sessions(app, number)).await?;
    Ok(page(&member, &person, &sessions, done.done.is_some()))
}

/// Ends one session, or all others.
pub(in crate::web) async fn send(
    State(app): State<App>,
    member: Member,
    Person(person): Person,
    Form(ending): Form<Ending>,
) -> Answer<Redirect> {
    app.run(move |app| match &ending.session {
        Some(session) => access::end_one_session(app, &person, session).map(drop),
        None => access::end_other_sessions(app, &person),
    })
    .await?;
    Ok(see(&format!("/o/{}/me/sessions?done=1", member.account.slug)))
}

fn page(actor: &Actor, person: &SignedIn, sessions: &[ListedSession], done: bool) -> Markup {
    let mut frame = Frame::new(actor, Part::Me, say!("sessions-title"));
    frame.banner = done.then(|| (Tone::Good, html! { (say!("sessions-ended")) }));
    let others = sessions.iter().any(|session| session.hash != person.session);
    frame.page(&html! {
        h1 { (say!("sessions-title")) }
        (tabs(actor, Tab::Sessions))
        p { (say!("sessions-what")) }
        ul.choices.rows {
            @for session in sessions { li { (one(session, session.hash == person.session)) } }
        }
        @if others {
            form method="post" { button type="submit" { (say!("sessions-end-others")) } }
        }
    })
}

fn one(session: &ListedSession, is_this: bool) -> Markup {
    let place = session.start.address.as_deref().unwrap_or_else(|| say!("sessions-unknown-address"));
    let agent = agent(session.start.agent.as_deref());
    html! {
        div {
            strong { (agent) @if is_this { " · " (say!("sessions-this")) } }
            p.muted { (say!("sessions-where", address = place)) }
            p.muted {
                (say_markup!("sessions-when", begun = moment(session.created_at), seen = moment(session.seen_at)))
            }
        }
        @if !is_this {
            form method="post" {
                input type="hidden" name="session" value=(session.hash);
                button type="submit" {
                    (say!("sessions-end")) span.hidden { " · " (agent) " · " (place) }
                }
            }
        }
    }
}

/// "Firefox on Linux".
fn agent(kept: Option<&str>) -> String {
    match kept.and_then(|kept| kept.split_once('/')) {
        None | Some(("", "")) => say!("sessions-unknown-browser").to_owned(),
        Some((browser, "")) => browser.to_owned(),
        Some(("", system)) => system.to_owned(),
        Some((browser, system)) => say!("sessions-agent", browser = browser, system = system),
    }
}

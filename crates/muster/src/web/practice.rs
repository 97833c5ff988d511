//! Trying it on made-up users: the way into practice, its prepared workbook, and its end before its time.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use import::Format;
use maud::{Markup, html};
use sentences::say;

pub(in crate::web) use crate::practice::DAYS;

use crate::app::App;
use crate::practice;
use crate::web::frame::attachment::{FORMATS, attached};
use crate::web::frame::components::action::{Weight, send};
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::reply::see;
use crate::web::frame::signed_in::Person;

/// The button that leads to practice, from wherever it stands.
pub(in crate::web) fn button(weight: Weight) -> Markup {
    html! { form.inline method="post" action="/practice" { (send(weight, say!("practice-try"), None)) } }
}

/// Opens the practice of who asks, made now or before. Who is not signed in does that first, and comes back to the button.
pub(in crate::web) async fn open(State(app): State<App>, person: Answer<Person>) -> Answer<Response> {
    let Person(person) = person.map_err(back_to_the_button)?;
    let account = app.run(move |app| practice::open(app, &person.administrator)).await?;
    match account {
        Some(account) => Ok(see(&format!("/o/{}/users", account.slug)).into_response()),
        None => Err(Failure::Nonsense(say!("practice-too-many"))),
    }
}

/// The prepared workbook.
pub(in crate::web) async fn file(State(app): State<App>, Person(person): Person) -> Answer<Response> {
    let of = person.administrator.id;
    let found = app.run(move |app| app.store.practice_of(of)).await?;
    let account = found.filter(|account| account.users > 0).ok_or(Failure::Unknown)?;
    let id = account.id;
    let poured = app.pour(id, move |app, sink| practice::workbook(app, &account, sink)).await?;
    let kind = FORMATS.iter().find(|(format, ..)| *format == Format::Xlsx).map_or("", |(_, _, kind)| *kind);
    Ok((attached(kind, "practice-users.xlsx"), Body::from_stream(poured)).into_response())
}

/// Ends it; a worker lets its rows go.
pub(in crate::web) async fn end(State(app): State<App>, Person(person): Person) -> Answer<Response> {
    let ended = app.run(move |app| practice::end(app, &person.administrator)).await?;
    if ended { Ok(see("/").into_response()) } else { Err(Failure::Unknown) }
}

fn back_to_the_button(failure: Failure) -> Failure {
    match failure {
        Failure::SignedOut(_) => Failure::SignedOut("/help".to_owned()),
        other => other,
    }
}

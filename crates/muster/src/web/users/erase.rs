//! Erasing a person: an owner's act of its own, said what it means, and done by typing the name.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{UserId, Users};
use events::Event;
use import::{self, Erased};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;

use super::asked::ERASED;
use crate::access::Actor;
use crate::app::App;
use crate::web::frame::components::action::{Weight, go, send as send_button};
use crate::web::frame::components::field::Field;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::reply::see;
use crate::web::frame::sent::Form;
use crate::web::frame::signed_in::Owner;
use crate::web::frame::words::say_markup;

/// What the form sends.
#[derive(Deserialize)]
pub(in crate::web) struct Typed {
    #[serde(default)]
    name: String,
}

/// The page that asks.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Owner(actor): Owner,
    Path((_, id)): Path<(String, String)>,
) -> Answer<Markup> {
    let (id, name) = named(&app, &actor, &id).await?;
    Ok(page(&actor, id, &name, None))
}

/// The user of an address, and their name.
async fn named(app: &App, actor: &Actor, id: &str) -> Answer<(UserId, String)> {
    let id: UserId = id.parse().map_err(|_| Failure::Unknown)?;
    let account = actor.account.id;
    let name = app.run(move |app| {
        let fields = app.store.fields(account)?;
        let users: Users = app.store.user(account, &fields, id)?;
        Ok(users.get(0).map(|user| user.name()))
    });
    Ok((id, name.await?.ok_or(Failure::Unknown)?))
}

fn page(actor: &Actor, id: UserId, name: &str, typed: Option<&str>) -> Markup {
    let back = format!("/o/{}/users/{id}", actor.account.slug);
    let title = say!("erase-title", name = name);
    let field = Field {
        id: "name",
        label: say!("erase-type-the-name"),
        hint: Some(name),
        problem: typed.map(|_| say!("erase-another-name")),
    };
    let input = html! {
        input #name name="name" required autocomplete="off" spellcheck="false" dir="auto" value=[typed]
            aria-invalid=[typed.map(|_| "true")] aria-describedby=[field.described_by()];
    };
    Frame::new(actor, Part::Users, &title).page(&html! {
        p.way { a href=(back) { (say_markup!("erase-back", name = name)) } }
        h1 dir="auto" { (title) }
        ul {
            @for words in [
                say!("erase-values"), say!("erase-history"), say!("erase-named"), say!("erase-files"), say!("erase-for-good"),
            ] { li { (words) } }
        }
        form.stack.panel method="post" {
            (field.around(&input))
            p.row { (send_button(Weight::Danger, say!("erase-do"), None)) (go(Weight::Plain, &back, say!("erase-keep"))) }
        }
    })
}

/// Erases, if the name is the one.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Owner(actor): Owner,
    Path((_, id)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Answer<Response> {
    let (id, name) = named(&app, &actor, &id).await?;
    let (account, by, given) = (actor.account.id, actor.name.clone(), typed.name.clone());
    let line = Event::UserErased.line().by_administrator(actor.administrator);
    let line = line.of_account(&actor.account.slug).with("user", id);
    let noted = line.clone();
    let job = move |app: &App| import::erase(&app.noting(&noted, &[account]), account, id, &given, &by);
    match app.run_aside(account, job).await? {
        Erased::Done { waiting } => {
            line.tell();
            Ok(see(&format!("/o/{}/users?{ERASED}={waiting}", actor.account.slug)).into_response())
        }
        Erased::OtherName => {
            let page = page(&actor, id, &name, Some(&typed.name));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Erased::NoSuchUser => Err(Failure::Unknown),
    }
}

//! A new user, added by hand: the form with all fields, judged as a row of a file is that creates somebody.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::FieldNumber;
use import::{self, Created};
use maud::{Markup, html};
use sentences::say;
use store::Result;

use super::form::{UserForm, sentences_of, typed};
use crate::access::Actor;
use crate::app::App;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::reply::see;
use crate::web::frame::sent::Form;
use crate::web::frame::signed_in::Editor;

/// The empty form.
pub(in crate::web) async fn show(State(app): State<App>, Editor(actor): Editor) -> Answer<Markup> {
    let account = actor.account.id;
    let form = app.run(move |app| Ok(UserForm::empty(&app.store.fields(account)?))).await?;
    Ok(page(&actor, &form, None))
}

fn page(actor: &Actor, form: &UserForm, banner: Option<(Tone, String)>) -> Markup {
    let mut frame = Frame::new(actor, Part::Users, say!("users-add"));
    frame.banner = banner.map(|(tone, words)| (tone, html! { p { (words) } (form.problem_links()) }));
    frame.page(&html! {
        p.way { a href={ "/o/" (actor.account.slug) "/users" } { (say!("user-users")) } }
        h1 { (say!("users-add")) }
        p.muted { (say!("new-user-told")) }
        (form.markup())
    })
}

/// Adds the user; what is wrong stands beside its field, and what was typed stays.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Editor(actor): Editor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer<Response> {
    let (account, slug) = (actor.account.id, actor.account.slug.clone());
    // It may have to wait for an import that is being applied.
    let added = app.run_aside(account, move |app| add(app, &actor, &pairs)).await?;
    Ok(match added {
        Ok(user) => see(&format!("/o/{slug}/users/{user}?saved=new")).into_response(),
        Err(page) => (StatusCode::UNPROCESSABLE_ENTITY, page).into_response(),
    })
}

/// The new user, or the page that says why there is none.
fn add(app: &App, actor: &Actor, pairs: &[(String, String)]) -> Result<std::result::Result<String, Markup>> {
    let fields = app.store.fields(actor.account.id)?;
    let (values, _) = typed(&fields, pairs);
    let (tone, words, wrong): (_, _, Vec<(FieldNumber, String)>) =
        match import::create(app, actor.account.id, &values, &actor.name)? {
            Created::Saved(user) => return Ok(Ok(user.to_string())),
            Created::Wrong(wrong) => (Tone::Bad, say!("new-user-put-right").to_owned(), sentences_of(wrong)),
            Created::Beyond(allowance) => (Tone::Bad, allowance.refusal(), Vec::new()),
            Created::TooBusy => (Tone::Note, say!("new-user-busy").to_owned(), Vec::new()),
        };
    let mut form = UserForm::empty(&fields);
    form.keep_typed(&values, &wrong);
    Ok(Err(page(actor, &form, Some((tone, words)))))
}

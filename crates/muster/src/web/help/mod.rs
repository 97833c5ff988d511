//! Help: how to bulk edit users, readable by anybody; and whether that helped.

mod article;
mod demo;
mod feedback;

use std::collections::BTreeMap;

use axum::extract::{Extension, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::{Language, say, speaking, spoken};
use serde::Deserialize;

use self::feedback::{Form, Outcome};
use crate::access::Visit;
use crate::app::App;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::bare_page_with;
use crate::web::frame::reply::see;
use crate::web::frame::sent::{self, Query};

/// Bytes of the form of feedback as it comes: every character may be sent as twelve.
pub(in crate::web) const FORM_MOST: usize = 32 << 10;

/// What was just said about the help.
#[derive(Default, Deserialize)]
pub(in crate::web) struct Said {
    said: Option<String>,
}

/// The page.
pub(in crate::web) async fn show(State(app): State<App>, Query(said): Query<Said>) -> Answer<Markup> {
    let form = app.run(move |app| Form::shown(app, said.said.as_deref())).await?;
    Ok(page(&form))
}

/// Takes what a reader says.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Extension(visit): Extension<Visit>,
    sent::Form(typed): sent::Form<BTreeMap<String, String>>,
) -> Answer<Response> {
    Ok(match app.run(move |app| Form::take(app, &typed, visit)).await? {
        Outcome::Taken(address) => see(&address).into_response(),
        Outcome::Again(form) => (StatusCode::UNPROCESSABLE_ENTITY, page(&form)).into_response(),
    })
}

/// The language of captions; that of the page when none is named.
#[derive(Deserialize)]
pub(in crate::web) struct Captions {
    language: Option<String>,
}

/// What the demo says at which second.
pub(in crate::web) async fn captions(Query(wanted): Query<Captions>) -> impl IntoResponse {
    let language = wanted.language.as_deref().and_then(Language::of_tag).unwrap_or_else(spoken);
    ([(header::CONTENT_TYPE, "text/vtt; charset=utf-8")], speaking(language, demo::captions))
}

fn page(form: &Form) -> Markup {
    let main = html! {
        div.two {
            article.article {
                (article::text())
                (form.section())
            }
            (article::contents())
        }
    };
    let title = if form.failed() { say!("help-error-title") } else { say!("help-title") };
    bare_page_with(title, &main, None)
}

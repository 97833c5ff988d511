//! A one-time link: a page with a button, because programs that scan mail open links but press no buttons.

use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::say;

use super::sign_in::welcome;
use crate::access::{self, LINK_HOURS, Visit};
use crate::app::App;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::bare_page;

/// The page with the button.
pub(in crate::web) async fn show(State(app): State<App>, Path(secret): Path<String>) -> Answer<Response> {
    let open = app.run(move |app| access::link_is_open(app, &secret)).await?;
    Ok(if open { button().into_response() } else { over() })
}

/// Uses the link up and signs in.
pub(in crate::web) async fn open(
    State(app): State<App>,
    Extension(visit): Extension<Visit>,
    Path(secret): Path<String>,
) -> Answer<Response> {
    let opened = app.run(move |app| open_once(app, &secret)).await?;
    Ok(opened.map_or_else(over, |session| welcome(visit, &session, "/")))
}

fn open_once(app: &App, secret: &str) -> store::Result<Option<String>> {
    let administrator = access::use_link(app, secret)?;
    administrator.map(|administrator| access::start_session(app, administrator)).transpose()
}

fn button() -> Markup {
    let main = html! {
        div.card {
            h1 { (say!("link-sign-in-with-this-link")) }
            p { (say!("link-the-link-works-once-afterwards")) }
            form method="post" { button.primary type="submit" autofocus { (say!("link-sign-in")) } }
        }
    };
    bare_page(say!("link-sign-in-with-this-link"), &main)
}

fn over() -> Response {
    let main = html! {
        div.card {
            h1 { (say!("link-this-link-has-been-used")) }
            p { (say!("link-works-once", hours = LINK_HOURS.to_string())) }
            p { a.button href="/sign-in" { (say!("link-sign-in-with-a-password")) } }
        }
    };
    (StatusCode::GONE, bare_page(say!("link-this-link-is-over"), &main)).into_response()
}

//! A one-time link: a page with a button, because programs that scan mail open links but press no buttons.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;

use super::sign_in::went_on;
use crate::access::{self, LINK_HOURS};
use crate::app::App;
use crate::web::frame::cookies::Seen;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::bare_page;
use crate::web::frame::sent::Query;

/// Where the link leads: `password` to where one chooses one. The form of the page is sent to its own address, with this.
#[derive(Deserialize)]
pub(in crate::web) struct Wish {
    to: Option<String>,
}

/// The page with the button.
pub(in crate::web) async fn show(State(app): State<App>, Path(secret): Path<String>) -> Answer<Response> {
    let open = app.run(move |app| access::link_is_open(app, &secret)).await?;
    Ok(if open { button().into_response() } else { over() })
}

/// Uses the link up and signs in.
pub(in crate::web) async fn open(
    State(app): State<App>,
    seen: Seen,
    Path(secret): Path<String>,
    Query(wish): Query<Wish>,
) -> Answer<Response> {
    let (browser, visit) = (seen.browser, seen.visit);
    let answer = app.run(move |app| access::open_link(app, &secret, &browser)).await?;
    let next = if wish.to.as_deref() == Some("password") { "/?password=1" } else { "/" };
    Ok(went_on(visit, &answer, next).unwrap_or_else(|_| over()))
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

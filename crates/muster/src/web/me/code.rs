//! The second step of signing in: the code.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;

use super::sign_in::{Next, inside, wait, went_on};
use crate::access;
use crate::app::App;
use crate::web::frame::cookies::Seen;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::bare_page;
use crate::web::frame::reply::{see, to_sign_in};
use crate::web::frame::sent::{Form, Query};

/// What was typed.
#[derive(Deserialize)]
pub(in crate::web) struct Typed {
    #[serde(default)]
    code: String,
    next: Option<String>,
}

/// The form; without a first factor that is right, back to that.
pub(in crate::web) async fn show(
    State(app): State<App>,
    seen: Seen,
    Query(next): Query<Next>,
) -> Answer<Response> {
    let next = inside(next.next);
    let half = seen.half.unwrap_or_default();
    let owes = app.run(move |app| access::owes_second_factor(app, &half)).await?;
    Ok(if owes { page(&next, None).into_response() } else { see(&to_sign_in(&next)).into_response() })
}

/// Takes the code and signs in.
pub(in crate::web) async fn send(
    State(app): State<App>,
    seen: Seen,
    Form(typed): Form<Typed>,
) -> Answer<Response> {
    let next = inside(typed.next);
    let (half, browser, code) = (seen.half.unwrap_or_default(), seen.browser, typed.code);
    let answer = app.run(move |app| access::second_factor(app, &half, &code, &browser)).await?;
    if answer == access::Answer::Over {
        return Ok(see(&to_sign_in(&next)).into_response());
    }
    Ok(match went_on(seen.visit, &answer, &next) {
        Ok(response) => response,
        Err(Some(seconds)) => {
            (StatusCode::TOO_MANY_REQUESTS, page(&next, Some(&wait(seconds)))).into_response()
        }
        Err(None) => {
            (StatusCode::UNPROCESSABLE_ENTITY, page(&next, Some(say!("factor-wrong")))).into_response()
        }
    })
}

fn page(next: &str, problem: Option<&str>) -> Markup {
    let main = html! {
        div.card {
            h1 { (say!("code-title")) }
            @if let Some(problem) = problem {
                div.banner.bad role="alert" #problem {
                    span.icon aria-hidden="true" { "!" }
                    div { span.hidden { (say!("error-mark")) " " } (problem) }
                }
            }
            form.stack method="post" action="/sign-in/code" {
                @if next != "/" { input type="hidden" name="next" value=(next); }
                (code_field(problem.map(|_| "problem"), true))
                button.primary type="submit" { (say!("link-sign-in")) }
            }
            p.muted { (say!("code-lost")) }
            p { a href="/sign-in" { (say!("code-begin-again")) } }
        }
    };
    bare_page(if problem.is_some() { say!("code-title-failed") } else { say!("code-title") }, &main)
}

/// The field for a code; `described` is the id of what is wrong with it.
pub(in crate::web) fn code_field(described: Option<&str>, takes_focus: bool) -> Markup {
    html! {
        div.field {
            label for="code" { (say!("code-code")) }
            p #code-hint.hint { (say!("code-hint")) }
            input #code type="text" name="code" autocomplete="one-time-code" autocapitalize="off" spellcheck="false"
                required maxlength="40" autofocus[takes_focus] aria-invalid=[described.map(|_| "true")]
                aria-describedby=(described.map_or("code-hint".to_owned(), |id| format!("{id} code-hint")));
        }
    }
}

//! The first start: the page that makes the first organisation and its owner.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;

use super::sign_in::went_on;
use crate::access::{self, FirstOwner, LEAST_CHARACTERS, SetUp, SetUpProblems};
use crate::app::App;
use crate::web::frame::cookies::Seen;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::bare_page;
use crate::web::frame::sent::Form;

/// What was typed.
#[derive(Default, Deserialize)]
pub(in crate::web) struct Typed {
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

/// The form, while the link is open.
pub(in crate::web) async fn show(State(app): State<App>, Path(secret): Path<String>) -> Answer<Response> {
    let open = app.run(move |app| access::setup_is_open(app, &secret)).await?;
    Ok(if open { form(&Typed::default(), &SetUpProblems::default()).into_response() } else { over() })
}

/// Makes the organisation and its owner, who goes on to the users.
pub(in crate::web) async fn send(
    State(app): State<App>,
    seen: Seen,
    Path(secret): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer<Response> {
    let first = FirstOwner {
        organisation: typed.organisation.clone(),
        email: typed.email.clone(),
        password: typed.password.clone(),
    };
    Ok(match access::set_up(&app, secret, first, seen.browser).await? {
        SetUp::Done(answer) => went_on(seen.visit, &answer, "/").unwrap_or_else(|_| over()),
        SetUp::Wrong(problems) => (StatusCode::UNPROCESSABLE_ENTITY, form(&typed, &problems)).into_response(),
        SetUp::Over => over(),
    })
}

fn form(typed: &Typed, problems: &SetUpProblems) -> Markup {
    let failed = *problems != SetUpProblems::default();
    let main = html! {
        div.card {
            h1 { (say!("setup-title")) }
            p { (say!("setup-lead")) }
            form.stack method="post" {
                (field("organisation", say!("setup-organisation"), None, problems.organisation.as_deref(), &html! {
                    input #organisation name="organisation" value=(typed.organisation) autocomplete="organization" required
                        autofocus aria-describedby=[problems.organisation.as_ref().map(|_| "organisation-problem")];
                }))
                (field("email", say!("setup-email"), None, problems.email.as_deref(), &html! {
                    input #email type="email" name="email" value=(typed.email) autocomplete="username" required
                        aria-describedby=[problems.email.as_ref().map(|_| "email-problem")];
                }))
                (field("password", say!("setup-password"), Some(say!("password-at-least", characters = LEAST_CHARACTERS)),
                    problems.password.as_deref(), &html! {
                    div.with-button data-reveal=(say!("password-show-password")) data-show=(say!("password-show")) data-hide=(say!("password-hide")) {
                        input #password type="password" name="password" autocomplete="new-password" required
                            aria-describedby=[problems.password.as_ref().map(|_| "password-problem")];
                    }
                }))
                button.primary type="submit" { (say!("setup-make")) }
            }
        }
    };
    bare_page(if failed { say!("setup-error-title") } else { say!("setup-title") }, &main)
}

fn field(name: &str, label: &str, hint: Option<String>, problem: Option<&str>, input: &Markup) -> Markup {
    let id = format!("{name}-problem");
    html! {
        div.field {
            label for=(name) { (label) }
            @if let Some(hint) = hint { p.hint { (hint) } }
            @if let Some(problem) = problem {
                p.problem #(id) { span.unseen { (say!("error-mark")) " " } (problem) }
            }
            (input)
        }
    }
}

fn over() -> Response {
    let main = html! {
        div.card {
            h1 { (say!("setup-over")) }
            p { (say!("setup-over-text")) }
            p { a.button href="/sign-in" { (say!("link-sign-in")) } }
        }
    };
    (StatusCode::GONE, bare_page(say!("setup-over"), &main)).into_response()
}

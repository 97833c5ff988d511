//! One's own password.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;

use crate::access::{self, Actor, LEAST_CHARACTERS, check_password};
use crate::app::App;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::sent::Form;
use crate::web::frame::signed_in::{Person, Viewer};

/// What was typed.
#[derive(Deserialize)]
pub(in crate::web) struct NewPassword {
    #[serde(default)]
    password: String,
}

/// The form.
pub(in crate::web) async fn show(viewer: Viewer) -> Markup {
    page(&viewer, None, None)
}

/// Sets the password; other sessions end.
pub(in crate::web) async fn send(
    State(app): State<App>,
    viewer: Viewer,
    Person(person): Person,
    Form(typed): Form<NewPassword>,
) -> Answer<Response> {
    if let Err(problem) = check_password(&typed.password) {
        let page = page(&viewer, None, Some(&problem.sentence()));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let who = person.administrator.id;
    access::change_password(&app, who, typed.password, person.session).await?;
    let saved = say!("password-your-password-was-changed-everywhere");
    Ok(page(&viewer, Some(saved), None).into_response())
}

fn page(actor: &Actor, saved: Option<&str>, problem: Option<&str>) -> Markup {
    let mut frame = Frame::new(actor, Part::Me, say!("password-change-password"));
    frame.banner = match (saved, problem) {
        (Some(saved), _) => Some((Tone::Good, html! { (saved) })),
        (None, Some(_)) => {
            Some((Tone::Bad, html! { a href="#password" { (say!("password-choose-another-password")) } }))
        }
        (None, None) => None,
    };
    let described = if problem.is_some() { "password-problem password-hint" } else { "password-hint" };
    frame.page(&html! {
        h1 { (say!("password-change-password")) }
        form.stack.narrow method="post" {
            input type="hidden" name="email" autocomplete="username" value=(actor.name);
            div.field {
                label for="password" { (say!("password-new-password")) }
                p #password-hint.hint { (say!("password-at-least", characters = LEAST_CHARACTERS)) }
                @if let Some(problem) = problem {
                    p #password-problem.problem { span.hidden { (say!("error-mark")) " " } (problem) }
                }
                div.with-button data-reveal {
                    input #password type="password" name="password" autocomplete="new-password" required
                        aria-describedby=(described) aria-invalid=[problem.map(|_| "true")];
                }
            }
            button.primary type="submit" { (say!("password-change-password")) }
        }
    })
}

//! One's own password.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;

use super::sign_in::wait;
use super::tabs::{Tab, tabs};
use crate::access::{self, Actor, Changed, LEAST_CHARACTERS, asks_for_old_password};
use crate::app::App;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::sent::Form;
use crate::web::frame::signed_in::{Member, Person};

/// What was typed.
#[derive(Deserialize)]
pub(in crate::web) struct NewPassword {
    #[serde(default)]
    old: String,
    #[serde(default)]
    password: String,
}

/// What the page shows.
#[derive(Default)]
struct PasswordPage {
    asks_for_old: bool,
    saved: bool,
    /// What is wrong with the old one.
    old_problem: Option<String>,
    /// What is wrong with the new one.
    problem: Option<String>,
}

/// The form.
pub(in crate::web) async fn show(member: Member, Person(person): Person) -> Markup {
    let asks_for_old = asks_for_old_password(&person);
    PasswordPage { asks_for_old, ..PasswordPage::default() }.page(&member)
}

/// Sets the password; other sessions end.
pub(in crate::web) async fn send(
    State(app): State<App>,
    member: Member,
    Person(person): Person,
    Form(typed): Form<NewPassword>,
) -> Answer<Response> {
    let asks_for_old = asks_for_old_password(&person);
    let page = PasswordPage { asks_for_old, ..PasswordPage::default() };
    let (status, page) = match access::change_password(&app, person, typed.old, typed.password).await? {
        Changed::Done => (StatusCode::OK, PasswordPage { asks_for_old: true, saved: true, ..page }),
        Changed::Refused(problem) => {
            (StatusCode::UNPROCESSABLE_ENTITY, PasswordPage { problem: Some(problem.sentence()), ..page })
        }
        Changed::WrongOld => {
            let problem = say!("password-the-old-one-is-not-right").to_owned();
            (StatusCode::UNPROCESSABLE_ENTITY, PasswordPage { old_problem: Some(problem), ..page })
        }
        Changed::Wait(seconds) => {
            (StatusCode::TOO_MANY_REQUESTS, PasswordPage { old_problem: Some(wait(seconds)), ..page })
        }
    };
    Ok((status, page.page(&member)).into_response())
}

impl PasswordPage {
    fn page(&self, actor: &Actor) -> Markup {
        let mut frame = Frame::new(actor, Part::Me, say!("password-change-password"));
        frame.banner = match (self.saved, &self.old_problem, &self.problem) {
            (true, ..) => {
                Some((Tone::Good, html! { (say!("password-your-password-was-changed-everywhere")) }))
            }
            (false, Some(_), _) => {
                Some((Tone::Bad, html! { a href="#old" { (say!("password-type-the-old-one-again")) } }))
            }
            (false, None, Some(_)) => {
                Some((Tone::Bad, html! { a href="#password" { (say!("password-choose-another-password")) } }))
            }
            (false, None, None) => None,
        };
        frame.page(&html! {
            h1 { (say!("password-change-password")) }
            (tabs(actor, Tab::Password))
            form.stack.narrow method="post" {
                input type="hidden" name="email" autocomplete="username" value=(actor.name);
                @if self.asks_for_old { (self.old_field()) }
                (self.new_field())
                button.primary type="submit" { (say!("password-change-password")) }
            }
        })
    }

    fn old_field(&self) -> Markup {
        let problem = self.old_problem.as_ref();
        html! {
            div.field {
                label for="old" { (say!("password-old-password")) }
                @if let Some(problem) = problem {
                    p #old-problem.problem { span.hidden { (say!("error-mark")) " " } (problem) }
                }
                div.with-button data-reveal=(say!("password-show-password")) data-show=(say!("password-show")) data-hide=(say!("password-hide")) {
                    input #old type="password" name="old" autocomplete="current-password" required
                        aria-describedby=[problem.map(|_| "old-problem")] aria-invalid=[problem.map(|_| "true")];
                }
            }
        }
    }

    fn new_field(&self) -> Markup {
        let problem = self.problem.as_ref();
        let described = if problem.is_some() { "password-problem password-hint" } else { "password-hint" };
        html! {
            div.field {
                label for="password" { (say!("password-new-password")) }
                p #password-hint.hint { (say!("password-at-least", characters = LEAST_CHARACTERS)) }
                @if let Some(problem) = problem {
                    p #password-problem.problem { span.hidden { (say!("error-mark")) " " } (problem) }
                }
                div.with-button data-reveal=(say!("password-show-password")) data-show=(say!("password-show")) data-hide=(say!("password-hide")) {
                    input #password type="password" name="password" autocomplete="new-password" required
                        aria-describedby=(described) aria-invalid=[problem.map(|_| "true")];
                }
            }
        }
    }
}

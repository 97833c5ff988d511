//! One's own name and email. For another email the password is asked: whoever has the email has the account.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;

use super::sign_in::wait;
use super::tabs::{Tab, tabs};
use crate::access::{self, Actor, Introduced, asks_for_old_password};
use crate::app::App;
use crate::web::frame::components::field;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::sent::Form;
use crate::web::frame::signed_in::{Member, Person};

/// What was typed.
#[derive(Deserialize)]
pub(in crate::web) struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    old: String,
}

/// What the page shows.
struct AccountPage {
    name: String,
    email: String,
    asks_for_password: bool,
    saved: bool,
    /// What is wrong: with the field of this id, and why.
    problem: Option<(&'static str, String)>,
}

/// The form.
pub(in crate::web) async fn show(
    State(app): State<App>,
    member: Member,
    Person(person): Person,
) -> Answer<Markup> {
    let (number, email) = (person.administrator.id, person.administrator.email.clone());
    let name = app.run(move |app| app.store.administrator_name(number)).await?.unwrap_or_default();
    let asks_for_password = asks_for_old_password(&person);
    Ok(AccountPage { name, email, asks_for_password, saved: false, problem: None }.markup(&member))
}

/// Saves both.
pub(in crate::web) async fn send(
    State(app): State<App>,
    member: Member,
    Person(person): Person,
    Form(typed): Form<Typed>,
) -> Answer<Response> {
    let asks_for_password = asks_for_old_password(&person);
    let (name, email) = (typed.name.clone(), typed.email.clone());
    let (status, problem) =
        match access::introduce(&app, person, (typed.name, typed.email), typed.old).await? {
            Introduced::Done => (StatusCode::OK, None),
            Introduced::Wait(seconds) => (StatusCode::TOO_MANY_REQUESTS, Some(("old", wait(seconds)))),
            Introduced::WrongPassword => wrong("old", say!("password-the-old-one-is-not-right")),
            Introduced::NotAnEmail => wrong("email", say!("setup-type-an-email")),
            Introduced::Taken => wrong("email", say!("account-email-taken")),
        };
    let mut actor = member.0;
    let saved = problem.is_none();
    if saved {
        actor.name = email.trim().to_owned();
    }
    let page = AccountPage { name, email, asks_for_password, saved, problem };
    Ok((status, page.markup(&actor)).into_response())
}

fn wrong(id: &'static str, words: &str) -> (StatusCode, Option<(&'static str, String)>) {
    (StatusCode::UNPROCESSABLE_ENTITY, Some((id, words.to_owned())))
}

impl AccountPage {
    fn markup(&self, actor: &Actor) -> Markup {
        let mut frame = Frame::new(actor, Part::Me, say!("layout-account"));
        frame.banner = match (&self.problem, self.saved) {
            (Some((id, words)), _) => Some((Tone::Bad, html! { a href={ "#" (id) } { (words) } })),
            (None, true) => Some((Tone::Good, html! { (say!("account-saved")) })),
            (None, false) => None,
        };
        frame.page(&html! {
            h1 { (say!("layout-account")) }
            (tabs(actor, Tab::Account))
            form.stack.narrow method="post" {
                (self.field("name", say!("account-name"), Some(say!("account-name-hint")), &|described| html! {
                    input #name name="name" value=(self.name) maxlength="200" autocomplete="name" dir="auto" aria-describedby=[described];
                }))
                (self.field("email", say!("setup-email"), None, &|described| html! {
                    input #email type="email" name="email" value=(self.email) maxlength="254" autocomplete="email" required
                        aria-describedby=[described];
                }))
                @if self.asks_for_password {
                    (self.field("old", say!("sign-in-password"), Some(say!("account-password-hint")), &|described| html! {
                        div.with-button data-reveal {
                            input #old type="password" name="old" autocomplete="current-password" aria-describedby=[described];
                        }
                    }))
                }
                button.primary type="submit" { (say!("account-save")) }
            }
        })
    }

    fn field(
        &self,
        id: &'static str,
        label: &str,
        hint: Option<&str>,
        input: &dyn Fn(Option<String>) -> Markup,
    ) -> Markup {
        let problem = self.problem.as_ref().filter(|(of, _)| *of == id).map(|(_, words)| words.as_str());
        let of = field::Field { id, label, hint, problem };
        of.around(&input(of.described_by()))
    }
}

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
    /// Whether news come by mail: `at_once` or `never`; nothing where no mail is sent.
    mailed: Option<String>,
}

/// What the page shows.
struct AccountPage {
    name: String,
    email: String,
    asks_for_password: bool,
    /// Whether news come by mail; none where no mail is sent.
    mailed: Option<bool>,
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
    let load = move |app: &App| {
        let mailed = match app.settings.mailing {
            Some(_) => Some(app.store.is_mailed(number)?),
            None => None,
        };
        Ok((app.store.administrator_name(number)?.unwrap_or_default(), mailed))
    };
    let (name, mailed) = app.run(load).await?;
    let asks_for_password = asks_for_old_password(&person);
    Ok(AccountPage { name, email, asks_for_password, mailed, saved: false, problem: None }.markup(&member))
}

/// Saves both.
pub(in crate::web) async fn send(
    State(app): State<App>,
    member: Member,
    Person(person): Person,
    Form(typed): Form<Typed>,
) -> Answer<Response> {
    let asks_for_password = asks_for_old_password(&person);
    let mailed = typed.mailed.as_deref().map(|word| word != "never");
    let number = person.administrator.id;
    if let Some(mailed) = mailed {
        app.run(move |app| app.store.set_mailed(number, mailed)).await?;
    }
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
    let page = AccountPage { name, email, asks_for_password, mailed, saved, problem };
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
                @if let Some(mailed) = self.mailed {
                    (self.field("mailed", say!("news-mailed"), Some(say!("news-mailed-hint")), &|described| html! {
                        select #mailed name="mailed" aria-describedby=[described] {
                            option value="at_once" selected[mailed] { (say!("news-mailed-at-once")) }
                            option value="never" selected[!mailed] { (say!("news-mailed-never")) }
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

//! Signing in and out.

use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;

use crate::access::{self, Visit};
use crate::app::App;
use crate::web::frame::cookies::{Cookie, Seen, with_cookies};
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::bare_page;
use crate::web::frame::reply::{query, see};
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::signed_in::Person;

/// Letters of an email that are kept in the form.
const EMAIL_SHOWN: usize = 320;

/// Where to go afterwards.
#[derive(Deserialize)]
pub(in crate::web) struct Next {
    pub(in crate::web) next: Option<String>,
}

/// What was typed.
#[derive(Deserialize)]
pub(in crate::web) struct Credentials {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    next: Option<String>,
}

/// What the page shows.
#[derive(Default)]
struct SignInPage {
    email: String,
    next: String,
    problem: Option<String>,
}

/// The form.
pub(in crate::web) async fn show(Query(next): Query<Next>) -> Markup {
    SignInPage { next: inside(next.next), ..SignInPage::default() }.page()
}

/// Signs in; every refusal has the same words, the email is kept.
pub(in crate::web) async fn send(
    State(app): State<App>,
    seen: Seen,
    Form(typed): Form<Credentials>,
) -> Answer<Response> {
    let next = inside(typed.next);
    let email: String = typed.email.chars().take(EMAIL_SHOWN).collect();
    let answer = access::sign_in(&app, typed.email, typed.password, seen.browser).await?;
    let (status, problem) = match went_on(seen.visit, &answer, &next) {
        Ok(response) => return Ok(response),
        Err(Some(seconds)) => (StatusCode::TOO_MANY_REQUESTS, wait(seconds)),
        Err(None) => (StatusCode::UNPROCESSABLE_ENTITY, wrong()),
    };
    let page = SignInPage { email, next, problem: Some(problem) };
    Ok((status, page.page()).into_response())
}

/// Ends the session.
pub(in crate::web) async fn leave(
    State(app): State<App>,
    Extension(visit): Extension<Visit>,
    Person(person): Person,
) -> Answer<Response> {
    app.run(move |app| access::end_session(app, &person)).await?;
    Ok(with_cookies(visit, &[(Cookie::Session, None)], see("/sign-in")))
}

/// Where somebody goes whose factor is right: in, or to the second one. Else how many seconds they wait, if they do.
pub(in crate::web) fn went_on(
    visit: Visit,
    answer: &access::Answer,
    next: &str,
) -> Result<Response, Option<i64>> {
    match answer {
        access::Answer::Welcome(welcome) => Ok(with_cookies(
            visit,
            &[
                (Cookie::Session, Some(&welcome.session)),
                (Cookie::Device, Some(&welcome.device)),
                (Cookie::Half, None),
            ],
            see(next),
        )),
        access::Answer::SecondFactor(half) => {
            let next = if next == "/" { "" } else { next };
            let code = see(&format!("/sign-in/code{}", query(&[("next", next)])));
            Ok(with_cookies(visit, &[(Cookie::Half, Some(half))], code))
        }
        access::Answer::Wait(seconds) => Err(Some(*seconds)),
        access::Answer::Wrong | access::Answer::Over => Err(None),
    }
}

fn wrong() -> String {
    say!("sign-in-the-email-or-the-password").to_owned()
}

/// What is said to who must wait.
pub(in crate::web) fn wait(seconds: i64) -> String {
    say!("sign-in-wait", seconds = seconds)
}

/// An address of ours: a path, and not one that browsers take for another host.
pub(in crate::web) fn inside(next: Option<String>) -> String {
    let ours = |next: &String| {
        next.starts_with('/')
            && !next.starts_with("//")
            && !next.contains('\\')
            && next.chars().all(|letter| letter.is_ascii_graphic())
    };
    next.filter(ours).unwrap_or_else(|| "/".to_owned())
}

impl SignInPage {
    fn page(&self) -> Markup {
        let failed = self.problem.is_some();
        let main = html! {
            div.card {
                h1 { (say!("link-sign-in")) }
                @if let Some(problem) = &self.problem {
                    div.banner.bad role="alert" #problem {
                        span.icon aria-hidden="true" { "!" }
                        div { span.hidden { (say!("error-mark")) " " } (problem) }
                    }
                }
                form.stack method="post" action="/sign-in" {
                    @if self.next != "/" { input type="hidden" name="next" value=(self.next); }
                    div.field {
                        label for="email" { (say!("sign-in-email")) }
                        input #email type="email" name="email" value=(self.email) autocomplete="username" required
                            autofocus[!failed] aria-describedby=[failed.then_some("problem")];
                    }
                    div.field {
                        label for="password" { (say!("sign-in-password")) }
                        div.with-button data-reveal=(say!("password-show-password")) data-show=(say!("password-show")) data-hide=(say!("password-hide")) {
                            input #password type="password" name="password" autocomplete="current-password" required
                                autofocus[failed] aria-describedby=[failed.then_some("problem")];
                        }
                    }
                    button.primary type="submit" { (say!("link-sign-in")) }
                }
                p { a href="/forgot" { (say!("forgot-link")) } }
                p.muted { (say!("sign-in-no-password-yet-open-the")) }
            }
        };
        bare_page(if failed { say!("sign-in-error-sign-in") } else { say!("link-sign-in") }, &main)
    }
}

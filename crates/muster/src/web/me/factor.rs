//! One's own second factor: set it up with a picture for the phone, see the recovery codes once, remove it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::Result;

use super::code::code_field;
use super::picture::picture;
use super::sign_in::wait;
use super::tabs::{Tab, tabs};
use crate::access::{self, Actor, Coded, Offer, SignedIn};
use crate::app::App;
use crate::web::frame::cookies::Seen;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::sent::Form;
use crate::web::frame::signed_in::{Member, Person};

/// What is to be done, and the code for it.
#[derive(Deserialize)]
pub(in crate::web) struct Wish {
    #[serde(default)]
    act: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    old: String,
}

/// How it stands with somebody's factor.
struct Standing {
    has: bool,
    asks_for_password: bool,
    codes_left: i64,
    offer: Option<Offer>,
}

/// How it stands.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Member(actor): Member,
    Person(person): Person,
) -> Answer<Markup> {
    let standing = app.run(move |app| Standing::load(app, &person)).await?;
    let owes = actor.owes_factor.then(|| (Tone::Note, say!("factor-owed").to_owned()));
    Ok(standing.page(&actor, owes))
}

/// Offers one, confirms what is offered, or removes it.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Member(actor): Member,
    Person(person): Person,
    seen: Seen,
    Form(wish): Form<Wish>,
) -> Answer<Response> {
    let browser = seen.browser;
    let who = person.clone();
    let coded = match wish.act.as_str() {
        "offer" => {
            let proof = if wish.code.is_empty() { wish.old } else { wish.code };
            access::offer_factor(&app, who, proof, browser).await?
        }
        "confirm" => app.run(move |app| access::confirm_factor(app, &who, &wish.code, &browser)).await?,
        "remove" => app.run(move |app| access::remove_factor(app, &who, &wish.code, &browser)).await?,
        _ => return Err(Failure::Nonsense(say!("sent-what-was-sent-is-not"))),
    };
    let standing = app.run(move |app| Standing::load(app, &person)).await?;
    Ok(told(&actor, &standing, &coded))
}

fn told(actor: &Actor, standing: &Standing, coded: &Coded) -> Response {
    let (status, tone, words) = match coded {
        Coded::Set(codes) => return codes_page(actor, codes).into_response(),
        Coded::Offered | Coded::Nothing => return standing.page(actor, None).into_response(),
        Coded::Removed => (StatusCode::OK, Tone::Good, say!("factor-removed").to_owned()),
        Coded::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, Tone::Bad, say!("factor-wrong").to_owned()),
        Coded::WrongPassword => (
            StatusCode::UNPROCESSABLE_ENTITY,
            Tone::Bad,
            say!("password-the-old-one-is-not-right").to_owned(),
        ),
        Coded::Wait(seconds) => (StatusCode::TOO_MANY_REQUESTS, Tone::Bad, wait(*seconds)),
    };
    (status, standing.page(actor, Some((tone, words)))).into_response()
}

impl Standing {
    fn load(app: &App, person: &SignedIn) -> Result<Self> {
        let number = person.administrator.id;
        Ok(Self {
            has: access::has_factor(app, number)?,
            asks_for_password: access::asks_for_old_password(person),
            codes_left: app.store.recovery_codes(number)?,
            offer: access::offered_factor(app, &person.administrator)?,
        })
    }

    fn page(&self, actor: &Actor, banner: Option<(Tone, String)>) -> Markup {
        let mut frame = Frame::new(actor, Part::Me, say!("layout-second-factor"));
        let failed = matches!(banner, Some((Tone::Bad, _)));
        frame.banner = banner.map(|(tone, words)| {
            let linked = html! { a href="#code" { (words) } };
            (
                tone,
                if tone == Tone::Bad {
                    linked
                } else {
                    html! { (words) }
                },
            )
        });
        frame.page(&html! {
            h1 { (say!("layout-second-factor")) }
            (tabs(actor, Tab::Factor))
            @match (&self.offer, self.has) {
                (Some(offer), _) => { (offered(offer, failed)) }
                (None, true) => { (self.with(failed)) }
                (None, false) => { (self.without(failed)) }
            }
        })
    }

    fn without(&self, failed: bool) -> Markup {
        html! {
            p { (say!("factor-what")) }
            form.stack.narrow method="post" {
                input type="hidden" name="act" value="offer";
                @if self.asks_for_password {
                    div.field {
                        label for="code" { (say!("sign-in-password")) }
                        div.with-button data-reveal=(say!("password-show-password")) data-show=(say!("password-show")) data-hide=(say!("password-hide")) {
                            input #code type="password" name="old" autocomplete="current-password" required
                                aria-invalid=[failed.then_some("true")];
                        }
                    }
                }
                button.primary type="submit" { (say!("factor-set-up")) }
            }
        }
    }

    fn with(&self, failed: bool) -> Markup {
        html! {
            p { (say!("factor-there", codes = self.codes_left)) }
            form.stack.narrow method="post" {
                (code_field(failed.then_some("main"), false))
                button type="submit" name="act" value="offer" { (say!("factor-another")) }
                button type="submit" name="act" value="remove" { (say!("factor-remove")) }
            }
        }
    }
}

fn offered(offer: &Offer, failed: bool) -> Markup {
    html! {
        p { (say!("factor-scan")) }
        @if let Some(picture) = picture(&offer.address, say!("factor-picture")) { (picture) }
        p { (say!("factor-type")) br; code { (offer.typed) } }
        form.stack.narrow method="post" {
            input type="hidden" name="act" value="confirm";
            (code_field(failed.then_some("main"), false))
            button.primary type="submit" { (say!("factor-confirm")) }
        }
    }
}

/// The recovery codes, the only time that they are shown.
fn codes_page(actor: &Actor, codes: &[String]) -> Markup {
    let mut frame = Frame::new(actor, Part::Me, say!("factor-codes"));
    frame.banner = Some((Tone::Good, html! { (say!("factor-set")) }));
    frame.page(&html! {
        h1 { (say!("factor-codes")) }
        p { (say!("factor-codes-what", codes = codes.len() as i64)) }
        ul.codes { @for code in codes { li { code { (code) } } } }
        p { a.button.primary href={ "/o/" (actor.account.slug) "/users" } { (say!("factor-codes-kept")) } }
    })
}

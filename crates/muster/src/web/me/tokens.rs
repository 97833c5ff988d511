//! The tokens of an organisation's programs, for its owners: made and shown once, listed with their last use, taken away.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::{ListedToken, Role};

use super::administrators::{role_words, roles};
use super::tabs::{Tab, tabs};
use crate::access::{self, Actor};
use crate::app::App;
use crate::web::frame::components::empty::empty;
use crate::web::frame::components::field;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::moment::moment;
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::shown_once::shown_once;
use crate::web::frame::signed_in::Owner;
use crate::web::frame::words::say_markup;

const DAY: i64 = 24 * 60 * 60 * 1_000;
/// Letters of a name at the most.
const NAME_MOST: usize = 100;

/// What was done before the list is shown.
#[derive(Deserialize)]
pub(in crate::web) struct Done {
    done: Option<String>,
}

/// A token to be made, or the id of one to be taken away.
#[derive(Deserialize)]
pub(in crate::web) struct Wish {
    #[serde(default)]
    name: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    days: String,
    revoke: Option<String>,
}

/// The list.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Owner(actor): Owner,
    Query(done): Query<Done>,
) -> Answer<Markup> {
    let banner = done.done.map(|_| (Tone::Good, html! { (say!("tokens-revoked")) }));
    page(&app, actor, banner, "").await
}

/// Makes a token and shows it, or takes one away.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Owner(actor): Owner,
    Form(wish): Form<Wish>,
) -> Answer<Response> {
    let address = format!("/o/{}/tokens?done=revoked", actor.account.slug);
    if let Some(id) = wish.revoke {
        let gone =
            app.run(move |app| access::revoke_tokens(app, &actor.account, &id, &actor.known_as())).await?;
        return if gone > 0 { Ok(see(&address).into_response()) } else { Err(Failure::Unknown) };
    }
    let name = wish.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME_MOST {
        let problem = html! { a href="#name" { (say!("tokens-type-a-name", most = NAME_MOST)) } };
        let page = page(&app, actor, Some((Tone::Bad, problem)), &wish.name).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let (of, role) = (actor.clone(), Role::of_word(&wish.role).unwrap_or(Role::Viewer));
    let days: Option<u16> = wish.days.trim().parse().ok().filter(|days| *days > 0);
    let token = app.run(move |app| make(app, &of, &name, role, days)).await?;
    let banner = html! { p { (say!("tokens-made")) } (shown_once(say!("tokens-token"), &token)) };
    Ok(page(&app, actor, Some((Tone::Good, banner)), "").await?.into_response())
}

fn make(app: &App, actor: &Actor, name: &str, role: Role, days: Option<u16>) -> store::Result<String> {
    let ends = days.map(|days| app.clock.now().plus(i64::from(days) * DAY));
    access::create_token_by(app, &actor.account, (name, role), ends, &actor.known_as())
}

async fn page(app: &App, actor: Actor, banner: Option<(Tone, Markup)>, name: &str) -> Answer<Markup> {
    let account = actor.account.id;
    let tokens = app.run(move |app| app.store.tokens(account)).await?;
    let mut frame = Frame::new(&actor, Part::Me, say!("layout-tokens"));
    frame.banner = banner;
    Ok(frame.page(&html! {
        h1 { (say!("layout-tokens")) }
        (tabs(&actor, Tab::Tokens))
        p.muted { (say!("tokens-lead")) }
        @if tokens.is_empty() { (empty(&html! { p { (say!("tokens-none")) } })) }
        ul.choices.rows { @for token in &tokens { li { (one(token)) } } }
        (making(name))
    }))
}

fn one(token: &ListedToken) -> Markup {
    let used = match token.used_at {
        Some(used) => say_markup!("tokens-used", at = moment(used)),
        None => html! { (say!("tokens-never-used")) },
    };
    html! {
        div {
            strong dir="auto" { (token.name) } " · " (role_words(token.role)) " · " code { (token.id) }
            p.muted {
                (say_markup!("tokens-made-at", at = moment(token.created_at))) " "
                @if let Some(ends) = token.expires_at { (say_markup!("tokens-ends", at = moment(ends))) " " }
                (used)
            }
        }
        form method="post" {
            input type="hidden" name="revoke" value=(token.id);
            button.button type="submit" { (say!("tokens-revoke")) span.hidden { " · " (token.name) } }
        }
    }
}

fn making(name: &str) -> Markup {
    let of = field::Field {
        id: "name",
        label: say!("tokens-name"),
        hint: Some(say!("tokens-name-hint")),
        problem: None,
    };
    let hint = Some(say!("administrators-roles-hint"));
    let role = field::Field { id: "role", label: say!("administrators-invite-role"), hint, problem: None };
    let days = field::Field {
        id: "days",
        label: say!("tokens-days"),
        hint: Some(say!("tokens-days-hint")),
        problem: None,
    };
    html! {
        section #new {
            h2 { (say!("tokens-make")) }
            form.stack.narrow method="post" {
                (of.around(&html! { input #name name="name" value=(name) maxlength="100" required dir="auto" autocomplete="off" aria-describedby=[of.described_by()]; }))
                (role.around(&html! { select #role name="role" aria-describedby=[role.described_by()] { (roles(Role::Editor)) } }))
                (days.around(&html! { input #days type="number" name="days" min="1" max="65535" inputmode="numeric" aria-describedby=[days.described_by()]; }))
                button.button.primary type="submit" { (say!("tokens-make")) }
            }
        }
    }
}

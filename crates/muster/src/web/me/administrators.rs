//! Who looks after the users of an organisation, for its owners; and taking a lost second factor away.

use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::Member;

use super::tabs::{Tab, tabs};
use crate::access::{self, Actor, Reset};
use crate::app::App;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::signed_in::Owner;

/// What was done before the list is shown.
#[derive(Deserialize)]
pub(in crate::web) struct Done {
    done: Option<String>,
}

/// Whose second factor is to go.
#[derive(Deserialize)]
pub(in crate::web) struct Resetting {
    administrator: i64,
}

/// The list.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Owner(actor): Owner,
    Query(done): Query<Done>,
) -> Answer<Markup> {
    let account = actor.account.id;
    let members = app.run(move |app| app.store.members(account)).await?;
    Ok(page(&actor, &members, done.done.as_deref()))
}

/// Takes the second factor of another administrator away.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Owner(actor): Owner,
    Form(wish): Form<Resetting>,
) -> Answer<Redirect> {
    let address = format!("/o/{}/administrators?done=", actor.account.slug);
    match app.run(move |app| access::reset_factor_of(app, &actor, wish.administrator)).await? {
        Reset::Done => Ok(see(&format!("{address}removed"))),
        Reset::NotOurs => Ok(see(&format!("{address}elsewhere"))),
        Reset::NoSuchMember => Err(Failure::Unknown),
    }
}

fn page(actor: &Actor, members: &[Member], done: Option<&str>) -> Markup {
    let mut frame = Frame::new(actor, Part::Me, say!("layout-administrators"));
    frame.banner = match done {
        Some("removed") => Some((Tone::Good, html! { (say!("administrators-factor-removed")) })),
        Some("elsewhere") => Some((Tone::Bad, html! { (say!("administrators-elsewhere")) })),
        _ => None,
    };
    frame.page(&html! {
        h1 { (say!("layout-administrators")) }
        (tabs(actor, Tab::Administrators))
        ul.choices.rows {
            @for member in members { li { (one(actor, member)) } }
        }
    })
}

fn one(actor: &Actor, member: &Member) -> Markup {
    let administrator = &member.administrator;
    let resets = member.has_factor && administrator.id != actor.administrator && !member.is_known_elsewhere;
    html! {
        div {
            strong { (administrator.email) }
            p.muted {
                (say!("administrators-role", role = member.role.word()))
                " · "
                (if member.has_factor { say!("administrators-with-factor") } else { say!("administrators-without-factor") })
            }
        }
        @if resets {
            form method="post" {
                input type="hidden" name="administrator" value=(administrator.id);
                button type="submit" {
                    (say!("administrators-remove-factor")) span.hidden { " · " (administrator.email) }
                }
            }
        }
    }
}

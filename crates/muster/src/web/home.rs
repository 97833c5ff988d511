//! The first page: straight to the organisation, or a choice of them.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::errors::Answer;
use super::layout::bare_page;
use super::reply::see;
use super::sent::Query;
use super::signed_in::Person;
use crate::app::App;
use store::Membership;

/// Asks to choose even when there is one organisation only.
#[derive(Deserialize)]
pub(super) struct Wish {
    choose: Option<String>,
}

/// Goes to the organisation, or lets choose.
pub(super) async fn show(
    State(app): State<App>,
    Person(person): Person,
    Query(wish): Query<Wish>,
) -> Answer<Response> {
    let memberships = app.run(move |app| app.store.memberships(person.administrator.id)).await?;
    match memberships.as_slice() {
        [only] if wish.choose.is_none() => {
            Ok(see(&format!("/o/{}/users", only.account.slug)).into_response())
        }
        several => Ok(choice(several).into_response()),
    }
}

fn choice(memberships: &[Membership]) -> Markup {
    let main = html! {
        h1 { "Choose an organisation" }
        @if memberships.is_empty() {
            p { "You have no role in any organisation yet. Ask an owner of yours to give you one." }
        }
        ul.choices {
            @for membership in memberships {
                li {
                    a href={ "/o/" (membership.account.slug) "/users" } {
                        strong { (membership.account.name) }
                        span { (directory::grouped(membership.account.users)) " users · you are " (membership.role.word()) }
                    }
                }
            }
        }
        form method="post" action="/sign-out" { button.plain type="submit" { "Sign out" } }
    };
    bare_page("Choose an organisation", &main)
}

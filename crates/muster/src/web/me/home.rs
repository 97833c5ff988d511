//! The first page: straight to the organisation, or a choice of them.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::Membership;

use crate::app::App;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::bare_page;
use crate::web::frame::reply::see;
use crate::web::frame::sent::Query;
use crate::web::frame::signed_in::Person;

/// Asks to choose even when there is one organisation only.
#[derive(Deserialize)]
pub(in crate::web) struct Choosing {
    choose: Option<String>,
    /// Whether they came to choose a password.
    password: Option<String>,
}

/// Goes to the organisation, or lets choose.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Person(person): Person,
    Query(wish): Query<Choosing>,
) -> Answer<Response> {
    let is_operator = person.administrator.operator;
    let memberships = app.run(move |app| app.store.memberships(person.administrator.id)).await?;
    match memberships.as_slice() {
        [first, ..] if wish.password.is_some() => {
            Ok(see(&format!("/o/{}/me", first.account.slug)).into_response())
        }
        [only] if wish.choose.is_none() && !is_operator => {
            Ok(see(&format!("/o/{}/users", only.account.slug)).into_response())
        }
        several => Ok(choice(several, is_operator).into_response()),
    }
}

fn choice(memberships: &[Membership], is_operator: bool) -> Markup {
    let main = html! {
        h1 { (say!("home-choose-an-organisation")) }
        @if is_operator { p { a.button href="/operator" { (say!("operator-title")) } } }
        @if memberships.is_empty() && !is_operator {
            p { (say!("home-you-have-no-role-in")) }
        }
        ul.choices {
            @for membership in memberships {
                li {
                    a href={ "/o/" (membership.account.slug) "/users" } {
                        strong { (membership.account.name) }
                        span { (say!("home-role", users = directory::grouped(membership.account.users), role = membership.role.word())) }
                    }
                }
            }
        }
        form method="post" action="/sign-out" { button.plain type="submit" { (say!("home-sign-out")) } }
    };
    bare_page(say!("home-choose-an-organisation"), &main)
}

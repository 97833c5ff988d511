//! Who is not in the file: the active users whom a table does not name, a hundred a page.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::{Users, standard};
use maud::{Markup, html};
use sentences::say;
use store::Result;

use super::viewed::{Viewed, address};
use crate::app::App;
use crate::web::frame::components::empty::empty;
use crate::web::frame::components::table::{Column, Width, table};
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::sent::Query;

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    let page = pairs.iter().find(|(name, _)| name == "page").and_then(|(_, page)| page.parse().ok());
    let page = i64::from(page.unwrap_or(1_u32).max(1));
    Ok(app.run(move |app| load(app, &viewed, page)).await?.into_response())
}

fn load(app: &App, viewed: &Viewed, page: i64) -> Result<Markup> {
    let (account, id) = (viewed.import.account, viewed.import.id);
    let mut users = Users::new(&app.store.fields(account)?);
    let ids = app.store.not_in_file(account, id, page - 1)?;
    app.store.users_of(account, &ids, &mut users)?;
    let is_more =
        ids.len() >= import::NOT_IN_FILE_SHOWN && !app.store.not_in_file(account, id, page)?.is_empty();
    Ok(markup(viewed, &users, (page, is_more)))
}

fn markup(viewed: &Viewed, users: &Users, (page, is_more): (i64, bool)) -> Markup {
    let here = address(&viewed.actor, viewed.import.id);
    let columns = [
        Column::new(say!("changes-user"), Width::Rest),
        Column::new(say!("matching-sign-in"), Width::Mail).wide_only(),
        Column::new(say!("matching-number"), Width::Value).wide_only(),
    ];
    let rows = html! {
        @for user in users.iter() {
            @let value = |field| user.value(field).unwrap_or("");
            tr {
                th scope="row" { a href={ "/o/" (viewed.actor.account.slug) "/users/" (user.id()) } { bdi { (user.name()) } } }
                td.not-small { bdi { (user.value(standard::EMAIL).unwrap_or_else(|| value(standard::USERNAME))) } }
                td.not-small { bdi { (value(standard::EMPLOYEE_NUMBER)) } }
            }
        }
    };
    Frame::new(&viewed.actor, Part::Imports, say!("not-in-file-title")).page(&html! {
        h1 { (say!("not-in-file-title")) }
        p.lead { (say!("not-in-file-lead")) }
        @if users.is_empty() { (empty(&html! { p { (say!("not-in-file-nobody")) } })) }
        @else { (table(say!("not-in-file-title"), &columns, &rows)) }
        p.actions {
            a.button href={ (here) "/worth-knowing" } { (say!("not-in-file-back")) }
            @if page > 1 { a.button href={ (here) "/not-in-file?page=" (page - 1) } { (say!("not-in-file-before")) } }
            @if is_more { a.button href={ (here) "/not-in-file?page=" (page + 1) } { (say!("not-in-file-next")) } }
        }
    })
}

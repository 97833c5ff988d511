//! Left out: the rows that stay as they are, each to be taken in again.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use import::{self, LeftOutRow};
use maud::{Markup, html};
use sentences::say;
use store::Result;

use super::notice::Notice;
use super::place::Place;
use super::reviewing::{Reviewing, Shown};
use super::target;
use super::viewed::{Viewed, address};
use crate::app::App;
use crate::web::frame::components::table::{Column, Width, table};
use crate::web::frame::errors::Answer;
use crate::web::frame::reply::{escaped, see};
use crate::web::frame::sent::Query;
use crate::web::frame::words::say_markup;

/// Rows that are listed; the report has all of them.
const LISTED: u32 = 40;

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    let notice = Notice::read(&pairs);
    Ok(app.run(move |app| page(app, viewed, notice)).await?)
}

fn page(app: &App, viewed: Viewed, notice: Option<Notice>) -> Result<Response> {
    let of = match Reviewing::load(app, viewed)? {
        Ok(of) => of,
        Err(viewed) => return Ok(see(&address(&viewed.actor, viewed.import.id)).into_response()),
    };
    let rows = import::left_out(app, &of.viewed.import, LISTED)?;
    let (all, more) = (of.tally.left_out, of.tally.left_out - rows.len() as i64);
    let columns = [
        Column::new(say!("fix-grid-row"), Width::Row),
        Column::new(say!("changes-user"), Width::Rest),
        Column::new(say!("left-out-again"), Width::Value),
    ];
    let part = html! {
        div data-part="part" #left-out-part {
            @if rows.is_empty() { div.empty { p { (say!("left-out-nobody")) } } } @else {
                h2 #left-out tabindex="-1" { (say!("review-left-out", users = all)) }
                form method="post" action={ (of.here()) "/fixes" } data-swap {
                    input type="hidden" name="back" value="left-out";
                    (table(say!("left-out-table"), &columns, &html! { @for row in &rows { (one(&of, row)) } }))
                }
            }
            @if more > 0 {
                p {
                    (say_markup!("review-more-left-out", rows = more, link = html! {
                        a href={ (of.here()) "/report" } download { (say!("review-download-all-rows-that-are")) }
                    }))
                }
            }
        }
    };
    Ok(of.page(&Shown { place: Some(Place::LeftOut), notice, part, bar: true }).into_response())
}

fn one(of: &Reviewing, row: &LeftOutRow) -> Markup {
    let name = if row.name.is_empty() { say!("review-no-name") } else { &row.name };
    html! {
        tr {
            td.rownum { @if row.row > 0 { a href={ "problems?row=" (escaped(&target::in_file(row.file, row.row))) } { (row.row) } } @else { "–" } }
            th scope="row" {
                @if let Some(user) = row.user {
                    a href={ "/o/" (of.viewed.actor.account.slug) "/users/" (user) } dir="auto" { (name) }
                } @else { span dir="auto" { (name) } " " span.muted { (say!("review-without-a-user-id")) } }
            }
            td {
                @if of.may_edit() && row.row > 0 {
                    button type="submit" name={ "out." (target::in_file(row.file, row.row)) } value="0"
                        aria-label=(say!("review-take-in-row", row = row.row.to_string(), person = name)) { (say!("review-take-in-again")) }
                }
            }
        }
    }
}

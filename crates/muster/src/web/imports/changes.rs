//! What will change, or changed: "was" and "will be", by user and field.

use axum::extract::State;
use import::{self, ReviewChange};
use maud::{Markup, html};
use sentences::say;
use store::{ImportState, Result};

use super::list::name_of;
use super::viewed::{Viewed, address};
use crate::access::Actor;
use crate::app::App;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::pages::PageAt;
use crate::web::frame::sent::Query;
use crate::web::frame::words::is_sign_in;

/// Changes on a page.
const PAGE: u32 = 200;

/// Whether changes are to come or have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Tense {
    /// Will be.
    Future,
    /// Is now.
    Past,
}

/// A page of the changes.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    Query(at): Query<PageAt>,
) -> Answer<Markup> {
    Ok(app.run(move |app| page(app, &viewed, &at)).await?)
}

fn page(app: &App, viewed: &Viewed, at: &PageAt) -> Result<Markup> {
    let page = import::changes(app, &viewed.import, at.from(), PAGE)?;
    let (changes, skip) = (&page.items, at.passed);
    let tense = if viewed.import.state == ImportState::Done { Tense::Past } else { Tense::Future };
    let title =
        if tense == Tense::Past { say!("changes-what-changed") } else { say!("changes-what-will-change") };
    let here = address(&viewed.actor, viewed.import.id);
    Ok(Frame::new(&viewed.actor, Part::Imports, title).page(&html! {
        p.way { a href=(here) { "← " (name_of(&viewed.import)) } }
        h1 { (title) }
        @if changes.is_empty() { div.empty { p { (say!("changes-no-changes-here")) } } } @else {
            p.count {
                @let (first, last) = (skip as i64 + 1, skip as i64 + changes.len() as i64);
                // The values of new users are listed but are no edits, so how many there are in all is known without them only.
                @if viewed.import.counts.users_to_create == 0 {
                    (say!("changes-listed-of", first = first, last = last, all = viewed.import.counts.cells_to_edit))
                } @else {
                    (say!("changes-listed", first = first, last = last))
                }
            }
            (changes_table(&viewed.actor, changes, tense))
        }
        (at.links(say!("changes-list"), &page, PAGE))
    }))
}

/// The table: a body for each user, so that their name stands once.
pub(in crate::web) fn changes_table(actor: &Actor, changes: &[ReviewChange], tense: Tense) -> Markup {
    let after = if tense == Tense::Future { say!("changes-will-be") } else { say!("changes-is-now") };
    html! {
        div.frame role="region" aria-label=(say!("changes-changes-table")) tabindex="0" {
            table.changes {
                thead { tr {
                    th scope="col" { (say!("changes-user")) }
                    th scope="col" { (say!("changes-field")) }
                    th scope="col" { (say!("changes-was")) }
                    th scope="col" { (after) }
                } }
                @for of_user in changes.chunk_by(same_user) {
                    tbody { @for (place, change) in of_user.iter().enumerate() {
                        (row(actor, change, if place == 0 { of_user.len() } else { 0 }))
                    } }
                }
            }
        }
    }
}

fn same_user(one: &ReviewChange, next: &ReviewChange) -> bool {
    (one.user, one.created_by) == (next.user, next.created_by)
}

fn row(actor: &Actor, change: &ReviewChange, span: usize) -> Markup {
    html! {
        tr {
            @if span > 0 {
                th scope="rowgroup" rowspan=(span) dir="auto" {
                    @if let Some(user) = change.user {
                        a href={ "/o/" (actor.account.slug) "/users/" (user) } { (change.name) }
                    } @else {
                        @if !change.name.is_empty() { (change.name) " " }
                        span.tag.on { (say!("changes-new-user")) }
                    }
                }
            }
            td {
                (change.field.title)
                @if is_sign_in(&change.field) { " " span.tag.wait { (say!("changes-sign-in")) } }
                @if change.is_new { " " (new_mark()) }
            }
            td { (value(&change.before.1, false)) }
            td { (value(&change.after.1, true)) }
        }
    }
}

/// What stands beside something that review did not show when it was looked at.
pub(in crate::web) fn new_mark() -> Markup {
    html! { span.tag.wait { (say!("changes-new")) } }
}

fn value(text: &str, after: bool) -> Markup {
    html! {
        @if text.is_empty() { i.muted { @if after { (say!("changes-cleared")) } @else { (say!("changes-empty")) } } }
        @else if after { ins dir="auto" { (text) } }
        @else { del dir="auto" { (text) } }
    }
}

//! Conflicts: cells that were edited in the file and, since it was downloaded, in the directory too. Nothing is chosen beforehand.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::Chosen;
use import::{self, ReviewConflict};
use maud::{Markup, html};
use sentences::say;
use store::{Import, Result};

use super::changes::new_mark;
use super::notice::Notice;
use super::place::Place;
use super::reviewing::{Reviewing, Shown};
use super::target;
use super::viewed::{Viewed, address};
use crate::access::{Action, Actor, may};
use crate::app::App;
use crate::web::frame::errors::Answer;
use crate::web::frame::moment::moment;
use crate::web::frame::pages::PageAt;
use crate::web::frame::reply::see;
use crate::web::frame::sent::Query;
use crate::web::frame::words::say_markup;

/// Conflicts on a page.
const PAGE: u32 = 12;

/// A page of the conflicts.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    Query(at): Query<PageAt>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    let notice = Notice::read(&pairs);
    Ok(app.run(move |app| page(app, viewed, &at, notice)).await?)
}

fn page(app: &App, viewed: Viewed, at: &PageAt, notice: Option<Notice>) -> Result<Response> {
    let of = match Reviewing::load(app, viewed)? {
        Ok(of) => of,
        Err(viewed) => return Ok(see(&address(&viewed.actor, viewed.import.id)).into_response()),
    };
    let page = import::conflicts(app, &of.viewed.import, at.from(), PAGE)?;
    let part = html! {
        div data-part="part" #conflicts-part {
            @if page.items.is_empty() { div.empty { p { (say!("conflicts-no-conflicts-here")) } } } @else {
                h2.unseen #conflicts tabindex="-1" { (say!("conflicts-conflicts")) }
                (form(&of.viewed.actor, &of.viewed.import, &page.items, "conflicts"))
            }
        }
        (at.links(say!("conflicts-list"), &page, PAGE))
    };
    Ok(of.page(&Shown { place: Some(Place::Conflicts), notice, part, bar: true }).into_response())
}

/// The choices, one by one or all alike. `back` is the page to return to.
pub(in crate::web) fn form(
    actor: &Actor,
    import: &Import,
    conflicts: &[ReviewConflict],
    back: &str,
) -> Markup {
    let fixes = format!("{}/fixes", address(actor, import.id));
    let open = import.counts.conflicts;
    let may_edit = may(actor.role, Action::Edit);
    html! {
        p { (say!("conflicts-both-your-file-and-somebody")) }
        @if may_edit && open > 1 {
            form.row method="post" action=(fixes) data-swap {
                input type="hidden" name="back" value=(back);
                span { (say!("conflicts-open", conflicts = open)) }
                button type="submit" name="choose.all" value="file" { (say!("conflicts-use-your-file")) }
                button type="submit" name="choose.all" value="now" { (say!("conflicts-keep-what-is-there-now")) }
            }
        }
        form.conflicts method="post" action=(fixes) data-swap {
            input type="hidden" name="back" value=(back);
            @for conflict in conflicts { (one(actor, conflict, may_edit)) }
            @if may_edit { button.primary[open > 0] type="submit" { (say!("conflicts-save-choices")) } }
        }
    }
}

fn one(actor: &Actor, conflict: &ReviewConflict, may_edit: bool) -> Markup {
    let target = target::of_conflict(conflict);
    let (user, name) = &conflict.user;
    html! {
        fieldset.conflict id={ "conflict-" (target::as_id(&target)) } disabled[!may_edit] {
            legend {
                (say_markup!("conflict-of", field = conflict.field.title(), person = html! {
                    a href={ "/o/" (actor.account.slug) "/users/" (user) } dir="auto" { (name) }
                }))
                @if conflict.is_new { " " (new_mark()) }
                " " a.small href=(target::user_cell(*user, &conflict.field.key)) { (say!("conflicts-cell")) }
            }
            (option(&target, conflict, Chosen::File, &html! { (say!("conflicts-your-file")) }, &conflict.file))
            (option(&target, conflict, Chosen::Now, &html! {
                @match &conflict.changed {
                    Some((who, when)) => (say_markup!("conflict-now", who = who, when = moment(*when))),
                    None => (say!("conflicts-now")),
                }
            }, &conflict.now))
            (option(&target, conflict, Chosen::Download, &html! { (say!("conflicts-when-you-downloaded")) }, &conflict.at_download))
        }
    }
}

fn option(target: &str, conflict: &ReviewConflict, chosen: Chosen, source: &Markup, value: &str) -> Markup {
    html! {
        label.option {
            input type="radio" name={ "choose." (target) } value=(chosen.word()) checked[conflict.chosen == Some(chosen)];
            span.source { (source) }
            span.value dir="auto" { @if value.is_empty() { i { (say!("changes-empty")) } } @else { (conflict.field.said(value)) } }
        }
    }
}

/// After an undo: what was changed since, and kept.
pub(in crate::web) fn kept_later(actor: &Actor, kept: &[ReviewConflict]) -> Markup {
    html! {
        @if !kept.is_empty() {
            section.kept aria-labelledby="kept" {
                h2 #kept { (say!("conflicts-changed-since-so-kept")) }
                p { (say!("conflicts-kept", values = kept.len())) }
                ul {
                    @for one in kept {
                        li { (kept_value(actor, one)) }
                    }
                }
            }
        }
    }
}

fn kept_value(actor: &Actor, one: &ReviewConflict) -> Markup {
    let person =
        html! { a href={ "/o/" (actor.account.slug) "/users/" (one.user.0) } dir="auto" { (one.user.1) } };
    let value = html! { strong dir="auto" { @if one.now.is_empty() { (say!("changes-empty")) } @else { (one.field.said(&one.now)) } } };
    let field = one.field.title();
    match &one.changed {
        Some((who, when)) => say_markup!(
            "conflict-kept-since",
            person = person,
            field = field,
            value = value,
            who = who,
            when = moment(*when)
        ),
        None => say_markup!("conflict-kept", person = person, field = field, value = value),
    }
}

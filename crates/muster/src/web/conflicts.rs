//! Conflicts: cells that were edited in the file and, since it was downloaded, in the directory too. Nothing is chosen beforehand.

use axum::extract::State;
use directory::Chosen;
use maud::{Markup, html};

use super::changes::new_mark;
use super::errors::Answer;
use super::imports::name_of;
use super::layout::{Frame, Part};
use super::moment::moment;
use super::on_import::{Seen, address};
use super::pages::PageAt;
use super::sent::Query;
use super::target;
use super::words::counted;
use crate::access::{Action, Actor, may};
use crate::app::App;
use import::{self, ReviewConflict};
use store::{Import, Result};

/// Conflicts on a page.
const PAGE: u32 = 100;

/// A page of the conflicts.
pub(super) async fn show(State(app): State<App>, seen: Seen, Query(at): Query<PageAt>) -> Answer<Markup> {
    Ok(app.run(move |app| page(app, &seen, &at)).await?)
}

fn page(app: &App, seen: &Seen, at: &PageAt) -> Result<Markup> {
    let page = import::conflicts(app, &seen.import, at.from(), PAGE)?;
    Ok(Frame::new(&seen.actor, Part::Imports, "Conflicts").page(&html! {
        p.way { a href=(address(&seen.actor, seen.import.id)) { "← " (name_of(&seen.import)) } }
        h1 { "Conflicts" }
        @if page.items.is_empty() { div.empty { p { "No conflicts here." } } } @else {
            (form(&seen.actor, &seen.import, &page.items, "conflicts"))
        }
        (at.links("conflicts", &page, PAGE))
    }))
}

/// The choices, one by one or all alike. `back` is the page to return to.
pub(super) fn form(actor: &Actor, import: &Import, conflicts: &[ReviewConflict], back: &str) -> Markup {
    let fixes = format!("{}/fixes", address(actor, import.id));
    let open = import.counts.conflicts;
    let may_edit = may(actor.role, Action::Edit);
    html! {
        p { "Both your file and somebody else changed these values since you downloaded them. Choose which one stays." }
        @if may_edit && open > 1 {
            form.row method="post" action=(fixes) data-swap {
                input type="hidden" name="back" value=(back);
                span { (counted(open, "conflict is", "conflicts are")) " open. For all of them:" }
                button type="submit" name="choose.all" value="file" { "Use your file" }
                button type="submit" name="choose.all" value="now" { "Keep what is there now" }
            }
        }
        form.conflicts method="post" action=(fixes) data-swap {
            input type="hidden" name="back" value=(back);
            @for conflict in conflicts { (one(actor, conflict, may_edit)) }
            @if may_edit { button.primary type="submit" { "Save choices" } }
        }
    }
}

fn one(actor: &Actor, conflict: &ReviewConflict, may_edit: bool) -> Markup {
    let target = target::of_conflict(conflict);
    let (user, name) = &conflict.user;
    html! {
        fieldset.conflict id={ "conflict-" (target::as_id(&target)) } disabled[!may_edit] {
            legend {
                (conflict.field.title) " of "
                a href={ "/o/" (actor.account.slug) "/users/" (user) } dir="auto" { (name) }
                @if conflict.is_new { " " (new_mark()) }
            }
            (option(&target, conflict, Chosen::File, &html! { "Your file" }, &conflict.file))
            (option(&target, conflict, Chosen::Now, &html! {
                "Now"
                @if let Some((who, when)) = &conflict.changed { " (" (who) ", " (moment(*when)) ")" }
            }, &conflict.now))
            (option(&target, conflict, Chosen::Download, &html! { "When you downloaded" }, &conflict.at_download))
        }
    }
}

fn option(target: &str, conflict: &ReviewConflict, chosen: Chosen, source: &Markup, value: &str) -> Markup {
    html! {
        label.option {
            input type="radio" name={ "choose." (target) } value=(chosen.word()) checked[conflict.chosen == Some(chosen)];
            span.source { (source) }
            span.value dir="auto" { @if value.is_empty() { i { "empty" } } @else { (value) } }
        }
    }
}

/// After an undo: what was changed since, and kept.
pub(super) fn kept_later(actor: &Actor, kept: &[ReviewConflict]) -> Markup {
    html! {
        @if !kept.is_empty() {
            section.kept aria-labelledby="kept" {
                h2 #kept { "Changed since, so kept" }
                p { (counted(kept.len() as i64, "value was", "values were")) " changed after the import, and kept:" }
                ul {
                    @for one in kept {
                        li {
                            a href={ "/o/" (actor.account.slug) "/users/" (one.user.0) } dir="auto" { (one.user.1) }
                            ", " (one.field.title) ": "
                            strong dir="auto" { @if one.now.is_empty() { "empty" } @else { (one.now) } }
                            @if let Some((who, when)) = &one.changed { " (" (who) ", " (moment(*when)) ")" }
                        }
                    }
                }
            }
        }
    }
}

//! Conflicts: cells that were edited in the file and, since it was downloaded, in the directory too. Nothing is chosen beforehand.

use axum::extract::State;
use directory::Chosen;
use maud::{Markup, html};

use super::changes::new_mark;
use super::list::name_of;
use super::target;
use super::viewed::{Viewed, address};
use crate::access::{Action, Actor, may};
use crate::app::App;
use crate::import::{self, ReviewConflict};
use crate::store::{Import, Result};
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::moment::moment;
use crate::web::frame::pages::PageAt;
use crate::web::frame::sent::Query;
use crate::web::frame::words::counted;

/// Conflicts on a page.
const PAGE: u32 = 100;

/// A page of the conflicts.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    Query(at): Query<PageAt>,
) -> Answer<Markup> {
    Ok(app.run(move |app| page(app, &viewed, &at)).await?)
}

fn page(app: &App, viewed: &Viewed, at: &PageAt) -> Result<Markup> {
    let page = import::conflicts(app, &viewed.import, at.from(), PAGE)?;
    Ok(Frame::new(&viewed.actor, Part::Imports, "Conflicts").page(&html! {
        p.way { a href=(address(&viewed.actor, viewed.import.id)) { "← " (name_of(&viewed.import)) } }
        h1 { "Conflicts" }
        @if page.items.is_empty() { div.empty { p { "No conflicts here." } } } @else {
            (form(&viewed.actor, &viewed.import, &page.items, "conflicts"))
        }
        (at.links("conflicts", &page, PAGE))
    }))
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
pub(in crate::web) fn kept_later(actor: &Actor, kept: &[ReviewConflict]) -> Markup {
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

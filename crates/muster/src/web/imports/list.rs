//! Import history: every import, who, when, how many, undone or not.

use axum::extract::State;
use directory::grouped;
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::{Import, ImportId, ImportKind, ImportState, Result};

use super::strip::percent;
use crate::access::{Action, Actor, may};
use crate::app::App;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::moment::moment;
use crate::web::frame::sent::Query;
use crate::web::frame::signed_in::Viewer;

/// Imports on a page.
const PAGE: u32 = 50;

/// Where to go on.
#[derive(Deserialize)]
pub(in crate::web) struct OlderThan {
    before: Option<String>,
}

/// What the page shows.
struct HistoryPage {
    actor: Actor,
    imports: Vec<Import>,
    /// Whether it does not begin with the newest.
    later: bool,
    next: Option<ImportId>,
}

/// One page of imports, newest first.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Query(place): Query<OlderThan>,
) -> Answer<Markup> {
    let before = place.before.and_then(|id| id.parse().ok());
    Ok(app.run(move |app| HistoryPage::load(app, actor, before)).await?.markup())
}

/// The words for where an import is, with the class of its tag.
pub(in crate::web) fn state_words(import: &Import) -> (&'static str, String) {
    match import.state {
        ImportState::Reading | ImportState::Applying => {
            ("tag busy", say!("history-in-progress", percent = percent(import)))
        }
        ImportState::Review => ("tag wait", say!("history-waits-for-review").to_owned()),
        ImportState::Matching => ("tag wait", say!("matching-waits").to_owned()),
        ImportState::Done if import.undone_by.is_some() => ("tag off", say!("history-undone").to_owned()),
        ImportState::Done => ("tag on", say!("history-done").to_owned()),
        ImportState::Failed => ("tag bad", say!("history-failed").to_owned()),
        ImportState::Cancelled => ("tag off", say!("history-cancelled").to_owned()),
        ImportState::Unreadable => ("tag bad", say!("history-unreadable").to_owned()),
    }
}

/// What an import is called: its file, or what it undoes.
pub(in crate::web) fn name_of(import: &Import) -> String {
    let file = import.file_name.as_deref().filter(|name| !name.is_empty());
    match (import.kind, file) {
        (ImportKind::Undo, Some(file)) if import.changes_back.is_some() => {
            say!("history-changed-back", file = file)
        }
        (ImportKind::Undo, Some(file)) => say!("history-undo-of", file = file),
        (ImportKind::Undo, None) => say!("history-undo").to_owned(),
        (ImportKind::Form, _) => say!("history-edited-by-hand").to_owned(),
        (_, Some(file)) => file.to_owned(),
        (_, None) => say!("history-a-file-without-a-name").to_owned(),
    }
}

impl HistoryPage {
    fn load(app: &App, actor: Actor, before: Option<ImportId>) -> Result<Self> {
        let mut imports = app.store.imports(actor.account.id, before, PAGE + 1)?;
        let more = imports.len() > PAGE as usize;
        imports.truncate(PAGE as usize);
        let next = if more { imports.last().map(|import| import.id) } else { None };
        Ok(Self { actor, imports, later: before.is_some(), next })
    }

    fn markup(&self) -> Markup {
        let slug = &self.actor.account.slug;
        Frame::new(&self.actor, Part::Imports, say!("done-import-history")).page(&html! {
            div.heading {
                h1 { (say!("done-import-history")) }
                @if may(self.actor.role, Action::Edit) {
                    span.row {
                        a.button href={ "/o/" (slug) "/answers" } { (say!("answers-title")) }
                        a.button.primary href={ "/o/" (slug) "/import" } { (say!("history-import-user-data")) }
                    }
                }
            }
            @if self.imports.is_empty() {
                div.empty { p { (say!("history-nothing-has-been-imported-yet")) } }
            } @else {
                div.frame role="region" aria-label=(say!("history-imports-table")) tabindex="0" {
                    table.cards {
                        thead { tr {
                            th scope="col" { (say!("ended-file")) }
                            th scope="col" { (say!("ended-started-by")) }
                            th scope="col" { (say!("ended-when")) }
                            th scope="col" { (say!("history-users-edited")) }
                            th scope="col" { (say!("history-state")) }
                        } }
                        tbody { @for import in &self.imports { (self.row(import)) } }
                    }
                }
                (self.pages())
            }
        })
    }

    fn row(&self, import: &Import) -> Markup {
        let (class, words) = state_words(import);
        let edited = match import.state {
            ImportState::Done if import.undone_by.is_some() => say!(
                "history-undone-users",
                users = grouped(import.counts.users_to_edit + import.counts.users_to_create)
            ),
            ImportState::Done => grouped(import.counts.users_to_edit + import.counts.users_to_create),
            _ => "–".to_owned(),
        };
        html! {
            tr {
                th scope="row" {
                    a href={ "/o/" (self.actor.account.slug) "/imports/" (import.id) } { (name_of(import)) }
                    @if let Some(note) = &import.note { small dir="auto" { (note) } }
                }
                td data-title=(say!("ended-started-by")) { (import.actor) }
                td data-title=(say!("ended-when")) { (moment(import.created_at)) }
                td.number data-title=(say!("history-users-edited")) { (edited) }
                td data-title=(say!("history-state")) {
                    span class=(class) { (words) }
                    @if let Some(failure) = &import.failure { small { (failure.sentence()) } }
                }
            }
        }
    }

    fn pages(&self) -> Markup {
        html! {
            nav.pages aria-label=(say!("history-pages-of-imports")) {
                @if self.later { a.button href="imports" { (say!("history-newest")) } }
                @if let Some(next) = self.next { a.button rel="next" href={ "imports?before=" (next) } { (say!("history-older")) } }
            }
        }
    }
}

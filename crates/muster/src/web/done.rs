//! Done: how many users were edited, what changed, and the way back.

use directory::{Counts, explained, grouped};
use maud::{Markup, html};

use super::changes::{Tense, changes_table};
use super::conflicts::kept_later;
use super::imports::name_of;
use super::layout::{Frame, Part};
use super::moment::moment;
use super::on_import::{Seen, address};
use super::said::Said;
use super::words::{counted, users};
use crate::access::{Action, may};
use crate::app::App;
use import::{self, ReviewChange, ReviewConflict, ReviewIssue};
use store::{Import, ImportKind, PageStart, Result};

/// Changes that stand on this page; the rest are on pages of their own.
const CHANGES: u32 = 50;
/// Kept later values that are named.
const KEPT: u32 = 200;

/// What the page shows.
struct Page {
    seen: Seen,
    /// Whether the file is still there, and with it what was left out.
    kept_file: bool,
    /// Whether users were created by it, or by what it undoes.
    creates: bool,
    changes: Vec<ReviewChange>,
    kept: Vec<ReviewConflict>,
    /// What an undo could not put back, and why.
    stayed: Vec<ReviewIssue>,
}

/// The page.
pub(super) fn page(app: &App, seen: Seen, said: Option<Said>) -> Result<Markup> {
    let changes = import::changes(app, &seen.import, PageStart::Start, CHANGES)?.items;
    let kept = match seen.import.kind {
        ImportKind::Undo => import::conflicts(app, &seen.import, PageStart::Start, KEPT)?.items,
        _ => Vec::new(),
    };
    let stayed = match seen.import.kind {
        ImportKind::Undo => import::issues(app, &seen.import, PageStart::Start, KEPT)?.items,
        _ => Vec::new(),
    };
    let kept_file = app.store.is_upload_kept(seen.import.account, seen.import.id)?;
    let creates = creates(app, &seen.import)?;
    Ok(Page { seen, kept_file, creates, changes, kept, stayed }.markup(said))
}

fn creates(app: &App, import: &Import) -> Result<bool> {
    let mut first = import.clone();
    while let Some(undone) = first.undoes {
        let Some(import) = app.store.import(first.account, undone)? else { break };
        first = import;
    }
    Ok(first.counts.users_to_create > 0)
}

impl Page {
    fn markup(&self, said: Option<Said>) -> Markup {
        let (actor, import) = (&self.seen.actor, &self.seen.import);
        let title = self.heading();
        let mut frame = Frame::new(actor, Part::Imports, &title);
        frame.banner = said.map(Said::banner);
        frame.page(&html! {
            div.done {
                span.tick-mark aria-hidden="true" { "✓" }
                h1 #outcome tabindex="-1" { (title) }
            }
            (besides(&import.counts))
            (self.left_out())
            p.muted {
                span dir="auto" { (name_of(import)) } " · " (import.actor) " · " (moment(import.finished_at.unwrap_or(import.created_at)))
            }
            (self.undo())
            (kept_later(actor, &self.kept))
            (self.not_put_back())
            @if !self.changes.is_empty() {
                h2 #changes { "What changed" }
                (changes_table(actor, &self.changes, Tense::Past))
                (self.more())
            }
            p.actions {
                a.button href={ "/o/" (actor.account.slug) "/users" } { "Users" }
                a.button href={ "/o/" (actor.account.slug) "/imports" } { "Import history" }
            }
        })
    }

    /// What was left out, to be put right in a spreadsheet.
    fn left_out(&self) -> Markup {
        let counts = &self.seen.import.counts;
        let rows = match counts.left_out {
            0 => "the rows whose conflicts stayed as they were".to_owned(),
            1 => "the row that was left out".to_owned(),
            rows => format!("the {} rows that were left out", grouped(rows)),
        };
        html! {
            @if self.kept_file && counts.left_out + counts.conflicts > 0 {
                p {
                    a href={ (address(&self.seen.actor, self.seen.import.id)) "/report" } download { "Download " (rows) }
                    ". Put them right in the file and upload it again."
                }
            }
        }
    }

    fn more(&self) -> Markup {
        let cells = self.seen.import.counts.cells_to_edit;
        html! {
            @if cells > i64::from(CHANGES) {
                p { a href={ (address(&self.seen.actor, self.seen.import.id)) "/changes" } { "All " (grouped(cells)) " changes" } }
            }
        }
    }

    /// The users whose earlier values somebody else has now.
    fn not_put_back(&self) -> Markup {
        html! {
            @if !self.stayed.is_empty() {
                section.kept aria-labelledby="stayed" {
                    h2 #stayed { "Not put back" }
                    p { "These values could not be put back, so these users stay as they are now:" }
                    ul {
                        @for issue in &self.stayed {
                            li {
                                @if let Some((user, name)) = &issue.user {
                                    a href={ "/o/" (self.seen.actor.account.slug) "/users/" (user) } dir="auto" { (name) }
                                }
                                @if let Some(field) = &issue.field { ", " (field.title) }
                                ": " (explained(&issue.message, &issue.wrong))
                            }
                        }
                    }
                }
            }
        }
    }

    fn heading(&self) -> String {
        let import = &self.seen.import;
        let Counts { users_to_edit, users_to_create, .. } = import.counts;
        match (import.kind, self.creates) {
            // Who was created has no earlier values: they went, or came back.
            (ImportKind::Undo, true) => {
                let users = users_to_edit + users_to_create;
                format!("Undone: {} as before", counted(users, "user is", "users are"))
            }
            (ImportKind::Undo, false) if users_to_edit == 1 => {
                "Undone: 1 user has the earlier values again".to_owned()
            }
            (ImportKind::Undo, false) => {
                format!("Undone: {} users have their earlier values again", grouped(users_to_edit))
            }
            _ => directory::done(users_to_edit, users_to_create, 0),
        }
    }

    fn what_undo_does(&self) -> String {
        let Counts { users_to_edit, users_to_create, cells_to_edit, .. } = self.seen.import.counts;
        if self.seen.import.kind == ImportKind::Undo && self.creates {
            return format!(
                "Makes {} as they were before this undo.",
                users(users_to_edit + users_to_create)
            );
        }
        let values = if cells_to_edit == 1 { "value" } else { "values" };
        let new = counted(users_to_create, "new user", "new users");
        match (users_to_create, users_to_edit) {
            (0, edited) => format!("Gives {} the earlier {values} back.", users(edited)),
            (_, 0) => format!("Withdraws {new}: out of lists and downloads; the history stays."),
            (_, edited) => format!("Withdraws {new}, and gives {} the earlier values back.", users(edited)),
        }
    }

    fn undo(&self) -> Markup {
        let (actor, import) = (&self.seen.actor, &self.seen.import);
        let here = address(actor, import.id);
        html! {
            @if let Some(by) = import.undone_by {
                div.banner.note {
                    span.icon aria-hidden="true" { "i" }
                    div { "This was undone. " a href=(address(actor, by)) { "See the undo" } }
                }
            } @else if import.applied.is_some() && may(actor.role, Action::Edit) {
                form.undo method="post" action={ (here) "/undo" } {
                    button type="submit" aria-describedby="undo-hint" {
                        @if import.kind == ImportKind::Undo { "Undo the undo" } @else { "Undo this import" }
                    }
                    p #undo-hint.hint {
                        (self.what_undo_does()) " What somebody changed since keeps its later value, and is named."
                    }
                }
            }
        }
    }
}

/// What else came of it.
fn besides(counts: &Counts) -> Markup {
    let left_out = counts.left_out;
    html! {
        @if counts.users_to_edit == 0 && counts.users_to_create == 0 && left_out == 0 {
            p { "The file says nothing that the directory does not say already." }
        }
        @if left_out > 0 { p { (counted(left_out, "user was", "users were")) " left out and stayed as before." } }
        @if counts.cells_to_clear > 0 { p { (counted(counts.cells_to_clear, "value was", "values were")) " cleared." } }
    }
}

//! Done: how many users were edited, what changed, and the way back.

use directory::{Counts, explained};
use import::{self, ChangedLine, ReviewConflict, ReviewIssue};
use maud::{Markup, html};
use sentences::say;
use store::{Import, ImportKind, PageStart, Result};

use super::changes::{Lines, Tense, lines_table, marks};
use super::conflicts::kept_later;
use super::list::name_of;
use super::notice::Notice;
use super::reviewing::note_form;
use super::viewed::{Viewed, address};
use crate::access::{Action, may};
use crate::app::App;
use crate::web::frame::components::mark::{Of, mark};
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::moment::moment;
use crate::web::frame::words::say_markup;

/// Kept later values that are named.
const KEPT: u32 = 200;

/// What the page shows.
struct DonePage {
    viewed: Viewed,
    /// Whether the file is still there, and with it what was left out.
    kept_file: bool,
    /// Whether users were created by it, or by what it undoes.
    creates: bool,
    /// What was changed, by field.
    lines: Vec<ChangedLine>,
    /// The imports that have changed some of its users back.
    changed_back: Vec<Import>,
    kept: Vec<ReviewConflict>,
    /// What an undo could not put back, and why.
    stayed: Vec<ReviewIssue>,
}

/// The page.
pub(super) fn page(app: &App, viewed: Viewed, notice: Option<Notice>) -> Result<Markup> {
    let lines = import::changed_fields(app, &viewed.import)?;
    let kept = match viewed.import.kind {
        ImportKind::Undo => import::conflicts(app, &viewed.import, PageStart::Start, KEPT)?.items,
        _ => Vec::new(),
    };
    let stayed = match viewed.import.kind {
        ImportKind::Undo => import::issues(app, &viewed.import, PageStart::Start, KEPT)?.items,
        _ => Vec::new(),
    };
    let kept_file = app.store.is_upload_kept(viewed.import.account, viewed.import.id)?;
    let creates = creates(app, &viewed.import)?;
    let changed_back = app.store.imports_changing_back(viewed.import.account, viewed.import.id)?;
    Ok(DonePage { viewed, kept_file, creates, lines, changed_back, kept, stayed }.markup(notice))
}

fn creates(app: &App, import: &Import) -> Result<bool> {
    let mut first = import.clone();
    while let Some(undone) = first.undoes.or(first.changes_back) {
        let Some(import) = app.store.import(first.account, undone)? else { break };
        first = import;
    }
    Ok(first.counts.users_to_create > 0)
}

impl DonePage {
    fn markup(&self, notice: Option<Notice>) -> Markup {
        let (actor, import) = (&self.viewed.actor, &self.viewed.import);
        let title = self.heading();
        let mut frame = Frame::new(actor, Part::Imports, &title);
        frame.banner = notice.map(Notice::banner);
        frame.page(&html! {
            div.done {
                span.tick-mark aria-hidden="true" { "✓" }
                h1 #outcome tabindex="-1" { (title) }
            }
            (besides(&actor.account.slug, import))
            (self.left_out())
            p.muted {
                span dir="auto" { (name_of(import)) } " · " (import.actor) " · " (moment(import.finished_at.unwrap_or(import.created_at)))
                @if self.kept_file { " · " a href={ (address(actor, import.id)) "/file" } download { (say!("done-the-file")) } }
            }
            @if let Some(note) = &import.note { p #note { (say_markup!("review-note", note = html! { bdi { (note) } })) } }
            (self.undo())
            (kept_later(actor, &self.kept))
            (self.not_put_back())
            @if !self.lines.is_empty() || import.counts.users_to_create > 0 {
                h2 #changes { (say!("done-what-changed")) }
                (lines_table(&self.lines, import.counts.users_to_create, Tense::Past, self))
                @if import.counts.cells_to_edit > i64::from(import::ADDED_UP) {
                    p.hint { (say!("changes-added-up", cells = i64::from(import::ADDED_UP))) }
                }
                p.row {
                    a href={ (address(actor, import.id)) "/changes" } { (say!("done-all-changes")) }
                    (list_links(&address(actor, import.id)))
                }
            }
            @if may(actor.role, Action::Edit) {
                details { summary { (say!("review-note-label")) } (note_form(&address(actor, import.id), import.note.as_deref(), "note-text")) }
            }
            p.actions {
                a.button href={ "/o/" (actor.account.slug) "/users" } { (say!("done-users")) }
                a.button href={ "/o/" (actor.account.slug) "/imports" } { (say!("done-import-history")) }
                a.button href="/help#undo" { (say!("layout-help")) }
            }
        })
    }

    /// What was left out, to be put right in a spreadsheet.
    fn left_out(&self) -> Markup {
        let counts = &self.viewed.import.counts;
        let left_out = self.viewed.import.left_out();
        let rows = match left_out {
            0 => say!("done-download-conflicts").to_owned(),
            1 => say!("done-download-row").to_owned(),
            rows => say!("done-rows-left-out", rows = rows),
        };
        html! {
            @if self.kept_file && left_out + counts.conflicts > 0 {
                p {
                    (say_markup!("done-download", link = html! {
                        a href={ (address(&self.viewed.actor, self.viewed.import.id)) "/report" } download { (rows) }
                    }))
                }
            }
        }
    }

    /// The users whose earlier values somebody else has now.
    fn not_put_back(&self) -> Markup {
        html! {
            @if !self.stayed.is_empty() {
                section.kept aria-labelledby="stayed" {
                    h2 #stayed { (say!("done-not-put-back")) }
                    p { (say!("done-these-values-could-not-be")) }
                    ul {
                        @for issue in &self.stayed {
                            li {
                                @if let Some((user, name)) = &issue.user {
                                    a href={ "/o/" (self.viewed.actor.account.slug) "/users/" (user) } dir="auto" { (name) }
                                }
                                @if let Some(field) = &issue.field { ", " (field.title()) }
                                ": " (explained(&issue.message, &issue.wrong))
                            }
                        }
                    }
                }
            }
        }
    }

    fn heading(&self) -> String {
        let import = &self.viewed.import;
        let Counts { users_to_edit, users_to_create, .. } = import.counts;
        if import.changes_back.is_some() {
            return say!("done-changed-back", users = users_to_edit + users_to_create);
        }
        match (import.kind, self.creates) {
            // Who was created has no earlier values: they went, or came back.
            (ImportKind::Undo, true) => {
                say!("done-undone-creations", users = users_to_edit + users_to_create)
            }
            (ImportKind::Undo, false) => say!("done-undone", users = users_to_edit),
            _ => directory::done(users_to_edit, users_to_create, 0),
        }
    }

    fn what_undo_does(&self) -> String {
        let Counts { users_to_edit, users_to_create, cells_to_edit, .. } = self.viewed.import.counts;
        if self.viewed.import.kind == ImportKind::Undo && self.creates {
            return say!("done-undo-of-undo", users = users_to_edit + users_to_create);
        }
        match (users_to_create, users_to_edit) {
            (0, edited) => say!("done-undo-edits", users = edited, values = cells_to_edit),
            (new, 0) => say!("done-undo-creations", new = new),
            (new, edited) => say!("done-undo-both", new = new, users = edited),
        }
    }

    fn undo(&self) -> Markup {
        let (actor, import) = (&self.viewed.actor, &self.viewed.import);
        let here = address(actor, import.id);
        html! {
            @if let Some(by) = import.undone_by {
                div.banner.note {
                    span.icon aria-hidden="true" { "i" }
                    div {
                        (say_markup!("done-was-undone", link = html! { a href=(address(actor, by)) { (say!("done-see-the-undo")) } }))
                    }
                }
            } @else if import.applied.is_some() && may(actor.role, Action::Edit) {
                (self.changed_back())
                form.undo method="post" action={ (here) "/undo" } {
                    button type="submit" aria-describedby="undo-hint" {
                        @if import.kind == ImportKind::Undo { (say!("done-undo-the-undo")) } @else { (say!("done-undo-this-import")) }
                    }
                    p #undo-hint.hint {
                        (self.what_undo_does()) " " (say!("done-undo-keeps"))
                    }
                    a href={ (here) "/changes" } { (say!("done-change-some-back")) }
                }
            }
        }
    }
}

impl DonePage {
    /// That some of its users were changed back, and where that is told.
    fn changed_back(&self) -> Markup {
        html! {
            @for back in &self.changed_back {
                div.banner.note {
                    span.icon aria-hidden="true" { "i" }
                    div {
                        (say_markup!("done-some-changed-back",
                            users = back.counts.users_to_edit + back.counts.users_to_create,
                            link = html! { a href=(address(&self.viewed.actor, back.id)) { (say!("done-see-the-undo")) } }))
                    }
                }
            }
        }
    }
}

/// The links to what was changed as a file.
pub(super) fn list_links(here: &str) -> Markup {
    html! {
        span.row {
            (say!("done-list")) " "
            a href={ (here) "/changed?format=xlsx" } { (say!("done-list-xlsx")) }
            a href={ (here) "/changed?format=csv" } { (say!("done-list-csv")) }
        }
    }
}

impl Lines for DonePage {
    fn address(&self, _: &ChangedLine) -> Option<String> {
        None
    }

    fn is_here(&self, _: &ChangedLine) -> bool {
        false
    }

    fn beside(&self, line: &ChangedLine) -> Markup {
        match self.viewed.import.undone_by {
            Some(_) => mark(Of::Quiet, say!("history-undone")),
            None => marks(line),
        }
    }

    fn beside_new(&self) -> Markup {
        match self.viewed.import.undone_by {
            Some(_) => mark(Of::Quiet, say!("history-undone")),
            None => mark(Of::Good, say!("changes-new")),
        }
    }
}

/// What else came of it.
fn besides(slug: &str, import: &Import) -> Markup {
    let counts = &import.counts;
    let (left_out, waiting) = (import.left_out(), import.with_support);
    html! {
        @if counts.users_to_edit == 0 && counts.users_to_create == 0 && counts.left_out == 0 {
            @if import.kind == ImportKind::Rule { p { (say!("done-all-is-so")) } } @else { p { (say!("done-the-file-says-nothing-that")) } }
        }
        @if left_out > 0 { p { (say!("done-left-out", users = left_out)) } }
        @if waiting > 0 {
            p.waits { (say_markup!("ticket-rows-wait", rows = waiting, link = html! { a href={ "/o/" (slug) "/tickets" } { (say!("ticket-tickets")) } })) }
        }
        @if counts.cells_to_clear > 0 { p { (say!("done-cleared", values = counts.cells_to_clear)) } }
    }
}

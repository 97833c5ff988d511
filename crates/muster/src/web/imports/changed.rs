//! What an import that is done has changed, user by user: some of them can be ticked and changed back. And the same as a file.

use std::collections::HashSet;

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::UserId;
use events::Event;
use import::{self, Reportable};
use maud::{Markup, html};
use sentences::say;
use store::{ImportState, Result};

use super::changes::{BesideUser, Tense, changes_table_with};
use super::done::list_links;
use super::list::name_of;
use super::notice::Notice;
use super::viewed::{Viewed, address};
use crate::access::{Action, may};
use crate::app::App;
use crate::web::frame::attachment::{attached, kind_of};
use crate::web::frame::components::bar;
use crate::web::frame::components::mark::{Of, mark};
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::pages::PageAt;
use crate::web::frame::sent::Query;

/// Changes on a page.
const PAGE: u32 = 100;

/// Who can be ticked, and who is as before again.
struct Ticks {
    offered: bool,
    is_undone: bool,
    changed_back: HashSet<UserId>,
}

impl BesideUser for Ticks {
    fn mark(&self, user: UserId) -> Markup {
        html! {
            @if self.is_undone { " " (mark(Of::Quiet, say!("history-undone"))) }
            @else if self.changed_back.contains(&user) { " " (mark(Of::Quiet, say!("changed-back"))) }
        }
    }

    fn tick(&self, user: UserId, name: &str) -> Markup {
        html! {
            @if self.offered && !self.changed_back.contains(&user) {
                input type="checkbox" name="user" value=(user) form="selecting" aria-label=(say!("changed-tick", person = name));
                " "
            }
        }
    }
}

/// The page.
pub(super) fn page(app: &App, viewed: &Viewed, at: &PageAt, notice: Option<Notice>) -> Result<Markup> {
    let import = &viewed.import;
    let page = import::changes(app, import, at.from(), PAGE)?;
    let ticks = ticks(app, viewed, page.items.iter().filter_map(|change| change.user).collect())?;
    let title = say!("changes-what-changed");
    let here = address(&viewed.actor, import.id);
    let mut frame = Frame::new(&viewed.actor, Part::Imports, title);
    frame.banner = notice.map(Notice::banner);
    frame.bar = ticks.offered.then(|| changing_back(&here));
    Ok(frame.page(&html! {
        p.way { a href=(here) { "← " (name_of(import)) } }
        div.head.wrap {
            h1 { (title) }
            span.end { (list_links(&here)) }
        }
        @if ticks.is_undone { p { (say!("changed-all-undone")) } }
        @if page.items.is_empty() { div.empty { p { (say!("changes-no-changes-here")) } } } @else {
            p.hint {
                @let (first, last) = (at.passed as i64 + 1, at.passed as i64 + page.items.len() as i64);
                // The values of new users are listed but are no edits, so how many there are in all is known without them only.
                @if import.counts.users_to_create == 0 {
                    (say!("changes-listed-of", first = first, last = last, all = import.counts.cells_to_edit))
                } @else {
                    (say!("changes-listed", first = first, last = last))
                }
            }
            div #listed { (changes_table_with(&viewed.actor, &page.items, Tense::Past, &ticks)) }
        }
        (at.links(say!("changes-list"), &page, PAGE))
    }))
}

fn ticks(app: &App, viewed: &Viewed, mut users: Vec<UserId>) -> Result<Ticks> {
    let import = &viewed.import;
    users.sort_unstable();
    users.dedup();
    let mut changed_back = HashSet::new();
    for back in app.store.imports_changing_back(import.account, import.id)? {
        if let Some(revision) = back.applied {
            let cells = app.store.changes_at_of(import.account, revision, &users)?;
            changed_back.extend(cells.into_iter().map(|cell| cell.user));
        }
    }
    let is_undone = import.undone_by.is_some();
    let offered = import.applied.is_some() && !is_undone && may(viewed.actor.role, Action::Edit);
    Ok(Ticks { offered, is_undone, changed_back })
}

/// The bar that changes those back who are ticked.
fn changing_back(here: &str) -> Markup {
    let words = html! { span.sums.not-small { (say!("changed-back-hint")) } };
    let buttons = html! {
        form #selecting method="post" action={ (here) "/undo" } {
            button #select-ticked type="submit" name="which" value="ticked" { (say!("changed-back-ticked")) }
        }
    };
    bar::bar(&words, &buttons)
}

/// What an import changes, or has changed, as a file.
pub(in crate::web) async fn send(
    State(app): State<App>,
    viewed: Viewed,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    let (format, ending, kind) = *kind_of(&pairs)?;
    let Viewed { actor, import } = viewed;
    let (account, id) = (import.account, import.id);
    let import = match app.run(move |app| import::changes_listable(app, account, id)).await? {
        Reportable::Yes(import) => import,
        Reportable::NoSuchImport => return Err(Failure::Unknown),
        _ => return Err(Failure::Nonsense(say!("changes-none-yet"))),
    };
    let what = if import.state == ImportState::Done { "changed" } else { "changes" };
    let name = format!("{}-{what}-{id}.{ending}", actor.account.slug);
    let line =
        Event::ChangesSent.line().by_administrator(actor.administrator).of_account(&actor.account.slug);
    let poured = app
        .pour(account, move |app, sink| import::changes_file(app, &import, format, sink).map(drop))
        .await?;
    app.run(move |app| app.note_alone(&line.with("import", id), account)).await?;
    Ok((attached(kind, &name), Body::from_stream(poured)).into_response())
}

//! An import on its way: stage, count and time, true after a refresh, in a second tab, after a restart.

use maud::{Markup, html};
use sentences::say;
use store::{Import, ImportKind, ImportState, Stage};

use super::list::name_of;
use super::notice::Notice;
use super::strip::percent;
use super::viewed::{Viewed, address};
use crate::access::{Action, may};
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::moment::moment;
use crate::web::frame::words::say_markup;

/// Seconds between two looks of a page without script.
const REFRESH: u32 = 3;

/// The page.
pub(in crate::web) fn page(viewed: &Viewed, notice: Option<Notice>) -> Markup {
    let name = name_of(&viewed.import);
    let title = say!("progress-title", verb = verb(&viewed.import), file = &name);
    let mut frame = Frame::new(&viewed.actor, Part::Imports, &title);
    frame.banner = notice.map(Notice::banner);
    frame.refresh = Some(REFRESH);
    let here = address(&viewed.actor, viewed.import.id);
    frame.page(&html! {
        h1 { (say_markup!("progress-title", verb = verb(&viewed.import), file = html! { span.file dir="auto" { (name) } })) }
        div #progress data-progress={ (here) "/progress" } data-quarter=(say!("progress-quarter", percent = "{}"))
            data-seconds=(say!("progress-seconds-left", seconds = "{}")) data-minutes=(say!("progress-minutes-left", minutes = "{}"))
            data-ready=(say!("progress-ready")) data-arrived=(say!("progress-go-on")) { (part(&viewed.import)) }
        p.muted {
            (say_markup!("progress-close", who = viewed.actor_of_import(), when = moment(viewed.import.created_at)))
        }
        @if viewed.import.state == ImportState::Reading && may(viewed.actor.role, Action::Edit) {
            form method="post" action={ (here) "/cancel" } { button type="submit" { (say!("progress-cancel-the-import")) } }
        }
    })
}

/// The part that moves, which the page's module fetches once a second.
pub(in crate::web) async fn moving(viewed: Viewed) -> Markup {
    part(&viewed.import)
}

fn verb(import: &Import) -> &'static str {
    match (import.kind, import.state) {
        (ImportKind::Undo, _) => say!("progress-working-on"),
        (ImportKind::Rule, ImportState::Reading) => say!("progress-working-on"),
        (_, ImportState::Applying) => say!("progress-updating-users-from"),
        _ => say!("progress-importing"),
    }
}

fn part(import: &Import) -> Markup {
    let at = percent(import);
    let applying = matches!(import.state, ImportState::Applying);
    let fixing = import.progress.stage == Stage::Fixing;
    html! {
        div.progress data-state=(import.state.word()) data-stage=(import.progress.stage.word()) data-percent=(at) {
            label for="bar" { (sentence(import)) }
            progress #bar max="100" value=(at) { (at) " %" }
            p.count { span.percent { (at) " %" } " " span.left data-left {} }
            ol.steps {
                @if import.kind == ImportKind::File { (step(say!("progress-uploaded"), true, false)) }
                @let checking = import.progress.stage == Stage::Checking;
                (step(say!("progress-read-and-compare"), applying || fixing || checking, !applying && !fixing && !checking))
                (step(say!("progress-check"), applying || fixing, checking))
                @if fixing { (step(say!("progress-correct"), false, true)) }
                @if applying { (step(say!("progress-update-users"), false, true)) } @else { (step(say!("progress-review"), false, false)) }
            }
        }
    }
}

fn step(name: &str, done: bool, now: bool) -> Markup {
    let class = match (done, now) {
        (true, _) => "done",
        (_, true) => "now",
        _ => "later",
    };
    html! {
        li class=(class) aria-current=[now.then_some("step")] {
            span aria-hidden="true" { @if done { "✓" } @else if now { "•" } @else { "○" } }
            (name)
            @if done { span.hidden { " " (say!("progress-step-done")) } }
        }
    }
}

fn sentence(import: &Import) -> String {
    let progress = import.progress;
    match progress.stage {
        Stage::Waiting if import.kind == ImportKind::Rule => say!("progress-waits").to_owned(),
        Stage::Waiting => say!("progress-the-file-has-arrived-and").to_owned(),
        Stage::Reading if import.kind == ImportKind::Undo => {
            say!("progress-looking-up-the-earlier-values").to_owned()
        }
        Stage::Reading if import.kind == ImportKind::Rule => {
            say!("progress-users", done = progress.done, total = progress.total)
        }
        Stage::Reading => {
            say!("progress-reading", done = bytes(progress.done), total = bytes(progress.total))
        }
        Stage::Fixing => say!("progress-correcting-cells", done = progress.done, total = progress.total),
        Stage::Checking => say!("progress-checking-emails-usernames-and-managers").to_owned(),
        Stage::Applying if progress.total > 0 => {
            say!("progress-users", done = progress.done, total = progress.total)
        }
        Stage::Applying => say!("progress-updating-users").to_owned(),
        Stage::Unreadable => directory::row_unread().to_owned(),
        Stage::Resting => say!("progress-ready").to_owned(),
    }
}

/// "12.3 MB", as file managers count.
fn bytes(count: i64) -> String {
    match count {
        count if count >= 1_000_000 => format!("{:.1} MB", count as f64 / 1e6),
        count => format!("{} kB", (count + 999) / 1000),
    }
}

//! An import on its way: stage, count and time, true after a refresh, in a second tab, after a restart.

use directory::grouped;
use maud::{Markup, html};

use super::imports::name_of;
use super::layout::{Frame, Part};
use super::moment::moment;
use super::on_import::{Seen, address};
use super::said::Said;
use super::strip::percent;
use crate::access::{Action, may};
use store::{Import, ImportKind, ImportState, Stage};

/// Seconds between two looks of a page without script.
const REFRESH: u32 = 3;

/// The page.
pub(super) fn page(seen: &Seen, said: Option<Said>) -> Markup {
    let name = name_of(&seen.import);
    let title = format!("{} {name}", verb(&seen.import));
    let mut frame = Frame::new(&seen.actor, Part::Imports, &title);
    frame.banner = said.map(Said::banner);
    frame.refresh = Some(REFRESH);
    let here = address(&seen.actor, seen.import.id);
    frame.page(&html! {
        h1 { (verb(&seen.import)) " " span.file dir="auto" { (name) } }
        div #progress data-progress={ (here) "/progress" } { (part(&seen.import)) }
        p.muted {
            "You can close this page: the work goes on, and the page shows where it is when you come back. Started by "
            (seen.actor_of_import()) ", " (moment(seen.import.created_at)) "."
        }
        @if seen.import.state == ImportState::Reading && may(seen.actor.role, Action::Edit) {
            form method="post" action={ (here) "/cancel" } { button type="submit" { "Cancel the import" } }
        }
    })
}

/// The part that moves, which the page's module fetches once a second.
pub(super) async fn moving(seen: Seen) -> Markup {
    part(&seen.import)
}

fn verb(import: &Import) -> &'static str {
    match (import.kind, import.state) {
        (ImportKind::Undo, _) => "Working on:",
        (_, ImportState::Applying) => "Updating users from",
        _ => "Importing",
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
                (step("Uploaded", true, false))
                @let checking = import.progress.stage == Stage::Checking;
                (step("Read and compare", applying || fixing || checking, !applying && !fixing && !checking))
                (step("Check", applying || fixing, checking))
                @if fixing { (step("Correct", false, true)) }
                @if applying { (step("Update users", false, true)) } @else { (step("Review", false, false)) }
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
            @if done { span.hidden { " (done)" } }
        }
    }
}

fn sentence(import: &Import) -> String {
    let progress = import.progress;
    let (done, total) = (grouped(progress.done), grouped(progress.total));
    match progress.stage {
        Stage::Waiting => "The file has arrived and waits for its turn".to_owned(),
        Stage::Reading if import.kind == ImportKind::Undo => "Looking up the earlier values".to_owned(),
        Stage::Reading => format!("Reading the file: {} of {}", bytes(progress.done), bytes(progress.total)),
        Stage::Checking => "Checking emails, usernames and managers".to_owned(),
        Stage::Fixing => format!("Correcting cells: {done} of {total}"),
        Stage::Applying if progress.total > 0 => format!("Updating users: {done} of {total}"),
        Stage::Applying => "Updating users".to_owned(),
        Stage::Resting => "Ready".to_owned(),
    }
}

/// "12.3 MB", as file managers count.
fn bytes(count: i64) -> String {
    match count {
        count if count >= 1_000_000 => format!("{:.1} MB", count as f64 / 1e6),
        count => format!("{} kB", (count + 999) / 1000),
    }
}

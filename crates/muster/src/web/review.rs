//! Review: what will change, what is wrong, what has to be chosen; and the button that says what it will do.

use directory::{
    Code, Counts, Decision, Field, Kind, grouped, new_since, rows_without_id, standard, step_of_fixes,
    update_button,
};
use maud::{Markup, html};

use super::changes::{Tense, changes_table};
use super::fix_grid::Grid;
use super::imports::name_of;
use super::layout::{Frame, Part, Tone};
use super::on_import::{Seen, address};
use super::said::Said;
use super::words::{counted, listed, users};
use super::{conflicts, damaged, further, moment, target};
use crate::access::{Action, may};
use crate::app::App;
use import::{self, LeftOutRow, ReviewChange, ReviewConflict, ReviewGroup};
use store::{CountedFile, KeptStep, PageStart, Result, Warning};

/// How much of each kind stands on this page; the rest is on pages of its own.
const GROUPS: u32 = 20;
const CONFLICTS: u32 = 25;
const CHANGES: u32 = 50;
const LEFT_OUT: u32 = 50;
const DAMAGED: u32 = 100;

/// What the page shows.
struct Page {
    seen: Seen,
    grid: Grid,
    groups: Vec<ReviewGroup>,
    conflicts: Vec<ReviewConflict>,
    changes: Vec<ReviewChange>,
    warnings: Vec<(Warning, String)>,
    /// Cells that the spreadsheet alone changed, of columns that have few of them.
    damaged: Vec<ReviewConflict>,
    /// The files that count, in the order in which they came.
    files: Vec<CountedFile>,
    /// The steps of fixes that would be undone, and made again.
    steps: [Option<KeptStep>; 2],
    /// Rows without a User ID that nobody has decided about.
    without_id: i64,
    left_out: Vec<LeftOutRow>,
}

/// The page.
pub(super) fn page(app: &App, seen: Seen, said: Option<Said>) -> Result<Markup> {
    let import = &seen.import;
    let page = Page {
        grid: Grid::load(app, import, PageStart::Start)?,
        groups: import::groups(app, import, GROUPS)?
            .into_iter()
            .filter(|group| group.code != Code::UserIdMissing)
            .collect(),
        without_id: import::rows_without_id(app, import)?,
        left_out: import::left_out(app, import, LEFT_OUT)?,
        conflicts: import::conflicts(app, import, PageStart::Start, CONFLICTS)?.items,
        changes: import::changes(app, import, PageStart::Start, CHANGES)?.items,
        warnings: import::warnings(app, import)?,
        files: app.store.files(import.account, import.id)?,
        damaged: import::damaged(app, import, DAMAGED)?,
        steps: import::fix_steps(app, import)?,
        seen,
    };
    Ok(page.markup(said))
}

impl Page {
    fn counts(&self) -> &Counts {
        &self.seen.import.counts
    }

    fn here(&self) -> String {
        address(&self.seen.actor, self.seen.import.id)
    }

    fn may_edit(&self) -> bool {
        may(self.seen.actor.role, Action::Edit)
    }

    fn markup(&self, said: Option<Said>) -> Markup {
        let mut frame = Frame::new(&self.seen.actor, Part::Imports, "Review the import");
        let import = &self.seen.import;
        // Why a further file was not added, until something else is said.
        let refused = import.failure.as_ref().map(|failure| (Tone::Bad, html! { (failure.message) }));
        frame.banner = said.map(Said::banner).or(refused);
        frame.page(&html! {
            h1 { "Review the import" }
            p.muted {
                span.file dir="auto" { (name_of(import)) } " · started by " (self.seen.actor_of_import()) ", "
                (moment::moment(import.created_at)) " · nothing has been changed yet"
            }
            @if import.new_cells > 0 { p.banner.note #new-since { span.icon aria-hidden="true" { "i" } span { (new_since(import.new_cells)) } } }
            div data-part="summary" #summary { (self.summary()) }
            div data-part="steps" #steps-part { (self.steps_section()) }
            div data-part="without-id" #without-id-part { (self.question()) }
            div data-part="problems" #problems-part { (self.problems()) }
            div data-part="conflicts" #conflicts-part { (self.conflict_section()) }
            div data-part="warnings" #warnings-part { (self.warning_section()) }
            div data-part="changes" #changes-part { (self.change_section()) }
            (further::section(&self.seen, &self.files))
            div data-part="left-out" #left-out-part { (self.left_out_section()) }
            div.finish data-part="finish" #finish { (self.finish()) }
        })
    }

    fn summary(&self) -> Markup {
        let counts = self.counts();
        let touched =
            counts.users_to_edit + counts.users_to_create + counts.rows_with_errors + counts.left_out;
        let unchanged = counts.rows - touched - counts.conflicts;
        html! {
            ul.summary {
                (tile(counts.users_to_edit, "user will change", "users will change", "#changes", "good"))
                @if counts.users_to_create > 0 {
                    (tile(counts.users_to_create, "user will be created", "users will be created", "#changes", "good"))
                }
                @if self.without_id > 0 {
                    (tile(self.without_id, "row without a User ID", "rows without a User ID", "#without-id", "wait"))
                }
                @let errors = self.errors();
                (tile(errors, "problem", "problems", "#problems", if errors > 0 { "bad" } else { "calm" }))
                @if counts.conflicts > 0 { (tile(counts.conflicts, "conflict", "conflicts", "#conflicts", "wait")) }
                @if counts.cells_to_clear > 0 {
                    (tile(counts.cells_to_clear, "value will be cleared", "values will be cleared", "#changes", "wait"))
                }
                @if counts.left_out > 0 { (tile(counts.left_out, "user left out", "users left out", "#left-out", "calm")) }
                @if unchanged > 0 { (tile(unchanged, "row without a change", "rows without a change", "", "calm")) }
            }
        }
    }

    /// The problems without the rows that are asked about.
    fn errors(&self) -> i64 {
        self.counts().errors - self.without_id
    }

    /// What is to become of rows without a User ID: nobody is created by accident.
    fn question(&self) -> Markup {
        html! {
            @if self.without_id > 0 {
                section aria-labelledby="without-id" {
                    h2 #without-id tabindex="-1" { (rows_without_id(self.without_id)) }
                    @if self.may_edit() {
                        form.row method="post" action={ (self.here()) "/fixes" } data-swap {
                            button type="submit" name="without_id.all" value="create" { "Create " (users(self.without_id)) }
                            button.plain type="submit" name="without_id.all" value="leave_out" {
                                @if self.without_id == 1 { "Leave it out" } @else { "Leave them out" }
                            }
                        }
                    }
                }
            }
        }
    }

    fn problems(&self) -> Markup {
        let errors = self.errors();
        html! {
            @if errors > 0 {
                section aria-labelledby="problems" {
                    h2 #problems tabindex="-1" { (counted(errors, "problem", "problems")) " to put right" }
                    @if self.may_edit() && !self.groups.is_empty() {
                        ul.kinds { @for (place, group) in self.groups.iter().enumerate() { (self.group(place, group)) } }
                    }
                    (self.grid.markup(&self.seen.actor, &self.here(), ""))
                    @if let Some(next) = self.grid.next() {
                        p { a href={ (self.here()) "/problems" (next) } { "Further problems" } " are on pages of their own." }
                    }
                    (self.in_a_spreadsheet())
                }
            }
        }
    }

    /// The other way to put problems right: in a spreadsheet.
    fn in_a_spreadsheet(&self) -> Markup {
        html! {
            p {
                "Or put them right in a spreadsheet: "
                a href={ (self.here()) "/report" } download { "download the rows with problems" }
                ", in which the red cells say what is wrong, and upload that file again."
            }
        }
    }

    fn group(&self, place: usize, group: &ReviewGroup) -> Markup {
        let all =
            if group.cells == 1 { "this one".to_owned() } else { format!("all {}", grouped(group.cells)) };
        html! {
            li {
                div.kind {
                    p { span.badge.bad { (counted(group.cells, "cell", "cells")) } " " (group.message) }
                    @if let (Some(value), true) = (&group.value, group.field.is_some()) {
                        p.muted { "Value: " bdi { "“" (value) "”" } }
                    }
                }
                form.row method="post" action={ (self.here()) "/fixes" } data-swap {
                    input type="hidden" name="group.code" value=(group.code.word());
                    input type="hidden" name="group.field" value=(group.field.as_ref().map_or(standard::USER, |field| field.number).0);
                    @if let Some(value) = &group.value { input type="hidden" name="group.text" value=(value); }
                    @if let Some(field) = group.field.as_ref().filter(|_| can_be_alike(group)) {
                        label for={ "kind-" (place) } { "Change " (all) " to" }
                        (value_input(&format!("kind-{place}"), field, group))
                        button type="submit" { "Change " (all) }
                    }
                    button.plain type="submit" name="group.out" value="1" formnovalidate {
                        @if group.cells == 1 { "Leave this user out" } @else { "Leave these users out" }
                    }
                }
            }
        }
    }

    fn conflict_section(&self) -> Markup {
        html! {
            @if !self.conflicts.is_empty() {
                section aria-labelledby="conflicts" {
                    h2 #conflicts tabindex="-1" { "Conflicts" }
                    (conflicts::form(&self.seen.actor, &self.seen.import, &self.conflicts, ""))
                    @if self.conflicts.len() == CONFLICTS as usize {
                        p { a href={ (self.here()) "/conflicts" } { "All conflicts" } }
                    }
                }
            }
        }
    }

    /// Undo and redo of what was put right here.
    fn steps_section(&self) -> Markup {
        let [undo, redo] = &self.steps;
        html! {
            @if self.may_edit() && (undo.is_some() || redo.is_some()) {
                form.row.steps-taken method="post" action={ (self.here()) "/fixes" } data-swap {
                    @if let Some(step) = undo {
                        button.plain type="submit" name="turn" value="undo" data-turn="undo" {
                            "Undo: " (step_of_fixes(&step.kind, step.fixes))
                        }
                    }
                    @if let Some(step) = redo {
                        button.plain type="submit" name="turn" value="redo" data-turn="redo" {
                            "Redo: " (step_of_fixes(&step.kind, step.fixes))
                        }
                    }
                }
            }
        }
    }

    fn warning_section(&self) -> Markup {
        html! {
            @if !self.warnings.is_empty() || !self.damaged.is_empty() {
                section aria-labelledby="warnings" {
                    h2 #warnings tabindex="-1" { "Worth knowing" }
                    form method="post" action={ (self.here()) "/fixes" } data-swap {
                        ul.warnings { @for (warning, sentence) in &self.warnings { (self.warning(warning, sentence)) } }
                    }
                    (damaged::list(&self.seen.actor, &self.here(), &self.damaged))
                }
            }
        }
    }

    /// A warning, and the one click that decides otherwise for all of its cells.
    fn warning(&self, warning: &Warning, sentence: &str) -> Markup {
        html! {
            li {
                span.icon aria-hidden="true" { "i" }
                span { (sentence) }
                @if let Some((decide, words)) = decision(warning).filter(|_| self.may_edit()) {
                    button.small.plain type="submit" name="decide" value=(decide)
                        aria-label={ (words) ": " (sentence) } { (words) }
                }
            }
        }
    }

    fn change_section(&self) -> Markup {
        let cells = self.counts().cells_to_edit;
        html! {
            section aria-labelledby="changes" {
                h2 #changes tabindex="-1" { "What will change" }
                @if self.changes.is_empty() {
                    p.muted { "Nothing, as it stands." }
                } @else {
                    (changes_table(&self.seen.actor, &self.changes, Tense::Future))
                    @if cells > self.changes.len() as i64 {
                        p { a href={ (self.here()) "/changes" } { "All " (grouped(cells)) " changes" } }
                    } @else if self.changes.len() == CHANGES as usize {
                        p { a href={ (self.here()) "/changes" } { "All changes" } }
                    }
                }
            }
        }
    }

    fn left_out_section(&self) -> Markup {
        let all = self.counts().left_out;
        let more = all - self.left_out.len() as i64;
        html! {
            @if !self.left_out.is_empty() {
                section aria-labelledby="left-out" {
                    h2 #left-out tabindex="-1" { (counted(all, "user is", "users are")) " left out" }
                    form method="post" action={ (self.here()) "/fixes" } data-swap {
                        ul.kinds { @for row in &self.left_out { (self.left_out_row(row)) } }
                    }
                    @if more > 0 {
                        p {
                            (grouped(more)) " more are not listed here. "
                            a href={ (self.here()) "/report" } download { "Download all rows that are left out or have problems" }
                        }
                    }
                }
            }
        }
    }

    fn left_out_row(&self, row: &LeftOutRow) -> Markup {
        let name = if row.name.is_empty() { "No name" } else { &row.name };
        html! {
            li {
                p {
                    @if row.row > 0 { span.muted { "Row " (row.row) ": " } }
                    @if let Some(user) = row.user {
                        a href={ "/o/" (self.seen.actor.account.slug) "/users/" (user) } dir="auto" { (name) }
                    } @else { span dir="auto" { (name) } " " span.tag { "without a User ID" } }
                }
                @if self.may_edit() && row.row > 0 {
                    button.small.plain type="submit" name={ "out." (target::in_file(row.file, row.row)) } value="0"
                        aria-label={ "Take in again: row " (row.row) ", " (name) } { "Take in again" }
                }
            }
        }
    }

    fn finish(&self) -> Markup {
        let counts = self.counts();
        let blocked = counts.errors > 0 || counts.conflicts > 0;
        html! {
            @if self.may_edit() {
                form.row method="post" action={ (self.here()) "/complete" } {
                    input type="hidden" name="plan" value=(self.seen.import.plan);
                    button.primary type="submit" { (if blocked { "Complete".to_owned() } else { consequence(counts) }) }
                    @if blocked && counts.users_to_edit + counts.users_to_create > 0 {
                        button type="submit" name="leave_out" value="1" { (consequence(counts)) }
                        span.muted { "What is left out can be downloaded afterwards." }
                    }
                    @if blocked { span.muted { (waiting(counts, self.without_id)) } }
                }
                form method="post" action={ (self.here()) "/cancel" } { button.plain type="submit" { "Cancel the import" } }
            } @else {
                p.muted { "You may look at this import; completing it takes an editor." }
            }
        }
    }
}

/// What can be decided about the cells of a warning, as the form sends it, and the words on the button.
fn decision(warning: &Warning) -> Option<(String, String)> {
    let key = warning.place.split(':').next().unwrap_or_default();
    let of_column = |decision: Decision| format!("{}:{key}", decision.word());
    let all = if warning.cells == 1 { String::new() } else { format!(" all {}", grouped(warning.cells)) };
    match warning.code {
        Code::DamageKept => {
            Some((of_column(Decision::DamageMeant), "It was meant: use the file’s".to_owned()))
        }
        Code::Cleared if all.is_empty() => {
            Some((of_column(Decision::KeepValues), "Keep the value".to_owned()))
        }
        Code::Cleared => Some((of_column(Decision::KeepValues), format!("Keep{all}"))),
        Code::ManyZeros => Some((of_column(Decision::KeepEmpty), "Leave them empty".to_owned())),
        Code::PointsLost => Some((of_column(Decision::KeepPoints), "Keep the old numbers".to_owned())),
        Code::PutBack => Some((Decision::PutBack.word().to_owned(), "Use the file’s".to_owned())),
        _ => None,
    }
}

fn tile(number: i64, one: &str, many: &str, address: &str, class: &str) -> Markup {
    let words =
        html! { strong { (grouped(number)) } " " span { @if number == 1 { (one) } @else { (many) } } };
    html! {
        li class=(class) {
            @if address.is_empty() || number == 0 { div { (words) } } @else { a href=(address) { (words) } }
        }
    }
}

/// What the button will do: "Update 304 users, leave out 8".
fn consequence(counts: &Counts) -> String {
    let mut parts = vec![update_button(counts)];
    let left_out = counts.rows_with_errors + counts.left_out;
    if left_out > 0 {
        parts.push(format!("leave out {}", grouped(left_out)));
    }
    if counts.conflicts > 0 {
        parts.push(format!("keep {} as now", counted(counts.conflicts, "conflict", "conflicts")));
    }
    parts.join(", ")
}

/// What is in the way.
fn waiting(counts: &Counts, without_id: i64) -> String {
    let mut parts = Vec::new();
    let errors = counts.errors - without_id;
    if errors > 0 {
        parts.push(counted(errors, "problem", "problems"));
    }
    if without_id > 0 {
        parts.push(counted(without_id, "row without a User ID", "rows without a User ID"));
    }
    if counts.conflicts > 0 {
        parts.push(counted(counts.conflicts, "open conflict", "open conflicts"));
    }
    let one = counts.errors + counts.conflicts == 1;
    format!("{} {} in the way.", listed(&parts), if one { "is" } else { "are" })
}

/// Whether one value can be right for all cells of a group: not where each must have its own, and not for a single cell of which nobody
/// knows what is right, because that is edited in the table.
fn can_be_alike(group: &ReviewGroup) -> bool {
    !matches!(
        group.code,
        Code::LoginInUse
            | Code::NotUnique
            | Code::NoSignIn
            | Code::UserIdDamaged
            | Code::UserIdUnknown
            | Code::UserIdDuplicate
    ) && group.field.as_ref().is_some_and(|field| !field.read_only)
        && (group.cells > 1 || !group.suggestions.is_empty())
}

/// The nearest value is filled in, not applied.
fn value_input(id: &str, field: &Field, group: &ReviewGroup) -> Markup {
    let best = group.suggestions.first().map_or("", String::as_str);
    html! {
        @if field.kind == Kind::Choice {
            select id=(id) name="group.value" {
                @if best.is_empty() { option value="" { "no value" } }
                @for choice in field.choices.iter().filter(|choice| !choice.retired) {
                    option value=(choice.label) selected[choice.label == best] { (choice.label) }
                }
            }
        } @else {
            input id=(id) name="group.value" value=(best) dir="auto" autocomplete="off";
        }
    }
}

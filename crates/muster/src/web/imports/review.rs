//! Review: what will change, what is wrong, what has to be chosen; and the button that says what it will do.

use directory::{
    Allowance, Code, Counts, Field, Kind, grouped, new_since, rows_without_id, standard, step_of_fixes,
    update_button,
};
use import::{self, LeftOutRow, ReviewChange, ReviewConflict, ReviewGroup};
use maud::{Markup, html};
use sentences::say;
use store::{CountedFile, ImportKind, KeptStep, PageStart, Result, Warning};

use super::answers::answers;
use super::changes::{Tense, changes_table};
use super::conflicts;
use super::damaged;
use super::fix_grid::Grid;
use super::further;
use super::list::name_of;
use super::notice::Notice;
use super::target;
use super::viewed::{Viewed, address};
use crate::access::{Action, may};
use crate::app::App;
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::moment;
use crate::web::frame::words::listed;
use crate::web::frame::words::say_markup;

/// How much of each kind stands on this page; the rest is on pages of its own.
const GROUPS: u32 = 20;
const CONFLICTS: u32 = 25;
const CHANGES: u32 = 50;
const LEFT_OUT: u32 = 50;
const DAMAGED: u32 = 100;

/// What the page shows.
struct ReviewPage {
    viewed: Viewed,
    grid: Grid,
    groups: Vec<ReviewGroup>,
    /// Problems of several cells for each of which one value is offered.
    suggested: Vec<ReviewGroup>,
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
    /// The users that the organisation has and may have, when more are to be created than that.
    beyond: Option<Allowance>,
}

/// The page.
pub(super) fn page(app: &App, viewed: Viewed, notice: Option<Notice>) -> Result<Markup> {
    let import = &viewed.import;
    let mut warnings = import::warnings(app, import)?;
    // What asks for an answer comes first.
    warnings.sort_by_key(|(warning, _)| !warning.code.asks() && answers(warning).len() < 2);
    let page = ReviewPage {
        grid: Grid::load(app, import, PageStart::Start)?,
        groups: import::groups(app, import, GROUPS)?
            .into_iter()
            .filter(|group| group.code != Code::UserIdMissing)
            .collect(),
        suggested: import::suggested(app, import)?,
        without_id: import::rows_without_id(app, import)?,
        left_out: import::left_out(app, import, LEFT_OUT)?,
        conflicts: import::conflicts(app, import, PageStart::Start, CONFLICTS)?.items,
        changes: import::changes(app, import, PageStart::Start, CHANGES)?.items,
        warnings,
        files: app.store.files(import.account, import.id)?,
        damaged: import::damaged(app, import, DAMAGED)?,
        steps: import::fix_steps(app, import)?,
        beyond: app.store.users_beyond(import.account, import.counts.users_to_create)?,
        viewed,
    };
    Ok(page.markup(notice))
}

impl ReviewPage {
    fn counts(&self) -> &Counts {
        &self.viewed.import.counts
    }

    fn here(&self) -> String {
        address(&self.viewed.actor, self.viewed.import.id)
    }

    fn may_edit(&self) -> bool {
        may(self.viewed.actor.role, Action::Edit)
    }

    fn markup(&self, notice: Option<Notice>) -> Markup {
        let mut frame = Frame::new(&self.viewed.actor, Part::Imports, say!("review-review-the-import"));
        let import = &self.viewed.import;
        // Why a further file was not added, until something else is said.
        let refused = import.failure.as_ref().map(|failure| (Tone::Bad, html! { (failure.sentence()) }));
        frame.banner = notice.map(Notice::banner).or(refused);
        frame.page(&html! {
            h1 { (say!("review-review-the-import")) }
            p.muted {
                (say_markup!(
                    "review-started",
                    file = html! { span.file dir="auto" { (name_of(import)) } },
                    who = self.viewed.actor_of_import(),
                    when = moment::moment(import.created_at)
                ))
            }
            @if import.new_cells > 0 { p.banner.note #new-since { span.icon aria-hidden="true" { "i" } span { (new_since(import.new_cells)) } } }
            div data-part="summary" #summary { (self.summary()) }
            @if let Some(users) = self.beyond {
                p.banner.bad #beyond { span.icon aria-hidden="true" { "!" } span { (users.creation_refused(self.counts().users_to_create)) } }
            }
            div data-part="steps" #steps-part { (self.steps_section()) }
            div data-part="without-id" #without-id-part { (self.question()) }
            div data-part="problems" #problems-part { (self.problems()) }
            div data-part="conflicts" #conflicts-part { (self.conflict_section()) }
            div data-part="warnings" #warnings-part { (self.warning_section()) }
            div data-part="changes" #changes-part { (self.change_section()) }
            (further::section(&self.viewed, &self.files))
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
                (tile(counts.users_to_edit, &say!("tile-users", count = counts.users_to_edit), "#changes", "good"))
                @if counts.users_to_create > 0 {
                    (tile(counts.users_to_create, &say!("tile-created", count = counts.users_to_create), "#changes", "good"))
                }
                @if self.without_id > 0 {
                    (tile(self.without_id, &say!("tile-without-id", count = self.without_id), "#without-id", "wait"))
                }
                @let errors = self.errors();
                (tile(errors, &say!("tile-problems", count = errors), "#problems", if errors > 0 { "bad" } else { "calm" }))
                @if counts.conflicts > 0 { (tile(counts.conflicts, &say!("tile-conflicts", count = counts.conflicts), "#conflicts", "wait")) }
                @if counts.cells_to_clear > 0 {
                    (tile(counts.cells_to_clear, &say!("tile-cleared", count = counts.cells_to_clear), "#changes", "wait"))
                }
                @if counts.left_out > 0 { (tile(counts.left_out, &say!("tile-left-out", count = counts.left_out), "#left-out", "calm")) }
                @if unchanged > 0 { (tile(unchanged, &say!("tile-unchanged", count = unchanged), "", "calm")) }
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
                            button type="submit" name="without_id.all" value="create" { (say!("review-create", users = self.without_id)) }
                            button.plain type="submit" name="without_id.all" value="leave_out" {
                                @if self.without_id == 1 { (say!("review-leave-it-out")) } @else { (say!("review-leave-them-out")) }
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
                    h2 #problems tabindex="-1" { (say!("review-problems", problems = errors)) }
                    @if self.may_edit() && !self.suggested.is_empty() { (self.all_suggested()) }
                    @if self.may_edit() && !self.groups.is_empty() {
                        ul.kinds { @for (place, group) in self.groups.iter().enumerate() { (self.group(place, group)) } }
                    }
                    (self.grid.markup(&self.viewed.actor, &self.here(), ""))
                    @if let Some(next) = self.grid.next() {
                        p {
                            (say_markup!("review-further", link = html! {
                                a href={ (self.here()) "/problems" (next) } { (say!("review-further-problems")) }
                            }))
                        }
                    }
                    (self.in_a_spreadsheet())
                }
            }
        }
    }

    /// The other way to put problems right: in a spreadsheet.
    fn in_a_spreadsheet(&self) -> Markup {
        html! {
            // Of a rule there is no file whose rows these are.
            @if self.viewed.import.kind != ImportKind::Rule { p {
                (say_markup!("review-spreadsheet", link = html! {
                    a href={ (self.here()) "/report" } download { (say!("review-download-the-rows-with-problems")) }
                }))
            } }
        }
    }

    /// What is offered for the cells of a column, to be taken in one step.
    fn all_suggested(&self) -> Markup {
        let of = |group: &ReviewGroup| {
            let field = group.field.clone()?;
            Some((field, group.value.clone()?, group.suggestions.first()?.clone()))
        };
        html! {
            ul.kinds {
                @for (group, (field, value, offered)) in self.suggested.iter().filter_map(|group| Some((group, of(group)?))) {
                    li {
                        div.kind {
                            p { span.badge.bad { (say!("review-cells", cells = group.cells)) } " " (say!("review-suggested", title = &field.title)) }
                            p.muted {
                                (say_markup!("review-suggested-example", value = html! { bdi { "“" (value) "”" } },
                                    offered = html! { bdi { "“" (offered) "”" } }))
                            }
                        }
                        form.row method="post" action={ (self.here()) "/fixes" } data-swap {
                            button type="submit" name="suggested.all" value={ (group.code.word()) ":" (field.key) } {
                                (say!("review-take-suggestions", cells = group.cells))
                            }
                        }
                    }
                }
            }
        }
    }

    fn group(&self, place: usize, group: &ReviewGroup) -> Markup {
        let (change_to, change) = match group.cells {
            1 => (say!("review-change-one-to").to_owned(), say!("review-change-one").to_owned()),
            cells => (say!("review-change-all-to", cells = cells), say!("review-change-all", cells = cells)),
        };
        html! {
            li {
                div.kind {
                    p { span.badge.bad { (say!("review-cells", cells = group.cells)) } " " (group.message) }
                    @if let (Some(value), true) = (&group.value, group.field.is_some()) {
                        p.muted { (say_markup!("review-value", value = html! { bdi { "“" (value) "”" } })) }
                    }
                }
                form.row method="post" action={ (self.here()) "/fixes" } data-swap {
                    input type="hidden" name="group.code" value=(group.code.word());
                    input type="hidden" name="group.field" value=(group.field.as_ref().map_or(standard::USER, |field| field.number).0);
                    @if let Some(value) = &group.value { input type="hidden" name="group.text" value=(value); }
                    @if let Some(field) = group.field.as_ref().filter(|_| can_be_alike(group)) {
                        label for={ "kind-" (place) } { (change_to) }
                        (value_input(&format!("kind-{place}"), field, group))
                        button type="submit" { (change) }
                    }
                    button.plain type="submit" name="group.out" value="1" formnovalidate {
                        @if group.cells == 1 { (say!("review-leave-this-user-out")) } @else { (say!("review-leave-these-users-out")) }
                    }
                }
            }
        }
    }

    fn conflict_section(&self) -> Markup {
        html! {
            @if !self.conflicts.is_empty() {
                section aria-labelledby="conflicts" {
                    h2 #conflicts tabindex="-1" { (say!("conflicts-conflicts")) }
                    (conflicts::form(&self.viewed.actor, &self.viewed.import, &self.conflicts, ""))
                    @if self.conflicts.len() == CONFLICTS as usize {
                        p { a href={ (self.here()) "/conflicts" } { (say!("review-all-conflicts")) } }
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
                            (say!("review-undo", step = step_of_fixes(&step.kind, step.fixes)))
                        }
                    }
                    @if let Some(step) = redo {
                        button.plain type="submit" name="turn" value="redo" data-turn="redo" {
                            (say!("review-redo", step = step_of_fixes(&step.kind, step.fixes)))
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
                    h2 #warnings tabindex="-1" { (say!("review-worth-knowing")) }
                    form method="post" action={ (self.here()) "/fixes" } data-swap {
                        ul.warnings { @for (warning, sentence) in &self.warnings { (self.warning(warning, sentence)) } }
                    }
                    (damaged::list(&self.viewed.actor, &self.here(), &self.damaged))
                }
            }
        }
    }

    /// A warning, and the clicks each of which decides about all of its cells.
    fn warning(&self, warning: &Warning, sentence: &str) -> Markup {
        html! {
            li {
                span.icon aria-hidden="true" { (if warning.code.asks() { "?" } else { "i" }) }
                span { (sentence) }
                @if self.may_edit() {
                    @for (decide, words) in answers(warning) {
                        button.small.plain type="submit" name="decide" value=(decide)
                            aria-label=(say!("review-labelled", words = &words, sentence = sentence)) { (words) }
                    }
                }
            }
        }
    }

    fn change_section(&self) -> Markup {
        let cells = self.counts().cells_to_edit;
        html! {
            section aria-labelledby="changes" {
                h2 #changes tabindex="-1" { (say!("changes-what-will-change")) }
                @if self.changes.is_empty() {
                    p.muted { (say!("review-nothing-as-it-stands")) }
                } @else {
                    (changes_table(&self.viewed.actor, &self.changes, Tense::Future))
                    @if cells > self.changes.len() as i64 {
                        p { a href={ (self.here()) "/changes" } { (say!("review-all-of-changes", changes = cells)) } }
                    } @else if self.changes.len() == CHANGES as usize {
                        p { a href={ (self.here()) "/changes" } { (say!("review-all-changes")) } }
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
                    h2 #left-out tabindex="-1" { (say!("review-left-out", users = all)) }
                    form method="post" action={ (self.here()) "/fixes" } data-swap {
                        ul.kinds { @for row in &self.left_out { (self.left_out_row(row)) } }
                    }
                    @if more > 0 {
                        p {
                            (say_markup!("review-more-left-out", rows = more, link = html! {
                                a href={ (self.here()) "/report" } download { (say!("review-download-all-rows-that-are")) }
                            }))
                        }
                    }
                }
            }
        }
    }

    fn left_out_row(&self, row: &LeftOutRow) -> Markup {
        let name = if row.name.is_empty() { say!("review-no-name") } else { &row.name };
        html! {
            li {
                p {
                    @if row.row > 0 { span.muted { (say!("review-row", row = row.row.to_string())) " " } }
                    @if let Some(user) = row.user {
                        a href={ "/o/" (self.viewed.actor.account.slug) "/users/" (user) } dir="auto" { (name) }
                    } @else { span dir="auto" { (name) } " " span.tag { (say!("review-without-a-user-id")) } }
                }
                @if self.may_edit() && row.row > 0 {
                    button.small.plain type="submit" name={ "out." (target::in_file(row.file, row.row)) } value="0"
                        aria-label=(say!("review-take-in-row", row = row.row.to_string(), person = name)) { (say!("review-take-in-again")) }
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
                    input type="hidden" name="plan" value=(self.viewed.import.plan);
                    button.primary type="submit" { (if blocked { say!("review-complete").to_owned() } else { consequence(counts) }) }
                    @if blocked && counts.users_to_edit + counts.users_to_create > 0 {
                        button type="submit" name="leave_out" value="1" { (consequence(counts)) }
                        span.muted { (say!("review-what-is-left-out-can")) }
                    }
                    @if blocked { span.muted { (waiting(counts, self.without_id)) } }
                }
                form method="post" action={ (self.here()) "/cancel" } { button.plain type="submit" { (say!("review-cancel-the-import")) } }
            } @else {
                p.muted { (say!("review-you-may-look-at-this")) }
            }
        }
    }
}

fn tile(number: i64, what: &str, address: &str, class: &str) -> Markup {
    let words = html! { strong { (grouped(number)) } " " span { (what) } };
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
        parts.push(say!("review-leave-out-too", users = left_out));
    }
    if counts.conflicts > 0 {
        parts.push(say!("review-keep-conflicts", conflicts = counts.conflicts));
    }
    parts.join(", ")
}

/// What is in the way.
fn waiting(counts: &Counts, without_id: i64) -> String {
    let mut parts = Vec::new();
    let errors = counts.errors - without_id;
    if errors > 0 {
        parts.push(say!("review-counted-problems", problems = errors));
    }
    if without_id > 0 {
        parts.push(say!("review-counted-rows-without-id", rows = without_id));
    }
    if counts.conflicts > 0 {
        parts.push(say!("review-counted-open-conflicts", conflicts = counts.conflicts));
    }
    say!("review-in-the-way", number = counts.errors + counts.conflicts, what = listed(&parts))
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
                @if best.is_empty() { option value="" { (say!("review-no-value")) } }
                @for choice in field.choices.iter().filter(|choice| !choice.retired) {
                    option value=(choice.label) selected[choice.label == best] { (choice.label) }
                }
            }
        } @else {
            input id=(id) name="group.value" value=(best) dir="auto" autocomplete="off";
        }
    }
}

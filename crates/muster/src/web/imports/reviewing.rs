//! What every page of a review has around its own part: what is reviewed, the parts with their counts, the steps that can be taken back,
//! and the bar with the way out.

use directory::{Allowance, DateOrder, new_since, step_of_fixes, update_button};
use import::{self};
use maud::{Markup, html};
use sentences::say;
use store::{CountedFile, ImportKind, ImportState, KeptStep, Result};

use super::further;
use super::grid_words::words;
use super::list::name_of;
use super::notice::Notice;
use super::place::{Place, Tally};
use super::viewed::{Viewed, address};
use crate::access::{Action, may};
use crate::app::App;
use crate::web::frame::components::action::{self, Weight};
use crate::web::frame::components::bar;
use crate::web::frame::components::menu;
use crate::web::frame::components::tabs::tabs;
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::moment;
use crate::web::frame::words::{listed, say_markup};

/// An import in review, and what its pages say of it as a whole.
pub(super) struct Reviewing {
    pub(super) viewed: Viewed,
    pub(super) tally: Tally,
    /// The files that count, in the order in which they came.
    files: Vec<CountedFile>,
    /// The steps of fixes that would be undone, and made again.
    steps: [Option<KeptStep>; 2],
    /// Kinds of changes that hit many users hard, with how many.
    pub(super) blasts: Vec<(directory::BlastKind, i64)>,
    /// Whether its file was made of a table that Muster did not write.
    is_table: bool,
    /// The users that the organisation has and may have, when more are to be created than that.
    beyond: Option<Allowance>,
}

/// A page of a review: its own part in the frame of all.
pub(super) struct Shown {
    /// Which it is; none for a question about the whole.
    pub(super) place: Option<Place>,
    pub(super) notice: Option<Notice>,
    pub(super) part: Markup,
    /// Whether the bar stands below.
    pub(super) bar: bool,
}

impl Reviewing {
    /// What the pages need; none when the import is not in review.
    pub(super) fn load(app: &App, viewed: Viewed) -> Result<std::result::Result<Self, Viewed>> {
        let import = &viewed.import;
        if import.state != ImportState::Review {
            return Ok(Err(viewed));
        }
        Ok(Ok(Self {
            tally: Tally::of(app, import)?,
            is_table: app.store.said_matching(import.account, import.id)?.is_some(),
            files: app.store.files(import.account, import.id)?,
            steps: import::fix_steps(app, import)?,
            blasts: import::blasts(app, import)?,
            beyond: app.store.users_beyond(import.account, import.counts.users_to_create)?,
            viewed,
        }))
    }

    /// The address of the import.
    pub(super) fn here(&self) -> String {
        address(&self.viewed.actor, self.viewed.import.id)
    }

    /// Whether who looks may change it.
    pub(super) fn may_edit(&self) -> bool {
        may(self.viewed.actor.role, Action::Edit)
    }

    /// The whole page.
    pub(super) fn page(&self, shown: &Shown) -> Markup {
        let import = &self.viewed.import;
        let name = name_of(import);
        let title = say!("review-title", part = shown.place.map_or("", Place::title), file = &name);
        let mut frame = Frame::new(&self.viewed.actor, Part::Imports, &title);
        // Why a further file was not added, until something else is said.
        let refused = import.failure.as_ref().map(|failure| (Tone::Bad, html! { (failure.sentence()) }));
        frame.banner = shown.notice.map(Notice::banner).or(refused);
        frame.bar = shown.bar.then(|| self.bar(shown.place));
        let has_problems = shown.place == Some(Place::Problems) && self.tally.problems > 0;
        frame.skip = has_problems.then_some(("problems-part", say!("fix-grid-skip")));
        frame.page(&html! {
            (self.head(&name))
            // What the modules have to know, and the words that they say.
            div hidden data-part="review" data-plan=(import.plan) data-address=(self.here()) data-email=(self.viewed.actor.name) data-words=(words()) {}
            @if import.new_cells > 0 { p.banner.note #new-since { span.icon aria-hidden="true" { "i" } span { (new_since(import.new_cells)) } } }
            @if let Some(users) = self.beyond {
                p.banner.bad #beyond { span.icon aria-hidden="true" { "!" } span { (users.creation_refused(import.counts.users_to_create)) } }
            }
            div data-part="tabs" #review-tabs { (tabs(say!("review-parts"), &self.tally.tabs(&self.here(), shown.place))) }
            div data-part="steps" #steps-part { (self.steps_section(shown.place)) }
            (shown.part)
        })
    }

    fn head(&self, name: &str) -> Markup {
        let import = &self.viewed.import;
        html! {
            div.head.wrap {
                div {
                    h1 { (say_markup!("review-heading", file = html! { span.file dir="auto" { (name) } })) }
                    p.muted.small {
                        @let (who, when) = (self.viewed.actor_of_import(), moment::moment(import.created_at));
                        @if import.kind == ImportKind::File { (say_markup!("review-started", who = who, when = when)) }
                        @else { (say_markup!("review-begun", who = who, when = when)) }
                    }
                    // For eyes alone, where the bar has no room for a line of its own; whoever listens hears it there.
                    @if let Some(read) = self.dates_read() { p.muted.small.dates-read aria-hidden="true" { (read) } }
                    @if let Some(note) = &import.note { p.small #note { (say_markup!("review-note", note = html! { bdi { (note) } })) } }
                }
                @if self.may_edit() {
                    span.end {
                        @if import.kind == ImportKind::File { (menu::worded(say!("further-another-file"), false, &further::form(&self.viewed, &self.files))) }
                        (menu::worded(say!("review-more"), true, &self.more()))
                    }
                }
            }
        }
    }

    /// What else can be done with the import: a note, and giving it up.
    fn more(&self) -> Markup {
        html! {
            div.sheet {
                @if self.is_table {
                    p { (action::go(Weight::Plain, &format!("{}/match", self.here()), say!("matching-again"))) }
                }
                (note_form(&self.here(), self.viewed.import.note.as_deref(), "note-text"))
                p { (action::go(Weight::Danger, &format!("{}/cancel", self.here()), say!("review-cancel-the-import"))) }
            }
        }
    }

    /// Undo and redo of what was put right here.
    fn steps_section(&self, place: Option<Place>) -> Markup {
        let [undo, redo] = &self.steps;
        html! {
            @if self.may_edit() && (undo.is_some() || redo.is_some()) {
                form.row.steps-taken method="post" action={ (self.here()) "/fixes" } data-swap {
                    @if let Some(place) = place { input type="hidden" name="back" value=(place.word()); }
                    @if let Some(step) = undo {
                        button.quiet type="submit" name="turn" value="undo" data-turn="undo" {
                            (say!("review-undo", step = step_of_fixes(&step.kind, step.fixes)))
                        }
                    }
                    @if let Some(step) = redo {
                        button.quiet type="submit" name="turn" value="redo" data-turn="redo" {
                            (say!("review-redo", step = step_of_fixes(&step.kind, step.fixes)))
                        }
                    }
                }
            }
        }
    }

    /// The bar below every page of a review.
    fn bar(&self, place: Option<Place>) -> Markup {
        let read = self.dates_read();
        let words = html! {
            // The words that say more than the drawing have its room.
            @if read.is_none() { (bar::meter(&say!("bar-share", ready = self.tally.ready, all = self.tally.all()), self.tally.ready, self.tally.undecided, self.tally.all())) }
            span.sums {
                (self.sums())
                @if let Some(read) = &read { " " span.muted.small #dates-read { span.hidden aria-hidden="true" { "· " } (read) } }
            }
        };
        html! { div data-part="finish" #finish { (bar::bar(&words, &self.buttons(place))) } }
    }

    /// How dates were read, said by one that could be read otherwise: "01/03/2024 was read as 1 March 2024: day first, your setting".
    pub(super) fn dates_read(&self) -> Option<String> {
        let (typed, stored) = self.viewed.import.date_read.as_ref()?;
        let date: jiff::civil::Date = stored.parse().ok()?;
        let is_day_first = typed.split(['/', '.', '-']).next()?.parse() == Ok(date.day());
        let of_setting = match self.viewed.actor.account.reading.date_order {
            DateOrder::DayMonthYear => is_day_first,
            DateOrder::MonthDayYear => !is_day_first,
            DateOrder::YearMonthDay => false,
        };
        let how = match (is_day_first, of_setting) {
            (true, true) => say!("dates-day-first-setting"),
            (true, false) => say!("dates-day-first-file"),
            (false, true) => say!("dates-month-first-setting"),
            (false, false) => say!("dates-month-first-file"),
        };
        let date = import::told_day(date);
        Some(say!("dates-read", typed = typed, date = date, how = how))
    }

    /// "117 of 436 users ready · 312 have problems, 3 a conflict, 4 are new".
    fn sums(&self) -> Markup {
        let tally = &self.tally;
        let parts: Vec<String> = [
            (tally.wrong, say!("bar-wrong", users = tally.wrong)),
            (tally.undecided, say!("bar-undecided", users = tally.undecided)),
            (tally.without_id, say!("bar-without-id", users = tally.without_id)),
            (tally.with_support, say!("bar-with-support", users = tally.with_support)),
            (tally.left_out, say!("bar-left-out", users = tally.left_out)),
        ]
        .into_iter()
        .filter(|(users, _)| *users > 0)
        .map(|(_, words)| words)
        .collect();
        html! {
            b { (say!("bar-ready", ready = tally.ready, all = tally.all())) }
            @if !self.blasts.is_empty() && self.may_edit() {
                " · " a href={ (self.here()) "/changes#look" } { (say!("bar-ticks-missing", ticks = self.blasts.len())) }
            }
            @if !parts.is_empty() { " " span.muted.not-small { "· " (listed(&parts)) } }
        }
    }

    /// The button that completes it. While something is red, to be chosen or to be said, that is the next step: it is filled on its own page,
    /// and the way there is on the others.
    fn buttons(&self, place: Option<Place>) -> Markup {
        if !self.may_edit() {
            return html! { span.muted { (say!("review-you-may-look-at-this")) } };
        }
        let (is_open, first) = (self.tally.is_open(), self.tally.first());
        // A page with something to do has a filled button of its own.
        let is_elsewhere = is_open && !place.is_some_and(|place| self.tally.is_open_at(place));
        html! {
            @if is_elsewhere {
                (action::go(Weight::Primary, &format!("{}/{}", self.here(), first.word()), first.next_step()))
            } @else if is_open && self.viewed.import.kind == ImportKind::File { a.button.not-small href={ (self.here()) "/report" } download { (say!("review-download-the-rows-with-problems")) } }
            form #finish-form method="post" action={ (self.here()) "/complete" } {
                input type="hidden" name="plan" value=(self.viewed.import.plan);
                @if is_open {
                    button class=(Weight::Ready.class()) type="submit" name="leave_out" value="1" {
                        @if !is_elsewhere { (self.consequence()) } @else {
                            span.not-small { (self.consequence()) }
                            // The next step stands beside it.
                            span.only-small { (update_button(&self.viewed.import.counts)) "…" }
                        }
                    }
                } @else {
                    (action::send(Weight::Primary, &update_button(&self.viewed.import.counts), None))
                }
            }
        }
    }

    /// What the button does while somebody is left out: "Update 117 now, leave out 319".
    pub(super) fn consequence(&self) -> String {
        let (counts, waiting) = (&self.viewed.import.counts, self.tally.waiting());
        let mut parts = vec![match counts.users_to_edit + counts.users_to_create {
            0 => say!("bar-change-nobody").to_owned(),
            _ => say!("bar-now", update = update_button(counts)),
        }];
        if waiting > 0 {
            parts.push(say!("review-leave-out-too", users = waiting));
        } else {
            parts.push(say!("review-keep-conflicts").to_owned());
        }
        let dots = if self.tally.leaves_many() { "…" } else { "" };
        parts.join(", ") + dots
    }
}

/// The form of the note on an import.
pub(super) fn note_form(here: &str, note: Option<&str>, id: &str) -> Markup {
    html! {
        form.field method="post" action={ (here) "/note" } {
            label for=(id) { (say!("review-note-label")) }
            input id=(id) name="note" value=(note.unwrap_or("")) maxlength="300" dir="auto" autocomplete="off" aria-describedby={ (id) "-hint" };
            p.hint id={ (id) "-hint" } { (say!("review-note-hint")) }
            p { (action::send(Weight::Plain, say!("review-note-save"), None)) }
        }
    }
}

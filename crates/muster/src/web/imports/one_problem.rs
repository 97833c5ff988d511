//! One problem at a time: for narrow windows, for those who have enlarged the page, and without script. What the user has, what the file
//! says, what is wrong with that, and what can be done.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::{Code, Field, Place, UserId, grouped};
use import::{self, ReviewIssue, ReviewKind, ReviewRow};
use maud::{Markup, html};
use sentences::say;
use store::{Import, Page, PageStart, Result};

use super::editors::editor;
use super::fix_grid::{ALL, holders, is_about_id, wrong_words};
use super::kinds::{key_of, kind_of, kind_title, kind_word, kind_words};
use super::notice::Notice;
use super::place;
use super::reviewing::{Reviewing, Shown};
use super::viewed::{Viewed, address};
use super::{target, ticket};
use crate::app::App;
use crate::web::frame::components::action::{self, Weight};
use crate::web::frame::errors::Answer;
use crate::web::frame::pages::PageAt;
use crate::web::frame::reply::{escaped, see};
use crate::web::frame::sent::Query;

/// So many rows without a User ID are passed over, one after the other, to the next problem.
const SKIPPED: u32 = 1_000;

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    Query(at): Query<PageAt>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    Ok(app.run(move |app| page(app, viewed, &at, &pairs)).await?)
}

/// The problem that is shown, and what is around it.
struct OneProblem<'p> {
    of: &'p Reviewing,
    issue: ReviewIssue,
    row: ReviewRow,
    people: BTreeMap<UserId, String>,
    /// Of which kind it is shown; none where all are.
    kind: Option<ReviewKind>,
    /// Where the problems before and after it are; how many come before it.
    page: Page<()>,
    passed: u64,
    /// What leads to this very problem again.
    at: String,
}

fn page(app: &App, viewed: Viewed, at: &PageAt, pairs: &[(String, String)]) -> Result<Response> {
    let of = match Reviewing::load(app, viewed)? {
        Ok(of) => of,
        Err(viewed) => return Ok(see(&address(&viewed.actor, viewed.import.id)).into_response()),
    };
    let text = |name: &str| pairs.iter().find(|(of, _)| of == name).map_or("", |(_, value)| value.as_str());
    let import = &of.viewed.import;
    let kinds = import::kinds(app, import)?;
    let first = || kinds.first().filter(|_| text("kind") != ALL);
    // A kind that is put right makes room for the next one.
    let kind = kind_of(&kinds, text("kind")).or_else(first).cloned();
    let mut found = issue_from(app, import, kind.as_ref(), at.from())?;
    let mut passed = at.passed;
    if found.items.is_empty() {
        // The last one was put right: what is left begins with the first.
        (found, passed) = (issue_from(app, import, kind.as_ref(), PageStart::Start)?, 0);
    }
    let Some(issue) = found.items.pop() else {
        return Ok(see(&format!("{}/problems", of.here())).into_response());
    };
    let fields = app.store.fields(import.account)?;
    let columns: Vec<Field> = issue.field.iter().cloned().collect();
    let row = import::rows(app, import, &[issue.place], &columns)?.into_iter().next();
    let row = row.unwrap_or(ReviewRow { place: issue.place, name: String::new(), values: BTreeMap::new() });
    let people = holders(app, import, &fields, std::slice::from_ref(&issue))?;
    let page = Page { items: vec![()], previous: found.previous, next: found.next };
    let at = match (text("after"), text("before")) {
        ("", "") => String::new(),
        ("", before) => format!("before={}&passed={passed}", escaped(before)),
        (after, _) => format!("after={}&passed={passed}", escaped(after)),
    };
    let one = OneProblem { of: &of, issue, row, people, kind, page, passed, at };
    let part = one.markup();
    let notice = Notice::read(pairs);
    Ok(of.page(&Shown { place: Some(place::Place::Problems), notice, part, bar: true }).into_response())
}

/// The problem at a place, alone.
fn issue_from(
    app: &App,
    import: &Import,
    kind: Option<&ReviewKind>,
    from: PageStart,
) -> Result<Page<ReviewIssue>> {
    if let Some(kind) = kind {
        return import::issues_of_kind(app, import, key_of(kind), from, 1);
    }
    let mut page = import::issues(app, import, from, 1)?;
    // What is to become of rows without a User ID is asked once for all of them.
    for _ in 0..SKIPPED {
        let on = match from {
            PageStart::Before(_) => page.previous.map(PageStart::Before),
            _ => page.next.map(PageStart::After),
        };
        match (page.items.first(), on) {
            (Some(issue), Some(on)) if issue.wrong.code == Code::UserIdMissing => {
                page = import::issues(app, import, on, 1)?;
            }
            _ => break,
        }
    }
    page.items.retain(|issue| issue.wrong.code != Code::UserIdMissing);
    Ok(page)
}

impl OneProblem<'_> {
    fn word(&self) -> String {
        self.kind.as_ref().map_or_else(|| ALL.to_owned(), kind_word)
    }

    fn all(&self) -> i64 {
        self.kind.as_ref().map_or(self.of.tally.problems, |kind| kind.cells)
    }

    fn markup(&self) -> Markup {
        let title = match &self.kind {
            Some(kind) => say!("problems-kind", field = kind_title(kind), wrong = kind_words(kind.code)),
            None => say!("problems-all").to_owned(),
        };
        html! {
            section.card.repair.one #problems-part tabindex="-1" aria-labelledby="one" data-part="problems" {
                h2 #one tabindex="-1" {
                    (say!("one-of", number = grouped(self.passed as i64 + 1), all = grouped(self.all())))
                    ": " (title)
                }
                dl.details {
                    dt { (say!("changes-user")) } dd { (self.who()) }
                    @if self.issue.row > 0 { dt { (say!("fix-grid-row")) } dd { (self.issue.row) @if let Some(part) = &self.issue.part { " " (say!("fix-grid-part", part = part.as_str())) } } }
                    @if let Some(field) = &self.issue.field {
                        @if let Some(value) = self.row.values.get(&field.number) {
                            dt { (say!("one-in-muster")) } dd dir="auto" { @if value.text.is_empty() { i { (say!("changes-empty")) } } @else { (field.said(&value.text)) } }
                        }
                    }
                    dt { (say!("one-the-file-says")) }
                    dd { strong dir="auto" { @if self.value().trim().is_empty() { i { (say!("changes-empty")) } } @else { (self.value()) } } }
                    dt { (say!("one-what-is-wrong")) }
                    dd #one-problem { (wrong_words(&self.of.viewed.actor, &self.issue, &self.people, self.ask())) }
                }
                @if self.of.may_edit() { (self.form()) }
                (self.beside())
            }
        }
    }

    /// Where support is asked about the cell.
    fn ask(&self) -> Option<String> {
        let target = target::of_issue(&self.issue).filter(|_| self.of.may_edit())?;
        Some(ticket::address_for(&self.of.here(), "cell", &target))
    }

    fn value(&self) -> &str {
        self.issue.value.as_deref().unwrap_or("")
    }

    fn who(&self) -> Markup {
        let name = &self.row.name;
        html! {
            @match self.issue.place {
                Place::User(user) => a href={ "/o/" (self.of.viewed.actor.account.slug) "/users/" (user) } dir="auto" { (name) },
                Place::Row { .. } if name.is_empty() => (say!("fix-grid-row-number", row = self.issue.row.to_string())),
                Place::Row { .. } => { span dir="auto" { (name) } " " span.muted { (say!("review-without-a-user-id")) } },
            }
        }
    }

    /// What can be done: type or choose, take an answer, leave the row out.
    fn form(&self) -> Markup {
        let row = target::in_file(self.issue.file, self.issue.row);
        let best = self.issue.wrong.suggestions.first().map(String::as_str);
        let named = match (&self.issue.field, target::of_issue(&self.issue)) {
            (Some(field), Some(target)) if !field.read_only => Some((format!("value.{target}"), target)),
            (None, _) if is_about_id(&self.issue) && self.issue.row > 0 => {
                Some((format!("names.{row}"), row.clone()))
            }
            _ => None,
        };
        html! {
            form.stack method="post" action={ (self.of.here()) "/fixes" } {
                input type="hidden" name="back" value="one";
                input type="hidden" name="kind" value=(self.word());
                input type="hidden" name="at" value=(self.at);
                input type="hidden" name="then" value=(self.then(self.passed));
                @if let Some((name, target)) = &named {
                    div.field {
                        label for="one-value" { (say!("one-becomes", field = self.issue.field.as_ref().map_or(say!("user-id"), |field| field.title()))) }
                        @match &self.issue.field {
                            Some(field) => { (editor(field, (name, "one-value", "one-problem"), self.value(), best)) }
                            None => { input #one-value name=(name) value=(best.unwrap_or(self.value())) autocomplete="off" spellcheck="false" aria-describedby="one-problem"; }
                        }
                        input type="hidden" name={ "was." (target) } value=(self.value());
                    }
                    div.row { (action::send(Weight::Primary, say!("one-save"), None)) }
                    @if self.issue.wrong.suggestions.len() > 1 {
                        div.row {
                            span { (say!("one-or")) }
                            @for answer in self.issue.wrong.suggestions.iter().skip(1).take(3) {
                                (action::answer(Weight::Plain, name, answer, answer))
                            }
                        }
                    }
                }
                @if self.issue.row > 0 {
                    div.row { (action::answer(Weight::Plain, &format!("out.{row}"), "1", say!("one-leave-out"))) }
                }
            }
        }
    }

    /// What leads to the problem after this one.
    fn then(&self, passed: u64) -> String {
        match self.page.next {
            Some(place) => format!("after={place}&passed={passed}"),
            None => String::new(),
        }
    }

    /// The problems before and after, and the table.
    fn beside(&self) -> Markup {
        let here = format!("{}/problems", self.of.here());
        let kind = escaped(&self.word());
        html! {
            nav.row aria-label=(say!("one-others")) {
                @if let Some(place) = self.page.previous {
                    a.button rel="prev" href={ (here) "/one?kind=" (kind) "&before=" (place) "&passed=" (self.passed.saturating_sub(1)) } { (say!("one-previous")) }
                }
                @if self.page.next.is_some() {
                    a.button rel="next" href={ (here) "/one?kind=" (kind) "&" (self.then(self.passed + 1)) } { (say!("one-next")) }
                }
                a.button.quiet href={ (here) "?kind=" (kind) } { (say!("one-table")) }
            }
        }
    }
}

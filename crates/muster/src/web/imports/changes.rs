//! Changes as tables: by field first, then "was" and "will be" by user and field.

use directory::{Kind, UserId};
use import::{ChangedLine, LineOf, ReviewChange};
use maud::{Markup, html};
use sentences::say;
use store::Becomes;

use super::target;
use crate::access::Actor;
use crate::web::frame::components::mark::{Of, arrow, mark};
use crate::web::frame::components::table::{Column, Width};
use crate::web::frame::reply::escaped;
use crate::web::frame::words::is_sign_in;

/// Whether changes are to come or have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Tense {
    /// Will be.
    Future,
    /// Was changed.
    Past,
}

/// What stands beside the users in a table of changes.
pub(in crate::web) trait BesideUser {
    /// A mark, in each line of the user; nothing of most.
    fn mark(&self, user: UserId) -> Markup;
    /// The tick by which they are chosen; nothing where nobody is.
    fn tick(&self, user: UserId, name: &str) -> Markup;
}

/// Nothing.
struct Nothing;

impl BesideUser for Nothing {
    fn mark(&self, _: UserId) -> Markup {
        Markup::default()
    }

    fn tick(&self, _: UserId, _: &str) -> Markup {
        Markup::default()
    }
}

/// The table: a body for each user, so that their name stands once.
pub(in crate::web) fn changes_table(actor: &Actor, changes: &[ReviewChange], tense: Tense) -> Markup {
    changes_table_with(actor, changes, tense, &Nothing)
}

/// The same, with what stands beside each user.
pub(in crate::web) fn changes_table_with(
    actor: &Actor,
    changes: &[ReviewChange],
    tense: Tense,
    beside: &impl BesideUser,
) -> Markup {
    let after = if tense == Tense::Future { say!("changes-will-be") } else { say!("changes-became") };
    html! {
        div.frame.tall role="region" aria-label=(say!("changes-changes-table")) tabindex="0" {
            table {
                colgroup { col.c-user; col.c-val.not-small; col.not-small; col; }
                thead { tr {
                    th scope="col" { (say!("changes-user")) }
                    th.not-small scope="col" { (say!("changes-field")) }
                    th.not-small scope="col" { (say!("changes-was")) }
                    th scope="col" { (after) }
                } }
                @for of_user in changes.chunk_by(same_user) {
                    tbody { @for (place, change) in of_user.iter().enumerate() {
                        (row(actor, change, (if place == 0 { of_user.len() } else { 0 }, tense), beside))
                    } }
                }
            }
        }
    }
}

fn same_user(one: &ReviewChange, next: &ReviewChange) -> bool {
    (one.user, one.created_by) == (next.user, next.created_by)
}

fn row(
    actor: &Actor,
    change: &ReviewChange,
    (span, tense): (usize, Tense),
    beside: &impl BesideUser,
) -> Markup {
    html! {
        tr {
            @if span > 0 {
                th scope="rowgroup" rowspan=(span) dir="auto" {
                    @if let Some(user) = change.user {
                        (beside.tick(user, &change.name))
                        a href={ "/o/" (actor.account.slug) "/users/" (user) } { (change.name) }
                    } @else {
                        @if !change.name.is_empty() { (change.name) " " }
                        (mark(Of::Good, say!("changes-new-user")))
                    }
                }
            }
            td.not-small { (what(change, tense)) }
            td.was.not-small { (value(&change.field.said(&change.before.1), false)) }
            td.empty[change.after.1.is_empty()] {
                (value(&change.field.said(&change.after.1), true))
                @if let Some(user) = change.user { span.beside-mark { (beside.mark(user)) } }
                small.only-small { (change.field.title()) ": " (value(&change.field.said(&change.before.1), false)) }
            }
        }
    }
}

/// The field, and what is to be known of the change.
fn what(change: &ReviewChange, tense: Tense) -> Markup {
    let place = change.place.filter(|_| tense == Tense::Future);
    html! {
        @match place {
            Some(place) => a href=(target::cell_address(place, &change.field.key)) { (change.field.title()) },
            None => (change.field.title()),
        }
        @if is_sign_in(&change.field) { " " (mark(Of::Wait, say!("changes-sign-in"))) }
        @if change.is_new { " " (new_mark()) }
    }
}

/// What stands beside something that review did not show when it was looked at.
pub(in crate::web) fn new_mark() -> Markup {
    mark(Of::Wait, say!("changes-new"))
}

fn value(text: &str, after: bool) -> Markup {
    html! {
        @if text.is_empty() { i { @if after { (say!("changes-cleared")) } @else { (say!("changes-empty")) } } }
        @else if after { ins dir="auto" { (text) } }
        @else { del dir="auto" { (text) } }
    }
}

/// Where a line of changes leads, and whether it is the one that is shown.
pub(super) trait Lines {
    /// The address of the users of a line.
    fn address(&self, line: &ChangedLine) -> Option<String>;
    /// Whether they are shown.
    fn is_here(&self, line: &ChangedLine) -> bool;
    /// What stands beside the line: a mark, a button.
    fn beside(&self, line: &ChangedLine) -> Markup;
    /// What stands beside the line of the new users.
    fn beside_new(&self) -> Markup {
        mark(Of::Good, say!("changes-new"))
    }
}

/// The table of the lines, by field.
pub(super) fn lines_table(lines: &[ChangedLine], new_users: i64, tense: Tense, of: &impl Lines) -> Markup {
    let is_past = tense == Tense::Past;
    let happens = if is_past { say!("changes-what-happened") } else { say!("changes-what-happens") };
    let columns = [
        Column::new(say!("changes-by-field"), Width::Middle),
        Column::new(say!("changes-users"), Width::Number).of_numbers(),
        Column::new(happens, Width::Rest),
        Column::new(say!("changes-note"), Width::Note),
    ];
    let label = if is_past { say!("changes-past-table") } else { say!("changes-by-field-table") };
    html! {
        div.frame.lines role="region" aria-label=(label) tabindex="0" {
            table.stack {
                colgroup { col.c-mid; col.c-n; col; col.c-note; }
                thead { tr { @for column in &columns { th.num[column.numbers] scope="col" { (column.words) } } } }
                tbody {
                    @for line in lines { (one_line(line, tense, of)) }
                    @if new_users > 0 {
                        tr {
                            th scope="row" { (say!("place-new-users")) }
                            td.num data-unit=(say!("changes-unit", users = new_users)) { (directory::grouped(new_users)) }
                            td.wide { @if is_past { (say!("changes-were-created")) } @else { (say!("changes-are-created")) } }
                            td.wide { (of.beside_new()) }
                        }
                    }
                }
            }
        }
    }
}

fn one_line(line: &ChangedLine, tense: Tense, of: &impl Lines) -> Markup {
    html! {
        tr.on[of.is_here(line)] {
            th scope="row" { (line.field.title()) }
            td.num data-unit=(say!("changes-unit", users = line.cells)) { (directory::grouped(line.cells)) }
            td.wide {
                @match of.address(line) {
                    Some(address) => a href=(address) aria-current=[of.is_here(line).then_some("true")] { (happens(line, tense)) },
                    None => (happens(line, tense)),
                }
            }
            td.wide { (of.beside(line)) }
        }
    }
}

/// What happens, in words: "→ Team Lead, from 31 different values".
fn happens(line: &ChangedLine, tense: Tense) -> Markup {
    let becomes = html! { b dir="auto" { (line.field.said(&line.becomes)) } };
    let was = line.field.said(&line.was);
    html! {
        @match &line.of {
            LineOf::One(Becomes::Empty) if tense == Tense::Past => { (say!("changes-is-empty")) }
            LineOf::One(Becomes::Empty) => { (say!("changes-will-be-empty")) }
            LineOf::One(_) if line.from == 1 && !line.was.is_empty() => { bdi { (was) } " " (arrow()) " " (becomes) }
            LineOf::One(_) if line.from > 1 => { (arrow()) " " (becomes) ", " (say!("changes-from-values", values = line.from)) }
            LineOf::One(_) => { (arrow()) " " (becomes) ", " (say!("changes-was-empty")) }
            LineOf::Domain(before, after) => { bdi { "@" (before) } " " (arrow()) " " b { bdi { "@" (after) } } }
            LineOf::Others(values) => {
                (say!("changes-other-values", values = *values)) ": "
                @if !line.was.is_empty() { bdi { (was) } " " } (arrow()) " " bdi { (line.field.said(&line.becomes)) }
            }
        }
    }
}

/// The marks of a line: what it does to those it is about.
pub(super) fn marks(line: &ChangedLine) -> Markup {
    let is_off =
        line.field.kind == Kind::Status && line.of == LineOf::One(Becomes::Value("inactive".to_owned()));
    html! {
        @if is_off { (mark(Of::Bad, say!("changes-cant-sign-in"))) }
        @else if line.of == LineOf::One(Becomes::Empty) { (mark(Of::Bad, say!("changes-cleared"))) }
        @else if is_sign_in(&line.field) { (mark(Of::Wait, say!("changes-affects-sign-in"))) }
    }
}

/// A line in an address: the field, and what it becomes where that is one value.
pub(super) fn line_query(line: &ChangedLine) -> String {
    match &line.of {
        LineOf::One(becomes) => {
            format!("field={}&becomes={}", escaped(&line.field.key), escaped(&becomes.words()))
        }
        _ => format!("field={}", escaped(&line.field.key)),
    }
}

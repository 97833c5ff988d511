//! What narrows the list of users: the filters in words, as chips that take them away, and the menus that offer more. All are links and
//! forms, so that every list has an address.

use directory::{Choice, Field, Fields, Kind, said_day};
use import::People;
use maud::{Markup, html};
use sentences::say;
use store::{AccountId, NO_VALUE, Result, SPAN};

use super::asked::{Asked, CHANGED_SINCE, SAVED, can_filter};
use crate::app::App;
use crate::web::frame::components::action::{Weight, send};
use crate::web::frame::components::chip;

/// Fields with a chip of their own; the others are behind "Filter".
const QUICK: usize = 3;

/// The filters as people read them, in their order.
pub(super) fn in_words(app: &App, account: AccountId, fields: &Fields, asked: &Asked) -> Result<Vec<String>> {
    let mut people = People::new(app, account, fields);
    let mut words = Vec::new();
    for (key, value) in asked.filters() {
        words.push(match fields.by_key(key) {
            Some(field) => field_in_words(&mut people, field, value)?,
            None => say!("filter-changed-since", day = said_day(value)),
        });
    }
    Ok(words)
}

fn field_in_words(people: &mut People<'_>, field: &Field, value: &str) -> Result<String> {
    let title = field.title();
    Ok(match value.split_once(SPAN) {
        _ if value == NO_VALUE => say!("filter-has-none", field = title),
        Some(("", last)) => say!("filter-until", field = title, last = field.said(last)),
        Some((first, "")) => say!("filter-from", field = title, first = field.said(first)),
        Some((first, last)) => {
            say!("filter-span", field = title, first = field.said(first), last = field.said(last))
        }
        None => say!("filter-is", field = title, value = field.said(&people.shown(field, Some(value))?)),
    })
}

/// The chips: what narrows the list, and what may.
pub(super) fn chips(fields: &Fields, asked: &Asked, words: &[String]) -> Markup {
    let offered = fields.current().filter(|field| is_quick(field) && asked.filter(&field.key).is_empty());
    html! {
        span.row.chips #chips {
            @for (place, words) in words.iter().enumerate() {
                (chip::pressed(words, &format!("users{}", asked.address_without(place))))
            }
            @for field in offered.take(QUICK) { (choices(asked, field)) }
            (chip::choices(say!("filter-more"), &form(fields, asked)))
        }
    }
}

fn choices(asked: &Asked, field: &Field) -> Markup {
    let links = html! {
        ul {
            @for (value, label) in options(field) {
                li { a href={ "users" (asked.address_with(&field.key, &value)) } dir="auto" { (label) } }
            }
        }
    };
    chip::choices(field.title(), &links)
}

/// All filters at once, as a form.
fn form(fields: &Fields, asked: &Asked) -> Markup {
    html! {
        form method="get" action="users" {
            input type="hidden" name="search" value=(asked.query.search);
            @if let Some(sort) = asked.sort_word() { input type="hidden" name="sort" value=(sort); }
            @if let Some(saved) = asked.saved { input type="hidden" name=(SAVED) value=(saved); }
            @for field in fields.current().filter(|field| is_offered(field)) { (control(field, asked)) }
            div.field {
                label for="filter-changed" { (say!("filter-changed-since-label")) }
                input #filter-changed type="date" name=(CHANGED_SINCE) value=(asked.filter(CHANGED_SINCE));
            }
            (send(Weight::Ready, say!("filter-show"), None))
        }
    }
}

fn control(field: &Field, asked: &Asked) -> Markup {
    let (id, chosen) = (format!("filter-{}", field.key), asked.filter(&field.key));
    match field.kind {
        Kind::Date => {
            let (first, last) = chosen.split_once(SPAN).unwrap_or_default();
            html! {
                fieldset.radios {
                    legend { (field.title()) }
                    span.row {
                        input type="date" name={ (field.key) ".from" } value=(first) aria-label=(say!("filter-first-day", field = field.title()));
                        input type="date" name={ (field.key) ".to" } value=(last) aria-label=(say!("filter-last-day", field = field.title()));
                    }
                }
            }
        }
        Kind::User => html! {
            fieldset.radios {
                legend { (field.title()) }
                label { input type="checkbox" name=(field.key) value=(NO_VALUE) checked[chosen == NO_VALUE]; (say!("filter-none")) }
                @if !chosen.is_empty() && chosen != NO_VALUE { input type="hidden" name=(field.key) value=(chosen); }
            }
        },
        _ => html! {
            div.field {
                label for=(id) { (field.title()) }
                select id=(id) name=(field.key) {
                    option value="" { (say!("users-any")) }
                    @for (value, label) in options(field) {
                        option value=(value) selected[chosen == value] { (label) }
                    }
                    option value=(NO_VALUE) selected[chosen == NO_VALUE] { (say!("filter-none")) }
                }
            }
        },
    }
}

fn is_quick(field: &Field) -> bool {
    field.kind == Kind::Status || (matches!(field.kind, Kind::Choice | Kind::Choices) && is_offered(field))
}

fn is_offered(field: &Field) -> bool {
    match field.kind {
        Kind::Choice | Kind::Choices => !field.choices.is_empty(),
        Kind::Language => false,
        kind => can_filter(kind),
    }
}

/// The stored forms that a filter offers, with what people read.
fn options(field: &Field) -> Vec<(String, String)> {
    let of = |stored: String| {
        let label = field.said(&field.shown(Some(&stored), None)).into_owned();
        (stored, label)
    };
    match field.kind {
        Kind::Status => ["active", "inactive"].map(|word| of(word.to_owned())).into(),
        Kind::YesNo => ["yes", "no"].map(|word| of(word.to_owned())).into(),
        _ => field
            .choices
            .iter()
            .filter(|choice| !choice.retired)
            .map(|choice: &Choice| of(choice.id.to_string()))
            .collect(),
    }
}

//! Somebody else has changed a cell since it was looked at: both values, and the question which of them is meant. Nothing was kept yet.

use std::collections::HashSet;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use import::{Overtaken, Target};
use maud::{Markup, html};
use sentences::say;
use store::FixKind;

use crate::access::Actor;
use crate::web::frame::components::action::{self, Weight};
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::moment::moment;
use crate::web::frame::words::say_markup;

/// What a form holds, by the names of its inputs.
type Pairs = Vec<(String, String)>;

/// The page: 409, with a form that sends the answer. `pairs` are what was sent, `back` the page that it came from.
pub(super) fn page(
    actor: &Actor,
    here: &str,
    (cells, fixes): (&[Overtaken], &[(Target, FixKind)]),
    pairs: &Pairs,
    back: &str,
) -> Response {
    let title = say!("overtaken-title");
    let asked: Vec<String> = cells.iter().map(|cell| cell.target.to_string()).collect();
    let known: HashSet<&str> = asked.iter().map(String::as_str).collect();
    let is_asked = |name: &str| {
        let about = name.split_once('.').map_or("", |(_, about)| about);
        (name.starts_with("value.") || name.starts_with("was.")) && known.contains(about)
    };
    let main = html! {
        h1 { (title) }
        p { (say!("overtaken-told", cells = cells.len())) }
        form.stack method="post" action={ (here) "/fixes" } data-overtaken {
            @for (name, value) in pairs.iter().filter(|(name, _)| !is_asked(name)) { input type="hidden" name=(name) value=(value); }
            @for (cell, name) in cells.iter().zip(&asked) { (one(cell, name, mine(fixes, &cell.target))) }
            div.row {
                (action::send(Weight::Primary, say!("overtaken-save"), None))
                (action::go(Weight::Plain, back, say!("overtaken-keep-all")))
            }
        }
    };
    (StatusCode::CONFLICT, Frame::new(actor, Part::Imports, title).page(&main)).into_response()
}

/// What was typed over a cell.
fn mine<'f>(fixes: &'f [(Target, FixKind)], target: &Target) -> &'f str {
    let of = fixes.iter().find(|(of, _)| of == target);
    match of {
        Some((_, FixKind::Value(text))) => text,
        _ => "",
    }
}

fn one(cell: &Overtaken, name: &str, mine: &str) -> Markup {
    let theirs = match &cell.by {
        Some((who, at)) => say_markup!("overtaken-theirs", who = html! { bdi { (who) } }, when = moment(*at)),
        None => html! { (say!("overtaken-now")) },
    };
    html! {
        fieldset.conflict data-cell=(name) {
            legend { (say!("overtaken-cell", field = &cell.of.0, person = &cell.of.1)) }
            input type="hidden" name={ "was." (name) } value=(cell.now);
            (option(name, &cell.now, &theirs))
            (option(name, mine, &html! { (say!("overtaken-yours")) }))
        }
    }
}

fn option(name: &str, value: &str, source: &Markup) -> Markup {
    html! {
        label.option {
            input type="radio" name={ "value." (name) } value=(value) required;
            span.source { (source) }
            span.value dir="auto" { @if value.trim().is_empty() { i { (say!("changes-empty")) } } @else { (value) } }
        }
    }
}

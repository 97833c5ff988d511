//! What a value is typed or chosen with: a list where there are options, a line of text otherwise.

use directory::{Field, Kind};
use maud::{Markup, html};
use sentences::say;

use crate::web::frame::components::field::rows_of;

/// What can be chosen in a field, in order; none where anything can be typed.
pub(super) fn options(field: &Field) -> Option<Vec<String>> {
    let shown = |stored: &str| field.shown(Some(stored), None);
    match field.kind {
        Kind::Status => Some(["active", "inactive"].map(shown).into()),
        Kind::YesNo => Some(["yes", "no"].map(shown).into()),
        Kind::Choice => {
            let current = field.choices.iter().filter(|choice| !choice.retired);
            Some(current.map(|choice| choice.label.clone()).collect())
        }
        _ => None,
    }
}

/// The editor of one value: a list that begins with what the file says, or a line. `name` and `id` are those of the input, `described`
/// the id of what is said of it, `best` what would be right.
pub(super) fn editor(
    field: &Field,
    (name, id, described): (&str, &str, &str),
    value: &str,
    best: Option<&str>,
) -> Markup {
    let Some(options) = options(field) else {
        let text = best.unwrap_or(value);
        if let Some(rows) = rows_of(field.kind, text).or(rows_of(field.kind, value)) {
            return html! {
                textarea id=(id) name=(name) rows=(rows) dir="auto" autocomplete="off" spellcheck="false" aria-describedby=(described) { "\n" (text) }
            };
        }
        return html! {
            input id=(id) name=(name) value=(text) dir="auto" autocomplete="off" spellcheck="false" aria-describedby=(described);
        };
    };
    html! {
        select id=(id) name=(name) aria-describedby=(described) {
            option value=(value) { @if value.trim().is_empty() { (say!("problems-choose")) } @else { (say!("one-as-the-file-says", text = value)) } }
            @for option in &options { option value=(option) selected[Some(option.as_str()) == best] { (option) } }
            @if !field.required && !value.trim().is_empty() { option value="" { (say!("problems-leave-empty")) } }
        }
    }
}

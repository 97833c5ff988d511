//! Chips: what narrows a list. Each is a link, so that what is narrowed stands in the address and works without script.

use maud::{Markup, html};
use sentences::say;

/// A chip that narrows the list; pressing it takes it away.
pub(in crate::web) fn pressed(words: &str, without: &str) -> Markup {
    html! {
        a.chip.on href=(without) aria-label=(say!("chip-take-away", words = words)) {
            span dir="auto" { (words) } span aria-hidden="true" { "✕" }
        }
    }
}

/// A chip that would narrow the list.
pub(in crate::web) fn offered(words: &str, with: &str) -> Markup {
    html! { a.chip href=(with) { span dir="auto" { (words) } } }
}

/// A chip that opens choices: links, or a form.
pub(in crate::web) fn choices(words: &str, choices: &Markup) -> Markup {
    html! {
        details.menu.start data-menu {
            summary.chip { span dir="auto" { (words) } span aria-hidden="true" { "▾" } }
            (choices)
        }
    }
}

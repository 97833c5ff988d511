//! Menus: `details` that open without script; with it, they close as people expect.

use maud::{Markup, html};

/// The menu of three dots; `label` names it, `lines` are its `li`.
pub(in crate::web) fn dots(label: &str, lines: &Markup) -> Markup {
    html! {
        details.menu data-menu {
            summary aria-label=(label) { span.dots aria-hidden="true" { "⋮" } }
            ul { (lines) }
        }
    }
}

/// A menu behind words; `quiet` when it is beside the matter.
pub(in crate::web) fn worded(words: &str, quiet: bool, inside: &Markup) -> Markup {
    html! {
        details.menu data-menu {
            summary.quiet[quiet] { (words) " " span aria-hidden="true" { "▾" } }
            (inside)
        }
    }
}

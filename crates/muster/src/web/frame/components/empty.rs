//! Nothing here: said in words, with the ways on.

use maud::{Markup, html};

/// A place where something would be.
pub(in crate::web) fn empty(words: &Markup) -> Markup {
    html! { div.empty { (words) } }
}

/// One of the ways on from a page that is empty: a heading, a sentence, what to press.
pub(in crate::web) struct Way<'w> {
    pub(in crate::web) title: &'w str,
    pub(in crate::web) words: &'w str,
    pub(in crate::web) action: Markup,
}

/// The ways beside each other.
pub(in crate::web) fn ways(ways: &[Way<'_>]) -> Markup {
    html! {
        div.ways {
            @for way in ways {
                section.card { h2 { (way.title) } p { (way.words) } (way.action) }
            }
        }
    }
}

//! Tabs: the parts of a page, each with an address and, where there is something to count, a count.

use maud::{Markup, html};

use super::mark::{Of, count};

/// A part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Tab {
    pub(in crate::web) words: String,
    pub(in crate::web) address: String,
    /// How many are in it, and of what kind.
    pub(in crate::web) count: Option<(Of, i64)>,
    /// Whether it is the one that is shown.
    pub(in crate::web) here: bool,
}

/// The tabs; `label` says of what they are the parts. At 760 px those with nothing in them go, unless one is shown.
pub(in crate::web) fn tabs(label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for tab in tabs {
                a.nil[is_nil(tab)] href=(tab.address) aria-current=[tab.here.then_some("page")] {
                    (tab.words)
                    @if let Some((of, number)) = tab.count { (count(of, number)) }
                }
            }
        }
    }
}

fn is_nil(tab: &Tab) -> bool {
    !tab.here && matches!(tab.count, Some((_, 0)))
}

//! Words with a sign: counts, marks, and where something stands.

use directory::grouped;
use maud::{Markup, html};

/// What a count or a mark is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Of {
    /// Neither good nor bad.
    Quiet,
    /// Is right, or done.
    Good,
    /// Waits for somebody.
    Wait,
    /// Is wrong.
    Bad,
}

/// A count, in a pill.
pub(in crate::web) fn count(of: Of, number: i64) -> Markup {
    let class = match of {
        Of::Quiet => "n",
        Of::Good => "n good",
        Of::Wait => "n wait",
        Of::Bad => "n bad",
    };
    html! { span class=(class) { (grouped(number)) } }
}

/// A mark: a word or two about what stands beside it.
pub(in crate::web) fn mark(of: Of, words: &str) -> Markup {
    let class = match of {
        Of::Quiet => "mark off",
        Of::Good => "mark new",
        Of::Wait => "mark",
        Of::Bad => "mark red",
    };
    html! { span class=(class) { (words) } }
}

/// From what was to what is: it points the way that is read.
pub(in crate::web) fn arrow() -> Markup {
    html! { span.arrow { "→" } }
}

/// Where something stands: on, or off. Its sign differs by shape.
pub(in crate::web) fn status(on: bool, words: &str) -> Markup {
    html! { span.status.off[!on] { (words) } }
}

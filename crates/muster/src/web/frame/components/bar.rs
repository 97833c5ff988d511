//! The bar at the foot of a page: one line, always in the same place: where things stand, and what comes next.

use maud::{Markup, html};
use sentences::say;

/// A bar: what stands on the left, and the buttons.
pub(in crate::web) fn bar(words: &Markup, buttons: &Markup) -> Markup {
    html! {
        div.bar role="region" aria-label=(say!("bar-next-step")) {
            div { (words) span.end { (buttons) } }
        }
    }
}

/// How much of a whole is ready, and how much waits; the rest is open. A drawing, because a page may not set widths (its policy forbids
/// styles that stand in it).
pub(in crate::web) fn meter(words: &str, ready: i64, waiting: i64, all: i64) -> Markup {
    let share = |part: i64| if all > 0 { (100 * part / all).clamp(0, 100) } else { 0 };
    let (good, wait) = (share(ready), share(waiting));
    html! {
        svg.meter.not-small role="img" aria-label=(words) viewBox="0 0 100 6" preserveAspectRatio="none" {
            rect.good width=(good) height="6" {}
            rect.wait x=(good) width=(wait) height="6" {}
        }
    }
}

//! Banners: what came of something, with a sign and words besides the colour.

use maud::{Markup, html};

/// What is said about what was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Tone {
    /// It worked.
    Good,
    /// Worth knowing.
    Note,
    /// Waits for somebody.
    Wait,
    /// It did not work.
    Bad,
}

/// A banner; said at once to those who listen.
pub(in crate::web) fn banner(tone: Tone, words: &Markup) -> Markup {
    let (class, icon, role) = match tone {
        Tone::Good => ("banner good", "✓", "status"),
        Tone::Note => ("banner note", "i", "status"),
        Tone::Wait => ("banner wait", "…", "status"),
        Tone::Bad => ("banner bad", "!", "alert"),
    };
    html! {
        div class=(class) role=(role) {
            span.icon aria-hidden="true" { (icon) }
            div { (words) }
        }
    }
}

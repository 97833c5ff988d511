//! Buttons, and links that look like them.

use maud::{Markup, html};

/// How much a button weighs on its page. One in sight is filled: the next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Weight {
    /// One of several.
    Plain,
    /// The next step; one a page.
    Primary,
    /// The way out that works at any time, while something else is the next step.
    Ready,
    /// Beside the matter.
    Quiet,
    /// Takes something away.
    Danger,
}

impl Weight {
    /// The class of a button of this weight.
    pub(in crate::web) fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button primary",
            Self::Ready => "button ready",
            Self::Quiet => "button quiet",
            Self::Danger => "button danger",
        }
    }
}

/// A link that looks like a button: goes somewhere, changes nothing.
pub(in crate::web) fn go(weight: Weight, address: &str, words: &str) -> Markup {
    html! { a class=(weight.class()) href=(address) { (words) } }
}

/// A button that sends the form it stands in, or the form of an id.
pub(in crate::web) fn send(weight: Weight, words: &str, form: Option<&str>) -> Markup {
    html! { button class=(weight.class()) type="submit" form=[form] { (words) } }
}

/// A button that sends its form with a name and a value: one of several answers.
pub(in crate::web) fn answer(weight: Weight, name: &str, value: &str, words: &str) -> Markup {
    html! { button class=(weight.class()) type="submit" name=(name) value=(value) { (words) } }
}

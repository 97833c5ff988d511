//! The frame of the operators' pages: the links between them.

use maud::{Markup, html};
use sentences::say;

use crate::web::frame::components::tabs::{Tab, tabs};
use crate::web::frame::layout::bare_page_with;

/// Which of the pages it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The organisations.
    Organisations,
    /// What they ask.
    Tickets,
    /// What readers say of the help.
    Feedback,
    /// What is under way, and how large everything is.
    State,
}

/// A page of operators.
pub(super) fn operators_page(here: Part, title: &str, main: &Markup) -> Markup {
    let tab = |of: Part, address: &str, words: &str| Tab {
        words: words.to_owned(),
        address: address.to_owned(),
        count: None,
        here: of == here,
    };
    let parts = tabs(
        say!("operator-title"),
        &[
            tab(Part::Organisations, "/operator", say!("operator-organisations")),
            tab(Part::Tickets, "/operator/tickets", say!("operator-tickets-tab")),
            tab(Part::Feedback, "/operator/feedback", say!("operator-feedback")),
            tab(Part::State, "/operator/state", say!("operator-state")),
        ],
    );
    bare_page_with(title, &html! { (parts) (main) }, None)
}

/// So many bytes, in mebibytes, rounded up.
pub(super) fn mebibytes(bytes: i64) -> String {
    say!("operator-mebibytes", mebibytes = directory::grouped((bytes + (1 << 20) - 1) >> 20))
}

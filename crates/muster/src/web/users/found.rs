//! How many users a search finds, as people read it, and what of its address can't be read.

use directory::grouped;
use maud::{Markup, html};
use sentences::say;
use store::{Found, Precision};

use super::asked::FOUND_MOST;
use crate::web::frame::components::banner::{Tone, banner};

/// `214`, `about 214`, `more than 10,000`.
pub(super) fn how_many(found: &Found) -> String {
    match found.how {
        _ if found.users > FOUND_MOST => say!("download-more-than", users = FOUND_MOST),
        Precision::Exactly => grouped(found.users),
        Precision::About => say!("download-about", users = found.users),
        Precision::AtLeast => say!("download-at-least", users = found.users),
    }
}

/// That the list is not narrowed by what can't be read.
pub(super) fn unread_told(unread: &[String]) -> Markup {
    html! {
        @if !unread.is_empty() {
            (banner(Tone::Note, &html! { p dir="auto" { (say!("users-not-narrowed-by", what = unread.join(", "))) } }))
        }
    }
}

//! An import that came to nothing: failed, with the reason and what to do; or cancelled.

use maud::{Markup, html};

use super::imports::name_of;
use super::layout::{Frame, Part};
use super::moment::moment;
use super::on_import::Seen;
use super::said::Said;
use crate::access::{Action, may};
use store::ImportState;

/// The page.
pub(super) fn page(seen: &Seen, said: Option<Said>) -> Markup {
    let failed = seen.import.state == ImportState::Failed;
    let title = if failed { "The import failed" } else { "The import was cancelled" };
    let reason = seen.import.failure.as_ref().map(|failure| failure.message.as_str());
    let mut frame = Frame::new(&seen.actor, Part::Imports, title);
    frame.banner = said.map(Said::banner);
    frame.page(&html! {
        h1 { (title) }
        @if let Some(reason) = reason {
            div.banner.bad {
                span.icon aria-hidden="true" { "!" }
                div { p { (reason) } }
            }
        }
        p { "Nothing was changed." }
        dl.details {
            dt { "File" } dd dir="auto" { (name_of(&seen.import)) }
            dt { "Started by" } dd { (seen.actor_of_import()) }
            dt { "When" } dd { (moment(seen.import.created_at)) }
        }
        p.actions {
            @if may(seen.actor.role, Action::Edit) {
                a.button.primary href={ "/o/" (seen.actor.account.slug) "/import" } { "Import another file" }
            }
            a.button href={ "/o/" (seen.actor.account.slug) "/download" } { "Download user data" }
            a.button href={ "/o/" (seen.actor.account.slug) "/imports" } { "Import history" }
        }
    })
}

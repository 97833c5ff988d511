//! An import that came to nothing: failed, with the reason and what to do; or cancelled.

use maud::{Markup, html};

use super::list::name_of;
use super::notice::Notice;
use super::viewed::Viewed;
use crate::access::{Action, may};
use crate::store::ImportState;
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::moment::moment;

/// The page.
pub(super) fn page(viewed: &Viewed, notice: Option<Notice>) -> Markup {
    let failed = viewed.import.state == ImportState::Failed;
    let title = if failed { "The import failed" } else { "The import was cancelled" };
    let reason = viewed.import.failure.as_ref().map(|failure| failure.message.as_str());
    let mut frame = Frame::new(&viewed.actor, Part::Imports, title);
    frame.banner = notice.map(Notice::banner);
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
            dt { "File" } dd dir="auto" { (name_of(&viewed.import)) }
            dt { "Started by" } dd { (viewed.actor_of_import()) }
            dt { "When" } dd { (moment(viewed.import.created_at)) }
        }
        p.actions {
            @if may(viewed.actor.role, Action::Edit) {
                a.button.primary href={ "/o/" (viewed.actor.account.slug) "/import" } { "Import another file" }
            }
            a.button href={ "/o/" (viewed.actor.account.slug) "/download" } { "Download user data" }
            a.button href={ "/o/" (viewed.actor.account.slug) "/imports" } { "Import history" }
        }
    })
}

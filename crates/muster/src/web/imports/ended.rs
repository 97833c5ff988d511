//! An import that came to nothing: failed, with the reason and what to do; or cancelled.

use maud::{Markup, html};
use sentences::say;
use store::ImportState;

use super::list::name_of;
use super::notice::Notice;
use super::viewed::Viewed;
use crate::access::{Action, may};
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::moment::moment;

/// The page.
pub(super) fn page(viewed: &Viewed, notice: Option<Notice>) -> Markup {
    let failed = viewed.import.state == ImportState::Failed;
    let title = if failed { say!("ended-the-import-failed") } else { say!("ended-the-import-was-cancelled") };
    let reason = viewed.import.failure.as_ref().map(directory::Failure::sentence);
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
        p { (say!("ended-nothing-was-changed")) }
        dl.details {
            dt { (say!("ended-file")) } dd dir="auto" { (name_of(&viewed.import)) }
            dt { (say!("ended-started-by")) } dd { (viewed.actor_of_import()) }
            dt { (say!("ended-when")) } dd { (moment(viewed.import.created_at)) }
        }
        p.actions {
            @if may(viewed.actor.role, Action::Edit) {
                a.button.primary href={ "/o/" (viewed.actor.account.slug) "/import" } { (say!("ended-import-another-file")) }
            }
            a.button href={ "/o/" (viewed.actor.account.slug) "/download" } { (say!("ended-download-user-data")) }
            a.button href={ "/o/" (viewed.actor.account.slug) "/imports" } { (say!("done-import-history")) }
        }
    })
}

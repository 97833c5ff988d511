//! An import that came to nothing: failed, with the reason and what to do; or cancelled. Or of which it can't be read where it stands.

use maud::{Markup, html};
use sentences::say;
use store::{ImportState, Time};

use super::list::name_of;
use super::notice::Notice;
use super::viewed::{Viewed, address};
use crate::access::{Action, may};
use crate::web::frame::components::action::{Weight, send};
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::moment::moment;
use crate::web::frame::words::say_markup;

/// The page.
pub(super) fn page(viewed: &Viewed, now: Time, notice: Option<Notice>) -> Markup {
    let (title, end) = match viewed.import.state {
        ImportState::Unreadable => (say!("ended-unreadable"), directory::row_unread()),
        ImportState::Failed => (say!("ended-the-import-failed"), say!("ended-nothing-was-changed")),
        _ => (say!("ended-the-import-was-cancelled"), say!("ended-nothing-was-changed")),
    };
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
        p { (end) }
        (way_back(viewed, now))
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

/// For a day, what was cancelled can be taken back; until then its file takes up room, unless somebody lets go of it.
fn way_back(viewed: &Viewed, now: Time) -> Markup {
    let until = viewed.import.take_back_until.filter(|until| *until > now);
    let here = address(&viewed.actor, viewed.import.id);
    html! {
        @if let Some(until) = until {
            section.card.repair aria-labelledby="way-back" {
                h2 #way-back { (say!("ended-way-back")) }
                p { (say_markup!("ended-kept-until", when = moment(until))) }
                @if may(viewed.actor.role, Action::Edit) {
                    div.row {
                        form method="post" action={ (here) "/take-back" } { (send(Weight::Primary, say!("ended-take-back"), None)) }
                        form method="post" action={ (here) "/empty" } { (send(Weight::Danger, say!("ended-empty"), None)) }
                    }
                }
            }
        }
    }
}

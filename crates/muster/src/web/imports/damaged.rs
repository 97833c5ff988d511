//! Values that the spreadsheet alone changed, one by one, where a column has few of them: kept unless the file's value was meant.

use directory::Chosen;
use import::ReviewConflict;
use maud::{Markup, html};
use sentences::say;

use super::target;
use crate::access::{Action, Actor, may};
use crate::web::frame::words::say_markup;

/// The list; `here` is the address of the import.
pub(super) fn list(actor: &Actor, here: &str, damaged: &[ReviewConflict]) -> Markup {
    html! {
        @if !damaged.is_empty() {
            div.frame.tall tabindex="0" role="region" aria-label=(say!("damaged-table")) {
                form method="post" action={ (here) "/fixes" } data-swap {
                    input type="hidden" name="back" value="worth-knowing";
                    ul.kinds aria-label=(say!("damaged-values-changed-by-the-spreadsheet")) { @for cell in damaged { (item(actor, cell)) } }
                }
            }
        }
    }
}

fn item(actor: &Actor, cell: &ReviewConflict) -> Markup {
    let (user, name) = &cell.user;
    let meant = cell.chosen == Some(Chosen::File);
    let (other, words) = if meant {
        (Chosen::Now, say!("damaged-keep-the-old-value"))
    } else {
        (Chosen::File, say!("damaged-use-the-files"))
    };
    html! {
        li {
            div.kind {
                p {
                    (say_markup!(
                        "damaged-value",
                        field = cell.field.title(),
                        person = html! { a href={ "/o/" (actor.account.slug) "/users/" (user) } dir="auto" { (name) } },
                        before = html! { bdi { (cell.field.said(&cell.at_download)) } },
                        after = html! { bdi { (cell.field.said(&cell.file)) } }
                    ))
                }
                p.small { a href=(target::user_cell(*user, &cell.field.key)) { (say!("conflicts-cell")) } }
                p.muted { @if meant { (say!("damaged-the-files-value-will-be")) } @else { (say!("damaged-the-old-value-stays")) } }
            }
            @if may(actor.role, Action::Edit) {
                button type="submit" name={ "choose." (target::of_conflict(cell)) } value=(other.word())
                    aria-label=(say!("damaged-button", words = words, field = cell.field.title(), person = name)) { (words) }
            }
        }
    }
}

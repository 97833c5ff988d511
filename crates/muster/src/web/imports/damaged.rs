//! Values that the spreadsheet alone changed, one by one, where a column has few of them: kept unless the file's value was meant.

use directory::Chosen;
use maud::{Markup, html};

use super::target;
use crate::access::{Action, Actor, may};
use crate::import::ReviewConflict;

/// The list; `here` is the address of the import.
pub(super) fn list(actor: &Actor, here: &str, damaged: &[ReviewConflict]) -> Markup {
    html! {
        @if !damaged.is_empty() {
            form method="post" action={ (here) "/fixes" } data-swap {
                ul.kinds aria-label="Values changed by the spreadsheet" { @for cell in damaged { (item(actor, cell)) } }
            }
        }
    }
}

fn item(actor: &Actor, cell: &ReviewConflict) -> Markup {
    let (user, name) = &cell.user;
    let meant = cell.chosen == Some(Chosen::File);
    let (other, words) =
        if meant { (Chosen::Now, "Keep the old value") } else { (Chosen::File, "Use the file’s") };
    html! {
        li {
            div.kind {
                p {
                    (cell.field.title) " of "
                    a href={ "/o/" (actor.account.slug) "/users/" (user) } dir="auto" { (name) }
                    ": " bdi { (cell.at_download) } " became " bdi { (cell.file) } "."
                }
                p.muted { @if meant { "The file’s value will be used." } @else { "The old value stays." } }
            }
            @if may(actor.role, Action::Edit) {
                button.small type="submit" name={ "choose." (target::of_conflict(cell)) } value=(other.word())
                    aria-label={ (words) ": " (cell.field.title) " of " (name) } { (words) }
            }
        }
    }
}

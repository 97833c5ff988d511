//! Values that the spreadsheet alone changed, one by one, where a column has few of them: kept unless the file's value was meant.

use directory::Chosen;
use maud::{Markup, html};

use super::target;
use crate::access::{Action, Actor, may};
use crate::import::ReviewConflict;

/// The table; `here` is the address of the import.
pub(super) fn table(actor: &Actor, here: &str, damaged: &[ReviewConflict]) -> Markup {
    html! {
        @if !damaged.is_empty() {
            form method="post" action={ (here) "/fixes" } data-swap {
                div.frame role="region" aria-label="Values changed by the spreadsheet, table" tabindex="0" {
                    table aria-label="Values changed by the spreadsheet" {
                        thead { tr {
                            th scope="col" { "User" }
                            th scope="col" { "Field" }
                            th scope="col" { "When you downloaded" }
                            th scope="col" { "Your file" }
                            th scope="col" { "Stays" }
                        } }
                        tbody { @for cell in damaged { (row(actor, cell)) } }
                    }
                }
            }
        }
    }
}

fn row(actor: &Actor, cell: &ReviewConflict) -> Markup {
    let (user, name) = &cell.user;
    let meant = cell.chosen == Some(Chosen::File);
    let (other, words) =
        if meant { (Chosen::Now, "Keep the old value") } else { (Chosen::File, "Use the file’s") };
    html! {
        tr {
            td data-title="User" { a href={ "/o/" (actor.account.slug) "/users/" (user) } dir="auto" { (name) } }
            td data-title="Field" { (cell.field.title) }
            td data-title="When you downloaded" dir="auto" { (cell.at_download) }
            td data-title="Your file" dir="auto" { (cell.file) }
            td data-title="Stays" {
                @if meant { "Your file’s. " } @else { "The old value. " }
                @if may(actor.role, Action::Edit) {
                    button.small.plain type="submit" name={ "choose." (target::of_conflict(cell)) } value=(other.word())
                        aria-label={ (words) ": " (cell.field.title) " of " (name) } { (words) }
                }
            }
        }
    }
}

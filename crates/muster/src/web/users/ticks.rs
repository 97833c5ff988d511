//! The ticks of the list of users, and the bar below it: what is ticked, or all of the search, becomes a selection.

use directory::User;
use maud::{Markup, html};
use sentences::say;
use store::{Found, Precision};

use super::asked::{Asked, FOUND_MOST};
use super::selected::FILTER;
use crate::access::Actor;
use crate::web::frame::components::action::{Weight, go};
use crate::web::frame::components::bar::bar;

/// The form that the ticks and the buttons of the bar belong to.
const FORM: &str = "selecting";

/// The tick of a row.
pub(super) fn tick(user: User<'_>) -> Markup {
    html! {
        td.tick { label { input type="checkbox" form=(FORM) name="user" value=(user.id()) aria-label=(user.name()); } }
    }
}

/// The form, which says of which search the list is.
pub(super) fn form(actor: &Actor, asked: &Asked) -> Markup {
    html! {
        form id=(FORM) method="post" action={ "/o/" (actor.account.slug) "/selections" } {
            input type="hidden" name="search" value=(asked.query.search);
            @for (key, value) in asked.filters() { input type="hidden" name={ (FILTER) (key) } value=(value); }
        }
    }
}

/// What can be done with many at once.
pub(super) fn bar_of(actor: &Actor, found: Found) -> Markup {
    let all = match found {
        Found { users, how: Precision::Exactly } if users <= FOUND_MOST => {
            say!("selection-all-of", users = users)
        }
        _ => say!("selection-all").to_owned(),
    };
    let paste = format!("/o/{}/selections", actor.account.slug);
    // Nothing to press on the left: the names of the rows that the bar stands before are there.
    let buttons = html! {
        (go(Weight::Quiet, &paste, say!("selection-paste")))
        @for (how, words) in [("ticked", say!("selection-ticked")), ("found", &all)] {
            button id={ "select-" (how) } class=(Weight::Plain.class()) type="submit" form=(FORM) name="how" value=(how) { (words) }
        }
    };
    bar(&html! {}, &buttons)
}

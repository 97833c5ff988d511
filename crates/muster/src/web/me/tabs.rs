//! The links between the pages about oneself.

use maud::{Markup, html};
use sentences::say;

use crate::access::{Action, Actor, may};

/// A page about oneself, or about those who look after the users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Tab {
    /// One's password.
    Password,
    /// Where one is signed in.
    Sessions,
    /// One's second factor.
    Factor,
    /// Who has a role in the organisation.
    Administrators,
}

/// The links, the page that is shown marked.
pub(in crate::web) fn tabs(actor: &Actor, shown: Tab) -> Markup {
    let slug = &actor.account.slug;
    let link = |tab: Tab, address: &str, text: &str| {
        html! { a.button href={ "/o/" (slug) "/" (address) } aria-current=[(tab == shown).then_some("page")] { (text) } }
    };
    html! {
        nav.pages.tabs aria-label=(say!("me-pages")) {
            (link(Tab::Password, "me", say!("layout-change-password")))
            (link(Tab::Factor, "me/factor", say!("layout-second-factor")))
            (link(Tab::Sessions, "me/sessions", say!("layout-sessions")))
            @if may(actor.role, Action::Own) && !actor.owes_factor {
                (link(Tab::Administrators, "administrators", say!("layout-administrators")))
            }
        }
    }
}

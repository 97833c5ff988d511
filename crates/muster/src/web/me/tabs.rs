//! The links between the pages about oneself.

use maud::Markup;
use sentences::say;

use crate::access::{Action, Actor, may};
use crate::web::frame::components::tabs;

/// A page about oneself, or about those who look after the users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Tab {
    /// One's password.
    Password,
    /// Where one is signed in.
    Sessions,
    /// One's second factor.
    Factor,
    /// The language of one's pages.
    Language,
    /// What owners say of the organisation.
    Settings,
    /// Who has a role in the organisation.
    Administrators,
}

/// The links, the page that is shown marked.
pub(in crate::web) fn tabs(actor: &Actor, shown: Tab) -> Markup {
    let slug = &actor.account.slug;
    let tab = |of: Tab, address: &str, words: &str| tabs::Tab {
        words: words.to_owned(),
        address: format!("/o/{slug}/{address}"),
        count: None,
        here: of == shown,
    };
    let mut all = vec![
        tab(Tab::Password, "me", say!("layout-change-password")),
        tab(Tab::Factor, "me/factor", say!("layout-second-factor")),
        tab(Tab::Sessions, "me/sessions", say!("layout-sessions")),
        tab(Tab::Language, "me/language", say!("language-title")),
    ];
    if may(actor.role, Action::Own) && !actor.owes_factor {
        all.push(tab(Tab::Settings, "settings", say!("layout-settings")));
        all.push(tab(Tab::Administrators, "administrators", say!("layout-administrators")));
    }
    tabs::tabs(say!("me-pages"), &all)
}

//! The links between the pages about oneself, and between those about the organisation.

use maud::Markup;
use sentences::say;

use crate::access::{Action, Actor, may};
use crate::web::frame::components::tabs;

/// A page about oneself, or about those who look after the users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Tab {
    /// One's name and email.
    Account,
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
    /// The fields of the organisation's users.
    Fields,
    /// Who has a role in the organisation.
    Administrators,
    /// The tokens of its programs.
    Tokens,
    /// Who did what.
    Activity,
}

impl Tab {
    /// Whether it is about the organisation; else it is about oneself.
    fn is_of_organisation(self) -> bool {
        matches!(self, Self::Settings | Self::Fields | Self::Administrators | Self::Tokens | Self::Activity)
    }
}

/// The links between the pages about oneself, or those about the organisation; the page that is shown is marked.
pub(in crate::web) fn tabs(actor: &Actor, shown: Tab) -> Markup {
    let slug = &actor.account.slug;
    let tab = |of: Tab, address: &str, words: &str| tabs::Tab {
        words: words.to_owned(),
        address: format!("/o/{slug}/{address}"),
        count: None,
        here: of == shown,
    };
    if shown.is_of_organisation() {
        let owns = may(actor.role, Action::Own) && !actor.owes_factor;
        let all = [
            owns.then(|| tab(Tab::Settings, "settings", say!("layout-settings"))),
            (!actor.owes_factor).then(|| tab(Tab::Fields, "fields", say!("layout-fields"))),
            owns.then(|| tab(Tab::Administrators, "administrators", say!("layout-administrators"))),
            owns.then(|| tab(Tab::Tokens, "tokens", say!("layout-tokens"))),
            owns.then(|| tab(Tab::Activity, "activity", say!("activity-title"))),
        ];
        return tabs::tabs(say!("organisation-pages"), &all.into_iter().flatten().collect::<Vec<_>>());
    }
    let all = [
        tab(Tab::Account, "me/account", say!("layout-account")),
        tab(Tab::Password, "me", say!("layout-change-password")),
        tab(Tab::Factor, "me/factor", say!("layout-second-factor")),
        tab(Tab::Sessions, "me/sessions", say!("layout-sessions")),
        tab(Tab::Language, "me/language", say!("language-title")),
    ];
    tabs::tabs(say!("me-pages"), &all)
}

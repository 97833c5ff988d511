//! The frame around every page: head, skip link, navigation, banner, the one status region.

use maud::{DOCTYPE, Markup, html};
use sentences::say;

use super::assets;
use crate::access::Actor;

/// Which part of the navigation a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Part {
    /// The users, and everything that starts there.
    Users,
    /// Imports.
    Imports,
    /// One's own password, second factor and sessions, and who else looks after the users.
    Me,
}

/// What a banner says about what was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Tone {
    /// It worked.
    Good,
    /// Worth knowing.
    Note,
    /// It did not work.
    Bad,
}

/// What the frame needs to know of a page.
pub(in crate::web) struct Frame<'p> {
    /// Who looks.
    pub(in crate::web) actor: &'p Actor,
    /// Where in the navigation.
    pub(in crate::web) part: Part,
    /// The title, without the product's name.
    pub(in crate::web) title: &'p str,
    /// The outcome of what was just done, above the page's heading.
    pub(in crate::web) banner: Option<(Tone, Markup)>,
    /// Seconds until a page without script loads itself again.
    pub(in crate::web) refresh: Option<u32>,
}

impl<'p> Frame<'p> {
    /// A frame without banner or refresh.
    pub(in crate::web) fn new(actor: &'p Actor, part: Part, title: &'p str) -> Self {
        Self { actor, part, title, banner: None, refresh: None }
    }

    /// The whole page around what stands in `main`.
    pub(in crate::web) fn page(&self, main: &Markup) -> Markup {
        let failed = matches!(self.banner, Some((Tone::Bad, _)));
        let (title, organisation) = (self.title, &self.actor.account.name);
        let title = if failed {
            say!("layout-title-of-failed", title = title, organisation = organisation)
        } else {
            say!("layout-title-of", title = title, organisation = organisation)
        };
        document(
            &title,
            self.refresh,
            &html! {
                (self.header())
                main #main tabindex="-1" {
                    (banner(self.banner.as_ref()))
                    (main)
                }
                (footer())
            },
        )
    }

    fn header(&self) -> Markup {
        let slug = &self.actor.account.slug;
        let link = |part: Part, address: &str, text: &str| {
            html! { a href={ "/o/" (slug) "/" (address) } aria-current=[(self.part == part).then_some("page")] { (text) } }
        };
        html! {
            header.top {
                div.top-inner {
                    a.brand href={ "/o/" (slug) "/users" } { (mark()) span { "Muster" } }
                    span.organisation {
                        span.hidden { (say!("layout-organisation-mark")) " " } (self.actor.account.name)
                    }
                    nav aria-label=(say!("layout-main")) {
                        (link(Part::Users, "users", say!("layout-users")))
                        (link(Part::Imports, "imports", say!("layout-imports")))
                    }
                    (self.person())
                }
            }
        }
    }

    fn person(&self) -> Markup {
        let slug = &self.actor.account.slug;
        html! {
            details.menu.person data-menu {
                summary { span.hidden { (say!("layout-person-mark")) " " } (self.actor.name) }
                ul {
                    @if self.actor.has_other_accounts { li { a href="/?choose=1" { (say!("layout-change-organisation")) } } }
                    li { a href={ "/o/" (slug) "/me" } { (say!("layout-change-password")) } }
                    li { a href={ "/o/" (slug) "/me/factor" } { (say!("layout-second-factor")) } }
                    li { a href={ "/o/" (slug) "/me/sessions" } { (say!("layout-sessions")) } }
                    li { form method="post" action="/sign-out" { button type="submit" { (say!("layout-sign-out")) } } }
                }
            }
        }
    }
}

/// A page for those who are not signed in, or where no account is known.
pub(in crate::web) fn bare_page(title: &str, main: &Markup) -> Markup {
    document(
        title,
        None,
        &html! {
            header.top { div.top-inner { a.brand href="/" { (mark()) span { "Muster" } } } }
            main #main.narrow tabindex="-1" { (main) }
            (footer())
        },
    )
}

fn document(title: &str, refresh: Option<u32>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                title { (say!("layout-title", title = title)) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                @if let Some(seconds) = refresh {
                    noscript { meta http-equiv="refresh" content=(seconds); }
                }
                link rel="icon" type="image/svg+xml" href=(assets::address("icon.svg"));
                link rel="stylesheet" href=(assets::address("muster.css"));
                script type="module" src=(assets::address("muster.js")) {}
            }
            body {
                a.skip href="#main" { (say!("layout-skip-to-the-content")) }
                (body)
                p #status.hidden role="status" aria-atomic="true" {}
            }
        }
    }
}

/// The outcome of what was just done.
fn banner(banner: Option<&(Tone, Markup)>) -> Markup {
    let Some((tone, words)) = banner else { return html! {} };
    let (class, icon, role) = match tone {
        Tone::Good => ("banner good", "✓", "status"),
        Tone::Note => ("banner note", "i", "status"),
        Tone::Bad => ("banner bad", "!", "alert"),
    };
    html! {
        div class=(class) role=(role) {
            span.icon aria-hidden="true" { (icon) }
            div { (words) }
        }
    }
}

fn footer() -> Markup {
    html! { footer.bottom { p { (say!("layout-version", version = env!("CARGO_PKG_VERSION"))) } } }
}

/// The sign of Muster: rows in line, one of them ticked.
fn mark() -> Markup {
    html! { img src=(assets::address("icon.svg")) alt="" width="24" height="24"; }
}

//! The frame around every page: head, skip link, navigation, banner, the one status region.

use maud::{DOCTYPE, Markup, html};
use sentences::{say, spoken};
use store::Time;

use super::assets;
use super::components::banner;
use super::language;
use super::moment::moment;
use super::words::say_markup;
use crate::access::{Action, Actor, may};

pub(in crate::web) use super::components::banner::Tone;

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
    /// What stands at the foot of the window: see `components::bar`.
    pub(in crate::web) bar: Option<Markup>,
    /// What can be gone to beside the content, by the keyboard: the id of it, and the words.
    pub(in crate::web) skip: Option<(&'p str, &'p str)>,
}

impl<'p> Frame<'p> {
    /// A frame without banner, refresh or bar.
    pub(in crate::web) fn new(actor: &'p Actor, part: Part, title: &'p str) -> Self {
        Self { actor, part, title, banner: None, refresh: None, bar: None, skip: None }
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
                @if let Some((id, words)) = self.skip { a.skip href={ "#" (id) } { (words) } }
                (self.header())
                @if let Some(ends_at) = self.actor.account.ends_at { (practice_bar(ends_at)) }
                main #main tabindex="-1" {
                    @if let Some((tone, words)) = &self.banner { (banner::banner(*tone, words)) }
                    (main)
                }
                @if let Some(bar) = &self.bar { (bar) }
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
                div {
                    a.brand href={ "/o/" (slug) "/users" } { (mark()) "Muster" }
                    span.organisation.not-small {
                        span.unseen { (say!("layout-organisation-mark")) " " } (self.actor.account.name)
                    }
                    nav aria-label=(say!("layout-main")) {
                        (link(Part::Users, "users", say!("layout-users")))
                        (link(Part::Imports, "imports", say!("layout-imports")))
                        a href="/help" { (say!("layout-help")) }
                    }
                    span.end { (self.news()) (self.person()) }
                }
            }
        }
    }

    /// The bell: how much word waits to be seen.
    fn news(&self) -> Markup {
        let waiting = self.actor.news;
        html! {
            a.bell href="/me/news" aria-label=(say!("news-waiting", news = waiting)) {
                @if waiting > 0 { span.n.bad aria-hidden="true" { (waiting) } }
            }
        }
    }

    fn person(&self) -> Markup {
        let slug = &self.actor.account.slug;
        html! {
            details.menu.person data-menu {
                summary.avatar {
                    span aria-hidden="true" { (initials(&self.actor.name)) }
                    span.unseen { (say!("layout-person-mark")) " " (self.actor.name) }
                }
                ul {
                    li.told { strong { (self.actor.name) } (self.actor.account.name) }
                    @if self.actor.has_other_accounts { li { a href="/?choose=1" { (say!("layout-change-organisation")) } } }
                    li { a href={ "/o/" (slug) "/me/account" } { (say!("layout-account")) } }
                    li { a href={ "/o/" (slug) "/me" } { (say!("layout-change-password")) } }
                    li { a href={ "/o/" (slug) "/me/factor" } { (say!("layout-second-factor")) } }
                    li { a href={ "/o/" (slug) "/me/sessions" } { (say!("layout-sessions")) } }
                    li { a href={ "/o/" (slug) "/me/language" } { (say!("language-title")) } }
                    li { a href={ "/o/" (slug) "/fields" } { (say!("layout-fields")) } }
                    @if may(self.actor.role, Action::Own) {
                        li { a href={ "/o/" (slug) "/settings" } { (say!("layout-settings")) } }
                        li { a href={ "/o/" (slug) "/administrators" } { (say!("layout-administrators")) } }
                        li { a href={ "/o/" (slug) "/tokens" } { (say!("layout-tokens")) } }
                        li { a href={ "/o/" (slug) "/activity" } { (say!("activity-title")) } }
                    }
                    li { form method="post" action="/sign-out" { button type="submit" { (say!("layout-sign-out")) } } }
                    li.line {}
                    li.told { (version()) }
                }
            }
        }
    }
}

/// What every page of practice says: that it is none of anybody's users, and what to try.
fn practice_bar(ends_at: Time) -> Markup {
    html! {
        aside.practice aria-label=(say!("practice-mark")) {
            p { strong { (say!("practice-mark")) } " " (say_markup!("practice-until", when = moment(ends_at))) }
            a.button href="/practice/workbook" { (say!("practice-workbook")) }
            form.inline method="post" action="/practice/end" { button.button.quiet type="submit" { (say!("practice-end")) } }
        }
    }
}

/// Two letters for a person, from the address or the name: `pa`, `amina.abbott@acme.example` is AA.
fn initials(name: &str) -> String {
    let local = name.split('@').next().unwrap_or_default();
    let parts = local.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    let firsts: Vec<char> = parts.filter_map(|part| part.chars().next()).collect();
    let letters: String = match firsts.as_slice() {
        [first, .., last] => [*first, *last].iter().collect(),
        _ => local.chars().filter(|letter| letter.is_alphanumeric()).take(2).collect(),
    };
    letters.to_uppercase()
}

/// A page for those who are not signed in, or where no account is known.
pub(in crate::web) fn bare_page(title: &str, main: &Markup) -> Markup {
    document(title, None, &html! { (bare_header()) main #main.narrow tabindex="-1" { (main) } (footer()) })
}

/// The same as wide as other pages, with a bar.
pub(in crate::web) fn bare_page_with(title: &str, main: &Markup, bar: Option<&Markup>) -> Markup {
    document(
        title,
        None,
        &html! { (bare_header()) main #main tabindex="-1" { (main) } (footer()) @if let Some(bar) = bar { (bar) } },
    )
}

fn bare_header() -> Markup {
    html! {
        header.top {
            div {
                a.brand href="/" { (mark()) "Muster" }
                nav aria-label=(say!("layout-main")) { a href="/help" { (say!("layout-help")) } }
            }
        }
    }
}

fn document(title: &str, refresh: Option<u32>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(spoken().tag()) dir=(spoken().direction()) {
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
                // Before anything is drawn, so that nothing moves when moments come into the reader's own zone.
                script type="module" blocking="render" src=(assets::address("muster.js")) {}
            }
            body {
                a.skip href="#main" { (say!("layout-skip-to-the-content")) }
                (body)
                p #status.unseen role="status" aria-atomic="true" {}
            }
        }
    }
}

fn footer() -> Markup {
    html! { footer.foot { p { (version()) } (language::switch()) } }
}

fn version() -> String {
    say!("layout-version", version = env!("CARGO_PKG_VERSION"))
}

/// The sign of Muster: rows in line, one of them ticked.
fn mark() -> Markup {
    html! { img src=(assets::address("icon.svg")) alt="" width="24" height="24"; }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn two_letters_stand_for_a_person() {
        for (name, letters) in [
            ("pa@acme.example", "PA"),
            ("amina.abbott@acme.example", "AA"),
            ("j.r.r.tolkien@x", "JT"),
            ("é@x", "É"),
            ("李伟@x", "李伟"),
            ("", ""),
        ] {
            assert_eq!(initials(name), letters, "{name}");
        }
    }
}

//! Where a page of a long list begins, as its address says it, and the links to the pages beside it. Lists go on from a place, not from
//! a number, so that the last page is as quick as the first; the number is carried along to be shown.

use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::{Page, PageStart};

/// What an address says of the page.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct PageAt {
    after: Option<String>,
    before: Option<String>,
    /// How many items come before the page.
    #[serde(default)]
    pub(in crate::web) passed: u64,
}

impl PageAt {
    /// Where to read from; from the start when the address says nothing that can be understood.
    pub(in crate::web) fn from(&self) -> PageStart {
        let place = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
        match (place(&self.after), place(&self.before)) {
            (Some(after), _) => PageStart::After(after),
            (None, Some(before)) => PageStart::Before(before),
            (None, None) => PageStart::Start,
        }
    }

    /// What an address says of the page: `after=1.2.3.4&passed=50`; nothing of the first one.
    pub(in crate::web) fn words(&self) -> String {
        match self.from() {
            PageStart::Start => String::new(),
            PageStart::After(place) => format!("after={place}&passed={}", self.passed),
            PageStart::Before(place) => format!("before={place}&passed={}", self.passed),
        }
    }

    /// The links to the pages before and after; `of` says of what, `long` is how many items a page has.
    pub(in crate::web) fn links<T>(&self, of: &str, page: &Page<T>, long: u32) -> Markup {
        self.links_with(of, page, long, "")
    }

    /// The same of a list that is narrowed: `more` is what its address says besides, as in `kind=cleared`.
    pub(in crate::web) fn links_with<T>(&self, of: &str, page: &Page<T>, long: u32, more: &str) -> Markup {
        let before = self.passed.saturating_sub(u64::from(long));
        let more = if more.is_empty() { String::new() } else { format!("&{more}") };
        html! {
            @if page.previous.is_some() || page.next.is_some() {
                nav.pages aria-label=(say!("pages-of", list = of)) {
                    @if let Some(place) = page.previous {
                        a.button rel="prev" href={ "?before=" (place) "&passed=" (before) (more) } { (say!("pages-previous")) }
                    }
                    @if let Some(next) = next(page, self.passed) { a.button rel="next" href={ (next) (more) } { (say!("pages-next")) } }
                }
            }
        }
    }
}

/// The query of the page after one; none when there is none.
fn next<T>(page: &Page<T>, passed: u64) -> Option<String> {
    let place = page.next?;
    Some(format!("?after={place}&passed={}", passed + page.items.len() as u64))
}

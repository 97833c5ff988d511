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

    /// The links to the pages before and after; `of` says of what, `long` is how many items a page has.
    pub(in crate::web) fn links<T>(&self, of: &str, page: &Page<T>, long: u32) -> Markup {
        let before = self.passed.saturating_sub(u64::from(long));
        html! {
            nav.pages aria-label=(say!("pages-of", list = of)) {
                @if let Some(place) = page.previous {
                    a.button rel="prev" href={ "?before=" (place) "&passed=" (before) } { (say!("pages-previous")) }
                }
                @if let Some(next) = next(page, self.passed) { a.button rel="next" href=(next) { (say!("pages-next")) } }
            }
        }
    }
}

/// The query of the page after one; none when there is none.
pub(in crate::web) fn next<T>(page: &Page<T>, passed: u64) -> Option<String> {
    let place = page.next?;
    Some(format!("?after={place}&passed={}", passed + page.items.len() as u64))
}

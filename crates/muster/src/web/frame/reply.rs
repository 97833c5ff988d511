//! Answers that are not pages: back to a page after a form, to the page to sign in; and texts as they stand in an address.

use axum::response::Redirect;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What need not be escaped in a query (RFC 3986, unreserved).
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as it stands in a query.
pub(in crate::web) fn escaped(text: &str) -> String {
    utf8_percent_encode(text, IN_QUERY).to_string()
}

/// A query of these pairs, empty values left out: `?a=1&b=2`, or nothing.
pub(in crate::web) fn query(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// After a form: 303 See Other, so that going back or refreshing sends nothing twice.
pub(in crate::web) fn see(address: &str) -> Redirect {
    Redirect::to(address)
}

/// The address of the page to sign in, returning to `back` afterwards.
pub(in crate::web) fn to_sign_in(back: &str) -> String {
    if back == "/" { "/sign-in".to_owned() } else { format!("/sign-in?next={}", escaped(back)) }
}

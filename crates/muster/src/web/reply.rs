//! Answers that are not pages: back to a page after a form, with a banner on the way; forms with repeated names.

use axum::response::Redirect;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What need not be escaped in a query (RFC 3986, unreserved).
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as it stands in a query.
pub(super) fn escaped(text: &str) -> String {
    utf8_percent_encode(text, IN_QUERY).to_string()
}

/// A query of these pairs, empty values left out: `?a=1&b=2`, or nothing.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// After a form: 303 See Other, so that going back or refreshing sends nothing twice.
pub(super) fn see(address: &str) -> Redirect {
    Redirect::to(address)
}

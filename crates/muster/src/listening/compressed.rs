//! Answers that are texts go out compressed (gzip) to whoever takes them: pages, styles, scripts, JSON. Not what is compressed already,
//! and nothing that is made while it is sent: that must go out at once.
//!
//! How long a compressed page is tells something of what is in it. Who could make somebody's browser ask for pages with words of their own
//! choice, and see how long the answers are, could guess the page piece by piece (BREACH, 2013). So a page that was asked for with a cookie is
//! compressed only when the browser says that the request came from our own pages or from its user (`Sec-Fetch-Site`).

use std::io::Write;

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;

/// What begins the media types of texts that are compressed.
const TEXTS: [&str; 5] = ["text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"];
/// Shorter ones gain nothing, and longer ones would hold others up.
const BYTES: std::ops::Range<u64> = 1_024..(4 << 20);

/// The middleware of all answers.
pub(super) async fn compressed(request: Request, next: Next) -> Response {
    let takes = takes_gzip(request.headers()) && is_safe_to(request.headers());
    let mut response = next.run(request).await;
    let length = response.body().size_hint().exact();
    let is_text = is_text(response.headers());
    if is_text {
        response
            .headers_mut()
            .append(header::VARY, HeaderValue::from_static("accept-encoding, cookie, sec-fetch-site"));
    }
    match length {
        Some(length) if takes && is_text && BYTES.contains(&length) => gzipped(response).await,
        _ => response,
    }
}

async fn gzipped(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, BYTES.end as usize).await else {
        return Response::from_parts(parts, Body::empty());
    };
    let mut packed = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::fast());
    let Ok(packed) = packed.write_all(&bytes).and_then(|()| packed.finish()) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Response::from_parts(parts, Body::from(packed))
}

/// Whether gzip is taken (RFC 9110, 12.5.3).
fn takes_gzip(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    let mut codings = lines.flat_map(|line| line.split(','));
    codings.any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight: String = weight.split_whitespace().collect();
        let is_refused = weight.strip_prefix("q=").is_some_and(|weight| weight.parse() == Ok(0.0));
        name.trim().eq_ignore_ascii_case("gzip") && !is_refused
    })
}

/// Whether nobody else may have chosen the words of the request.
fn is_safe_to(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    !headers.contains_key(header::COOKIE) || matches!(site, Some(b"same-origin" | b"none"))
}

fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_plain =
        !headers.contains_key(header::CONTENT_ENCODING) && !headers.contains_key(header::CONTENT_DISPOSITION);
    is_plain && TEXTS.iter().any(|text| kind.starts_with(text))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::{is_safe_to, is_text, takes_gzip};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn gzip_goes_to_those_who_take_it() {
        for (line, takes) in [
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0, GZIP;q=0.8", true),
            ("gzip;q=0", false),
            ("gzip; q=0.000", false),
            ("x-gzip, br", false),
            ("", false),
        ] {
            assert_eq!(takes_gzip(&headers(&[("accept-encoding", line)])), takes, "{line}");
        }
    }

    #[test]
    fn a_page_for_a_cookie_is_compressed_for_our_own_pages_alone() {
        for (pairs, safe) in [
            (&[][..], true),
            (&[("sec-fetch-site", "cross-site")][..], true),
            (&[("cookie", "muster=1")][..], false),
            (&[("cookie", "muster=1"), ("sec-fetch-site", "cross-site")][..], false),
            (&[("cookie", "muster=1"), ("sec-fetch-site", "same-site")][..], false),
            (&[("cookie", "muster=1"), ("sec-fetch-site", "same-origin")][..], true),
            (&[("cookie", "muster=1"), ("sec-fetch-site", "none")][..], true),
        ] {
            assert_eq!(is_safe_to(&headers(pairs)), safe, "{pairs:?}");
        }
    }

    #[test]
    fn files_to_be_saved_and_packed_ones_stay_as_they_are() {
        for (pairs, text) in [
            (&[("content-type", "text/html; charset=utf-8")][..], true),
            (&[("content-type", "application/json")][..], true),
            (&[("content-type", "application/zip")][..], false),
            (
                &[("content-type", "text/csv; charset=utf-8"), ("content-disposition", "attachment")][..],
                false,
            ),
            (&[("content-type", "application/json"), ("content-disposition", "attachment")][..], false),
            (&[("content-type", "text/html"), ("content-encoding", "gzip")][..], false),
        ] {
            assert_eq!(is_text(&headers(pairs)), text, "{pairs:?}");
        }
    }
}

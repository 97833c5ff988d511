//! Styles, scripts and the icon: compiled in, each at an address that holds its digest, so that browsers keep it for good.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

struct Asset {
    name: &'static str,
    kind: &'static str,
    /// One after the other, they are what is sent.
    parts: &'static [&'static str],
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The style sheet. The order counts: what comes later speaks last.
const STYLES: [&str; 6] = [
    include_str!("assets/tokens.css"),
    include_str!("assets/frame.css"),
    include_str!("assets/components.css"),
    include_str!("assets/tables.css"),
    include_str!("assets/parts.css"),
    include_str!("assets/pages.css"),
];

const ALL: [Asset; 22] = [
    Asset { name: "muster.css", kind: "text/css; charset=utf-8", parts: &STYLES },
    Asset { name: "icon.svg", kind: "image/svg+xml", parts: &[include_str!("assets/icon.svg")] },
    Asset { name: "announce.js", kind: SCRIPT, parts: &[include_str!("assets/announce.js")] },
    Asset { name: "muster.js", kind: SCRIPT, parts: &[include_str!("assets/muster.js")] },
    Asset { name: "search.js", kind: SCRIPT, parts: &[include_str!("assets/search.js")] },
    Asset { name: "fields.js", kind: SCRIPT, parts: &[include_str!("assets/fields.js")] },
    Asset { name: "form.js", kind: SCRIPT, parts: &[include_str!("assets/form.js")] },
    Asset { name: "dialog.js", kind: SCRIPT, parts: &[include_str!("assets/dialog.js")] },
    Asset { name: "download.js", kind: SCRIPT, parts: &[include_str!("assets/download.js")] },
    Asset { name: "ticks.js", kind: SCRIPT, parts: &[include_str!("assets/ticks.js")] },
    Asset { name: "upload.js", kind: SCRIPT, parts: &[include_str!("assets/upload.js")] },
    Asset { name: "progress.js", kind: SCRIPT, parts: &[include_str!("assets/progress.js")] },
    Asset { name: "fix-grid.js", kind: SCRIPT, parts: &[include_str!("assets/fix-grid.js")] },
    Asset { name: "beside.js", kind: SCRIPT, parts: &[include_str!("assets/beside.js")] },
    Asset { name: "blocks.js", kind: SCRIPT, parts: &[include_str!("assets/blocks.js")] },
    Asset { name: "columns.js", kind: SCRIPT, parts: &[include_str!("assets/columns.js")] },
    Asset { name: "keys.js", kind: SCRIPT, parts: &[include_str!("assets/keys.js")] },
    Asset { name: "settling.js", kind: SCRIPT, parts: &[include_str!("assets/settling.js")] },
    Asset { name: "editors.js", kind: SCRIPT, parts: &[include_str!("assets/editors.js")] },
    Asset { name: "saving.js", kind: SCRIPT, parts: &[include_str!("assets/saving.js")] },
    Asset { name: "asking.js", kind: SCRIPT, parts: &[include_str!("assets/asking.js")] },
    Asset { name: "others.js", kind: SCRIPT, parts: &[include_str!("assets/others.js")] },
];

/// The demo of the help.
const FILMS: [(&str, &str, &[u8]); 2] = [
    ("demo.mp4", "video/mp4", include_bytes!("assets/demo/demo.mp4")),
    ("poster.png", "image/png", include_bytes!("assets/demo/poster.png")),
];

/// One digest of all of them: the modules import each other by name, so that a change of one moves them all.
static EDITION: LazyLock<String> = LazyLock::new(|| {
    let mut digest = Sha256::new();
    for asset in &ALL {
        asset.parts.iter().for_each(|part| digest.update(part));
    }
    FILMS.iter().for_each(|(_, _, film)| digest.update(film));
    digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
});

/// The address of an asset.
pub(in crate::web) fn address(name: &str) -> String {
    format!("/assets/{}/{name}", *EDITION)
}

/// An asset, ready to be sent; none of another edition than this program's. A player asks for a part of a film (`Range`, RFC 9110, 14).
pub(in crate::web) fn find(edition: &str, name: &str, range: Option<&str>) -> Option<Response> {
    let text = ALL.iter().find(|asset| asset.name == name && edition == *EDITION);
    if let Some(asset) = text {
        return Some((headers(asset.kind), asset.parts.concat()).into_response());
    }
    let (_, kind, film) = FILMS.iter().find(|(of, ..)| *of == name && edition == *EDITION)?;
    let film: &'static [u8] = film;
    let Some(part) = range.and_then(|range| part_of(range, film.len())) else {
        return Some((headers(kind), [(header::ACCEPT_RANGES, "bytes")], film).into_response());
    };
    let told = format!("bytes {}-{}/{}", part.start(), part.end(), film.len());
    let part = film.get(part)?;
    Some((StatusCode::PARTIAL_CONTENT, headers(kind), [(header::CONTENT_RANGE, told)], part).into_response())
}

fn headers(kind: &'static str) -> [(HeaderName, &'static str); 2] {
    [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")]
}

/// The part that a range names, when it is one part that there is; anything else is answered with the whole, as the standard allows.
fn part_of(range: &str, length: usize) -> Option<RangeInclusive<usize>> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let last = length.checked_sub(1)?;
    let part = match (from.trim(), to.trim()) {
        ("", count) => length.saturating_sub(count.parse().ok()?)..=last,
        (from, "") => from.parse().ok()?..=last,
        (from, to) => from.parse().ok()?..=to.parse::<usize>().ok()?.min(last),
    };
    (part.start() <= part.end()).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::part_of;

    #[test]
    fn a_range_is_a_part_that_there_is() {
        for (range, part) in [
            ("bytes=0-99", Some(0..=99)),
            ("bytes=100-", Some(100..=999)),
            ("bytes=-1", Some(999..=999)),
            ("bytes=-5000", Some(0..=999)),
            ("bytes=990-5000", Some(990..=999)),
            ("bytes=1000-", None),
            ("bytes=5-4", None),
            ("bytes=0-1,5-6", None),
            ("lines=0-1", None),
            ("bytes=-0", None),
            ("bytes=x-", None),
        ] {
            assert_eq!(part_of(range, 1_000), part, "{range}");
        }
        assert_eq!(part_of("bytes=0-", 0), None);
    }
}

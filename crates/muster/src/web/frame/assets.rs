//! Styles, scripts and the icon: compiled in, each at an address that holds its digest, so that browsers keep it for good.

use std::sync::LazyLock;

use axum::http::header;
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

const ALL: [Asset; 10] = [
    Asset { name: "muster.css", kind: "text/css; charset=utf-8", parts: &STYLES },
    Asset { name: "icon.svg", kind: "image/svg+xml", parts: &[include_str!("assets/icon.svg")] },
    Asset { name: "announce.js", kind: SCRIPT, parts: &[include_str!("assets/announce.js")] },
    Asset { name: "muster.js", kind: SCRIPT, parts: &[include_str!("assets/muster.js")] },
    Asset { name: "search.js", kind: SCRIPT, parts: &[include_str!("assets/search.js")] },
    Asset { name: "form.js", kind: SCRIPT, parts: &[include_str!("assets/form.js")] },
    Asset { name: "ticks.js", kind: SCRIPT, parts: &[include_str!("assets/ticks.js")] },
    Asset { name: "upload.js", kind: SCRIPT, parts: &[include_str!("assets/upload.js")] },
    Asset { name: "progress.js", kind: SCRIPT, parts: &[include_str!("assets/progress.js")] },
    Asset { name: "fix-grid.js", kind: SCRIPT, parts: &[include_str!("assets/fix-grid.js")] },
];

/// One digest of all of them: the modules import each other by name, so that a change of one moves them all.
static EDITION: LazyLock<String> = LazyLock::new(|| {
    let mut digest = Sha256::new();
    for asset in &ALL {
        asset.parts.iter().for_each(|part| digest.update(part));
    }
    digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
});

/// The address of an asset.
pub(in crate::web) fn address(name: &str) -> String {
    format!("/assets/{}/{name}", *EDITION)
}

/// An asset, ready to be sent; none of another edition than this program's.
pub(in crate::web) fn find(edition: &str, name: &str) -> Option<Response> {
    let asset = ALL.iter().find(|asset| asset.name == name && edition == *EDITION)?;
    let headers =
        [(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Some((headers, asset.parts.concat()).into_response())
}

//! A text as a picture that a phone reads (QR code, ISO/IEC 18004), as SVG in the page: dark on light, whatever the page's colours are.

use std::fmt::Write;

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of nothing around it, which readers need.
const QUIET: i32 = 4;

/// The picture; none when the text is too long for one.
pub(in crate::web) fn picture(text: &str, name: &str) -> Option<Markup> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    let places = (0..size).flat_map(|y| (0..size).map(move |x| (x, y)));
    for (x, y) in places.filter(|(x, y)| code.get_module(*x, *y)) {
        // Writing into a text never fails.
        let _ = write!(path, "M{},{}h1v1h-1z", x + QUIET, y + QUIET);
    }
    let side = size + 2 * QUIET;
    Some(html! {
        svg.picture role="img" aria-label=(name) viewBox={ "0 0 " (side) " " (side) } width="240" height="240"
            shape-rendering="crispEdges" xmlns="http://www.w3.org/2000/svg" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    })
}

//! A secret that is shown once: a link or a token, to be copied; and the address by which people reach this server, which a link begins with.

use axum::http::{HeaderMap, header};
use maud::{Markup, html};
use sentences::say;

use super::cookies::Seen;
use crate::app::App;

/// Where people reach the server: what it was told, else the name by which this request came, which was looked at before.
pub(in crate::web) fn base_of(app: &App, seen: &Seen, headers: &HeaderMap) -> String {
    if let Some(url) = &app.settings.public_url {
        return url.trim_end_matches('/').to_owned();
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("{}://{host}", if seen.visit.https { "https" } else { "http" })
}

/// The secret, and a button that copies it where a browser can.
pub(in crate::web) fn shown_once(label: &str, secret: &str) -> Markup {
    html! {
        label for="secret" { (label) }
        div.with-button {
            input #secret type="text" readonly value=(secret) autocomplete="off" spellcheck="false";
            button.button type="button" hidden data-copy=(secret) data-copied=(say!("secret-copied")) { (say!("secret-copy")) }
        }
        p { (say!("secret-once")) }
    }
}

//! One-time links: how an administrator without a password signs in, once, within a day.

use super::secrets::{digest, new_secret};
use crate::app::App;
use events::Event;
use store::Result;

/// How many hours a link lasts.
pub const LINK_HOURS: i64 = 24;

/// Makes a link for an administrator; answers the secret that stands in it, `/link/SECRET`.
pub fn one_time_link(app: &App, administrator: i64) -> Result<String> {
    let secret = new_secret(app);
    let expires_at = app.clock.now().plus(LINK_HOURS * 60 * 60 * 1000);
    app.store.keep_link(&digest(&secret), administrator, expires_at)?;
    Event::LinkMade.line().with("administrator", administrator).tell();
    Ok(secret)
}

/// Whether a link would still open. Looking does not use it up: mail scanners look at every link.
pub fn link_is_open(app: &App, secret: &str) -> Result<bool> {
    app.store.link_is_open(&digest(secret), app.clock.now())
}

/// Uses a link up: the administrator it stands for, the first time, while it lasts.
pub fn use_link(app: &App, secret: &str) -> Result<Option<i64>> {
    app.store.use_link(&digest(secret), app.clock.now())
}

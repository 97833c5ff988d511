//! One-time links: how an administrator without a password signs in, once, within a day.

use super::secrets::{digest, new_secret};
use crate::app::App;
use events::Event;
use import::Context;
use store::Result;

/// How many hours a link lasts.
pub const LINK_HOURS: i64 = 24;
const HOUR: i64 = 60 * 60 * 1000;

/// Makes a link for an administrator; answers the secret that stands in it, `/link/SECRET`.
pub fn one_time_link(app: &Context, administrator: i64) -> Result<String> {
    let secret = new_secret(app);
    app.store.keep_link(&digest(&secret), administrator, app.clock.now().plus(LINK_HOURS * HOUR))?;
    Ok(secret)
}

/// The same for whoever asks for it, which is told.
pub fn one_time_link_by(app: &App, administrator: i64, by: &str) -> Result<String> {
    let line = Event::LinkMade.line().by(by).with("administrator", administrator);
    let noting = app.noting_everywhere(&line, administrator)?;
    let secret = one_time_link(&noting, administrator)?;
    line.tell();
    Ok(secret)
}

/// A link to choose another password by, mailed to who asked for it from an address: it lasts an hour.
pub(crate) fn password_link(app: &App, administrator: i64, asked_from: Option<&str>) -> Result<String> {
    mailed_link(app, (administrator, HOUR), asked_from)
}

/// A link of an invitation, mailed to whom an owner invited.
pub(crate) fn invitation_link(app: &App, administrator: i64, asked_from: Option<&str>) -> Result<String> {
    mailed_link(app, (administrator, LINK_HOURS * HOUR), asked_from)
}

/// Those that were mailed before open still: which of two mails comes first, nobody knows.
fn mailed_link(app: &App, (administrator, lasts): (i64, i64), asked_from: Option<&str>) -> Result<String> {
    let line = Event::LinkMade.line().by("mail").with("administrator", administrator);
    let store = app.noting_everywhere(&line, administrator)?.store.asked_from(asked_from);
    let secret = new_secret(app);
    store.keep_link(&digest(&secret), administrator, app.clock.now().plus(lasts))?;
    line.tell();
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

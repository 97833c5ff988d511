//! Sessions: who a browser's cookie stands for, and as whom they act in an account.

use super::devices::Browser;
use super::secrets::{digest, new_secret};
use crate::app::App;
use directory::Language;
use events::Event;
use store::{Account, Administrator, ListedSession, Result, Role, Time};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// A session that rested this long is over.
const IDLE: i64 = 12 * HOUR;
/// A session this old is over, however busy it was.
const LONGEST: i64 = 7 * 24 * HOUR;

/// Somebody who signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub administrator: Administrator,
    /// The digest of the session's cookie.
    pub session: String,
    /// Whether by a one-time link, so that a password may be set without knowing the old one.
    pub by_link: bool,
}

/// Somebody who acts in an account: what every page and every change knows of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account: Account,
    /// What they may do there.
    pub role: Role,
    /// Who they are in history: the email.
    pub name: String,
    /// Their number.
    pub administrator: i64,
    /// Whether they have a role in other accounts too.
    pub has_other_accounts: bool,
    /// Whether the account asks for a second factor that they have not.
    pub owes_factor: bool,
    /// How much word waits for them to be seen.
    pub news: i64,
    /// The language that they chose, or else their organisation; none is what their browser asks for.
    pub language: Option<Language>,
}

impl Actor {
    /// Who they are, as the log tells people.
    pub fn known_as(&self) -> String {
        format!("administrator:{}", self.administrator)
    }
}

/// Starts a session of which nothing is known but whose it is; answers the secret for the cookie.
pub fn start_session(app: &App, administrator: i64) -> Result<String> {
    start_session_in(app, administrator, false, &Browser::default())
}

/// Starts a session in a browser, in place of the one that it had; answers the secret for the cookie. Sessions that are over are
/// forgotten on the way.
pub(super) fn start_session_in(
    app: &import::Context,
    administrator: i64,
    by_link: bool,
    browser: &Browser,
) -> Result<String> {
    let now = app.clock.now();
    app.store.forget_old_sessions(now.plus(-LONGEST), now.plus(-IDLE), now)?;
    let secret = new_secret(app);
    app.store.start_session(&digest(&secret), administrator, &browser.start(by_link), now)?;
    Ok(secret)
}

/// Who the secret of a cookie stands for, if its session is not over. Notes the use, at most once a minute.
pub fn signed_in(app: &App, secret: &str) -> Result<Option<SignedIn>> {
    let hash = digest(secret);
    let now = app.clock.now();
    let Some(session) = app.store.session(&hash)? else { return Ok(None) };
    if is_over(session.created_at, session.seen_at, now) {
        app.store.end_session(&hash)?;
        return Ok(None);
    }
    // A request does not fail for it: a database that can only be read is read on.
    if now.0 - session.seen_at.0 >= MINUTE
        && let Err(error) = app.store.touch_session(&hash, now)
    {
        tracing::warn!(%error, "the use of a session was not noted");
    }
    Ok(Some(SignedIn { administrator: session.administrator, session: hash, by_link: session.by_link }))
}

fn is_over(created_at: Time, seen_at: Time, now: Time) -> bool {
    now.0 - created_at.0 > LONGEST || now.0 - seen_at.0 > IDLE
}

/// The sessions of somebody that are not over, the last used first.
pub fn sessions(app: &App, administrator: i64) -> Result<Vec<ListedSession>> {
    let now = app.clock.now();
    let mut sessions = app.store.sessions(administrator)?;
    sessions.retain(|session| !is_over(session.created_at, session.seen_at, now));
    Ok(sessions)
}

/// Ends the session of a cookie.
pub fn end_session(app: &App, signed_in: &SignedIn) -> Result<()> {
    let number = signed_in.administrator.id;
    let line = Event::SignedOut.line().by_administrator(number);
    app.noting_everywhere(&line, number)?.store.end_session(&signed_in.session)?;
    line.tell();
    Ok(())
}

/// Ends one of one's own sessions, by the digest that the list shows. False when there is none.
pub fn end_one_session(app: &App, signed_in: &SignedIn, session: &str) -> Result<bool> {
    let number = signed_in.administrator.id;
    let line = Event::SessionsEnded.line().by_administrator(number).with("sessions", 1);
    let ended = app.noting_everywhere(&line, number)?.store.end_session_of(number, session)?;
    if ended {
        line.tell();
    }
    Ok(ended)
}

/// Ends all of one's own sessions but the one in which it is asked for; links that would begin one open no more.
pub fn end_other_sessions(app: &App, signed_in: &SignedIn) -> Result<()> {
    let number = signed_in.administrator.id;
    let line = Event::SessionsEnded.line().by_administrator(number);
    let noting = app.noting_everywhere(&line, number)?;
    let ended = noting.store.end_sessions(number, Some(&signed_in.session))?;
    line.with("sessions", ended).tell();
    Ok(())
}

/// Ends every session of an administrator, for `by` (the operator, an owner): links that would begin one open no more, and no browser is
/// known any more. Answers how many sessions there were.
pub fn sign_out_everywhere(app: &App, administrator: i64, by: &str) -> Result<u64> {
    let line = Event::SessionsEnded.line().by(by).with("administrator", administrator);
    let ended = app.noting_everywhere(&line, administrator)?.store.end_sessions(administrator, None)?;
    app.store.forget_devices(administrator)?;
    line.with("sessions", ended).tell();
    Ok(ended)
}

/// As whom somebody acts in the account of a slug. None when there is no such account or they have no role there: the two
/// must not be told apart.
pub fn actor(app: &App, signed_in: &SignedIn, slug: &str) -> Result<Option<Actor>> {
    let administrator = &signed_in.administrator;
    let found = app.store.membership(administrator.id, slug)?;
    if found.is_none() {
        Event::Refused.line().by_administrator(administrator.id).with("role", "none").tell();
    }
    Ok(found.map(|(membership, has_other_accounts)| Actor {
        language: administrator.language.or(membership.account.language),
        account: membership.account,
        role: membership.role,
        name: administrator.email.clone(),
        administrator: administrator.id,
        has_other_accounts,
        owes_factor: membership.owes_factor,
        news: membership.news,
    }))
}

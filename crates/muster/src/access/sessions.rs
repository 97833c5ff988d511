//! Sessions: who a browser's cookie stands for, and as whom they act in an account.

use super::secrets::{digest, new_secret};
use crate::app::App;
use store::{Account, Administrator, Result, Role, Time};

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
}

/// Starts a session; answers the secret for the cookie. Sessions that are over are forgotten on the way.
pub fn start_session(app: &App, administrator: i64) -> Result<String> {
    let now = app.clock.now();
    app.store.forget_old_sessions(now.plus(-LONGEST), now.plus(-IDLE), now)?;
    let secret = new_secret(app);
    app.store.start_session(&digest(&secret), administrator, now)?;
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
    if now.0 - session.seen_at.0 >= MINUTE {
        app.store.touch_session(&hash, now)?;
    }
    Ok(Some(SignedIn { administrator: session.administrator, session: hash }))
}

fn is_over(created_at: Time, seen_at: Time, now: Time) -> bool {
    now.0 - created_at.0 > LONGEST || now.0 - seen_at.0 > IDLE
}

/// Ends the session of a cookie.
pub fn end_session(app: &App, signed_in: &SignedIn) -> Result<()> {
    app.store.end_session(&signed_in.session)
}

/// As whom somebody acts in the account of a slug. None when there is no such account or they have no role there: the two
/// must not be told apart.
pub fn actor(app: &App, signed_in: &SignedIn, slug: &str) -> Result<Option<Actor>> {
    let administrator = &signed_in.administrator;
    let found = app.store.membership(administrator.id, slug)?;
    Ok(found.map(|(membership, has_other_accounts)| Actor {
        account: membership.account,
        role: membership.role,
        name: administrator.email.clone(),
        administrator: administrator.id,
        has_other_accounts,
    }))
}

//! Signing in: with email and password or with a one-time link, and then with a code where somebody has a second factor. Failures make
//! the next try wait (`attempts`).

use directory::{Claim, Kind};
use events::Event;

use super::attempts::{Counter, OF_CODES, OF_PASSWORDS, clear, note, wait_of};
use super::devices::Browser;
use super::factors::{code_failed, code_is_right, has_factor};
use super::links::use_link;
use super::passwords::{in_turn, is_password, is_weak, password_hash};
use super::secrets::{digest, new_secret};
use super::sessions::start_session_in;
use crate::app::App;
use store::{Administrator, HalfSignIn, Result};

/// Bytes of an email that is looked at (RFC 5321, 4.5.3.1: 64, an @, and 255). A longer one is nobody's, and leaves no counter.
const EMAIL_MOST: usize = 320;

/// How long the second factor may take.
const HALF_TIME: i64 = 10 * 60 * 1000;
/// Wrong codes after which the first factor is asked for again.
const CODES_MOST: i64 = 10;

/// How signing in ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// They are in.
    Welcome(Welcome),
    /// The first factor is right: the secret for the cookie under which the second one is waited for.
    SecondFactor(String),
    /// The email, the password or the code is wrong; which, is not told.
    Wrong,
    /// Too many failures: try again in so many seconds.
    Wait(i64),
    /// There is nothing to go on with: a link was used, or the second factor took too long.
    Over,
}

/// The secrets of somebody who is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// For the cookie of the session.
    pub session: String,
    /// For the cookie by which the browser is known from now on.
    pub device: String,
}

/// Signs somebody in with email and password. An unknown email costs as much time as a wrong password.
///
/// # Errors
/// When the store or hashing fails.
pub async fn sign_in(app: &App, email: String, password: String, browser: Browser) -> Result<Answer> {
    in_turn(app, move |app| try_once(app, email.trim(), &password, &browser)).await
}

/// Signs somebody in with a one-time link, which is used up.
///
/// # Errors
/// When the store fails.
pub fn open_link(app: &App, secret: &str, browser: &Browser) -> Result<Answer> {
    match use_link(app, secret)? {
        Some(administrator) => {
            first_factor_is_right(app, HalfSignIn { administrator, by_link: true }, browser)
        }
        None => Ok(Answer::Over),
    }
}

/// Signs somebody in who was made just now over a link that is used up.
pub(super) fn welcome_by_link(app: &App, administrator: i64, browser: &Browser) -> Result<Answer> {
    first_factor_is_right(app, HalfSignIn { administrator, by_link: false }, browser)
}

/// Signs somebody in who passed the first factor, as the secret of a cookie says, with a code or a recovery code.
///
/// # Errors
/// When the store fails.
pub fn second_factor(app: &App, secret: &str, code: &str, browser: &Browser) -> Result<Answer> {
    let hash = digest(secret);
    let Some(half) = app.store.half_sign_in(&hash, app.clock.now())? else { return Ok(Answer::Over) };
    let counters = [Counter::of_codes(app, half.administrator, browser)?];
    let wait = wait_of(app, &counters, OF_CODES)?;
    if wait > 0 {
        Event::SignInSlowed.line().by_administrator(half.administrator).tell();
        return Ok(Answer::Wait(wait));
    }
    if !code_is_right(app, half.administrator, code)? {
        note(app, &counters, Some((&code_failed(half.administrator), half.administrator)))?;
        app.store.count_wrong_code(&hash, CODES_MOST)?;
        return Ok(Answer::Wrong);
    }
    clear(app, &counters)?;
    if app.store.end_half_sign_in(&hash)? { welcome(app, half, browser, true) } else { Ok(Answer::Over) }
}

/// Whether somebody passed the first factor, as the secret of a cookie says, and the second is waited for.
///
/// # Errors
/// When the store fails.
pub fn owes_second_factor(app: &App, secret: &str) -> Result<bool> {
    Ok(app.store.half_sign_in(&digest(secret), app.clock.now())?.is_some())
}

fn try_once(app: &App, email: &str, password: &str, browser: &Browser) -> Result<Answer> {
    let key = (email.len() <= EMAIL_MOST).then(|| Claim::fold(Kind::Email, email));
    let administrator = match &key {
        Some(key) => app.store.administrator(key)?,
        None => None,
    };
    let counters = counters_of(app, key.as_deref(), administrator.as_ref(), browser)?;
    let wait = wait_of(app, &counters, OF_PASSWORDS)?;
    if wait > 0 {
        let line = Event::SignInSlowed.line();
        match &administrator {
            Some(administrator) => line.by_administrator(administrator.id).tell(),
            None => line.by("nobody").tell(),
        }
        return Ok(Answer::Wait(wait));
    }
    let hash = administrator.as_ref().and_then(|administrator| administrator.password.as_deref());
    if let (true, Some(administrator), Some(key)) = (is_password(password, hash)?, &administrator, &key) {
        clear(app, &counters)?;
        strengthen(app, administrator, key, password)?;
        return first_factor_is_right(
            app,
            HalfSignIn { administrator: administrator.id, by_link: false },
            browser,
        );
    }
    let line = Event::SignInFailed.line();
    match &administrator {
        Some(known) => note(app, &counters, Some((&line.by_administrator(known.id), known.id)))?,
        None => {
            note(app, &counters, None)?;
            line.by("nobody").tell();
        }
    }
    Ok(Answer::Wrong)
}

/// What is counted when somebody signs in: in a browser in which they did before its own failures, else those of the email and of the
/// address.
fn counters_of(
    app: &App,
    key: Option<&str>,
    administrator: Option<&Administrator>,
    browser: &Browser,
) -> Result<Vec<Counter>> {
    if let Some(administrator) = administrator
        && let Some(device) = browser.known_device(app, administrator.id)?
    {
        return Ok(vec![Counter::of_device("password", administrator.id, &device)]);
    }
    let email = key.map(|key| Counter::of_email(key, administrator.is_some()));
    Ok(email.into_iter().chain(browser.address.map(Counter::of_address)).collect())
}

fn first_factor_is_right(app: &App, half: HalfSignIn, browser: &Browser) -> Result<Answer> {
    if !has_factor(app, half.administrator)? {
        return welcome(app, half, browser, false);
    }
    let (secret, now) = (new_secret(app), app.clock.now());
    app.store.begin_half_sign_in(&digest(&secret), half, now, now.plus(HALF_TIME))?;
    Ok(Answer::SecondFactor(secret))
}

fn welcome(app: &App, half: HalfSignIn, browser: &Browser, with_code: bool) -> Result<Answer> {
    let first = if half.by_link { "link" } else { "password" };
    let line = Event::SignedIn.line().by_administrator(half.administrator);
    let line = line.with("first", first);
    let line = if with_code { line.with("second", "code") } else { line };
    let noting = app.noting_everywhere(&line, half.administrator)?;
    let session = start_session_in(&noting, half.administrator, half.by_link, browser)?;
    let device = browser.note(app, half.administrator)?;
    line.tell();
    Ok(Answer::Welcome(Welcome { session, device }))
}

/// Hashes a password anew that was hashed with less than what is asked for now; sessions go on.
fn strengthen(app: &App, administrator: &Administrator, key: &str, password: &str) -> Result<()> {
    if administrator.password.as_deref().is_some_and(is_weak) {
        let hash = password_hash(app, password)?;
        app.store.save_administrator(&administrator.email, key, Some(&hash), false, app.clock.now())?;
    }
    Ok(())
}

//! Signing in with email and password, and the soft lock that makes guessing slow without locking anybody out.

use std::net::IpAddr;

use directory::{Claim, Kind};
use tokio::sync::Semaphore;

use super::passwords::{is_password, is_weak, password_hash, set_password};
use super::sessions::start_session;
use crate::app::App;
use store::{Administrator, Error, Result};

/// How many passwords are hashed at once: each takes 19 MiB and a core.
static TURNS: Semaphore = Semaphore::const_new(2);

/// From so many failures in a row on, so many seconds must pass before the next try.
const LOCK: [(i64, i64); 4] = [(100, 10), (25, 5), (9, 3), (3, 1)];

/// How signing in ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The secret for the cookie.
    Welcome(String),
    /// The email or the password is wrong; which, is not told.
    Wrong,
    /// Too many failures: try again in so many seconds.
    Wait(i64),
}

/// Signs somebody in. An unknown email costs as much time as a wrong password.
///
/// # Errors
/// When the store or hashing fails.
pub async fn sign_in(app: &App, email: String, password: String, address: Option<IpAddr>) -> Result<Answer> {
    let turn = TURNS.acquire().await.map_err(|error| Error::Failed(error.to_string()))?;
    let answer = app.run(move |app| try_once(app, &email, &password, address)).await;
    drop(turn);
    answer
}

/// Sets the password of an administrator, in turn with those who sign in; every session but the one of the digest `keep` ends.
///
/// # Errors
/// When the store or hashing fails.
pub async fn change_password(app: &App, administrator: i64, password: String, keep: String) -> Result<()> {
    let turn = TURNS.acquire().await.map_err(|error| Error::Failed(error.to_string()))?;
    let answer = app.run(move |app| set_password(app, administrator, &password, Some(&keep))).await;
    drop(turn);
    answer
}

fn try_once(app: &App, email: &str, password: &str, address: Option<IpAddr>) -> Result<Answer> {
    let key = Claim::fold(Kind::Email, email.trim());
    let subjects = [Some(format!("email {key}")), address.map(|address| format!("address {address}"))];
    let subjects: Vec<String> = subjects.into_iter().flatten().collect();
    let wait = longest_wait(app, &subjects)?;
    if wait > 0 {
        return Ok(Answer::Wait(wait));
    }
    let administrator = app.store.administrator(&key)?;
    let hash = administrator.as_ref().and_then(|administrator| administrator.password.as_deref());
    if let (true, Some(administrator)) = (is_password(password, hash)?, &administrator) {
        app.store.clear_failures(&subjects[0])?;
        strengthen(app, administrator, &key, password)?;
        return start_session(app, administrator.id).map(Answer::Welcome);
    }
    for subject in &subjects {
        app.store.note_failure(subject, app.clock.now())?;
    }
    Ok(Answer::Wrong)
}

fn longest_wait(app: &App, subjects: &[String]) -> Result<i64> {
    let now = app.clock.now();
    let mut longest = 0;
    for subject in subjects {
        let (failures, last_at) = app.store.failures(subject)?;
        let seconds = LOCK.iter().find(|(from, _)| failures >= *from).map_or(0, |(_, seconds)| *seconds);
        let left = last_at.0 + seconds * 1000 - now.0;
        longest = longest.max((left + 999) / 1000);
    }
    Ok(longest)
}

/// Hashes a password anew that was hashed with less than what is asked for now; sessions go on.
fn strengthen(app: &App, administrator: &Administrator, key: &str, password: &str) -> Result<()> {
    if administrator.password.as_deref().is_some_and(is_weak) {
        let hash = password_hash(app, password)?;
        app.store.save_administrator(&administrator.email, key, Some(&hash), false, app.clock.now())?;
    }
    Ok(())
}

//! What strangers may send who did not sign in: a form that we showed them, a while after they saw it, so many times an hour. There is
//! no puzzle and nobody else's service; programs that fill in whatever form they find are told by their haste.

use store::{Result, Time};

use super::origin::{Visit, network_of};
use super::secrets::digest;
use crate::app::App;

/// Nobody reads and answers a form within two seconds.
const QUICKEST: i64 = 2_000;
/// A form counts for a day.
const LONGEST: i64 = 24 * 60 * 60 * 1000;
/// Letters of the digest that make a time one of ours.
const SEAL: usize = 32;

/// What a form that came in shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// One of ours, sent by somebody who had time to read it.
    InTime,
    /// Too quickly for a person, too late, or none of ours.
    NotInTime,
}

/// What a form carries that is shown now: the time, sealed, so that nobody else can write one.
///
/// # Errors
/// When the store fails.
pub fn form_shown(app: &App) -> Result<String> {
    let now = app.clock.now();
    Ok(format!("{}.{}", now.0, seal(app, now)?))
}

/// What a form shows that carries this.
///
/// # Errors
/// When the store fails.
pub fn sent_form(app: &App, shown: &str) -> Result<Sent> {
    let parts = shown.split_once('.').and_then(|(at, seal)| Some((Time(at.parse().ok()?), seal)));
    let Some((at, sealed)) = parts else { return Ok(Sent::NotInTime) };
    let age = app.clock.now().0.saturating_sub(at.0);
    if !(QUICKEST..LONGEST).contains(&age) || seal(app, at)? != sealed {
        return Ok(Sent::NotInTime);
    }
    Ok(Sent::InTime)
}

/// Where something comes from, as a digest: the network of who asks.
pub fn sender_of(visit: Visit) -> String {
    let network = visit.address.map_or_else(|| "unknown".to_owned(), network_of);
    digest(&format!("sender {network}"))
}

fn seal(app: &App, at: Time) -> Result<String> {
    let secret = app.store.feedback_secret(&app.randomness)?;
    let mut seal = digest(&format!("form {secret} {}", at.0));
    seal.truncate(SEAL);
    Ok(seal)
}

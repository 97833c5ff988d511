//! What somebody who is in does to what protects their own account: another password, a second factor. Who does so shows again that it
//! is them, for a browser may be left open (OWASP ASVS 5.0, 7.5.1).

use events::Event;

use super::attempts::{Counter, OF_PASSWORDS, clear, note, wait_of};
use super::devices::Browser;
use super::factors::{Coded, has_factor, new_offer, with_code};
use super::password_rules::{PasswordProblem, check_password_of};
use super::passwords::{in_turn, is_password, set_password};
use super::sessions::SignedIn;
use crate::app::App;
use store::Result;

/// How changing one's own password ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// It is changed.
    Done,
    /// The old one is wrong.
    WrongOld,
    /// Too many failures: try again in so many seconds.
    Wait(i64),
    /// The new one is not taken.
    Refused(PasswordProblem),
}

/// What a password says of who types it.
enum Proof {
    Right,
    Wrong,
    Wait(i64),
}

/// Whether somebody has to know their password to change it: not who has none, nor who came by a one-time link.
pub fn asks_for_old_password(who: &SignedIn) -> bool {
    who.administrator.password.is_some() && !who.by_link
}

/// Sets one's own password, in turn with those who sign in; every other session ends.
///
/// # Errors
/// When the store or hashing fails.
pub async fn change_password(app: &App, who: SignedIn, old: String, new: String) -> Result<Changed> {
    in_turn(app, move |app| change_once(app, &who, &old, &new)).await
}

fn change_once(app: &App, who: &SignedIn, old: &str, new: &str) -> Result<Changed> {
    let number = who.administrator.id;
    match prove(app, who, old)? {
        Proof::Wait(seconds) => return Ok(Changed::Wait(seconds)),
        Proof::Wrong => {
            Event::PasswordChangeFailed.line().by_administrator(number).tell();
            return Ok(Changed::WrongOld);
        }
        Proof::Right => {}
    }
    if let Err(problem) = check_password_of(app, &who.administrator, new)? {
        return Ok(Changed::Refused(problem));
    }
    set_password(app, number, new, Some(&who.session))?;
    Event::PasswordChanged.line().by_administrator(number).tell();
    Ok(Changed::Done)
}

/// Offers somebody a second factor, in place of what was offered before. Who has one shows a code of it, who has none their password.
///
/// # Errors
/// When the store or hashing fails.
pub async fn offer_factor(app: &App, who: SignedIn, proof: String, browser: Browser) -> Result<Coded> {
    in_turn(app, move |app| offer_once(app, &who, &proof, &browser)).await
}

fn offer_once(app: &App, who: &SignedIn, proof: &str, browser: &Browser) -> Result<Coded> {
    let number = who.administrator.id;
    if has_factor(app, number)? {
        return with_code(app, number, proof, browser, || new_offer(app, number).map(|()| Coded::Offered));
    }
    match prove(app, who, proof)? {
        Proof::Right => new_offer(app, number).map(|()| Coded::Offered),
        Proof::Wrong => {
            Event::FactorFailed.line().by_administrator(number).tell();
            Ok(Coded::WrongPassword)
        }
        Proof::Wait(seconds) => Ok(Coded::Wait(seconds)),
    }
}

/// Whether somebody knows their password, if they have to.
fn prove(app: &App, who: &SignedIn, password: &str) -> Result<Proof> {
    if !asks_for_old_password(who) {
        return Ok(Proof::Right);
    }
    let counters = [Counter::of_administrator("own-password", who.administrator.id)];
    let wait = wait_of(app, &counters, OF_PASSWORDS)?;
    if wait > 0 {
        return Ok(Proof::Wait(wait));
    }
    if is_password(password, who.administrator.password.as_deref())? {
        clear(app, &counters)?;
        return Ok(Proof::Right);
    }
    note(app, &counters)?;
    Ok(Proof::Wrong)
}

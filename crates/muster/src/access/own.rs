//! What somebody who is in does to what protects their own account: another password, a second factor. Who does so shows again that it
//! is them, for a browser may be left open (OWASP ASVS 5.0, 7.5.1).

use directory::{Claim, Kind};
use events::{Event, Line};

use super::attempts::{Counter, OF_PASSWORDS, clear, note, wait_of};
use super::devices::Browser;
use super::factors::{Coded, has_factor, new_offer, with_code};
use super::names::is_email;
use super::password_rules::{PasswordProblem, check_password_of};
use super::passwords::{in_turn, is_password, set_password_by};
use super::sessions::SignedIn;
use crate::app::App;
use store::Result;

/// Letters of a name at the most.
const NAME_MOST: usize = 200;

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

/// How changing one's own name or email ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Introduced {
    /// It is changed.
    Done,
    /// The password is wrong.
    WrongPassword,
    /// Too many failures: try again in so many seconds.
    Wait(i64),
    /// It is no email.
    NotAnEmail,
    /// Somebody else signs in with this email.
    Taken,
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
    let failed = Event::PasswordChangeFailed.line().by_administrator(number);
    match prove(app, who, old, &failed)? {
        Proof::Wait(seconds) => return Ok(Changed::Wait(seconds)),
        Proof::Wrong => return Ok(Changed::WrongOld),
        Proof::Right => {}
    }
    if let Err(problem) = check_password_of(app, &who.administrator, new)? {
        return Ok(Changed::Refused(problem));
    }
    set_password_by(app, number, new, (Some(&who.session), &format!("administrator:{number}")))?;
    Ok(Changed::Done)
}

/// Sets one's own name and email, in turn with those who sign in. For another email the password is asked, because whoever has it gets
/// the account; a name tells others who it is, and asks for nothing.
///
/// # Errors
/// When the store or hashing fails.
pub async fn introduce(
    app: &App,
    who: SignedIn,
    (name, email): (String, String),
    password: String,
) -> Result<Introduced> {
    in_turn(app, move |app| introduce_once(app, &who, (&name, email.trim()), &password)).await
}

fn introduce_once(
    app: &App,
    who: &SignedIn,
    (name, email): (&str, &str),
    password: &str,
) -> Result<Introduced> {
    let number = who.administrator.id;
    if email != who.administrator.email {
        if !is_email(email) {
            return Ok(Introduced::NotAnEmail);
        }
        let failed = Event::PasswordChangeFailed.line().by_administrator(number).about("email");
        match prove(app, who, password, &failed)? {
            Proof::Wait(seconds) => return Ok(Introduced::Wait(seconds)),
            Proof::Wrong => return Ok(Introduced::WrongPassword),
            Proof::Right => {}
        }
        let line = Event::EmailChanged.line().by_administrator(number);
        let noting = app.noting_everywhere(&line, number)?;
        if !noting.store.change_email(number, email, &Claim::fold(Kind::Email, email))? {
            return Ok(Introduced::Taken);
        }
        // Links went to the email of before.
        app.store.forget_links(number)?;
        line.tell();
    }
    let name: String =
        name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(NAME_MOST).collect();
    app.store.rename_administrator(number, Some(name.as_str()).filter(|name| !name.is_empty()))?;
    Ok(Introduced::Done)
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
    match prove(app, who, proof, &Event::FactorFailed.line().by_administrator(number))? {
        Proof::Right => new_offer(app, number).map(|()| Coded::Offered),
        Proof::Wrong => Ok(Coded::WrongPassword),
        Proof::Wait(seconds) => Ok(Coded::Wait(seconds)),
    }
}

/// Whether somebody knows their password, if they have to; `failed` is told when they don't.
fn prove(app: &App, who: &SignedIn, password: &str, failed: &Line) -> Result<Proof> {
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
    note(app, &counters, Some((failed, who.administrator.id)))?;
    Ok(Proof::Wrong)
}

//! The second factor: a code that an app on the phone shows (TOTP, RFC 6238), with recovery codes for when the phone is gone.

use events::{Event, Line};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use store::{Administrator, Error, Result};
use totp_rs::{Builder, Secret, Totp};

use super::attempts::{Counter, OF_CODES, clear, note, wait_of};
use super::devices::Browser;
use super::secrets::digest;
use super::sessions::{Actor, SignedIn, sign_out_everywhere};
use crate::app::App;

/// How many recovery codes there are.
pub const RECOVERY_CODES: usize = 10;
/// Letters of a recovery code, in fours: 115 bits, so that a plain digest keeps it (OWASP ASVS 5.0, 6.5.2).
const CODE_LETTERS: usize = 24;
/// How long a factor that is offered waits to be confirmed.
const OFFER_TIME: i64 = 60 * 60 * 1000;

/// A second factor that waits to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What is typed into an app that reads no picture: base 32, in fours.
    pub typed: String,
    /// What the picture says: an address of the scheme `otpauth`.
    pub address: String,
}

/// What became of a code for one's own factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coded {
    /// A factor is offered.
    Offered,
    /// The factor is set: the recovery codes, the only time that they are to be seen.
    Set(Vec<String>),
    /// The factor is removed.
    Removed,
    /// The code is wrong, or was taken before.
    Wrong,
    /// The password is wrong that was asked for.
    WrongPassword,
    /// Too many failures: try again in so many seconds.
    Wait(i64),
    /// Nothing is offered, or there is no factor.
    Nothing,
}

/// Whether an administrator has a second factor.
pub fn has_factor(app: &App, administrator: i64) -> Result<bool> {
    Ok(app.store.factor(administrator)?.is_some())
}

/// Offers somebody a second factor, in place of what was offered before.
pub(super) fn new_offer(app: &App, administrator: i64) -> Result<()> {
    let secret = Secret::new_stack(app.randomness.bytes::<20>()).to_base32();
    app.store.offer_factor(administrator, &secret, app.clock.now().plus(OFFER_TIME))
}

/// What is offered to somebody and not confirmed yet.
pub fn offered_factor(app: &App, administrator: &Administrator) -> Result<Option<Offer>> {
    let secret = app.store.offered_factor(administrator.id, app.clock.now())?;
    Ok(secret.map(|secret| {
        let email = utf8_percent_encode(&administrator.email, NON_ALPHANUMERIC);
        let address = format!("otpauth://totp/Muster:{email}?secret={secret}&issuer=Muster");
        Offer { typed: in_fours(&secret, " "), address }
    }))
}

/// Confirms what is offered, with a code of it: from now on it is the second factor. Other sessions end.
pub fn confirm_factor(app: &App, who: &SignedIn, code: &str, browser: &Browser) -> Result<Coded> {
    let number = who.administrator.id;
    let Some(secret) = app.store.offered_factor(number, app.clock.now())? else { return Ok(Coded::Nothing) };
    counted(app, number, browser, || {
        let Some(step) = step_of(app, &secret, &plain(code))? else { return Ok(None) };
        let codes = [(); RECOVERY_CODES].map(|()| app.randomness.letters(CODE_LETTERS));
        let hashes = codes.each_ref().map(|code| digest(code));
        let line = Event::FactorSet.line().by_administrator(number);
        let noting = app.noting_everywhere(&line, number)?;
        noting.store.set_factor(number, &secret, &hashes, app.clock.now())?;
        app.store.take_step(number, step)?;
        app.store.end_sessions(number, Some(&who.session))?;
        line.tell();
        Ok(Some(Coded::Set(codes.iter().map(|code| in_fours(code, "-")).collect())))
    })
}

/// Removes one's own second factor, with a code of it or a recovery code. Other sessions end.
pub fn remove_factor(app: &App, who: &SignedIn, code: &str, browser: &Browser) -> Result<Coded> {
    let number = who.administrator.id;
    if !has_factor(app, number)? {
        return Ok(Coded::Nothing);
    }
    with_code(app, number, code, browser, || {
        let line = Event::FactorRemoved.line().by_administrator(number);
        app.noting_everywhere(&line, number)?.store.remove_factor(number)?;
        app.store.end_sessions(number, Some(&who.session))?;
        line.tell();
        Ok(Coded::Removed)
    })
}

/// Does something once a code of somebody's factor is right, under the soft lock.
pub(super) fn with_code(
    app: &App,
    administrator: i64,
    code: &str,
    browser: &Browser,
    then: impl FnOnce() -> Result<Coded>,
) -> Result<Coded> {
    counted(app, administrator, browser, || {
        if code_is_right(app, administrator, code)? { then().map(Some) } else { Ok(None) }
    })
}

/// Removes the second factor of somebody who lost it, for `by` (the operator, another owner); all their sessions end. False when they had
/// none.
pub fn reset_factor(app: &App, administrator: i64, by: &str) -> Result<bool> {
    let line = Event::FactorRemoved.line().by(by).with("administrator", administrator);
    let removed = app.noting_everywhere(&line, administrator)?.store.remove_factor(administrator)?;
    if removed {
        sign_out_everywhere(app, administrator, by)?;
        line.tell();
    }
    Ok(removed)
}

/// How taking another's second factor away ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reset {
    /// It is gone, or there was none.
    Done,
    /// They have a role elsewhere too, or are the one who asks: an owner here does not decide for others.
    NotOurs,
    /// Nobody of this number has a role here.
    NoSuchMember,
}

/// Takes the second factor of another administrator of the account away, who lost it, for an owner. Only of somebody who has no role
/// elsewhere: else an owner here could open what another organisation keeps behind it.
pub fn reset_factor_of(app: &App, owner: &Actor, administrator: i64) -> Result<Reset> {
    let members = app.store.members(owner.account.id)?;
    let Some(member) = members.iter().find(|member| member.administrator.id == administrator) else {
        return Ok(Reset::NoSuchMember);
    };
    if member.is_known_elsewhere || administrator == owner.administrator {
        return Ok(Reset::NotOurs);
    }
    reset_factor(app, administrator, &owner.known_as())?;
    Ok(Reset::Done)
}

/// Whether a code is right, and takes it: a code of the app whose step is later than the last one taken, or a recovery code.
pub(super) fn code_is_right(app: &App, administrator: i64, code: &str) -> Result<bool> {
    let code = plain(code);
    if code.len() == CODE_LETTERS {
        let line = Event::RecoveryCodeUsed.line().by_administrator(administrator);
        let noting = app.noting_everywhere(&line, administrator)?;
        if noting.store.use_recovery_code(administrator, &digest(&code))? {
            line.tell();
            return Ok(true);
        }
    }
    let step = match app.store.factor(administrator)? {
        Some(secret) => step_of(app, &secret, &code)?,
        None => None,
    };
    match step {
        Some(step) => app.store.take_step(administrator, step),
        None => Ok(false),
    }
}

/// Tries a code under the soft lock; `attempt` answers nothing when it is wrong.
fn counted(
    app: &App,
    administrator: i64,
    browser: &Browser,
    attempt: impl FnOnce() -> Result<Option<Coded>>,
) -> Result<Coded> {
    let counters = [Counter::of_codes(app, administrator, browser)?];
    let wait = wait_of(app, &counters, OF_CODES)?;
    if wait > 0 {
        return Ok(Coded::Wait(wait));
    }
    if let Some(coded) = attempt()? {
        clear(app, &counters)?;
        return Ok(coded);
    }
    note(app, &counters, Some((&code_failed(administrator), administrator)))?;
    Ok(Coded::Wrong)
}

/// The line of a code that was wrong, or had been taken.
pub(super) fn code_failed(administrator: i64) -> Line {
    Event::FactorFailed.line().by_administrator(administrator)
}

/// The step of time of which a code is: this one, the one before or the one after.
fn step_of(app: &App, secret: &str, code: &str) -> Result<Option<i64>> {
    let seconds = u64::try_from(app.clock.now().0 / 1000).unwrap_or_default();
    let step = totp(secret)?.check(code, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// Six digits, steps of thirty seconds, SHA-1: what every app understands.
fn totp(secret: &str) -> Result<Totp> {
    let failed = |what: &dyn std::fmt::Display| Error::Failed(format!("a second factor: {what}"));
    let secret = Secret::try_from_base32(secret).map_err(|error| failed(&error))?;
    Builder::new().with_secret(secret).build().map_err(|error| failed(&error))
}

/// A code without what people type between its letters.
fn plain(code: &str) -> String {
    let letters = code.chars().filter(|letter| letter.is_ascii_alphanumeric()).take(CODE_LETTERS + 1);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

fn in_fours(text: &str, between: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::{in_fours, plain, totp};

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let totp = totp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").expect("a secret");
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(totp.check(code, seconds), Some(seconds / 30), "{seconds}");
            assert_eq!(totp.check(code, seconds + 90), None, "{seconds}");
        }
    }

    #[test]
    fn what_people_type_between_letters_is_left_out() {
        assert_eq!(plain(" 123 456\n"), "123456");
        assert_eq!(plain("BCDF-ghjk-mnpq-2345"), "bcdfghjkmnpq2345");
        assert_eq!(plain(&"9".repeat(1 << 20)).len(), 25);
        assert_eq!(in_fours("bcdfghjkmnpq2345", "-"), "bcdf-ghjk-mnpq-2345");
    }
}

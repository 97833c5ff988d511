//! Tokens of programs: `muster_`, 30 random characters and 6 that check them, so that a cut or mistyped one is told from an
//! unknown one, and a secret scanner knows one when it sees one. The store has only the SHA-256.

use sha2::{Digest, Sha256};

use super::secrets::digest;
use crate::app::App;
use events::Event;
use store::{Account, AccountId, Result, Role, Time, TokenHolder};

const PREFIX: &str = "muster_";
const RANDOM: usize = 30;
const CHECK: usize = 6;
/// How coarsely it is kept when a token was last used, in milliseconds.
const HOUR: i64 = 60 * 60 * 1_000;
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What a bearer token turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// It stands for this.
    Holder(Box<TokenHolder>),
    /// It is none of ours, or damaged.
    Unknown,
    /// It has ended.
    Ended,
    /// Its organisation is suspended: why, in an operator's words.
    Suspended(String),
}

/// Makes a token; answers it, the only time that it is to be seen.
///
/// # Errors
/// When the store fails.
pub fn create_token(
    app: &import::Context,
    account: AccountId,
    name: &str,
    role: Role,
    expires_at: Option<Time>,
) -> Result<String> {
    let random = app.randomness.letters(RANDOM);
    let token = format!("{PREFIX}{random}{}", check(&random));
    app.store.keep_token(account, &digest(&token), name, role, expires_at, app.clock.now())?;
    Ok(token)
}

/// The same for whoever asks for it, which is told.
///
/// # Errors
/// When the store fails.
pub fn create_token_by(
    app: &App,
    account: &Account,
    (name, role): (&str, Role),
    expires_at: Option<Time>,
    by: &str,
) -> Result<String> {
    let line = Event::TokenMade.line().by(by).of_account(&account.slug);
    let line = line.with("token", name).with("role", role.word());
    let token = create_token(&app.noting(&line, &[account.id]), account.id, name, role, expires_at)?;
    line.tell();
    Ok(token)
}

/// Takes the tokens of an account away that have this name or this id; answers how many there were.
///
/// # Errors
/// When the store fails.
pub fn revoke_tokens(app: &App, account: &Account, named: &str, by: &str) -> Result<u64> {
    let line = Event::TokenRevoked.line().by(by).of_account(&account.slug).with("token", named);
    let revoked = app.noting(&line, &[account.id]).store.revoke_tokens(account.id, named)?;
    if revoked > 0 {
        line.with("tokens", revoked).tell();
    }
    Ok(revoked)
}

/// What a token stands for, now. A damaged one costs no look into the store.
///
/// # Errors
/// When the store fails.
pub fn token_holder(app: &App, token: &str) -> Result<Token> {
    if !is_well_formed(token) {
        return Ok(Token::Unknown);
    }
    let Some(holder) = app.store.token(&digest(token))? else { return Ok(Token::Unknown) };
    if let Some(why) = &holder.account.suspended {
        return Ok(Token::Suspended(why.clone()));
    }
    match holder.expires_at {
        Some(end) if end <= app.clock.now() => Ok(Token::Ended),
        _ => {
            note_use(app, &digest(token), &holder);
            Ok(Token::Holder(Box::new(holder)))
        }
    }
}

/// Notes that a token is used, at most once an hour. A request does not fail for it.
fn note_use(app: &App, hash: &str, holder: &TokenHolder) {
    let now = app.clock.now();
    let is_known = holder.used_at.is_some_and(|used| (0..HOUR).contains(&(now.0 - used.0)));
    if !is_known && let Err(error) = app.store.touch_token(hash, now) {
        tracing::warn!(%error, "the use of a token was not noted");
    }
}

fn is_well_formed(token: &str) -> bool {
    let Some(body) = token.strip_prefix(PREFIX) else { return false };
    body.is_ascii() && body.len() == RANDOM + CHECK && check(&body[..RANDOM]) == body[RANDOM..]
}

/// The check characters: five bits of each of the first bytes of its SHA-256.
fn check(random: &str) -> String {
    let hash = Sha256::digest(random.as_bytes());
    hash.iter().take(CHECK).map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect()
}

#[cfg(test)]
mod tests {
    use super::{PREFIX, check, is_well_formed};

    #[test]
    fn one_wrong_letter_or_a_missing_one_is_damage() {
        let random = "bcdfghjkmnpqrstvwxz12345678912";
        let token = format!("{PREFIX}{random}{}", check(random));
        assert!(is_well_formed(&token), "{token}");
        assert!(!is_well_formed(&token[..token.len() - 1]));
        assert!(!is_well_formed(&token.replacen('b', "c", 1)));
        assert!(!is_well_formed("muster_"));
        assert!(!is_well_formed(""));
        assert!(!is_well_formed(&format!("{PREFIX}ä{}", &token[9..])));
    }
}

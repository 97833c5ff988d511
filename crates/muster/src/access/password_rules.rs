//! Which passwords are taken: long ones that nobody guesses first (OWASP ASVS 5.0, 6.2). What letters they are made of is left to people.

use sentences::say;
use store::{Administrator, Result};

use crate::app::App;

/// The least number of characters of a password (OWASP ASVS 5.0, 6.2.1 and 6.2.5: length counts, composition does not).
pub const LEAST_CHARACTERS: usize = 12;
/// Longer ones are refused: hashing them would cost whoever asks nothing and us a lot.
pub(super) const MOST_CHARACTERS: usize = 256;
/// What is guessed within so many tries is too common: the 10,000 commonest passwords, also with a capital, a digit or a year behind,
/// twice, or as a walk over the keyboard.
const GUESSES_LEAST: u64 = 100_000;
/// Letters and digits of a name that must not stand in a password; shorter ones stand in half of all words.
const NAME_LEAST: usize = 4;

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordProblem {
    /// Fewer than [`LEAST_CHARACTERS`].
    TooShort,
    /// Beyond what is hashed.
    TooLong,
    /// Among the first that are tried.
    TooCommon,
    /// It holds the email, or the name of the organisation.
    HoldsName,
}

impl PasswordProblem {
    /// What is wrong and what to do.
    pub fn sentence(self) -> String {
        match self {
            Self::TooShort => say!("password-too-short", characters = LEAST_CHARACTERS),
            Self::TooLong => say!("password-too-long", characters = MOST_CHARACTERS),
            Self::TooCommon => say!("password-too-common").to_owned(),
            Self::HoldsName => say!("password-holds-a-name").to_owned(),
        }
    }
}

/// Whether a password may be set by somebody with this email, in organisations of these names.
///
/// # Errors
/// What is wrong with it.
pub fn check_password(
    password: &str,
    email: &str,
    names: &[&str],
) -> std::result::Result<(), PasswordProblem> {
    match password.chars().count() {
        count if count < LEAST_CHARACTERS => return Err(PasswordProblem::TooShort),
        count if count > MOST_CHARACTERS => return Err(PasswordProblem::TooLong),
        _ => {}
    }
    let before_at = email.split('@').next().unwrap_or_default();
    let mut parts = vec![email, before_at];
    parts.extend(names);
    let folded = folded(password);
    let holds = |part: &&str| {
        let part = self::folded(part);
        part.chars().count() >= NAME_LEAST && folded.contains(&part)
    };
    if parts.iter().any(holds) {
        return Err(PasswordProblem::HoldsName);
    }
    parts.push("muster");
    let guesses = zxcvbn::zxcvbn(password, &parts).guesses();
    if guesses < GUESSES_LEAST { Err(PasswordProblem::TooCommon) } else { Ok(()) }
}

/// Whether an administrator may set a password.
///
/// # Errors
/// When the store fails; what is wrong with the password is a value.
pub fn check_password_of(
    app: &App,
    administrator: &Administrator,
    password: &str,
) -> Result<std::result::Result<(), PasswordProblem>> {
    let memberships = app.store.memberships(administrator.id)?;
    let accounts = memberships.iter().map(|membership| &membership.account);
    let names: Vec<&str> =
        accounts.flat_map(|account| [account.name.as_str(), account.slug.as_str()]).collect();
    Ok(check_password(password, &administrator.email, &names))
}

/// Letters and digits alone, in lower case.
fn folded(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{PasswordProblem, check_password};

    #[test]
    fn what_is_guessed_first_is_not_taken() {
        let names = ["Acme Ltd", "acme", "BT"];
        for (password, expected) in [
            ("correct horse battery", Ok(())),
            ("bcdfg-hjkmn-pqrst-v1234", Ok(())),
            ("hubtower lamp 31", Ok(())),
            ("patience and a lamp", Ok(())),
            ("fast enough, ltd", Ok(())),
            ("short", Err(PasswordProblem::TooShort)),
            ("elevenchars", Err(PasswordProblem::TooShort)),
            (&"x".repeat(257), Err(PasswordProblem::TooLong)),
            ("password1234", Err(PasswordProblem::TooCommon)),
            ("Password2024", Err(PasswordProblem::TooCommon)),
            ("passwordpassword", Err(PasswordProblem::TooCommon)),
            ("123456789012", Err(PasswordProblem::TooCommon)),
            ("1q2w3e4r5t6y", Err(PasswordProblem::TooCommon)),
            ("qwertyuiopasdf", Err(PasswordProblem::TooCommon)),
            ("aaaaaaaaaaaaaa", Err(PasswordProblem::TooCommon)),
            ("administrator", Err(PasswordProblem::TooCommon)),
            ("unbelievable", Err(PasswordProblem::TooCommon)),
            ("Acme, my favourite place", Err(PasswordProblem::HoldsName)),
            ("we are ACME LTD now", Err(PasswordProblem::HoldsName)),
            ("a c m e of the hills", Err(PasswordProblem::HoldsName)),
            ("Pat.Jones@acme.example!", Err(PasswordProblem::HoldsName)),
            ("summer for PatJones", Err(PasswordProblem::HoldsName)),
        ] {
            assert_eq!(check_password(password, "pat.jones@acme.example", &names), expected, "{password}");
        }
    }
}

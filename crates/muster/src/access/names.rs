//! What organisations are called, and what somebody signs in with: names, short names, emails.

use directory::check_plain;
use events::Event;
use sentences::say;
use store::{Account, Result};

use crate::app::App;

/// Letters of the short name of an organisation.
const SLUG_MOST: usize = 40;
/// Letters of its name.
pub(super) const NAME_MOST: usize = 200;

/// Whether a text can be an email to sign in with: something, an @, something, no spaces.
pub fn is_email(email: &str) -> bool {
    let (name, domain) = email.split_once('@').unwrap_or_default();
    !name.is_empty() && !domain.is_empty() && !email.contains(char::is_whitespace) && !domain.contains('@')
}

/// What is wrong with the name of an organisation, if something is.
pub(super) fn name_problem(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some(say!("setup-type-the-name").to_owned());
    }
    if name.chars().count() > NAME_MOST {
        return Some(say!("setup-name-too-long", most = NAME_MOST));
    }
    check_plain(name).err().map(|not| not.sentence())
}

/// Makes an organisation of this name: its short name is made of the name, with a number behind when that is taken. `by` is who does it, as the
/// log tells them.
pub(super) fn account_named(app: &App, name: &str, by: &str) -> Result<Account> {
    let base = slug_of(name);
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    for slug in std::iter::once(base.clone()).chain(numbered) {
        let line = Event::AccountMade.line().by(by).of_account(&slug);
        if let Some(account) = app.noting(&line, &[]).store.create_account(&slug, name, app.clock.now())? {
            line.tell();
            return Ok(account);
        }
    }
    Err(store::Error::Taken)
}

/// The short name of an organisation: small letters, digits and single hyphens.
fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    // Room for a number behind it.
    slug.truncate(SLUG_MOST - 8);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "organisation".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{is_email, slug_of};

    #[test]
    fn a_short_name_is_made_of_the_name() {
        for (name, slug) in [
            ("Acme Ltd", "acme-ltd"),
            ("  St. Mary's -- School ", "st-mary-s-school"),
            ("Éléphant", "l-phant"),
            ("学校", "organisation"),
            ("A", "a"),
        ] {
            assert_eq!(slug_of(name), slug, "{name}");
        }
        assert!(slug_of(&"long name ".repeat(20)).len() <= 32);
    }

    #[test]
    fn an_email_has_two_sides() {
        for (email, is) in [
            ("a@b", true),
            ("a@b.example", true),
            ("", false),
            ("a", false),
            ("@b", false),
            ("a@", false),
            ("a@b@c", false),
            ("a b@c", false),
        ] {
            assert_eq!(is_email(email), is, "{email}");
        }
    }
}

//! Every sentence that people read, by key, in one place: a folder for each language, `en/` and `de/`, and in it a file for each room. Pure:
//! no input or output.
//!
//! [`say!`] is the way in; it says the sentence in the language that is [`spoken`]. A key that is not known, or an argument that is missing,
//! is found by `tests/house.rs`, which reads the sources of all crates; at run time it is no panic but an odd sentence. What a language
//! lacks is said in English: the command line, which speaks nothing else.

mod disguise;
mod language;
mod read;
mod written;

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::FluentValue;

pub use language::{Language, answering_in, speak, speaking, spoken};
pub use written::{decimal, grouped, written_day};

use read::Sentences;

/// The files of a language, each with its name and its text.
macro_rules! files {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../", $folder, "/", $name, ".ftl")))),*]
    };
}

const ENGLISH: &[(&str, &str)] = files!(
    "en": "activity", "api", "cli", "fields", "file", "frame", "help", "imports", "mail", "matching", "me", "operator", "practice", "review", "rules", "tickets", "users", "workbook"
);
const GERMAN: &[(&str, &str)] = files!("de": "activity", "fields", "file", "frame", "help", "imports", "mail", "matching", "me", "operator", "practice", "review", "rules", "tickets", "users", "workbook");

static IN_ENGLISH: LazyLock<Sentences> = LazyLock::new(|| Sentences::read(ENGLISH, Language::English));
static IN_GERMAN: LazyLock<Sentences> = LazyLock::new(|| Sentences::read(GERMAN, Language::German));
static IN_DISGUISE: LazyLock<Sentences> = LazyLock::new(|| Sentences::read(ENGLISH, Language::Mirrored));

/// The sentences of a language, read when the first of them is said.
fn sentences_of(language: Language) -> &'static Sentences {
    match language {
        Language::English => &IN_ENGLISH,
        Language::German => &IN_GERMAN,
        Language::Mirrored => &IN_DISGUISE,
    }
}

/// The sentence of a key. Without arguments it is a `&'static str`; with arguments, `say!("undone", users = 3)`, a `String`.
#[macro_export]
macro_rules! say {
    ($key:literal $(,)?) => { $crate::plain($key) };
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::filled($key, &[$((stringify!($name), $crate::Argument::from($value))),+])
    };
}

/// What stands in a sentence where it names an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument<'a> {
    /// A text, as it is.
    Text(Cow<'a, str>),
    /// A number, written with thousands separators, which also chooses between singular and plural.
    Number(i64),
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Argument<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Argument<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Argument<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

macro_rules! numbers {
    ($($kind:ty),*) => { $(
        impl From<$kind> for Argument<'_> {
            fn from(number: $kind) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )* };
}

numbers!(i64, u64, i32, u32, u16, usize);

impl<'a> From<Argument<'a>> for FluentValue<'a> {
    fn from(argument: Argument<'a>) -> Self {
        match argument {
            Argument::Text(text) => Self::String(text),
            Argument::Number(number) => Self::from(number),
        }
    }
}

/// The sentence of a key that takes no arguments; [`say!`] calls it. Of an unknown key, the key.
pub fn plain(key: &'static str) -> &'static str {
    let said = sentences_of(spoken()).plain(key);
    said.or_else(|| IN_ENGLISH.plain(key)).unwrap_or(key)
}

/// The sentence of a key with its arguments; [`say!`] calls it. Of an unknown key, the key.
pub fn filled(key: &'static str, arguments: &[(&'static str, Argument<'_>)]) -> String {
    let said = sentences_of(spoken()).fill(key, arguments);
    said.or_else(|| IN_ENGLISH.fill(key, arguments)).unwrap_or_else(|| key.to_owned())
}

/// The sentence of a key that takes no arguments in each of the languages that are shipped, for what is to be known again in whichever
/// it was said.
pub fn in_all_languages(key: &'static str) -> [&'static str; Language::SHIPPED.len()] {
    Language::SHIPPED.map(|language| speaking(language, || plain(key)))
}

pub(crate) fn grouped_by(number: i64, separator: char) -> String {
    let mut text = String::from(if number < 0 { "-" } else { "" });
    written::separate(&number.unsigned_abs().to_string(), separator, &mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::{Language, in_all_languages, speaking};

    #[test]
    fn what_is_said_is_in_the_language_that_is_spoken() {
        assert_eq!(say!("layout-users"), "Users");
        assert_eq!(speaking(Language::German, || say!("layout-users")), "Benutzer");
        assert_eq!(in_all_languages("layout-users"), ["Users", "Benutzer"]);
        let opened = |users: i64| speaking(Language::German, || say!("edited", users = users));
        assert_ne!(opened(1), opened(2).replace('2', "1"));
        // The command line speaks English alone.
        assert_eq!(
            speaking(Language::German, || say!("cli-account-the-name-is-empty")),
            say!("cli-account-the-name-is-empty")
        );
    }
}

//! Every sentence that people read, by key, in one place: a file of `en/` for each room. Pure: no input or output.
//!
//! [`say!`] is the way in. A key that is not known, or an argument that is missing, is found by `tests/house.rs`, which reads the sources
//! of all crates; at run time it is no panic but an odd sentence.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

/// The files of English, each with its name and its text.
const ENGLISH: &[(&str, &str)] = &[
    ("api", include_str!("../en/api.ftl")),
    ("cli", include_str!("../en/cli.ftl")),
    ("file", include_str!("../en/file.ftl")),
    ("frame", include_str!("../en/frame.ftl")),
    ("help", include_str!("../en/help.ftl")),
    ("imports", include_str!("../en/imports.ftl")),
    ("me", include_str!("../en/me.ftl")),
    ("review", include_str!("../en/review.ftl")),
    ("rules", include_str!("../en/rules.ftl")),
    ("users", include_str!("../en/users.ftl")),
    ("workbook", include_str!("../en/workbook.ftl")),
];

static SENTENCES: LazyLock<Language> = LazyLock::new(|| Language::read(ENGLISH));

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
    SENTENCES.plain.get(key).map_or(key, String::as_str)
}

/// The sentence of a key with its arguments; [`say!`] calls it. Of an unknown key, the key.
pub fn filled(key: &'static str, arguments: &[(&'static str, Argument<'_>)]) -> String {
    SENTENCES.fill(key, arguments)
}

/// A number with thousands separators: `1,003,412`.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The sentences of one language, read once.
struct Language {
    bundle: FluentBundle<FluentResource>,
    /// Those that hold nothing but text, so that they need not be made each time.
    plain: HashMap<String, String>,
    /// Those that choose nothing: texts with arguments between them, put together ten times as quickly as Fluent does.
    joined: HashMap<String, Vec<Part>>,
}

/// A part of a sentence that chooses nothing.
enum Part {
    Text(String),
    /// The name of an argument.
    Argument(String),
}

impl Language {
    /// What a file has that can't be read is passed over; a test reads all of them strictly.
    fn read(files: &[(&str, &str)]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![unic_langid::langid!("en-GB")]);
        // The marks that keep directions of writing apart would be in every comparison of texts; pages use `bdi`.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(grouped(number.value as i64)),
            _ => None,
        }));
        let (mut plain, mut joined) = (HashMap::new(), HashMap::new());
        for (_, text) in files {
            let resource =
                FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
            let keys: Vec<String> = resource.entries().filter_map(key_of).collect();
            joined.extend(resource.entries().filter_map(joined_of));
            bundle.add_resource_overriding(resource);
            plain.extend(keys.into_iter().filter_map(|key| text_of(&bundle, &key).map(|text| (key, text))));
        }
        Self { bundle, plain, joined }
    }

    fn fill(&self, key: &'static str, arguments: &[(&'static str, Argument<'_>)]) -> String {
        if let Some(text) = self.joined.get(key).and_then(|parts| join(parts, arguments)) {
            return text;
        }
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        let Some(pattern) = pattern else { return key.to_owned() };
        let mut filled = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            filled.set(*name, FluentValue::from(argument.clone()));
        }
        self.bundle.format_pattern(pattern, Some(&filled), &mut Vec::new()).into_owned()
    }
}

fn key_of(entry: &Entry<&str>) -> Option<String> {
    match entry {
        Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    }
}

/// The parts of a message that chooses nothing, with its key.
fn joined_of(entry: &Entry<&str>) -> Option<(String, Vec<Part>)> {
    let Entry::Message(message) = entry else { return None };
    Some((message.id.name.to_owned(), parts_of(message.value.as_ref()?)?))
}

fn parts_of(pattern: &Pattern<&str>) -> Option<Vec<Part>> {
    let part = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => Some(Part::Text((*value).to_owned())),
        PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::VariableReference { id }),
        } => Some(Part::Argument(id.name.to_owned())),
        PatternElement::Placeable { .. } => None,
    };
    pattern.elements.iter().map(part).collect()
}

/// None when an argument is missing: Fluent shows which.
fn join(parts: &[Part], arguments: &[(&'static str, Argument<'_>)]) -> Option<String> {
    let mut joined = String::with_capacity(128);
    for part in parts {
        match part {
            Part::Text(text) => joined.push_str(text),
            Part::Argument(name) => match arguments.iter().find(|(of, _)| of == name)? {
                (_, Argument::Text(text)) => joined.push_str(text),
                (_, Argument::Number(number)) => joined.push_str(&grouped(*number)),
            },
        }
    }
    Some(joined)
}

/// The text of a message that takes no arguments.
fn text_of(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{Argument, Language, grouped};

    #[test]
    fn numbers_are_grouped_and_choose_the_plural() {
        let text = "users = { $users ->\n    [one] { $users } user was\n   *[other] { $users } users were\n } edited in { $where }\n";
        let language = Language::read(&[("test", text)]);
        for (users, expected) in [
            (0, "0 users were edited in Ann\u{202e}"),
            (1, "1 user was edited in Ann\u{202e}"),
            (3_000, "3,000 users were edited in Ann\u{202e}"),
        ] {
            let arguments = vec![("users", Argument::from(users)), ("where", Argument::from("Ann\u{202e}"))];
            assert_eq!(language.fill("users", &arguments), expected);
        }
    }

    #[test]
    fn what_is_unknown_is_odd_but_no_panic() {
        let language = Language::read(&[("test", "a = Hello { $name }\nb = { \n")]);
        assert_eq!(language.fill("a", &[]), "Hello {$name}");
        assert_eq!(language.fill("b", &[]), "b");
    }

    #[test]
    fn thousands_are_separated() {
        for (number, expected) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (1_003_412, "1,003,412"), (-1_000, "-1,000")]
        {
            assert_eq!(grouped(number), expected);
        }
    }
}

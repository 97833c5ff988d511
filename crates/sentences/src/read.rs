//! The sentences of one language, as Fluent reads them, and how they are put together.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use unic_langid::langid;

use crate::disguise::disguised;
use crate::language::Language;
use crate::{Argument, grouped_by};

/// The sentences of one language, read once.
pub(crate) struct Sentences {
    language: Language,
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

impl Sentences {
    /// What a file has that can't be read is passed over; a test reads all of them strictly.
    pub(crate) fn read(files: &[(&str, &str)], language: Language) -> Self {
        let plurals = if language == Language::German { langid!("de") } else { langid!("en-GB") };
        let mut bundle = FluentBundle::new_concurrent(vec![plurals]);
        // The marks that keep directions of writing apart would be in every comparison of texts; pages use `bdi`.
        bundle.set_use_isolating(false);
        // What formats a number can't know for whom: there is one for each language.
        bundle.set_formatter(Some(match language {
            Language::German => |value, _| in_groups(value, Language::German),
            Language::English | Language::Mirrored => |value, _| in_groups(value, Language::English),
        }));
        if language == Language::Mirrored {
            bundle.set_transform(Some(|text| Cow::Owned(disguised(text))));
        }
        let (mut plain, mut joined) = (HashMap::new(), HashMap::new());
        for (_, text) in files {
            let resource =
                FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
            let keys: Vec<String> = resource.entries().filter_map(key_of).collect();
            joined.extend(resource.entries().filter_map(|entry| joined_of(entry, language)));
            bundle.add_resource_overriding(resource);
            plain.extend(keys.into_iter().filter_map(|key| text_of(&bundle, &key).map(|text| (key, text))));
        }
        Self { language, bundle, plain, joined }
    }

    /// The sentence of a key that takes no arguments, if there is one.
    pub(crate) fn plain(&self, key: &str) -> Option<&str> {
        self.plain.get(key).map(String::as_str)
    }

    /// The sentence of a key with its arguments, if there is one.
    pub(crate) fn fill(&self, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> Option<String> {
        let parts = self.joined.get(key);
        if let Some(text) = parts.and_then(|parts| join(parts, arguments, self.language)) {
            return Some(text);
        }
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut filled = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            filled.set(*name, FluentValue::from(argument.clone()));
        }
        Some(self.bundle.format_pattern(pattern, Some(&filled), &mut Vec::new()).into_owned())
    }
}

fn in_groups(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(grouped_by(number.value as i64, language.thousands())),
        _ => None,
    }
}

fn key_of(entry: &Entry<&str>) -> Option<String> {
    match entry {
        Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    }
}

/// The parts of a message that chooses nothing, with its key.
fn joined_of(entry: &Entry<&str>, language: Language) -> Option<(String, Vec<Part>)> {
    let Entry::Message(message) = entry else { return None };
    Some((message.id.name.to_owned(), parts_of(message.value.as_ref()?, language)?))
}

fn parts_of(pattern: &Pattern<&str>, language: Language) -> Option<Vec<Part>> {
    let part = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } if language == Language::Mirrored => {
            Some(Part::Text(disguised(value)))
        }
        PatternElement::TextElement { value } => Some(Part::Text((*value).to_owned())),
        PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::VariableReference { id }),
        } => Some(Part::Argument(id.name.to_owned())),
        PatternElement::Placeable { .. } => None,
    };
    pattern.elements.iter().map(part).collect()
}

/// None when an argument is missing: Fluent shows which.
fn join(parts: &[Part], arguments: &[(&'static str, Argument<'_>)], language: Language) -> Option<String> {
    let mut joined = String::with_capacity(128);
    for part in parts {
        match part {
            Part::Text(text) => joined.push_str(text),
            Part::Argument(name) => match arguments.iter().find(|(of, _)| of == name)? {
                (_, Argument::Text(text)) => joined.push_str(text),
                (_, Argument::Number(number)) => joined.push_str(&grouped_by(*number, language.thousands())),
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
    use super::{Argument, Language, Sentences};

    fn read(text: &str, language: Language) -> Sentences {
        Sentences::read(&[("test", text)], language)
    }

    #[test]
    fn numbers_are_grouped_and_choose_the_plural() {
        let text = "users = { $users ->\n    [one] { $users } user was\n   *[other] { $users } users were\n } edited in { $where }\n";
        for (language, users, expected) in [
            (Language::English, 0, "0 users were edited in Ann\u{202e}"),
            (Language::English, 1, "1 user was edited in Ann\u{202e}"),
            (Language::English, 3_000, "3,000 users were edited in Ann\u{202e}"),
            (Language::German, 3_000, "3.000 users were edited in Ann\u{202e}"),
        ] {
            let arguments = vec![("users", Argument::from(users)), ("where", Argument::from("Ann\u{202e}"))];
            assert_eq!(read(text, language).fill("users", &arguments).as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_is_unknown_is_odd_but_no_panic() {
        let language = read("a = Hello { $name }\nb = { \n", Language::English);
        assert_eq!(language.fill("a", &[]).as_deref(), Some("Hello {$name}"));
        assert_eq!(language.fill("b", &[]), None);
    }

    #[test]
    fn in_disguise_the_words_of_a_sentence_are_told_from_what_is_put_in() {
        let language = read(
            "a = Go\nb = Go to { $name }\nc = { $n ->\n    [one] Go { $n }\n   *[other] Went { $n }\n }\n",
            Language::Mirrored,
        );
        assert_eq!(language.plain("a"), Some("\u{202e}Goo\u{202c}"));
        let filled = language.fill("b", &[("name", Argument::from("Go"))]);
        assert_eq!(filled.as_deref(), Some("\u{202e}Goo\u{202c} \u{202e}too\u{202c} Go"));
        let filled = language.fill("c", &[("n", Argument::from(1_000))]);
        assert_eq!(filled.as_deref(), Some("\u{202e}Weent\u{202c} 1,000"));
    }
}

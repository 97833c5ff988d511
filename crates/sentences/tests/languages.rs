//! Every language says all that pages, files and mails say, with the same arguments, in each of its plural forms; and as the house speaks:
//! it blames nobody, and its marks are the language's own. What the command line and REST say stays English.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that can't go on has failed")]

#[path = "house/messages.rs"]
mod messages;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use messages::messages;

/// The languages besides English, with the plural forms of each (CLDR), as its folder is called.
const LANGUAGES: &[(&str, &[&str])] = &[("de", &["one", "other"])];

/// Files that programs and operators read, not the people of an organisation.
const ENGLISH_ALONE: [&str; 2] = ["api", "cli"];

fn folder(language: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(language)
}

/// The names of the files of a language, without their ends.
fn files(language: &str) -> Vec<String> {
    let entries = fs::read_dir(folder(language)).expect("a readable folder");
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    let mut files: Vec<String> = entries.map(|entry| name(&entry.expect("an entry").path())).collect();
    files.sort();
    files
}

fn text(language: &str, file: &str) -> String {
    fs::read_to_string(folder(language).join(format!("{file}.ftl"))).expect("a readable file")
}

/// Calls with each message's key and the patterns that it may be said by, variants each for itself.
fn each_message(language: &str, mut see: impl FnMut(&str, &str, &Pattern<&str>)) {
    for file in files(language) {
        let text = text(language, &file);
        let resource = fluent_syntax::parser::parse(text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{file}: {errors:?}"));
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => {
                    see(&file, message.id.name, message.value.as_ref().expect("a sentence"));
                }
                Entry::Term(term) => see(&file, term.id.name, &term.value),
                _ => {}
            }
        }
    }
}

#[test]
fn every_language_says_every_sentence_with_its_arguments() {
    let mut english: Vec<String> = files("en");
    english.retain(|file| !ENGLISH_ALONE.contains(&file.as_str()));
    for (language, _) in LANGUAGES {
        assert_eq!(files(language), english, "the files of {language}");
        let (said, wanted) = (messages(&folder(language)), messages(&folder("en")));
        let mut of_english_alone = Vec::new();
        each_message("en", |file, key, _| {
            if ENGLISH_ALONE.contains(&file) {
                of_english_alone.push(key.to_owned());
            }
        });
        let mut wrong = Vec::new();
        for (key, arguments) in wanted.iter().filter(|(key, _)| !of_english_alone.contains(key)) {
            match said.get(key) {
                None => wrong.push(format!("{key} is missing")),
                Some(named) if named != arguments => {
                    wrong.push(format!("{key} names {named:?}, in English {arguments:?}"));
                }
                Some(_) => {}
            }
        }
        wrong.extend(
            said.keys()
                .filter(|key| !wanted.contains_key(*key))
                .map(|key| format!("{key} is no English one")),
        );
        assert!(wrong.is_empty(), "{} sentences of {language}:\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn a_sentence_that_counts_has_every_plural_form() {
    for (language, forms) in LANGUAGES.iter().copied().chain([("en", &["one", "other"][..])]) {
        let mut wrong = Vec::new();
        each_message(language, |_, key, pattern| {
            for given in plurals(pattern) {
                let lacks: Vec<_> =
                    forms.iter().filter(|form| !given.contains(&(**form).to_owned())).collect();
                if !lacks.is_empty() {
                    wrong.push(format!("{key} lacks {lacks:?}"));
                }
            }
        });
        assert!(wrong.is_empty(), "{language}:\n{}", wrong.join("\n"));
    }
}

#[test]
fn a_sentence_counts_in_every_language_where_it_counts_in_english() {
    let counting = |language: &str| {
        let mut counting = BTreeMap::new();
        each_message(language, |_, key, pattern| {
            counting.insert(key.to_owned(), plurals(pattern).count());
        });
        counting
    };
    let english = counting("en");
    for (language, _) in LANGUAGES {
        let less: Vec<_> = counting(language)
            .into_iter()
            .filter(|(key, plurals)| plurals < english.get(key).unwrap_or(&0))
            .collect();
        assert!(less.is_empty(), "{language} chooses no plural in {less:?}");
    }
}

/// The forms of each choice of a pattern that is one by number.
fn plurals<'p>(pattern: &'p Pattern<&'p str>) -> impl Iterator<Item = Vec<String>> + 'p {
    pattern.elements.iter().filter_map(|element| {
        let PatternElement::Placeable { expression: Expression::Select { variants, .. } } = element else {
            return None;
        };
        let keys: Vec<String> = variants
            .iter()
            .map(|variant| match variant.key {
                VariantKey::Identifier { name } => name.to_owned(),
                VariantKey::NumberLiteral { value } => value.to_owned(),
            })
            .collect();
        keys.iter().any(|key| ["zero", "one", "two", "few", "many"].contains(&key.as_str())).then_some(keys)
    })
}

/// The texts of a language, those of variants each for itself, with their keys.
fn texts(language: &str) -> Vec<(String, String)> {
    fn gather(key: &str, pattern: &Pattern<&str>, into: &mut Vec<(String, String)>) {
        let mut whole = String::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => whole.push_str(value),
                PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                    whole.push('3');
                    variants.iter().for_each(|variant| gather(key, &variant.value, into));
                }
                PatternElement::Placeable {
                    expression: Expression::Inline(InlineExpression::VariableReference { id }),
                } => {
                    whole.push_str(&format!("${}", id.name));
                }
                PatternElement::Placeable { .. } => whole.push('x'),
            }
        }
        into.push((key.to_owned(), whole));
    }
    let mut texts = Vec::new();
    each_message(language, |_, key, pattern| gather(key, pattern, &mut texts));
    texts
}

#[test]
fn german_speaks_as_the_house_does() {
    let mut wrong = Vec::new();
    for (key, text) in texts("de") {
        let lower = text.to_lowercase();
        // Words that blame, or that leave people alone with it.
        for word in [
            "ungültig",
            "fehlgeschlagen",
            "unzulässig",
            "illegal",
            "falsche eingabe",
            "sie haben einen fehler",
            "null",
            " du ",
            " dein",
            "bitte bitte",
        ] {
            if lower.contains(word) && !(word == "null" && lower.contains("nullen")) {
                wrong.push(format!("{key} says {word:?}: {text}"));
            }
        }
        for mark in ['"', '”', '\'', '’'] {
            if text.contains(mark) {
                wrong.push(format!("{key} has the mark {mark}: {text}"));
            }
        }
        if text.matches('„').count() != text.matches('“').count() {
            wrong.push(format!("{key} opens and closes quotation marks unevenly: {text}"));
        }
        if ["  ", " . ", " , ", " : "].iter().any(|odd| text.contains(odd)) {
            wrong.push(format!("{key} has an odd space: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn german_ends_its_sentences_where_english_does() {
    let ends = |language: &str| {
        let mut ends: BTreeMap<String, BTreeSet<Option<char>>> = BTreeMap::new();
        for (key, text) in texts(language) {
            let last = text.trim_end().trim_end_matches(['”', '“']).chars().last();
            ends.entry(key).or_default().insert(last.filter(|last| ".?!:…".contains(*last)));
        }
        ends
    };
    let (english, german) = (ends("en"), ends("de"));
    let differ: Vec<_> = german
        .iter()
        .filter(|(key, ends)| english.get(*key).is_some_and(|english| english != *ends))
        .collect();
    assert!(differ.is_empty(), "{} ends differ: {differ:#?}", differ.len());
}

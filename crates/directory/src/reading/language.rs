//! Languages: tags as `en-GB` (RFC 5646, BCP 47), also `en_GB` as programs write them and English names as people do.

use oxilangtag::LanguageTag;

use super::language_names::{is_language, is_region, names, of_name};
use super::nearest::{folded, nearest};
use crate::{Code, Wrong};

/// Reads a language tag in canonical case, or the English name of a language: `German`, `English (GB)`.
///
/// # Errors
/// [`Code::NotALanguage`], with what was obviously meant.
pub(super) fn read(text: &str) -> Result<String, Wrong> {
    if let Some(tag) = of_tag(text).or_else(|| of_words(text)) {
        return Ok(tag);
    }
    let suggestions =
        match of_tag(&text.to_lowercase().replace("_", "-").replace("-uk", "-gb").replace(' ', "-")) {
            Some(tag) => vec![tag],
            None => nearest(text, names()),
        };
    Err(Wrong { suggestions, ..Wrong::plain(Code::NotALanguage) })
}

/// A tag whose language and region exist; other subtags need only be well formed.
fn of_tag(text: &str) -> Option<String> {
    let tag = LanguageTag::parse_and_normalize(&text.replace('_', "-")).ok()?;
    let exists = is_language(tag.primary_language()) && tag.region().is_none_or(is_region);
    exists.then(|| tag.into_inner())
}

/// `German`, `English (GB)`, `English (United Kingdom)`: the name of a language, and of a region where people name one.
fn of_words(text: &str) -> Option<String> {
    let text = folded(text);
    let (name, region) = match text.strip_suffix(')').and_then(|rest| rest.split_once(" (")) {
        Some((name, region)) => (name, Some(region)),
        None => (text.as_str(), None),
    };
    let language = of_name(name)?;
    match region {
        None => Some(language.to_owned()),
        Some(region) => of_tag(&format!("{language}-{}", region_of_name(region).unwrap_or(region))),
    }
}

/// The regions that people write out behind a language, as spreadsheets and phones show them.
fn region_of_name(name: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 22] = [
        ("uk", "GB"),
        ("united kingdom", "GB"),
        ("great britain", "GB"),
        ("usa", "US"),
        ("united states", "US"),
        ("australia", "AU"),
        ("canada", "CA"),
        ("ireland", "IE"),
        ("india", "IN"),
        ("new zealand", "NZ"),
        ("south africa", "ZA"),
        ("germany", "DE"),
        ("austria", "AT"),
        ("switzerland", "CH"),
        ("france", "FR"),
        ("belgium", "BE"),
        ("spain", "ES"),
        ("mexico", "MX"),
        ("portugal", "PT"),
        ("brazil", "BR"),
        ("china", "CN"),
        ("taiwan", "TW"),
    ];
    NAMES.iter().find(|(of, _)| *of == name).map(|(_, region)| *region)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::Code;

    fn check(text: &str, expected: &str) {
        assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
        assert_eq!(read(expected).as_deref(), Ok(expected), "twice: {text}");
    }

    #[test]
    fn tags_and_names_become_tags() {
        check("en-GB", "en-GB");
        check("en_GB", "en-GB");
        check("EN-gb", "en-GB");
        check("de", "de");
        check("zh-hant-tw", "zh-Hant-TW");
        check("es-419", "es-419");
        check("sr-Latn", "sr-Latn");
        check("German", "de");
        check("welsh", "cy");
        check("Scottish gaelic", "gd");
        check("English (UK)", "en-GB");
        check("Portuguese (Brazil)", "pt-BR");
        check("Cantonese", "yue");
    }

    #[test]
    fn other_texts_are_told() {
        for (text, suggestion) in [
            ("Klingon", None),
            ("en-UK", Some("en-GB")),
            ("xx", None),
            ("Germn", Some("German")),
            ("en GB", Some("en-GB")),
            ("-", None),
        ] {
            let wrong = read(text).expect_err(text);
            assert_eq!(
                (wrong.code, wrong.suggestions.first().map(String::as_str)),
                (Code::NotALanguage, suggestion),
                "{text}"
            );
        }
    }
}

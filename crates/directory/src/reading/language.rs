//! Languages: tags as `en-GB` (RFC 5646, BCP 47), also `en_GB` as programs write them, and names as people do, in English and in other
//! languages. Nothing is offered for being spelled alike: `Deutsch` is near to Dutch, and one click away for everybody.

use oxilangtag::LanguageTag;

use super::language_names::{is_language, is_region, of_name};
use super::language_words;
use super::nearest::folded;
use crate::{Code, Wrong};

/// Languages to choose from: the tag of each, and what the language calls itself, in the order of that.
pub fn languages() -> Vec<(&'static str, &'static str)> {
    let mut languages: Vec<_> = [("en", "English")].into_iter().chain(language_words::own_names()).collect();
    languages.sort_by_cached_key(|(_, name)| folded(name));
    languages
}

/// Reads a language tag in canonical case, or the name of a language: `German`, `Deutsch`, `English (GB)`.
///
/// # Errors
/// [`Code::NotALanguage`], with what was obviously meant.
pub(super) fn read(text: &str) -> Result<String, Wrong> {
    if let Some(tag) = of_tag(text).or_else(|| of_words(text)) {
        return Ok(tag);
    }
    let tag = of_tag(&text.to_lowercase().replace("_", "-").replace("-uk", "-gb").replace(' ', "-"));
    Err(Wrong { suggestions: tag.into_iter().collect(), ..Wrong::plain(Code::NotALanguage) })
}

/// A tag whose language and region exist; other subtags need only be well formed.
fn of_tag(text: &str) -> Option<String> {
    let tag = LanguageTag::parse_and_normalize(&text.replace('_', "-")).ok()?;
    let exists = is_language(tag.primary_language()) && tag.region().is_none_or(is_region);
    exists.then(|| tag.into_inner())
}

/// `German`, `English (GB)`, `Deutsch (Österreich)`: the name of a language, and of a region where people name one.
fn of_words(text: &str) -> Option<String> {
    let text = folded(text);
    if let Some(language) = named(&text) {
        return Some(language.to_owned());
    }
    let (name, region) = text.strip_suffix(')').and_then(|rest| rest.split_once('('))?;
    let (language, region) = (named(name.trim_end())?, region.trim());
    let region = region_of_name(region).map_or_else(|| region.to_uppercase(), str::to_owned);
    is_region(&region).then(|| of_tag(&format!("{language}-{region}"))).flatten()
}

fn named(folded: &str) -> Option<&'static str> {
    of_name(folded).or_else(|| language_words::of_name(folded))
}

/// The regions that people write out behind a language, as spreadsheets and phones show them, without accents.
fn region_of_name(name: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 22] = [
        ("uk|united kingdom|great britain", "GB"),
        ("usa|united states|estados unidos|etats-unis|美国", "US"),
        ("australia", "AU"),
        ("canada", "CA"),
        ("ireland", "IE"),
        ("india", "IN"),
        ("new zealand", "NZ"),
        ("south africa", "ZA"),
        ("germany|deutschland", "DE"),
        ("austria|osterreich", "AT"),
        ("switzerland|schweiz|suisse|svizzera", "CH"),
        ("france", "FR"),
        ("belgium|belgique|belgie", "BE"),
        ("spain|espana", "ES"),
        ("mexico", "MX"),
        ("argentina", "AR"),
        ("portugal", "PT"),
        ("brazil|brasil", "BR"),
        ("netherlands|nederland", "NL"),
        ("china|中国", "CN"),
        ("taiwan|台灣|台湾", "TW"),
        ("hong kong|香港", "HK"),
    ];
    let name = language_words::plain(name);
    NAMES.iter().find(|(of, _)| of.split('|').any(|of| of == name)).map(|(_, region)| *region)
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
    fn languages_are_called_as_people_call_them() {
        for (texts, tag) in [
            (
                "Deutsch|deutsch|Allemand|alemán|Tedesco|Duits|Almanca|немецкий|ドイツ語|德语|독일어|الألمانية",
                "de",
            ),
            ("Suomi|Finnisch|finnois|finlandés", "fi"),
            ("Français|FRANÇAIS|Francais|Französisch|Francés|Fransızca", "fr"),
            ("Español|Espanol|Castellano|Spanisch|espagnol|西班牙语", "es"),
            ("Nederlands|Vlaams|Niederländisch|néerlandais|Hollandaca", "nl"),
            ("Svenska|Schwedisch|İsveççe|ruotsi", "sv"),
            ("Polski|język polski|Polnisch|Pools", "pl"),
            ("日本語|Japanisch|giapponese|日语", "ja"),
            ("Englisch|Anglais|Inglés|İngilizce|英語|английский", "en"),
            ("slovenčina|Slowakisch", "sk"),
            ("slovenščina|Slowenisch", "sl"),
            ("Norsk|Noors", "no"),
            ("bokmål", "nb"),
            ("हिन्दी", "hi"),
            ("Tiếng Việt|tieng viet", "vi"),
            ("简体中文|中文（简体）", "zh-Hans"),
            ("Deutsch (Österreich)", "de-AT"),
            ("Français (Canada)|francais(ca)", "fr-CA"),
            ("Português (Brasil)", "pt-BR"),
        ] {
            texts.split('|').for_each(|text| check(text, tag));
        }
    }

    #[test]
    fn other_texts_are_told() {
        for (text, suggestion) in [
            ("Klingon", None),
            ("en-UK", Some("en-GB")),
            ("xx", None),
            ("Germn", None),
            ("Deutch", None),
            ("Suom", None),
            ("Deutsch (Mond)", None),
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

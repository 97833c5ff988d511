//! Yes and no, active and inactive: the words that people and spreadsheets have for two states.

use sentences::Language;

use super::nearest::folded;
use crate::{Code, Wrong};

/// The words for yes and no by language. Those of the languages that Muster speaks are understood everywhere.
const WORDS: &[(&str, &[&str], &[&str])] = &[
    ("en", &["yes", "y", "true", "1", "on"], &["no", "n", "false", "0", "off"]),
    ("de", &["ja", "j", "wahr"], &["nein", "falsch"]),
    ("fr", &["oui", "o", "vrai"], &["non", "faux"]),
    ("es", &["sí", "si", "s", "verdadero"], &["no", "falso"]),
    ("it", &["sì", "si", "s", "vero"], &["no", "falso"]),
    ("nl", &["ja", "j", "waar"], &["nee", "onwaar"]),
    ("pt", &["sim", "s", "verdadeiro"], &["não", "nao", "falso"]),
    ("pl", &["tak", "t", "prawda"], &["nie", "fałsz"]),
    ("sv", &["ja", "j", "sant"], &["nej", "falskt"]),
    ("da", &["ja", "j", "sand"], &["nej", "falsk"]),
    ("nb", &["ja", "j", "sann"], &["nei", "usann"]),
    ("no", &["ja", "j", "sann"], &["nei", "usann"]),
    ("fi", &["kyllä", "kylla", "tosi"], &["ei", "epätosi"]),
    ("cs", &["ano", "pravda"], &["ne", "nepravda"]),
    ("sk", &["áno", "pravda"], &["nie", "nepravda"]),
    ("hu", &["igen", "igaz"], &["nem", "hamis"]),
    ("tr", &["evet", "doğru"], &["hayır", "hayir", "yanlış"]),
    ("ru", &["да", "истина"], &["нет", "ложь"]),
    ("uk", &["так", "істина"], &["ні", "хибність"]),
    ("el", &["ναι", "αληθεσ"], &["οχι", "όχι"]),
    ("ja", &["はい"], &["いいえ"]),
    ("zh", &["是", "真"], &["否", "不是", "假"]),
    ("ko", &["예", "네"], &["아니요", "아니오"]),
    ("ar", &["نعم"], &["لا"]),
    ("hi", &["हाँ", "हां"], &["नहीं"]),
];

/// What people tick with, and shorter words: never read, but offered.
const MARKS: &[(&str, &[&str], &[&str])] = &[(
    "",
    &["x", "✓", "✔", "✔\u{fe0f}", "☑", "☑\u{fe0f}", "✅", "√", "t", "ok"],
    &["✗", "✘", "❌", "☐", "-", "–", "—", "f", "none"],
)];

/// Reads `yes` or `no` in the languages that Muster speaks and in the account's. A word of another language is not taken for granted,
/// but suggested.
///
/// # Errors
/// [`Code::NotYesNo`].
pub(super) fn read(text: &str, language: &str) -> Result<String, Wrong> {
    let text = folded(text);
    let language = language.split(['-', '_']).next().unwrap_or("en");
    let is_shipped = |of: &str| Language::SHIPPED.iter().any(|language| language.tag().starts_with(of));
    let own = WORDS.iter().filter(|(of, _, _)| is_shipped(of) || of.eq_ignore_ascii_case(language));
    if let Some(value) = meaning(&text, own) {
        return Ok(stored(value).to_owned());
    }
    let suggestions = meaning(&text, WORDS.iter().chain(MARKS)).map(|value| shown(stored(value)).to_owned());
    Err(Wrong { suggestions: suggestions.into_iter().collect(), ..Wrong::plain(Code::NotYesNo) })
}

fn meaning<'w>(
    text: &str,
    mut words: impl Iterator<Item = &'w (&'w str, &'w [&'w str], &'w [&'w str])>,
) -> Option<bool> {
    words.find_map(|(_, yes, no)| match text {
        text if yes.contains(&text) => Some(true),
        text if no.contains(&text) => Some(false),
        _ => None,
    })
}

/// What a spreadsheet of one of these languages calls TRUE and FALSE.
pub(crate) fn boolean_word(text: &str) -> Option<bool> {
    const TRUE: [&str; 7] = ["true", "wahr", "vrai", "verdadero", "vero", "waar", "verdadeiro"];
    const FALSE: [&str; 5] = ["false", "falsch", "faux", "falso", "onwaar"];
    let text = text.to_lowercase();
    match text.as_str() {
        word if TRUE.contains(&word) => Some(true),
        word if FALSE.contains(&word) => Some(false),
        _ => None,
    }
}

fn stored(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

/// `Yes` or `No`.
pub(super) fn shown(stored: &str) -> &'static str {
    if stored == "yes" { "Yes" } else { "No" }
}

/// Reads `active` or `inactive` in the languages that Muster speaks, in any case.
///
/// # Errors
/// [`Code::NotAStatus`]; yes and no are suggested as what they seem to mean.
pub(super) fn read_status(text: &str) -> Result<String, Wrong> {
    let text = folded(text);
    let suggestion = match text.as_str() {
        "active" | "inactive" => return Ok(text),
        "aktiv" => return Ok("active".to_owned()),
        "inaktiv" => return Ok("inactive".to_owned()),
        "enabled" | "current" | "a" | "live" => "Active",
        "disabled" | "deactivated" | "suspended" | "left" | "leaver" | "i" | "in active" | "not active" => {
            "Inactive"
        }
        other => match meaning(other, WORDS.iter()) {
            Some(true) => "Active",
            Some(false) => "Inactive",
            None => match super::nearest::nearest(other, ["Active", "Inactive"].into_iter()).as_slice() {
                [near, ..] if near == "Active" => "Active",
                [_, ..] => "Inactive",
                [] => return Err(Wrong::plain(Code::NotAStatus)),
            },
        },
    };
    Err(Wrong { suggestions: vec![suggestion.to_owned()], ..Wrong::plain(Code::NotAStatus) })
}

/// `Active` or `Inactive`.
pub(super) fn shown_status(stored: &str) -> &'static str {
    if stored == "active" { "Active" } else { "Inactive" }
}

#[cfg(test)]
mod tests {
    use super::{read, read_status};
    use crate::Code;

    fn check(language: &str, text: &str, expected: &str) {
        assert_eq!(read(text, language).as_deref(), Ok(expected), "{language} {text}");
    }

    #[test]
    fn yes_and_no_in_many_words() {
        for text in ["Yes", "YES", "y", "true", "TRUE", "1"] {
            check("en", text, "yes");
            check("de", text, "yes");
        }
        for text in ["No", "n", "false", "0"] {
            check("en", text, "no");
        }
        check("de", "Ja", "yes");
        check("de-AT", "nein", "no");
        check("de", "WAHR", "yes");
        check("fr", "Oui", "yes");
        check("fr", "non", "no");
        check("es", "Sí", "yes");
        check("it", "sì", "yes");
        check("nl", "nee", "no");
        check("pt", "Não", "no");
        check("tr", "HAYIR", "no");
        check("ja", "はい", "yes");
        check("en", "１", "yes");
        // Who reads Muster in German types German words, whatever the organisation's.
        check("en", "Ja", "yes");
        check("fr", "nein", "no");
    }

    #[test]
    fn other_words_are_told_and_known_ones_suggested() {
        for (language, text, suggestion) in [
            ("en", "sim", Some("Yes")),
            ("en", "non", Some("No")),
            ("en", "maybe", None),
            ("en", "2", None),
            ("en", "x", Some("Yes")),
            ("de", "X", Some("Yes")),
            ("en", "✓", Some("Yes")),
            ("en", "✔\u{fe0f}", Some("Yes")),
            ("en", "✗", Some("No")),
            ("en", "evet", Some("Yes")),
            ("en", "нет", Some("No")),
        ] {
            let wrong = read(text, language).expect_err(text);
            assert_eq!(
                (wrong.code, wrong.suggestions.first().map(String::as_str)),
                (Code::NotYesNo, suggestion)
            );
        }
    }

    #[test]
    fn a_status_is_one_of_two() {
        assert_eq!(read_status("ACTIVE").as_deref(), Ok("active"));
        assert_eq!(read_status("Inactive").as_deref(), Ok("inactive"));
        for (text, suggestion) in [
            ("yes", Some("Active")),
            ("Actve", Some("Active")),
            ("inactiv", Some("Inactive")),
            ("gone", None),
            ("left", Some("Inactive")),
        ] {
            let wrong = read_status(text).expect_err(text);
            assert_eq!(
                (wrong.code, wrong.suggestions.first().map(String::as_str)),
                (Code::NotAStatus, suggestion),
                "{text}"
            );
        }
    }
}

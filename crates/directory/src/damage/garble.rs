//! Texts garbled by character sets: a program wrote the bytes of one, and another read them as those of another (`JosÃ©`, `Jos‚`).

use workbook::Charset;

use crate::reading::text::tidy;

/// Whether a text became another one because its bytes in one character set were read as another. A text that becomes readable as UTF-8
/// is no such thing: somebody has put that right.
pub(super) fn is_garbled(text: &str, raw: &str) -> bool {
    // No byte beyond ASCII is read as a letter of ASCII.
    if text.is_ascii() || raw.is_ascii() {
        return false;
    }
    let found = |raw: &str| differs_as_garbled(text, raw) && (is_once(text, raw) || is_twice(text, raw));
    let tidied = tidy(raw.into());
    found(raw) || (*tidied != *raw && found(&tidied))
}

/// Whether the first difference is in a letter beyond ASCII, or right behind one: those of ASCII have the same bytes nearly everywhere, so
/// most edits are told apart by this alone.
fn differs_as_garbled(text: &str, raw: &str) -> bool {
    let mut letters = raw.chars();
    let mut before = 'a';
    for letter in text.chars() {
        if letters.next() != Some(letter) {
            return !letter.is_ascii() || !before.is_ascii();
        }
        before = letter;
    }
    !before.is_ascii() && letters.next().is_some()
}

/// Whether both are the same bytes, each in a character set of its own. What has no letter in the second one became U+FFFD.
fn is_once(text: &str, raw: &str) -> bool {
    let (single, several): (Vec<_>, Vec<_>) = read_as().partition(|charset| charset.is_single_byte());
    let patterns: Vec<Pattern> = single.into_iter().filter_map(|read| Pattern::of(read, raw)).collect();
    Charset::ALL.iter().any(|written| {
        let bytes = written.encode(text).unwrap_or_else(|| written.encode_lossy(text));
        // Of what the character set lacks only marks are left; where all is lost, that is another damage.
        !bytes.is_ascii()
            && (patterns.iter().any(|pattern| pattern.fits(&bytes))
                // Letters of several bytes can't all be written again.
                || several.iter().any(|read| *tidy(read.decode(&bytes).into()) == *raw))
    })
}

/// Whether it happened two times, each time with UTF-8 that was taken for something else: `JosÃƒÂ©`.
fn is_twice(text: &str, raw: &str) -> bool {
    read_as().any(|charset| {
        let between = charset.encode(raw).and_then(|bytes| String::from_utf8(bytes).ok());
        between.is_some_and(|between| between != raw && is_utf8_misread(text, &between))
    })
}

fn is_utf8_misread(text: &str, raw: &str) -> bool {
    read_as().any(|charset| charset.encode(raw).is_some_and(|bytes| bytes == text.as_bytes()))
}

/// The character sets as which a program may have taken bytes that are of another.
fn read_as() -> impl Iterator<Item = Charset> {
    let is_unicode =
        |charset: &Charset| matches!(charset, Charset::Utf8 | Charset::Utf16Le | Charset::Utf16Be);
    Charset::ALL.iter().copied().filter(move |charset| !is_unicode(charset))
}

/// The bytes of a text in a character set, with gaps where a byte was none of its letters.
struct Pattern {
    parts: Vec<Vec<u8>>,
}

impl Pattern {
    fn of(charset: Charset, text: &str) -> Option<Self> {
        let parts: Option<Vec<_>> = text.split('\u{FFFD}').map(|part| charset.encode(part)).collect();
        parts.map(|parts| Self { parts })
    }

    /// Whether these are the bytes; a gap is one byte or a few.
    fn fits(&self, bytes: &[u8]) -> bool {
        let Some((first, others)) = self.parts.split_first() else { return false };
        let Some(rest) = bytes.strip_prefix(first.as_slice()) else { return false };
        fits_after_gap(others, rest)
    }
}

/// The most bytes of a letter.
const LONGEST: usize = 4;

fn fits_after_gap(parts: &[Vec<u8>], bytes: &[u8]) -> bool {
    let Some((part, others)) = parts.split_first() else { return bytes.is_empty() };
    (1..=LONGEST.min(bytes.len())).any(|gap| {
        bytes[gap..].strip_prefix(part.as_slice()).is_some_and(|rest| fits_after_gap(others, rest))
    })
}

#[cfg(test)]
mod tests {
    use workbook::Charset;

    use super::is_garbled;

    #[test]
    fn bytes_of_one_character_set_are_read_as_another() {
        for (text, raw) in [
            ("José", "JosÃ©"),
            ("José", "Jos√©"),
            ("José", "Jos‚"),
            ("José", "JosŽ"),
            ("José", "JosÃƒÂ©"),
            ("Zoë", "Zo\u{FFFD}"),
            ("Müller", "MÃ¼ller"),
            ("Łukasz Żak", "Å\u{81}ukasz Å»ak"),
            ("Győr", "Gyõr"),
            ("Иванов", "Èâàíîâ"),
            ("Иванов", "Ð˜Ð²Ð°Ð½Ð¾Ð²"),
            ("山田", "å±±ç”°"),
            ("Voilà", "VoilÃ\u{A0}"),
        ] {
            assert!(is_garbled(text, raw), "{text} {raw}");
        }
    }

    #[test]
    fn what_people_change_is_not_garbled() {
        for (text, raw) in [
            ("José", "Jose"),
            ("José", "José Luis"),
            ("José", "Josef"),
            ("José", "Peter"),
            ("Zoë Smith", "Zoë Jones"),
            ("JosÃ©", "José"),
            ("Müller", "Mueller"),
            ("Müller", "Möller"),
            ("Renée", "Renèe"),
            ("Иванов", "Иванова"),
            ("Jose", "José"),
            ("Ann", "Anne"),
            ("山田", "山本"),
        ] {
            assert!(!is_garbled(text, raw), "{text} {raw}");
        }
    }

    /// Names of many languages, in every character set that has their letters, read as every other.
    #[test]
    fn no_name_comes_through_unnoticed() {
        let names = [
            "Zoë Müller",
            "Françoise Lefèvre",
            "Ñuño Peña",
            "Åse Øverby",
            "Łucja Świątek",
            "Jiří Dvořák",
            "Őri Gyűző",
            "Ștefan Țurcanu",
            "Ömer Yıldız",
            "Ģirts Bērziņš",
            "Žydrūnas Šulskis",
            "Õie Jõgi",
            "Иван Петров",
            "Їжак Ґава",
            "Αλέξης Παπάς",
            "משה כהן",
            "أحمد علي",
            "นภา ศรี",
            "Þór Æsir",
            "Nguyễn Thị Ánh",
            "João Conceição",
            "Đorđe Ćosić",
        ];
        let (mut tried, mut unnoticed) = (0, Vec::new());
        for name in names {
            for written in Charset::ALL.iter().copied().filter(|charset| charset.encode(name).is_some()) {
                let bytes = written.encode(name).expect("has its letters");
                for read in super::read_as() {
                    let raw = read.decode(&bytes);
                    if raw != name && String::from_utf8(bytes.clone()).as_deref() != Ok(raw.as_str()) {
                        tried += 1;
                        if !is_garbled(name, &raw) {
                            unnoticed.push(format!("{name}: {written:?} as {read:?}: {raw}"));
                        }
                    }
                }
            }
        }
        assert!(tried > 5_000, "{tried}");
        assert!(
            unnoticed.is_empty(),
            "{} of {tried}: {:#?}",
            unnoticed.len(),
            &unnoticed[..unnoticed.len().min(12)]
        );
    }
}

//! Texts garbled by character sets: a program wrote the bytes of one, and another read them as those of another (`JosÃ©`, `Jos‚`).

use std::sync::OnceLock;

use workbook::Charset;

use crate::reading::text::tidy;

/// Whether a text became another one because its bytes in one character set were read as another. A text that becomes readable as UTF-8
/// is no such thing: somebody has put that right.
pub(super) fn is_garbled(text: &str, raw: &str) -> bool {
    // No byte beyond ASCII is read as a letter of ASCII.
    if text.is_ascii() || raw.is_ascii() {
        return false;
    }
    // Something stands there that was not there before, or letters were taken away.
    if !raw.chars().any(|letter| !letter.is_ascii() && !text.contains(letter)) {
        return false;
    }
    let found = |raw: &str| {
        differs_as_garbled(text, raw)
            && match is_utf8_misread(raw, text) {
                // Put right, or garbled in just the other direction: that left Latin words with letters of another script.
                true => {
                    is_latin(text)
                        && !is_latin(raw)
                        && raw.contains(|letter: char| letter.is_ascii_lowercase())
                }
                false => is_once(text, raw) || is_twice(text, raw),
            }
    };
    let tidied = tidy(raw.into());
    found(raw) || (*tidied != *raw && found(&tidied))
}

/// Whether a text has no letters but Latin ones, and signs of ASCII.
fn is_latin(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii() || letter.is_alphabetic() && letter < '\u{250}')
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

/// Whether both are the same bytes, each in a character set of its own.
fn is_once(text: &str, raw: &str) -> bool {
    Charset::ALL.iter().any(|written| {
        let bytes = written.encode(text).unwrap_or_else(|| lossy(*written, text));
        // Of what the character set lacks only marks are left; where all is lost, that is another damage.
        !bytes.is_ascii() && is_read_from(&bytes, raw, *written == Charset::Utf8)
    })
}

/// The bytes of a text in a character set that lacks some of its letters: a control in their place, which no text has.
fn lossy(charset: Charset, text: &str) -> Vec<u8> {
    let absent = |letter: char| charset.encode(letter.encode_utf8(&mut [0; 4])).is_none();
    charset.encode(&text.replace(absent, "\u{1A}")).unwrap_or_default()
}

/// Whether it happened two times, each time with UTF-8 that was taken for something else: `JosÃƒÂ©`. What is a letter in no text was kept
/// between the two, or was replaced by the sign for that.
fn is_twice(text: &str, raw: &str) -> bool {
    // Each time letters become more letters, but where two bytes are one.
    if raw.chars().count() <= text.chars().count() && !has_eastern(raw) {
        return false;
    }
    read_as().any(|charset| {
        let between = charset.decode(text.as_bytes());
        let replaced = between.replace(char::is_control, "\u{FFFD}");
        is_read_from(between.as_bytes(), raw, true)
            || (replaced != between && is_read_from(replaced.as_bytes(), raw, true))
    })
}

/// Whether a text is UTF-8 that was taken for something else.
fn is_utf8_misread(text: &str, raw: &str) -> bool {
    read_as().any(|charset| charset.encode(raw).is_some_and(|bytes| bytes == text.as_bytes()))
}

/// Whether bytes are this text in a character set that is not theirs. What is no letter may be missing where they are UTF-8: of that several
/// bytes are a letter, so others of it are there still.
fn is_read_from(bytes: &[u8], raw: &str, drops: bool) -> bool {
    let letters_of = |table: &'static Table| bytes.iter().map(|byte| table[usize::from(*byte)]);
    if tables().iter().any(|table| is_made_of(letters_of(table), raw, drops)) {
        return true;
    }
    let several = read_as().filter(|charset| has_eastern(raw) && !charset.is_single_byte());
    if several.into_iter().any(|charset| is_made_of(charset.decode(bytes).chars(), raw, drops)) {
        return true;
    }
    // What is UTF-8 throughout was put right; where it is not, letters are lost.
    std::str::from_utf8(bytes).is_err() && is_made_of(Charset::Utf8.decode(bytes).chars(), raw, false)
}

/// The letter of each byte.
type Table = [char; 256];

/// The character sets of one byte a letter as which a program may have taken bytes, the commonest first.
fn tables() -> &'static [Table] {
    static TABLES: OnceLock<Vec<Table>> = OnceLock::new();
    TABLES.get_or_init(|| {
        let table = |charset: Charset| {
            let letter = |byte: usize| charset.decode(&[byte as u8]).chars().next();
            std::array::from_fn(|byte| letter(byte).unwrap_or(char::REPLACEMENT_CHARACTER))
        };
        read_as().filter(|charset| charset.is_single_byte()).map(table).collect()
    })
}

/// The character sets as which a program may have taken bytes that are of another.
fn read_as() -> impl Iterator<Item = Charset> {
    let is_unicode =
        |charset: &Charset| matches!(charset, Charset::Utf8 | Charset::Utf16Le | Charset::Utf16Be);
    Charset::ALL.iter().copied().filter(move |charset| !is_unicode(charset))
}

/// Whether a text is these letters. Programs write what is no letter as they like: as it is, as a mark, or (where that is asked for) not at all.
fn is_made_of(letters: impl Iterator<Item = char>, raw: &str, drops: bool) -> bool {
    // Up to the first stray one there is one place where the letters may end; nearly always that tells already.
    let mut ends = vec![0];
    for letter in letters {
        if let ([end], false) = (ends.as_mut_slice(), is_stray(letter)) {
            if !raw[*end..].starts_with(letter) {
                return false;
            }
            *end += letter.len_utf8();
            continue;
        }
        let mut next: Vec<usize> = ends.iter().flat_map(|&end| ends_of(letter, raw, end, drops)).collect();
        next.sort_unstable();
        next.dedup();
        if next.is_empty() {
            return false;
        }
        ends = next;
    }
    ends.contains(&raw.len())
}

/// Where a letter may end that begins at this place.
fn ends_of(letter: char, raw: &str, start: usize, drops: bool) -> impl Iterator<Item = usize> {
    let rest = &raw[start..];
    let itself = rest.starts_with(letter).then(|| start + letter.len_utf8());
    // Decoders don't agree on how many marks broken bytes get.
    let marks = rest.chars().take(3).take_while(|mark| is_mark(*mark));
    let after = marks.scan(start, |end, mark| {
        *end += mark.len_utf8();
        Some(*end)
    });
    let marked = is_stray(letter).then(|| drops.then_some(start).into_iter().chain(after));
    itself.into_iter().chain(marked.into_iter().flatten())
}

/// Whether a text has letters of the character sets in which a letter has several bytes, or signs of bytes that are none.
fn has_eastern(raw: &str) -> bool {
    raw.chars().any(|letter| letter >= '\u{2E80}')
}

/// What stands in a text in place of a letter that a program does not have.
fn is_mark(letter: char) -> bool {
    matches!(letter, char::REPLACEMENT_CHARACTER | '?' | '_' | ' ')
}

/// What is a letter to no program, though a character set may count it as one: controls, what stands for none, private ones.
fn is_stray(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, char::REPLACEMENT_CHARACTER | '\u{A0}' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{E000}'..='\u{F8FF}')
}

/// Whether letters beyond ASCII became `?` or `_` because the code page of a file lacks them, and nothing else is different; one beyond the
/// Basic Multilingual Plane becomes one or, as it is two units of UTF-16, two.
pub(super) fn lost_letters(text: &str, raw: &str) -> bool {
    if text == raw || !raw.contains(['?', '_']) {
        return false;
    }
    let mut ends = vec![0];
    for letter in text.chars() {
        let mut next: Vec<usize> = ends.iter().flat_map(|&end| ends_of_lost(letter, raw, end)).collect();
        next.sort_unstable();
        next.dedup();
        if next.is_empty() {
            return false;
        }
        ends = next;
    }
    ends.contains(&raw.len())
}

/// Where a letter may end that begins at this place: as itself, or as what a code page that lacks it makes of it.
fn ends_of_lost(letter: char, raw: &str, start: usize) -> impl Iterator<Item = usize> {
    let rest = &raw[start..];
    let itself = rest.starts_with(letter).then(|| start + letter.len_utf8());
    let one = (!letter.is_ascii() && rest.starts_with(['?', '_'])).then_some(start + 1);
    let two =
        (letter > '\u{FFFF}' && (rest.starts_with("??") || rest.starts_with("__"))).then_some(start + 2);
    [itself, one, two].into_iter().flatten()
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
            ("志明", "־\u{FFFD}\u{FFFD}"),
            ("Łucja Świątek", "Å?ucja Å?wiÄ…tek"),
            ("Łucja Świątek", "Åucja ÅwiÄ…tek"),
            ("Íñigo", "\u{5A4}igo"),
            ("Ľuboš", "Ć„Ā½uboĆ…ļæ½"),
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
            ("Jos茅", "José"),
            ("Ð˜Ð²Ð°Ð½", "Иван"),
            ("Müller", "Mueller"),
            ("Müller", "Möller"),
            ("Renée", "Renèe"),
            ("Иванов", "Иванова"),
            ("Jose", "José"),
            ("Ann", "Anne"),
            ("山田", "山本"),
            ("Renée Müller", "Rene Müller"),
            ("Zoë Łuczak", "Zoë uczak"),
            ("Ødegård", "degård"),
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

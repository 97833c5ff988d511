//! Texts garbled by character sets: a program wrote the bytes of one, and another read them as those of another (`JosÃ©`, `Jos‚`).

use std::collections::HashSet;
use std::sync::OnceLock;

use workbook::Charset;

use super::spelled::is_spelled_out;
use super::stand_ins::{has_stand_ins, is_of_several_bytes};
use crate::reading::text::{NO_LETTER, tidy};

/// So many letters are compared from the first difference on: by then it is told, however long the texts are.
const COMPARED: usize = 64;
/// More places than this, at which a letter may end, no honest text leaves open.
const PLACES: usize = 16;
/// The character sets that programs save in, and read in, without a word.
const COMMON: [Charset; 19] = [
    Charset::Windows1252,
    Charset::Windows1250,
    Charset::Windows1251,
    Charset::Windows1253,
    Charset::Windows1254,
    Charset::Windows1257,
    Charset::MacRoman,
    Charset::MacCentralEuropean,
    Charset::Dos850,
    Charset::Dos437,
    Charset::Dos852,
    Charset::Dos866,
    Charset::Iso8859_1,
    Charset::Iso8859_2,
    Charset::Koi8R,
    Charset::ShiftJis,
    Charset::Gbk,
    Charset::Big5,
    Charset::EucKr,
];

/// Whether a text became another one because its bytes in one character set were read as another, or spelled out. A text that becomes
/// readable as UTF-8 is no such thing: somebody has put that right. What it costs grows no faster than the texts.
pub(super) fn is_garbled(text: &str, raw: &str) -> bool {
    // No byte beyond ASCII is read as a letter of ASCII; where all are lost, marks are left.
    if text.is_ascii() || raw.is_ascii() {
        return is_spelled_out(text, raw, lost_letters)
            || !text.is_ascii() && raw.contains('?') && !lost_letters(text, raw) && {
                let (was, is) = beginnings(text, raw);
                is_same_twice(was, is)
            };
    }
    // Other capitals are an edit, though some pair of character sets has one in the place of the other.
    if text.chars().flat_map(char::to_lowercase).eq(raw.chars().flat_map(char::to_lowercase)) {
        return false;
    }
    let tidied = tidy(raw.into());
    is_garbled_as_read(text, raw) || (*tidied != *raw && is_garbled_as_read(text, &tidied))
}

fn is_garbled_as_read(text: &str, raw: &str) -> bool {
    if has_stand_ins(text, raw) {
        return true;
    }
    let Some((was, is)) = from_first_difference(text, raw) else { return false };
    // Something stands there that was not there before, or letters were taken away.
    let known: HashSet<char> = text.chars().collect();
    if !raw.chars().any(|letter| !letter.is_ascii() && !known.contains(&letter)) {
        return false;
    }
    match is_utf8_misread(raw, text) {
        // Put right, or garbled in just the other direction: that left Latin words with letters of another script.
        true => is_latin(text) && !is_latin(raw) && raw.contains(|letter: char| letter.is_ascii_lowercase()),
        false => is_once(was, is) || is_twice(was, is) || is_same_twice(was, is),
    }
}

/// What a text is, or begins with.
#[derive(Clone, Copy)]
struct Beginning<'t> {
    letters: &'t str,
    is_whole: bool,
}

/// What both texts go on with, from the letter before the first difference on, where that is in a letter beyond ASCII or right behind one:
/// those of ASCII have the same bytes nearly everywhere, so most edits are told apart by this alone.
fn from_first_difference<'t>(text: &'t str, raw: &'t str) -> Option<(Beginning<'t>, Beginning<'t>)> {
    let mut letters = raw.chars();
    let (mut before, mut start) = ('a', 0);
    for (at, letter) in text.char_indices() {
        if letters.next() != Some(letter) {
            let tells = !letter.is_ascii() || !before.is_ascii();
            return tells.then(|| beginnings(&text[start..], &raw[start..]));
        }
        (before, start) = (letter, at);
    }
    let tells = !before.is_ascii() && letters.next().is_some();
    tells.then(|| beginnings(&text[start..], &raw[start..]))
}

/// The first letters of a text, and a text that begins with what became of them.
fn beginnings<'t>(text: &'t str, raw: &'t str) -> (Beginning<'t>, Beginning<'t>) {
    let end = text.char_indices().nth(COMPARED).map_or(text.len(), |(at, _)| at);
    let is_whole = end == text.len();
    (Beginning { letters: &text[..end], is_whole }, Beginning { letters: raw, is_whole })
}

/// Whether a text has no letters but Latin ones, and signs of ASCII.
fn is_latin(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii() || letter.is_alphabetic() && letter < '\u{250}')
}

/// Whether both are the same bytes, each in a character set of its own.
fn is_once(text: Beginning<'_>, raw: Beginning<'_>) -> bool {
    Charset::ALL.iter().any(|written| {
        let bytes = written.encode(text.letters).unwrap_or_else(|| lossy(*written, text.letters));
        // Of what the character set lacks only marks are left; where all is lost, that is another damage.
        !bytes.is_ascii() && is_read_from(&bytes, raw, *written == Charset::Utf8)
    })
}

/// The bytes of a text in a character set that lacks some of its letters: a control in their place, which no text has.
fn lossy(charset: Charset, text: &str) -> Vec<u8> {
    let absent = |letter: char| charset.encode(letter.encode_utf8(&mut [0; 4])).is_none();
    charset.encode(&text.replace(absent, "\u{1A}")).unwrap_or_default()
}

/// Whether it happened two times, the first or the second time with UTF-8 that was taken for something else: `JosÃƒÂ©`. What is a letter in
/// no text was kept between the two, or was replaced by the sign for that.
fn is_twice(text: Beginning<'_>, raw: Beginning<'_>) -> bool {
    let is_undone = |charset: Charset| {
        let bytes = charset.encode(raw.letters).filter(|bytes| !bytes.is_ascii());
        let between = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        between.is_some_and(|between| is_once(text, Beginning { letters: &between, ..raw }))
    };
    if read_as().any(is_undone) {
        return true;
    }
    // Each time letters become more letters, but where two bytes are one.
    let counts = [text, raw].map(|of| of.letters.chars().count());
    if raw.is_whole && counts[1] <= counts[0] && !has_eastern(raw.letters) {
        return false;
    }
    read_as().any(|charset| {
        let between = charset.decode(text.letters.as_bytes());
        let replaced = between.replace(char::is_control, "\u{FFFD}");
        is_read_from(between.as_bytes(), raw, true)
            || (replaced != between && is_read_from(replaced.as_bytes(), raw, true))
    })
}

/// Whether it happened two times with the same two character sets, as where a file goes to and fro between two programs: each time with a
/// mark for what the one that was written in lacks.
fn is_same_twice(text: Beginning<'_>, raw: Beginning<'_>) -> bool {
    let pairs = COMMON.iter().flat_map(|written| COMMON.iter().map(move |read| (*written, *read)));
    pairs.into_iter().filter(|(written, read)| written != read).any(|(written, read)| {
        let between = read.decode(&written.encode_lossy(text.letters));
        let is_read_again = |between: &str| {
            let bytes = written.encode_lossy(between);
            is_made_of(letters_read(&read.decode(&bytes), raw), raw, false)
        };
        let replaced = between.replace(char::is_control, "\u{FFFD}");
        is_read_again(&between) || (replaced != between && is_read_again(&replaced))
    })
}

/// The letters of a text that was read; without the last ones, which may be halves, where it is but a beginning.
fn letters_read<'t>(read: &'t str, of: Beginning<'_>) -> impl Iterator<Item = char> + use<'t> {
    let end = read.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    read[..if of.is_whole { read.len() } else { end }].chars()
}

/// Whether a text is UTF-8 that was taken for something else.
fn is_utf8_misread(text: &str, raw: &str) -> bool {
    read_as().any(|charset| charset.encode(raw).is_some_and(|bytes| bytes == text.as_bytes()))
}

/// Whether bytes are this text in a character set that is not theirs. What is no letter may be missing where they are UTF-8: of that several
/// bytes are a letter, so others of it are there still.
fn is_read_from(bytes: &[u8], raw: Beginning<'_>, drops: bool) -> bool {
    let letters_of = |table: &'static Table| bytes.iter().map(|byte| table[usize::from(*byte)]);
    if tables().iter().any(|table| is_made_of(letters_of(table), raw, drops)) {
        return true;
    }
    let several = read_as().filter(|charset| has_eastern(raw.letters) && !charset.is_single_byte());
    if several.into_iter().any(|charset| is_made_of(letters_read(&charset.decode(bytes), raw), raw, drops)) {
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
            std::array::from_fn(|byte| letter(byte).unwrap_or(NO_LETTER))
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

/// Whether a text is these letters, or begins with them. Programs write what is no letter as they like: as it is, as a mark, or (where that
/// is asked for) not at all.
fn is_made_of(letters: impl Iterator<Item = char>, raw: Beginning<'_>, drops: bool) -> bool {
    // Up to the first stray one there is one place where the letters may end; nearly always that tells already.
    let mut ends = vec![0];
    for letter in letters {
        if let ([end], false) = (ends.as_mut_slice(), is_stray(letter)) {
            if !raw.letters[*end..].starts_with(letter) {
                return false;
            }
            *end += letter.len_utf8();
            continue;
        }
        match next_ends(&ends, |end| ends_of(letter, raw.letters, end, drops)) {
            Ends::At(next) => ends = next,
            Ends::Anywhere => return true,
            Ends::Nowhere => return false,
        }
    }
    !raw.is_whole || ends.contains(&raw.letters.len())
}

/// Where letters may end.
enum Ends {
    At(Vec<usize>),
    /// At more places than are kept.
    Anywhere,
    Nowhere,
}

/// Where letters may end of which the ones before end at one of these places.
fn next_ends<I: Iterator<Item = usize>>(ends: &[usize], of: impl Fn(usize) -> I) -> Ends {
    let mut next: Vec<usize> = ends.iter().flat_map(|&end| of(end)).collect();
    next.sort_unstable();
    next.dedup();
    match next.len() {
        0 => Ends::Nowhere,
        1..=PLACES => Ends::At(next),
        _ => Ends::Anywhere,
    }
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

/// Whether a text has letters of the character sets in which a letter has several bytes, or signs of bytes that are none. These have the
/// letters of Greek and Cyrillic, too: between Latin ones they may be two bytes (`Kдhe` of `Käthe`).
fn has_eastern(raw: &str) -> bool {
    let is_of_both = |letter: char| ('\u{370}'..='\u{4FF}').contains(&letter);
    raw.chars().any(is_of_several_bytes)
        || raw.contains(is_of_both) && raw.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// What stands in a text in place of a letter that a program does not have.
fn is_mark(letter: char) -> bool {
    matches!(letter, NO_LETTER | '?' | '_' | ' ')
}

/// What is a letter to no program, though a character set may count it as one: controls, what stands for none, private ones.
fn is_stray(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, NO_LETTER | '\u{A0}' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{E000}'..='\u{F8FF}')
}

/// Whether letters beyond ASCII became `?` or `_` because the code page of a file lacks them, and nothing else is different; one beyond the
/// Basic Multilingual Plane becomes one or, as it is two units of UTF-16, two.
pub(super) fn lost_letters(text: &str, raw: &str) -> bool {
    if text.is_ascii() || text == raw || !raw.bytes().any(|byte| matches!(byte, b'?' | b'_')) {
        return false;
    }
    let mut ends = vec![0];
    for letter in text.chars() {
        match next_ends(&ends, |end| ends_of_lost(letter, raw, end)) {
            Ends::At(next) => ends = next,
            Ends::Anywhere => return true,
            Ends::Nowhere => return false,
        }
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

    use super::{is_garbled, lost_letters};

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
            ("Käthe", "Kдhe"),
            ("Иванов", "Èâàíîâ"),
            ("Иванов", "Ð˜Ð²Ð°Ð½Ð¾Ð²"),
            ("山田", "å±±ç”°"),
            ("Voilà", "VoilÃ\u{A0}"),
            ("志明", "־\u{FFFD}\u{FFFD}"),
            ("Łucja Świątek", "Å?ucja Å?wiÄ…tek"),
            ("Łucja Świątek", "Åucja ÅwiÄ…tek"),
            ("Íñigo", "\u{5A4}igo"),
            ("Ľuboš", "Ć„Ā½uboĆ…ļæ½"),
            ("Adébáyọ̀", "Ad?bày??"),
            ("志强", "?u?"),
            ("エンジニア", "?G?\u{FFFD}g?W?j?A"),
            ("João", "Jo+AOM-o"),
            ("José", "Jos‚"),
            ("Dvořák", "Dvo\u{FFFD}k"),
            // Spelled out, and what had no place there is lost.
            ("Adébáyọ̀", "Ad~{(&~}b~{(\"~}y??"),
        ] {
            assert!(is_garbled(text, raw), "{text} {raw}");
        }
    }

    #[test]
    fn what_people_change_is_not_garbled() {
        for (text, raw) in [
            ("José", "Jose"),
            ("Ô", "ô"),
            ("élodie", "Élodie"),
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

    /// How long this thread was at work so far, in nanoseconds; nothing where the system does not tell.
    fn at_work() -> u64 {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        told.and_then(|told| told.split(' ').next()?.parse().ok()).unwrap_or_default()
    }

    /// What it is, and a text with what a program made of it, so many times as long.
    type Made = (&'static str, fn(usize) -> (String, String));

    #[test]
    fn twice_the_length_costs_twice_the_time() {
        let made: [Made; 5] = [
            ("signs", |size| ("Инженер-".repeat(size), "\u{FFFD}".repeat(8 * size))),
            ("marks", |size| ("é ã".repeat(size), "? ?".repeat(size) + "x")),
            ("marks for letters", |size| ("🦀".repeat(size), "?".repeat(2 * size) + "x")),
            ("spaces", |size| ("à".repeat(size), "Ã ".repeat(size) + "x")),
            ("the same", |size| ("Łucja".repeat(size) + "a", "Łucja".repeat(size) + "b")),
        ];
        for (what, make) in made {
            let once = |text: &str, raw: &str| {
                let before = at_work();
                for _ in 0..6 {
                    std::hint::black_box(is_garbled(text, raw) | lost_letters(text, raw));
                }
                at_work() - before
            };
            // The least of a few: others use the machine, too.
            let time = |size: usize| {
                let (text, raw) = make(size);
                (0..4).map(|_| once(&text, &raw)).min().unwrap_or_default()
            };
            // A cost that grows faster is over it in each of the tries; others who use the machine are not.
            let tries: Vec<(u64, u64)> = (0..5).map(|_| (time(1_500), time(3_000))).collect();
            // The system counts by ticks.
            let is_within = |(once, twice): &(u64, u64)| *twice <= once * 22 / 10 + 10_000_000;
            assert!(tries.iter().any(is_within), "{what}: {tries:?} ns");
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

//! Letters and signs that look like others: what a word processor makes of an apostrophe or a hyphen, full-width forms, and letters of one
//! script in a word of another (UTS #39, 5.1: mixed scripts; the pairs are of its table of confusables).

use unicode_normalization::UnicodeNormalization;

/// Cyrillic and Greek letters that look like Latin ones, small and capital.
const LATIN: &[(&str, char)] = &[
    ("аα", 'a'),
    ("ЬВ", 'b'),
    ("сϲ", 'c'),
    ("ԁ", 'd'),
    ("еε", 'e'),
    ("ɡ", 'g'),
    ("һ", 'h'),
    ("іιϊї", 'i'),
    ("јϳ", 'j'),
    ("кκ", 'k'),
    ("ӏ", 'l'),
    ("мМ", 'm'),
    ("η", 'n'),
    ("оο", 'o'),
    ("рρ", 'p'),
    ("ԛ", 'q'),
    ("ѕ", 's'),
    ("тτ", 't'),
    ("υ", 'u'),
    ("ѵν", 'v'),
    ("ԝω", 'w'),
    ("хχ", 'x'),
    ("уγү", 'y'),
    ("А", 'A'),
    ("ВΒ", 'B'),
    ("С", 'C'),
    ("ЕΕ", 'E'),
    ("НΗ", 'H'),
    ("ІΙ", 'I'),
    ("Ј", 'J'),
    ("КΚ", 'K'),
    ("МΜ", 'M'),
    ("Ν", 'N'),
    ("ОΟ", 'O'),
    ("РΡ", 'P'),
    ("Ѕ", 'S'),
    ("ТΤ", 'T'),
    ("ХΧ", 'X'),
    ("УΥ", 'Y'),
    ("Ζ", 'Z'),
    ("Α", 'A'),
];

/// The scripts that have letters which look like those of another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Cherokee,
}

fn script(letter: char) -> Option<Script> {
    Some(match letter {
        'a'..='z' | 'A'..='Z' => Script::Latin,
        '\u{AA}' | '\u{BA}' | '\u{D7}' | '\u{F7}' => return None,
        '\u{C0}'..='\u{24F}' | '\u{250}'..='\u{2AF}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
        '\u{400}'..='\u{52F}'
        | '\u{1C80}'..='\u{1C8F}'
        | '\u{2DE0}'..='\u{2DFF}'
        | '\u{A640}'..='\u{A69F}' => Script::Cyrillic,
        '\u{531}'..='\u{58F}' => Script::Armenian,
        '\u{13A0}'..='\u{13FF}' | '\u{AB70}'..='\u{ABBF}' => Script::Cherokee,
        _ => return None,
    })
}

/// Whether a word has letters of two scripts that look alike. Words are parted by anything that is no letter: each part of a name or a
/// domain may be of a script of its own.
pub(super) fn mixes_scripts(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    text.split(|letter: char| !letter.is_alphanumeric()).any(|word| {
        let mut scripts = word.chars().filter_map(script);
        scripts.next().is_some_and(|first| scripts.any(|next| next != first))
    })
}

/// Whether a sign is one that a program put in place of a plain one, or a wide form: never typed on purpose in an address.
pub(super) fn is_dressed_up(letter: char) -> bool {
    !letter.is_ascii() && plain(letter).is_some()
}

/// The plain sign for a curly apostrophe, a dash, a full-width form.
fn plain(letter: char) -> Option<char> {
    match letter {
        '\u{2018}'..='\u{201B}' | '\u{2032}' | '\u{2BC}' | '\u{2B9}' | '\u{B4}' | '\u{FF07}' => Some('\''),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' | '\u{2043}' => Some('-'),
        '\u{3002}' | '\u{FF61}' | '\u{2024}' => Some('.'),
        '\u{FF01}'..='\u{FF5E}' | '\u{FE6B}' => {
            let mut plain = letter.nfkc();
            plain.next().filter(char::is_ascii)
        }
        _ => None,
    }
}

/// The text with plain signs, and with Latin letters in words that have some, where every other letter looks like one.
pub(super) fn undressed(text: &str) -> String {
    let text: String = text.chars().map(|letter| plain(letter).unwrap_or(letter)).collect();
    if !mixes_scripts(&text) {
        return text;
    }
    let latin = |letter: char| {
        let (_, latin) = LATIN.iter().find(|(alike, _)| alike.contains(letter))?;
        Some(*latin)
    };
    let mut plain = String::with_capacity(text.len());
    for word in text.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
        let is_mixed = mixes_scripts(word);
        plain.extend(
            word.chars().map(|letter| if is_mixed { latin(letter).unwrap_or(letter) } else { letter }),
        );
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{mixes_scripts, undressed};

    #[test]
    fn words_of_two_scripts_are_told_from_texts_of_two() {
        for (text, mixes) in [
            ("example.com", false),
            ("ex\u{430}mple.com", true),
            ("пример.com", false),
            ("пример.рф", false),
            ("exämple.de", false),
            ("例子.中国", false),
            ("toyotaトヨタ.jp", false),
            ("παράδειγμα.gr", false),
            ("p\u{3b1}ypal.com", true),
            ("анна-smith", false),
            ("", false),
        ] {
            assert_eq!(mixes_scripts(text), mixes, "{text}");
        }
    }

    #[test]
    fn what_looks_alike_is_undressed() {
        for (text, plain) in [
            ("o’neill", "o'neill"),
            ("anne–marie", "anne-marie"),
            ("ann＠example．com", "ann@example.com"),
            ("ex\u{430}mple.com", "example.com"),
            ("пример.com", "пример.com"),
            ("zoë", "zoë"),
        ] {
            assert_eq!(undressed(text), plain, "{text}");
        }
    }
}

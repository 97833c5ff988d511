//! The ways in which a csv may be read where its bytes leave a choice: what else they may mean, the likeliest first.

use std::fmt;

use crate::Charset;

/// What separates fields, in the order in which they are preferred when all are alike.
pub(super) const SEPARATORS: [(u8, &str); 4] =
    [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs"), (b'|', "vertical bars")];

/// One way to read a csv file: what its bytes mean and what separates its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CsvReading {
    /// What the bytes mean.
    pub charset: Charset,
    /// The byte that separates fields.
    pub separator: u8,
}

impl fmt::Display for CsvReading {
    /// Writes it for people: `windows-1252, separated by semicolons`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = SEPARATORS.iter().find(|(byte, _)| *byte == self.separator);
        let separator = known.map_or("another character", |(_, name)| name);
        write!(f, "{}, separated by {separator}", self.charset)
    }
}

/// Bytes that are tried in each character set.
const TRIED: usize = 32 << 10;
/// Of so many letters beyond ASCII one may be none.
const STRAY: usize = 20;

/// The character sets that lines can be in, the likeliest first. Two that make the same of all lines are one, and then the guess or the
/// commoner one stands for both.
pub(super) fn charsets(lines: &[u8], whole: bool, guess: Charset) -> Vec<Charset> {
    let tried = &lines[..lines.len().min(TRIED)];
    let whole = whole && tried.len() == lines.len();
    let (mut found, mut texts) = (Vec::new(), Vec::new());
    for charset in std::iter::once(guess).chain(Charset::ALL) {
        let text = charset.decode(tried);
        if found.iter().any(|(other, _)| *other == charset) || whole && texts.contains(&text) {
            continue;
        }
        if let Some(likeliness) = likeliness(&text) {
            found.push((charset, likeliness));
            texts.push(text);
        }
    }
    // The commoner one goes before among equals.
    found.sort_by_key(|(_, likeliness)| std::cmp::Reverse(*likeliness));
    found.into_iter().map(|(charset, _)| charset).collect()
}

/// In thousandths, how many of what is beyond ASCII are letters as words have them; none when too many are no letters at all.
fn likeliness(text: &str) -> Option<usize> {
    let (mut all, mut stray, mut letters, mut before) = (0, 0, 0_usize, ' ');
    for letter in text.chars() {
        if !letter.is_ascii() {
            all += 1;
            stray += usize::from(letter == char::REPLACEMENT_CHARACTER || letter.is_control());
            // Inside a word a small letter is not followed by a capital one.
            letters +=
                usize::from(letter.is_alphabetic() && !(before.is_lowercase() && letter.is_uppercase()));
        } else if before.is_lowercase() && !before.is_ascii() && letter.is_ascii_uppercase() {
            letters = letters.saturating_sub(1);
        }
        before = letter;
    }
    (stray <= all / STRAY).then(|| letters * 1000 / all.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, charset: Charset, guess: Charset) {
        let bytes = charset.encode(text).expect("letters of the set");
        let found = charsets(&bytes, true, guess);
        let same = |found: &Charset| found.decode(&bytes) == text;
        assert!(found.iter().any(same), "{charset}: {found:?}");
        assert!(!found.contains(&Charset::Utf8), "{charset}: {found:?}");
    }

    #[test]
    fn what_was_meant_is_among_them() {
        for guess in [Charset::Windows1252, Charset::Windows1251] {
            for charset in [Charset::MacRoman, Charset::Dos850, Charset::Dos437, Charset::Windows1252] {
                check("M\u{fc}ller,Fran\u{e7}oise,\u{c5}sa", charset, guess);
            }
            for charset in [Charset::Windows1250, Charset::Dos852, Charset::MacCentralEuropean] {
                check("\u{141}ukasz \u{17b}urek,W\u{119}grzyn", charset, guess);
            }
            check("\u{160}ar\u{16b}nas \u{17d}\u{105}sis", Charset::Windows1257, guess);
            check(
                "\u{410}\u{43d}\u{43d}\u{430} \u{415}\u{43b}\u{43a}\u{438}\u{43d}\u{430}",
                Charset::Dos866,
                guess,
            );
            check("\u{5c71}\u{7530}\u{592a}\u{90ce}", Charset::ShiftJis, guess);
        }
    }

    #[test]
    fn words() {
        let reading = CsvReading { charset: Charset::Dos850, separator: b';' };
        assert_eq!(reading.to_string(), "MS-DOS (850), separated by semicolons");
        assert_eq!(
            CsvReading { separator: b'x', ..reading }.to_string(),
            "MS-DOS (850), separated by another character"
        );
    }
}

//! Texts of which everything is the same but letters beyond ASCII, where something stands now that nobody types in the middle of a word:
//! the sign for what is no letter, signs, capitals, letters of other scripts (`Jo\u{FFFD}o`, `L√∂we`, `JoÜo`). Whatever character sets
//! that took, and however often.

use std::iter::Peekable;
use std::str::Chars;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::reading::text::NO_LETTER;

/// Whether such letters stand in a text in place of others, and all else of it is as it was. Looks at each letter once.
pub(super) fn has_stand_ins(text: &str, raw: &str) -> bool {
    let (mut text, mut raw) = (text.chars().peekable(), raw.chars().peekable());
    let (mut before, mut found) = (None, false);
    loop {
        match (text.peek().copied(), raw.peek().copied()) {
            (None, None) => return found,
            (Some(was), Some(is)) if was.is_ascii() && was == is => {
                before = text.next();
                raw.next();
            }
            (Some(was), Some(_)) if !was.is_ascii() => {
                let was = run_of(&mut text, |letter| !letter.is_ascii());
                let is = run_of(&mut raw, |letter| !letter.is_ascii() || matches!(letter, '?' | '_'));
                let place = Place { before, was: &was, after: text.peek().copied() };
                found |= place.is_stood_in_by(&is);
                if is.is_empty() || was != is && !takes_in(&is, &mut text, &mut raw) {
                    return false;
                }
                before = None;
            }
            _ => return false,
        }
    }
}

fn run_of(letters: &mut Peekable<Chars<'_>>, belongs: impl Fn(char) -> bool) -> String {
    std::iter::from_fn(|| letters.next_if(|letter| belongs(*letter))).collect()
}

/// Passes over the one letter that a broken byte took in with it, or that was half of one; false when both texts don't go on alike.
fn takes_in(is: &str, text: &mut Peekable<Chars<'_>>, raw: &mut Peekable<Chars<'_>>) -> bool {
    if text.peek() == raw.peek() || text.peek().is_some_and(|letter| !letter.is_ascii()) {
        return true;
    }
    if !is.contains(is_of_several_bytes) {
        return false;
    }
    let goes_on = |rest: &Peekable<Chars<'_>>, other: &mut Peekable<Chars<'_>>| {
        let mut rest = rest.clone();
        rest.next().is_some() && rest.peek() == other.peek()
    };
    if goes_on(text, raw) {
        text.next();
    } else if goes_on(raw, text) {
        raw.next();
    }
    text.peek() == raw.peek()
}

/// Letters beyond ASCII in the text as it was.
struct Place<'t> {
    before: Option<char>,
    was: &'t str,
    after: Option<char>,
}

impl Place<'_> {
    /// Whether nobody types this in their place.
    fn is_stood_in_by(&self, is: &str) -> bool {
        if is.contains(NO_LETTER) {
            return true;
        }
        let is_in_word =
            [self.before, self.after].iter().flatten().any(|letter| letter.is_ascii_alphabetic());
        // Letters beside those of ASCII in one word are Latin ones in every language; other words tell nothing.
        let of_language =
            |letter: char| is_of_words(letter) && (is_latin(letter) || is_combining_mark(letter));
        if !is_in_word || !self.was.chars().all(of_language) || self.was.contains(|was| is.contains(was)) {
            return false;
        }
        is.chars().any(|letter| self.is_strange(letter)) || self.is_capital(is)
    }

    /// A sign, or a letter of another script.
    fn is_strange(&self, letter: char) -> bool {
        let same = || std::iter::once(letter).nfkc().eq(self.was.nfkc());
        let other_script = match letter {
            _ if is_of_several_bytes(letter) => !self.was.contains(is_of_several_bytes),
            '\u{370}'..='\u{E7F}' => self.was.chars().all(is_latin),
            _ => false,
        };
        !letter.is_ascii() && (other_script || !is_of_words(letter)) && !same()
    }

    /// Another letter's capital behind a small letter, where a small one was.
    fn is_capital(&self, is: &str) -> bool {
        let single = |text: &str| {
            let mut letters = text.chars();
            letters.next().filter(|_| letters.next().is_none())
        };
        let Some((was, is)) = single(self.was).zip(single(is)) else { return false };
        let behind_small = self.before.is_some_and(|before| before.is_ascii_lowercase());
        behind_small && was.is_lowercase() && is.is_uppercase() && !is.to_lowercase().eq([was])
    }
}

fn is_of_words(letter: char) -> bool {
    letter.is_alphabetic() || is_combining_mark(letter)
}

fn is_latin(letter: char) -> bool {
    is_combining_mark(letter) || matches!(letter, ..'\u{250}' | '\u{1E00}'..='\u{1EFF}')
}

/// Whether a letter is of the character sets in which letters have several bytes, or a sign of a byte that is none.
pub(super) fn is_of_several_bytes(letter: char) -> bool {
    letter >= '\u{2E80}'
}

#[cfg(test)]
mod tests {
    use super::has_stand_ins;

    #[test]
    fn nobody_types_these_in_place_of_letters() {
        for (text, raw) in [
            ("João", "Jo\u{FFFD}o"),
            ("João", "Jo\u{FFFD}\u{FFFD}o"),
            ("João", "Jo\u{FFFD}"),
            ("João", "JoÜo"),
            ("João", "Jo’o"),
            ("João", "JoÊo"),
            ("Lærke", "L\u{A0}rke"),
            ("Hương", "Hがヾng"),
            ("Adébáyọ̀", "Ad»b∑y??"),
            ("Adébáyọ̀", "Ad茅b谩y峄嵦\u{FFFD}"),
            ("Adébáyọ̀", "Ad┌b▀y??"),
            ("エンジニア", "\u{FFFD}\u{FFFD}具\u{FFFD}喋\u{FFFD}詻\u{FFFD}"),
            ("Lead Инженер-конструктор", "Lead ﾐ侑ｽﾐｶﾐｵ\u{FFFD}-ﾐｺﾐ"),
            ("José", "Josй"),
        ] {
            assert!(has_stand_ins(text, raw), "{text} {raw}");
        }
    }

    #[test]
    fn what_people_type_there() {
        for (text, raw) in [
            ("João", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("エンジニア", "New \u{FFFD}"),
            ("Joao", "Jo\u{FFFD}o"),
            ("José", "José’s"),
            ("José", "Jos?"),
            ("José", "José®"),
            ("Zoë – Lead", "Zoë — Lead"),
            ("5 µm", "5 μm"),
            ("Müller", "MÜller"),
            ("Müller", "Möller"),
            ("Анна Smith", "安娜 Smith"),
            ("Анна", "—"),
            ("Jos茅", "José"),
            ("JosÃ©", "José"),
            ("Ærø", "Ørø"),
            ("coöperate", "co‑operate"),
            ("Renée", "Renèe"),
            ("– Tokyo", "東京 Tokyo"),
        ] {
            assert!(!has_stand_ins(text, raw), "{text} {raw}");
        }
    }
}

//! Characters that nobody sees: what Unicode calls ignorable by default (`Default_Ignorable_Code_Point`, UAX #44, DerivedCoreProperties of
//! Unicode 16). Between values that only one may have they make no difference; out of texts they are dropped, but where they belong to the
//! spelling of a name (the joiners ZWJ and ZWNJ, the selectors that choose the form of an ideograph) or to a picture (the selector that makes
//! a heart red, the tags of a flag).

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

/// The flag that tags behind it make the flag of a region.
const FLAG: char = '\u{1F3F4}';
/// The frame around the digit of a key.
const KEYCAP: char = '\u{20E3}';

/// Characters without a shape of their own. Fine in the middle of a name, never part of an email, a username or a domain;
/// the IDNA mapping drops some of them silently (UTS #46, table of "ignored"), so they are looked for first.
pub(crate) fn is_invisible(letter: char) -> bool {
    is_ignorable(letter) || (letter.is_control() && !letter.is_whitespace())
}

/// The marks, embeddings, overrides and isolates of UAX #9.
pub(crate) fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text without what nobody sees, but what may stay. A joiner stays where there is something to join, not behind a Latin letter, a digit
/// or a sign.
pub(super) fn without_unseen(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains(|letter| is_ignorable(letter) && !is_direction(letter)) {
        return text;
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        if !is_ignorable(letter) || is_direction(letter) || may_stay(letter, &kept, &mut rest) {
            kept.push(letter);
        }
    }
    Cow::Owned(kept)
}

fn may_stay(letter: char, before: &str, rest: &mut Peekable<Chars<'_>>) -> bool {
    let last = before.chars().next_back();
    match letter {
        _ if is_joiner(letter) => last.is_some_and(|last| last >= '\u{300}'),
        _ if is_selector(letter) => {
            last.is_some_and(|last| !last.is_ascii() && !is_ignorable(last)) || rest.peek() == Some(&KEYCAP)
        }
        '\u{E0020}'..='\u{E007F}' => before.trim_end_matches(is_tag).ends_with(FLAG),
        _ => false,
    }
}

/// The text of a key without what nobody sees. The joiners stay where a text keeps them: they tell words apart.
pub(crate) fn folded(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_folded = |letter: char| is_ignorable(letter) && !is_joiner(letter);
    match text.is_ascii() || !text.contains(is_folded) {
        true => text,
        false => Cow::Owned(text.replace(is_folded, "")),
    }
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200C}' | '\u{200D}')
}

/// Chooses the form of the letter before it.
fn is_selector(letter: char) -> bool {
    matches!(letter, '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn is_tag(letter: char) -> bool {
    matches!(letter, '\u{E0020}'..='\u{E007F}')
}

fn is_ignorable(letter: char) -> bool {
    match letter {
        '\0'..='\u{AC}' => false,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' => true,
        '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => true,
        '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => true,
        '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}' => true,
        '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{folded, without_unseen};

    #[test]
    fn what_nobody_sees_is_dropped_but_where_it_spells() {
        for (text, kept, key) in [
            ("A\u{3164}1", "A1", "A1"),
            ("\u{115f}\u{1160}A", "A", "A"),
            ("王\u{ffa0}芳", "王芳", "王芳"),
            ("A\u{206a}B\u{206f}", "AB", "AB"),
            ("A\u{34f}B\u{180e}C", "ABC", "ABC"),
            ("A\u{e0001}\u{e0041}B", "AB", "AB"),
            ("A\u{fe0f}B", "AB", "AB"),
            ("A\u{fff1}\u{1d173}\u{1bca0}B", "AB", "AB"),
            ("ក\u{17b4}", "ក", "ក"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("\u{2764}\u{fe0f}", "\u{2764}\u{fe0f}", "\u{2764}"),
            ("\u{2764}\u{fe0f}\u{fe0f}", "\u{2764}\u{fe0f}", "\u{2764}"),
            ("1\u{fe0f}\u{20e3}", "1\u{fe0f}\u{20e3}", "1\u{20e3}"),
            ("\u{845b}\u{e0100}城", "\u{845b}\u{e0100}城", "\u{845b}城"),
            ("ᠠ\u{180b}", "ᠠ\u{180b}", "ᠠ"),
            ("\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}", "\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}", "\u{1f3f4}"),
            ("A\u{202e}", "A\u{202e}", "A"),
            ("A\u{2800}", "A\u{2800}", "A\u{2800}"),
            ("Zoë", "Zoë", "Zoë"),
        ] {
            let without = without_unseen(text.into());
            assert_eq!(without, kept, "{text:?}");
            assert_eq!(folded(without), key, "{text:?}");
        }
    }
}

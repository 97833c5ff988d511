//! Names that people give: titles of fields, labels of options, names of organisations. They stand in cells and in the instructions of every
//! workbook, so they are judged as a text of a cell is.

use ::sentences::say;

use crate::reading::text::{NO_LETTER, is_direction};

/// Why a text is no name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotPlain {
    /// It holds a character that nobody sees, of this number: a control, a sign that turns the direction of text, no character at all.
    Unseen(String, u32),
    /// Spreadsheets would take it for a formula.
    Formula(String),
}

impl NotPlain {
    /// What to do about it.
    pub fn sentence(&self) -> String {
        match self {
            Self::Unseen(text, letter) => {
                say!("name-holds-unseen", text = text, letter = format!("U+{letter:04X}"))
            }
            Self::Formula(text) => say!("name-is-formula", text = text),
        }
    }
}

/// Judges a name, in one line.
///
/// # Errors
/// What of it may not be.
pub fn check_plain(text: &str) -> Result<(), NotPlain> {
    if let Some(letter) = text.chars().find(|letter| is_unseen(*letter)) {
        return Err(NotPlain::Unseen(text.replace(is_unseen, ""), letter.into()));
    }
    if text.starts_with('=') { Err(NotPlain::Formula(text.to_owned())) } else { Ok(()) }
}

/// Controls, signs that turn the direction of text (UAX #9), what a program writes for a letter that it lost, and the numbers that are no
/// characters (Unicode, section 23.7).
fn is_unseen(letter: char) -> bool {
    let number = u32::from(letter);
    let is_none = matches!(number, 0xFDD0..=0xFDEF) || number & 0xFFFE == 0xFFFE;
    letter.is_control() || is_direction(letter) || letter == NO_LETTER || is_none
}

#[cfg(test)]
mod tests {
    use super::check_plain;

    #[test]
    fn names_are_of_letters_that_people_see() {
        let lost = (0..32_u32).chain([0x7F, 0x9B, 0x202E, 0x2066, 0xFDD0, 0xFFFD, 0xFFFE, 0xFFFF, 0x1_FFFF]);
        for letter in lost.filter_map(char::from_u32) {
            let sentence = check_plain(&format!("a{letter}b")).expect_err("a name").sentence();
            assert!(sentence.contains(&format!("U+{:04X}", u32::from(letter))), "{sentence}");
            assert!(!sentence.contains(letter), "{sentence:?}");
        }
        assert!(check_plain("=1+1").is_err());
        for fine in [
            "",
            "Leeds",
            "R&D <North>",
            "1=1",
            "+44",
            "-",
            "@home",
            "Zoë",
            "می\u{200c}خواهم",
            "❤\u{fe0f}",
            "#N/A",
            "_x0041_",
        ] {
            assert_eq!(check_plain(fine), Ok(()), "{fine}");
        }
    }
}

//! Digits of other scripts, and the signs that belong to them: a keyboard of the country types them, and they mean the same.

use std::borrow::Cow;

/// The zeros of the scripts in which numbers are written every day (Unicode 16, general category Nd); nine digits follow each.
const ZEROS: [char; 18] = [
    '\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{B66}', '\u{BE6}', '\u{C66}',
    '\u{CE6}', '\u{D66}', '\u{E50}', '\u{ED0}', '\u{F20}', '\u{1040}', '\u{17E0}', '\u{1810}', '\u{FF10}',
];

/// The text with the digits and the signs of numbers and dates that keyboards of Europe have.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || text.chars().all(|letter| of(letter) == letter) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(of).collect())
}

fn of(letter: char) -> char {
    match letter {
        _ if letter.is_ascii() => letter,
        '\u{66B}' => '.',
        '\u{66C}' => ',',
        '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}' => {
            // Full-width signs stand in the order of ASCII.
            char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter)
        }
        _ => {
            let zero = ZEROS.iter().rev().find(|zero| {
                (0..10).contains(&(i64::from(u32::from(letter)) - i64::from(u32::from(**zero))))
            });
            zero.and_then(|zero| char::from_digit(u32::from(letter) - u32::from(*zero), 10)).unwrap_or(letter)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn digits_of_any_script_are_digits() {
        for (text, expected) in [
            ("１２．５", "12.5"),
            ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
            ("۱۲٫۵", "12.5"),
            ("٢٠٢٦/٣/٥", "2026/3/5"),
            ("२०२६", "2026"),
            ("＋４４（０）２０", "+44(0)20"),
            ("Ⅳ ½ ²", "Ⅳ ½ ²"),
            ("12", "12"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}

//! English in disguise, as whoever builds pages wants to see them: each word longer, and in the direction opposite to its own.

/// Turns the direction of what follows around, and back.
const TURNED: char = '\u{202e}';
const BACK: char = '\u{202c}';

/// A text with each of its words in disguise: vowels twice, so that it is a third longer, as German or Finnish are; between marks that
/// turn it around, so that it reads from right to left, and that nothing else of a page has. Arrows point the other way.
pub(crate) fn disguised(text: &str) -> String {
    let mut disguised = String::with_capacity(text.len() * 2);
    let mut inside = false;
    for letter in text.chars() {
        if letter.is_alphabetic() != inside {
            disguised.push(if inside { BACK } else { TURNED });
            inside = !inside;
        }
        disguised.push(match letter {
            '←' => '→',
            '→' => '←',
            letter => letter,
        });
        if "aeiouAEIOU".contains(letter) {
            disguised.push(letter.to_ascii_lowercase());
        }
    }
    if inside {
        disguised.push(BACK);
    }
    disguised
}

#[cfg(test)]
mod tests {
    use super::disguised;

    #[test]
    fn words_are_disguised_and_what_stands_between_them_is_not() {
        for (text, expected) in [
            ("", ""),
            (" – 3. ", " – 3. "),
            ("← 3 →", "→ 3 ←"),
            ("Add it", "\u{202e}Aadd\u{202c} \u{202e}iit\u{202c}"),
            ("can’t", "\u{202e}caan\u{202c}’\u{202e}t\u{202c}"),
        ] {
            assert_eq!(disguised(text), expected);
        }
    }
}

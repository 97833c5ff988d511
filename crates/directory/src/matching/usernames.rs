//! Usernames that are made of names or employee numbers, for people without an email.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The username that is made of a text: `Anna Maria Müller` is `anna.maria.mueller`. None where no letter or digit is in it.
pub fn made_username(text: &str) -> Option<String> {
    let mut made = String::new();
    for letter in text.to_lowercase().nfc() {
        match letter {
            'ä' => made.push_str("ae"),
            'ö' => made.push_str("oe"),
            'ü' => made.push_str("ue"),
            'ß' => made.push_str("ss"),
            'ø' => made.push('o'),
            'ł' => made.push('l'),
            'æ' => made.push_str("ae"),
            'ı' => made.push('i'),
            letter if letter.is_alphanumeric() => {
                made.extend(std::iter::once(letter).nfd().filter(|part| !is_combining_mark(*part)).nfc());
            }
            '-' | '_' if !made.is_empty() => made.push(letter),
            letter if letter.is_whitespace() && !made.ends_with('.') && !made.is_empty() => made.push('.'),
            _ => {}
        }
    }
    let made = made.trim_matches(['.', '-', '_']).to_owned();
    (!made.is_empty()).then_some(made)
}

#[cfg(test)]
mod tests {
    use super::made_username;

    #[test]
    fn names_become_usernames() {
        for (text, expected) in [
            ("Anna Maria  Müller", Some("anna.maria.mueller")),
            ("Zoë O'Neill-Łukasz", Some("zoe.oneill-lukasz")),
            ("00123", Some("00123")),
            ("  ", None),
            ("@", None),
            ("a@b", Some("ab")),
            ("山田 太郎", Some("山田.太郎")),
        ] {
            assert_eq!(made_username(text).as_deref(), expected, "{text}");
        }
    }
}

//! Titles of columns, compared: letters and digits alone, without accents and case, what stands in brackets dropped where that helps.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::reading::nearest;

/// A title as it is compared with another of the same program: without case and white space.
pub(super) fn folded(title: &str) -> String {
    nearest::folded(title)
}

/// A title as it is compared with the words of the field: `E-Mail-Adresse` is `emailadresse`, `Prénom` is `prenom`.
pub(super) fn bare(title: &str) -> String {
    let mut bare = String::with_capacity(title.len());
    for letter in title.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            'ß' => bare.push_str("ss"),
            'ł' | 'Ł' => bare.push('l'),
            'ø' | 'Ø' => bare.push('o'),
            'æ' | 'Æ' => bare.push_str("ae"),
            'ı' => bare.push('i'),
            '#' => bare.push_str("number"),
            '№' => bare.push_str("no"),
            letter if letter.is_alphanumeric() => bare.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    bare
}

/// The same without what stands in brackets at its end or beginning: `First Name [Required]`.
pub(super) fn bare_outside_brackets(title: &str) -> String {
    let mut depth = 0_i32;
    let outside: String = title
        .chars()
        .filter(|letter| {
            let opens = matches!(letter, '[' | '(' | '{' | '（' | '【');
            let closes = matches!(letter, ']' | ')' | '}' | '）' | '】');
            depth += i32::from(opens);
            let is_outside = depth == 0;
            depth -= i32::from(closes && depth > 0);
            is_outside
        })
        .collect();
    bare(&outside)
}

/// The words of a title, bare: what is not a letter parts them, and a capital letter behind a small one.
pub(super) fn words(title: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for letter in title.chars() {
        let begins = before.is_lowercase() && letter.is_uppercase();
        if begins || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(last) = words.last_mut() {
            last.push(letter);
        }
        before = letter;
    }
    words.iter().map(|word| bare(word)).filter(|word| !word.is_empty()).collect()
}

//! The nearest of some words to what was typed: for suggestions, never for decisions.

use icu_casemap::CaseMapper;
use unicode_normalization::UnicodeNormalization;

/// How many suggestions a person looks through.
const MOST: usize = 3;
/// The longest text, in characters, that may be a slip of the fingers; nothing is suggested for longer ones.
const LONGEST: usize = 64;

/// The candidates that are obviously near to what was typed, best first, at most three. Those it is the beginning of count too. A
/// file may have many thousands of wrong cells, so most candidates are passed over by their length alone.
pub fn nearest<'c>(typed: &str, candidates: impl Iterator<Item = &'c str>) -> Vec<String> {
    let typed: Vec<char> = folded(typed).chars().take(LONGEST + 1).collect();
    let most = (1 + typed.len() / 4).min(typed.len().max(1) - 1);
    if typed.len() > LONGEST {
        return Vec::new();
    }
    let mut near: Vec<(usize, &str)> = Vec::new();
    let mut letters = Vec::new();
    for candidate in candidates {
        letters.clear();
        if candidate.is_ascii() {
            letters.extend(candidate.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        } else {
            letters.extend(folded(candidate).chars());
        }
        let distance = match typed.len() >= 2 && letters.starts_with(&typed) {
            true => 1,
            false if letters.len().abs_diff(typed.len()) > most => continue,
            false => distance(&typed, &letters),
        };
        if distance <= most {
            near.push((distance, candidate));
        }
    }
    near.sort_by_key(|(distance, _)| *distance);
    near.dedup();
    near.into_iter().take(MOST).map(|(_, candidate)| candidate.to_owned()).collect()
}

/// NFKC and case folded, runs of white space as one space: how words are compared that people type.
pub(crate) fn folded(text: &str) -> String {
    let text = case_folded(text);
    let spaced = text.split_whitespace();
    spaced.collect::<Vec<_>>().join(" ")
}

/// NFKC and case folded (UAX #15, Unicode 3.13): the key of a value that is compared without case.
pub(crate) fn case_folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // Folding may take a text out of its normal form (U+0345 and others), so it is normalised again.
    let text: String = text.nfkc().collect();
    CaseMapper::new().fold_string(&text).nfkc().collect()
}

/// How many letters have to be put in, taken out, replaced or swapped with their neighbour (optimal string alignment).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, wanted) in other.iter().enumerate() {
            let replaced = last[column] + usize::from(letter != wanted);
            let mut least = replaced.min(last[column + 1] + 1).min(next[column] + 1);
            let swapped = row > 0 && column > 0 && one[row - 1] == *wanted && *letter == other[column - 1];
            if swapped {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{distance, folded, nearest};

    #[test]
    fn distances_are_counted_in_letters() {
        for (one, other, expected) in [
            ("", "", 0),
            ("abc", "", 3),
            ("finance", "fianance", 1),
            ("finance", "fiannce", 1),
            ("sales", "salse", 1),
            ("büro", "buro", 1),
            ("kitten", "sitting", 3),
        ] {
            let letters = |word: &str| word.chars().collect::<Vec<_>>();
            assert_eq!(distance(&letters(one), &letters(other)), expected, "{one} {other}");
            assert_eq!(distance(&letters(other), &letters(one)), expected, "{other} {one}");
        }
    }

    #[test]
    fn only_what_is_obviously_near_is_suggested() {
        let options = ["Finance", "Sales", "Research", "IT", "Human resources"];
        for (typed, expected) in [
            ("Fianance", &["Finance"][..]),
            ("finanse", &["Finance"]),
            ("Fin", &["Finance"]),
            ("Slaes", &["Sales"]),
            ("TI", &["IT"]),
            ("Human  ressources", &["Human resources"]),
            ("Legal", &[]),
            ("X", &[]),
        ] {
            assert_eq!(nearest(typed, options.into_iter()), expected, "{typed}");
        }
    }

    #[test]
    fn folding_is_for_people() {
        for (text, expected) in [
            ("Finance", "finance"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("ＩＴ", "it"),
            ("a \u{a0} b", "a b"),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
    }
}

//! The pattern of a field: what a value must look like as a whole. Compiled once for a thread, not once for a cell.

use std::cell::RefCell;

use regex::{Regex, RegexBuilder};

use crate::Field;

/// How large a compiled pattern may be, in bytes: patterns come from people.
const LARGEST: usize = 1 << 20;
/// How many compiled patterns a thread keeps: more than an account has fields with patterns.
const KEPT: usize = 32;

thread_local! {
    /// The patterns that this thread has compiled, the last used one at the end.
    static COMPILED: RefCell<Vec<(String, Option<Regex>)>> = const { RefCell::new(Vec::new()) };
}

/// What a text is as a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PatternRead {
    /// One in the words of the `regex` crate.
    Fine,
    /// One that takes more memory than patterns may.
    TooLarge,
    /// None.
    Unreadable,
}

/// What a text is as a pattern; asked before a field is defined with it.
pub(crate) fn pattern_read(text: &str) -> PatternRead {
    match compile(text) {
        Ok(_) => PatternRead::Fine,
        Err(regex::Error::CompiledTooBig(_)) => PatternRead::TooLarge,
        Err(_) => PatternRead::Unreadable,
    }
}

/// Whether the whole text matches. A pattern that is none, which only an older definition can hold, refuses nothing.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    COMPILED.with_borrow_mut(|kept| {
        let found = match kept.iter().position(|(of, _)| of == pattern) {
            Some(place) => kept.remove(place),
            None => (pattern.to_owned(), compile(pattern).ok()),
        };
        let fits = found.1.as_ref().is_none_or(|regex| regex.is_match(text));
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push(found);
        fits
    })
}

impl Field {
    /// Whether a value in its stored form is as the field's pattern says; any is where there is none.
    pub fn fits_pattern(&self, stored: &str) -> bool {
        self.pattern.as_ref().is_none_or(|pattern| matches(pattern, stored))
    }
}

fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&format!(r"\A(?:{pattern})\z")).size_limit(LARGEST).build()
}

#[cfg(test)]
mod tests {
    use super::{KEPT, PatternRead, matches, pattern_read};

    #[test]
    fn the_whole_text_must_match() {
        for (pattern, text, expected) in [
            ("[A-Z]{2}", "AB", true),
            ("[A-Z]{2}", "ABC", false),
            ("a|b", "ab", false),
            ("(?i)x+", "XX", true),
            (r"\d+", "12\n", false),
            ("(", "anything", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
        assert_eq!(pattern_read("[A-Z]{2}"), PatternRead::Fine);
        assert_eq!(pattern_read("("), PatternRead::Unreadable);
        assert_eq!(pattern_read("(((a{100}){100}){100}){100}"), PatternRead::TooLarge);
    }

    #[test]
    fn more_patterns_than_are_kept_still_match() {
        for round in 0..3 {
            for number in 0..KEPT + 5 {
                assert!(matches(&format!("x{number}"), &format!("x{number}")), "{round}");
            }
        }
    }
}

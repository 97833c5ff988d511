//! The pattern of a field: what a value must look like as a whole. Compiled once for a field, not once for a cell.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use regex::{Regex, RegexBuilder};

/// How large a compiled pattern may be, in bytes: patterns come from people.
const LARGEST: usize = 1 << 20;

/// A pattern in the words of the `regex` crate. Cheap to clone; compiled when it is first asked for.
#[derive(Clone)]
pub struct Pattern {
    text: String,
    compiled: Arc<OnceLock<Option<Regex>>>,
}

impl Pattern {
    /// Whether the whole text matches. A pattern that is none, which only an older definition can hold, refuses nothing.
    pub fn matches(&self, text: &str) -> bool {
        self.compiled().is_none_or(|regex| regex.is_match(text))
    }

    /// Whether it is a pattern; ask before a field is defined with it.
    pub fn is_valid(&self) -> bool {
        self.compiled().is_some()
    }

    fn compiled(&self) -> Option<&Regex> {
        let compile =
            || RegexBuilder::new(&format!(r"\A(?:{})\z", self.text)).size_limit(LARGEST).build().ok();
        self.compiled.get_or_init(compile).as_ref()
    }
}

impl<T: Into<String>> From<T> for Pattern {
    fn from(text: T) -> Self {
        Self { text: text.into(), compiled: Arc::default() }
    }
}

impl Deref for Pattern {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl Eq for Pattern {}

impl fmt::Debug for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

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
            assert_eq!(Pattern::from(pattern).matches(text), expected, "{pattern} {text}");
        }
        assert!(!Pattern::from("(").is_valid());
        assert!(!Pattern::from("(((a{100}){100}){100}){100}").is_valid());
    }
}

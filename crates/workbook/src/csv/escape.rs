//! Values that a spreadsheet would run as a formula, escaped both ways.
//!
//! Writing puts one `'` before a value that matches `^'*[=+\-@\t\r\n\0]`; reading takes one away where
//! `^'+[=+\-@\t\r\n\0]` matches. So what is read is what was written, and nothing that is written starts a formula.

/// Whether a value must be written behind one `'`.
pub(crate) fn needs_mark(value: &[u8]) -> bool {
    let quotes = value.iter().take_while(|&&byte| byte == b'\'').count();
    value.get(quotes).is_some_and(|byte| starts_formula(*byte))
}

/// How many bytes at the start of a value are the mark that writing put there: one or none.
pub(crate) fn mark_length(value: &[u8]) -> usize {
    usize::from(value.first() == Some(&b'\'') && needs_mark(value))
}

fn starts_formula(byte: u8) -> bool {
    matches!(byte, b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n' | 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, written: &str) {
        let mark = if needs_mark(value.as_bytes()) { "'" } else { "" };
        assert_eq!(format!("{mark}{value}"), written);
        assert_eq!(&written[mark_length(written.as_bytes())..], value, "{written} is read back");
    }

    #[test]
    fn both_ways() {
        check("plain", "plain");
        check("=1+1", "'=1+1");
        check("'=1+1", "''=1+1");
        check("''@a", "'''@a");
        check("-5", "'-5");
        check("\tx", "'\tx");
        check("\0", "'\0");
        check("'", "'");
        check("'s Gravenhage", "'s Gravenhage");
        check("", "");
    }
}

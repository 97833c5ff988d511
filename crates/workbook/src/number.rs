//! Numbers as text: which text is a canonical decimal.

/// Whether the text is a canonical decimal, as `-12.5`: digits, perhaps a sign before and a fraction behind.
pub(crate) fn is_canonical(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

/// Whether a spreadsheet keeps every digit of a canonical decimal: they have fifteen.
pub(crate) fn is_exact(text: &str) -> bool {
    let digits: Vec<u8> =
        text.bytes().filter(u8::is_ascii_digit).skip_while(|&digit| digit == b'0').collect();
    let zeros = digits.iter().rev().take_while(|&&digit| digit == b'0').count();
    digits.len() - zeros <= 15
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_decimals() {
        for text in ["0", "-12.5", "007", "12345678901234567890"] {
            assert!(is_canonical(text), "{text}");
        }
        for text in ["", "-", "1.", ".5", "1e5", "+1", "1,5", "=1", "1.2.3", " 1"] {
            assert!(!is_canonical(text), "{text}");
        }
    }

    #[test]
    fn fifteen_digits() {
        assert!(
            is_exact("123456789012345")
                && is_exact("-0.000000000000000000123")
                && is_exact("1000000000000000000")
        );
        assert!(!is_exact("1234567890123456") && !is_exact("1.234567890123456"));
    }
}

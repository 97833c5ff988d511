//! Numbers and days as each language writes them: among values on pages. What is typed or compared has the form that is kept.

use crate::language::{Language, spoken};
use crate::{grouped_by, say};

/// A number with thousands separators: `1,003,412`, in German `1.003.412`.
pub fn grouped(number: i64) -> String {
    grouped_by(number, spoken().thousands())
}

/// A number in digits, of any length, as the language that is spoken writes it: `-1234.5` is `-1,234.5`, in German `-1.234,5`. None of a
/// text that is no such number.
pub fn decimal(digits: &str) -> Option<String> {
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let (whole, fraction) =
        unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !fraction.is_none_or(is_digits) {
        return None;
    }
    let language = spoken();
    let mut written = String::from(if unsigned.len() < digits.len() { "-" } else { "" });
    separate(whole, language.thousands(), &mut written);
    if let Some(fraction) = fraction {
        written.push(language.decimal_mark());
        written.push_str(fraction);
    }
    Some(written)
}

/// A day among values: "24 December 2026", in German "24.12.2026".
pub fn written_day(year: i64, month: i64, day: i64) -> String {
    match spoken() {
        Language::German => format!("{day:02}.{month:02}.{year:04}"),
        Language::English | Language::Mirrored => {
            say!("day", day = day, month = month, year = format!("{year:04}"))
        }
    }
}

/// Digits in groups of three.
pub(crate) fn separate(digits: &str, separator: char, into: &mut String) {
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            into.push(separator);
        }
        into.push(digit);
    }
}

#[cfg(test)]
mod tests {
    use super::{decimal, grouped, written_day};
    use crate::{Language, speaking};

    #[test]
    fn thousands_are_separated() {
        for (number, english, german) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1_000, "1,000", "1.000"),
            (1_003_412, "1,003,412", "1.003.412"),
            (-1_000, "-1,000", "-1.000"),
        ] {
            assert_eq!(grouped(number), english);
            assert_eq!(speaking(Language::German, || grouped(number)), german);
        }
    }

    #[test]
    fn numbers_have_the_marks_of_the_language() {
        for (digits, english, german) in [
            ("0", "0", "0"),
            ("0.5", "0.5", "0,5"),
            ("-1234.5", "-1,234.5", "-1.234,5"),
            ("1234567.8901", "1,234,567.8901", "1.234.567,8901"),
            ("123456789012345678901", "123,456,789,012,345,678,901", "123.456.789.012.345.678.901"),
        ] {
            assert_eq!(decimal(digits).as_deref(), Some(english));
            assert_eq!(speaking(Language::Mirrored, || decimal(digits)).as_deref(), Some(english));
            assert_eq!(speaking(Language::German, || decimal(digits)).as_deref(), Some(german));
        }
        for none in ["", "-", ".5", "5.", "1.2.3", "1e5", "12 a", "--1", "١٢"] {
            assert_eq!(decimal(none), None, "{none}");
        }
    }

    #[test]
    fn days_are_written_as_the_language_does() {
        for (day, english, german) in [
            ((2026, 12, 24), "24 December 2026", "24.12.2026"),
            ((2024, 3, 1), "1 March 2024", "01.03.2024"),
            ((987, 1, 31), "31 January 0987", "31.01.0987"),
        ] {
            let written = || written_day(day.0, day.1, day.2);
            assert_eq!(written(), english);
            assert_eq!(speaking(Language::German, written), german);
            let mirrored = speaking(Language::Mirrored, written);
            assert!(mirrored != english && mirrored.starts_with(&day.2.to_string()), "{mirrored}");
        }
    }
}

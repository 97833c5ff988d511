//! Numbers: canonical decimals, exact to the fifteen digits that spreadsheets keep (IEEE 754 binary64 holds any of them).
//!
//! Nothing here goes through floating point: a number is its digits and the place of its point, so that what was
//! written comes back, digit for digit.

use crate::{Code, Wrong};

/// How many digits a spreadsheet keeps; it puts zeros in place of the rest.
const DIGITS: usize = 15;
/// The most digits that a canonical decimal is written out with, before and after the point.
const WIDEST: i32 = 30;

/// A decimal number: `0.digits * 10^point`, the digits without zeros at either end; zero has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    point: i32,
}

impl Decimal {
    /// Reads `-12.50`, `.5`, `1.2E+3`: the forms of a file's number cells and of canonical decimals. None is none.
    pub(crate) fn of_digits(text: &str) -> Option<Self> {
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match rest.find(['e', 'E']) {
            Some(place) => (&rest[..place], rest[place + 1..].parse::<i32>().ok()?),
            None => (rest, 0),
        };
        if exponent.abs() > 400 || mantissa.len() > 400 {
            return None;
        }
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if !all_digits || whole.len() + fraction.len() == 0 {
            return None;
        }
        let digits = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
        Some(Self { negative: sign, digits, point: whole.len() as i32 + exponent }.trimmed())
    }

    fn trimmed(mut self) -> Self {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self.point -= zeros as i32;
        if self.digits.is_empty() {
            (self.point, self.negative) = (0, false);
        }
        self
    }

    /// How many digits it has, zeros at the ends not counted.
    pub(crate) fn precision(&self) -> usize {
        self.digits.len()
    }

    /// How many digits stand before the point.
    pub(crate) fn whole_digits(&self) -> i32 {
        self.point.max(0)
    }

    /// Rounded half up to so many digits.
    pub(crate) fn rounded(&self, digits: usize) -> Self {
        let mut rounded = self.clone();
        let up = self.digits.get(digits).is_some_and(|digit| *digit >= 5);
        rounded.digits.truncate(digits);
        if up {
            for place in (0..digits).rev() {
                rounded.digits[place] += 1;
                if rounded.digits[place] < 10 {
                    return rounded.trimmed();
                }
                rounded.digits[place] = 0;
            }
            rounded.digits.insert(0, 1);
            rounded.point += 1;
        }
        rounded.trimmed()
    }

    /// Cut off after so many digits.
    pub(crate) fn truncated(&self, digits: usize) -> Self {
        let mut cut = self.clone();
        cut.digits.truncate(digits);
        cut.trimmed()
    }

    /// A hundredth of it: what a percentage is.
    pub(crate) fn hundredth(&self) -> Self {
        Self { point: if self.digits.is_empty() { 0 } else { self.point - 2 }, ..self.clone() }
    }

    /// By how many powers of ten it is another number; none when the digits are others, or either is zero.
    pub(crate) fn powers_of_ten_from(&self, base: &Self) -> Option<i32> {
        let same = self.negative == base.negative && self.digits == base.digits && !self.digits.is_empty();
        same.then(|| self.point - base.point)
    }

    /// The number as an `f64`, for what is only compared nearly: times of day.
    pub(crate) fn approximate(&self) -> f64 {
        let digits: f64 = self.digits.iter().rev().fold(0.0, |sum, digit| (sum + f64::from(*digit)) / 10.0);
        digits * 10_f64.powi(self.point) * if self.negative { -1.0 } else { 1.0 }
    }

    /// The days of a serial date and the seconds of its time, rounded to the nearest second; none when it is negative
    /// or beyond any calendar.
    pub(crate) fn serial_day(&self) -> Option<i32> {
        let value = self.approximate();
        let day = ((value * 86_400.0).round() / 86_400.0).floor();
        (0.0..3_000_000.0).contains(&day).then_some(day as i32)
    }

    /// `-12.5`: no exponent, no zeros at the ends. None when that would be absurdly wide.
    pub(crate) fn canonical(&self) -> Option<String> {
        if self.digits.is_empty() {
            return Some("0".to_owned());
        }
        let fraction = self.digits.len() as i32 - self.point;
        if self.point > WIDEST || fraction > WIDEST {
            return None;
        }
        let mut text = String::from(if self.negative { "-" } else { "" });
        let whole = self.point.max(0) as usize;
        let leading = self.digits.iter().take(whole);
        text.extend(leading.map(|digit| char::from(b'0' + digit)));
        text.extend((self.digits.len()..whole).map(|_| '0'));
        if whole == 0 {
            text.push('0');
        }
        if fraction > 0 {
            text.push('.');
            text.extend((self.point..0).map(|_| '0'));
            text.extend(self.digits.iter().skip(whole).map(|digit| char::from(b'0' + digit)));
        }
        Some(text)
    }
}

/// A number cell as the spreadsheet shows it: written out, at most 15 digits, filled up to `zeros` digits with zeros.
///
/// # Errors
/// [`Code::NumberPrecision`] for a whole number of more than 15 digits: the spreadsheet has put zeros in place of the rest.
pub(crate) fn shown(raw: &str, zeros: u8) -> Result<String, Wrong> {
    let number = Decimal::of_digits(raw).ok_or_else(|| Wrong::plain(Code::CellUnreadable))?;
    let text = of_spreadsheet(&number)?;
    Ok(match text.len() {
        length if length < usize::from(zeros) && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{text:0>width$}", width = usize::from(zeros))
        }
        _ => text,
    })
}

/// Programs write seventeen digits for what they show with fifteen (`1.1000000000000001` for 1.1), so a fraction is rounded to what was
/// meant; a whole number of more digits than that has lost some already.
fn of_spreadsheet(number: &Decimal) -> Result<String, Wrong> {
    if number.whole_digits() > DIGITS as i32 {
        return Err(Wrong::plain(Code::NumberPrecision));
    }
    number.rounded(DIGITS).canonical().ok_or_else(|| Wrong::plain(Code::NotANumber))
}

/// Reads the stored form of a number cell.
pub(super) fn read_cell(raw: &str) -> Result<String, Wrong> {
    let number = Decimal::of_digits(raw).ok_or_else(|| Wrong::plain(Code::NotANumber))?;
    of_spreadsheet(&number)
}

/// Reads a number that stands as text: the canonical form, a decimal comma and thousands separators where they can mean but
/// one thing.
///
/// # Errors
/// [`Code::NotANumber`], with both readings when there are two; [`Code::NumberPrecision`] for more digits than a
/// spreadsheet keeps, or what it has shortened to `4.47E+11`.
pub(super) fn read_text(text: &str) -> Result<String, Wrong> {
    if is_shortened(text) {
        return Err(Wrong::with(Code::NumberPrecision, text));
    }
    let mut readings: Vec<String> = Vec::new();
    for number in readings_of(text) {
        if number.precision() > DIGITS || number.whole_digits() > DIGITS as i32 {
            return Err(Wrong::plain(Code::NumberPrecision));
        }
        readings.extend(number.canonical());
    }
    match <[String; 1]>::try_from(readings) {
        Ok([only]) => Ok(only),
        Err(none) if none.is_empty() => {
            Err(Wrong { suggestions: offers(text), ..Wrong::plain(Code::NotANumber) })
        }
        Err(suggestions) => Err(Wrong { suggestions, ..Wrong::plain(Code::NotANumber) }),
    }
}

/// What may be meant by a number with signs around it: an amount of money, a negative as accountants write it, a percentage (which is a
/// number of hundredths, or what it comes to).
fn offers(text: &str) -> Vec<String> {
    let (text, is_percentage) = match text.trim().strip_suffix(['%', '٪', '％']) {
        Some(hundredths) => (hundredths, true),
        None => (text, false),
    };
    let Some(plain) = without_money(text) else { return Vec::new() };
    let numbers = readings_of(&plain);
    let hundredths = numbers.iter().filter(|_| is_percentage).map(Decimal::hundredth);
    let all: Vec<Decimal> = numbers.iter().cloned().chain(hundredths).collect();
    all.iter().filter(|number| number.precision() <= DIGITS).filter_map(Decimal::canonical).collect()
}

/// The number without a currency before or behind it; in brackets or with the sign behind it, it is negative.
fn without_money(text: &str) -> Option<String> {
    const CODES: [&str; 24] = [
        "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "PLN",
        "CZK", "HUF", "TRY", "BRL", "ZAR", "RUB", "kr", "Kč", "zł", "Fr",
    ];
    let is_sign = |letter: char| letter.is_whitespace() || "$£€¥₹₽₺₩₪₴฿₫".contains(letter);
    let mut plain = text.trim_matches(is_sign);
    let inside = plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    plain = inside.unwrap_or(plain).trim_matches(is_sign);
    if let Some(rest) =
        CODES.iter().find_map(|code| plain.strip_prefix(code).or_else(|| plain.strip_suffix(code)))
    {
        plain = rest.trim_matches(is_sign);
    }
    let (plain, is_negative) = match (plain.strip_prefix(['-', '−']), plain.strip_suffix(['-', '−'])) {
        (Some(rest), None) | (None, Some(rest)) => (rest.trim_matches(is_sign), true),
        (Some(_), Some(_)) => return None,
        (None, None) => (plain, false),
    };
    if inside.is_some() && is_negative {
        return None;
    }
    let sign = if is_negative || inside.is_some() { "-" } else { "" };
    Some(format!("{sign}{plain}"))
}

/// Whether a text is a number that a spreadsheet has shortened: one digit, some decimals, `E+11`.
pub(crate) fn is_shortened(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once("E+") else { return false };
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    whole.len() == 1
        && digits(whole)
        && digits(decimals)
        && (2..=3).contains(&exponent.len())
        && digits(exponent)
}

/// Whether a text has a digit, and of letters no other than the E of an exponent: most texts are told from numbers by this alone.
pub(crate) fn could_be_number(text: &str) -> bool {
    let mut has_digit = false;
    for byte in text.bytes() {
        if byte.is_ascii_alphabetic() && !byte.eq_ignore_ascii_case(&b'e') {
            return false;
        }
        has_digit |= byte.is_ascii_digit();
    }
    has_digit
}

/// Every number that a text may mean: one for nearly every text, two for `1,234`, none for what is no number.
pub(crate) fn readings_of(text: &str) -> Vec<Decimal> {
    if !could_be_number(text) {
        return Vec::new();
    }
    let Some(text) = without_gaps(text) else { return Vec::new() };
    let grouped_by = |separator| groups_fit(text.split(separator));
    let (whole, _) = text.rsplit_once([',', '.']).unwrap_or((&text, ""));
    let forms = match (text.matches(',').count(), text.matches('.').count()) {
        (0, 0 | 1) => vec![text],
        (0, _) if grouped_by('.') => vec![text.replace('.', "")],
        (1, 0) if grouped_by(',') => vec![text.replace(',', ""), text.replace(',', ".")],
        (1, 0) => vec![text.replace(',', ".")],
        (_, 0) if grouped_by(',') => vec![text.replace(',', "")],
        // The separator that stands last is the decimal one, and stands alone.
        (1, _) if !whole.contains(',') && groups_fit(whole.split('.')) => {
            vec![text.replace('.', "").replace(',', ".")]
        }
        (_, 1) if !whole.contains('.') && groups_fit(whole.split(',')) => vec![text.replace(',', "")],
        _ => Vec::new(),
    };
    forms.iter().filter_map(|form| Decimal::of_digits(form)).collect()
}

/// The text without the spaces and apostrophes that some languages put between thousands, and with the minus sign of
/// keyboards; none when they stand anywhere else.
fn without_gaps(text: &str) -> Option<String> {
    let is_gap = |letter| matches!(letter, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\'' | '’');
    let text = text.replace('−', "-");
    if !text.contains(is_gap) {
        return Some(text);
    }
    let whole = text.split([',', '.']).next().unwrap_or("");
    let fits = groups_fit(whole.split(is_gap)) && !text[whole.len()..].contains(is_gap);
    fits.then(|| text.replace(is_gap, ""))
}

/// Whether these are groups of thousands: three digits each, the first one to three and not beginning with 0.
fn groups_fit<'t>(mut groups: impl Iterator<Item = &'t str>) -> bool {
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().unwrap_or("").trim_start_matches(['-', '+']);
    let first_fits = matches!(first.len(), 1..=3) && digits(first) && !first.starts_with('0');
    first_fits && groups.all(|group| group.len() == 3 && digits(group))
}

#[cfg(test)]
mod tests {
    use super::{Decimal, read_cell, read_text};
    use crate::Code;

    fn check(text: &str, expected: &str) {
        assert_eq!(read_text(text).as_deref(), Ok(expected), "{text}");
        assert_eq!(read_text(expected).as_deref(), Ok(expected), "twice: {text}");
    }

    fn wrong(text: &str, code: Code, suggestions: &[&str]) {
        let wrong = read_text(text).expect_err(text);
        assert_eq!(
            (wrong.code, wrong.suggestions.as_slice()),
            (code, &suggestions.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()[..]),
            "{text}"
        );
    }

    #[test]
    fn numbers_become_canonical() {
        check("0", "0");
        check("-0.00", "0");
        check("007", "7");
        check("12.50", "12.5");
        check("+5", "5");
        check("−5", "-5");
        check(".5", "0.5");
        check("5.", "5");
        check("0.001", "0.001");
        check("100", "100");
        check("-1200", "-1200");
        check("123456789012345", "123456789012345");
        check("0.000000000000012", "0.000000000000012");
    }

    #[test]
    fn a_comma_is_understood_where_it_means_one_thing() {
        check("12,5", "12.5");
        check("1,23", "1.23");
        check("0,123", "0.123");
        check("1234,567", "1234.567");
        check("1.234,5", "1234.5");
        check("1,234.5", "1234.5");
        check("1.234.567,89", "1234567.89");
        check("1,234,567", "1234567");
        check("1.234.567", "1234567");
        check("1 234,5", "1234.5");
        check("1\u{202f}234\u{202f}567", "1234567");
        check("1'234.50", "1234.5");
        wrong("1,234", Code::NotANumber, &["1234", "1.234"]);
        wrong("-12,345", Code::NotANumber, &["-12345", "-12.345"]);
        check("1.234", "1.234");
    }

    #[test]
    fn what_is_no_number_is_told() {
        for text in
            ["", "abc", "1.2.3", "1,2,3", "12a", "1 2", "--1", "1,234,56", "1.23,456.7", "1 23,4", "."]
        {
            wrong(text, Code::NotANumber, &[]);
        }
        for (text, offers) in [
            ("€5", &["5"][..]),
            ("$12.50", &["12.5"]),
            ("12,50 €", &["12.5"]),
            ("-$5", &["-5"]),
            ("$-5", &["-5"]),
            ("EUR 1.234,50", &["1234.5"]),
            ("100 kr", &["100"]),
            ("(12.50)", &["-12.5"]),
            ("($1,234.50)", &["-1234.5"]),
            ("5-", &["-5"]),
            ("75 %", &["75", "0.75"]),
            ("12.5%", &["12.5", "0.125"]),
            ("£1,234", &["1234", "1.234"]),
            ("(-5)", &[]),
            ("$", &[]),
            ("%", &[]),
            ("()", &[]),
        ] {
            wrong(text, Code::NotANumber, offers);
        }
        wrong("1234567890123456", Code::NumberPrecision, &[]);
        wrong("0.1234567890123456", Code::NumberPrecision, &[]);
        wrong("4.47E+11", Code::NumberPrecision, &[]);
        wrong("1,23457E+16", Code::NumberPrecision, &[]);
    }

    #[test]
    fn number_cells_are_what_the_spreadsheet_shows() {
        for (raw, expected) in [
            ("12.5", Ok("12.5")),
            ("1.1000000000000001", Ok("1.1")),
            ("0.30000000000000004", Ok("0.3")),
            ("2.9999999999999996", Ok("3")),
            ("4.477E11", Ok("447700000000")),
            ("1E-3", Ok("0.001")),
            ("-0", Ok("0")),
            ("99.99999999999999999", Ok("100")),
            ("1E+15", Err(Code::NumberPrecision)),
            ("12345678901234567890", Err(Code::NumberPrecision)),
            ("1E-200", Err(Code::NotANumber)),
            ("x", Err(Code::NotANumber)),
        ] {
            let read = read_cell(raw).map_err(|wrong| wrong.code);
            assert_eq!(read.as_deref().map_err(|code| *code), expected, "{raw}");
        }
    }

    #[test]
    fn a_serial_rounds_to_the_second() {
        let day = |raw| Decimal::of_digits(raw).and_then(|number| number.serial_day());
        assert_eq!(day("46348"), Some(46348));
        assert_eq!(day("46347.999999"), Some(46348));
        assert_eq!(day("46347.9"), Some(46347));
        assert_eq!(day("-1"), None);
        assert_eq!(day("1E300"), None);
    }
}

//! Dates: real days of the Gregorian calendar, read from date cells, serial numbers and the forms that people and spreadsheets
//! write them in.

use workbook::{Cell, CellDate, Kind};

use super::settings::DateOrder;
use super::{months, number};
use crate::{Code, Wrong};

/// Day 0 of a spreadsheet's serial numbers with the 1900 epoch, in days since 0000-03-01: 1899-12-30, as the phantom
/// 1900-02-29 (serial 60) shifts every day after it.
const EPOCH_1900: i32 = 693_899;
/// How much later the 1904 epoch begins.
pub(crate) const EPOCH_1904: i32 = 1_462;
/// The serial numbers that are taken for dates where a number stands without a date format: 1927 to 2199. Smaller
/// ones are typed years (`2026`) and counts.
const SERIALS: std::ops::RangeInclusive<i32> = 10_000..=109_574;
/// The first two-digit year that means the last century, as spreadsheets have it: 29 is 2029, 30 is 1930.
const PIVOT: i32 = 30;

/// Reads a cell of a date field; without an order a text that two orders read differently is ambiguous.
///
/// # Errors
/// [`Code::NotADate`], with a reading where there is one in another order than the account's; [`Code::AmbiguousDate`] with
/// all readings.
pub(super) fn read(cell: &Cell<'_>, text: &str, order: Option<DateOrder>) -> Result<String, Wrong> {
    match (cell.kind, cell.date) {
        (Kind::Date, Some(date)) => Ok(stored(date)),
        (Kind::Text, _) => read_text(text, order),
        (Kind::Number, _) => {
            let offers = || [of_number(cell.raw), of_moment(cell.raw)].concat();
            of_serial(cell.raw).map(stored).ok_or_else(|| suggesting(Code::NotADate, &offers()))
        }
        _ => Err(Wrong::plain(Code::NotADate)),
    }
}

/// The day that a number of eight digits may stand for, `19851224`, in the years of people.
fn of_number(raw: &str) -> Vec<CellDate> {
    let is_date = raw.len() == 8 && raw.bytes().all(|byte| byte.is_ascii_digit());
    let date = Parts::of(raw).filter(|_| is_date).and_then(|parts| parts.only_reading());
    date.filter(|date| (1900..2200).contains(&date.year)).into_iter().collect()
}

/// The days on which a moment may be that counts the seconds (or thousandths) since 1970: the one in UTC, and where it may be a midnight
/// further east, the day that begins then.
fn of_moment(raw: &str) -> Vec<CellDate> {
    let Some(moment) = of_unix_time(raw) else { return Vec::new() };
    let [day, next] = around(moment);
    let second = moment.rem_euclid(DAY);
    let begins_further_east = second >= DAY - FURTHEST_ZONE && second % QUARTER == 0;
    std::iter::once(day).chain(begins_further_east.then_some(next)).collect()
}

/// The moment that a number of seconds or thousandths of a second since 1970 is, in seconds since day 0: of nine or ten digits, of twelve or
/// thirteen, up to the year 2100. Fewer digits are years, serials and counts.
pub(super) fn of_unix_time(raw: &str) -> Option<i64> {
    /// The first of January 2100.
    const LAST: i64 = 4_102_444_800;
    let whole = number::Decimal::of_digits(raw)?.canonical()?;
    let (seconds, _) = whole.split_once('.').unwrap_or((&whole, ""));
    let digits: i64 = seconds.parse().ok()?;
    let seconds = match seconds.len() {
        9 | 10 => digits,
        12 | 13 => digits.div_euclid(1_000),
        _ => return None,
    };
    let is_plain = raw.bytes().all(|byte| !byte.is_ascii_alphabetic() || byte.eq_ignore_ascii_case(&b'e'));
    (is_plain && (0..LAST).contains(&seconds)).then_some(i64::from(EPOCH_1900 + 25_569) * DAY + seconds)
}

/// Reads a date that stands as text.
fn read_text(text: &str, order: Option<DateOrder>) -> Result<String, Wrong> {
    let east = in_the_east(text);
    let text = east.as_deref().unwrap_or(text);
    let Some(parts) = Parts::of(text) else {
        let serial = of_serial(text).filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
        return serial.map(stored).ok_or_else(|| suggesting(Code::NotADate, &of_moment(text)));
    };
    if let Some(date) = parts.only_reading() {
        return Ok(stored(date));
    }
    let own = order.and_then(|order| parts.read(order));
    let mut all: Vec<CellDate> =
        own.into_iter().chain(ORDERS.iter().filter_map(|other| parts.read(*other))).collect();
    let mut seen = Vec::new();
    all.retain(|date| {
        !seen.contains(date) && {
            seen.push(*date);
            true
        }
    });
    match (own, all.len()) {
        (_, 0) => Err(Wrong::plain(Code::NotADate)),
        (Some(own), _) if parts.has_long_year() => Ok(stored(own)),
        (Some(own), 1) => Ok(stored(own)),
        (None, 1) if order.is_none() => Ok(stored(all[0])),
        (None, 1) => Err(suggesting(Code::NotADate, &all)),
        _ => Err(suggesting(Code::AmbiguousDate, &all)),
    }
}

/// `2026年3月5日` and `2026년 3월 5일` as other dates are written.
fn in_the_east(text: &str) -> Option<String> {
    let date = text.trim_end().strip_suffix(['日', '일'])?;
    Some(date.replace(['年', '년', '月', '월'], "-").replace(' ', ""))
}

fn suggesting(code: Code, dates: &[CellDate]) -> Wrong {
    let suggestions: Vec<String> = dates.iter().copied().map(stored).collect();
    let detail = (code == Code::AmbiguousDate).then(|| suggestions.join(" or "));
    Wrong { detail, suggestions, ..Wrong::plain(code) }
}

/// Every order in which day, month and year are written.
pub(crate) const ORDERS: [DateOrder; 3] =
    [DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay];

/// The parts of a date that stands as text: three numbers, or two and the name of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parts {
    /// The numbers in the order of the text; where a name stands, the number of its month.
    numbers: [i32; 3],
    /// How many digits each had.
    widths: [usize; 3],
    /// The place of the month, if it stands as a name.
    name: Option<usize>,
}

impl Parts {
    /// Takes a text apart: `22/11/2026`, `22.11.26`, `2026-11-22`, `22-Nov-26`, `November 22, 2026`, `20261122`, and
    /// ISO 8601 dates with a time of day behind them.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let (text, _) = without_time(text);
        if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            let part = |range: std::ops::Range<usize>| text[range].parse().ok();
            return Some(Self {
                numbers: [part(0..4)?, part(4..6)?, part(6..8)?],
                widths: [4, 2, 2],
                name: None,
            });
        }
        let tokens = tokens(text)?;
        let [a, b, c] = <[Token; 3]>::try_from(tokens).ok()?;
        let (widths, names) = ([a.width, b.width, c.width], [a, b, c].map(|token| token.width == 0));
        let years = widths.iter().filter(|width| **width == 4).count();
        let fits = widths.iter().all(|width| matches!(width, 0 | 1 | 2 | 4)) && years <= 1 && widths[1] != 4;
        let single_name = names.iter().filter(|name| **name).count() <= 1;
        (fits && single_name).then(|| Self {
            numbers: [a.number, b.number, c.number],
            widths,
            name: names.iter().position(|name| *name),
        })
    }

    /// Whether the text is this date in any order, a year of two digits being of any century: how one spreadsheet writes what
    /// another reads.
    pub(crate) fn could_be(&self, date: CellDate) -> bool {
        let is = |[year, month, day]: [usize; 3]| {
            let same_year = match self.widths[year] {
                4 => self.numbers[year] == i32::from(date.year),
                _ => self.numbers[year] == i32::from(date.year) % 100,
            };
            let month_fits = self.name.is_none_or(|name| name == month);
            let numbers = (self.numbers[month], self.numbers[day]);
            same_year && month_fits && numbers == (i32::from(date.month), i32::from(date.day))
        };
        [[2, 1, 0], [2, 0, 1], [0, 1, 2]].into_iter().any(is)
    }

    /// Whether the text is this date when it is read in this order, a year of two digits being of any century.
    pub(crate) fn is_in(&self, date: CellDate, order: DateOrder) -> bool {
        self.could_be(date)
            && self.read(order).is_some_and(|read| (read.month, read.day) == (date.month, date.day))
    }

    /// Whether the text leaves a choice of what is the day and what the month.
    pub(crate) fn leaves_order(&self) -> bool {
        self.name.is_none() && self.widths[0] != 4 && self.numbers[0] != self.numbers[1]
    }

    /// Whether day and month have two digits each or a name stands for the month: how a spreadsheet writes in most locales.
    pub(crate) fn is_padded(&self) -> bool {
        self.name.is_some() || self.widths.iter().all(|width| matches!(width, 2 | 4))
    }

    fn has_long_year(&self) -> bool {
        self.widths.contains(&4)
    }

    /// The date where the text allows but one order: the year first with four digits (ISO 8601), or a named month.
    pub(crate) fn only_reading(&self) -> Option<CellDate> {
        let [a, b, c] = self.numbers;
        match (self.name, self.widths) {
            (None, [4, ..]) => date(a, b, c),
            (Some(0), _) => date(self.year(2), a, b),
            (Some(1), [4, ..]) => date(a, b, c),
            (Some(1), _) => date(self.year(2), b, a),
            _ => None,
        }
    }

    /// The date in this order, if it is one.
    pub(crate) fn read(&self, order: DateOrder) -> Option<CellDate> {
        if self.name.is_some() || self.widths[0] == 4 {
            return self.only_reading();
        }
        let [a, b, c] = self.numbers;
        match order {
            DateOrder::DayMonthYear => date(self.year(2), b, a),
            DateOrder::MonthDayYear => date(self.year(2), a, b),
            DateOrder::YearMonthDay if self.widths[2] != 4 => date(self.year(0), b, c),
            DateOrder::YearMonthDay => None,
        }
    }

    /// The year at this place; two digits mean the hundred years from 1930.
    fn year(&self, place: usize) -> i32 {
        match (self.numbers[place], self.widths[place]) {
            (year, 4) => year,
            (year, _) if year < PIVOT => 2000 + year,
            (year, _) => 1900 + year,
        }
    }
}

/// A word of a date: a number and how many digits it has, or the month of a name, with none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// The number, or the month.
    pub(crate) number: i32,
    /// How many digits it has; 0 for a name.
    pub(crate) width: usize,
}

/// The words of a date, small words (`of`) and ordinal endings left out. None when anything else stands there.
pub(crate) fn tokens(text: &str) -> Option<Vec<Token>> {
    let separates = |letter: char| matches!(letter, '-' | '/' | '.' | ',' | ' ' | '\u{A0}' | '\'' | '’');
    let mut tokens = Vec::new();
    let mut rest = text.trim_start_matches(separates);
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end =
            rest.find(|l: char| l.is_ascii_digit() != digits || !l.is_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        match word {
            "" => return None,
            "st" | "nd" | "rd" | "th" | "de" | "of" | "er" | "del" => {}
            _ if digits => tokens.push(Token { number: word.parse().ok()?, width: word.len() }),
            _ => tokens.push(Token { number: months::of_name(word)?, width: 0 }),
        }
        rest = after.trim_start_matches(separates);
    }
    Some(tokens)
}

/// A date and the time of day behind it, if there is one: `2026-11-22T09:30:00Z`, `22/11/2026 09:30`.
pub(crate) fn without_time(text: &str) -> (&str, Option<&str>) {
    let is_time = |time: &str| {
        time.contains(':')
            && time.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'Z' | b'+' | b'-'))
    };
    match text.rsplit_once(['T', ' ']) {
        Some((date, time)) if is_time(time) => (date.trim_end(), Some(time)),
        _ => (text, None),
    }
}

/// A day of the calendar, if there is one.
fn date(year: i32, month: i32, day: i32) -> Option<CellDate> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + i32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let exists = (1..=9999).contains(&year) && (1..=last).contains(&day);
    exists.then_some(CellDate { year: year as i16, month: month as i8, day: day as i8 })
}

/// The date of a serial number with the 1900 epoch, where the number can't but be meant as one.
fn of_serial(raw: &str) -> Option<CellDate> {
    of_serial_day(number::Decimal::of_digits(raw)?.serial_day()?)
}

/// The date of a serial day with the 1900 epoch, if any calendar has it.
pub(crate) fn of_serial_day(serial: i32) -> Option<CellDate> {
    SERIALS.contains(&serial).then(|| of_days(serial + EPOCH_1900))
}

/// Whether a number is the serial of this date, in either epoch.
pub(crate) fn is_serial_of(number: &number::Decimal, date: CellDate) -> bool {
    let serial = days(date) - EPOCH_1900;
    number.serial_day().is_some_and(|day| day == serial || day == serial - EPOCH_1904)
}

/// Days since 0000-03-01: years that begin in March have their leap day at the end.
pub(crate) fn days(date: CellDate) -> i32 {
    let (month, day) = (i32::from(date.month), i32::from(date.day));
    let year = i32::from(date.year) - i32::from(month <= 2);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + day_of_year
}

/// Seconds of a day, and of a quarter of an hour.
const DAY: i64 = 86_400;
const QUARTER: i64 = 900;
/// No time zone is further from UTC, in seconds.
pub(crate) const FURTHEST_ZONE: i64 = 14 * 3_600;

/// The midnight with which a date begins, in seconds since day 0.
pub(crate) fn midnight(date: CellDate) -> i64 {
    i64::from(days(date)) * DAY
}

/// The dates whose midnights are nearest to a moment: the one before, the one after.
pub(super) fn around(moment: i64) -> [CellDate; 2] {
    let day = moment.div_euclid(DAY) as i32;
    [of_days(day), of_days(day + 1)]
}

/// The inverse of [`days`].
pub(crate) fn of_days(days: i32) -> CellDate {
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + i32::from(month <= 2);
    CellDate { year: year as i16, month: month as i8, day: (day_of_year - (153 * shifted + 2) / 5 + 1) as i8 }
}

/// `2026-11-22`.
pub(crate) fn stored(date: CellDate) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// The date of a stored form, without allocating.
pub(crate) fn of_stored(stored: &str) -> Option<CellDate> {
    let bytes: &[u8; 10] = stored.as_bytes().try_into().ok()?;
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |range: std::ops::Range<usize>| {
        bytes[range]
            .iter()
            .try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i32::from(byte - b'0')))
    };
    date(number(0..4)?, number(5..7)?, number(8..10)?)
}

#[cfg(test)]
mod tests {
    use super::{DateOrder, EPOCH_1900, date, days, of_days, of_serial, of_stored, read_text, stored};
    use crate::Code;
    use DateOrder::{DayMonthYear, MonthDayYear, YearMonthDay};

    #[test]
    fn days_are_counted_through_every_leap_year() {
        let mut before = days(date(1, 1, 1).expect("a day")) - 1;
        for day in before + 1..=days(date(9999, 12, 31).expect("a day")) {
            assert_eq!(day, before + 1);
            let date = of_days(day);
            assert_eq!(days(date), day, "{date:?}");
            if day % 97 == 0 {
                assert_eq!(of_stored(&stored(date)), Some(date));
            }
            before = day;
        }
        assert_eq!(days(date(1970, 1, 1).expect("a day")) - EPOCH_1900, 25_569);
        assert_eq!(of_serial("46348").map(stored).as_deref(), Some("2026-11-22"));
    }

    fn check(order: DateOrder, text: &str, expected: &str) {
        assert_eq!(read_text(text, Some(order)).as_deref(), Ok(expected), "{text}");
    }

    #[test]
    fn iso_and_named_months_are_the_same_everywhere() {
        for order in [DayMonthYear, MonthDayYear, YearMonthDay] {
            for text in [
                "2026-11-22",
                "2026/11/22",
                "2026.11.22",
                "20261122",
                "2026-11-22T00:00:00Z",
                "2026-11-22 09:30:00",
                "22-Nov-26",
                "22-Nov-2026",
                "22 November 2026",
                "22nd of November 2026",
                "22. November 2026",
                "22 nov. 2026",
                "22 de noviembre de 2026",
                "22 novembre 2026",
                "Nov 22, 2026",
                "November 22nd, 2026",
                "2026-Nov-22",
                "46348",
                "2026年11月22日",
                "2026년 11월 22일",
            ] {
                check(order, text, "2026-11-22");
            }
            check(order, "1-März-1999", "1999-03-01");
            check(order, "2024-02-29", "2024-02-29");
            check(order, "1926-1-5", "1926-01-05");
        }
    }

    #[test]
    fn the_order_of_the_account_decides() {
        check(DayMonthYear, "05/04/2026", "2026-04-05");
        check(MonthDayYear, "05/04/2026", "2026-05-04");
        check(DayMonthYear, "5.4.2026", "2026-04-05");
        check(DayMonthYear, "22/11/2026 00:00", "2026-11-22");
        check(MonthDayYear, "11-22-2026", "2026-11-22");
        check(DayMonthYear, "31/12/99", "1999-12-31");
        check(DayMonthYear, "05/05/2026", "2026-05-05");
    }

    fn wrong(order: DateOrder, text: &str, code: Code, suggestions: &[&str]) {
        let wrong = read_text(text, Some(order)).expect_err(text);
        assert_eq!(wrong.code, code, "{text}");
        assert_eq!(wrong.suggestions, suggestions, "{text}");
    }

    #[test]
    fn a_number_of_eight_digits_is_offered_as_a_date() {
        let place = workbook::Position { row: 3, column: 2 };
        for (raw, offer) in
            [("19851224", Some("1985-12-24")), ("19851324", None), ("12345678", None), ("1985", None)]
        {
            let cell = workbook::Cell { kind: workbook::Kind::Number, ..workbook::Cell::text(place, raw) };
            let wrong = super::read(&cell, raw, Some(DayMonthYear)).expect_err(raw);
            assert_eq!(
                (wrong.code, wrong.suggestions.first().map(String::as_str)),
                (Code::NotADate, offer),
                "{raw}"
            );
        }
    }

    #[test]
    fn seconds_since_1970_are_offered_as_dates() {
        for (raw, offers) in [
            ("1738540800", &["2025-02-03"][..]),
            ("1738575000", &["2025-02-03"]),
            ("1738537200", &["2025-02-02", "2025-02-03"]),
            ("1738540800000", &["2025-02-03"]),
            ("1738540800123", &["2025-02-03"]),
            ("1738540800.5", &["2025-02-03"]),
            ("315532800", &["1980-01-01"]),
            ("4102444800", &[]),
            ("12345678901", &[]),
            ("-1738540800", &[]),
        ] {
            wrong(DayMonthYear, raw, Code::NotADate, offers);
            let cell = workbook::Cell {
                kind: workbook::Kind::Number,
                ..workbook::Cell::text(workbook::Position { row: 3, column: 2 }, raw)
            };
            assert_eq!(super::read(&cell, raw, None).expect_err(raw).suggestions, offers, "{raw}");
        }
    }

    #[test]
    fn what_could_be_two_days_is_asked_for() {
        wrong(YearMonthDay, "05/04/2026", Code::AmbiguousDate, &["2026-04-05", "2026-05-04"]);
        wrong(DayMonthYear, "05/04/26", Code::AmbiguousDate, &["2026-04-05", "2026-05-04", "2005-04-26"]);
        wrong(MonthDayYear, "05/04/26", Code::AmbiguousDate, &["2026-05-04", "2026-04-05", "2005-04-26"]);
        wrong(DayMonthYear, "11/22/2026", Code::NotADate, &["2026-11-22"]);
        wrong(YearMonthDay, "22/11/2026", Code::NotADate, &["2026-11-22"]);
    }

    #[test]
    fn what_is_no_day_is_told() {
        for text in [
            "",
            "soon",
            "2026-02-30",
            "2026",
            "5",
            "13/13/2026",
            "2026-11",
            "22/11",
            "1/2/3/4",
            "0000-01-01",
            "22-Foo-26",
            "123456",
        ] {
            wrong(DayMonthYear, text, Code::NotADate, &[]);
        }
    }
}

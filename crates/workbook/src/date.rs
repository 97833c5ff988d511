//! Dates of cells: serial numbers of both epochs (ECMA-376 part 1, 18.17.4) and ISO 8601 text.

use crate::CellDate;

/// Which day the serial numbers of a book count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Epoch {
    /// 1 is 1900-01-01, and 60 is a 29th of February that never was.
    #[default]
    Year1900,
    /// 0 is 1904-01-01.
    Year1904,
}

/// 9999-12-31 in the 1900 epoch.
const LAST: i64 = 2_958_465;
const DAY: f64 = 86_400.0;

/// The date of a serial number, its time of day dropped after rounding to the nearest second; none for a time of day
/// alone, for the 29th of February 1900 and for what no program shows as a date.
pub(crate) fn from_serial(serial: f64, epoch: Epoch) -> Option<CellDate> {
    if !(0.0..=4_000_000.0).contains(&serial) {
        return None;
    }
    let days = ((serial * DAY).round() / DAY).floor() as i64;
    let days = match epoch {
        Epoch::Year1904 => days + 1_462,
        Epoch::Year1900 if days == 60 || days == 0 => return None,
        // Before the day that never was, the count is one behind.
        Epoch::Year1900 if days < 60 => days + 1,
        Epoch::Year1900 => days,
    };
    (days <= LAST).then(|| civil(days - 25_569))
}

/// The serial number of a date in the 1900 epoch; none before 1900, where there is none.
pub(crate) fn to_serial(date: CellDate) -> Option<i64> {
    let days = days(date) + 25_569;
    match days {
        ..2 => None,
        2..=60 => Some(days - 1),
        _ => Some(days),
    }
}

/// Reads `2026-11-22`, with or without a time of day behind a `T` or a space. None for anything else and for days that
/// the calendar does not have.
pub(crate) fn from_iso(text: &str) -> Option<CellDate> {
    let text = text.trim();
    let (date, time) = match text.find(['T', ' ']) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    };
    let mut numbers = date.splitn(3, '-');
    let mut number = |digits: usize| -> Option<i64> {
        let part = numbers.next()?;
        let right = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        if right { part.parse().ok() } else { None }
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let date = CellDate { year: year as i16, month: month as i8, day: day as i8 };
    if year == 0 || civil(days(date)) != date {
        return None;
    }
    let next = rounds_up(time) && days(date) + 25_569 < LAST;
    Some(if next { civil(days(date) + 1) } else { date })
}

/// Whether a time of day is nearest to the next midnight: `23:59:59.5` and later.
fn rounds_up(time: &str) -> bool {
    time.strip_prefix("23:59:59.")
        .is_some_and(|rest| rest.bytes().next().is_some_and(|digit| (b'5'..=b'9').contains(&digit)))
}

/// Days since 1970-01-01 in the Gregorian calendar. Years are counted from March, so that the leap day is the last.
fn days(date: CellDate) -> i64 {
    let (month, day) = (i64::from(date.month), i64::from(date.day));
    let year = i64::from(date.year) - i64::from(month <= 2);
    let from_march = (month + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468
}

/// The inverse of [`days`].
fn civil(days: i64) -> CellDate {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let of_era_year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * of_era_year + of_era_year / 4 - of_era_year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + of_era_year + i64::from(month <= 2);
    CellDate { year: year as i16, month: month as i8, day: (of_year - (153 * from_march + 2) / 5 + 1) as i8 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(date: Option<CellDate>) -> String {
        date.map_or("none".to_owned(), |date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
    }

    #[test]
    fn serials_of_1900() {
        for (serial, expected) in [
            (1.0, "1900-01-01"),
            (59.0, "1900-02-28"),
            (60.0, "none"),
            (61.0, "1900-03-01"),
            (25_569.0, "1970-01-01"),
            (46_348.0, "2026-11-22"),
            (46_348.999_99, "2026-11-22"),
            (46_348.999_999, "2026-11-23"),
            (2_958_465.0, "9999-12-31"),
            (2_958_466.0, "none"),
            (0.5, "none"),
            (-1.0, "none"),
            (f64::NAN, "none"),
        ] {
            assert_eq!(written(from_serial(serial, Epoch::Year1900)), expected, "{serial}");
        }
    }

    #[test]
    fn serials_of_1904() {
        for (serial, expected) in [(0.0, "1904-01-01"), (44_886.0, "2026-11-22"), (2_957_003.0, "9999-12-31")]
        {
            assert_eq!(written(from_serial(serial, Epoch::Year1904)), expected, "{serial}");
        }
    }

    #[test]
    fn every_day_has_its_serial() {
        for serial in (1..=LAST).filter(|serial| *serial != 60) {
            let date = from_serial(serial as f64, Epoch::Year1900).expect("a date");
            assert_eq!(to_serial(date), Some(serial));
        }
        assert_eq!(to_serial(CellDate { year: 1899, month: 12, day: 31 }), None);
    }

    #[test]
    fn iso_text() {
        for (text, expected) in [
            ("2026-11-22", "2026-11-22"),
            ("2026-11-22T10:30:00", "2026-11-22"),
            ("2026-12-31T23:59:59.7", "2027-01-01"),
            ("2024-02-29", "2024-02-29"),
            ("2026-02-29", "none"),
            ("2026-13-01", "none"),
            ("2026-1-1", "none"),
            ("0000-01-01", "none"),
            ("10:30:00", "none"),
            ("", "none"),
        ] {
            assert_eq!(written(from_iso(text)), expected, "{text}");
        }
    }
}

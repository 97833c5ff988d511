//! Times of day. No field holds one, but spreadsheets make them of texts such as `1:30`, and people type them into texts.

use super::number::Decimal;

const DAY: i64 = 86_400;
/// The most hours that spreadsheets take for a span of time.
const LONGEST: i64 = 9_999;

/// The seconds since midnight of a time cell: a fraction of a day, or a duration of ODF such as `PT13H30M05S` (ISO 8601).
pub(crate) fn of_raw(raw: &str) -> Option<i64> {
    of_raw_span(raw).filter(|seconds| (0..DAY).contains(seconds))
}

/// The seconds of such a cell when it may be longer than a day, as spreadsheets make of `25:10`.
pub(crate) fn of_raw_span(raw: &str) -> Option<i64> {
    match raw.strip_prefix("PT") {
        Some(duration) => of_duration(duration),
        None => Some((Decimal::of_digits(raw)?.approximate() * DAY as f64).round() as i64),
    }
}

fn of_duration(duration: &str) -> Option<i64> {
    let (hours, rest) = duration.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
    let number = |text: &str| text.parse::<i64>().ok().filter(|number| (0..=LONGEST).contains(number));
    Some(number(hours)? * 3_600 + number(minutes)? * 60 + number(seconds)?)
}

/// The seconds since midnight of `1:30`, `01:30:00`, `1:30 PM`; of a span such as `100:30` too.
pub(crate) fn of_clock(text: &str) -> Option<i64> {
    let upper = text.to_ascii_uppercase();
    let (clock, afternoon) = match (upper.strip_suffix("AM"), upper.strip_suffix("PM")) {
        (Some(clock), _) => (clock.trim_end(), Some(false)),
        (_, Some(clock)) => (clock.trim_end(), Some(true)),
        _ => (upper.as_str(), None),
    };
    let digits =
        |part: &str| part.parse::<i64>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
    let number = |part: &str| digits(part).filter(|number| part.len() <= 2 && *number < 60);
    let (hour, rest) = clock.split_once(':')?;
    let hour =
        if afternoon.is_some() { number(hour)? } else { digits(hour).filter(|hour| *hour <= LONGEST)? };
    let mut parts = rest.split(':').map(number);
    let (minute, second) = (parts.next()??, parts.next().unwrap_or(Some(0))?);
    let hour = match afternoon {
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        None => hour,
    };
    parts.next().is_none().then_some(hour * 3_600 + minute * 60 + second)
}

/// The seconds of a clock of ISO 8601 with its fraction dropped, and how far it is ahead of UTC in seconds, where it says so: `22:00:00.000Z`,
/// `22:00-02:00`.
pub(crate) fn of_zoned_clock(text: &str) -> Option<(i64, Option<i64>)> {
    let (clock, zone) = match text.strip_suffix(['Z', 'z']) {
        Some(clock) => (clock, Some(0)),
        None => match text.rfind(['+', '-']) {
            Some(at) => (&text[..at], Some(ahead_of_utc(&text[at..])?)),
            None => (text, None),
        },
    };
    let whole = clock.split(['.', ',']).next()?;
    Some((of_clock(whole)?, zone))
}

fn ahead_of_utc(zone: &str) -> Option<i64> {
    let (sign, clock) = zone.split_at_checked(1)?;
    let seconds = match clock.len() {
        2 => of_clock(&format!("{clock}:00")),
        4 => of_clock(&format!("{}:{}", clock.get(..2)?, clock.get(2..)?)),
        _ => of_clock(clock),
    };
    seconds.map(|seconds| if sign == "-" { -seconds } else { seconds })
}

/// `13:30`, or `13:30:05` where there are seconds.
pub(super) fn shown(seconds: i64) -> String {
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (hour, minute, 0) => format!("{hour:02}:{minute:02}"),
        (hour, minute, second) => format!("{hour:02}:{minute:02}:{second:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{of_clock, of_raw, of_zoned_clock, shown};

    #[test]
    fn clocks_tell_their_zones() {
        for (text, expected) in [
            ("22:00:00.000Z", Some((79_200, Some(0)))),
            ("22:00:00-02:00", Some((79_200, Some(-7_200)))),
            ("00:00+0530", Some((0, Some(19_800)))),
            ("23:59:12", Some((86_352, None))),
            ("x", None),
            ("22:00+x", None),
        ] {
            assert_eq!(of_zoned_clock(text), expected, "{text}");
        }
    }

    #[test]
    fn times_of_cells_and_clocks_are_seconds() {
        for (raw, expected) in [
            ("0.5625", Some("13:30")),
            ("0.562557870370370", Some("13:30:05")),
            ("PT13H30M05S", Some("13:30:05")),
            ("PT01H30M00.000000S", Some("01:30")),
            ("1.5", None),
            ("-0.5", None),
            ("PT1H", None),
            ("PT-1H00M00S", None),
            ("", None),
        ] {
            assert_eq!(of_raw(raw).map(shown).as_deref(), expected, "{raw}");
        }
        for (text, expected) in [
            ("1:30", Some("01:30")),
            ("01:30:07", Some("01:30:07")),
            ("1:30 PM", Some("13:30")),
            ("12:05 am", Some("00:05")),
            ("25:10", Some("25:10")),
            ("100:00:05", Some("100:00:05")),
            ("100:00 PM", None),
            ("10000:00", None),
            ("+1:30", None),
            ("1:60", None),
            ("1:30:00:00", None),
            ("-1:30", None),
            ("130", None),
            ("PM", None),
        ] {
            assert_eq!(of_clock(text).map(shown).as_deref(), expected, "{text}");
        }
    }
}

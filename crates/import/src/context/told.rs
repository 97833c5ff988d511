//! Days and moments as people read them, in the language that is spoken.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sentences::say;
use store::Time;

/// A moment in UTC, which is said: "22 November 2026 at 09:00 UTC".
pub fn told_moment(time: Time) -> String {
    let moment = Timestamp::from_millisecond(time.0).unwrap_or_default().to_zoned(TimeZone::UTC);
    say!("moment", day = told_day(moment.date()), time = moment.strftime("%H:%M").to_string())
}

/// A day: "22 November 2026".
pub fn told_day(day: Date) -> String {
    say!("day", day = i64::from(day.day()), month = i64::from(day.month()), year = day.year().to_string())
}

#[cfg(test)]
mod tests {
    use sentences::{Language, speaking};

    use super::*;

    #[test]
    fn moments_are_told_in_the_language_that_is_spoken() {
        let time = Time(1_795_770_000_000);
        assert_eq!(told_moment(time), "27 November 2026 at 09:00 UTC");
        assert_eq!(speaking(Language::German, || told_moment(time)), "27. November 2026 um 09:00 UTC");
        assert_eq!(told_day(Date::constant(2024, 3, 1)), "1 March 2024");
    }
}

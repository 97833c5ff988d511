//! Dates that became instants: a program that keeps dates as moments moves them through the time zone of its machine, by hours, or by the
//! seconds of a zone's first years. Nobody types a time of day into a column of dates, so where there is one, the date beside it may be off.

use workbook::{Cell, CellDate, Kind};

use super::date::{FURTHEST_ZONE, ORDERS, Parts, midnight, of_serial_day, of_unix_time, without_time};
use super::number::Decimal;
use super::text::tidy;
use super::{time, written_out};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Whether a cell holds a moment of this date's night as another time zone counts it.
pub(crate) fn is_moved(date: CellDate, cell: &Cell<'_>) -> bool {
    moments_of(cell).iter().any(|moment| (moment - midnight(date)).abs() <= FURTHEST_ZONE)
}

/// Whether a cell holds the seconds from 1970 to the midnight of this date.
pub(crate) fn is_seconds_of(date: CellDate, cell: &Cell<'_>) -> bool {
    matches!(cell.kind, Kind::Text | Kind::Number) && of_unix_time(cell.raw) == Some(midnight(date))
}

/// The moments that a cell may mean, in seconds since day 0 of the calendar: as its own clock shows it, and by UTC where it says how far that
/// is. None where it has no time of day.
pub(super) fn moments_of(cell: &Cell<'_>) -> Vec<i64> {
    if let (Kind::Text | Kind::Number, Some(moment)) = (cell.kind, of_unix_time(cell.raw)) {
        return vec![moment];
    }
    match cell.kind {
        Kind::Number | Kind::Date => of_number(cell).into_iter().collect(),
        Kind::Text => of_text(&tidy(cell.raw.into())),
        Kind::Boolean | Kind::Error => Vec::new(),
    }
}

/// A serial number with a time of day: the reader knows the date (and its epoch), the fraction tells the time.
fn of_number(cell: &Cell<'_>) -> Option<i64> {
    let Some(number) = Decimal::of_digits(cell.raw) else {
        return of_text(cell.raw).into_iter().next();
    };
    let seconds = (number.approximate() * DAY as f64).round() as i64;
    let (day, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let date = cell.date.or_else(|| of_serial_day(i32::try_from(day).ok()?))?;
    (second != 0).then(|| midnight(date) + second)
}

fn of_text(text: &str) -> Vec<i64> {
    let Some(text) = written_out::plain(text) else { return Vec::new() };
    let (date, Some(clock)) = without_time(&text) else { return Vec::new() };
    let Some((seconds, zone)) = time::of_zoned_clock(clock) else { return Vec::new() };
    if seconds == 0 && zone.is_none() {
        return Vec::new();
    }
    let dates = ORDERS.iter().filter_map(|order| Parts::of(date)?.read(*order));
    let own = dates.map(|date| midnight(date) + seconds);
    own.flat_map(|own| [own, own - zone.unwrap_or(0)]).collect()
}

#[cfg(test)]
mod tests {
    use workbook::{Cell, CellDate, Kind, Position};

    use super::is_moved;

    const DATE: CellDate = CellDate { year: 1998, month: 2, day: 1 };

    #[test]
    fn midnights_of_other_zones_are_told() {
        for (raw, expected) in [
            ("1998-01-31T22:00:00-02:00", true),
            ("1998-01-31T23:00:00.000Z", true),
            ("1998-01-31 23:59:12", true),
            ("1998-02-01T05:30:00+05:30", true),
            ("31/01/1998 21:00", true),
            ("1/31/1998 9:00:00 PM", true),
            ("Sat, 31 Jan 1998 22:00:00 -0200", true),
            ("886284000", true),
            ("886284000000", true),
            ("886000000", false),
            ("Sun, 31 Jan 1998 22:00:00 -0200", false),
            ("1998-01-31", false),
            ("1998-01-30T23:00:00Z", false),
            ("1998-02-03T00:00:00Z", false),
            ("1998-01-31T00:00:00", false),
            ("late", false),
        ] {
            let cell = Cell::text(Position { row: 3, column: 12 }, raw);
            assert_eq!(is_moved(DATE, &cell), expected, "{raw}");
        }
    }

    #[test]
    fn serial_numbers_with_a_time_of_day_are_moments() {
        let day_before = Some(CellDate { year: 1998, month: 1, day: 31 });
        for (kind, date, raw, expected) in [
            (Kind::Date, day_before, "35826.875", true),
            (Kind::Date, day_before, "35826.99944444444", true),
            (Kind::Date, day_before, "35826", false),
            (Kind::Date, day_before, "35826.25", false),
            (Kind::Number, None, "35826.875", true),
            (Kind::Number, None, "0.875", false),
        ] {
            let cell = Cell { kind, date, ..Cell::text(Position { row: 3, column: 12 }, raw) };
            assert_eq!(is_moved(DATE, &cell), expected, "{raw}");
        }
    }
}

//! Texts that a spreadsheet took for dates and times: `MAR1`, `1-2`, `3.4.1`, `1:30`.

use std::ops::RangeInclusive;

use workbook::CellDate;

use super::kind::Damage;
use crate::DateOrder;
use crate::reading::date::{self, ORDERS, Parts, Token, of_serial_day, tokens, without_time};
use crate::reading::digits;
use crate::reading::number::Decimal;
use crate::reading::time;

/// A day that may lack its year, as a spreadsheet reads `1-2` or `MAR1`: it puts in the year in which it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Day {
    year: Option<i32>,
    month: i32,
    day: i32,
}

impl Day {
    /// Whether two readings may be one day: two-digit years are of any century, a missing one is any.
    fn may_be(self, other: Self) -> bool {
        let years = self.year.zip(other.year).is_none_or(|(one, other)| one % 100 == other % 100);
        years && (self.month, self.day) == (other.month, other.day)
    }
}

/// Whether a spreadsheet of any locale may have taken a text for this date.
pub(super) fn text_became(text: &str, date: CellDate) -> bool {
    let date = day_of(date);
    ORDERS.iter().any(|order| days_of(text, *order).into_iter().any(|day| day.may_be(date)))
}

/// Whether a program may have taken a text for a date and left the number of that day in the cell, without the format of a date.
pub(super) fn text_became_serial(text: &str, number: &Decimal) -> bool {
    number.serial_day().and_then(of_serial_day).is_some_and(|date| text_became(text, date))
}

/// Whether a spreadsheet may have taken a text for a date and written that out as another text. What it writes has a year or
/// the name of a month, and is in the order in which it reads, or has two digits for day and month: `1-2` typed over as
/// `2-1`, or `1/2/2026` as `2/1/2026`, is an edit.
pub(super) fn text_became_text(text: &str, raw: &str) -> bool {
    let ((text, time), (raw, raw_time)) = (without_time(text), without_time(raw));
    let seconds = |time: Option<&str>| time.map_or(Some(0), time::of_clock);
    let may_be_dropped = raw_time.is_none();
    if !may_be_dropped && seconds(time) != seconds(raw_time) {
        return false;
    }
    if let Some(day) = in_the_east(raw) {
        return ORDERS.iter().any(|read| days_of(text, *read).iter().any(|of| of.may_be(day)));
    }
    if let Some(days) = of_islamic_calendar(raw) {
        return days.into_iter().any(|day| text_became(text, date::of_days(day)));
    }
    let parts = Parts::of(raw);
    let named = || tokens(raw).is_some_and(|tokens| tokens.iter().any(|token| token.width == 0));
    if parts.is_none() && !named() {
        return false;
    }
    let any_order = parts.is_some_and(|parts| parts.is_padded());
    ORDERS.iter().any(|read| {
        let days = days_of(text, *read);
        let written = |order: &&DateOrder| any_order || *order == read;
        let mut mine = ORDERS.iter().filter(written).flat_map(|order| days_of(raw, *order));
        mine.any(|mine| days.iter().any(|day| day.may_be(mine)))
    })
}

/// `3月4日` and `2026年3月4日`, as programs of Japan and China write a day.
fn in_the_east(raw: &str) -> Option<Day> {
    let (year, rest) = match raw.split_once('年') {
        Some((year, rest)) => (Some(year.parse().ok()?), rest),
        None => (None, raw),
    };
    let (month, day) = rest.strip_suffix('日')?.split_once('月')?;
    Some(Day { year, month: month.parse().ok()?, day: day.parse().ok()? })
}

/// Whether a text is this date by the Islamic calendar, as programs of Arabia write it.
pub(super) fn is_of_other_calendar(date: CellDate, raw: &str) -> bool {
    of_islamic_calendar(raw).is_some_and(|days| days.contains(&date::days(date)))
}

/// The days that a date of the Islamic calendar may be. Where the months begin, is a matter of who sees the moon: the calendar of tables (a
/// leap year in eleven of thirty) is a day or two off those that are in use.
fn of_islamic_calendar(raw: &str) -> Option<RangeInclusive<i32>> {
    const OFF: i32 = 2;
    /// The years of people who may be in a directory, by that calendar.
    const YEARS: RangeInclusive<i32> = 1_300..=1_500;
    /// What its days are counted from here, in days since 0000-03-01.
    const BEGIN: i32 = 226_935;
    let raw = digits::plain(raw);
    let [a, b, c] = <[Token; 3]>::try_from(tokens(&raw)?).ok()?;
    let (year, month, day) = if a.width == 4 { (a, b, c) } else { (c, b, a) };
    let exists = year.width == 4 && YEARS.contains(&year.number) && day.width > 0 && month.width > 0;
    if !exists || !(1..=12).contains(&month.number) || !(1..=30).contains(&day.number) {
        return None;
    }
    let of_year = (11 * year.number + 3) / 30 + 354 * year.number;
    let found = BEGIN + of_year + 30 * month.number - (month.number - 1) / 2 + day.number;
    Some(found - OFF..=found + OFF)
}

/// The days that a text means in this order: all three parts, or two of them.
fn days_of(text: &str, order: DateOrder) -> Vec<Day> {
    if let Some(parts) = Parts::of(text) {
        return parts.read(order).map(day_of).into_iter().collect();
    }
    match tokens(text).as_deref() {
        Some([a, b]) => days_of_pair(*a, *b, order),
        _ => Vec::new(),
    }
}

/// Day and month in either order, or month and year, which is its first day.
fn days_of_pair(a: Token, b: Token, order: DateOrder) -> Vec<Day> {
    let day = |month: Token, day: Token| Day { year: None, month: month.number, day: day.number };
    let first = |month: Token, year: Token| Day { year: Some(year.number), month: month.number, day: 1 };
    let days = match (a.width, b.width) {
        (0, 0) => Vec::new(),
        (0, _) => vec![day(a, b), first(a, b)],
        // `02-Mar` is a day; only what is no day is a year.
        (_, 0) if a.number <= 31 => vec![day(b, a)],
        (_, 0) => vec![first(b, a)],
        _ if order == DateOrder::DayMonthYear => vec![day(b, a), first(a, b), first(b, a)],
        _ => vec![day(a, b), first(a, b), first(b, a)],
    };
    let exists = |day: &Day| (1..=12).contains(&day.month) && (1..=31).contains(&day.day);
    days.into_iter().filter(exists).collect()
}

fn day_of(date: CellDate) -> Day {
    Day { year: Some(date.year.into()), month: date.month.into(), day: date.day.into() }
}

/// The damage when a text such as `1:30` became the time of day that `raw` is: a time cell, or in csv a time again.
pub(super) fn is_time(text: &str, raw: &str) -> Option<Damage> {
    let seconds = time::of_clock(text)?;
    (time::of_clock(raw).or_else(|| time::of_raw_span(raw)) == Some(seconds)).then_some(Damage::TextToDate)
}

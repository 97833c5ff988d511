//! Texts that a spreadsheet took for dates and times: `MAR1`, `1-2`, `3.4.1`, `1:30`.

use workbook::CellDate;

use crate::Damage;
use crate::reading::DateOrder;
use crate::reading::date::{ORDERS, Parts, Token, tokens};
use crate::reading::number::Decimal;

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

/// Whether a spreadsheet may have taken a text for a date and written that out as another text. It reads and writes in one
/// order, and what it writes has a year or the name of a month: `1-2` typed over as `2-1` is an edit.
pub(super) fn text_became_text(text: &str, raw: &str) -> bool {
    let written =
        tokens(raw).is_some_and(|tokens| tokens.len() == 3 || tokens.iter().any(|token| token.width == 0));
    let same = |order: &DateOrder| {
        let mine = days_of(raw, *order);
        days_of(text, *order).into_iter().any(|day| mine.iter().any(|mine| mine.may_be(day)))
    };
    written && ORDERS.iter().any(same)
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
        (0, 1) => vec![day(a, b)],
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

/// The damage when a text such as `1:30` became the time of day that `raw` is: a fraction of a day, or in csv a time again.
pub(super) fn is_time(text: &str, raw: &str) -> Option<Damage> {
    let seconds = seconds_of(text)?;
    let fraction = || Decimal::of_digits(raw).map(|number| (number.approximate() * 86_400.0).round() as i64);
    (seconds_of(raw).or_else(fraction) == Some(seconds)).then_some(Damage::TextToDate)
}

/// The seconds of `1:30`, `01:30:00`, `1:30 PM`.
fn seconds_of(text: &str) -> Option<i64> {
    let upper = text.to_ascii_uppercase();
    let (clock, afternoon) = match (upper.strip_suffix("AM"), upper.strip_suffix("PM")) {
        (Some(clock), _) => (clock.trim_end(), Some(false)),
        (_, Some(clock)) => (clock.trim_end(), Some(true)),
        _ => (upper.as_str(), None),
    };
    let mut parts = clock.split(':').map(|part| part.parse::<i64>().ok().filter(|_| part.len() <= 2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    let hour = match afternoon {
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        None => hour,
    };
    (parts.next().is_none() && minute < 60 && second < 60).then_some(hour * 3600 + minute * 60 + second)
}

//! Texts that a spreadsheet took for dates and times: `MAR1`, `1-2`, `3.4.1`, `1:30`.

use workbook::CellDate;

use super::kind::Damage;
use crate::DateOrder;
use crate::reading::date::{ORDERS, Parts, Token, of_serial_day, tokens, without_time};
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

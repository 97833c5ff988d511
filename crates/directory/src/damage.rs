//! Damage: what a spreadsheet makes by itself of what Muster wrote, told from what a person meant.
//!
//! Muster knows what it wrote, so the question is never "what could this value have been" but "could a spreadsheet have
//! made this of that". In xlsx and ods only a cell whose stored type is no longer the one that Muster wrote is asked: a text typed
//! over a text is an edit, but for the mark of csv that is still before it. In csv every cell is text, so every cell is asked.

use std::borrow::Cow;

use workbook::{Cell, CellDate, Format, Kind as CellKind, Printed};

use crate::reading::date::{EPOCH_1904, Parts, days, is_serial_of};
use crate::reading::digits;
use crate::reading::moments;
use crate::reading::number::{Decimal, could_be_number, is_shortened, readings_of};
use crate::reading::text::{said_by_formula, tidy};
use crate::reading::written_out;
use crate::reading::yes_no::boolean_word;
use crate::{Field, Kind, Order, Reading};

mod dates;
mod escapes;
mod garble;
mod kind;
mod spelled;
mod stand_ins;

pub use kind::Damage;

/// How many digits a spreadsheet keeps of a number.
const DIGITS: usize = 15;

/// The damage that makes the cell of what Muster printed for the stored form `base`; none when nothing known does.
pub(crate) fn of_cell(
    at_base: &Field,
    base: &str,
    cell: &Cell<'_>,
    format: Format,
    reading: &Reading,
) -> Option<Damage> {
    // The ID in the cell decides for a user, and no spreadsheet changes an ID.
    if cell.defect.is_some() || at_base.kind == Kind::User {
        return None;
    }
    let mut buffer = String::new();
    let printed = at_base.print(Some(base), None, &mut buffer);
    if format != Format::Csv && cell.kind == written_as(printed) {
        return of_same_type(printed, cell);
    }
    if let (Format::Csv, Printed::Text(text) | Printed::Number(text)) = (format, printed)
        && said_by_formula(cell.raw.trim()) == Some(text)
    {
        return Some(Damage::Mark);
    }
    match printed {
        Printed::Empty => None,
        Printed::Date(date) => of_date(date, cell, reading),
        Printed::Number(number) => of_number(number, cell),
        Printed::Text(text) => of_text(text, cell),
    }
}

impl Damage {
    /// Whether a text became another one by its letters alone: they were garbled, escaped, or the file's code page lacks them.
    pub fn is_of_letters(text: &str, raw: &str) -> bool {
        garble::is_garbled(text, raw) || garble::lost_letters(text, raw) || escapes::is_escaped(text, raw)
    }
}

impl Field {
    /// Whether a cell is a text that [`Field::print`] makes of a stored form but for letters that the file's code page lacks, and has some that
    /// this one has: a sign of how its bytes are to be read.
    pub fn is_print_without_some_letters(&self, stored: &str, cell: &Cell<'_>) -> bool {
        let mut buffer = String::new();
        match self.print(Some(stored), None, &mut buffer) {
            Printed::Text(text) => !cell.raw.is_ascii() && garble::lost_letters(text, cell.raw),
            _ => false,
        }
    }
}

fn written_as(printed: Printed<'_>) -> CellKind {
    match printed {
        Printed::Number(_) => CellKind::Number,
        Printed::Date(_) => CellKind::Date,
        Printed::Text(_) | Printed::Empty => CellKind::Text,
    }
}

/// What can be told where the cell is of the type that Muster wrote.
fn of_same_type(printed: Printed<'_>, cell: &Cell<'_>) -> Option<Damage> {
    match printed {
        Printed::Date(date) if is_of_other_epoch(date, cell) => Some(Damage::DateFormat),
        Printed::Date(date) => moments::is_moved(date, cell).then_some(Damage::TimeZone),
        Printed::Text(text) if is_hidden_text(text, cell.raw) => Some(Damage::Digits),
        Printed::Text(text) if escapes::is_escaped(text, cell.raw) => Some(Damage::Garbled),
        Printed::Text(text) if garble::is_garbled(text, cell.raw) => Some(Damage::Garbled),
        // A csv file in which it was shortened was saved as a workbook.
        Printed::Text(text) if is_shortened(cell.raw) => {
            numbers_of(text).iter().any(|base| shortens(cell.raw, base)).then_some(Damage::Digits)
        }
        Printed::Text(text) if garble::lost_letters(text, &tidy(cell.raw.into())) => Some(Damage::CodePage),
        _ => (keeps_mark(printed, cell) || lost_apostrophe(printed, cell)).then_some(Damage::Mark),
    }
}

/// Whether a date is so much earlier or later as the two epochs of serial numbers are apart, as when it was pasted from a file with the other:
/// four years and a day, which nobody moves a date by.
fn is_of_other_epoch(date: CellDate, cell: &Cell<'_>) -> bool {
    let apart = |mine| (days(mine) - days(date)).abs() == EPOCH_1904;
    cell.date.is_some_and(apart)
}

/// The damage of a cell that is the base once it is read as its column proves: a moment of the night before as another time zone counts it.
pub(crate) fn of_read_cell(
    at_base: &Field,
    base: &str,
    cell: &Cell<'_>,
    reading: &Reading,
) -> Option<Damage> {
    reading.column.zone?;
    match at_base.print(Some(base), None, &mut String::new()) {
        Printed::Date(date) => moments::is_moved(date, cell).then_some(Damage::TimeZone),
        _ => None,
    }
}

/// Whether a text has the `'` still that csv puts before it: a spreadsheet opened the csv file, took the mark for text, and saved the
/// sheet in another format.
fn keeps_mark(printed: Printed<'_>, cell: &Cell<'_>) -> bool {
    let Printed::Text(text) = printed else { return false };
    is_marked_in_csv(text) && tidy(cell.raw.into()).strip_prefix('\'') == Some(text)
}

/// Whether the `'` that begins a text (`'t Hart`) is gone: spreadsheets take it for their own mark of a text, when they open csv and save
/// it in another format, and when somebody types the cell anew.
fn lost_apostrophe(printed: Printed<'_>, cell: &Cell<'_>) -> bool {
    let Printed::Text(text) = printed else { return false };
    text.strip_prefix('\'').is_some_and(|rest| !rest.is_empty() && rest == tidy(cell.raw.into()))
}

/// Whether csv has a `'` before this text, `^'*[=+\-@\t\r\n\0]`: the rule of the writer of `workbook`, which is no part of what the
/// crates share.
fn is_marked_in_csv(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0'])
}

/// A date in the format of another locale, or as its serial number in either epoch.
fn of_date(date: CellDate, cell: &Cell<'_>, reading: &Reading) -> Option<Damage> {
    let raw = tidy(cell.raw.into());
    let is_serial = |number: &Decimal| is_serial_of(number, date);
    let same = match cell.kind {
        CellKind::Text => {
            is_hidden(&raw)
                || dates::is_of_other_calendar(date, &raw)
                || written_out::plain(&raw)
                    .and_then(|plain| Parts::of(&plain))
                    .is_some_and(|parts| is_date_in(date, parts, reading))
                || readings_of(&raw).iter().any(is_serial)
        }
        CellKind::Number => Decimal::of_digits(&raw).as_ref().is_some_and(is_serial),
        CellKind::Date | CellKind::Boolean | CellKind::Error => false,
    };
    match same || moments::is_seconds_of(date, cell) {
        true => Some(Damage::DateFormat),
        false => moments::is_moved(date, cell).then_some(Damage::TimeZone),
    }
}

/// Whether a text is this date in any order, or in the one that its column proves: `4/3/2019` beside `3/25/2019` is not the third of April.
fn is_date_in(date: CellDate, parts: Parts, reading: &Reading) -> bool {
    match reading.column.dates {
        Order::Proved if parts.leaves_order() => parts.is_in(date, reading.date_order),
        _ => parts.could_be(date),
    }
}

/// A number that became text: with a decimal comma or thousands separators, shortened, or taken for a date (`1.5`).
fn of_number(number: &str, cell: &Cell<'_>) -> Option<Damage> {
    let base = Decimal::of_digits(number)?;
    let raw = tidy(cell.raw.into());
    match cell.kind {
        CellKind::Text if is_shortened(&raw) => shortens(&raw, &base).then_some(Damage::Digits),
        CellKind::Text if is_hidden(&raw) => Some(Damage::Digits),
        CellKind::Text if readings_of(&raw).contains(&base) => Some(Damage::Decimal),
        CellKind::Text
            if readings_of(&raw).iter().any(|mine| grouped_by_point(number) == Some(mine.clone())) =>
        {
            Some(Damage::Decimal)
        }
        // A format of money or percentages, in which csv writes what it shows.
        CellKind::Text if raw.contains(is_format) && numbers_of(&raw).contains(&base) => {
            Some(Damage::Decimal)
        }
        CellKind::Text => dates::text_became_text(number, &raw).then_some(Damage::TextToDate),
        // A locale in which a point stands between day and month, or hours and minutes.
        CellKind::Date | CellKind::Number => {
            let is_date = cell.date.is_some_and(|date| dates::text_became(number, date));
            let is_time = || dates::is_time(&number.replace('.', ":"), &raw);
            if is_date { Some(Damage::TextToDate) } else { is_time() }
        }
        CellKind::Boolean | CellKind::Error => None,
    }
}

/// Whether a sign tells that a number was formatted as money, a percentage, or a negative in brackets.
fn is_format(letter: char) -> bool {
    matches!(letter, '%' | '$' | '£' | '€' | '¥' | '₹' | '(')
}

/// The number that a locale which groups thousands by points makes of a canonical decimal: 1234 of `1.234`, -1 of `-0.001`.
pub(crate) fn grouped_by_point(number: &str) -> Option<Decimal> {
    let (_, fraction) = number.split_once('.')?;
    (fraction.len() == 3).then(|| Decimal::of_digits(&number.replace('.', ""))).flatten()
}

/// A text that a spreadsheet took for something else.
fn of_text(text: &str, cell: &Cell<'_>) -> Option<Damage> {
    let raw = tidy(cell.raw.into());
    match cell.kind {
        CellKind::Number => {
            let mine = Decimal::of_digits(&raw)?;
            numeric(text, std::slice::from_ref(&mine))
                .or_else(|| dates::is_time(text, &raw))
                .or_else(|| dates::text_became_serial(text, &mine).then_some(Damage::TextToDate))
        }
        CellKind::Boolean => (boolean_word(text)? == (cell.shown() == "TRUE")).then_some(Damage::Boolean),
        CellKind::Date => match cell.date {
            Some(date) => dates::text_became(text, date).then_some(Damage::TextToDate),
            None => dates::is_time(text, &raw),
        },
        CellKind::Text if is_hidden_text(text, &raw) => Some(Damage::Digits),
        CellKind::Text if escapes::is_escaped(text, cell.raw) => Some(Damage::Garbled),
        CellKind::Text => of_csv_text(text, &raw)
            .or_else(|| of_other_digits(text, &raw))
            .or_else(|| garble::is_garbled(text, cell.raw).then_some(Damage::Garbled)),
        CellKind::Error => None,
    }
}

/// The same where a program writes with the digits and the signs of another script, as its country has them.
fn of_other_digits(text: &str, raw: &str) -> Option<Damage> {
    let plain = digits::plain(raw);
    if *plain == *raw {
        return None;
    }
    if *plain == *text {
        return Some(Damage::Decimal);
    }
    of_csv_text(text, &plain)
}

/// The same in csv, where what the spreadsheet made stands as text again.
fn of_csv_text(text: &str, raw: &str) -> Option<Damage> {
    // A spreadsheet took the `'` that begins a text (`'t Hart`) for the mark of a text; or it wrote the csv file without a mark before it, and
    // reading took the text's own for one.
    if text.strip_prefix('\'') == Some(raw) {
        return Some(Damage::Mark);
    }
    if let Some(meant) = boolean_word(text) {
        let mine = boolean_word(raw).or(match raw {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        });
        return (mine == Some(meant)).then_some(Damage::Boolean);
    }
    if is_shortened(raw) {
        return numbers_of(text).iter().any(|base| shortens(raw, base)).then_some(Damage::Digits);
    }
    if let Some(damage) = numeric(text, &numbers_of(raw)) {
        return Some(damage);
    }
    if dates::text_became_text(text, raw) {
        return Some(Damage::TextToDate);
    }
    dates::is_time(text, raw).or_else(|| garble::lost_letters(text, raw).then_some(Damage::CodePage))
}

/// The numbers that a spreadsheet may take a text for: percentages, amounts of money, negatives as accountants write
/// them, fractions, and what its point and comma mean in other locales (`1.234` is 1234 in German).
fn numbers_of(text: &str) -> Vec<Decimal> {
    if !could_be_number(text) {
        return Vec::new();
    }
    let money = |letter: char| matches!(letter, '$' | '£' | '€' | '¥' | '₹' | ' ' | '\u{A0}');
    // Turkish and Basque put the sign before the number.
    let (plain, is_percentage) = match text.strip_suffix('%').or_else(|| text.strip_prefix('%')) {
        Some(hundredths) => (hundredths.trim(), true),
        None => (text.trim_matches(money), false),
    };
    let negative =
        plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).or(plain.strip_suffix('-'));
    let plain = negative.map_or(Cow::Borrowed(plain), |digits| Cow::Owned(format!("-{digits}")));
    let swapped: String = plain.chars().map(swapped).collect();
    let mut numbers = readings_of(&plain);
    numbers.extend(readings_of(&swapped));
    numbers.extend(fraction(&plain));
    if is_percentage { numbers.iter().map(Decimal::hundredth).collect() } else { numbers }
}

/// `1 1/2` and `0 1/2`, with the fifteen digits that a spreadsheet keeps; `1/2` alone too, as that is how it writes the latter.
fn fraction(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.rsplit_once(' ').unwrap_or(("0", text));
    let (over, under) = fraction.split_once('/')?;
    let number = |text: &str| text.parse::<u16>().ok().filter(|_| text.len() <= 4);
    let (whole, over, under) = (number(whole)?, number(over)?, number(under)?);
    let value = f64::from(whole) + f64::from(over) / f64::from(under);
    Decimal::of_digits(&format!("{value:e}")).map(|value| value.rounded(DIGITS))
}

fn swapped(letter: char) -> char {
    match letter {
        '.' => ',',
        ',' => '.',
        other => other,
    }
}

/// Whether a csv file has `#######` in place of a value whose column was too narrow to show it.
fn is_hidden(raw: &str) -> bool {
    raw.len() > 2 && raw.bytes().all(|byte| byte == b'#')
}

/// The same in place of a text, which has other signs.
fn is_hidden_text(text: &str, raw: &str) -> bool {
    const FEWEST: usize = 6;
    raw.len() >= FEWEST && is_hidden(raw) && !text.trim_matches('#').is_empty()
}

/// A text of digits that became a number: which damage that is, going by what the text had that the number lacks.
fn numeric(text: &str, mine: &[Decimal]) -> Option<Damage> {
    if mine.is_empty() {
        return None;
    }
    let unsigned = text.trim_start_matches(['+', '-']);
    let same =
        |base: &Decimal| mine.iter().any(|mine| mine.rounded(DIGITS) == *base || keeps_fifteen(mine, base));
    let base = numbers_of(text).into_iter().find(same)?;
    let mut digits = unsigned.bytes();
    Some(match (digits.next(), digits.next()) {
        _ if base.precision() > DIGITS || unsigned.contains(['e', 'E']) => Damage::Digits,
        _ if text.starts_with('+') => Damage::Plus,
        (Some(b'0'), Some(b'0'..=b'9')) => Damage::LeadingZeros,
        _ => Damage::Decimal,
    })
}

/// Whether a number is another one of more than fifteen digits, rounded or cut off there.
fn keeps_fifteen(mine: &Decimal, base: &Decimal) -> bool {
    let rounded = || mine.rounded(DIGITS) == base.rounded(DIGITS);
    base.precision() > DIGITS && (rounded() || mine.truncated(DIGITS) == base.truncated(DIGITS))
}

/// Whether `4.47701E+11` is a number, shortened to as many digits.
fn shortens(raw: &str, base: &Decimal) -> bool {
    let Some(shown) = Decimal::of_digits(&raw.replace(',', ".")) else { return false };
    shown.precision() > 0 && base.rounded(shown.precision()) == shown
}

#[cfg(test)]
mod tests;

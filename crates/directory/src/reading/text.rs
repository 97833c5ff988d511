//! Text as Muster keeps it: normalised without changing what was typed, and free of what nobody sees.
//!
//! NFC (UAX #15), white space at the ends dropped (no-break too), line ends LF. What nobody sees (a soft hyphen, a space without width, a
//! filler) comes along from pages and mails and is dropped wherever it stands, or four names that look alike would be four; but what
//! belongs to the spelling of a name or to a picture stays (see [`super::unseen`]). Characters that turn the direction of text around
//! (UAX #9) are an issue: a name that carries one reads as another name.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use workbook::{Cell, Defect, Kind};

use super::unseen::without_unseen;
pub(crate) use super::unseen::{folded, is_direction, is_invisible};
use super::{number, time};
use crate::{Code, Wrong};

/// The text of a cell as the spreadsheet shows it, tidied; none when it is empty. A number keeps the zeros of its format.
///
/// # Errors
/// What is wrong with the cell as such: an error value, a formula without a result, a number of more than 15 digits,
/// characters that nobody sees.
pub(crate) fn of_cell<'c>(cell: Option<&Cell<'c>>) -> Result<Option<Cow<'c, str>>, Wrong> {
    let Some(cell) = cell else { return Ok(None) };
    if let Some(defect) = cell.defect {
        return Err(defective(cell, defect));
    }
    let shown = match cell.kind {
        Kind::Error => return Err(Wrong::with(Code::FormulaError, cell.raw)),
        Kind::Number if cell.formatted.is_some() => cell.shown(),
        Kind::Number => Cow::Owned(number::shown(cell.raw, cell.zeros)?),
        Kind::Date if cell.date.is_none() => Cow::Owned(time_of_day(cell.raw)?),
        Kind::Text | Kind::Date | Kind::Boolean => cell.shown(),
    };
    let text = tidy(shown);
    if cell.kind == Kind::Text && text.starts_with('=') {
        let suggestions = said_by_formula(&text).map(str::to_owned).into_iter().collect();
        return Err(Wrong { suggestions, ..Wrong::with(Code::FormulaAsText, text) });
    }
    visible(&text)?;
    Ok((!text.is_empty()).then_some(text))
}

/// The text that a formula consists of: `0099` of `="0099"`, as programs write it to keep the zeros.
pub(crate) fn said_by_formula(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("=\"")?.strip_suffix('"')?;
    (!inside.is_empty() && !inside.contains('"')).then_some(inside)
}

/// A time of day as it is shown; the number of a date that no calendar has.
fn time_of_day(raw: &str) -> Result<String, Wrong> {
    time::of_raw(raw).map_or_else(|| number::shown(raw, 0), |seconds| Ok(time::shown(seconds)))
}

fn defective(cell: &Cell<'_>, defect: Defect) -> Wrong {
    match defect {
        Defect::ErrorValue => Wrong::with(Code::FormulaError, cell.raw),
        Defect::FormulaWithoutValue => Wrong::plain(Code::FormulaWithoutValue),
        Defect::MissingSharedString | Defect::Unreadable => Wrong::plain(Code::CellUnreadable),
        Defect::OpenQuote => Wrong::with(Code::CellUnreadable, "open_quote"),
        Defect::TooLong => Wrong::with(Code::TooLong, LONGEST_CELL.to_string()),
    }
}

/// The sign for what is no letter (the replacement character). Programs put it where they could not read one; nobody types it.
pub(crate) const NO_LETTER: char = char::REPLACEMENT_CHARACTER;

/// The most characters that a cell of a spreadsheet holds (ECMA-376 implementations).
const LONGEST_CELL: usize = 32_767;

/// NFC, no white space at the ends, line ends LF, nothing without width that is no part of the spelling. Borrows when there is nothing to do, which is nearly always.
pub(crate) fn tidy(text: Cow<'_, str>) -> Cow<'_, str> {
    let text =
        if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text };
    // Most texts are ASCII, of which nothing is put together and nothing unseen.
    let text = if text.is_ascii() { text } else { composed(without_unseen(text)) };
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => match text.trim() {
            trimmed if trimmed.len() == text.len() => Cow::Owned(text),
            trimmed => Cow::Owned(trimmed.to_owned()),
        },
    }
}

/// The text with its letters and their marks put together.
fn composed(text: Cow<'_, str>) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        _ => Cow::Owned(text.nfc().collect()),
    }
}

/// Refuses the controls of direction, control characters that no database and no XML can hold, and the sign for a letter that was lost.
fn visible(text: &str) -> Result<(), Wrong> {
    // Nearly every text is plain ASCII or has none of these; one look at the characters tells.
    if text.chars().any(is_direction) {
        let suggestion = tidy(Cow::Owned(text.replace(is_direction, ""))).into_owned();
        return Err(Wrong { suggestions: vec![suggestion], ..Wrong::plain(Code::BidiControl) });
    }
    if text.chars().any(is_control) {
        let suggestion = tidy(Cow::Owned(text.replace(is_control, ""))).into_owned();
        return Err(Wrong { suggestions: vec![suggestion], ..Wrong::plain(Code::CellUnreadable) });
    }
    if text.contains(NO_LETTER) {
        return Err(Wrong::with(Code::CellUnreadable, "letters_lost"));
    }
    Ok(())
}

fn is_control(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\n')
}

#[cfg(test)]
mod tests {
    use super::{of_cell, tidy};
    use crate::Code;
    use workbook::{Cell, CellDate, Defect, Kind, Position};

    const C7: Position = Position { row: 7, column: 3 };

    fn check(raw: &str, expected: &str) {
        assert_eq!(tidy(raw.into()), expected, "{raw:?}");
        assert_eq!(tidy(expected.into()), expected, "twice: {raw:?}");
    }

    #[test]
    fn text_is_tidied_and_nothing_else_is_changed() {
        check("Ann", "Ann");
        check("  Ann\t", "Ann");
        check("\u{a0}Ann\u{200b}\u{feff}", "Ann");
        check("\u{2060} \u{3000}", "");
        check("An\u{ad}n\u{200b} Ma\u{2060}rie\u{feff} S", "Ann Marie S");
        check("Zoe\u{200b}\u{308}", "Zoë");
        check("A\u{200d}1\u{200c}", "A1");
        check("\u{1f469}\u{200d}\u{1f527}", "\u{1f469}\u{200d}\u{1f527}");
        check("Zoe\u{308}", "Zoë");
        check("one\r\ntwo\rthree\n", "one\ntwo\nthree");
        check("Ann  Marie", "Ann  Marie");
        check("می\u{200c}خواهم", "می\u{200c}خواهم");
        check("क्\u{200d}", "क्\u{200d}");
        check("O'Neill – “x”", "O'Neill – “x”");
        check("\u{200b}", "");
    }

    fn wrong(cell: Cell<'_>, code: Code, suggestion: &str) {
        let wrong = of_cell(Some(&cell)).expect_err("wrong");
        assert_eq!(wrong.code, code, "{cell:?}");
        assert_eq!(wrong.suggestions.first().map_or("", String::as_str), suggestion, "{cell:?}");
    }

    #[test]
    fn what_is_wrong_with_a_cell_as_such_is_told() {
        wrong(Cell::text(C7, "An\u{202e}n"), Code::BidiControl, "Ann");
        wrong(Cell::text(C7, "\u{2066}Ann\u{2069} "), Code::BidiControl, "Ann");
        wrong(Cell::text(C7, "A\0nn"), Code::CellUnreadable, "Ann");
        wrong(Cell::text(C7, "Jo\u{fffd}o"), Code::CellUnreadable, "");
        wrong(Cell::text(C7, "=A1"), Code::FormulaAsText, "");
        wrong(Cell::text(C7, "  =SUM(A1:A2)"), Code::FormulaAsText, "");
        wrong(Cell::text(C7, "=\"0099\""), Code::FormulaAsText, "0099");
        wrong(Cell::text(C7, "=\"a\"&\"b\""), Code::FormulaAsText, "");
        wrong(Cell { kind: Kind::Error, ..Cell::text(C7, "#N/A") }, Code::FormulaError, "");
        let defect = |defect| Cell { defect: Some(defect), ..Cell::text(C7, "x") };
        wrong(defect(Defect::ErrorValue), Code::FormulaError, "");
        wrong(defect(Defect::FormulaWithoutValue), Code::FormulaWithoutValue, "");
        wrong(defect(Defect::MissingSharedString), Code::CellUnreadable, "");
        wrong(defect(Defect::Unreadable), Code::CellUnreadable, "");
        wrong(defect(Defect::OpenQuote), Code::CellUnreadable, "");
        wrong(defect(Defect::TooLong), Code::TooLong, "");
        wrong(Cell { kind: Kind::Number, ..Cell::text(C7, "12345678901234567") }, Code::NumberPrecision, "");
    }

    #[test]
    fn other_cells_say_what_the_spreadsheet_shows() {
        let check = |cell: Cell<'_>, expected: Option<&str>| {
            assert_eq!(of_cell(Some(&cell)).expect("fine").as_deref(), expected, "{cell:?}");
        };
        check(Cell::text(C7, " \u{a0}"), None);
        check(Cell { kind: Kind::Number, ..Cell::text(C7, "123") }, Some("123"));
        check(
            Cell { kind: Kind::Number, formatted: Some("EMP-0123"), ..Cell::text(C7, "123") },
            Some("EMP-0123"),
        );
        check(Cell { kind: Kind::Number, zeros: 8, ..Cell::text(C7, "123") }, Some("00000123"));
        check(Cell { kind: Kind::Number, ..Cell::text(C7, "4.477009E11") }, Some("447700900000"));
        check(Cell { kind: Kind::Number, ..Cell::text(C7, "1.1000000000000001") }, Some("1.1"));
        check(Cell { kind: Kind::Boolean, ..Cell::text(C7, "1") }, Some("TRUE"));
        let date = Some(CellDate { year: 2026, month: 3, day: 1 });
        check(Cell { kind: Kind::Date, date, ..Cell::text(C7, "46082") }, Some("2026-03-01"));
        check(Cell { kind: Kind::Date, ..Cell::text(C7, "0.5625") }, Some("13:30"));
        check(Cell { kind: Kind::Date, ..Cell::text(C7, "0.562557870370370") }, Some("13:30:05"));
        check(Cell { kind: Kind::Date, ..Cell::text(C7, "-5") }, Some("-5"));
        assert_eq!(of_cell(None), Ok(None));
    }
}

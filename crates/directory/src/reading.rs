//! Reading and printing of values: what a cell says as a stored form, and a stored form as a cell or for people. Each kind has a
//! file of its own with both directions; here is what they have in common.

use std::borrow::Cow;

use workbook::{Cell, CellDate, Kind as CellKind, Printed};

use crate::{Code, Field, Kind, Wrong};

mod choice;
pub(crate) mod date;
pub(crate) mod digits;
pub(crate) mod email;
pub(crate) mod error_word;
mod evidence;
mod language;
mod language_names;
mod language_words;
mod look_alikes;
pub(crate) mod moments;
mod months;
pub(crate) mod nearest;
pub(crate) mod number;
pub(crate) mod person;
pub(crate) mod phone;
mod phone_notation;
pub(crate) mod rows_inside;
mod settings;
pub(crate) mod text;
pub(crate) mod time;
mod unseen;
pub(crate) mod username;
pub(crate) mod written_out;
pub(crate) mod yes_no;

pub use evidence::Evidence;
pub use language::languages;
pub use settings::{ColumnReading, DateOrder, Mark, Order, Read, Reading};

impl Field {
    /// Reads a cell; no cell is an empty one. Whether the field is required or read only is the merge's to judge.
    ///
    /// # Errors
    /// What is wrong with the value, with suggestions.
    pub fn read(&self, cell: Option<&Cell<'_>>, reading: &Reading) -> Result<Read, Wrong> {
        let read = understand(self, self, cell, reading)?;
        if let Read::Value(Some(stored)) = &read {
            obey(self, stored, [None; 2])?;
        }
        Ok(read)
    }

    /// What a workbook says for a stored form. `person` is the name of the user that a [`Kind::User`] value names;
    /// `buffer` is room for texts that have to be put together.
    pub fn print<'v>(
        &'v self,
        stored: Option<&'v str>,
        person: Option<&str>,
        buffer: &'v mut String,
    ) -> Printed<'v> {
        let Some(stored) = stored else { return Printed::Empty };
        match self.kind {
            Kind::Text | Kind::Email | Kind::Phone | Kind::Username | Kind::Language => Printed::Text(stored),
            Kind::Number => Printed::Number(stored),
            Kind::Date => date::of_stored(stored).map_or(Printed::Text(stored), Printed::Date),
            Kind::YesNo => Printed::Text(yes_no::shown(stored)),
            Kind::Status => Printed::Text(yes_no::shown_status(stored)),
            Kind::Choice => Printed::Text(self.choice(stored).map_or(stored, |choice| choice.label.as_str())),
            Kind::Choices => {
                buffer.clear();
                choice::print_set(self, stored, buffer);
                Printed::Text(buffer)
            }
            Kind::User => {
                buffer.clear();
                person::print(stored, person, buffer);
                Printed::Text(buffer)
            }
        }
    }

    /// What people read on a page: labels for choices, `Yes`, a name and ID for a user. Read again it gives the stored form.
    pub fn shown(&self, stored: Option<&str>, person: Option<&str>) -> String {
        let mut buffer = String::new();
        match self.print(stored, person, &mut buffer) {
            Printed::Empty => String::new(),
            Printed::Text(text) | Printed::Number(text) => text.to_owned(),
            Printed::Date(date) => date::stored(date),
        }
    }

    /// Whether a cell is, letter for letter, what [`Field::print`] makes of a stored form; for a user the ID decides. The way that
    /// nearly every cell of a file takes: no allocation.
    pub fn is_print_of(&self, stored: Option<&str>, cell: Option<&Cell<'_>>) -> bool {
        let (stored, cell) = match (stored, cell) {
            (None, None) => return true,
            (Some(stored), Some(cell)) if cell.defect.is_none() => (stored, cell),
            _ => return false,
        };
        match cell.kind {
            CellKind::Text => self.is_printed_text(stored, cell.raw),
            CellKind::Number => self.kind == Kind::Number && cell.raw == stored,
            CellKind::Date => {
                self.kind == Kind::Date && cell.date.is_some() && cell.date == date::of_stored(stored)
            }
            CellKind::Boolean | CellKind::Error => false,
        }
    }

    fn is_printed_text(&self, stored: &str, raw: &str) -> bool {
        match self.kind {
            Kind::YesNo => raw == yes_no::shown(stored),
            Kind::Status => raw == yes_no::shown_status(stored),
            Kind::Choice => raw == self.choice(stored).map_or(stored, |choice| choice.label.as_str()),
            Kind::Choices => choice::is_print_of_set(self, stored, raw),
            Kind::User => person::is_print_of(stored, raw),
            _ => raw == stored,
        }
    }
}

/// What a cell means, before the rules of the field are asked. Labels are read by the field at the download, then by today's.
///
/// # Errors
/// What is wrong with the cell or the value, with suggestions.
pub(crate) fn understand(
    at_base: &Field,
    today: &Field,
    cell: Option<&Cell<'_>>,
    reading: &Reading,
) -> Result<Read, Wrong> {
    let (Some(cell), Some(text)) = (cell, text_of(today, cell)?) else { return Ok(Read::Value(None)) };
    let text: &str = &text;
    match value_of(at_base, today, cell, text, reading) {
        // An option may be called so.
        Ok(read) if matches!(today.kind, Kind::Choice | Kind::Choices) => Ok(read),
        _ if error_word::is_error_word(text) => Err(Wrong::with(Code::FormulaError, text)),
        read => read,
    }
}

/// What the tidied text of a cell means.
fn value_of(
    at_base: &Field,
    today: &Field,
    cell: &Cell<'_>,
    text: &str,
    reading: &Reading,
) -> Result<Read, Wrong> {
    let digits = match today.kind {
        Kind::Number | Kind::Date | Kind::Phone => digits::plain(text),
        _ => Cow::Borrowed(text),
    };
    let text: &str = &digits;
    let stored = match today.kind {
        Kind::Text => plain(text)?,
        Kind::Number if cell.kind == CellKind::Number => number::read_cell(cell.raw)?,
        Kind::Number => number_of_text(text, reading)?,
        Kind::Date => date_of(cell, text, reading)?,
        Kind::YesNo => yes_no::read(text, &reading.language)?,
        Kind::Status => yes_no::read_status(text)?,
        Kind::Choice => choice::read(at_base, today, text)?,
        Kind::Choices => choice::read_set(at_base, today, text)?,
        Kind::Email => email::read(text)?,
        Kind::Username => username::read(text)?,
        Kind::Phone => phone::read(text, &reading.region)?,
        Kind::Language => language::read(text)?,
        Kind::User => return person::read(text),
    };
    Ok(Read::Value(Some(stored).filter(|stored| !stored.is_empty())))
}

/// A number that stands as text, by the mark that its column proved, if it did. Where the column proves both, what is one number by the one
/// and another by the other is asked for.
fn number_of_text(text: &str, reading: &Reading) -> Result<String, Wrong> {
    let by = |mark: Mark| mark.read(text).and_then(|number| number.canonical());
    if reading.column.mark == Some(Mark::Mixed)
        && let (Some(point), Some(comma)) = (by(Mark::Point), by(Mark::Comma))
        && point != comma
    {
        return Err(Wrong { suggestions: vec![point, comma], ..Wrong::plain(Code::NotANumber) });
    }
    let proved = reading.column.mark.and_then(by);
    number::read_text(proved.as_deref().unwrap_or(text))
}

/// A date; of a moment in a column whose moments are off by a time zone, the one whose midnight that zone makes of it.
fn date_of(cell: &Cell<'_>, text: &str, reading: &Reading) -> Result<String, Wrong> {
    if let (CellKind::Date, Some(date), Some(days)) = (cell.kind, cell.date, reading.column.epoch) {
        return Ok(date::stored(date::of_days(date::days(date) + days)));
    }
    if let Some((least, most)) = reading.column.zone
        && let Some(moment) = moments::moments_of(cell).first()
    {
        let fits = |date: &CellDate| (least..=most).contains(&(moment - date::midnight(*date)));
        if let Some(date) = date::around(*moment).into_iter().find(fits) {
            return Ok(date::stored(date));
        }
    }
    let is_mixed = reading.column.dates == Order::Mixed;
    let text = written_out::plain(text).ok_or_else(|| Wrong::plain(Code::NotADate))?;
    date::read(cell, &text, (!is_mixed).then_some(reading.date_order))
}

/// The tidied text of a cell. A date field takes any number, so that a serial with a time of day is read from the cell itself.
fn text_of<'c>(field: &Field, cell: Option<&Cell<'c>>) -> Result<Option<Cow<'c, str>>, Wrong> {
    match text::of_cell(cell) {
        Err(wrong) if wrong.code == Code::NumberPrecision && field.kind == Kind::Date => {
            Err(Wrong::plain(Code::NotADate))
        }
        // What holds one line is offered the lines of a cell, not all of them together.
        Err(wrong) if field.kind != Kind::Text => {
            let lines = wrong.suggestions.iter().flat_map(|text| text.lines());
            let suggestions =
                lines.map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
            Err(Wrong { suggestions, ..wrong })
        }
        read => read,
    }
}

/// A text stays as typed, unless it is a number that the spreadsheet has shortened: then nobody knows what it was.
fn plain(text: &str) -> Result<String, Wrong> {
    match number::is_shortened(text) {
        true => Err(Wrong::with(Code::NumberPrecision, text)),
        false => Ok(text.to_owned()),
    }
}

/// Asks the rules of the field: options in use, length, pattern. Of several options those that the user has already (`known`) may stay.
///
/// # Errors
/// [`Code::NotAChoice`], [`Code::TooLong`] with the limit, [`Code::Pattern`] with the pattern.
pub(crate) fn obey(today: &Field, stored: &str, known: [Option<&str>; 2]) -> Result<(), Wrong> {
    if matches!(today.kind, Kind::Choice | Kind::Choices) {
        return choice::in_use(today, stored, known);
    }
    if let Some(limit) = today.max_length.filter(|limit| exceeds(stored, *limit as usize)) {
        return Err(Wrong::with(Code::TooLong, limit.to_string()));
    }
    match &today.pattern {
        Some(pattern) if !today.fits_pattern(stored) => Err(Wrong::with(Code::Pattern, pattern.as_str())),
        _ => Ok(()),
    }
}

/// Whether a text has more characters than a limit.
fn exceeds(text: &str, limit: usize) -> bool {
    text.len() > limit && text.chars().nth(limit).is_some()
}

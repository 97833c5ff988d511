//! Reading and printing of values: what a cell says as a stored form, and a stored form as a cell or for people. Both
//! directions of each kind stand in one place.

use workbook::{Cell, Printed};

use crate::{Field, Wrong};

/// In which order an account writes day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DateOrder {
    /// 22/11/2026.
    #[default]
    DayMonthYear,
    /// 11/22/2026.
    MonthDayYear,
    /// 2026/11/22.
    YearMonthDay,
}

/// The settings of an account that reading depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The order of dates in text.
    pub date_order: DateOrder,
    /// The region of phone numbers without a country code: `GB` (ISO 3166-1 alpha-2).
    pub region: String,
    /// The language of words such as yes and no: `en`.
    pub language: String,
}

impl Default for Reading {
    fn default() -> Self {
        Self { date_order: DateOrder::DayMonthYear, region: "GB".to_owned(), language: "en".to_owned() }
    }
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// A value in stored form; none when the cell is empty.
    Value(Option<String>),
    /// A user named by an email or a username: who that is, the directory (and the end state of the file) knows.
    Login(String),
}

impl Field {
    /// Reads a cell; no cell is an empty one. Whether the field is required or read only is the merge's to judge.
    ///
    /// # Errors
    /// What is wrong with the value, with suggestions.
    pub fn read(&self, cell: Option<&Cell<'_>>, reading: &Reading) -> Result<Read, Wrong> {
        let _ = (cell, reading);
        Ok(Read::Value(None))
    }

    /// What a workbook says for a stored form. `person` is the name of the user that a [`crate::Kind::User`] value names;
    /// `buffer` is room for texts that have to be put together.
    pub fn print<'v>(
        &self,
        stored: Option<&'v str>,
        person: Option<&str>,
        buffer: &'v mut String,
    ) -> Printed<'v> {
        let _ = (person, buffer);
        stored.map_or(Printed::Empty, Printed::Text)
    }

    /// What people read on a page: labels for choices, `Yes`, a name and ID for a user.
    pub fn shown(&self, stored: Option<&str>, person: Option<&str>) -> String {
        let _ = person;
        stored.unwrap_or("").to_owned()
    }

    /// Whether a cell is, letter for letter, what [`Field::print`] makes of a stored form; for a user the ID decides. The way that
    /// nearly every cell of a file takes: no allocation.
    pub fn is_print_of(&self, stored: Option<&str>, cell: Option<&Cell<'_>>) -> bool {
        stored == cell.map(|cell| cell.raw)
    }
}

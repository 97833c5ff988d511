//! What reading depends on, and what comes of it.

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

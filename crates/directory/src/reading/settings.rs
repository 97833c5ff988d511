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

impl DateOrder {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::DayMonthYear, Self::MonthDayYear, Self::YearMonthDay];

    /// The stable word: `dmy`.
    pub fn word(self) -> &'static str {
        match self {
            Self::DayMonthYear => "dmy",
            Self::MonthDayYear => "mdy",
            Self::YearMonthDay => "ymd",
        }
    }

    /// The order of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.word() == word)
    }
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
    /// What the cells of a column prove besides; nothing for what people type.
    pub column: ColumnReading,
}

/// What the cells of a column of a file prove of how its texts are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ColumnReading {
    /// Where the order of day and month comes from.
    pub dates: Order,
    /// What marks the fraction of a number, where that was proved.
    pub mark: Option<Mark>,
    /// How far moments are from the midnights that they were, in seconds: the least and the most.
    pub zone: Option<(i64, i64)>,
    /// How many days are to be added to dates that were counted from the other one of the two epochs.
    pub epoch: Option<i32>,
}

/// Where the order of day and month in a column comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The account's settings.
    #[default]
    OfAccount,
    /// Cells of the column prove it, and none proves the opposite.
    Proved,
    /// Cells prove either order: what is neither's is ambiguous.
    Mixed,
}

/// What marks the fraction of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `1.234,5`.
    Comma,
    /// `1,234.5`.
    Point,
    /// Cells prove either: what is another number by each of them is ambiguous.
    Mixed,
}

impl Default for Reading {
    fn default() -> Self {
        let (region, language) = ("GB".to_owned(), "en".to_owned());
        Self { date_order: DateOrder::DayMonthYear, region, language, column: ColumnReading::default() }
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

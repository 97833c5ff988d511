//! The kinds of damage.

/// What a spreadsheet did to a value by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Damage {
    /// `00123` became 123.
    LeadingZeros,
    /// A long number in scientific notation or rounded to 15 digits.
    Digits,
    /// A date in another format, or as a serial number.
    DateFormat,
    /// TRUE, true, 1.
    Boolean,
    /// A decimal comma, a trailing `.0`.
    Decimal,
    /// `+44...` became 44...
    Plus,
    /// A text was turned into a date (`MAR1`, `1-2`).
    TextToDate,
    /// Characters that the code page lacks became `?`.
    CodePage,
    /// A text whose bytes were taken for those of another character set.
    Garbled,
    /// A date became an instant, moved through a time zone: a time of day beside it tells.
    TimeZone,
    /// The `'` that csv puts before a text such as `+44...` became part of it, or one that begins a text (`'t Hart`) was taken for that.
    Mark,
}

impl Damage {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::LeadingZeros,
        Self::Digits,
        Self::DateFormat,
        Self::Boolean,
        Self::Decimal,
        Self::Plus,
        Self::TextToDate,
        Self::CodePage,
        Self::Garbled,
        Self::TimeZone,
        Self::Mark,
    ];

    /// The stable word: `leading_zeros`.
    pub fn word(self) -> &'static str {
        match self {
            Self::LeadingZeros => "leading_zeros",
            Self::Digits => "digits",
            Self::DateFormat => "date_format",
            Self::Boolean => "boolean",
            Self::Decimal => "decimal",
            Self::Plus => "plus",
            Self::TextToDate => "text_to_date",
            Self::CodePage => "code_page",
            Self::Garbled => "garbled",
            Self::TimeZone => "time_zone",
            Self::Mark => "mark",
        }
    }

    /// The meaning of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|damage| damage.word() == word)
    }
}

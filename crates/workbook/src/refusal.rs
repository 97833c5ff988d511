//! Why a whole file is refused: a closed list, each with one sentence for people.

use std::fmt;

/// Why a file, or the rest of a sheet, can't be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// The file has no bytes.
    Empty,
    /// The bytes are not a spreadsheet; holds what they seem to be ("a picture", "a PDF"), if known.
    NotASpreadsheet(Option<&'static str>),
    /// A kind that is not read: "xls", "xlsb", "xlsm".
    OldFormat(&'static str),
    /// The file is protected with a password.
    PasswordProtected,
    /// The file is damaged; holds where and what, for operators.
    Damaged(String),
    /// The machine could not read the source.
    Io(std::io::Error),
}

impl Refusal {
    /// A short stable word for machines: `file_empty`, `file_password`, `file_damaged`, ...
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::NotASpreadsheet(_) => "file_not_a_spreadsheet",
            Self::OldFormat(_) => "file_old_format",
            Self::PasswordProtected => "file_password",
            Self::Damaged(_) => "file_damaged",
            Self::Io(_) => "file_unreadable",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl std::error::Error for Refusal {}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

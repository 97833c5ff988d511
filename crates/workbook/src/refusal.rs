//! Why a whole file is refused: a closed list, each with a word and a detail; the sentences for people are the directory's.

use std::fmt;

/// Why a file, or the rest of a sheet, can't be read. Its `Display` is for operators: the code and the detail, of which the directory
/// makes the sentence for the people who chose the file.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// The file has no bytes.
    Empty,
    /// The bytes are not a spreadsheet; holds what they seem to be (`picture`, `pdf`), if known.
    NotASpreadsheet(Option<&'static str>),
    /// An archive that holds a spreadsheet of this name.
    Packed(String),
    /// A kind that is not read: "xls", "xlsb", "xlsm".
    OldFormat(&'static str),
    /// The file is protected with a password.
    PasswordProtected,
    /// The file is damaged; holds where and what, for operators.
    Damaged(String),
    /// The machine could not read the source.
    Io(std::io::Error),
    /// The file has no sheet with this number.
    NoSuchSheet(usize),
    /// The file has more bytes than this.
    FileTooLarge(u64),
    /// The sheet has more rows than this.
    TooManyRows(u32),
    /// The inflated sheet has more bytes than this.
    SheetTooLarge(u64),
    /// The inflated shared strings have more bytes than this.
    SharedStringsTooLarge(u64),
    /// Another inflated part has more bytes than this.
    PartTooLarge(u64),
    /// A part inflates to more than this many times its stored bytes.
    RatioTooHigh(u64),
    /// The archive has more entries than this.
    TooManyEntries(u64),
    /// Two entries of the archive have this name.
    DuplicateEntry(String),
    /// An entry's name is absolute or climbs out of the archive.
    UnsafeEntry(String),
    /// Entries of the archive share bytes.
    OverlappingEntries,
    /// The entry of this name is compressed in a way that spreadsheets do not use.
    UnknownCompression(String),
    /// An XML part has a document type, which could declare entities.
    Doctype,
    /// XML elements are nested deeper than this.
    TooDeep(u32),
    /// An XML element has more attributes than this.
    TooManyAttributes(u32),
    /// One piece of XML or one field of csv has more bytes than this.
    TokenTooLong(u64),
    /// The text of one row has more bytes than this.
    RowTooLong(u64),
}

impl Refusal {
    /// A short stable word for machines: `file_empty`, `file_password`, `file_damaged`, ...
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::NotASpreadsheet(_) => "file_not_a_spreadsheet",
            Self::Packed(_) => "file_packed",
            Self::OldFormat(_) => "file_old_format",
            Self::PasswordProtected => "file_password",
            Self::Damaged(_) => "file_damaged",
            Self::Io(_) => "file_unreadable",
            Self::NoSuchSheet(_) => "file_no_sheet",
            Self::FileTooLarge(_) => "file_too_large",
            Self::TooManyRows(_) => "file_too_many_rows",
            Self::SheetTooLarge(_) => "file_sheet_too_large",
            Self::SharedStringsTooLarge(_) => "file_strings_too_large",
            Self::PartTooLarge(_) => "file_part_too_large",
            Self::RatioTooHigh(_) => "file_ratio",
            Self::TooManyEntries(_) => "file_too_many_entries",
            Self::DuplicateEntry(_) => "file_duplicate_entry",
            Self::UnsafeEntry(_) => "file_unsafe_entry",
            Self::OverlappingEntries => "file_overlapping_entries",
            Self::UnknownCompression(_) => "file_compression",
            Self::Doctype => "file_doctype",
            Self::TooDeep(_) => "file_too_deep",
            Self::TooManyAttributes(_) => "file_too_many_attributes",
            Self::TokenTooLong(_) => "file_token_too_long",
            Self::RowTooLong(_) => "file_row_too_long",
        }
    }

    /// What the code is about, for the sentence: the kind of file, a limit (bytes as `256 MiB`), or what operators want to know; may
    /// be empty.
    pub fn detail(&self) -> String {
        match self {
            Self::Empty | Self::PasswordProtected | Self::OverlappingEntries | Self::Doctype => String::new(),
            Self::NotASpreadsheet(kind) => kind.unwrap_or_default().to_owned(),
            Self::OldFormat(kind) => (*kind).to_owned(),
            Self::Damaged(what) => what.clone(),
            Self::Io(error) => error.to_string(),
            Self::NoSuchSheet(number) => number.to_string(),
            Self::FileTooLarge(most)
            | Self::SheetTooLarge(most)
            | Self::SharedStringsTooLarge(most)
            | Self::PartTooLarge(most)
            | Self::TokenTooLong(most)
            | Self::RowTooLong(most) => Size(*most).to_string(),
            Self::RatioTooHigh(most) | Self::TooManyEntries(most) => most.to_string(),
            Self::TooManyRows(most) | Self::TooDeep(most) | Self::TooManyAttributes(most) => most.to_string(),
            Self::Packed(name)
            | Self::DuplicateEntry(name)
            | Self::UnsafeEntry(name)
            | Self::UnknownCompression(name) => name.clone(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.detail() {
            detail if detail.is_empty() => f.write_str(self.code()),
            detail => write!(f, "{}: {detail}", self.code()),
        }
    }
}

impl std::error::Error for Refusal {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<std::io::Error> for Refusal {
    /// A source that ends where a part of it should go on is damaged; everything else is the machine's.
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::UnexpectedEof {
            Self::Damaged("cut off".to_owned())
        } else {
            Self::Io(error)
        }
    }
}

/// A number of bytes as people read it.
struct Size(u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            bytes if bytes >= 1 << 30 && bytes % (1 << 30) == 0 => write!(f, "{} GiB", bytes >> 30),
            bytes if bytes >= 1 << 20 && bytes % (1 << 20) == 0 => write!(f, "{} MiB", bytes >> 20),
            bytes if bytes >= 1 << 10 && bytes % (1 << 10) == 0 => write!(f, "{} KiB", bytes >> 10),
            bytes => write!(f, "{bytes} bytes"),
        }
    }
}

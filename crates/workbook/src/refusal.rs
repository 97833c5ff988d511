//! Why a whole file is refused: a closed list, each with one sentence for people.

use std::fmt;

/// Why a file, or the rest of a sheet, can't be read. Its `Display` is a sentence for the people who chose the file: it
/// blames nobody and says what to do next. What [`Refusal::Damaged`] and [`Refusal::Io`] hold is for operators.
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

/// What to do with a file that only a program could have made so.
const SAVE_ANEW: &str =
    "Open it in the spreadsheet program, save it as Excel Workbook (.xlsx), and upload that.";

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
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("This file is empty. Choose the file again, or save it anew and upload that."),
            Self::NotASpreadsheet(kind) => {
                let kind = kind.unwrap_or("not a spreadsheet that can be read here");
                write!(f, "This file is {kind}. Upload an Excel workbook (.xlsx), a .csv or an .ods file.")
            }
            Self::OldFormat(kind) => old_format(kind, f),
            Self::PasswordProtected => f.write_str(
                "This file is protected with a password. Open it in the spreadsheet program, save it without a \
                 password, and upload it again.",
            ),
            Self::Damaged(_) => write!(f, "This file is damaged and can't be read to its end. {SAVE_ANEW}"),
            Self::Io(_) => f.write_str("This file could not be read from the disk. Upload it again."),
            Self::NoSuchSheet(_) => write!(f, "This file has no sheet with rows. {SAVE_ANEW}"),
            _ => limit(self, f),
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

fn old_format(kind: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let name = match kind {
        "xls" => "an Excel 97-2003 workbook (.xls)",
        "xlsb" => "an Excel binary workbook (.xlsb)",
        "xlsm" => "an Excel workbook with macros (.xlsm)",
        "numbers" => "a Numbers document",
        "fods" => "a flat OpenDocument spreadsheet (.fods)",
        "xml" => "an XML spreadsheet of Excel 2003",
        other => other,
    };
    match kind {
        "numbers" => {
            write!(f, "This is {name}. Export it to Excel (File, Export To, Excel), then upload that.")
        }
        _ => {
            write!(f, "This is {name}. Open it and save it as Excel Workbook (.xlsx), then upload it again.")
        }
    }
}

/// The sentences of the limits, a table: each names its number.
fn limit(refusal: &Refusal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match refusal {
        Refusal::FileTooLarge(most) => {
            write!(
                f,
                "This file is larger than {}. Split it into several files and upload them one by one.",
                Size(*most)
            )
        }
        Refusal::TooManyRows(most) => {
            write!(
                f,
                "This sheet has more than {most} rows. Split it into several files and upload them one by one."
            )
        }
        Refusal::SheetTooLarge(most) => write!(
            f,
            "The sheet of this file takes more than {} when unpacked. Split it into several files and upload them one by one.",
            Size(*most)
        ),
        Refusal::SharedStringsTooLarge(most) => write!(
            f,
            "The texts of this file take more than {} when unpacked. Split it into several files and upload them one by one.",
            Size(*most)
        ),
        Refusal::PartTooLarge(most) => write!(
            f,
            "A part of this file besides its rows takes more than {} when unpacked. Copy the rows into a new workbook, \
             save it, and upload that.",
            Size(*most)
        ),
        Refusal::RatioTooHigh(most) => {
            write!(
                f,
                "This file unpacks to more than {most} times its size, as no ordinary workbook does. {SAVE_ANEW}"
            )
        }
        Refusal::TooManyEntries(most) => write!(
            f,
            "This file holds more than {most} parts. Copy the rows into a new workbook, save it, and upload that."
        ),
        Refusal::DuplicateEntry(_) => write!(f, "This file holds two parts of the same name. {SAVE_ANEW}"),
        Refusal::UnsafeEntry(_) => {
            write!(f, "This file holds a part whose name points outside the file. {SAVE_ANEW}")
        }
        Refusal::OverlappingEntries => {
            write!(f, "This file holds parts that lie over each other. {SAVE_ANEW}")
        }
        Refusal::UnknownCompression(_) => {
            write!(f, "This file is packed in a way that spreadsheet programs do not use. {SAVE_ANEW}")
        }
        Refusal::Doctype => {
            write!(f, "This file holds a document type, which no spreadsheet needs. {SAVE_ANEW}")
        }
        Refusal::TooDeep(most) => write!(f, "This file is nested more than {most} levels deep. {SAVE_ANEW}"),
        Refusal::TooManyAttributes(most) => {
            write!(f, "An element of this file has more than {most} attributes. {SAVE_ANEW}")
        }
        Refusal::TokenTooLong(most) => write!(
            f,
            "A single piece of this file is longer than {}. Look for a very long text, or a quotation mark that is never \
             closed, shorten it, and upload the file again.",
            Size(*most)
        ),
        Refusal::RowTooLong(most) => write!(
            f,
            "A row of this file holds more than {} of text. Shorten its texts and upload the file again.",
            Size(*most)
        ),
        other => f.write_str(other.code()),
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

//! Files that a browser saves: the kinds that people may ask for, and the headers that name one.

use axum::http::header;
use import::Format;
use sentences::say;

use super::errors::{Answer, Failure};

/// A kind of file: the word in the address, the media type.
pub(in crate::web) type FileKind = (Format, &'static str, &'static str);

/// The kinds that people may ask for.
pub(in crate::web) const FORMATS: [FileKind; 3] = [
    (Format::Xlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (Format::Ods, "ods", "application/vnd.oasis.opendocument.spreadsheet"),
    (Format::Csv, "csv", "text/csv; charset=utf-8"),
];

/// What people read of a kind, where they choose one.
pub(in crate::web) fn label_of(format: Format) -> &'static str {
    match format {
        Format::Xlsx => say!("attachment-xlsx"),
        Format::Ods => say!("attachment-ods"),
        Format::Csv => say!("attachment-csv"),
    }
}

/// The kind of file that is asked for; a workbook unless it is said.
///
/// # Errors
/// When it is none that is known.
pub(in crate::web) fn kind_of(pairs: &[(String, String)]) -> Answer<&'static FileKind> {
    let wanted = pairs.iter().find(|(of, _)| of == "format").map_or("", |(_, value)| value.as_str());
    let found =
        FORMATS.iter().find(|(_, word, ..)| *word == wanted || (wanted.is_empty() && *word == "xlsx"));
    found.ok_or(Failure::Nonsense(say!("attachment-a-file-is-xlsx-ods")))
}

/// What makes a browser save a file under this name.
pub(in crate::web) fn attached(kind: &str, name: &str) -> [(header::HeaderName, String); 2] {
    [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ]
}

//! The sentences for imports that ended as a whole, beside those for single cells: each says what to do next.

use crate::grouped;

/// The upload was larger than the operator allows; `mebibytes` is the limit.
pub fn file_too_large(mebibytes: u64) -> String {
    format!(
        "This file is larger than {} MiB, the most that is taken. Delete rows that need no edit and upload it again.",
        grouped(mebibytes as i64)
    )
}

/// A further file was downloaded at another time than the first.
pub fn other_download() -> String {
    "This file was downloaded at another time than the first one of this import, so its rows can’t be laid beside the others. Add the file that you mended, or upload this one as an import of its own."
        .to_owned()
}

/// A further file could not be read, with the reason, itself a sentence: review goes on without it.
pub fn file_not_added(name: &str, reason: &str) -> String {
    format!("The file “{name}” was not added. {reason}")
}

/// The disk of the database has no room left.
pub fn disk_full() -> &'static str {
    "The disk that Muster keeps its data on is full. Nothing is lost and nothing is half done. Once whoever runs Muster has made room, try again."
}

/// Somebody else has been writing to the database for longer than anybody waits.
pub fn database_busy() -> &'static str {
    "Somebody else is writing to Muster’s database, and has been for a while. Nothing was changed; try again in a moment."
}

/// Five workers died over it.
pub fn import_given_up() -> String {
    "This file could not be processed, though it was tried several times. Save it again in the spreadsheet program and upload it; if that does not help, please contact support."
        .to_owned()
}

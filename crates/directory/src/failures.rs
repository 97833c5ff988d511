//! The sentences for imports that ended as a whole, beside those for single cells: each says what to do next.

use crate::grouped;

/// The upload was larger than the operator allows; `mebibytes` is the limit.
pub fn file_too_large(mebibytes: u64) -> String {
    format!(
        "This file is larger than {} MiB, the most that is taken. Delete rows that need no edit and upload it again.",
        grouped(mebibytes as i64)
    )
}

/// The disk of the database has no room left.
pub fn disk_full() -> &'static str {
    "The disk that Muster keeps its data on is full. Nothing is lost and nothing is half done. Once whoever runs Muster has made room, try again."
}

/// Five workers died over it.
pub fn import_given_up() -> String {
    "This file could not be processed, though it was tried several times. Save it again in the spreadsheet program and upload it; if that does not help, please contact support."
        .to_owned()
}

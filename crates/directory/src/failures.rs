//! The sentences for imports that ended as a whole, beside those for single cells: each says what to do next.

use crate::grouped;

/// The upload was larger than the operator allows; `mebibytes` is the limit.
pub fn file_too_large(mebibytes: u64) -> String {
    format!(
        "This file is larger than {} MiB, the most that is taken. Delete rows that need no edit and upload it again.",
        grouped(mebibytes as i64)
    )
}

/// Five workers died over it.
pub fn import_given_up() -> String {
    "This file could not be processed, though it was tried several times. Save it again in the spreadsheet program and upload it; if that does not help, please contact support."
        .to_owned()
}

/// No sheet has a key row.
pub fn no_key_row() -> String {
    "Row 2 of the workbook is missing: the small grey row that begins with user_id. Download the user data again, copy your edits into that file and upload it."
        .to_owned()
}

/// A file of another organisation; both slugs.
pub fn of_another_account(of: &str, here: &str) -> String {
    format!(
        "This file was downloaded from the organisation \u{201c}{of}\u{201d}, and this one is \u{201c}{here}\u{201d}. Choose a file that was downloaded here, or sign in to that organisation."
    )
}

/// A revision above the account's.
pub fn from_the_future() -> String {
    "This file says it was downloaded after the last change that is known here. Download the user data again and copy your edits into that file."
        .to_owned()
}

/// A field was changed while the import was in review.
pub fn fields_changed() -> String {
    "The fields of this organisation have changed since this file was checked, so it was checked again. Please look at the review once more."
        .to_owned()
}

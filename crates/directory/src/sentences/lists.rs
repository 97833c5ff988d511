//! Lists in sentences.

use ::sentences::say;

/// `3, 7, 12` as `3, 7 and 12`.
pub(super) fn listed(rows: &str) -> String {
    match rows.rsplit_once(", ") {
        Some((before, last)) => say!("list-and", before = before, last = last),
        None => rows.to_owned(),
    }
}

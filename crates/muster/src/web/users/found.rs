//! How many users a search finds, as people read it.

use directory::grouped;
use sentences::say;
use store::{Found, Precision};

use super::asked::FOUND_MOST;

/// `214`, `about 214`, `more than 10,000`.
pub(super) fn how_many(found: &Found) -> String {
    match found.how {
        _ if found.users > FOUND_MOST => say!("download-more-than", users = FOUND_MOST),
        Precision::Exactly => grouped(found.users),
        Precision::About => say!("download-about", users = found.users),
        Precision::AtLeast => say!("download-at-least", users = found.users),
    }
}

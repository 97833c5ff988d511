//! Pauses of who changes a plan that others change at the same moment.

use std::time::Duration;

/// How long who changes a plan pauses each time that somebody else was faster; after the last, they are told.
pub(crate) const PAUSES: [Duration; 8] = {
    let mut pauses = [Duration::from_millis(4); 8];
    let mut at = 1;
    while at < pauses.len() {
        pauses[at] = pauses[at - 1].saturating_mul(2);
        at += 1;
    }
    pauses
};

//! Whom the sheets of one file edit. A sheet replaces no other one of its file: rows that say nothing count for nothing, and rows of two
//! sheets that edit one user share their User ID, as two rows of one sheet do.

use directory::UserId;

use super::learned::SharedIds;
use super::parts::file_of;
use crate::judge::seen::Seen;

/// Whom the part at hand edits, and whom the later parts of its file do; those were merged before.
#[derive(Debug, Default)]
pub(crate) struct SheetEdits {
    here: Seen,
    later: Vec<(u16, Seen)>,
}

impl SheetEdits {
    /// Goes on from one part with the next.
    pub(crate) fn go_on(&mut self, part: u16, next: u16) {
        self.later.push((part, std::mem::take(&mut self.here)));
        if file_of(part) != file_of(next) {
            self.later.clear();
        }
    }

    /// Notes that a row of a part edits a user. True when a later sheet of the file does so too: the rows of both are found to share the
    /// User ID, unless that is known.
    pub(crate) fn are_shared(
        &mut self,
        part: u16,
        user: UserId,
        known: &SharedIds,
        found: &mut SharedIds,
    ) -> bool {
        self.here.insert(user);
        let later = self.later.iter().filter(|(_, edited)| edited.has(user)).map(|(part, _)| *part);
        let parts: Vec<u16> = later.collect();
        let is_known = |part: u16| known.get(&part).is_some_and(|shared| shared.has(user));
        for part in parts.iter().copied().chain((!parts.is_empty()).then_some(part)) {
            if !is_known(part) {
                found.entry(part).or_default().insert(user);
            }
        }
        !parts.is_empty()
    }
}

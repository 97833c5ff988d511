//! What the edited cells of a column said at the download, by digests: what tells whether a cell says what another one said then.

use crate::{PlanCell, State};

/// What the edited cells of a column said before, or an even part of it: the digests of these values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Before {
    /// Digests with one of these bits are not kept.
    pub(super) mask: u64,
    /// The others, sorted.
    pub(super) digests: Vec<u64>,
}

impl Before {
    /// Whether a cell says what another said before, as far as is known.
    fn has(&self, value: Option<&str>) -> bool {
        let digest = digest(value);
        value.is_none() || digest & self.mask != 0 || self.digests.binary_search(&digest).is_ok()
    }

    /// Whether an edit is one of a value that stands in another row.
    pub(super) fn explains(&self, cell: &PlanCell) -> bool {
        matches!(cell.state, State::Change | State::Conflict) && self.has(cell.mine.as_deref())
    }
}

/// What a value is known by; an empty cell is one, too. Each edit of a file is asked, twice: so it is a quick one, which no stranger has to be
/// kept from meeting.
pub(super) fn digest(value: Option<&str>) -> u64 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let Some(value) = value else { return MIX };
    let mut sum = value.len() as u64 + 1;
    for part in value.as_bytes().chunks(8) {
        let mut word = [0; 8];
        word[..part.len()].copy_from_slice(part);
        sum = (sum ^ u64::from_le_bytes(word)).wrapping_mul(MIX);
        sum ^= sum >> 29;
    }
    sum
}

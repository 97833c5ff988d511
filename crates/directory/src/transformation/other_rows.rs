//! Values that stand in other rows: a column that was sorted alone, moved by a cell, or User IDs that were. What the edited cells say is,
//! taken together, what they said before; only who has which of the values has changed. People hand a phone number on, too, but seldom
//! all of them at once.

use std::collections::HashMap;

use super::before::{Before, digest};
use crate::{PlanCell, State};

/// So many edits have to be of values that stand in other rows at least, as of any other step.
const FEWEST: u64 = 5;
/// So many examples are shown.
const EXAMPLES: usize = 2;

/// So many different values are counted; of more, an even part of them is, chosen by their digests.
const MOST: usize = 4_096;
/// So many edits in a row have to say what the one beside them said, where the values are few.
const FEWEST_LINKS: u64 = 6;
/// So many edits have to exchange their values exactly, where these are few.
const FEWEST_EXCHANGED: u64 = 12;
/// So many different values have to be exchanged at least: departments that swap their people are two.
const FEWEST_VALUES: u64 = 3;

/// What was found of a column.
pub(super) struct Exchanged {
    pub(super) before: Before,
    /// How many of its edits are of values that stand in other rows.
    pub(super) cells: i64,
    pub(super) examples: Vec<(String, String)>,
}

/// The edits of a column, as values that went from a cell and came to one. An empty cell is a value, too.
#[derive(Debug, Clone, Default)]
pub(super) struct OtherRows {
    /// How often a value went, and how often it came, by its digest.
    values: HashMap<u64, [u64; 2]>,
    /// Digests with one of these bits are not counted.
    mask: u64,
    edits: u64,
    /// The edit before: what it said before, and says.
    last: Option<[u64; 2]>,
    /// How many edits say what the one before them said, and how many said what the one before them says.
    links: [u64; 2],
    examples: Vec<(String, String)>,
}

impl OtherRows {
    /// Notes a cell of a row that was there at the download. Of one with an error only what it said before is known.
    pub(super) fn note(&mut self, cell: &PlanCell) {
        let (base, mine) = (cell.base.as_deref(), cell.mine.as_deref());
        match cell.state {
            State::Error => self.count(digest(base), 0),
            State::Change | State::Conflict => self.note_edit(base, mine),
            _ => {}
        }
    }

    fn note_edit(&mut self, base: Option<&str>, mine: Option<&str>) {
        let [went, came] = [digest(base), digest(mine)];
        self.edits += 1;
        self.count(went, 0);
        self.count(came, 1);
        if let Some([last_went, last_came]) = self.last.replace([went, came]) {
            self.links[0] += u64::from(came == last_went);
            self.links[1] += u64::from(went == last_came);
        }
        if let (Some(base), Some(mine)) = (base, mine)
            && self.examples.len() < EXAMPLES
        {
            self.examples.push((base.to_owned(), mine.to_owned()));
        }
    }

    fn count(&mut self, digest: u64, direction: usize) {
        if digest & self.mask != 0 {
            return;
        }
        self.values.entry(digest).or_default()[direction] += 1;
        while self.values.len() > MOST {
            self.mask = self.mask << 1 | 1;
            let mask = self.mask;
            self.values.retain(|digest, _| digest & mask == 0);
        }
    }

    /// Says so when most edits say what others said before: four fifths of them, and most of the values are different ones; or few
    /// values that moved by a row, or were exchanged without one that is left over.
    pub(super) fn found(&self) -> Option<Exchanged> {
        let came: u64 = self.values.values().map(|[_, came]| came).sum();
        let both = |[went, came]: &[u64; 2]| *went.min(came);
        let exchanged: u64 = self.values.values().map(both).sum();
        let different = self.values.values().filter(|value| both(value) > 0).count() as u64;
        if self.edits < FEWEST || exchanged < FEWEST || exchanged * 5 < came * 4 {
            return None;
        }
        let links = self.links[0].max(self.links[1]);
        let is_moved = links >= FEWEST_LINKS && links * 5 >= self.edits * 4;
        let is_whole = self.edits >= FEWEST_EXCHANGED && exchanged == came;
        if different * 2 <= exchanged && (different < FEWEST_VALUES || !is_moved && !is_whole) {
            return None;
        }
        Some(Exchanged {
            before: self.before(),
            cells: (self.edits * exchanged / came) as i64,
            examples: self.examples.clone(),
        })
    }

    fn before(&self) -> Before {
        let went = self.values.iter().filter(|(_, [went, _])| *went > 0).map(|(digest, _)| *digest);
        let mut digests: Vec<u64> = went.collect();
        digests.sort_unstable();
        Before { mask: self.mask, digests }
    }
}

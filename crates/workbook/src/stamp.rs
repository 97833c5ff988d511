//! The stamp of a sheet that stands beside the users: it says which cells were written there, so that what people type into such a sheet
//! is told from what was there. Programs keep a text in a hidden place, whatever else they change.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Position, Row};

/// What every stamp begins with.
const BEGINNING: &str = "muster@";
/// Digits of a cell's mark.
const DIGITS: usize = 6;
/// Marks in one stamp: a cell holds 32,767 characters.
const MOST: usize = 5_000;
/// Columns of the sheet of instructions.
const COLUMNS: u32 = 2;
/// Cells of a sheet that Muster wrote are not more of different texts; what is beyond was not written there.
const MOST_TEXTS: usize = 200_000;

/// Which cells a sheet had when it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stamp(BTreeSet<u32>);

impl Stamp {
    /// The stamps of a sheet with these texts, each the text of a cell.
    pub(crate) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
        let marks: BTreeSet<u32> = texts.filter(|text| !text.trim().is_empty()).map(mark).collect();
        let marks: Vec<u32> = marks.into_iter().collect();
        let stamp = |marks: &[u32]| {
            let digits: String = marks.iter().map(|mark| format!("{mark:0DIGITS$x}")).collect();
            format!("{BEGINNING}{digits}")
        };
        marks.chunks(MOST).map(stamp).collect()
    }

    /// Takes the text of a cell where it is a stamp; true when it is one.
    pub(crate) fn take(&mut self, text: &str) -> bool {
        let Some(digits) = text.trim().strip_prefix(BEGINNING) else { return false };
        let is_stamp =
            digits.len().is_multiple_of(DIGITS) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_stamp {
            let marks = (0..digits.len()).step_by(DIGITS);
            self.0.extend(marks.filter_map(|at| u32::from_str_radix(&digits[at..at + DIGITS], 16).ok()));
        }
        is_stamp
    }

    /// Whether nothing was stamped.
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a cell of this mark was there.
    fn knows(&self, mark: u32) -> bool {
        self.0.contains(&mark)
    }
}

/// The cells of a sheet, as far as they tell which of them were there when it was written.
#[derive(Debug, Clone, Default)]
pub struct Stamped {
    stamp: Stamp,
    /// How many cells have which mark, and the first of them.
    by_mark: BTreeMap<u32, (Position, u64)>,
    /// Those right of the columns of instructions, and those that are too many.
    beside: Option<(Position, u64)>,
    beyond: Option<(Position, u64)>,
}

impl Stamped {
    /// Takes the cells of a row.
    pub(crate) fn take(&mut self, row: &Row<'_>) {
        for cell in row.cells() {
            let (text, position) = (cell.shown(), cell.position);
            if self.stamp.take(&text) || text.trim().is_empty() {
                continue;
            }
            if position.column > COLUMNS {
                add(&mut self.beside, position, 1);
            }
            let mark = mark(&text);
            if self.by_mark.len() < MOST_TEXTS || self.by_mark.contains_key(&mark) {
                self.by_mark.entry(mark).or_insert((position, 0)).1 += 1;
            } else {
                add(&mut self.beyond, position, 1);
            }
        }
    }

    /// Whether the sheet bears a stamp.
    pub fn has_stamp(&self) -> bool {
        !self.stamp.is_empty()
    }

    /// Whether a cell has this text.
    pub fn has(&self, text: &str) -> bool {
        self.by_mark.contains_key(&mark(text))
    }

    /// The cells that the stamp does not know: the first of them, and how many they are.
    pub fn unknown(&self) -> Option<(Position, u64)> {
        let mut all = None;
        let unknown = self.by_mark.iter().filter(|(mark, _)| !self.stamp.knows(**mark));
        for (position, cells) in unknown.map(|(_, found)| *found).chain(self.beyond) {
            add(&mut all, position, cells);
        }
        all
    }

    /// The same of those that stand where no instructions do.
    pub fn beside(&self) -> Option<(Position, u64)> {
        self.beside
    }
}

/// Adds cells, of which the first one is kept.
fn add(all: &mut Option<(Position, u64)>, position: Position, cells: u64) {
    let (first, count) = all.get_or_insert((position, 0));
    *count += cells;
    if (position.row, position.column) < (first.row, first.column) {
        *first = position;
    }
}

/// The mark of a text, by FNV-1a (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>) over its words, as 24 bits: programs change
/// the white space between these.
fn mark(text: &str) -> u32 {
    let mut hash: u32 = 0x811C_9DC5;
    for word in text.split_whitespace() {
        for byte in word.bytes().chain([b' ']) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    (hash >> 24) ^ (hash & 0x00FF_FFFF)
}

#[cfg(test)]
mod tests {
    use super::{MOST, Stamp, mark};

    #[test]
    fn a_stamp_knows_what_was_written_and_nothing_else() {
        let texts: Vec<String> = (0..2 * MOST + 1).map(|number| format!("line  {number}")).collect();
        let stamps = Stamp::of(texts.iter().map(String::as_str));
        assert!((2..=3).contains(&stamps.len()), "{}", stamps.len());
        assert!(stamps.iter().all(|stamp| stamp.len() < 32_767));
        let mut stamp = Stamp::default();
        assert!(stamps.iter().all(|text| stamp.take(text)));
        assert!(texts.iter().all(|text| stamp.knows(mark(text))));
        assert!(stamp.knows(mark(" line\n0 ")), "white space does not matter");
        let strange = (0..1_000).filter(|number| stamp.knows(mark(&format!("note {number}")))).count();
        assert!(strange < 5, "{strange} of 1,000 strange texts are taken for known ones");
    }

    #[test]
    fn what_is_no_stamp_is_none() {
        for text in ["", "muster", "muster@12345", "muster@12345g", "user_id@acme.1.k3.x7q9", "muster@äöü"]
        {
            assert!(!Stamp::default().take(text), "{text}");
        }
        assert_eq!(Stamp::of([" ", ""].into_iter()), [""; 0]);
    }
}

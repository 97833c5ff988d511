//! Sheets that Muster wrote beside the users: the instructions, the choices of lists. They are counted and not shown, but for what people
//! wrote into them. Which cells were there, the stamp of the sheet says; older downloads have none, and are known by what they look like.

use std::collections::BTreeMap;

use sentences::say;
use workbook::{Book, Position, Stamp, stamped};

use super::walk::{Found, each_row};

/// What the sheet of instructions is called, or begins with, and that of the lists.
const INSTRUCTIONS: &str = "instructions";
const LISTS: &str = "lists";
/// Columns of the instructions.
const COLUMNS: u32 = 2;
/// Cells of a sheet of Muster are not more of different texts; what is beyond is not of Muster.
const MOST: usize = 200_000;

/// What was found in a sheet of Muster.
#[derive(Debug, Default)]
pub(crate) struct Own {
    pub(crate) found: Found,
    /// The first cell that is not of Muster, and how many are.
    pub(crate) strange: Option<(Position, i64)>,
}

/// The cells of a sheet so far.
#[derive(Default)]
struct Cells {
    stamp: Stamp,
    /// How many have which mark, and the first of them.
    by_mark: BTreeMap<u32, (Position, i64)>,
    /// Those beside the columns of the instructions, and those that are too many.
    beside: Option<(Position, i64)>,
    beyond: Option<(Position, i64)>,
    /// Whether a heading of the instructions is there.
    has_heading: bool,
}

/// Looks into a sheet that is called as one of Muster; none when it is not one.
pub(crate) fn look(book: &mut Book, sheet: usize) -> Option<Own> {
    let name = book.sheets()[sheet].name.to_lowercase();
    let is_instructions = name.starts_with(INSTRUCTIONS);
    if !is_instructions && !name.starts_with(LISTS) {
        return None;
    }
    let hidden = book.sheets()[sheet].hidden;
    let headings =
        [say!("instructions-columns"), say!("instructions-heading"), say!("instructions-new-heading")];
    let mut cells = Cells::default();
    let found = each_row(book, sheet, |row| {
        for cell in row.cells() {
            let text = cell.shown();
            cells.has_heading |= headings.contains(&text.trim());
            cells.take(&text, cell.position);
        }
        true
    });
    match (cells.stamp.is_empty(), is_instructions) {
        (false, _) => Some(Own { found, strange: cells.unknown() }),
        (true, true) if cells.has_heading => Some(Own { found, strange: cells.beside }),
        (true, false) if hidden => Some(Own { found, strange: None }),
        (true, _) => None,
    }
}

impl Cells {
    fn take(&mut self, text: &str, position: Position) {
        if self.stamp.take(text) || text.trim().is_empty() {
            return;
        }
        if position.column > COLUMNS {
            add(&mut self.beside, position, 1);
        }
        let mark = stamped(text);
        if self.by_mark.len() < MOST || self.by_mark.contains_key(&mark) {
            self.by_mark.entry(mark).or_insert((position, 0)).1 += 1;
        } else {
            add(&mut self.beyond, position, 1);
        }
    }

    /// The cells that the stamp does not know.
    fn unknown(self) -> Option<(Position, i64)> {
        let mut all = None;
        let unknown = self.by_mark.into_iter().filter(|(mark, _)| !self.stamp.knows(*mark));
        for (position, cells) in unknown.map(|(_, found)| found).chain(self.beyond) {
            add(&mut all, position, cells);
        }
        all
    }
}

/// Adds cells, of which the first one is kept.
fn add(all: &mut Option<(Position, i64)>, position: Position, cells: i64) {
    let (first, count) = all.get_or_insert((position, 0));
    *count += cells;
    if (position.row, position.column) < (first.row, first.column) {
        *first = position;
    }
}

//! The edges of what is read of a sheet: how many cells of its rows are values of users, which stand beside the keys or above them, where
//! rows of a csv file end too early or too late, and headings that stand between the rows once more.

use std::collections::BTreeMap;

use directory::{
    Code, Decision, Decisions, Exactness, Field, FieldNumber, Fields, PlanCell, Reading, Reason, State,
    Verdict, Wrong, cells_inside, rows_inside, standard,
};
use store::Warning;
use workbook::{Area, Asides, Batch, Cell, Position, Row};

use super::head::{Column, Head};
use super::merges::{Merges, over_users};

/// What is known of a sheet once all of it was read.
#[derive(Default)]
pub(crate) struct End {
    /// Whether the last line of a csv file has no end.
    pub(crate) is_cut: bool,
    /// Cells that stand beyond all columns that are read.
    pub(crate) unread: i64,
    /// The merged cells.
    pub(crate) merged: Vec<Area>,
    /// What lies on the sheet and is no cell.
    pub(crate) asides: Asides,
}

/// What stands at the edges of the rows of the parts that were merged so far.
#[derive(Debug, Default)]
pub(crate) struct Edges {
    /// Cells of users, and cells that are none, by part and reason.
    pub(crate) read: i64,
    unread: BTreeMap<(u16, Reason), i64>,
    /// The part at hand.
    part: u16,
    /// What lies on the sheets and is no cell, as far as reading them tells it.
    pub(crate) asides: Asides,
    /// Of those that are none: by part and column, where the column has no key of a field that is in use.
    beside: BTreeMap<(u16, u32), i64>,
    /// Right of the last key, with the first of them.
    beyond: Option<(Position, i64)>,
    /// The same beyond all columns that are read.
    far: i64,
    /// Above the titles.
    above: i64,
    /// Headings between the rows: the first row, and their cells.
    headings: Option<(u32, i64)>,
    /// Rows that end before a column where the user has a value.
    missing: BTreeMap<FieldNumber, i64>,
    /// Cells of columns without a key that are edited, with the column.
    lost: BTreeMap<FieldNumber, (u32, i64)>,
    /// The last row, whether it ends early, and how many rows do.
    last: (u32, bool),
    short: i64,
    /// The last row that was cut within a value, or before one.
    cut: u32,
    /// Lines that end with the file, each the last row of a part.
    cut_lines: Vec<u32>,
    /// Cells that lie over several cells of users, of the part that is read.
    pub(crate) merges: Merges,
    /// The same of parts of which no earlier pass knew them.
    pub(crate) merged: BTreeMap<u16, Vec<Area>>,
    /// What refuses the file.
    pub(crate) refused: Option<Wrong>,
}

impl Edges {
    /// Counts the cells of some rows.
    pub(crate) fn count_batch(&mut self, file: u16, batch: &Batch, head: &Head) {
        self.part = file;
        self.merges.note(batch);
        for row in batch.iter() {
            match head.is_of_users(row.number) {
                true => self.count(file, &row, head),
                false => self.count_head(&row, head),
            }
        }
    }

    /// Counts the cells of a row that is not one of users.
    fn count_head(&mut self, row: &Row<'_>, head: &Head) {
        let cells = row.columns().len() as i64;
        let is_above = row.number != head.key_row && row.number < head.title_row;
        self.above += if is_above { cells } else { 0 };
        self.add(if is_above { Reason::RowsAboveKeys } else { Reason::Headings }, cells);
    }

    /// Counts the cells of a row of users.
    fn count(&mut self, file: u16, row: &Row<'_>, head: &Head) {
        // The cells of nearly every row stand in columns that are read, one and all.
        let columns = row.columns();
        self.read += columns.len() as i64;
        if row.columns().next_back().is_some_and(|last| last > head.read_through) {
            for column in columns.filter(|column| !head.is_read(*column)) {
                self.count_unread((file, row.number, column), head);
            }
        }
        let is_short = head.width.zip(row.width()).is_some_and(|(keys, width)| width < keys);
        self.last = (row.number, is_short);
        self.short += i64::from(is_short);
    }

    /// Counts a cell that is none of users after all.
    fn count_unread(&mut self, (file, row, column): (u16, u32, u32), head: &Head) {
        self.read -= 1;
        if column > head.last_column {
            self.beyond.get_or_insert((Position { row, column }, 0)).1 += 1;
            self.add(Reason::CellsBeyondKeys, 1);
        } else {
            *self.beside.entry((file, column)).or_default() += 1;
        }
    }

    /// Counts the cells of rows that stand inside a cell of the plan.
    pub(crate) fn note_inside(&mut self, cells: &[PlanCell]) {
        let inside = cells.iter().filter_map(|cell| cell.wrong.as_ref()).map(cells_inside).sum();
        self.add(Reason::InsideCell, inside);
    }

    fn add(&mut self, reason: Reason, cells: i64) {
        if cells > 0 {
            *self.unread.entry((self.part, reason)).or_default() += cells;
        }
    }

    /// The cells of a part that are no values of users, by reason.
    pub(crate) fn unread_of(&self, part: u16) -> impl Iterator<Item = (Reason, i64)> {
        let beside: i64 = self.beside.range((part, 0)..=(part, u32::MAX)).map(|(_, cells)| cells).sum();
        let of_part =
            self.unread.range((part, Reason::Headings)..).take_while(move |((of, _), _)| *of == part);
        let of_part = of_part.map(|((_, reason), cells)| (*reason, *cells));
        of_part.chain((beside > 0).then_some((Reason::ColumnWithoutKey, beside)))
    }

    /// Whether a row is the titles or the keys once more, which are skipped; the keys of another download refuse the file.
    pub(crate) fn is_heading(&mut self, row: &Row<'_>, head: &Head) -> bool {
        let is_keys = directory::is_key_row(row);
        if is_keys && !head.keys.is_same(row, |column| head.is_read(column)) {
            self.refused = Some(Wrong::with(Code::OtherHeadings, row.number.to_string()));
            return true;
        }
        if !is_keys && !head.titles.is_same(row, |column| head.is_read(column)) && !head.is_titles(row) {
            return false;
        }
        let cells = row.cells().filter(|cell| head.is_read(cell.position.column)).count() as i64;
        self.read -= cells;
        self.add(Reason::HeadingsAgain, cells);
        self.headings.get_or_insert((row.number, 0)).1 += cells;
        true
    }

    /// A cell in a column that is not read which holds rows of the file: a quotation mark opened there that closes rows later.
    pub(crate) fn swallowing(row: &Row<'_>, head: &Head) -> Option<(u32, Wrong)> {
        row.width()?;
        if row.columns().next_back()? <= head.read_through {
            return None;
        }
        let mut beside = row.cells().filter(|cell| !head.is_read(cell.position.column));
        beside.find_map(|cell| Some((cell.position.column, rows_inside(None, cell.raw)?)))
    }

    /// Whether an empty cell of a row may lie beyond the end of its line, or under a merged cell.
    pub(crate) fn may_lack(&self, row: &Row<'_>, column: u32) -> bool {
        row.width().is_some_and(|width| column > width) || !self.merges.is_empty()
    }

    /// What is to be said of an empty cell that stands in no line though the user has a value, or under a merged cell.
    pub(crate) fn missing(
        &mut self,
        row: u32,
        column: &Column,
        base: Option<&str>,
        decisions: &Decisions,
    ) -> Missing {
        if !self.merges.is_empty() {
            return match self.merges.covered(row, column, base) {
                None => Missing::Empty,
                Some(None) => Missing::Kept,
                Some(Some(wrong)) => Missing::Asked(wrong),
            };
        }
        let field = column.today.number;
        if base.is_none() || decisions.hold(Decision::MissingCleared, field) {
            return Missing::Empty;
        }
        if decisions.hold(Decision::KeepMissing, field) {
            return Missing::Kept;
        }
        *self.missing.entry(field).or_default() += 1;
        self.cut = row;
        let suggestions = vec![column.at_base.shown(base, None)];
        Missing::Asked(Wrong { suggestions, ..Wrong::plain(Code::RowCut) })
    }

    /// Notes a cell of a column that is known by its title alone, where it is not as it was at the download.
    pub(crate) fn note_lost(
        &mut self,
        column: &Column,
        row: &Row<'_>,
        base: Option<&str>,
        (exactness, reading): (Exactness, &Reading),
    ) {
        let cell = row.cell(column.column);
        let (at_base, today) = (&column.at_base, &column.today);
        let verdict = directory::merge(at_base, today, reading, exactness, base, base, cell.as_ref());
        if !matches!(verdict, Verdict::Unedited | Verdict::Kept(_)) {
            self.lost.entry(column.today.number).or_insert((column.column, 0)).1 += 1;
        }
    }

    /// Notes that the last cell of a row is the beginning of what it was, or empty where something was.
    pub(crate) fn note_last(
        &mut self,
        row: &Row<'_>,
        column: u32,
        cell: Option<&Cell<'_>>,
        (at_base, base): (&Field, Option<&str>),
    ) {
        let is_last = row.width() == Some(column);
        let is_begun = |base: &str| {
            let (was, is) = (at_base.shown(Some(base), None), cell.map_or("", |cell| cell.raw));
            was.len() > is.len() && was.starts_with(is)
        };
        if is_last && base.is_some_and(is_begun) {
            self.cut = row.number;
        }
    }

    /// Ends a part: whether its last line ends with the file, and the merged cells that it has.
    pub(crate) fn end(&mut self, (file, head): (u16, &Head), end: End) {
        self.end_columns(&end, file);
        let (ends_cut, areas) = (end.is_cut, over_users(end.merged, head));
        if self.merges.is_empty() && !areas.is_empty() {
            self.merged.insert(file, areas);
        }
        let (row, is_short) = std::mem::take(&mut self.last);
        if ends_cut && row > 0 && (self.cut == row || is_short && self.short == 1) {
            self.cut_lines.push(row);
        }
        (self.cut, self.short) = (0, 0);
    }

    /// Counts what stands beyond all columns that are read, and what is no cell.
    fn end_columns(&mut self, end: &End, part: u16) {
        self.part = part;
        self.add(Reason::CellsBeyondKeys, end.unread);
        self.far += end.unread;
        self.asides.comments += end.asides.comments;
        self.asides.drawings += end.asides.drawings;
    }

    /// What is said of the edges.
    pub(crate) fn warnings(&self, fields: &Fields, decisions: &Decisions) -> Vec<Warning> {
        let said = |code, place, cells, detail| Warning { code, place, cells, detail };
        let missing = self.missing.iter().map(|(field, cells)| {
            let key = fields.get(*field).map(|field| field.key.clone()).unwrap_or_default();
            said(Code::CellsMissing, key, *cells, None)
        });
        // Of those that no cell names, nothing is kept: whoever reads it is told that they are far right.
        let first = self.beyond.map_or_else(String::new, |(first, _)| first.to_string());
        let beyond = self.beyond.map_or(0, |(_, cells)| cells) + self.far;
        let place = self.beyond.map(|_| first.clone()).unwrap_or_default();
        let beyond = (beyond > 0).then(|| said(Code::CellsBeyondKeys, place, beyond, Some(first)));
        let headings = self.headings.map(|(row, cells)| {
            said(Code::HeadingsAgain, Position { row, column: 1 }.to_string(), cells, Some(row.to_string()))
        });
        let above = (self.above > 0).then(|| said(Code::RowsAboveKeys, String::new(), self.above, None));
        let is_whole = decisions.hold(Decision::FileIsWhole, standard::USER);
        let cut = self.cut_lines.first().filter(|_| !is_whole).map(|row| {
            said(Code::LastLineCut, Position { row: *row, column: 1 }.to_string(), 1, Some(row.to_string()))
        });
        let open = |field| {
            ![Decision::ReadColumn, Decision::IgnoreColumn].iter().any(|said| decisions.hold(*said, field))
        };
        let lost = self.lost.iter().filter(|(field, _)| open(**field)).map(|(field, (column, cells))| {
            let key = fields.get(*field).map(|field| field.key.clone()).unwrap_or_default();
            said(Code::KeyMissing, key, *cells, Some(letters_of(*column)))
        });
        missing.chain(lost).chain(beyond).chain(headings).chain(above).chain(cut).collect()
    }

    /// Columns of a part that have neither a key nor a title that is told, and cells all the same: the first of them, and the cells.
    pub(crate) fn untold(&self, part: u16, told: &[u32]) -> Option<(u32, i64)> {
        let of_part = self.beside.range((part, 0)..=(part, u32::MAX));
        let untold = of_part.filter(|((_, column), _)| !told.contains(column));
        untold.fold(None, |found, ((_, column), cells)| {
            let (first, sum) = found.unwrap_or((*column, 0));
            Some((first, sum + cells))
        })
    }

    /// How many cells of a part stand in a column without a key.
    pub(crate) fn beside(&self, file: u16, column: u32) -> i64 {
        self.beside.get(&(file, column)).copied().unwrap_or_default()
    }
}

/// The letters of a column: `G`.
pub(crate) fn letters_of(column: u32) -> String {
    let place = Position { row: 1, column }.to_string();
    place.trim_end_matches(char::is_numeric).to_owned()
}

/// What becomes of a cell that stands in no line.
pub(crate) enum Missing {
    /// It is empty, as any other.
    Empty,
    Kept,
    Asked(Wrong),
}

/// Whether a row of a csv file has more fields than its keys, and its cells have moved: the last column is another value, or two columns
/// side by side are. What stands behind rows that did not change otherwise is of the person's own.
pub(crate) fn is_wide(row: &Row<'_>, head: &Head, edits: &[PlanCell]) -> bool {
    let Some((keys, width)) = head.width.zip(row.width()) else { return false };
    if width <= keys {
        return false;
    }
    let columns: Vec<u32> = edits
        .iter()
        .filter(|cell| !matches!(cell.state, State::PutBack | State::Damage))
        .map(|cell| cell.column)
        .collect();
    let last = head.columns.iter().map(|column| column.column).max().unwrap_or_default();
    let is_moved = columns.iter().any(|column| columns.contains(&(column + 1)));
    is_moved || has_more(row, head) && columns.contains(&last)
}

/// Whether a row of a csv file has cells that are not empty right of the last key.
pub(crate) fn has_more(row: &Row<'_>, head: &Head) -> bool {
    let is_wider = head.width.zip(row.width()).is_some_and(|(keys, width)| width > keys);
    is_wider && row.cells().any(|cell| cell.position.column > head.last_column)
}

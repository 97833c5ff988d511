//! Rows that own their text, packed so that a million cells cost no million allocations.

use crate::{Cell, CellDate, Defect, Kind, Limits, Position, Refusal};

/// Text that a batch holds before it counts as full, whatever number of rows was asked for: it bounds memory.
const FULL: usize = 2 << 20;

/// Rows that own their text, packed in one arena; made once and filled again and again, and sent between threads.
#[derive(Debug, Default, Clone)]
pub struct Batch {
    text: String,
    /// The same memory as `text`, while the batch is being filled and its text is not yet known to be UTF-8.
    filling: Vec<u8>,
    rows: Vec<RowRecord>,
    cells: Vec<CellRecord>,
}

#[derive(Debug, Clone, Copy)]
struct RowRecord {
    number: u32,
    hidden: bool,
    /// How many fields it was written with; 0 where that is not told.
    width: u32,
    /// The place of its first cell; its last is before the first of the next row.
    cells: u32,
}

#[derive(Debug, Clone, Copy)]
struct CellRecord {
    start: u32,
    length: u32,
    column: u32,
    stored: Stored,
}

/// What is known of a cell besides its place and its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stored {
    pub(crate) kind: Kind,
    pub(crate) zeros: u8,
    /// Bytes of what the spreadsheet shows of it, behind its text; 0 where its text says that.
    pub(crate) shown: u16,
    pub(crate) formula: bool,
    pub(crate) date: Option<CellDate>,
    pub(crate) defect: Option<Defect>,
}

impl Stored {
    /// A cell of this kind and nothing else to say of it.
    pub(crate) fn plain(kind: Kind) -> Self {
        Self { kind, zeros: 0, shown: 0, formula: false, date: None, defect: None }
    }

    /// A cell that could not be read.
    pub(crate) fn defective(defect: Defect) -> Self {
        Self { defect: Some(defect), ..Self::plain(Kind::Error) }
    }
}

/// One row of a batch.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r> {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Whether the spreadsheet hides it.
    pub hidden: bool,
    width: u32,
    text: &'r str,
    cells: &'r [CellRecord],
}

impl Batch {
    /// An empty batch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets the rows and keeps the memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.filling.clear();
        self.rows.clear();
        self.cells.clear();
    }

    /// How many rows it holds.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row at this place of the batch, from 0.
    ///
    /// # Panics
    /// Beyond the end, as a slice does.
    pub fn row(&self, index: usize) -> Row<'_> {
        let row = self.rows[index];
        let end = self.rows.get(index + 1).map_or(self.cells.len(), |next| next.cells as usize);
        let cells = &self.cells[row.cells as usize..end];
        Row { number: row.number, hidden: row.hidden, width: row.width, text: &self.text, cells }
    }

    /// The rows in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).map(|index| self.row(index))
    }

    /// Empties the batch and makes it ready to be filled.
    pub(crate) fn open(&mut self) {
        self.clear();
        self.filling = std::mem::take(&mut self.text).into_bytes();
    }

    /// Bytes of text that it holds.
    pub(crate) fn text_length(&self) -> u64 {
        self.filling.len() as u64
    }

    /// Whether it holds this many rows, or as much text as is held at once.
    pub(crate) fn is_full(&self, most: usize) -> bool {
        self.rows.len() >= most || self.filling.len() >= FULL
    }

    /// Ends the filling: the text must be UTF-8.
    pub(crate) fn seal(&mut self) -> Result<(), Refusal> {
        match String::from_utf8(std::mem::take(&mut self.filling)) {
            Ok(text) => {
                self.text = text;
                Ok(())
            }
            Err(error) => {
                self.filling = error.into_bytes();
                self.clear();
                Err(Refusal::Damaged("the text of a cell is not UTF-8".to_owned()))
            }
        }
    }

    /// Starts a row.
    pub(crate) fn start_row(&mut self, number: u32, hidden: bool) {
        self.rows.push(RowRecord { number, hidden, width: 0, cells: self.cells.len() as u32 });
    }

    /// Says with how many fields the row is written.
    pub(crate) fn set_width(&mut self, width: u32) {
        if let Some(row) = self.rows.last_mut() {
            row.width = width;
        }
    }

    /// Ends the row: cells in order of their columns, and of several in one place the last. A row without cells is
    /// taken back; false then.
    pub(crate) fn end_row(&mut self) -> bool {
        let Some(row) = self.rows.last() else { return false };
        let first = row.cells as usize;
        let cells = &mut self.cells[first..];
        if cells.is_empty() {
            self.rows.pop();
            return false;
        }
        if !cells.is_sorted_by(|one, other| one.column < other.column) {
            cells.sort_by_key(|cell| cell.column);
            self.keep_last_of_each_place(first);
        }
        true
    }

    /// Adds the text of a cell from here on; the place to hand to [`Batch::push`].
    #[inline]
    pub(crate) fn mark(&self) -> usize {
        self.filling.len()
    }

    /// The text being filled.
    #[inline]
    pub(crate) fn text_mut(&mut self) -> &mut Vec<u8> {
        &mut self.filling
    }

    /// The text since this mark.
    #[inline]
    pub(crate) fn since(&self, mark: usize) -> &[u8] {
        &self.filling[mark..]
    }

    /// Adds a cell whose text starts at this mark.
    #[inline]
    pub(crate) fn push(&mut self, column: u32, mark: usize, stored: Stored) {
        let length = (self.filling.len() - mark) as u32;
        self.cells.push(CellRecord { start: mark as u32, length, column, stored });
    }

    /// Adds a cell of text; cut and marked when it holds more than a cell may. Empty text is no cell.
    pub(crate) fn push_text(&mut self, column: u32, mark: usize, stored: Stored, limits: &Limits) {
        let text = &self.filling[mark..];
        if text.is_empty() {
            return;
        }
        if text.len() <= limits.cell as usize {
            return self.push(column, mark, stored);
        }
        match cut_at(text, limits.cell as usize) {
            None => self.push(column, mark, stored),
            Some(keep) => {
                self.filling.truncate(mark + keep);
                self.push(
                    column,
                    mark,
                    Stored { formula: stored.formula, ..Stored::defective(Defect::TooLong) },
                );
            }
        }
    }

    /// Adds a cell whose text starts at this mark and of which the spreadsheet shows another text.
    pub(crate) fn push_shown(
        &mut self,
        column: u32,
        mark: usize,
        stored: Stored,
        shown: &str,
        limits: &Limits,
    ) {
        let cells = self.cells.len();
        self.push_text(column, mark, stored, limits);
        let length = u16::try_from(shown.len()).unwrap_or(0);
        if let Some(cell) =
            self.cells.get_mut(cells).filter(|cell| length > 0 && cell.stored.defect.is_none())
        {
            cell.stored.shown = length;
            self.filling.extend_from_slice(shown.as_bytes());
        }
    }

    /// Gives the cells of the last row once more, as another row.
    pub(crate) fn repeat_row(&mut self, source: &Batch, number: u32) {
        let row = source.row(0);
        self.start_row(number, row.hidden);
        for cell in row.cells {
            let mark = self.mark();
            let end = (cell.start + cell.length) as usize;
            let text = &source.text.as_bytes()[cell.start as usize..end];
            self.filling.extend_from_slice(text);
            self.push(cell.column, mark, cell.stored);
            let shown = &source.text.as_bytes()[end..end + usize::from(cell.stored.shown)];
            self.filling.extend_from_slice(shown);
        }
    }

    /// Refuses a row that holds more text than one may since this mark, or the same cell again and again.
    #[inline]
    pub(crate) fn check_row(&self, from: usize, limits: &Limits) -> Result<(), Refusal> {
        if (self.filling.len() - from) as u64 > limits.row {
            return Err(Refusal::RowTooLong(limits.row));
        }
        let cells = self.rows.last().map_or(0, |row| self.cells.len() - row.cells as usize);
        if cells > 4 * limits.columns as usize {
            return Err(Refusal::Damaged("a row with the same cell again and again".to_owned()));
        }
        Ok(())
    }

    fn keep_last_of_each_place(&mut self, first: usize) {
        let mut kept = first;
        for at in first..self.cells.len() {
            let last = self.cells.get(at + 1).is_none_or(|next| next.column != self.cells[at].column);
            if last {
                self.cells[kept] = self.cells[at];
                kept += 1;
            }
        }
        self.cells.truncate(kept);
    }
}

/// How many places a cell is looked for one by one, before its row is searched.
const NEAR: usize = 4;

impl<'r> Row<'r> {
    /// The cells that are not empty, by column.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'r>> + use<'r> {
        let row = *self;
        row.cells.iter().map(move |cell| row.give(cell))
    }

    /// The columns of the cells that are not empty, in order.
    pub fn columns(&self) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + use<'r> {
        let cells = self.cells;
        cells.iter().map(|cell| cell.column)
    }

    /// How many fields a csv row was written with, the empty ones counted, and those beyond the columns that are read too; none in
    /// other formats, whose rows end where their cells do.
    pub fn width(&self) -> Option<u32> {
        (self.width > 0).then_some(self.width)
    }

    /// The cell in this column (from 1), if it is not empty.
    pub fn cell(&self, column: u32) -> Option<Cell<'r>> {
        // Most rows lack few cells: then it stands in its own place, or a little before it.
        let cells = self.cells.get(..column as usize).unwrap_or(self.cells);
        let near = cells.iter().rev().take(NEAR).find(|cell| cell.column <= column);
        let found = match near {
            Some(cell) => (cell.column == column).then_some(cell),
            None => cells.binary_search_by_key(&column, |cell| cell.column).ok().map(|at| &cells[at]),
        };
        found.map(|cell| self.give(cell))
    }

    fn give(&self, cell: &CellRecord) -> Cell<'r> {
        let Stored { kind, zeros, shown, formula, date, defect } = cell.stored;
        let (start, end) = (cell.start as usize, (cell.start + cell.length) as usize);
        Cell {
            position: Position { row: self.number, column: cell.column },
            kind,
            raw: self.text.get(start..end).unwrap_or_default(),
            zeros,
            formatted: self.text.get(end..end + usize::from(shown)).filter(|text| !text.is_empty()),
            date,
            formula,
            defect,
        }
    }
}

/// Where text must be cut to hold at most this many UTF-16 units; none when it holds no more.
fn cut_at(text: &[u8], most: usize) -> Option<usize> {
    let mut units = 0;
    for (at, &byte) in text.iter().enumerate() {
        // The first byte of a character counts, a character of four bytes twice.
        units += match byte {
            0x80..=0xBF => 0,
            0xF0.. => 2,
            _ => 1,
        };
        if units > most {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(cells: &[(u32, &str)], limits: &Limits) -> Batch {
        let mut batch = Batch::new();
        batch.open();
        batch.start_row(7, false);
        for (column, text) in cells {
            let mark = batch.mark();
            batch.text_mut().extend_from_slice(text.as_bytes());
            batch.push_text(*column, mark, Stored::plain(Kind::Text), limits);
        }
        batch.end_row();
        batch.seal().expect("UTF-8");
        batch
    }

    fn check(cells: &[(u32, &str)], expected: &str) {
        let batch = filled(cells, &Limits { cell: 4, ..Limits::default() });
        let found: Vec<String> = batch
            .iter()
            .flat_map(|row| row.cells().collect::<Vec<_>>())
            .map(|cell| {
                format!("{}={}{}", cell.position, cell.raw, if cell.defect.is_some() { "!" } else { "" })
            })
            .collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn cells_of_a_row() {
        check(&[(1, "a"), (2, "b")], "A7=a B7=b");
        check(&[(2, "b"), (1, "a")], "A7=a B7=b");
        check(&[(2, "b"), (1, "a"), (2, "c")], "A7=a B7=c");
        check(&[(1, ""), (3, "")], "");
        check(&[(1, "four"), (2, "fives")], "A7=four B7=five!");
        check(
            &[(1, "\u{1F600}\u{1F600}"), (2, "\u{1F600}ab\u{1F600}")],
            "A7=\u{1F600}\u{1F600} B7=\u{1F600}ab!",
        );
    }

    #[test]
    fn a_cell_is_found_by_its_column() {
        let batch = filled(&[(1, "a"), (3, "c"), (4, "d")], &Limits::default());
        let found: Vec<_> = (0..6).map(|column| batch.row(0).cell(column).map(|cell| cell.raw)).collect();
        assert_eq!(found, [None, Some("a"), None, Some("c"), Some("d"), None]);
    }

    #[test]
    fn text_that_is_not_utf8_is_refused() {
        let mut batch = Batch::new();
        batch.open();
        batch.text_mut().push(0xFF);
        assert_eq!(batch.seal().expect_err("refused").code(), "file_damaged");
        assert!(batch.is_empty());
    }
}

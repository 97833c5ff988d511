//! The rows of one table (ODF 1.3 part 3, 9.1), streamed. A row or a cell may stand for many: those without a value are
//! passed over, the others are given as often as they are meant.

use super::cell::{CellReader, note_aside, number};
use crate::batch::Batch;
use crate::merged::Merged;
use crate::xml::{Tag, Token, Xml};
use crate::{Area, Asides, Limits, Position, Progress, Refusal};

/// What ends a table. It is looked for as bytes: what lies between is no business of the one who wants another table.
pub(super) const TABLE_END: &[u8] = b"</table:table>";
/// How much is held before the fast reading of cells is tried.
const AHEAD: usize = 4096;

/// Of rows that stand for many so many are noted as merged.
const MOST_ROWS: usize = 10_000;

/// The rows of a table.
pub(crate) struct OdsRows<'b> {
    xml: Xml<'b>,
    limits: &'b Limits,
    cell: CellReader,
    /// How many elements are open within the table itself.
    depth: usize,
    /// The last row's number, and how many had cells.
    row: u32,
    given: u32,
    ended: bool,
    /// A row that stands for many, and how many are still to be given.
    repeated: Batch,
    repeats: u32,
    /// The columns passed over so far, while the table still lists them.
    columns: u32,
    hidden_columns: Vec<(u32, u32)>,
    unread: u64,
    merged: Merged,
}

impl<'b> OdsRows<'b> {
    /// The table whose start was read last.
    pub(crate) fn new(xml: Xml<'b>, limits: &'b Limits, ended: bool) -> Self {
        Self {
            depth: xml.depth(),
            xml,
            limits,
            cell: CellReader::new(),
            row: 0,
            given: 0,
            ended,
            repeated: Batch::new(),
            repeats: 0,
            columns: 0,
            hidden_columns: Vec::new(),
            unread: 0,
            merged: Merged::default(),
        }
    }

    /// Fills the batch; see [`crate::Rows::fill`].
    pub(crate) fn fill(&mut self, batch: &mut Batch, most: usize) -> Result<(), Refusal> {
        self.read(batch, most)?;
        // What follows the table is no business of its rows, but the checksum is that of the whole part.
        if self.is_over() { self.xml.drain() } else { Ok(()) }
    }

    /// Fills the batch and reads no further than the table.
    pub(crate) fn read(&mut self, batch: &mut Batch, most: usize) -> Result<(), Refusal> {
        while !batch.is_full(most) {
            if self.repeats > 0 {
                self.repeats -= 1;
                self.row = self.row.saturating_add(1);
                batch.repeat_row(&self.repeated, self.row);
                self.count()?;
            } else if self.ended {
                break;
            } else {
                self.next_row(batch)?;
            }
        }
        Ok(())
    }

    /// Whether all rows were given.
    pub(crate) fn is_over(&self) -> bool {
        self.ended && self.repeats == 0
    }

    /// What follows the table, whether all its rows were given or not.
    pub(crate) fn into_rest(mut self) -> Result<Xml<'b>, Refusal> {
        if !self.ended {
            self.xml.close_to(self.depth);
            self.xml.skip_to(TABLE_END)?;
        }
        Ok(self.xml)
    }

    /// How far it is.
    pub(crate) fn progress(&self) -> Progress {
        self.xml.progress()
    }

    /// The ranges of columns that the table hides, first and last.
    pub(crate) fn hidden_columns(&self) -> &[(u32, u32)] {
        &self.hidden_columns
    }

    /// The ranges of merged cells so far.
    pub(crate) fn merged(&self) -> &Merged {
        &self.merged
    }

    /// How many cells stood beyond the columns that are read.
    pub(crate) fn unread(&self) -> u64 {
        self.unread
    }

    /// How many comments and drawings there were so far.
    pub(crate) fn asides(&self) -> Asides {
        self.cell.asides
    }

    /// Counts the drawings that lie on the table and on none of its cells.
    fn count_shapes(&mut self) -> Result<(), Refusal> {
        let depth = self.xml.depth();
        while self.xml.depth() >= depth {
            match self.xml.next()? {
                Token::Start(tag) => {
                    note_aside(tag.name, &mut self.cell.asides);
                    if !tag.closed {
                        self.xml.skip()?;
                    }
                }
                Token::Done => break,
                Token::End(_) | Token::Text(_) => {}
            }
        }
        Ok(())
    }

    /// Reads up to the end of the next row, or of the table, or over what is neither.
    fn next_row(&mut self, batch: &mut Batch) -> Result<(), Refusal> {
        match self.xml.next()? {
            Token::Start(tag) => match tag.name {
                b"table:table-row" => {
                    let (repeated, hidden, closed) = row_head(&tag);
                    if closed {
                        self.row = self.row.saturating_add(repeated);
                    } else {
                        self.read_row(batch, repeated, hidden)?;
                    }
                }
                b"table:table-column" => {
                    let (repeated, hidden, closed) = column_head(&tag);
                    let first = self.columns.saturating_add(1);
                    self.columns = self.columns.saturating_add(repeated);
                    if hidden && self.hidden_columns.len() < self.limits.columns as usize {
                        self.hidden_columns.push((first, self.columns));
                    }
                    if !closed {
                        self.xml.skip()?;
                    }
                }
                b"table:shapes" if !tag.closed => self.count_shapes()?,
                b"table:table-rows" | b"table:table-header-rows" | b"table:table-row-group" => {}
                b"table:table-columns" | b"table:table-header-columns" | b"table:table-column-group" => {}
                _ => {
                    if !tag.closed {
                        self.xml.skip()?;
                    }
                }
            },
            Token::End(b"table:table") | Token::Done => self.ended = true,
            Token::End(_) | Token::Text(_) => {}
        }
        Ok(())
    }

    fn read_row(&mut self, batch: &mut Batch, repeated: u32, hidden: bool) -> Result<(), Refusal> {
        let number = self.row.saturating_add(1);
        if repeated == 1 {
            self.row = number;
            batch.start_row(number, hidden);
            self.read_cells(batch, 1)?;
            return if batch.end_row() { self.count() } else { Ok(()) };
        }
        let mut row = std::mem::take(&mut self.repeated);
        row.open();
        row.start_row(number, hidden);
        let unread = self.unread;
        self.read_cells(&mut row, repeated)?;
        self.unread += (self.unread - unread).saturating_mul(u64::from(repeated) - 1);
        let filled = row.end_row();
        row.seal()?;
        self.repeated = row;
        if filled {
            self.repeats = repeated;
        } else {
            self.row = self.row.saturating_add(repeated);
        }
        Ok(())
    }

    fn count(&mut self) -> Result<(), Refusal> {
        self.given = self.given.saturating_add(1);
        if self.given > self.limits.rows { Err(Refusal::TooManyRows(self.limits.rows)) } else { Ok(()) }
    }

    /// Notes that the last cell is merged with those behind and below it (ODF 1.3 part 3, 19.685 and 19.687), in each row.
    #[cold]
    fn merge(&mut self, column: u32, rows: u32) {
        let (columns, down) = self.cell.spanned;
        // Of rows that are repeated the last was counted already when it is the only one.
        let first = if rows == 1 { self.row } else { self.row.saturating_add(1) };
        for row in (first..first.saturating_add(rows)).take(MOST_ROWS) {
            let last =
                Position { row: row.saturating_add(down - 1), column: column.saturating_add(columns - 1) };
            self.merged.add(Area { first: Position { row, column }, last });
        }
    }

    /// Reads the cells up to the end of a row that stands for so many.
    fn read_cells(&mut self, batch: &mut Batch, rows: u32) -> Result<(), Refusal> {
        let from = batch.mark();
        let mut column: u32 = 1;
        loop {
            let tag = match self.xml.next()? {
                Token::Start(tag) => tag,
                // What ends here is the row; text between cells is white space.
                Token::End(_) | Token::Done => return Ok(()),
                Token::Text(_) => continue,
            };
            let closed = tag.closed;
            if !matches!(tag.name, b"table:table-cell" | b"table:covered-table-cell") {
                if !closed {
                    self.xml.skip()?;
                }
                continue;
            }
            self.cell.start(&tag);
            if !closed {
                match plain_content(self.xml.ahead(AHEAD)?) {
                    Some((text, length)) => {
                        self.cell.plain_paragraph(text);
                        self.xml.take(length);
                        self.xml.close();
                    }
                    None => self.cell.read(&mut self.xml, self.limits)?,
                }
            }
            if self.cell.spanned != (1, 1) {
                self.merge(column, rows);
            }
            self.unread += self.cell.put(batch, column, self.limits)?;
            batch.check_row(from, self.limits)?;
            column = column.saturating_add(self.cell.repeated);
        }
    }
}

/// The text of a cell that holds one paragraph of plain text and nothing else, and the length up to the cell's end.
fn plain_content(bytes: &[u8]) -> Option<(&[u8], usize)> {
    const END: &[u8] = b"</text:p></table:table-cell>";
    let rest = bytes.strip_prefix(b"<text:p>")?;
    let length = memchr::memchr(b'<', rest)?;
    rest[length..].starts_with(END).then(|| (&rest[..length], 8 + length + END.len()))
}

/// How many rows this one stands for, whether it is hidden, and whether it is empty.
fn row_head(tag: &Tag<'_>) -> (u32, bool, bool) {
    let (mut repeated, mut hidden) = (1, false);
    for (name, value) in tag.attributes() {
        match name {
            b"table:number-rows-repeated" => repeated = number(value),
            b"table:visibility" => hidden = matches!(value, b"collapse" | b"filter"),
            _ => {}
        }
    }
    (repeated, hidden, tag.closed)
}

/// How many columns this one stands for, and whether they are hidden.
fn column_head(tag: &Tag<'_>) -> (u32, bool, bool) {
    let repeated = tag.attribute("table:number-columns-repeated").map_or(1, |count| number(count.as_bytes()));
    (repeated, tag.attribute("table:visibility").is_some_and(|seen| seen == "collapse"), tag.closed)
}

//! The rows of one worksheet (ECMA-376 part 1, 18.3.1), streamed. Nothing the sheet claims about itself is believed:
//! its dimension is ignored, and rows and cells may stand in any order, or without saying where.

use super::fast;
use super::value::{Context, Head, Type};
use crate::batch::Batch;
use crate::merged::Merged;
use crate::xml::{Tag, Text, Token, Xml};
use crate::{Position, Progress, Refusal};

/// The last row that a sheet can have (ECMA-376 part 1, 18.3.1.73).
const LAST_ROW: u32 = 1_048_576;
/// How much is held before the fast reading of cells is tried.
const AHEAD: usize = 4096;

/// The rows of a sheet.
pub(crate) struct SheetRows<'b> {
    xml: Xml<'b>,
    context: Context<'b>,
    /// What stands before the names of the sheet's own elements: nothing, or `x:`.
    prefix: Vec<u8>,
    /// The last row's number, and how many had cells.
    row: u32,
    given: u32,
    ended: bool,
    /// The text of the cell that is read token by token.
    slow: Vec<u8>,
    hidden_columns: Vec<(u32, u32)>,
    unread: u64,
    merged: Merged,
}

/// What the tag of a row says.
struct RowHead {
    number: Option<u32>,
    hidden: bool,
    closed: bool,
}

impl<'b> SheetRows<'b> {
    /// Goes to the first row.
    pub(crate) fn open(mut xml: Xml<'b>, context: Context<'b>) -> Result<Self, Refusal> {
        let mut prefix = None;
        let mut hidden_columns = Vec::new();
        let ended = loop {
            match xml.next()? {
                Token::Start(tag) => {
                    prefix.get_or_insert_with(|| tag.name[..tag.name.len() - tag.local().len()].to_vec());
                    match tag.local() {
                        b"sheetData" => break tag.closed,
                        b"col" if hidden_columns.len() < context.limits.columns as usize => {
                            hidden_columns.extend(hidden_column(&tag));
                        }
                        _ => {}
                    }
                }
                Token::Done => break true,
                Token::End(_) | Token::Text(_) => {}
            }
        };
        let prefix = prefix.unwrap_or_default();
        Ok(Self {
            xml,
            context,
            prefix,
            row: 0,
            given: 0,
            ended,
            slow: Vec::new(),
            hidden_columns,
            unread: 0,
            merged: Merged::default(),
        })
    }

    /// Fills the batch; see [`crate::Rows::fill`].
    pub(crate) fn fill(&mut self, batch: &mut Batch, most: usize) -> Result<(), Refusal> {
        while !self.ended && !batch.is_full(most) {
            self.next_row(batch)?;
        }
        Ok(())
    }

    /// How far it is.
    pub(crate) fn progress(&self) -> Progress {
        self.xml.progress()
    }

    /// The ranges of columns that the sheet hides, first and last.
    pub(crate) fn hidden_columns(&self) -> &[(u32, u32)] {
        &self.hidden_columns
    }

    /// The ranges of merged cells, once the sheet was read to its end.
    pub(crate) fn merged(&self) -> &Merged {
        &self.merged
    }

    /// How many cells stood beyond the columns that are read.
    pub(crate) fn unread(&self) -> u64 {
        self.unread
    }

    /// Reads up to the end of the next row, or of the sheet.
    fn next_row(&mut self, batch: &mut Batch) -> Result<(), Refusal> {
        let head = match self.xml.next()? {
            Token::Start(tag) if own(&self.prefix, tag.name) == Some(b"row") => row_head(&tag),
            Token::Start(tag) => {
                if !tag.closed {
                    self.xml.skip()?;
                }
                return Ok(());
            }
            Token::Text(_) => return Ok(()),
            Token::End(_) | Token::Done => {
                self.ended = true;
                return self.read_merged();
            }
        };
        self.row = head.number.unwrap_or(self.row.saturating_add(1));
        if self.row == 0 || self.row > LAST_ROW {
            return Err(Refusal::Damaged(format!("a row with the number {}", self.row)));
        }
        if head.closed {
            return Ok(());
        }
        let mark = batch.mark();
        batch.start_row(self.row, head.hidden);
        self.read_cells(batch)?;
        batch.check_row(mark, self.context.limits)?;
        if batch.end_row() {
            self.given += 1;
            if self.given > self.context.limits.rows {
                return Err(Refusal::TooManyRows(self.context.limits.rows));
            }
        }
        Ok(())
    }

    /// Reads the rest of the part, of which only the merged ranges matter (ECMA-376 part 1, 18.3.1.54).
    fn read_merged(&mut self) -> Result<(), Refusal> {
        let start = [b"<", self.prefix.as_slice(), b"mergeCell "].concat();
        while let Some(mut attributes) = self.xml.drain_to(&start)? {
            let area = attributes
                .find(|(name, _)| *name == b"ref")
                .and_then(|(_, area)| std::str::from_utf8(area).ok());
            if let Some(area) = area.and_then(|area| area.parse().ok()) {
                self.merged.add(area);
            }
        }
        Ok(())
    }

    /// Reads the cells up to the end of the row.
    fn read_cells(&mut self, batch: &mut Batch) -> Result<(), Refusal> {
        let mut column = 0;
        let from = batch.mark();
        loop {
            if self.prefix.is_empty() {
                while let Some(cell) = fast::cell(self.xml.ahead(AHEAD)?) {
                    column = cell.column.unwrap_or(column + 1);
                    let head = Head { column, style: cell.style, kind: cell.kind, formula: false };
                    if column <= self.context.limits.columns {
                        self.context.put(batch, head, cell.text.map(Text::new))?;
                        batch.check_row(from, self.context.limits)?;
                    } else {
                        self.unread += u64::from(cell.text.is_some_and(|text| !text.is_empty()));
                    }
                    let length = cell.length;
                    self.xml.take(length);
                }
            }
            match self.xml.next()? {
                Token::Start(tag) if own(&self.prefix, tag.name) == Some(b"c") => {
                    let (head, closed) = (cell_head(&tag, column)?, tag.closed);
                    column = head.column;
                    self.slow_cell(batch, head, closed)?;
                }
                Token::Start(tag) => {
                    if !tag.closed {
                        self.xml.skip()?;
                    }
                }
                Token::Text(_) => {}
                Token::End(_) | Token::Done => return Ok(()),
            }
            batch.check_row(from, self.context.limits)?;
        }
    }

    /// Reads a cell token by token: formulas, rich text, CDATA, comments, prefixes, foreign elements.
    fn slow_cell(&mut self, batch: &mut Batch, mut head: Head, closed: bool) -> Result<(), Refusal> {
        self.slow.clear();
        // The value that counts for this type of cell, and one of the other kind as long as there is none.
        let inline = head.kind == Type::Inline;
        let mut found = None;
        let mut open = closed;
        let mut taken = false;
        while !open {
            match self.xml.next()? {
                Token::Start(tag) => match own(&self.prefix, tag.name) {
                    Some(name @ (b"v" | b"is")) if found != Some(true) || (name == b"is") == inline => {
                        let counts = (name == b"is") == inline;
                        if found == Some(false) && counts {
                            self.slow.clear();
                        }
                        found = Some(counts || found == Some(true));
                        taken = name == b"v" && !tag.closed;
                    }
                    Some(b"t") => {
                        found = found.or(Some(inline));
                        taken = !tag.closed;
                    }
                    Some(b"r") => {}
                    name => {
                        head.formula |= name == Some(b"f");
                        if !tag.closed {
                            self.xml.skip()?;
                        }
                    }
                },
                Token::Text(text) if taken => text.append(&mut self.slow),
                Token::Text(_) => {}
                Token::End(name) => {
                    taken = false;
                    open = own(&self.prefix, name) == Some(b"c");
                }
                Token::Done => open = true,
            }
            if self.slow.len() as u64 > self.context.limits.row {
                return Err(Refusal::RowTooLong(self.context.limits.row));
            }
        }
        if head.column > self.context.limits.columns {
            self.unread += u64::from(head.formula || !self.slow.is_empty());
            return Ok(());
        }
        let text = found.map(|_| Text::resolved(&self.slow));
        self.context.put(batch, head, text)
    }
}

/// The name of an element of the sheet itself, without its prefix.
fn own<'w>(prefix: &[u8], name: &'w [u8]) -> Option<&'w [u8]> {
    name.strip_prefix(prefix).filter(|local| memchr::memchr(b':', local).is_none())
}

fn row_head(tag: &Tag<'_>) -> RowHead {
    let mut head = RowHead { number: None, hidden: false, closed: tag.closed };
    for (name, value) in tag.attributes() {
        match name {
            b"r" => head.number = std::str::from_utf8(value).ok().and_then(|value| value.trim().parse().ok()),
            b"hidden" => head.hidden = is_true(value),
            _ => {}
        }
    }
    head
}

/// What the tag of a cell says; without a reference it stands after the one before. Where one with a reference that is none belongs, nobody
/// knows: its value must not end up with another field.
fn cell_head(tag: &Tag<'_>, before: u32) -> Result<Head, Refusal> {
    let mut head = Head { column: before.saturating_add(1), style: 0, kind: Type::Number, formula: false };
    for (name, value) in tag.attributes() {
        let text = std::str::from_utf8(value).unwrap_or_default().trim();
        match name {
            b"r" => {
                let unplaced = |_| Refusal::Damaged(format!("a cell with the reference {text:?}"));
                // Some write it as in a formula: $C$7.
                head.column = text.replace('$', "").parse::<Position>().map_err(unplaced)?.column;
            }
            b"s" => head.style = text.parse().unwrap_or(0),
            b"t" => head.kind = Type::of(text.as_bytes()),
            _ => {}
        }
    }
    Ok(head)
}

fn hidden_column(tag: &Tag<'_>) -> Option<(u32, u32)> {
    let number = |name| tag.attribute(name).and_then(|value| value.parse().ok());
    tag.attribute("hidden").filter(|value| is_true(value.as_bytes()))?;
    Some((number("min")?, number("max")?))
}

/// An XML Schema boolean.
fn is_true(value: &[u8]) -> bool {
    matches!(value, b"1" | b"true")
}

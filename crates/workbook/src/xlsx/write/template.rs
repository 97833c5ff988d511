//! The book without its rows, laid out by `rust_xlsxwriter` once for each download and taken apart: what comes before
//! and behind the rows of the first sheet, the styles of its columns, and every other part.

mod book;

use book::{LAST_ROW_MARK, RULES_END_MARK};

use std::io::{self, Cursor};

use crate::archive::{Archive, Cap};
use crate::rules;
use crate::xlsx::fast;
use crate::{Layout, Limits, Refusal};

/// Part of the first sheet, where the rows are.
pub(super) const SHEET: &str = "xl/worksheets/sheet1.xml";
/// It names the last row of the filter, so it is written after the rows.
pub(super) const WORKBOOK: &str = "xl/workbook.xml";
/// Rows up to which values that stand twice are marked: beyond, spreadsheets take minutes to find them.
pub(crate) const MOST_UNIQUE: u32 = 20_000;

/// The element of what turns cells red, and its end.
const MARKS: &str = "<conditionalFormatting";
const MARKS_END: &str = "</conditionalFormatting>";

/// A book taken apart.
pub(super) struct Template {
    /// Every part but the first sheet and the workbook, with its name.
    pub(super) parts: Vec<(String, Vec<u8>)>,
    /// The first sheet up to its third row.
    pub(super) head: Vec<u8>,
    /// The styles of the columns' cells.
    pub(super) styles: Vec<ColumnStyle>,
    tail: String,
    workbook: String,
}

/// The styles of one column, as indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ColumnStyle {
    /// For every value.
    pub(super) plain: u32,
    /// For a text that would be a formula if it were typed: shown behind a `'` while it is edited.
    pub(super) quoted: u32,
    /// Both again for marked cells; the plain ones in a book without marks.
    pub(super) marked: (u32, u32),
}

impl Template {
    /// Lays out the book; with styles for marked cells when there may be `marks`.
    pub(super) fn lay_out(layout: &Layout, marks: bool) -> io::Result<Self> {
        let bytes = book::lay_out(layout, marks)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        Self::take_apart(bytes, layout.columns.len()).map_err(|refusal| match refusal {
            Refusal::Io(error) => error,
            refusal => io::Error::other(format!("the laid out book: {refusal:?}")),
        })
    }

    /// Takes a part out, to be written later.
    pub(super) fn take_part(&mut self, name: &str) -> Option<Vec<u8>> {
        take(&mut self.parts, name).ok()
    }

    /// What comes behind the rows, the last of which is this one (2 when there are none).
    pub(super) fn tail(&self, last: u32) -> String {
        let mut tail = String::new();
        let mut rest = self.tail.as_str();
        while let Some(start) = rest.find(MARKS) {
            let end = rest[start..].find(MARKS_END).map_or(rest.len(), |end| start + end + MARKS_END.len());
            tail.push_str(&rest[..start]);
            let marks = if last > 2 + MOST_UNIQUE {
                without_unique(&rest[start..end])
            } else {
                rest[start..end].to_owned()
            };
            // Nothing is red in a sheet without rows, nor may the element be empty.
            if last > 2 && marks.contains("<cfRule") {
                tail.push_str(&with_last_row(&marks, last));
            }
            rest = &rest[end..];
        }
        tail.push_str(&with_rules_end(rest, rules::last_row(last)));
        match tail.find("<autoFilter ") {
            Some(start) => format!("{}{}", &tail[..start], with_last_row(&tail[start..], last)),
            None => tail,
        }
    }

    /// The workbook part; the range of its filter ends in this row.
    pub(super) fn workbook(&self, last: u32) -> String {
        self.workbook.replace(&format!("${LAST_ROW_MARK}</definedName>"), &format!("${last}</definedName>"))
    }

    fn take_apart(bytes: Vec<u8>, columns: usize) -> Result<Self, Refusal> {
        let limits = Limits::default();
        let mut source = Cursor::new(bytes);
        let archive = Archive::open(&mut source, &limits)?;
        let mut parts = Vec::new();
        for entry in archive.entries() {
            let content = archive.bytes(&mut source, &entry.name, Cap::sheet(&limits))?.unwrap_or_default();
            parts.push((entry.name.clone(), held(content)));
        }
        let sheet = text(take(&mut parts, SHEET)?)?;
        let workbook = text(take(&mut parts, WORKBOOK)?)?;
        let rows = sheet.find("<row r=\"3\"").ok_or_else(|| missing("a third row"))?;
        let end = sheet.find("</sheetData>").ok_or_else(|| missing("an end of its rows"))?;
        let styles = column_styles(&sheet.as_bytes()[rows..end], columns);
        let head = without_dimension(&sheet[..rows]).into_bytes();
        Ok(Self { parts, head, styles, tail: sheet[end..].to_owned(), workbook })
    }
}

/// A part without what XML can't hold: it stands as `_xHHHH_` then, as in the cells. The library leaves some of it in attributes and texts.
fn held(part: Vec<u8>) -> Vec<u8> {
    let is_lost = |rest: &[u8]| match rest {
        [b'\t' | b'\n' | b'\r', ..] => None,
        [byte @ 0..=31, ..] => Some((u32::from(*byte), 1)),
        [0xEF, 0xBF, last @ (0xBE | 0xBF), ..] => Some((0xFFC0 + u32::from(*last & 0x3F), 3)),
        _ => None,
    };
    let is_suspect = |byte: &u8| (*byte < 32 && !matches!(*byte, b'\t' | b'\n' | b'\r')) || *byte == 0xEF;
    if !part.iter().any(is_suspect) {
        return part;
    }
    let (mut kept, mut rest) = (Vec::with_capacity(part.len()), part.as_slice());
    while let [first, ..] = rest {
        let taken = match is_lost(rest) {
            Some((character, taken)) => {
                kept.extend_from_slice(format!("_x{character:04X}_").as_bytes());
                taken
            }
            None => {
                kept.push(*first);
                1
            }
        };
        rest = &rest[taken..];
    }
    kept
}

/// Takes out the rule that marks values standing twice.
fn without_unique(marks: &str) -> String {
    let Some(start) = marks.find("<cfRule type=\"duplicateValues\"") else { return marks.to_owned() };
    let end = marks[start..].find("/>").map_or(start, |end| start + end + 2);
    format!("{}{}", &marks[..start], &marks[end..])
}

/// Puts the real last row into the first range of this text that ends in the row standing for it.
fn with_last_row(text: &str, last: u32) -> String {
    text.replacen(&format!("{LAST_ROW_MARK}\""), &format!("{last}\""), 1)
}

/// Puts the real end of the rules into all ranges of this text that end in the row standing for it.
fn with_rules_end(text: &str, last: u32) -> String {
    let mark = RULES_END_MARK.to_string();
    let mut pieces = text.split("sqref=\"");
    let mut with_end = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        with_end.push_str("sqref=\"");
        let (range, rest) = piece.split_at(piece.find('"').unwrap_or_default());
        match range.strip_suffix(&mark) {
            Some(range) => with_end.push_str(&format!("{range}{last}")),
            None => with_end.push_str(range),
        }
        with_end.push_str(rest);
    }
    with_end
}

/// Takes a part out of the list.
fn take(parts: &mut Vec<(String, Vec<u8>)>, name: &str) -> Result<Vec<u8>, Refusal> {
    let at = parts.iter().position(|part| part.0 == name).ok_or_else(|| missing(name))?;
    Ok(parts.remove(at).1)
}

/// The dimension of the laid out sheet is not the one of the written one; it may be left out.
fn without_dimension(head: &str) -> String {
    let Some(start) = head.find("<dimension ") else { return head.to_owned() };
    let end = head[start..].find("/>").map_or(start, |end| start + end + 2);
    format!("{}{}", &head[..start], &head[end..])
}

/// The style indexes of the cells of the rows 3 and 4, and of 5 and 6 when there are marks. A cell that is not there has the plain
/// style.
fn column_styles(rows: &[u8], columns: usize) -> Vec<ColumnStyle> {
    let starts: Vec<usize> = memchr::memmem::find_iter(rows, b"<row ").chain([rows.len()]).collect();
    let styles: Vec<Vec<u32>> =
        starts.windows(2).map(|row| row_styles(&rows[row[0]..row[1]], columns)).collect();
    let style = |row: usize, column: usize| styles.get(row).and_then(|row| row.get(column)).copied();
    let of = |column| {
        let plain = style(0, column).unwrap_or_default();
        let quoted = style(1, column).unwrap_or_default();
        let marked = (style(2, column).unwrap_or(plain), style(3, column).unwrap_or(quoted));
        ColumnStyle { plain, quoted, marked }
    };
    (0..columns).map(of).collect()
}

/// The style indexes of the cells of one row.
fn row_styles(row: &[u8], columns: usize) -> Vec<u32> {
    let mut styles = vec![0; columns];
    for start in memchr::memmem::find_iter(row, b"<c ") {
        let Some(cell) = fast::cell(&row[start..]) else { continue };
        let place = cell.column.and_then(|column| styles.get_mut(column as usize - 1));
        if let Some(style) = place {
            *style = cell.style;
        }
    }
    styles
}

fn text(bytes: Vec<u8>) -> Result<String, Refusal> {
    String::from_utf8(bytes).map_err(|_| missing("text"))
}

fn missing(what: &str) -> Refusal {
    Refusal::Damaged(format!("the laid out book lacks {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Column, Content, SheetNames};

    fn tail(last: u32) -> String {
        let column = Column {
            title: "Email".to_owned(),
            key: "email".to_owned(),
            width: 20,
            content: Content::Text,
            fixed: false,
            read_only: false,
            required: true,
            unique: true,
            max_length: None,
            help: Some("It ends in A3:A1048575\" or sqref=\"A3:A1048574".to_owned()),
        };
        let layout = Layout {
            sheets: SheetNames::default(),
            columns: vec![column],
            frozen: 1,
            instructions: Vec::new(),
        };
        Template::lay_out(&layout, false).expect("a layout").tail(last)
    }

    #[test]
    fn ranges_end_in_the_last_row() {
        let tail = tail(9);
        for part in [
            "<autoFilter ref=\"A2:A9\"/>",
            "sqref=\"A3:A9\"",
            "containsBlanks",
            "duplicateValues",
            "A1048575&quot; or sqref=&quot;A3:A1048574\"",
            "sqref=\"A3:A1009\"",
        ] {
            assert!(tail.contains(part), "{part}: {tail}");
        }
    }

    #[test]
    fn values_that_stand_twice_are_marked_in_few_rows_only() {
        assert!(tail(20_002).contains("duplicateValues"));
        let many = tail(20_003);
        assert!(!many.contains("duplicateValues") && many.contains("containsBlanks"), "{many}");
    }

    #[test]
    fn a_column_without_a_format_does_not_shift_the_styles() {
        let rows = b"<row r=\"3\"><c r=\"A3\" s=\"5\"/><c r=\"C3\" s=\"6\"/></row><row r=\"4\"><c r=\"A4\" s=\"7\"/><c r=\"B4\" s=\"8\"/></row>";
        let styles = |rows: &[u8]| {
            let of = |style: &ColumnStyle| (style.plain, style.quoted, style.marked);
            column_styles(rows, 3).iter().map(of).collect::<Vec<_>>()
        };
        assert_eq!(styles(rows), [(5, 7, (5, 7)), (0, 8, (0, 8)), (6, 0, (6, 0))]);
        let marks = b"<row r=\"5\"><c r=\"A5\" s=\"9\"/></row><row r=\"6\"><c r=\"B6\" s=\"10\"/></row>";
        assert_eq!(styles(&[&rows[..], marks].concat()), [(5, 7, (9, 0)), (0, 8, (0, 10)), (6, 0, (0, 0))]);
    }

    #[test]
    fn nothing_is_red_without_rows() {
        let tail = tail(2);
        assert!(
            !tail.contains("conditionalFormatting") && tail.contains("<autoFilter ref=\"A2:A2\"/>"),
            "{tail}"
        );
    }
}

//! Rows as the XML of a sheet (ECMA-376 part 1, 18.3.1.73 and 18.3.1.4), with text inline: one pass, nothing to remember.

use std::io;

use super::template::ColumnStyle;
use crate::date::to_serial;
use crate::number::{is_canonical, is_exact};
use crate::xlsx::escape::looks_escaped;
use crate::{Mark, Printed};

/// UTF-16 units that a cell can hold.
const LONGEST: usize = 32_767;

/// The bytes around the values, made ready once.
pub(super) struct Pour {
    columns: Vec<Around>,
    /// The same for marked cells.
    marked: Vec<Around>,
    digits: Vec<u8>,
}

/// What stands around the value of one column: before the row's number, and between it and the value.
struct Around {
    open: Vec<u8>,
    text: Vec<u8>,
    quoted: Vec<u8>,
    value: Vec<u8>,
    empty: Vec<u8>,
}

impl Around {
    fn new(column: u32, plain: u32, quoted: u32) -> Self {
        let name = crate::Position { row: 1, column }.to_string();
        let text = |index| format!("\" s=\"{index}\" t=\"inlineStr\"><is><t").into_bytes();
        Self {
            open: format!("<c r=\"{}", name.trim_end_matches('1')).into_bytes(),
            text: text(plain),
            quoted: text(quoted),
            value: format!("\" s=\"{plain}\"><v>").into_bytes(),
            empty: format!("\" s=\"{plain}\"/>").into_bytes(),
        }
    }
}

impl Pour {
    /// Makes ready for columns of these styles.
    pub(super) fn new(styles: &[ColumnStyle]) -> Self {
        let around = |of: fn(&ColumnStyle) -> (u32, u32)| {
            let styles = styles.iter().map(of).zip(1..);
            styles.map(|((plain, quoted), column)| Around::new(column, plain, quoted)).collect()
        };
        let (columns, marked) = (around(|style| (style.plain, style.quoted)), around(|style| style.marked));
        Self { columns, marked, digits: Vec::new() }
    }

    /// Adds one row.
    pub(super) fn row(&mut self, number: u32, values: &[Printed<'_>], to: &mut Vec<u8>) -> io::Result<()> {
        self.open_row(number, to);
        for (around, value) in self.columns.iter().zip(values) {
            cell(around, &self.digits, *value, to)?;
        }
        to.extend_from_slice(b"</row>");
        Ok(())
    }

    /// Adds one row with marks, which come in the order of their columns.
    pub(super) fn marked_row(
        &mut self,
        number: u32,
        values: &[Printed<'_>],
        marks: &[Mark<'_>],
        to: &mut Vec<u8>,
    ) -> io::Result<()> {
        self.open_row(number, to);
        let mut marks = marks.iter().map(|mark| mark.column).peekable();
        let values = values.iter().copied().chain(std::iter::repeat(Printed::Empty));
        for ((place, value), column) in self.columns.iter().zip(&self.marked).zip(values).zip(1..) {
            let (plain, marked) = place;
            match (marks.next_if_eq(&column), value) {
                (None, value) => cell(plain, &self.digits, value, to)?,
                (Some(_), Printed::Empty | Printed::Text("")) => {
                    for piece in [&marked.open, &self.digits, &marked.empty] {
                        to.extend_from_slice(piece);
                    }
                }
                (Some(_), value) => cell(marked, &self.digits, value, to)?,
            }
        }
        to.extend_from_slice(b"</row>");
        Ok(())
    }

    fn open_row(&mut self, number: u32, to: &mut Vec<u8>) {
        self.digits.clear();
        self.digits.extend_from_slice(number.to_string().as_bytes());
        to.extend_from_slice(b"<row r=\"");
        to.extend_from_slice(&self.digits);
        to.extend_from_slice(b"\">");
    }
}

#[inline]
fn cell(around: &Around, row: &[u8], value: Printed<'_>, to: &mut Vec<u8>) -> io::Result<()> {
    match value {
        Printed::Empty | Printed::Text("") => {}
        Printed::Text(value) => text(around, row, value, to)?,
        Printed::Number(value) if is_canonical(value) && is_exact(value) => {
            number_cell(around, row, value, to);
        }
        Printed::Number(value) => text(around, row, value, to)?,
        Printed::Date(date) => match to_serial(date) {
            Some(serial) => number_cell(around, row, &serial.to_string(), to),
            None => text(around, row, &date.to_string(), to)?,
        },
    }
    Ok(())
}

fn number_cell(around: &Around, row: &[u8], value: &str, to: &mut Vec<u8>) {
    to.extend_from_slice(&around.open);
    to.extend_from_slice(row);
    to.extend_from_slice(&around.value);
    to.extend_from_slice(value.as_bytes());
    to.extend_from_slice(b"</v></c>");
}

fn text(around: &Around, row: &[u8], value: &str, to: &mut Vec<u8>) -> io::Result<()> {
    let bytes = value.as_bytes();
    if bytes.len() > LONGEST && value.encode_utf16().count() > LONGEST {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "a text is longer than a cell can hold"));
    }
    let formula = matches!(bytes.first(), Some(b'=' | b'+' | b'-' | b'@' | b'\''));
    to.extend_from_slice(&around.open);
    to.extend_from_slice(row);
    to.extend_from_slice(if formula { &around.quoted } else { &around.text });
    let edges = [bytes.first(), bytes.last()];
    if edges.into_iter().flatten().any(|edge| edge.is_ascii_whitespace()) {
        to.extend_from_slice(b" xml:space=\"preserve\">");
    } else {
        to.push(b'>');
    }
    escape_into(bytes, to);
    to.extend_from_slice(b"</t></is></c>");
    Ok(())
}

/// Bytes that may not stand in text as they are, or begin what may not.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 32 {
        special[byte] = !matches!(byte as u8, b'\t' | b'\n');
        byte += 1;
    }
    special[b'&' as usize] = true;
    special[b'<' as usize] = true;
    special[b'>' as usize] = true;
    special[b'_' as usize] = true;
    // The first byte of U+FFFE and U+FFFF, which XML has not.
    special[0xEF] = true;
    special
};

/// Adds text as XML holds it; what XML can't hold becomes `_xHHHH_`, and what looks like that, too.
pub(super) fn escape_into(text: &[u8], to: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(at) = rest.iter().position(|&byte| SPECIAL[usize::from(byte)]) {
        to.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest {
            [b'&', ..] => replace(b"&amp;", 1, to),
            [b'<', ..] => replace(b"&lt;", 1, to),
            [b'>', ..] => replace(b"&gt;", 1, to),
            [b'_', ..] if looks_escaped(rest) => replace(b"_x005F_", 1, to),
            [0xEF, 0xBF, 0xBE, ..] => replace(b"_xFFFE_", 3, to),
            [0xEF, 0xBF, 0xBF, ..] => replace(b"_xFFFF_", 3, to),
            [byte @ 0..=31, ..] => replace(format!("_x{byte:04X}_").as_bytes(), 1, to),
            _ => replace(&rest[..1], 1, to),
        };
        rest = &rest[taken..];
    }
    to.extend_from_slice(rest);
}

fn replace(with: &[u8], taken: usize, to: &mut Vec<u8>) -> usize {
    to.extend_from_slice(with);
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CellDate;

    fn check(value: Printed<'_>, expected: &str) {
        let mut pour = Pour::new(&[ColumnStyle { plain: 3, quoted: 4, marked: (5, 6) }]);
        let mut bytes = Vec::new();
        pour.row(7, &[value], &mut bytes).expect("a row");
        assert_eq!(String::from_utf8(bytes).expect("UTF-8"), format!("<row r=\"7\">{expected}</row>"));
    }

    #[test]
    fn cells() {
        check(Printed::Empty, "");
        check(Printed::Text(""), "");
        check(Printed::Text("a_b"), "<c r=\"A7\" s=\"3\" t=\"inlineStr\"><is><t>a_b</t></is></c>");
        check(Printed::Text("=1"), "<c r=\"A7\" s=\"4\" t=\"inlineStr\"><is><t>=1</t></is></c>");
        check(
            Printed::Text(" <&>\r\n_x0041_\u{FFFF}\u{FFFD}\0"),
            "<c r=\"A7\" s=\"3\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> \
             &lt;&amp;&gt;_x000D_\n_x005F_x0041__xFFFF_\u{FFFD}_x0000_</t></is></c>",
        );
        check(Printed::Number("-12.5"), "<c r=\"A7\" s=\"3\"><v>-12.5</v></c>");
        check(Printed::Number("1e5"), "<c r=\"A7\" s=\"3\" t=\"inlineStr\"><is><t>1e5</t></is></c>");
        check(
            Printed::Number("1234567890123456"),
            "<c r=\"A7\" s=\"3\" t=\"inlineStr\"><is><t>1234567890123456</t></is></c>",
        );
        check(
            Printed::Date(CellDate { year: 2026, month: 11, day: 22 }),
            "<c r=\"A7\" s=\"3\"><v>46348</v></c>",
        );
        check(
            Printed::Date(CellDate { year: 1815, month: 12, day: 10 }),
            "<c r=\"A7\" s=\"3\" t=\"inlineStr\"><is><t>1815-12-10</t></is></c>",
        );
    }

    #[test]
    fn marked_cells() {
        let styles = [(1, 2, 11, 12), (3, 4, 13, 14), (5, 6, 15, 16)];
        let styles = styles.map(|(plain, quoted, m, q)| ColumnStyle { plain, quoted, marked: (m, q) });
        let mut bytes = Vec::new();
        let marks = [1, 3].map(|column| Mark { column, note: None });
        Pour::new(&styles)
            .marked_row(7, &[Printed::Text("=1"), Printed::Text("b")], &marks, &mut bytes)
            .expect("a row");
        assert_eq!(
            String::from_utf8(bytes).expect("UTF-8"),
            "<row r=\"7\"><c r=\"A7\" s=\"12\" t=\"inlineStr\"><is><t>=1</t></is></c>\
             <c r=\"B7\" s=\"3\" t=\"inlineStr\"><is><t>b</t></is></c><c r=\"C7\" s=\"15\"/></row>"
        );
    }

    #[test]
    fn a_text_that_no_cell_can_hold_is_an_error() {
        let mut pour = Pour::new(&[ColumnStyle { plain: 0, quoted: 0, marked: (0, 0) }]);
        let mut bytes = Vec::new();
        assert!(pour.row(1, &[Printed::Text(&"x".repeat(LONGEST))], &mut bytes).is_ok());
        assert!(pour.row(1, &[Printed::Text(&"x".repeat(LONGEST + 1))], &mut bytes).is_err());
        assert!(pour.row(1, &[Printed::Text(&"\u{e9}".repeat(LONGEST))], &mut bytes).is_ok());
    }
}

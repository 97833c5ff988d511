//! Rows as the XML of a table (ODF 1.3 part 3, 9.1.3 and 9.1.4).

use std::io;

use crate::number::{is_canonical, is_exact};
use crate::ods::escape;
use crate::xlsx::looks_escaped;
use crate::{Mark, Printed};

/// UTF-16 units that a cell can hold.
const LONGEST: usize = 32_767;
/// The first whole year of the Gregorian calendar; before, programs disagree on the day that a date is.
const GREGORIAN: i16 = 1583;

/// What the names of the styles of marked cells begin with; the column's number follows.
pub(super) const MARKED: &str = "marked";

/// The attributes of the cells of each column, made ready once.
pub(super) struct Pour {
    cells: Vec<Vec<u8>>,
}

impl Pour {
    /// Makes ready for columns that refer to these validations.
    pub(super) fn new(validations: &[Option<String>]) -> Self {
        let cell = |validation: &Option<String>| {
            let attribute =
                validation.as_ref().map(|name| format!(" table:content-validation-name=\"{name}\""));
            format!("<table:table-cell{}", attribute.unwrap_or_default()).into_bytes()
        };
        Self { cells: validations.iter().map(cell).collect() }
    }

    /// Adds one row with its marks, which come in the order of their columns.
    pub(super) fn row(&self, values: &[Printed<'_>], marks: &[Mark<'_>], to: &mut Vec<u8>) -> io::Result<()> {
        to.extend_from_slice(b"<table:table-row>");
        let values = values.iter().copied().chain(std::iter::repeat(Printed::Empty));
        let mut marks = marks.iter().peekable();
        for ((cell, value), column) in self.cells.iter().zip(values).zip(1..) {
            to.extend_from_slice(cell);
            let mark = marks.next_if(|mark| mark.column == column);
            if mark.is_some() {
                to.extend_from_slice(format!(" table:style-name=\"{MARKED}{column}\"").as_bytes());
            }
            let note = mark.and_then(|mark| mark.note).unwrap_or_default();
            match value {
                Printed::Empty | Printed::Text("") => empty(note, to),
                Printed::Text(value) => text(value, note, to)?,
                Printed::Number(value) if is_canonical(value) && is_exact(value) => {
                    typed("float\" office:value", value, note, to);
                }
                Printed::Number(value) => text(value, note, to)?,
                Printed::Date(date) if date.year >= GREGORIAN => {
                    typed("date\" office:date-value", &date.to_string(), note, to);
                }
                Printed::Date(date) => text(&date.to_string(), note, to)?,
            }
        }
        to.extend_from_slice(b"</table:table-row>");
        Ok(())
    }

    /// Adds rows without values, so that the columns' rules hold there too.
    pub(super) fn empty_rows(&self, count: u32, to: &mut Vec<u8>) {
        to.extend_from_slice(format!("<table:table-row table:number-rows-repeated=\"{count}\">").as_bytes());
        for cell in &self.cells {
            to.extend_from_slice(cell);
            to.extend_from_slice(b"/>");
        }
        to.extend_from_slice(b"</table:table-row>");
    }
}

/// Adds the rest of a cell without a value.
fn empty(note: &str, to: &mut Vec<u8>) {
    if note.is_empty() {
        return to.extend_from_slice(b"/>");
    }
    to.push(b'>');
    annotation(note, to);
    to.extend_from_slice(b"</table:table-cell>");
}

/// Adds the note of a cell, which comes before its text (ODF 1.3 part 3, 14.1).
fn annotation(note: &str, to: &mut Vec<u8>) {
    if !note.is_empty() {
        to.extend_from_slice(b"<office:annotation office:display=\"false\"><text:p>");
        escape_into(note, escape::is_needed(note), to);
        to.extend_from_slice(b"</text:p></office:annotation>");
    }
}

/// Adds the rest of a cell of a type that has an attribute for its value.
fn typed(kind: &str, value: &str, note: &str, to: &mut Vec<u8>) {
    for piece in [" office:value-type=\"", kind, "=\"", value, "\">"] {
        to.extend_from_slice(piece.as_bytes());
    }
    annotation(note, to);
    for piece in ["<text:p>", value, "</text:p></table:table-cell>"] {
        to.extend_from_slice(piece.as_bytes());
    }
}

/// Adds the rest of a cell of text.
fn text(value: &str, note: &str, to: &mut Vec<u8>) -> io::Result<()> {
    if value.len() > LONGEST && value.encode_utf16().count() > LONGEST {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "a text is longer than a cell can hold"));
    }
    to.extend_from_slice(b" office:value-type=\"string\"");
    let escaped = escape::is_needed(value);
    if escaped {
        to.extend_from_slice(format!(" {}=\"true\"", escape::ATTRIBUTE).as_bytes());
    }
    to.push(b'>');
    annotation(note, to);
    to.extend_from_slice(b"<text:p>");
    escape_into(value, escaped, to);
    to.extend_from_slice(b"</text:p></table:table-cell>");
    Ok(())
}

/// Adds text as paragraphs hold it: line ends part paragraphs, spaces that would be lost are elements (ODF 1.3 part 3,
/// 6.1.2 to 6.1.4), and in an escaped cell `_xHHHH_` is what XML can't hold.
pub(super) fn escape_into(text: &str, escaped: bool, to: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    let mut plain = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let before = if at == 0 { b'\n' } else { bytes[at - 1] };
        let replacement: &[u8] = match byte {
            b' ' if matches!(before, b' ' | b'\n') || matches!(bytes.get(at + 1), None | Some(b'\n')) => {
                b"<text:s/>"
            }
            b'\t' => b"<text:tab/>",
            b'\n' => b"</text:p><text:p>",
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'_' if escaped && looks_escaped(&bytes[at..]) => b"_x005F_",
            0..=31 => &control(byte),
            0xEF if bytes[at..].starts_with(b"\xEF\xBF\xBE") => b"_xFFFE_",
            0xEF if bytes[at..].starts_with(b"\xEF\xBF\xBF") => b"_xFFFF_",
            _ => continue,
        };
        to.extend_from_slice(bytes.get(plain..at).unwrap_or_default());
        to.extend_from_slice(replacement);
        plain = at + if byte == 0xEF { 3 } else { 1 };
    }
    to.extend_from_slice(bytes.get(plain..).unwrap_or_default());
}

/// `_x0001_` for a control character.
fn control(byte: u8) -> [u8; 7] {
    let digit = |value: u8| if value < 10 { b'0' + value } else { b'A' + value - 10 };
    [b'_', b'x', b'0', b'0', digit(byte >> 4), digit(byte & 15), b'_']
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CellDate;

    fn check(value: Printed<'_>, expected: &str) {
        let pour = Pour::new(&[Some("val1".to_owned())]);
        let mut bytes = Vec::new();
        pour.row(&[value], &[], &mut bytes).expect("a row");
        let row = String::from_utf8(bytes).expect("UTF-8");
        let start = "<table:table-row><table:table-cell table:content-validation-name=\"val1\"";
        assert_eq!(row.strip_prefix(start), Some(format!("{expected}</table:table-row>").as_str()));
    }

    fn check_text(value: &str, expected: &str) {
        check(
            Printed::Text(value),
            &format!(" office:value-type=\"string\"><text:p>{expected}</text:p></table:table-cell>"),
        );
    }

    #[test]
    fn texts() {
        check(Printed::Empty, "/>");
        check_text("a b", "a b");
        check_text(" a  b ", "<text:s/>a <text:s/>b<text:s/>");
        check_text("a \n b", "a<text:s/></text:p><text:p><text:s/>b");
        check_text("\t<&>", "<text:tab/>&lt;&amp;&gt;");
        check_text("=_x0041_\u{FFFD}", "=_x0041_\u{FFFD}");
        check(
            Printed::Text("_x0041_\r\u{1F}\u{FFFF}."),
            " office:value-type=\"string\" workbook:escaped=\"true\"><text:p>_x005F_x0041__x000D__x001F__xFFFF_.</text:p>\
             </table:table-cell>",
        );
    }

    #[test]
    fn marked_cells() {
        let marks = [
            Mark { column: 1, note: Some("Type\nanother <one>") },
            Mark { column: 2, note: None },
            Mark { column: 3, note: Some("b") },
        ];
        let mut bytes = Vec::new();
        let row = [Printed::Text("a"), Printed::Empty];
        Pour::new(&[None, None, None]).row(&row, &marks, &mut bytes).expect("a row");
        let note = |text: &str| {
            format!("<office:annotation office:display=\"false\"><text:p>{text}</text:p></office:annotation>")
        };
        let expected = format!(
            "<table:table-row><table:table-cell table:style-name=\"marked1\" office:value-type=\"string\">{}<text:p>a</text:p>\
             </table:table-cell><table:table-cell table:style-name=\"marked2\"/><table:table-cell table:style-name=\"marked3\">{}\
             </table:table-cell></table:table-row>",
            note("Type</text:p><text:p>another &lt;one&gt;"),
            note("b")
        );
        assert_eq!(String::from_utf8(bytes).expect("UTF-8"), expected);
    }

    #[test]
    fn typed_values() {
        check(
            Printed::Number("-1.5"),
            " office:value-type=\"float\" office:value=\"-1.5\"><text:p>-1.5</text:p></table:table-cell>",
        );
        check(
            Printed::Date(CellDate { year: 2026, month: 11, day: 22 }),
            " office:value-type=\"date\" office:date-value=\"2026-11-22\"><text:p>2026-11-22</text:p></table:table-cell>",
        );
        check(
            Printed::Date(CellDate { year: 1582, month: 1, day: 2 }),
            " office:value-type=\"string\"><text:p>1582-01-02</text:p></table:table-cell>",
        );
    }
}

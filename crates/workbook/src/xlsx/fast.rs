//! Reads one whole cell at once where it stands as nearly every program writes it. Anything else is left to the tokens,
//! which understand all of XML; so this may decline whatever it likes, but what it takes must mean the same.

use super::value::Type;

/// A cell that was read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FastCell<'w> {
    /// Its column, if it says so.
    pub(crate) column: Option<u32>,
    pub(crate) style: u32,
    pub(crate) kind: Type,
    /// Its text as it stands, if it has any.
    pub(crate) text: Option<&'w [u8]>,
    /// Bytes of all of it.
    pub(crate) length: usize,
}

/// Reads the cell at the start, if it is a plain one.
#[inline]
pub(crate) fn cell(bytes: &[u8]) -> Option<FastCell<'_>> {
    if !bytes.starts_with(b"<c") {
        return None;
    }
    let mut cell = FastCell { column: None, style: 0, kind: Type::Number, text: None, length: 2 };
    let body = attributes(&mut cell, bytes)?;
    if !body {
        return Some(cell);
    }
    let rest = &bytes[cell.length..];
    let (open, close): (usize, &[u8]) = if rest.starts_with(b"<v>") {
        (3, b"</v></c>")
    } else if rest.starts_with(b"<is><t>") {
        (7, b"</t></is></c>")
    } else if rest.starts_with(b"<is><t xml:space=\"preserve\">") {
        (28, b"</t></is></c>")
    } else if rest.starts_with(b"</c>") {
        cell.length += 4;
        return Some(cell);
    } else {
        return None;
    };
    let inside = &rest[open..];
    let text = memchr::memchr(b'<', inside)?;
    if !inside[text..].starts_with(close) || (open == 3) == (cell.kind == Type::Inline) {
        return None;
    }
    cell.text = Some(&inside[..text]);
    cell.length += open + text + close.len();
    Some(cell)
}

/// Reads the attributes and the end of the tag; false for an empty element.
#[inline]
fn attributes(cell: &mut FastCell<'_>, bytes: &[u8]) -> Option<bool> {
    let mut at = cell.length;
    loop {
        match bytes.get(at)? {
            b' ' => {}
            b'>' => {
                cell.length = at + 1;
                return Some(true);
            }
            b'/' if bytes.get(at + 1) == Some(&b'>') => {
                cell.length = at + 2;
                return Some(false);
            }
            _ => return None,
        }
        let name = *bytes.get(at + 1)?;
        if bytes.get(at + 2..at + 4)? != b"=\"" {
            return None;
        }
        at += 4;
        match name {
            b'r' => cell.column = Some(reference(bytes, &mut at)?),
            b's' => cell.style = number(bytes, &mut at)?,
            b't' => cell.kind = kind(bytes, &mut at)?,
            _ => return None,
        }
        if *bytes.get(at)? != b'"' {
            return None;
        }
        at += 1;
    }
}

/// Reads the column of `C7` and passes over its row.
#[inline]
fn reference(bytes: &[u8], at: &mut usize) -> Option<u32> {
    let mut column = 0;
    let from = *at;
    while let Some(letter @ b'A'..=b'Z') = bytes.get(*at) {
        column = column * 26 + u32::from(letter - b'A') + 1;
        *at += 1;
        if *at - from > 3 {
            return None;
        }
    }
    let row = *at;
    while matches!(bytes.get(*at), Some(b'0'..=b'9')) {
        *at += 1;
    }
    // What is no row is left to the tokens, which say so.
    (column > 0 && (1..=9).contains(&(*at - row)) && bytes[row] != b'0').then_some(column)
}

#[inline]
fn number(bytes: &[u8], at: &mut usize) -> Option<u32> {
    let mut number: u32 = 0;
    while let Some(digit @ b'0'..=b'9') = bytes.get(*at) {
        number = number.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
        *at += 1;
    }
    Some(number)
}

#[inline]
fn kind(bytes: &[u8], at: &mut usize) -> Option<Type> {
    let length = memchr::memchr(b'"', bytes.get(*at..*at + 16)?)?;
    let kind = Type::of(&bytes[*at..*at + length]);
    *at += length;
    (kind != Type::Unknown).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(Option<u32>, u32, Type, Option<&str>)>) {
        let padded = format!("{text}<after/>              ");
        let found = cell(padded.as_bytes());
        let length = found.as_ref().map_or(text.len(), |cell| cell.length);
        assert_eq!(length, text.len(), "{text}");
        let found = found.map(|cell| (cell.column, cell.style, cell.kind, cell.text));
        assert_eq!(
            found,
            expected.map(|(column, style, kind, text)| (column, style, kind, text.map(str::as_bytes)))
        );
    }

    #[test]
    fn what_is_taken() {
        check("<c r=\"C7\"><v>12</v></c>", Some((Some(3), 0, Type::Number, Some("12"))));
        check("<c r=\"AB12\" s=\"4\" t=\"s\"><v>0</v></c>", Some((Some(28), 4, Type::Shared, Some("0"))));
        check(
            "<c t=\"inlineStr\"><is><t>a &amp; b</t></is></c>",
            Some((None, 0, Type::Inline, Some("a &amp; b"))),
        );
        check(
            "<c t=\"inlineStr\" r=\"A1\"><is><t xml:space=\"preserve\"> a</t></is></c>",
            Some((Some(1), 0, Type::Inline, Some(" a"))),
        );
        check("<c r=\"A1\" s=\"9\"/>", Some((Some(1), 9, Type::Number, None)));
        check("<c r=\"A1\" t=\"str\"></c>", Some((Some(1), 0, Type::Text, None)));
        check("<c><v></v></c>", Some((None, 0, Type::Number, Some(""))));
    }

    #[test]
    fn what_is_left_to_the_tokens() {
        for text in [
            "<c r='A1'><v>1</v></c>",
            "<c r=\"A1\"><f>1+1</f><v>2</v></c>",
            "<c r=\"A1\" cm=\"1\"><v>2</v></c>",
            "<c r=\"a1\"><v>2</v></c>",
            "<c r=\"AAAA1\"><v>2</v></c>",
            "<c r=\"A\"><v>2</v></c>",
            "<c r=\"A0\"><v>2</v></c>",
            "<c r=\"A9999999999\"><v>2</v></c>",
            "<c r=\"A1\" t=\"odd\"><v>2</v></c>",
            "<c r=\"A1\" t=\"inlineStr\"><v>2</v></c>",
            "<c r=\"A1\" t=\"s\"><is><t>2</t></is></c>",
            "<c r=\"A1\"><v><![CDATA[2]]></v></c>",
            "<c r=\"A1\"><v>2</v><extLst/></c>",
            "<cell/>",
            "<row/>",
        ] {
            check(text, None);
        }
    }
}

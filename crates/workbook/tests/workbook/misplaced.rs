//! Cells that say where they stand, rightly, not at all, or so that nobody knows; and texts in an encoding that nobody reads.

use std::io::Cursor;

use workbook::{Batch, Book, Limits, Refusal};

use crate::pack::sheet;

/// The first row of the first sheet: `A1=x`.
fn first_row(bytes: Vec<u8>) -> Result<Vec<String>, Refusal> {
    let mut book = Book::open(Box::new(Cursor::new(bytes)), &Limits::default())?;
    let mut batch = Batch::new();
    book.rows(0)?.fill(&mut batch, 1)?;
    Ok(batch.row(0).cells().map(|cell| format!("{}={}", cell.position, cell.raw)).collect())
}

#[test]
fn a_cell_stands_where_its_reference_says_or_after_the_one_before() {
    // A formula or a quote of the other kind keeps the fast way off: both have to read the same.
    for cell in ["<c r=\"REF\"><v>7</v></c>", "<c r='REF'><v>7</v></c>", "<c r=\"REF\"><f>1</f><v>7</v></c>"]
    {
        for (reference, read) in [
            ("B3", Some("B3=7")),
            ("$B$3", Some("B3=7")),
            ("AA3", Some("AA3=7")),
            ("ZZZZ9999999999", None),
            ("A9999999999", None),
            ("A0", None),
            ("A", None),
            ("3", None),
            ("", None),
        ] {
            let cell = cell.replace("REF", reference);
            let bytes =
                sheet(&format!("<worksheet><sheetData><row r=\"3\">{cell}</row></sheetData></worksheet>"));
            match (first_row(bytes), read) {
                (Ok(cells), Some(read)) => assert_eq!(cells, [read], "{cell}"),
                (Err(refusal), None) => assert_eq!(refusal.code(), "file_damaged", "{cell}"),
                (other, _) => panic!("{cell}: {other:?}"),
            }
        }
    }
}

#[test]
fn utf32_is_named() {
    let text = "first_name,last_name\r\nJos\u{e9},\u{141}uk\r\n";
    for (mark, number) in [
        ("", u32::to_le_bytes as fn(u32) -> [u8; 4]),
        ("\u{feff}", u32::to_le_bytes),
        ("", u32::to_be_bytes),
        ("\u{feff}", u32::to_be_bytes),
    ] {
        let bytes = mark.chars().chain(text.chars()).flat_map(|letter| number(u32::from(letter))).collect();
        let refusal = first_row(bytes).expect_err("nobody reads it");
        assert_eq!((refusal.code(), refusal.detail().as_ref()), ("file_not_a_spreadsheet", "utf-32"));
    }
    for text in ["abcd1234", "a,b\nc,d\n", "\u{4e00}\u{4e00}\u{4e00}\u{4e00}"] {
        assert!(first_row(text.as_bytes().to_vec()).is_ok(), "{text}");
        let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes);
        assert!(first_row([0xFF, 0xFE].into_iter().chain(utf16).collect()).is_ok(), "{text} in UTF-16");
    }
}

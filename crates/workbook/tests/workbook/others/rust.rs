//! calamine reads what we write, and reads the same as we in files by rust_xlsxwriter.

use std::io::Cursor;

use calamine::{Data, DataRef, Ods, Reader, Xlsx, open_workbook_from_rs};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Workbook};
use workbook::{Format, Kind};

use super::{Seen, lines, printed, write_everything};
use crate::book::read;
use crate::round_trip::text;

/// What calamine reads of the first sheet, as lines.
fn calamine_lines(bytes: Vec<u8>) -> Vec<String> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let name = book.sheet_names()[0].clone();
    let mut reader = book.worksheet_cells_reader(&name).expect("a sheet");
    let mut found = Vec::new();
    while let Some(cell) = reader.next_cell().expect("a cell") {
        let (row, column) = cell.get_position();
        let position = workbook::Position { row: row + 1, column: column + 1 };
        let (kind, shown) = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::String(text) if text.is_empty() => continue,
            DataRef::SharedString("") => continue,
            DataRef::String(text) => ('t', text.clone()),
            DataRef::SharedString(text) => ('t', (*text).to_owned()),
            DataRef::Float(number) => ('n', number.to_string()),
            DataRef::Int(number) => ('n', number.to_string()),
            DataRef::Bool(value) => ('b', if *value { "TRUE" } else { "FALSE" }.to_owned()),
            DataRef::DateTime(date) => ('d', date.as_datetime_string()),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => ('d', text.clone()),
            DataRef::Error(error) => ('e', error.to_string()),
        };
        found.push(format!("{position} {kind} {}", printed(&shown)));
    }
    found
}

/// The calendar day of calamine's date.
trait DatetimeString {
    fn as_datetime_string(&self) -> String;
}

impl DatetimeString for calamine::ExcelDateTime {
    fn as_datetime_string(&self) -> String {
        let (year, month, day, ..) = self.to_ymd_hms_milli();
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// Our lines, numbers written as calamine's are.
fn our_lines(seen: &[Seen]) -> Vec<String> {
    let mut seen = seen.to_vec();
    for (_, kind, shown) in seen.iter_mut().flat_map(|row| &mut row.1) {
        if *kind == Kind::Number {
            *shown = shown.parse::<f64>().expect("a number").to_string();
        }
    }
    lines(&seen)
}

#[test]
fn calamine_reads_what_we_write() {
    let (bytes, seen) = write_everything(Format::Xlsx);
    assert_eq!(calamine_lines(bytes), our_lines(&seen));
}

#[test]
fn calamine_reads_the_documents_that_we_write() {
    let (bytes, seen) = write_everything(Format::Ods);
    let mut book: Ods<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a document");
    let range = book.worksheet_range("Users").expect("a table");
    for (row, cells) in seen {
        for (name, _, shown) in cells {
            let column = u32::from(name.as_bytes()[0] - b'A');
            let found = match range.get_value((row - 1, column)) {
                Some(Data::String(text)) => text.clone(),
                Some(Data::DateTimeIso(text)) => text.clone(),
                Some(other) => other.to_string(),
                None => String::new(),
            };
            assert_eq!(found, shown, "{name}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn both_read_the_same_of_shared_strings(rows in prop::collection::vec((text(), any::<f64>(), 1_u32..2_958_465, any::<bool>()), 1..8)) {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let dates = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
        for ((text, number, serial, truth), row) in rows.iter().zip(0..) {
            // calamine trims the text that does not say that its white space counts.
            let text = text.trim_matches([' ', '\t', '\n', '\r']);
            sheet.write_string(row, 0, text).expect("a text");
            if number.is_finite() {
                sheet.write_number(row, 1, *number).expect("a number");
            }
            if *serial != 60 {
                let date = ExcelDateTime::from_serial_datetime(f64::from(*serial)).expect("a date");
                sheet.write_datetime_with_format(row, 2, &date, &dates).expect("a date");
            }
            sheet.write_boolean(row, 3, *truth).expect("a truth");
        }
        let bytes = book.save_to_buffer().expect("a book");
        prop_assert_eq!(calamine_lines(bytes.clone()), our_lines(&read(&bytes)));
    }
}

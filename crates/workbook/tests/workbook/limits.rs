//! Every limit refuses with its own word and its number, of which `directory::Failure` makes the sentence.

use std::collections::HashSet;

use workbook::{Limits, Refusal};

use crate::book::read_sheet;
use crate::pack::{Pack, document, sheet, workbook};

/// Checks that the limits refuse the file, and those that are ordinary do not.
fn check(bytes: &[u8], limits: &Limits, code: &str, named: &str) {
    let refusal = read_sheet(bytes, 0, limits).map(|_| ()).expect_err(code);
    assert_eq!(refusal.code(), code);
    let number = named.split(' ').next().expect("a number");
    assert!(refusal.detail().split(' ').any(|word| word == number), "{refusal} does not name {named}");
    let ordinary = read_sheet(bytes, 0, &Limits::default());
    assert!(ordinary.is_ok(), "the ordinary limits refuse it too: {ordinary:?}");
}

fn ordinary() -> Limits {
    Limits::default()
}

fn three_rows() -> Vec<u8> {
    sheet(
        "<worksheet><sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData></worksheet>",
    )
}

#[test]
fn upload() {
    check(&three_rows(), &Limits { upload: 100, ..ordinary() }, "file_too_large", "100 bytes");
    check(b"a,b\r\n1,2\r\n", &Limits { csv_upload: 9, ..ordinary() }, "file_too_large", "9 bytes");
}

#[test]
fn rows() {
    let limits = Limits { rows: 2, ..ordinary() };
    check(&three_rows(), &limits, "file_too_many_rows", "2 rows");
    check(b"a\n\nb\nc\n", &limits, "file_too_many_rows", "2 rows");
    let row = "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>";
    check(&document(&format!("<table:table>{row}</table:table>")), &limits, "file_too_many_rows", "2 rows");
    assert_eq!(
        read_sheet(&three_rows(), 0, &Limits { rows: 3, ..ordinary() }).map(|rows| rows.len()).ok(),
        Some(3)
    );
}

#[test]
fn columns_beyond_are_ignored() {
    let limits = Limits { columns: 2, ..ordinary() };
    let repeated = "<table:table-row><table:table-cell table:number-columns-repeated=\"9\"><text:p>a</text:p></table:table-cell></table:table-row>";
    for bytes in [
        sheet(
            "<worksheet><sheetData><row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c><c r='ZZ1'><v>3</v></c></row></sheetData></worksheet>",
        ),
        b"a,b,c,d\r\n".to_vec(),
        document(&format!("<table:table>{repeated}</table:table>")),
    ] {
        let rows = read_sheet(&bytes, 0, &limits).expect("readable");
        assert_eq!(rows[0].1.iter().map(|cell| cell.0.as_str()).collect::<Vec<_>>(), ["A1", "B1"]);
    }
}

#[test]
fn inflated_sheet() {
    check(&three_rows(), &Limits { sheet: 60, ..ordinary() }, "file_sheet_too_large", "60 bytes");
    let content = document("<table:table/>");
    check(&content, &Limits { sheet: 60, ..ordinary() }, "file_sheet_too_large", "60 bytes");
}

#[test]
fn text_that_few_strings_stand_for() {
    let mut pack = workbook();
    pack.add("xl/sharedStrings.xml", format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1000)).as_bytes());
    let row = "<row><c t=\"s\"><v>0</v></c></row>".repeat(100);
    pack.add("xl/sheet.xml", format!("<worksheet><sheetData>{row}</sheetData></worksheet>").as_bytes());
    check(&pack.finish(), &Limits { sheet: 50_000, ..ordinary() }, "file_sheet_too_large", "50000 bytes");
}

#[test]
fn shared_strings_and_other_parts() {
    let mut pack = workbook();
    pack.add("xl/sharedStrings.xml", b"<sst><si><t>one</t></si><si><t>two</t></si></sst>");
    pack.add("xl/styles.xml", format!("<styleSheet>{}</styleSheet>", "<xf/>".repeat(1000)).as_bytes());
    pack.add("xl/sheet.xml", b"<worksheet/>");
    let bytes = pack.finish();
    check(&bytes, &Limits { shared_strings: 30, ..ordinary() }, "file_strings_too_large", "30 bytes");
    check(&bytes, &Limits { part: 4096, ..ordinary() }, "file_part_too_large", "4 KiB");
}

#[test]
fn ratio() {
    let spaces = format!("<a b=\"{}\"/>", " ".repeat(1000)).repeat(12_000);
    let bytes = sheet(&format!("<worksheet>{spaces}</worksheet>"));
    let generous = Limits { ratio: 100_000, ..ordinary() };
    assert!(read_sheet(&bytes, 0, &generous).is_ok());
    let refusal = read_sheet(&bytes, 0, &ordinary()).expect_err("a ratio");
    assert_eq!(refusal.code(), "file_ratio");
    assert!(refusal.to_string().contains("200"));
}

#[test]
fn entries() {
    let mut pack = workbook();
    for number in 0..20 {
        pack.add(&format!("xl/media/{number}.png"), b"");
    }
    pack.add("xl/sheet.xml", b"<worksheet/>");
    check(&pack.finish(), &Limits { entries: 20, ..ordinary() }, "file_too_many_entries", "20 parts");
}

#[test]
fn sheets_and_tables() {
    let tables = document(&"<table:table/>".repeat(9));
    check(&tables, &Limits { entries: 8, ..ordinary() }, "file_too_many_entries", "8 parts");
    let mut pack = Pack::default();
    pack.add("[Content_Types].xml", b"<Types/>");
    let sheets = "<sheet name=\"a\" r:id=\"a\"/>".repeat(9);
    pack.add("xl/workbook.xml", format!("<workbook><sheets>{sheets}</sheets></workbook>").as_bytes());
    let refusal = read_sheet(&pack.finish(), 0, &Limits { entries: 8, ..ordinary() }).expect_err("a limit");
    assert_eq!(refusal.code(), "file_too_many_entries");
}

#[test]
fn more_entries_than_the_list_says() {
    let mut pack = Pack::default();
    for number in 0..65_536 + 3 {
        pack.add(&number.to_string(), b"");
    }
    assert_eq!(read_sheet(&pack.finish(), 0, &ordinary()).expect_err("a lie").code(), "file_damaged");
}

#[test]
fn depth_and_attributes() {
    let deep = format!("<worksheet>{}{}</worksheet>", "<a>".repeat(20), "</a>".repeat(20));
    check(&sheet(&deep), &Limits { depth: 20, ..ordinary() }, "file_too_deep", "20 levels");
    let wide = format!("<worksheet><a {}/></worksheet>", "b=\"\" ".repeat(20));
    check(
        &sheet(&wide),
        &Limits { attributes: 19, ..ordinary() },
        "file_too_many_attributes",
        "19 attributes",
    );
}

#[test]
fn token() {
    let limits = Limits { token: 70_000, ..ordinary() };
    for long in [
        format!("<worksheet><a b=\"{}\"/></worksheet>", "x".repeat(300_000)),
        format!("<worksheet><!--{}--></worksheet>", "x".repeat(300_000)),
        format!("<worksheet><?a {}?></worksheet>", "x".repeat(300_000)),
        format!("<worksheet>{}</worksheet>", " ".repeat(300_000)),
        format!("<worksheet><![CDATA[{}]]></worksheet>", "x".repeat(300_000)),
    ] {
        check(&sheet(&long), &limits, "file_token_too_long", "70000 bytes");
    }
    check(
        format!("a,b\r\n\"{}", "x".repeat(80_000)).as_bytes(),
        &limits,
        "file_token_too_long",
        "70000 bytes",
    );
}

#[test]
fn text_of_a_cell_is_cut_and_marked() {
    let limits = Limits { cell: 5, ..ordinary() };
    let row = "<row><c t=\"inlineStr\"><is><t>sixsix</t></is></c></row>";
    let cell =
        "<table:table-row><table:table-cell><text:p>sixsix</text:p></table:table-cell></table:table-row>";
    for bytes in [
        sheet(&format!("<worksheet><sheetData>{row}</sheetData></worksheet>")),
        b"sixsix\r\n".to_vec(),
        document(&format!("<table:table>{cell}</table:table>")),
    ] {
        let rows = read_sheet(&bytes, 0, &limits).expect("readable");
        assert_eq!(rows[0].1[0], ("A1".to_owned(), workbook::Kind::Error, "sixsi".to_owned()));
    }
}

#[test]
fn text_of_a_row() {
    let limits = Limits { row: 1000, ..ordinary() };
    let cells = format!("<c t=\"inlineStr\"><is><t>{}</t></is></c>", "x".repeat(200)).repeat(6);
    let bytes = sheet(&format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>"));
    check(&bytes, &limits, "file_row_too_long", "1000 bytes");
    check(
        format!("{}\r\n", format!("{},", "x".repeat(200)).repeat(6)).as_bytes(),
        &limits,
        "file_row_too_long",
        "1000 bytes",
    );
    let cells = format!(
        "<table:table-row><table:table-cell table:number-columns-repeated=\"6\"><text:p>{}</text:p></table:table-cell></table:table-row>",
        "x".repeat(200)
    );
    check(
        &document(&format!("<table:table>{cells}</table:table>")),
        &limits,
        "file_row_too_long",
        "1000 bytes",
    );
}

#[test]
fn every_refusal_has_its_own_word() {
    let name = || "part".to_owned();
    let refusals = [
        Refusal::Empty,
        Refusal::NotASpreadsheet(Some("picture")),
        Refusal::Packed(name()),
        Refusal::OldFormat("xls"),
        Refusal::PasswordProtected,
        Refusal::Damaged(name()),
        Refusal::Io(std::io::Error::other("disk")),
        Refusal::NoSuchSheet(1),
        Refusal::FileTooLarge(1 << 28),
        Refusal::TooManyRows(7),
        Refusal::SheetTooLarge(1 << 32),
        Refusal::SharedStringsTooLarge(1 << 20),
        Refusal::PartTooLarge(1 << 20),
        Refusal::RatioTooHigh(200),
        Refusal::TooManyEntries(2000),
        Refusal::DuplicateEntry(name()),
        Refusal::UnsafeEntry(name()),
        Refusal::OverlappingEntries,
        Refusal::UnknownCompression(name()),
        Refusal::Doctype,
        Refusal::TooDeep(64),
        Refusal::TooManyAttributes(256),
        Refusal::TokenTooLong(1 << 20),
        Refusal::RowTooLong(1 << 20),
    ];
    let codes: HashSet<_> = refusals.iter().map(Refusal::code).collect();
    assert_eq!(codes.len(), refusals.len());
    assert_eq!(Refusal::Empty.to_string(), "file_empty");
    assert_eq!(Refusal::OldFormat("xls").to_string(), "file_old_format: xls");
    assert_eq!(Refusal::FileTooLarge(1 << 28).to_string(), "file_too_large: 256 MiB");
}

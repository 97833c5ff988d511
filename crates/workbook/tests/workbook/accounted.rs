//! What of a book is no plain cell is counted, named or shown as the program shows it: merged cells, what stands beyond, formats, errors.

use std::io::{Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use workbook::{Area, Asides, Batch, Book, Count, Limits, Refusal};

use crate::pack::{Pack, document, sheet, workbook};

fn open(bytes: &[u8]) -> Book {
    Book::open(Box::new(Cursor::new(bytes.to_vec())), &Limits::default()).expect("a book")
}

/// The cells of the first sheet, each with what it shows, and the merged ranges that are told at the end.
fn told(bytes: &[u8]) -> String {
    let mut book = open(bytes);
    let mut rows = book.rows(0).expect("a sheet");
    let (mut batch, mut told) = (Batch::new(), Vec::new());
    while rows.fill(&mut batch, 1).expect("readable") {
        for cell in batch.row(0).cells() {
            let defect = cell.defect.map(|defect| format!("!{defect:?}")).unwrap_or_default();
            told.push(format!("{}={}{defect}", cell.position, cell.shown().escape_debug()));
        }
    }
    told.extend(rows.merged().iter().map(|area| format!("[{area}]")));
    told.join(" ")
}

fn xlsx(rows: &str, behind: &str) -> Vec<u8> {
    sheet(&format!("<worksheet><sheetData>{rows}</sheetData>{behind}</worksheet>"))
}

fn ods(rows: &str) -> Vec<u8> {
    document(&format!("<table:table>{rows}</table:table>"))
}

#[track_caller]
fn check_ods(cell: &str, expected: &str) {
    assert_eq!(told(&ods(&format!("<table:table-row>{cell}</table:table-row>"))), expected, "{cell}");
}

#[test]
fn merged_ranges_of_xlsx() {
    let rows = "<row><c><v>1</v></c></row>";
    let some = "<mergeCells count=\"3\"><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"C9:C4\"></mergeCell><mergeCell ref='D1'/></mergeCells>";
    assert_eq!(told(&xlsx(rows, some)), "A1=1 [A1:B2] [C4:C9]");
    assert_eq!(told(&xlsx(rows, "<pageMargins/><mergeCell bad=\"1\"/><mergeCell ref=\"x\"/>")), "A1=1");
    let prefixed = "<x:worksheet><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref=\"A1:A3\"/></x:mergeCells></x:worksheet>";
    assert_eq!(told(&sheet(prefixed)), "A1=1 [A1:A3]");
}

#[test]
fn merged_ranges_beyond_those_that_are_kept_are_counted() {
    let many: String = (1..=30_000).map(|row| format!("<mergeCell ref=\"A{row}:B{row}\"/>")).collect();
    let mut book = open(&xlsx("<row><c><v>1</v></c></row>", &many));
    let mut rows = book.rows(0).expect("a sheet");
    let mut batch = Batch::new();
    while rows.fill(&mut batch, 9).expect("readable") {}
    let last: Area = "A10000:B10000".parse().expect("an area");
    assert_eq!(
        (rows.merged().len(), rows.merged().last(), rows.merged_beyond()),
        (10_000, Some(&last), 20_000)
    );
    assert!(last.contains(last.first) && last.contains(last.last));
    assert!(
        !last.contains("C10000".parse().expect("a cell")) && !last.contains("A9999".parse().expect("a cell"))
    );
}

#[test]
fn merged_ranges_of_ods() {
    let merged = "<table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"3\"><text:p>a</text:p></table:table-cell><table:covered-table-cell/>";
    let plain = "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>";
    let rows = format!("{plain}<table:table-row><table:table-cell/>{merged}</table:table-row>{plain}");
    assert_eq!(told(&ods(&rows)), "A1=x B2=a A3=x [B2:C4]");
    let wide = merged.replace("table:number-rows-spanned=\"3\"", "");
    let rows =
        format!("{plain}<table:table-row table:number-rows-repeated=\"2\">{wide}</table:table-row>{plain}");
    assert_eq!(told(&ods(&rows)), "A1=x A2=a A3=a A4=x [A2:B2] [A3:B3]");
}

#[test]
fn cells_beyond_the_columns_are_counted() {
    let limits = Limits { columns: 2, ..Limits::default() };
    let cell = |text: &str| {
        format!(
            "<table:table-cell table:number-columns-repeated=\"3\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = format!("<table:table-row table:number-rows-repeated=\"2\">{}</table:table-row>", cell("a"));
    for (bytes, unread) in [
        (
            xlsx(
                "<row><c><v>1</v></c><c r=\"C1\"><v>1</v></c><c r='ZZ1'><v>3</v></c><c r=\"D1\"/></row><row><c r=\"C2\"><f>1</f></c></row>",
                "",
            ),
            3,
        ),
        (ods(&row), 2),
        (ods(&format!("<table:table-row>{}{}</table:table-row>", cell("a"), cell("b"))), 4),
        (b"a,b,c,,d\nx\n".to_vec(), 2),
    ] {
        let mut book = Book::open(Box::new(Cursor::new(bytes)), &limits).expect("a book");
        let mut rows = book.rows(0).expect("a sheet");
        let mut batch = Batch::new();
        while rows.fill(&mut batch, 9).expect("readable") {}
        assert_eq!(rows.unread(), unread);
    }
}

#[test]
fn sheets_that_are_not_read_can_be_counted() {
    let tables = "<table:table><table:table-row/></table:table><table:table><table:table-row><table:table-cell table:number-columns-repeated=\"300\"><text:p>a</text:p></table:table-cell></table:table-row></table:table>";
    let mut book = open(&document(tables));
    assert_eq!(book.count_cells(0).expect("counted"), Count::default());
    assert_eq!(book.count_cells(1).expect("counted"), Count { rows: 1, cells: 300 });
    let mut book =
        open(&xlsx("<row><c><v>1</v></c><c/></row><row/><row><c><v>2</v></c><c><v>3</v></c></row>", ""));
    assert_eq!(book.count_cells(0).expect("counted"), Count { rows: 2, cells: 3 });
    assert!(matches!(book.count_cells(1), Err(Refusal::NoSuchSheet(1))));
}

/// A source that tells how often it was read from.
struct Counted(Cursor<Vec<u8>>, Arc<AtomicU64>);

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.read(buffer)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

/// Everything of all tables of an ods is one part: to come back for a later table is to inflate all that lies before it once more.
#[test]
fn tables_behind_the_first_are_known_once_an_ods_is_open() {
    const ROW: &str = "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell/></table:table-row>";
    let (many, long) = (ROW.repeat(45), ROW.repeat(70_000));
    let repeated =
        ROW.replacen("<table:table-row", "<table:table-row table:number-rows-repeated=\"90000\"", 1);
    let wide = ROW.replacen("cell>", "cell table:number-columns-repeated=\"300\">", 1);
    let grouped = |rows: &str| {
        format!("<table:table-column/><table:table-row-group>{rows}</table:table-row-group>{ROW}")
    };
    for (inside, is_known, is_counted) in [
        (String::new(), true, true),
        (ROW.to_owned(), true, true),
        (many.clone(), true, true),
        (grouped(&many), true, true),
        (wide.clone(), true, true),
        (format!("<table:shapes><x/></table:shapes>{ROW}"), true, true),
        (long.clone(), true, false),
        (grouped(&long), true, false),
        (repeated.clone(), true, false),
        (format!("{repeated}{ROW}"), true, false),
        (
            grouped(&wide.replacen(
                "<table:table-row",
                "<table:table-row table:number-rows-repeated=\"7000\"",
                1,
            )),
            true,
            false,
        ),
        // What can't be read at a glance is known by its name.
        (format!("{ROW}<table:table-row></x>"), false, false),
    ] {
        let table =
            |name: &str, inside: &str| format!("<table:table table:name=\"{name}\">{inside}</table:table>");
        let tables =
            [table("first", ROW), table("second", &inside), table("third", &many), table("last", "")];
        let reads = Arc::new(AtomicU64::new(0));
        let source = Counted(Cursor::new(document(&tables.concat())), reads.clone());
        let mut book = Book::open(Box::new(source), &Limits::default()).expect("a book");
        let names: Vec<_> = book.sheets().iter().map(|sheet| sheet.name.clone()).collect();
        assert_eq!(names, ["first", "second", "third", "last"]);
        let (told, known) = (&inside[..inside.len().min(90)], reads.load(Ordering::Relaxed));
        let (first, all) = (book.first_rows(1), book.count_cells(1));
        if !is_known {
            assert!(first.is_err() && all.is_err(), "{told}");
            assert_eq!(book.count_cells(0).expect("counted"), Count { rows: 1, cells: 1 });
            continue;
        }
        assert_eq!(reads.load(Ordering::Relaxed) == known, is_counted, "{told}");
        let read = counted(&mut book, 1);
        assert_eq!(
            (first.expect("rows").len() as u64, all.expect("counted")),
            (read.rows.min(20), read),
            "{told}"
        );
        assert_eq!(book.first_rows(2).expect("rows").len(), 20, "{told}");
        let behind = [2, 3].map(|sheet| book.count_cells(sheet).expect("counted"));
        assert_eq!(behind, [Count { rows: 45, cells: 45 }, Count::default()], "{told}");
    }
}

/// What a sheet holds, row by row.
fn counted(book: &mut Book, sheet: usize) -> Count {
    let (mut batch, mut count) = (Batch::new(), Count::default());
    let mut rows = book.rows(sheet).expect("a sheet");
    while rows.fill(&mut batch, 1_000).expect("readable") {
        count.rows += batch.len() as u64;
        count.cells += batch.iter().map(|row| row.cells().count() as u64).sum::<u64>();
    }
    count.cells += rows.unread();
    count
}

#[test]
fn comments_and_drawings_are_counted() {
    let mut pack = workbook();
    pack.add("xl/sheet.xml", b"<worksheet><sheetData/></worksheet>");
    let filler = " ".repeat(100_000);
    let comments = format!(
        "<comments><authors/><commentList><comment ref=\"A1\"/>{filler}<comment ref=\"B1\"/></commentList></comments>"
    );
    pack.add("xl/comments1.xml", comments.as_bytes());
    pack.add(
        "xl/comments/comment2.xml",
        b"<comments><commentList><comment ref=\"C1\"/></commentList></comments>",
    );
    pack.add("xl/threadedComments/threadedComment1.xml", b"<x><comment ref=\"A1\"/></x>");
    pack.add(
        "xl/drawings/drawing1.xml",
        b"<xdr:wsDr><xdr:oneCellAnchor><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>",
    );
    pack.add("xl/drawings/vmlDrawing1.vml", b"<x:ClientData/>");
    assert_eq!(open(&pack.finish()).asides().expect("counted"), Asides { comments: 3, drawings: 1 });
    let note = "<table:table-row><table:table-cell><office:annotation><text:p>n</text:p></office:annotation><draw:frame></draw:frame></table:table-cell></table:table-row>";
    let mut book = open(&ods(&note.repeat(3)));
    assert_eq!(book.asides().expect("counted"), Asides { comments: 3, drawings: 3 });
    let on_table = "<table:shapes><draw:frame><draw:image/></draw:frame><draw:line/></table:shapes>";
    book = open(&ods(&format!("{on_table}{}", note.repeat(2))));
    let (mut rows, mut batch) = (book.rows(0).expect("a sheet"), Batch::new());
    while rows.fill(&mut batch, 9).expect("readable") {}
    assert_eq!(rows.asides(), Asides { comments: 2, drawings: 4 }, "counted while the sheet is read");
    assert_eq!(open(b"a,b\n").asides().expect("counted"), Asides::default());
}

#[test]
fn special_formats_of_xlsx_are_as_shown() {
    let formats = [
        "000-00-0000",
        "&quot;EMP-&quot;0000",
        "00000\\-0000",
        "[&lt;=9999999]###\\-####;\\(###\\)\\ ###\\-####",
        "00000",
        "0.00",
    ];
    let of_format = |(number, code): (usize, &&str)| {
        format!("<numFmt numFmtId=\"{}\" formatCode=\"{code}\"/>", 170 + number)
    };
    let codes: String = formats.iter().enumerate().map(of_format).collect();
    let styles: String =
        (0..formats.len()).map(|number| format!("<xf numFmtId=\"{}\"/>", 170 + number)).collect();
    let mut pack = workbook();
    let content = format!("<styleSheet><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>");
    pack.add("xl/styles.xml", content.as_bytes());
    let cells = ["12345678", "12", "23456789", "5551234", "7", "7"];
    let cells: String = cells
        .iter()
        .enumerate()
        .map(|(style, value)| format!("<c s=\"{style}\"><v>{value}</v></c>"))
        .collect();
    let other = "<row><c s=\"1\"><v>1.5</v></c><c s=\"1\"><v>-3</v></c><c s=\"1\" t=\"inlineStr\"><is><t>x</t></is></c><c s=\"1\"><f>1</f><v>4</v></c></row>";
    let content = format!("<worksheet><sheetData><row>{cells}</row>{other}</sheetData></worksheet>");
    pack.add("xl/sheet.xml", content.as_bytes());
    let first = "A1=012-34-5678 B1=EMP-0012 C1=02345-6789 D1=555-1234 E1=00007 F1=7.00";
    assert_eq!(told(&pack.finish()), format!("{first} A2=1.5 B2=-3 C2=x D2=EMP-0004"));
}

#[test]
fn special_formats_of_ods_are_as_shown() {
    for (value, shown, expected) in [
        ("12345678", "012-34-5678", "012-34-5678"),
        ("12", "EMP-0012", "EMP-0012"),
        ("123456789", "01 23 45 67 89", "01 23 45 67 89"),
        ("0", "000-00", "000-00"),
        ("7", "00007", "00007"),
        ("1234", "1,234", "1234"),
        ("1234", "1.234", "1234"),
        ("1234", "1\u{202f}234", "1234"),
        ("1234", "$1,234", "1234"),
        ("12.5", "12,50", "12,50"),
        ("12", "12.00", "12.00"),
        ("0.5", "50%", "50%"),
        ("12.5", "£12.50", "£12.50"),
        ("-12.5", "-12.50", "-12.5"),
        ("0.075", "7,50\u{a0}%", "7,50\u{a0}%"),
        // Digits that were rounded away are kept.
        ("0.756", "76%", "0.756"),
        ("12.345", "12.30", "12.345"),
        ("1234.5", "1,234.50", "1234.5"),
        ("0.333333333333333", "0.333333333333333", "0.333333333333333"),
    ] {
        let cell = format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{value}\"><text:p>{shown}</text:p></table:table-cell>"
        );
        let expected = expected.escape_debug();
        check_ods(&cell, &format!("A1={expected}"));
        let row =
            format!("<table:table-row table:number-rows-repeated=\"2\">{}</table:table-row>", cell.repeat(2));
        assert_eq!(told(&ods(&row)), format!("A1={expected} B1={expected} A2={expected} B2={expected}"));
    }
}

#[test]
fn errors_of_ods_are_told_whoever_wrote_them() {
    for word in ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#BEZUG!", "#NV", "Err:502", "#\u{418}\u{41c}\u{42f}?"]
    {
        for cell in [
            "office:value-type=\"float\" office:value=\"0\"",
            "office:value-type=\"float\"",
            "table:formula=\"of:=NA()\" office:value-type=\"float\" office:value=\"0\"",
            "office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"",
            "office:value-type=\"float\" office:value=\"0\" calcext:value-type=\"error\"",
        ] {
            let cell = format!("<table:table-cell {cell}><text:p>{word}</text:p></table:table-cell>");
            check_ods(&cell, &format!("A1={word}!ErrorValue"));
        }
    }
    let number = |value, shown| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{value}\"><text:p>{shown}</text:p></table:table-cell>"
        )
    };
    check_ods(&number("5", "#5"), "A1=#5");
    check_ods(&number("0", "0"), "A1=0");
    check_ods(&number("7", "#N/A"), "A1=7");
    check_ods(
        "<table:table-cell office:value-type=\"string\"><text:p>#1 fan</text:p></table:table-cell>",
        "A1=#1 fan",
    );
}

#[test]
fn texts_and_formulas_of_ods() {
    let text = |inside: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{inside}</text:p></table:table-cell>")
    };
    check_ods(&text("a  b"), "A1=a  b");
    check_ods(&text("a<text:s/><text:s text:c=\"2\"/>b"), "A1=a   b");
    check_ods(&text("a<text:tab/>b<text:line-break/>c</text:p><text:p>d"), "A1=a\\tb\\nc\\nd");
    check_ods(&text("<text:span>a </text:span> b"), "A1=a  b");
    check_ods("<table:table-cell table:formula=\"of:=&quot;&quot;\"><text:p/></table:table-cell>", "");
    check_ods(
        "<table:table-cell table:formula=\"of:=&quot;&quot;\" office:value-type=\"string\" office:string-value=\"\"><text:p/></table:table-cell>",
        "",
    );
    check_ods("<table:table-cell table:formula=\"of:=1+1\"/>", "A1=!FormulaWithoutValue");
    for (value, shown) in [("1", "TRUE"), ("true", "TRUE"), ("0", "FALSE"), ("false", "FALSE")] {
        check_ods(
            &format!("<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"{value}\"/>"),
            &format!("A1={shown}"),
        );
    }
}

#[test]
fn a_cell_with_two_values_has_the_one_of_its_type() {
    for (cell, expected) in [
        ("<c t=\"inlineStr\"><v>0</v><is><t>a</t></is></c>", "A1=a"),
        ("<c t=\"inlineStr\"><is><t>a</t></is><v>0</v></c>", "A1=a"),
        ("<c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r></is><v>a</v></c>", "A1=ab"),
        ("<c t=\"inlineStr\"><v>a</v></c>", "A1=a"),
        ("<c t=\"n\"><v>5</v><is><t>a</t></is></c>", "A1=5"),
        ("<c t=\"str\"><is><t>a</t></is><v>5</v></c>", "A1=5"),
        ("<c t=\"str\"><f>\"\"</f><v></v></c>", ""),
        ("<c t=\"str\"><f>\"\"</f><v/></c>", ""),
    ] {
        assert_eq!(told(&xlsx(&format!("<row>{cell}</row>"), "")), expected, "{cell}");
    }
}

fn refusal(bytes: Vec<u8>) -> String {
    match Book::open(Box::new(Cursor::new(bytes)), &Limits::default()) {
        Ok(book) => format!("read as {:?}", book.format()),
        Err(refusal) => refusal.to_string(),
    }
}

fn lock(name: &str, length: usize) -> Vec<u8> {
    let mut bytes = vec![name.len() as u8];
    bytes.extend(name.bytes().chain(std::iter::repeat(b' ')).take(54));
    bytes.extend([name.len() as u8, 0]);
    bytes.extend(name.encode_utf16().chain(std::iter::repeat(0x20)).take(60).flat_map(u16::to_le_bytes));
    bytes.truncate(length);
    bytes.resize(length, 0);
    bytes
}

fn packed(names: &[&str]) -> Vec<u8> {
    let mut pack = Pack::default();
    names.iter().for_each(|name| pack.add(name, b"<x/>"));
    pack.finish()
}

#[test]
fn what_lies_beside_a_workbook_and_what_is_packed_is_called_by_its_name() {
    let lock_file = "file_not_a_spreadsheet: lock-file";
    for (bytes, expected) in [
        (lock("Ann Example", 165), lock_file),
        (lock("A", 165), lock_file),
        (lock("An administrator with a name of 46 characters.", 165), lock_file),
        (b",Ann,ann-laptop,27.11.2026 06:00,file:///home/ann/.config/libreoffice/4;".to_vec(), lock_file),
        (b"\x09\0\x04\0\x02\0\x10\0".to_vec(), "file_old_format: xls-5"),
        (b"\x09\x02\x06\0\0\0\x10\0".to_vec(), "file_old_format: xls-5"),
        (b"\x09\x04\x06\0\0\0\x10\0".to_vec(), "file_old_format: xls-5"),
        (b"\x09\x08\x08\0\0\x05\x10\0".to_vec(), "file_old_format: xls-5"),
        (b"\0\0\x02\0\x06\x04\x06\0".to_vec(), "file_old_format: lotus"),
        (packed(&["photo.jpg"]), "file_not_a_spreadsheet: zip"),
        (packed(&["[Content_Types].xml", "package/other.xml"]), "file_not_a_spreadsheet: zip"),
        (packed(&["a/notes.txt", "a/Users.XLSX", "b.csv"]), "file_packed: Users.XLSX"),
        (packed(&["__MACOSX/._users.csv", "users.csv"]), "file_packed: users.csv"),
        (
            packed(&["users/[Content_Types].xml", "users/xl/workbook.xml"]),
            "file_not_a_spreadsheet: workbook-parts",
        ),
        (b"\x09name,town\nx,y\n".to_vec(), "read as Csv"),
        (b",a,b\n,1,2;".to_vec(), "read as Csv"),
        (format!("id,name\n1,{}\n", "x".repeat(154)).into_bytes(), "read as Csv"),
    ] {
        assert_eq!(refusal(bytes.clone()), expected, "{}", String::from_utf8_lossy(&bytes));
    }
}

/// The archive with the end that zip64 has (APPNOTE 4.3.14 to 4.3.16), as writers leave it that don't know how large it will be.
fn as_zip64(archive: &[u8]) -> Vec<u8> {
    let (list, end) = archive.split_at(archive.len() - 22);
    let [entries, size, start] = [(10, 2), (12, 4), (16, 4)].map(|(at, length)| {
        let mut number = [0; 8];
        number[..length].copy_from_slice(&end[at..at + length]);
        u64::from_le_bytes(number)
    });
    let record = [b"PK\x06\x06".as_slice(), &44_u64.to_le_bytes(), &[45, 0, 45, 0], &[0; 8]].concat();
    let numbers = [entries, entries, size, start].map(u64::to_le_bytes).concat();
    let locator =
        [b"PK\x06\x07".as_slice(), &[0; 4], &(list.len() as u64).to_le_bytes(), &[1, 0, 0, 0]].concat();
    let end = [b"PK\x05\x06".as_slice(), &[0; 4], &[0xFF; 12], &[0; 2]].concat();
    [list.to_vec(), record, numbers, locator, end].concat()
}

#[test]
fn bytes_behind_an_archive_are_harmless() {
    let book = xlsx("<row><c><v>1</v></c></row>", "");
    for whole in [
        as_zip64(&book),
        book,
        ods("<table:table-row><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row>"),
    ] {
        for behind in [
            b"\r\n".to_vec(),
            b"-- \r\nScanned by a gateway\r\n".repeat(40),
            vec![0; 300_000],
            b"PK\x05\x06".to_vec(),
            b"PK\x05\x06".repeat(10),
            vec![b'x'; 3_000_000],
            vec![0; (1 << 20) - 11],
            b"PK\x05\x06".repeat(800_000),
        ] {
            assert_eq!(told(&[whole.clone(), behind].concat()), "A1=1");
        }
        // Cut off is still damaged, whatever stands behind.
        let cut = [&whole[..whole.len() - 30], b"PK\x05\x06".as_slice(), &[0; 40]].concat();
        assert!(refusal(cut).starts_with("file_damaged"));
    }
}

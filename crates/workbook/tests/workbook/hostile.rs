//! Hostile files under the ordinary limits: each ends in a sentence or in rows, and with little memory. Every file is read
//! by a process of its own, whose greatest memory the kernel knows.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::process::Command;

use workbook::{Batch, Book, Limits, Refusal};

use crate::pack::{Pack, document, sheet, workbook};

/// Names the file for the process that reads it.
const FILE: &str = "WORKBOOK_HOSTILE_FILE";

/// Reads all sheets and gives the number of rows.
fn read(bytes: Vec<u8>) -> Result<usize, Refusal> {
    let mut book = Book::open(Box::new(Cursor::new(bytes)), &Limits::default())?;
    let mut batch = Batch::new();
    let mut count = 0;
    for sheet in 0..book.sheets().len() {
        let mut rows = book.rows(sheet)?;
        while rows.fill(&mut batch, 4_000)? {
            count += batch.len();
        }
    }
    Ok(count)
}

/// Not a test of its own: what the process does that [`check`] starts.
#[test]
fn reads_one_file() {
    let Ok(file) = std::env::var(FILE) else { return };
    let bytes = fs::read(file).expect("the file");
    let held = bytes.len() / 1024;
    let outcome = read(bytes).map_or_else(|refusal| refusal.code().to_owned(), |rows| format!("{rows} rows"));
    println!("outcome {outcome} with {} KiB", greatest_memory().saturating_sub(held));
}

/// The greatest memory of this process in KiB.
fn greatest_memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// Reads the file in a process of its own: its outcome, and less memory than this (in MiB, the test's own included).
fn check(name: &str, bytes: &[u8], outcome: &str, most: usize) {
    let path = std::env::temp_dir().join(format!("workbook-hostile-{}-{name}", std::process::id()));
    fs::File::create(&path).and_then(|mut file| file.write_all(bytes)).expect("a file");
    let output = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "hostile::reads_one_file", "--nocapture"])
        .env(FILE, &path)
        .output()
        .expect("a process");
    let _ = fs::remove_file(&path);
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| Some(line.split_once("outcome ")?.1)).unwrap_or("none");
    let (found, memory) = line.split_once(" with ").unwrap_or((line, ""));
    assert_eq!(found, outcome, "{name}: {text}");
    let memory: usize = memory.trim_end_matches(" KiB").parse().expect("a number");
    assert!(memory < most << 10, "{name} took {memory} KiB");
}

#[test]
fn one_gigantic_shared_string() {
    let mut pack = workbook();
    pack.pour("xl/sharedStrings.xml", |sink| {
        sink.write_all(b"<sst><si><t>").expect("memory");
        for _ in 0..64 {
            sink.write_all(&[b'x'; 1 << 20]).expect("memory");
        }
        sink.write_all(b"</t></si></sst>").expect("memory");
    });
    check("string", &pack.finish(), "file_token_too_long", 24);
}

#[test]
fn millions_of_shared_strings() {
    let mut pack = workbook();
    pack.pour("xl/sharedStrings.xml", |sink| {
        sink.write_all(b"<sst>").expect("memory");
        let mut row = String::new();
        for number in 0..1_000_000 {
            row.clear();
            let _ = write!(row, "<si><t>{}</t></si>", number % 1009);
            sink.write_all(row.as_bytes()).expect("memory");
        }
        sink.write_all(b"</sst>").expect("memory");
    });
    pack.add("xl/sheet.xml", b"<worksheet/>");
    check("strings", &pack.finish(), "0 rows", 40);
}

#[test]
fn many_cells_that_share_one_long_string() {
    let mut pack = workbook();
    pack.add("xl/sharedStrings.xml", format!("<sst><si><t>{}</t></si></sst>", "x".repeat(32_767)).as_bytes());
    let row = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(20));
    pack.add(
        "xl/sheet.xml",
        format!("<worksheet><sheetData>{}</sheetData></worksheet>", row.repeat(2_000)).as_bytes(),
    );
    check("cells", &pack.finish(), "2000 rows", 32);
}

#[test]
fn a_bomb() {
    let mut pack = workbook();
    pack.pour("xl/sheet.xml", |sink| {
        sink.write_all(b"<worksheet>").expect("memory");
        for _ in 0..1 << 14 {
            sink.write_all(&[b' '; 1 << 12]).expect("memory");
            sink.write_all(b"<a/>").expect("memory");
        }
    });
    check("bomb", &pack.finish(), "file_ratio", 24);
}

#[test]
fn a_bomb_in_a_part_that_is_read_whole() {
    let mut pack = Pack::default();
    pack.pour("mimetype", |sink| {
        for _ in 0..64 {
            sink.write_all(&[b' '; 1 << 20]).expect("memory");
        }
    });
    check("mimetype", &pack.finish(), "file_ratio", 40);
}

#[test]
fn too_many_entries() {
    let mut pack = Pack::default();
    for number in 0..60_000 {
        pack.add(&format!("xl/{number}"), b"");
    }
    check("entries", &pack.finish(), "file_too_many_entries", 24);
}

#[test]
fn nested_and_wide_elements() {
    check("deep", &sheet(&"<a>".repeat(200_000)), "file_too_deep", 24);
    let wide = format!("<worksheet><a {}/></worksheet>", "b='' ".repeat(300_000));
    check("wide", &sheet(&wide), "file_too_many_attributes", 24);
}

#[test]
fn styled_empty_rows() {
    let mut pack = workbook();
    pack.pour("xl/sheet.xml", |sink| {
        sink.write_all(b"<worksheet><sheetData>").expect("memory");
        for row in 1..=50_000 {
            let cells: String =
                ('A'..='T').map(|column| format!("<c r=\"{column}{row}\" s=\"1\"/>")).collect();
            sink.write_all(format!("<row r=\"{row}\">{cells}</row>").as_bytes()).expect("memory");
        }
        sink.write_all(b"</sheetData></worksheet>").expect("memory");
    });
    check("empty", &pack.finish(), "0 rows", 24);
}

#[test]
fn one_cell_again_and_again() {
    let row = "<c r=\"A1\"><v>1</v></c>".repeat(300_000);
    check(
        "again",
        &sheet(&format!("<worksheet><sheetData><row>{row}</row></sheetData></worksheet>")),
        "file_damaged",
        24,
    );
}

#[test]
fn rows_and_cells_that_stand_for_many() {
    let cell = format!(
        "<table:table-cell table:number-columns-repeated=\"16384\"><text:p>{}</text:p></table:table-cell>",
        "x".repeat(32_767)
    );
    let row = format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>");
    check("repeated", &document(&format!("<table:table>{row}</table:table>")), "file_sheet_too_large", 40);
    let cell =
        "<table:table-cell table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell>";
    let row = format!("<table:table-row table:number-rows-repeated=\"4294967295\">{cell}</table:table-row>");
    let filled = format!("<table:table>{}</table:table>", row.replace("4294967295", "3000"));
    check("filled", &document(&filled), "3000 rows", 32);
    let empty = row.replace("<text:p>x</text:p>", "").repeat(1000);
    check("nothing", &document(&format!("<table:table>{empty}</table:table>")), "0 rows", 24);
}

#[test]
fn csv_without_an_end() {
    let mut open = b"a,b\r\n\"".to_vec();
    open.resize(20 << 20, b'x');
    check("quote.csv", &open, "file_token_too_long", 40);
    check("separators.csv", &[b','; 8 << 20], "0 rows", 40);
    check("marks.csv", &[b'"'; 8 << 20], "file_token_too_long", 40);
}

//! openpyxl reads what we write, with validations, panes and filter, and we read what it writes.

use std::process::Command;

use workbook::{Format, Mark, Printed};

use super::{Folder, TEXTS, is_there, lines, printed, run, same, write_everything};
use crate::book::{full, read, write, write_marked};

fn python() -> Command {
    Command::new(std::env::var("MUSTER_PYTHON").unwrap_or_else(|_| "python3".to_owned()))
}

fn openpyxl_is_there() -> bool {
    is_there("openpyxl", python().args(["-c", "import openpyxl"]))
}

/// Prints every cell of the first sheet as a line, as the tests do.
const PRINT: &str = r#"
import datetime, sys, urllib.parse, openpyxl
def printed(text):
    return "".join(chr(b) if chr(b).isalnum() and b < 128 else "%%%02X" % b for b in text.encode())
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
for row in sheet.iter_rows():
    for cell in row:
        value = cell.value
        if value is None:
            continue
        if isinstance(value, bool):
            kind, value = "b", str(value).upper()
        elif isinstance(value, (int, float)):
            kind, value = "n", str(value)
        elif isinstance(value, datetime.datetime):
            kind, value = "d", value.strftime("%Y-%m-%d")
        else:
            kind = "t"
        print(cell.coordinate, kind, printed(value))
"#;

#[test]
fn openpyxl_reads_what_we_write() {
    if !openpyxl_is_there() {
        return;
    }
    let folder = Folder::new("openpyxl-reads");
    let (bytes, seen) = write_everything(Format::Xlsx);
    std::fs::write(folder.file("ours.xlsx"), bytes).expect("a file");
    let found = run(python().args(["-c", PRINT]).arg(folder.file("ours.xlsx")));
    let expected = lines(&seen);
    same(&found.lines().collect::<Vec<_>>(), &expected, "openpyxl");
}

/// Prints what the sheet says besides its values.
const FACTS: &str = r#"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
print("sheets", *[f"{s.title}:{s.sheet_state}" for s in book])
print("panes", sheet.freeze_panes, "filter", sheet.auto_filter.ref, "protected", sheet.protection.sheet)
print("pages", sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight, sheet.print_title_rows)
for rule in sheet.data_validations.dataValidation:
    message = "hint" if rule.prompt else "-"
    print("rule", rule.sqref, rule.type, rule.formula1, rule.errorStyle or "stop", rule.showErrorMessage, message)
for marks in sheet.conditional_formatting:
    print("marks", marks.sqref, *[rule.type for rule in marks.rules])
for name in "ABCDEFG":
    cell = sheet[name + "3"]
    print("format", name, cell.number_format, cell.fill.fgColor.rgb, cell.quotePrefix)
print("quoted", sheet["B11"].value, sheet["B11"].quotePrefix, sheet["B11"].data_type)
print("list", *[cell.value for cell in book["Lists"]["A"]])
"#;

const EXPECTED: &str = "\
sheets Users:visible Instructions:visible Lists:hidden
panes C3 filter A2:G25 protected False
pages landscape True 0 $1:$1
rule A1:G2 custom FALSE stop True -
rule A3:A1025 custom FALSE stop True -
rule B3:B1025 textLength 50 stop True hint
rule C3:C1025 None None stop True hint
rule D3:D1025 date 1 stop True hint
rule E3:E1025 list 'Lists'!$A$1:$A$3 stop True -
rule F3:F1025 decimal -999999999999999 stop True -
marks B3:B25 containsBlanks
marks C3:C25 containsBlanks duplicateValues
format A @ 00000000 False
format B @ 00000000 False
format C @ 00000000 False
format D yyyy-mm-dd 00000000 False
format E @ 00000000 False
format F General 00000000 False
format G @ FFEEEEEE False
quoted =1+1 True s
list Berlin São Paulo =Odd & <strange>
";

#[test]
fn openpyxl_reads_the_rules_of_the_sheet() {
    if !openpyxl_is_there() {
        return;
    }
    let folder = Folder::new("openpyxl-facts");
    let (bytes, _) = write_everything(Format::Xlsx);
    std::fs::write(folder.file("ours.xlsx"), bytes).expect("a file");
    let found = run(python().args(["-c", FACTS]).arg(folder.file("ours.xlsx")));
    same(&found.lines().collect::<Vec<_>>(), &EXPECTED.lines().collect::<Vec<_>>(), "openpyxl");
}

#[test]
fn openpyxl_opens_a_book_without_rows() {
    if !openpyxl_is_there() {
        return;
    }
    let folder = Folder::new("openpyxl-empty");
    std::fs::write(folder.file("ours.xlsx"), write(Format::Xlsx, &full(), &[])).expect("a file");
    let found = run(python().args(["-c", PRINT]).arg(folder.file("ours.xlsx")));
    assert_eq!(found.lines().count(), 14);
}

/// Prints the look and the note of each cell of the third row.
const MARKS: &str = r#"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
for cell in book.worksheets[0][3][:4]:
    note = cell.comment.text if cell.comment else "-"
    color = cell.font.color.rgb if cell.font.color and cell.font.color.type == "rgb" else "-"
    print(cell.coordinate, cell.value, cell.fill.fgColor.rgb, color, cell.font.b, cell.border.top.style, cell.number_format, note)
"#;

#[test]
fn openpyxl_reads_marks_and_notes() {
    if !openpyxl_is_there() {
        return;
    }
    let folder = Folder::new("openpyxl-marks");
    let row = ["U-1", "Ada", "ada@"].map(Printed::Text).to_vec();
    let marks =
        vec![Mark { column: 3, note: Some("Type <another>.") }, Mark { column: 4, note: Some("Empty") }];
    std::fs::write(folder.file("ours.xlsx"), write_marked(Format::Xlsx, &full(), &[(row, marks)]))
        .expect("a file");
    let found = run(python().args(["-c", MARKS]).arg(folder.file("ours.xlsx")));
    let expected = [
        "A3 U-1 00000000 FF596270 False None @ -",
        "B3 Ada 00000000 - False None @ -",
        "C3 ada@ FFFFC7CE FF9C0006 True thin @ Type <another>.",
        "D3 None FFFFC7CE FF9C0006 True thin yyyy-mm-dd Empty",
    ];
    same(&found.lines().collect::<Vec<_>>(), &expected, "openpyxl");
}

/// Writes a book of its own with the texts that it is given, and prints what it holds.
const WRITE: &str = r#"
import datetime, sys, openpyxl
from urllib.parse import unquote
book = openpyxl.Workbook(write_only=sys.argv[2] == "stream")
sheet = book.create_sheet("Users", 0)
for number, text in enumerate(sys.argv[3:], 1):
    cell = openpyxl.cell.WriteOnlyCell(sheet, value=unquote(text))
    cell.data_type = "s"
    sheet.append([cell, number, number / 8, datetime.date(2026, 11, number), number % 2 == 0])
sheet.append(["=1+1", "=A1"])
book.save(sys.argv[1])
"#;

#[test]
fn we_read_what_openpyxl_writes() {
    if !openpyxl_is_there() {
        return;
    }
    let folder = Folder::new("openpyxl-writes");
    for mode in ["whole", "stream"] {
        let texts = TEXTS.map(printed);
        run(python().args(["-c", WRITE]).arg(folder.file("theirs.xlsx")).arg(mode).args(texts));
        let seen = read(&std::fs::read(folder.file("theirs.xlsx")).expect("their file"));
        let mut expected = Vec::new();
        for (text, number) in TEXTS.iter().zip(1..) {
            let eighth = f64::from(number) / 8.0;
            expected.push(format!("A{number} t {}", printed(text)));
            expected.push(format!("B{number} n {number}"));
            expected.push(format!("C{number} n {}", printed(&eighth.to_string())));
            expected.push(format!("D{number} d {}", printed(&format!("2026-11-{number:02}"))));
            expected.push(format!("E{number} b {}", if number % 2 == 0 { "TRUE" } else { "FALSE" }));
        }
        // Formulas without a stored result are cells that can't be read.
        expected.extend(["A24 e ".to_owned(), "B24 e ".to_owned()]);
        same(&lines(&seen), &expected, mode);
    }
}

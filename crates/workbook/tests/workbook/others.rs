//! Files by others, and our files read by others: calamine and rust_xlsxwriter always, openpyxl, LibreOffice and ExcelJS
//! where they are installed. With `MUSTER_TESTS=all` a missing one is a failure, otherwise a line that says so.

mod exceljs;
mod libreoffice;
mod openpyxl;
mod rust;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use workbook::{CellDate, Format, Kind, Printed};

use crate::book::{Seen, full, read, write};

/// Whether the tool answers; says so, or fails, when it does not.
fn is_there(name: &str, command: &mut Command) -> bool {
    let answers =
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    let needed = std::env::var("MUSTER_TESTS").is_ok_and(|tests| tests == "all");
    assert!(answers || !needed, "{name} is not installed, and MUSTER_TESTS=all asks for it");
    if !answers {
        println!("skipped: {name} is not installed");
    }
    answers
}

/// A folder for one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("workbook-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs a program to its end and gives what it printed.
fn run(command: &mut Command) -> String {
    let output = command.output().expect("a process");
    let (text, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}: {text}{error}");
    text.into_owned()
}

/// Texts that a spreadsheet could spoil and that every program can hold. No tabs: LibreOffice 7.4 loses them when it opens
/// a document, its own too. No `_x0041_`: openpyxl and ExcelJS neither escape nor resolve it.
const TEXTS: [&str; 23] = [
    "plain",
    " edges ",
    "two  spaces",
    "0123",
    "1e5",
    "TRUE",
    "1/2",
    "MAR1",
    "=1+1",
    "'=1",
    "+49 30 1234",
    "-5",
    "@home",
    "'s",
    "line\nbreak",
    "<&>\"'",
    "_x _",
    "Zoë e\u{301}",
    "\u{1F468}\u{200D}\u{1F469}",
    "שלום",
    "12345678901234567890",
    "#N/A",
    "\u{a0}nbsp\u{200b}",
];

/// The rows of those texts, and of dates and numbers, in the layout that has everything.
fn write_everything(format: Format) -> (Vec<u8>, Vec<Seen>) {
    let ids: Vec<String> = (0..TEXTS.len()).map(|number| format!("U-{number}")).collect();
    let date = |day| Printed::Date(CellDate { year: 2026, month: 11, day });
    let rows: Vec<Vec<Printed<'_>>> = TEXTS
        .iter()
        .zip(&ids)
        .zip(1..)
        .map(|((text, id), day)| {
            let text = Printed::Text(text);
            vec![
                Printed::Text(id),
                text,
                text,
                date(day),
                Printed::Text("Berlin"),
                Printed::Number("12.5"),
                text,
            ]
        })
        .collect();
    let bytes = write(format, &full(), &rows);
    let seen = read(&bytes);
    assert_eq!(seen.len(), TEXTS.len() + 2);
    (bytes, seen)
}

/// Checks that another program's copy of our file holds the same.
fn check_copy(path: &Path, expected: &[Seen]) {
    let bytes = std::fs::read(path).expect("the copy");
    same(&lines(&read(&bytes)), &lines(expected), &path.display().to_string());
}

/// Checks that the lines are the same, and names only those that are not.
fn same<F: AsRef<str>, E: AsRef<str>>(found: &[F], expected: &[E], what: &str) {
    let longest = found.len().max(expected.len());
    let line = |lines: &[_], at: usize| lines.get(at).cloned().unwrap_or_else(|| "nothing".to_owned());
    let found: Vec<String> = found.iter().map(|line| line.as_ref().to_owned()).collect();
    let expected: Vec<String> = expected.iter().map(|line| line.as_ref().to_owned()).collect();
    let different: Vec<_> = (0..longest)
        .map(|at| (line(&found, at), line(&expected, at)))
        .filter(|(found, expected)| found != expected)
        .take(5)
        .collect();
    assert!(different.is_empty(), "{what}: (found, expected) {different:#?}");
}

/// A value as the scripts of other languages print it: every byte but letters and digits as `%20`.
fn printed(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        if byte.is_ascii_alphanumeric() {
            all.push(char::from(byte));
        } else {
            all.push_str(&format!("%{byte:02X}"));
        }
        all
    })
}

/// The cells as lines: the name, the kind's first letter, the value as it is shown.
fn lines(seen: &[Seen]) -> Vec<String> {
    let line =
        |(name, kind, shown): &(String, Kind, String)| format!("{name} {} {}", letter(*kind), printed(shown));
    seen.iter().flat_map(|(_, cells)| cells.iter().map(line)).collect()
}

fn letter(kind: Kind) -> char {
    match kind {
        Kind::Text => 't',
        Kind::Number => 'n',
        Kind::Date => 'd',
        Kind::Boolean => 'b',
        Kind::Error => 'e',
    }
}

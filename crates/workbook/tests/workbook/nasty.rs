//! The nasty files of `tests/nasty`: every trap with what must be read from it. `tests/nasty/make` makes them.

use std::fmt::Write;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use workbook::{Batch, Book, Format, Limits, Refusal, Rows};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nasty")
}

/// Everything that was read, one line for each thing.
fn read(bytes: Vec<u8>) -> Result<String, Refusal> {
    let mut book = Book::open(Box::new(Cursor::new(bytes)), &Limits::default())?;
    let mut seen = String::new();
    if let Some(guessed) = book.guessed() {
        let _ = writeln!(seen, "guessed {guessed}");
    }
    let sheets = book.sheets().to_vec();
    for (index, sheet) in sheets.iter().enumerate() {
        if sheets.len() > 1 && book.format() != Format::Csv {
            let _ = writeln!(seen, "sheet {}{}", sheet.name, if sheet.hidden { " (hidden)" } else { "" });
        }
        read_rows(&mut book.rows(index)?, &mut seen)?;
    }
    Ok(seen)
}

fn read_rows(rows: &mut Rows<'_>, seen: &mut String) -> Result<(), Refusal> {
    let mut batch = Batch::new();
    // One row at a time is the hardest for the reader.
    let mut first = true;
    while rows.fill(&mut batch, 1)? {
        for (from, to) in rows.hidden_columns().iter().filter(|_| first) {
            let _ = writeln!(seen, "columns {from} to {to} hidden");
        }
        first = false;
        let row = batch.row(0);
        if row.hidden {
            let _ = writeln!(seen, "row {} hidden", row.number);
        }
        for cell in row.cells() {
            let _ = write!(seen, "{} {:?} {:?}", cell.position, cell.kind, cell.raw);
            if cell.zeros > 0 {
                let _ = write!(seen, " zeros={}", cell.zeros);
            }
            if let Some(shown) = cell.formatted {
                let _ = write!(seen, " shown={shown:?}");
            }
            if let Some(date) = cell.date {
                let _ = write!(seen, " date={date}");
            }
            seen.push_str(if cell.formula { " formula" } else { "" });
            if let Some(defect) = cell.defect {
                let _ = write!(seen, " {defect:?}");
            }
            seen.push('\n');
        }
    }
    Ok(())
}

#[test]
fn every_trap() {
    let mut wrong = String::new();
    let mut checked = 0;
    for entry in std::fs::read_dir(folder()).expect("the folder").flatten() {
        let Some(name) =
            entry.file_name().to_str().and_then(|name| name.strip_suffix(".expected").map(str::to_owned))
        else {
            continue;
        };
        let expected = std::fs::read_to_string(entry.path()).expect("an expectation");
        let bytes = std::fs::read(folder().join(&name)).expect("a file");
        let found = read(bytes).unwrap_or_else(|refusal| format!("refused {}", refusal.code()));
        if found.trim() != expected.trim() {
            let _ = writeln!(wrong, "--- {name}\nexpected:\n{expected}found:\n{found}");
        }
        checked += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(checked > 70, "only {checked} files");
}

//! Prints every cell of the first sheet of a file, whatever its format:
//! `cargo run -p workbook --example read_book -- people.xlsx`.

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write};

use workbook::{Batch, Book, Limits};

fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).ok_or("which file?")?;
    let source = BufReader::new(File::open(name)?);
    let mut book = Book::open(Box::new(source), &Limits::default())?;
    let mut output = std::io::stdout().lock();
    if let Some(guessed) = book.guessed() {
        writeln!(output, "read as {guessed}")?;
    }
    let mut rows = book.rows(0)?;
    let mut batch = Batch::new();
    while rows.fill(&mut batch, 1_000)? {
        for cell in batch.iter().flat_map(|row| row.cells().collect::<Vec<_>>()) {
            let defect = cell.defect.map(|defect| format!(" ({defect:?})")).unwrap_or_default();
            writeln!(output, "{} = {}{defect}", cell.position, cell.shown())?;
        }
    }
    Ok(())
}

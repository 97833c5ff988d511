//! Edited copies of a download: the sheet is rewritten cell by cell, which takes seconds where a spreadsheet library takes minutes. Understands
//! the sheets that Muster writes, and no others.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::Outcome;

/// Where the texts of the copy stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Strings {
    /// In their cells, as in the download.
    Inline,
    /// In the table of the book, as spreadsheets save them.
    Shared,
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
const TABLE: &str = "xl/sharedStrings.xml";
/// The rows above the users: titles and keys.
const HEAD: usize = 2;
const EMAIL: &str = "D";
const JOB_TITLE: &str = "G";
const DEPARTMENT: &str = "H";
const START_DATE: &str = "L";

/// Gives every so many users another job title; with 0 nobody.
pub fn edit(source: &str, target: &str, every: usize, strings: Strings) -> Outcome {
    copy(source, target, strings, |place, _| {
        (every > 0 && place % every == 0).then(|| (JOB_TITLE, format!("Edited {place}")))
    })
}

/// Makes so many cells wrong: emails that the row above has, departments that there are not, dates that never were.
pub fn redden(source: &str, target: &str, count: usize) -> Outcome {
    let users = read(source)?.0.matches("<row ").count() - HEAD;
    let every = if count == 0 { 0 } else { users / count };
    copy(source, target, Strings::Inline, |place, email_above| {
        (every > 0 && place % every == 0 && place / every <= count).then(|| match place / every % 3 {
            0 => (EMAIL, email_above.to_owned()),
            1 => (DEPARTMENT, format!("Nowhere {place}")),
            _ => (START_DATE, "31/02/2024".to_owned()),
        })
    })
}

/// Copies a workbook; `change` is told the place of a user, from 1, and the email above, and answers a column with its new text.
fn copy(
    source: &str,
    target: &str,
    strings: Strings,
    change: impl Fn(usize, &str) -> Option<(&'static str, String)>,
) -> Outcome {
    let (sheet, table) = read(source)?;
    let mut copied = Copied { sheet: String::with_capacity(sheet.len()), shared: shared(&table, strings) };
    let mut rows = sheet.split("<row ");
    copied.sheet.push_str(rows.next().unwrap_or_default());
    let mut email_above = String::new();
    for (number, row) in (1..).zip(rows) {
        copied.sheet.push_str("<row ");
        let change = if number > HEAD { change(number - HEAD, &email_above) } else { None };
        copied.row(number, row, change.as_ref())?;
        let email = row.split("<c r=\"").find(|cell| cell.starts_with(EMAIL)).and_then(text);
        email_above = email.unwrap_or_default().to_owned();
    }
    copied.save(source, target, &table)
}

fn read(source: &str) -> Outcome<(String, String)> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(source)?))?;
    let (mut sheet, mut table) = (String::new(), String::new());
    archive.by_name(SHEET)?.read_to_string(&mut sheet)?;
    archive.by_name(TABLE)?.read_to_string(&mut table)?;
    Ok((sheet, table))
}

struct Copied {
    sheet: String,
    /// Every shared text with its number; none when texts stay in their cells.
    shared: Option<HashMap<String, usize>>,
}

/// The texts that are shared already keep their numbers: they are counted as texts that no cell has.
fn shared(table: &str, strings: Strings) -> Option<HashMap<String, usize>> {
    let taken = table.matches("<si>").count();
    (strings == Strings::Shared).then(|| (0..taken).map(|number| (format!("<{number}>"), number)).collect())
}

impl Copied {
    /// One row, from its attributes to what follows it.
    fn row(&mut self, number: usize, row: &str, change: Option<&(&'static str, String)>) -> Outcome {
        let (cells, end) = row.split_once("</row>").ok_or("a row has no end")?;
        let mut cells = cells.split("<c r=\"");
        self.sheet.push_str(cells.next().unwrap_or_default());
        let mut change = change;
        for cell in cells {
            let column = cell.split(|letter: char| letter.is_ascii_digit()).next().unwrap_or_default();
            if let Some((changed, text)) = change.filter(|(changed, _)| *changed <= column) {
                self.text(changed, number, "5", text);
                change = None;
                if *changed == column {
                    continue;
                }
            }
            match text(cell).filter(|_| self.shared.is_some()) {
                Some(text) => {
                    let style =
                        cell.split("s=\"").nth(1).and_then(|style| style.split('"').next()).unwrap_or("0");
                    self.text(column, number, style, text);
                }
                None => {
                    self.sheet.push_str("<c r=\"");
                    self.sheet.push_str(cell);
                }
            }
        }
        self.sheet.push_str("</row>");
        self.sheet.push_str(end);
        Ok(())
    }

    fn text(&mut self, column: &str, row: usize, style: &str, text: &str) {
        let cell = match &mut self.shared {
            Some(shared) => {
                let next = shared.len();
                let place = *shared.entry(text.to_owned()).or_insert(next);
                format!("<c r=\"{column}{row}\" s=\"{style}\" t=\"s\"><v>{place}</v></c>")
            }
            None => {
                format!("<c r=\"{column}{row}\" s=\"{style}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
            }
        };
        self.sheet.push_str(&cell);
    }

    fn save(self, source: &str, target: &str, table: &str) -> Outcome {
        let mut archive = ZipArchive::new(BufReader::new(File::open(source)?))?;
        let mut book = ZipWriter::new(BufWriter::new(File::create(target)?));
        for place in 0..archive.len() {
            let part = archive.by_index_raw(place)?;
            if ![SHEET, TABLE].contains(&&*part.name()?) {
                book.raw_copy_file(part)?;
            }
        }
        let table = self.shared.as_ref().map_or_else(|| table.to_owned(), |shared| table_of(table, shared));
        for (name, text) in [(TABLE, &table), (SHEET, &self.sheet)] {
            book.start_file(name, SimpleFileOptions::default())?;
            book.write_all(text.as_bytes())?;
        }
        book.finish()?.flush()?;
        Ok(())
    }
}

/// The text of a cell that holds one, as XML.
fn text(cell: &str) -> Option<&str> {
    let (_, after) = cell.split_once("<is><t")?;
    after.split_once('>')?.1.strip_suffix("</t></is></c>")
}

/// The table of shared texts with the new ones at its end.
fn table_of(table: &str, shared: &HashMap<String, usize>) -> String {
    let taken = table.matches("<si>").count();
    let mut texts: Vec<(&String, &usize)> = shared.iter().filter(|(_, place)| **place >= taken).collect();
    texts.sort_unstable_by_key(|(_, place)| **place);
    let mut whole = table.strip_suffix("</sst>").unwrap_or(table).to_owned();
    for (text, _) in texts {
        whole.push_str("<si><t xml:space=\"preserve\">");
        whole.push_str(text);
        whole.push_str("</t></si>");
    }
    whole + "</sst>"
}

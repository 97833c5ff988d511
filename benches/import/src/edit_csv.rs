//! Edited copies of a download in csv: every so many users get another job title, all else stays as it was. The reader drops the
//! mark of UTF-8 and keeps what is escaped.

use std::fs::File;
use std::io::{BufWriter, Write};

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};

use crate::Outcome;

/// The mark at the head of a download, which tells spreadsheets that it is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();
/// The rows above the users: titles and keys.
const HEAD: usize = 2;

/// Gives every so many users another job title; with 0 nobody.
pub fn edit(source: &str, target: &str, every: usize) -> Outcome {
    let mut reader = ReaderBuilder::new().has_headers(false).from_path(source)?;
    let mut target = BufWriter::new(File::create(target)?);
    target.write_all(MARK)?;
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(target);
    let (mut record, mut number, mut job_title) = (StringRecord::new(), 0, None);
    while reader.read_record(&mut record)? {
        number += 1;
        if number == HEAD {
            job_title = record.iter().position(|key| key == "job_title");
        }
        let edited = number > HEAD && every > 0 && (number - HEAD).is_multiple_of(every);
        let cells = record.iter().enumerate().map(|(place, cell)| {
            if edited && Some(place) == job_title {
                format!("Edited {}", number - HEAD)
            } else {
                cell.to_owned()
            }
        });
        writer.write_record(cells)?;
    }
    Ok(writer.flush()?)
}

//! The parts of an import: the sheets that are read of each of its files, in the order in which they came. A further sheet counts as a
//! file of its own; its number tells which file it is of.

use directory::{Accounted, Decisions, Failure, Fields, ReadSheet, Unread};
use store::{Account, CountedFile, Lease, Warning};
use workbook::{Asides, Book, Format};

use super::charset;
use super::edges::Edges;
use super::head::{Head, Heads, Refused, understand};
use super::others::Others;
use crate::lease::Working;

/// Files have lower numbers than this.
const FILES: u16 = 1_024;

/// The number of a sheet of a file, counted from 0 among those that are read: the first has the number of its file.
pub(crate) fn number_of(file: u16, sheet: usize) -> u16 {
    u16::try_from(sheet).unwrap_or_default().saturating_mul(FILES).saturating_add(file)
}

/// The file that a part is of.
pub(crate) fn file_of(part: u16) -> u16 {
    part % FILES
}

/// The parts of the files that count.
#[derive(Default)]
pub(crate) struct Parts {
    /// Each part: its number, the place of its file, and its head.
    pub(crate) heads: Vec<(u16, usize, Head)>,
    /// What is said of sheets that are not read.
    pub(crate) said: Vec<Warning>,
    /// What the files hold beside what is read of these parts.
    pub(crate) accounted: Accounted,
}

impl Parts {
    /// Opens the files that count, and answers them too. Those that show a revision have to show the same: a plan has one base.
    pub(crate) fn open(
        working: &Working,
        account: &Account,
        fields: &Fields,
        files: &[CountedFile],
        decisions: &Decisions,
    ) -> Result<(Vec<Book>, Self), Refused> {
        let Lease { import, .. } = working.lease;
        let (mut books, mut parts) = (Vec::new(), Self::default());
        for file in files {
            let upload = working.app.store.upload(account.id, import, file.number)?;
            let mut book = Book::open(Box::new(upload), &working.app.limits)?;
            let mut found = separated(working, account, fields, &mut book, decisions)?;
            if let Some(head) = found.heads.first() {
                let proved = charset::prove(&working.app, account, fields, &mut book, head)?;
                if proved.is_other {
                    found = understand(&working.app, account, fields, &mut book, decisions)?;
                }
                found.heads.iter_mut().for_each(|head| head.letters.clone_from(&proved.letters));
            }
            parts.note(file.number, &mut book, found.others);
            for (sheet, head) in found.heads.into_iter().enumerate() {
                let is_other = |other: &Head| !other.is_template() && other.base != head.base;
                if !head.is_template() && parts.heads().any(is_other) {
                    return Err(Refused::File(Failure::other_download()));
                }
                let part = number_of(file.number, sheet);
                if sheet > 0 {
                    let name = book.sheets()[head.sheet].name.clone();
                    parts.accounted.sheets.push(ReadSheet { part, file: file.number, name });
                }
                parts.heads.push((part, books.len(), head));
            }
            books.push(book);
        }
        Ok((books, parts))
    }

    /// Notes what a file holds in sheets that are not read, and what is no cell.
    fn note(&mut self, file: u16, book: &mut Book, others: Others) {
        // Of ods that is known of each sheet once it was read. A part that can't be read to its end is not what the file was sent for.
        let of_book =
            if book.format() == Format::Xlsx { book.asides().unwrap_or_default() } else { others.asides };
        add_asides(&mut self.accounted, of_book);
        self.said.extend(others.said);
        let unread = others.unread.into_iter();
        self.accounted.unread.extend(unread.map(|(reason, sheet, cells)| Unread {
            reason,
            file,
            sheet,
            cells,
        }));
    }

    /// All that the files hold beside the cells that are read, with what was found at the edges of the parts once all were read.
    pub(crate) fn accounted(&self, edges: &Edges, books: &[Book]) -> Accounted {
        let mut accounted = self.accounted.clone();
        add_asides(&mut accounted, edges.asides);
        for (part, book, head) in &self.heads {
            let sheet = &books[*book].sheets()[head.sheet].name;
            for (reason, cells) in edges.unread_of(*part) {
                let (file, sheet) = (file_of(*part), sheet.clone());
                accounted.unread.push(Unread { reason, file, sheet, cells });
            }
        }
        accounted
    }

    /// The heads, in the order in which the parts came.
    pub(crate) fn heads(&self) -> impl Iterator<Item = &Head> {
        self.heads.iter().map(|(_, _, head)| head)
    }
}

fn add_asides(accounted: &mut Accounted, asides: Asides) {
    accounted.comments += asides.comments as i64;
    accounted.drawings += asides.drawings as i64;
}

/// What a file says, with the separator by which its row of keys is one: where several part its lines alike, the guess may be wrong.
fn separated(
    working: &Working,
    account: &Account,
    fields: &Fields,
    book: &mut Book,
    decisions: &Decisions,
) -> Result<Heads, Refused> {
    let readings = book.readings();
    let mut best = understand(&working.app, account, fields, book, decisions);
    let Some(guess) = readings.first() else { return best };
    let columns = |found: &Result<Heads, Refused>| {
        found.as_ref().map_or(0, |found| found.heads.iter().map(|head| head.columns.len()).sum::<usize>())
    };
    let mut taken = *guess;
    for other in &readings {
        if other.charset != guess.charset || other.separator == guess.separator {
            continue;
        }
        book.read_as(*other);
        let found = understand(&working.app, account, fields, book, decisions);
        if columns(&found) > columns(&best) {
            (best, taken) = (found, *other);
        }
    }
    if readings.iter().any(|reading| reading.separator != guess.separator) {
        book.read_as(taken);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{file_of, number_of};

    #[test]
    fn a_sheet_has_a_number_of_its_own_and_tells_its_file() {
        for (file, sheet, number) in
            [(1, 0, 1), (1_000, 0, 1_000), (1, 1, 1_025), (7, 2, 2_055), (1_000, 59, 61_416)]
        {
            assert_eq!((number_of(file, sheet), file_of(number)), (number, file));
        }
    }
}

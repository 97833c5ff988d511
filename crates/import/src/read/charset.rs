//! In which character set a csv file is, where its bytes leave a choice: Muster knows what it wrote, so that one counts under which most of
//! its cells are what they were at the download.

use std::collections::BTreeSet;

use directory::{Fields, User, UserId, Users};
use store::Account;
use workbook::{Book, Cell, Charset, CsvReading, Position, Row};

use super::head::{Column, Head, Refused};
use crate::Context;
use crate::judge::past::Past;

/// So many rows with letters beyond ASCII are compared.
const SAMPLE: usize = 1_000;
/// So many at once.
const TOGETHER: usize = 500;

/// What the cells of a file prove of its character set.
#[derive(Default)]
pub(crate) struct Proved {
    /// Whether it is another than the one that was guessed.
    pub(crate) is_other: bool,
    /// The letters beyond ASCII that cells which are what they were have in it; none where the file itself leaves no choice.
    pub(crate) letters: Option<BTreeSet<char>>,
}

/// Reads the file in the character set that its cells prove from here on.
pub(crate) fn prove(
    app: &Context,
    account: &Account,
    fields: &Fields,
    book: &mut Book,
    head: &Head,
) -> Result<Proved, Refused> {
    let Some(guess) = book.readings().first().copied() else { return Ok(Proved::default()) };
    // The separator is proved by the row of keys, which was understood.
    let mut readings = book.readings();
    readings.retain(|reading| reading.separator == guess.separator);
    if readings.len() < 2 {
        return Ok(Proved::default());
    }
    // Letters of several bytes are of UTF-8 by themselves.
    let left = |reading: CsvReading, letters| Some(letters).filter(|_| reading.charset != Charset::Utf8);
    let Some(base) = head.base else {
        return Ok(Proved { is_other: false, letters: left(guess, BTreeSet::new()) });
    };
    let sample = sample_of(book, head, guess.charset)?;
    let mut proof = Proof { seen: vec![Seen::default(); readings.len()], readings: &readings };
    for rows in sample.chunks(TOGETHER) {
        let mut ids: Vec<UserId> = rows.iter().map(|row| row.user).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut users = Users::new(fields);
        app.store.users_of(account.id, &ids, &mut users)?;
        let past = Past::of(&app.store, account.id, &users, base)?;
        proof.weigh(rows, head, &users, &past);
    }
    let (best, letters) = proof.best();
    if best != guess {
        book.read_as(best);
    }
    Ok(Proved { is_other: best != guess, letters: left(best, letters) })
}

/// A row whose cells have letters beyond ASCII.
struct Sampled {
    user: UserId,
    /// The place of each such cell's column, and its bytes.
    cells: Vec<(usize, Vec<u8>)>,
}

/// The first rows that tell character sets apart, wherever in the file they stand.
fn sample_of(book: &mut Book, head: &Head, guess: Charset) -> Result<Vec<Sampled>, Refused> {
    let mut sample = Vec::new();
    let mut rows = book.rows(head.sheet)?;
    let mut batch = workbook::Batch::new();
    while sample.len() < SAMPLE && rows.fill(&mut batch, TOGETHER)? {
        let below = batch.iter().filter(|row| row.number > head.key_row);
        sample.extend(below.filter_map(|row| sampled(&row, head, guess)));
    }
    Ok(sample)
}

fn sampled(row: &Row<'_>, head: &Head, guess: Charset) -> Option<Sampled> {
    let bytes_of = |(place, column): (usize, &Column)| {
        let cell = row.cell(column.column).filter(|cell| !cell.raw.is_ascii())?;
        Some((place, guess.encode(cell.raw)?))
    };
    let cells: Vec<_> = head.columns.iter().enumerate().filter_map(bytes_of).collect();
    if cells.is_empty() {
        return None;
    }
    let user = row.cell(head.header.id_column)?.shown().parse().ok()?;
    Some(Sampled { user, cells })
}

/// Cells that are what they were, by the way of reading.
struct Proof<'r> {
    readings: &'r [CsvReading],
    seen: Vec<Seen>,
}

#[derive(Default, Clone)]
struct Seen {
    /// How many there are; those that only lack some letters count half.
    count: u64,
    letters: BTreeSet<char>,
}

impl Proof<'_> {
    fn weigh(&mut self, rows: &[Sampled], head: &Head, users: &Users, past: &Past) {
        for row in rows {
            let Some(user) = users.find(row.user) else { continue };
            for (place, bytes) in &row.cells {
                self.weigh_cell(&head.columns[*place], bytes, &user, past);
            }
        }
    }

    fn weigh_cell(&mut self, column: &Column, bytes: &[u8], user: &User<'_>, past: &Past) {
        let base = past.value(user, column.today.number, column.slot);
        for (reading, seen) in self.readings.iter().zip(&mut self.seen) {
            let text = reading.charset.decode(bytes);
            let cell = Cell::text(Position { row: 1, column: column.column }, &text);
            let is_lossy =
                || base.is_some_and(|base| column.at_base.is_print_without_some_letters(base, &cell));
            if column.at_base.is_print_of(base, Some(&cell)) {
                seen.count += 2;
                seen.letters.extend(text.chars().filter(|letter| !letter.is_ascii()));
            } else {
                seen.count += u64::from(is_lossy());
            }
        }
    }

    /// The way under which most cells are what they were; of equals the likeliest, which stands first.
    fn best(mut self) -> (CsvReading, BTreeSet<char>) {
        let mut best = 0;
        for (place, seen) in self.seen.iter().enumerate() {
            if seen.count > self.seen[best].count {
                best = place;
            }
        }
        (self.readings[best], std::mem::take(&mut self.seen[best].letters))
    }
}

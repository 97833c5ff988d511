//! A walk through the rows of a sheet that is not merged, and what it holds.

use workbook::{Asides, Batch, Book, Count, Row};

/// Rows of a sheet that are looked through at a time.
const CHUNK: usize = 500;

/// What was found in a sheet: cells that are not empty, and what is no cell.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Found {
    pub(crate) cells: i64,
    pub(crate) asides: Asides,
}

impl Found {
    pub(crate) fn of((count, asides): (Count, Asides)) -> Self {
        Self { cells: count.cells as i64, asides }
    }
}

/// Hands on the rows of a sheet that can be read, until it is enough; answers what they hold.
pub(crate) fn each_row(book: &mut Book, sheet: usize, mut take: impl FnMut(&Row<'_>) -> bool) -> Found {
    let (mut batch, mut cells) = (Batch::new(), 0);
    let Ok(mut rows) = book.rows(sheet) else { return Found::default() };
    while let Ok(true) = rows.fill(&mut batch, CHUNK) {
        cells += batch.iter().map(|row| row.cells().count() as i64).sum::<i64>();
        if !batch.iter().all(|row| take(&row)) {
            break;
        }
    }
    Found { cells: cells + rows.unread() as i64, asides: rows.asides() }
}

//! The sheets of a file that are not read: how many cells each holds and why they are not read, and what review says of it.

use directory::{Code, Reason};
use store::Warning;
use workbook::{Asides, Book};

use super::own;
use super::walk::Found;

/// What is counted and said of sheets that are not read.
#[derive(Debug, Default)]
pub(crate) struct Others {
    pub(crate) said: Vec<Warning>,
    /// Their cells, by reason and name.
    pub(crate) unread: Vec<(Reason, String, i64)>,
    pub(crate) asides: Asides,
}

impl Others {
    /// Counts and tells a sheet that has no keys; one of Muster is counted and not told, but for what is not of Muster.
    pub(crate) fn without_keys(&mut self, book: &mut Book, sheet: usize) {
        let (name, found) = (book.sheets()[sheet].name.clone(), Found::of(book.holds(sheet)));
        let Some(strange) = own::strange_cells(book, sheet, found.cells) else {
            return self.tell(Reason::SheetWithoutKeys, &name, "no_keys", found);
        };
        let (place, cells) =
            strange.map_or((String::new(), 0), |(first, cells)| (first.to_string(), cells as i64));
        self.add(Reason::OwnSheet, &name, found.cells - cells);
        self.tell(Reason::OwnSheetEdited, &name, &place, Found { cells, ..found });
    }

    /// Counts and tells a sheet of another download than the one that is read.
    pub(crate) fn of_other_download(&mut self, book: &mut Book, sheet: usize) {
        let found = Found::of(book.holds(sheet));
        let name = book.sheets()[sheet].name.clone();
        self.tell(Reason::SheetOtherDownload, &name, "other_download", found);
    }

    /// Counts the cells of a sheet, and says of them why they are not read; of none there is nothing to be said. The detail is the word for
    /// the reason and, behind a tab, the name of the sheet.
    pub(crate) fn tell(&mut self, reason: Reason, name: &str, word: &str, found: Found) {
        let Found { cells, asides } = found;
        self.asides.comments += asides.comments;
        self.asides.drawings += asides.drawings;
        if cells == 0 && matches!(reason, Reason::SheetWithoutKeys | Reason::OwnSheetEdited) {
            return;
        }
        self.add(reason, name, cells);
        let code = if reason == Reason::SheetsDiffer { Code::SheetsDiffer } else { Code::SheetUnread };
        let (place, detail) = (format!("sheet!{name}"), Some(format!("{word}\t{name}")));
        self.said.push(Warning { code, place, cells: cells.max(1), detail });
    }

    fn add(&mut self, reason: Reason, name: &str, cells: i64) {
        if cells > 0 {
            self.unread.push((reason, name.to_owned(), cells));
        }
    }
}

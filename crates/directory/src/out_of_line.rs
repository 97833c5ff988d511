//! Rows out of line: a sheet whose column A stayed where it was while the rest was sorted gives every user somebody else's name.
//!
//! It can't be told from one row; it can from all of them, when names and sign-ins do not change but move. Only rows whose
//! names and sign-in were edited are kept, as two 64-bit numbers each, so a million rows take 24 MB at the very worst and
//! a file that is in order next to nothing.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::{Code, UserId, Wrong};

/// So few rows may carry other users' names: people do swap.
const FEWEST: usize = 5;
/// One in so many edited rows has to.
const SHARE: u64 = 5;

/// What a file says about who is who, row by row.
#[derive(Debug, Clone, Default)]
pub struct OutOfLine {
    edited: u64,
    moved: Vec<Moved>,
}

#[derive(Debug, Clone, Copy)]
struct Moved {
    user: UserId,
    base: u64,
    file: u64,
}

/// A row that carries the names and the sign-in that another user had at the download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misplaced {
    /// The user whose ID the row has.
    pub user: UserId,
    /// The user whose names and sign-in it has.
    pub carries: UserId,
}

impl OutOfLine {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The fingerprint of what tells who somebody is.
    fn identity(parts: &[Option<&str>]) -> u64 {
        // Fixed keys: the same on every machine, so that a file is always judged alike.
        let mut hasher = DefaultHasher::new();
        parts.hash(&mut hasher);
        hasher.finish()
    }

    /// Notes a row with at least one edited cell: its user, and first name, last name, email and username in stored form, at the download
    /// and in the file. Those that the file has no column for are left out of both. Rows that create users are not noted.
    pub fn edited_row(&mut self, user: UserId, base: &[Option<&str>], file: &[Option<&str>]) {
        self.edited += 1;
        if base != file {
            self.moved.push(Moved { user, base: Self::identity(base), file: Self::identity(file) });
        }
    }

    /// Two examples when the rows are out of line: at least five of the edited ones, and a fifth, carry what at the download
    /// belonged to another of them.
    pub fn verdict(&self) -> Option<[Misplaced; 2]> {
        if self.moved.len() < FEWEST {
            return None;
        }
        let owners: HashMap<u64, UserId> = self.moved.iter().map(|moved| (moved.base, moved.user)).collect();
        let misplaced = |moved: &Moved| {
            let carries = *owners.get(&moved.file)?;
            Some(Misplaced { user: moved.user, carries })
        };
        let count = self.moved.iter().filter_map(misplaced).count();
        if count < FEWEST || (count as u64) * SHARE < self.edited {
            return None;
        }
        let mut examples = self.moved.iter().filter_map(misplaced);
        Some([examples.next()?, examples.next()?])
    }

    /// The error that refuses the file, its detail holding the examples, when the rows are out of line. `name` is what people call
    /// a user.
    pub fn wrong(&self, name: impl Fn(UserId) -> String) -> Option<Wrong> {
        let example = |misplaced: Misplaced| {
            format!("{}\t{}\t{}", name(misplaced.carries), misplaced.user, name(misplaced.user))
        };
        let [one, other] = self.verdict()?.map(example);
        Some(Wrong::with(Code::RowsOutOfLine, format!("{one}\t{other}")))
    }
}

#[cfg(test)]
mod tests {
    use super::{Misplaced, OutOfLine};
    use crate::{Code, UserId};

    fn user(number: u64) -> UserId {
        UserId::from_number(number).expect("in range")
    }

    fn edited_row(seen: &mut OutOfLine, place: u64, base: u64, file: u64) {
        let [base, file] = [base, file].map(|number| format!("Smith {number}"));
        seen.edited_row(user(place), &[Some("Ann"), Some(&base), None], &[Some("Ann"), Some(&file), None]);
    }

    /// Rows `from` to `to`, each carrying the identity of the row `by` further on, around; and `others` edited rows in order.
    fn shifted(rows: u64, by: u64, others: u64) -> OutOfLine {
        let mut seen = OutOfLine::new();
        for row in 0..rows {
            edited_row(&mut seen, row + 1, row, (row + by) % rows);
        }
        for row in rows..rows + others {
            edited_row(&mut seen, row + 1, row, row);
        }
        seen
    }

    #[test]
    fn rows_that_carry_each_others_names_are_out_of_line() {
        assert_eq!(
            shifted(100, 1, 0).verdict(),
            Some([
                Misplaced { user: user(1), carries: user(2) },
                Misplaced { user: user(2), carries: user(3) }
            ])
        );
        assert!(shifted(5, 2, 20).verdict().is_some());
        assert!(shifted(5, 2, 21).verdict().is_none());
        assert!(shifted(4, 1, 0).verdict().is_none());
        assert!(shifted(1_000, 0, 0).verdict().is_none());
        assert!(OutOfLine::new().verdict().is_none());
    }

    #[test]
    fn new_names_are_not_out_of_line() {
        let mut seen = OutOfLine::new();
        for row in 0..50 {
            edited_row(&mut seen, row + 1, row, row + 1_000);
        }
        assert_eq!(seen.verdict(), None);
    }

    #[test]
    fn the_examples_are_told() {
        let wrong = shifted(10, 1, 0).wrong(|user| format!("user {}", user.number())).expect("out of line");
        assert_eq!(wrong.code, Code::RowsOutOfLine);
        let told = format!(
            "beside their User IDs: user 2 stands beside the ID {} of user 1, and user 3 stands beside the ID {} of user 2. Column",
            user(1),
            user(2)
        );
        let sentence = crate::sentence(&wrong, "User ID");
        assert!(sentence.contains(&told), "{sentence}");
    }

    #[test]
    fn an_identity_tells_its_parts_apart() {
        assert_ne!(
            OutOfLine::identity(&[Some("a"), Some("bc")]),
            OutOfLine::identity(&[Some("ab"), Some("c")])
        );
        assert_ne!(OutOfLine::identity(&[Some("a"), None]), OutOfLine::identity(&[Some("a"), Some("")]));
        assert_eq!(OutOfLine::identity(&[Some("a"), None]), OutOfLine::identity(&[Some("a"), None]));
    }
}

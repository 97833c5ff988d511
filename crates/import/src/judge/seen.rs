//! Which users a file has named already, and which rows another one replaces: the sets that grow with the file, a bit for each.

use std::collections::HashMap;

use directory::UserId;

const WORDS: usize = 128;
const PAGE: u64 = WORDS as u64 * 64;

/// A set of users that exist, or of rows of files: their numbers lie close together, so pages of bits are dense.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pages: HashMap<u64, Box<[u64; WORDS]>>,
}

impl Seen {
    /// Adds a user; false when it was there already.
    pub(crate) fn insert(&mut self, user: UserId) -> bool {
        self.add(user.number())
    }

    /// Whether a user is there.
    pub(crate) fn has(&self, user: UserId) -> bool {
        self.holds(user.number())
    }

    /// Adds a row of a file, in a set of rows.
    pub(crate) fn insert_row(&mut self, file: u16, row: u32) {
        self.add(u64::from(file) << 32 | u64::from(row));
    }

    /// Whether a row of a file is there.
    pub(crate) fn has_row(&self, file: u16, row: u32) -> bool {
        self.holds(u64::from(file) << 32 | u64::from(row))
    }

    /// Adds all of another set.
    pub(crate) fn extend(&mut self, other: Self) {
        for (page, bits) in other.pages {
            let words = self.pages.entry(page).or_insert_with(|| Box::new([0; WORDS]));
            words.iter_mut().zip(bits.iter()).for_each(|(word, bits)| *word |= bits);
        }
    }

    fn add(&mut self, number: u64) -> bool {
        let (page, bit) = (number / PAGE, number % PAGE);
        let word = &mut self.pages.entry(page).or_insert_with(|| Box::new([0; WORDS]))[(bit / 64) as usize];
        let mask = 1 << (bit % 64);
        let new = *word & mask == 0;
        *word |= mask;
        new
    }

    fn holds(&self, number: u64) -> bool {
        let (page, bit) = (number / PAGE, number % PAGE);
        self.pages.get(&page).is_some_and(|words| words[(bit / 64) as usize] & 1 << (bit % 64) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Seen, UserId, WORDS};

    #[test]
    fn a_user_is_new_once() {
        let mut seen = Seen::default();
        for number in [1, 63, 64, 8_191, 8_192, 1_000_000, 1 << 32, (1 << 40) + 1] {
            let user = UserId::from_number(number).expect("in range");
            assert!(!seen.has(user), "{number}");
            assert!(seen.insert(user), "{number}");
            assert!(seen.has(user), "{number}");
            assert!(!seen.insert(user), "{number} again");
        }
    }

    /// The numbers of a deployment begin anywhere, and those of a database that was there jumped.
    #[test]
    fn a_bit_is_a_bit_wherever_the_numbers_begin() {
        let mut seen = Seen::default();
        for first in [1, 4_000_000_000] {
            for number in first..first + 100_000 {
                seen.insert(UserId::from_number(number).expect("in range"));
            }
        }
        let bytes = seen.pages.len() * size_of::<[u64; WORDS]>();
        assert!(bytes <= 2 * 100_000 / 8 + 4 * size_of::<[u64; WORDS]>(), "{bytes}");
    }
}

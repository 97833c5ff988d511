//! Which users a file has named already: the one set of IDs that grows with the file, a bit for each user.

use std::collections::HashMap;

use directory::UserId;

const WORDS: usize = 128;
const PAGE: u64 = WORDS as u64 * 64;

/// A set of users that exist: their numbers lie close together, so pages of bits are dense.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pages: HashMap<u64, Box<[u64; WORDS]>>,
}

impl Seen {
    /// Adds a user; false when it was there already.
    pub(crate) fn insert(&mut self, user: UserId) -> bool {
        let (page, bit) = (user.number() / PAGE, user.number() % PAGE);
        let word = &mut self.pages.entry(page).or_insert_with(|| Box::new([0; WORDS]))[(bit / 64) as usize];
        let mask = 1 << (bit % 64);
        let new = *word & mask == 0;
        *word |= mask;
        new
    }

    /// Whether a user is there.
    pub(crate) fn has(&self, user: UserId) -> bool {
        let (page, bit) = (user.number() / PAGE, user.number() % PAGE);
        self.pages.get(&page).is_some_and(|words| words[(bit / 64) as usize] & 1 << (bit % 64) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Seen, UserId};

    #[test]
    fn a_user_is_new_once() {
        let mut seen = Seen::default();
        for number in [1, 63, 64, 8_191, 8_192, 1_000_000] {
            let user = UserId::from_number(number).expect("in range");
            assert!(!seen.has(user), "{number}");
            assert!(seen.insert(user), "{number}");
            assert!(seen.has(user), "{number}");
            assert!(!seen.insert(user), "{number} again");
        }
    }
}

//! What the rows of a table come to, in whatever order they are read: the sum of the digests of its rows, so that two tables come to the same only
//! when they have the same rows. Databases sort texts in orders of their own, and one table has no key: an order is not asked for.

use sha2::{Digest, Sha256};

use crate::engine::Kept;

/// What the rows of a table come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) rows: u64,
    digests: [u64; 4],
}

impl Sum {
    /// One more row.
    pub(super) fn add(&mut self, row: &[Kept<'_>]) {
        let mut hash = Sha256::new();
        for value in row {
            let (kind, bytes): (u8, &[u8]) = match value {
                Kept::Nothing => (0, &[]),
                Kept::Integer(number) => (1, &number.to_be_bytes()),
                Kept::Text(text) => (2, text.as_bytes()),
                Kept::Bytes(bytes) => (3, bytes),
            };
            hash.update([kind]);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
        self.rows += 1;
        let digest = hash.finalize();
        for (sum, part) in self.digests.iter_mut().zip(digest.chunks_exact(8)) {
            let number = part.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte));
            *sum = sum.wrapping_add(number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_rows_come_to_the_same_in_any_order_and_others_do_not() {
        let sum = |rows: &[&[Kept<'_>]]| {
            let mut sum = Sum::default();
            rows.iter().for_each(|row| sum.add(row));
            sum
        };
        let (one, two): (&[_], &[_]) =
            (&[Kept::Integer(1), Kept::Text("a")], &[Kept::Integer(2), Kept::Nothing]);
        assert_eq!(sum(&[one, two]), sum(&[two, one]));
        let others: [&[&[Kept<'_>]]; 7] = [
            &[one],
            &[one, two, two],
            &[one, one],
            &[one, &[Kept::Integer(2), Kept::Text("")]],
            &[one, &[Kept::Nothing, Kept::Integer(2)]],
            &[&[Kept::Integer(2), Kept::Text("a")], &[Kept::Integer(1), Kept::Nothing]],
            &[&[Kept::Integer(1), Kept::Bytes(b"a")], two],
        ];
        for other in others {
            assert_ne!(sum(&[one, two]), sum(other), "{other:?}");
        }
    }
}

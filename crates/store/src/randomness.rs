//! Randomness, as a parameter: the machine's, or a sequence that a test repeats.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Letters without vowels and without what is misread.
const LETTERS: &[u8; 28] = b"bcdfghjkmnpqrstvwxz123456789";

/// Gives random bytes.
#[derive(Debug, Clone)]
pub enum Randomness {
    /// The machine's: fit for secrets.
    Machine,
    /// The same sequence for the same start; never for secrets that matter.
    Sequence(Arc<AtomicU64>),
}

impl Randomness {
    /// A sequence that a test can repeat.
    pub fn sequence(start: u64) -> Self {
        Self::Sequence(Arc::new(AtomicU64::new(start)))
    }

    /// So many random bytes. A machine that has none to give stops the program: nothing it could do would be safe.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match self {
            Self::Machine => fill_from_machine(&mut bytes),
            Self::Sequence(state) => {
                for chunk in bytes.chunks_mut(8) {
                    let mixed = mixed(state.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed));
                    chunk.copy_from_slice(&mixed.to_le_bytes()[..chunk.len()]);
                }
            }
        }
        bytes
    }

    /// A random number below 2^32.
    pub fn number(&self) -> u32 {
        u32::from_le_bytes(self.bytes())
    }

    /// So many random letters and digits, in lower case.
    pub fn letters(&self, count: usize) -> String {
        (0..count).map(|_| char::from(LETTERS[self.number() as usize % LETTERS.len()])).collect()
    }
}

#[expect(clippy::panic, reason = "without randomness no secret is one; there is nothing to go on with")]
fn fill_from_machine(bytes: &mut [u8]) {
    if let Err(error) = getrandom::fill(bytes) {
        panic!("the machine gives no random bytes: {error}");
    }
}

/// The output function of SplitMix64 (Steele, Lea, Flood 2014).
fn mixed(state: u64) -> u64 {
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

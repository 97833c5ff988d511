//! Faults and chance, for as long as one likes: servers that are killed, many workers on shared users, random histories, a full disk.
//! In the suite each is short; `scripts/soak` runs the same ones long, by the variables that [`size`] reads.

mod costs;
mod crowd;
mod dead_log;
mod enumeration;
mod full_disk;
mod histories;
mod kills;
mod model;
mod read_only;
mod server;
mod stopped;
mod turns;

use muster::app::Randomness;

/// How long a test is: the number in an environment variable, or the one of the suite.
fn size(variable: &str, in_suite: usize) -> usize {
    std::env::var(variable).ok().and_then(|number| number.parse().ok()).unwrap_or(in_suite)
}

/// Where chance begins; said by a test that fails, so that it can be run again.
fn seed() -> u64 {
    size("MUSTER_SOAK_SEED", 1) as u64
}

/// Chance, as the tests use it.
struct Chance(Randomness);

impl Chance {
    fn new(seed: u64) -> Self {
        // Neighbouring seeds are not to begin with neighbouring numbers.
        Self(Randomness::sequence(seed.wrapping_mul(0x2545_F491_4F6C_DD1D)))
    }

    /// A number below `count`.
    fn below(&mut self, count: usize) -> usize {
        self.0.number() as usize % count.max(1)
    }

    /// True so many times of a hundred.
    fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// A moment, to measure from.
#[expect(clippy::disallowed_methods, reason = "a time is measured")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

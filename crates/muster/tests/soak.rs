//! Faults and chance, for as long as one likes: servers that are killed, many workers on shared users, random histories, a full disk.
//! In the suite each is short; `scripts/soak` runs the same ones long, by the variables that [`size`] reads.

mod asking;
mod bouncer;
mod cluster;
mod costs;
mod crowd;
mod crowded;
mod dead_log;
mod enumeration;
mod full_disk;
mod held;
mod histories;
mod kills;
mod model;
mod proxied;
mod read_only;
mod server;
mod standby;
mod starts;
mod stopped;
mod takeover;
mod turns;
mod versions;

use muster::app::Randomness;

/// How long a test is: the number in an environment variable, or the one of the suite.
fn size(variable: &str, in_suite: usize) -> usize {
    std::env::var(variable).ok().and_then(|number| number.parse().ok()).unwrap_or(in_suite)
}

/// Whether a program is there that a test needs. With `MUSTER_TESTS=all` that is a must.
fn is_there(program: &str) -> bool {
    let is_there = std::path::Path::new(program).exists();
    let must = std::env::var("MUSTER_TESTS").is_ok_and(|which| which == "all");
    assert!(is_there || !must, "MUSTER_TESTS=all, but there is no {program}");
    if !is_there {
        println!("skipped: there is no {program}");
    }
    is_there
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

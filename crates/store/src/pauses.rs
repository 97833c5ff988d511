//! How long a transaction that lost against another waits before it is tried again.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The pauses of a transaction that lost against others and is tried again: none, then one to two milliseconds, each time twice as
/// long up to a quarter of a second, and about five seconds in all.
pub(crate) struct Pauses<'t> {
    tries: &'t AtomicU64,
    tried: u32,
    paused: Duration,
}

impl<'t> Pauses<'t> {
    const LONGEST: Duration = Duration::from_millis(250);
    const IN_ALL: Duration = Duration::from_secs(5);

    pub(crate) fn new(tries: &'t AtomicU64) -> Self {
        Self { tries, tried: 0, paused: Duration::ZERO }
    }

    /// The pause before the next try; none when it was enough, because somebody else is always first.
    pub(crate) fn next(&mut self) -> Option<Duration> {
        if self.paused >= Self::IN_ALL {
            return None;
        }
        let pause = self.tried.checked_sub(1).map_or(Duration::ZERO, |doublings| self.spread(doublings));
        self.paused += pause;
        self.tried += 1;
        Some(pause)
    }

    fn spread(&self, doublings: u32) -> Duration {
        let longest = Duration::from_millis(2 << doublings.min(16)).min(Self::LONGEST);
        // Two who lost at once have different numbers, and so come back at different moments.
        let number = self.tries.fetch_add(1, Ordering::Relaxed) ^ u64::from(std::process::id()) << 32;
        let spread = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56;
        longest / 2 + longest.mul_f64(spread as f64 / 512.0)
    }
}

/// Waits so long.
#[expect(clippy::disallowed_methods, reason = "nobody rings when a transaction of another process is over")]
pub(crate) fn rest(pause: Duration) {
    std::thread::sleep(pause);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_again_are_spread_and_end() {
        let tries = AtomicU64::default();
        let pauses = |mut of: Pauses<'_>| std::iter::from_fn(move || of.next()).collect::<Vec<_>>();
        let (one, other) = (pauses(Pauses::new(&tries)), pauses(Pauses::new(&tries)));
        assert_eq!(one[0], Duration::ZERO, "most come through at once");
        assert!(one.len() > 20 && one.len() < 60, "{}", one.len());
        let in_all: Duration = one.iter().sum();
        assert!(in_all >= Pauses::IN_ALL && in_all < Pauses::IN_ALL + Pauses::LONGEST, "{in_all:?}");
        assert!(one.iter().all(|pause| *pause <= Pauses::LONGEST), "{one:?}");
        assert_ne!(one, other, "two who lost at once come back at different moments");
    }
}

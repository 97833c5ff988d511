//! How long a statement took, and how long it may take.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// From which time on a statement is told as an event; never with its parameters, which are people's data.
pub(crate) struct SlowStatements(AtomicU64);

impl Default for SlowStatements {
    fn default() -> Self {
        Self(AtomicU64::new(u64::MAX))
    }
}

impl SlowStatements {
    pub(crate) fn tell_from(&self, time: Duration) {
        self.0.store(milliseconds(time), Ordering::Relaxed);
    }

    /// Runs a statement and tells of it when it took long. Taking the rows of an answer counts too.
    pub(crate) fn watch<T>(&self, sql: &str, run: impl FnOnce() -> T) -> T {
        let from = self.0.load(Ordering::Relaxed);
        if from == u64::MAX {
            return run();
        }
        let began = now();
        let done = run();
        let milliseconds = milliseconds(began.elapsed());
        if milliseconds >= from {
            tracing::warn!(milliseconds, sql, "a statement was slow");
        }
        done
    }
}

/// When the statement that a connection runs has to be over: milliseconds since the first one that had such a moment, 0 for never. The
/// engine asks between its steps, so it is shared with it.
#[derive(Clone, Default)]
pub(crate) struct Deadline(Arc<AtomicU64>);

impl Deadline {
    /// A statement begins, and may take so long.
    pub(crate) fn begin(&self, most: Option<Duration>) {
        let end = most.map_or(0, |most| milliseconds(since_first() + most).max(1));
        self.0.store(end, Ordering::Relaxed);
    }

    /// Whether the statement should be over.
    pub(crate) fn is_over(&self) -> bool {
        let end = self.0.load(Ordering::Relaxed);
        end != 0 && milliseconds(since_first()) > end
    }
}

fn since_first() -> Duration {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    FIRST.get_or_init(now).elapsed()
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a time is measured, nothing depends on it but when a statement is given up"
)]
fn now() -> Instant {
    Instant::now()
}

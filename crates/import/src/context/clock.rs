//! The clock, as a parameter: the machine's, or one that a test turns.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use store::Time;

/// Tells the time.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's.
    Machine,
    /// The machine's where it goes wrong by so many milliseconds: for tests.
    Wrong(i64),
    /// One that stands until it is turned: milliseconds since 1970.
    Turned(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at a moment.
    pub fn standing_at(time: Time) -> Self {
        Self::Turned(Arc::new(AtomicI64::new(time.0)))
    }

    /// What time it is.
    pub fn now(&self) -> Time {
        match self {
            Self::Machine => Time(machine_now()),
            Self::Wrong(by) => Time(machine_now()).plus(*by),
            Self::Turned(time) => Time(time.load(Ordering::Relaxed)),
        }
    }

    /// Turns a standing clock on; the machine's goes by itself.
    pub fn turn(&self, milliseconds: i64) {
        if let Self::Turned(time) = self {
            time.fetch_add(milliseconds, Ordering::Relaxed);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
fn machine_now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

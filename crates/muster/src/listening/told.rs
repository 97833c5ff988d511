//! What happens often and is told in the log once a minute, with how often it happened.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

const EVERY: Duration = Duration::from_secs(60);

/// One thing that is told.
pub(super) struct Told(Mutex<Untold>);

#[derive(Default)]
struct Untold {
    last: Option<Instant>,
    times: u64,
}

impl Told {
    pub(super) fn new() -> Self {
        Self(Mutex::default())
    }

    /// It happened; tells, unless that was done within the last minute, how often it did since.
    pub(super) fn tell(&self, say: impl FnOnce(u64)) {
        let mut untold = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        untold.times += 1;
        if untold.last.is_none_or(|last| last.elapsed() >= EVERY) {
            untold.last = Some(Instant::now());
            say(std::mem::take(&mut untold.times));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happens_often_is_told_once() {
        let (told, mut heard) = (Told::new(), Vec::new());
        for _ in 0..1_000 {
            told.tell(|times| heard.push(times));
        }
        assert_eq!(heard, [1]);
    }
}

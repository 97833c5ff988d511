//! How long a peer may keep the server waiting: for the head of a request, for its body, and to take an answer.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// What a peer may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For the head of a request, from when the connection is there, or the request before was answered.
    pub head: Duration,
    /// Without sending a byte of a body, or taking one of an answer.
    pub idle: Duration,
    /// Bytes a second: who sends or takes less, over more than the idle time, is too slow.
    pub least_rate: u32,
}

impl Patience {
    /// What people with a bad connection need, and somewhat more: 1 KiB a second is a tenth of what GPRS had.
    pub const USUAL: Self =
        Self { head: Duration::from_secs(15), idle: Duration::from_secs(20), least_rate: 1024 };
}

/// How much patience is left with one direction of a connection. Waiting uses it up, bytes give it back.
pub(super) struct Left {
    of: Patience,
    left: Duration,
    /// Since when is waited, and until when at the most.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Left {
    pub(super) fn new(of: Patience) -> Self {
        Self { of, left: of.idle, waiting: None }
    }

    /// So many bytes went over.
    pub(super) fn moved(&mut self, bytes: usize) {
        if let Some((since, _)) = self.waiting.take() {
            let earned = Duration::from_secs_f64(bytes as f64 / f64::from(self.of.least_rate.max(1)));
            self.left = (self.left.saturating_sub(since.elapsed()) + earned).min(self.of.idle);
        }
    }

    /// Nothing goes over now: ready when that has been so for too long.
    pub(super) fn poll_over(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let left = self.left;
        let (_, until) = self.waiting.get_or_insert_with(|| {
            let now = Instant::now();
            (now, Box::pin(sleep_until(now + left)))
        });
        until.as_mut().poll(context)
    }
}

/// Why a connection was given up.
pub(super) fn too_slow() -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::TimedOut, "the peer was too slow")
}

/// Whether a connection failed because the peer was too slow.
pub(super) fn is_over(error: &hyper::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::TimedOut)
        {
            return true;
        }
        source = cause.source();
    }
    error.is_timeout()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Patience =
        Patience { head: Duration::from_secs(1), idle: Duration::from_millis(200), least_rate: 1_000 };

    /// Waits so many times so long, with so many bytes after each; how often that went well.
    async fn waits(times: usize, pause: Duration, bytes: usize) -> usize {
        let mut left = Left::new(SHORT);
        for time in 0..times {
            let over = std::future::poll_fn(|context| left.poll_over(context));
            if tokio::time::timeout(pause, over).await.is_ok() {
                return time;
            }
            left.moved(bytes);
        }
        times
    }

    #[test]
    fn patience_ends_with_who_is_idle_and_with_who_is_slow() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let milliseconds = Duration::from_millis;
            assert_eq!(waits(1, milliseconds(2_000), 0).await, 0, "idle");
            assert_eq!(waits(10, milliseconds(60), 1_000).await, 10, "pauses, but fast");
            let slow = waits(20, milliseconds(60), 1).await;
            assert!((2..6).contains(&slow), "a byte now and then: {slow}");
        });
    }
}

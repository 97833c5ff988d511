//! The bell: wakes those who wait for work to come or to be done, tells the workers when to stop, and knows how many of them live.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::Context;

/// Wakes those who wait for work to come or to be done.
#[derive(Default)]
pub(super) struct Bell {
    rings: Mutex<u64>,
    rung: std::sync::Condvar,
    stopping: AtomicBool,
    /// How many workers live.
    workers: AtomicUsize,
}

impl Context {
    /// Tells the workers that there is work, and those who watch that some was done.
    pub fn wake_workers(&self) {
        *self.bell.rings.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.bell.rung.notify_all();
    }

    /// Tells the workers to stop: to take no more work, and to hand back what they are at where it can be begun again.
    pub fn stop_working(&self) {
        self.bell.stopping.store(true, Ordering::Relaxed);
        self.wake_workers();
    }

    /// Whether the workers were told to stop.
    pub fn is_stopping(&self) -> bool {
        self.bell.stopping.load(Ordering::Relaxed)
    }

    /// Waits until somebody rings, or this long: another process may have made or done the work.
    pub fn wait_for_work(&self, at_most: std::time::Duration) {
        let rings = self.bell.rings.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.bell.rung.wait_timeout(rings, at_most));
    }

    /// Waits so long, whoever rings, unless the workers are told to stop: after a failure, so that nobody tries without end.
    pub fn pause(&self, so_long: std::time::Duration) {
        let rings = self.bell.rings.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.bell.rung.wait_timeout_while(rings, so_long, |_| !self.is_stopping()));
    }

    /// Counts a worker that begins.
    pub fn worker_begins(&self) {
        self.bell.workers.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a worker that ends, in whatever way.
    pub fn worker_ends(&self) {
        self.bell.workers.fetch_sub(1, Ordering::Relaxed);
    }

    /// How many workers of this process live.
    pub fn living_workers(&self) -> usize {
        self.bell.workers.load(Ordering::Relaxed)
    }
}

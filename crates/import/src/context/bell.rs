//! The bell: wakes those who wait for work to come or to be done, tells the workers when to stop, and knows how many of them live.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Wakes those who wait for work to come or to be done.
#[derive(Default)]
pub(super) struct Bell {
    rings: Mutex<u64>,
    rung: std::sync::Condvar,
    stopping: AtomicBool,
    /// How many workers live.
    workers: AtomicUsize,
}

impl Bell {
    pub(super) fn ring(&self) {
        *self.rings.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.rung.notify_all();
    }

    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        self.ring();
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    pub(super) fn wait(&self, at_most: Duration) {
        let rings = self.rings.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.rung.wait_timeout(rings, at_most));
    }

    /// How often it rang.
    pub(super) fn rings(&self) -> u64 {
        *self.rings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it has rung more often than that, or this long.
    pub(super) fn wait_since(&self, heard: u64, at_most: Duration) {
        let rings = self.rings.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.rung.wait_timeout_while(rings, at_most, |rings| *rings == heard));
    }

    /// Waits so long, whoever rings, unless the workers are told to stop.
    pub(super) fn pause(&self, so_long: Duration) {
        let rings = self.rings.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.rung.wait_timeout_while(rings, so_long, |_| !self.is_stopping()));
    }

    pub(super) fn count_worker(&self) {
        self.workers.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn discount_worker(&self) {
        self.workers.fetch_sub(1, Ordering::Relaxed);
    }

    pub(super) fn living_workers(&self) -> usize {
        self.workers.load(Ordering::Relaxed)
    }
}

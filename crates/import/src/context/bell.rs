//! The bell: wakes those who wait for work to come or to be done, and tells the workers when to stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Wakes those who wait for work to come or to be done.
#[derive(Default)]
pub(super) struct Bell {
    rings: Mutex<u64>,
    rung: std::sync::Condvar,
    stopping: AtomicBool,
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
}

//! The bell: wakes those who wait for work to come or to be done, and tells the workers when to stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::Context;

/// Wakes those who wait for work to come or to be done.
#[derive(Default)]
pub(super) struct Bell {
    rings: Mutex<u64>,
    rung: std::sync::Condvar,
    stopping: AtomicBool,
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
}

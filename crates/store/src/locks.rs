//! Locks within one process.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A panic elsewhere leaves no half-made state behind these locks: connections are checked before they are used again.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

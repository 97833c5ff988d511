//! The threads on which the store is used by the web: plain ones, because the store is synchronous and its PostgreSQL driver must
//! not be used inside async code.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

pub(super) type Job = Box<dyn FnOnce() + Send>;

/// A few threads that do one job after another. They end when the last handle is gone and every job is done.
#[derive(Clone)]
pub(super) struct Threads(Arc<Handle>);

/// Pages are short; what is long (an upload, a download) holds a thread for its time, so there are more than cores.
const COUNT: usize = 16;

/// Closes the queue when it goes.
struct Handle {
    queue: Arc<Queue>,
    started: usize,
}

/// Jobs that wait. One job wakes one thread: with a receiver behind a lock it would wake a second, which then waits in its place.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    come: Condvar,
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    closed: bool,
}

impl Threads {
    pub(super) fn start() -> Self {
        let queue = Arc::new(Queue::default());
        let mut started = 0;
        for number in 0..COUNT {
            let queue = Arc::clone(&queue);
            let named = std::thread::Builder::new().name(format!("store-{number}"));
            match named.spawn(move || work(&queue)) {
                Ok(_) => started += 1,
                Err(error) => tracing::error!(%error, "a store thread could not be started"),
            }
        }
        Self(Arc::new(Handle { queue, started }))
    }

    /// Hands a job to the next thread that is free. False when there is none.
    pub(super) fn take(&self, job: Job) -> bool {
        if self.0.started == 0 {
            return false;
        }
        self.0.queue.waiting().jobs.push_back(job);
        self.0.queue.come.notify_one();
        true
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.queue.waiting().closed = true;
        self.queue.come.notify_all();
    }
}

impl Queue {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next job; none when no more can come.
    fn next(&self) -> Option<Job> {
        let mut waiting = self.waiting();
        loop {
            if let Some(job) = waiting.jobs.pop_front() {
                return Some(job);
            }
            if waiting.closed {
                return None;
            }
            waiting = self.come.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn work(queue: &Queue) {
    while let Some(job) = queue.next() {
        if catch_unwind(AssertUnwindSafe(job)).is_err() {
            tracing::error!("a job on a store thread panicked");
        }
    }
}

//! The threads on which the store is used by the web: plain ones, because the store is synchronous and its PostgreSQL driver must
//! not be used inside async code.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

pub(super) type Job = Box<dyn FnOnce() + Send>;

/// A few threads that do one job after another.
#[derive(Clone)]
pub(super) struct Threads(Sender<Job>);

/// Pages are short; what is long (an upload, a download) holds a thread for its time, so there are more than cores.
const COUNT: usize = 16;

impl Threads {
    pub(super) fn start() -> Self {
        let (sender, receiver) = channel::<Job>();
        let receiver = Arc::new(Mutex::new(receiver));
        for number in 0..COUNT {
            let receiver = Arc::clone(&receiver);
            let named = std::thread::Builder::new().name(format!("store-{number}"));
            if let Err(error) = named.spawn(move || work(&receiver)) {
                tracing::error!(%error, "a store thread could not be started");
            }
        }
        Self(sender)
    }

    /// Hands a job to the next thread that is free. False when there is none any more.
    pub(super) fn take(&self, job: Job) -> bool {
        self.0.send(job).is_ok()
    }
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        if catch_unwind(AssertUnwindSafe(job)).is_err() {
            tracing::error!("a job on a store thread panicked");
        }
    }
}

//! The threads on which the store is used by the web: plain ones, because the store is synchronous and its PostgreSQL driver must
//! not be used inside async code.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use super::App;
use crate::store::{Error, Result};

type Job = Box<dyn FnOnce() + Send>;

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

impl App {
    /// Runs a job on one of the store's threads and waits for its answer without holding an async one.
    ///
    /// # Errors
    /// What the job says; a failure when it panicked.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, wait) = oneshot::channel();
        let app = self.clone();
        let job = Box::new(move || {
            // Whoever asked may be gone; then nobody needs the answer.
            let _ = answer.send(job(&app));
        });
        let gone = || Error::Failed("the store's threads are gone".to_owned());
        self.threads.0.send(job).map_err(|_| gone())?;
        wait.await.map_err(|_| gone())?
    }
}

/// Wakes those who wait for work to come or to be done.
#[derive(Default)]
pub(super) struct Bell {
    rings: Mutex<u64>,
    rung: std::sync::Condvar,
    stopping: AtomicBool,
    /// How many workers live.
    workers: AtomicUsize,
}

impl App {
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

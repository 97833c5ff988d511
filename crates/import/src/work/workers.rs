//! The threads of a server that work on imports, of whichever account, until they are told to stop.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crate::Context;
use crate::work_once;
use store::Time;

/// How long a worker rests when nothing waits, unless somebody rings: another process may have begun an import.
const REST: Duration = Duration::from_millis(300);
/// How long it rests after a failure of the store.
const AFTER_FAILURE: Duration = Duration::from_secs(1);
/// How many users are indexed for searching before the next look for an import.
const INDEXED: usize = 5_000;
/// How often what is older than it is kept is forgotten, in milliseconds.
const SWEEP: i64 = 60 * 60 * 1_000;

/// Workers at work.
pub struct Workers {
    app: Context,
    count: usize,
    ended: Receiver<()>,
}

impl Workers {
    /// Starts so many.
    pub fn start(app: &Context, count: usize) -> Self {
        let (end, ended) = channel();
        for number in 0..count {
            let owner = format!("serve-{}-{}-{number}", std::process::id(), app.randomness.number());
            let (app, end) = (app.clone(), end.clone());
            let named = std::thread::Builder::new().name(format!("worker-{number}"));
            if let Err(error) = named.spawn(move || work(&app, &owner, number == 0, &end)) {
                tracing::error!(%error, "a worker could not be started");
            }
        }
        Self { app: app.clone(), count, ended }
    }

    /// Tells them to stop, and waits for each so long at the most. False when one is still at work: its lease runs out by itself
    /// after the process ended, and another worker begins again from what is durable.
    pub fn stop(self, at_most: Duration) -> bool {
        self.app.stop_working();
        (0..self.count).all(|_| self.ended.recv_timeout(at_most).is_ok())
    }
}

/// `keeps` says whether this worker also does what only one has to: forgetting what is old, indexing for searches.
fn work(app: &Context, owner: &str, keeps: bool, end: &Sender<()>) {
    let mut sweep_at = Time::default();
    while !app.is_stopping() {
        if keeps {
            sweep(app, &mut sweep_at);
        }
        match catch_unwind(AssertUnwindSafe(|| work_once(app, owner))) {
            Ok(Ok(true)) => {}
            Ok(Ok(false)) if keeps => rest(app),
            Ok(Ok(false)) => app.wait_for_work(REST),
            Ok(Err(error)) => {
                tracing::error!(%error, "a worker failed");
                app.wait_for_work(AFTER_FAILURE);
            }
            // The import keeps its lease until that runs out, which counts as a death.
            Err(_) => tracing::error!("a worker panicked"),
        }
    }
    // Whoever started the workers may be gone already.
    let _ = end.send(());
}

/// Has no import to work on: brings the search index up to date, a little at a time, and then waits for work.
fn rest(app: &Context) {
    match app.store.refresh_search(INDEXED) {
        Ok(false) => {}
        Ok(true) => app.wait_for_work(REST),
        Err(error) => {
            tracing::error!(%error, "the search index could not be brought up to date");
            app.wait_for_work(AFTER_FAILURE);
        }
    }
}

/// Forgets uploads and plans that are older than they are kept, now and then.
fn sweep(app: &Context, next: &mut Time) {
    let now = app.clock.now();
    if now < *next {
        return;
    }
    *next = now.plus(SWEEP);
    match app.store.forget_old_files(now) {
        Ok(0) => {}
        Ok(imports) => tracing::info!(imports, "uploads and plans were forgotten after their time"),
        Err(error) => tracing::error!(%error, "old uploads could not be forgotten"),
    }
}

//! A lease that is held: a thread of its own beats on it until the value is dropped, however the work ends. So no step of the work can be
//! too long, and nothing is held for work that nobody does any more.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use store::{Import, Lease, Progress, Stage};

use crate::context::Context;

/// How long a lease lasts without being held on to, in milliseconds. After a kill, another worker waits so long at the most.
pub(crate) const LEASE: i64 = 6_000;
/// How often progress is written.
pub(crate) const BEAT: Duration = Duration::from_millis(400);

/// A worker at work, under a lease that is held as long as this value lives.
pub(crate) struct Working {
    pub(crate) app: Context,
    pub(crate) lease: Lease,
    held: Held,
    /// Rows that were read, and how many may be.
    rows: AtomicU64,
    most: Option<u64>,
}

impl Working {
    /// Begins to work; on so many rows at the most, if the worker is one for small work.
    pub(crate) fn begin(app: &Context, lease: Lease, import: &Import, most: Option<u64>) -> Self {
        let held = Held::begin(app, &lease, import.progress);
        Self { app: app.clone(), lease, held, rows: AtomicU64::new(0), most }
    }

    /// So many more rows were read.
    pub(crate) fn read_rows(&self, rows: usize) {
        self.rows.fetch_add(rows as u64, Ordering::Relaxed);
    }

    /// Whether there is more to read than this worker takes.
    pub(crate) fn is_outgrown(&self) -> bool {
        self.most.is_some_and(|most| self.rows.load(Ordering::Relaxed) > most)
    }

    /// Says how far the work is; written with the next beat.
    pub(crate) fn progress(&self, stage: Stage, done: i64, total: i64) {
        self.held.progress(Progress { stage, done, total });
    }

    /// Whether another worker has the import now, or should have it, or it was cancelled, or this process is to end: stop, and write
    /// nothing more.
    pub(crate) fn is_lost(&self) -> bool {
        self.held.is_lost() || self.app.is_stopping() || self.is_outgrown()
    }
}

/// A lease while somebody works under it.
struct Held {
    beat: Arc<Beat>,
    holder: Option<JoinHandle<()>>,
}

struct Beat {
    progress: Mutex<Progress>,
    ended: Mutex<bool>,
    end: Condvar,
    lost: AtomicBool,
}

impl Held {
    /// Holds a lease that was just claimed, from this progress on.
    fn begin(app: &Context, lease: &Lease, progress: Progress) -> Self {
        let beat = Arc::new(Beat {
            progress: Mutex::new(progress),
            ended: Mutex::new(false),
            end: Condvar::new(),
            lost: AtomicBool::new(false),
        });
        let (for_app, for_lease, for_beat) = (app.clone(), lease.clone(), Arc::clone(&beat));
        let named = std::thread::Builder::new().name("lease".to_owned());
        let holder = named.spawn(move || hold(&for_app, &for_lease, &for_beat));
        if let Err(error) = &holder {
            tracing::error!(%error, "no thread to hold a lease with");
        }
        Self { beat, holder: holder.ok() }
    }

    /// Says how far the work is; written with the next beat.
    fn progress(&self, progress: Progress) {
        *locked(&self.beat.progress) = progress;
    }

    /// Whether another worker has the import now, or it was cancelled.
    fn is_lost(&self) -> bool {
        self.beat.lost.load(Ordering::Relaxed)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        *locked(&self.beat.ended) = true;
        self.beat.end.notify_all();
        if let Some(holder) = self.holder.take()
            && holder.join().is_err()
        {
            tracing::error!("the holder of a lease panicked");
        }
    }
}

fn hold(app: &Context, lease: &Lease, beat: &Beat) {
    let mut ended = locked(&beat.ended);
    while !*ended {
        ended = beat.end.wait_timeout(ended, BEAT).unwrap_or_else(PoisonError::into_inner).0;
        if *ended {
            return;
        }
        let progress = *locked(&beat.progress);
        let kept = app.shared_now().and_then(|now| app.store.keep_lease(lease, progress, now.plus(LEASE)));
        match kept {
            Ok(true) => {}
            Ok(false) => {
                events::counted::LEASES_LOST.add();
                beat.lost.store(true, Ordering::Relaxed);
                return;
            }
            Err(error) => tracing::warn!(%error, "a lease could not be held"),
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use events::counted::LEASES_LOST;
    use store::{Complete, ImportId, ImportKind, ImportState, NewImport, Randomness, Time};

    use super::*;
    use crate::Clock;

    #[test]
    fn a_lease_that_is_lost_is_noticed_and_counted() {
        ground::on_sqlite(|ground| {
            let clock = Clock::standing_at(ground::NOW);
            let randomness = Randomness::sequence(7);
            let app = Context::open(&ground.database, workbook::Limits::default(), clock, randomness);
            let app = app.expect("it opens");
            let account =
                app.store.create_account("acme", "Acme", ground::NOW).expect("works").expect("new").id;
            let id = ImportId::new(ground::NOW, 1);
            let new = NewImport {
                decisions: Vec::new(),
                id,
                state: ImportState::Reading,
                kind: ImportKind::File,
                file_name: None,
                actor: "ann".to_owned(),
                complete: Complete::Never,
                keep: true,
                leave_out_errors: false,
                undoes: None,
                at: ground::NOW,
            };
            assert!(app.store.begin_import(account, &new).expect("works"));
            let claim = |now: Time| app.store.claim(Some((account, id)), "one", now, now.plus(LEASE));
            let lease = claim(ground::NOW).expect("works").expect("a lease");
            let before = LEASES_LOST.read();
            let held = Held::begin(&app, &lease, Progress { stage: Stage::Waiting, done: 0, total: 0 });
            claim(ground::NOW.plus(2 * LEASE)).expect("works").expect("it is taken over");
            let noticed = (0..500).any(|_| {
                app.pause(Duration::from_millis(20));
                held.is_lost()
            });
            assert!(noticed && LEASES_LOST.read() > before);
        });
    }
}

//! Working on imports: claim one, hold its lease while working, bring it to rest.

mod told;
pub(crate) mod workers;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use directory::Failure;
use store::{
    AccountId, Error, Import, ImportId, ImportKind, ImportState, Lease, Progress, Result, Settled, Stage,
};

use self::told::told;
use crate::Context;
use crate::apply;
use crate::apply::undo;
use crate::read;

/// How long a lease lasts without being held on to, in milliseconds. After a kill, another worker waits so long at the most.
pub(crate) const LEASE: i64 = 6_000;
/// How often progress is written.
const BEAT: Duration = Duration::from_millis(400);
/// How long an import waits after the disk was full, in milliseconds.
const FULL: i64 = 2_000;
/// An import that has cost so many workers their lives is given up.
const DEATHS: i64 = 5;

/// Claims one import that waits and works on it until it rests or another must go first. False when none waits. `owner` names the
/// worker.
///
/// # Errors
/// When the store fails; the import is left for another try.
pub fn work_once(app: &Context, owner: &str) -> Result<bool> {
    let now = app.clock.now();
    let Some(lease) = app.store.claim(None, owner, now, now.plus(LEASE))? else { return Ok(false) };
    work_under(app, &lease)?;
    Ok(true)
}

/// Works on one import until it rests (review, done, failed, cancelled), or waits while another worker does; tells how far it is.
///
/// # Errors
/// When the store fails, or there is no such import.
pub fn work_on(
    app: &Context,
    account: AccountId,
    id: ImportId,
    owner: &str,
    watch: &mut dyn FnMut(&Import),
) -> Result<Import> {
    loop {
        let import =
            app.store.import(account, id)?.ok_or_else(|| Error::Failed("no such import".to_owned()))?;
        watch(&import);
        if !matches!(import.state, ImportState::Reading | ImportState::Applying) {
            return Ok(import);
        }
        let now = app.clock.now();
        match app.store.claim(Some((account, id)), owner, now, now.plus(LEASE))? {
            Some(lease) => work_watched(app, &lease, watch)?,
            None => app.wait_for_work(BEAT),
        }
    }
}

/// Works under a lease on a thread of its own, and tells how far it is meanwhile.
fn work_watched(app: &Context, lease: &Lease, watch: &mut dyn FnMut(&Import)) -> Result<()> {
    std::thread::scope(|scope| {
        let (end, ended) = channel();
        // Whoever waits may have failed, and listens no more.
        scope.spawn(move || end.send(work_under(app, lease)));
        loop {
            match ended.recv_timeout(BEAT) {
                Ok(result) => return result,
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Error::Failed("the worker panicked".to_owned()));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            if let Some(import) = app.store.import(lease.account, lease.import)? {
                watch(&import);
            }
        }
    })
}

/// Does the stage that the import is in, under a lease that was just claimed.
fn work_under(app: &Context, lease: &Lease) -> Result<()> {
    let Some(import) = app.store.import(lease.account, lease.import)? else { return Ok(()) };
    let working = Working::begin(app, lease.clone(), &import);
    let settled = if import.deaths >= DEATHS {
        Ok(Some(Settled::failed(Failure::given_up(), app.clock.now())))
    } else {
        told(app, &import, || match (import.state, import.kind) {
            (ImportState::Reading, ImportKind::Undo) => undo::plan(&working, &import),
            // Whoever filled in the form died over it and was told nothing: nothing is to be done.
            (ImportState::Reading, ImportKind::Form) => {
                Ok(Some(Settled::moved(&import, ImportState::Cancelled)))
            }
            (ImportState::Reading, _) => read::plan(&working, &import),
            (ImportState::Applying, _) => apply::apply(&working, &import),
            _ => Ok(None),
        })
    };
    working.end();
    match settled {
        Ok(Some(settled)) => {
            app.store.settle(lease, &settled)?;
            app.wake_workers();
            Ok(())
        }
        // Another process, or the next start, may go on at once.
        Ok(None) if app.is_stopping() => app.store.hand_back(lease),
        Ok(None) => Ok(()),
        Err(error) => {
            if matches!(error, Error::Full) {
                wait_for_room(app, lease);
            }
            tracing::error!(%error, import = %lease.import, "work on an import failed; it will be tried again");
            Err(error)
        }
    }
}

/// A full disk is no fault of the import: it gives its lease back, so that no death of a worker is counted, and waits.
fn wait_for_room(app: &Context, lease: &Lease) {
    if let Err(error) = app.store.postpone(lease, app.clock.now().plus(FULL)) {
        tracing::warn!(%error, import = %lease.import, "a lease could not be given back");
    }
}

/// A worker at work: holds the lease by a thread of its own, so that no step of the work can be too long.
pub(crate) struct Working {
    pub(crate) app: Context,
    pub(crate) lease: Lease,
    state: Arc<Beat>,
    holder: Option<JoinHandle<()>>,
}

struct Beat {
    progress: Mutex<Progress>,
    ended: Mutex<bool>,
    end: Condvar,
    lost: AtomicBool,
}

impl Working {
    fn begin(app: &Context, lease: Lease, import: &Import) -> Self {
        let state = Arc::new(Beat {
            progress: Mutex::new(import.progress),
            ended: Mutex::new(false),
            end: Condvar::new(),
            lost: AtomicBool::new(false),
        });
        let (for_app, for_lease, for_state) = (app.clone(), lease.clone(), Arc::clone(&state));
        let named = std::thread::Builder::new().name("lease".to_owned());
        let holder = named.spawn(move || hold(&for_app, &for_lease, &for_state));
        if let Err(error) = &holder {
            tracing::error!(%error, "no thread to hold a lease with");
        }
        Self { app: app.clone(), lease, state, holder: holder.ok() }
    }

    /// Says how far the work is; written with the next beat.
    pub(crate) fn progress(&self, stage: Stage, done: i64, total: i64) {
        *locked(&self.state.progress) = Progress { stage, done, total };
    }

    /// Whether another worker has the import now, or it was cancelled, or this process is to end: stop, and write nothing more.
    pub(crate) fn is_lost(&self) -> bool {
        self.state.lost.load(Ordering::Relaxed) || self.app.is_stopping()
    }

    fn end(mut self) {
        *locked(&self.state.ended) = true;
        self.state.end.notify_all();
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
        match app.store.keep_lease(lease, progress, app.clock.now().plus(LEASE)) {
            Ok(true) => {}
            Ok(false) => {
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

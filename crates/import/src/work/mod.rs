//! Working on imports: claim one, hold its lease while working, bring it to rest.
//!
//! A panic over an import is a death, as a kill is: what was held is let go, the death is counted, and the import is tried again; after
//! five it is given up.

mod told;
mod turns;
pub(crate) mod workers;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};

use directory::Failure;
use store::{
    AccountId, Error, Import, ImportId, ImportKind, ImportState, Lease, Result, Settled, Stage, Time, Waiting,
};

use self::told::told;
use self::turns::{Lane, Turns};
use crate::apply::{self, undo};
use crate::brought;
use crate::context::Context;
use crate::lease::{BEAT, LEASE, Working};
use crate::read;
use crate::review::fixing;
use crate::rules;

/// How long an import waits after the disk was full, in milliseconds.
const FULL: i64 = 2_000;
/// An import that has cost so many workers their lives is given up.
const DEATHS: i64 = 5;

/// A file of so many bytes at the most is read again while the one who asked waits, whatever the workers are busy with.
const SMALL: u64 = 4 << 20;

/// Rows that are read of small work at the most: more than a file of one part has, if it was not made to be small.
const SMALL_ROWS: u64 = 10_000;

/// What somebody sees who works on an import until it rests.
#[derive(Debug, Clone, Copy)]
pub enum Sight<'i> {
    /// The import itself, as far as it is.
    Working(&'i Import),
    /// The other import of the account that has to be applied before it.
    WaitsFor(&'i Import),
}

/// Claims one import that waits and works on it until it rests or another must go first. False when none waits. `owner` names the
/// worker.
///
/// # Errors
/// When the store fails; the import is left for another try.
pub fn work_once(app: &Context, owner: &str) -> Result<bool> {
    let now = app.shared_now()?;
    let Some(lease) = app.store.claim(None, owner, now, now.plus(LEASE))? else { return Ok(false) };
    work_under(app, &lease, None)?;
    Ok(true)
}

/// Claims an import whose turn it is and works on it. False when none waits that this worker takes.
fn work_in_turns(app: &Context, owner: &str, turns: &Turns, lane: Lane) -> Result<bool> {
    let now = app.shared_now()?;
    let waiting = app.store.waiting_imports(now)?;
    let claim =
        |next: &Waiting| app.store.claim(Some((next.account, next.import)), owner, now, now.plus(LEASE));
    let Some((lease, turn)) = turns.take(lane, &waiting, claim)? else { return Ok(false) };
    let is_this = |next: &&Waiting| (next.account, next.import) == (lease.account, lease.import);
    let mut app = app.clone();
    if waiting.iter().find(is_this).is_some_and(|next| !next.small) {
        app.store = app.store.giving_way();
    }
    let most = (lane == Lane::Small).then_some(SMALL_ROWS);
    let worked = work_under(&app, &lease, most);
    if matches!(worked, Ok(Worked::Outgrown)) {
        turns.outgrown(lease.account, lease.import);
    }
    drop(turn);
    // Others may have waited for this one to end.
    app.wake_workers();
    worked.map(|_| true)
}

/// How a turn at an import ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Worked {
    /// It rests, or is left to another.
    Ended,
    /// It is larger than what this worker takes.
    Outgrown,
}

/// Works on one import until it rests (review, done, failed, cancelled), or waits while another worker does; tells how far it is. When it
/// is to be applied while another import of the account is, and nobody works on that one any more, that one is ended first.
///
/// # Errors
/// When the store fails, or there is no such import.
pub fn work_on(
    app: &Context,
    account: AccountId,
    id: ImportId,
    owner: &str,
    watch: &mut dyn FnMut(Sight<'_>),
) -> Result<Import> {
    until_rest(app, (account, id), owner, (in_the_way, None), watch)
}

/// As [`work_on`], but waits for others no longer than so many milliseconds.
///
/// # Errors
/// [`Error::Busy`] when they took longer. Else when the store fails, or there is no such import.
pub(crate) fn work_within(
    app: &Context,
    account: AccountId,
    id: ImportId,
    owner: &str,
    at_most: i64,
) -> Result<Import> {
    let until = app.clock.now().plus(at_most);
    until_rest(app, (account, id), owner, (in_the_way, Some(until)), &mut |_| {})
}

/// As [`work_on`], for somebody who may be the only one who works: what was to be applied before this import, and was left by whoever
/// worked on it, is ended first, whether it is in the way or not.
///
/// # Errors
/// When the store fails, or there is no such import.
pub fn work_in_turn(
    app: &Context,
    account: AccountId,
    id: ImportId,
    owner: &str,
    watch: &mut dyn FnMut(Sight<'_>),
) -> Result<Import> {
    until_rest(app, (account, id), owner, (asked_before, None), watch)
}

/// Reads an import again that was just sent back for that, if its file is small; larger ones take their turn. One in review is left as it
/// is.
///
/// # Errors
/// When the store fails.
pub fn read_now(app: &Context, account: AccountId, id: ImportId) -> Result<()> {
    let reading = |import: Import| import.state == ImportState::Reading;
    if !app.store.import(account, id)?.is_some_and(reading) {
        return Ok(());
    }
    let mut bytes = 0;
    for file in app.store.files(account, id)? {
        bytes += app.store.upload(account, id, file.number)?.length();
    }
    if bytes <= SMALL {
        work_on(app, account, id, "fixes", &mut |_| {})?;
    }
    Ok(())
}

/// So often work that broke off with its connection is begun again for whoever waits for it.
const BROKEN_OFF: usize = 3;

fn until_rest(
    app: &Context,
    (account, id): (AccountId, ImportId),
    owner: &str,
    (before, until): (impl Fn(&Context, &Import) -> Result<Option<Import>>, Option<Time>),
    watch: &mut dyn FnMut(Sight<'_>),
) -> Result<Import> {
    let is_late = || until.is_some_and(|until| app.clock.now() >= until);
    let mut broken_off = 0;
    loop {
        match turn(app, (account, id), owner, (&before, &is_late), watch) {
            // The server ended a connection in the middle of it, as it does when it is restarted.
            Err(Error::Unreachable(_)) if broken_off < BROKEN_OFF && !is_late() => broken_off += 1,
            Err(error) => return Err(error),
            Ok(Some(import)) => return Ok(import),
            Ok(None) => {}
        }
    }
}

/// The import once it is at rest. Else a stage of it, or of another that is in the way, is done, or waited for.
fn turn(
    app: &Context,
    (account, id): (AccountId, ImportId),
    owner: &str,
    (before, is_late): (impl Fn(&Context, &Import) -> Result<Option<Import>>, impl Fn() -> bool),
    watch: &mut dyn FnMut(Sight<'_>),
) -> Result<Option<Import>> {
    let import = look(app, account, id)?;
    watch(Sight::Working(&import));
    let other = match import.state {
        ImportState::Reading => None,
        ImportState::Applying => before(app, &import)?,
        _ => return Ok(Some(import)),
    };
    if let Some(other) = &other {
        watch(Sight::WaitsFor(other));
    }
    let (now, next) = (app.shared_now()?, other.map_or(id, |other| other.id));
    match app.store.claim(Some((account, next)), owner, now, now.plus(LEASE))? {
        Some(lease) => {
            let worked = work_watched(app, &lease, watch);
            if matches!(worked, Err(Error::Unreachable(_))) {
                give_back(app, &lease, None);
            }
            worked?;
        }
        None if is_late() => return Err(Error::Busy),
        None => app.wait_for_work(BEAT),
    }
    Ok(None)
}

fn look(app: &Context, account: AccountId, id: ImportId) -> Result<Import> {
    app.store.import(account, id)?.ok_or_else(|| Error::Failed("no such import".to_owned()))
}

/// The import that is being applied, when it is another: one at a time. What a dead one left behind that came to its end is not in the
/// way (`apply` clears it away).
fn in_the_way(app: &Context, import: &Import) -> Result<Option<Import>> {
    let Some(other) = app.store.being_applied(import.account)?.filter(|other| *other != import.id) else {
        return Ok(None);
    };
    let other = app.store.import(import.account, other)?;
    Ok(other.filter(|other| other.state == ImportState::Applying))
}

/// The import that is in the way, else the first of those that were to be applied before and that nobody works on.
fn asked_before(app: &Context, import: &Import) -> Result<Option<Import>> {
    if let Some(other) = in_the_way(app, import)? {
        return Ok(Some(other));
    }
    match app.store.left_before(import.account, import.id, app.shared_now()?)? {
        Some(other) => app.store.import(import.account, other),
        None => Ok(None),
    }
}

/// Works under a lease on a thread of its own, and tells how far it is meanwhile.
fn work_watched(app: &Context, lease: &Lease, watch: &mut dyn FnMut(Sight<'_>)) -> Result<()> {
    std::thread::scope(|scope| {
        let (end, ended) = channel();
        let named = std::thread::Builder::new().name("working".to_owned());
        // Whoever waits may have failed, and listens no more.
        let spawned =
            named.spawn_scoped(scope, move || drop(end.send(work_under(app, lease, None).map(drop))));
        if let Err(error) = spawned {
            tracing::warn!(%error, "no thread to work on: the work is not watched");
            return work_under(app, lease, None).map(drop);
        }
        loop {
            match ended.recv_timeout(BEAT) {
                Ok(result) => return result,
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Error::Failed("the worker is gone".to_owned()));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            match app.store.import(lease.account, lease.import) {
                Ok(Some(import)) => watch(Sight::Working(&import)),
                Ok(None) => {}
                // The work goes on, and tells by itself when it can't.
                Err(error) => tracing::warn!(%error, "how far the work is can't be read"),
            }
        }
    })
}

/// Does the stage that the import is in, under a lease that was just claimed; of a file at most so many rows. Never panics: that is a death,
/// which is counted.
fn work_under(app: &Context, lease: &Lease, most: Option<u64>) -> Result<Worked> {
    let app = &app.of(lease.account);
    if let Ok(worked) = catch_unwind(AssertUnwindSafe(|| work_and_settle(app, lease, most))) {
        return worked;
    }
    events::counted::WORKER_DEATHS.add();
    tracing::error!(import = %lease.import, "a worker panicked over an import; it will be tried again");
    let counted = catch_unwind(AssertUnwindSafe(|| app.store.die(lease)));
    // What can't be counted now is counted by whoever claims the import once its lease is over.
    counted.unwrap_or_else(|_| Err(Error::Failed("the worker panicked".to_owned()))).map(|()| Worked::Ended)
}

fn work_and_settle(app: &Context, lease: &Lease, most: Option<u64>) -> Result<Worked> {
    let Some(import) = app.store.import(lease.account, lease.import)? else { return Ok(Worked::Ended) };
    let working = Working::begin(app, lease.clone(), &import, most);
    let worked = work(&working, &import);
    let outgrown = working.is_outgrown();
    drop(working);
    match worked {
        Ok(Some(settled)) => {
            app.store.settle_with_news(lease, &settled, app.clock.now())?;
            app.wake_workers();
            Ok(Worked::Ended)
        }
        // Another worker, another process, or the next start, may go on at once.
        Ok(None) if outgrown || app.is_stopping() => {
            app.store.hand_back(lease)?;
            Ok(if outgrown { Worked::Outgrown } else { Worked::Ended })
        }
        Ok(None) => Ok(Worked::Ended),
        Err(error) => {
            match error {
                Error::Full => give_back(app, lease, Some(FULL)),
                // Nothing was done: whoever comes next may try at once.
                Error::Busy | Error::Held(_) | Error::Unconnected | Error::OnlyReads => {
                    give_back(app, lease, None);
                }
                _ => {}
            }
            tracing::error!(%error, import = %lease.import, "work on an import failed; it will be tried again");
            Err(error)
        }
    }
}

/// What comes of the stage; none when it is not to be settled now. The lease is held meanwhile.
fn work(working: &Working, import: &Import) -> Result<Option<Settled>> {
    let app = &working.app;
    if import.deaths >= DEATHS {
        return give_up(app, import).map(Some);
    }
    told(app, import, || match (import.state, import.kind) {
        // What it came from is not known: nothing is done with it.
        (_, ImportKind::Unreadable) => Ok(None),
        (ImportState::Reading, _) if import.progress.stage == Stage::Fixing => fixing::fix(working, import),
        (ImportState::Reading, ImportKind::Undo) => undo::plan(working, import),
        // Whoever filled in the form died over it and was told nothing: nothing is to be done.
        (ImportState::Reading, ImportKind::Form) => Ok(Some(Settled::moved(import, ImportState::Cancelled))),
        (ImportState::Reading, ImportKind::Rule) => rules::plan::plan(working, import),
        (ImportState::Reading, ImportKind::Ticket) => brought::plan(working, import),
        (ImportState::Reading, _) => read::plan(working, import),
        (ImportState::Applying, _) => apply::apply(working, import),
        _ => Ok(None),
    })
}

/// Ends an import that cost too many lives: as failed, unless the last of them came to the end of its apply.
fn give_up(app: &Context, import: &Import) -> Result<Settled> {
    if let Some(done) = apply::applied_before(app, import)? {
        return Ok(done);
    }
    Ok(Settled::failed(Failure::given_up(), app.clock.now()))
}

/// What the machine lacks is no fault of the import: it gives its lease back, so that no death of a worker is counted, and waits.
fn give_back(app: &Context, lease: &Lease, waits: Option<i64>) {
    let until = waits.map_or(Ok(Time::default()), |waits| Ok(app.shared_now()?.plus(waits)));
    if let Err(error) = until.and_then(|until| app.store.postpone(lease, until)) {
        tracing::warn!(%error, import = %lease.import, "a lease could not be given back");
    }
}

//! The threads of a server that work on imports, of whichever account, until they are told to stop. One that dies is replaced.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use store::{Error, Result, Time};

use super::turns::{Lane, Turns};
use super::work_in_turns;
use crate::context::Context;
use crate::removal;

/// How long a worker rests when nothing waits, unless somebody rings: another process may have begun an import.
const REST: Duration = Duration::from_millis(300);
/// How long it rests after a failure of the store, whoever rings; and its successor when it died.
const AFTER_FAILURE: Duration = Duration::from_secs(1);
/// How many users are indexed for searching before the next look for an import.
const INDEXED: usize = 5_000;
/// The same where nobody waits for who writes: of more at once fewer rows are written twice.
const INDEXED_ASIDE: usize = 20_000;
/// While imports are under way, the search index waits for so long at the most, in milliseconds: they change one user after the other, and
/// each time the same sets of the index would be written anew.
const INDEX_WAITS: i64 = 5_000;
/// How often what is older than it is kept is forgotten, in milliseconds.
const SWEEP: i64 = 60 * 60 * 1_000;

/// A mail that waits so long is one that nobody sends: where mails are sent, it is given up before.
const UNSENT: i64 = 26 * 60 * 60 * 1_000;

/// How often what was given up is let go, in milliseconds.
const EMPTY: i64 = 10_000;

/// How often, in milliseconds, all machines of a cluster are asked what waits: for orders of users that nobody rang for, and for imports that
/// were not announced.
const ASKED_OF_ALL: i64 = 30_000;

/// Workers at work.
pub struct Workers {
    app: Context,
    count: usize,
    ended: Receiver<()>,
}

impl Workers {
    /// Starts so many; beside several, one more for small work alone.
    pub fn start(app: &Context, count: usize) -> Self {
        let (end, ended) = channel();
        let turns = Arc::new(Turns::new(count, app.store.writes_in_turn()));
        let in_all = count + usize::from(count > 1);
        for number in 0..in_all {
            let lane = if number < count { Lane::Any } else { Lane::Small };
            let alone = in_all == 1;
            let (app, turns, end) = (app.clone(), Arc::clone(&turns), end.clone());
            Post { app, number, lane, alone, turns, end }.fill(false);
        }
        Self { app: app.clone(), count: in_all, ended }
    }

    /// Tells them to stop, and waits for each so long at the most. False when one is still at work: its lease runs out by itself
    /// after the process ended, and another worker begins again from what is durable.
    pub fn stop(self, at_most: Duration) -> bool {
        self.app.stop_working();
        (0..self.count).all(|_| self.ended.recv_timeout(at_most).is_ok())
    }
}

/// The place of one worker.
#[derive(Clone)]
struct Post {
    app: Context,
    number: usize,
    lane: Lane,
    /// Whether it is the only one.
    alone: bool,
    turns: Arc<Turns>,
    end: Sender<()>,
}

impl Post {
    /// Starts a thread that works here.
    fn fill(self, after_a_death: bool) {
        let named = std::thread::Builder::new().name(format!("worker-{}", self.number));
        self.app.worker_begins();
        let post = self.clone();
        let spawned = named.spawn(move || {
            let post = Filled(post);
            if after_a_death {
                post.0.app.pause(AFTER_FAILURE);
            }
            work(&post.0);
        });
        if let Err(error) = spawned {
            tracing::error!(%error, "a worker could not be started");
            self.app.worker_ends();
            self.leave();
        }
    }

    fn leave(&self) {
        // Whoever started the workers may be gone already.
        let _ = self.end.send(());
    }
}

/// A post with its worker; dropped when the worker's thread ends, by a panic too.
struct Filled(Post);

impl Drop for Filled {
    fn drop(&mut self) {
        self.0.app.worker_ends();
        if self.0.app.is_stopping() {
            self.0.leave();
        } else {
            events::counted::WORKER_DEATHS.add();
            tracing::error!("a worker died; another takes its place");
            self.0.clone().fill(true);
        }
    }
}

fn work(post: &Post) {
    let Post { app, number, lane, turns, .. } = post;
    // The one that has least to do also makes the orders of lists of users.
    let orders = *lane == Lane::Small || post.alone;
    let owner = format!("serve-{}-{}-{number}", std::process::id(), app.randomness.number());
    // One of them also does what only one has to: forgetting what is old, indexing for searches.
    let keeps = *number == 0;
    let (mut sweep_at, mut indexed_at) = ([Time::default(); 3], Time::default());
    let mut wanted = Wanted::default();
    while !app.is_stopping() {
        let heard = app.rings();
        if app.store.is_updated() {
            // The newer program's workers go on; this process waits for its end.
            app.pause(AFTER_FAILURE);
            continue;
        }
        if keeps {
            sweep(app, &mut sweep_at);
        }
        match work_in_turns(app, &owner, turns, *lane) {
            Ok(true) => {}
            Ok(false) if orders && wanted.make_one(app, heard) => {}
            Ok(false) if keeps => rest(app, heard, &mut indexed_at),
            Ok(false) => app.wait_for_work_since(heard, REST),
            Err(Error::Updated) => {}
            Err(error) => {
                tracing::error!(%error, "a worker failed");
                app.pause(AFTER_FAILURE);
            }
        }
    }
}

/// When orders of lists of users were looked for. On a cluster that asks all machines: there it is done when somebody rang in this process, as who
/// wants one does, and else now and then.
#[derive(Default)]
struct Wanted {
    /// Whether the database is a cluster; asked when there is nothing else to do.
    on_cluster: Option<bool>,
    heard: Option<u64>,
    next: Time,
}

impl Wanted {
    /// Makes one that somebody wants, if it is looked for now, that much having been heard. False when none was made.
    fn make_one(&mut self, app: &Context, heard: u64) -> bool {
        // Where it can't be asked, each look says why.
        if self.on_cluster.is_none() {
            self.on_cluster = app.store.can_distribute().ok();
        }
        if self.on_cluster == Some(true) && !self.is_time(app.clock.now(), heard) {
            return false;
        }
        let made = make_order(app);
        if made {
            // There may be another.
            self.heard = None;
        }
        made
    }

    fn is_time(&mut self, now: Time, heard: u64) -> bool {
        let is_time = self.heard != Some(heard) || now >= self.next;
        if is_time {
            (self.heard, self.next) = (Some(heard), now.plus(ASKED_OF_ALL));
        }
        is_time
    }
}

/// Makes an order of a list of users that somebody wants; false when nobody wants one.
fn make_order(app: &Context) -> bool {
    app.store.make_order(app.clock.now()).unwrap_or_else(|error| {
        tracing::error!(%error, "an order of users could not be made");
        false
    })
}

/// Has no import to work on: brings the search index up to date, a little at a time, and then waits for work.
fn rest(app: &Context, heard: u64, indexed_at: &mut Time) {
    match removal::go_on(app) {
        Ok(true) => return,
        Ok(false) => {}
        Err(error) => {
            tracing::error!(%error, "an organisation could not be removed; it is tried again");
            return app.pause(AFTER_FAILURE);
        }
    }
    match refresh_search(app, indexed_at) {
        Ok(false) => {}
        Ok(true) => app.wait_for_work_since(heard, REST),
        Err(error) => {
            tracing::error!(%error, "the search index could not be brought up to date");
            app.pause(AFTER_FAILURE);
        }
    }
}

/// Does a part of it, unless imports are under way; true when there is nothing more to do for now.
fn refresh_search(app: &Context, indexed_at: &mut Time) -> Result<bool> {
    let now = app.clock.now();
    if now < indexed_at.plus(INDEX_WAITS) && app.store.imports_are_under_way()? {
        return Ok(true);
    }
    let most = if app.store.writes_in_turn() { INDEXED } else { INDEXED_ASIDE };
    let all = app.store.refresh_search(most)?;
    if all {
        *indexed_at = app.clock.now();
    }
    Ok(all)
}

/// Forgets uploads and plans that are older than they are kept, and what was given up, now and then: each has its next time.
fn sweep(app: &Context, [next_old, next_given_up, next_announced]: &mut [Time; 3]) {
    let now = app.clock.now();
    if now >= *next_announced {
        *next_announced = now.plus(ASKED_OF_ALL);
        if let Err(error) = app.store.announce_forgotten() {
            tracing::error!(%error, "imports that wait could not be announced");
        }
    }
    if now >= *next_given_up {
        *next_given_up = now.plus(EMPTY);
        // While imports never end, a part of what is being removed goes now and then.
        if let Err(error) = removal::begin_ended(app).and_then(|()| removal::go_on(app)) {
            tracing::error!(%error, "what is to be removed could not be");
        }
        if let Err(error) = app.store.empty_given_up(now) {
            tracing::error!(%error, "what was kept of imports that were given up could not be let go");
        }
    }
    if now < *next_old {
        return;
    }
    *next_old = now.plus(SWEEP);
    if let Err(error) = app.store.forget_old_activity(now) {
        tracing::error!(%error, "old lines of the activity could not be forgotten");
    }
    if let Err(error) =
        app.store.forget_old_news(now).and_then(|_| app.store.drop_mails_before(now.plus(-UNSENT)))
    {
        tracing::error!(%error, "old news could not be forgotten");
    }
    if let Err(error) = app.store.sweep_removed(now) {
        tracing::error!(%error, "rows of organisations that were removed could not be swept up");
    }
    match app.store.forget_old_files(now) {
        Ok(0) => {}
        Ok(imports) => tracing::info!(imports, "uploads and plans were forgotten after their time"),
        Err(error) => tracing::error!(%error, "old uploads could not be forgotten"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_machines_are_asked_for_orders_when_somebody_rang_or_now_and_then() {
        let (mut wanted, now) = (Wanted::default(), ground::NOW);
        let asked = [
            (0, 0),
            (1, 0),
            (2, 1),
            (3, 1),
            (ASKED_OF_ALL + 1, 1),
            (ASKED_OF_ALL + 2, 1),
            (ASKED_OF_ALL + 3, 1),
        ]
        .map(|(after, heard)| wanted.is_time(now.plus(after), heard));
        assert_eq!(asked, [true, false, true, false, false, true, false]);
    }
}

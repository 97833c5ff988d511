//! What imports are worked on with: the store, the clock, randomness, the limits of files, and a bell for those who wait.

mod bell;
mod clock;
mod noting;
mod told;

use std::sync::Arc;
use std::time::Duration;

use directory::BlastLimit;
use store::{AccountId, Randomness, Result, Store, Time};

pub use clock::Clock;
pub use told::{told_day, told_moment};

/// [`Context::fixed_at_once`], unless a test wants less.
const FIXED_AT_ONCE: u32 = 5_000;

/// Everything that work on imports needs. Cheap to clone.
#[derive(Clone)]
pub struct Context {
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// Where ids and secrets come from.
    pub randomness: Randomness,
    /// The limits of reading files.
    pub limits: Arc<workbook::Limits>,
    /// How many cells a step of fixes changes at the most while who asks waits; a worker makes larger ones.
    pub fixed_at_once: u32,
    /// From how many users on a kind of change that is hard on them needs somebody who agrees to it.
    pub blast: BlastLimit,
    /// Where people reach the pages, without a slash at the end, if that is known: files that go out name it.
    pub pages: Option<String>,
    bell: Arc<bell::Bell>,
}

impl Context {
    /// Opens a database (`sqlite:PATH` or `postgres://...`) and puts the rest beside it.
    ///
    /// # Errors
    /// When the database can't be opened.
    pub fn open(
        database: &str,
        limits: workbook::Limits,
        clock: Clock,
        randomness: Randomness,
    ) -> Result<Self> {
        let store = Store::open(database, &randomness, clock.now())?;
        Ok(Self::over(store, limits, clock, randomness))
    }

    /// As [`Context::open`], with a new work file when the one beside the directory is missing, older or another's.
    ///
    /// # Errors
    /// As there.
    pub fn open_with_new_work_file(
        database: &str,
        limits: workbook::Limits,
        clock: Clock,
        randomness: Randomness,
    ) -> Result<Self> {
        let store = Store::open_with_new_work_file(database, &randomness, clock.now())?;
        Ok(Self::over(store, limits, clock, randomness))
    }

    fn over(store: Store, limits: workbook::Limits, clock: Clock, randomness: Randomness) -> Self {
        let (limits, blast) = (Arc::new(limits), BlastLimit::default());
        Self {
            store,
            clock,
            randomness,
            limits,
            fixed_at_once: FIXED_AT_ONCE,
            blast,
            pages: None,
            bell: Arc::default(),
        }
    }

    /// The same for work in one account: its store sees no rows of others ([`Store::of`]).
    #[must_use]
    pub fn of(&self, account: AccountId) -> Self {
        Self { store: self.store.of(account), ..self.clone() }
    }

    /// What time it is for all processes that share the database: leases are held and taken by it, so that a machine whose clock goes wrong
    /// steals nothing. A clock that a test turns goes for all of them.
    ///
    /// # Errors
    /// When the store fails.
    pub fn shared_now(&self) -> Result<Time> {
        if let Clock::Turned(_) = self.clock {
            return Ok(self.clock.now());
        }
        Ok(self.store.server_time()?.unwrap_or_else(|| self.clock.now()))
    }

    /// Tells the workers that there is work, and those who watch that some was done.
    pub fn wake_workers(&self) {
        self.bell.ring();
    }

    /// Tells the workers to stop: to take no more work, and to hand back what they are at where it can be begun again.
    pub fn stop_working(&self) {
        self.bell.stop();
    }

    /// Whether the workers were told to stop.
    pub fn is_stopping(&self) -> bool {
        self.bell.is_stopping()
    }

    /// How often somebody rang.
    pub(crate) fn rings(&self) -> u64 {
        self.bell.rings()
    }

    /// Waits until somebody rang since so many rings were heard, or this long: who looks for work and finds none misses no ring that came while
    /// it looked.
    pub(crate) fn wait_for_work_since(&self, heard: u64, at_most: Duration) {
        self.bell.wait_since(heard, at_most);
    }

    /// Waits until somebody rings, or this long: another process may have made or done the work.
    pub fn wait_for_work(&self, at_most: Duration) {
        self.bell.wait(at_most);
    }

    /// Waits so long, whoever rings, unless the workers are told to stop: after a failure, so that nobody tries without end.
    pub fn pause(&self, so_long: Duration) {
        self.bell.pause(so_long);
    }

    /// Counts a worker that begins.
    pub fn worker_begins(&self) {
        self.bell.count_worker();
    }

    /// Counts a worker that ends, in whatever way.
    pub fn worker_ends(&self) {
        self.bell.discount_worker();
    }

    /// How many workers of this process live.
    pub fn living_workers(&self) -> usize {
        self.bell.living_workers()
    }
}

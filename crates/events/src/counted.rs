//! What this process has counted since it started, for `/metrics`: numbers that go up, and how long things took. All of it is atomics or is
//! counted rarely, so that nobody waits to be counted; nothing here names an organisation, a person or a value.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::Event;

/// A number that goes up.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// One that stands at nothing.
    pub const fn new() -> Self {
        Self(AtomicU64::new(0))
    }

    /// It happened once more.
    pub fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// How often it happened.
    pub fn read(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Workers that died and were replaced, or panicked over an import.
pub static WORKER_DEATHS: Counter = Counter::new();
/// Leases that this process lost while it worked: another worker has the import, or it was cancelled.
pub static LEASES_LOST: Counter = Counter::new();
/// Imports that this process took over from a worker that never gave them back.
pub static LEASES_TAKEN_OVER: Counter = Counter::new();

/// How many durations a histogram tells apart, at the most.
const STEPS: usize = 8;
/// Up to how many milliseconds the steps of a page go.
const OF_PAGES: [u64; STEPS] = [5, 20, 50, 100, 300, 1_000, 3_000, 10_000];
/// Up to how many milliseconds the steps of a stage of the work go.
const OF_STAGES: [u64; STEPS] = [100, 500, 2_000, 10_000, 30_000, 120_000, 600_000, 3_600_000];

/// How long something took, how often.
#[derive(Debug)]
pub struct Histogram {
    steps: [u64; STEPS],
    within: [Counter; STEPS],
    all: Counter,
    microseconds: AtomicU64,
}

/// What a histogram says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Up to so many milliseconds: so often, what took less counted too.
    pub within: Vec<(u64, u64)>,
    /// How often in all.
    pub all: u64,
    /// How many microseconds in all.
    pub microseconds: u64,
}

impl Histogram {
    /// One for answers to requests: from milliseconds to ten seconds.
    pub const fn of_pages() -> Self {
        Self::of(OF_PAGES)
    }

    /// One for work on imports: to an hour.
    pub const fn of_stages() -> Self {
        Self::of(OF_STAGES)
    }

    const fn of(steps: [u64; STEPS]) -> Self {
        let within = [const { Counter::new() }; STEPS];
        Self { steps, within, all: Counter::new(), microseconds: AtomicU64::new(0) }
    }

    /// It took so long.
    pub fn record(&self, took: Duration) {
        let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let step = self.steps.iter().position(|most| microseconds <= most * 1_000);
        if let Some(within) = step.and_then(|step| self.within.get(step)) {
            within.add();
        }
        self.microseconds.fetch_add(microseconds, Ordering::Relaxed);
        self.all.add();
    }

    /// What it says now.
    pub fn read(&self) -> Reading {
        // Read first: what is counted meanwhile must not make a step larger than all.
        let mut sum = 0;
        let each = self.steps.iter().zip(&self.within);
        let within: Vec<(u64, u64)> = each
            .map(|(most, counter)| {
                sum += counter.read();
                (*most, sum)
            })
            .collect();
        let all = self.all.read().max(sum);
        Reading { within, all, microseconds: self.microseconds.load(Ordering::Relaxed) }
    }
}

static EVENTS: [Counter; Event::ALL.len()] = [const { Counter::new() }; Event::ALL.len()];

pub(crate) fn count(event: Event) {
    if let Some(counter) = EVENTS.get(event as usize) {
        counter.add();
    }
}

/// How often an event was told.
pub fn told(event: Event) -> u64 {
    EVENTS.get(event as usize).map_or(0, Counter::read)
}

/// A stage of the work on imports, and how it ended, both in words of the program's own.
pub type EndedStage = (&'static str, &'static str);

static STAGES: Mutex<BTreeMap<EndedStage, Histogram>> = Mutex::new(BTreeMap::new());

/// A stage of the work on an import ended so after so long.
pub fn stage_ended(stage: EndedStage, took: Duration) {
    let mut stages = STAGES.lock().unwrap_or_else(PoisonError::into_inner);
    stages.entry(stage).or_insert_with(Histogram::of_stages).record(took);
}

/// What was counted of the stages that ended.
pub fn ended_stages() -> Vec<(EndedStage, Reading)> {
    let stages = STAGES.lock().unwrap_or_else(PoisonError::into_inner);
    stages.iter().map(|(stage, histogram)| (*stage, histogram.read())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_adds_up_what_took_less() {
        let histogram = Histogram::of_pages();
        for milliseconds in [0, 5, 6, 40, 9_000, 60_000] {
            histogram.record(Duration::from_millis(milliseconds));
        }
        let Reading { within, all, microseconds } = histogram.read();
        let counts: Vec<u64> = within.iter().map(|(_, count)| *count).collect();
        assert_eq!(counts, [2, 3, 4, 4, 4, 4, 4, 5]);
        assert_eq!((all, microseconds), (6, 69_051_000));
    }

    #[test]
    fn every_event_has_a_counter_of_its_own() {
        for (place, event) in Event::ALL.into_iter().enumerate() {
            assert_eq!(event as usize, place, "{event:?} stands elsewhere in the list");
        }
        let before = told(Event::LinkMade);
        Event::LinkMade.line().tell();
        assert!(told(Event::LinkMade) > before);
    }
}

//! The threads on which the store is used by the web: plain ones, because the store is synchronous and its PostgreSQL driver must
//! not be used inside async code. Jobs are short, and whoever asks has their turn: one after the other, and half of the threads at the most.

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use store::{Error, Result};

use super::asking::Asker;

pub(super) type Job = Box<dyn FnOnce() + Send>;

/// A few threads that do one job after another. They end when the last handle is gone and every job is done.
#[derive(Clone)]
pub(super) struct Threads(Arc<Handle>);

/// Jobs wait for the disk and for each other, so there are more threads than cores.
const COUNT: usize = 16;
/// Threads that are busy for the same asker at the most.
const OF_ONE: usize = COUNT / 2;
/// Jobs that may wait for the same asker: far more than people or programs have under way that wait for their answers.
const WAITING: usize = 256;

/// What the threads have to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jobs {
    /// Jobs that wait.
    pub waiting: usize,
    /// Threads that are busy.
    pub busy: usize,
    /// Threads that there are.
    pub threads: usize,
}

/// Closes the queue when it goes.
struct Handle {
    queue: Arc<Queue>,
    started: usize,
}

/// Jobs that wait. One job wakes one thread: with a receiver behind a lock it would wake a second, which then waits in its place.
#[derive(Default)]
struct Queue {
    jobs: Mutex<Queued>,
    come: Condvar,
}

#[derive(Default)]
struct Queued {
    waiting: HashMap<Asker, VecDeque<Job>>,
    /// Whoever has a job that waits, in the order of their turns.
    turns: VecDeque<Asker>,
    /// How many threads are busy for whom.
    busy: HashMap<Asker, usize>,
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

    /// Hands a job to the next thread that is free, when it is the asker's turn.
    ///
    /// # Errors
    /// [`Error::Crowded`] when too many jobs of the asker wait already; a failure when there is no thread.
    pub(super) fn take(&self, asker: Asker, job: Job) -> Result<()> {
        if self.0.started == 0 {
            return Err(Error::Failed("there are no threads for the store".to_owned()));
        }
        self.0.queue.jobs().push(asker, job)?;
        self.0.queue.come.notify_one();
        Ok(())
    }

    /// What they have to do now.
    pub(super) fn jobs(&self) -> Jobs {
        let jobs = self.0.queue.jobs();
        let waiting = jobs.waiting.values().map(VecDeque::len).sum();
        Jobs { waiting, busy: jobs.busy.values().sum(), threads: self.0.started }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.queue.jobs().closed = true;
        self.queue.come.notify_all();
    }
}

impl Queued {
    fn push(&mut self, asker: Asker, job: Job) -> Result<()> {
        let waiting = self.waiting.entry(asker).or_default();
        if waiting.len() >= WAITING {
            return Err(Error::Crowded);
        }
        if waiting.is_empty() {
            self.turns.push_back(asker);
        }
        waiting.push_back(job);
        Ok(())
    }

    /// The next job of whose turn it is, of those who have not as many threads as they may. It is theirs until [`Queued::done`].
    fn pop(&mut self) -> Option<(Asker, Job)> {
        let may = |asker: &Asker| self.busy.get(asker).is_none_or(|busy| *busy < OF_ONE);
        let asker = self.turns.iter().position(may).and_then(|place| self.turns.remove(place))?;
        let waiting = self.waiting.get_mut(&asker)?;
        let job = waiting.pop_front()?;
        if waiting.is_empty() {
            self.waiting.remove(&asker);
        } else {
            self.turns.push_back(asker);
        }
        *self.busy.entry(asker).or_default() += 1;
        Some((asker, job))
    }

    fn done(&mut self, asker: Asker) {
        if let Some(busy) = self.busy.get_mut(&asker) {
            *busy -= 1;
            if *busy == 0 {
                self.busy.remove(&asker);
            }
        }
    }
}

impl Queue {
    fn jobs(&self) -> MutexGuard<'_, Queued> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next job, after the one that was done before; none when no more can come.
    fn next(&self, before: Option<Asker>) -> Option<(Asker, Job)> {
        let mut jobs = self.jobs();
        before.into_iter().for_each(|asker| jobs.done(asker));
        loop {
            if let Some(job) = jobs.pop() {
                return Some(job);
            }
            if jobs.closed && jobs.turns.is_empty() {
                return None;
            }
            jobs = self.come.wait(jobs).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn work(queue: &Queue) {
    let mut before = None;
    while let Some((asker, job)) = queue.next(before) {
        if catch_unwind(AssertUnwindSafe(job)).is_err() {
            tracing::error!("a job on a store thread panicked");
        }
        before = Some(asker);
    }
    // Others may wait for what this one had.
    queue.come.notify_all();
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::sync::mpsc::channel;

    use super::*;

    fn stranger(number: u8) -> Asker {
        Asker::Stranger(IpAddr::V4(Ipv4Addr::new(10, 0, 0, number)))
    }

    #[test]
    fn one_asker_has_half_of_the_threads_and_others_have_their_turn() {
        let threads = Threads::start();
        let (end, ended) = channel::<()>();
        let ended = Arc::new(Mutex::new(ended));
        let (tell, told) = channel();
        for _ in 0..3 * COUNT {
            let (ended, tell) = (Arc::clone(&ended), tell.clone());
            let job = move || {
                let _ = tell.send(1);
                let _ = ended.lock().unwrap_or_else(PoisonError::into_inner).recv();
            };
            threads.take(stranger(1), Box::new(job)).expect("there is room");
        }
        for _ in 0..OF_ONE {
            assert_eq!(told.recv(), Ok(1));
        }
        let tell_other = tell;
        threads
            .take(stranger(2), Box::new(move || tell_other.send(2).unwrap_or_default()))
            .expect("there is room");
        assert_eq!(told.recv(), Ok(2), "the other one has no thread to wait for");
        drop(end);
        assert_eq!((told.iter().take(3 * COUNT - OF_ONE).count()), 3 * COUNT - OF_ONE, "all are done");
    }

    #[test]
    fn jobs_of_several_are_taken_in_turns() {
        let mut jobs = Queued::default();
        for asker in [1, 1, 1, 2, 3, 3] {
            jobs.push(stranger(asker), Box::new(|| ())).expect("there is room");
        }
        let order: Vec<Asker> = std::iter::from_fn(|| jobs.pop().map(|(asker, _)| asker)).collect();
        assert_eq!(order, [1, 2, 3, 1, 3, 1].map(stranger));
        assert!((0..WAITING).all(|_| jobs.push(stranger(4), Box::new(|| ())).is_ok()));
        assert!(matches!(jobs.push(stranger(4), Box::new(|| ())), Err(Error::Crowded)));
        assert!(jobs.push(stranger(5), Box::new(|| ())).is_ok());
    }
}

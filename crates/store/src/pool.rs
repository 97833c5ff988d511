//! Connections that are lent: so many at once at the most, kept while they are idle. Who comes when all are lent waits for one that comes
//! back, and gives up after a while if it must.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use crate::engine::{Connection, Error, Result, Rows};
use crate::pauses::Pauses;

/// How long who gives way does so at the most.
const GIVES_WAY: Duration = Duration::from_millis(250);
/// To say over a connection whose rows are seen costs a server this much less than to open another one.
const TURNS: u32 = 50;

/// Connections of one database that are alike.
pub(crate) struct Pool {
    lent: Mutex<Lent>,
    returned: Condvar,
    /// So many are lent at once at the most.
    most: AtomicUsize,
    /// So many are kept while nobody needs them.
    keep: usize,
}

#[derive(Default)]
struct Lent {
    idle: Vec<Connection>,
    /// Who has those that are not here. Who has one and needs a second does not wait: those that they waited for might wait for the one
    /// that they have.
    borrowers: Vec<ThreadId>,
    /// How many wait who do not give way to others.
    waiting: usize,
    /// How often the only idle connection was taken by somebody who sees other rows.
    turned: u32,
}

/// How a pool is used now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolUse {
    /// What its connections are for: `readers`, `directory_writer`, `work_writer` of SQLite; `connections` of PostgreSQL.
    pub pool: &'static str,
    /// Connections that are lent.
    pub lent: usize,
    /// Connections that are open and idle.
    pub idle: usize,
    /// Who waits for one.
    pub waiting: usize,
    /// So many are lent at once at the most.
    pub most: usize,
}

/// The right to one connection: an idle one, or one that is opened now. Given back when it is dropped, however the work over it ended.
pub(crate) struct Borrowed<'p> {
    pool: &'p Pool,
    borrower: ThreadId,
    connection: Option<Connection>,
}

impl Pool {
    pub(crate) fn new(most: usize, keep: usize) -> Self {
        Self { lent: Mutex::default(), returned: Condvar::new(), most: most.into(), keep }
    }

    /// Lends no more at once than this.
    pub(crate) fn hold_to(&self, most: usize) {
        self.most.fetch_min(most, Ordering::Relaxed);
    }

    fn most(&self) -> usize {
        self.most.load(Ordering::Relaxed)
    }

    /// Puts a connection there that was opened already.
    pub(crate) fn put(&self, connection: Connection) {
        self.lent().idle.push(connection);
    }

    /// How it is used now, under a name.
    pub(crate) fn used(&self, pool: &'static str) -> PoolUse {
        let lent = self.lent();
        let (idle, waiting) = (lent.idle.len(), lent.waiting);
        PoolUse { pool, lent: lent.borrowers.len(), idle, waiting, most: self.most() }
    }

    /// Lets those go first who wait already; but not for ever, or who has much to do would never come to its end.
    pub(crate) fn give_way(&self) {
        let others_wait = |lent: &mut Lent| lent.waiting > 0;
        drop(self.returned.wait_timeout_while(self.lent(), GIVES_WAY, others_wait));
    }

    /// Borrows a connection, if there is an idle one that sees these rows already, then that; waits for it so long at the most, or as long as it
    /// takes.
    ///
    /// # Errors
    /// [`Error::Busy`] when none came back in time.
    pub(crate) fn borrow(&self, at_most: Option<Duration>, rows: Rows) -> Result<Borrowed<'_>> {
        let this = thread::current().id();
        let has_to_wait =
            |lent: &mut Lent| lent.borrowers.len() >= self.most() && !lent.borrowers.contains(&this);
        let mut lent = self.lent();
        lent.waiting += 1;
        let mut lent = match at_most {
            None => self.returned.wait_while(lent, has_to_wait).unwrap_or_else(PoisonError::into_inner),
            Some(most) => {
                let waited = self.returned.wait_timeout_while(lent, most, has_to_wait);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
        };
        lent.waiting -= 1;
        if lent.waiting == 0 {
            // Who gave way may go on.
            self.returned.notify_all();
        }
        if has_to_wait(&mut lent) {
            return Err(Error::Busy);
        }
        lent.borrowers.push(this);
        Ok(Borrowed { pool: self, borrower: this, connection: lent.take_idle(rows, self.most()) })
    }

    /// An idle connection; waited for so long at the most.
    fn returned_within(&self, most: Duration) -> Option<Connection> {
        let waited = self.returned.wait_timeout_while(self.lent(), most, |lent| lent.idle.is_empty());
        waited.unwrap_or_else(PoisonError::into_inner).0.idle.pop()
    }

    fn lent(&self) -> MutexGuard<'_, Lent> {
        self.lent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lent {
    /// The idle connection that was used last of those that see these rows; else the one that was not used for longest, so that others find
    /// those that see theirs: of those of one account, if there are any, because who is let in is looked up among all accounts, at each request.
    /// The only one is left to them, where one more may be opened. The first few times it is not: one command does not turn often enough for a
    /// second connection.
    fn take_idle(&mut self, rows: Rows, most: usize) -> Option<Connection> {
        let seeing = self.idle.iter().rposition(|connection| connection.sees(rows));
        if seeing.is_none() && self.idle.len() == 1 && self.borrowers.len() < most {
            self.turned = self.turned.saturating_add(1);
            if self.turned > TURNS {
                return None;
            }
        }
        let of_one = self.idle.iter().position(|connection| !connection.sees(Rows::All));
        (!self.idle.is_empty()).then(|| self.idle.remove(seeing.or(of_one).unwrap_or_default()))
    }
}

impl Borrowed<'_> {
    /// The connection, opened if none was idle. When the database has no room for one more, the next that comes back is taken.
    ///
    /// # Errors
    /// [`Error::Unconnected`] when none came back for some seconds. Else as `open`.
    pub(crate) fn open(&mut self, mut open: impl FnMut() -> Result<Connection>) -> Result<&mut Connection> {
        let tries = AtomicU64::default();
        let mut pauses = Pauses::new(&tries);
        let connection = loop {
            match self.connection.take().map_or_else(&mut open, Ok) {
                Err(Error::Crowded) => {
                    let pause = pauses.next().ok_or(Error::Unconnected)?;
                    self.connection = self.pool.returned_within(pause);
                }
                opened => break opened?,
            }
        };
        Ok(self.connection.insert(connection))
    }

    /// Keeps the connection for the next one, or for nobody if it is not sound.
    pub(crate) fn end(mut self, is_sound: bool) {
        let connection = self.connection.take();
        let mut lent = self.pool.lent();
        if !is_sound {
            // What ended this one has most likely ended the others, too: each would cost whoever takes it a failure.
            lent.idle.clear();
        } else if lent.idle.len() < self.pool.keep {
            lent.idle.extend(connection.filter(|connection| !connection.is_wanted()));
        }
    }
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        let mut lent = self.pool.lent();
        if let Some(place) = lent.borrowers.iter().position(|borrower| *borrower == self.borrower) {
            lent.borrowers.swap_remove(place);
        }
        drop(lent);
        self.pool.returned.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn who_comes_when_all_are_lent_waits_and_gives_up() {
        let pool = Pool::new(1, 1);
        thread::scope(|scope| {
            let first = pool.borrow(None, Rows::All).expect("one");
            let (came, told) = channel();
            let pool = &pool;
            let short = Some(Duration::from_millis(10));
            let refused = scope.spawn(move || matches!(pool.borrow(short, Rows::All), Err(Error::Busy)));
            assert!(refused.join().expect("it ended"), "all are lent");
            scope.spawn(move || {
                let got = pool.borrow(None, Rows::All).is_ok();
                came.send(got)
            });
            assert!(told.recv_timeout(Duration::from_millis(20)).is_err(), "it waits");
            assert!(pool.borrow(short, Rows::All).is_ok(), "who has one gets a second one at once");
            drop(first);
            assert_eq!(told.recv_timeout(Duration::from_secs(5)), Ok(true));
        });
    }
}

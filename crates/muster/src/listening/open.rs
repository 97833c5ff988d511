//! The connections that are open. There are so many at the most; when one more comes, the one that has been without a request for longest has
//! to leave. When all have one, a few more may ask for the health of the server, and whatever else they ask they are told to come again.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use super::told::Told;

/// How many connections there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    /// That are answered whatever they ask.
    pub usual: usize,
    /// That are answered about the health of the server beside these.
    pub spare: usize,
}

/// How long a spare connection may take for the head of its request.
pub(super) const SPARE_HEAD: Duration = Duration::from_secs(2);
/// Connections, where the process may have files enough.
const USUAL: usize = 512;
const SPARE: usize = 32;
/// Files that are not connections: those of the database, mostly.
const OTHER_FILES: usize = 160;

impl Most {
    /// As many as the process may have files for.
    pub(super) fn of_process() -> Self {
        let files = std::fs::read_to_string("/proc/self/limits").ok().and_then(|limits| open_files(&limits));
        let usual = files.map_or(USUAL, |files| files.saturating_sub(OTHER_FILES + SPARE));
        Self { usual: usual.clamp(SPARE, USUAL), spare: SPARE }
    }
}

/// `Max open files            1024                 524288               files`
fn open_files(limits: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// All connections that are open.
pub(super) struct Open {
    most: Most,
    connections: Arc<Mutex<Connections>>,
    turned_away: Told,
}

#[derive(Default)]
struct Connections {
    next: u64,
    /// In the order in which they came.
    usual: BTreeMap<u64, Arc<Connection>>,
    spare: BTreeMap<u64, Arc<Connection>>,
}

struct Connection {
    is_spare: bool,
    /// How many requests of it are being answered: one, or none.
    busy: AtomicU64,
    must_leave: AtomicBool,
    leave: Notify,
}

/// The place of one connection among the others; free when the last copy is dropped.
#[derive(Clone)]
pub(super) struct Slot(Arc<Held>);

struct Held {
    number: u64,
    connection: Arc<Connection>,
    among: Arc<Mutex<Connections>>,
}

/// A request is being answered, until this is dropped.
pub(super) struct Busy(Slot);

impl Open {
    pub(super) fn new(most: Most) -> Self {
        Self { most, connections: Arc::default(), turned_away: Told::new() }
    }

    /// Lets a connection in. Another one may have to leave.
    pub(super) fn enter(&self) -> Slot {
        let mut connections = locked(&self.connections);
        let number = connections.next;
        connections.next += 1;
        let is_full = connections.usual.len() >= self.most.usual;
        let is_spare = is_full && !leave(&mut connections.usual, |connection| !connection.is_busy());
        if is_spare && connections.spare.len() >= self.most.spare {
            leave(&mut connections.spare, |_| true);
        }
        let connection = Arc::new(Connection {
            is_spare,
            busy: AtomicU64::new(0),
            must_leave: AtomicBool::new(false),
            leave: Notify::new(),
        });
        let among = if is_spare { &mut connections.spare } else { &mut connections.usual };
        among.insert(number, Arc::clone(&connection));
        drop(connections);
        if is_full {
            self.turned_away.tell(|times| {
                tracing::warn!(
                    times,
                    "there are as many connections as there may be: others were closed for new ones"
                );
            });
        }
        Slot(Arc::new(Held { number, connection, among: Arc::clone(&self.connections) }))
    }
}

/// Lets the first of some connections leave that may. False when none may.
fn leave(among: &mut BTreeMap<u64, Arc<Connection>>, may: impl Fn(&Connection) -> bool) -> bool {
    let found = among.iter().find(|(_, connection)| may(connection)).map(|(number, _)| *number);
    let Some(connection) = found.and_then(|number| among.remove(&number)) else { return false };
    connection.must_leave.store(true, Ordering::Relaxed);
    connection.leave.notify_one();
    true
}

impl Connection {
    fn is_busy(&self) -> bool {
        self.busy.load(Ordering::Relaxed) > 0
    }
}

impl Slot {
    /// Whether it is answered about the health of the server alone.
    pub(super) fn is_spare(&self) -> bool {
        self.0.connection.is_spare
    }

    /// Completes when the connection has to leave.
    pub(super) async fn left(&self) {
        while !self.0.connection.must_leave.load(Ordering::Relaxed) {
            self.0.connection.leave.notified().await;
        }
    }

    /// A request came.
    pub(super) fn busy(&self) -> Busy {
        self.0.connection.busy.fetch_add(1, Ordering::Relaxed);
        Busy(self.clone())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.0.connection.busy.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut connections = locked(&self.among);
        connections.usual.remove(&self.number);
        connections.spare.remove(&self.number);
    }
}

fn locked(connections: &Mutex<Connections>) -> MutexGuard<'_, Connections> {
    connections.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn must_leave(slot: &Slot) -> bool {
        slot.0.connection.must_leave.load(Ordering::Relaxed)
    }

    #[test]
    fn who_asks_nothing_leaves_for_who_comes_and_when_all_ask_some_may_be_told_of_the_health() {
        let open = Open::new(Most { usual: 2, spare: 1 });
        let (first, second) = (open.enter(), open.enter());
        let asking = first.busy();
        let third = open.enter();
        assert!(must_leave(&second) && !must_leave(&first), "the one that asks stays");
        assert!(!third.is_spare());
        let also_asking = third.busy();
        let spare = open.enter();
        assert!(spare.is_spare() && !must_leave(&first) && !must_leave(&third));
        let another = open.enter();
        assert!(another.is_spare() && must_leave(&spare), "the last one that came is heard");
        drop((asking, also_asking));
        drop(first);
        assert!(!open.enter().is_spare(), "there is room again");
    }

    #[test]
    fn the_limit_of_the_process_is_read() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units\n\
                      Max open files            1024                 524288               files\n";
        assert_eq!(open_files(limits), Some(1024));
        assert_eq!(
            open_files("Max open files            unlimited            unlimited            files"),
            None
        );
    }
}

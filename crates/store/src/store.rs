//! The connections of a deployment: readers that are kept, one writer for each part, transactions that are tried again.

mod address;
mod standing;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, MutexGuard};
use std::time::Duration;

use self::address::Address;
pub use self::address::work_file;
pub(crate) use self::address::{Place, place_of};
use crate::allowed::{allowed_of, lent_of};
use crate::engine::{Bound, Connection, Durability, Error, Result, Rows, Use};
use crate::faults::Faults;
use crate::held_uploads::HeldUploads;
use crate::holder::Holder;
use crate::ids::Time;
use crate::known_fields::KnownFields;
use crate::migrations::{self, Part, migrate, migrate_server, refuse_unfinished};
use crate::noted::Noted;
use crate::ownership::make_own;
use crate::pair::{self, Mismatch};
use crate::pauses::{Pauses, rest};
use crate::pool::Pool;
use crate::randomness::Randomness;
use crate::request::KeyedRequest;
use crate::statements::SlowStatements;
use crate::watch::{ServerWatch, Watch, Watching};

/// The database of a deployment. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
    /// The request whose act is done over this handle, when it has an Idempotency-Key ([`Store::once`]).
    request: Option<Arc<KeyedRequest>>,
    /// How long who asks over this handle may be busy and may wait.
    bounds: Option<Bounds>,
    /// Whether those who wait go first.
    gives_way: bool,
    /// The line of the act that is done over this handle, for the activity of accounts.
    noted: Option<Arc<Noted>>,
    /// From which address it is asked.
    asked_from: Option<Arc<str>>,
    /// By which request it is asked.
    asked_in: Option<Arc<str>>,
    /// Whose rows are seen ([`Store::of`]).
    pub(crate) rows: Rows,
}

/// How long a request may be busy with one statement, and may wait for others before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// A statement that reads; it is given up with [`Error::TooCostly`].
    pub statement: Duration,
    /// For a connection, or for whoever writes, which is given up with [`Error::Busy`]; and with a statement that writes: it is done for
    /// somebody who would only ask for it again.
    pub wait: Duration,
}

struct Inner {
    address: Address,
    readers: Pool,
    directory_writer: Pool,
    work_writer: Pool,
    slow: Arc<SlowStatements>,
    fields: KnownFields,
    /// How many transactions were tried again: tells apart how long two who lost at the same moment pause.
    tries: AtomicU64,
    /// Whether a newer program has brought the database up to date since.
    updated: AtomicBool,
    /// Whether the database was found to be only readable, and was not written since.
    only_reads: AtomicBool,
    faults: Faults,
    search: Watch,
    server_search: ServerWatch,
    randomness: Randomness,
    held_uploads: HeldUploads,
}

/// Which work file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WorkFile {
    /// The directory's own; any other is refused.
    Own,
    /// The directory's own, or else a new one.
    OwnOrNew,
    /// The directory's own, of a database that may be unfinished.
    OfUnfinished,
}

/// Where a database is.
/// Connections that read SQLite at once: more than the threads that answer requests. Of PostgreSQL, where they write too, the address says
/// how many there are: several processes share what a server has.
const READERS: usize = 24;
/// Idle ones that are kept.
const IDLE_MOST: usize = 8;
/// Pages that the writer of the directory keeps: an apply comes back to those of claims. With 64 MiB it is hardly quicker, and the peak of
/// an import that writes a great deal is higher by as much.
const DIRECTORY_CACHE_KIB: u32 = 32 * 1024;
/// Plans and uploads are written in their order, so few pages of the work are written twice.
const WORK_CACHE_KIB: u32 = 8 * 1024;
const READER_CACHE_KIB: u32 = 8 * 1024;
/// How long whoever writes to a file of SQLite waits for another process before it asks who that is. One that goes on by itself is waited for
/// again, so often.
const WAITS: Duration = Duration::from_secs(1);
const WAITS_AGAIN: usize = 9;
/// After so many times the log is told of one that goes on by itself.
const TOLD: usize = 4;

impl Store {
    /// Opens `sqlite:PATH` (made when it is not there) or `postgres://...`, and brings it up to date. Of `randomness` are the lineage and
    /// the first User ID of a database that is made now, and the salts of what is written; `at` is now.
    ///
    /// # Errors
    /// When the address is neither, or the database can't be opened or was made by a newer Muster.
    pub fn open(url: &str, randomness: &Randomness, at: Time) -> Result<Self> {
        Self::open_as(url, randomness, at, WorkFile::Own)
    }

    /// As [`Store::open`], but when the work file beside the directory is missing, older or another's, it is laid aside and a new one is
    /// begun: nobody is signed in, and no import waits.
    ///
    /// # Errors
    /// As there.
    pub fn open_with_new_work_file(url: &str, randomness: &Randomness, at: Time) -> Result<Self> {
        Self::open_as(url, randomness, at, WorkFile::OwnOrNew)
    }

    /// As [`Store::open`], of a database that is being filled with the rows of another (moving).
    ///
    /// # Errors
    /// As there.
    pub(crate) fn open_unfinished(url: &str, randomness: &Randomness, at: Time) -> Result<Self> {
        Self::open_as(url, randomness, at, WorkFile::OfUnfinished)
    }

    fn open_as(url: &str, randomness: &Randomness, at: Time, work_file: WorkFile) -> Result<Self> {
        let address = Address::of(url)?;
        let (readers, idle) = match &address {
            Address::Sqlite { .. } => (READERS, IDLE_MOST),
            Address::Postgres(server) => (server.connections(), server.connections()),
        };
        let inner = Inner {
            address,
            readers: Pool::new(readers, idle),
            directory_writer: Pool::new(1, 1),
            work_writer: Pool::new(1, 1),
            slow: Arc::default(),
            fields: KnownFields::default(),
            tries: AtomicU64::default(),
            updated: AtomicBool::default(),
            only_reads: AtomicBool::default(),
            faults: Faults::default(),
            search: Watch::default(),
            server_search: ServerWatch::default(),
            randomness: randomness.clone(),
            held_uploads: HeldUploads::default(),
        };
        let store = Self {
            inner: Arc::new(inner),
            request: None,
            bounds: None,
            gives_way: false,
            noted: None,
            asked_from: None,
            asked_in: None,
            rows: Rows::All,
        };
        let anew = store.migrate_all(work_file, at)?;
        store.begin_deployment(at)?;
        store.introduce_files(anew)?;
        store.fold_keys_again()?;
        Ok(store)
    }

    /// What is to go wrong over the connections of this store, for a test to plan.
    #[cfg(feature = "faults")]
    pub fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    /// Brings the database up to date. The connections that it takes are kept. Answers whether a new work file took the place of one that
    /// was not the directory's.
    fn migrate_all(&self, work_file: WorkFile, at: Time) -> Result<bool> {
        let Inner { address, readers, directory_writer, work_writer, slow, faults, .. } = &*self.inner;
        let (directory, work) = match address {
            Address::Sqlite { directory, work } => (directory, work),
            Address::Postgres(server) => {
                let mut connection = Connection::postgres(server, slow)?;
                if let Some(allowed) = allowed_of(&mut connection)? {
                    readers.hold_to(lent_of(allowed)?);
                }
                if work_file != WorkFile::OfUnfinished {
                    refuse_unfinished(&mut connection)?;
                }
                migrate_server(&mut connection)?;
                readers.put(connection.under(faults).at_work(migrations::known(None), WAITS)?);
                return Ok(false);
            }
        };
        make_own(directory)?;
        let mut writer = open_writer(Part::Directory, directory, slow)?;
        if work_file != WorkFile::OfUnfinished {
            refuse_unfinished(&mut writer)?;
        }
        migrate(&mut writer, Part::Directory)?;
        let mut side = || pair::directory_side(&mut writer);
        let (of_work, anew) = open_work(work, &mut side, slow, (work_file, at))?;
        directory_writer.put(at_work(writer.under(faults), Part::Directory)?);
        work_writer.put(at_work(of_work.under(faults), Part::Work)?);
        Ok(anew)
    }

    /// Makes the two files of SQLite know each other, unless they do.
    pub(crate) fn introduce_files(&self, anew: bool) -> Result<()> {
        let Address::Sqlite { directory, work } = &self.inner.address else { return Ok(()) };
        let Inner { directory_writer, work_writer, slow, faults, randomness, .. } = &*self.inner;
        let (mut of_directory, mut of_work) =
            (directory_writer.borrow(None, Rows::All)?, work_writer.borrow(None, Rows::All)?);
        let writer = |part, file| at_work(open_writer(part, file, slow)?.under(faults), part);
        let introduced = pair::introduce(
            of_directory.open(|| writer(Part::Directory, directory))?,
            of_work.open(|| writer(Part::Work, work))?,
            randomness,
            anew,
        );
        of_directory.end(introduced.is_ok());
        of_work.end(introduced.is_ok());
        introduced
    }

    /// Tells in the log of every statement that takes this long, with its text and never with its values.
    pub fn tell_slow_statements(&self, from: Duration) {
        self.inner.slow.tell_from(from);
    }

    /// The same connections for those who may not be busy or wait for as long as they like: requests. Workers and commands may.
    pub fn bounded(&self, bounds: Bounds) -> Self {
        Self { bounds: Some(bounds), ..self.clone() }
    }

    /// The same connections for work on much, which lets others write first who have little.
    pub fn giving_way(&self) -> Self {
        Self { gives_way: true, ..self.clone() }
    }

    /// The same connections for one request.
    pub(crate) fn for_request(&self, request: KeyedRequest) -> Self {
        Self { request: Some(request.into()), ..self.clone() }
    }

    /// The same connections for one act, whose line is kept in the transaction that does it.
    #[must_use]
    pub fn noting(&self, noted: Noted) -> Self {
        Self { noted: Some(noted.into()), ..self.clone() }
    }

    /// The same connections for whoever asks from an address.
    #[must_use]
    pub fn asked_from(&self, address: Option<&str>) -> Self {
        Self { asked_from: address.map(Arc::from), ..self.clone() }
    }

    /// The same connections for a request, by its number in the log.
    #[must_use]
    pub fn asked_in(&self, request: Option<Arc<str>>) -> Self {
        Self { asked_in: request, ..self.clone() }
    }

    /// The number of the request over this handle.
    pub(crate) fn request_number(&self) -> Option<&str> {
        self.asked_in.as_deref()
    }

    /// The line of the act over this handle, and the address from which it is asked.
    pub(crate) fn noted(&self) -> (Option<&Noted>, Option<&str>) {
        (self.noted.as_deref(), self.asked_from.as_deref())
    }

    /// The request over this handle.
    pub(crate) fn request(&self) -> Option<&KeyedRequest> {
        self.request.as_deref()
    }

    /// The definitions of fields that were read before.
    pub(crate) fn known_fields(&self) -> &KnownFields {
        &self.inner.fields
    }

    /// Where salts come from.
    pub(crate) fn randomness(&self) -> &Randomness {
        &self.inner.randomness
    }

    /// What tells whether the search has to follow the directory.
    pub(crate) fn search_watch(&self) -> MutexGuard<'_, Option<Watching>> {
        self.inner.search.take()
    }

    /// The same on PostgreSQL.
    pub(crate) fn server_watch(&self) -> &ServerWatch {
        &self.inner.server_search
    }

    /// Which of the two databases it is.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.inner.address, Address::Sqlite { .. })
    }

    /// Reads over a connection that sees the directory and the work.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        self.over(self.bounds.map(|bounds| bounds.statement), work)
    }

    /// The same, each statement of which may take so long.
    fn over<T>(&self, most: Option<Duration>, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let mut borrowed = self.inner.readers.borrow(self.bounds.map(|bounds| bounds.wait), self.rows)?;
        let connection = borrowed.open(|| self.connect())?;
        connection.bound(Bound { most, rows: self.rows })?;
        let result = work(connection);
        let is_sound = connection
            .is_sound(matches!(result, Err(Error::Failed(_) | Error::Unreachable(_) | Error::OnlyReads)));
        borrowed.end(is_sound);
        result
    }

    /// The file of the directory; none of PostgreSQL.
    pub(crate) fn directory_file(&self) -> Option<&Path> {
        match &self.inner.address {
            Address::Sqlite { directory, .. } => Some(directory),
            Address::Postgres(_) => None,
        }
    }

    /// Connections of their own that may write the two files, the directory's first; none of PostgreSQL.
    pub(crate) fn writers_apart(&self) -> Result<Option<[Connection; 2]>> {
        let Address::Sqlite { directory, work } = &self.inner.address else { return Ok(None) };
        let slow = &self.inner.slow;
        Ok(Some([open_writer(Part::Directory, directory, slow)?, open_writer(Part::Work, work, slow)?]))
    }

    pub(crate) fn connect(&self) -> Result<Connection> {
        let connection = match &self.inner.address {
            Address::Sqlite { directory, work } => {
                let mut connection =
                    Connection::sqlite(directory, Use::Read, READER_CACHE_KIB, &self.inner.slow)?;
                connection.attach(work)?;
                connection
            }
            Address::Postgres(server) => Connection::postgres(server, &self.inner.slow)?,
        };
        connection.under(&self.inner.faults).at_work(migrations::known(None), WAITS)
    }

    /// Writes the directory in one transaction, tried again when it lost against another.
    pub(crate) fn write_directory<T>(&self, work: impl FnMut(&mut Connection) -> Result<T>) -> Result<T> {
        self.write(Part::Directory, Durability::AtOnce, work)
    }

    /// Writes the work in one transaction, tried again when it lost against another.
    pub(crate) fn write_work<T>(&self, work: impl FnMut(&mut Connection) -> Result<T>) -> Result<T> {
        self.write(Part::Work, Durability::AtOnce, work)
    }

    /// Writes the work in one transaction that is durable with the next one of [`Self::write_work`], and not waited for: what is
    /// many, and is of no use before a later row says that it is whole (parts of an upload, chunks of a plan).
    pub(crate) fn write_work_soon<T>(&self, work: impl FnMut(&mut Connection) -> Result<T>) -> Result<T> {
        self.write(Part::Work, Durability::Soon, work)
    }

    fn write<T>(
        &self,
        part: Part,
        durability: Durability,
        work: impl FnMut(&mut Connection) -> Result<T>,
    ) -> Result<T> {
        let done = match (&self.inner.address, part) {
            (Address::Postgres(_), _) => self.write_server(durability, work),
            (Address::Sqlite { directory, .. }, Part::Directory) => {
                self.write_file((part, directory), durability, work)
            }
            (Address::Sqlite { work: file, .. }, Part::Work) => {
                self.write_file((part, file), durability, work)
            }
        };
        if matches!(done, Err(Error::Updated)) {
            self.is_updated_now();
        }
        done
    }

    fn write_server<T>(
        &self,
        durability: Durability,
        mut work: impl FnMut(&mut Connection) -> Result<T>,
    ) -> Result<T> {
        self.over(self.bounds.map(|bounds| bounds.wait), |connection| {
            let (mut pauses, mut refused) = (Pauses::new(&self.inner.tries), 0);
            loop {
                let mut is_done = false;
                let done = connection.transaction(durability, |transaction| {
                    let done = work(transaction);
                    is_done = done.is_ok();
                    done
                });
                match done {
                    Err(Error::Again) => {}
                    // The connection ended before it was to be committed: nothing was.
                    Err(Error::Unreachable(_)) if !is_done && !self.is_away_for_long() => {}
                    // Of several servers another one is the first now, or this one becomes it in a moment.
                    Err(Error::OnlyReads) if refused < self.refused_most() => {
                        refused += 1;
                        connection.open_again()?;
                    }
                    done => {
                        self.saw_whether_it_only_reads(&done);
                        return done;
                    }
                }
                rest(pauses.next().ok_or(Error::Busy)?);
            }
        })
    }

    fn write_file<T>(
        &self,
        (part, file): (Part, &Path),
        durability: Durability,
        mut work: impl FnMut(&mut Connection) -> Result<T>,
    ) -> Result<T> {
        let writer = match part {
            Part::Directory => &self.inner.directory_writer,
            Part::Work => &self.inner.work_writer,
        };
        if self.gives_way {
            writer.give_way();
        }
        let turn = match part {
            Part::Directory => self.write_work(pair::next_turn)?,
            Part::Work => None,
        };
        let most = self.bounds.map(|bounds| bounds.wait);
        let borrowed = writer.borrow(most, self.rows);
        let mut borrowed = borrowed.map_err(|error| held(error, file))?;
        let open = || at_work(open_writer(part, file, &self.inner.slow)?.under(&self.inner.faults), part);
        let connection = borrowed.open(open)?;
        connection.bound(Bound { most, rows: self.rows })?;
        let mut once = || {
            connection.transaction(durability, |transaction| {
                let done = work(transaction)?;
                turn.map_or(Ok(()), |turn| pair::note_turn(transaction, turn))?;
                Ok(done)
            })
        };
        let mut waited = 0;
        let result = loop {
            match once() {
                // Nothing was begun. Whoever does not go on by itself is not waited for.
                Err(Error::Busy) if waited < WAITS_AGAIN && !is_stopped(file, waited == TOLD) => waited += 1,
                result => break result,
            }
        };
        let is_sound = connection.is_sound(result.is_err());
        borrowed.end(is_sound);
        result.map_err(|error| held(error, file))
    }
}

/// A writer of a part for the work of this program.
fn at_work(writer: Connection, part: Part) -> Result<Connection> {
    writer.at_work(migrations::known(Some(part)), WAITS)
}

/// Whether the other process that keeps everybody waiting was stopped. The log is told of that, and of one that is not when it is time.
fn is_stopped(file: &Path, is_time: bool) -> bool {
    let Some(holder) = Holder::of(file) else { return false };
    let Holder { process, command, is_stopped } = &holder;
    if *is_stopped || is_time {
        tracing::warn!(process, command, is_stopped, file = %file.display(), "another process keeps who writes waiting");
    }
    *is_stopped
}

/// Names the other process for which nobody could write.
fn held(error: Error, file: &Path) -> Error {
    match error {
        Error::Busy => Holder::of(file).map_or(Error::Busy, Error::Held),
        error => error,
    }
}

/// Opens the work file of a directory, brought up to date; and whether it is a new one in place of one that was not the directory's. A
/// file that was used beside a directory in which nothing was ever kept is another's. `side` reads what the directory says.
fn open_work(
    path: &Path,
    side: &mut dyn FnMut() -> Result<Option<pair::Side>>,
    slow: &Arc<SlowStatements>,
    (work_file, at): (WorkFile, Time),
) -> Result<(Connection, bool)> {
    // The directory is asked first: what it has, its work file had before.
    let directory = side()?;
    let is_there = std::fs::metadata(path).is_ok_and(|found| found.len() > 0);
    let mut wrong = (!is_there && directory.is_some()).then_some(Mismatch::Missing);
    if wrong.is_none() {
        let (writer, found) = open_work_beside(path, directory, side, slow)?;
        match found {
            None => return Ok((writer, false)),
            found => wrong = found,
        }
    }
    match (wrong, work_file) {
        (Some(wrong), WorkFile::Own) => return Err(wrong.refusal(path)),
        // What stands in it goes.
        (Some(_), WorkFile::OfUnfinished) => return Ok((open_work_beside(path, None, side, slow)?.0, true)),
        _ => {}
    }
    tracing::warn!(file = %path.display(), "a new work file is begun");
    pair::set_aside(path, at)?;
    Ok((open_work_beside(path, None, side, slow)?.0, true))
}

fn open_work_beside(
    path: &Path,
    mut directory: Option<pair::Side>,
    side: &mut dyn FnMut() -> Result<Option<pair::Side>>,
    slow: &Arc<SlowStatements>,
) -> Result<(Connection, Option<Mismatch>)> {
    make_own(path)?;
    let mut writer = open_writer(Part::Work, path, slow)?;
    if directory.is_none() && pair::is_used(&mut writer)? {
        // Somebody else may have begun both just now: then the directory says so.
        directory = side()?;
        if directory.is_none() {
            return Ok((writer, Some(Mismatch::Foreign)));
        }
    }
    migrate(&mut writer, Part::Work)?;
    writer.batch(migrations::SEARCH_INDEX)?;
    let wrong = directory.map_or(Ok(None), |directory| pair::mismatch(&directory, &mut writer))?;
    Ok((writer, wrong))
}

fn open_writer(part: Part, path: &Path, slow: &Arc<SlowStatements>) -> Result<Connection> {
    let (usage, cache_kib) = match part {
        Part::Directory => (Use::Write, DIRECTORY_CACHE_KIB),
        Part::Work => (Use::WriteAndGiveBack, WORK_CACHE_KIB),
    };
    // A new file is first made one that readers need not wait for, and whoever does that at the same moment is not waited for by SQLite.
    let tries = AtomicU64::default();
    let mut pauses = Pauses::new(&tries);
    loop {
        match Connection::sqlite(path, usage, cache_kib, slow) {
            Err(Error::Busy) => rest(pauses.next().ok_or(Error::Busy)?),
            opened => return opened,
        }
    }
}

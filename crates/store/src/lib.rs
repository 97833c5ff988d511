//! The store: the only SQL. Reads by name, and one `apply` that writes the directory.
//!
//! Synchronous: called on plain threads, never inside async code. Every statement about an account's rows takes its
//! [`AccountId`], which only the store makes; the types leave no way to ask without one.

mod apply;
mod directory;
mod engine;
mod ids;
mod migrations;
mod pages;
mod work;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use crate::apply::{Application, Applied, Outcome, PRESENT};
pub use crate::directory::access::{Administrator, Membership, Role, Session, TokenHolder};
pub use crate::directory::accounts::Account;
pub use crate::directory::history::{AppliedRevision, HistoryEntry, PastCell};
pub use crate::directory::users::search::{Count, Counted, Stopped};
pub use crate::directory::users::{Cursor, Sort, UsersPage, UsersQuery};
pub use crate::engine::{Error, Result};
pub use crate::ids::{AccountId, ImportId, Time};
pub use crate::pages::{From, ListPlace, Page};
pub use crate::work::files::{CountedFile, FileMode, FurtherFile};
pub use crate::work::fix_steps::{KeptStep, Turn};
pub use crate::work::fixes::{Fix, FixKind, FixStep, JudgedRow, KeptFix};
pub use crate::work::imports::{
    Complete, Failure, Import, ImportKind, ImportState, Lease, NewImport, Progress, Settled, Stage,
};
pub use crate::work::once::{Answered, KeyedRequest};
pub use crate::work::plan::{LaterClaim, Warning};
pub use crate::work::plan_claims::ClaimGroup;
pub use crate::work::plan_lists::{CellFilter, ProblemGroup};
pub use crate::work::uploads::{StoredUpload, UploadWriter};

use crate::directory::users::text_index;
use crate::engine::{Connection, Durability, Use};
use crate::migrations::{Part, migrate};

/// The database of a deployment. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
    /// The request whose act is done over this handle, when it has an Idempotency-Key ([`Store::once`]).
    request: Option<Arc<KeyedRequest>>,
}

struct Inner {
    address: Address,
    idle: Mutex<Vec<Connection>>,
    directory_writer: Mutex<Option<Connection>>,
    work_writer: Mutex<Option<Connection>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Address {
    Sqlite { directory: PathBuf, work: PathBuf },
    Postgres(String),
}

/// Idle connections kept for reading.
const IDLE_MOST: usize = 8;
/// Pages that the writer of the directory keeps: an apply comes back to those of claims and history.
const DIRECTORY_CACHE_KIB: u32 = 64 * 1024;
/// Plans and uploads are written in their order, so few pages of the work are written twice.
const WORK_CACHE_KIB: u32 = 8 * 1024;
const READER_CACHE_KIB: u32 = 8 * 1024;

impl Store {
    /// Opens `sqlite:PATH` (made when it is not there) or `postgres://...`, and brings it up to date. `new_lineage` is the mark
    /// that a database made now gets; `at` is now.
    ///
    /// # Errors
    /// When the address is neither, or the database can't be opened or was made by a newer Muster.
    pub fn open(url: &str, new_lineage: &str, at: Time) -> Result<Self> {
        let address = Address::of(url)?;
        let inner = Inner {
            address,
            idle: Mutex::default(),
            directory_writer: Mutex::default(),
            work_writer: Mutex::default(),
        };
        let store = Self { inner: Arc::new(inner), request: None };
        store.migrate_all()?;
        store.begin_deployment(new_lineage, at)?;
        Ok(store)
    }

    fn migrate_all(&self) -> Result<()> {
        match &self.inner.address {
            Address::Sqlite { directory, work } => {
                migrate(&mut open_writer(Part::Directory, directory)?, Part::Directory)?;
                let mut work = open_writer(Part::Work, work)?;
                migrate(&mut work, Part::Work)?;
                work.batch(&text_index::tables())
            }
            Address::Postgres(url) => {
                let mut connection = Connection::postgres(url)?;
                migrate(&mut connection, Part::Directory)?;
                migrate(&mut connection, Part::Work)
            }
        }
    }

    /// Whether there is an index for searching beside the directory, or the directory itself is searched.
    fn has_search_index(&self) -> bool {
        matches!(self.inner.address, Address::Sqlite { .. })
    }

    /// Reads over a connection that sees the directory and the work.
    fn read<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let idle = locked(&self.inner.idle).pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let result = work(&mut connection);
        if connection.is_sound() {
            let mut idle = locked(&self.inner.idle);
            if idle.len() < IDLE_MOST {
                idle.push(connection);
            }
        }
        result
    }

    fn connect(&self) -> Result<Connection> {
        match &self.inner.address {
            Address::Sqlite { directory, work } => {
                let mut connection = Connection::sqlite(directory, Use::Read, READER_CACHE_KIB)?;
                connection.attach(work)?;
                Ok(connection)
            }
            Address::Postgres(url) => Connection::postgres(url),
        }
    }

    /// Writes the directory in one transaction, tried again when it lost against another.
    fn write_directory<T>(&self, work: impl FnMut(&mut Connection) -> Result<T>) -> Result<T> {
        self.write(Part::Directory, Durability::AtOnce, work)
    }

    /// Writes the work in one transaction, tried again when it lost against another.
    fn write_work<T>(&self, work: impl FnMut(&mut Connection) -> Result<T>) -> Result<T> {
        self.write(Part::Work, Durability::AtOnce, work)
    }

    /// Writes the work in one transaction that is durable with the next one of [`Self::write_work`], and not waited for: what is
    /// many, and is of no use before a later row says that it is whole (parts of an upload, chunks of a plan).
    fn write_work_soon<T>(&self, work: impl FnMut(&mut Connection) -> Result<T>) -> Result<T> {
        self.write(Part::Work, Durability::Soon, work)
    }

    fn write<T>(
        &self,
        part: Part,
        durability: Durability,
        mut work: impl FnMut(&mut Connection) -> Result<T>,
    ) -> Result<T> {
        const TRIES: usize = 20;
        let Address::Sqlite { directory, work: work_file } = &self.inner.address else {
            return self.read(|connection| {
                let mut last = connection.transaction(durability, &mut work);
                for _ in 1..TRIES {
                    if !matches!(last, Err(Error::Again)) {
                        break;
                    }
                    last = connection.transaction(durability, &mut work);
                }
                last
            });
        };
        let (writer, file) = match part {
            Part::Directory => (&self.inner.directory_writer, directory),
            Part::Work => (&self.inner.work_writer, work_file),
        };
        let mut slot = locked(writer);
        let mut connection = match slot.take() {
            Some(connection) => connection,
            None => open_writer(part, file)?,
        };
        let result = connection.transaction(durability, work);
        if connection.is_sound() {
            *slot = Some(connection);
        }
        result
    }
}

fn open_writer(part: Part, path: &Path) -> Result<Connection> {
    let cache_kib = match part {
        Part::Directory => DIRECTORY_CACHE_KIB,
        Part::Work => WORK_CACHE_KIB,
    };
    Connection::sqlite(path, Use::Write, cache_kib)
}

/// A panic elsewhere leaves no half-made state behind these locks: connections are checked before they are used again.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Address {
    fn of(url: &str) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        if path.is_empty() || url.contains("://") {
            return Err(Error::Failed(format!(
                "a database is sqlite:PATH or postgres://...; this is neither: {url}"
            )));
        }
        let directory = PathBuf::from(path);
        let mut name = directory.file_stem().unwrap_or_default().to_owned();
        name.push("-work");
        let mut work = directory.with_file_name(name);
        if let Some(extension) = directory.extension() {
            work.set_extension(extension);
        }
        Ok(Self::Sqlite { directory, work })
    }
}

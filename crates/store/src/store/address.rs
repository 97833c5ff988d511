//! Where a database is: what its address says.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::engine::{Error, Result, Server};

/// Where a database is, with what is needed to open it.
pub(super) enum Address {
    Sqlite { directory: PathBuf, work: PathBuf },
    Postgres(Arc<Server>),
}

/// Where a database is.
pub(crate) enum Place {
    /// The files of the directory and of the work.
    Files([PathBuf; 2]),
    Server(Arc<Server>),
}

/// Where the database of an address is.
pub(crate) fn place_of(url: &str) -> Result<Place> {
    Ok(match Address::of(url)? {
        Address::Sqlite { directory, work } => Place::Files([directory, work]),
        Address::Postgres(server) => Place::Server(server),
    })
}

impl Address {
    pub(super) fn of(url: &str) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let server = Server::of(url, &|name| std::env::var(name).ok().filter(|value| !value.is_empty()))?;
            return Ok(Self::Postgres(Arc::new(server)));
        }
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        if path.is_empty() || url.contains("://") || (path == url && is_of_a_server(url)) {
            // What was typed is not repeated: it may be a password in the wrong place.
            return Err(Error::Failed(directory::database_address_unknown().to_owned()));
        }
        let directory = PathBuf::from(path);
        let work = work_file(&directory);
        Ok(Self::Sqlite { directory, work })
    }
}

/// Whether what says no `sqlite:` looks like the address of a server that is not written as Muster reads it, and holds a password maybe: no file
/// is made by such a name.
fn is_of_a_server(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    url.contains(['@', '=']) || scheme.is_some_and(|scheme| ["postgres", "postgresql"].contains(&&*scheme))
}

/// Where the work file of a directory lies: `muster-work.db` beside `muster.db`.
pub fn work_file(directory: &Path) -> PathBuf {
    let mut name = directory.file_stem().unwrap_or_default().to_owned();
    name.push("-work");
    let mut work = directory.with_file_name(name);
    if let Some(extension) = directory.extension() {
        work.set_extension(extension);
    }
    work
}

//! Whose the files of SQLite are. They hold an organisation's people, so nobody else on the machine reads them (0600, in a folder that
//! is made 0700); and a file of another user is left alone, as PostgreSQL does it: what this process writes beside it, that user's could
//! no longer read.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use crate::engine::{Error, Result};
use crate::pair::with_ending;

/// Reading and writing by the owner.
const OWNERS: u32 = 0o600;

/// Makes a file with the owner's rights alone, with its folder when only that is missing; of one that is there, checks the owner and
/// takes the rights of everybody else away.
///
/// # Errors
/// When the file is another user's, or can't be made: the sentence names it.
pub(crate) fn make_own(path: &Path) -> Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        DirBuilder::new().mode(0o700).create(folder).map_err(|error| told(folder, &error))?;
    }
    match OpenOptions::new().write(true).create_new(true).mode(OWNERS).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => keep_own(path),
        Err(error) => Err(told(path, &error)),
    }
}

/// A file that is there, and what SQLite keeps beside it.
fn keep_own(path: &Path) -> Result<()> {
    for file in ["", "-wal", "-shm"].map(|ending| with_ending(path, ending)) {
        let Ok(found) = fs::metadata(&file) else { continue };
        if this_user().is_some_and(|user| user != found.uid()) {
            return Err(Error::Failed(directory::database_of_another_user(&file.display().to_string())));
        }
        if found.permissions().mode() & 0o077 != 0 {
            // On a disk that knows no rights there is nothing to take away.
            if let Err(error) = fs::set_permissions(&file, Permissions::from_mode(OWNERS)) {
                tracing::warn!(%error, file = %file.display(), "others can read this file");
            }
        }
    }
    Ok(())
}

/// The number of the user whose process this is, where the system tells.
fn this_user() -> Option<u32> {
    Some(fs::metadata("/proc/self").ok()?.uid())
}

fn told(path: &Path, error: &std::io::Error) -> Error {
    let path = path.display().to_string();
    Error::Failed(match error.kind() {
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => directory::database_read_only(&path),
        ErrorKind::StorageFull => return Error::Full,
        _ => directory::database_cannot_be_made(&path, &error.to_string()),
    })
}

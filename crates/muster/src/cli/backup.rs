//! `muster backup` and `muster restore`: a copy of the database, and putting it back.

use std::path::{Path, PathBuf};

use clap::Args;
use sentences::say;

use super::ending::{Ending, Failure};
use super::log::tell;
use super::output::answer;
use super::start::{Start, open};
use crate::app::Settings;
use crate::backup::{self, Contents};

/// Copy the database into one file, while a server goes on serving
///
/// The file is a tar archive: the two files of the database as they were at one moment, what they are of, and their SHA-256 sums. Only its
/// owner can read it. Of PostgreSQL the line for pg_dump is printed.
#[derive(Args)]
#[command(after_help = "Example:\n  muster backup /var/lib/muster/muster-monday.tar")]
pub(super) struct BackupFlags {
    /// The file to write; one that is there is replaced once the new one is whole
    file: PathBuf,
}

/// Put a backup back, as a database that is not there yet
///
/// Everybody signs in again. Workbooks that were downloaded before the backup was made can still be imported; of later ones Muster says
/// that the organisation was put back, and when.
#[derive(Args)]
#[command(
    after_help = "Example:\n  muster restore /var/lib/muster/muster-monday.tar --database sqlite:/var/lib/muster/muster.db"
)]
pub(super) struct RestoreFlags {
    /// The backup
    file: PathBuf,
}

/// How often a backup waits ten seconds for whoever writes.
const TRIES: usize = 60;

pub(super) fn back_up(typed: &BackupFlags, start: &Start) -> Result<Ending, Failure> {
    let app = start.open()?;
    let mut tries = 0;
    let snapshot = loop {
        match app.store.snapshot() {
            Err(store::Error::Busy) if tries < TRIES => tries += 1,
            other => break other?,
        }
    };
    let Some(mut snapshot) = snapshot else {
        let url = without_password(start.database().unwrap_or_default());
        tell(say!("cli-backup-postgres"));
        answer(format_args!(
            // A role that policies hold reads all rows as long as it says so.
            "PGOPTIONS='-c muster.account=all' pg_dump --enable-row-security --format=custom --file={} {}",
            quoted(&typed.file.display().to_string()),
            quoted(&url)
        ))?;
        return Ok(Ending::Done);
    };
    let contents =
        backup::write(&mut snapshot, app.clock.now(), &typed.file).map_err(|failure| told(&failure))?;
    answer(say!(
        "cli-backup-written",
        file = typed.file.display().to_string(),
        accounts = contents.accounts.len()
    ))?;
    Ok(Ending::Done)
}

pub(super) fn restore(typed: &RestoreFlags, start: &Start) -> Result<Ending, Failure> {
    let database = start.database().map_or_else(|| Settings::default().database, ToOwned::to_owned);
    let Some(path) = database.strip_prefix("sqlite:").map(PathBuf::from) else {
        return Err(Failure::new(say!("cli-restore-postgres")));
    };
    let (work, [directory_part, work_part]) = (store::work_file(&path), parts_of(&path));
    if let Some(there) = [&path, &work].into_iter().find(|file| file.exists()) {
        return Err(Failure::new(say!("cli-restore-is-there", file = there.display().to_string())));
    }
    let put = put_beside(&typed.file, &directory_part, &work_part);
    let contents = put.inspect_err(|_| remove(&[&directory_part, &work_part]))?;
    // The directory last: while it is not there, there is no database.
    for (from, to) in [(&work_part, &work), (&directory_part, &path)] {
        std::fs::rename(from, to).map_err(|error| {
            Failure::new(say!(
                "cli-goal-cant-be-written",
                path = to.display().to_string(),
                error = error.to_string()
            ))
        })?;
    }
    tell_accounts(&contents)?;
    Ok(Ending::Done)
}

/// Unpacks a backup beside its place, and makes it a database of its own there, closed again.
fn put_beside(file: &Path, directory: &Path, work: &Path) -> Result<Contents, Failure> {
    let contents = backup::unpack(file, directory, work).map_err(|failure| told(&failure))?;
    let app = open(Settings { database: format!("sqlite:{}", directory.display()), ..Settings::default() })?;
    backup::begin_again(&app.store, &contents, app.clock.now()).map_err(|failure| told(&failure))?;
    Ok(contents)
}

fn tell_accounts(contents: &Contents) -> Result<(), Failure> {
    for account in &contents.accounts {
        let (users, revision) = (account.users, account.revision.to_string());
        answer(say!("cli-restore-account", slug = &account.slug, users = users, revision = revision))?;
    }
    answer(say!("cli-restore-done"))?;
    Ok(())
}

/// The two files of a database that is being put back, beside its place.
fn parts_of(path: &Path) -> [PathBuf; 2] {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".restoring");
    let part = path.with_file_name(name);
    let work = store::work_file(&part);
    [part, work]
}

fn remove(files: &[&PathBuf]) {
    for file in files {
        // What was never made can't be removed.
        let _ = std::fs::remove_file(file);
    }
}

fn told(failure: &backup::Failure) -> Failure {
    use backup::Failure as Of;
    Failure::new(match failure {
        Of::Store(error) => error.to_string(),
        Of::Damaged(found) => say!("cli-backup-damaged", found = found),
        Of::File(path, error) => {
            say!("cli-goal-cant-be-written", path = path.display().to_string(), error = error.to_string())
        }
        Of::NoBackup => say!("cli-restore-no-backup").to_owned(),
        Of::Newer(format) => say!("cli-restore-newer", format = format.to_string()),
        Of::Altered(name) => say!("cli-restore-altered", name = name),
    })
}

/// A text as one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// An address without its password, which is nothing for a screen.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (address, options) = rest.split_once('?').unwrap_or((rest, ""));
    let address = match address.rsplit_once('@') {
        Some((user, host)) => format!("{}@{host}", user.split_once(':').map_or(user, |(name, _)| name)),
        None => address.to_owned(),
    };
    // What only Muster reads, pg_dump would refuse.
    let known =
        |option: &&str| !["password=", "connections=", "prepared="].iter().any(|own| option.starts_with(own));
    let options: Vec<&str> = options.split('&').filter(|option| !option.is_empty()).filter(known).collect();
    let mark = if options.is_empty() { "" } else { "?" };
    format!("{scheme}://{address}{mark}{}", options.join("&"))
}

#[cfg(test)]
mod tests {
    use super::{quoted, without_password};

    #[test]
    fn no_password_is_printed() {
        for (url, expected) in [
            ("postgres://ann:secret@db.example/muster", "'postgres://ann@db.example/muster'"),
            ("postgres://ann@db.example/muster", "'postgres://ann@db.example/muster'"),
            (
                "postgres://ann:se@cret@db/muster?sslmode=require&connections=3&password=x",
                "'postgres://ann@db/muster?sslmode=require'",
            ),
            ("postgres://ann:x@db/muster?prepared=off", "'postgres://ann@db/muster'"),
            ("postgres://db.example/it's", "'postgres://db.example/it'\\''s'"),
        ] {
            assert_eq!(quoted(&without_password(url)), expected);
        }
    }
}

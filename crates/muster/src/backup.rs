//! A backup: one file with both files of the database as they were at one moment. It is a tar archive, so that any machine can look into
//! it: what it is of (`muster-backup.json`), the two files, and at its end their sums as `sha256sum` writes them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{FilePart, Snapshot, Store, Time};

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// The number of this format: 1.
    pub format: u32,
    /// The version of Muster that made it.
    pub muster: String,
    /// When, in milliseconds since 1970 (UTC).
    pub made: i64,
    /// The accounts in it.
    pub accounts: Vec<AccountThen>,
}

/// An account in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountThen {
    /// Its slug.
    pub slug: String,
    /// Its revision.
    pub revision: i64,
    /// How many users it had.
    pub users: i64,
}

/// Why there is no backup, or why one can't be put back.
#[derive(Debug)]
pub enum Failure {
    /// The database could not be read.
    Store(store::Error),
    /// Pages of the database are damaged; what was found.
    Damaged(String),
    /// A file can't be read or written.
    File(PathBuf, io::Error),
    /// This is no backup, or it is cut off.
    NoBackup,
    /// A newer Muster made it.
    Newer(u32),
    /// A file in it is not as it was written; its name.
    Altered(String),
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

/// The names of the entries, in their order.
const CONTENTS: &str = "muster-backup.json";
const DIRECTORY: &str = "muster.db";
const WORK: &str = "muster-work.db";
const SUMS: &str = "SHA256SUMS";
const FORMAT: u32 = 1;
/// Entries but the databases are short.
const SHORT: u64 = 16 << 20;

/// Writes a backup of a snapshot: beside its place at first, and there when it is whole and durable. Copies of the two files lie beside it
/// for as long as it takes; their pages are looked at before they are taken for good.
///
/// # Errors
/// When a page is damaged, or something can't be read or written; nothing stays behind.
pub fn write(snapshot: &mut Snapshot, made: Time, to: &Path) -> Result<Contents, Failure> {
    let accounts = snapshot.accounts()?.into_iter();
    let contents = Contents {
        format: FORMAT,
        muster: env!("CARGO_PKG_VERSION").to_owned(),
        made: made.0,
        accounts: accounts
            .map(|account| AccountThen {
                slug: account.slug,
                revision: account.revision,
                users: account.users,
            })
            .collect(),
    };
    let parts = Parts::beside(to);
    for (part, copy) in [(FilePart::Directory, &parts.directory), (FilePart::Work, &parts.work)] {
        drop(own_file(copy)?);
        snapshot.copy(part, copy)?;
        let damaged = store::damaged_pages_of(copy)?;
        if !damaged.is_empty() {
            return Err(Failure::Damaged(damaged.join("; ")));
        }
    }
    parts.pack(&contents, made)?;
    fs::rename(&parts.archive, to).map_err(|error| Failure::File(to.to_owned(), error))?;
    Ok(contents)
}

/// Unpacks a backup into the two files of a database that is not there yet, and looks at their sums.
///
/// # Errors
/// When it is no backup, is not as it was written, or something can't be read or written.
pub fn unpack(backup: &Path, directory: &Path, work: &Path) -> Result<Contents, Failure> {
    let unreadable = |error| Failure::File(backup.to_owned(), error);
    let file = File::open(backup).map_err(unreadable)?;
    let mut archive = tar::Archive::new(BufReader::new(file));
    let (mut contents, mut sums, mut found) = (None, String::new(), Vec::new());
    for entry in archive.entries().map_err(unreadable)? {
        let mut entry = entry.map_err(|_| Failure::NoBackup)?;
        let name = entry.path().map_err(|_| Failure::NoBackup)?.display().to_string();
        match name.as_str() {
            CONTENTS => contents = Some(contents_of(&mut entry)?),
            DIRECTORY => found.push(summed(&name, &mut entry, directory)?),
            WORK => found.push(summed(&name, &mut entry, work)?),
            SUMS => drop(entry.take(SHORT).read_to_string(&mut sums).map_err(|_| Failure::NoBackup)?),
            _ => return Err(Failure::NoBackup),
        }
    }
    if let Some((name, _)) =
        found.iter().find(|(name, sum)| !sums.lines().any(|line| line == line_of(name, sum)))
    {
        return Err(if sums.is_empty() { Failure::NoBackup } else { Failure::Altered(name.clone()) });
    }
    contents.filter(|_| found.len() == 2).ok_or(Failure::NoBackup)
}

fn contents_of(entry: &mut impl Read) -> Result<Contents, Failure> {
    let mut text = String::new();
    entry.take(SHORT).read_to_string(&mut text).map_err(|_| Failure::NoBackup)?;
    let contents: Contents = serde_json::from_str(&text).map_err(|_| Failure::NoBackup)?;
    if contents.format > FORMAT {
        return Err(Failure::Newer(contents.format));
    }
    Ok(contents)
}

/// Writes an entry into a file; answers its name and its sum.
fn summed(name: &str, entry: &mut impl Read, to: &Path) -> Result<(String, String), Failure> {
    let mut file = Summed { inner: own_file(to)?, sum: Sha256::new() };
    io::copy(entry, &mut file).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Failure::NoBackup,
        _ => Failure::File(to.to_owned(), error),
    })?;
    file.inner.sync_all().map_err(|error| Failure::File(to.to_owned(), error))?;
    Ok((name.to_owned(), file.hexadecimal()))
}

/// A file that only its owner reads, empty.
fn own_file(path: &Path) -> Result<File, Failure> {
    let told = |error| Failure::File(path.to_owned(), error);
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(told(error)),
        _ => {}
    }
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(told)
}

fn line_of(name: &str, sum: &str) -> String {
    format!("{sum}  {name}")
}

/// What lies beside a backup while it is made; removed when it goes.
struct Parts {
    directory: PathBuf,
    work: PathBuf,
    archive: PathBuf,
}

impl Parts {
    fn beside(backup: &Path) -> Self {
        let named = |ending: &str| {
            let mut name = backup.file_name().unwrap_or_default().to_owned();
            name.push(ending);
            backup.with_file_name(name)
        };
        Self { directory: named(".part-directory"), work: named(".part-work"), archive: named(".part") }
    }

    /// Packs the copies, and syncs the archive.
    fn pack(&self, contents: &Contents, made: Time) -> Result<(), Failure> {
        let told = |error| Failure::File(self.archive.clone(), error);
        let mut archive = tar::Builder::new(BufWriter::new(own_file(&self.archive)?));
        let text = serde_json::to_string_pretty(contents).map_err(|error| told(error.into()))?;
        let header = |size: u64| {
            let mut header = tar::Header::new_gnu();
            header.set_size(size);
            header.set_mode(0o600);
            header.set_mtime(u64::try_from(made.0 / 1_000).unwrap_or_default());
            header
        };
        archive.append_data(&mut header(text.len() as u64), CONTENTS, text.as_bytes()).map_err(told)?;
        let mut sums = String::new();
        for (name, path) in [(DIRECTORY, &self.directory), (WORK, &self.work)] {
            let told = |error| Failure::File(path.clone(), error);
            let file = File::open(path).map_err(told)?;
            let size = file.metadata().map_err(told)?.len();
            let mut read = Summed { inner: BufReader::with_capacity(1 << 16, file), sum: Sha256::new() };
            archive.append_data(&mut header(size), name, &mut read).map_err(told)?;
            sums.push_str(&line_of(name, &read.hexadecimal()));
            sums.push('\n');
        }
        archive.append_data(&mut header(sums.len() as u64), SUMS, sums.as_bytes()).map_err(told)?;
        let file =
            archive.into_inner().and_then(|writer| writer.into_inner().map_err(Into::into)).map_err(told)?;
        file.sync_all().map_err(told)
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        for path in [&self.directory, &self.work, &self.archive] {
            // What was never made can't be removed.
            let _ = fs::remove_file(path);
        }
    }
}

/// What goes through it is summed up.
struct Summed<T> {
    inner: T,
    sum: Sha256,
}

impl<T> Summed<T> {
    fn hexadecimal(self) -> String {
        self.sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl<T: Read> Read for Summed<T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.sum.update(&buffer[..count]);
        Ok(count)
    }
}

impl<T: Write> Write for Summed<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.sum.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Makes an unpacked backup a database of its own ([`Store::begin_again`]), where it was unpacked to.
///
/// # Errors
/// When the store fails.
pub fn begin_again(store: &Store, contents: &Contents, at: Time) -> Result<(), Failure> {
    store.begin_again(Time(contents.made), at)?;
    Ok(())
}

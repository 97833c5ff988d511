//! Uploaded files, kept in parts, so that any process of the deployment can read them, seek in them, and begin again after a crash.

use std::io::{self, Read, Seek, SeekFrom};

use std::sync::Arc;

use crate::engine::{Result, params};
use crate::held_uploads::{HeldUpload, PIECE};
use crate::{AccountId, Error, ImportId, Store};

/// Bytes of one part.
const PART: usize = 256 * 1024;
/// Bytes that are kept in one transaction: a few parts.
const TOGETHER: usize = PIECE;

/// Takes the bytes of an upload, part by part; what was written is durable with the import that it becomes.
pub struct UploadWriter {
    store: Store,
    account: AccountId,
    import: ImportId,
    file: u16,
    waiting: Vec<u8>,
    parts: i64,
    bytes: u64,
    /// What came so far, for a worker of this process; none where that asks no server, or there is no room.
    held: Option<HeldUpload>,
}

impl UploadWriter {
    /// Takes more bytes.
    pub fn write(&mut self, mut bytes: &[u8]) -> Result<()> {
        self.bytes += bytes.len() as u64;
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(TOGETHER - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            bytes = later;
            if self.waiting.len() == TOGETHER {
                self.keep_parts()?;
            }
        }
        Ok(())
    }

    /// How many bytes came so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Keeps what is left.
    pub fn finish(mut self) -> Result<u64> {
        if !self.waiting.is_empty() {
            self.keep_parts()?;
        }
        if let Some(held) = self.held.take() {
            self.store.held_uploads().hold((self.account, self.import, self.file), held);
        }
        Ok(self.bytes)
    }

    fn keep_parts(&mut self) -> Result<()> {
        let (account, import, file) = (self.account.0, self.import.number(), i64::from(self.file));
        let (from, waiting) = (self.parts, &self.waiting);
        self.store.write_work_soon(|transaction| {
            let sql = "INSERT INTO upload (account, import, file, part, bytes) VALUES (?1, ?2, ?3, ?4, ?5)";
            for (part, bytes) in (from..).zip(waiting.chunks(PART)) {
                transaction.execute(sql, params![account, import, file, part, bytes])?;
            }
            Ok(())
        })?;
        self.parts += self.waiting.len().div_ceil(PART) as i64;
        match self.held.take() {
            Some(held) => self.held = self.store.held_uploads().add(held, std::mem::take(&mut self.waiting)),
            None => self.waiting.clear(),
        }
        Ok(())
    }
}

/// A kept upload, to be read and sought.
pub struct StoredUpload {
    store: Store,
    account: AccountId,
    import: ImportId,
    file: u16,
    length: u64,
    at: u64,
    part: Option<(i64, Vec<u8>)>,
    /// All of it, if this process holds it.
    held: Option<Arc<HeldUpload>>,
}

impl StoredUpload {
    /// How many bytes it has.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The bytes from here to the end of a part.
    fn there(&mut self) -> Result<Option<&[u8]>> {
        let (part, offset) = ((self.at / PART as u64) as i64, (self.at % PART as u64) as usize);
        if self.held.is_some() {
            return Ok(self.held.as_ref().and_then(|held| held.from(self.at)));
        }
        Ok(self.load(part)?.get(offset..))
    }

    fn load(&mut self, part: i64) -> Result<&[u8]> {
        let loaded = match self.part.take() {
            Some((loaded, bytes)) if loaded == part => bytes,
            _ => self.store.upload_part(self.account, self.import, self.file, part)?,
        };
        Ok(&self.part.insert((part, loaded)).1)
    }
}

impl Read for StoredUpload {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.length || buffer.is_empty() {
            return Ok(0);
        }
        let there = self.there().map_err(io::Error::other)?.filter(|there| !there.is_empty());
        let there = there.ok_or_else(|| io::Error::other("a part of the upload is missing"))?;
        let count = there.len().min(buffer.len());
        buffer[..count].copy_from_slice(&there[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for StoredUpload {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = target
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "before the start of the upload"))?;
        Ok(self.at)
    }
}

impl Store {
    /// Begins to keep a file of an import: the first, or the one of the number that was taken for it.
    pub fn write_upload(&self, account: AccountId, import: ImportId, file: u16) -> UploadWriter {
        let held = (!self.is_sqlite()).then(|| self.held_uploads().begin());
        UploadWriter {
            store: self.clone(),
            account,
            import,
            file,
            waiting: Vec::new(),
            parts: 0,
            bytes: 0,
            held,
        }
    }

    /// A kept file of an import, by its number from 1; empty when none was kept.
    pub fn upload(&self, account: AccountId, import: ImportId, file: u16) -> Result<StoredUpload> {
        let length = self.read(|connection| {
            let sql = "SELECT COALESCE(SUM(LENGTH(bytes)), 0) FROM upload WHERE account = ?1 AND import = ?2 AND file = ?3";
            Ok(connection
                .one(sql, params![account.0, import.number(), i64::from(file)], |row| row.integer(0))?
                .unwrap_or_default())
        })?;
        let length = length as u64;
        // What is kept is what counts: should it be other than what came, it is that which is read.
        let held = self.held_uploads().get((account, import, file)).filter(|held| held.length() == length);
        Ok(StoredUpload { store: self.clone(), account, import, file, length, at: 0, part: None, held })
    }

    /// The same, to be handed out as it came.
    ///
    /// # Errors
    /// When it has other than the bytes that came: whoever gets it would take it for whole.
    pub fn whole_upload(&self, account: AccountId, import: ImportId, file: u16) -> Result<StoredUpload> {
        let upload = self.upload(account, import, file)?;
        let came = self.read(|connection| {
            // What is made of a table that Muster did not write has another size than what came.
            let sql = "SELECT s.bytes FROM upload_size s WHERE s.account = ?1 AND s.import = ?2 AND s.file = ?3 AND (s.file <> 1
                           OR NOT EXISTS (SELECT 1 FROM foreign_table f WHERE f.account = s.account AND f.import = s.import))";
            connection
                .one(sql, params![account.0, import.number(), i64::from(file)], |row| row.integer(0))
        })?;
        match came {
            Some(came) if came as u64 != upload.length => {
                Err(Error::UploadLost { came: came as u64, kept: upload.length })
            }
            _ => Ok(upload),
        }
    }

    fn upload_part(&self, account: AccountId, import: ImportId, file: u16, part: i64) -> Result<Vec<u8>> {
        let found = self.read(|connection| {
            let sql =
                "SELECT bytes FROM upload WHERE account = ?1 AND import = ?2 AND file = ?3 AND part = ?4";
            let params = params![account.0, import.number(), i64::from(file), part];
            connection.one(sql, params, |row| Ok(row.bytes(0)?.to_vec()))
        })?;
        Ok(found.unwrap_or_default())
    }
}

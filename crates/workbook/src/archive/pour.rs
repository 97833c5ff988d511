//! Writes a zip archive to a sink that cannot be sought. Small entries go with their sizes in front; the one that is
//! poured carries them behind. Never zip64 and never a stored entry of unknown size: LibreOffice refuses both.

use std::io::{self, Write};

use flate2::{Compression, Crc, write::DeflateEncoder};

use super::record::signature;

/// The largest archive without zip64.
const MOST: u64 = u32::MAX as u64;
/// The level of deflating: 2 takes a quarter of the time of 6 and makes a file a sixth larger.
const LEVEL: u32 = 2;
/// Flag bit 3: the sizes follow the data (APPNOTE 4.4.4).
const SIZES_BEHIND: u16 = 1 << 3;
/// The first of January 1980: the time is no business of the archive, and the same book gives the same bytes.
const DATE: u16 = 0x21;

/// An archive being written.
pub(crate) struct ZipWriter<W: Write> {
    sink: Sink<W>,
    central: Vec<u8>,
    entries: u16,
    poured: Option<Poured>,
}

/// What has to be remembered of the entry that is poured.
struct Poured {
    name: String,
    offset: u32,
    start: u64,
    sum: Crc,
}

enum Sink<W: Write> {
    Plain(Counted<W>),
    Deflating(DeflateEncoder<Counted<W>>),
    /// Only while one becomes the other, or after the sink failed.
    Gone,
}

struct Counted<W> {
    sink: W,
    count: u64,
}

/// The numbers that stand in a local and in a central header.
struct Sizes {
    flags: u16,
    method: u16,
    sum: u32,
    stored: u32,
    size: u32,
}

impl<W: Write> ZipWriter<W> {
    /// An archive without entries.
    pub(crate) fn new(sink: W) -> Self {
        let sink = Sink::Plain(Counted { sink, count: 0 });
        Self { sink, central: Vec::new(), entries: 0, poured: None }
    }

    /// Adds a small entry as it is; `mimetype` of ods must be so (ODF 1.3 part 2, 3.3).
    pub(crate) fn store(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        self.add(name, content, content, 0)
    }

    /// Adds a small entry, deflated.
    pub(crate) fn deflate(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(content)?;
        self.add(name, content, &encoder.finish()?, 8)
    }

    /// Starts the entry whose bytes are poured with [`ZipWriter::pour`].
    pub(crate) fn start(&mut self, name: &str) -> io::Result<()> {
        let offset = self.offset()?;
        let sizes = Sizes { flags: SIZES_BEHIND, method: 8, sum: 0, stored: 0, size: 0 };
        let header = local_header(name, &sizes);
        let plain = self.plain()?;
        plain.write_all(&header)?;
        let start = plain.count;
        let Sink::Plain(plain) = std::mem::replace(&mut self.sink, Sink::Gone) else { return Err(gone()) };
        self.sink = Sink::Deflating(DeflateEncoder::new(plain, Compression::new(LEVEL)));
        self.poured = Some(Poured { name: name.to_owned(), offset, start, sum: Crc::new() });
        Ok(())
    }

    /// Pours bytes into the entry that was started.
    pub(crate) fn pour(&mut self, bytes: &[u8]) -> io::Result<()> {
        let (Sink::Deflating(encoder), Some(poured)) = (&mut self.sink, &mut self.poured) else {
            return Err(gone());
        };
        poured.sum.update(bytes);
        encoder.write_all(bytes)
    }

    /// Ends the entry that is poured.
    pub(crate) fn end(&mut self) -> io::Result<()> {
        let (Some(poured), Sink::Deflating(encoder)) =
            (self.poured.take(), std::mem::replace(&mut self.sink, Sink::Gone))
        else {
            return Err(gone());
        };
        let size = encoder.total_in();
        let mut plain = encoder.finish()?;
        let stored = plain.count - poured.start;
        if size > MOST || stored > MOST {
            return Err(too_large());
        }
        let sizes = Sizes {
            flags: SIZES_BEHIND,
            method: 8,
            sum: poured.sum.sum(),
            stored: stored as u32,
            size: size as u32,
        };
        let mut descriptor = signature::DESCRIPTOR.to_le_bytes().to_vec();
        for number in [sizes.sum, sizes.stored, sizes.size] {
            descriptor.extend_from_slice(&number.to_le_bytes());
        }
        plain.write_all(&descriptor)?;
        self.sink = Sink::Plain(plain);
        self.list(&poured.name, poured.offset, &sizes);
        Ok(())
    }

    /// Writes the list of entries and gives the sink back, flushed.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        let offset = self.offset()?;
        let (central, entries) = (std::mem::take(&mut self.central), self.entries);
        let plain = self.plain()?;
        plain.write_all(&central)?;
        let mut end = signature::END.to_le_bytes().to_vec();
        for number in [0, 0, entries, entries] {
            end.extend_from_slice(&number.to_le_bytes());
        }
        end.extend_from_slice(&(central.len() as u32).to_le_bytes());
        end.extend_from_slice(&offset.to_le_bytes());
        end.extend_from_slice(&0u16.to_le_bytes());
        plain.write_all(&end)?;
        plain.flush()?;
        match self.sink {
            Sink::Plain(plain) => Ok(plain.sink),
            _ => Err(gone()),
        }
    }

    fn add(&mut self, name: &str, content: &[u8], stored: &[u8], method: u16) -> io::Result<()> {
        let offset = self.offset()?;
        let mut sum = Crc::new();
        sum.update(content);
        let sizes = Sizes {
            flags: 0,
            method,
            sum: sum.sum(),
            stored: u32::try_from(stored.len()).map_err(|_| too_large())?,
            size: u32::try_from(content.len()).map_err(|_| too_large())?,
        };
        let header = local_header(name, &sizes);
        let plain = self.plain()?;
        plain.write_all(&header)?;
        plain.write_all(stored)?;
        self.list(name, offset, &sizes);
        Ok(())
    }

    fn plain(&mut self) -> io::Result<&mut Counted<W>> {
        match &mut self.sink {
            Sink::Plain(plain) => Ok(plain),
            _ => Err(gone()),
        }
    }

    fn offset(&mut self) -> io::Result<u32> {
        u32::try_from(self.plain()?.count).map_err(|_| too_large())
    }

    /// Adds an entry to the list (APPNOTE 4.3.12).
    fn list(&mut self, name: &str, offset: u32, sizes: &Sizes) {
        self.central.extend_from_slice(&signature::CENTRAL.to_le_bytes());
        self.central.extend_from_slice(&20u16.to_le_bytes());
        common(&mut self.central, name, sizes);
        // The length of the comment, the disk, and the attributes inside and outside: none of them is used.
        self.central.extend_from_slice(&[0; 10]);
        self.central.extend_from_slice(&offset.to_le_bytes());
        self.central.extend_from_slice(name.as_bytes());
        self.entries += 1;
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.sink.write(bytes)?;
        self.count += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// A local header with its name (APPNOTE 4.3.7).
fn local_header(name: &str, sizes: &Sizes) -> Vec<u8> {
    let mut header = signature::LOCAL.to_le_bytes().to_vec();
    common(&mut header, name, sizes);
    header.extend_from_slice(name.as_bytes());
    header
}

/// What both headers have in common: from the version needed to the length of the extra field, which is 0.
fn common(header: &mut Vec<u8>, name: &str, sizes: &Sizes) {
    for number in [20, sizes.flags, sizes.method, 0, DATE] {
        header.extend_from_slice(&number.to_le_bytes());
    }
    for number in [sizes.sum, sizes.stored, sizes.size] {
        header.extend_from_slice(&number.to_le_bytes());
    }
    for number in [name.len() as u16, 0] {
        header.extend_from_slice(&number.to_le_bytes());
    }
}

fn gone() -> io::Error {
    io::Error::other("the archive's sink failed before")
}

fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "the book grows beyond 4 GiB: write it as csv")
}

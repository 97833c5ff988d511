//! The list of a zip archive's entries, read from its end, and refused where it could fool somebody: encrypted,
//! duplicate, absolute, climbing (`..`) or overlapping entries, and too many of them.

use std::collections::HashMap;
use std::io::SeekFrom;

use super::entry::Entry;
use super::part::{Cap, Part};
use super::record::{signature, u16_at, u32_at, u64_at};
use crate::{Limits, Refusal, Source};

/// The longest end record: 22 bytes and a comment of 65,535.
const LONGEST_END: u64 = 22 + 65_535;
/// Bytes behind the archive are looked through so many at a time, from the last: what servers of mail and of the web append, or a disk.
const BEHIND: u64 = 1 << 20;
/// The end record, and before it the two of zip64.
const ENDS: u64 = 22 + 20 + 56;
/// The fixed part of a central record.
const CENTRAL: usize = 46;

/// What an archive holds. The names are compared without regard to ASCII case, as ECMA-376 part 2 (6.2.2.3) asks.
#[derive(Debug)]
pub(crate) struct Archive {
    entries: Vec<Entry>,
    names: HashMap<String, usize>,
}

/// Where the central directory stands and how many entries it claims.
struct End {
    directory: u64,
    size: u64,
    entries: u64,
}

impl Archive {
    /// Reads the list of entries.
    pub(crate) fn open(source: &mut dyn Source, limits: &Limits) -> Result<Self, Refusal> {
        let length = source.seek(SeekFrom::End(0))?;
        let end = find_end(source, length)?;
        if end.entries > limits.entries {
            return Err(Refusal::TooManyEntries(limits.entries));
        }
        if end.directory.checked_add(end.size).is_none_or(|over| over > length) {
            return Err(damaged("the archive's list of entries stands beyond its end"));
        }
        if end.size > limits.part {
            return Err(Refusal::PartTooLarge(limits.part));
        }
        let mut bytes =
            vec![0; usize::try_from(end.size).map_err(|_| damaged("the archive's list is too long"))?];
        source.seek(SeekFrom::Start(end.directory))?;
        source.read_exact(&mut bytes)?;
        let entries = read_entries(&bytes, end.entries)?;
        refuse_overlaps(&entries, end.directory)?;
        let mut names = HashMap::with_capacity(entries.len());
        for (index, entry) in entries.iter().enumerate() {
            if names.insert(entry.name.to_ascii_lowercase(), index).is_some() {
                return Err(Refusal::DuplicateEntry(entry.name.clone()));
            }
        }
        Ok(Self { entries, names })
    }

    /// The entry of this name, if there is one.
    pub(crate) fn find(&self, name: &str) -> Option<&Entry> {
        self.names.get(&name.to_ascii_lowercase()).map(|&index| &self.entries[index])
    }

    /// All entries, in the order of the list.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How often each of these words stands in a part.
    pub(crate) fn count<const N: usize>(
        source: &mut dyn Source,
        entry: &Entry,
        cap: Cap,
        words: [&[u8]; N],
    ) -> Result<[u64; N], Refusal> {
        let mut part = Part::open(source, entry, cap)?;
        let (mut counts, mut held) = ([0; N], 0);
        let longest = words.iter().map(|word| word.len()).max().unwrap_or(0);
        let mut window = vec![0; 64 << 10];
        loop {
            let read = part.read(&mut window[held..])?;
            let filled = held + read;
            for (count, word) in counts.iter_mut().zip(words) {
                // What ends in what was held was counted before.
                let fresh = held.saturating_sub(word.len() - 1);
                *count += memchr::memmem::find_iter(&window[fresh..filled], word).count() as u64;
            }
            if read == 0 {
                return Ok(counts);
            }
            let kept = filled.min(longest - 1);
            window.copy_within(filled - kept..filled, 0);
            held = kept;
        }
    }

    /// The whole content of a small part; none when there is no such part.
    pub(crate) fn bytes(
        &self,
        source: &mut dyn Source,
        name: &str,
        cap: Cap,
    ) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(entry) = self.find(name) else { return Ok(None) };
        let mut part = Part::open(source, entry, cap)?;
        let mut bytes = Vec::new();
        let mut chunk = [0; 8192];
        loop {
            let read = part.read(&mut chunk)?;
            if read == 0 {
                return Ok(Some(bytes));
            }
            bytes.extend_from_slice(&chunk[..read]);
        }
    }
}

/// Finds the end record: the last one whose comment reaches exactly to the end of the file, or the last one that stands right behind its
/// list of entries; bytes behind that are none of the archive's.
fn find_end(source: &mut dyn Source, length: u64) -> Result<End, Refusal> {
    let mut tail = read_span(source, length.saturating_sub(LONGEST_END), length)?;
    let ends = |at: &usize| at + 22 + usize::from(u16_at(&tail, at + 20)) == tail.len();
    let at = match records(&tail).into_iter().find(ends) {
        Some(at) => at,
        None => {
            let (found, at) = find_further(source, length)?;
            tail = found;
            at
        }
    };
    let (entries, size, directory) = (u16_at(&tail, at + 10), u32_at(&tail, at + 12), u32_at(&tail, at + 16));
    if entries != u16::MAX && size != u32::MAX && directory != u32::MAX {
        return Ok(End { directory: directory.into(), size: size.into(), entries: entries.into() });
    }
    if at >= 20 && u32_at(&tail, at - 20) == signature::LOCATOR_64 {
        return read_end_64(source, u64_at(&tail, at - 12), length);
    }
    Ok(End { directory: directory.into(), size: size.into(), entries: entries.into() })
}

/// Finds the last end record right behind its list, in all of the source; with the bytes that it stands in.
fn find_further(source: &mut dyn Source, length: u64) -> Result<(Vec<u8>, usize), Refusal> {
    let mut end = length;
    loop {
        let start = end.saturating_sub(BEHIND);
        let bytes = read_span(source, start, end)?;
        let follows = |at: &usize| {
            let list = u64::from(u32_at(&bytes, at + 12)) + u64::from(u32_at(&bytes, at + 16));
            list == start + *at as u64 || follows_end_64(&bytes, *at, start)
        };
        if let Some(at) = records(&bytes).into_iter().find(follows) {
            return Ok((bytes, at));
        }
        if start == 0 {
            return Err(damaged("the archive has no end: the file was cut off"));
        }
        // What stands over the border is seen whole by the next.
        end = start + ENDS;
    }
}

/// Whether the end record at this place stands behind the two of zip64 (APPNOTE 4.3.14 and 4.3.15): the list is before those then.
fn follows_end_64(tail: &[u8], at: usize, start: u64) -> bool {
    let Some(locator) = at.checked_sub(20).filter(|&at| u32_at(tail, at) == signature::LOCATOR_64) else {
        return false;
    };
    let told = u64_at(tail, locator + 8);
    let end = told.checked_sub(start).and_then(|at| usize::try_from(at).ok()).filter(|at| at + 56 <= locator);
    end.is_some_and(|end| {
        u32_at(tail, end) == signature::END_64
            && u64_at(tail, end + 40).checked_add(u64_at(tail, end + 48)) == Some(told)
    })
}

/// Where end records may start in these bytes, the last first.
fn records(tail: &[u8]) -> Vec<usize> {
    let signature = signature::END.to_le_bytes();
    memchr::memmem::rfind_iter(tail, &signature).filter(|&at| at + 22 <= tail.len()).collect()
}

/// The bytes of the source from one place to another.
fn read_span(source: &mut dyn Source, start: u64, end: u64) -> Result<Vec<u8>, Refusal> {
    let mut bytes = vec![0; end.saturating_sub(start) as usize];
    source.seek(SeekFrom::Start(start))?;
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The zip64 end record (APPNOTE 4.3.14).
fn read_end_64(source: &mut dyn Source, at: u64, length: u64) -> Result<End, Refusal> {
    if at.checked_add(56).is_none_or(|over| over > length) {
        return Err(damaged("the archive's zip64 end stands beyond its end"));
    }
    let mut record = [0; 56];
    source.seek(SeekFrom::Start(at))?;
    source.read_exact(&mut record)?;
    if u32_at(&record, 0) != signature::END_64 {
        return Err(damaged("the archive's zip64 end is not where it should be"));
    }
    Ok(End { entries: u64_at(&record, 32), size: u64_at(&record, 40), directory: u64_at(&record, 48) })
}

fn read_entries(bytes: &[u8], claimed: u64) -> Result<Vec<Entry>, Refusal> {
    let mut entries = Vec::new();
    let mut at = 0;
    while entries.len() as u64 != claimed {
        let record = bytes.get(at..).filter(|rest| rest.len() >= CENTRAL);
        let Some(record) = record.filter(|record| u32_at(record, 0) == signature::CENTRAL) else {
            return Err(damaged("the archive's list holds fewer entries than it says"));
        };
        let (name, extra, comment) = (u16_at(record, 28), u16_at(record, 30), u16_at(record, 32));
        let over = CENTRAL + usize::from(name) + usize::from(extra);
        if record.len() < over + usize::from(comment) {
            return Err(damaged("an entry of the archive's list is cut off"));
        }
        entries.push(read_entry(&record[..over], usize::from(name))?);
        at += over + usize::from(comment);
    }
    if bytes.get(at..at + 4).is_some_and(|four| u32_at(four, 0) == signature::CENTRAL) {
        return Err(damaged("the archive's list holds more entries than it says"));
    }
    Ok(entries)
}

/// Reads one central record that ends after its extra field.
fn read_entry(record: &[u8], name: usize) -> Result<Entry, Refusal> {
    let extra = &record[CENTRAL + name..];
    let head = 30 + name as u64;
    let name = entry_name(&record[CENTRAL..CENTRAL + name])?;
    if u16_at(record, 8) & 1 != 0 {
        return Err(Refusal::PasswordProtected);
    }
    let deflated = match u16_at(record, 10) {
        0 => false,
        8 => true,
        _ => return Err(Refusal::UnknownCompression(name)),
    };
    let mut sizes = [u32_at(record, 24), u32_at(record, 20), u32_at(record, 42)].map(u64::from);
    widen(&mut sizes, extra);
    Ok(Entry { name, offset: sizes[2], head, stored: sizes[1], checksum: u32_at(record, 16), deflated })
}

/// Takes the sizes that do not fit into four bytes from the zip64 extra field (APPNOTE 4.5.3).
fn widen(sizes: &mut [u64; 3], mut extra: &[u8]) {
    while extra.len() >= 4 {
        let (kind, length) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        let Some(mut body) = extra.get(4..4 + length) else { return };
        if kind == 1 {
            for size in sizes.iter_mut().filter(|size| **size == u64::from(u32::MAX)) {
                let Some((eight, rest)) = body.split_at_checked(8) else { return };
                *size = u64_at(eight, 0);
                body = rest;
            }
        }
        extra = &extra[4 + length..];
    }
}

/// The name with `/` between folders; refused when it could name a place outside the archive.
fn entry_name(bytes: &[u8]) -> Result<String, Refusal> {
    let name = String::from_utf8_lossy(bytes).replace('\\', "/");
    let drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with('/') || drive || name.contains('\0') || name.split('/').any(|folder| folder == "..") {
        return Err(Refusal::UnsafeEntry(name));
    }
    Ok(name)
}

fn refuse_overlaps(entries: &[Entry], directory: u64) -> Result<(), Refusal> {
    let mut ranges: Vec<(u64, u64)> = entries
        .iter()
        .map(|entry| (entry.offset, entry.offset.saturating_add(entry.head).saturating_add(entry.stored)))
        .collect();
    ranges.sort_unstable();
    let next = ranges.iter().skip(1).map(|range| range.0).chain([directory]);
    if ranges.iter().zip(next).any(|(range, next)| range.1 > next) {
        return Err(Refusal::OverlappingEntries);
    }
    Ok(())
}

fn damaged(what: &str) -> Refusal {
    Refusal::Damaged(what.to_owned())
}

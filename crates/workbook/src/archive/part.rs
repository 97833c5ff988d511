//! One entry of the archive, inflated as it is read, with its real bytes counted against the limits.

use std::io::SeekFrom;

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::entry::Entry;
use super::record::{signature, u16_at, u32_at};
use crate::{Limits, Refusal, Source};

/// Bytes of the stored entry that are held at once.
const INPUT: usize = 32 << 10;
/// Inflated bytes before the ratio counts: small parts of repetition are ordinary.
const RATIO_FROM: u64 = 10 << 20;

/// How much of a part is taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cap {
    most: u64,
    ratio: u64,
    over: fn(u64) -> Refusal,
}

impl Cap {
    /// For the part that holds the rows.
    pub(crate) fn sheet(limits: &Limits) -> Self {
        Self { most: limits.sheet, ratio: limits.ratio, over: Refusal::SheetTooLarge }
    }

    /// For the shared strings.
    pub(crate) fn shared_strings(limits: &Limits) -> Self {
        Self { most: limits.shared_strings, ratio: limits.ratio, over: Refusal::SharedStringsTooLarge }
    }

    /// For every other part.
    pub(crate) fn part(limits: &Limits) -> Self {
        Self { most: limits.part, ratio: limits.ratio, over: Refusal::PartTooLarge }
    }
}

/// An entry being inflated.
pub(crate) struct Part<'b> {
    source: &'b mut dyn Source,
    name: String,
    cap: Cap,
    stored: u64,
    left: u64,
    input: Vec<u8>,
    used: usize,
    inflate: Option<Decompress>,
    inflated: u64,
    checksum: u32,
    sum: Crc,
    ended: bool,
}

impl<'b> Part<'b> {
    /// Goes to the entry's first byte.
    pub(crate) fn open(source: &'b mut dyn Source, entry: &Entry, cap: Cap) -> Result<Self, Refusal> {
        let mut header = [0; 30];
        source.seek(SeekFrom::Start(entry.offset))?;
        source.read_exact(&mut header)?;
        if u32_at(&header, 0) != signature::LOCAL {
            return Err(Refusal::Damaged(format!("{}: no entry where the list has one", entry.name)));
        }
        let skipped = i64::from(u16_at(&header, 26)) + i64::from(u16_at(&header, 28));
        source.seek(SeekFrom::Current(skipped))?;
        Ok(Self {
            source,
            name: entry.name.clone(),
            cap,
            stored: entry.stored,
            left: entry.stored,
            input: Vec::new(),
            used: 0,
            inflate: entry.deflated.then(|| Decompress::new(false)),
            inflated: 0,
            checksum: entry.checksum,
            sum: Crc::new(),
            ended: false,
        })
    }

    /// Bytes of the stored entry consumed, and how many there are.
    pub(crate) fn progress(&self) -> (u64, u64) {
        (self.consumed(), self.stored)
    }

    /// Reads some bytes; 0 at the end, where the checksum is compared.
    pub(crate) fn read(&mut self, output: &mut [u8]) -> Result<usize, Refusal> {
        if output.is_empty() || self.ended {
            return Ok(0);
        }
        let made = loop {
            if self.used == self.input.len() && self.left > 0 {
                self.refill()?;
            }
            let made = self.step(output)?;
            if made > 0 || self.ended {
                break made;
            }
        };
        self.sum.update(&output[..made]);
        self.inflated += made as u64;
        self.check()?;
        Ok(made)
    }

    fn consumed(&self) -> u64 {
        self.stored - self.left - (self.input.len() - self.used) as u64
    }

    fn refill(&mut self) -> Result<(), Refusal> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(INPUT);
        self.input.resize(most, 0);
        self.source.read_exact(&mut self.input)?;
        self.used = 0;
        self.left -= most as u64;
        Ok(())
    }

    /// Moves what one call of the inflater moves, and notes the end.
    fn step(&mut self, output: &mut [u8]) -> Result<usize, Refusal> {
        let input = &self.input[self.used..];
        let Some(inflate) = &mut self.inflate else {
            let moved = input.len().min(output.len());
            output[..moved].copy_from_slice(&input[..moved]);
            self.used += moved;
            self.ended = moved == 0;
            return Ok(moved);
        };
        let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
        let status = inflate
            .decompress(input, output, FlushDecompress::None)
            .map_err(|_| Refusal::Damaged(format!("{}: what is packed can't be unpacked", self.name)))?;
        let used = (inflate.total_in() - before_in) as usize;
        self.used += used;
        let made = (inflate.total_out() - before_out) as usize;
        self.ended = status == Status::StreamEnd;
        if made == 0 && used == 0 && !self.ended {
            return Err(Refusal::Damaged(format!("{}: cut off", self.name)));
        }
        Ok(made)
    }

    /// Holds what was read so far against the limits, and at the end against the checksum.
    fn check(&self) -> Result<(), Refusal> {
        if self.inflated > self.cap.most {
            return Err((self.cap.over)(self.cap.most));
        }
        if self.inflated > RATIO_FROM && self.inflated / self.cap.ratio.max(1) > self.consumed() {
            return Err(Refusal::RatioTooHigh(self.cap.ratio));
        }
        if self.ended && self.sum.sum() != self.checksum {
            return Err(Refusal::Damaged(format!("{}: the checksum is wrong", self.name)));
        }
        Ok(())
    }
}

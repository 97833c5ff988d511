//! A window over a stream of text: bytes are asked for by number, whatever the source, and are UTF-8 whatever its
//! encoding. It grows only for a token that does not fit, and only up to the caller's limit.

use std::collections::VecDeque;

use encoding_rs::{Decoder, DecoderResult};

use crate::archive::Part;
use crate::charset::{Coding, Letters, letter};
use crate::{Progress, Refusal, Source};

/// Bytes read at once.
const CHUNK: usize = 64 << 10;
/// Room beyond a chunk, so that a decoder always has a place for the next character.
const ROOM: usize = 64;
/// What stands in place of bytes that are no character in their encoding.
const REPLACEMENT: &[u8] = "\u{FFFD}".as_bytes();

/// Where the bytes come from.
pub(crate) enum Input<'b> {
    /// An entry of an archive.
    Part(Box<Part<'b>>),
    /// A plain file, its length, and how much of it was read.
    Plain { source: &'b mut dyn Source, length: u64, read: u64 },
}

/// The bytes that are held, and how to get more.
pub(crate) struct Window<'b> {
    input: Input<'b>,
    decoding: Option<Decoding>,
    bytes: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    /// How many bytes were held before the first that is held now.
    gone: u64,
    /// Where decoding put a replacement that was not consumed yet, counted from the first byte of all.
    broken: VecDeque<u64>,
    /// Whether a replacement was consumed since that was last asked.
    passed_broken: bool,
}

struct Decoding {
    decoder: Decodes,
    encoded: Vec<u8>,
}

/// What makes UTF-8 of the bytes.
enum Decodes {
    Known(Decoder),
    Table(&'static Letters),
}

impl<'b> Window<'b> {
    /// A window over a source that is UTF-8 or in this encoding.
    pub(crate) fn new(input: Input<'b>, coding: Option<Coding>) -> Self {
        let mut window = Self {
            input,
            decoding: None,
            bytes: vec![0; 2 * CHUNK],
            start: 0,
            end: 0,
            ended: false,
            gone: 0,
            broken: VecDeque::new(),
            passed_broken: false,
        };
        window.decode(coding);
        window
    }

    /// Takes what follows as being in this encoding. What is in the window already is decoded anew, so this must be
    /// called before anything was consumed.
    pub(crate) fn decode(&mut self, coding: Option<Coding>) {
        let held = self.bytes[self.start..self.end].to_vec();
        let decoder = match coding {
            None => return,
            Some(Coding::Known(encoding)) => Decodes::Known(encoding.new_decoder_with_bom_removal()),
            Some(Coding::Table(letters)) => Decodes::Table(letters),
        };
        self.decoding = Some(Decoding { decoder, encoded: held });
        self.start = 0;
        self.end = 0;
        self.ended = false;
    }

    /// What is held and not consumed.
    #[inline]
    pub(crate) fn rest(&self) -> &[u8] {
        &self.bytes[self.start..self.end]
    }

    /// Consumes bytes that are held.
    #[inline]
    pub(crate) fn advance(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
        if !self.broken.is_empty() {
            self.pass_broken();
        }
    }

    /// Takes back bytes that were consumed last, so that they are read once more.
    #[cold]
    pub(crate) fn take_back(&mut self, consumed: &[u8]) {
        let mut bytes = consumed.to_vec();
        bytes.extend_from_slice(self.rest());
        self.gone = (self.gone + self.start as u64).saturating_sub(consumed.len() as u64);
        (self.start, self.end) = (0, bytes.len());
        bytes.resize(bytes.len() + 2 * CHUNK, 0);
        self.bytes = bytes;
    }

    /// Whether what was consumed since the last call held bytes that are no character in their encoding. A replacement character
    /// that really stands in the source is none of them.
    #[inline]
    pub(crate) fn take_broken(&mut self) -> bool {
        std::mem::take(&mut self.passed_broken)
    }

    /// Tries to hold this many bytes; fewer only at the end.
    #[inline]
    pub(crate) fn ensure(&mut self, count: usize) -> Result<(), Refusal> {
        while self.end - self.start < count && self.more(u64::MAX)? {}
        Ok(())
    }

    /// Reads on, so that the window holds more than before. False at the end of the source.
    ///
    /// # Errors
    /// When the window holds `most` bytes already and there would be more: a token beyond its limit.
    pub(crate) fn more(&mut self, most: u64) -> Result<bool, Refusal> {
        if self.ended {
            return Ok(false);
        }
        if (self.end - self.start) as u64 > most {
            return Err(Refusal::TokenTooLong(most));
        }
        if self.start > 0 {
            self.bytes.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.gone += self.start as u64;
            self.start = 0;
        }
        if self.bytes.len() - self.end < CHUNK + ROOM {
            self.bytes.resize(self.bytes.len() * 2, 0);
        }
        let before = self.end;
        while self.end - before < CHUNK && !self.ended {
            self.pull()?;
        }
        Ok(self.end > before)
    }

    /// How far the source was read.
    pub(crate) fn progress(&self) -> Progress {
        let (done, total) = match &self.input {
            Input::Part(part) => part.progress(),
            Input::Plain { length, read, .. } => (*read, *length),
        };
        Progress { done, total }
    }

    /// One read from the source into the room that there is.
    fn pull(&mut self) -> Result<(), Refusal> {
        let Some(decoding) = &mut self.decoding else {
            let read = self.input.read(&mut self.bytes[self.end..])?;
            self.ended = read == 0;
            self.end += read;
            return Ok(());
        };
        let mut last = false;
        if decoding.encoded.is_empty() {
            decoding.encoded.resize(CHUNK / 2, 0);
            let read = self.input.read(&mut decoding.encoded)?;
            decoding.encoded.truncate(read);
            last = read == 0;
        }
        let mut used = 0;
        // A place is left for the replacement, and when little else is left the rest waits for the next call.
        while self.bytes.len() - self.end >= ROOM {
            let last_place = self.bytes.len() - REPLACEMENT.len();
            let (encoded, room) = (&decoding.encoded[used..], &mut self.bytes[self.end..last_place]);
            let (result, read, written) = decoding.decoder.decode(encoded, room, last);
            used += read;
            self.end += written;
            if !matches!(result, DecoderResult::Malformed(..)) {
                self.ended = last && result == DecoderResult::InputEmpty;
                break;
            }
            self.broken.push_back(self.gone + self.end as u64);
            self.bytes[self.end..][..REPLACEMENT.len()].copy_from_slice(REPLACEMENT);
            self.end += REPLACEMENT.len();
        }
        decoding.encoded.drain(..used);
        Ok(())
    }

    #[cold]
    fn pass_broken(&mut self) {
        let here = self.gone + self.start as u64;
        while self.broken.front().is_some_and(|&place| place < here) {
            self.broken.pop_front();
            self.passed_broken = true;
        }
    }
}

impl Decodes {
    /// Decodes bytes into the room that there is: what came of it, how many bytes were read and how many written.
    fn decode(&mut self, encoded: &[u8], room: &mut [u8], last: bool) -> (DecoderResult, usize, usize) {
        let letters = match self {
            Self::Known(decoder) => return decoder.decode_to_utf8_without_replacement(encoded, room, last),
            Self::Table(letters) => letters,
        };
        let mut written = 0;
        for (read, &byte) in encoded.iter().enumerate() {
            let letter = letter(letters, byte);
            if letter == char::REPLACEMENT_CHARACTER {
                return (DecoderResult::Malformed(1, 0), read + 1, written);
            }
            let Some(place) = room.get_mut(written..written + letter.len_utf8()) else {
                return (DecoderResult::OutputFull, read, written);
            };
            letter.encode_utf8(place);
            written += letter.len_utf8();
        }
        (DecoderResult::InputEmpty, encoded.len(), written)
    }
}

impl Input<'_> {
    fn read(&mut self, output: &mut [u8]) -> Result<usize, Refusal> {
        match self {
            Self::Part(part) => part.read(output),
            Self::Plain { source, read, .. } => {
                let count = source.read(output)?;
                *read += count as u64;
                Ok(count)
            }
        }
    }
}

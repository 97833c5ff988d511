//! A window over a stream of text: bytes are asked for by number, whatever the source, and are UTF-8 whatever its
//! encoding. It grows only for a token that does not fit, and only up to the caller's limit.

use encoding_rs::{Decoder, Encoding};

use crate::archive::Part;
use crate::{Progress, Refusal, Source};

/// Bytes read at once.
const CHUNK: usize = 64 << 10;
/// Room beyond a chunk, so that a decoder always has a place for the next character.
const ROOM: usize = 64;

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
}

struct Decoding {
    decoder: Decoder,
    encoded: Vec<u8>,
}

impl<'b> Window<'b> {
    /// A window over a source that is UTF-8 or in this encoding.
    pub(crate) fn new(input: Input<'b>, encoding: Option<&'static Encoding>) -> Self {
        let mut window =
            Self { input, decoding: None, bytes: vec![0; 2 * CHUNK], start: 0, end: 0, ended: false };
        window.decode(encoding);
        window
    }

    /// Takes what follows as being in this encoding. What is in the window already is decoded anew, so this must be
    /// called before anything was consumed.
    pub(crate) fn decode(&mut self, encoding: Option<&'static Encoding>) {
        let held = self.bytes[self.start..self.end].to_vec();
        let Some(encoding) = encoding else { return };
        self.decoding = Some(Decoding { decoder: encoding.new_decoder_with_bom_removal(), encoded: held });
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
        let room = &mut self.bytes[self.end..];
        let (result, read, written, _) = decoding.decoder.decode_to_utf8(&decoding.encoded, room, last);
        decoding.encoded.drain(..read);
        self.end += written;
        self.ended = last && result == encoding_rs::CoderResult::InputEmpty;
        Ok(())
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

//! From a store thread, which writes, to an answer, which is sent: a channel that holds a few pieces, so that a slow reader
//! slows the writer and memory stays flat.

use std::io::{Error, ErrorKind, Result, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Bytes;
use tokio::sync::mpsc;

use super::download::Piece;

/// Bytes of a piece; the first one is small, so that the browser shows the download at once.
const PIECE: usize = 64 * 1024;
const FIRST: usize = 512;
/// Pieces under way.
const PIECES: usize = 4;

/// The end that a store thread writes to. Not to be used inside async code: it waits for the reader.
pub(super) struct Pour {
    pieces: mpsc::Sender<Piece>,
    filling: Vec<u8>,
    full_at: usize,
    abandoned: bool,
}

/// The end that is sent.
pub(super) struct Poured(mpsc::Receiver<Piece>);

/// A channel of pieces.
pub(super) fn pour() -> (Pour, Poured) {
    let (sender, receiver) = mpsc::channel(PIECES);
    (Pour { pieces: sender, filling: Vec::new(), full_at: FIRST, abandoned: false }, Poured(receiver))
}

impl Pour {
    /// Whether nobody listens any more.
    pub(super) fn is_abandoned(&self) -> bool {
        self.abandoned
    }

    /// Breaks the answer off, so that the browser says the download failed instead of keeping half a file.
    pub(super) fn fail(&mut self) {
        self.filling.clear();
        let broken = Error::other("the download could not be written to its end");
        self.abandoned |= self.pieces.blocking_send(Err(broken)).is_err();
    }

    /// Sends what is left.
    pub(super) fn end(mut self) {
        // Who is gone needs nothing more.
        let _ = self.send();
    }

    fn send(&mut self) -> Result<()> {
        if self.filling.is_empty() {
            return Ok(());
        }
        self.full_at = PIECE;
        let piece = Bytes::from(std::mem::replace(&mut self.filling, Vec::with_capacity(PIECE)));
        self.pieces.blocking_send(Ok(piece)).map_err(|_| {
            self.abandoned = true;
            Error::from(ErrorKind::BrokenPipe)
        })
    }
}

impl Write for Pour {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.filling.extend_from_slice(bytes);
        if self.filling.len() >= self.full_at {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

impl futures_core::Stream for Poured {
    type Item = Piece;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Piece>> {
        self.0.poll_recv(context)
    }
}

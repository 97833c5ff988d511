//! From a thread that uses the store to the web: what is written there with `std::io::Write` comes out as a stream of pieces, a few at a time, so
//! that a slow reader slows the writer down and nothing is ever whole in memory.

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use store::{Error, Result};

/// Bytes of one piece; the first one is small, so that a browser shows the download at once.
const PIECE: usize = 64 * 1024;
const FIRST: usize = 512;
/// Pieces that may wait to be read.
const WAITING: usize = 4;

/// What a job pours, piece by piece. An error ends it: whoever reads must take it for broken off.
pub struct Poured {
    first: Option<io::Result<Vec<u8>>>,
    rest: Receiver<io::Result<Vec<u8>>>,
}

impl Stream for Poured {
    type Item = io::Result<Vec<u8>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.first.take() {
            Some(first) => Poll::Ready(Some(first)),
            None => self.rest.poll_recv(context),
        }
    }
}

/// A pipe: the end that is written to, and the end that is read.
pub(super) fn pipe() -> (Spout, Receiver<io::Result<Vec<u8>>>) {
    let (sender, rest) = channel(WAITING);
    (Spout { sender, piece: Vec::with_capacity(PIECE), full_at: FIRST }, rest)
}

impl Poured {
    /// What comes out of a pipe, once its first piece is there.
    ///
    /// # Errors
    /// What was said before the first piece.
    pub(super) async fn of(mut rest: Receiver<io::Result<Vec<u8>>>) -> Result<Self> {
        match rest.recv().await {
            // What the job said is what is told: the pipe carries it whole.
            Some(Err(error)) => Err(said(error)),
            first => Ok(Self { first, rest }),
        }
    }
}

/// What a job said, out of what the pipe carried.
fn said(error: io::Error) -> Error {
    let words = error.to_string();
    match error.into_inner().map(|inner| inner.downcast::<Error>()) {
        Some(Ok(said)) => *said,
        _ => Error::Failed(words),
    }
}

/// The end that is written to, on a thread of its own.
pub(super) struct Spout {
    sender: Sender<io::Result<Vec<u8>>>,
    piece: Vec<u8>,
    full_at: usize,
}

impl Write for Spout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= self.full_at {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        self.full_at = PIECE;
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "nobody reads any more");
        self.sender.blocking_send(Ok(piece)).map_err(gone)
    }
}

impl Spout {
    /// Ends the stream: whole, or broken off.
    pub(super) fn end(mut self, done: Result<()>) {
        let done = done.and_then(|()| self.flush().map_err(|error| Error::Failed(error.to_string())));
        if let Err(error) = done {
            tracing::warn!(%error, "a stream broke off");
            // Whoever read may be gone; then nobody needs to know.
            let _ = self.sender.blocking_send(Err(io::Error::other(error)));
        }
    }
}

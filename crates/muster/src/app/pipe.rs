//! From a store's thread to the web: what is written there with `std::io::Write` comes out as a stream of pieces, a few at a time, so
//! that a slow reader slows the writer down and nothing is ever whole in memory.

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::App;
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

/// The end that is written to, on a store's thread.
struct Spout {
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

impl App {
    /// Runs a job that writes on one of the store's threads; answers when its first piece is there, so that a job that fails before it
    /// wrote anything is an error here and not a broken stream.
    ///
    /// # Errors
    /// What the job says before its first piece.
    pub async fn pour(
        &self,
        job: impl FnOnce(&Self, &mut dyn Write) -> Result<()> + Send + 'static,
    ) -> Result<Poured> {
        let (sender, mut rest) = channel(WAITING);
        let app = self.clone();
        let poured = move |this: &Self| {
            let mut spout = Spout { sender, piece: Vec::with_capacity(PIECE), full_at: FIRST };
            let done = job(this, &mut spout)
                .and_then(|()| spout.flush().map_err(|error| Error::Failed(error.to_string())));
            if let Err(error) = done {
                tracing::warn!(%error, "a stream broke off");
                // Whoever read may be gone; then nobody needs to know.
                let _ = spout.sender.blocking_send(Err(io::Error::other(error.to_string())));
            }
            Ok(())
        };
        tokio::spawn(async move { app.run(poured).await });
        match rest.recv().await {
            Some(Err(error)) => Err(Error::Failed(error.to_string())),
            first => Ok(Poured { first, rest }),
        }
    }
}

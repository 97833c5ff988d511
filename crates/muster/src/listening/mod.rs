//! Listening: takes connections, so many at the most, and answers their requests; a peer that keeps a connection without getting on with it
//! loses it. Knows no page and no address but those by which the health of the server is asked.

mod answering;
mod body;
mod compressed;
mod measured;
mod open;
mod patience;
mod routes;
mod stream;
mod told;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};

use self::answering::Answering;
use self::open::{Open, Slot};
use self::stream::Patient;
use self::told::Told;

pub use self::open::Most;
pub use self::patience::Patience;
pub use self::routes::Routes;

/// How long requests in flight may take to finish once the server was asked to end.
const LAST_REQUESTS: Duration = Duration::from_secs(8);
/// How long taking connections rests after it failed: most likely there are no more files for them.
const AFTER_FAILURE: Duration = Duration::from_millis(100);

/// What a peer may take of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Time.
    pub patience: Patience,
    /// Connections.
    pub most: Most,
}

impl Limits {
    /// Those of a server, by how many files the process may have open.
    pub fn usual() -> Self {
        Self { patience: Patience::USUAL, most: Most::of_process() }
    }
}

/// Serves routes until `shutdown` completes; then requests in flight have eight seconds to finish.
///
/// # Errors
/// None as yet: what fails, fails for one connection.
pub async fn serve(
    routes: Router,
    listener: TcpListener,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let open = Routes::closed();
    open.open(routes);
    serve_once_open(open, listener, limits, shutdown).await
}

/// As [`serve`], with routes that may not be there yet.
///
/// # Errors
/// As there.
pub async fn serve_once_open(
    routes: Routes,
    listener: TcpListener,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let (tell, ended) = watch::channel(false);
    // Each connection has one end of it: when all are gone, nothing more can be received.
    let (alive, mut all_gone) = mpsc::channel::<Infallible>(1);
    let door =
        Arc::new(Door { routes, patience: limits.patience, open: Open::new(limits.most), slow: Told::new() });
    let failures = Told::new();
    let take = |(stream, peer): (TcpStream, SocketAddr)| {
        let (slot, ended, alive) = (door.open.enter(), ended.clone(), alive.clone());
        let door = Arc::clone(&door);
        tokio::spawn(async move {
            door.answer(stream, peer, slot, ended).await;
            drop(alive);
        });
    };
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => take(accepted),
                Err(error) => {
                    failures.tell(|times| tracing::error!(%error, times, "connections could not be taken"));
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
            }
        }
    }
    // Who was let in by the system before the end is answered: else each restart would break off a few.
    while let Ok(Ok(accepted)) = tokio::time::timeout(Duration::ZERO, listener.accept()).await {
        take(accepted);
    }
    drop((listener, alive));
    // Nobody may be connected.
    let _ = tell.send(true);
    // When they are not gone by then, they are cut off.
    let _ = tokio::time::timeout(LAST_REQUESTS, all_gone.recv()).await;
    Ok(())
}

/// What all connections share.
struct Door {
    routes: Routes,
    patience: Patience,
    open: Open,
    slow: Told,
}

impl Door {
    /// Answers the requests of one connection until it ends.
    async fn answer(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
        slot: Slot,
        mut ended: watch::Receiver<bool>,
    ) {
        // What is not sent yet would else wait for an answer of the peer's machine.
        let _ = stream.set_nodelay(true);
        let io = TokioIo::new(Patient::new(stream, self.patience));
        let answering = Answering::new(self.routes.clone(), peer, slot.clone(), self.patience);
        let head =
            if slot.is_spare() { self.patience.head.min(open::SPARE_HEAD) } else { self.patience.head };
        let mut server = http1::Builder::new();
        server.timer(TokioTimer::new()).header_read_timeout(head).keep_alive(!slot.is_spare());
        let mut connection = std::pin::pin!(server.serve_connection(io, answering));
        let mut ending = false;
        let done = loop {
            tokio::select! {
                done = connection.as_mut() => break done,
                () = slot.left() => break Ok(()),
                _ = ended.wait_for(|ended| *ended), if !ending => {
                    ending = true;
                    connection.as_mut().graceful_shutdown();
                }
            }
        };
        if done.is_err_and(|error| patience::is_over(&error)) {
            self.slow
                .tell(|times| tracing::info!(times, "connections were closed: their peers were too slow"));
        }
    }
}

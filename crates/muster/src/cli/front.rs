//! The listeners of `muster serve`, which answer from the first moment: until the database is open and up to date with 503 to all but
//! `/healthz`, so that whoever asks for the health of the server is told what it does and not that it is dead.

use std::net::TcpListener;

use sentences::say;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::ending::Failure;
use super::notified::notify;
use crate::app::App;
use crate::listening::{self, Limits, Most, Patience, Routes};
use crate::{api, web};

/// Connections of those who watch the server, on the address of their own.
const WATCHING: Most = Most { usual: 16, spare: 4 };

/// What listens.
pub(super) struct Front {
    runtime: Runtime,
    pages: Listening,
    metrics: Option<Listening>,
    /// Whether the process was asked to end.
    asked: watch::Receiver<bool>,
    /// Tells the listeners to end.
    end: watch::Sender<bool>,
}

struct Listening {
    routes: Routes,
    ended: JoinHandle<std::io::Result<()>>,
}

impl Front {
    /// Begins to answer on these. The store is not to be used inside async code: whoever called this may, on its own thread.
    pub(super) fn listen(pages: TcpListener, metrics: Option<TcpListener>) -> Result<Self, Failure> {
        let runtime = Builder::new_multi_thread().enable_all().build().map_err(|error| told(&error))?;
        let (end, ending) = watch::channel(false);
        let in_runtime = runtime.enter();
        let pages = Listening::begin(pages, Limits::usual(), ending.clone())?;
        let few = Limits { patience: Patience::USUAL, most: WATCHING };
        let metrics = metrics.map(|listener| Listening::begin(listener, few, ending)).transpose()?;
        let asked_to_end = web::asked_to_end().map_err(|error| told(&error))?;
        let (tell, asked) = watch::channel(false);
        let routes = pages.routes.clone();
        tokio::spawn(async move {
            asked_to_end.await;
            tracing::info!("asked to end");
            if !routes.is_open() {
                // What is brought up to date is so in transactions: one that is left is as if it had not begun.
                std::process::exit(0);
            }
            // Whoever served may have failed.
            let _ = tell.send(true);
        });
        drop(in_runtime);
        Ok(Self { runtime, pages, metrics, asked, end })
    }

    /// Serves until the process is asked to end; `ready` is called once requests are answered.
    pub(super) fn serve(
        self,
        app: &App,
        is_demo: bool,
        ready: impl FnOnce() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let Self { runtime, pages, metrics, mut asked, end } = self;
        let routes = web::router(app.clone()).merge(api::router(app.clone()));
        let routes = if is_demo { routes.merge(web::design::router(app.clone())) } else { routes };
        pages.routes.open(routes);
        metrics.iter().for_each(|metrics| metrics.routes.open(web::watched(app.clone())));
        ready()?;
        notify("READY=1");
        runtime.block_on(async {
            // An end without a word is one, too.
            let _ = asked.wait_for(|asked| *asked).await;
            notify("STOPPING=1");
            app.stop_working();
            // Whoever watches may go on until the end.
            let _ = end.send(true);
            pages
                .ended
                .await
                .map_err(|error| told(&std::io::Error::other(error)))?
                .map_err(|error| told(&error))
        })?;
        // A store thread that still pours a download to nobody is not waited for.
        runtime.shutdown_background();
        Ok(())
    }
}

impl Listening {
    fn begin(
        listener: TcpListener,
        limits: Limits,
        mut ending: watch::Receiver<bool>,
    ) -> Result<Self, Failure> {
        listener.set_nonblocking(true).map_err(|error| told(&error))?;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(|error| told(&error))?;
        let routes = Routes::closed();
        let shutdown = async move {
            let _ = ending.wait_for(|ending| *ending).await;
        };
        let ended = tokio::spawn(listening::serve_once_open(routes.clone(), listener, limits, shutdown));
        Ok(Self { routes, ended })
    }
}

fn told(error: &std::io::Error) -> Failure {
    Failure::new(say!("cli-serve-serving-failed", error = error.to_string()))
}

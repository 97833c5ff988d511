//! What is put together at start: the store, the clock, randomness and the settings; and the threads on which the store is used.

mod configuration;
mod pipe;
mod threads;

use std::io::Write;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::oneshot;

pub use configuration::Configuration;
pub use import::{Clock, Randomness};
pub use pipe::Poured;

use store::{Error, Result};

/// Everything that a request or a command needs: what imports need, and the settings and threads of the program. Cheap to clone.
#[derive(Clone)]
pub struct App {
    context: import::Context,
    /// What the operator decided.
    pub settings: Arc<Settings>,
    threads: threads::Threads,
    /// Whether a page of the database was found damaged.
    damaged: Arc<AtomicBool>,
}

/// A request or a command uses the store, the clock and randomness as the work on imports does, and hands itself on to it.
impl Deref for App {
    type Target = import::Context;

    fn deref(&self) -> &import::Context {
        &self.context
    }
}

impl DerefMut for App {
    fn deref_mut(&mut self) -> &mut import::Context {
        &mut self.context
    }
}

/// What the operator decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// `sqlite:PATH` or `postgres://...`.
    pub database: String,
    /// Where people reach the server, if not where it listens: `https://muster.example`.
    pub public_url: Option<String>,
    /// Addresses of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// The limits of reading files.
    pub limits: workbook::Limits,
    /// From which time on a statement of the database is told in the log; never when there is none.
    pub slow_statements: Option<Duration>,
    /// Whether a new work file may take the place of one that is missing, older than the database or another's.
    pub new_work_file: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database: "sqlite:muster.db".to_owned(),
            public_url: None,
            trusted_proxies: Vec::new(),
            limits: workbook::Limits::default(),
            slow_statements: None,
            new_work_file: false,
        }
    }
}

impl App {
    /// Opens the database of the settings and puts the rest beside it.
    ///
    /// # Errors
    /// When the database can't be opened.
    pub fn open(settings: Settings, clock: Clock, randomness: Randomness) -> Result<Self> {
        let open = match settings.new_work_file {
            true => import::Context::open_with_new_work_file,
            false => import::Context::open,
        };
        let context = open(&settings.database, settings.limits, clock, randomness)?;
        if let Some(time) = settings.slow_statements {
            context.store.tell_slow_statements(time);
        }
        Ok(Self {
            context,
            settings: Arc::new(settings),
            threads: threads::Threads::start(),
            damaged: Arc::default(),
        })
    }

    /// Looks at all pages of the database, and tells what is damaged in the log; from then on [`App::is_damaged`] says so.
    pub fn look_at_pages(&self) {
        match self.store.damaged_pages() {
            Ok(found) if found.is_empty() => tracing::info!("the pages of the database are whole"),
            Ok(found) => {
                tracing::error!(found = found.join("; "), "the database is damaged: put a backup back");
                self.damaged.store(true, Ordering::Relaxed);
            }
            Err(error) => tracing::error!(%error, "the pages of the database can't be looked at"),
        }
    }

    /// Whether a page of the database was found damaged since the start.
    pub fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    /// Runs a job on one of the store's threads and waits for its answer without holding an async one.
    ///
    /// # Errors
    /// What the job says; a failure when it panicked.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, wait) = oneshot::channel();
        let app = self.clone();
        // What is logged over there is of the same request.
        let span = tracing::Span::current();
        let taken = self.threads.take(Box::new(move || {
            let done = span.in_scope(|| job(&app));
            // Whoever asked may be gone; then nobody needs the answer.
            let _ = answer.send(done);
        }));
        let gone = || Error::Failed("the store's threads are gone".to_owned());
        if !taken {
            return Err(gone());
        }
        wait.await.map_err(|_| gone())?
    }

    /// Runs a job that writes on one of the store's threads; answers when its first piece is there, so that a job that fails before it
    /// wrote anything is an error here and not a broken stream.
    ///
    /// # Errors
    /// What the job says before its first piece.
    pub async fn pour(
        &self,
        job: impl FnOnce(&Self, &mut dyn Write) -> Result<()> + Send + 'static,
    ) -> Result<Poured> {
        let (mut spout, rest) = pipe::pipe();
        let app = self.clone();
        let poured = move |this: &Self| {
            let done = job(this, &mut spout);
            spout.end(done);
            Ok(())
        };
        tokio::spawn(async move { app.run(poured).await });
        Poured::of(rest).await
    }
}

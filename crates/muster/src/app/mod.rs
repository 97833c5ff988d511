//! What is put together at start: the store, the clock, randomness and the settings; and the threads on which the store is used.

mod asking;
mod configuration;
mod figures;
mod mailing;
mod pipe;
mod places;
mod threads;

use std::io::Write;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sentences::{speaking, spoken};
use tokio::sync::oneshot;

pub use asking::{asked, asked_as, asked_by, asked_for, asked_from, only_looks};
pub use configuration::Configuration;
pub use import::{Clock, Randomness};
pub use mailing::Mailing;
pub use pipe::Poured;
pub use places::Place;
pub use threads::Jobs;

use places::Places;
use store::{AccountId, Bounds, Error, Result};

/// What a job of a request may take: it has one of the few threads of the store.
const OF_REQUESTS: Bounds = Bounds { statement: Duration::from_secs(2), wait: Duration::from_secs(8) };
/// So long an answer is waited for: a database that neither answers nor refuses, as on a disk that hangs, gives no statement up by itself.
const ANSWERED: Duration = Duration::from_secs(20);
/// What a job may take that has a thread of its own.
const OF_ITS_OWN: Bounds = Bounds { statement: Duration::from_secs(20), wait: Duration::from_secs(10) };
/// How many files go out, or come in, at once: for one account, and in all.
const FILES: (usize, usize) = (8, 64);
/// How many jobs have a thread of their own: for one account, and in all.
const ON_ITS_OWN: (usize, usize) = (8, 128);

/// Everything that a request or a command needs: what imports need, and the settings and threads of the program. Cheap to clone.
#[derive(Clone)]
pub struct App {
    context: import::Context,
    /// What the operator decided.
    pub settings: Arc<Settings>,
    threads: threads::Threads,
    places: Arc<OfApp>,
    /// Whether a page of the database was found damaged.
    damaged: Arc<AtomicBool>,
    figures: Arc<figures::LastFigures>,
}

/// The places of what takes long, by kind.
struct OfApp {
    out: Arc<Places>,
    coming: Arc<Places>,
    own: Arc<Places>,
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
    /// From how many users on a change that is hard on them has to be agreed to.
    pub blast: directory::BlastLimit,
    /// The page of support, shown beside tickets.
    pub support_url: Option<String>,
    /// The address of support, the same.
    pub support_email: Option<String>,
    /// How mail is sent, if it is.
    pub mailing: Option<Mailing>,
    /// Whether pages may be seen in disguise ([`sentences::Language::Mirrored`]): in demos and tests.
    pub disguise: bool,
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
            blast: directory::BlastLimit::default(),
            support_url: None,
            support_email: None,
            mailing: None,
            disguise: false,
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
        let mut context = open(&settings.database, settings.limits, clock, randomness)?;
        context.blast = settings.blast;
        context.pages.clone_from(&settings.public_url);
        if let Some(time) = settings.slow_statements {
            context.store.tell_slow_statements(time);
        }
        let places = |(of_one, most)| Places::new(of_one, most);
        let places = OfApp { out: places(FILES), coming: places(FILES), own: places(ON_ITS_OWN) };
        let (settings, threads) = (Arc::new(settings), threads::Threads::start());
        Ok(Self {
            context,
            settings,
            threads,
            places: Arc::new(places),
            damaged: Arc::default(),
            figures: Arc::default(),
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

    /// Numbers of the whole deployment, as of the last seconds; none when the database does not answer.
    pub fn figures(&self) -> Option<store::Figures> {
        self.figures.look(&self.store, self.clock.now())
    }

    /// What the store's threads have to do now.
    pub fn jobs(&self) -> Jobs {
        self.threads.jobs()
    }

    /// The same for those who may not be busy or wait for as long as they like; once somebody was let into an account, for it alone.
    fn bounded(&self, bounds: Bounds) -> Self {
        let mut app = self.clone();
        if let Some(account) = asking::account() {
            app.context = app.context.of(account);
        }
        let address = asking::address().map(|address| address.to_string());
        app.context.store =
            app.context.store.bounded(bounds).asked_from(address.as_deref()).asked_in(asking::number());
        app
    }

    /// Runs a short job on one of the store's threads, when it is the turn of whoever asks, and waits for its answer without holding an
    /// async one. A job that may wait for others is for [`Self::run_aside`].
    ///
    /// # Errors
    /// What the job says; [`Error::Crowded`] when too many jobs of the same asker wait; [`Error::Unreachable`] when it was not done after twenty
    /// seconds: whether it will be is not known; a failure when it panicked.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, wait) = oneshot::channel();
        let app = self.bounded(OF_REQUESTS);
        // What is logged and said over there is of the same request.
        let (span, language) = (tracing::Span::current(), spoken());
        let job = Box::new(move || {
            let done = span.in_scope(|| speaking(language, || job(&app)));
            // Whoever asked may be gone; then nobody needs the answer.
            let _ = answer.send(done);
        });
        self.threads.take(asking::asker(), job)?;
        match tokio::time::timeout(ANSWERED, wait).await {
            Ok(done) => done.map_err(|_| gone())?,
            Err(_) => Err(Error::Unreachable(format!("no answer within {} s", ANSWERED.as_secs()))),
        }
    }

    /// Runs a job on one of the store's threads to whose answer nobody listens.
    pub fn run_alone(&self, job: impl FnOnce(&Self) + Send + 'static) {
        let (app, language) = (self.bounded(OF_REQUESTS), spoken());
        let job = Box::new(move || speaking(language, || job(&app)));
        if let Err(error) = self.threads.take(asking::asker(), job) {
            tracing::warn!(%error, "a job was not done");
        }
    }

    /// Runs a job of an account that may take long or wait for others, on a thread of its own, and waits for its answer.
    ///
    /// # Errors
    /// What the job says; [`Error::Crowded`] when the account has too many of them; a failure when it panicked.
    pub async fn run_aside<T: Send + 'static>(
        &self,
        account: AccountId,
        job: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let place = self.places.own.take(account)?;
        let (answer, wait) = oneshot::channel();
        let app = self.bounded(OF_ITS_OWN);
        let (span, language) = (tracing::Span::current(), spoken());
        start("aside", move || {
            let done = span.in_scope(|| speaking(language, || job(&app)));
            drop(place);
            // Whoever asked may be gone; then nobody needs the answer.
            let _ = answer.send(done);
        })?;
        wait.await.map_err(|_| gone())?
    }

    /// A place for a file of an account that comes in.
    ///
    /// # Errors
    /// [`Error::Crowded`] when too many come in already.
    pub fn place_for_upload(&self, account: AccountId) -> Result<Place> {
        self.places.coming.take(account)
    }

    /// Runs a job of an account that writes, on a thread of its own, which waits while nobody reads and has nothing of the store
    /// meanwhile; answers when its first piece is there, so that a job that fails before it wrote anything is an error here and not a
    /// broken stream.
    ///
    /// # Errors
    /// What the job says before its first piece; [`Error::Crowded`] when too many files of the account go out.
    pub async fn pour(
        &self,
        account: AccountId,
        job: impl FnOnce(&Self, &mut dyn Write) -> Result<()> + Send + 'static,
    ) -> Result<Poured> {
        let place = self.places.out.take(account)?;
        let (mut spout, rest) = pipe::pipe();
        let app = self.bounded(OF_ITS_OWN);
        let (span, language) = (tracing::Span::current(), spoken());
        start("pouring", move || {
            let done = span.in_scope(|| speaking(language, || job(&app, &mut spout)));
            span.in_scope(|| spout.end(done));
            drop(place);
        })?;
        Poured::of(rest).await
    }
}

fn start(name: &str, job: impl FnOnce() + Send + 'static) -> Result<()> {
    let started = std::thread::Builder::new().name(name.to_owned()).spawn(job);
    started.map(drop).map_err(|error| Error::Failed(format!("a thread could not be started: {error}")))
}

fn gone() -> Error {
    Error::Failed("the store's threads are gone".to_owned())
}

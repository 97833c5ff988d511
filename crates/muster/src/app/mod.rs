//! What is put together at start: the store, the clock, randomness and the settings; and the threads on which the store is used.

mod configuration;
mod pipe;
mod threads;

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

pub use configuration::Configuration;
pub use import::{Clock, Randomness};
pub use pipe::Poured;

use store::Result;

/// Everything that a request or a command needs: what imports need, and the settings and threads of the program. Cheap to clone.
#[derive(Clone)]
pub struct App {
    context: import::Context,
    /// What the operator decided.
    pub settings: Arc<Settings>,
    threads: threads::Threads,
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
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database: "sqlite:muster.db".to_owned(),
            public_url: None,
            trusted_proxies: Vec::new(),
            limits: workbook::Limits::default(),
        }
    }
}

impl App {
    /// Opens the database of the settings and puts the rest beside it.
    ///
    /// # Errors
    /// When the database can't be opened.
    pub fn open(settings: Settings, clock: Clock, randomness: Randomness) -> Result<Self> {
        let context = import::Context::open(&settings.database, settings.limits.clone(), clock, randomness)?;
        Ok(Self { context, settings: Arc::new(settings), threads: threads::Threads::start() })
    }
}

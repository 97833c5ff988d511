//! What is put together at start: the store, the clock, randomness and the settings; and the threads on which the store is used.

mod clock;
mod configuration;
mod pipe;
mod randomness;
mod threads;

use std::sync::Arc;

pub use clock::Clock;
pub use configuration::Configuration;
pub use pipe::Poured;
pub use randomness::Randomness;

use crate::store::{Result, Store};

/// Everything that a request or a command needs. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// Where ids and secrets come from.
    pub randomness: Randomness,
    /// What the operator decided.
    pub settings: Arc<Settings>,
    threads: threads::Threads,
    bell: Arc<threads::Bell>,
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
        let lineage = randomness.letters(2);
        let store = Store::open(&settings.database, &lineage, clock.now())?;
        Ok(Self {
            store,
            clock,
            randomness,
            settings: Arc::new(settings),
            threads: threads::Threads::start(),
            bell: Arc::default(),
        })
    }
}

//! The flags that every command takes, and what they mean together with the environment and the settings file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use sentences::say;
use store::Account;

use super::ending::Failure;
use super::log::{Log, LogFormat};
use crate::app::{App, Clock, Configuration, Randomness, Settings};

/// What was typed.
#[derive(Args)]
#[command(next_help_heading = "Settings")]
pub(super) struct Flags {
    /// The database: sqlite:PATH (made when it is not there) or postgres://... [default: sqlite:muster.db]
    #[arg(long, global = true, value_name = "URL", env = "MUSTER_DATABASE", hide_env_values = true)]
    database: Option<String>,

    /// A settings file (TOML) for what neither a flag nor the environment says
    #[arg(long, global = true, value_name = "FILE", env = "MUSTER_CONFIG")]
    config: Option<PathBuf>,

    /// How log lines on stderr are written [default: text]
    #[arg(long, global = true, value_name = "FORMAT", env = "MUSTER_LOG_FORMAT")]
    log_format: Option<LogFormat>,

    /// Begin a new work file when the one beside the database is missing, older or another's: everybody signs in again, imports that
    /// wait are gone, users and their history stay
    #[arg(long, global = true)]
    new_work_file: bool,
}

/// What it means.
pub(super) struct Start {
    /// What the settings file says; empty without one.
    pub(super) file: Configuration,
    /// Whether a new work file may be begun.
    pub(super) new_work_file: bool,
    database: Option<String>,
    /// Held until the command has ended.
    _log: Log,
}

impl Flags {
    /// Reads the settings file and starts logging, from a level on.
    pub(super) fn read(self, level: tracing::Level) -> Result<Start, Failure> {
        let file =
            self.config.as_deref().map_or_else(|| Ok(Configuration::default()), Configuration::read)?;
        let format = match (self.log_format, file.log_format.as_deref()) {
            (Some(format), _) => format,
            (None, Some(word)) => LogFormat::from_str(word, true).map_err(|_| {
                Failure::new(say!("cli-start-log-format-is-text-or", word = word.to_string()))
            })?,
            (None, None) => LogFormat::Text,
        };
        let log = Log::start(format, level);
        Ok(Start {
            database: self.database.or_else(|| file.database.clone()),
            new_work_file: self.new_work_file,
            file,
            _log: log,
        })
    }
}

impl Start {
    /// The database that was named, if one was.
    pub(super) fn database(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// Where people reach the server, if it is typed or in the settings file. It stands in links: nobody's name or password may be in it.
    pub(super) fn public_url<'u>(&'u self, typed: Option<&'u str>) -> Result<Option<&'u str>, Failure> {
        match typed.or(self.file.public_url.as_deref()) {
            Some(url) if url.contains('@') => Err(Failure::new(say!("cli-the-public-url-names-nobody"))),
            url => Ok(url),
        }
    }

    /// Opens the database; an SQLite one is made when it is not there.
    pub(super) fn open_or_make(&self) -> Result<App, Failure> {
        let database = self.database.clone().unwrap_or_else(|| Settings::default().database);
        open(Settings {
            database,
            slow_statements: self.slow_statements(),
            new_work_file: self.new_work_file,
            blast: self.file.blast(),
            ..Settings::default()
        })
    }

    /// From which time on a statement is told, when the settings file says so.
    pub(super) fn slow_statements(&self) -> Option<Duration> {
        self.file.slow_statement_ms.map(Duration::from_millis)
    }

    /// Opens a database that is there: a command that only looks should not leave an empty one behind in the wrong folder.
    pub(super) fn open(&self) -> Result<App, Failure> {
        let database = self.database.clone().unwrap_or_else(|| Settings::default().database);
        if let Some(path) = database.strip_prefix("sqlite:")
            && !Path::new(path).exists()
        {
            return Err(Failure::new(say!("cli-start-there-is-no-database-at", path = path.to_string())));
        }
        self.open_or_make()
    }

    /// Opens the database and finds an account in it; what is done from then on sees its rows alone.
    pub(super) fn open_account(&self, slug: &str) -> Result<(App, Account), Failure> {
        let mut app = self.open()?;
        let account = app.store.account(slug)?.ok_or_else(|| {
            Failure::new(say!("cli-start-there-is-no-account-muster", slug = slug.to_string()))
        })?;
        app.store = app.store.of(account.id);
        Ok((app, account))
    }
}

/// Opens the database of these settings.
pub(super) fn open(settings: Settings) -> Result<App, Failure> {
    App::open(settings, Clock::Machine, Randomness::Machine).map_err(|error| {
        Failure::new(say!("cli-start-the-database-cant-be-opened", error = error.to_string()))
    })
}

/// Who the command line's changes are done by: `cli:` and the login name.
pub(super) fn actor() -> String {
    let named = |name: &&str| std::env::var(*name).ok().filter(|name| !name.is_empty());
    let name = ["LOGNAME", "USER"].iter().find_map(named).or_else(login_name);
    format!("cli:{}", name.as_deref().unwrap_or("unknown"))
}

/// The name of the user who runs this process, where the environment does not tell it (services, containers).
fn login_name() -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let number = std::fs::metadata("/proc/self").ok()?.uid().to_string();
    let known = std::fs::read_to_string("/etc/passwd").ok()?;
    let of_user = known.lines().map(|line| line.split(':').collect::<Vec<_>>());
    of_user.into_iter().find_map(|parts| {
        let [name, _, user, ..] = &parts[..] else { return None };
        (*user == number).then(|| (*name).to_owned())
    })
}

/// The name of this process as a worker: told apart from every other by its number and a random one.
pub(super) fn owner(app: &App) -> String {
    format!("cli-{}-{}", std::process::id(), app.randomness.number())
}

//! `muster serve`: the pages, REST and the import workers, in one process.

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::time::Duration;

use clap::Args;
use import::Workers;
use sentences::say;
use store::Error;

use super::demo;
use super::ending::{Ending, Failure};
use super::front::Front;
use super::output::answer;
use super::start::{Start, open};
use crate::access;
use crate::app::{App, Mailing, Settings};
use crate::mail::{Sender, Unusable};

/// Serve the web pages, REST and the import workers, in one process
///
/// Prints `listening on http://ADDRESS:PORT` on stdout when it is ready; log lines go to stderr. SIGTERM or ctrl-c finishes the
/// requests in flight and ends it within 10 seconds. Several processes may serve one PostgreSQL database.
#[derive(Args)]
#[command(after_help = "\
Examples:
  muster serve --demo                                       two made-up organisations, 1,000 and 200 users
  muster serve --listen 127.0.0.1:0 --database sqlite:/var/lib/muster/muster.db
  muster serve --public-url https://muster.example --trusted-proxy 127.0.0.1

The settings file (--config) is TOML and may say, for what neither a flag nor the environment says:
  database = \"sqlite:/var/lib/muster/muster.db\"
  listen = \"127.0.0.1:8080\"
  public_url = \"https://muster.example\"
  trusted_proxies = [\"127.0.0.1\"]
  metrics_listen = \"127.0.0.1:9090\"
  log_format = \"json\"
  slow_statement_ms = 100
  support_url = \"https://support.example\"
  support_email = \"support@muster.example\"
  smtp_url = \"smtp://muster:PASSWORD@mail.example:587?tls=required\"
  mail_from = \"Muster <muster@muster.example>\"

MUSTER_SMTP_URL and MUSTER_MAIL_FROM say the last two as well; no flag does, for others on the machine see flags.")]
pub(super) struct ServeFlags {
    /// Where to listen; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT", env = "MUSTER_LISTEN")]
    listen: Option<SocketAddr>,

    /// Where /metrics and the health of the server are answered besides, for whoever reaches that address
    #[arg(long, value_name = "ADDRESS:PORT", env = "MUSTER_METRICS_LISTEN")]
    metrics_listen: Option<SocketAddr>,

    /// Where people reach the server, when that is not where it listens: https://muster.example
    #[arg(long, value_name = "URL", env = "MUSTER_PUBLIC_URL")]
    public_url: Option<String>,

    /// A proxy whose X-Forwarded-For and X-Forwarded-Proto are believed; may stand several times
    #[arg(long, value_name = "IP", env = "MUSTER_TRUSTED_PROXY", value_delimiter = ',')]
    trusted_proxy: Vec<IpAddr>,

    /// Fill an empty database with two made-up organisations, and print how to sign in
    ///
    /// Without --database it is sqlite:muster-demo.db. On a database that is not empty nothing is filled in, and a fresh link is
    /// printed.
    #[arg(long, value_name = "USERS", num_args = 0..=1, require_equals = true, default_missing_value = "1000")]
    demo: Option<u64>,
}

const USUAL_PORT: SocketAddr = SocketAddr::new(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);
/// A statement of the database that takes longer is told in the log, if the settings file says no other time.
const SLOW: Duration = Duration::from_millis(100);
/// The database of a demo that names none: never the one of real users.
const DEMO_DATABASE: &str = "sqlite:muster-demo.db";
/// How many imports are worked on at once; each keeps about one core busy.
const WORKERS: usize = 2;
/// What each worker may take to come to an end, after the requests in flight had their eight seconds meanwhile.
const LAST_WORK: Duration = Duration::from_millis(700);

pub(super) fn run(typed: &ServeFlags, start: &Start) -> Result<Ending, Failure> {
    let listen = typed.listen.or(start.file.listen).unwrap_or(USUAL_PORT);
    let settings = typed.settings(start)?;
    let sender = sender_of(&settings)?;
    let listener = bind(listen)?;
    let watched = typed.metrics_listen.or(start.file.metrics_listen).map(bind).transpose()?;
    let address = listener.local_addr().map_err(|error| Failure::new(error.to_string()))?;
    let url = settings.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let front = Front::listen(listener, watched)?;
    let mut app = open(settings)?;
    app.pages = Some(url.trim_end_matches('/').to_owned());
    if app.store.passes_walls()? {
        tracing::warn!(
            "the role of the database is a superuser, or has BYPASSRLS: PostgreSQL does not keep organisations apart by itself; serve as another one"
        );
    }
    let welcome = typed.demo.map(|users| demo::prepare(&app, users, &url)).transpose()?;
    let setup = match typed.demo {
        Some(_) => None,
        None => setup_link(&app)?.map(|secret| format!("{}/setup/{secret}", url.trim_end_matches('/'))),
    };
    if let Some(sender) = sender {
        sender
            .start(&app)
            .map_err(|error| Failure::new(say!("cli-serve-mail-thread", error = error.to_string())))?;
    }
    let workers = Workers::start(&app, WORKERS);
    let looking = app.clone();
    let named = std::thread::Builder::new().name("pages".to_owned());
    if let Err(error) = named.spawn(move || looking.look_at_pages()) {
        tracing::warn!(%error, "no thread to look at the pages of the database");
    }
    front.serve(&app, typed.demo.is_some(), || {
        let told = answer(say!("cli-serve-listening-on-http", address = address.to_string()))
            .and_then(|()| setup.iter().try_for_each(|link| answer(say!("cli-serve-set-up", link = link))))
            .and_then(|()| welcome.iter().try_for_each(demo::Welcome::tell));
        if told.is_err() {
            // Who asks over the network is served all the same.
            tracing::warn!("what is printed at the start could not be: stdout is closed or full");
        }
        Ok(())
    })?;
    if !workers.stop(LAST_WORK) {
        tracing::info!("an import is left to the next worker, which begins its stage again");
    }
    Ok(Ending::Done)
}

/// The secret of a link to a first start, where there is none yet. A database that can only be read is served without one.
fn setup_link(app: &App) -> Result<Option<String>, Failure> {
    match access::setup_link(app) {
        Err(Error::OnlyReads) => {
            tracing::warn!("the database can only be read: there is no link to a first start");
            Ok(None)
        }
        link => Ok(link?),
    }
}

fn bind(listen: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(listen).map_err(|error| {
        Failure::new(say!(
            "cli-serve-cant-listen-on-name-another",
            listen = listen.to_string(),
            error = error.to_string()
        ))
    })
}

impl ServeFlags {
    /// A link of pages goes nowhere but to a page.
    fn support_url(start: &Start) -> Result<Option<String>, Failure> {
        match start.file.support_url.clone() {
            Some(url) if !url.starts_with("http://") && !url.starts_with("https://") => {
                Err(Failure::new(say!("cli-serve-the-support-url-begins-with", url = url)))
            }
            url => Ok(url),
        }
    }

    fn settings(&self, start: &Start) -> Result<Settings, Failure> {
        let usual = Settings::default();
        let unnamed = if self.demo.is_some() { DEMO_DATABASE } else { &usual.database };
        let public_url = start.public_url(self.public_url.as_deref())?.map(ToOwned::to_owned);
        if let Some(url) = &public_url
            && !url.starts_with("http://")
            && !url.starts_with("https://")
        {
            return Err(Failure::new(say!("cli-serve-the-public-url-begins-with", url = url.to_string())));
        }
        let flagged = !self.trusted_proxy.is_empty();
        let proxies = if flagged { &self.trusted_proxy } else { &start.file.trusted_proxies };
        Ok(Settings {
            database: start.database().unwrap_or(unnamed).to_owned(),
            public_url: public_url.map(|url| url.trim_end_matches('/').to_owned()),
            trusted_proxies: proxies.clone(),
            slow_statements: Some(start.slow_statements().unwrap_or(SLOW)),
            new_work_file: start.new_work_file,
            blast: start.file.blast(),
            support_url: Self::support_url(start)?,
            support_email: start.file.support_email.clone(),
            mailing: mailing(start)?,
            disguise: self.demo.is_some(),
            ..usual
        })
    }
}

/// How mail is sent, if the environment or the settings file says so.
fn mailing(start: &Start) -> Result<Option<Mailing>, Failure> {
    let said = |name: &str| std::env::var(name).ok().filter(|text| !text.trim().is_empty());
    let url = said("MUSTER_SMTP_URL").or_else(|| start.file.smtp_url.clone());
    let from = said("MUSTER_MAIL_FROM").or_else(|| start.file.mail_from.clone());
    match (url, from) {
        (None, _) => Ok(None),
        (Some(_), None) => Err(Failure::new(say!("cli-serve-mail-from"))),
        (Some(url), Some(from)) => Ok(Some(Mailing { url, from })),
    }
}

fn sender_of(settings: &Settings) -> Result<Option<Sender>, Failure> {
    let Some(mailing) = &settings.mailing else { return Ok(None) };
    if settings.public_url.is_none() {
        return Err(Failure::new(say!("cli-serve-mail-needs-public-url")));
    }
    let sender = Sender::of(mailing).map_err(|unusable| match unusable {
        Unusable::Url => Failure::new(say!("cli-serve-smtp-url")),
        Unusable::From => Failure::new(say!("cli-serve-mail-from")),
    })?;
    Ok(Some(sender))
}

//! Where a server of PostgreSQL is, as whom it is asked, and how it is known to be the right one: what the address says, and of what it does
//! not say the variables `PG*` and the file of passwords, as libpq reads them.

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use postgres::config::{Host, SslMode, TargetSessionAttrs};
use postgres::error::SqlState;

use super::errors::{Error, Result, is_of_the_connection, words_of_postgres};
use super::tls::{Tls, Trust};
use crate::pauses::{Pauses, rest};

/// What a process has of connections unless its address says otherwise (`connections=20`).
const CONNECTIONS: usize = 10;
/// More than this is a mistake: no server has so many for one process.
const CONNECTIONS_MOST: usize = 1000;
/// What the driver reads of an address's options.
const OPTIONS: [&str; 18] = [
    "application_name",
    "channel_binding",
    "connect_timeout",
    "dbname",
    "host",
    "hostaddr",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_retries",
    "load_balance_hosts",
    "options",
    "password",
    "port",
    "sslnegotiation",
    "target_session_attrs",
    "tcp_user_timeout",
    "user",
];
/// How long a server may take to answer that somebody wants to talk to it.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
/// How often a server that answered before is waited for again, when it was not there for as long as anybody pauses (`Pauses`).
const AWAY_AGAIN: u32 = 1;
/// A connection over which nothing comes is asked after this, three times, before it counts as dead.
const ASKED_AFTER: Duration = Duration::from_secs(15);
const ASKED_EVERY: Duration = Duration::from_secs(5);
const ASKED_TIMES: u32 = 3;
/// What was sent and is not acknowledged for so long ends a connection.
const ACKNOWLEDGED_WITHIN: Duration = Duration::from_secs(20);

/// What a connection is told first: what its role or its database has set for others does not hold for ours. How long a statement may take, those
/// say who ask (`Bound`); a transaction waits for locks as long as that. Which schema is meant, and whether anything may be written, stays the
/// operator's to say.
const OWN_SETTINGS: &str = "SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0;
     SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
     SELECT set_config('transaction_timeout', '0', false) WHERE current_setting('transaction_timeout', true) <> '0';
     SET default_transaction_isolation = 'read committed'; SET standard_conforming_strings = on; SET row_security = on;
     SET DateStyle = 'ISO, YMD'; SET TimeZone = 'UTC'; SET IntervalStyle = 'postgres'; SET bytea_output = 'hex'; SET client_encoding = 'UTF8';
     SET muster.account = 'all'";

/// A server of PostgreSQL, and a database of it.
pub(crate) struct Server {
    config: postgres::Config,
    /// None where nothing is encrypted.
    tls: Option<Tls>,
    connections: usize,
    /// Whether a connection lasts no longer than a transaction (`prepared=off`), as with pgbouncer's transaction mode.
    lends: bool,
    /// Whether it answered before: then it is waited for when it refuses, as it is being restarted.
    was_reached: AtomicBool,
    /// Whether somebody waited for it as long as anybody does, in vain, and it did not answer since: then nobody else waits.
    is_away_for_long: AtomicBool,
    /// How many wait until it has room for one more connection, and have nobody beside them who might give one back.
    waiting: AtomicUsize,
    tries: AtomicU64,
}

/// The address, without a password.
impl fmt::Debug for Server {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hosts, name) = (self.config.get_hosts(), self.config.get_dbname());
        formatter
            .debug_struct("Server")
            .field("hosts", &hosts)
            .field("database", &name)
            .finish_non_exhaustive()
    }
}

/// A variable of the environment.
pub(crate) type Environment<'e> = &'e dyn Fn(&str) -> Option<String>;

/// What an address says that the driver does not read.
#[derive(Default)]
struct Said {
    mode: Option<String>,
    roots: Option<String>,
    certificate: Option<String>,
    key: Option<String>,
    connections: Option<usize>,
    prepared: Option<bool>,
}

impl Server {
    /// Reads `postgres://USER@HOST:PORT/DATABASE?sslmode=verify-full&...`.
    ///
    /// # Errors
    /// When it can't be read, in words without what it says: that may be a password in the wrong place. When a certificate can't be read.
    pub(crate) fn of(url: &str, environment: Environment<'_>) -> Result<Self> {
        let (address, said) = taken_out(url)?;
        let mut config: postgres::Config = address.parse().map_err(|_| unreadable())?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            config.host(&environment("PGHOST").unwrap_or_else(|| "localhost".to_owned()));
        }
        if config.get_hosts().len().max(config.get_hostaddrs().len()) > 1
            && !address.contains("target_session_attrs=")
        {
            config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        }
        complete(&mut config, environment)?;
        let roots = said.roots.or_else(|| environment("PGSSLROOTCERT"));
        // Everybody has a certificate that roots of the system have signed: it is the name that counts.
        let usual = if roots.as_deref() == Some("system") { "verify-full" } else { "prefer" };
        let mode = said.mode.or_else(|| environment("PGSSLMODE")).unwrap_or_else(|| usual.to_owned());
        let (mut mode, trust) = meaning(&mode, roots)?;
        let is_socket = |host: &Host| !matches!(host, Host::Tcp(_));
        if config.get_hostaddrs().is_empty() && config.get_hosts().iter().all(is_socket) {
            // As libpq: over a socket nobody stands between, and the server speaks no TLS there.
            mode = SslMode::Disable;
        }
        config.ssl_mode(mode);
        let own = (
            said.certificate.or_else(|| environment("PGSSLCERT")),
            said.key.or_else(|| environment("PGSSLKEY")),
        );
        let tls = if mode == SslMode::Disable { None } else { Some(Tls::new(&trust, own)?) };
        config.connect_timeout(CONNECT_WITHIN).tcp_user_timeout(ACKNOWLEDGED_WITHIN);
        config.keepalives_idle(ASKED_AFTER).keepalives_interval(ASKED_EVERY).keepalives_retries(ASKED_TIMES);
        let connections = said.connections.unwrap_or(CONNECTIONS).max(2);
        let lends = said.prepared == Some(false);
        let (was_reached, is_away_for_long, waiting, tries) = Default::default();
        Ok(Self { config, tls, connections, lends, was_reached, is_away_for_long, waiting, tries })
    }

    /// Whether a connection lasts no longer than a transaction: then nothing is prepared over it, and nothing set for longer.
    pub(crate) fn lends(&self) -> bool {
        self.lends
    }

    /// How many connections a process has at once at the most.
    pub(crate) fn connections(&self) -> usize {
        self.connections
    }

    /// Connects. A server that is starting, or answered before and is not there at the moment, is waited for, some seconds.
    ///
    /// # Errors
    /// [`Error::Crowded`] at once when it has no connection left, [`Error::Unreachable`] when it was not there.
    pub(crate) fn connect(&self) -> Result<postgres::Client> {
        self.connect_unless(|failed| failed.code() == Some(&SqlState::TOO_MANY_CONNECTIONS))
    }

    /// As [`Self::connect`], but a server that has no connection left is waited for, too: for whoever has nobody beside them who might give
    /// one back.
    ///
    /// # Errors
    /// [`Error::Crowded`] when it had none left all the time, else as there.
    pub(crate) fn connect_in_turn(&self) -> Result<postgres::Client> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let connected = self.connect_unless(|_| false);
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        connected
    }

    /// Whether somebody waits in [`Self::connect_in_turn`]: then whoever is done with a connection gives its place away.
    pub(crate) fn is_waited_for(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }

    /// Whether it was waited for in vain, and did not answer since.
    pub(crate) fn is_away_for_long(&self) -> bool {
        self.is_away_for_long.load(Ordering::Relaxed)
    }

    fn connect_unless(&self, is_over: impl Fn(&postgres::Error) -> bool) -> Result<postgres::Client> {
        let (mut pauses, mut again) = (Pauses::new(&self.tries), AWAY_AGAIN);
        loop {
            let failed = match self.connect_once() {
                Ok(client) => {
                    self.was_reached.store(true, Ordering::Relaxed);
                    self.is_away_for_long.store(false, Ordering::Relaxed);
                    return Ok(client);
                }
                Err(failed) => failed,
            };
            let is_full = failed.code() == Some(&SqlState::TOO_MANY_CONNECTIONS);
            let is_starting = failed.code() == Some(&SqlState::CANNOT_CONNECT_NOW);
            let is_gone = failed.code().is_none_or(is_of_the_connection);
            let is_away = is_gone && self.was_reached.load(Ordering::Relaxed);
            let mut pause = pauses.next().filter(|_| !(is_away && self.is_away_for_long()));
            if pause.is_none() && is_away && again > 0 && !self.is_away_for_long() {
                // A restart may have to write a great deal first.
                again -= 1;
                pauses = Pauses::new(&self.tries);
                pause = pauses.next();
            }
            match pause {
                Some(pause) if (is_full || is_starting || is_away) && !is_over(&failed) => rest(pause),
                _ if is_full => return Err(Error::Crowded),
                _ if is_gone => {
                    self.is_away_for_long.fetch_or(is_away, Ordering::Relaxed);
                    return Err(Error::Unreachable(words_of_postgres(&failed)));
                }
                _ => return Err(failed.into()),
            }
        }
    }

    fn connect_once(&self) -> std::result::Result<postgres::Client, postgres::Error> {
        let mut client = match &self.tls {
            None => self.config.connect(postgres::NoTls),
            Some(tls) => self.config.connect(tls.connector()),
        }?;
        if !self.lends {
            // What is answered is durable, however the server is set up for others; a stronger promise than `on` stays. Whose rows are seen
            // is narrowed by those who ask for somebody (`Bound`).
            client.batch_execute(OWN_SETTINGS)?;
        }
        Ok(client)
    }
}

fn unreadable() -> Error {
    Error::Failed(directory::database_address_unreadable().to_owned())
}

fn connections_unknown() -> Error {
    Error::Failed(directory::connections_unknown(CONNECTIONS_MOST))
}

/// An address for the driver, and what was taken out of it that the driver does not know.
fn taken_out(url: &str) -> Result<(String, Said)> {
    let (address, options) = url.split_once('?').unwrap_or((url, ""));
    let (mut said, mut rest) = (Said::default(), Vec::new());
    for option in options.split('&').filter(|option| !option.is_empty()) {
        let (name, value) = option.split_once('=').ok_or_else(unreadable)?;
        let value = percent_encoding::percent_decode_str(value).decode_utf8().map_err(|_| unreadable())?;
        match name {
            "sslmode" => said.mode = Some(value.into_owned()),
            "sslrootcert" => said.roots = Some(value.into_owned()),
            "sslcert" => said.certificate = Some(value.into_owned()),
            "sslkey" => said.key = Some(value.into_owned()),
            "prepared" => {
                said.prepared = Some(match &*value {
                    "on" => true,
                    "off" => false,
                    _ => return Err(unreadable()),
                });
            }
            "connections" => {
                let number = value.parse().ok().filter(|number| (1..=CONNECTIONS_MOST).contains(number));
                said.connections = Some(number.ok_or_else(connections_unknown)?);
            }
            _ if OPTIONS.contains(&name) => rest.push(option),
            // A password with a question mark in it makes options of what follows.
            _ if options.contains('@') => return Err(unreadable()),
            _ if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') => {
                return Err(Error::Failed(directory::database_option_unknown(name)));
            }
            _ => return Err(unreadable()),
        }
    }
    let address = if rest.is_empty() { address.to_owned() } else { format!("{address}?{}", rest.join("&")) };
    Ok((address, said))
}

/// Adds what the address does not say.
fn complete(config: &mut postgres::Config, environment: Environment<'_>) -> Result<()> {
    if config.get_ports().is_empty()
        && let Some(port) = environment("PGPORT")
    {
        config.port(port.parse().map_err(|_| unreadable())?);
    }
    if config.get_user().is_none()
        && let Some(user) = environment("PGUSER")
    {
        config.user(&user);
    }
    if config.get_dbname().is_none()
        && let Some(name) = environment("PGDATABASE")
    {
        config.dbname(&name);
    }
    if config.get_application_name().is_none() {
        config.application_name(&environment("PGAPPNAME").unwrap_or_else(|| "muster".to_owned()));
    }
    if config.get_options().is_none()
        && let Some(options) = environment("PGOPTIONS")
    {
        config.options(&options);
    }
    if config.get_password().is_none()
        && let Some(password) = environment("PGPASSWORD").or_else(|| of_file(config, environment))
    {
        config.password(password);
    }
    Ok(())
}

/// What `sslmode` means. Where roots are named, `require` checks them, as with libpq.
fn meaning(mode: &str, roots: Option<String>) -> Result<(SslMode, Trust)> {
    Ok(match (mode, roots) {
        ("disable", _) => (SslMode::Disable, Trust::Anybody),
        ("prefer" | "allow", _) => (SslMode::Prefer, Trust::Anybody),
        ("require", None) => (SslMode::Require, Trust::Anybody),
        ("require" | "verify-ca", roots) => (SslMode::Require, Trust::Signed(roots)),
        ("verify-full", roots) => (SslMode::Require, Trust::Named(roots)),
        _ => return Err(Error::Failed(directory::sslmode_unknown().to_owned())),
    })
}

/// The password of the file of passwords: `host:port:database:user:password`, `*` for any. Source: PostgreSQL 15, 34.16.
fn of_file(config: &postgres::Config, environment: Environment<'_>) -> Option<String> {
    let usual = || Some(PathBuf::from(environment("HOME")?).join(".pgpass"));
    let path = environment("PGPASSFILE").map(PathBuf::from).or_else(usual)?;
    if !super::tls::is_private(&path) {
        if path.exists() {
            tracing::warn!(file = %path.display(), "the file of passwords is not used: others may read it");
        }
        return None;
    }
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(host)) => host.clone(),
        _ => "localhost".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432).to_string();
    let user = config.get_user().unwrap_or_default();
    let asked = [host.as_str(), &port, config.get_dbname().unwrap_or(user), user];
    password_among(&std::fs::read(path).ok()?, asked)
}

/// The password of the first line that is about this; a line that is no text is passed over.
fn password_among(file: &[u8], asked: [&str; 4]) -> Option<String> {
    let lines = file.split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
    let lines = lines.map(|line| line.strip_suffix('\r').unwrap_or(line));
    lines.filter(|line| !line.starts_with('#')).find_map(|line| password_of(line, asked))
}

/// The password of a line, when it is about this server, port, database and user. A backslash takes away what `:` and `\` mean.
fn password_of(line: &str, asked: [&str; 4]) -> Option<String> {
    let mut parts = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ':' if parts.len() < 5 => parts.push(String::new()),
            '\\' => parts.last_mut()?.extend(letters.next()),
            _ => parts.last_mut()?.push(letter),
        }
    }
    let password = if parts.len() == 5 { parts.pop()? } else { return None };
    let fits = |(part, asked): (&String, &str)| part == "*" || part == asked;
    parts.iter().zip(asked).all(fits).then_some(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing(_: &str) -> Option<String> {
        None
    }

    #[test]
    fn an_address_that_cannot_be_read_is_not_repeated() {
        for url in [
            "postgres://ann:se#cret@host:port/db",
            "postgres://ann:secret@host:99999/db",
            "postgres://ann:se?cret@host/db",
            "postgres://host/db?password=secret&secret",
            "postgres://host/db?passwort=secret",
            "postgres://ann:pa?secret=x@host/db",
            "postgres://ann:%FFsecret@host/db?sslmode=%FF",
            "postgres://host/db?sslmode=secret",
            "postgres://host/db?connections=secret",
            "postgres://host/db?prepared=secret",
            "postgres://host/db?sslmode=verify-full&sslrootcert=/nowhere/at/all",
        ] {
            let error = Server::of(url, &nothing).err().map(|error| error.to_string());
            assert!(error.as_ref().is_some_and(|error| !error.contains("secret")), "{url}: {error:?}");
        }
        let server = Server::of("postgres://ann:secret@host/db", &nothing).expect("it is one");
        assert!(!format!("{server:?}").contains("secret"), "{server:?}");
    }

    #[test]
    fn what_the_address_does_not_say_the_environment_does() {
        let environment = |name: &str| {
            let value = match name {
                "PGHOST" => "db.acme.example",
                "PGPORT" => "6543",
                "PGUSER" => "muster",
                "PGDATABASE" => "users",
                "PGPASSWORD" => "secret",
                "PGAPPNAME" => "at night",
                _ => return None,
            };
            Some(value.to_owned())
        };
        let of = |url: &str| {
            let config = Server::of(url, &environment).expect("it is one").config;
            let host = match &config.get_hosts()[0] {
                Host::Tcp(host) => host.clone(),
                Host::Unix(path) => path.display().to_string(),
            };
            let password =
                config.get_password().map(|password| String::from_utf8_lossy(password).into_owned());
            [
                Some(host),
                config.get_ports().first().map(ToString::to_string),
                config.get_user().map(str::to_owned),
                config.get_dbname().map(str::to_owned),
                password,
                config.get_application_name().map(str::to_owned),
            ]
            .map(Option::unwrap_or_default)
            .join(" ")
        };
        assert_eq!(of("postgres://"), "db.acme.example 6543 muster users secret at night");
        assert_eq!(
            of("postgresql://ann:word@here:1/other?application_name=noon"),
            "here 1 ann other word noon"
        );
    }

    #[test]
    fn an_option_that_is_unknown_or_absurd_is_named_and_more_hosts_are_asked_for_one_that_writes() {
        let refused = |url: &str| Server::of(url, &nothing).err().map(|error| error.to_string());
        for (options, named) in [
            ("sslcrl=/x", "sslcrl"),
            ("connections=0", "connections"),
            ("connections=999999999", "connections"),
            ("connections=-1", "connections"),
            ("sslmode=none", "allow"),
        ] {
            let told = refused(&format!("postgres://h/x?{options}"));
            assert!(told.as_ref().is_some_and(|told| told.contains(named)), "{options}: {told:?}");
        }
        for (url, expected) in [
            ("postgres://h/x", TargetSessionAttrs::Any),
            ("postgres://h,i/x", TargetSessionAttrs::ReadWrite),
            ("postgres://h,i/x?target_session_attrs=any", TargetSessionAttrs::Any),
        ] {
            let config = Server::of(url, &nothing).expect(url).config;
            assert_eq!(config.get_target_session_attrs(), expected, "{url}");
        }
    }

    #[test]
    fn over_a_socket_nothing_is_encrypted_whatever_the_address_says() {
        let mode = |url: &str| Server::of(url, &nothing).expect(url).config.get_ssl_mode();
        assert_eq!(mode("postgres:///x?host=/run/postgresql&sslmode=verify-full"), SslMode::Disable);
        assert_eq!(mode("postgres://%2Frun%2Fpostgresql/x?sslmode=require"), SslMode::Disable);
        assert_eq!(
            mode("postgres://%2Frun%2Fpostgresql,db.acme.example/x?sslmode=require"),
            SslMode::Require
        );
        assert_eq!(mode("postgres://db.acme.example/x?sslmode=require"), SslMode::Require);
    }

    #[test]
    fn a_server_that_was_waited_for_in_vain_is_waited_for_by_nobody_else() {
        let server = Server::of("postgres://ann:word@127.0.0.1:1/x", &nothing).expect("it is one");
        assert!(server.connect().is_err() && !server.is_away_for_long(), "it never answered: nobody waits");
        server.was_reached.store(true, Ordering::Relaxed);
        server.is_away_for_long.store(true, Ordering::Relaxed);
        let before = server.tries.load(Ordering::Relaxed);
        assert!(matches!(server.connect(), Err(Error::Unreachable(_))));
        assert_eq!(server.tries.load(Ordering::Relaxed), before, "one try, without a pause");
    }

    #[test]
    fn a_line_of_passwords_that_is_no_text_hides_no_other() {
        let file = b"h:1:d:u:\xff\n*:*:*:*:word\r\n";
        assert_eq!(password_among(file, ["h", "1", "d", "u"]).as_deref(), Some("word"));
    }

    #[test]
    fn a_line_of_the_file_of_passwords_is_about_what_it_names() {
        let asked = ["db.acme.example", "5432", "users", "muster"];
        for (line, password) in [
            ("db.acme.example:5432:users:muster:secret", Some("secret")),
            ("*:*:*:*:secret", Some("secret")),
            ("*:*:*:muster:a\\:b\\\\c", Some("a:b\\c")),
            ("*:*:*:muster:a:b", Some("a:b")),
            ("db\\.acme\\.example:*:*:*:x", Some("x")),
            ("other:5432:users:muster:secret", None),
            ("*:5433:*:*:secret", None),
            ("*:*:*:ann:secret", None),
            ("*:*:muster:secret", None),
            ("", None),
        ] {
            assert_eq!(password_of(line, asked).as_deref(), password, "{line}");
        }
    }
}

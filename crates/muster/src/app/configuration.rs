//! The optional settings file: TOML, for what neither a flag nor the environment says.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use directory::BlastLimit;
use serde::Deserialize;

/// What a settings file may say. A key that is not among these is refused, so that a typing error does not go unnoticed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// `sqlite:PATH` or `postgres://...`.
    pub database: Option<String>,
    /// Where the server listens.
    pub listen: Option<SocketAddr>,
    /// Where `/metrics` is answered besides, for whoever reaches that address.
    pub metrics_listen: Option<SocketAddr>,
    /// Where people reach the server.
    pub public_url: Option<String>,
    /// Proxies whose forwarding headers are believed.
    #[serde(default)]
    pub trusted_proxies: Vec<IpAddr>,
    /// `text` or `json`.
    pub log_format: Option<String>,
    /// From how many milliseconds on a statement of the database is told in the log.
    pub slow_statement_ms: Option<u64>,
    /// The page of support, `https://...`, shown beside tickets.
    pub support_url: Option<String>,
    /// The address of support, shown beside tickets.
    pub support_email: Option<String>,
    /// The mail server, with its password: `smtp://USER:PASSWORD@HOST:587?tls=required`.
    pub smtp_url: Option<String>,
    /// From whom mails are.
    pub mail_from: Option<String>,
    /// From how many users on a change that is hard on them has to be agreed to; 20 when nothing is said.
    pub blast_users: Option<u32>,
    /// The same as a share of an organisation's users, of a hundred; 5 when nothing is said. Whichever is more counts.
    pub blast_percent: Option<u32>,
}

impl Configuration {
    /// From how many users on a change that is hard on them has to be agreed to.
    pub fn blast(&self) -> BlastLimit {
        let BlastLimit { users, percent } = BlastLimit::default();
        BlastLimit {
            users: self.blast_users.unwrap_or(users),
            percent: self.blast_percent.unwrap_or(percent),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// A sentence that names the file: it can't be read, or says something that is no setting.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("the settings file {} can't be read: {error}", path.display()))?;
        toml::from_str(&text).map_err(|error| format!("the settings file {}: {error}", path.display()))
    }
}

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
        toml::from_str(&text)
            .map_err(|error| format!("the settings file {}{}", path.display(), told(&error, &text)))
    }
}

/// Where in a text a mistake is, at which key, and what it is; without anything that stands there as a value, which may be a password.
fn told(error: &toml::de::Error, text: &str) -> String {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let key = text.lines().nth(line).and_then(|line| line.split_once('=')).map(|(key, _)| key.trim());
    let key = key.filter(|key| is_bare(key)).map(|key| format!(", at {key}")).unwrap_or_default();
    format!(", line {}, column {column}{key}: {}", line + 1, without_values(error.message()))
}

/// Whether a word can stand as a key without quotes.
fn is_bare(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
}

/// What a reader of TOML says is wrong, without what it found: of that it repeats the value.
fn without_values(message: &str) -> String {
    let expected = message.rfind(", expected ").map(|at| &message[at..]);
    let cut = |kind: &str, expected: &str| format!("{kind}{expected}");
    for kind in ["invalid type", "invalid value", "invalid length", "unknown variant"] {
        if message.starts_with(kind) {
            return cut(kind, expected.unwrap_or_default());
        }
    }
    match message.split('`').nth(1) {
        Some(key) if message.starts_with("unknown field") && !is_bare(key) => {
            cut("unknown field", expected.unwrap_or_default())
        }
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Configuration;

    #[test]
    fn a_mistake_is_told_by_its_place_and_key_and_never_with_a_value() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("muster.toml");
        for (text, place, reason) in [
            (
                "databse = \"postgres://u:S3cr3t@h/x\"",
                ", line 1, column 1, at databse: ",
                "unknown field `databse`",
            ),
            ("database = \"postgres://u:S3cr3t@h/x", ", line 1, ", "at database: "),
            ("database = postgres://u:S3cr3t@h/x", ", line 1, ", "at database: "),
            (
                "\ndatabase = [\"postgres://u:S3cr3t@h/x\"]",
                ", line 2, column 12, at database: ",
                "expected a string",
            ),
            (
                "trusted_proxies = \"S3cr3t\"",
                ", line 1, column 19, at trusted_proxies: ",
                "invalid type, expected a sequence",
            ),
            ("trusted_proxies = [\"S3cr3t\"]", ", line 1, column 20, at trusted_proxies: ", ""),
            ("blast_users = \"S3cr3t, expected S3cr3t, so\"", ", line 1, ", "invalid type, expected u32"),
            ("listen = \"S3cr3t\"", ", line 1, ", "at listen: "),
            ("metrics_listen = { a = \"S3cr3t\" }", ", line 1, ", "at metrics_listen: "),
            ("database = \"a\"\ndatabase = \"S3cr3t\"", ", line 2, ", "duplicate key"),
            ("smtp_url = \"smtp://u:S3cr3t\\q@h\"", ", line 1, ", "at smtp_url: "),
            ("smtp_url = \"\"\"\nsmtp://u:S3cr3t", ", line ", ""),
            ("postgres://u:S3cr3t@h/x", ", line 1, ", ""),
            ("\"postgres://u:S3cr3t@h/x\" = 1", ", line 1, ", "unknown field, expected"),
            ("database = \"x\" S3cr3t", ", line 1, ", "at database: "),
            ("[S3cr3t", ", line 1, ", ""),
        ] {
            std::fs::write(&path, text).expect("written");
            let told = Configuration::read(&path).expect_err(text);
            assert!(told.contains(place) && told.contains(reason), "{text}: {told}");
            assert!(!told.contains("S3cr3t"), "{text}: {told}");
        }
    }
}

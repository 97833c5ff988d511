//! The browser of a request: what it carries, what kind it is, and whether somebody signed in in it before. A browser that did so has a
//! cookie of its own for that, and a counter of its own: who guesses from elsewhere locks nobody out who sits before it.

use std::net::IpAddr;

use store::{Result, SessionStart};

use super::secrets::{digest, is_secret, new_secret};
use crate::app::App;

/// How long a browser is known after it was last signed in with: 90 days.
pub const DEVICE_DAYS: i64 = 90;
const DEVICE_TIME: i64 = DEVICE_DAYS * 24 * 60 * 60 * 1000;

/// What is known of the browser that asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Browser {
    /// Its address, as far as it is known.
    pub address: Option<IpAddr>,
    /// What it says of itself (`User-Agent`).
    pub agent: String,
    /// The secret of its session, if it has one.
    pub session: Option<String>,
    /// The secret by which it is known, if somebody signed in in it before.
    pub device: Option<String>,
}

/// Words of `User-Agent`, and what they stand for, the telling ones first: Edge says Chrome too, and Chrome says Safari.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

impl Browser {
    /// How a session begins in it.
    pub(super) fn start(&self, by_link: bool) -> SessionStart {
        let before = self.session.as_deref().map(digest);
        SessionStart { agent: family(&self.agent), address: self.address.map(shortened), by_link, before }
    }

    /// The digest by which it is known, if this administrator signed in in it before.
    pub(super) fn known_device(&self, app: &App, administrator: i64) -> Result<Option<String>> {
        let Some(secret) = self.device.as_deref().filter(|secret| is_secret(secret)) else { return Ok(None) };
        let (hash, since) = (digest(secret), app.clock.now().plus(-DEVICE_TIME));
        Ok(app.store.knows_device(&hash, administrator, since)?.then_some(hash))
    }

    /// Notes that an administrator signed in in it; answers the secret that it is to carry.
    pub(super) fn note(&self, app: &App, administrator: i64) -> Result<String> {
        let now = app.clock.now();
        let known = match self.device.as_deref().filter(|secret| is_secret(secret)) {
            Some(secret) if app.store.is_device(&digest(secret))? => Some(secret.to_owned()),
            _ => None,
        };
        // One that we did not make may be known to others.
        let secret = known.unwrap_or_else(|| new_secret(app));
        app.store.note_device(&digest(&secret), administrator, now, now.plus(-DEVICE_TIME))?;
        Ok(secret)
    }
}

/// `Firefox/Windows`: the kind of a browser and of its system, in words of ours; none when it is of no known kind.
fn family(agent: &str) -> Option<String> {
    let word = |words: &[(&str, &'static str)]| {
        words.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, word)| *word)
    };
    match (word(&BROWSERS), word(&SYSTEMS)) {
        (None, None) => None,
        (browser, system) => Some(format!("{}/{}", browser.unwrap_or_default(), system.unwrap_or_default())),
    }
}

/// An address without what tells one machine of a network from another: `192.0.2.x`, `2001:db8:1::/48`.
fn shortened(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.x")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{family, shortened};

    #[test]
    fn browsers_are_told_by_what_they_say() {
        for (agent, expected) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", Some("Firefox/Linux")),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0",
                Some("Edge/Windows"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1",
                Some("Safari/iOS"),
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36",
                Some("Chrome/Android"),
            ),
            ("curl/8.14", None),
            ("", None),
        ] {
            assert_eq!(family(agent).as_deref(), expected, "{agent}");
        }
    }

    #[test]
    fn addresses_are_shortened() {
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.x"),
            ("::ffff:192.0.2.7", "192.0.2.x"),
            ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ] {
            assert_eq!(shortened(address.parse().expect("an address")), expected);
        }
    }
}

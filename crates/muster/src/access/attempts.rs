//! The soft lock: failures are counted, and make the next try wait, so that guessing is slow and nobody is locked out for long. What
//! is counted stands in the store as a digest, whatever was typed.

use std::net::IpAddr;

use events::Line;
use store::{AttemptKind, Result};

use super::devices::Browser;
use super::origin::network_of;
use super::secrets::digest;
use crate::app::App;

/// From so many failures in a row on, so many seconds must pass before the next try.
pub(super) type Lock = &'static [(i64, i64)];

/// For passwords, which are long.
pub(super) const OF_PASSWORDS: Lock = &[(100, 10), (25, 5), (9, 3), (3, 1)];
/// For codes, which are six digits: a hundred guesses an hour find one in a year or two, and only who knows the password gets so far.
pub(super) const OF_CODES: Lock = &[(50, 600), (25, 60), (9, 3), (3, 1)];

/// Something whose failures are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counter {
    subject: String,
    kind: AttemptKind,
}

impl Counter {
    /// The counter of an email, in its folded form; `of_administrator` says whether it is one's.
    pub(super) fn of_email(key: &str, of_administrator: bool) -> Self {
        let kind = if of_administrator { AttemptKind::Administrator } else { AttemptKind::Nobody };
        Self { subject: digest(&format!("email {key}")), kind }
    }

    /// The counter of an address, which is that of its network.
    pub(super) fn of_address(address: IpAddr) -> Self {
        Self { subject: digest(&format!("address {}", network_of(address))), kind: AttemptKind::Address }
    }

    /// The counter of an address from which links to choose a password are asked for.
    pub(super) fn of_asking(address: IpAddr) -> Self {
        Self { subject: digest(&format!("forgotten {}", network_of(address))), kind: AttemptKind::Address }
    }

    /// The counter of what an administrator proves who signed in, or half did: `what` tells it from others.
    pub(super) fn of_administrator(what: &str, administrator: i64) -> Self {
        Self { subject: digest(&format!("{what} {administrator}")), kind: AttemptKind::Administrator }
    }

    /// The counter of an administrator in a browser in which they signed in before.
    pub(super) fn of_device(what: &str, administrator: i64, device: &str) -> Self {
        Self { subject: digest(&format!("{what} {administrator} {device}")), kind: AttemptKind::Device }
    }

    /// The counter of codes: the browser's own, if it is known.
    pub(super) fn of_codes(app: &App, administrator: i64, browser: &Browser) -> Result<Self> {
        let device = browser.known_device(app, administrator)?;
        Ok(device.map_or_else(
            || Self::of_administrator("code", administrator),
            |device| Self::of_device("code", administrator, &device),
        ))
    }
}

/// How many seconds must pass before the next try, by the counter that says most; nothing when it may be now.
pub(super) fn wait_of(app: &App, counters: &[Counter], lock: Lock) -> Result<i64> {
    let now = app.clock.now();
    let mut longest = 0;
    for counter in counters {
        let (failures, last_at) = app.store.failures(&counter.subject)?;
        let seconds = lock.iter().find(|(from, _)| failures >= *from).map_or(0, |(_, seconds)| *seconds);
        let left = (last_at.0 + seconds * 1000 - now.0 + 999) / 1000;
        // What lies further ahead than it is long: the clock was set back.
        longest = longest.max(if left > seconds { 0 } else { left });
    }
    Ok(longest)
}

/// Counts a failure; its line, if it is somebody's, is kept in the activity of their organisations with the first counter, and told.
pub(super) fn note(app: &App, counters: &[Counter], line: Option<(&Line, i64)>) -> Result<()> {
    let noting = match line {
        Some((line, administrator)) => Some(app.noting_everywhere(line, administrator)?),
        None => None,
    };
    for (place, counter) in counters.iter().enumerate() {
        let store = noting.as_ref().filter(|_| place == 0).map_or(&app.store, |noting| &noting.store);
        store.note_failure(&counter.subject, counter.kind, app.clock.now())?;
    }
    line.into_iter().for_each(|(line, _)| line.tell());
    Ok(())
}

/// Forgets the failures of what succeeded; those of an address stay: one who has an account of their own would guess on else.
pub(super) fn clear(app: &App, counters: &[Counter]) -> Result<()> {
    let of_people = counters.iter().filter(|counter| counter.kind != AttemptKind::Address);
    of_people.into_iter().try_for_each(|counter| app.store.clear_failures(&counter.subject))
}

#[cfg(test)]
mod tests {
    use super::Counter;

    #[test]
    fn who_has_a_network_has_one_counter() {
        let of = |address: &str| Counter::of_address(address.parse().expect("an address"));
        for (one, other, same) in [
            ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true),
            ("2001:db8:1:2::1", "2001:db8:1:3::1", false),
            ("192.0.2.7", "::ffff:192.0.2.7", true),
            ("192.0.2.7", "192.0.2.8", false),
        ] {
            assert_eq!(of(one) == of(other), same, "{one} {other}");
        }
    }

    #[test]
    fn a_counter_is_short_whatever_was_typed() {
        let long = Counter::of_email(&"x".repeat(2 << 20), false);
        assert_eq!(long.subject.len(), 64);
    }
}

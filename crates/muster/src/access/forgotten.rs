//! A forgotten password: a link by mail, once, within an hour. Whether an email is somebody's is told to nobody: what is answered, how long
//! that takes and what is written are the same.

use std::net::IpAddr;

use directory::{Claim, Kind};
use store::{MailKind, NewMail, Result};

use super::attempts::{Counter, Lock, note, wait_of};
use crate::app::App;

/// Bytes of an email that is looked at (RFC 5321, 4.5.3.1).
const EMAIL_MOST: usize = 320;
/// For an email: one, then after five minutes another, and from the third on one an hour.
const OF_EMAILS: Lock = &[(3, 3_600), (1, 300)];
/// For an address, behind which there may be many people.
const OF_ADDRESSES: Lock = &[(60, 3_600), (20, 300)];
/// Nobody.
const NOBODY: i64 = 0;

/// Has a link mailed to whoever signs in with an email, unless too many were asked for. What comes of it is not told.
///
/// # Errors
/// When the store fails.
pub fn ask_for_password(app: &App, email: &str, address: Option<IpAddr>) -> Result<()> {
    let email = Some(email.trim()).filter(|email| email.len() <= EMAIL_MOST);
    let key = Claim::fold(Kind::Email, email.unwrap_or_default());
    let somebody = app.store.administrator(&key)?;
    let of_email = [Counter::of_email(&format!("forgotten {key}"), somebody.is_some())];
    let of_address: Vec<Counter> = address.map(Counter::of_asking).into_iter().collect();
    let waits = wait_of(app, &of_email, OF_EMAILS)? > 0 || wait_of(app, &of_address, OF_ADDRESSES)? > 0;
    note(app, &of_address, None)?;
    if waits {
        return Ok(());
    }
    note(app, &of_email, None)?;
    let now = app.clock.now();
    let mail = NewMail {
        administrator: somebody.map_or(NOBODY, |somebody| somebody.id),
        account: None,
        kind: MailKind::Password,
        about: 0,
        not_before: now,
        at: now,
    };
    app.store.want_mail(&mail)?;
    app.wake_workers();
    Ok(())
}

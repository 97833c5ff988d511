//! Moments as people read them. Without script they are in UTC and say so; a module turns them into the reader's own zone.

use jiff::Timestamp;
use maud::{Markup, html};
use store::Time;

/// "22 November 2026 at 09:00 UTC".
pub(in crate::web) fn moment(time: Time) -> Markup {
    let stamp = Timestamp::from_millisecond(time.0).unwrap_or_default();
    html! { time datetime=(stamp.strftime("%Y-%m-%dT%H:%M:%SZ")) data-moment { (import::told_moment(time)) } }
}

/// "2026-11-22", for names of files.
pub(in crate::web) fn date(time: Time) -> String {
    Timestamp::from_millisecond(time.0).unwrap_or_default().strftime("%Y-%m-%d").to_string()
}

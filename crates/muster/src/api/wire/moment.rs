//! Moments, as other programs read them.

use store::Time;

/// A moment as RFC 3339 in UTC: `2026-11-22T09:00:00Z`.
pub fn moment(time: Time) -> String {
    jiff::Timestamp::from_millisecond(time.0).map(|moment| moment.to_string()).unwrap_or_default()
}

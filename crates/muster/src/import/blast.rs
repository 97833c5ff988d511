//! Whether an import hits so many users so hard that people should look at it, even when nothing is wrong.

use super::merger::Tallies;

/// So few users may always be hit.
const FEW: i64 = 20;

/// Half of the users or more, and more than a few, would lose a value, become inactive or change their sign-in.
pub(super) fn of(tallies: &Tallies, users: i64) -> bool {
    tallies.hit_hard > FEW && tallies.hit_hard * 2 >= users
}

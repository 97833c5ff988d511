//! Rows that share a User ID, once all rows are staged: rows that say the same become one, and one that is alone then is the user's.

use directory::{Place, PlanCell, UserId};

use crate::judge::shared_id::{is_mark, user_of};
use crate::lease::Working;
use crate::read::merger::Merger;
use store::{LaterClaim, Result};

/// Claims to speak for a user that are looked at together.
const PAGE: usize = 2_000;

/// The rows of one user, as far as they were walked through.
struct Shared {
    user: Option<UserId>,
    /// What the row at hand says, and where it stands.
    says: String,
    place: Place,
    /// Whether another one says something else.
    differ: bool,
}

/// Settles which rows speak for users, and counts those that contradict each other.
pub(crate) fn settle(working: &Working, merger: &mut Merger<'_>) -> Result<()> {
    merger.flush()?;
    let (store, lease) = (&working.app.store, &working.lease);
    let (mut after, mut shared, mut dropped) = (None::<LaterClaim>, None::<Shared>, Vec::new());
    loop {
        let page = store.speaking_after(lease.account, lease.import, after.as_ref(), PAGE)?;
        for LaterClaim { claim, place, .. } in &page {
            let (id, says) = claim.key.split_once('#').unwrap_or((&claim.key, ""));
            let user = id.parse().ok();
            let next = Shared { user, says: says.to_owned(), place: *place, differ: false };
            shared = Some(match shared.take() {
                // Rows of a file come with the last one first: the first of those that say the same is kept.
                Some(before) if before.user == user && before.says == next.says => {
                    dropped.push(before.place);
                    Shared { differ: before.differ, ..next }
                }
                Some(before) if before.user == user => Shared { differ: true, ..next },
                Some(before) => {
                    finish(working, merger, &before)?;
                    next
                }
                None => next,
            });
        }
        store.drop_rows(lease, &dropped)?;
        dropped.clear();
        merger.flush()?;
        after = page.last().cloned();
        if page.len() < PAGE {
            break;
        }
    }
    if let Some(last) = shared {
        finish(working, merger, &last)?;
    }
    let contested = store.contested_counts(lease.account, lease.import)?;
    merger.count(contested);
    merger.flush()
}

/// A row that is alone is its user's.
fn finish(working: &Working, merger: &mut Merger<'_>, shared: &Shared) -> Result<()> {
    let (store, lease) = (&working.app.store, &working.lease);
    if shared.differ {
        return Ok(());
    }
    let cells = store.plan_row(lease.account, lease.import, shared.place)?;
    store.drop_rows(lease, &[shared.place])?;
    let Some(user) = cells.iter().find_map(user_of) else { return Ok(()) };
    let own: Vec<PlanCell> = cells
        .into_iter()
        .filter(|cell| !is_mark(cell))
        .map(|cell| PlanCell { place: Place::User(user), ..cell })
        .collect();
    merger.take_row(own);
    Ok(())
}

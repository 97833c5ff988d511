//! Rows that stay as they are keep what they have: rows that would take it from them stay as they are too, and so on. The held rows are
//! gone through some at a time, each with all that depends on it, so that nothing of the plan is whole in memory.

use std::collections::BTreeSet;

use directory::{Claim, Fields, Place, PlanCell};

use crate::judge::gives_up;
use crate::lease::Working;
use store::{CellFilter, Import, LaterClaim, PageStart, Result};

/// Rows that are looked at together.
const CHUNK: usize = 1_000;

/// Leaves out all that depends on rows with an error and on rows that are left out, and answers how many rows these are; none when the
/// lease was lost.
pub(super) fn hold(working: &Working, import: &Import, fields: &Fields) -> Result<Option<i64>> {
    let mut holding = Holding { working, import, fields, held: 0 };
    let whole = holding.behind_errors()? && holding.behind_left_out()?;
    Ok(whole.then_some(holding.held))
}

struct Holding<'h> {
    working: &'h Working,
    import: &'h Import,
    fields: &'h Fields,
    /// How many rows stay as they are because of others.
    held: i64,
}

impl Holding<'_> {
    /// Holds what depends on rows with an error. False when the lease was lost.
    fn behind_errors(&mut self) -> Result<bool> {
        let (store, account, id) = (&self.working.app.store, self.import.account, self.import.id);
        let mut from = PageStart::Start;
        loop {
            let page = store.plan_page(account, id, CellFilter::Errors, from, CHUNK as u32)?;
            if !self.behind(page.items.iter().map(|cell| cell.place).collect())? {
                return Ok(false);
            }
            let Some(next) = page.next else { return Ok(true) };
            from = PageStart::After(next);
        }
    }

    /// Holds what depends on rows that are left out. False when the lease was lost.
    fn behind_left_out(&mut self) -> Result<bool> {
        let (store, account, id) = (&self.working.app.store, self.import.account, self.import.id);
        let mut after = None;
        loop {
            let places = store.left_out_after(account, id, after, CHUNK)?;
            after = places.last().copied();
            let full = places.len() == CHUNK;
            if !self.behind(places.into_iter().collect())? {
                return Ok(false);
            }
            if !full {
                return Ok(true);
            }
        }
    }

    /// Holds what depends on these rows, and what depends on that.
    fn behind(&mut self, mut rows: BTreeSet<Place>) -> Result<bool> {
        let (store, account, id) = (&self.working.app.store, self.import.account, self.import.id);
        while !rows.is_empty() {
            let places: Vec<Place> = rows.into_iter().collect();
            let mut wanting = BTreeSet::new();
            for part in places.chunks(CHUNK) {
                let cells = store.plan_rows(account, id, part)?;
                for row in cells.chunk_by(|one, next| one.place == next.place) {
                    self.add_claimants(row, &mut wanting)?;
                }
            }
            let wanting: Vec<Place> = wanting.into_iter().collect();
            let held = store.held_among(account, id, &wanting)?;
            let new: Vec<Place> = wanting.into_iter().filter(|place| !held.contains(place)).collect();
            if !new.is_empty() && !store.leave_out(&self.working.lease, &new)? {
                return Ok(false);
            }
            self.held += new.len() as i64;
            rows = new.into_iter().collect();
        }
        Ok(true)
    }

    /// Adds the rows that claim what a row keeps.
    fn add_claimants(&self, row: &[PlanCell], wanting: &mut BTreeSet<Place>) -> Result<()> {
        // Nobody can name a user who is not created.
        let naming = row.first().and_then(|cell| Claim::naming_row(cell.place));
        for claim in kept_claims(row, self.fields).into_iter().chain(naming) {
            let (store, all) = (&self.working.app.store, usize::MAX >> 1);
            let claimants = store.claimants(self.import.account, self.import.id, &claim, all)?;
            wanting.extend(claimants.iter().map(|LaterClaim { place, .. }| *place));
        }
        Ok(())
    }
}

/// What the user of a row keeps when the row is not written, though the row would give it up.
fn kept_claims(cells: &[PlanCell], fields: &Fields) -> Vec<Claim> {
    let claimed = cells.iter().filter_map(|cell| Claim::of(fields.get(cell.field)?, cell.now.as_deref()?));
    claimed.filter(|claim| gives_up(cells, claim, fields)).collect()
}

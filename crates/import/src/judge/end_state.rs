//! The checks of a staged plan that need the whole of it: who claims what, and users that cells name by a sign-in. The plan is walked in
//! the order of its claims, a chunk at a time; only rows that turn out otherwise than they were staged are written again.

use std::collections::BTreeMap;

use directory::{Claim, Counts, FieldNumber, Fields, Place, PlanCell, State, Wrong};

use super::claims::{ClaimJudge, Claimants, standing_row, staying};
use super::managers::Managers;
use super::{Purpose, claims_of, named, sign_in_of};
use crate::lease::Working;
use store::{AccountId, Error, ImportId, LaterClaim, Result, Stage, Store};

/// Claims that are looked at together.
const CHUNK: usize = 8_000;
/// Rows that are written again together.
const ROWS: usize = 1_000;
/// From so many claims of one group in a chunk on, their cells are written as a set.
const MANY: usize = 50;

/// Judges every claim of the plan on the end state: the directory without what the plan gives up, and the plan.
pub(crate) fn claims(
    working: &Working,
    fields: &Fields,
    counts: &mut Counts,
    purpose: Purpose,
) -> Result<()> {
    let mut judge = ClaimJudge::new(&working.app, working.lease.account, purpose);
    // What nobody has is as free as it was when it was judged.
    let mut only_held = purpose.follows();
    loop {
        each_claim(working, fields, counts, (purpose, only_held), &mut judge)?;
        if !judge.goes_again() {
            return Ok(());
        }
        only_held = false;
    }
}

fn each_claim(
    working: &Working,
    fields: &Fields,
    counts: &mut Counts,
    (purpose, only_held): (Purpose, bool),
    judge: &mut ClaimJudge<'_>,
) -> Result<()> {
    let store = &working.app.store;
    let (account, import) = (working.lease.account, working.lease.import);
    let mut rows = Rows::new(working, fields, counts, purpose);
    let (mut after, mut done) = (None::<LaterClaim>, 0);
    loop {
        let chunk = match only_held {
            true => store.held_claims_after(account, import, after.as_ref(), CHUNK)?,
            false => store.claims_after(account, import, after.as_ref(), CHUNK)?,
        };
        let Some((first, last)) = chunk.first().zip(chunk.last()) else { break };
        let mut claimed: Vec<&Claim> = chunk.iter().map(|one| &one.claim).collect();
        claimed.dedup();
        let holders = store.holders(account, &claimed)?;
        for group in chunk.chunk_by(|one, next| one.claim == next.claim) {
            let claim = &group[0].claim;
            // Of rows that are not written anyhow nothing is asked.
            if rows.are_held(group)? {
                continue;
            }
            // At the ends of a chunk a group may be more than is seen of it, and where only some of its claims are looked at.
            let is_cut = purpose.follows() || *claim == first.claim || *claim == last.claim;
            let claimants = claimants_of(store, account, import, group, is_cut)?;
            let row_of = |place| standing_row(store, account, import, place);
            let holder = || staying(holders.get(claim).copied(), account, fields, claim, row_of);
            if let Some(wrong) = judge.verdict(claim, claimants, holder)? {
                rows.turn_red(group, &wrong)?;
            }
        }
        done += chunk.len() as i64;
        working.progress(Stage::Checking, done, done + CHUNK as i64);
        after = Some(last.clone());
    }
    rows.write()
}

fn claimants_of(
    store: &Store,
    account: AccountId,
    import: ImportId,
    group: &[LaterClaim],
    is_cut: bool,
) -> Result<Claimants> {
    let LaterClaim { claim, place, .. } = &group[0];
    if is_cut && store.is_claimed_twice(account, import, claim)? {
        return Ok(Claimants::Several);
    }
    Ok(Claimants::of(group.iter().map(|one| one.place)).unwrap_or(Claimants::One(*place)))
}

/// Finds the users that cells name by an email or a username which nobody has yet, but somebody will have by this very file; notes
/// managers that are known now.
pub(crate) fn references(
    working: &Working,
    fields: &Fields,
    counts: &mut Counts,
    managers: &mut Managers,
) -> Result<()> {
    let store = &working.app.store;
    let (account, import) = (working.lease.account, working.lease.import);
    let mut rows = Rows::new(working, fields, counts, Purpose::Review);
    let (mut after, mut done) = (None, 0);
    loop {
        let cells = store.unknown_users(account, import, after, CHUNK)?;
        after = cells.last().map(|cell| (cell.place, cell.field)).or(after);
        done += cells.len() as i64;
        working.progress(Stage::Checking, done, done + CHUNK as i64);
        for cell in &cells {
            let Some(claim) = sign_in_of(cell) else { continue };
            let claimants = store.claimants(account, import, &claim, 2)?;
            if let [LaterClaim { place, .. }] = claimants[..] {
                let mut known = cell.clone();
                named(&mut known, place.reference());
                managers.note(&known);
                rows.change(cell.place, cell.field, Judged::Names(place))?;
            }
        }
        if cells.len() < CHUNK {
            break;
        }
    }
    rows.write()
}

/// What a cell turned out to be.
enum Judged {
    Red(Wrong),
    Names(Place),
}

impl Judged {
    fn of(self, cell: &mut PlanCell) {
        match self {
            Self::Red(wrong) => (cell.state, cell.wrong) = (State::Error, Some(wrong)),
            Self::Names(place) => named(cell, place.reference()),
        }
    }
}

/// Rows that turned out different from what was staged: loaded once, counted by what that changes, written together.
struct Rows<'w> {
    working: &'w Working,
    fields: &'w Fields,
    counts: &'w mut Counts,
    purpose: Purpose,
    waiting: BTreeMap<Place, Vec<(FieldNumber, Judged)>>,
}

impl<'w> Rows<'w> {
    fn new(working: &'w Working, fields: &'w Fields, counts: &'w mut Counts, purpose: Purpose) -> Self {
        Self { working, fields, counts, purpose, waiting: BTreeMap::new() }
    }

    /// What is wrong with a group of claims is wrong with the cell of each.
    fn turn_red(&mut self, group: &[LaterClaim], wrong: &Wrong) -> Result<()> {
        if group.len() < MANY || self.purpose.follows() {
            return group
                .iter()
                .try_for_each(|one| self.change(one.place, one.field, Judged::Red(wrong.clone())));
        }
        // What waits may be of the same rows, which are counted as they are kept.
        self.write()?;
        let (store, lease) = (&self.working.app.store, &self.working.lease);
        let range = (group[0].place, group[group.len() - 1].place);
        let mut cells = store.rows_claiming(lease.account, lease.import, &group[0].claim, range)?;
        for row in cells.chunk_by_mut(|one, next| one.place == next.place) {
            let before = Counts::of_row(row, false);
            let claimed = group.iter().find(|one| one.place == row[0].place).map(|one| one.field);
            for cell in row.iter_mut().filter(|cell| Some(cell.field) == claimed) {
                cell.state = State::Error;
            }
            *self.counts = self.counts.plus(Counts::of_row(row, false).minus(before));
        }
        kept(store.refuse_claim(lease, &group[0].claim, range, wrong)?)
    }

    fn change(&mut self, place: Place, field: FieldNumber, judged: Judged) -> Result<()> {
        self.waiting.entry(place).or_default().push((field, judged));
        if self.waiting.len() >= ROWS { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<()> {
        let (store, lease) = (&self.working.app.store, &self.working.lease);
        let (mut changed, mut claims) = (Vec::new(), Vec::new());
        for (place, judged) in std::mem::take(&mut self.waiting) {
            if self.is_held(place)? {
                continue;
            }
            let mut cells = store.plan_row(lease.account, lease.import, place)?;
            let before = Counts::of_row(&cells, false);
            for (field, judged) in judged {
                let Some(cell) = cells.iter_mut().find(|cell| cell.field == field) else { continue };
                judged.of(cell);
                claims.extend(claims_of(cell, self.fields));
                changed.push(cell.clone());
            }
            *self.counts = self.counts.plus(Counts::of_row(&cells, false).minus(before));
        }
        if self.purpose == Purpose::Follow {
            return store.stage_new(lease, &changed);
        }
        kept(changed.is_empty() || store.restage(lease, &changed)? && store.stage(lease, &[], &claims)?)
    }

    fn are_held(&self, group: &[LaterClaim]) -> Result<bool> {
        for one in group {
            if !self.is_held(one.place)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a row of a plan that is judged again is not written anyhow.
    fn is_held(&self, place: Place) -> Result<bool> {
        if !self.purpose.follows() {
            return Ok(false);
        }
        let lease = &self.working.lease;
        let cells = standing_row(&self.working.app.store, lease.account, lease.import, place)?;
        Ok(cells.is_empty() || cells.iter().any(|cell| cell.state == State::Error))
    }
}

fn kept(kept: bool) -> Result<()> {
    if kept { Ok(()) } else { Err(Error::Failed("the lease was lost".to_owned())) }
}

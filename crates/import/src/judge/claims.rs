//! The checks of a staged plan that need the directory and the whole file: who claims what, and users that cells name by a sign-in.
//! The plan is walked in the order of its claims, a chunk at a time; only rows that turn out wrong are written again.

use std::collections::BTreeMap;

use directory::{Claim, ClaimKind, Counts, Fields, Place, PlanCell, State, Wrong, merge_values};

use crate::judge::{self, Counted, gives_up, rival_of};
use crate::lease::Working;
use store::{AccountId, Error, ImportId, LaterClaim, Result, Stage, Store};

/// Claims that are looked at together.
const CHUNK: usize = 2_000;
/// Rows that are written again together.
const ROWS: usize = 1_000;

/// When claims are judged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// A plan was made that people review.
    Review,
    /// The plan of an undo was made, which nobody reviews: it asks for nothing that the account did not have.
    Undo,
    /// A plan that was reviewed is being applied, and somebody took a value meanwhile: what turns red is new.
    Apply,
    /// The same of an undo.
    ApplyUndo,
}

/// Judges every claim of the plan on the end state: the directory without what the plan gives up, and the plan.
pub(crate) fn claims(
    working: &Working,
    fields: &Fields,
    counted: &mut Counted,
    occasion: Occasion,
) -> Result<()> {
    let store = &working.app.store;
    let mut rows = Rows { occasion, ..Rows::new(working, counted) };
    let (account, import) = (working.lease.account, working.lease.import);
    let (mut after, mut done) = (None::<LaterClaim>, 0);
    loop {
        let chunk = store.claims_after(account, import, after.as_ref(), CHUNK)?;
        let Some(last) = chunk.last().cloned() else { break };
        for group in chunk.chunk_by(|one, next| one.claim == next.claim) {
            let whole = if group[0].claim == last.claim {
                store.claimants(account, import, &last.claim)?
            } else {
                group.to_vec()
            };
            judge_group(store, account, import, fields, &whole, &mut rows)?;
        }
        done += chunk.len() as i64;
        working.progress(Stage::Checking, done, done + CHUNK as i64);
        after = store.claimants(account, import, &last.claim)?.pop().or(Some(last));
    }
    rows.write()
}

fn judge_group(
    store: &Store,
    account: AccountId,
    import: ImportId,
    fields: &Fields,
    group: &[LaterClaim],
    rows: &mut Rows<'_>,
) -> Result<()> {
    let Some(LaterClaim { claim, .. }) = group.first() else { return Ok(()) };
    let holder =
        staying_holder(store, account, fields, claim, |place| standing_row(store, account, import, place))?;
    let only_one = group.iter().all(|one| one.place == group[0].place);
    let own = holder.is_none_or(|(_, user)| group[0].place == Place::User(user));
    if only_one && own {
        return match rows.unchecked(account, claim)? {
            Some(wrong) => rows.turn_red(&group[0], wrong),
            None => Ok(()),
        };
    }
    let mut claimants = Vec::new();
    for one in group {
        claimants.push((one.place, rows.line_of(one)?));
    }
    for one in group {
        if rows.is_held(one.place)? {
            continue;
        }
        let wrong = match rival_of(one.place, &claimants, holder, account) {
            Some(rival) => {
                rows.spent = None;
                Some(judge::taken(&rows.working.app, account, claim, rival)?)
            }
            None => rows.unchecked(account, claim)?,
        };
        if let Some(wrong) = wrong {
            rows.turn_red(one, wrong)?;
        }
    }
    Ok(())
}

/// Who has a claim now and does not give it up in this plan. `row_of` gives the cells of a row that stands (is not left out).
pub(crate) fn staying_holder(
    store: &Store,
    account: AccountId,
    fields: &Fields,
    claim: &Claim,
    mut row_of: impl FnMut(Place) -> Result<Vec<PlanCell>>,
) -> Result<Option<(AccountId, directory::UserId)>> {
    let Some((of, user)) = store.holder(account, claim)? else { return Ok(None) };
    if of != account {
        return Ok(Some((of, user)));
    }
    let place = Place::User(user);
    let goes = gives_up(&row_of(place)?, claim, fields);
    Ok((!goes).then_some((of, user)))
}

/// The cells of a row of the plan that are to be written; none when it is left out.
pub(crate) fn standing_row(
    store: &Store,
    account: AccountId,
    import: ImportId,
    place: Place,
) -> Result<Vec<PlanCell>> {
    if store.is_left_out(account, import, place)? {
        return Ok(Vec::new());
    }
    store.plan_row(account, import, place)
}

/// Finds the users that cells name by an email or a username which nobody has yet, but somebody will have by this very file.
pub(crate) fn references(working: &Working, counted: &mut Counted) -> Result<()> {
    let store = &working.app.store;
    let (account, import) = (working.lease.account, working.lease.import);
    let mut rows = Rows::new(working, counted);
    let (mut after, mut done) = (None, 0);
    loop {
        let cells = store.unknown_users(account, import, after, CHUNK)?;
        after = cells.last().map(|cell| (cell.place, cell.field)).or(after);
        done += cells.len() as i64;
        working.progress(Stage::Checking, done, done + CHUNK as i64);
        for cell in &cells {
            let Some(claim) = cell.raw.as_deref().and_then(sign_in_claim) else { continue };
            let claimants = store.claimants(account, import, &claim)?;
            if let [LaterClaim { place: Place::User(user), .. }] = claimants[..] {
                let one = LaterClaim { claim, place: cell.place, field: cell.field };
                rows.change(&one, |cell| name_user(cell, user))?;
            }
        }
        if cells.len() < CHUNK {
            break;
        }
    }
    rows.write()
}

fn name_user(cell: &mut PlanCell, user: directory::UserId) {
    cell.mine = Some(user.to_string());
    judge::restore(cell);
    if merge_values(cell.base.as_deref(), cell.now.as_deref(), cell.mine.as_deref())
        == directory::Verdict::AlreadySo
    {
        cell.state = State::Change;
    }
}

/// The claim that a text would be if it is a sign-in: an email when it holds an @, else a username.
pub(crate) fn sign_in_claim(text: &str) -> Option<Claim> {
    let text = text.trim();
    let (kind, of) = if text.contains('@') {
        (ClaimKind::Email, directory::Kind::Email)
    } else {
        (ClaimKind::Username, directory::Kind::Username)
    };
    (!text.is_empty()).then(|| Claim { kind, key: Claim::fold(of, text) })
}

/// Rows that turned out different from what was staged: loaded once, counted again, written together.
struct Rows<'w> {
    working: &'w Working,
    counted: &'w mut Counted,
    occasion: Occasion,
    /// Whether the account has had all answers of today about others; none when that has to be asked.
    spent: Option<bool>,
    changed: BTreeMap<Place, Vec<PlanCell>>,
    touched: Vec<(Place, directory::FieldNumber)>,
}

impl<'w> Rows<'w> {
    fn new(working: &'w Working, counted: &'w mut Counted) -> Self {
        let occasion = Occasion::Review;
        Self { working, counted, occasion, spent: None, changed: BTreeMap::new(), touched: Vec::new() }
    }

    /// What is wrong with a claim on something free, when the account asked too often today to be told so.
    fn unchecked(&mut self, account: AccountId, claim: &Claim) -> Result<Option<Wrong>> {
        if self.occasion != Occasion::Review {
            return Ok(None);
        }
        let spent = match self.spent {
            Some(spent) => spent,
            None => *self.spent.insert(judge::has_asked_enough(&self.working.app, account)?),
        };
        if spent { judge::unchecked(&self.working.app, account, claim) } else { Ok(None) }
    }

    fn turn_red(&mut self, one: &LaterClaim, wrong: Wrong) -> Result<()> {
        self.change(one, |cell| {
            cell.state = State::Error;
            cell.wrong = Some(wrong);
        })
    }

    /// Whether a row of a plan that is judged again is not written anyhow.
    fn is_held(&self, place: Place) -> Result<bool> {
        let lease = &self.working.lease;
        let is_apply = matches!(self.occasion, Occasion::Apply | Occasion::ApplyUndo);
        if !is_apply || self.changed.contains_key(&place) {
            return Ok(false);
        }
        let cells = standing_row(&self.working.app.store, lease.account, lease.import, place)?;
        Ok(cells.is_empty() || cells.iter().any(|cell| cell.state == State::Error))
    }

    /// The file and the row of a claim.
    fn line_of(&self, one: &LaterClaim) -> Result<(u16, u32)> {
        let lease = &self.working.lease;
        let find = |cells: &[PlanCell]| {
            cells.iter().find(|cell| cell.field == one.field).map_or((1, 0), |cell| (cell.file, cell.row))
        };
        match self.changed.get(&one.place) {
            Some(cells) => Ok(find(cells)),
            None => Ok(find(&self.working.app.store.plan_row(lease.account, lease.import, one.place)?)),
        }
    }

    fn change(&mut self, one: &LaterClaim, change: impl FnOnce(&mut PlanCell)) -> Result<()> {
        let lease = &self.working.lease;
        let cells = match self.changed.entry(one.place) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => {
                new.insert(self.working.app.store.plan_row(lease.account, lease.import, one.place)?)
            }
        };
        let before = Counts::of_row(cells, false);
        if let Some(cell) = cells.iter_mut().find(|cell| cell.field == one.field) {
            change(cell);
            self.touched.push((one.place, one.field));
        }
        self.counted.counts = self.counted.counts.minus(before).plus(Counts::of_row(cells, false));
        if self.changed.len() >= ROWS { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<()> {
        self.touched.sort_unstable();
        self.touched.dedup();
        let touched: Vec<PlanCell> = self
            .touched
            .drain(..)
            .filter_map(|(place, field)| {
                self.changed.get(&place)?.iter().find(|cell| cell.field == field).cloned()
            })
            .collect();
        self.changed.clear();
        if self.occasion == Occasion::Apply {
            return self.working.app.store.stage_new(&self.working.lease, &touched);
        }
        if touched.is_empty() || self.working.app.store.restage(&self.working.lease, &touched)? {
            return Ok(());
        }
        Err(Error::Failed("the lease was lost".to_owned()))
    }
}

//! A plan that was reviewed, and a directory that moved since: what is already so is dropped, what review did not show is marked and
//! brings review back. When the fields changed too, the file is read again and compared with what review showed. The plan is gone through
//! some rows at a time: nothing of it, and nothing of what changed, is whole in memory.

use std::collections::{BTreeSet, HashSet};

use directory::{
    Claim, Code, Counts, FieldNumber, Fields, Kind, Place, PlanCell, State, User, UserId, Users, Verdict,
    Wrong, merge_values, standard,
};

use crate::brought;
use crate::judge::end_state;
use crate::judge::{Purpose, check_sign_in};
use crate::lease::Working;
use crate::read;
use crate::rules;
use store::{Account, FollowedCells, Import, ImportKind, ImportState, LaterClaim, PRESENT, Result, Settled};

/// Users, or cells, that are looked at together.
const CHUNK: usize = 1_000;

/// What became of a plan.
pub(crate) enum Followed {
    /// It is judged at today's revision; cells that review did not show are marked.
    Plan(Box<Import>),
    /// It can't be applied as it is.
    Settled(Box<Settled>),
    /// Another worker has it.
    Lost,
}

/// Brings the plan of an import to the account's revision of now. `fields` are today's.
pub(crate) fn follow(
    working: &Working,
    import: Import,
    account: &Account,
    fields: &Fields,
) -> Result<Followed> {
    let judged_at = import.revision.unwrap_or_default();
    if working.app.store.is_shown(import.account, import.id)? || have_fields_moved(working, &import, fields)?
    {
        return read_again(working, import, account, fields);
    }
    if judged_at == account.revision {
        return Ok(Followed::Plan(Box::new(import)));
    }
    let mut following = Following::of(working, &import, fields)?;
    if !following.judge_users(account.revision)? || !following.judge_references()? {
        return Ok(Followed::Lost);
    }
    let counts = following.counts;
    Ok(Followed::Plan(Box::new(Import { counts, revision: Some(account.revision), ..import })))
}

/// Judges the claims of a plan again, as somebody took one meanwhile.
pub(crate) fn judge_claims(working: &Working, import: &mut Import, fields: &Fields) -> Result<()> {
    let is_undo = import.kind == ImportKind::Undo;
    let purpose = if is_undo { Purpose::FollowUndo } else { Purpose::Follow };
    end_state::claims(working, fields, &mut import.counts, purpose)?;
    Ok(())
}

/// Whether the fields are other ones than those that the plan was judged by.
fn have_fields_moved(working: &Working, import: &Import, fields: &Fields) -> Result<bool> {
    let (store, judged_at) = (&working.app.store, import.revision.unwrap_or_default());
    let changed = store.have_fields_changed(import.account, judged_at)?;
    Ok(changed && *fields != store.fields_at(import.account, judged_at)?)
}

/// Reads the file again by the fields of today, or follows the rule again, and marks what review did not show. What came of no file begins anew.
fn read_again(working: &Working, import: Import, account: &Account, fields: &Fields) -> Result<Followed> {
    if !matches!(import.kind, ImportKind::File | ImportKind::Rule | ImportKind::Ticket) {
        let anew = Settled::moved(&import, ImportState::Reading);
        return Ok(Followed::Settled(Box::new(anew)));
    }
    let (store, lease) = (&working.app.store, &working.lease);
    store.keep_shown(lease)?;
    let again = match import.kind {
        ImportKind::Rule => rules::plan::plan_of(working, &import, account, fields)?,
        ImportKind::Ticket => brought::plan_of(working, &import, account, fields)?,
        _ => read::plan_of(working, &import, account, fields)?,
    };
    let Some(settled) = again else { return Ok(Followed::Lost) };
    // Without a file that can't be read any more it is another plan: people look at it first.
    if settled.state == ImportState::Failed || settled.failure.is_some() {
        return Ok(Followed::Settled(Box::new(settled)));
    }
    let Settled { counts, revision, base, .. } = settled;
    let is_short = has_lost_a_field(working, &import, fields)?;
    store.mark_unshown(lease)?;
    let import = Import { counts, revision, base, ..import };
    let mut following = Following::of(working, &import, fields)?;
    if !following.ask_again()? {
        return Ok(Followed::Lost);
    }
    let counts = following.counts;
    let import = Import { counts, ..import };
    Ok(match is_short {
        true => Followed::Settled(Box::new(back_to_review(&import))),
        false => Followed::Plan(Box::new(import)),
    })
}

/// Back to review, with a new plan number.
pub(super) fn back_to_review(import: &Import) -> Settled {
    Settled { plan: import.plan + 1, ..Settled::moved(import, ImportState::Review) }
}

/// Whether review showed what is to be done to a field that is in use no more: less than that is another plan, at which people look first.
fn has_lost_a_field(working: &Working, import: &Import, fields: &Fields) -> Result<bool> {
    let is_retired = |field: FieldNumber| fields.get(field).is_some_and(|field| field.retired);
    if !fields.all().iter().any(|field| field.retired) {
        return Ok(false);
    }
    let gone = working.app.store.shown_and_gone(import.account, import.id)?;
    Ok(gone.into_iter().any(|(field, _)| is_retired(field)))
}

/// A plan on its way to the revision of now.
struct Following<'f> {
    working: &'f Working,
    import: &'f Import,
    fields: &'f Fields,
    counts: Counts,
    columns: Vec<(FieldNumber, u32)>,
    /// What became of the rows at hand, not written yet.
    cells: FollowedCells,
}

/// What becomes of a cell.
enum Fate {
    /// It is already so.
    Dropped,
    /// Review has shown it.
    Known(PlanCell),
    /// Review has not.
    New(PlanCell),
}

impl<'f> Following<'f> {
    fn of(working: &'f Working, import: &'f Import, fields: &'f Fields) -> Result<Self> {
        let columns = working.app.store.columns(import.account, import.id)?;
        let cells = FollowedCells::default();
        Ok(Self { working, import, fields, counts: import.counts, columns, cells })
    }

    /// Judges the rows of users who changed since, up to a revision. False when the lease was lost.
    fn judge_users(&mut self, now: u64) -> Result<bool> {
        let (store, account) = (&self.working.app.store, self.import.account);
        let judged_at = self.import.revision.unwrap_or_default();
        // Where more changed, going through the plan costs less than going through what changed, for each import that waits.
        if store.count_changed(account, judged_at, now)? <= CHUNK as i64 {
            return self.judge_changed(&store.changed_users(account, judged_at, now)?);
        }
        let mut after = None;
        loop {
            let users = store.users_of_plan(account, self.import.id, after, CHUNK)?;
            if !self.judge_changed(&users)? {
                return Ok(false);
            }
            if users.len() < CHUNK {
                return Ok(true);
            }
            after = users.last().copied();
        }
    }

    /// Judges the rows of those of some users who changed since.
    fn judge_changed(&mut self, users: &[UserId]) -> Result<bool> {
        let mut changed = Users::new(self.fields);
        let (account, judged_at) = (self.import.account, self.import.revision.unwrap_or_default());
        self.working.app.store.changed_among(account, users, judged_at, &mut changed)?;
        let places: Vec<Place> = changed.iter().map(|user| Place::User(user.id())).collect();
        self.judge_rows(&places, |following, cells| match cells.first()?.place {
            Place::User(id) => changed.find(id).map(|user| following.judge_row(cells, &user)),
            Place::Row { .. } => None,
        })
    }

    /// Judges the rows at these places that the plan has, and writes what became of them. False when the lease was lost.
    fn judge_rows(
        &mut self,
        places: &[Place],
        judge: impl Fn(&Self, &[PlanCell]) -> Option<Vec<Fate>>,
    ) -> Result<bool> {
        let (store, account, id) = (&self.working.app.store, self.import.account, self.import.id);
        let cells = store.plan_rows(account, id, places)?;
        if cells.is_empty() {
            return Ok(true);
        }
        let left_out = store.left_out_among(account, id, places)?;
        for row in cells.chunk_by(|one, next| one.place == next.place) {
            if let Some(fates) = judge(self, row) {
                self.keep(row, fates, left_out.contains(&row[0].place));
            }
        }
        self.write()
    }

    fn judge_row(&self, cells: &[PlanCell], user: &User<'_>) -> Vec<Fate> {
        let is_presence = |cell: &&PlanCell| cell.field == standard::USER && cell.state != State::Error;
        if user.withdrawn() && !cells.iter().any(|cell| is_presence(&cell)) {
            return self.judge_gone(cells, user.id());
        }
        let mut fates: Vec<Fate> = cells
            .iter()
            .map(|cell| judge_cell(cell, now_of(cell, user).as_deref(), self.import.kind))
            .collect();
        if let Some(wrong) = self.judge_sign_in(&fates, user) {
            fates.retain(|fate| fate.cell().is_none_or(|cell| cell.field != wrong.field));
            fates.push(Fate::New(wrong));
        }
        fates
    }

    /// A user who is not there any more can't be edited.
    fn judge_gone(&self, cells: &[PlanCell], user: UserId) -> Vec<Fate> {
        if self.import.kind == ImportKind::Undo {
            return cells.iter().map(|_| Fate::Dropped).collect();
        }
        let row = cells.iter().map(|cell| cell.row).max().unwrap_or_default();
        let known = cells.iter().filter(|cell| cell.field != standard::USER).cloned().map(Fate::Known);
        let error = PlanCell {
            place: Place::User(user),
            field: standard::USER,
            file: cells.first().map_or(1, |cell| cell.file),
            row,
            column: u32::from(row > 0),
            raw: Some(user.to_string()),
            base: None,
            now: None,
            mine: None,
            state: State::Error,
            wrong: Some(Wrong::plain(Code::UserIdUnknown)),
            chosen: None,
            hidden: false,
        };
        known.chain([Fate::New(error)]).collect()
    }

    /// What is wrong with how the user would sign in, after what was changed and what the plan changes.
    fn judge_sign_in(&self, fates: &[Fate], user: &User<'_>) -> Option<PlanCell> {
        let before: Vec<&PlanCell> = fates.iter().filter_map(Fate::cell).collect();
        let row = before.iter().map(|cell| cell.row).max().unwrap_or_default();
        let mut cells: Vec<PlanCell> = before.iter().copied().cloned().collect();
        check_sign_in(&mut cells, user, self.columns.iter().copied(), row);
        cells.into_iter().find(|cell| !before.contains(&cell))
    }

    /// Keeps what became of a row until it is written.
    fn keep(&mut self, before: &[PlanCell], fates: Vec<Fate>, left_out: bool) {
        // Nobody looks at what is left out, nor at an undo before it is applied.
        let quiet = left_out || self.import.kind == ImportKind::Undo;
        let after: Vec<PlanCell> = fates.iter().filter_map(Fate::cell).cloned().collect();
        let change = Counts::of_row(&after, left_out).minus(Counts::of_row(before, left_out));
        self.counts = self.counts.plus(change);
        self.cells.change = self.cells.change.plus(change);
        for cell in before.iter().filter(|cell| !after.iter().any(|after| after.field == cell.field)) {
            self.cells.dropped.push((cell.place, cell.field));
            self.cells.released.extend(claims_of(cell, self.fields));
        }
        for fate in fates {
            match fate {
                Fate::New(cell) if !before.contains(&cell) && !quiet => self.cells.new.push(cell),
                Fate::New(cell) | Fate::Known(cell) if !before.contains(&cell) => {
                    self.cells.judged.push(cell);
                }
                _ => {}
            }
        }
    }

    /// Writes what became of rows. False when the lease was lost.
    fn write(&mut self) -> Result<bool> {
        let cells = std::mem::take(&mut self.cells);
        if cells == FollowedCells::default() {
            return Ok(!self.working.is_lost());
        }
        self.working.app.store.keep_followed(&self.working.lease, &cells)
    }

    /// Users that cells name have to be there: who was withdrawn since is none.
    fn judge_references(&mut self) -> Result<bool> {
        let of_users = self.fields.current().filter(|field| field.kind == Kind::User);
        let of_users: Vec<FieldNumber> = of_users.map(|field| field.number).collect();
        let (store, account, id) = (&self.working.app.store, self.import.account, self.import.id);
        let mut after = None;
        while !of_users.is_empty() {
            let cells = store.cells_naming_users(account, id, &of_users, after, CHUNK)?;
            let Some(last) = cells.last() else { break };
            after = Some((last.place, last.field));
            let red = self.naming_nobody(&cells)?;
            let places: BTreeSet<Place> = red.iter().map(|(place, _)| *place).collect();
            let places: Vec<Place> = places.into_iter().collect();
            if !self.judge_rows(&places, |_, row| Some(turn_red(row, &red)))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Which of these cells name a user who was withdrawn since.
    fn naming_nobody(&self, cells: &[PlanCell]) -> Result<HashSet<(Place, FieldNumber)>> {
        let named = |cell: &PlanCell| cell.mine.as_deref()?.parse::<UserId>().ok();
        let ids: BTreeSet<UserId> = cells.iter().filter_map(named).collect();
        let ids: Vec<UserId> = ids.into_iter().collect();
        let mut changed = Users::new(self.fields);
        let (account, judged_at) = (self.import.account, self.import.revision.unwrap_or_default());
        self.working.app.store.changed_among(account, &ids, judged_at, &mut changed)?;
        let is_gone = |id: UserId| changed.find(id).is_some_and(|user| user.withdrawn());
        let gone = cells.iter().filter(|cell| named(cell).is_some_and(is_gone));
        Ok(gone.map(|cell| (cell.place, cell.field)).collect())
    }

    /// Takes choices back that were made before anybody saw what they are about. False when the lease was lost.
    fn ask_again(&mut self) -> Result<bool> {
        let mut after = None;
        loop {
            let (store, account, id) = (&self.working.app.store, self.import.account, self.import.id);
            let chosen = store.chosen_unseen(account, id, after, CHUNK)?;
            let Some(last) = chosen.last() else { return Ok(true) };
            after = Some((last.place, last.field));
            let places: BTreeSet<Place> = chosen.iter().map(|cell| cell.place).collect();
            let places: Vec<Place> = places.into_iter().collect();
            let chosen: HashSet<(Place, FieldNumber)> =
                chosen.iter().map(|cell| (cell.place, cell.field)).collect();
            if !self.judge_rows(&places, |_, row| Some(without_choice(row, &chosen)))? {
                return Ok(false);
            }
        }
    }
}

/// A row, some cells of which name a user who is none any more.
fn turn_red(row: &[PlanCell], red: &HashSet<(Place, FieldNumber)>) -> Vec<Fate> {
    let wrong = || Some(Wrong::plain(Code::NotAUser));
    row.iter()
        .map(|cell| match red.contains(&(cell.place, cell.field)) {
            true => Fate::New(PlanCell { state: State::Error, wrong: wrong(), ..cell.clone() }),
            false => Fate::Known(cell.clone()),
        })
        .collect()
}

/// A row, some cells of which have to be decided about again.
fn without_choice(row: &[PlanCell], chosen: &HashSet<(Place, FieldNumber)>) -> Vec<Fate> {
    row.iter()
        .map(|cell| match chosen.contains(&(cell.place, cell.field)) {
            true => Fate::New(PlanCell { chosen: None, ..cell.clone() }),
            false => Fate::Known(cell.clone()),
        })
        .collect()
}

/// The claims that a cell may have made.
fn claims_of(cell: &PlanCell, fields: &Fields) -> Vec<LaterClaim> {
    let Some(field) = fields.get(cell.field) else { return Vec::new() };
    let values = [cell.mine.as_deref(), cell.base.as_deref()];
    let claims = values.into_iter().flatten().filter_map(|value| Claim::of(field, value));
    claims.map(|claim| LaterClaim { claim, place: cell.place, field: cell.field }).collect()
}

impl Fate {
    fn cell(&self) -> Option<&PlanCell> {
        match self {
            Self::Dropped => None,
            Self::Known(cell) | Self::New(cell) => Some(cell),
        }
    }
}

/// The value that a cell is about, as it is now.
fn now_of(cell: &PlanCell, user: &User<'_>) -> Option<String> {
    if cell.field == standard::USER {
        return (!user.withdrawn()).then(|| PRESENT.to_owned());
    }
    user.value(cell.field).map(str::to_owned)
}

/// Judges a cell on today's value. A choice counts for the value that was seen when it was made.
fn judge_cell(cell: &PlanCell, now: Option<&str>, kind: ImportKind) -> Fate {
    let same = cell.now.as_deref() == now;
    let cell = PlanCell { now: now.map(str::to_owned), ..cell.clone() };
    let merged = merge_values(cell.base.as_deref(), now, cell.mine.as_deref());
    match (cell.state, merged) {
        (State::Error | State::ChangedSince, _) => Fate::Known(cell),
        (State::Damage, _) if same || cell.chosen.is_none() => Fate::Known(cell),
        (State::PutBack, _) if cell.mine.as_deref() == now => Fate::Dropped,
        (State::PutBack, _) if same || cell.chosen.is_none() => Fate::Known(cell),
        (_, Verdict::AlreadySo) => Fate::Dropped,
        (State::Conflict, Verdict::Change(_)) => Fate::Known(cell),
        // The value of the download was asked for, and meanwhile there is yet another one.
        (State::PutBack, _) => Fate::New(PlanCell { state: State::Conflict, chosen: None, ..cell }),
        (_, Verdict::Conflict(_)) if kind == ImportKind::Undo => {
            Fate::Known(PlanCell { state: State::ChangedSince, ..cell })
        }
        (State::Conflict, Verdict::Conflict(_)) if same => Fate::Known(cell),
        (_, Verdict::Conflict(_)) => Fate::New(PlanCell { state: State::Conflict, chosen: None, ..cell }),
        _ => Fate::Known(cell),
    }
}

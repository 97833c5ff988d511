//! A plan that was reviewed, and a directory that moved since: what is already so is dropped, what review did not show is marked and
//! brings review back. When the fields changed too, the file is read again and compared with what review showed.

use directory::{
    Code, Counts, FieldNumber, Fields, Kind, Place, PlanCell, State, User, UserId, Users, Verdict, Wrong,
    merge_values, standard,
};

use crate::judge::end_state;
use crate::judge::seen::Seen;
use crate::judge::{Purpose, check_sign_in};
use crate::read;
use crate::work::Working;
use store::{Account, Import, ImportKind, ImportState, PRESENT, Result, Settled};

/// Users that are looked at together.
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
    if working.app.store.is_shown(import.account, import.id)? || moved_fields(working, &import, fields)? {
        return read_again(working, import, account, fields);
    }
    if judged_at == account.revision {
        return Ok(Followed::Plan(Box::new(import)));
    }
    let mut rows = Moved::of(working, &import, judged_at, account.revision)?;
    rows.judge_users(fields)?;
    rows.judge_references(fields)?;
    let counts = rows.counts;
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
fn moved_fields(working: &Working, import: &Import, fields: &Fields) -> Result<bool> {
    let (store, judged_at) = (&working.app.store, import.revision.unwrap_or_default());
    let revisions = store.revisions_after(import.account, judged_at)?;
    let changed = revisions.iter().any(|(_, kind, _)| kind == "fields");
    Ok(changed && *fields != store.fields_at(import.account, judged_at)?)
}

/// Reads the file again by the fields of today and marks what review did not show. What came of no file begins anew.
fn read_again(working: &Working, import: Import, account: &Account, fields: &Fields) -> Result<Followed> {
    if import.kind != ImportKind::File {
        let anew = Settled::moved(&import, ImportState::Reading);
        return Ok(Followed::Settled(Box::new(anew)));
    }
    let (store, lease) = (&working.app.store, &working.lease);
    store.keep_shown(lease)?;
    let Some(settled) = read::plan_of(working, &import, account, fields)? else { return Ok(Followed::Lost) };
    // Without a file that can't be read any more it is another plan: people look at it first.
    if settled.state == ImportState::Failed || settled.failure.is_some() {
        return Ok(Followed::Settled(Box::new(settled)));
    }
    let Settled { mut counts, revision, base, .. } = settled;
    for cell in store.mark_unshown(lease)? {
        let before = store.plan_row(import.account, import.id, cell.place)?;
        store.stage_new(lease, &[PlanCell { chosen: None, ..cell.clone() }])?;
        let after = store.plan_row(import.account, import.id, cell.place)?;
        counts = counts.minus(Counts::of_row(&before, false)).plus(Counts::of_row(&after, false));
    }
    Ok(Followed::Plan(Box::new(Import { counts, revision, base, ..import })))
}

/// The rows of a plan whose users changed since it was judged.
struct Moved<'m> {
    working: &'m Working,
    import: &'m Import,
    counts: Counts,
    /// Who changed, ascending.
    users: Vec<UserId>,
    /// Who was withdrawn.
    gone: Vec<UserId>,
    columns: Vec<(FieldNumber, u32)>,
}

/// What becomes of a cell.
enum Judged {
    /// It is already so.
    Dropped,
    /// Review has shown it.
    Known(PlanCell),
    /// Review has not.
    New(PlanCell),
}

impl<'m> Moved<'m> {
    fn of(working: &'m Working, import: &'m Import, judged_at: u64, now: u64) -> Result<Self> {
        let (mut seen, mut users, mut gone) = (Seen::default(), Vec::new(), Vec::new());
        working.app.store.each_change_after(import.account, judged_at, now, |cell| {
            if seen.insert(cell.user) {
                users.push(cell.user);
            }
            if cell.field == standard::USER && cell.after.is_none() {
                gone.push(cell.user);
            }
            Ok(())
        })?;
        users.sort_unstable();
        let columns = working.app.store.columns(import.account, import.id)?;
        Ok(Self { working, import, counts: import.counts, users, gone, columns })
    }

    fn judge_users(&mut self, fields: &Fields) -> Result<()> {
        let mut users = Users::new(fields);
        for chunk in std::mem::take(&mut self.users).chunks(CHUNK) {
            self.working.app.store.users_of(self.import.account, chunk, &mut users)?;
            for user in users.iter() {
                self.judge_user(&user)?;
            }
        }
        Ok(())
    }

    fn judge_user(&mut self, user: &User<'_>) -> Result<()> {
        let store = &self.working.app.store;
        let (account, import, place) = (self.import.account, self.import.id, Place::User(user.id()));
        let cells = store.plan_row(account, import, place)?;
        if cells.is_empty() {
            return Ok(());
        }
        let judged = self.judge_row(&cells, user);
        self.keep(place, &cells, &judged)
    }

    fn judge_row(&self, cells: &[PlanCell], user: &User<'_>) -> Vec<Judged> {
        let is_presence = |cell: &&PlanCell| cell.field == standard::USER && cell.state != State::Error;
        if user.withdrawn() && !cells.iter().any(|cell| is_presence(&cell)) {
            return self.judge_gone(cells, user.id());
        }
        let mut judged: Vec<Judged> = cells
            .iter()
            .map(|cell| judge_cell(cell, now_of(cell, user).as_deref(), self.import.kind))
            .collect();
        judged.extend(self.judge_sign_in(&judged, user));
        judged
    }

    /// A user who is not there any more can't be edited.
    fn judge_gone(&self, cells: &[PlanCell], user: UserId) -> Vec<Judged> {
        if self.import.kind == ImportKind::Undo {
            return cells.iter().map(|_| Judged::Dropped).collect();
        }
        let row = cells.iter().map(|cell| cell.row).max().unwrap_or_default();
        let known = cells.iter().filter(|cell| cell.field != standard::USER).cloned().map(Judged::Known);
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
        known.chain([Judged::New(error)]).collect()
    }

    /// Whether the user could still sign in, after what was changed and what the plan changes.
    fn judge_sign_in(&self, judged: &[Judged], user: &User<'_>) -> Option<Judged> {
        let mut cells: Vec<PlanCell> = judged.iter().filter_map(Judged::cell).cloned().collect();
        let row = cells.iter().map(|cell| cell.row).max().unwrap_or_default();
        let before = cells.clone();
        check_sign_in(&mut cells, user, self.columns.iter().copied(), row);
        cells.into_iter().find(|cell| !before.contains(cell)).map(Judged::New)
    }

    /// Stages what became of a row.
    fn keep(&mut self, place: Place, before: &[PlanCell], judged: &[Judged]) -> Result<()> {
        let (store, lease) = (&self.working.app.store, &self.working.lease);
        let left_out = store.is_left_out(self.import.account, self.import.id, place)?;
        // Nobody looks at what is left out, nor at an undo before it is applied.
        let quiet = left_out || self.import.kind == ImportKind::Undo;
        let new: Vec<PlanCell> = judged.iter().filter_map(Judged::new_cell).cloned().collect();
        let judged_anew = |cell: &PlanCell| new.iter().any(|new| new.field == cell.field);
        let known = judged.iter().filter_map(Judged::cell).filter(|cell| !judged_anew(cell));
        let after: Vec<PlanCell> = known.chain(&new).cloned().collect();
        for cell in before.iter().filter(|cell| !after.iter().any(|after| after.field == cell.field)) {
            store.unstage(lease, place, cell.field)?;
        }
        let (marked, staged): (Vec<_>, Vec<_>) = after
            .iter()
            .filter(|cell| !before.contains(cell))
            .cloned()
            .partition(|cell| !quiet && judged_anew(cell));
        store.restage(lease, &staged)?;
        store.stage_new(lease, &marked)?;
        let counts = self.counts.minus(Counts::of_row(before, left_out));
        self.counts = counts.plus(Counts::of_row(&after, left_out));
        Ok(())
    }

    /// Users that cells name have to be there.
    fn judge_references(&mut self, fields: &Fields) -> Result<()> {
        let store = &self.working.app.store;
        let (account, import) = (self.import.account, self.import.id);
        for user in std::mem::take(&mut self.gone) {
            if !store.user(account, fields, user)?.is_empty() {
                continue;
            }
            for field in fields.current().filter(|field| field.kind == Kind::User) {
                for cell in store.cells_writing(account, import, field.number, &user.to_string())? {
                    self.turn_red(cell, Wrong::plain(Code::NotAUser))?;
                }
            }
        }
        Ok(())
    }

    fn turn_red(&mut self, cell: PlanCell, wrong: Wrong) -> Result<()> {
        let row = self.working.app.store.plan_row(self.import.account, self.import.id, cell.place)?;
        let red = PlanCell { state: State::Error, wrong: Some(wrong), ..cell };
        let known = row.iter().cloned().map(Judged::Known);
        let judged: Vec<Judged> = known.chain([Judged::New(red.clone())]).collect();
        self.keep(red.place, &row, &judged)
    }
}

impl Judged {
    fn cell(&self) -> Option<&PlanCell> {
        match self {
            Self::Dropped => None,
            Self::Known(cell) | Self::New(cell) => Some(cell),
        }
    }

    fn new_cell(&self) -> Option<&PlanCell> {
        match self {
            Self::New(cell) => Some(cell),
            Self::Dropped | Self::Known(_) => None,
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
fn judge_cell(cell: &PlanCell, now: Option<&str>, kind: ImportKind) -> Judged {
    let same = cell.now.as_deref() == now;
    let cell = PlanCell { now: now.map(str::to_owned), ..cell.clone() };
    let merged = merge_values(cell.base.as_deref(), now, cell.mine.as_deref());
    match (cell.state, merged) {
        (State::Error | State::ChangedSince, _) => Judged::Known(cell),
        (State::Damage, _) if same || cell.chosen.is_none() => Judged::Known(cell),
        (State::PutBack, _) if cell.mine.as_deref() == now => Judged::Dropped,
        (State::PutBack, _) if same || cell.chosen.is_none() => Judged::Known(cell),
        (_, Verdict::AlreadySo) => Judged::Dropped,
        (State::Conflict, Verdict::Change(_)) => Judged::Known(cell),
        // The value of the download was asked for, and meanwhile there is yet another one.
        (State::PutBack, _) => Judged::New(PlanCell { state: State::Conflict, chosen: None, ..cell }),
        (_, Verdict::Conflict(_)) if kind == ImportKind::Undo => {
            Judged::Known(PlanCell { state: State::ChangedSince, ..cell })
        }
        (State::Conflict, Verdict::Conflict(_)) if same => Judged::Known(cell),
        (_, Verdict::Conflict(_)) => Judged::New(PlanCell { state: State::Conflict, chosen: None, ..cell }),
        _ => Judged::Known(cell),
    }
}

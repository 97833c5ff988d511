//! Judging the cells of a plan: what a verdict makes of a cell, whether the user can still sign in, who may have what only one user
//! may have. Shared by reading a file, by fixes, by undo and by the form of one user.

pub(crate) mod claims;
pub(crate) mod end_state;
pub(crate) mod managers;
pub(crate) mod new_user;
pub(crate) mod overlay;
pub(crate) mod past;
pub(crate) mod rivals;
pub(crate) mod row;
pub(crate) mod seen;
mod settle;
pub(crate) mod shared_id;

use directory::{
    Chosen, Claim, ClaimKind, Code, FieldNumber, Fields, Kind, Place, PlanCell, State, UserId, Verdict,
    Wrong, merge_values, standard,
};

pub(crate) use row::{Lines, RowJudge, Whom, check_sign_in};
use store::LaterClaim;

/// What rows and claims are judged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A plan that people review, made of files and fixes.
    Review,
    /// The form of one user.
    Form,
    /// The plan of an undo, which nobody reviews: it asks for nothing that the account did not have.
    Undo,
    /// A plan that was reviewed follows a directory that moved on: what turns red is new.
    Follow,
    /// The same of an undo.
    FollowUndo,
}

impl Purpose {
    /// Whether it tells the account what is free.
    pub(crate) fn asks(self) -> bool {
        matches!(self, Self::Review | Self::Form)
    }

    /// Whether the plan was judged before.
    pub(crate) fn follows(self) -> bool {
        matches!(self, Self::Follow | Self::FollowUndo)
    }
}

/// The cell of a plan that a verdict makes; none when there is nothing to do.
pub(crate) fn planned(
    place: Place,
    field: FieldNumber,
    (base, now): (Option<&str>, Option<&str>),
    verdict: Verdict,
    raw: Option<String>,
) -> Option<PlanCell> {
    let (state, mine, wrong) = match verdict {
        Verdict::AlreadySo | Verdict::Kept(_) => return None,
        Verdict::Unedited => (State::PutBack, base.map(str::to_owned), None),
        Verdict::Change(mine) => (State::Change, mine, None),
        Verdict::Conflict(mine) => (State::Conflict, mine, None),
        Verdict::Login(_) => (State::Error, None, Some(Wrong::plain(Code::NotAUser))),
        Verdict::Wrong(wrong) => (State::Error, None, Some(wrong)),
    };
    let (base, now) = (base.map(str::to_owned), now.map(str::to_owned));
    Some(PlanCell {
        place,
        field,
        file: file_of(place),
        row: 0,
        column: 0,
        raw,
        base,
        now,
        mine,
        state,
        wrong,
        chosen: None,
        hidden: false,
    })
}

/// The file of a row that names no user; the others' is told by who reads it.
fn file_of(place: Place) -> u16 {
    match place {
        Place::Row { file, .. } => file,
        Place::User(_) => 1,
    }
}

/// The value that the cell's row ends with, if this cell decides it: a conflict counts as if the file's were chosen, until it is.
fn ends_with(cell: &PlanCell) -> Option<Option<&str>> {
    match cell.state {
        State::Change => Some(cell.mine.as_deref()),
        State::Conflict if cell.chosen.is_none() => Some(cell.mine.as_deref()),
        State::Conflict | State::PutBack | State::Damage => cell.written().map(|change| change.after),
        _ => None,
    }
}

/// Whether a cell is an error only because somebody else has its value.
pub(crate) fn is_contested(cell: &PlanCell) -> bool {
    cell.state == State::Error
        && cell.wrong.as_ref().is_some_and(|wrong| matches!(wrong.code, Code::LoginInUse | Code::NotUnique))
}

/// Makes of an error whose value could be read what the merge said of it.
pub(crate) fn restore(cell: &mut PlanCell) {
    let verdict = merge_values(cell.base.as_deref(), cell.now.as_deref(), cell.mine.as_deref());
    cell.state = if matches!(verdict, Verdict::Conflict(_)) { State::Conflict } else { State::Change };
    cell.wrong = None;
}

/// The value that a cell writes, or would write, were it not contested; none when it writes nothing.
fn wanted(cell: &PlanCell) -> Option<Option<&str>> {
    match cell.written() {
        Some(change) => Some(change.after),
        None if !is_contested(cell) => None,
        None if cell.chosen == Some(Chosen::Download) => Some(cell.base.as_deref()),
        None => Some(cell.mine.as_deref()),
    }
}

/// The claims that a cell makes, when it is to be written (or would be, were it not contested); and beside them what it names that only
/// the plan can tell.
pub(crate) fn claims_of(cell: &PlanCell, fields: &Fields) -> impl Iterator<Item = LaterClaim> {
    let field = fields.get(cell.field);
    let claim = field.zip(wanted(cell).flatten()).and_then(|(field, wanted)| Claim::of(field, wanted));
    let names = field.filter(|field| field.kind == Kind::User).and_then(|_| names_of(cell));
    let (place, field) = (cell.place, cell.field);
    claim.into_iter().chain(names).map(move |claim| LaterClaim { claim, place, field })
}

/// The claims that a row makes. One that contradicts another row of its user claims nothing but to be theirs.
pub(crate) fn claims_of_row(cells: &[PlanCell], fields: &Fields) -> Vec<LaterClaim> {
    let mark = cells.iter().find(|cell| shared_id::is_mark(cell));
    let speaking = mark.and_then(|mark| {
        let claim = shared_id::claim_of(mark)?;
        Some(LaterClaim { claim, place: mark.place, field: mark.field })
    });
    let is_contested = mark.is_some_and(shared_id::is_contested);
    let others = cells.iter().filter(|_| !is_contested).flat_map(|cell| claims_of(cell, fields));
    speaking.into_iter().chain(others).collect()
}

/// What a cell that names a user names, where only the plan can tell who that is: a row that creates them, or a sign-in that nobody
/// has.
pub(crate) fn names_of(cell: &PlanCell) -> Option<Claim> {
    if let Some(row) = cell.mine.as_deref().and_then(Place::of_reference) {
        return Claim::naming_row(row);
    }
    let is_unknown = cell.wrong.as_ref().is_some_and(|wrong| wrong.code == Code::NotAUser);
    Some(Claim::naming(&sign_in_of(cell).filter(|_| is_unknown)?))
}

/// The sign-in by which a cell names a user.
pub(crate) fn sign_in_of(cell: &PlanCell) -> Option<Claim> {
    let raw =
        cell.raw.as_deref().filter(|raw| raw.parse::<UserId>() == Err(directory::IdProblem::NotAnId))?;
    Claim::of_sign_in(raw)
}

/// Makes of a cell what it is when nobody is there whom it names.
pub(crate) fn nobody(cell: &mut PlanCell) {
    (cell.state, cell.wrong) = (State::Error, Some(Wrong::plain(Code::NotAUser)));
}

/// Makes of a cell that names a user what it says once that user is known.
pub(crate) fn named(cell: &mut PlanCell, user: String) {
    cell.mine = Some(user);
    restore(cell);
    if merge_values(cell.base.as_deref(), cell.now.as_deref(), cell.mine.as_deref()) == Verdict::AlreadySo {
        cell.state = State::Change;
    }
}

/// Whether a row of the plan gives up a claim that its user has: by writing something else in its place, or by withdrawing them.
pub(crate) fn gives_up(cells: &[PlanCell], claim: &Claim, fields: &Fields) -> bool {
    let withdraws = |cell: &PlanCell| {
        cell.field == standard::USER && cell.written().is_some_and(|change| change.after.is_none())
    };
    if cells.iter().any(withdraws) {
        return true;
    }
    let number = match claim.kind {
        ClaimKind::Email => standard::EMAIL,
        ClaimKind::Username => standard::USERNAME,
        ClaimKind::Field(number) => number,
        ClaimKind::Person | ClaimKind::Row => return false,
    };
    let Some((cell, field)) = cells.iter().find(|cell| cell.field == number).zip(fields.get(number)) else {
        return false;
    };
    let Some(after) = wanted(cell) else { return false };
    after.and_then(|after| Claim::of(field, after)).as_ref() != Some(claim)
}

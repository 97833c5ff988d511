//! Judging the cells of a plan: what a verdict makes of a cell, whether the user can still sign in, who may have what only one user
//! may have. Shared by reading a file, by fixes, by undo and by the form of one user.

pub(crate) mod claims;
pub(crate) mod end_state;
pub(crate) mod new_user;
pub(crate) mod overlay;
pub(crate) mod past;
pub(crate) mod rivals;

use directory::{
    Chosen, Claim, ClaimKind, Code, FieldNumber, Fields, Kind, Place, PlanCell, State, User, UserId, Verdict,
    Wrong, merge_values, sign_in_missing, standard,
};

use store::{AccountId, LaterClaim, Result, Store};

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

/// The verdict on a cell that names a user by an email or a username: as if it held that user's ID.
pub(crate) fn named_user(
    store: &Store,
    account: AccountId,
    text: &str,
    (base, now): (Option<&str>, Option<&str>),
) -> Result<Verdict> {
    let claim = Claim::of_sign_in(text);
    let user = match &claim {
        Some(claim) => store.user_with_claim(account, claim)?,
        None => None,
    };
    Ok(match user {
        Some(user) => merge_values(base, now, Some(&user.to_string())),
        None => Verdict::Wrong(Wrong::plain(Code::NotAUser)),
    })
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

/// Judges whether the user can still sign in, when the row changes anything about it; the cell that is to be put right becomes an
/// error. `columns` are the file's, to say where the email would stand.
pub(crate) fn check_sign_in(
    cells: &mut Vec<PlanCell>,
    user: &User<'_>,
    columns: impl Iterator<Item = (FieldNumber, u32)>,
    row: u32,
) {
    const FIELDS: [FieldNumber; 3] = [standard::EMAIL, standard::USERNAME, standard::STATUS];
    let touched = cells.iter().filter(|cell| FIELDS.contains(&cell.field));
    if touched.clone().next().is_none() || touched.clone().any(|cell| cell.state == State::Error) {
        return;
    }
    let value = |field| {
        let decided = cells.iter().find(|cell| cell.field == field).and_then(ends_with);
        decided.unwrap_or_else(|| user.value(field))
    };
    if !sign_in_missing(value(standard::STATUS), value(standard::EMAIL), value(standard::USERNAME)) {
        return;
    }
    let wrong = Some(Wrong::plain(Code::NoSignIn));
    let at = FIELDS.iter().find_map(|field| cells.iter().position(|cell| cell.field == *field));
    if let Some(cell) = at.and_then(|at| cells.get_mut(at)).filter(|cell| cell.field != standard::STATUS) {
        (cell.state, cell.wrong) = (State::Error, wrong);
        return;
    }
    let column =
        columns.into_iter().find(|(field, _)| *field == standard::EMAIL).map_or(0, |(_, column)| column);
    cells.push(PlanCell {
        place: Place::User(user.id()),
        field: standard::EMAIL,
        file: cells.first().map_or(1, |cell| cell.file),
        row: if column == 0 { 0 } else { row },
        column,
        raw: None,
        base: None,
        now: None,
        mine: None,
        state: State::Error,
        wrong,
        chosen: None,
        hidden: false,
    });
}

/// Judges whether a user that is to be created could sign in; `row` and `column` are where the email would stand.
pub(crate) fn check_new_sign_in(place: Place, cells: &mut Vec<PlanCell>, row: u32, column: u32) {
    let of = |field| cells.iter().find(|cell: &&PlanCell| cell.field == field);
    let value = |field| of(field).and_then(ends_with).flatten();
    let wrong = [standard::EMAIL, standard::USERNAME, standard::STATUS]
        .iter()
        .any(|field| of(*field).is_some_and(|cell| cell.state == State::Error));
    if wrong || !sign_in_missing(value(standard::STATUS), value(standard::EMAIL), value(standard::USERNAME)) {
        return;
    }
    let verdict = Verdict::Wrong(Wrong::plain(Code::NoSignIn));
    let missing = planned(place, standard::EMAIL, (None, None), verdict, None);
    cells.extend(missing.map(|cell| PlanCell { row, column, ..cell }));
}

/// Users that cells name by their ID have to be there.
pub(crate) fn check_people(
    store: &Store,
    account: AccountId,
    fields: &Fields,
    cells: &mut [PlanCell],
) -> Result<()> {
    for cell in cells.iter_mut().filter(|cell| matches!(cell.state, State::Change | State::Conflict)) {
        let is_user = fields.get(cell.field).is_some_and(|field| field.kind == Kind::User);
        let named = cell.mine.as_deref().filter(|_| is_user).and_then(|mine| mine.parse::<UserId>().ok());
        if let Some(id) = named
            && store.user(account, fields, id)?.is_empty()
        {
            cell.state = State::Error;
            cell.wrong = Some(Wrong { detail: cell.raw.clone(), ..Wrong::plain(Code::NotAUser) });
        }
    }
    Ok(())
}

/// Takes back what [`check_sign_in`] and the judging of claims said of a row, so that it can be judged again.
pub(crate) fn forget_verdicts(cells: &mut Vec<PlanCell>) {
    let of_row = |cell: &PlanCell| cell.wrong.as_ref().is_some_and(|wrong| wrong.code == Code::NoSignIn);
    cells.retain(|cell| !(of_row(cell) && cell.mine == cell.now));
    for cell in cells.iter_mut().filter(|cell| of_row(cell) || is_contested(cell)) {
        restore(cell);
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

/// The claims that a cell makes, when it is to be written (or would be, were it not contested).
pub(crate) fn claims_of(cell: &PlanCell, fields: &Fields) -> impl Iterator<Item = LaterClaim> {
    let claim = fields.get(cell.field).zip(wanted(cell).flatten());
    let claim = claim.and_then(|(field, wanted)| Claim::of(field, wanted));
    let (place, field) = (cell.place, cell.field);
    claim.into_iter().map(move |claim| LaterClaim { claim, place, field })
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
    };
    let Some((cell, field)) = cells.iter().find(|cell| cell.field == number).zip(fields.get(number)) else {
        return false;
    };
    let Some(after) = wanted(cell) else { return false };
    after.and_then(|after| Claim::of(field, after)).as_ref() != Some(claim)
}

//! Rows that share a User ID and differ. While several of them stand, each is in the plan by its file and row, red as a whole, and claims
//! nothing but to speak for the user; rows that say the same count once. The one that is left speaks for the user: its cells move to the
//! user's place and are judged as theirs, and a mark there tells which row that is, so that another one can be taken in again.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use directory::{Claim, Code, Place, PlanCell, State, UserId, Wrong, standard};

/// Puts the cells of a row at the place of the row itself, with the mark that it shares its User ID.
pub(crate) fn shared(user: UserId, mut cells: Vec<PlanCell>, mark: &PlanCell) -> Vec<PlanCell> {
    let place = Place::Row { file: mark.file, row: mark.row };
    cells.iter_mut().for_each(|cell| cell.place = place);
    let says = Some(digest(&cells));
    cells.push(PlanCell {
        place,
        field: standard::USER,
        raw: Some(user.to_string()),
        base: says,
        now: None,
        mine: None,
        state: State::Error,
        wrong: Some(Wrong::plain(Code::UserIdDuplicate)),
        chosen: None,
        ..mark.clone()
    });
    cells
}

/// What tells rows of one user apart: the texts of the cells that are not simply as they were.
pub(super) fn digest(cells: &[PlanCell]) -> String {
    let mut hasher = DefaultHasher::new();
    let edited = cells.iter().filter(|cell| cell.field != standard::USER);
    let texts: BTreeSet<_> = edited.map(|cell| (cell.field, cell.raw.as_deref())).collect();
    texts.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Whether a cell is the mark of a row that shares its User ID, red or kept.
pub(crate) fn is_mark(cell: &PlanCell) -> bool {
    cell.field == standard::USER && (is_contested(cell) || is_kept(cell))
}

/// Whether its row contradicts another one.
pub(crate) fn is_contested(cell: &PlanCell) -> bool {
    cell.wrong.as_ref().is_some_and(|wrong| wrong.code == Code::UserIdDuplicate)
}

/// Whether its row is the one of several that was kept. The mark writes nothing.
pub(super) fn is_kept(cell: &PlanCell) -> bool {
    cell.state == State::ChangedSince && cell.base.is_some() && cell.mine.is_none() && cell.raw.is_some()
}

/// That a row speaks for the user whose ID it shares.
pub(crate) fn claim_of(mark: &PlanCell) -> Option<Claim> {
    let says = mark.base.as_deref().filter(|_| is_mark(mark))?;
    Some(Claim::speaking_for(user_of(mark)?, says))
}

/// The user whose ID a row shares.
pub(crate) fn user_of(mark: &PlanCell) -> Option<UserId> {
    mark.raw.as_deref().filter(|_| is_mark(mark))?.parse().ok()
}

/// The same of a row.
pub(crate) fn user_of_row(cells: &[PlanCell]) -> Option<UserId> {
    cells.iter().find_map(user_of)
}

//! Rows that share a User ID and differ. While several of them stand, each is in the plan by its file and row, red as a whole, and claims
//! nothing but to speak for the user; rows that say the same count once. The one that is left speaks for the user: its cells move to the
//! user's place and are judged as theirs, and a mark there tells which row that is, so that another one can be taken in again.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use directory::{Claim, Code, Place, PlanCell, State, User, UserId, Verdict, Wrong, merge_values, standard};

use super::overlay::Overlay;
use store::Result;

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
fn digest(cells: &[PlanCell]) -> String {
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
fn is_kept(cell: &PlanCell) -> bool {
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

impl Overlay<'_> {
    /// The user whose row it is: also of one of several rows that share a User ID; none where a row names nobody.
    pub(super) fn whom(&mut self, place: Place) -> Result<Option<UserId>> {
        match place {
            Place::User(user) => Ok(Some(user)),
            Place::Row { .. } => Ok(user_of_row(&self.row(place)?.cells)),
        }
    }

    /// Whether rows contradict each other about a user: which, by file and row.
    pub(crate) fn contested_rows(&self, user: UserId, most: usize) -> Result<Vec<(u16, u32)>> {
        let mut rows: Vec<(u16, u32)> = Vec::new();
        for (place, _) in self.standing(user, most)? {
            if let Place::Row { file, row } = place {
                rows.push((file, row));
            }
        }
        rows.sort_unstable();
        Ok(rows)
    }

    /// Leaves a row out, or takes it in, and judges again which of the rows that share its User ID are left.
    pub(super) fn leave_out(&mut self, place: Place, out: bool) -> Result<()> {
        let mut place = place;
        let is_kept = self.row(place)?.cells.iter().any(is_kept);
        if is_kept && out {
            place = self.contest(place)?;
        }
        let row = self.row(place)?;
        (row.left_out, row.fixed) = (out, true);
        match user_of_row(&row.cells) {
            Some(user) => self.settle_shared(user),
            None => Ok(()),
        }
    }

    /// Another text lies over a cell of a row that shares its User ID: it may say by now what another one says.
    pub(super) fn said_anew(&mut self, place: Place) -> Result<()> {
        let cells = &mut self.row(place)?.cells;
        let says = digest(cells);
        let Some(mark) = cells.iter_mut().find(|cell| is_mark(cell)) else { return Ok(()) };
        mark.base = Some(says);
        match user_of(mark) {
            Some(user) => self.settle_shared(user),
            None => Ok(()),
        }
    }

    /// The rows that stand and speak for a user, with what tells them apart: those at hand, and of the others at most `most`.
    fn standing(&self, user: UserId, most: usize) -> Result<Vec<(Place, String)>> {
        let at_hand = self.rows.iter().filter(|(_, row)| !row.left_out);
        let marks = at_hand.flat_map(|(_, row)| &row.cells).filter(|cell| user_of(cell) == Some(user));
        let mut found: Vec<(Place, String)> =
            marks.filter_map(|mark| Some((mark.place, claim_of(mark)?.key))).collect();
        let kept =
            self.app.store.speaking_for(self.account.id, self.import.id, user, self.rows.len() + most)?;
        found.extend(
            kept.into_iter()
                .filter(|kept| !self.rows.contains_key(&kept.place))
                .map(|kept| (kept.place, kept.claim.key)),
        );
        Ok(found)
    }

    fn settle_shared(&mut self, user: UserId) -> Result<()> {
        let standing = self.standing(user, 2)?;
        let says: BTreeSet<&str> = standing.iter().map(|(_, says)| says.as_str()).collect();
        let place_of_user = Place::User(user);
        if says.len() > 1 {
            if standing.iter().any(|(place, _)| *place == place_of_user) {
                self.contest(place_of_user)?;
            }
            return Ok(());
        }
        // The one that was kept already, else the first in the files.
        let Some(first) = standing.iter().map(|(place, _)| *place).min() else { return Ok(()) };
        for (place, _) in standing.iter().filter(|(place, _)| *place != first) {
            self.row(*place)?.cells.clear();
        }
        if first == place_of_user { Ok(()) } else { self.keep_row(first, user) }
    }

    /// The row is the one that is left: its cells become the user's.
    fn keep_row(&mut self, place: Place, user: UserId) -> Result<()> {
        let users = self.app.store.user(self.account.id, &self.fields, user)?;
        let Some(found) = users.get(0) else { return Ok(()) };
        let cells = std::mem::take(&mut self.row(place)?.cells);
        let kept = self.row(Place::User(user))?;
        (kept.fixed, kept.left_out) = (true, false);
        for mut cell in cells.into_iter().filter_map(|cell| as_it_is_now(cell, &found)) {
            cell.place = Place::User(user);
            if is_mark(&cell) {
                (cell.state, cell.wrong) = (State::ChangedSince, None);
            }
            // What was laid over the user's place meanwhile came later.
            if !kept.cells.iter().any(|laid| laid.field == cell.field) {
                kept.cells.push(cell);
            }
        }
        self.judge_row(Place::User(user))?;
        self.touch_claims(Place::User(user))
    }

    /// The kept row is one of several again; answers its place.
    fn contest(&mut self, place: Place) -> Result<Place> {
        self.touch_claims(place)?;
        let mut cells = std::mem::take(&mut self.row(place)?.cells);
        let Some(mark) = cells.iter_mut().find(|cell| is_kept(cell)) else { return Ok(place) };
        let row = Place::Row { file: mark.file, row: mark.row };
        (mark.state, mark.wrong) = (State::Error, Some(Wrong::plain(Code::UserIdDuplicate)));
        cells.iter_mut().for_each(|cell| cell.place = row);
        let contested = self.row(row)?;
        contested.cells = cells;
        contested.fixed = true;
        Ok(row)
    }
}

/// A cell of a row that nobody looked after while the directory went on; none when it is already so.
fn as_it_is_now(cell: PlanCell, user: &User<'_>) -> Option<PlanCell> {
    if !matches!(cell.state, State::Change | State::Conflict) {
        return Some(cell);
    }
    let now = user.value(cell.field);
    match merge_values(cell.base.as_deref(), now, cell.mine.as_deref()) {
        Verdict::AlreadySo => None,
        Verdict::Conflict(_) => {
            Some(PlanCell { state: State::Conflict, now: now.map(str::to_owned), ..cell })
        }
        _ => Some(PlanCell { state: State::Change, now: now.map(str::to_owned), chosen: None, ..cell }),
    }
}

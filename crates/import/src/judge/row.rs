//! The one way to judge a row: what its cells say (merged with what was and is, or as a new user says it), then what concerns the row as
//! a whole: whether the user can sign in, and whether those whom its cells name are there. Reading, fixing, creating, the form, undo and
//! following all end here; what they don't ask is not judged: a cell that nobody edited never is.

use std::collections::BTreeMap;

use directory::{
    Code, Exactness, Field, FieldNumber, Fields, Kind, Place, PlanCell, Reading, State, User, UserId,
    Verdict, Wrong, merge, merge_values, sign_in_missing, standard,
};
use workbook::Cell;

use super::cells::{ends_with, is_contested, planned, restore};
use store::{Account, AccountId, Result, Store};

/// What rows of an account are judged by.
#[derive(Clone, Copy)]
pub(crate) struct RowJudge<'j> {
    pub(crate) store: &'j Store,
    pub(crate) account: AccountId,
    pub(crate) fields: &'j Fields,
    pub(crate) reading: &'j Reading,
    /// How columns of the file at hand are to be read that are not read as the account's settings say.
    pub(crate) readings: Option<&'j BTreeMap<FieldNumber, Reading>>,
}

/// Whom a row is about.
#[derive(Clone, Copy)]
pub(crate) enum Whom<'u> {
    /// A user, as they are now.
    User(&'u User<'u>),
    /// The row at this place, which may create one.
    New(Place),
}

/// Where what a row lacks would stand: the columns of the file, and the row in it.
#[derive(Clone, Copy)]
pub(crate) struct Lines<'f> {
    pub(crate) columns: &'f [(FieldNumber, u32)],
    pub(crate) row: u32,
}

impl Lines<'_> {
    /// No file has the row.
    pub(crate) const NONE: Lines<'static> = Lines { columns: &[], row: 0 };

    pub(crate) fn column_of(self, field: FieldNumber) -> u32 {
        self.columns.iter().find(|(of, _)| *of == field).map_or(0, |(_, column)| *column)
    }
}

impl<'j> RowJudge<'j> {
    pub(crate) fn new(store: &'j Store, account: &'j Account, fields: &'j Fields) -> Self {
        Self { store, account: account.id, fields, reading: &account.reading, readings: None }
    }

    /// The same for cells of a file whose columns have proved how they are to be read.
    pub(crate) fn by(self, readings: &'j BTreeMap<FieldNumber, Reading>) -> Self {
        Self { readings: Some(readings).filter(|readings| !readings.is_empty()), ..self }
    }

    /// How the cells of a field are read.
    pub(crate) fn reading_of(&self, field: FieldNumber) -> &'j Reading {
        self.readings.and_then(|readings| readings.get(&field)).unwrap_or(self.reading)
    }

    /// The verdict on one cell of a user: `at_base` and `today` are its field's definitions, `values` what it was and is.
    pub(crate) fn cell(
        &self,
        (at_base, today): (&Field, &Field),
        exactness: Exactness,
        values: (Option<&str>, Option<&str>),
        cell: Option<&Cell<'_>>,
    ) -> Result<Verdict> {
        match merge(at_base, today, self.reading_of(today.number), exactness, values.0, values.1, cell) {
            Verdict::Login(text) => self.named_user(&text, values),
            Verdict::Wrong(wrong) => Ok(Verdict::Wrong(self.with_answer(today, cell, wrong))),
            verdict => Ok(verdict),
        }
    }

    /// What is wrong with a cell; where people want an answer to its text offered again, it is what is offered. Of an ambiguous date the
    /// two readings are.
    pub(crate) fn with_answer(&self, field: &Field, cell: Option<&Cell<'_>>, wrong: Wrong) -> Wrong {
        let of_text = |cell: &Cell<'_>| self.fields.answer_to(field, &cell.shown());
        match cell.filter(|_| wrong.code != Code::AmbiguousDate).and_then(of_text) {
            Some(answer) => Wrong { suggestions: vec![answer], ..wrong },
            None => wrong,
        }
    }

    /// The verdict on a cell that names a user by an email or a username: as if it held that user's ID. Who has it by this very plan
    /// only, is found out when the plan is whole.
    pub(crate) fn named_user(
        &self,
        text: &str,
        (base, now): (Option<&str>, Option<&str>),
    ) -> Result<Verdict> {
        let user = match &directory::Claim::of_sign_in(text) {
            Some(claim) => self.store.user_with_claim(self.account, claim)?,
            None => None,
        };
        Ok(match user {
            Some(user) => merge_values(base, now, Some(&user.to_string())),
            None => Verdict::Wrong(Wrong::plain(Code::NotAUser)),
        })
    }

    /// Judges what concerns a row as a whole, over the verdicts of its cells. A row that only may create a user is not asked whether
    /// that user could sign in.
    pub(crate) fn row(&self, whom: Whom<'_>, cells: &mut Vec<PlanCell>, lines: Lines<'_>) -> Result<()> {
        if cells.is_empty() {
            return Ok(());
        }
        match whom {
            Whom::User(user) => check_sign_in(cells, user, lines.columns.iter().copied(), lines.row),
            Whom::New(place) if cells.iter().any(PlanCell::creates) => {
                check_new_sign_in(place, cells, lines);
            }
            Whom::New(_) => {}
        }
        self.check_people(cells)
    }

    /// The same once more, after a cell of the row was changed.
    pub(crate) fn row_again(
        &self,
        whom: Whom<'_>,
        cells: &mut Vec<PlanCell>,
        lines: Lines<'_>,
    ) -> Result<()> {
        forget_verdicts(cells);
        self.row(whom, cells, lines)
    }

    /// Users that cells name by their ID have to be there. Rows that they name are judged when the plan is whole.
    fn check_people(&self, cells: &mut [PlanCell]) -> Result<()> {
        for cell in cells.iter_mut().filter(|cell| matches!(cell.state, State::Change | State::Conflict)) {
            let is_user = self.fields.get(cell.field).is_some_and(|field| field.kind == Kind::User);
            let named = cell.mine.as_deref().filter(|_| is_user).and_then(|mine| mine.parse::<UserId>().ok());
            if let Some(id) = named
                && self.store.user(self.account, self.fields, id)?.is_empty()
            {
                (cell.state, cell.wrong) = (State::Error, Some(Wrong::plain(Code::NotAUser)));
            }
        }
        Ok(())
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
    let (place, file) = cells.first().map_or((Place::User(user.id()), 1), |cell| (cell.place, cell.file));
    cells.push(PlanCell {
        place,
        field: standard::EMAIL,
        file,
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

/// Judges whether a user that is to be created could sign in; `lines` say where the email would stand.
fn check_new_sign_in(place: Place, cells: &mut Vec<PlanCell>, lines: Lines<'_>) {
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
    let column = lines.column_of(standard::EMAIL);
    let row = if column == 0 { 0 } else { lines.row };
    cells.extend(missing.map(|cell| PlanCell { row, column, ..cell }));
}

/// Takes back what was said of a row as a whole and of its claims, so that it can be judged again.
fn forget_verdicts(cells: &mut Vec<PlanCell>) {
    let of_row = |cell: &PlanCell| cell.wrong.as_ref().is_some_and(|wrong| wrong.code == Code::NoSignIn);
    cells.retain(|cell| !(of_row(cell) && cell.mine == cell.now));
    for cell in cells.iter_mut().filter(|cell| of_row(cell) || is_contested(cell)) {
        restore(cell);
    }
}

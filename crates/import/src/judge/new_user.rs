//! Rows that name no user: each may create one. In the template for new users that is what they are for; in a bulk edit it is
//! asked first, never silent.

use directory::{
    Code, Field, FieldNumber, Fields, Kind, Place, PlanCell, State, Verdict, Wrong, create, standard,
};
use workbook::{Cell, Position, Row};

use super::cells::planned;
use super::row::{Lines, RowJudge, Whom};
use store::{AccountId, ImportId, PRESENT, Result, Store};

impl RowJudge<'_> {
    /// What a row without a User ID says: a cell for each value that it has.
    pub(crate) fn said(
        &self,
        place: Place,
        row: &Row<'_>,
        columns: &[(FieldNumber, u32)],
    ) -> Result<Vec<PlanCell>> {
        let mut cells = Vec::new();
        for (field, column) in columns {
            let says = |cell: &Cell<'_>| !cell.shown().trim().is_empty() || cell.defect.is_some();
            let given = row.cell(*column).filter(says);
            if let Some((cell, field)) = given.zip(self.fields.get(*field)) {
                cells.extend(self.new_cell(place, field, Some(&cell), cell.position, row.hidden)?);
            }
        }
        Ok(cells)
    }

    /// Judges a row that is to create a user, once that is asked for: what the user lacks is wrong now.
    pub(crate) fn created(&self, place: Place, cells: &mut Vec<PlanCell>, lines: Lines<'_>) -> Result<()> {
        for field in self.fields.current() {
            if !cells.iter().any(|cell| cell.field == field.number) {
                let position = Position { row: lines.row, column: lines.column_of(field.number) };
                cells.extend(self.new_cell(place, field, None, position, false)?);
            }
        }
        self.row(Whom::New(place), cells, lines)
    }

    /// One cell of it. A status that is not given is active.
    pub(crate) fn new_cell(
        &self,
        place: Place,
        field: &Field,
        cell: Option<&Cell<'_>>,
        position: Position,
        hidden: bool,
    ) -> Result<Option<PlanCell>> {
        let active = Cell::text(position, "Active");
        let given = cell.filter(|cell| !cell.shown().trim().is_empty());
        let cell = if field.kind == Kind::Status { given.or(Some(&active)) } else { cell };
        let verdict = match create(field, self.reading_of(field.number), cell) {
            Verdict::Login(text) => self.named_user(&text, (None, None))?,
            Verdict::Unedited => return Ok(None),
            Verdict::Wrong(wrong) => Verdict::Wrong(self.with_answer(field, cell, wrong)),
            verdict => verdict,
        };
        let raw = cell.map(|cell| cell.shown().into_owned());
        let planned = planned(place, field.number, (None, None), verdict, raw);
        let row = if position.column == 0 { 0 } else { position.row };
        Ok(planned.map(|planned| PlanCell { row, column: position.column, hidden, ..planned }))
    }
}

/// The cell that asks what is to become of a row without a User ID.
pub(crate) fn question(place: Place, id_column: u32, hidden: bool) -> PlanCell {
    let (file, row) = match place {
        Place::Row { file, row } => (file, row),
        Place::User(_) => (1, 0),
    };
    PlanCell {
        place,
        field: standard::USER,
        file,
        row,
        column: id_column,
        raw: None,
        base: None,
        now: None,
        mine: None,
        state: State::Error,
        wrong: Some(Wrong::plain(Code::UserIdMissing)),
        chosen: None,
        hidden,
    }
}

/// Answers the question with yes: the row creates a user, who gets a number when the import is applied.
pub(crate) fn answer_yes(cell: &mut PlanCell) {
    (cell.mine, cell.state, cell.wrong) = (Some(PRESENT.to_owned()), State::Change, None);
}

/// Whether a cell is that question, or its answer.
pub(crate) fn is_of_new_user(cell: &PlanCell) -> bool {
    matches!(cell.place, Place::Row { .. })
        && cell.field == standard::USER
        && (cell.state == State::Change
            || cell.wrong.as_ref().is_some_and(|wrong| wrong.code == Code::UserIdMissing))
}

/// The name that a new user will have.
pub(crate) fn name_of(cells: &[PlanCell]) -> String {
    let of = |field: FieldNumber| {
        let cell = cells.iter().find(|cell| cell.field == field);
        cell.and_then(|cell| cell.mine.as_deref().or(cell.raw.as_deref())).unwrap_or_default().to_owned()
    };
    [of(standard::FIRST_NAME), of(standard::LAST_NAME)].join(" ").trim().to_owned()
}

/// The name of whoever a place of a plan is of: a user, by their ID when there is none any more, or the one whom a row is to create.
pub(crate) fn name_at(
    store: &Store,
    fields: &Fields,
    (account, import): (AccountId, ImportId),
    place: Place,
) -> Result<String> {
    match place {
        Place::User(user) => {
            let users = store.user(account, fields, user)?;
            Ok(users.get(0).map_or_else(|| user.to_string(), |user| user.name()))
        }
        Place::Row { file, row } => {
            let name = name_of(&store.plan_row(account, import, place)?);
            let kept = if file > 1 { store.import(account, import)? } else { None };
            let accounted = kept.map(|import| import.accounted).unwrap_or_default();
            Ok(directory::user_of_row(&name, (file, row), &accounted))
        }
    }
}

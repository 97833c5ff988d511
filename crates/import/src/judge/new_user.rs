//! Rows that name no user: each may create one. In the template for new users that is what they are for; in a bulk edit it is
//! asked first, never silent.

use directory::{
    Code, Field, FieldNumber, Fields, Kind, Place, PlanCell, Reading, State, UserId, Verdict, Wrong, create,
    standard,
};
use workbook::{Cell, Position, Row};

use crate::judge;
use crate::read::head::Column;
use store::{AccountId, Error, Result, Store};

/// What a new user is read by.
pub(crate) struct NewUser<'n> {
    pub(crate) store: &'n Store,
    pub(crate) account: AccountId,
    pub(crate) fields: &'n Fields,
    pub(crate) reading: &'n Reading,
}

impl NewUser<'_> {
    /// What a row without a User ID says: a cell for each value that it has.
    pub(crate) fn said(&self, place: Place, row: &Row<'_>, columns: &[Column]) -> Result<Vec<PlanCell>> {
        let mut cells = Vec::new();
        for column in columns {
            let given = row.cell(column.column).filter(|cell| !cell.shown().trim().is_empty());
            if let Some(cell) = given {
                cells.extend(self.cell_of(place, &column.today, Some(&cell), cell.position, row.hidden)?);
            }
        }
        Ok(cells)
    }

    /// What the user that such a row creates lacks: judged once it is asked for. `columns` are those of the file.
    pub(crate) fn add_missing(
        &self,
        place: Place,
        row: u32,
        columns: &[(FieldNumber, u32)],
        cells: &mut Vec<PlanCell>,
    ) -> Result<()> {
        let position = |field| {
            let column = columns.iter().find(|(of, _)| *of == field).map_or(0, |(_, column)| *column);
            Position { row, column }
        };
        for field in self.fields.current() {
            if !cells.iter().any(|cell| cell.field == field.number) {
                cells.extend(self.cell_of(place, field, None, position(field.number), false)?);
            }
        }
        let Position { column, .. } = position(standard::EMAIL);
        judge::check_new_sign_in(place, cells, if column == 0 { 0 } else { row }, column);
        Ok(())
    }

    /// One cell of it. A status that is not given is active.
    pub(crate) fn cell_of(
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
        let verdict = match create(field, self.reading, cell) {
            Verdict::Login(text) => judge::named_user(self.store, self.account, &text, (None, None))?,
            Verdict::Unedited => return Ok(None),
            verdict => verdict,
        };
        let raw = cell.map(|cell| cell.shown().into_owned());
        let planned = judge::planned(place, field.number, (None, None), verdict, raw);
        let row = if position.column == 0 { 0 } else { position.row };
        Ok(planned.map(|planned| PlanCell { row, column: position.column, hidden, ..planned }))
    }
}

/// The cell that asks what is to become of a row without a User ID.
pub(crate) fn question(file: u16, row: u32, id_column: u32, hidden: bool) -> PlanCell {
    PlanCell {
        place: Place::Row { file, row },
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

/// Answers the question with yes: the user gets the number that was reserved for it.
pub(crate) fn answer_yes(store: &Store, cell: &mut PlanCell) -> Result<()> {
    let number = store.reserve_users(1)?;
    let id = UserId::from_number(number)
        .ok_or_else(|| Error::Failed("no numbers for users are left".to_owned()))?;
    cell.mine = Some(id.to_string());
    cell.state = State::Change;
    cell.wrong = None;
    Ok(())
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

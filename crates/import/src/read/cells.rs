//! The cells of a row of a file: whom it names, and what a verdict on one makes of it in the plan.

use directory::{
    Code, Damage, Place, PlanCell, State, User, UserId, Verdict, Wrong, is_error_word, standard,
};
use workbook::{Cell, Row};

use super::head::Column;
use crate::judge::planned;
use crate::matching::{SAME_AS_ROW, SEVERAL};

/// What the ID cell of a row says.
pub(crate) enum Named {
    User(UserId),
    Wrong(Code, String),
    Nobody,
}

/// The cell of the plan that a verdict makes of one of the file.
pub(crate) fn planned_cell(
    (file, row): (u16, &Row<'_>),
    column: &Column,
    cell: Option<&Cell<'_>>,
    user: &User<'_>,
    (values, verdict): ((Option<&str>, Option<&str>), Verdict),
) -> Option<PlanCell> {
    let raw = cell.map(|cell| cell.shown().into_owned());
    let planned = planned(Place::User(user.id()), column.today.number, values, verdict, raw);
    let (row, column, hidden) = (row.number, column.column, row.hidden);
    planned.map(|cell| PlanCell { file, row, column, hidden, ..cell })
}

/// An error of a whole row, in its User ID.
pub(crate) fn error_of_row(
    (file, row): (u16, &Row<'_>),
    column: u32,
    raw: Option<String>,
    wrong: Wrong,
) -> PlanCell {
    PlanCell {
        place: Place::Row { file, row: row.number },
        field: standard::USER,
        file,
        row: row.number,
        column,
        raw,
        base: None,
        now: None,
        mine: None,
        state: State::Error,
        wrong: Some(wrong),
        chosen: None,
        hidden: row.hidden,
    }
}

/// A cell that a spreadsheet damaged, when the file's value could be meant; `cell` is what it would be then.
pub(crate) fn damaged(mut cell: PlanCell, damage: Damage) -> PlanCell {
    if matches!(cell.state, State::Change | State::Conflict) {
        cell.state = State::Damage;
        cell.wrong = Some(Wrong::with(Code::DamageKept, damage.word()));
    }
    cell
}

/// Whether a cell empties a value, whatever was made of that.
pub(crate) fn empties(verdict: &Verdict, base: Option<&str>, cell: Option<&Cell<'_>>) -> bool {
    base.is_some()
        && cell.is_none_or(|cell| cell.raw.trim().is_empty())
        && !matches!(verdict, Verdict::AlreadySo)
}

/// The text in a column, where it is one.
pub(crate) fn text_of<'r>(row: &Row<'r>, column: u32) -> Option<&'r str> {
    row.cell(column).filter(|cell| cell.kind == workbook::Kind::Text).map(|cell| cell.raw)
}

/// What the ID cell of a row says.
pub(crate) fn named(row: &Row<'_>, id_column: u32) -> Named {
    let Some(cell) = row.cell(id_column) else { return Named::Nobody };
    let text = cell.shown();
    match text.parse::<UserId>() {
        _ if text.trim().is_empty() => Named::Nobody,
        Ok(id) => Named::User(id),
        _ if cell.kind == workbook::Kind::Error || is_error_word(text.trim()) => {
            Named::Wrong(Code::FormulaError, text.into_owned())
        }
        Err(_) if text.starts_with(SAME_AS_ROW) || text.starts_with(SEVERAL) => of_table(&text),
        Err(directory::IdProblem::Damaged) => Named::Wrong(Code::UserIdDamaged, text.into_owned()),
        Err(directory::IdProblem::NotAnId) => Named::Wrong(Code::UserIdUnknown, text.into_owned()),
    }
}

/// What a row of a table says in the place of the User ID where it names no single user.
fn of_table(text: &str) -> Named {
    match (text.strip_prefix(SAME_AS_ROW), text.strip_prefix(SEVERAL)) {
        (Some(row), _) => Named::Wrong(Code::PersonTwice, row.to_owned()),
        (_, Some(users)) => Named::Wrong(Code::SeveralUsers, users.to_owned()),
        _ => Named::Wrong(Code::UserIdUnknown, text.to_owned()),
    }
}

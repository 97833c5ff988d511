//! Rows of a plan as a grid shows them: whose each is, and what stands in its cells or will.

use std::collections::BTreeMap;

use directory::{Field, FieldNumber, Fields, Place, PlanCell, State, UserId, Users};
use workbook::Position;

use crate::Context;
use crate::judge::new_user;
use crate::review::lists::{People, as_issues};
use crate::review::shown::ReviewIssue;
use store::{Import, Result};

/// A row of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// Which.
    pub place: Place,
    /// The name of its user, also of one whom it is to create; empty where none can be told.
    pub name: String,
    /// What stands in the columns that were asked for, or will.
    pub values: BTreeMap<FieldNumber, RowValue>,
}

/// What stands in a cell, or will.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowValue {
    /// As people read it.
    pub text: String,
    /// Where it stands in the file with this number, if the plan has the cell.
    pub at: Option<(u16, Position)>,
    /// Whether the import writes it.
    pub is_written: bool,
}

/// Rows of a plan, with what stands in these columns.
///
/// # Errors
/// When the store fails.
pub fn rows(app: &Context, import: &Import, places: &[Place], columns: &[Field]) -> Result<Vec<ReviewRow>> {
    let fields = app.store.fields(import.account)?;
    let users = users_at(app, import, &fields, places)?;
    let mut people = People::in_plan(app, import, &fields);
    let mut shown = Vec::with_capacity(places.len());
    for place in places {
        let cells = app.store.plan_row(import.account, import.id, *place)?;
        let user = match place {
            Place::User(id) => users.find(*id),
            Place::Row { .. } => None,
        };
        let name = match (&user, place) {
            (Some(user), _) => user.name(),
            (None, Place::User(id)) => id.to_string(),
            (None, Place::Row { .. }) => new_user::name_of(&cells),
        };
        let mut values = BTreeMap::new();
        for column in columns {
            let today = user.as_ref().and_then(|user| user.value(column.number));
            let planned = cells.iter().find(|cell| cell.field == column.number);
            values.insert(column.number, value_of(&mut people, column, planned, today)?);
        }
        shown.push(ReviewRow { place: *place, name, values });
    }
    Ok(shown)
}

fn value_of(
    people: &mut People<'_>,
    column: &Field,
    planned: Option<&PlanCell>,
    today: Option<&str>,
) -> Result<RowValue> {
    let written = planned.filter(|cell| cell.state == State::Change);
    let stored = written.map_or(today, |cell| cell.mine.as_deref());
    let at = planned.filter(|cell| cell.row > 0 && cell.column > 0);
    let at = at.map(|cell| (cell.file, Position { row: cell.row, column: cell.column }));
    Ok(RowValue { text: people.shown(column, stored)?, at, is_written: written.is_some() })
}

fn users_at(app: &Context, import: &Import, fields: &Fields, places: &[Place]) -> Result<Users> {
    let mut ids: Vec<UserId> = places
        .iter()
        .filter_map(|place| match place {
            Place::User(id) => Some(*id),
            Place::Row { .. } => None,
        })
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut users = Users::new(fields);
    app.store.users_of(import.account, &ids, &mut users)?;
    Ok(users)
}

/// The row of a plan that stands in a line of a file.
///
/// # Errors
/// When the store fails.
pub fn place_of_row(app: &Context, import: &Import, (file, row): (u16, u32)) -> Result<Option<Place>> {
    let cells = app.store.plan_cells_in_row(import.account, import.id, file, row)?;
    Ok(cells.first().map(|cell| cell.place))
}

/// What is wrong with one row, and the fields of all of its cells in the plan.
///
/// # Errors
/// When the store fails.
pub fn problems_of(
    app: &Context,
    import: &Import,
    place: Place,
) -> Result<(Vec<ReviewIssue>, Vec<FieldNumber>)> {
    let fields = app.store.fields(import.account)?;
    let cells = app.store.plan_row(import.account, import.id, place)?;
    let known = cells.iter().map(|cell| cell.field).collect();
    let wrong = cells.into_iter().filter(|cell| cell.state == State::Error).collect();
    Ok((as_issues(app, import, &fields, wrong)?, known))
}

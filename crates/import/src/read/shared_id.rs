//! Rows that share a User ID: rows that say the same count once; when they differ, all of them are wrong. Found in a second pass over
//! the file, which only files with such rows need.

use std::collections::{BTreeMap, HashSet};

use directory::{Code, FieldNumber, Place, PlanCell, State, UserId, Users, standard};
use workbook::{Book, Row};

use crate::judge::past::Past;
use crate::lease::Working;
use crate::read::head::{Head, Refused};
use crate::read::merger::Merger;
use crate::read::{each_batch, wrong};
use store::Result;

/// The rows of one user.
struct Double {
    rows: Vec<u32>,
    /// What the first of them says.
    says: Vec<(FieldNumber, Option<String>)>,
    differ: bool,
}

/// Marks the rows that share a User ID and differ.
pub(crate) fn mark(
    working: &Working,
    book: &mut Book,
    head: &Head,
    merger: &mut Merger<'_>,
) -> std::result::Result<(), Refused> {
    merger.flush()?;
    let wanted: HashSet<UserId> = std::mem::take(&mut merger.doubled).into_iter().collect();
    let mut doubles: BTreeMap<UserId, Double> = BTreeMap::new();
    each_batch(book, head.sheet, |batch, _| {
        for row in batch.iter().filter(|row| row.number > head.key_row) {
            let id = row.cell(head.header.id_column).and_then(|cell| cell.shown().parse::<UserId>().ok());
            if let Some(id) = id.filter(|id| wanted.contains(id)) {
                note(working, merger, &mut doubles, id, &row)?;
            }
        }
        Ok(!working.is_lost())
    })?;
    for (id, double) in doubles.into_iter().filter(|(_, double)| double.differ) {
        for row in double.rows.clone() {
            let others: Vec<String> =
                double.rows.iter().filter(|other| **other != row).take(10).map(u32::to_string).collect();
            let first = double.rows.first() == Some(&row);
            let file = merger.file();
            let place = if first { Place::User(id) } else { Place::Row { file, row } };
            merger.take_double(
                error_cell((place, file), id, row, head.header.id_column, others.join(", ")),
                first,
            )?;
        }
    }
    Ok(())
}

fn note(
    working: &Working,
    merger: &mut Merger<'_>,
    doubles: &mut BTreeMap<UserId, Double>,
    id: UserId,
    row: &Row<'_>,
) -> Result<()> {
    let says = says(working, merger, id, row)?;
    match doubles.get_mut(&id) {
        Some(double) => {
            double.differ |= double.says != says;
            double.rows.push(row.number);
        }
        None => {
            doubles.insert(id, Double { rows: vec![row.number], says, differ: false });
        }
    }
    Ok(())
}

/// What a row says beyond what is so already.
fn says(
    working: &Working,
    merger: &mut Merger<'_>,
    id: UserId,
    row: &Row<'_>,
) -> Result<Vec<(FieldNumber, Option<String>)>> {
    let account = merger.account().id;
    let users: Users = working.app.store.user(account, merger.fields(), id)?;
    let Some(user) = users.get(0) else { return Ok(Vec::new()) };
    let past = match merger.base() {
        Some(base) => Past::of(&working.app.store, account, &users, base)?,
        None => Past::default(),
    };
    let cells = merger.cells_again(row, &user, &past)?;
    Ok(cells.into_iter().map(|cell| (cell.field, cell.raw)).collect())
}

fn error_cell((place, file): (Place, u16), id: UserId, row: u32, column: u32, others: String) -> PlanCell {
    PlanCell {
        place,
        field: standard::USER,
        file,
        row,
        column,
        raw: Some(id.to_string()),
        base: None,
        now: None,
        mine: None,
        state: State::Error,
        wrong: Some(wrong(Code::UserIdDuplicate, Some(others))),
        chosen: None,
        hidden: false,
    }
}

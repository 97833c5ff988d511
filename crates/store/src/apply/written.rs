//! What a plan writes, streamed row by row: the plan is never whole in memory, and no row costs an allocation.

use std::collections::HashSet;

use directory::{Change, FieldNumber, Place};

use crate::engine::{Connection, Result, Row, params};
use crate::texts::{Span, Texts};
use crate::work::plan::place_of;
use crate::{AccountId, ImportId, Store};

/// The changes of one row of a plan, packed; filled again for the next row.
#[derive(Default)]
pub(crate) struct WrittenRow {
    place: i64,
    texts: Texts,
    cells: Vec<(FieldNumber, Span, Span)>,
}

impl WrittenRow {
    pub(crate) fn place(&self) -> Result<Place> {
        place_of(self.place)
    }

    /// The changes, ascending by field.
    pub(crate) fn changes(&self) -> impl Iterator<Item = Change<'_>> {
        self.cells.iter().map(|(field, before, after)| Change {
            field: *field,
            before: self.texts.get(*before),
            after: self.texts.get(*after),
        })
    }

    fn clear(&mut self, place: i64) {
        self.place = place;
        self.texts.clear();
        self.cells.clear();
    }

    fn push(&mut self, row: &Row<'_>) -> Result<()> {
        let field = FieldNumber(row.integer(1)? as u32);
        let (before, after) = (row.maybe_text(2)?, row.maybe_text(3)?);
        if before != after {
            self.cells.push((field, self.texts.keep(before), self.texts.keep(after)));
        }
        Ok(())
    }
}

/// The rows of a plan that are not to be written: those with an error and those left out. An open conflict writes nothing, and holds nothing else.
pub(crate) struct Held(HashSet<i64>);

impl Held {
    pub(crate) fn has(&self, place: i64) -> bool {
        self.0.contains(&place)
    }
}

/// What [`directory::PlanCell::written`] says of a cell, in SQL.
const WRITTEN: &str =
    "SELECT place, field, now, CASE chosen WHEN 'download' THEN base ELSE mine END FROM plan_cell
     WHERE account = ?1 AND import = ?2 AND place >= ?3
       AND (state = 1 OR (state IN (2, 4, 5) AND chosen = 'file') OR (state = 2 AND chosen = 'download'))";

impl Store {
    /// The rows that are not to be written: those with an error and those left out. An open conflict writes nothing, and holds nothing else.
    pub fn held_rows(&self, account: AccountId, import: ImportId) -> Result<Vec<Place>> {
        self.held_places(account, import)?.0.into_iter().map(place_of).collect()
    }

    pub(crate) fn held_places(&self, account: AccountId, import: ImportId) -> Result<Held> {
        self.read(|connection| {
            let held = connection.all(
                "SELECT place FROM plan_cell WHERE account = ?1 AND import = ?2 AND state > 1 AND state = 3
                 UNION SELECT place FROM left_out WHERE account = ?1 AND import = ?2",
                params![account.0, import.number()],
                |row| row.integer(0),
            )?;
            Ok(Held(held.into_iter().collect()))
        })
    }

    /// Hands over every row of the plan that writes something, by place, from one on: new users first. With `only`, nothing but the cells of
    /// these fields.
    pub(crate) fn each_written_row(
        &self,
        of: (AccountId, ImportId, i64),
        held: &Held,
        only: Option<&[FieldNumber]>,
        take: impl FnMut(&WrittenRow) -> Result<()>,
    ) -> Result<()> {
        let only = only.map_or_else(String::new, |fields| {
            let numbers: Vec<String> = fields.iter().map(|field| field.0.to_string()).collect();
            format!(" AND field IN ({})", numbers.join(", "))
        });
        let sql = format!("{WRITTEN}{only} ORDER BY place, field");
        self.read(|connection| stream(connection, &sql, of, held, take))
    }
}

fn stream(
    connection: &mut Connection,
    sql: &str,
    (account, import, from): (AccountId, ImportId, i64),
    held: &Held,
    mut take: impl FnMut(&WrittenRow) -> Result<()>,
) -> Result<()> {
    let mut written = WrittenRow::default();
    let mut hand_over = |written: &WrittenRow| {
        if written.cells.is_empty() || held.has(written.place) { Ok(()) } else { take(written) }
    };
    connection.each(sql, params![account.0, import.number(), from], |row| {
        let place = row.integer(0)?;
        if place != written.place {
            hand_over(&written)?;
            written.clear(place);
        }
        written.push(row)
    })?;
    hand_over(&written)
}

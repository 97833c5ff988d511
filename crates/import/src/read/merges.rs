//! Cells that lie under a merged cell: they hold nothing of their own, and what the merged cell says is offered for them. The merges of a
//! sheet are known at its end, so a sheet that has some is read once more, knowing them.

use std::collections::BTreeMap;

use directory::{Code, Place, PlanCell, Verdict, Wrong};
use workbook::{Area, Batch, Position, Row};

use super::head::{Column, Head};
use crate::judge::planned;

/// The merged cells of a sheet, and what those say that were read so far.
#[derive(Debug, Default)]
pub(crate) struct Merges {
    areas: Vec<Area>,
    said: BTreeMap<Position, String>,
}

impl Merges {
    pub(crate) fn new(areas: Vec<Area>) -> Self {
        Self { areas, said: BTreeMap::new() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// Notes what the merged cells of some rows say.
    pub(crate) fn note(&mut self, batch: &Batch) {
        if self.areas.is_empty() {
            return;
        }
        for row in batch.iter() {
            for area in self.areas.iter().filter(|area| area.first.row == row.number) {
                let text = row.cell(area.first.column).map(|cell| cell.shown().into_owned());
                self.said.insert(area.first, text.unwrap_or_default());
            }
        }
    }

    /// What is to be said of an empty cell that lies under a merged one; inside, none when the user has its value already.
    pub(crate) fn covered(&self, row: u32, column: &Column, base: Option<&str>) -> Option<Option<Wrong>> {
        let text = self.text_over(Position { row, column: column.column })?;
        let is_as_before = column.at_base.shown(base, None) == text;
        Some((!is_as_before).then(|| wrong(text)))
    }

    /// What is to be said of the empty cells of a row that may create a user, where a merged cell that says something lies over them.
    pub(crate) fn covered_in_new(&self, place: Place, row: &Row<'_>, head: &Head) -> Vec<PlanCell> {
        if self.areas.is_empty() {
            return Vec::new();
        }
        let columns = head.columns.iter().filter(|column| !column.today.read_only);
        let empty = columns.filter(|column| row.cell(column.column).is_none());
        let covered = empty.filter_map(|column| {
            let cell = Position { row: row.number, column: column.column };
            let text = self.text_over(cell).filter(|text| !text.trim().is_empty())?;
            let verdict = Verdict::Wrong(wrong(text));
            let planned = planned(place, column.today.number, (None, None), verdict, None)?;
            Some(PlanCell { row: cell.row, column: cell.column, hidden: row.hidden, ..planned })
        });
        covered.collect()
    }

    /// What the merged cell says under which a cell lies; none where it lies under none.
    fn text_over(&self, cell: Position) -> Option<&str> {
        let area = self.areas.iter().find(|area| area.contains(cell) && area.first != cell)?;
        Some(self.said.get(&area.first).map(String::as_str).unwrap_or_default())
    }
}

/// That a cell is covered; what the merged cell says is offered for it.
fn wrong(text: &str) -> Wrong {
    let suggestions = Some(text).filter(|text| !text.is_empty()).map(str::to_owned).into_iter().collect();
    Wrong { suggestions, ..Wrong::plain(Code::MergedCells) }
}

/// The merged cells that lie over cells of users.
pub(crate) fn over_users(areas: Vec<Area>, head: &Head) -> Vec<Area> {
    let is_over = |area: &Area| {
        area.first != area.last
            && area.last.row >= head.first_user
            && (area.first.column..=area.last.column.min(head.last_column)).any(|column| head.is_read(column))
    };
    areas.into_iter().filter(is_over).collect()
}

//! Cells that lie under a merged cell: they hold nothing of their own, and what the merged cell says is offered for them. The merges of a
//! sheet are known at its end, so a sheet that has some is read once more, knowing them.

use std::collections::BTreeMap;

use directory::{Code, Wrong};
use workbook::{Area, Batch, Position};

use super::head::{Column, Head};

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
        let cell = Position { row, column: column.column };
        let area = self.areas.iter().find(|area| area.contains(cell) && area.first != cell)?;
        let text = self.said.get(&area.first).map(String::as_str).unwrap_or_default();
        let is_as_before = column.at_base.shown(base, None) == text;
        let suggestions: Vec<String> =
            Some(text).filter(|text| !text.is_empty()).map(str::to_owned).into_iter().collect();
        Some((!is_as_before).then(|| Wrong { suggestions, ..Wrong::plain(Code::MergedCells) }))
    }
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

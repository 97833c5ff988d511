//! Cells that are merged: which ranges a sheet says so of, no more of them than can matter.

use crate::Area;

/// Ranges that are kept; more are only counted.
const MOST: usize = 10_000;

/// The merged ranges of a sheet, as far as they were read.
#[derive(Debug, Default)]
pub(crate) struct Merged {
    areas: Vec<Area>,
    more: u64,
}

impl Merged {
    /// Adds a range of more than one cell.
    pub(crate) fn add(&mut self, area: Area) {
        if area.first == area.last {
            return;
        }
        if self.areas.len() < MOST {
            self.areas.push(area);
        } else {
            self.more += 1;
        }
    }

    /// The first ranges, in the order in which the file names them.
    pub(crate) fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// How many there are beyond those.
    pub(crate) fn more(&self) -> u64 {
        self.more
    }
}

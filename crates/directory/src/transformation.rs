//! One transformation of many cells: when most edits of a column are one and the same step from what was downloaded to what the file
//! says, and programs make that step (dates moved by a day, letters without their accents, upper case, a prefix that is gone), then it
//! may well be that nobody meant it. From one cell that can't be told; from all of them it can.

use std::collections::{BTreeMap, HashMap};

use crate::{Field, FieldNumber, Fields, Place, PlanCell, State, standard};

mod before;
mod other_rows;
mod step;

use other_rows::OtherRows;
pub use step::Step;

/// So many edits of a column have to be one step at least: people do make the same change a few times.
const FEWEST: u64 = 5;
/// So many steps are counted for a column. When there are more, none of them is that of most cells.
const MOST_STEPS: usize = 2_048;
/// So many examples are shown.
const EXAMPLES: usize = 2;

/// What the edits of a file's columns have in common, counted row by row.
#[derive(Debug, Clone, Default)]
pub struct Transformations {
    columns: BTreeMap<FieldNumber, Column>,
}

/// A step that most edits of a column are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transformation {
    /// The column.
    pub field: FieldNumber,
    /// What was done to its values.
    pub step: Step,
    /// How many cells that explains.
    pub cells: i64,
    /// Two of them: the stored forms at the download and in the file.
    pub examples: Vec<(String, String)>,
}

#[derive(Debug, Clone, Default)]
struct Column {
    edits: u64,
    steps: HashMap<Step, Explained>,
    other_rows: OtherRows,
}

#[derive(Debug, Clone)]
struct Explained {
    cells: u64,
    /// How many of them have the value of the first: one new value for many is an edit, whatever it looks like.
    alike: u64,
    examples: Vec<(String, String)>,
}

impl Transformations {
    /// Notes the edited cells of a row that was there at the download.
    pub fn edited_row(&mut self, cells: &[PlanCell], fields: &Fields) {
        for cell in cells.iter().filter(|cell| matches!(cell.place, Place::User(_))) {
            self.columns.entry(cell.field).or_default().other_rows.note(cell);
            let Some((field, base, mine)) = edit(cell, fields) else { continue };
            let column = self.columns.entry(field.number).or_default();
            column.edits += 1;
            Step::each_between(field.kind, base, mine, |step| column.note(step, base, mine));
            if are_names_swapped(cell, cells) {
                column.note(Step::NamesSwapped, base, mine);
            }
        }
    }

    /// The columns of which four fifths of the edits, and at least five, are one step; or of which the values stand in other rows.
    pub fn found(&self) -> Vec<Transformation> {
        let found = |(field, column): (&FieldNumber, &Column)| {
            column.found(*field).or_else(|| column.exchanged(*field))
        };
        self.columns.iter().filter_map(found).collect()
    }
}

impl Column {
    fn note(&mut self, step: Step, base: &str, mine: &str) {
        if self.steps.len() >= MOST_STEPS && !self.steps.contains_key(&step) {
            self.forget_rare_ones();
        }
        let explained =
            self.steps.entry(step).or_insert_with(|| Explained { cells: 0, alike: 0, examples: Vec::new() });
        explained.cells += 1;
        explained.alike +=
            u64::from(explained.examples.first().is_none_or(|(_, first)| first.as_str() == mine));
        let is_known = explained.examples.iter().any(|(_, known)| known.as_str() == mine);
        if explained.examples.len() < EXAMPLES && !is_known {
            explained.examples.push((base.to_owned(), mine.to_owned()));
        }
    }

    /// Makes room: what was seen but once so far is none that most cells have, unless it comes again and again from here on.
    fn forget_rare_ones(&mut self) {
        let least = self.steps.values().map(|explained| explained.cells).min().unwrap_or(0);
        self.steps.retain(|_, explained| explained.cells > least);
    }

    /// Values that stand in other rows, where no other step explains the edits.
    fn exchanged(&self, field: FieldNumber) -> Option<Transformation> {
        let found = self.other_rows.found()?;
        let step = Step::OtherRows(found.before);
        Some(Transformation { field, step, cells: found.cells, examples: found.examples })
    }

    fn found(&self, field: FieldNumber) -> Option<Transformation> {
        let is_of_most = |cells: u64| cells >= FEWEST && cells * 5 >= self.edits * 4;
        let found = self
            .steps
            .iter()
            .filter(|(_, explained)| is_of_most(explained.cells) && explained.alike * 5 < explained.cells * 4)
            .max_by(|(one, of_one), (other, of_other)| (of_one.cells, other).cmp(&(of_other.cells, one)))?;
        let (step, explained) = found;
        Some(Transformation {
            field,
            step: step.clone(),
            cells: explained.cells as i64,
            examples: explained.examples.clone(),
        })
    }
}

/// What an edited cell was and says, where it said something before: only of that is known what was done to it.
fn edit<'c>(cell: &'c PlanCell, fields: &'c Fields) -> Option<(&'c Field, &'c str, &'c str)> {
    let is_edit = matches!(cell.state, State::Change | State::Conflict);
    let (base, mine) = (cell.base.as_deref()?, cell.mine.as_deref()?);
    fields.get(cell.field).filter(|_| is_edit).map(|field| (field, base, mine))
}

/// Whether the first and the last name of a row have changed places, for either of the two.
fn are_names_swapped(cell: &PlanCell, cells: &[PlanCell]) -> bool {
    let other = match cell.field {
        standard::FIRST_NAME => standard::LAST_NAME,
        standard::LAST_NAME => standard::FIRST_NAME,
        _ => return false,
    };
    let is_other = |of: &&PlanCell| of.field == other && of.base == cell.mine && of.mine == cell.base;
    cells.iter().any(|of| is_other(&of))
}

/// Whether a step makes of the value at the download what a cell of a row says.
pub fn is_explained(step: &Step, cell: &PlanCell, cells: &[PlanCell], fields: &Fields) -> bool {
    if let Step::OtherRows(before) = step {
        return before.explains(cell);
    }
    let Some((field, base, mine)) = edit(cell, fields) else { return false };
    let mut explains = *step == Step::NamesSwapped && are_names_swapped(cell, cells);
    Step::each_between(field.kind, base, mine, |found| explains |= found == *step);
    explains
}

#[cfg(test)]
mod tests;

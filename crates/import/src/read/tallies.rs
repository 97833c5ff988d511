//! What happened how often in the rows of a file, by column; review says it in a sentence each.

use std::collections::BTreeMap;

use directory::{
    Blast, Code, Damage, Decision, Decisions, FieldNumber, Fields, Kind, OutOfLine, PlanCell, State, Step,
    Transformation, Transformations, Zeros, loses_point, standard, transformed_detail,
};
use store::Warning;

use super::head::Head;

use crate::judge::new_user;

/// The counts of a pass over the files.
#[derive(Debug, Default)]
pub(crate) struct Tallies {
    pub(crate) cleared: BTreeMap<FieldNumber, i64>,
    pub(crate) damage: BTreeMap<(FieldNumber, Damage), i64>,
    pub(crate) hidden: i64,
    pub(crate) put_back: i64,
    /// The last revision that changed one of them.
    pub(crate) put_back_since: u64,
    /// Users who are hit hard.
    pub(crate) hit: i64,
    /// Empty cells that became 0, by column.
    pub(crate) zeros: BTreeMap<FieldNumber, Zeros>,
    /// Numbers that lost their decimal point, by column.
    pub(crate) points: BTreeMap<FieldNumber, i64>,
    /// Rows that carry other users' names.
    pub(crate) out_of_line: OutOfLine,
    /// Edits with letters that are only guessed, and the first of them.
    guessed: (i64, Option<String>),
    /// What most edits of a column have in common.
    pub(crate) transformations: Transformations,
    /// The first date whose day and month could change places, and the day that it was read as.
    pub(crate) date_read: Option<(String, String)>,
}

impl Tallies {
    /// Counts what a row of the plan does.
    pub(crate) fn row(&mut self, cells: &[PlanCell], fields: &Fields) {
        self.transformations.edited_row(cells, fields);
        let mut hard = false;
        let creates = cells.iter().any(new_user::is_of_new_user);
        for cell in cells {
            let Some(change) = cell.written() else {
                self.put_back += i64::from(cell.state == State::PutBack);
                continue;
            };
            self.hidden += i64::from(cell.hidden);
            if self.date_read.is_none() {
                self.date_read = turned(cell, fields);
            }
            if change.after.is_none() {
                *self.cleared.entry(cell.field).or_default() += 1;
            }
            if !creates {
                hard |= Blast::hits(&change) || self.note_point(cell, change.after, fields);
                self.zeros.entry(cell.field).or_default().edited(cell.base.as_deref(), change.after);
            }
        }
        self.hit += i64::from(hard);
    }

    /// Counts what a row of a file writes with letters of which only a guess says that they stand there.
    pub(crate) fn note_guessed(&mut self, cells: &[PlanCell], head: &Head) {
        for cell in cells.iter().filter(|cell| head.is_guessed(cell)) {
            let (count, first) = &mut self.guessed;
            *count += 1;
            first.get_or_insert_with(|| cell.raw.clone().or_else(|| cell.mine.clone()).unwrap_or_default());
        }
    }

    /// Counts a number that lost its decimal point; true when the cell is one.
    fn note_point(&mut self, cell: &PlanCell, after: Option<&str>, fields: &Fields) -> bool {
        let is_number = fields.get(cell.field).is_some_and(|field| field.kind == Kind::Number);
        let lost = is_number && loses_point(cell.base.as_deref(), after);
        if lost {
            *self.points.entry(cell.field).or_default() += 1;
        }
        lost
    }

    /// The steps of columns about which it was decided that they keep what they had before, those that are not known yet.
    pub(crate) fn undone(
        &self,
        decisions: &Decisions,
        known: &BTreeMap<FieldNumber, Step>,
    ) -> Vec<(FieldNumber, Step)> {
        let is_new = |found: &Transformation| {
            decisions.hold(Decision::KeepBefore, found.field) && !known.contains_key(&found.field)
        };
        let found = self.transformations.found().into_iter();
        found.filter(is_new).map(|found| (found.field, found.step)).collect()
    }

    /// The columns of which most edits are one step, and nobody has decided about that yet: such an import does not complete by itself.
    pub(crate) fn transformed(&self, decisions: &Decisions) -> Vec<Transformation> {
        let is_open = |found: &Transformation| {
            ![Decision::KeepBefore, Decision::StepMeant]
                .iter()
                .any(|decision| decisions.hold(*decision, found.field))
        };
        self.transformations.found().into_iter().filter(is_open).collect()
    }

    /// The counts that are worth a sentence each.
    pub(crate) fn warnings(&self, fields: &Fields, decisions: &Decisions) -> Vec<Warning> {
        let key = |field: &FieldNumber| fields.get(*field).map(|field| field.key.clone()).unwrap_or_default();
        let cleared = self.cleared.iter().map(|(field, cells)| (Code::Cleared, key(field), *cells, None));
        let damage = self.damage.iter().map(|((field, damage), cells)| {
            let word = damage.word().to_owned();
            (Code::DamageKept, format!("{}:{word}", key(field)), *cells, Some(word))
        });
        let since = (self.put_back_since > 0).then(|| self.put_back_since.to_string());
        let whole = [(Code::HiddenRows, self.hidden, None), (Code::PutBack, self.put_back, since)]
            .map(|(code, cells, detail)| (code, String::new(), cells, detail));
        let zeros = self.zeros.iter().filter(|(_, zeros)| zeros.are_many());
        let zeros = zeros.map(|(field, zeros)| (Code::ManyZeros, key(field), zeros.zeros, None));
        let points = self.points.iter().map(|(field, cells)| (Code::PointsLost, key(field), *cells, None));
        let transformed = self.transformed(decisions).into_iter().filter_map(|found| {
            let field = fields.get(found.field)?;
            let detail = transformed_detail(&found, field);
            Some((Code::Transformed, field.key.clone(), found.cells, Some(detail)))
        });
        let is_right = decisions.hold(Decision::LettersAreRight, standard::USER);
        let (guessed, first) = if is_right { (0, None) } else { self.guessed.clone() };
        let guessed = (Code::LettersGuessed, String::new(), guessed, first);
        let all =
            transformed.chain(cleared).chain(damage).chain(zeros).chain(points).chain(whole).chain([guessed]);
        all.filter(|(_, _, cells, _)| *cells > 0)
            .map(|(code, place, cells, detail)| Warning { code, place, cells, detail })
            .collect()
    }
}
/// The text of a date whose day and month could change places, and the day that it was read as: by one such everybody can tell how dates
/// were read.
fn turned(cell: &PlanCell, fields: &Fields) -> Option<(String, String)> {
    let (typed, date) = (cell.raw.as_deref()?.trim(), cell.mine.as_deref()?);
    let mut numbers = typed.split(['/', '.', '-']);
    let small =
        |text: &str| text.len() <= 2 && text.parse::<u8>().is_ok_and(|number| (1..=12).contains(&number));
    let (first, second) =
        (numbers.next().filter(|text| small(text))?, numbers.next().filter(|text| small(text))?);
    let is_turned = numbers.count() == 1 && first.trim_start_matches('0') != second.trim_start_matches('0');
    let is_date = is_turned && fields.get(cell.field).is_some_and(|field| field.kind == Kind::Date);
    is_date.then(|| (typed.to_owned(), date.to_owned()))
}

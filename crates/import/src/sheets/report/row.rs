//! One row of a report: what its cells say, which of them are red, and why.

use std::collections::HashMap;

use directory::{
    Chosen, Code, Fields, Kind, Place, PlanCell, State, User, UserId, Users, Verdict, Wrong, conflict_note,
    left_out_note, merge, note_of_column, problem_note, standard,
};
use sentences::say;
use store::{Account, Import, Result};
use workbook::{Cell, CellDate, Kind as CellKind, Position, Printed, Row};

use crate::Context;
use crate::context::told_moment;
use crate::judge::past::Past;
use crate::judge::rivals::name_rivals;
use crate::judge::shared_id;
use crate::read::head::{Column, Head};
use crate::review::lists::{LastChanges, People, conflict_of, last_changes};

/// UTF-16 units that a cell holds.
const LONGEST: usize = 32_767;
/// Characters that are kept of a text that is not a value.
const BEGINNING: usize = 200;

/// What a report is made from.
pub(crate) struct Reporting<'r> {
    pub(crate) app: &'r Context,
    pub(crate) import: &'r Import,
    pub(crate) account: &'r Account,
    pub(crate) fields: &'r Fields,
    pub(crate) head: &'r Head,
    /// The number of the file that the head is of.
    pub(crate) file: u16,
}

/// A row of the report.
pub(crate) struct RowOfReport {
    /// The file that holds it and its row as the report names it: `7`, or in another file than the first `2!7`.
    pub(crate) line: Option<(u16, String)>,
    /// The User ID, and a value for each column.
    pub(crate) values: Vec<Value>,
    /// Red cells by their column in the report, from 1, each with its note.
    pub(crate) notes: Vec<(u32, String)>,
    /// What is wrong with the row, cell by cell.
    pub(crate) reasons: Vec<String>,
}

/// What a cell of the report holds.
pub(crate) enum Value {
    Empty,
    Text(String),
    Number(String),
    Date(CellDate),
}

impl Value {
    fn of(printed: Printed<'_>) -> Self {
        match printed {
            Printed::Empty => Self::Empty,
            Printed::Text(text) => Self::text(text),
            Printed::Number(number) => Self::Number(number.to_owned()),
            Printed::Date(date) => Self::Date(date),
        }
    }

    /// A text, as much of it as a cell holds.
    fn text(text: &str) -> Self {
        // A text has no more UTF-16 units than bytes.
        if text.len() <= LONGEST {
            return Self::Text(text.to_owned());
        }
        let mut units = 0;
        let fits = |character: &char| {
            units += character.len_utf16();
            units <= LONGEST
        };
        Self::Text(text.chars().take_while(fits).collect())
    }

    pub(crate) fn printed(&self) -> Printed<'_> {
        match self {
            Self::Empty => Printed::Empty,
            Self::Text(text) => Printed::Text(text),
            Self::Number(number) => Printed::Number(number),
            Self::Date(date) => Printed::Date(*date),
        }
    }
}

/// What is known of a row while it is made: its cells in the plan, and its user as they were at the download.
struct Known<'k> {
    row: Option<&'k Row<'k>>,
    place: Place,
    cells: &'k [PlanCell],
    user: Option<User<'k>>,
    past: &'k Past,
    last: &'k LastChanges,
}

impl Reporting<'_> {
    /// Whether a row of the file is the one at this place of the plan. The number alone does not tell: it may be of another file.
    pub(crate) fn is_of(&self, row: &Row<'_>, place: Place) -> bool {
        match place {
            Place::User(user) => self.id_of(row).parse() == Ok(user),
            Place::Row { file, .. } => file == self.file,
        }
    }

    fn line_of(&self, known: &Known<'_>) -> Option<(u16, String)> {
        let of_place = match known.place {
            Place::Row { file, row } => Some((file, row)),
            Place::User(_) => None,
        };
        let (file, row) = known.row.map(|row| (self.file, row.number)).or(of_place)?;
        Some((file, self.import.accounted.line(file, row)))
    }

    /// What a row of the file says in the column of the User IDs.
    pub(crate) fn id_of(&self, row: &Row<'_>) -> String {
        row.cell(self.head.header.id_column).map(|cell| cell.shown().into_owned()).unwrap_or_default()
    }

    /// Hands over the rows of the report for these places of the plan, and their rows in the file, one by one.
    pub(crate) fn each_row(
        &self,
        rows: &[(Option<Row<'_>>, Place)],
        mut take: impl FnMut(&RowOfReport) -> Result<()>,
    ) -> Result<()> {
        let (store, account) = (&self.app.store, self.account.id);
        let places: Vec<Place> = rows.iter().map(|(_, place)| *place).collect();
        let mut cells = store.plan_rows(account, self.import.id, &places)?;
        name_rivals(self.app, self.import, self.fields, cells.iter_mut())?;
        let by_place = cells.chunk_by(|one, next| one.place == next.place);
        let by_place: HashMap<Place, &[PlanCell]> = by_place.map(|cells| (cells[0].place, cells)).collect();
        let cells_of = |place: &Place| by_place.get(place).copied().unwrap_or_default();
        let mut ids: Vec<UserId> =
            places.iter().filter_map(|place| user_of(*place, cells_of(place))).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut users = Users::new(self.fields);
        store.users_of(account, &ids, &mut users)?;
        let past = match self.head.base {
            Some(base) => Past::of(store, account, &users, base)?,
            None => Past::default(),
        };
        let last = last_changes(self.app, self.import, cells.iter())?;
        let mut people = People::in_plan(self.app, self.import, self.fields);
        people.load(self.people_in(&users, &past, &cells).into_iter())?;
        for (row, place) in rows {
            let cells = cells_of(place);
            let user = user_of(*place, cells).and_then(|id| users.find(id)).filter(|user| !user.withdrawn());
            let known = Known { row: row.as_ref(), place: *place, cells, user, past: &past, last: &last };
            take(&self.row(&known, &mut people)?)?;
        }
        Ok(())
    }

    /// The users whose names are needed.
    fn people_in(&self, users: &Users, past: &Past, cells: &[PlanCell]) -> Vec<UserId> {
        let of_users = self.head.columns.iter().filter(|column| column.today.kind == Kind::User);
        let mut ids: Vec<UserId> = of_users
            .flat_map(|column| {
                let value =
                    |user: User<'_>| past.value(&user, column.today.number, column.slot)?.parse().ok();
                let staged = cells.iter().filter(|cell| cell.field == column.today.number);
                let staged = staged.filter_map(|cell| cell.mine.as_deref()?.parse().ok());
                users.iter().filter_map(value).chain(staged).collect::<Vec<UserId>>()
            })
            .collect();
        ids.extend(cells.iter().filter_map(|cell| match cell.place {
            Place::User(user) if cell.state == State::Conflict => Some(user),
            _ => None,
        }));
        ids
    }

    fn row(&self, known: &Known<'_>, people: &mut People<'_>) -> Result<RowOfReport> {
        let id = match (known.row, known.place) {
            (Some(row), _) => self.id_of(row),
            (None, Place::User(user)) => user.to_string(),
            (None, Place::Row { .. }) => String::new(),
        };
        let mut values = Vec::with_capacity(self.head.columns.len() + 1);
        values.push(Value::text(&id));
        for column in &self.head.columns {
            values.push(self.value(column, known, people)?);
        }
        let mut made =
            RowOfReport { line: self.line_of(known), values, notes: Vec::new(), reasons: Vec::new() };
        let mut cells: Vec<&PlanCell> = known.cells.iter().collect();
        cells.sort_by_key(|cell| self.column_of(cell));
        for cell in cells {
            self.explain(cell, known.last, people, &mut made)?;
        }
        if made.reasons.is_empty() {
            made.reasons.push(left_out_note().to_owned());
        }
        Ok(made)
    }

    /// The column of a cell in the report, from 1; none when the report has none for it.
    fn column_of(&self, cell: &PlanCell) -> Option<u32> {
        if cell.field == standard::USER {
            return Some(1);
        }
        let mut columns = self.head.columns.iter().zip(2..);
        columns.find(|(column, _)| column.today.number == cell.field).map(|(_, number)| number)
    }

    /// Adds what is wrong with a cell, if anything is.
    fn explain(
        &self,
        cell: &PlanCell,
        last: &LastChanges,
        people: &mut People<'_>,
        made: &mut RowOfReport,
    ) -> Result<()> {
        let field = (cell.field != standard::USER).then(|| self.fields.get(cell.field)).flatten();
        let title = field.map_or(say!("user-id"), |field| field.title());
        let note = match (cell.state, &cell.wrong, cell.place, field) {
            (State::Error, Some(wrong), ..) => self.with_ticket(cell, wrong, problem_note(wrong, title)),
            (State::Conflict, _, Place::User(user), Some(field)) if cell.chosen.is_none() => {
                let conflict = conflict_of(people, last, cell, user, field)?;
                let since = conflict.changed.as_ref().map(|(who, at)| (who.as_str(), told_moment(*at)));
                let since = since.as_ref().map(|(who, when)| (*who, when.as_str()));
                conflict_note(&conflict.at_download, &conflict.now, &conflict.file, since)
            }
            _ => return Ok(()),
        };
        made.reasons.push(note_of_column(title, &note));
        made.notes.extend(self.column_of(cell).map(|column| (column, note)));
        Ok(())
    }

    /// The note with the address where a ticket is raised, when support is to be asked.
    fn with_ticket(&self, cell: &PlanCell, wrong: &Wrong, note: String) -> String {
        let Some(pages) = self.app.pages.as_ref().filter(|_| wrong.asks_support() && cell.column > 0) else {
            return note;
        };
        let (slug, import) = (&self.account.slug, self.import.id);
        let position = Position { row: cell.row, column: cell.column };
        let file = if cell.file > 1 { format!("{}!", cell.file) } else { String::new() };
        format!("{note} {pages}/o/{slug}/imports/{import}/ticket?cell={file}{position}")
    }

    /// What the report says in a column of a row.
    fn value(&self, column: &Column, known: &Known<'_>, people: &mut People<'_>) -> Result<Value> {
        if let Some(cell) = known.cells.iter().find(|cell| cell.field == column.today.number) {
            return self.staged(column, cell, known, people);
        }
        let in_file = known.row.and_then(|row| row.cell(column.column));
        let Some(user) = known.user else { return Ok(in_file.map_or(Value::Empty, |cell| as_it_is(&cell))) };
        let base = known.past.value(&user, column.today.number, column.slot);
        // What the plan is silent about is as it was downloaded, or counts as that: printed as the download did, it is unedited again.
        print(column, base, true, people)
    }

    /// What the report says where the plan has a cell.
    fn staged(
        &self,
        column: &Column,
        cell: &PlanCell,
        known: &Known<'_>,
        people: &mut People<'_>,
    ) -> Result<Value> {
        let value = match (cell.state, cell.chosen) {
            (State::Error, _) => return Ok(self.wrong(column, cell)),
            (State::Conflict, Some(Chosen::Now)) => &cell.now,
            (State::Conflict, Some(Chosen::Download)) | (State::Damage | State::ChangedSince, None) => {
                &cell.base
            }
            _ => &cell.mine,
        };
        // A user who is still to be created is named as the file does.
        if let Some(raw) = cell.raw.as_deref().filter(|_| is_of_row(column, value.as_deref())) {
            return Ok(Value::text(raw));
        }
        let unedited = *value == cell.base && known.user.is_some();
        print(column, value.as_deref(), unedited, people)
    }

    /// The text of a cell that is wrong. What is wrong only by how the spreadsheet held it (an error, a formula without a result) would
    /// pass as a text: it is written as the formula that it was.
    fn wrong(&self, column: &Column, cell: &PlanCell) -> Value {
        let raw = cell.raw.as_deref().unwrap_or_default();
        let of_spreadsheet = cell.wrong.as_ref().is_some_and(|wrong| {
            matches!(wrong.code, Code::FormulaError | Code::FormulaWithoutValue | Code::CellUnreadable)
        });
        if raw.trim().is_empty() && !of_spreadsheet {
            return Value::Empty;
        }
        // What is no choice as a cell is none as a text; judged again, it would be compared with all choices there are.
        if cell.wrong.as_ref().is_some_and(|wrong| wrong.code == Code::NotAChoice) {
            return Value::text(raw);
        }
        let position = Position { row: 1, column: 1 };
        let (base, now) = (cell.base.as_deref(), cell.now.as_deref());
        let verdict = self.verdict(column, base, now, Some(&Cell::text(position, raw)));
        if cell.mine.is_some() || matches!(verdict, Verdict::Wrong(_) | Verdict::Login(_)) {
            return Value::text(raw);
        }
        let beginning: String = raw.chars().take(BEGINNING).collect();
        Value::text(&format!("={beginning}"))
    }

    fn verdict(
        &self,
        column: &Column,
        base: Option<&str>,
        now: Option<&str>,
        cell: Option<&Cell<'_>>,
    ) -> Verdict {
        let (reading, exactness) = (&self.account.reading, self.head.exactness);
        merge(&column.at_base, &column.today, reading, exactness, base, now, cell)
    }
}

/// The user of a row, also of one of several rows that share a User ID.
fn user_of(place: Place, cells: &[PlanCell]) -> Option<UserId> {
    match place {
        Place::User(user) => Some(user),
        Place::Row { .. } => shared_id::user_of_row(cells),
    }
}

/// Whether a value names the user of a row.
fn is_of_row(column: &Column, value: Option<&str>) -> bool {
    column.today.kind == Kind::User && value.and_then(Place::of_reference).is_some()
}

/// A stored form as workbooks have it: as the download printed it, or by today's words.
fn print(column: &Column, stored: Option<&str>, unedited: bool, people: &mut People<'_>) -> Result<Value> {
    let field = if unedited { &column.at_base } else { &column.today };
    let person = match stored.filter(|_| field.kind == Kind::User).and_then(|id| id.parse().ok()) {
        Some(id) => Some(people.name(id)?),
        None => None,
    };
    let mut buffer = String::new();
    Ok(Value::of(field.print(stored, person.as_deref(), &mut buffer)))
}

/// A cell of the file, stored as it was as far as can be.
fn as_it_is(cell: &Cell<'_>) -> Value {
    match (cell.kind, cell.date) {
        _ if cell.defect.is_some() => {
            let beginning: String = cell.raw.chars().take(BEGINNING).collect();
            Value::text(&format!("={beginning}"))
        }
        (CellKind::Date, Some(date)) => Value::Date(date),
        (CellKind::Number, _) if cell.zeros == 0 && cell.formatted.is_none() => {
            Value::Number(cell.raw.to_owned())
        }
        _ => Value::text(&cell.shown()),
    }
}

//! A table becomes a file of Muster's own: a csv with the keys where the titles stood, of the columns that were chosen alone, each cell where
//! it was, and the User IDs of those whom the rows name in a column of their own. It shows no revision: its base is now.

use std::io::{self, Write};

use directory::{
    Download, Evidence, Field, Fields, MatchBy, Matching, Read, Reading, TableReading, Target, UsernamesFrom,
    made_username, standard,
};
use store::{Account, ForeignTable, Stage, UploadWriter};
use workbook::{Batch, Book, Cell, Kind, Printed, Row, Writer};

use super::look;
use super::people::{People, Who};
use super::stopped::Stopped;
use crate::lease::Working;

/// Rows that are read together.
const CHUNK: usize = 500;
/// How a row says in the place of the User ID that another row is about the same person, and that several users are alike.
pub(crate) const SAME_AS_ROW: &str = "match:row:";
pub(crate) const SEVERAL: &str = "match:users:";

/// Writes file 1 of file 0. False when the lease was lost on the way.
pub(super) fn rewrite(
    working: &Working,
    account: &Account,
    fields: &Fields,
    (matching, table): (&Matching, &ForeignTable),
) -> Result<bool, Stopped> {
    let (store, lease) = (&working.app.store, &working.lease);
    let raw = store.upload(lease.account, lease.import, 0)?;
    let mut book = Book::open(Box::new(raw), &working.app.limits)?;
    let (separator, charset) = (table.separator, table.charset.clone());
    look::read_as(&mut book, &TableReading { separator, charset, ..TableReading::default() });
    let sheet = book.sheets().iter().position(|sheet| sheet.name == table.sheet).unwrap_or_default();
    let Some(mut rewriting) = Rewriting::begin(working, account, fields, (matching, table))? else {
        return Ok(true);
    };
    if !each_row(working, &mut book, (sheet, table.heading), |row| rewriting.note(row))? {
        return Ok(false);
    }
    rewriting.settle_dates();
    let sink = Kept(store.write_upload(lease.account, lease.import, 1));
    let mut writer = Writer::start_keys_at(sink, &rewriting.keys, table.heading).map_err(failed)?;
    let mut at = table.heading;
    let mut written = Ok(());
    let whole = each_row(working, &mut book, (sheet, table.heading), |row| {
        if written.is_ok() {
            written = rewriting.write(row, &mut writer, &mut at);
        }
    })?;
    written.map_err(failed)?;
    writer.finish().map_err(failed)?.0.finish()?;
    Ok(whole)
}

fn failed(error: impl std::fmt::Display) -> Stopped {
    Stopped::Machine(store::Error::Failed(format!("a table could not be written anew: {error}")))
}

/// Hands on the rows below the titles. False when the lease was lost.
fn each_row(
    working: &Working,
    book: &mut Book,
    (sheet, heading): (usize, u32),
    mut take: impl FnMut(&Row<'_>),
) -> Result<bool, Stopped> {
    let (mut rows, mut batch) = (book.rows(sheet)?, Batch::new());
    while rows.fill(&mut batch, CHUNK)? {
        batch.iter().filter(|row| row.number > heading).for_each(|row| take(&row));
        let progress = rows.progress();
        working.progress(Stage::Reading, progress.done as i64 / 2, progress.total as i64);
        if working.is_lost() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// An upload as something that can be written to.
struct Kept(UploadWriter);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Where something stands in the table, from 1; none where no column is that.
type Column = Option<u32>;

struct Rewriting<'r> {
    matching: &'r Matching,
    people: People,
    /// The keys of the columns that are written, from the first on.
    keys: Vec<String>,
    /// The columns that are read as they stand.
    read: Vec<u32>,
    id: u32,
    /// By what people are matched.
    key: Column,
    leaving: Column,
    status: Column,
    username: Column,
    /// Columns of new users, of which usernames are made.
    email: Column,
    number: Column,
    names: [Column; 2],
    dates: &'r Field,
    evidence: Evidence,
    reading: Reading,
    today: String,
}

impl<'r> Rewriting<'r> {
    fn begin(
        working: &Working,
        account: &Account,
        fields: &'r Fields,
        (matching, table): (&'r Matching, &ForeignTable),
    ) -> Result<Option<Self>, Stopped> {
        let column = |place: Option<usize>| Some(table.columns.get(place?)?.column);
        let of_field = |number| column(matching.place_of(fields, number));
        let of_target = |target: Target| column(matching.place_where(|of| *of == target));
        let last = table.columns.iter().map(|column| column.column).max().unwrap_or_default();
        let (leaving, status) = (of_target(Target::Leaving), of_field(standard::STATUS));
        let key = match matching.by {
            MatchBy::UserId => of_target(Target::UserId),
            by => by.field().and_then(of_field),
        };
        let makes = matching.usernames.is_some();
        let username = of_field(standard::USERNAME).or_else(|| makes.then_some(last + 2));
        let Some(dates) = fields.get(standard::START_DATE) else { return Ok(None) };
        let now = jiff::Timestamp::from_millisecond(working.app.clock.now().0).unwrap_or_default();
        let people = People::read(&working.app.store, account.id, fields, (matching.by.field(), makes))?;
        let mut rewriting = Self {
            matching,
            people,
            keys: vec![String::new(); last as usize + if makes { 2 } else { 1 }],
            read: Vec::new(),
            id: last + 1,
            key,
            leaving,
            status: status.or(leaving),
            username,
            email: of_field(standard::EMAIL),
            number: of_field(standard::EMPLOYEE_NUMBER),
            names: [of_field(standard::FIRST_NAME), of_field(standard::LAST_NAME)],
            dates,
            evidence: Evidence::default(),
            reading: account.reading.clone(),
            today: now.strftime("%Y-%m-%d").to_string(),
        };
        rewriting.name_columns(account, fields, table);
        Ok(Some(rewriting))
    }

    /// Puts the keys in their places.
    fn name_columns(&mut self, account: &Account, fields: &Fields, table: &ForeignTable) {
        for (said, column) in self.matching.columns.iter().zip(&table.columns) {
            if let Some(Target::Field(key)) = &said.target {
                self.keys[column.column as usize - 1].clone_from(key);
                self.read.push(column.column);
            }
        }
        let key_of = |number| fields.get(number).map(|field| field.key.clone()).unwrap_or_default();
        for (column, number) in [(self.status, standard::STATUS), (self.username, standard::USERNAME)] {
            if let Some(column) = column {
                self.keys[column as usize - 1] = key_of(number);
            }
        }
        let download = Download { account: account.slug.clone(), revision: None };
        self.keys[self.id as usize - 1] = download.print();
    }

    /// Looks at a row before any is written: whom it names, and what the day proves on which somebody leaves.
    fn note(&mut self, row: &Row<'_>) {
        if let (Some(column), true) = (self.key, self.matching.by != MatchBy::UserId) {
            self.people.note(row.number, &text(row, column));
        }
        if let Some(cell) = self.leaving.and_then(|column| row.cell(column)) {
            self.evidence.note(self.dates, None, &cell);
        }
    }

    /// Takes what all of the days prove of how they are to be read.
    fn settle_dates(&mut self) {
        if let Some(proved) = self.evidence.reading(&self.reading) {
            self.reading = proved;
        }
    }

    fn write(&mut self, row: &Row<'_>, writer: &mut Writer<Kept>, at: &mut u32) -> io::Result<()> {
        let mut values = vec![String::new(); self.keys.len()];
        for column in &self.read {
            values[*column as usize - 1] = text(row, *column);
        }
        let is_empty =
            values.iter().all(|value| value.trim().is_empty()) && self.key_of(row).trim().is_empty();
        if is_empty {
            return Ok(());
        }
        if let Some(status) = self.status_of(row)
            && let Some(column) = self.status
        {
            values[column as usize - 1] = status;
        }
        let (id, is_new) = self.id_of(row);
        values[self.id as usize - 1] = id;
        if let (false, Some(key)) = (is_new, self.key) {
            // They have it as it is, whatever the case of its letters here.
            values[key as usize - 1].clear();
        }
        if let (true, Some(username), Some(column)) = (is_new, self.username_of(&values), self.username) {
            values[column as usize - 1] = username;
        }
        while *at + 1 < row.number {
            writer.row(&[])?;
            *at += 1;
        }
        *at = row.number;
        let printed: Vec<Printed<'_>> = values
            .iter()
            .map(|value| if value.is_empty() { Printed::Empty } else { Printed::Text(value) })
            .collect();
        writer.row(&printed)
    }

    fn key_of(&self, row: &Row<'_>) -> String {
        self.key.map(|column| text(row, column)).unwrap_or_default()
    }

    /// What stands in the place of the User ID, and whether the row is somebody new.
    fn id_of(&self, row: &Row<'_>) -> (String, bool) {
        let key = self.key_of(row);
        if self.matching.by == MatchBy::UserId {
            let is_new = key.trim().is_empty();
            return (key, is_new);
        }
        match self.people.who(row.number, &key) {
            Who::User(user) => (user.to_string(), false),
            Who::Nobody => (String::new(), true),
            Who::Several(users) => (format!("{SEVERAL}{users}"), false),
            Who::Twice(other) => (format!("{SAME_AS_ROW}{other}"), false),
        }
    }

    /// The status of somebody who has left by today; what stands in the place of the day where it is no day. None where nothing is to be
    /// said besides the column of the status itself.
    fn status_of(&self, row: &Row<'_>) -> Option<String> {
        let cell = self.leaving.and_then(|column| row.cell(column))?;
        let shown = cell.shown();
        match self.dates.read(Some(&cell), &self.reading) {
            Ok(Read::Value(Some(day))) => (day < self.today).then(|| "Inactive".to_owned()),
            Ok(_) => None,
            Err(_) => Some(shown.into_owned()).filter(|text| !text.trim().is_empty()),
        }
    }

    /// The username that is made for somebody new without an email.
    fn username_of(&mut self, values: &[String]) -> Option<String> {
        let value = |column: Column| column.map_or("", |column| values[column as usize - 1].trim());
        if !value(self.email).is_empty() || !value(self.username).is_empty() {
            return None;
        }
        let wanted = match self.matching.usernames? {
            UsernamesFrom::EmployeeNumber => made_username(value(self.number))?,
            UsernamesFrom::Name => {
                let [first, last] = self.names.map(value);
                made_username(&format!("{first} {last}"))?
            }
        };
        Some(self.people.free_username(&wanted))
    }
}

/// What a cell of the table says; one that could not be read says so in its place.
fn text(row: &Row<'_>, column: u32) -> String {
    match row.cell(column) {
        None => String::new(),
        Some(cell) if cell.defect.is_some() || cell.kind == Kind::Error => unreadable(&cell),
        Some(cell) => cell.shown().into_owned(),
    }
}

fn unreadable(cell: &Cell<'_>) -> String {
    if cell.raw.trim().is_empty() { "#N/A".to_owned() } else { cell.raw.to_owned() }
}

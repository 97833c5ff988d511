//! What goes back to people of an import: the file as it came, and the report, which holds the rows of the file that have problems,
//! the cells red with the reasons as notes. Mended and uploaded, a report merges as the file did: A2 says the same download, and a cell
//! that nobody edits is unedited again.

mod row;

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use directory::{Field, Fields, Place, SourceRow, UserId};
use row::{Reporting, RowOfReport};
use sentences::say;
use store::{Account, AccountId, Error, Import, ImportId, ImportKind, ImportState, Result};
use workbook::{Batch, Book, Column as Laid, Content, Format, Layout, Mark, Note, Printed, Row, Writer};

use crate::Context;
use crate::read::each_batch;
use crate::read::head::{Column, Head, understand};
use crate::sheets::download;

/// Rows that no file holds, poured together.
const CHUNK: usize = 2_000;
/// Characters of all reasons of a row.
const REASONS: usize = 4_000;

/// Whether there is a report of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reportable {
    /// There is; of this import.
    Yes(Box<Import>),
    /// Its file was forgotten.
    Forgotten,
    /// It never had a file: it comes of a rule of change, or undoes another import.
    NoFile,
    /// Not in this state: it is not read yet, or was given up.
    NotNow(ImportState),
    /// There is no such import.
    NoSuchImport,
}

/// Whether [`report`] can make a report.
///
/// # Errors
/// When the store fails.
pub fn reportable(app: &Context, account: AccountId, id: ImportId) -> Result<Reportable> {
    let Some(import) = app.store.import(account, id)? else { return Ok(Reportable::NoSuchImport) };
    Ok(match import.state {
        ImportState::Review | ImportState::Done if app.store.is_upload_kept(account, id)? => {
            Reportable::Yes(Box::new(import))
        }
        ImportState::Review | ImportState::Done if import.kind != ImportKind::File => Reportable::NoFile,
        ImportState::Review | ImportState::Done => Reportable::Forgotten,
        state => Reportable::NotNow(state),
    })
}

/// Writes the (first) file of an import as it came.
///
/// # Errors
/// When the store or the sink fails, or when bytes of the file are missing: then nothing is written.
pub fn uploaded(app: &Context, account: AccountId, id: ImportId, sink: &mut dyn Write) -> Result<()> {
    let mut upload = app.store.whole_upload(account, id, 1)?;
    io::copy(&mut upload, sink).map_err(sink_failed)?;
    sink.flush().map_err(sink_failed)
}

/// Writes the rows of an import's file that have errors or open conflicts or are left out, in the order of the file, and answers how
/// many they are. An import that is done tells what it left out. Values are the file's with the fixes laid over.
///
/// # Errors
/// When the store or the sink fails, or the file can't be had ([`reportable`]).
pub fn report(app: &Context, import: &Import, format: Format, sink: &mut dyn Write) -> Result<i64> {
    let account = app.store.account_now(import.account)?;
    let fields = app.store.fields(account.id)?;
    // Rows of files that were added later come last, as the plan has them.
    let file = app.store.files(account.id, import.id)?.first().map_or(1, |file| file.number);
    let upload = app.store.upload(account.id, import.id, file)?;
    let mut book =
        Book::open(Box::new(upload), &app.limits).map_err(|refusal| Error::Failed(refusal.to_string()))?;
    let decisions = app.store.decisions(account.id, import.id)?;
    let heads = understand(app, &account, &fields, &mut book, &decisions)?.heads;
    let Some(mut head) = heads.into_iter().next() else {
        return Err(Error::Failed("no sheet is read".to_owned()));
    };
    add_columns(app, import, &account, &fields, &mut head)?;
    let layout = layout(import, &head, format);
    let writer = Writer::start_marked(sink, format, &layout).map_err(sink_failed)?;
    let rows = app.store.rows_with_problems(account.id, import.id, file)?;
    let mut pouring = Pouring::new(
        Reporting { app, import, account: &account, fields: &fields, head: &head, file },
        writer,
        rows,
    );
    each_batch(&mut book, head.sheet, |batch, _| Ok(pouring.pour_batch(batch).map(|()| true)?))?;
    pouring.pour_rest()?;
    let poured = pouring.poured;
    pouring.writer.finish().map_err(sink_failed)?;
    Ok(poured)
}

fn sink_failed(error: impl std::fmt::Display) -> Error {
    Error::Failed(format!("the file could not be written: {error}"))
}

/// What a row lacks stands in no column of the file sometimes: it gets one here, in which to type it.
fn add_columns(
    app: &Context,
    import: &Import,
    account: &Account,
    fields: &Fields,
    head: &mut Head,
) -> Result<()> {
    let at_base = app.store.fields_at(account.id, head.base.unwrap_or(account.revision))?;
    for number in app.store.fields_beyond_the_file(account.id, import.id)? {
        let there = head.columns.iter().any(|column| column.today.number == number);
        let field = fields.get(number).filter(|field| !there && !field.retired && !field.read_only);
        if let (Some(today), Some(slot)) = (field, fields.slot(number)) {
            let at_base = at_base.get(number).unwrap_or(today).clone();
            head.columns.push(Column::of(0, at_base, today.clone(), slot));
        }
    }
    Ok(())
}

fn layout(import: &Import, head: &Head, format: Format) -> Layout {
    let key = head.header.download.as_ref().map_or_else(|| "user_id".to_owned(), directory::Download::print);
    let id = import.id.to_string();
    let fields: Vec<&Field> = head.columns.iter().map(|column| &column.today).collect();
    let mut columns = vec![download::id_column(key, false)];
    columns.extend(fields.iter().map(|field| download::column_of(field)));
    let own = |title: &str, key: String, width, content, fixed| Laid {
        title: title.to_owned(),
        key,
        width,
        content,
        fixed,
        read_only: true,
        required: false,
        unique: false,
        max_length: None,
        help: None,
    };
    columns.push(own(say!("report-row"), SourceRow::key(&id), 8, Content::Number, true));
    columns.push(own(say!("report-what-to-do"), SourceRow::problems_key(&id), 100, Content::Text, false));
    let mut instructions = Vec::new();
    if format != Format::Csv {
        instructions.push(Note::Heading(say!("report-heading").to_owned()));
        instructions.extend(directory::report_instructions().map(|text| Note::Text(text.to_owned())));
        instructions.extend(download::instructions(directory::workbook_instructions(), &fields));
    }
    Layout { sheets: download::sheet_names(), columns, frozen: download::frozen(&fields), instructions }
}

/// Pours rows of the report.
struct Pouring<'p, W: Write> {
    reporting: Reporting<'p>,
    writer: Writer<W>,
    /// What is wanted, in the order of the file.
    rows: Vec<(u32, Place)>,
    /// Which of them were found in it.
    found: Vec<bool>,
    /// Users of whom only a fix says something, so that the plan does not know their row: by their place in `rows`.
    unplaced: HashMap<UserId, usize>,
    poured: i64,
}

impl<'p, W: Write> Pouring<'p, W> {
    fn new(reporting: Reporting<'p>, writer: Writer<W>, rows: Vec<(u32, Place)>) -> Self {
        let found = vec![false; rows.len()];
        let unplaced = rows.iter().zip(0..).filter_map(|(row, at)| match row {
            (0, Place::User(user)) => Some((*user, at)),
            _ => None,
        });
        Self { reporting, writer, unplaced: unplaced.collect(), rows, found, poured: 0 }
    }

    /// Pours the rows of a batch that are wanted.
    fn pour_batch(&mut self, batch: &Batch) -> Result<()> {
        let mut wanted = Vec::new();
        for row in batch.iter().filter(|row| self.reporting.head.is_of_users(row.number)) {
            if let Some(at) = self.wanted(&row).filter(|at| !self.found[*at]) {
                self.found[at] = true;
                wanted.push((Some(row), self.rows[at].1));
            }
        }
        self.pour(&wanted)
    }

    /// Which of the wanted rows a row of the file is, if it is one.
    fn wanted(&self, row: &Row<'_>) -> Option<usize> {
        let from = self.rows.partition_point(|(number, _)| number.wrapping_sub(1) < row.number - 1);
        let of_number = self.rows[from..].iter().take_while(|(number, _)| *number == row.number);
        let placed = of_number.zip(from..).find(|((_, place), _)| self.reporting.is_of(row, *place));
        placed.map(|(_, at)| at).or_else(|| {
            let id = if self.unplaced.is_empty() { None } else { self.reporting.id_of(row).parse().ok() };
            self.unplaced.get(&id?).copied()
        })
    }

    /// Pours what the file does not hold: users of whom only a fix says something.
    fn pour_rest(&mut self) -> Result<()> {
        let rest = self.rows.iter().zip(&self.found).filter(|(_, found)| !**found);
        let rest: Vec<(Option<Row<'_>>, Place)> = rest.map(|((_, place), _)| (None, *place)).collect();
        rest.chunks(CHUNK).try_for_each(|chunk| self.pour(chunk))
    }

    fn pour(&mut self, rows: &[(Option<Row<'_>>, Place)]) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let Self { reporting, writer, poured, .. } = self;
        reporting.each_row(rows, |row| {
            *poured += 1;
            pour_row(writer, row)
        })
    }
}

fn pour_row<W: Write>(writer: &mut Writer<W>, row: &RowOfReport) -> Result<()> {
    let mut reasons = row.reasons.join(" ");
    if let Some((end, _)) = reasons.char_indices().nth(REASONS) {
        reasons.truncate(end);
    }
    let mut values: Vec<Printed<'_>> = row.values.iter().map(row::Value::printed).collect();
    values.push(match &row.line {
        Some((1, number)) => Printed::Number(number),
        Some((_, line)) => Printed::Text(line),
        None => Printed::Empty,
    });
    values.push(Printed::Text(&reasons));
    // A cell with two things to say has one note.
    let mut notes: BTreeMap<u32, String> = BTreeMap::new();
    for (column, note) in &row.notes {
        let said = notes.entry(*column).or_default();
        *said = if said.is_empty() { note.clone() } else { format!("{said}\n{note}") };
    }
    let marks: Vec<Mark<'_>> =
        notes.iter().map(|(column, note)| Mark { column: *column, note: Some(note) }).collect();
    writer.marked_row(&values, &marks).map_err(sink_failed)
}

//! What an import changes or has changed, as a file for whoever looks through it afterwards: a line for each value, what it was and what
//! it is. It is read page by page and poured as it comes, so that a million changes take no more memory than a few.

use std::io::Write;

use directory::{Fields, standard};
use sentences::say;
use store::{AccountId, Error, Import, ImportId, ImportState, PageStart, PastCell, Result};
use workbook::{Column, Content, Format, Layout, Note, Printed, SheetNames, Writer};

use crate::Context;
use crate::review::lists::{People, changes};
use crate::sheets::download::sheet_names;
use crate::sheets::report::Reportable;

/// Changes that are read together.
const CHUNK: u32 = 2_000;

/// Whether the changes of an import can be told: it is in review, or done.
///
/// # Errors
/// When the store fails.
pub fn changes_listable(app: &Context, account: AccountId, id: ImportId) -> Result<Reportable> {
    let Some(import) = app.store.import(account, id)? else { return Ok(Reportable::NoSuchImport) };
    Ok(match import.state {
        ImportState::Review | ImportState::Done => Reportable::Yes(Box::new(import)),
        state => Reportable::NotNow(state),
    })
}

/// Writes what an import that is in review will change, or has changed once it is done, by user and field; answers how many lines that
/// are.
///
/// # Errors
/// When the store or the sink fails.
pub fn changes_file(app: &Context, import: &Import, format: Format, sink: &mut dyn Write) -> Result<i64> {
    let fields = app.store.fields(import.account)?;
    let writer = Writer::start(sink, format, &layout(import, format)).map_err(sink_failed)?;
    let mut pouring = Pouring { app, import, writer, poured: 0 };
    match import.applied.filter(|_| import.state == ImportState::Done) {
        Some(revision) => pouring.applied(&fields, revision)?,
        None if import.state == ImportState::Done => {}
        None => pouring.planned()?,
    }
    let poured = pouring.poured;
    pouring.writer.finish().map_err(sink_failed)?;
    Ok(poured)
}

fn sink_failed(error: impl std::fmt::Display) -> Error {
    Error::Failed(format!("the file could not be written: {error}"))
}

struct Pouring<'p, W: Write> {
    app: &'p Context,
    import: &'p Import,
    writer: Writer<W>,
    poured: i64,
}

impl<W: Write> Pouring<'_, W> {
    /// What one revision has changed.
    fn applied(&mut self, fields: &Fields, revision: u64) -> Result<()> {
        let account = self.import.account;
        let mut from = PageStart::Start;
        loop {
            let page = self.app.store.changes_page(account, revision, from, CHUNK)?;
            // Names are looked up page by page: those of a million users are not kept.
            let mut people = People::new(self.app, account, fields);
            people.load(page.items.iter().map(|cell| cell.user))?;
            for cell in &page.items {
                self.one_made(&mut people, fields, cell)?;
            }
            let Some(next) = page.next else { return Ok(()) };
            from = PageStart::After(next);
        }
    }

    fn one_made(&mut self, people: &mut People<'_>, fields: &Fields, cell: &PastCell) -> Result<()> {
        let (id, name) = (cell.user.to_string(), people.name(cell.user)?);
        if cell.field == standard::USER {
            let (was, is) = match cell.before {
                None => ("", say!("changes-file-created")),
                Some(_) => ("", say!("changes-file-withdrawn")),
            };
            return self.line([&id, &name, say!("changes-user"), was, is]);
        }
        let Some(field) = fields.get(cell.field) else { return Ok(()) };
        let was = people.shown(field, cell.before.as_deref())?;
        let is = people.shown(field, cell.after.as_deref())?;
        self.line([&id, &name, field.title(), &was, &is])
    }

    /// What the plan is going to change.
    fn planned(&mut self) -> Result<()> {
        let mut from = PageStart::Start;
        loop {
            let page = changes(self.app, self.import, from, CHUNK)?;
            for change in &page.items {
                let id = change.user.map_or(String::new(), |user| user.to_string());
                self.line([&id, &change.name, change.field.title(), &change.before.1, &change.after.1])?;
            }
            let Some(next) = page.next else { return Ok(()) };
            from = PageStart::After(next);
        }
    }

    fn line(&mut self, values: [&str; 5]) -> Result<()> {
        self.poured += 1;
        self.writer.row(&values.map(Printed::Text)).map_err(sink_failed)
    }
}

/// The columns; none of their keys is one of a file that can be imported, so that nobody imports the list for the users.
fn layout(import: &Import, format: Format) -> Layout {
    let is_done = import.state == ImportState::Done;
    let after = if is_done { say!("changes-became") } else { say!("changes-will-be") };
    let columns = [
        (say!("user-id"), format!("changes@{}", import.id), 14),
        (say!("changes-user"), "name".to_owned(), 28),
        (say!("changes-field"), "field".to_owned(), 20),
        (say!("changes-was"), "was".to_owned(), 40),
        (after, "is".to_owned(), 40),
    ];
    let column = |(title, key, width): (&str, String, u16)| Column {
        title: title.to_owned(),
        key,
        width,
        content: Content::Text,
        fixed: false,
        read_only: false,
        required: false,
        unique: false,
        max_length: None,
        help: None,
    };
    let instructions = if format == Format::Csv { Vec::new() } else { about(import, is_done) };
    let sheets = SheetNames { rows: say!("changes-file-sheet").to_owned(), ..sheet_names() };
    Layout { sheets, columns: columns.into_iter().map(column).collect(), frozen: 0, instructions }
}

/// What a workbook says besides: of which import it is.
fn about(import: &Import, is_done: bool) -> Vec<Note> {
    let of = |stamp: store::Time| {
        jiff::Timestamp::from_millisecond(stamp.0).map_or(String::new(), |at| at.to_string())
    };
    let entry = |name: &str, text: &str| Note::Entry(name.to_owned(), text.to_owned());
    let heading = if is_done { say!("changes-what-changed") } else { say!("changes-what-will-change") };
    let mut notes = vec![
        Note::Heading(heading.to_owned()),
        entry(say!("changes-file-import"), &import.id.to_string()),
        entry(say!("ended-file"), import.file_name.as_deref().unwrap_or_default()),
        entry(say!("ended-started-by"), &import.actor),
        entry(say!("ended-when"), &of(import.finished_at.unwrap_or(import.created_at))),
    ];
    notes.extend(import.note.as_deref().map(|note| entry(say!("changes-note"), note)));
    notes
}

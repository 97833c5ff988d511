//! The head of a file, found and matched with the account's fields: which sheet, which columns, which download as the base.

use directory::{
    Code, Exactness, Failure, Field, FieldNumber, Fields, Header, Severity, Wrong, bind, is_key_row,
};
use store::{Account, Error};
use workbook::{Batch, Book, Format, Refusal, Row};

use crate::Context;

/// The key row is looked for so far down: some programs put a title above.
const HEAD_ROWS: u32 = 20;

/// A file whose head was understood.
pub(crate) struct Head {
    /// The sheet with the key row.
    pub(crate) sheet: usize,
    /// The number of the key row; users come below it.
    pub(crate) key_row: u32,
    pub(crate) header: Header,
    /// The revision that the file shows, when it can be trusted.
    pub(crate) base: Option<u64>,
    pub(crate) columns: Vec<Column>,
    /// The same as pairs: which field stands in which column.
    pub(crate) fields: Vec<(FieldNumber, u32)>,
    pub(crate) exactness: Exactness,
}

impl Head {
    /// Whether the file is the template for new users: it names its account, but no revision.
    pub(crate) fn is_template(&self) -> bool {
        self.header.download.as_ref().is_some_and(|download| download.revision.is_none())
    }
}

/// A column that is a field.
pub(crate) struct Column {
    /// Its place in the file, from 1.
    pub(crate) column: u32,
    /// The field as it was at the download, and as it is now.
    pub(crate) at_base: Field,
    pub(crate) today: Field,
    /// Its slot in batches of users.
    pub(crate) slot: usize,
}

/// Why the head can't be used: the file is refused with a sentence, or the machine failed.
pub(crate) enum Refused {
    File(Failure),
    Machine(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Machine(error)
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Io(error) => Self::Machine(Error::Failed(error.to_string())),
            refusal => Self::File(Failure::from(&refusal)),
        }
    }
}

/// The refusal of a whole file for something that is wrong with it.
pub(crate) fn refused(wrong: &Wrong) -> Refused {
    Refused::File(Failure::from(wrong))
}

/// Finds the sheet with the key row and understands it. `fields` are today's.
pub(crate) fn understand(
    app: &Context,
    account: &Account,
    fields: &Fields,
    book: &mut Book,
) -> Result<Head, Refused> {
    for sheet in 0..book.sheets().len() {
        let format = book.format();
        let mut batch = Batch::new();
        book.rows(sheet)?.fill(&mut batch, HEAD_ROWS as usize)?;
        let rows: Vec<Row<'_>> = batch.iter().take_while(|row| row.number <= HEAD_ROWS).collect();
        if let Some(place) = rows.iter().position(is_key_row) {
            let title = place.checked_sub(1).map(|before| &rows[before]);
            let header = bind(&rows[place], title, fields);
            return head_of(app, account, fields, sheet, rows[place].number, header, format);
        }
    }
    Err(refused(&Wrong::plain(Code::HeaderMissing)))
}

fn head_of(
    app: &Context,
    account: &Account,
    fields: &Fields,
    sheet: usize,
    key_row: u32,
    header: Header,
    format: Format,
) -> Result<Head, Refused> {
    let error = header.issues.iter().find(|issue| issue.wrong.code.severity() == Severity::Error);
    if let Some(issue) = error {
        return Err(refused(&issue.wrong));
    }
    let base = match &header.download {
        Some(download) => download.base(&account.slug, account.revision, &account.lineage),
        None => Ok(None),
    };
    let base = base.map_err(|wrong| refused(&wrong))?;
    let at_base = app.store.fields_at(account.id, base.unwrap_or(account.revision))?;
    let columns = header
        .columns
        .iter()
        .filter_map(|bound| {
            let today = fields.get(bound.field)?.clone();
            let at_base = at_base.get(bound.field).unwrap_or(&today).clone();
            Some(Column { column: bound.column, at_base, today, slot: fields.slot(bound.field)? })
        })
        .filter(|column| !column.today.retired)
        .collect();
    let columns: Vec<Column> = columns;
    let fields = columns.iter().map(|column| (column.today.number, column.column)).collect();
    let exactness = if base.is_some() { Exactness::Damage(format) } else { Exactness::Exact };
    Ok(Head { sheet, key_row, header, base, columns, fields, exactness })
}

//! The head of a file, found and matched with the account's fields: which sheet, which columns, which download as the base.

use std::collections::BTreeSet;

use directory::{
    Base, BoundColumn, Code, Decision, Decisions, Download, Exactness, Failure, Field, FieldNumber, Fields,
    Header, OwnPast, PlanCell, Severity, State, Wrong, bind,
};
use store::{Account, Error, SaidMatching};
use workbook::{Book, Format, Refusal, Row};

use super::headings::Heading;
use super::others::Others;
use super::sheets::{self, Keys};
use crate::Context;

/// A sheet of a file whose head was understood.
pub(crate) struct Head {
    /// The sheet with the key row.
    pub(crate) sheet: usize,
    /// The number of the key row; users come below it.
    pub(crate) key_row: u32,
    /// The first row of users: above the key row where that was sorted into the data.
    pub(crate) first_user: u32,
    /// The row of the titles; the key row where there are none.
    pub(crate) title_row: u32,
    /// The keys and the titles, to be known again between the rows.
    pub(crate) keys: Heading,
    pub(crate) titles: Heading,
    /// The last column with a key or a title.
    pub(crate) last_column: u32,
    /// How many fields the key row of a csv file has, or the titles, if these are more.
    pub(crate) width: Option<u32>,
    /// Whether a column holds values of users, by its place from 0.
    read: Vec<bool>,
    /// Up to this column each one does.
    pub(crate) read_through: u32,
    pub(crate) header: Header,
    /// The revision that the file shows.
    pub(crate) base: Option<u64>,
    /// Whether that is known to be of the database's own past.
    pub(crate) is_proved: bool,
    pub(crate) columns: Vec<Column>,
    /// The same as pairs: which field stands in which column.
    pub(crate) fields: Vec<(FieldNumber, u32)>,
    /// Columns that are known by their titles alone and are not read.
    pub(crate) lost: Vec<Column>,
    pub(crate) exactness: Exactness,
    /// Of a file that was made of a table: whether rows that name nobody are new users, as people said.
    pub(crate) matched: Option<bool>,
    /// The letters beyond ASCII that are proved, where it was guessed what the bytes of the file mean.
    pub(crate) letters: Option<BTreeSet<char>>,
}

impl Head {
    /// Whether a cell would write a letter of which only a guess says that it stands in the file.
    pub(crate) fn is_guessed(&self, cell: &PlanCell) -> bool {
        let Some(proved) = &self.letters else { return false };
        let is_edit = matches!(cell.state, State::Change | State::Conflict);
        let text = cell.raw.as_deref().or(cell.mine.as_deref()).unwrap_or_default();
        is_edit && text.chars().any(|letter| !letter.is_ascii() && !proved.contains(&letter))
    }

    /// Whether the file is the template for new users: it names its account, but no revision.
    pub(crate) fn is_template(&self) -> bool {
        self.header.download.as_ref().is_some_and(|download| download.revision.is_none())
    }

    /// Whether rows that name nobody are new users without anybody being asked.
    pub(crate) fn creates(&self) -> bool {
        self.matched.unwrap_or(true) && self.is_template()
    }

    /// Notes what people said of the table that the file was made of.
    pub(crate) fn note_matching(&mut self, said: Option<&SaidMatching>) {
        if let Some(said) = said.filter(|_| self.is_template()) {
            self.matched = Some(said.matching.creates);
            // It has no titles: the keys stand in their place.
            self.header.issues.retain(|issue| issue.wrong.code != Code::TitleChanged);
        }
    }

    /// Notes what the headings say besides which column is which field.
    fn note_headings(&mut self, keys: &Row<'_>, titles: Option<&Row<'_>>) {
        let last = |row: &Row<'_>| row.cells().map(|cell| cell.position.column).max().unwrap_or_default();
        self.title_row = titles.map_or(keys.number, |titles| titles.number);
        self.last_column = last(keys).max(titles.map_or(0, last));
        self.width = keys.width().map(|width| width.max(titles.and_then(Row::width).unwrap_or_default()));
        (self.keys, self.titles) = (Heading::of(keys), titles.map(Heading::of).unwrap_or_default());
        let of_report = keys.cells().filter(|cell| directory::is_of_report(cell.raw));
        let columns = self.columns.iter().map(|column| column.column).chain([self.header.id_column]);
        let columns: Vec<u32> = columns.chain(of_report.map(|cell| cell.position.column)).collect();
        self.read = vec![false; self.last_column as usize + 1];
        for column in columns {
            if let Some(read) = self.read.get_mut(column as usize) {
                *read = true;
            }
        }
        self.read_through = (1..=self.last_column).take_while(|column| self.is_read(*column)).count() as u32;
    }

    /// Whether a column holds values of users: the User IDs, or those of a field that is in use, or what a report adds.
    pub(crate) fn is_read(&self, column: u32) -> bool {
        self.read.get(column as usize).is_some_and(|read| *read)
    }

    /// Whether a row says the titles of the fields, as Muster writes them: where the key row was sorted into the data, they are anywhere.
    pub(crate) fn is_titles(&self, row: &Row<'_>) -> bool {
        let says = |column: &&Column, text: &str| {
            let text = text.trim();
            column.titles.iter().any(|title| title.eq_ignore_ascii_case(text))
        };
        let (mut titles, mut others) = (0, 0);
        for cell in row.cells() {
            match self.columns.iter().find(|column| column.column == cell.position.column) {
                Some(column) if says(&column, cell.raw) => titles += 1,
                Some(_) => others += 1,
                None => {}
            }
        }
        titles > 1 && titles > others
    }

    /// Whether users stand in the row of this number: below the titles, and not the keys themselves.
    pub(crate) fn is_of_users(&self, row: u32) -> bool {
        row >= self.first_user && row != self.key_row
    }
}

/// A file whose heads were understood: of the sheet that is read, or of several; and what is said of the others.
pub(crate) struct Heads {
    pub(crate) heads: Vec<Head>,
    pub(crate) others: Others,
}

/// A column that is a field.
pub(crate) struct Column {
    /// Its place in the file, from 1.
    pub(crate) column: u32,
    /// The field as it was at the download, and as it is now.
    pub(crate) at_base: Field,
    pub(crate) today: Field,
    /// What its title was and is, in each of the languages: it is compared with the cells of every row.
    titles: Vec<String>,
    /// Its slot in batches of users.
    pub(crate) slot: usize,
}

impl Column {
    pub(crate) fn of(column: u32, at_base: Field, today: Field, slot: usize) -> Self {
        let mut titles = [today.titles(), at_base.titles()].concat();
        titles.sort_unstable();
        titles.dedup();
        Self { column, at_base, today, titles, slot }
    }
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

/// Finds the sheets with a key row and understands those that are read. `fields` are today's, `decisions` what people have said of the
/// sheets.
pub(crate) fn understand(
    app: &Context,
    account: &Account,
    fields: &Fields,
    book: &mut Book,
    decisions: &Decisions,
) -> Result<Heads, Refused> {
    let format = book.format();
    let chosen = sheets::choose(book, fields, decisions)?.map_err(|wrong| refused(&wrong))?;
    let mut heads: Vec<Head> = Vec::new();
    let mut others = chosen.others;
    for keys in &chosen.read {
        let (row, titles) = keys.rows();
        let mut header = bind(&row, titles.as_ref(), fields);
        header.read_lost(|field| decisions.hold(Decision::ReadColumn, field));
        if keys.first_user < keys.row {
            // Sorted away from the keys, the titles stand somewhere between the users.
            header.issues.retain(|issue| issue.wrong.code != Code::TitleChanged);
        }
        let mut head = head_of(app, account, fields, keys, header, format)?;
        head.note_headings(&row, titles.as_ref());
        // One plan has one base.
        if heads.first().is_some_and(|first| first.base != head.base) {
            others.of_other_download(book, keys.sheet);
        } else {
            heads.push(head);
        }
    }
    Ok(Heads { heads, others })
}

/// Why it is not known what the files edit: the warning that says so. Then only a person completes the import. A template, and whatever
/// only adds users, edits nothing; beside a file of this past it says nothing of its own.
pub(crate) fn doubt(heads: &[&Head], users_to_edit: i64) -> Option<Code> {
    if heads.iter().any(|head| head.base.is_some() && !head.is_proved) {
        return Some(Code::UnmarkedRevision);
    }
    let is_known = heads.iter().any(|head| head.is_proved)
        && heads.iter().all(|head| head.is_proved || head.is_template());
    (!is_known && users_to_edit > 0).then_some(Code::NoRevision)
}

fn head_of(
    app: &Context,
    account: &Account,
    fields: &Fields,
    keys: &Keys,
    header: Header,
    format: Format,
) -> Result<Head, Refused> {
    let error = header.issues.iter().find(|issue| issue.wrong.code.severity() == Severity::Error);
    if let Some(issue) = error {
        return Err(refused(&issue.wrong));
    }
    let base = match &header.download {
        Some(download) => {
            let past = past_of(app, account, download)?;
            download.base(&account.slug, &past)
        }
        None => Ok(Base::Now),
    };
    let base = base.map_err(|wrong| refused(&wrong))?;
    let (is_proved, base) = (matches!(base, Base::Known(_)), base.revision());
    let at_base = app.store.fields_at(account.id, base.unwrap_or(account.revision))?;
    let column_of = |bound: &BoundColumn| {
        let today = fields.get(bound.field)?.clone();
        let at_base = at_base.get(bound.field).unwrap_or(&today).clone();
        let column = Column::of(bound.column, at_base, today, fields.slot(bound.field)?);
        Some(column).filter(|column| !column.today.retired)
    };
    let columns: Vec<Column> = header.columns.iter().filter_map(column_of).collect();
    let lost = header.lost.iter().filter_map(column_of).collect();
    let fields = columns.iter().map(|column| (column.today.number, column.column)).collect();
    let exactness = if base.is_some() { Exactness::Damage(format) } else { Exactness::Exact };
    let Keys { sheet, row: key_row, first_user, .. } = *keys;
    Ok(Head {
        sheet,
        key_row,
        first_user,
        title_row: key_row,
        keys: Heading::default(),
        titles: Heading::default(),
        last_column: 0,
        width: None,
        read: Vec::new(),
        read_through: 0,
        header,
        base,
        is_proved,
        columns,
        lost,
        fields,
        exactness,
        matched: None,
        letters: None,
    })
}

/// What is kept of the revision that a download shows; nothing where it shows none.
fn past_of(app: &Context, account: &Account, download: &Download) -> Result<OwnPast, Error> {
    let Some(shown) = &download.revision else { return Ok(OwnPast::default()) };
    let past = app.store.own_past(account.id, shown.number)?;
    let put_back = app.store.put_back_from(&shown.lineage)?;
    Ok(OwnPast { put_back: put_back.map(|(made, at)| (moment(made), moment(at))), ..past })
}

/// "2026-11-22 09:00 UTC".
fn moment(time: store::Time) -> String {
    jiff::Timestamp::from_millisecond(time.0).unwrap_or_default().strftime("%Y-%m-%d %H:%M UTC").to_string()
}

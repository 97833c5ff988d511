//! Finds the table in a file that Muster did not write: which sheet, which row holds the titles, what its columns are.

use directory::{
    Because, Fields, Matching, Profile, Reading, Suggestion, TableReading, Target, suggest, told_apart,
};
use sentences::{Language, say, speaking};
use store::{Account, ForeignColumn, ForeignTable};
use workbook::{Batch, Book, Charset, CsvReading, Refusal, Row};

/// Rows that are looked at.
const LOOKED: usize = 400;
/// The titles stand among so many first rows: payrolls have some lines above them.
const HEAD_ROWS: u32 = 30;
/// The longest title, in characters.
const LONGEST: usize = 120;
/// Columns that are shown at the most.
const MOST: usize = 300;

/// A table that was found, and the file that it is in.
pub(super) struct Found {
    pub(super) book: Book,
    pub(super) table: ForeignTable,
}

/// Looks for the table of a file, read as people have said, where they have. None when there is none, or when it is Muster's own and lacks
/// nothing but its keys.
pub(super) fn look(
    mut book: Book,
    account: &Account,
    fields: &Fields,
    reading: &TableReading,
) -> Result<Option<Found>, Refusal> {
    read_as(&mut book, reading);
    let shown: Vec<usize> = (0..book.sheets().len()).filter(|place| !book.sheets()[*place].hidden).collect();
    let named = reading.sheet.as_ref().and_then(|name| book.sheets().iter().position(|of| of.name == *name));
    for sheet in named.map_or(shown, |sheet| vec![sheet]) {
        let first = first_rows(&mut book, sheet)?;
        let Some(heading) = heading(&first, account, fields, reading) else { continue };
        if is_own(&heading, fields) {
            return Ok(None);
        }
        let mut table = table(&book, sheet, &heading);
        table.columns = columns(&first, &heading, (fields, &account.reading));
        let is_of_people = table.columns.iter().any(|column| column.suggestion.is_some());
        // A file of which nothing is known is no table of people, unless people say where its titles are.
        if !is_of_people && reading.heading.is_none() {
            continue;
        }
        return Ok(Some(Found { book, table }));
    }
    Ok(None)
}

/// Reads a csv as people have said.
pub(super) fn read_as(book: &mut Book, said: &TableReading) {
    let Some((now, _)) = book.reading() else { return };
    let charset = said.charset.as_ref().and_then(|name| charset_of(name)).unwrap_or(now.charset);
    let separator = said.separator.and_then(|letter| u8::try_from(letter).ok()).unwrap_or(now.separator);
    let reading = CsvReading { charset, separator };
    if reading != now {
        book.read_as(reading);
    }
}

fn charset_of(name: &str) -> Option<Charset> {
    Charset::ALL.into_iter().find(|charset| charset.to_string() == name)
}

fn first_rows(book: &mut Book, sheet: usize) -> Result<Batch, Refusal> {
    let mut batch = Batch::new();
    book.rows(sheet)?.fill(&mut batch, LOOKED)?;
    Ok(batch)
}

/// A row of titles: its number, and each title with its column.
struct Heading {
    row: u32,
    titles: Vec<(u32, String)>,
}

impl Heading {
    fn of(row: &Row<'_>) -> Self {
        let title = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let titles = row.cells().map(|cell| (cell.position.column, title(&cell.shown())));
        Self { row: row.number, titles: titles.filter(|(_, title)| !title.is_empty()).collect() }
    }

    /// How many of the titles are known.
    fn known(&self, fields: &Fields, reading: &Reading) -> usize {
        let columns: Vec<_> =
            self.titles.iter().map(|(_, title)| (title.clone(), Profile::default())).collect();
        suggest(&columns, fields, reading).into_iter().flatten().count()
    }

    /// Whether nothing but titles stands in it.
    fn is_of_titles(&self) -> bool {
        let is_title = |title: &str| {
            let digits = title.chars().filter(char::is_ascii_digit).count();
            let letters = title.chars().filter(|letter| letter.is_alphabetic()).count();
            letters > digits && title.chars().count() <= LONGEST && !title.contains('@')
        };
        self.titles.len() > 1 && self.titles.iter().all(|(_, title)| is_title(title))
    }
}

/// The row of the titles: the one that people name; else the one of the first rows with most titles that are known; else the widest
/// that holds nothing but titles.
fn heading(first: &Batch, account: &Account, fields: &Fields, said: &TableReading) -> Option<Heading> {
    if let Some(number) = said.heading {
        return first.iter().find(|row| row.number == number).map(|row| Heading::of(&row));
    }
    let rows = first.iter().take_while(|row| row.number <= HEAD_ROWS);
    let weighed = rows.map(|row| {
        let heading = Heading::of(&row);
        let known = heading.known(fields, &account.reading);
        let width = if heading.is_of_titles() { heading.titles.len() } else { 0 };
        (if known > 1 { known } else { 0 }, width, heading)
    });
    // Of rows that are alike the first one counts.
    let mut best: Option<(usize, usize, Heading)> = None;
    for (known, width, heading) in weighed.filter(|(known, width, _)| known + width > 0) {
        if best.as_ref().is_none_or(|best| (known, width) > (best.0, best.1)) {
            best = Some((known, width, heading));
        }
    }
    best.map(|(_, _, heading)| heading)
}

/// Whether a row is the titles of a download of Muster, whose keys were deleted: then the file lacks what it would be compared by.
fn is_own(heading: &Heading, fields: &Fields) -> bool {
    let ids = Language::SHIPPED.map(|language| speaking(language, || say!("user-id").to_owned()));
    let is_id = |title: &str| ids.iter().any(|id| id.eq_ignore_ascii_case(title));
    let is_own = |title: &str| is_id(title) || fields.current().any(|field| field.is_titled(title));
    heading.titles.iter().any(|(_, title)| is_id(title))
        && heading.titles.iter().all(|(_, title)| is_own(title))
}

fn table(book: &Book, sheet: usize, heading: &Heading) -> ForeignTable {
    let csv = book.reading();
    let mut charsets: Vec<String> = Vec::new();
    if let Some((now, is_sure)) = csv {
        let others = book.readings().into_iter().map(|reading| reading.charset);
        let usual = [
            Charset::Utf8,
            Charset::Windows1252,
            Charset::Windows1250,
            Charset::Windows1251,
            Charset::ShiftJis,
        ];
        for charset in std::iter::once(now.charset).chain(others.filter(|_| !is_sure)).chain(usual) {
            let name = charset.to_string();
            if (!is_sure || charset == Charset::Utf8) && !charsets.contains(&name) {
                charsets.push(name);
            }
        }
    }
    let shown = book.sheets().iter().filter(|sheet| !sheet.name.is_empty());
    ForeignTable {
        sheets: shown.map(|sheet| sheet.name.clone()).collect(),
        sheet: book.sheets()[sheet].name.clone(),
        heading: heading.row,
        separator: csv.map(|(reading, _)| char::from(reading.separator)),
        charset: csv.map(|(reading, _)| reading.charset.to_string()),
        charsets,
        fitting: None,
        columns: Vec::new(),
    }
}

/// The columns that have a title or a value, with what they probably are.
fn columns(first: &Batch, heading: &Heading, (fields, reading): (&Fields, &Reading)) -> Vec<ForeignColumn> {
    let below = || first.iter().filter(|row| row.number > heading.row);
    let last = below().flat_map(|row| row.cells().map(|cell| cell.position.column).collect::<Vec<_>>()).max();
    let last = heading.titles.iter().map(|(column, _)| *column).chain(last).max().unwrap_or_default();
    let mut profiles: Vec<Profile> = vec![Profile::default(); last as usize];
    for row in below() {
        for cell in row.cells() {
            profiles[cell.position.column as usize - 1].take(&cell.shown());
        }
    }
    let title = |column: u32| {
        let titled = heading.titles.iter().find(|(of, _)| *of == column);
        titled
            .map(|(_, title)| title.chars().take(LONGEST).collect::<String>())
            .filter(|title| title != Matching::REST)
    };
    let there =
        |column: &u32| title(*column).is_some() || !profiles[*column as usize - 1].samples().is_empty();
    let named: Vec<(u32, String)> = (1..=last)
        .filter(there)
        .take(MOST)
        .map(|column| (column, title(column).unwrap_or_default()))
        .collect();
    let named = told_apart(named);
    let asked: Vec<(String, Profile)> =
        named.iter().map(|(column, title)| (title.clone(), profiles[*column as usize - 1].clone())).collect();
    let suggested = suggest(&asked, fields, reading);
    named
        .into_iter()
        .zip(asked)
        .zip(suggested)
        .map(|(((column, title), (_, profile)), suggestion)| ForeignColumn {
            column,
            title,
            examples: if is_private(suggestion.as_ref()) { Vec::new() } else { profile.samples() },
            suggestion,
        })
        .collect()
}

/// Whether the values of a column are nobody's business here.
fn is_private(suggestion: Option<&Suggestion>) -> bool {
    let is_protected = |found: &Suggestion| matches!(found.because, Because::Protected(_));
    suggestion.is_some_and(|found| found.target == Target::Alone && is_protected(found))
}

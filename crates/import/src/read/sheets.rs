//! The sheets of a file: which of them carry a key row, which of those are read, and what is to be said of the others. A sheet that is
//! hidden never counts before one that is not; sheets that are the same are read once; of those that differ, people say which are meant.

use std::hash::{DefaultHasher, Hash, Hasher};

use directory::{Code, Decisions, Download, Fields, Reason, UserId, Wrong, is_key_row, tidied_key};
use sentences::in_all_languages;
use workbook::{Batch, Book, Refusal, Row};

use super::others::Others;
use super::walk::{Found, each_row};

/// The key row is looked for so far down in every sheet: some programs put a title above.
pub(crate) const HEAD_ROWS: u32 = 20;
/// So many sheets of a file are read at the most, as parts of it.
const MOST: usize = 60;
/// Rows of a sheet that are looked through at a time.
const CHUNK: usize = 500;
/// The key row of a sheet.
#[derive(Debug, Clone)]
pub(crate) struct Keys {
    pub(crate) sheet: usize,
    pub(crate) row: u32,
    /// The first row that a user stands in: above the key row, when that was sorted into the data.
    pub(crate) first_user: u32,
    /// The first rows of the sheet.
    head: Batch,
    /// The key row itself.
    keys: Batch,
}

impl Keys {
    /// The key row, and the titles: the last row above it that no user stands in.
    pub(crate) fn rows(&self) -> (Row<'_>, Option<Row<'_>>) {
        let before = self.first_user.min(self.row);
        let at = (0..self.keys.len()).find(|at| self.keys.row(*at).number == self.row).unwrap_or_default();
        (self.keys.row(at), self.head.iter().take_while(|row| row.number < before).last())
    }
}

/// What is read of a file, and what is said of its other sheets.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    pub(crate) read: Vec<Keys>,
    pub(crate) others: Others,
}

/// Finds the sheets with keys and says which are read.
///
/// # Errors
/// The sentence when there is none, or none of those that are wanted.
pub(crate) fn choose(
    book: &mut Book,
    fields: &Fields,
    decisions: &Decisions,
) -> Result<Result<Chosen, Wrong>, Refusal> {
    let (found, column_a_missing) = find(book, fields)?;
    if found.is_empty() {
        let code = if column_a_missing { Code::IdColumnMissing } else { Code::HeaderMissing };
        return Ok(Err(Wrong::plain(code)));
    }
    let wanted = match wanted(book, &found, decisions) {
        Ok(wanted) => wanted,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let mut chosen = Chosen::default();
    let is_decided = decisions.all_sheets() || !decisions.sheets().is_empty();
    let first = wanted.first().copied().unwrap_or_default();
    tell_others(book, &found, &wanted, (first, is_decided), &mut chosen.others);
    let mut keyed: Vec<Option<Keys>> = found.into_iter().map(Some).collect();
    chosen.read = wanted.iter().filter_map(|place| keyed.get_mut(*place)?.take()).collect();
    Ok(Ok(chosen))
}

/// Which of the sheets with keys are read, by their place among these.
fn wanted(book: &Book, found: &[Keys], decisions: &Decisions) -> Result<Vec<usize>, Wrong> {
    let sheet = |keys: &Keys| &book.sheets()[keys.sheet];
    let named = |name: &str| found.iter().position(|keys| sheet(keys).name == name);
    let shown: Vec<usize> = (0..found.len()).filter(|place| !sheet(&found[*place]).hidden).collect();
    let shown = if shown.is_empty() { (0..found.len()).collect() } else { shown };
    if decisions.all_sheets() {
        return Ok(shown.into_iter().take(MOST).collect());
    }
    let decided: Vec<usize> = decisions.sheets().iter().filter_map(|name| named(name)).collect();
    match decisions.sheets().first() {
        Some(name) if decided.is_empty() && book.sheets().len() > 1 => {
            Err(Wrong::with(Code::SheetUnknown, name.as_str()))
        }
        Some(_) if !decided.is_empty() => Ok(decided),
        _ => {
            // Of several, the one that is called as in a download.
            let names = in_all_languages("sheet-users");
            let users = shown.iter().find(|place| names.contains(&sheet(&found[**place]).name.as_str()));
            Ok(users.or(shown.first()).copied().into_iter().collect())
        }
    }
}

/// Says of each sheet that is not read why, and how many cells that are. `first` is the sheet that is read, `is_decided` whether
/// people have said so.
fn tell_others(
    book: &mut Book,
    found: &[Keys],
    wanted: &[usize],
    (first, is_decided): (usize, bool),
    others: &mut Others,
) {
    let mut of_first = None;
    for sheet in 0..book.sheets().len() {
        let keyed = found.iter().position(|keys| keys.sheet == sheet);
        if keyed.is_some_and(|place| wanted.contains(&place)) {
            continue;
        }
        let Some(place) = keyed else {
            others.without_keys(book, sheet);
            continue;
        };
        let (name, hidden) = (book.sheets()[sheet].name.clone(), book.sheets()[sheet].hidden);
        let (digest, counted) = digest(book, &found[place]);
        let same = match (of_first, is_decided || hidden) {
            (_, true) => false,
            (Some(of_first), false) => of_first == digest,
            (None, false) => *of_first.insert(self::digest(book, &found[first]).0) == digest,
        };
        match (is_decided, hidden, same) {
            (true, ..) => others.tell(Reason::SheetDecided, &name, "decided", counted),
            (false, true, _) => others.tell(Reason::SheetHidden, &name, "hidden", counted),
            (false, false, true) => others.tell(Reason::SheetSame, &name, "same", counted),
            (false, false, false) => {
                let read = book.sheets()[found[first].sheet].name.clone();
                others.tell(Reason::SheetsDiffer, &name, &read, counted);
            }
        }
    }
}

/// What tells sheets with different cells apart, counted from the key row; and what the sheet holds.
fn digest(book: &mut Book, keys: &Keys) -> (u64, Found) {
    let mut hasher = DefaultHasher::new();
    let found = each_row(book, keys.sheet, |row| {
        for cell in row.cells() {
            (row.number.wrapping_sub(keys.row), cell.position.column, cell.shown()).hash(&mut hasher);
        }
        true
    });
    (hasher.finish(), found)
}

/// The sheets with a key row near their beginning. Where there is none at all, the stamp of a download is looked for further down, and
/// whether a row of keys lacks only the User IDs.
fn find(book: &mut Book, fields: &Fields) -> Result<(Vec<Keys>, bool), Refusal> {
    let (mut found, mut column_a_missing) = (Vec::new(), false);
    let mut first_refusal = None;
    for sheet in 0..book.sheets().len() {
        match near_the_top(book, sheet) {
            Ok((Some(keys), _)) => found.push(keys),
            Ok((None, head)) => column_a_missing |= head.iter().any(|row| has_keys(&row, fields)),
            // A sheet that can't be read refuses the file only where no other one has keys.
            Err(refusal) => first_refusal = first_refusal.or(Some(refusal)),
        }
    }
    match (found.is_empty(), first_refusal) {
        (true, Some(refusal)) => Err(refusal),
        (true, None) => {
            let far = (0..book.sheets().len()).filter_map(|sheet| further_down(book, sheet)).collect();
            Ok((far, column_a_missing))
        }
        (false, _) => Ok((found, false)),
    }
}

fn near_the_top(book: &mut Book, sheet: usize) -> Result<(Option<Keys>, Batch), Refusal> {
    let head = book.first_rows(sheet)?;
    let row = head.iter().take_while(|row| row.number <= HEAD_ROWS).find(is_key_row);
    let Some(row) = row.map(|row| (row.number, id_column(&row))) else { return Ok((None, head)) };
    let (row, column) = row;
    let above = head.iter().take_while(|above| above.number < row);
    let first_user = above.filter(|above| is_user(above, column)).map(|above| above.number).next();
    let keys = Keys { sheet, row, first_user: first_user.unwrap_or(row + 1), keys: head.clone(), head };
    Ok((Some(keys), Batch::new()))
}

/// Looks for the stamp of a download in all of a sheet.
fn further_down(book: &mut Book, sheet: usize) -> Option<Keys> {
    let (mut head, mut keys, mut batch) = (None, None, Batch::new());
    let mut first: Vec<(u32, u32)> = Vec::new();
    let mut rows = book.rows(sheet).ok()?;
    while keys.is_none() && rows.fill(&mut batch, CHUNK).ok()? {
        for row in batch.iter() {
            if row.cells().any(|cell| Download::read(cell.raw).is_some()) {
                keys = Some((row.number, id_column(&row)));
                break;
            }
            for cell in row.cells().filter(|cell| cell.raw.parse::<UserId>().is_ok()) {
                if !first.iter().any(|(column, _)| *column == cell.position.column) {
                    first.push((cell.position.column, row.number));
                }
            }
        }
        head.get_or_insert_with(|| batch.clone());
    }
    let (row, column) = keys?;
    let first_user = first.iter().find(|(of, _)| *of == column).map_or(row + 1, |(_, number)| *number);
    Some(Keys { sheet, row, first_user, head: head?, keys: batch })
}

fn id_column(row: &Row<'_>) -> u32 {
    let is_id = |raw: &str| tidied_key(raw).starts_with("user_id");
    row.cells().find(|cell| is_id(cell.raw)).map_or(1, |cell| cell.position.column)
}

fn is_user(row: &Row<'_>, id_column: u32) -> bool {
    row.cell(id_column).is_some_and(|cell| cell.shown().parse::<UserId>().is_ok())
}

/// Whether a row is one of keys, but for that of the User IDs.
fn has_keys(row: &Row<'_>, fields: &Fields) -> bool {
    let (all, keys) = row.cells().fold((0, 0), |(all, keys), cell| {
        let is_key = fields.by_key(&tidied_key(cell.raw)).is_some();
        (all + 1, keys + usize::from(is_key))
    });
    // One word that is a key may be a title.
    keys > 1 && keys * 2 >= all && row.cells().any(|cell| cell.raw.contains('_'))
}

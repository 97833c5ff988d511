//! The workbook of an account: everyone as of one revision, read in short key ranges and rewound to it, poured as they come.

use std::collections::HashMap;
use std::io::Write;

use directory::{Download, Field, FieldNumber, Fields, Kind, Shown, User, UserId, Users, standard};
use sentences::say;
use store::{Account, AccountId, Error, Result, SelectionId, Sort, UsersQuery};
use workbook::{Column, Content, Format, Layout, Note, Printed, SheetNames, Writer};

use crate::Context;
use crate::judge::past::Past;

/// What to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DownloadChoice {
    /// The kind of file.
    pub format: Format,
    /// Only the users that this search finds; empty for everyone.
    pub search: String,
    /// Only the users that have these values, by field and stored form.
    pub filters: Vec<(FieldNumber, String)>,
    /// Only the users of this selection.
    pub selection: Option<SelectionId>,
    /// Only these fields, by key; none for all that may be edited.
    pub fields: Option<Vec<String>>,
    /// No users: the template for new ones.
    pub template: bool,
}

/// A cell of a download that somebody has typed over before it comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedOver {
    /// Whose row.
    pub user: UserId,
    /// The field; none for the User ID itself.
    pub field: Option<FieldNumber>,
    /// What stands there now.
    pub text: String,
}

impl DownloadChoice {
    /// Everyone, with all fields that may be edited.
    pub fn everyone(format: Format) -> Self {
        Self {
            format,
            search: String::new(),
            filters: Vec::new(),
            selection: None,
            fields: None,
            template: false,
        }
    }

    /// The template for new users: every field, and nobody.
    pub fn new_users(format: Format) -> Self {
        Self { template: true, ..Self::everyone(format) }
    }
}

/// Users that are read together.
const CHUNK: usize = 2_000;
/// Names of managers that are kept at hand.
const NAMES: usize = 20_000;

/// Writes the workbook of an account as it is at one revision; answers how many users it has. The sink gets bytes as they are made.
///
/// # Errors
/// When the store or the sink fails; the sink's failure is told as the store's.
pub fn download(
    app: &Context,
    account: AccountId,
    choice: &DownloadChoice,
    sink: &mut dyn Write,
) -> Result<i64> {
    let account = app.store.account_now(account)?;
    let fields = app.store.fields_at(account.id, account.revision)?;
    let chosen: Vec<&Field> = chosen_fields(&fields, choice);
    let shown = if choice.template { None } else { Some(app.store.shown(account.id, account.revision)?) };
    let layout = layout(&account, shown, &chosen, choice);
    // Before the first bytes are on their way: what is wrong can't be said after them.
    query_of(choice).check()?;
    let mut pouring = Pouring {
        app,
        account: &account,
        writer: Writer::start(sink, choice.format, &layout).map_err(sink_failed)?,
        columns: chosen.iter().filter_map(|field| Some((*field, fields.slot(field.number)?))).collect(),
        names: HashMap::new(),
        typed: HashMap::new(),
        poured: 0,
    };
    if !choice.template {
        pouring.pour_all(&fields, choice)?;
    }
    let poured = pouring.poured;
    let is_part = !choice.search.is_empty() || !choice.filters.is_empty() || choice.selection.is_some();
    let is_everyone = !is_part && !choice.template;
    if is_everyone && poured != account.users {
        // A damaged page of the database can lose users without a word of its driver. The file has no end then, and says so itself.
        return Err(Error::Failed(directory::download_incomplete(poured, account.users)));
    }
    pouring.writer.finish().map_err(sink_failed)?;
    Ok(poured)
}

/// Which fields a download has: those asked for, else all that people may edit.
fn chosen_fields<'f>(fields: &'f Fields, choice: &DownloadChoice) -> Vec<&'f Field> {
    match &choice.fields {
        Some(keys) => fields.current().filter(|field| keys.contains(&field.key)).collect(),
        None => fields.current().filter(|field| !field.read_only).collect(),
    }
}

/// Writes the workbook of everyone as the account was at an earlier revision, with some cells typed over: what somebody might hand back.
///
/// # Errors
/// As [`download`]; and when the revision is none of the account's.
pub fn typed_over(
    app: &Context,
    account: AccountId,
    revision: u64,
    typed: &[TypedOver],
    sink: &mut dyn Write,
) -> Result<i64> {
    let state = app.store.own_past(account, revision)?.state;
    let (lineage, mark) = state.ok_or_else(|| Error::Failed("no such revision".to_owned()))?;
    let now = app.store.account_now(account)?;
    let account = Account { revision, ..now };
    let shown = Shown { number: revision, lineage, mark: Some(mark) };
    let fields = app.store.fields_at(account.id, revision)?;
    let choice = DownloadChoice::everyone(Format::Xlsx);
    let chosen: Vec<&Field> = chosen_fields(&fields, &choice);
    let layout = layout(&account, Some(shown), &chosen, &choice);
    let mut pouring = Pouring {
        app,
        account: &account,
        writer: Writer::start(sink, choice.format, &layout).map_err(sink_failed)?,
        columns: chosen.iter().filter_map(|field| Some((*field, fields.slot(field.number)?))).collect(),
        names: HashMap::new(),
        typed: typed.iter().map(|cell| ((cell.user, cell.field), cell.text.as_str())).collect(),
        poured: 0,
    };
    pouring.pour_all(&fields, &choice)?;
    let poured = pouring.poured;
    pouring.writer.finish().map_err(sink_failed)?;
    Ok(poured)
}

fn sink_failed(error: impl std::fmt::Display) -> Error {
    Error::Failed(format!("the download could not be written: {error}"))
}

struct Pouring<'p, W: Write> {
    app: &'p Context,
    account: &'p Account,
    writer: Writer<W>,
    columns: Vec<(&'p Field, usize)>,
    names: HashMap<UserId, String>,
    /// Cells that are not printed as they are: by user, and field.
    typed: HashMap<(UserId, Option<FieldNumber>), &'p str>,
    poured: i64,
}

fn query_of(choice: &DownloadChoice) -> UsersQuery {
    UsersQuery {
        search: choice.search.clone(),
        filters: choice.filters.clone(),
        sort: Sort::Created,
        limit: CHUNK as u32,
        ..UsersQuery::default()
    }
}

impl<W: Write> Pouring<'_, W> {
    fn pour_all(&mut self, fields: &Fields, choice: &DownloadChoice) -> Result<()> {
        if let Some(id) = choice.selection {
            return self.pour_selected(fields, id);
        }
        let mut users = Users::new(fields);
        let mut after = 0;
        let mut query = query_of(choice);
        while !(choice.search.is_empty() && choice.filters.is_empty()) {
            let page = self.app.store.users_page(self.account.id, fields, &query)?;
            self.pour(fields, &page.users)?;
            if page.next.is_none() {
                return Ok(());
            }
            query.cursor = page.next;
        }
        loop {
            self.app.store.users_after(self.account.id, after, i64::MAX as u64, CHUNK, &mut users)?;
            let Some(last) = users.len().checked_sub(1).and_then(|last| users.get(last)) else {
                return Ok(());
            };
            after = last.id().number();
            self.pour(fields, &users)?;
            if users.len() < CHUNK {
                return Ok(());
            }
        }
    }

    fn pour_selected(&mut self, fields: &Fields, id: SelectionId) -> Result<()> {
        let (mut users, mut after) = (Users::new(fields), 0);
        loop {
            let ids = self.app.store.selected_after(self.account.id, id, after, CHUNK)?;
            let Some(last) = ids.last() else { return Ok(()) };
            after = last.number();
            self.app.store.users_of(self.account.id, &ids, &mut users)?;
            self.pour(fields, &users)?;
        }
    }

    fn pour(&mut self, fields: &Fields, users: &Users) -> Result<()> {
        let past = Past::of(&self.app.store, self.account.id, users, self.account.revision)?;
        self.learn_names(fields, users, &past)?;
        let there = users.iter().filter(|user| past.was_there(user));
        for user in there {
            self.pour_user(&user, &past)?;
        }
        Ok(())
    }

    fn pour_user(&mut self, user: &User<'_>, past: &Past) -> Result<()> {
        let id = user.id().to_string();
        let mut buffers: Vec<String> = vec![String::new(); self.columns.len()];
        let mut values = Vec::with_capacity(self.columns.len() + 1);
        let typed = |field| self.typed.get(&(user.id(), field)).copied();
        values.push(Printed::Text(typed(None).unwrap_or(&id)));
        for ((field, slot), buffer) in self.columns.iter().zip(&mut buffers) {
            if let Some(text) = typed(Some(field.number)) {
                values.push(Printed::Text(text));
                continue;
            }
            let stored = past.value(user, field.number, *slot);
            let person = stored.filter(|_| field.kind == Kind::User).and_then(|id| id.parse().ok());
            let name = person.and_then(|person: UserId| self.names.get(&person));
            values.push(field.print(stored, name.map(String::as_str), buffer));
        }
        self.poured += 1;
        self.writer.row(&values).map_err(sink_failed)
    }

    /// Learns the names of the users that these users name, all of a chunk together.
    fn learn_names(&mut self, fields: &Fields, users: &Users, past: &Past) -> Result<()> {
        if self.names.len() > NAMES {
            self.names.clear();
        }
        let mut wanted = Vec::new();
        for (field, slot) in self.columns.iter().filter(|(field, _)| field.kind == Kind::User) {
            let named = users
                .iter()
                .filter_map(|user| past.value(&user, field.number, *slot)?.parse::<UserId>().ok());
            wanted.extend(named.filter(|id| !self.names.contains_key(id)));
        }
        wanted.sort_unstable();
        wanted.dedup();
        let mut found = Users::new(fields);
        self.app.store.users_of(self.account.id, &wanted, &mut found)?;
        self.names.extend(found.iter().map(|user| (user.id(), user.name())));
        Ok(())
    }
}

fn layout(account: &Account, revision: Option<Shown>, fields: &[&Field], choice: &DownloadChoice) -> Layout {
    let key = Download { account: account.slug.clone(), revision }.print();
    let mut columns = vec![id_column(key, !choice.template)];
    columns.extend(fields.iter().map(|field| column_of(field)));
    let said =
        if choice.template { directory::template_instructions() } else { directory::workbook_instructions() };
    let instructions = if choice.format == Format::Csv { Vec::new() } else { instructions(said, fields) };
    Layout { sheets: sheet_names(), columns, frozen: frozen(fields), instructions }
}

/// What the sheets are called, in the language that is spoken. Muster knows them again by their keys and their stamps.
pub(crate) fn sheet_names() -> SheetNames {
    let [rows, instructions, lists] =
        [say!("sheet-users"), say!("sheet-instructions"), say!("sheet-lists")].map(str::to_owned);
    SheetNames { rows, instructions, lists }
}

/// How many columns stay in sight: the User ID, and names that follow it. Whose row it is has to be seen while one edits far to the right.
pub(crate) fn frozen(fields: &[&Field]) -> u16 {
    let is_name = |field: &&&Field| [standard::FIRST_NAME, standard::LAST_NAME].contains(&field.number);
    fields.iter().take_while(is_name).map(|_| 1).sum::<u16>() + 1
}

/// The column of the User IDs; `fixed` where nobody has a reason to type over them.
pub(crate) fn id_column(key: String, fixed: bool) -> Column {
    Column {
        title: say!("user-id").to_owned(),
        key,
        width: 18,
        content: Content::Text,
        fixed,
        read_only: false,
        required: false,
        unique: false,
        max_length: None,
        help: None,
    }
}

/// The column of a field.
pub(crate) fn column_of(field: &Field) -> Column {
    Column {
        title: field.title().to_owned(),
        key: field.key.clone(),
        width: width_of(field),
        content: content_of(field),
        fixed: false,
        read_only: field.read_only,
        required: field.required,
        unique: directory::Claim::is_made_by(field),
        max_length: field.max_length,
        help: directory::field_help(field),
    }
}

fn content_of(field: &Field) -> Content {
    match field.kind {
        Kind::Date => Content::Date,
        Kind::Number => Content::Number,
        Kind::YesNo => Content::List(["Yes", "No"].map(str::to_owned).to_vec()),
        Kind::Status => Content::List(["Active", "Inactive"].map(str::to_owned).to_vec()),
        Kind::Choice if field.choices.iter().any(|choice| !choice.retired) => Content::List(
            field.choices.iter().filter(|choice| !choice.retired).map(|c| c.label.clone()).collect(),
        ),
        _ => Content::Text,
    }
}

fn width_of(field: &Field) -> u16 {
    match field.kind {
        Kind::Email => 32,
        Kind::User | Kind::Choices => 30,
        Kind::Date | Kind::YesNo | Kind::Status | Kind::Number => 12,
        Kind::Phone | Kind::Language => 16,
        _ => 20,
    }
}

/// What the sheet of instructions says: this, then what the fields take.
pub(crate) fn instructions(said: Vec<(bool, String)>, fields: &[&Field]) -> Vec<Note> {
    let mut notes: Vec<Note> = said
        .into_iter()
        .map(|(heading, text)| if heading { Note::Heading(text) } else { Note::Text(text) })
        .collect();
    for field in fields {
        let mut takes = directory::field_help(field).unwrap_or_default();
        if field.kind == Kind::Choice {
            let labels: Vec<&str> = field
                .choices
                .iter()
                .filter(|choice| !choice.retired)
                .map(|choice| choice.label.as_str())
                .collect();
            takes = format!("{takes} {}", labels.join("; "));
        }
        notes.push(Note::Entry(field.title().to_owned(), takes.trim().to_owned()));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_sight_where_they_follow_the_id() {
        let fields = Fields::built_in();
        for (keys, expected) in [
            ("first_name last_name email", 3),
            ("last_name first_name", 3),
            ("last_name email first_name", 2),
            ("email first_name last_name", 1),
            ("", 1),
        ] {
            let chosen: Vec<&Field> = keys.split_whitespace().filter_map(|key| fields.by_key(key)).collect();
            assert_eq!(frozen(&chosen), expected, "{keys}");
        }
    }
}

//! The lists of REST, page by page: what a cursor says, and what a page holds.

use std::str::FromStr;

use directory::{UserId, standard};
use sentences::say;
use serde::Deserialize;
use store::{
    self, AccountId, Cursor, Import, ImportId, ListPlace, Ordered, PageStart, Result, Sort, UsersQuery,
};

use super::wire::{self, List};
use crate::app::App;

/// How many items a page has when nobody says.
const USUAL: u32 = 50;
/// How many items a page has at the most.
pub const MOST: u32 = 1_000;

/// How long a page is to be, and where it begins.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Page<C> {
    /// The `next` of the page before; the first page when there is none.
    #[serde(default = "none")]
    pub cursor: Option<C>,
    /// At most so many items, up to [`MOST`].
    pub limit: Option<u32>,
}

/// Without this, serde would ask a cursor for a default of its own.
fn none<C>() -> Option<C> {
    None
}

/// The number of items that a request without, or beyond, its limits gets.
fn length(limit: Option<u32>) -> u32 {
    limit.unwrap_or(USUAL).clamp(1, MOST)
}

/// Which users are wanted.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct UsersWanted {
    /// Words that all have to be found in name, sign-in or User ID.
    #[serde(default)]
    pub search: String,
    /// Only these.
    pub status: Option<Status>,
    /// The order: `name`, `sign_in`, `created` or the key of a field, or one of them after a minus sign, from the end.
    #[serde(default)]
    pub sort: String,
    /// Where the page begins.
    pub cursor: Option<UserPlace>,
    /// At most so many.
    pub limit: Option<u32>,
}

/// The two states of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// May sign in.
    Active,
    /// May not.
    Inactive,
}

/// What came of asking for users.
#[derive(Debug, Clone, PartialEq)]
pub enum UsersListed {
    /// A page of them.
    Page(List<wire::User>),
    /// The order is none: what is one.
    NoOrder(&'static str),
    /// The order is being made, for the account is large: ask again.
    NotYet,
}

/// The place between two pages of users, as the text of a cursor: number and sort key, in hexadecimal, because cursors stand in the logs of
/// proxies, where nobody should read a name in passing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct UserPlace(Cursor);

impl TryFrom<String> for UserPlace {
    type Error = String;

    fn try_from(text: String) -> std::result::Result<Self, String> {
        let digits = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap_or_default());
        let bytes: Option<Vec<u8>> = digits.map(|pair| u8::from_str_radix(pair, 16).ok()).collect();
        let text =
            bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(say!("api-lists-not-a-cursor"))?;
        let (id, key) = text.split_once('-').ok_or(say!("api-lists-not-a-cursor"))?;
        let id =
            id.parse().ok().filter(|id| i64::try_from(*id).is_ok()).ok_or(say!("api-lists-not-a-cursor"))?;
        Ok(Self(Cursor { key: key.to_owned(), id, before: false }))
    }
}

impl std::fmt::Display for UserPlace {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{}-{}", self.0.id, self.0.key);
        text.bytes().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// One page of users.
pub fn users(app: &App, account: AccountId, wanted: &UsersWanted) -> Result<UsersListed> {
    let fields = app.store.fields(account)?;
    let status = wanted.status.map(|status| match status {
        Status::Active => "active",
        Status::Inactive => "inactive",
    });
    let word = wanted.sort.as_str();
    let (word, descending) = word.strip_prefix('-').map_or((word, false), |word| (word, true));
    let sort = if wanted.sort.is_empty() { Some(Sort::Name) } else { Sort::of_word(&fields, word) };
    let Some(sort) = sort else { return Ok(UsersListed::NoOrder(say!("api-lists-sort-is-name-sign-in"))) };
    let query = UsersQuery {
        search: wanted.search.clone(),
        filters: status.map(|status| (standard::STATUS, status.to_owned())).into_iter().collect(),
        sort,
        descending,
        cursor: wanted.cursor.as_ref().map(|place| place.0.clone()),
        limit: length(wanted.limit),
    };
    let page = import::users_page(app, account, &fields, &query)?;
    if page.order == Ordered::NotYet {
        return Ok(UsersListed::NotYet);
    }
    Ok(UsersListed::Page(List {
        items: page.users.iter().map(|user| wire::User::of(&user, &fields)).collect(),
        next: page.next.map(|cursor| UserPlace(cursor).to_string()),
    }))
}

/// One user; none when the account has no such user.
pub fn user(app: &App, account: AccountId, id: UserId) -> Result<Option<wire::User>> {
    let fields = app.store.fields(account)?;
    let found = app.store.user(account, &fields, id)?;
    Ok(found.get(0).map(|user| wire::User::of(&user, &fields)))
}

/// What a user went through, newest first. A page ends between two revisions, so it may be longer than asked for.
pub fn history(
    app: &App,
    account: AccountId,
    id: UserId,
    page: &Page<u64>,
) -> Result<Option<List<wire::HistoryEntry>>> {
    let fields = app.store.fields(account)?;
    if app.store.user(account, &fields, id)?.is_empty() {
        return Ok(None);
    }
    let limit = length(page.limit) as usize;
    let most_in_one = fields.all().len() + 1;
    let before = page.cursor.unwrap_or(u64::MAX);
    let mut entries = app.store.history_of(account, id, before, (limit + most_in_one) as u32)?;
    let last = entries.get(limit - 1).map_or(0, |entry| entry.revision);
    let end = entries.iter().position(|entry| entry.revision < last);
    let next = end.map(|_| last.to_string());
    entries.truncate(end.unwrap_or(entries.len()));
    let items = entries.iter().map(|entry| wire::HistoryEntry::of(entry, id, &fields)).collect();
    Ok(Some(List { items, next }))
}

/// An import by what stands in an address: none when the account has no such import, or it is no identity at all.
pub fn import(app: &App, account: AccountId, id: &str) -> Result<Option<Import>> {
    match ImportId::from_str(id) {
        Ok(id) => app.store.import(account, id),
        Err(()) => Ok(None),
    }
}

/// One page of imports, newest first.
pub fn imports(app: &App, account: AccountId, page: &Page<ImportPlace>) -> Result<List<wire::Import>> {
    let limit = length(page.limit);
    let before = page.cursor.as_ref().map(|place| place.0);
    let mut found = app.store.imports(account, before, limit + 1)?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|import| import.id.to_string());
    Ok(List { items: found.iter().map(wire::Import::from).collect(), next })
}

/// The place between two pages of imports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ImportPlace(ImportId);

impl TryFrom<String> for ImportPlace {
    type Error = String;

    fn try_from(text: String) -> std::result::Result<Self, String> {
        text.parse().map(Self).map_err(|()| say!("api-lists-not-a-cursor").to_owned())
    }
}

/// The place between two pages of issues: first come errors, then warnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum IssuePlace {
    /// After this error.
    Error(ListPlace),
    /// All errors were passed, and so many warnings.
    Warnings(u64),
}

impl TryFrom<String> for IssuePlace {
    type Error = String;

    fn try_from(text: String) -> std::result::Result<Self, String> {
        match text.strip_prefix('w') {
            Some(digits) => {
                digits.parse().map(Self::Warnings).map_err(|_| say!("api-lists-not-a-cursor").to_owned())
            }
            None => text.parse().map(Self::Error).map_err(|()| say!("api-lists-not-a-cursor").to_owned()),
        }
    }
}

/// The place between two pages of a plan's cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct CellPlace(ListPlace);

impl TryFrom<String> for CellPlace {
    type Error = String;

    fn try_from(text: String) -> std::result::Result<Self, String> {
        text.parse().map(Self).map_err(|()| say!("api-lists-not-a-cursor").to_owned())
    }
}

/// One page of issues: errors in the order of the file, then warnings.
pub fn issues(app: &App, import: &Import, page: &Page<IssuePlace>) -> Result<List<wire::Issue>> {
    let limit = length(page.limit);
    let (mut items, passed) = match page.cursor {
        Some(IssuePlace::Warnings(passed)) => (Vec::new(), passed),
        place => {
            let from = match place {
                Some(IssuePlace::Error(after)) => PageStart::After(after),
                _ => PageStart::Start,
            };
            let errors = import::issues(app, import, from, limit)?;
            let items: Vec<_> = errors.items.iter().map(wire::Issue::from).collect();
            if let Some(next) = errors.next {
                return Ok(List { items, next: Some(next.to_string()) });
            }
            (items, 0)
        }
    };
    let warnings = import::warnings(app, import)?;
    let room = limit as usize - items.len();
    let left = warnings.get(passed as usize..).unwrap_or_default();
    items.extend(left.iter().take(room).map(|(warning, message)| wire::issue_of_warning(warning, message)));
    let next = (left.len() > room).then(|| format!("w{}", passed + room as u64));
    Ok(List { items, next })
}

/// One page of changes, by user and field.
pub fn changes(app: &App, import: &Import, page: &Page<CellPlace>) -> Result<List<wire::Change>> {
    let found = import::changes(app, import, page.from(), length(page.limit))?;
    Ok(list_of(&found))
}

/// One page of conflicts, in the order of the file; of an undo, what keeps its later value.
pub fn conflicts(app: &App, import: &Import, page: &Page<CellPlace>) -> Result<List<wire::Conflict>> {
    let found = import::conflicts(app, import, page.from(), length(page.limit))?;
    Ok(list_of(&found))
}

impl Page<CellPlace> {
    fn from(&self) -> PageStart {
        self.cursor.map_or(PageStart::Start, |CellPlace(after)| PageStart::After(after))
    }
}

fn list_of<'p, T, W: From<&'p T>>(page: &'p store::Page<T>) -> List<W> {
    let next = page.next.map(|place| place.to_string());
    List { items: page.items.iter().map(W::from).collect(), next }
}

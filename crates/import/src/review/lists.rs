//! What review shows: issues, groups of them, warnings, changes, conflicts, page by page, with the names and labels that people read.

use std::collections::{BTreeMap, HashMap};

use directory::{
    Code, Counts, Field, FieldNumber, Fields, Kind, Place, PlanCell, State, UserId, Users, standard,
};
use sentences::say;
use store::{
    AccountId, CellFilter, HistoryEntry, Import, ImportId, ImportKind, ImportState, Page, PageStart,
    PastCell, ProblemGroup, Result, Warning,
};
use workbook::Position;

use crate::Context;
use crate::context::told_moment;
use crate::judge::new_user;
use crate::judge::rivals::name_rivals;
use crate::{LeftOutRow, ReviewChange, ReviewConflict, ReviewGroup, ReviewIssue};

/// A page of the errors, in the order of the file.
///
/// # Errors
/// When the store fails.
pub fn issues(app: &Context, import: &Import, from: PageStart, limit: u32) -> Result<Page<ReviewIssue>> {
    let fields = app.store.fields(import.account)?;
    let page = app.store.plan_page(import.account, import.id, CellFilter::Errors, from, limit)?;
    page.map(|cells| as_issues(app, import, &fields, cells))
}

pub(crate) fn as_issues(
    app: &Context,
    import: &Import,
    fields: &Fields,
    mut cells: Vec<PlanCell>,
) -> Result<Vec<ReviewIssue>> {
    name_rivals(app, import, fields, cells.iter_mut())?;
    let new = app.store.new_among(import.account, import.id, &cells)?;
    let issue_of = |cell: &PlanCell| {
        let is_new = new.contains(&(cell.place, cell.field));
        Ok(ReviewIssue { is_new, ..review_issue(app, import, fields, cell)? })
    };
    cells.iter().map(issue_of).collect()
}

pub(crate) fn review_issue(
    app: &Context,
    import: &Import,
    fields: &Fields,
    cell: &PlanCell,
) -> Result<ReviewIssue> {
    let field = (cell.field != standard::USER).then(|| fields.get(cell.field)).flatten();
    let wrong = cell.wrong.clone().unwrap_or_else(|| directory::Wrong::plain(Code::CellUnreadable));
    let user = match cell.place {
        Place::User(id) => {
            Some((id, name_of(app, import.account, fields, id)?.unwrap_or_else(|| id.to_string())))
        }
        Place::Row { .. } => None,
    };
    Ok(ReviewIssue {
        place: cell.place,
        file: cell.file,
        sheet: import.accounted.sheet(cell.file).map(|sheet| sheet.name.clone()),
        part: import.accounted.name_of(cell.file),
        position: position_of(cell),
        row: cell.row,
        message: directory::sentence(&wrong, field.map_or(say!("user-id"), |field| field.title())),
        explanation: directory::explanation(&wrong),
        field: field.cloned(),
        user,
        wrong,
        value: cell.raw.clone(),
        is_new: false,
    })
}

fn position_of(cell: &PlanCell) -> Option<Position> {
    (cell.row > 0 && cell.column > 0).then_some(Position { row: cell.row, column: cell.column })
}

fn name_of(app: &Context, account: AccountId, fields: &Fields, id: UserId) -> Result<Option<String>> {
    let users = app.store.user(account, fields, id)?;
    Ok(users.get(0).map(|user| user.name()))
}

/// Errors by kind, biggest first.
///
/// # Errors
/// When the store fails.
pub fn groups(app: &Context, import: &Import, limit: u32) -> Result<Vec<ReviewGroup>> {
    let fields = app.store.fields(import.account)?;
    let groups = app.store.problem_groups(import.account, import.id, limit)?;
    Ok(groups.into_iter().map(|group| shown_group(group, &fields)).collect())
}

pub(crate) fn shown_group(group: ProblemGroup, fields: &Fields) -> ReviewGroup {
    let field = fields.get(group.field).cloned();
    let kept = field.as_ref().zip(group.raw.as_deref());
    let kept = kept.filter(|_| group.code != Code::AmbiguousDate);
    let kept = kept.and_then(|(field, text)| fields.answer_to(field, text));
    // An answer that was kept after this plan was made is offered as well.
    let (suggestions, is_as_before) = match kept {
        Some(answer) => (vec![answer], true),
        None => (group.suggestions, false),
    };
    let wrong = directory::Wrong { suggestions: suggestions.clone(), ..directory::Wrong::plain(group.code) };
    ReviewGroup {
        code: group.code,
        message: directory::sentence(&wrong, field.as_ref().map_or(say!("user-id"), |field| field.title())),
        field,
        value: group.raw,
        cells: group.cells,
        suggestions,
        is_as_before,
    }
}

/// Problems in several texts of a field, for each of which one value is offered, biggest first: one step can take them all. The value
/// and the suggestion of a group are an example.
///
/// # Errors
/// When the store fails.
pub fn suggested(app: &Context, import: &Import) -> Result<Vec<ReviewGroup>> {
    let fields = app.store.fields(import.account)?;
    let kinds = app.store.suggested_kinds(import.account, import.id, None)?;
    let several = kinds.into_iter().filter(|kind| kind.cells > 1);
    Ok(several.map(|kind| shown_group(kind, &fields)).collect())
}

/// How many rows have no User ID, and nobody has said yet what is to become of them.
///
/// # Errors
/// When the store fails.
pub fn rows_without_id(app: &Context, import: &Import) -> Result<i64> {
    app.store.problems_of(import.account, import.id, Code::UserIdMissing)
}

/// The rows that are left out, in the order of the file, at most `limit`.
///
/// # Errors
/// When the store fails.
pub fn left_out(app: &Context, import: &Import, limit: u32) -> Result<Vec<LeftOutRow>> {
    let fields = app.store.fields(import.account)?;
    let rows = app.store.left_out(import.account, import.id, limit)?;
    let mut people = People::in_plan(app, import, &fields);
    people.load(rows.iter().filter_map(|(place, ..)| user_at(*place)))?;
    let shown = rows.into_iter().map(|(place, file, row)| {
        let user = user_at(place);
        let name = match user {
            Some(user) => people.name(user)?,
            None => new_user::name_of(&app.store.plan_row(import.account, import.id, place)?),
        };
        Ok(LeftOutRow { file, row, user, name })
    });
    shown.collect()
}

/// The sentences of the warnings.
///
/// # Errors
/// When the store fails.
pub fn warnings(app: &Context, import: &Import) -> Result<Vec<(Warning, String)>> {
    let fields = app.store.fields(import.account)?;
    let warnings = app.store.warnings(import.account, import.id)?;
    let shown = app.store.plan_cells(import.account, import.id, CellFilter::Damage, DAMAGED)?;
    let taken: Vec<PlanCell> = shown.into_iter().filter(|cell| cell.written().is_some()).collect();
    let title = |warning: &Warning| {
        let key = warning.place.split(':').next().unwrap_or_default();
        fields.by_key(key).map_or_else(|| warning.place.clone(), |field| field.title().to_owned())
    };
    warnings
        .into_iter()
        .map(|warning| without_taken(warning, &fields, &taken))
        .filter(|warning| warning.cells > 0)
        .map(|warning| {
            let detail = match (warning.code, &warning.detail) {
                (Code::PutBack, Some(revision)) => made_at(app, import, revision)?,
                (_, detail) => detail.clone(),
            };
            let (code, cells) = (warning.code, warning.cells);
            let sentence = directory::warning_sentence(code, &title(&warning), cells, detail.as_deref());
            Ok((warning, sentence))
        })
        .collect()
}

/// When a revision was made, as a sentence says it.
fn made_at(app: &Context, import: &Import, revision: &str) -> Result<Option<String>> {
    let Ok(revision) = revision.parse() else { return Ok(None) };
    let made = app.store.made_at(import.account, revision)?;
    Ok(made.map(told_moment))
}

/// More damaged cells than are ever shown one by one.
const DAMAGED: u32 = 10_000;

/// A count of damaged cells without those of them that were taken as meant.
fn without_taken(mut warning: Warning, fields: &Fields, taken: &[PlanCell]) -> Warning {
    if warning.code == Code::DamageKept {
        let key = warning.place.split(':').next().unwrap_or_default();
        let field = fields.by_key(key).map(|field| field.number);
        let of_it = taken.iter().filter(|cell| {
            let damage = cell.wrong.as_ref().and_then(|wrong| wrong.detail.as_ref());
            Some(cell.field) == field && damage == warning.detail.as_ref()
        });
        warning.cells -= of_it.count() as i64;
    }
    warning
}

/// A page of what will be changed, or (once done) was changed, by user and field.
///
/// # Errors
/// When the store fails.
pub fn changes(app: &Context, import: &Import, from: PageStart, limit: u32) -> Result<Page<ReviewChange>> {
    let fields = app.store.fields(import.account)?;
    let people = People::in_plan(app, import, &fields);
    if let (ImportState::Done, Some(revision)) = (import.state, import.applied) {
        let page = app.store.changes_page(import.account, revision, from, limit)?;
        return page.map(|past| made(people, &fields, &past));
    }
    // A plan that changes nothing is not passed over for that: it may be a million problems.
    if import.state == ImportState::Review && import.counts.cells_to_edit + import.counts.users_to_create == 0
    {
        return Ok(Page { items: Vec::new(), previous: None, next: None });
    }
    if let Some(all) = all_by_fixes(app, import, from, limit)? {
        let items = to_come(app, import, people, &fields, &all)?;
        return Ok(Page { items, previous: None, next: None });
    }
    let page = app.store.plan_page(import.account, import.id, CellFilter::Changes, from, limit)?;
    page.map(|cells| to_come(app, import, people, &fields, &cells))
}

/// The cells that are to be written, when they are few and all of them came by fixes: a plan of many problems is not passed over for
/// them. None when others may be among them.
fn all_by_fixes(
    app: &Context,
    import: &Import,
    from: PageStart,
    limit: u32,
) -> Result<Option<Vec<PlanCell>>> {
    let Counts { cells_to_edit, users_to_create, .. } = import.counts;
    let are_few = users_to_create == 0 && cells_to_edit <= i64::from(limit);
    if from != PageStart::Start || import.state != ImportState::Review || !are_few {
        return Ok(None);
    }
    let cells = app.store.changes_by_fixes(import.account, import.id, limit)?;
    let written = cells.iter().filter(|cell| cell.written().is_some()).count();
    Ok((written as i64 == cells_to_edit).then_some(cells))
}

/// Changes that were made.
fn made(mut people: People<'_>, fields: &Fields, past: &[PastCell]) -> Result<Vec<ReviewChange>> {
    people.load(past.iter().map(|cell| cell.user))?;
    past.iter()
        .filter_map(|cell| fields.get(cell.field).map(|field| (cell, field)))
        .map(|(cell, field)| {
            people.change(Some(cell.user), field, cell.before.as_deref(), cell.after.as_deref())
        })
        .collect()
}

/// Changes that the plan is going to make.
pub(crate) fn to_come(
    app: &Context,
    import: &Import,
    mut people: People<'_>,
    fields: &Fields,
    cells: &[PlanCell],
) -> Result<Vec<ReviewChange>> {
    people.load(cells.iter().filter_map(user_of))?;
    let new = app.store.new_among(import.account, import.id, cells)?;
    let mut shown = Vec::new();
    for cell in cells {
        if let (Some(change), Some(field)) = (cell.written(), fields.get(cell.field)) {
            let mut change = people.change(user_of(cell), field, change.before, change.after)?;
            change.is_new = new.contains(&(cell.place, cell.field));
            change.place = Some(cell.place);
            if let Place::Row { row, .. } = cell.place {
                change.created_by = Some(row);
                change.name =
                    new_user::name_of(&app.store.plan_row(import.account, import.id, cell.place)?);
            }
            shown.push(change);
        }
    }
    Ok(shown)
}

fn user_of(cell: &PlanCell) -> Option<UserId> {
    user_at(cell.place)
}

fn user_at(place: Place) -> Option<UserId> {
    match place {
        Place::User(user) => Some(user),
        Place::Row { .. } => None,
    }
}

/// A page of the conflicts, chosen or not, in the order of the file. For an undo: what keeps its later value.
///
/// # Errors
/// When the store fails.
pub fn conflicts(
    app: &Context,
    import: &Import,
    from: PageStart,
    limit: u32,
) -> Result<Page<ReviewConflict>> {
    let filter =
        if import.kind == ImportKind::Undo { CellFilter::ChangedSince } else { CellFilter::Conflicts };
    let page = app.store.plan_page(import.account, import.id, filter, from, limit)?;
    page.map(|cells| as_conflicts(app, import, &cells))
}

fn as_conflicts(app: &Context, import: &Import, cells: &[PlanCell]) -> Result<Vec<ReviewConflict>> {
    let fields = app.store.fields(import.account)?;
    let mut people = People::in_plan(app, import, &fields);
    people.load(cells.iter().filter_map(user_of))?;
    let new = app.store.new_among(import.account, import.id, cells)?;
    let last = last_changes(app, import, cells.iter())?;
    let mut shown = Vec::new();
    for cell in cells {
        if let (Some(user), Some(field)) = (user_of(cell), fields.get(cell.field)) {
            let is_new = new.contains(&(cell.place, cell.field));
            let conflict = conflict_of(&mut people, &last, cell, user, field)?;
            shown.push(ReviewConflict { is_new, ..conflict });
        }
    }
    Ok(shown)
}

/// The last change of each cell since the download, as conflicts tell it.
pub(crate) type LastChanges = HashMap<(UserId, FieldNumber), HistoryEntry>;

/// The last changes of the users of whom some cells are conflicts.
pub(crate) fn last_changes<'c>(
    app: &Context,
    import: &Import,
    cells: impl Iterator<Item = &'c PlanCell>,
) -> Result<LastChanges> {
    let conflicts = cells.filter(|cell| cell.state != State::Error && cell.state != State::Change);
    let mut users: Vec<UserId> = conflicts.filter_map(user_of).collect();
    users.sort_unstable();
    users.dedup();
    app.store.last_changes(import.account, &users, import.base.unwrap_or_default())
}

pub(crate) fn conflict_of(
    people: &mut People<'_>,
    last: &LastChanges,
    cell: &PlanCell,
    user: UserId,
    field: &Field,
) -> Result<ReviewConflict> {
    let last = last.get(&(user, cell.field));
    Ok(ReviewConflict {
        position: position_of(cell).filter(|_| cell.file == 1),
        user: (user, people.name(user)?),
        at_download: people.shown(field, cell.base.as_deref())?,
        now: people.shown(field, cell.now.as_deref())?,
        file: people.shown(field, cell.mine.as_deref())?,
        changed: last.map(|entry| (entry.actor.clone(), entry.at)),
        chosen: cell.chosen,
        is_new: false,
        field: field.clone(),
    })
}

/// Cells that the spreadsheet alone changed, in the order of the file; only of columns that have few of them.
///
/// # Errors
/// When the store fails.
pub fn damaged(app: &Context, import: &Import, limit: u32) -> Result<Vec<ReviewConflict>> {
    let cells = app.store.plan_cells(import.account, import.id, CellFilter::Damage, limit)?;
    as_conflicts(app, import, &cells)
}

/// Names of users, looked up once for a page.
pub struct People<'p> {
    app: &'p Context,
    account: AccountId,
    fields: &'p Fields,
    /// The import whose rows may be named.
    import: Option<ImportId>,
    names: BTreeMap<UserId, String>,
}

impl<'p> People<'p> {
    /// Nobody is known yet.
    pub fn new(app: &'p Context, account: AccountId, fields: &'p Fields) -> Self {
        Self { app, account, fields, import: None, names: BTreeMap::new() }
    }

    /// The same; the rows of an import are known too, where values name a user whom one of them is to create.
    pub(crate) fn in_plan(app: &'p Context, import: &Import, fields: &'p Fields) -> Self {
        Self { import: Some(import.id), ..Self::new(app, import.account, fields) }
    }

    /// Learns the names of these users together.
    ///
    /// # Errors
    /// When the store fails.
    pub fn load(&mut self, users: impl Iterator<Item = UserId>) -> Result<()> {
        let mut ids: Vec<UserId> = users.filter(|user| !self.names.contains_key(user)).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Ok(());
        }
        let mut found = Users::new(self.fields);
        self.app.store.users_of(self.account, &ids, &mut found)?;
        self.names.extend(found.iter().map(|user| (user.id(), user.name())));
        Ok(())
    }

    /// The name of a user; their ID when there is no such user any more.
    ///
    /// # Errors
    /// When the store fails.
    pub fn name(&mut self, user: UserId) -> Result<String> {
        if !self.names.contains_key(&user) {
            self.load(std::iter::once(user))?;
        }
        Ok(self.names.get(&user).cloned().unwrap_or_else(|| user.to_string()))
    }

    /// A stored form as people read it; a user by name.
    ///
    /// # Errors
    /// When the store fails.
    pub fn shown(&mut self, field: &Field, stored: Option<&str>) -> Result<String> {
        let named = stored.filter(|_| field.kind == Kind::User);
        if let Some(row) = named.and_then(Place::of_reference) {
            return self.name_of_row(row);
        }
        let person = match named.and_then(|id| id.parse().ok()) {
            Some(id) => Some(self.name(id)?),
            None => None,
        };
        Ok(field.shown(stored, person.as_deref()))
    }

    /// The user whom a row is to create: by their name, and the row.
    fn name_of_row(&self, place: Place) -> Result<String> {
        let Some(import) = self.import else { return Ok(String::new()) };
        new_user::name_at(&self.app.store, self.fields, (self.account, import), place)
    }

    fn change(
        &mut self,
        user: Option<UserId>,
        field: &Field,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Result<ReviewChange> {
        let name = match user {
            Some(user) => self.name(user)?,
            None => String::new(),
        };
        let (shown_before, shown_after) = (self.shown(field, before)?, self.shown(field, after)?);
        Ok(ReviewChange {
            user,
            place: user.map(Place::User),
            created_by: None,
            name,
            field: field.clone(),
            before: (before.map(str::to_owned), shown_before),
            after: (after.map(str::to_owned), shown_after),
            is_new: false,
        })
    }
}

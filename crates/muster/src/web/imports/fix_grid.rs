//! The rows with problems, as a table whose red cells are inputs. A module turns it into a grid with keys; without it, it is a
//! form with a button.

use std::collections::BTreeMap;

use directory::{Code, Field, FieldNumber, Kind, Place, State as CellState, UserId, Where, standard};
use import::{self, People, ReviewIssue};
use maud::{Markup, html};
use sentences::say;
use store::{Import, Page, PageStart, Result};

use super::changes::new_mark;
use super::target;
use crate::access::{Action, Actor, may};
use crate::app::App;
use crate::web::frame::pages::PageAt;
use crate::web::frame::reply::escaped;
use crate::web::frame::words::say_markup;

/// Problems on a page.
const PAGE: u32 = 100;

/// The table.
pub(in crate::web) struct Grid {
    columns: Vec<Field>,
    rows: Vec<Row>,
    /// What the table is of; the question about rows without a User ID is among it.
    page: Page<ReviewIssue>,
    /// Whether one field has a problem, the same in every row: then a row is a line.
    is_plain: bool,
    people: BTreeMap<UserId, String>,
}

/// One row of the file (or one user, when no file holds the cell).
struct Row {
    /// The part that holds it, from 1, and what people call that where it is not the first one.
    file: u16,
    part: Option<String>,
    number: u32,
    user: Option<(UserId, String)>,
    /// What is wrong with the row as such.
    issue: Option<ReviewIssue>,
    /// By the columns of the table.
    cells: Vec<GridCell>,
}

enum GridCell {
    /// Something is wrong here.
    Wrong(Box<ReviewIssue>),
    /// The value that it will have.
    Right(String),
}

impl Grid {
    /// A page of the problems of an import, or of one kind of them.
    pub(in crate::web) fn load(
        app: &App,
        import: &Import,
        kind: Option<(Code, FieldNumber)>,
        from: PageStart,
    ) -> Result<Self> {
        let page = match kind {
            Some(kind) => import::issues_of_kind(app, import, kind, from, PAGE)?,
            None => import::issues(app, import, from, PAGE)?,
        };
        let mut issues = page.items.clone();
        // What is to become of rows without a User ID is asked once for all of them, above the table.
        issues.retain(|issue| issue.wrong.code != Code::UserIdMissing);
        let mut columns: Vec<Field> = Vec::new();
        for field in issues.iter().filter_map(|issue| issue.field.as_ref()) {
            if !columns.iter().any(|column| column.number == field.number) {
                columns.push(field.clone());
            }
        }
        let all = app.store.fields(import.account)?;
        columns.sort_by_key(|column| all.slot(column.number));
        let people = holders(app, import, &issues)?;
        // What is taken by others is told row by row.
        let is_plain = kind.is_some() && columns.len() == 1 && people.is_empty();
        if is_plain {
            let beside = [standard::EMAIL, standard::JOB_TITLE].map(|field| all.get(field).cloned());
            let shown = columns[0].number;
            columns
                .extend(beside.into_iter().flatten().filter(|field| !field.retired && field.number != shown));
        }
        let mut grid = Self { columns, rows: Vec::new(), page, is_plain, people };
        for of_row in issues.chunk_by(same_row) {
            let row = grid.row(app, import, of_row)?;
            grid.rows.push(row);
        }
        Ok(grid)
    }

    /// The links to the pages before and after, of the same kind.
    pub(in crate::web) fn links(&self, at: &PageAt, kind: &str) -> Markup {
        at.links_with(say!("fix-grid-list"), &self.page, PAGE, &format!("kind={}", escaped(kind)))
    }

    fn row(&self, app: &App, import: &Import, issues: &[ReviewIssue]) -> Result<Row> {
        let user = issues.iter().find_map(|issue| issue.user.clone());
        let values = match &user {
            Some((id, _)) => self.values(app, import, *id)?,
            None => BTreeMap::new(),
        };
        let of = |column: &Field| {
            let issue = issues
                .iter()
                .find(|issue| issue.field.as_ref().is_some_and(|field| field.number == column.number));
            match issue {
                Some(issue) => GridCell::Wrong(Box::new(issue.clone())),
                None => GridCell::Right(values.get(&column.number).cloned().unwrap_or_default()),
            }
        };
        Ok(Row {
            file: issues[0].file,
            part: issues[0].part.clone(),
            number: issues[0].row,
            user,
            issue: issues.iter().find(|issue| issue.field.is_none()).cloned(),
            cells: self.columns.iter().map(of).collect(),
        })
    }

    /// What a user will have in the columns: what the plan writes, else what the directory has.
    fn values(&self, app: &App, import: &Import, id: UserId) -> Result<BTreeMap<FieldNumber, String>> {
        let fields = app.store.fields(import.account)?;
        let users = app.store.user(import.account, &fields, id)?;
        let planned = app.store.plan_row(import.account, import.id, Place::User(id))?;
        let mut people = People::new(app, import.account, &fields);
        let mut values = BTreeMap::new();
        for column in &self.columns {
            let change =
                planned.iter().find(|cell| cell.field == column.number && cell.state == CellState::Change);
            let stored = match change {
                Some(cell) => cell.mine.as_deref(),
                None => users.get(0).and_then(|user| user.value(column.number)),
            };
            values.insert(column.number, people.shown(column, stored)?);
        }
        Ok(values)
    }

    /// The table as a form. `back` is the page to return to, `kind` what it shows there.
    pub(in crate::web) fn markup(&self, actor: &Actor, here: &str, back: &str, kind: &str) -> Markup {
        let may_edit = may(actor.role, Action::Edit);
        html! {
            @if !self.rows.is_empty() {
                form.fix.card method="post" action={ (here) "/fixes" } data-fix-grid novalidate {
                    input type="hidden" name="back" value=(back);
                    input type="hidden" name="kind" value=(kind);
                    @if may_edit {
                        div.detail data-toolbar { span.end { button type="submit" data-save { (say!("fix-grid-save-corrections")) } } }
                    }
                    div.frame.tall role="region" aria-label=(say!("fix-grid-problems-table")) tabindex="0" data-frame {
                        table.grid[!self.is_plain].cells[self.is_plain] aria-label=(say!("fix-grid-rows-with-problems")) {
                            @if self.is_plain { colgroup { col.c-row; col.c-user; col.c-cell; @for _ in &self.columns[1..] { col.not-small; } @if may_edit { col.c-n.not-small; } } }
                            thead { tr {
                                th.rownum scope="col" { (say!("fix-grid-row")) }
                                th scope="col" { (say!("changes-user")) }
                                @for (place, column) in self.columns.iter().enumerate() {
                                    th.not-small[self.is_plain && place > 0] scope="col" { (column.title()) }
                                }
                                @if may_edit && self.is_plain { th.not-small scope="col" { span.unseen { (say!("fix-grid-leave-out")) } } }
                            } }
                            tbody { @for row in &self.rows { (self.table_row(actor, row, may_edit)) } }
                        }
                    }
                    @for column in self.columns.iter().filter(|column| has_options(column)) { (options(column)) }
                }
            }
        }
    }

    fn table_row(&self, actor: &Actor, row: &Row, may_edit: bool) -> Markup {
        html! {
            @let name = target::in_file(row.file, row.number);
            tr data-row=(name) {
                th.row-number.rownum scope="row" {
                    @if row.number > 0 { (row.number) } @else { "–" }
                    @if let Some(part) = &row.part { span.muted { " " (say!("fix-grid-part", part = part.as_str())) } }
                }
                td.who data-title=(say!("changes-user")) {
                    @if let Some((user, name)) = &row.user {
                        a href={ "/o/" (actor.account.slug) "/users/" (user) } dir="auto" { (name) }
                    } @else if let Some(value) = row.issue.as_ref().and_then(|issue| issue.value.as_ref()) {
                        bdi.id { (value) }
                    } @else { "–" }
                    @if let Some(issue) = &row.issue { p.problem { (mark()) (self.words(actor, issue)) } }
                    @if may_edit && !self.is_plain { (leave_out(row, &name)) }
                }
                @for (cell, column) in row.cells.iter().zip(&self.columns) { (self.cell(actor, row, cell, column, may_edit)) }
                @if may_edit && self.is_plain { td.not-small { (leave_out(row, &name)) } }
            }
        }
    }

    fn cell(&self, actor: &Actor, row: &Row, cell: &GridCell, column: &Field, may_edit: bool) -> Markup {
        let issue = match cell {
            GridCell::Right(value) => {
                return html! { td.not-small[self.is_plain] data-title=(column.title()) dir="auto" { (value) } };
            }
            GridCell::Wrong(issue) => issue,
        };
        let target = target::of_issue(issue).filter(|_| may_edit);
        let value = issue.value.as_deref().unwrap_or("");
        html! {
            td.bad data-title=(column.title()) data-target=[target.as_ref()] data-code=(issue.wrong.code.word())
                data-field=(column.number.0) {
                @if let Some(target) = &target {
                    (input(row, column, target, value))
                } @else {
                    span dir="auto" { (value) }
                }
                p.problem.unseen[self.is_plain] id=[target.as_ref().map(|target| format!("problem-{}", target::as_id(target)))] {
                    (mark()) (self.words(actor, issue))
                }
                @if let (Some(target), false) = (&target, issue.wrong.suggestions.is_empty() || self.is_plain) {
                    p.suggestions {
                        @for suggestion in issue.wrong.suggestions.iter().take(3) {
                            button.small type="submit" name={ "value." (target) } value=(suggestion) dir="auto" { (suggestion) }
                        }
                    }
                }
            }
        }
    }

    /// The sentence, and who has a value that is taken, with a link when it is a user here.
    fn words(&self, actor: &Actor, issue: &ReviewIssue) -> Markup {
        let holder = match (issue.wrong.holder, &issue.wrong.detail) {
            (Some(Where::ThisAccount), Some(id)) => id.parse::<UserId>().ok(),
            _ => None,
        };
        html! {
            @if issue.is_new { (new_mark()) " " }
            (issue.message)
            @if !issue.message.ends_with('.') { "." }
            @if let Some(holder) = holder {
                " "
                (say_markup!("fix-grid-belongs", person = html! {
                    a href={ "/o/" (actor.account.slug) "/users/" (holder) } dir="auto" {
                        (self.people.get(&holder).cloned().unwrap_or_else(|| holder.to_string()))
                    }
                }))
            } @else if let Some(more) = &issue.explanation { " " (more) }
        }
    }
}

fn same_row(one: &ReviewIssue, next: &ReviewIssue) -> bool {
    if one.row > 0 {
        (one.file, one.row) == (next.file, next.row)
    } else {
        next.row == 0 && one.user == next.user
    }
}

/// The names of those who have what is taken.
fn holders(app: &App, import: &Import, issues: &[ReviewIssue]) -> Result<BTreeMap<UserId, String>> {
    let fields = app.store.fields(import.account)?;
    let mut people = People::new(app, import.account, &fields);
    let mut names = BTreeMap::new();
    for issue in issues
        .iter()
        .filter(|issue| issue.wrong.code == Code::LoginInUse || issue.wrong.code == Code::NotUnique)
    {
        if let Some(id) = issue.wrong.detail.as_deref().and_then(|detail| detail.parse::<UserId>().ok()) {
            names.insert(id, people.name(id)?);
        }
    }
    Ok(names)
}

fn input(row: &Row, column: &Field, target: &str, value: &str) -> Markup {
    let id = target::as_id(target);
    let whose = row
        .user
        .as_ref()
        .map_or_else(|| say!("fix-grid-row-number", row = row.number.to_string()), |(_, name)| name.clone());
    html! {
        input id={ "value-" (id) } name={ "value." (target) } value=(value) aria-label=(say!("fix-grid-value-of", field = column.title(), person = whose))
            aria-invalid="true" aria-describedby={ "problem-" (id) } dir="auto" autocomplete="off" spellcheck="false"
            list=[has_options(column).then(|| list_id(column))];
        input type="hidden" name={ "was." (target) } value=(value);
    }
}

/// The button that leaves a row out.
fn leave_out(row: &Row, name: &str) -> Markup {
    html! {
        @if row.number > 0 {
            button.small.plain type="submit" name={ "out." (name) } value="1"
                aria-label=(say!("fix-grid-leave-out-row", row = row.number.to_string())) { (say!("fix-grid-leave-out")) }
        }
    }
}

fn mark() -> Markup {
    html! { span.icon aria-hidden="true" { "!" } span.hidden { (say!("error-mark")) " " } }
}

fn has_options(column: &Field) -> bool {
    matches!(column.kind, Kind::Choice | Kind::Status | Kind::YesNo)
}

fn list_id(column: &Field) -> String {
    format!("options-{}", column.key)
}

fn options(column: &Field) -> Markup {
    let shown = |stored: &str| column.shown(Some(stored), None);
    let options: Vec<String> = match column.kind {
        Kind::Status => ["active", "inactive"].map(shown).into(),
        Kind::YesNo => ["yes", "no"].map(shown).into(),
        _ => column
            .choices
            .iter()
            .filter(|choice| !choice.retired)
            .map(|choice| choice.label.clone())
            .collect(),
    };
    html! { datalist id=(list_id(column)) { @for option in options { option value=(option) {} } } }
}

//! The rows with problems, as a table whose red cells are inputs. A module turns it into a grid with keys; without it, it is a
//! form with a button.

use std::collections::BTreeMap;

use directory::{Code, Field, FieldNumber, Fields, Place, UserId, Where};
use import::{self, People, ReviewIssue, ReviewRow, RowValue};
use maud::{Markup, html};
use sentences::say;
use store::{Import, Page, PageStart, Result};

use super::changes::new_mark;
use super::editors::options;
use super::grid_columns::{Kept, chosen, kept};
use super::viewed::address;
use super::{target, ticket};
use crate::access::{Action, Actor, may};
use crate::app::App;
use crate::web::frame::components::field::rows_of;
use crate::web::frame::pages::PageAt;
use crate::web::frame::reply::escaped;
use crate::web::frame::words::say_markup;

/// The word for all kinds.
pub(super) const ALL: &str = "all";

/// Problems on a page: so many rows are in the page at once, however many there are.
const PAGE: u32 = 50;

/// The table.
pub(in crate::web) struct Grid {
    columns: Vec<Column>,
    rows: Vec<Row>,
    /// What the table is of; the question about rows without a User ID is among it.
    page: Page<ReviewIssue>,
    /// Whether something is wrong with rows as such, as their User IDs.
    has_ids: bool,
    people: BTreeMap<UserId, String>,
    /// The address of the import.
    here: String,
    kept: Kept,
    fields: Fields,
    /// Problems that come before these, and all.
    passed: u64,
    all: i64,
    /// Whether it is of one row that somebody wanted to see.
    is_of_row: bool,
}

struct Column {
    field: Field,
    /// Whether it stands there by a person's choice alone: no cell of it is wrong.
    is_chosen: bool,
}

/// One row of the file (or one user, when no file holds the cell).
struct Row {
    place: Place,
    /// The part that holds it, from 1, and what people call that where it is not the first one.
    file: u16,
    part: Option<String>,
    number: u32,
    name: String,
    /// What is wrong with the row as such.
    issue: Option<ReviewIssue>,
    /// By the columns of the table.
    cells: Vec<GridCell>,
}

enum GridCell {
    /// Something is wrong here.
    Wrong(Box<ReviewIssue>),
    /// The value that it will have.
    Right(RowValue),
}

/// What a table is to show.
pub(in crate::web) enum Wanted {
    /// All problems.
    All,
    /// Those of a kind, and how many there are.
    Kind(Code, FieldNumber, i64),
    /// One row, whatever is wrong with it.
    Row(Place),
}

impl Grid {
    /// A page of the problems of an import, or of one kind of them, or one row.
    pub(in crate::web) fn load(
        app: &App,
        actor: &Actor,
        import: &Import,
        wanted: &Wanted,
        at: &PageAt,
    ) -> Result<Self> {
        let (page, of_row) = issues(app, import, wanted, at.from())?;
        let mut issues = page.items.clone();
        // What is to become of rows without a User ID is asked once for all of them, above the table.
        issues.retain(|issue| issue.wrong.code != Code::UserIdMissing);
        let fields = app.store.fields(import.account)?;
        let kept = kept(app, actor)?;
        let columns = columns(&fields, &kept, &issues, &of_row);
        let has_ids = issues.iter().any(|issue| issue.field.is_none());
        let mut grid = Self {
            columns,
            rows: Vec::new(),
            people: holders(app, import, &fields, &issues)?,
            here: address(actor, import.id),
            page,
            has_ids,
            kept,
            fields,
            passed: at.passed,
            all: match wanted {
                Wanted::Kind(.., cells) => *cells,
                _ => import.counts.errors - import::rows_without_id(app, import)?,
            },
            is_of_row: matches!(wanted, Wanted::Row(_)),
        };
        grid.fill(app, import, &issues, wanted)?;
        Ok(grid)
    }

    /// How many of its cells support can be asked about.
    pub(in crate::web) fn asking(&self) -> usize {
        self.page.items.iter().filter(|issue| issue.wrong.asks_support()).count()
    }

    /// Reads the rows of the issues; of one row that is wanted also when nothing is wrong with it.
    fn fill(&mut self, app: &App, import: &Import, issues: &[ReviewIssue], wanted: &Wanted) -> Result<()> {
        let mut of_rows: Vec<&[ReviewIssue]> = issues.chunk_by(same_row).collect();
        let mut places: Vec<Place> = of_rows.iter().map(|of_row| of_row[0].place).collect();
        if let (Wanted::Row(place), true) = (wanted, places.is_empty()) {
            (places, of_rows) = (vec![*place], vec![&[][..]]);
        }
        let columns: Vec<Field> = self.columns.iter().map(|column| column.field.clone()).collect();
        let shown = import::rows(app, import, &places, &columns)?;
        for (row, issues) in shown.into_iter().zip(of_rows) {
            self.rows.push(self.row(row, issues));
        }
        Ok(())
    }

    fn row(&self, row: ReviewRow, issues: &[ReviewIssue]) -> Row {
        let ReviewRow { place, name, mut values } = row;
        let line = values.values().find_map(|value| value.at);
        let (file, number) = match (issues.first(), place, line) {
            (Some(issue), ..) => (issue.file, issue.row),
            (None, Place::Row { file, row }, _) => (file, row),
            (None, _, Some((file, position))) => (file, position.row),
            (None, ..) => (1, 0),
        };
        let mut cells = Vec::with_capacity(self.columns.len());
        for Column { field, .. } in &self.columns {
            let of = |issue: &&ReviewIssue| issue.field.as_ref().is_some_and(|of| of.number == field.number);
            cells.push(match issues.iter().find(of) {
                Some(issue) => GridCell::Wrong(Box::new(issue.clone())),
                None => {
                    let empty = RowValue { text: String::new(), at: None, is_written: false };
                    GridCell::Right(values.remove(&field.number).unwrap_or(empty))
                }
            });
        }
        Row {
            cells,
            place,
            file,
            number,
            name,
            part: issues.first().and_then(|issue| issue.part.clone()),
            issue: issues.iter().find(|issue| issue.field.is_none()).cloned(),
        }
    }

    /// The links to the pages before and after, of the same kind.
    pub(in crate::web) fn links(&self, at: &PageAt, kind: &str) -> Markup {
        if self.is_of_row {
            return html! {};
        }
        at.links_with(say!("fix-grid-list"), &self.page, PAGE, &format!("kind={}", escaped(kind)))
    }

    /// The table as a form. `back` says what page to return to: its names and values are sent along.
    pub(in crate::web) fn markup(&self, actor: &Actor, here: &str, back: &[(&str, &str)]) -> Markup {
        let may_edit = may(actor.role, Action::Edit);
        let kind = back.iter().find(|(name, _)| *name == "kind").map_or("", |(_, kind)| *kind);
        html! {
            @if !self.rows.is_empty() {
                form.fix.card method="post" action={ (here) "/fixes" } data-fix-grid novalidate
                    data-edit[may_edit] data-passed=(self.passed)
                    data-last=[self.page.next.filter(|_| !self.is_of_row)]
                    data-columns={ "/o/" (actor.account.slug) "/review-columns" } {
                    @for (name, value) in back { input type="hidden" name=(name) value=(value); }
                    div.detail data-toolbar {
                        p.said {}
                        span.end {
                            @if kind == ALL { a.button href={ (here) "/problems/one?kind=" (escaped(kind)) } { (say!("fix-grid-one-at-a-time")) } }
                            @if may_edit { button type="submit" data-save data-without-script { (say!("fix-grid-save-corrections")) } }
                        }
                    }
                    div.frame.tall role="region" aria-label=(say!("fix-grid-problems-table")) tabindex="0" data-frame {
                        table.cells aria-label=(say!("fix-grid-rows-with-problems")) data-rows=(self.all) {
                            (self.widths(may_edit))
                            thead { (self.heads(may_edit)) }
                            tbody { @for row in &self.rows { (self.table_row(actor, row, may_edit)) } }
                        }
                    }
                }
                @if !self.is_of_row { (self.choice(actor, here, kind)) }
            }
        }
    }

    /// How wide the columns are: as the person who looks has made them.
    fn widths(&self, may_edit: bool) -> Markup {
        let col = |key: &str, class: &str, small: bool| {
            let width = self.kept.width(key);
            html! { col class={ @if width.is_none() { (class) } @if !small { " not-small" } } width=[width] data-key=(key); }
        };
        html! {
            colgroup {
                (col("row-number", "c-row", true))
                (col("user", "c-user", true))
                @if self.has_ids { (col("user-id", "c-val", true)) }
                @for column in &self.columns {
                    (col(&column.field.key, if column.is_chosen { "c-mid" } else { "c-cell" }, !column.is_chosen))
                }
                @if may_edit && !self.is_of_row { (col("leave-out", "c-status", false)) }
            }
        }
    }

    fn heads(&self, may_edit: bool) -> Markup {
        html! {
            tr {
                th.rownum scope="col" { (say!("fix-grid-row")) }
                th scope="col" { (say!("changes-user")) }
                @if self.has_ids { th scope="col" { (say!("user-id")) } }
                @for column in &self.columns {
                    th.not-small[column.is_chosen] scope="col" data-key=(column.field.key) data-kind=(column.field.kind.word())
                        data-options=[options(&column.field).map(|options| options.join("\n"))] { (column.field.title()) }
                }
                @if may_edit && !self.is_of_row { th.not-small scope="col" { span.unseen { (say!("fix-grid-leave-out")) } } }
            }
        }
    }

    fn table_row(&self, actor: &Actor, row: &Row, may_edit: bool) -> Markup {
        let name = target::in_file(row.file, row.number);
        html! {
            tr data-row=(name) data-of=(target::of_place(row.place)) {
                th.row-number.rownum scope="row" {
                    @if row.number > 0 { (row.number) } @else { "–" }
                    @if let Some(part) = &row.part { span.muted { " " (say!("fix-grid-part", part = part.as_str())) } }
                }
                td.who { (who(actor, row)) }
                @if self.has_ids { (self.id_cell(actor, row, &name, may_edit)) }
                @for (cell, column) in row.cells.iter().zip(&self.columns) { (self.cell(actor, row, cell, column, may_edit)) }
                @if may_edit && !self.is_of_row { td.out.not-small { (leave_out(row, &name)) } }
            }
        }
    }

    /// The cell of the User ID: whose row it is can be said there.
    fn id_cell(&self, actor: &Actor, row: &Row, name: &str, may_edit: bool) -> Markup {
        let Some(issue) = &row.issue else {
            return html! { td { @if let Place::User(user) = row.place { span.id { (user) } } } };
        };
        let id = format!("problem-row-{}", target::as_id(name));
        let value = issue.value.as_deref().unwrap_or("");
        let can_be_said = may_edit && row.number > 0 && is_about_id(issue);
        html! {
            td.bad data-target=[can_be_said.then_some(name)] data-code=(issue.wrong.code.word()) data-names
                data-answers=[answers(issue)] {
                @if can_be_said {
                    input name={ "names." (name) } value=(value) aria-label=(say!("fix-grid-user-id-of-row", row = row.number.to_string()))
                        aria-invalid="true" aria-describedby=(id) autocomplete="off" spellcheck="false";
                    input type="hidden" name={ "was." (name) } value=(value);
                } @else { (value) }
                p.problem hidden id=(id) { (self.words(actor, issue)) }
            }
        }
    }

    fn cell(&self, actor: &Actor, row: &Row, cell: &GridCell, column: &Column, may_edit: bool) -> Markup {
        let id = self.is_of_row.then(|| format!("cell-{}", column.field.key));
        let issue = match cell {
            GridCell::Right(value) => return right(row, value, column, may_edit, id.as_deref()),
            GridCell::Wrong(issue) => issue,
        };
        let target = target::of_issue(issue).filter(|_| may_edit);
        let value = issue.value.as_deref().unwrap_or("");
        let told = target.as_ref().map(|target| format!("problem-{}", target::as_id(target)));
        html! {
            td.bad id=[id] data-target=[target.as_ref()] data-code=(issue.wrong.code.word()) data-field=(column.field.number.0)
                data-answers=[answers(issue)] {
                @if let Some(target) = &target {
                    (input(row, &column.field, target, value))
                } @else {
                    span dir="auto" { (value) }
                }
                p.problem hidden id=[told] {
                    (wrong_words(actor, issue, &self.people, target.map(|target| ticket::address_for(&self.here, "cell", &target))))
                }
            }
        }
    }

    /// The sentence, and who has a value that is taken, with a link when it is a user here.
    fn words(&self, actor: &Actor, issue: &ReviewIssue) -> Markup {
        wrong_words(actor, issue, &self.people, None)
    }

    /// The menu in which columns are chosen.
    fn choice(&self, actor: &Actor, here: &str, kind: &str) -> Markup {
        let shown = self.columns.iter().filter(|column| column.is_chosen).map(|column| &column.field);
        let back = format!("{here}/problems?kind={}", escaped(kind));
        chosen(actor, &self.fields, &shown.collect::<Vec<_>>(), &back)
    }
}

/// What is wrong, with the fields of a row that is wanted.
fn issues(
    app: &App,
    import: &Import,
    wanted: &Wanted,
    from: PageStart,
) -> Result<(Page<ReviewIssue>, Vec<FieldNumber>)> {
    Ok(match wanted {
        Wanted::Kind(code, field, _) => {
            (import::issues_of_kind(app, import, (*code, *field), from, PAGE)?, Vec::new())
        }
        Wanted::All => (import::issues(app, import, from, PAGE)?, Vec::new()),
        Wanted::Row(place) => {
            let (items, known) = import::problems_of(app, import, *place)?;
            (Page { items, previous: None, next: None }, known)
        }
    })
}

/// The fields with a problem (or those of the row), then those that the person has chosen.
fn columns(fields: &Fields, kept: &Kept, issues: &[ReviewIssue], of_row: &[FieldNumber]) -> Vec<Column> {
    let wrong = issues.iter().filter_map(|issue| Some(issue.field.as_ref()?.number));
    let mut first: Vec<FieldNumber> = wrong.chain(of_row.iter().copied()).collect();
    first.sort_by_key(|field| fields.slot(*field));
    first.dedup();
    let mut columns: Vec<Column> = first
        .into_iter()
        .filter_map(|field| Some(Column { field: fields.get(field)?.clone(), is_chosen: false }))
        .collect();
    for field in kept.fields(fields) {
        if !columns.iter().any(|column| column.field.number == field.number) {
            columns.push(Column { field: field.clone(), is_chosen: true });
        }
    }
    columns
}

fn same_row(one: &ReviewIssue, next: &ReviewIssue) -> bool {
    one.place == next.place
}

/// Whether a problem of a row is that nobody knows whose it is.
pub(super) fn is_about_id(issue: &ReviewIssue) -> bool {
    matches!(
        issue.wrong.code,
        Code::UserIdDamaged | Code::UserIdUnknown | Code::UserIdDuplicate | Code::FormulaError
    )
}

/// The names of those who have what is taken.
pub(super) fn holders(
    app: &App,
    import: &Import,
    fields: &Fields,
    issues: &[ReviewIssue],
) -> Result<BTreeMap<UserId, String>> {
    let mut people = People::new(app, import.account, fields);
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

/// The sentence of a problem, and who has a value that is taken, with a link when it is a user here; else, where support is to be asked,
/// the link to do so at this address.
pub(super) fn wrong_words(
    actor: &Actor,
    issue: &ReviewIssue,
    people: &BTreeMap<UserId, String>,
    ask: Option<String>,
) -> Markup {
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
                    (people.get(&holder).cloned().unwrap_or_else(|| holder.to_string()))
                }
            }))
        } @else if let Some(ask) = ask.filter(|_| issue.wrong.asks_support()) {
            " " (ticket::link(&ask, say!("ticket-raise")))
        } @else if let Some(more) = &issue.explanation { " " (more) }
    }
}

/// Whose row it is: a user here, or one whom it is to create.
fn who(actor: &Actor, row: &Row) -> Markup {
    html! {
        @match row.place {
            Place::User(user) => a href={ "/o/" (actor.account.slug) "/users/" (user) } dir="auto" { (row.name) },
            Place::Row { .. } if row.name.is_empty() => "–",
            Place::Row { .. } => span dir="auto" { (row.name) },
        }
    }
}

/// A cell with which nothing is wrong; it can be changed all the same.
fn right(row: &Row, value: &RowValue, column: &Column, may_edit: bool, id: Option<&str>) -> Markup {
    let target = match (row.place, value.at) {
        (Place::User(user), _) => Some(format!("{user}:{}", column.field.key)),
        (Place::Row { .. }, Some((file, position))) => Some(target::in_file(file, position)),
        (Place::Row { .. }, None) => None,
    };
    let target = target.filter(|_| may_edit && !column.field.read_only);
    html! {
        td.not-small[column.is_chosen].written[value.is_written] id=[id] data-target=[target] dir="auto" { (value.text) }
    }
}

fn answers(issue: &ReviewIssue) -> Option<String> {
    let offered = &issue.wrong.suggestions;
    // Answers stand in lines; the breaks of one are written as spreadsheets once wrote them.
    let line = |answer: &String| answer.replace('\n', "\u{b}");
    (!offered.is_empty()).then(|| offered.iter().take(3).map(line).collect::<Vec<_>>().join("\n"))
}

fn input(row: &Row, column: &Field, target: &str, value: &str) -> Markup {
    let id = target::as_id(target);
    let whose = match row.name.is_empty() {
        true => say!("fix-grid-row-number", row = row.number.to_string()),
        false => row.name.clone(),
    };
    let label = say!("fix-grid-value-of", field = column.title(), person = whose);
    let told = format!("problem-{id}");
    html! {
        @if rows_of(column.kind, value).is_some() {
            textarea name={ "value." (target) } rows="1" aria-label=(label) aria-invalid="true" aria-describedby=(told) dir="auto"
                autocomplete="off" spellcheck="false" { "\n" (value) }
        } @else {
            input name={ "value." (target) } value=(value) aria-label=(label) aria-invalid="true" aria-describedby=(told) dir="auto"
                autocomplete="off" spellcheck="false";
        }
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

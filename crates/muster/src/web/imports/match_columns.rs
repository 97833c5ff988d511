//! Match columns: what the columns of a table are that Muster did not write, who its rows are, and how the file is read. What is suggested
//! stands in the form already, so that who agrees presses one button; what is not clear is asked.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{
    Because, Fields, MatchBy, MatchedColumn, Matching, Protected, TableReading, Target, UsernamesFrom,
    standard,
};
use import::{self, Matched};
use maud::{Markup, html};
use sentences::say;
use store::{ForeignColumn, ForeignTable, ImportState, KeptMatching, Result};

use super::list::name_of;
use super::notice::Notice;
use super::viewed::{Changing, Viewed, address};
use crate::access::{Action, may};
use crate::app::App;
use crate::web::frame::components::action::{Weight, answer, go};
use crate::web::frame::components::bar::bar;
use crate::web::frame::components::table::{Column, Width, stacked};
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::reply::see;
use crate::web::frame::sent::Form;

type Pairs = Vec<(String, String)>;

/// The page.
pub(in crate::web) async fn show(State(app): State<App>, viewed: Viewed) -> Answer<Response> {
    Ok(app.run(move |app| page(app, viewed, None)).await?)
}

/// Reads the file otherwise, or by what the columns are.
pub(in crate::web) async fn send(
    State(app): State<App>,
    changing: Changing,
    viewed: Viewed,
    Form(pairs): Form<Pairs>,
) -> Answer<Response> {
    let account = changing.actor.account.id;
    let job = move |app: &App| match value(&pairs, "do") {
        "read" => reread(app, &viewed, &pairs),
        "" if !value(&pairs, "forget").is_empty() => forget(app, viewed, &pairs),
        _ => matched(app, viewed, &pairs),
    };
    Ok(app.run_aside(account, job).await?)
}

fn value<'p>(pairs: &'p Pairs, name: &str) -> &'p str {
    pairs.iter().find(|(of, _)| of == name).map_or("", |(_, value)| value.trim())
}

/// Has the file read in another way, and comes back to the page.
fn reread(app: &App, viewed: &Viewed, pairs: &Pairs) -> Result<Response> {
    let import = &viewed.import;
    let given = |name: &str| Some(value(pairs, name).to_owned()).filter(|text| !text.is_empty());
    let separator = given("separator").and_then(|word| match word.as_str() {
        "tab" => Some('\t'),
        word => word.chars().next(),
    });
    let heading = given("heading").and_then(|number| number.parse().ok());
    let reading = TableReading { sheet: given("sheet"), heading, separator, charset: given("charset") };
    let here = address(&viewed.actor, import.id);
    if !import::read_otherwise(app, import.account, import.id, reading)? {
        return Ok(see(&Notice::TooLate.onto(&here)).into_response());
    }
    import::read_now(app, import.account, import.id)?;
    Ok(see(&here).into_response())
}

/// Forgets a matching that is kept by a name.
fn forget(app: &App, viewed: Viewed, pairs: &Pairs) -> Result<Response> {
    app.store.forget_matching(viewed.import.account, value(pairs, "forget"))?;
    page(app, viewed, None)
}

/// Takes what the columns are; where something is missing, the page says so with all that was chosen.
fn matched(app: &App, viewed: Viewed, pairs: &Pairs) -> Result<Response> {
    let (account, id) = (viewed.import.account, viewed.import.id);
    let here = address(&viewed.actor, id);
    let Some(table) = app.store.table(account, id)? else { return Ok(see(&here).into_response()) };
    let draft = Draft::sent(app, &viewed, &table, pairs)?;
    let name = draft.keep.then(|| draft.name.clone());
    let answer =
        import::match_columns(app, account, id, (&draft.matching, name.as_deref()), &viewed.actor.name)?;
    let problem = match answer {
        Matched::Reads => {
            import::read_now(app, account, id)?;
            return Ok(see(&here).into_response());
        }
        Matched::TooLate => return Ok(see(&Notice::TooLate.onto(&here)).into_response()),
        Matched::Problem(problem) => problem.sentence(&app.store.fields(account)?),
        Matched::NotKept => say!("matching-not-kept").to_owned(),
    };
    page(app, viewed, Some((draft, problem)))
}

fn page(app: &App, viewed: Viewed, sent: Option<(Draft, String)>) -> Result<Response> {
    let (account, id) = (viewed.import.account, viewed.import.id);
    let waits = matches!(viewed.import.state, ImportState::Matching | ImportState::Review);
    let table = app.store.table(account, id)?.filter(|_| waits);
    let Some(table) = table else { return Ok(see(&address(&viewed.actor, id)).into_response()) };
    let fields = app.store.fields(account)?;
    let (draft, problem) = match sent {
        Some((draft, problem)) => (draft, Some(problem)),
        None => (Draft::of(app, &viewed, &table, &fields)?, None),
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let kept = app.store.matchings(account)?.into_iter().map(|kept| kept.name).collect();
    let page = MatchPage { viewed, table, fields, draft, kept, problem };
    Ok((status, page.markup()).into_response())
}

/// What the form says.
struct Draft {
    matching: Matching,
    /// Whether it is kept, and by which name.
    keep: bool,
    name: String,
    /// Whether columns that nobody chose are left alone.
    rest: bool,
    /// The matching that was kept before and that fits best.
    fitting: Option<KeptMatching>,
}

impl Draft {
    /// What the form begins with: what was said of this table, or of one like it; else what is clear.
    fn of(app: &App, viewed: &Viewed, table: &ForeignTable, fields: &Fields) -> Result<Self> {
        let (account, id) = (viewed.import.account, viewed.import.id);
        let fitting = Self::fitting(app, viewed, table)?;
        let said = app.store.said_matching(account, id)?.filter(|said| !said.matching.columns.is_empty());
        let name = said.as_ref().and_then(|said| said.name.clone());
        let name = name.or_else(|| fitting.as_ref().map(|kept| kept.name.clone()));
        let mut matching = Matching { columns: suggested(table), ..Matching::default() };
        let before = said.map(|said| said.matching).or(fitting.as_ref().map(|kept| kept.matching.clone()));
        match before {
            Some(before) => {
                for column in &mut matching.columns {
                    let known = before.column(&column.title);
                    column.clears = known.is_some_and(|known| known.clears);
                    column.target = known.and_then(|known| known.target.clone()).or(column.target.take());
                }
                matching = Matching { columns: matching.columns, ..before };
            }
            None => {
                matching.by = likeliest(&matching, fields);
                matching.creates = viewed.actor.account.users == 0;
            }
        }
        matching.reading = reading_of(table);
        let name = name.unwrap_or_else(|| plain_name(viewed.import.file_name.as_deref().unwrap_or("")));
        Ok(Self { matching, keep: true, name, rest: false, fitting })
    }

    fn fitting(app: &App, viewed: &Viewed, table: &ForeignTable) -> Result<Option<KeptMatching>> {
        let Some(name) = &table.fitting else { return Ok(None) };
        app.store.matching(viewed.import.account, name)
    }

    /// What was sent.
    fn sent(app: &App, viewed: &Viewed, table: &ForeignTable, pairs: &Pairs) -> Result<Self> {
        let rest = !value(pairs, "rest").is_empty();
        let column = |of: &ForeignColumn| {
            let target = Target::of_word(value(pairs, &format!("c.{}", of.column)));
            MatchedColumn {
                title: of.title.clone(),
                target: target.or(rest.then_some(Target::Alone)),
                clears: !value(pairs, &format!("clear.{}", of.column)).is_empty(),
            }
        };
        let matching = Matching {
            columns: table.columns.iter().map(column).collect(),
            by: MatchBy::of_word(value(pairs, "by")).unwrap_or(MatchBy::New),
            creates: !value(pairs, "creates").is_empty(),
            usernames: UsernamesFrom::of_word(value(pairs, "usernames")),
            reading: reading_of(table),
        };
        let (keep, name) = (!value(pairs, "keep").is_empty(), value(pairs, "name").to_owned());
        Ok(Self { matching, keep, name, rest, fitting: Self::fitting(app, viewed, table)? })
    }
}

fn reading_of(table: &ForeignTable) -> TableReading {
    TableReading {
        sheet: Some(table.sheet.clone()).filter(|name| !name.is_empty()),
        heading: Some(table.heading),
        separator: table.separator,
        charset: table.charset.clone(),
    }
}

fn suggested(table: &ForeignTable) -> Vec<MatchedColumn> {
    let column = |of: &ForeignColumn| MatchedColumn {
        title: of.title.clone(),
        target: of.suggestion.as_ref().map(|found| found.target.clone()),
        clears: false,
    };
    table.columns.iter().map(column).collect()
}

/// By what people are matched: what tells most surely who they are, of what the table has.
fn likeliest(matching: &Matching, fields: &Fields) -> MatchBy {
    if matching.place_where(|target| *target == Target::UserId).is_some() {
        return MatchBy::UserId;
    }
    let has = |by: &MatchBy| by.field().is_some_and(|number| matching.place_of(fields, number).is_some());
    let all = [MatchBy::EmployeeNumber, MatchBy::Email, MatchBy::Username];
    all.into_iter().find(has).unwrap_or(MatchBy::New)
}

/// The name of a file without its ending and its numbers, which are of the month: `payroll-2026-11.csv` is `payroll`.
fn plain_name(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let words = stem.split(|letter: char| letter.is_ascii_digit() || "-_ .".contains(letter));
    let name: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name: String = name.join(" ").chars().take(60).collect();
    if name.is_empty() { say!("matching-plain-name").to_owned() } else { name }
}

struct MatchPage {
    viewed: Viewed,
    table: ForeignTable,
    fields: Fields,
    draft: Draft,
    /// The names of all that is kept.
    kept: Vec<String>,
    problem: Option<String>,
}

impl MatchPage {
    fn markup(&self) -> Markup {
        let name = name_of(&self.viewed.import);
        let title = say!("matching-title", file = &name);
        let here = address(&self.viewed.actor, self.viewed.import.id);
        let edits = may(self.viewed.actor.role, Action::Edit);
        let mut frame = Frame::new(&self.viewed.actor, Part::Imports, &title);
        frame.banner =
            self.problem.as_ref().map(|words| (Tone::Bad, html! { a href="#columns" { (words) } }));
        frame.bar = edits.then(|| self.bar(&here));
        frame.page(&html! {
            h1 { (title) }
            p.lead { (say!("matching-lead")) }
            (self.differing())
            form #matching method="post" action={ (here) "/match" } {
                (self.columns())
                (self.left_alone())
                label.tick {
                    input type="checkbox" name="rest" value="1" checked[self.draft.rest];
                    (say!("matching-rest"))
                }
                (self.people())
                (self.usernames())
                (self.kept())
            }
            @if edits { (self.otherwise(&here)) (self.forgetting(&here)) }
        })
    }

    /// What is new and what is missing of a table that came before.
    fn differing(&self) -> Markup {
        let Some(kept) = &self.draft.fitting else { return html! {} };
        let titles: Vec<String> = self.table.columns.iter().map(|column| column.title.clone()).collect();
        let differing = kept.matching.differing(&titles);
        html! {
            div.banner.note #differing {
                span.icon aria-hidden="true" { "i" }
                div {
                    p { (say!("matching-like", name = &kept.name)) }
                    @if !differing.new.is_empty() { p { (say!("matching-new-columns", columns = differing.new.join(", "))) } }
                    @if !differing.missing.is_empty() { p { (say!("matching-missing-columns", columns = differing.missing.join(", "))) } }
                }
            }
        }
    }

    /// The columns: those that have to be looked at, and behind them those that are as they were.
    fn columns(&self) -> Markup {
        let shown = self.table.columns.iter().filter(|column| protected(column).is_none());
        let (before, open): (Vec<_>, Vec<_>) = shown.partition(|column| {
            column.suggestion.as_ref().is_some_and(|found| found.because == Because::Remembered)
        });
        html! {
            div #columns tabindex="-1" { @if !open.is_empty() { (self.listed(&open)) } }
            @if !before.is_empty() {
                details open[open.is_empty()] {
                    summary { (say!("matching-as-before", columns = before.len() as i64)) }
                    (self.listed(&before))
                }
            }
        }
    }

    fn listed(&self, columns: &[&ForeignColumn]) -> Markup {
        let heads = [
            Column::new(say!("matching-column"), Width::Value),
            Column::new(say!("matching-values"), Width::Rest),
            Column::new(say!("matching-is"), Width::Note),
            Column::new(say!("matching-empty-cells"), Width::Middle),
        ];
        stacked(say!("matching-table"), &heads, &html! { @for column in columns { (self.row(column)) } })
    }

    fn row(&self, column: &ForeignColumn) -> Markup {
        let said = self.draft.matching.column(&column.title);
        let word = said.and_then(|said| said.target.as_ref()).map_or("", Target::word);
        let (name, clear) = (format!("c.{}", column.column), format!("clear.{}", column.column));
        html! {
            tr data-column=(column.title) {
                th scope="row" dir="auto" { (column.title) }
                td.wide dir="auto" {
                    @if column.examples.is_empty() { span.muted { (say!("matching-no-values")) } }
                    @else { span.muted { @for (number, example) in column.examples.iter().enumerate() { @if number > 0 { " · " } bdi { (example) } } } }
                }
                td.wide {
                    select name=(name) aria-label=(say!("matching-is-of", column = &column.title)) {
                        option value="" selected[word.is_empty()] { (say!("matching-choose")) }
                        option value="alone" selected[word == "alone"] { (say!("matching-alone")) }
                        @for field in self.fields.current().filter(|field| !field.read_only) {
                            option value=(field.key) selected[word == field.key] { (field.title()) }
                        }
                        option value="leaving" selected[word == "leaving"] { (say!("matching-leaving")) }
                        option value="user_id" selected[word == "user_id"] { (say!("user-id")) }
                    }
                }
                td.wide {
                    label.tick {
                        input type="checkbox" name=(clear) value="1" checked[said.is_some_and(|said| said.clears)];
                        (say!("matching-clear")) span.unseen { " " (column.title) }
                    }
                }
            }
        }
    }

    /// The columns that are nobody's business, named.
    fn left_alone(&self) -> Markup {
        let columns: Vec<_> =
            self.table.columns.iter().filter_map(|column| Some((column, protected(column)?))).collect();
        html! {
            @if !columns.is_empty() {
                section.card.card-row #left-alone aria-labelledby="left-alone-title" {
                    h2 #left-alone-title { (say!("matching-left-alone", columns = columns.len() as i64)) }
                    p.hint { (say!("matching-left-alone-hint")) }
                    ul { @for (column, kind) in columns { li { bdi { (column.title) } " – " (of_kind(kind)) } } }
                }
            }
        }
    }

    fn people(&self) -> Markup {
        let title = |by: MatchBy| match by.field().and_then(|number| self.fields.get(number)) {
            Some(field) => say!("matching-by", field = field.title()),
            None if by == MatchBy::UserId => say!("matching-by", field = say!("user-id")),
            None => say!("matching-by-nothing").to_owned(),
        };
        html! {
            fieldset #people {
                legend { (say!("matching-who")) }
                @for by in MatchBy::ALL {
                    label.tick {
                        input type="radio" name="by" value=(by.word()) checked[self.draft.matching.by == by];
                        (title(by))
                    }
                }
                label.tick {
                    input type="checkbox" name="creates" value="1" checked[self.draft.matching.creates];
                    (say!("matching-creates"))
                }
                p.hint { (say!("matching-creates-hint")) }
            }
        }
    }

    fn usernames(&self) -> Markup {
        let field = |number| self.fields.get(number).map_or("", |field| field.title());
        let number = field(standard::EMPLOYEE_NUMBER);
        let made = |from: Option<UsernamesFrom>| self.draft.matching.usernames == from;
        html! {
            fieldset #usernames {
                legend { (say!("matching-usernames")) }
                label.tick { input type="radio" name="usernames" value="" checked[made(None)]; (say!("matching-usernames-none")) }
                label.tick {
                    input type="radio" name="usernames" value="employee_number" checked[made(Some(UsernamesFrom::EmployeeNumber))];
                    (say!("matching-usernames-from", field = number))
                }
                label.tick {
                    input type="radio" name="usernames" value="name" checked[made(Some(UsernamesFrom::Name))];
                    (say!("matching-usernames-name"))
                }
                p.hint { (say!("matching-usernames-hint")) }
            }
        }
    }

    fn kept(&self) -> Markup {
        html! {
            fieldset {
                legend { (say!("matching-keep")) }
                label.tick { input type="checkbox" name="keep" value="1" checked[self.draft.keep]; (say!("matching-keep-it")) }
                div.field {
                    label for="name" { (say!("matching-name")) }
                    input #name name="name" value=(self.draft.name) maxlength="80" dir="auto" autocomplete="off";
                }
            }
        }
    }

    /// How the file is read, to be changed.
    fn otherwise(&self, here: &str) -> Markup {
        let table = &self.table;
        let separators = [(",", ','), (";", ';'), ("tab", '\t'), ("|", '|')];
        html! {
            details #otherwise {
                summary { (say!("matching-otherwise")) }
                form.stack method="post" action={ (here) "/match" } {
                    div.row {
                        @if table.sheets.len() > 1 {
                            div.field {
                                label for="sheet" { (say!("matching-sheet")) }
                                select #sheet name="sheet" {
                                    @for sheet in &table.sheets { option value=(sheet) selected[*sheet == table.sheet] { (sheet) } }
                                }
                            }
                        }
                        div.field {
                            label for="heading" { (say!("matching-heading")) }
                            input #heading name="heading" inputmode="numeric" value=(table.heading) maxlength="7" autocomplete="off";
                        }
                        @if let Some(separator) = table.separator {
                            div.field {
                                label for="separator" { (say!("matching-separator")) }
                                select #separator name="separator" {
                                    @for (word, letter) in separators { option value=(word) selected[letter == separator] { (separator_words(letter)) } }
                                }
                            }
                        }
                        @if !table.charsets.is_empty() {
                            div.field {
                                label for="charset" { (say!("matching-charset")) }
                                select #charset name="charset" {
                                    @for charset in &table.charsets { option value=(charset) selected[Some(charset) == table.charset.as_ref()] { (charset) } }
                                }
                            }
                        }
                    }
                    p { (answer(Weight::Plain, "do", "read", say!("matching-read"))) }
                }
            }
        }
    }

    /// What is kept by names, to be forgotten: a form of its own, so that Enter in the other one never forgets anything.
    fn forgetting(&self, here: &str) -> Markup {
        html! {
            @if !self.kept.is_empty() {
                details #forgetting {
                    summary { (say!("matching-kept")) }
                    form.stack method="post" action={ (here) "/match" } {
                        @for name in &self.kept {
                            div.row { bdi { (name) } (answer(Weight::Quiet, "forget", name, say!("matching-forget"))) }
                        }
                    }
                }
            }
        }
    }

    fn bar(&self, here: &str) -> Markup {
        let words = html! { (say!("matching-nothing-yet")) };
        let buttons = html! {
            (go(Weight::Plain, &format!("{here}/cancel"), say!("review-cancel-the-import")))
            button class=(Weight::Primary.class()) type="submit" form="matching" name="do" value="match" { (say!("matching-go-on")) }
        };
        bar(&words, &buttons)
    }
}

/// Why a column is left alone whatever people say.
fn protected(column: &ForeignColumn) -> Option<Protected> {
    match column.suggestion.as_ref()?.because {
        Because::Protected(kind) => Some(kind),
        _ => None,
    }
}

fn of_kind(kind: Protected) -> &'static str {
    match kind {
        Protected::Bank => say!("matching-bank"),
        Protected::Tax => say!("matching-tax"),
        Protected::SocialSecurity => say!("matching-social-security"),
        Protected::Health => say!("matching-health"),
        Protected::Religion => say!("matching-religion"),
        Protected::Pay => say!("matching-pay"),
    }
}

fn separator_words(letter: char) -> &'static str {
    match letter {
        ',' => say!("matching-comma"),
        ';' => say!("matching-semicolon"),
        '\t' => say!("matching-tab"),
        _ => say!("matching-line"),
    }
}

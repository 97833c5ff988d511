//! Problems: the kinds, most cells first; of one kind its different texts, each with the best answer filled in, and its rows.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::{Code, Field, Kind, grouped};
use import::{self, ReviewGroup, ReviewKind, takes_answers};
use maud::{Markup, html};
use sentences::say;
use store::{Import, Result};

use super::fix_grid::{ALL, Grid, Wanted};
use super::kinds::{key_of, kind_of, kind_title, kind_word, kind_words, source_of};
use super::notice::Notice;
use super::place::Place;
use super::reviewing::{Reviewing, Shown};
use super::viewed::{Viewed, address};
use super::{target, ticket};
use crate::access::{Action, may};
use crate::app::App;
use crate::web::frame::components::action::{self, Weight};
use crate::web::frame::components::field::rows_of;
use crate::web::frame::components::mark::{Of, count};
use crate::web::frame::errors::Answer;
use crate::web::frame::pages::PageAt;
use crate::web::frame::reply::{escaped, see};
use crate::web::frame::sent::Query;
use crate::web::frame::words::say_markup;

/// Texts on a page.
const TEXTS: u32 = 12;

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    Query(at): Query<PageAt>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    Ok(app.run(move |app| page(app, viewed, &at, &pairs)).await?)
}

/// What the page shows.
struct ProblemsPage<'p> {
    of: &'p Reviewing,
    kinds: Vec<ReviewKind>,
    /// The kind that is shown; none where all are.
    shown: Option<ReviewKind>,
    texts: Vec<ReviewGroup>,
    /// Which page of the texts it is, from 0.
    texts_page: u32,
    grid: Grid,
}

fn page(app: &App, viewed: Viewed, at: &PageAt, pairs: &[(String, String)]) -> Result<Response> {
    let of = match Reviewing::load(app, viewed)? {
        Ok(of) => of,
        Err(viewed) => return Ok(see(&address(&viewed.actor, viewed.import.id)).into_response()),
    };
    let text = |name: &str| pairs.iter().find(|(of, _)| of == name).map_or("", |(_, value)| value.as_str());
    let import = &of.viewed.import;
    if let Some(place) = row_of(app, import, text("row"))? {
        return row_page(app, &of, place, pairs);
    }
    let kinds = import::kinds(app, import)?;
    let word = text("kind");
    // A kind that is put right makes room for the next one.
    let shown = if word == ALL { None } else { kind_of(&kinds, word).or(kinds.first()).cloned() };
    let texts_page: u32 = text("texts").parse().unwrap_or(0);
    let texts = match &shown {
        Some(kind) => {
            import::groups_of_kind(app, import, key_of(kind), (texts_page.saturating_mul(TEXTS), TEXTS))?
        }
        None => Vec::new(),
    };
    let wanted = shown.as_ref().map_or(Wanted::All, |kind| {
        let (code, field) = key_of(kind);
        Wanted::Kind(code, field, kind.cells)
    });
    let grid = Grid::load(app, &of.viewed.actor, import, &wanted, at)?;
    let page = ProblemsPage { of: &of, kinds, shown, texts, texts_page, grid };
    let part = page.markup(at);
    let notice = Notice::read(pairs);
    Ok(of.page(&Shown { place: Some(Place::Problems), notice, part, bar: true }).into_response())
}

/// The row that an address names.
fn row_of(app: &App, import: &Import, name: &str) -> Result<Option<directory::Place>> {
    match target::read_place(name) {
        Some(Ok(user)) => Ok(Some(directory::Place::User(user))),
        Some(Err(line)) => import::place_of_row(app, import, line),
        None => Ok(None),
    }
}

/// One row, whatever is wrong with it: where the lists of review lead to.
fn row_page(
    app: &App,
    of: &Reviewing,
    place: directory::Place,
    pairs: &[(String, String)],
) -> Result<Response> {
    let at = PageAt::default();
    let grid = Grid::load(app, &of.viewed.actor, &of.viewed.import, &Wanted::Row(place), &at)?;
    let row = target::of_place(place);
    let part = html! {
        div data-part="problems" #problems-part tabindex="-1" {
            h2 #problems tabindex="-1" { (say!("problems-row")) }
            (grid.markup(&of.viewed.actor, &of.here(), &[("back", "problems"), ("row", &row)]))
        }
        p { (action::go(Weight::Plain, &format!("{}/problems", of.here()), say!("problems-all-rows"))) }
    };
    let notice = Notice::read(pairs);
    Ok(of.page(&Shown { place: Some(Place::Problems), notice, part, bar: true }).into_response())
}

impl ProblemsPage<'_> {
    fn markup(&self, at: &PageAt) -> Markup {
        let is_empty = self.kinds.is_empty();
        html! {
            div.bench[!is_empty] {
                nav.kinds[!is_empty] aria-label=(say!("problems-kinds")) data-part="kinds" { @if !is_empty { (self.list()) } }
                div {
                    div data-part="repair" #repair {
                        @if is_empty { (self.nothing_left()) }
                        @if let Some(kind) = &self.shown { (self.repair(kind)) }
                    }
                    div data-part="problems" #problems-part tabindex="-1" { @if !is_empty { (self.rows(at)) } }
                }
            }
        }
    }

    /// What is said when nothing is red, and where to go on.
    fn nothing_left(&self) -> Markup {
        let next = self.of.tally.first();
        html! {
            div.empty #no-problems {
                p { (say!("problems-none")) }
                p { (action::go(Weight::Plain, &format!("{}/{}", self.of.here(), next.word()), next.title())) }
            }
        }
    }

    /// The kinds, each a link.
    fn list(&self) -> Markup {
        let here = |word: &str| format!("{}/problems?kind={}", self.of.here(), escaped(word));
        let (title, number) = match &self.shown {
            Some(kind) => {
                (say!("problems-kind", field = kind_title(kind), wrong = kind_words(kind.code)), kind.cells)
            }
            None => (say!("problems-all").to_owned(), self.of.tally.problems),
        };
        html! {
            details open {
                summary { (title) " " (count(Of::Bad, number)) }
                a href=(here(ALL)) aria-current=[self.shown.is_none().then_some("true")] {
                    span { (say!("problems-all")) } (count(Of::Quiet, self.of.tally.problems))
                }
                @for kind in &self.kinds {
                    @let word = kind_word(kind);
                    a href=(here(&word)) aria-current=[self.shown.as_ref().is_some_and(|shown| kind_word(shown) == word).then_some("true")] {
                        span { (kind_title(kind)) } (count(Of::Bad, kind.cells)) span { (kind_words(kind.code)) }
                    }
                }
            }
        }
    }

    fn words_of_raising(&self) -> &'static str {
        if self.grid.asking() > 1 { say!("ticket-raise-for-all") } else { say!("ticket-raise") }
    }

    /// The texts of the kind, and the buttons that put them right.
    fn repair(&self, kind: &ReviewKind) -> Markup {
        let field = kind.field.as_ref().filter(|field| can_be_alike(kind.code, field));
        html! {
            section.card.repair aria-labelledby="problems" {
                h2 #problems tabindex="-1" {
                    (say!("problems-heading", field = kind_title(kind), cells = kind.cells, wrong = kind_words(kind.code)))
                }
                @if self.of.may_edit() {
                    form method="post" action={ (self.of.here()) "/fixes" } data-swap #values {
                        input type="hidden" name="back" value="problems";
                        input type="hidden" name="kind" value=(kind_word(kind));
                        input type="hidden" name="field" value=(key_of(kind).1.0);
                        div.values { @for (place, group) in self.texts.iter().enumerate() { (self.text(place, group, field)) } }
                        (self.buttons(kind, field))
                    }
                } @else {
                    div.values { @for group in &self.texts { (named(None, group)) span {} span {} span {} } }
                }
                @if self.of.may_edit() && self.grid.asking() > 0 && kind.code == Code::LoginInUse {
                    p { (ticket::link(&ticket::address_for(&self.of.here(), "kind", kind.field.as_ref().map_or("", |field| field.key.as_str())), self.words_of_raising())) }
                }
                (self.further_texts(kind))
            }
        }
    }

    /// One text: how many cells have it, what they become, and where that comes from.
    fn text(&self, place: usize, group: &ReviewGroup, field: Option<&Field>) -> Markup {
        let value = group.value.as_deref().unwrap_or("");
        let label = say!("problems-becomes", text = value);
        html! {
            (named(Some(place), group))
            span.arrow aria-hidden="true" { "→" }
            @match field {
                Some(field) if field.kind == Kind::Choice => { (self.options(place, group, field, &label)) }
                Some(field) => { (typed(place, group, field, &label)) }
                None => {
                    select name={ "pick." (place) } aria-label=(label) {
                        option value="" { (say!("problems-below")) }
                        option value="out" { (leave_out(group.cells)) }
                    }
                }
            }
            div.source {
                // Said beside an answer that is filled in, and nowhere else.
                @if filled_in(group, field).is_some() { span.hint { (source_of(group).unwrap_or("")) } }
                @if field.is_some_and(|field| takes_answers(group.code, field)) && !value.trim().is_empty() {
                    " " label.always {
                        input type="checkbox" name={ "always." (place) } value="1" checked[group.is_as_before]
                            aria-label=(say!("problems-always-of", text = value));
                        (say!("problems-always"))
                    }
                }
            }
        }
    }

    fn options(&self, place: usize, group: &ReviewGroup, field: &Field, label: &str) -> Markup {
        let best = filled_in(group, Some(field)).unwrap_or("");
        let value = group.value.as_deref().unwrap_or("").trim();
        let may_own = may(self.of.viewed.actor.role, Action::Own);
        html! {
            select name={ "pick." (place) } aria-label=(label) {
                @if best.is_empty() { option value="" { (say!("problems-choose")) } }
                @for choice in field.choices.iter().filter(|choice| !choice.retired) {
                    option value={ "=" (choice.label) } selected[choice.label == best] { (choice.label) }
                }
                @if may_own && group.code == Code::NotAChoice && !value.is_empty() {
                    option value="add" { (say!("problems-add-option", text = value)) }
                }
                @if !field.required { option value="empty" { (say!("problems-leave-empty")) } }
                option value="out" { (leave_out(group.cells)) }
            }
        }
    }

    fn buttons(&self, kind: &ReviewKind, field: Option<&Field>) -> Markup {
        let answered: i64 = self
            .texts
            .iter()
            .filter(|group| filled_in(group, field).is_some())
            .map(|group| group.cells)
            .sum();
        let is_whole = kind.texts <= i64::from(TEXTS);
        let of_all = field.filter(|_| !is_whole || kind.code == Code::AmbiguousDate);
        let of_all = of_all.filter(|_| kind.offered > 0);
        html! {
            div.row {
                @if of_all.is_some() { (all_offered(kind)) }
                button.primary[of_all.is_none()] type="submit" name="use" value="each" {
                    @match (field.is_some() && answered > 0, is_whole) {
                        (true, true) => (say!("problems-change", cells = answered)),
                        (true, false) => (say!("problems-change-shown", cells = answered)),
                        (false, _) => (say!("problems-change-as-said")),
                    }
                }
                span.hint { (say!("problems-one-step")) }
                @if field.is_some_and(|field| takes_answers(kind.code, field)) {
                    span.hint { (say_markup!("problems-always-means", link = html! {
                        a href={ "/o/" (self.of.viewed.actor.account.slug) "/answers" } { (say!("answers-title")) }
                    })) }
                }
                span.end { (action::go(Weight::Quiet, &format!("{}/problems/one?kind={}", self.of.here(), escaped(&kind_word(kind))), say!("fix-grid-one-at-a-time"))) }
            }
            @if let (Some(field), true) = (field, self.texts.len() > 1) {
                details.together {
                    summary { (say!("problems-together")) }
                    div.row {
                        label for="together" { (say!("problems-together-become")) }
                        @if field.kind == Kind::Choice {
                            select #together name="together" {
                                @for choice in field.choices.iter().filter(|choice| !choice.retired) { option value=(choice.label) { (choice.label) } }
                            }
                        } @else { input #together name="together" dir="auto" autocomplete="off"; }
                        button type="submit" name="use" value="together" { (say!("problems-together-change")) }
                    }
                }
            }
        }
    }

    /// The pages of the texts.
    fn further_texts(&self, kind: &ReviewKind) -> Markup {
        let (first, all) = (i64::from(self.texts_page) * i64::from(TEXTS), kind.texts);
        let at = |page: u32| {
            format!("{}/problems?kind={}&texts={page}", self.of.here(), escaped(&kind_word(kind)))
        };
        html! {
            @if all > i64::from(TEXTS) {
                nav.row aria-label=(say!("problems-texts")) {
                    @if self.texts_page > 0 { a.button rel="prev" href=(at(self.texts_page - 1)) { (say!("pages-previous")) } }
                    span.hint { (say!("problems-texts-listed", first = grouped(first + 1), last = grouped(first + self.texts.len() as i64), all = grouped(all))) }
                    @if first + i64::from(TEXTS) < all { a.button rel="next" href=(at(self.texts_page + 1)) { (say!("pages-next")) } }
                }
            }
        }
    }

    /// The rows of the kind.
    fn rows(&self, at: &PageAt) -> Markup {
        let word = self.shown.as_ref().map_or_else(|| ALL.to_owned(), kind_word);
        html! {
            @if self.shown.is_none() { h2 #problems tabindex="-1" { (say!("review-problems", problems = self.of.tally.problems)) } }
            (self.grid.markup(&self.of.viewed.actor, &self.of.here(), &[("back", "problems"), ("kind", &word), ("at", &at.words())]))
            (self.grid.links(at, &word))
        }
    }
}

/// The text and how many cells have it; a tick beside it where several can be changed together.
fn named(place: Option<usize>, group: &ReviewGroup) -> Markup {
    let value = group.value.as_deref().unwrap_or("");
    html! {
        @if let Some(place) = place {
            @if let Some(value) = &group.value { input type="hidden" name={ "text." (place) } value=(value); }
            input type="hidden" name={ "of." (place) } value="1";
            label.flat.row { input type="checkbox" name={ "take." (place) } value="1"; (shown(value)) }
        } @else { span.flat { (shown(value)) } }
        span.muted { (say!("review-cells", cells = group.cells)) }
    }
}

fn shown(value: &str) -> Markup {
    html! { @if value.trim().is_empty() { i { (say!("changes-empty")) } } @else { bdi { (value) } } }
}

/// The buttons that take the answers of all cells of a kind, on other pages too.
fn all_offered(kind: &ReviewKind) -> Markup {
    let word = |which: u8| format!("{which}:{}", kind_word(kind));
    html! {
        @if kind.code == Code::AmbiguousDate {
            (action::answer(Weight::Primary, "offered", &word(0), &say!("problems-day-first", cells = kind.offered)))
            (action::answer(Weight::Plain, "offered", &word(1), &say!("problems-month-first", cells = kind.offered)))
        } @else {
            (action::answer(Weight::Primary, "offered", &word(0), &say!("problems-use-answers", cells = kind.offered)))
        }
    }
}

fn leave_out(cells: i64) -> &'static str {
    if cells == 1 { say!("problems-leave-user-out") } else { say!("problems-leave-users-out") }
}

/// The answer that is filled in for a text of a field: the best one, of a choice where it is among the options. None where the cells are
/// decided one by one (`field` is none there).
fn filled_in<'g>(group: &'g ReviewGroup, field: Option<&Field>) -> Option<&'g str> {
    let best = group.suggestions.first().map(String::as_str).filter(|best| !best.is_empty());
    let is_offered = |field: &Field, best: &str| {
        field.kind != Kind::Choice
            || field.choices.iter().any(|choice| !choice.retired && choice.label == best)
    };
    best.filter(|best| field.is_some_and(|field| is_offered(field, best)))
}

/// Whether one value can be right for all cells with a text: not where each must have its own.
fn can_be_alike(code: Code, field: &Field) -> bool {
    let own = [Code::LoginInUse, Code::NotUnique, Code::NoSignIn, Code::ReadOnly];
    !own.contains(&code) && !field.read_only && !field.unique
}

/// Where it is typed what a text becomes, with the best answer: in lines where the text has several.
fn typed(place: usize, group: &ReviewGroup, field: &Field, label: &str) -> Markup {
    let name = format!("value.{place}");
    let best = filled_in(group, Some(field)).unwrap_or("");
    let rows = rows_of(field.kind, best).or(rows_of(field.kind, group.value.as_deref().unwrap_or("")));
    html! {
        @if let Some(rows) = rows {
            textarea name=(name) rows=(rows) aria-label=(label) dir="auto" autocomplete="off" { "\n" (best) }
        } @else {
            input name=(name) aria-label=(label) dir="auto" autocomplete="off" value=(best);
        }
    }
}

#[cfg(test)]
mod tests {
    use directory::{Choice, Code, Field, Kind, standard};
    use import::ReviewGroup;

    use super::filled_in;

    #[test]
    fn an_answer_is_filled_in_where_it_can_be_given() {
        let field = |kind: Kind, retired: bool| {
            let label = "Finance".to_owned();
            let choices = vec![Choice { id: 1, label, former: Vec::new(), retired }];
            Field { choices, ..Field::new(standard::FIRST_CUSTOM, "own", "Own", kind) }
        };
        for (field, suggestions, filled) in [
            (Some(field(Kind::Choice, false)), &["Finance", "Legal"][..], Some("Finance")),
            // No option any more, or none of this field: the list has nothing of it.
            (Some(field(Kind::Choice, true)), &["Finance"], None),
            (Some(field(Kind::Choice, false)), &["Legal"], None),
            (Some(field(Kind::Choice, false)), &[], None),
            // Typed, so anything stands there.
            (Some(field(Kind::Choices, false)), &["Finance; Legal"], Some("Finance; Legal")),
            (Some(field(Kind::Date, false)), &["2026-12-24"], Some("2026-12-24")),
            (Some(field(Kind::Text, false)), &[""], None),
            // Decided cell by cell, in the table below.
            (None, &["ada@acme.example"], None),
        ] {
            let group = ReviewGroup {
                code: Code::NotAChoice,
                field: None,
                value: Some("Fianance".to_owned()),
                message: String::new(),
                cells: 2,
                suggestions: suggestions.iter().map(|text| (*text).to_owned()).collect(),
                is_as_before: false,
            };
            assert_eq!(filled_in(&group, field.as_ref()), filled, "{suggestions:?}");
        }
    }
}

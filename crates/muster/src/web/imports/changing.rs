//! What will change, by field first; what is hard on many users asks to be ticked. Of an import that is done: what changed.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::BlastKind;
use import::{self, ChangedLine, ChangesOf, LineOf};
use maud::{Markup, html};
use sentences::say;
use store::{Becomes, ImportState, PageStart, Result, WrittenKind};

use super::changes::{Lines, Tense, changes_table, line_query, lines_table, marks};
use super::list::name_of;
use super::notice::Notice;
use super::place::Place;
use super::reviewing::{Reviewing, Shown};
use super::viewed::{Viewed, address};
use crate::app::App;
use crate::web::frame::components::action::{self, Weight};
use crate::web::frame::components::chip;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::pages::PageAt;
use crate::web::frame::reply::{query, see};
use crate::web::frame::sent::Query;

/// Changes on a page.
const PAGE: u32 = 100;
/// So many managers who become inactive are named.
const MANAGERS: usize = 5;
/// So many dates are looked at for one that says how they were read.
const DATES: u32 = 20;

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    Query(at): Query<PageAt>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    Ok(app.run(move |app| page(app, viewed, &at, &pairs)).await?)
}

fn page(app: &App, viewed: Viewed, at: &PageAt, pairs: &[(String, String)]) -> Result<Response> {
    if viewed.import.state == ImportState::Done {
        return Ok(done(app, &viewed, at)?.into_response());
    }
    let of = match Reviewing::load(app, viewed)? {
        Ok(of) => of,
        Err(viewed) => return Ok(see(&address(&viewed.actor, viewed.import.id)).into_response()),
    };
    let wanted = wanted_of(pairs);
    let is_filtered = wanted != ChangesOf::default();
    let import = &of.viewed.import;
    let (users, listed) = match is_filtered {
        true => (import::changes_of(app, import, &wanted, at.from(), PAGE)?, None),
        false => (import::changes(app, import, at.from(), PAGE)?, Some(import.counts.cells_to_edit)),
    };
    let lines = import::changed_fields(app, import)?;
    let managers = import::managers_made_inactive(app, import, MANAGERS)?;
    let view = ChangingPage { of: &of, wanted: &wanted, lines: &lines };
    let told = dates_read(app, &of, &lines)?;
    let part = html! {
        div data-part="part" #changes-part {
            (view.look_first(&managers))
            @if lines.is_empty() && of.tally.ready == 0 { div.empty { p { (say!("review-nothing-as-it-stands")) } } } @else {
                (lines_table(&lines, of.tally.new_users, &view))
                @if listed.is_some_and(|cells| cells > i64::from(import::ADDED_UP)) {
                    p.hint { (say!("changes-added-up", cells = i64::from(import::ADDED_UP))) }
                }
                div.row { h2 #changes tabindex="-1" { (say!("changes-users-of")) } (view.chips()) }
                @if users.items.is_empty() { div.empty { p { (say!("changes-no-changes-here")) } } } @else {
                    (changes_table(&of.viewed.actor, &users.items, Tense::Future))
                }
            }
        }
        (at.links_with(say!("changes-list"), &users, PAGE, &view.filter()))
    };
    let notice = Notice::read(pairs);
    let shown = Shown { place: Some(Place::Changes), notice, part, told: told.as_deref(), bar: true };
    Ok(of.page(&shown).into_response())
}

/// What the address asks for: `field` and `becomes`, or `kind`.
fn wanted_of(pairs: &[(String, String)]) -> ChangesOf {
    let text = |name: &str| pairs.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str());
    let becomes = text("becomes").map(Becomes::of_words);
    ChangesOf {
        field: text("field").filter(|key| !key.is_empty()).map(|key| (key.to_owned(), becomes)),
        kind: text("kind").and_then(WrittenKind::of_word),
    }
}

struct ChangingPage<'p> {
    of: &'p Reviewing,
    wanted: &'p ChangesOf,
    lines: &'p [ChangedLine],
}

impl ChangingPage<'_> {
    fn here(&self) -> String {
        format!("{}/changes", self.of.here())
    }

    /// What the address asks for, without its question mark.
    fn filter(&self) -> String {
        let becomes =
            self.wanted.field.as_ref().and_then(|(_, becomes)| becomes.as_ref()).map(Becomes::words);
        let mut pairs = Vec::new();
        if let Some((key, _)) = &self.wanted.field {
            pairs.push(("field", key.as_str()));
        }
        if let Some(kind) = self.wanted.kind {
            pairs.push(("kind", kind.word()));
        }
        let filter = query(&pairs).trim_start_matches('?').to_owned();
        match becomes {
            Some(becomes) => format!("{filter}&becomes={}", crate::web::frame::reply::escaped(&becomes)),
            None => filter,
        }
    }

    /// What is hard on many users: each kind with its tick, which belongs to the form of the bar.
    fn look_first(&self, managers: &[(directory::UserId, String, i64)]) -> Markup {
        html! {
            @if !self.of.blasts.is_empty() || !managers.is_empty() {
                section.card.blast aria-labelledby="look" {
                    h2 #look tabindex="-1" { (say!("blast-look-first")) }
                    @for (kind, users) in &self.of.blasts { (self.blast(*kind, *users)) }
                    @for (user, name, reports) in managers {
                        p {
                            a href={ "/o/" (self.of.viewed.actor.account.slug) "/users/" (user) } dir="auto" { (name) }
                            " " (say!("blast-manager", reports = *reports))
                        }
                    }
                }
            }
        }
    }

    fn blast(&self, kind: BlastKind, users: i64) -> Markup {
        let (agree, hint) = match kind {
            BlastKind::Inactive => (say!("blast-inactive", users = users), say!("blast-inactive-hint")),
            BlastKind::Email => (say!("blast-email", users = users), say!("blast-sign-in-hint")),
            BlastKind::Username => (say!("blast-username", users = users), say!("blast-sign-in-hint")),
            BlastKind::Cleared => (say!("blast-cleared", users = users), say!("blast-cleared-hint")),
        };
        html! {
            div {
                @if self.of.may_edit() {
                    label { input type="checkbox" name="agreed" value=(kind.word()) form="finish-form"; (agree) }
                } @else { b { (agree) } }
                span.muted.small { (hint) }
                a.small href={ (self.here()) "?kind=" (kind.word()) } { (say!("blast-see", users = users)) }
                @if self.of.may_edit() { (self.keep_kind(kind)) }
            }
        }
    }

    /// The button that keeps all of a kind as they are: one step.
    fn keep_kind(&self, kind: BlastKind) -> Markup {
        let keep = match kind {
            BlastKind::Inactive => vec!["status:=inactive".to_owned()],
            BlastKind::Email => vec!["email:*".to_owned()],
            BlastKind::Username => vec!["username:*".to_owned()],
            BlastKind::Cleared => {
                let is_cleared = |line: &&ChangedLine| line.of == LineOf::One(Becomes::Empty);
                self.lines.iter().filter(is_cleared).map(|line| format!("{}:", line.field.key)).collect()
            }
        };
        html! {
            form method="post" action={ (self.of.here()) "/fixes" } data-swap {
                input type="hidden" name="back" value="changes";
                @for word in keep.iter().skip(1) { input type="hidden" name="keep" value=(word); }
                @if let Some(word) = keep.first() {
                    (action::answer(Weight::Plain, "keep", word, match kind {
                        BlastKind::Inactive => say!("blast-keep-active"),
                        _ => say!("blast-keep"),
                    }))
                }
            }
        }
    }

    /// What narrows the list of users.
    fn chips(&self) -> Markup {
        let title = self.wanted.field.as_ref().map(|(key, _)| {
            let field = self.lines.iter().find(|line| line.field.key == *key);
            field.map_or(key.as_str(), |line| line.field.title())
        });
        let kinds = [
            (WrittenKind::Cleared, say!("chip-cleared")),
            (WrittenKind::SignIn, say!("chip-sign-in")),
            (WrittenKind::Inactive, say!("chip-inactive")),
            (WrittenKind::Email, say!("chip-email")),
            (WrittenKind::Username, say!("chip-username")),
            (WrittenKind::New, say!("place-new-users")),
        ];
        let shown = |kind: WrittenKind| {
            matches!(kind, WrittenKind::Cleared | WrittenKind::SignIn) || self.wanted.kind == Some(kind)
        };
        html! {
            span.row.chips.end {
                @if let Some(title) = title { (chip::pressed(title, &self.here())) }
                @for (kind, words) in kinds.into_iter().filter(|(kind, _)| shown(*kind)) {
                    @if self.wanted.kind == Some(kind) { (chip::pressed(words, &self.here())) }
                    @else { (chip::offered(words, &format!("{}?kind={}", self.here(), kind.word()))) }
                }
            }
        }
    }
}

impl Lines for ChangingPage<'_> {
    fn address(&self, line: &ChangedLine) -> Option<String> {
        Some(format!("{}?{}", self.here(), line_query(line)))
    }

    fn is_here(&self, line: &ChangedLine) -> bool {
        let becomes = match &line.of {
            LineOf::One(becomes) => Some(becomes),
            _ => None,
        };
        self.wanted.field.as_ref().is_some_and(|(key, of)| *key == line.field.key && of.as_ref() == becomes)
    }

    fn beside(&self, line: &ChangedLine) -> Markup {
        let becomes = match &line.of {
            LineOf::One(becomes) => Some(becomes.words()),
            _ => None,
        };
        html! {
            (marks(line))
            @if let (Some(becomes), true) = (becomes, self.of.may_edit()) {
                form.beside method="post" action={ (self.of.here()) "/fixes" } data-swap {
                    input type="hidden" name="back" value="changes";
                    button.quiet type="submit" name="keep" value={ (line.field.key) ":" (becomes) }
                        aria-label=(say!("changes-keep-of", field = line.field.title(), users = line.cells)) {
                        (say!("changes-keep"))
                    }
                }
            }
        }
    }
}

/// How dates were read, said by one that could be read otherwise: "01/03/2024 was read as 1 March 2024".
fn dates_read(app: &App, of: &Reviewing, lines: &[ChangedLine]) -> Result<Option<String>> {
    let import = &of.viewed.import;
    for line in lines.iter().filter(|line| line.field.kind == directory::Kind::Date) {
        let wanted =
            store::Written { field: Some(line.field.number), becomes: &Becomes::Anything, kind: None };
        let cells = app.store.written_page(import.account, import.id, wanted, PageStart::Start, DATES)?.items;
        let read = cells.iter().find_map(|cell| Some((cell.raw.as_deref()?, cell.mine.as_deref()?)));
        let turned =
            cells.iter().find_map(|cell| could_be_turned(cell.raw.as_deref()?, cell.mine.as_deref()?));
        if let (Some(_), Some((typed, date))) = (read, turned) {
            return Ok(Some(say!("changes-dates-read", typed = typed, date = date)));
        }
    }
    Ok(None)
}

/// A text of a date whose day and month could change places, and the day that it was read as in words.
fn could_be_turned(typed: &str, stored: &str) -> Option<(String, String)> {
    let numbers: Vec<&str> = typed.trim().split(['/', '.', '-']).collect();
    let [first, second, _] = numbers.as_slice() else { return None };
    let small =
        |text: &str| text.len() <= 2 && text.parse::<u8>().is_ok_and(|number| (1..=12).contains(&number));
    let date: jiff::civil::Date = stored.parse().ok()?;
    (small(first) && small(second) && first.trim_start_matches('0') != second.trim_start_matches('0'))
        .then(|| (typed.trim().to_owned(), import::told_day(date)))
}

/// A page of what an import that is done has changed.
fn done(app: &App, viewed: &Viewed, at: &PageAt) -> Result<Markup> {
    let page = import::changes(app, &viewed.import, at.from(), PAGE)?;
    let title = say!("changes-what-changed");
    let here = address(&viewed.actor, viewed.import.id);
    let counts = viewed.import.counts;
    Ok(Frame::new(&viewed.actor, Part::Imports, title).page(&html! {
        p.way { a href=(here) { span.arrow { "←" } " " (name_of(&viewed.import)) } }
        h1 { (title) }
        @if page.items.is_empty() { div.empty { p { (say!("changes-no-changes-here")) } } } @else {
            p.hint {
                @let (first, last) = (at.passed as i64 + 1, at.passed as i64 + page.items.len() as i64);
                // The values of new users are listed but are no edits, so how many there are in all is known without them only.
                @if counts.users_to_create == 0 {
                    (say!("changes-listed-of", first = first, last = last, all = counts.cells_to_edit))
                } @else {
                    (say!("changes-listed", first = first, last = last))
                }
            }
            (changes_table(&viewed.actor, &page.items, Tense::Past))
        }
        (at.links(say!("changes-list"), &page, PAGE))
    }))
}

#[cfg(test)]
mod tests {
    use super::could_be_turned;

    #[test]
    fn a_date_says_how_it_was_read_when_day_and_month_could_change_places() {
        for (typed, stored, said) in [
            ("01/03/2024", "2024-03-01", Some("1 March 2024")),
            ("3.1.24", "2024-01-03", Some("3 January 2024")),
            ("31/03/2024", "2024-03-31", None),
            ("2024-03-01", "2024-03-01", None),
            ("03/03/2024", "2024-03-03", None),
            ("1 March 2024", "2024-03-01", None),
        ] {
            let read = could_be_turned(typed, stored);
            assert_eq!(read.as_ref().map(|(_, date)| date.as_str()), said, "{typed}");
        }
    }
}

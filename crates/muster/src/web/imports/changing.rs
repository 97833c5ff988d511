//! What will change, by field first; what is hard on many users asks to be ticked. Of an import that is done: what changed.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::{BlastKind, UserId};
use import::{self, ChangedLine, ChangesOf, LineOf};
use maud::{Markup, html};
use sentences::say;
use store::{Becomes, ImportState, Result, WrittenKind};

use super::changed;
use super::changes::{Lines, Tense, changes_table, line_query, lines_table, marks};
use super::notice::Notice;
use super::place::Place;
use super::reviewing::{Reviewing, Shown};
use super::viewed::{Viewed, address};
use crate::app::App;
use crate::web::frame::components::action::{self, Weight};
use crate::web::frame::components::chip;
use crate::web::frame::errors::Answer;
use crate::web::frame::pages::PageAt;
use crate::web::frame::reply::{query, see};
use crate::web::frame::sent::Query;

/// Changes on a page.
const PAGE: u32 = 100;
/// So many managers who become inactive are named.
const MANAGERS: usize = 5;

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
        return Ok(changed::page(app, &viewed, at, Notice::read(pairs))?.into_response());
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
    let part = html! {
        div data-part="part" #changes-part {
            (view.look_first(&managers))
            @if lines.is_empty() && of.tally.ready == 0 { div.empty { p { (say!("review-nothing-as-it-stands")) } } } @else {
                @if let Some(read) = of.dates_read() { p.hint.only-small { (read) } }
                (lines_table(&lines, of.tally.new_users, Tense::Future, &view))
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
    Ok(of.page(&Shown { place: Some(Place::Changes), notice, part, bar: true }).into_response())
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
    fn look_first(&self, managers: &[(UserId, String, i64)]) -> Markup {
        html! {
            @if !self.of.blasts.is_empty() || !managers.is_empty() {
                section.card.blast aria-labelledby="look" {
                    h2 #look tabindex="-1" { (say!("blast-look-first")) }
                    @for (kind, users) in &self.of.blasts { (self.blast(*kind, *users)) }
                    @for (user, name, reports) in managers { (self.manager(*user, name, *reports)) }
                }
            }
        }
    }

    /// A manager who becomes inactive: the reports are given to somebody else, or the manager stays active.
    fn manager(&self, user: UserId, name: &str, reports: i64) -> Markup {
        let users = format!("/o/{}/users", self.of.viewed.actor.account.slug);
        let id = format!("give-{user}");
        html! {
            div.manager {
                p {
                    a href={ (users) "/" (user) } dir="auto" { (name) }
                    " " (say!("blast-manager", reports = reports))
                }
                @if self.of.may_edit() {
                    form.row method="post" action={ (self.of.here()) "/fixes" } data-swap {
                        input type="hidden" name="back" value="changes";
                        input type="hidden" name="reports_of" value=(user);
                        label for=(id) { (say!("blast-give-them-to")) span.unseen { " (" (say!("blast-reports-of", person = name)) ")" } }
                        input id=(id) name="give_to" placeholder=(say!("blast-give-placeholder")) dir="auto"
                            autocomplete="off" data-people=(users);
                        button type="submit" name="use" value="give" { (say!("blast-give", reports = reports)) }
                        button.quiet type="submit" name={ "keep." (user) ":status" } value="1"
                            aria-label=(say!("blast-keep-this-one-of", person = name)) { (say!("blast-keep-this-one")) }
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
                        (say!("changes-keep", users = line.cells))
                    }
                }
            }
        }
    }
}

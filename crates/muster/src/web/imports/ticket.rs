//! Raising a ticket: what it will say stands there before it is sent. A page of its own; a module shows its part as a dialog.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{Fields, PlanCell, standard};
use import::{self, People, Raised, TICKET_CELLS, TICKET_WORDS, Target, Wanted};
use maud::{Markup, html};
use sentences::say;
use store::{Import, ImportState, Result};

use super::list::name_of;
use super::notice::Notice;
use super::target;
use super::viewed::{Changing, Viewed, address};
use crate::access::{Action, may};
use crate::app::App;
use crate::web::frame::components::action::{self, Weight};
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::reply::{escaped, see};
use crate::web::frame::sent::{Form, Query};
use crate::web::support::contact;

/// Cells that the page names one by one.
const NAMED: usize = 8;

/// What somebody asks for, as an address and a form say it: `cell=C7`, or `kind=email` for all cells of a field.
struct Asked {
    cells: Vec<String>,
    kind: Option<String>,
    words: String,
}

impl Asked {
    fn read(pairs: Vec<(String, String)>) -> Self {
        let mut asked = Self { cells: Vec::new(), kind: None, words: String::new() };
        for (name, value) in pairs {
            match name.as_str() {
                "cell" if asked.cells.len() < TICKET_CELLS => asked.cells.push(value),
                "kind" => asked.kind = Some(value),
                "words" => asked.words = value,
                _ => {}
            }
        }
        asked
    }

    fn wanted(&self, fields: &Fields) -> Wanted {
        let kind = self.kind.as_deref().and_then(|key| fields.by_key(key));
        match kind {
            Some(field) => Wanted::Kind(field.number),
            None => Wanted::Cells(
                self.cells.iter().filter_map(|name| target::read(name)).collect::<Vec<Target>>(),
            ),
        }
    }
}

/// The address that asks for a cell by its name, or for all cells of a field by its key.
pub(super) fn address_for(here: &str, name: &str, of: &str) -> String {
    format!("{here}/ticket?{name}={}", escaped(of))
}

/// The link to raise a ticket; a module opens it as a dialog.
pub(super) fn link(address: &str, words: &str) -> Markup {
    html! { a.raise href=(address) data-dialog { (words) } }
}

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    let asked = Asked::read(pairs);
    Ok(app.run(move |app| page(app, &viewed, &asked, None)).await?)
}

/// Raises the ticket.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Changing { actor, id }: Changing,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer<Response> {
    let asked = Asked::read(pairs);
    app.run(move |app| {
        let account = actor.account.id;
        let fields = app.store.fields(account)?;
        let here = address(&actor, id);
        let problems = format!("{here}/with-support");
        let line = crate::web::support::raising(&actor, id);
        let noting = app.noting(&line, &[account]);
        let raised = import::raise(&noting, account, id, &asked.wanted(&fields), &asked.words, &actor.name)?;
        let problem = match raised {
            Raised::Kept(number, rows) => {
                line.with("ticket", number).with("rows", rows).tell();
                return Ok(Ok(see(&Notice::Ticket(number, rows).onto(&problems)).into_response()));
            }
            Raised::NoSuchImport => return Ok(Err(Failure::Unknown)),
            Raised::NotInReview(_) => return Ok(Ok(see(&Notice::TooLate.onto(&here)).into_response())),
            Raised::NothingToAsk => say!("ticket-nothing-to-ask").to_owned(),
            Raised::TooLong => say!("ticket-too-long", most = TICKET_WORDS as i64),
            Raised::TooMany => say!("ticket-too-many").to_owned(),
            Raised::OthersAtWork => say!("notice-others-are-working-on-this").to_owned(),
        };
        let Some(import) = app.store.import(account, id)? else { return Ok(Err(Failure::Unknown)) };
        let mut page = page(app, &Viewed { actor, import }, &asked, Some(&problem))?;
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(Ok(page))
    })
    .await?
}

fn page(app: &App, viewed: &Viewed, asked: &Asked, problem: Option<&str>) -> Result<Response> {
    let (actor, import) = (&viewed.actor, &viewed.import);
    if import.state != ImportState::Review || !may(actor.role, Action::Edit) {
        return Ok(see(&address(actor, import.id)).into_response());
    }
    let fields = app.store.fields(import.account)?;
    let cells = import::asked_for(app, import, &asked.wanted(&fields))?;
    let mut frame = Frame::new(actor, Part::Imports, say!("ticket-raise"));
    frame.banner = problem.map(|words| (Tone::Bad, html! { (words) }));
    let part = if cells.is_empty() {
        html! { p { (say!("ticket-nothing-to-ask")) } }
    } else {
        form(app, viewed, &fields, &cells, asked)?
    };
    let back = format!("{}/problems", address(actor, import.id));
    let main = html! {
        section.stack.ticket data-part="ticket" aria-labelledby="ticket-title"
            data-close=(say!("ticket-close")) data-cancel=(say!("ticket-cancel")) {
            h1 #ticket-title { (say!("ticket-raise")) }
            (part)
            p data-page-only { a href=(back) { (say!("ticket-back-to-problems")) } }
        }
    };
    Ok(frame.page(&main).into_response())
}

fn form(app: &App, viewed: &Viewed, fields: &Fields, cells: &[PlanCell], asked: &Asked) -> Result<Markup> {
    let (actor, import) = (&viewed.actor, &viewed.import);
    let here = address(actor, import.id);
    Ok(html! {
        p { (say!("ticket-what-happens", rows = rows_of(cells))) }
        dl.facts {
            dt { (say!("ticket-organisation")) } dd { (actor.account.name) }
            dt { (say!("ticket-import")) } dd dir="auto" { (name_of(import)) }
            (facts(app, import, fields, cells)?)
            dt { (say!("ticket-message")) } dd { (message(cells)) }
        }
        form method="post" action={ (here) "/ticket" } {
            @match &asked.kind {
                Some(kind) => { input type="hidden" name="kind" value=(kind); }
                None => { @for cell in &asked.cells { input type="hidden" name="cell" value=(cell); } }
            }
            div.field {
                label for="ticket-words" { (say!("ticket-words")) " " span.muted { (say!("ticket-not-required")) } }
                textarea #ticket-words name="words" rows="3" maxlength=(TICKET_WORDS) aria-describedby="ticket-hint" autofocus { (asked.words) }
                p.hint #ticket-hint { (say!("ticket-words-hint")) }
            }
            div.row { (action::send(Weight::Primary, say!("ticket-send"), None)) }
        }
        (contact(app))
    })
}

/// The cells: of one its row, user and value each in a line, of several a list.
fn facts(app: &App, import: &Import, fields: &Fields, cells: &[PlanCell]) -> Result<Markup> {
    let mut people = People::new(app, import.account, fields);
    let mut named = Vec::new();
    for cell in cells.iter().take(NAMED) {
        let title = fields.get(cell.field).map_or("", |field| field.title()).to_owned();
        let user = match cell.place {
            directory::Place::User(user) => Some((user.to_string(), people.name(user)?)),
            directory::Place::Row { .. } => None,
        };
        let row = (cell.row > 0).then(|| say!("ticket-row", row = cell.row.to_string()));
        named.push((title, row, user, cell.raw.clone().or_else(|| cell.mine.clone()).unwrap_or_default()));
    }
    let more = cells.len() - named.len();
    Ok(html! {
        @for (title, row, user, value) in &named {
            dt { (say!("ticket-user")) }
            dd {
                @if let Some(row) = row { (row) @if user.is_some() { ", " } }
                @if let Some((id, name)) = user { bdi { (name) } ", " span.mono { (id) } }
            }
            dt { (title) } dd { b dir="auto" { (value) } }
        }
        @if more > 0 { dt {} dd { (say!("ticket-more-cells", cells = more as i64)) } }
    })
}

fn message(cells: &[PlanCell]) -> String {
    let wrong = cells.first().and_then(|cell| cell.wrong.as_ref());
    wrong.map(|wrong| directory::sentence(wrong, "")).unwrap_or_default()
}

fn rows_of(cells: &[PlanCell]) -> i64 {
    let places: std::collections::BTreeSet<_> = cells.iter().map(|cell| cell.place).collect();
    debug_assert!(cells.iter().all(|cell| cell.field != standard::USER));
    places.len() as i64
}

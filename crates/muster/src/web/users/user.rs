//! One user: the form to edit them by hand, and what they went through.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{FieldNumber, Fields, Kind, User, UserId, standard};
use import::{self, Edited, People};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::{Found, HistoryEntry, ImportId, Result, Time, UsersQuery};

use super::asked::FOUND_MOST;
use super::form::{UserForm, sentences_of};
use crate::access::{Action, Actor, may};
use crate::app::App;
use crate::web::frame::components::action::{Weight, answer, go};
use crate::web::frame::components::mark::arrow;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::moment::moment;
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::signed_in::{Editor, Viewer};
use crate::web::frame::words::say_markup;

/// Changes that the page lists.
const HISTORY: u32 = 200;

/// What the address says besides.
#[derive(Deserialize)]
pub(in crate::web) struct Said {
    saved: Option<String>,
}

/// What the page shows.
struct UserPage {
    actor: Actor,
    id: UserId,
    name: String,
    form: UserForm,
    past: Vec<Step>,
    /// What status `inactive` is called, when the user is active and may be edited.
    inactive: Option<String>,
    /// How many have this user as their manager.
    reports: Found,
    banner: Option<(Tone, String)>,
}

/// What happened to the user at one revision.
struct Step {
    at: Time,
    actor: String,
    kind: String,
    import: Option<ImportId>,
    /// What people say of that import.
    note: Option<String>,
    changes: Vec<Changed>,
}

/// One change as people read it; without a field it is about the user as such.
struct Changed {
    title: Option<String>,
    before: String,
    after: String,
    /// When the value of before could be put back: the name of its input, and what it would say.
    put_back: Option<(String, String)>,
}

/// The page of a user.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Path((_, id)): Path<(String, String)>,
    Query(said): Query<Said>,
) -> Answer<Markup> {
    let id: UserId = id.parse().map_err(|_| Failure::Unknown)?;
    let mut page = app.run(move |app| UserPage::load(app, actor, id)).await?.ok_or(Failure::Unknown)?;
    page.banner = said.saved.map(|how| {
        let words = if how == "new" { say!("user-added") } else { say!("user-saved") };
        (Tone::Good, words.to_owned())
    });
    Ok(page.markup())
}

/// Edits the user; what is wrong stands beside its field, and what was typed stays.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Editor(actor): Editor,
    Path((_, id)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer<Response> {
    let id: UserId = id.parse().map_err(|_| Failure::Unknown)?;
    let back = format!("/o/{}/users/{id}?saved=1", actor.account.slug);
    // It may have to wait for an import that is being applied.
    let page = app.run_aside(actor.account.id, move |app| edit(app, actor, id, &pairs)).await?;
    match page {
        Outcome::Saved => Ok(see(&back).into_response()),
        Outcome::Unknown => Err(Failure::Unknown),
        Outcome::Again(page) => Ok((StatusCode::UNPROCESSABLE_ENTITY, page.markup()).into_response()),
    }
}

enum Outcome {
    Saved,
    Unknown,
    Again(Box<UserPage>),
}

fn edit(app: &App, actor: Actor, id: UserId, pairs: &[(String, String)]) -> Result<Outcome> {
    let account = actor.account.id;
    let fields = app.store.fields(account)?;
    let (values, seen) = super::form::typed(&fields, pairs);
    let edited = import::edit(app, account, id, &values, seen, &actor.name)?;
    let (tone, words, wrong) = match edited {
        Edited::Saved(_) => return Ok(Outcome::Saved),
        Edited::NoSuchUser => return Ok(Outcome::Unknown),
        Edited::TooBusy => (Tone::Note, say!("user-nothing-was-saved-busy"), Vec::new()),
        Edited::Wrong(wrong) => (Tone::Bad, say!("user-nothing-was-saved-yet-put"), sentences_of(wrong)),
        Edited::ChangedSince(since) => (
            Tone::Note,
            say!("user-somebody-else-changed-this-user"),
            changed_since(app, account, &fields, id, &since)?,
        ),
    };
    let Some(mut page) = UserPage::load(app, actor, id)? else { return Ok(Outcome::Unknown) };
    page.form.keep_typed(&values, &wrong);
    page.banner = Some((tone, words.to_owned()));
    Ok(Outcome::Again(Box::new(page)))
}

fn changed_since(
    app: &App,
    account: store::AccountId,
    fields: &Fields,
    id: UserId,
    since: &[FieldNumber],
) -> Result<Vec<(FieldNumber, String)>> {
    let users = app.store.user(account, fields, id)?;
    let mut people = People::new(app, account, fields);
    let mut found = Vec::new();
    for number in since {
        if let (Some(user), Some(field)) = (users.get(0), fields.get(*number)) {
            let now = people.shown(field, user.value(*number))?;
            let now = field.said(&now);
            let now = if now.is_empty() {
                say!("user-empty").to_owned()
            } else {
                say!("value-quoted", value = now)
            };
            found.push((*number, say!("user-is-now", field = field.title(), value = now)));
        }
    }
    Ok(found)
}

impl UserPage {
    fn load(app: &App, actor: Actor, id: UserId) -> Result<Option<Self>> {
        let account = app.store.account_now(actor.account.id)?;
        let fields = app.store.fields(account.id)?;
        let users = app.store.user(account.id, &fields, id)?;
        let Some(user) = users.get(0) else { return Ok(None) };
        let mut people = People::new(app, account.id, &fields);
        let may_edit = may(actor.role, Action::Edit);
        let form = UserForm::of(&mut people, &fields, &user, account.revision, may_edit)?;
        let past = steps(app, account.id, &fields, &mut people, &user, may_edit)?;
        let active = user.value(standard::STATUS) == Some("active");
        let status = fields.get(standard::STATUS).filter(|_| active && may_edit);
        let inactive = status.map(|status| status.shown(Some("inactive"), None));
        let reports = reports_of(app, account.id, id)?;
        Ok(Some(Self { actor, id, name: user.name(), form, past, inactive, reports, banner: None }))
    }

    fn markup(&self) -> Markup {
        let mut frame = Frame::new(&self.actor, Part::Users, &self.name);
        frame.banner = self.banner.as_ref().map(|(tone, words)| {
            (
                *tone,
                html! {
                    p { (words) }
                    @if *tone != Tone::Good { (self.form.problem_links()) }
                },
            )
        });
        frame.page(&html! {
            p.way { a href={ "/o/" (self.actor.account.slug) "/users" } { (say!("user-users")) } }
            div.head.wrap {
                div {
                    h1 dir="auto" { (self.name) }
                    p.row.small {
                        span.muted { (say_markup!("user-id-is", id = html! { span.id { (self.id) } })) }
                        button.quiet.small type="button" hidden data-copy=(self.id) data-copied=(say!("user-copied")) { (say!("user-copy-id")) }
                        (self.reports())
                    }
                }
            }
            div.columns {
                section aria-labelledby="details" {
                    h2 #details { (say!("user-details")) }
                    (self.form.markup())
                    (self.leaving())
                }
                section aria-labelledby="history" {
                    h2 #history { (say!("user-history")) }
                    (self.history())
                }
            }
        })
    }

    /// What takes the user out of use; after the form, so that keys reach that first.
    fn leaving(&self) -> Markup {
        let erase = format!("/o/{}/users/{}/erase", self.actor.account.slug, self.id);
        html! {
            p.row {
                @if let Some(inactive) = &self.inactive {
                    form.inline method="post" {
                        input type="hidden" name="seen" value=(self.form.seen());
                        (answer(Weight::Danger, "field.status", inactive, say!("user-make-inactive")))
                    }
                }
                @if may(self.actor.role, Action::Own) { (go(Weight::Quiet, &erase, say!("user-erase"))) }
            }
        }
    }

    fn reports(&self) -> Markup {
        html! {
            @if self.reports.users > 0 {
                a href={ "/o/" (self.actor.account.slug) "/users?manager=" (self.id) } { (say!("user-reports", users = self.reports.users)) }
            }
        }
    }

    fn history(&self) -> Markup {
        html! {
            @if self.past.is_empty() { p.muted { (say!("user-nothing-was-changed-yet")) } }
            ol.history { @for step in &self.past { li { (self.step(step)) } } }
        }
    }

    /// A form that saves the value of before: an edit by hand like any other.
    fn put_back(&self, title: &str, change: &Changed, name: &str, text: &str) -> Markup {
        let value = if change.before.is_empty() {
            say!("user-empty").to_owned()
        } else {
            say!("value-quoted", value = &change.before)
        };
        html! {
            form.inline method="post" {
                input type="hidden" name="seen" value=(self.form.seen());
                input type="hidden" name=(name) value=(text);
                button.quiet.small type="submit" { (say!("user-put-back-of", value = value, field = title)) }
            }
        }
    }

    fn step(&self, step: &Step) -> Markup {
        html! {
            p.when {
                (moment(step.at)) " · " (step.actor)
                @if let (Some(import), true) = (step.import, matches!(step.kind.as_str(), "file" | "undo" | "rule")) {
                    " · "
                    a href={ "/o/" (self.actor.account.slug) "/imports/" (import) } {
                        @if step.kind == "undo" { (say!("user-undo-of-an-import")) } @else { (say!("user-import")) }
                    }
                }
            }
            @if let Some(note) = &step.note { p.note-of dir="auto" { (note) } }
            ul {
                @for change in &step.changes {
                    li {
                        @if let Some(title) = &change.title {
                            strong { (title) } ": " (was_and_is(&change.before, &change.after))
                            @if let Some((name, text)) = &change.put_back { (self.put_back(title, change, name, text)) }
                        } @else {
                            (change.after)
                        }
                    }
                }
            }
        }
    }
}

/// How many have this user as their manager; of a large account, those among the users that a page looks through.
fn reports_of(app: &App, account: store::AccountId, id: UserId) -> Result<Found> {
    let filters = vec![(standard::MANAGER, id.to_string())];
    app.store.count_users(account, &UsersQuery { filters, ..UsersQuery::default() }, FOUND_MOST)
}

/// "was", "is", told by words and not by colour alone.
fn was_and_is(before: &str, after: &str) -> Markup {
    html! {
        span.was { span.hidden { (say!("user-was")) " " } @if before.is_empty() { i { (say!("user-empty")) } } @else { del dir="auto" { (before) } } }
        " " (arrow()) " "
        span.is { span.hidden { (say!("user-became")) " " } @if after.is_empty() { i { (say!("user-empty")) } } @else { ins dir="auto" { (after) } } }
    }
}

fn steps(
    app: &App,
    account: store::AccountId,
    fields: &Fields,
    people: &mut People<'_>,
    user: &User<'_>,
    may_edit: bool,
) -> Result<Vec<Step>> {
    let entries = app.store.history_of(account, user.id(), u64::MAX, HISTORY)?;
    let imports: Vec<ImportId> = entries.iter().filter_map(|entry| entry.import).collect();
    let notes = app.store.notes_of(account, &imports)?;
    let mut steps = Vec::new();
    for entries in entries.chunk_by(|one, next| one.revision == next.revision) {
        let first = &entries[0];
        let mut changes = Vec::new();
        for entry in entries {
            changes.extend(changed(fields, people, user, entry, may_edit)?);
        }
        let (actor, kind) = (first.actor.clone(), first.kind.clone());
        let note = first.import.and_then(|import| notes.get(&import)).cloned();
        steps.push(Step { at: first.at, actor, kind, import: first.import, note, changes });
    }
    Ok(steps)
}

fn changed(
    fields: &Fields,
    people: &mut People<'_>,
    user: &User<'_>,
    entry: &HistoryEntry,
    may_edit: bool,
) -> Result<Option<Changed>> {
    if entry.field == standard::USER {
        let words = if entry.before.is_none() { say!("user-created") } else { say!("user-withdrawn") };
        let (before, after) = (String::new(), words.to_owned());
        return Ok(Some(Changed { title: None, before, after, put_back: None }));
    }
    let Some(field) = fields.get(entry.field) else { return Ok(None) };
    let printed = people.shown(field, entry.before.as_deref())?;
    let may_put_back =
        may_edit && !field.retired && !field.read_only && user.value(entry.field) != entry.before.as_deref();
    let put_back = may_put_back.then(|| {
        // A person is named by their ID: several may bear the name.
        let is_person = field.kind == Kind::User;
        let text = if is_person { entry.before.clone().unwrap_or_default() } else { printed.clone() };
        (format!("field.{}", field.key), text)
    });
    let (before, after) = (field.said(&printed).into_owned(), people.shown(field, entry.after.as_deref())?);
    let after = field.said(&after).into_owned();
    Ok(Some(Changed { title: Some(field.title().to_owned()), before, after, put_back }))
}

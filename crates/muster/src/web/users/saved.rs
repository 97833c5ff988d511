//! Searches that were saved by a name: the menu beside the search, and the page on which they are called otherwise and removed, and on which
//! owners say through which fields a search looks.

use std::borrow::Cow;
use std::collections::HashSet;

use axum::extract::{Query as Pairs, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use directory::{Field, FieldEdit, Fields};
use events::Event;
use maud::{Markup, html};
use sentences::say;
use store::{Result, SAVED_MOST, SavedAs, SavedSearch};

use super::asked::{Asked, SAVED};
use super::columns::{self, Shown};
use crate::access::{Action, Actor, may};
use crate::app::App;
use crate::web::frame::components::action::{Weight, answer, go, send as send_button};
use crate::web::frame::components::chip;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::reply::see;
use crate::web::frame::sent::Form;
use crate::web::frame::signed_in::Viewer;

/// Letters of a name, and of a query, at the most.
const NAME: usize = 80;
const QUERY: usize = 4_000;

/// What a list of users is asked for, and its columns if they were saved with it. An address that names a saved search alone is that search.
pub(super) fn asked_of(
    fields: &Fields,
    pairs: &[(String, String)],
    saved: &[SavedSearch],
) -> (Asked, Option<Vec<Shown>>) {
    let mut asked = Asked::read(fields, pairs);
    let found = asked.saved.and_then(|id| saved.iter().find(|saved| saved.id == id));
    let Some(found) = found else {
        asked.saved = None;
        return (asked, None);
    };
    if pairs.len() == 1 {
        let id = asked.saved;
        asked = Asked::read(fields, &pairs_of(&found.query));
        asked.saved = id;
    }
    (asked, Some(columns::of_words(fields, &found.columns)))
}

/// The pairs of a query as it is saved.
fn pairs_of(query: &str) -> Vec<(String, String)> {
    let address = format!("/{query}").parse::<Uri>().unwrap_or_default();
    Pairs::try_from_uri(&address).map(|Pairs(pairs)| pairs).unwrap_or_default()
}

/// The address of a saved search.
fn address(actor: &Actor, saved: &SavedSearch) -> String {
    format!("/o/{}/users?{SAVED}={}", actor.account.slug, saved.id)
}

/// The menu: what was saved, and the way to save what is shown.
pub(super) fn menu(
    actor: &Actor,
    fields: &Fields,
    asked: &Asked,
    saved: &[SavedSearch],
    shown: &[Shown],
) -> Markup {
    let here = asked.saved.and_then(|id| saved.iter().find(|saved| saved.id == id));
    let words = here.map_or(say!("saved-searches"), |here| here.name.as_str());
    let to_manage = format!("/o/{}/searches", actor.account.slug);
    let form = html! {
        form.stack method="post" action=(to_manage) {
            input type="hidden" name="query" value=(asked.saved_query());
            input type="hidden" name="columns" value=(columns::words_of(fields, shown));
            div.field {
                label for="saved-name" { (say!("saved-name")) }
                input #saved-name name="name" required maxlength=(NAME) autocomplete="off" dir="auto"
                    value=[here.map(|here| here.name.as_str())];
            }
            @if may(actor.role, Action::Edit) {
                label.tick { input type="checkbox" name="for" value="everybody" checked[here.is_some_and(|here| here.owner.is_none())]; (say!("saved-for-everybody")) }
            }
            (answer(Weight::Ready, "how", "save", say!("saved-save")))
        }
    };
    let inside = html! {
        div.sheet.saved {
            @if !saved.is_empty() {
                ul {
                    @for one in saved {
                        li { a href=(address(actor, one)) dir="auto" aria-current=[(asked.saved == Some(one.id)).then_some("true")] { (one.name) (whose(one)) } }
                    }
                }
            }
            (form)
            (go(Weight::Quiet, &to_manage, say!("saved-manage")))
        }
    };
    chip::choices(words, &inside)
}

fn whose(saved: &SavedSearch) -> Markup {
    html! { @if saved.owner.is_none() { span.muted.small { " " (say!("saved-of-everybody")) } } }
}

/// The page on which they are managed.
pub(in crate::web) async fn show(State(app): State<App>, Viewer(actor): Viewer) -> Answer<Markup> {
    Ok(app.run(move |app| page(app, &actor, None)).await?)
}

fn page(app: &App, actor: &Actor, banner: Option<(Tone, &str)>) -> Result<Markup> {
    let saved = app.store.saved_searches(actor.account.id, actor.administrator)?;
    let fields = app.store.fields(actor.account.id)?;
    let mut frame = Frame::new(actor, Part::Users, say!("saved-searches"));
    frame.banner = banner.map(|(tone, words)| (tone, html! { p { (words) } }));
    Ok(frame.page(&html! {
        p.way { a href={ "/o/" (actor.account.slug) "/users" } { (say!("user-users")) } }
        h1 { (say!("saved-searches")) }
        p.muted { (say!("saved-told", most = SAVED_MOST)) }
        @if saved.is_empty() { p { (say!("saved-none")) } }
        ul.plain.stack { @for one in &saved { li.panel { (line(actor, one)) } } }
        @if may(actor.role, Action::Own) { (searched(&fields)) }
    }))
}

/// One of them, with what may be done with it.
fn line(actor: &Actor, one: &SavedSearch) -> Markup {
    let (id, label) = (format!("name-{}", one.id), say!("saved-name-of", name = &one.name));
    html! {
        p { a href=(address(actor, one)) dir="auto" { strong { (one.name) } } (whose(one)) }
        @if is_theirs(actor, one) {
            form.row method="post" {
                input type="hidden" name="search" value=(one.id);
                label.unseen for=(id) { (label) }
                input id=(id) name="name" required maxlength=(NAME) value=(one.name) autocomplete="off" dir="auto";
                (answer(Weight::Plain, "how", "rename", say!("saved-rename")))
                (answer(Weight::Danger, "how", "remove", say!("saved-remove")))
            }
        }
    }
}

/// Whether somebody may change a saved search: their own, and everybody's if they may edit.
fn is_theirs(actor: &Actor, saved: &SavedSearch) -> bool {
    saved.owner == Some(actor.administrator) || (saved.owner.is_none() && may(actor.role, Action::Edit))
}

/// Through which fields of the organisation's own a search looks.
fn searched(fields: &Fields) -> Markup {
    let offered: Vec<&Field> = fields.current().filter(|field| is_offered(field)).collect();
    html! {
        section.panel aria-labelledby="searched" {
            h2 #searched { (say!("searched-fields")) }
            p.hint { (say!("searched-fields-told")) }
            @if offered.is_empty() { p.muted { (say!("searched-none")) } } @else {
                form method="post" {
                    fieldset.choices {
                        legend.unseen { (say!("searched-fields")) }
                        @for field in offered {
                            label.tick { input type="checkbox" name="field" value=(field.key) checked[field.searched]; span dir="auto" { (field.title()) } }
                        }
                    }
                    input type="hidden" name="how" value="fields";
                    (send_button(Weight::Ready, say!("searched-keep"), None))
                }
            }
        }
    }
}

fn is_offered(field: &Field) -> bool {
    field.may_be_searched()
}

/// What a form of this page, or of the menu, comes to.
enum Outcome {
    /// Go on to this address.
    To(String),
    /// Nothing was done: why.
    Refused(Cow<'static, str>),
    /// There is no such search.
    Unknown,
    /// The role does not allow it.
    NotAllowed,
}

/// Saves, renames or removes one; or says through which fields is searched.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer<Response> {
    let done = app.run(move |app| {
        let outcome = match text(&pairs, "how") {
            "save" => save(app, &actor, &pairs)?,
            "rename" | "remove" => change(app, &actor, &pairs)?,
            "fields" if may(actor.role, Action::Own) => mark(app, &actor, &pairs)?,
            "fields" => Outcome::NotAllowed,
            _ => Outcome::Refused(say!("saved-needs-a-name").into()),
        };
        Ok(match outcome {
            Outcome::Refused(why) => Ok(page(app, &actor, Some((Tone::Bad, &why)))?),
            other => Err(other),
        })
    });
    match done.await? {
        Ok(page) => Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response()),
        Err(Outcome::To(address)) => Ok(see(&address).into_response()),
        Err(Outcome::NotAllowed) => Err(Failure::NotAllowed),
        Err(_) => Err(Failure::Unknown),
    }
}

fn text<'p>(pairs: &'p [(String, String)], name: &str) -> &'p str {
    pairs.iter().find(|(of, _)| of == name).map_or("", |(_, value)| value.trim())
}

/// The name that was typed, if it can be one.
fn name(pairs: &[(String, String)]) -> Option<&str> {
    let name = text(pairs, "name");
    let is_fit = !name.is_empty() && name.chars().count() <= NAME && !name.chars().any(char::is_control);
    is_fit.then_some(name)
}

fn save(app: &App, actor: &Actor, pairs: &[(String, String)]) -> Result<Outcome> {
    let Some(name) = name(pairs) else { return Ok(Outcome::Refused(say!("saved-needs-a-name").into())) };
    let is_everybodys = text(pairs, "for") == "everybody";
    if is_everybodys && !may(actor.role, Action::Edit) {
        return Ok(Outcome::NotAllowed);
    }
    let fields = app.store.fields(actor.account.id)?;
    // Read and written anew: nothing is kept that a list would not understand.
    let query = Asked::read(&fields, &pairs_of(text(pairs, "query"))).saved_query();
    if query.len() > QUERY {
        return Ok(Outcome::Refused(say!("saved-too-long").into()));
    }
    let new = SavedSearch {
        id: i64::from(app.randomness.number()) + 1,
        owner: (!is_everybodys).then_some(actor.administrator),
        name: name.to_owned(),
        query,
        columns: columns::words_of(&fields, &columns::of_words(&fields, text(pairs, "columns"))),
    };
    Ok(match app.store.save_search(actor.account.id, &new)? {
        SavedAs::New(id) | SavedAs::Renewed(id) => Outcome::To(address(actor, &SavedSearch { id, ..new })),
        SavedAs::TooMany => Outcome::Refused(say!("saved-too-many").into()),
    })
}

fn change(app: &App, actor: &Actor, pairs: &[(String, String)]) -> Result<Outcome> {
    let account = actor.account.id;
    let id = text(pairs, "search").parse().unwrap_or(0);
    let Some(saved) = app.store.saved_search(account, actor.administrator, id)? else {
        return Ok(Outcome::Unknown);
    };
    if !is_theirs(actor, &saved) {
        return Ok(Outcome::NotAllowed);
    }
    if text(pairs, "how") == "remove" {
        app.store.remove_search(account, id)?;
    } else {
        let Some(name) = name(pairs) else { return Ok(Outcome::Refused(say!("saved-needs-a-name").into())) };
        if !app.store.rename_search(account, id, name)? {
            return Ok(Outcome::Refused(say!("saved-name-taken").into()));
        }
    }
    Ok(Outcome::To(format!("/o/{}/searches", actor.account.slug)))
}

fn mark(app: &App, actor: &Actor, pairs: &[(String, String)]) -> Result<Outcome> {
    let wanted: HashSet<&str> =
        pairs.iter().filter(|(name, _)| name == "field").map(|(_, key)| key.as_str()).collect();
    if wanted.len() > Fields::SEARCHED_MOST {
        return Ok(Outcome::Refused(say!("searched-too-many").into()));
    }
    let account = &actor.account;
    let fields = app.store.fields(account.id)?;
    for field in fields.current().filter(|field| is_offered(field)) {
        let searched = wanted.contains(field.key.as_str());
        if searched != field.searched {
            let edits = [FieldEdit::Searched(searched)];
            let line = Event::SettingChanged.line().by_administrator(actor.administrator);
            let line = line.of_account(&account.slug).with("field", &field.key);
            let noting = app.noting(&line, &[account.id]);
            if let Err(refused) = import::edit_field(&noting, account.id, &actor.name, &field.key, &edits)? {
                return Ok(Outcome::Refused(refused.sentence().into()));
            }
            line.tell();
        }
    }
    app.wake_workers();
    Ok(Outcome::To(format!("/o/{}/searches", account.slug)))
}

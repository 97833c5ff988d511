//! A selection: the users that were ticked, found or pasted, and what can be done with them. While all of a search are gathered, each look
//! at the page goes on a little.

use axum::extract::{Path, State};
use axum::response::Redirect;
use directory::selected;
use maud::{Markup, html};
use sentences::say;
use store::{Result, Selection, SelectionId};

use super::asked::Asked;
use crate::access::{Action, Actor, may};
use crate::app::App;
use crate::web::frame::components::action::{Weight, answer, go};
use crate::web::frame::components::bar::bar;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::reply::see;
use crate::web::frame::sent::Form;
use crate::web::frame::signed_in::Viewer;

/// What stands before the key of a field in the name of a filter, so that no field's key can mean something else here.
pub(super) const FILTER: &str = "filter.";
/// Seconds between two steps of gathering, of a page without script.
const REFRESH: u32 = 1;

/// The page to paste names into.
pub(in crate::web) async fn paste(Viewer(actor): Viewer) -> Markup {
    let here = format!("/o/{}/selections", actor.account.slug);
    Frame::new(&actor, Part::Users, say!("selection-paste")).page(&html! {
        h1 { (say!("selection-paste")) }
        form.stack.panel method="post" action=(here) {
            div.field {
                label for="names" { (say!("selection-names")) }
                p.hint #names-hint { (say!("selection-names-hint")) }
                textarea #names name="names" rows="12" required aria-describedby="names-hint" spellcheck="false" autocomplete="off" {}
            }
            (answer(Weight::Primary, "how", "pasted", say!("selection-find")))
        }
    })
}

/// Keeps a selection and goes to its page.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer<Redirect> {
    let slug = actor.account.slug.clone();
    let id = app.run(move |app| select(app, &actor, &pairs)).await?;
    let id = id.ok_or(Failure::Nonsense(say!("selection-tick-somebody")))?;
    Ok(see(&format!("/o/{slug}/selections/{id}")))
}

/// Those whom a form names; none when it names nobody.
fn select(app: &App, actor: &Actor, pairs: &[(String, String)]) -> Result<Option<SelectionId>> {
    let text = |name: &str| pairs.iter().find(|(of, _)| of == name).map_or("", |(_, value)| value.as_str());
    let (account, name) = (actor.account.id, actor.name.as_str());
    let selection = match text("how") {
        "found" => {
            let fields = app.store.fields(account)?;
            let plain = |(name, value): &(String, String)| {
                (name.strip_prefix(FILTER).unwrap_or(name).to_owned(), value.clone())
            };
            let asked = Asked::read(&fields, &pairs.iter().map(plain).collect::<Vec<_>>());
            let query = asked.query;
            Some(import::select_found(app, account, name, &query.search, &query.filters)?)
        }
        "pasted" => Some(import::select_pasted(app, account, name, text("names"))?),
        _ => {
            let ticked = pairs.iter().filter(|(name, _)| name == "user");
            let users: Vec<_> = ticked.filter_map(|(_, id)| id.parse().ok()).collect();
            match users.is_empty() {
                true => None,
                false => Some(import::select(app, account, name, users)?),
            }
        }
    };
    Ok(selection)
}

/// A selection of the one who looks, as an address names it.
///
/// # Errors
/// [`Failure::Unknown`] for everybody else's, and for one that is forgotten.
pub(super) async fn of_address(app: &App, actor: &Actor, id: &str) -> Answer<Selection> {
    let id: SelectionId = id.parse().map_err(|()| Failure::Unknown)?;
    let (account, name) = (actor.account.id, actor.name.clone());
    app.run(move |app| import::gather(app, account, &name, id)).await?.ok_or(Failure::Unknown)
}

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Path((_, id)): Path<(String, String)>,
) -> Answer<Markup> {
    let selection = of_address(&app, &actor, &id).await?;
    let title = match selection.next {
        None => say!("selection-title", users = selection.users),
        Some(_) => say!("selection-gathering", users = selection.users),
    };
    let mut frame = Frame::new(&actor, Part::Users, &title);
    frame.refresh = selection.next.map(|_| REFRESH);
    frame.bar = selection.next.is_none().then(|| bar_of(&actor, &selection));
    Ok(frame.page(&html! {
        h1 { (title) }
        @if selection.next.is_some() {
            p data-go-on { a.button href="" { (say!("selection-go-on")) } }
        } @else {
            @if selection.missing_count > 0 || selection.twice > 0 { (told(&selection)) }
            p.muted { (say!("selection-kept")) }
        }
    }))
}

/// Whom pasted names have named; those that name nobody can be copied.
fn told(selection: &Selection) -> Markup {
    let first = selection.missing.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
    html! {
        p #found data-status { (selected(selection.users, (selection.missing_count, &first), selection.twice)) }
        @if selection.missing_count > 0 {
            div.field {
                label for="missing" { (say!("selection-missing", names = selection.missing_count)) }
                textarea #missing rows="4" readonly spellcheck="false" { (selection.missing.join("\n")) }
            }
        }
    }
}

/// What can be done with a selection that is whole.
fn bar_of(actor: &Actor, selection: &Selection) -> Markup {
    let slug = &actor.account.slug;
    let change = format!("/o/{slug}/selections/{}/change", selection.id);
    let file = format!("/o/{slug}/download/file?who=selection&selection={}", selection.id);
    let users = selection.users;
    let words = html! {
        span { b { (say!("selection-title", users = users)) } }
        a href={ "/o/" (slug) "/users" } { (say!("selection-leave")) }
    };
    let buttons = html! {
        @if users > 0 {
            a.button href=(file) download { (say!("selection-download", users = users)) }
            @if may(actor.role, Action::Edit) {
                (go(Weight::Primary, &change, &say!("selection-change", users = users)))
            }
        }
    };
    bar(&words, &buttons)
}

//! The users: search, filters, order and pages, all of it in the address.

use axum::extract::State;
use directory::{Choice, Field, Fields, Kind, User, looked_through, standard};
use maud::{Markup, html};
use sentences::say;
use store::{Found, Import, Precision, Result, Sort, UsersPage};

use super::asked::{Asked, FOUND_MOST};
use crate::access::{Action, Actor, may};
use crate::app::App;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::sent::Query;
use crate::web::frame::signed_in::Viewer;
use crate::web::frame::words::say_markup;
use crate::web::imports::strip;

/// What the page shows.
struct ListPage {
    actor: Actor,
    fields: Fields,
    asked: Asked,
    users: UsersPage,
    /// How many the search finds; beyond [`FOUND_MOST`] it is not counted on.
    found: Found,
    /// Imports that somebody should know of.
    open: Vec<Import>,
}

/// One page of users.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Markup> {
    Ok(app.run(move |app| ListPage::load(app, actor, &pairs)).await?.markup())
}

impl ListPage {
    fn load(app: &App, actor: Actor, pairs: &[(String, String)]) -> Result<Self> {
        let account = actor.account.id;
        let fields = app.store.fields(account)?;
        let asked = Asked::read(&fields, pairs);
        let users = app.store.users_page(account, &fields, &asked.query)?;
        let found = match (asked.narrows(), users.stopped) {
            (false, _) => Found { users: actor.account.users, how: Precision::Exactly },
            (true, Some(_)) => Found { users: users.users.len() as i64, how: Precision::AtLeast },
            (true, None) => app.store.count_users(account, &asked.query, FOUND_MOST + 1)?,
        };
        let open = strip::open_imports(app, account)?;
        Ok(Self { actor, fields, asked, users, found, open })
    }

    fn markup(&self) -> Markup {
        let slug = &self.actor.account.slug;
        Frame::new(&self.actor, Part::Users, say!("download-users")).page(&html! {
            (strip::strip(slug, &self.open))
            div.heading {
                h1 { (say!("download-users")) }
                (self.menu())
            }
            (self.filters())
            p.count #found data-status { (self.count()) }
            @if let Some(stopped) = self.users.stopped {
                p.note { (looked_through(stopped.users, stopped.preparing)) }
            }
            @if self.users.users.is_empty() && self.users.stopped.is_none() { (self.nobody()) } @else {
                div.frame role="region" aria-label=(say!("users-users-table")) tabindex="0" {
                    table.users.cards { (self.head()) tbody { @for user in self.users.users.iter() { (self.row(user)) } } }
                }
                (self.pages())
            }
        })
    }

    fn menu(&self) -> Markup {
        let address = |page: &str| format!("/o/{}/{page}", self.actor.account.slug);
        let editor = may(self.actor.role, Action::Edit);
        html! {
            details.menu data-menu {
                summary aria-label=(say!("users-more-actions")) { span.dots aria-hidden="true" { "⋮" } }
                ul {
                    li { a href={ (address("download")) (self.asked.address(None)) } { (say!("download-download-user-data")) } }
                    @if editor {
                        li { a href=(address("import")) { (say!("users-import-user-data")) } }
                        li { a href=(address("template")) { (say!("users-download-new-user-template")) } }
                    }
                    li { a href=(address("imports")) { (say!("users-import-history")) } }
                }
            }
        }
    }

    fn filters(&self) -> Markup {
        let choices = self.fields.current().filter(|field| is_filter(field));
        html! {
            form.filters #filters method="get" role="search" data-search {
                div.field.grow {
                    label for="search" { (say!("users-search-by-name-email-username")) }
                    input #search type="search" name="search" value=(self.asked.query.search) autocomplete="off" spellcheck="false";
                }
                @for field in choices { (self.filter(field)) }
                button type="submit" { (say!("users-search")) }
                @if self.asked.narrows() { a.plain href={ "/o/" (self.actor.account.slug) "/users" } { (say!("users-clear")) } }
                @if let Some(sort) = self.asked.sort_word() { input type="hidden" name="sort" value=(sort); }
            }
        }
    }

    fn filter(&self, field: &Field) -> Markup {
        let chosen = self.asked.filter(field.number);
        let id = format!("filter-{}", field.key);
        html! {
            div.field {
                label for=(id) { (field.title) }
                select #(id) name=(field.key) {
                    option value="" { (say!("users-any")) }
                    @for (value, label) in options(field) {
                        option value=(value) selected[chosen == Some(value.as_str())] { (label) }
                    }
                }
            }
        }
    }

    fn count(&self) -> String {
        match (self.asked.narrows(), self.found) {
            (false, all) => say!("users-all", users = all.users),
            (true, Found { users: found, .. }) if found > FOUND_MOST => {
                say!("users-more-match", users = FOUND_MOST)
            }
            (true, Found { users: found, how: Precision::About }) => say!("users-about-match", users = found),
            (true, Found { users: found, how: Precision::AtLeast }) => {
                say!("users-at-least", users = found)
            }
            (true, Found { users: found, .. }) => say!("users-match", users = found),
        }
    }

    fn nobody(&self) -> Markup {
        html! {
            div.empty {
                @if self.asked.narrows() {
                    p {
                        (say_markup!("users-nobody", link = html! { a href="users" { (say!("users-show-everyone")) } }))
                    }
                } @else {
                    p { (say!("users-there-are-no-users-yet")) }
                }
            }
        }
    }

    fn head(&self) -> Markup {
        html! {
            thead { tr {
                (self.sorted(say!("users-name"), Sort::Name))
                (self.sorted(say!("users-email-or-username"), Sort::SignIn))
                th scope="col" { (self.title(standard::JOB_TITLE, say!("users-job-title"))) }
                th scope="col" { (self.title(standard::DEPARTMENT, say!("users-department"))) }
                th scope="col" { (self.title(standard::STATUS, say!("users-status"))) }
            } }
        }
    }

    fn title(&self, number: directory::FieldNumber, otherwise: &str) -> String {
        self.fields.get(number).map_or_else(|| otherwise.to_owned(), |field| field.title.clone())
    }

    fn sorted(&self, title: &str, sort: Sort) -> Markup {
        let query = &self.asked.query;
        let direction =
            (query.sort == sort).then_some(if query.descending { "descending" } else { "ascending" });
        let arrow = match direction {
            Some("ascending") => "↑",
            Some(_) => "↓",
            None => "↕",
        };
        html! {
            th scope="col" aria-sort=[direction] {
                button.sort type="submit" form="filters" name="sort" value=(self.asked.next_sort(sort)) {
                    (title) span.arrow.off[direction.is_none()] aria-hidden="true" { (arrow) }
                }
            }
        }
    }

    fn row(&self, user: User<'_>) -> Markup {
        let shown =
            |number| self.fields.get(number).map(|field: &Field| field.shown(user.value(number), None));
        let shown = |number| shown(number).unwrap_or_default();
        let sign_in = user.value(standard::EMAIL).or(user.value(standard::USERNAME)).unwrap_or("");
        let active = user.value(standard::STATUS) == Some("active");
        html! {
            tr {
                th scope="row" {
                    a href={ "users/" (user.id()) } dir="auto" { (user.name()) }
                    span.id { (user.id()) }
                }
                td data-title=(say!("users-email-or-username")) { (sign_in) }
                td data-title=(self.title(standard::JOB_TITLE, say!("users-job-title"))) dir="auto" { (shown(standard::JOB_TITLE)) }
                td data-title=(self.title(standard::DEPARTMENT, say!("users-department"))) { (shown(standard::DEPARTMENT)) }
                td data-title=(self.title(standard::STATUS, say!("users-status"))) {
                    span class=(if active { "tag on" } else { "tag off" }) { (shown(standard::STATUS)) }
                }
            }
        }
    }

    fn pages(&self) -> Markup {
        let link = |cursor: Option<&store::Cursor>, relation: &str, text: &str| {
            html! {
                @if cursor.is_some() {
                    a.button rel=(relation) href={ "users" (self.asked.address(cursor)) } { (text) }
                }
            }
        };
        html! {
            nav.pages aria-label=(say!("users-pages-of-users")) {
                (link(self.users.previous.as_ref(), "prev", "← Previous"))
                (link(self.users.next.as_ref(), "next", "Next →"))
            }
        }
    }
}

fn is_filter(field: &Field) -> bool {
    field.kind == Kind::Status
        || (matches!(field.kind, Kind::Choice | Kind::Choices) && !field.choices.is_empty())
}

/// The stored forms that a filter offers, with what people read.
fn options(field: &Field) -> Vec<(String, String)> {
    let of = |stored: String| {
        let label = field.shown(Some(&stored), None);
        (stored, label)
    };
    match field.kind {
        Kind::Status => ["active", "inactive"].map(|word| of(word.to_owned())).into(),
        _ => field
            .choices
            .iter()
            .filter(|choice| !choice.retired)
            .map(|choice: &Choice| of(choice.id.to_string()))
            .collect(),
    }
}

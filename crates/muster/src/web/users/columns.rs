//! The columns of the list of users: which ones, chosen by each person for themselves and kept; what stands in a cell.

use axum::extract::State;
use axum::response::Redirect;
use directory::{Field, FieldNumber, Fields, Kind, User, standard};
use import::People;
use maud::{Markup, html};
use sentences::say;
use store::{Result, Sort, UsersPage};

use crate::access::Actor;
use crate::app::App;
use crate::web::frame::components::action::{Weight, send};
use crate::web::frame::components::mark::status;
use crate::web::frame::components::menu;
use crate::web::frame::components::table::{Column, Width};
use crate::web::frame::errors::Answer;
use crate::web::frame::reply::see;
use crate::web::frame::sent::Form;
use crate::web::frame::signed_in::Viewer;

/// The name under which the choice is kept.
const PREFERENCE: &str = "users.columns";
/// The column of the email, or of the username where there is none. No key of a field has a hyphen.
const SIGN_IN: &str = "sign-in";
/// The column of the User ID.
const USER_ID: &str = "user-id";
/// Those of who chose none.
const USUAL: [&str; 5] = [SIGN_IN, "job_title", "department", "employee_number", "status"];
/// Columns beside the name, at the most.
const MOST: usize = 12;

/// A column beside the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Email or username.
    SignIn,
    /// The User ID.
    UserId,
    /// A field's value.
    Of(FieldNumber),
}

/// What a person chose, as far as the fields are still in use.
pub(super) fn of(app: &App, actor: &Actor, fields: &Fields) -> Result<Vec<Shown>> {
    let kept = app.store.preference(actor.administrator, actor.account.id, PREFERENCE)?;
    Ok(match &kept {
        Some(kept) => of_words(fields, kept),
        None => USUAL.iter().filter_map(|key| read(fields, key)).collect(),
    })
}

/// Columns from their words, as far as the fields are still in use.
pub(super) fn of_words(fields: &Fields, words: &str) -> Vec<Shown> {
    words.split_whitespace().filter_map(|key| read(fields, key)).take(MOST).collect()
}

/// Columns as words.
pub(super) fn words_of(fields: &Fields, columns: &[Shown]) -> String {
    let word = |column: &Shown| match column {
        Shown::SignIn => SIGN_IN.to_owned(),
        Shown::UserId => USER_ID.to_owned(),
        Shown::Of(number) => fields.get(*number).map(|field| field.key.clone()).unwrap_or_default(),
    };
    columns.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// Keeps a choice, and goes back to the list.
pub(in crate::web) async fn choose(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer<Redirect> {
    let query = pairs.iter().find(|(name, _)| name == "back").map_or("", |(_, query)| query);
    // Only what stands after the path: nobody is sent elsewhere.
    let query = if query.starts_with('?') { query } else { "" };
    let back = format!("/o/{}/users{query}", actor.account.slug);
    app.run(move |app| {
        let fields = app.store.fields(actor.account.id)?;
        let keys = pairs.iter().filter(|(name, key)| name == "column" && read(&fields, key).is_some());
        let keys: Vec<&str> = keys.map(|(_, key)| key.as_str()).take(MOST).collect();
        app.store.prefer(actor.administrator, actor.account.id, PREFERENCE, &keys.join(" "))
    })
    .await?;
    Ok(see(&back))
}

/// The menu in which they are chosen; `back` is the query of the list.
pub(super) fn choice(actor: &Actor, fields: &Fields, chosen: &[Shown], back: &str) -> Markup {
    let tick = |key: &str, title: &str| {
        let on = read(fields, key).is_some_and(|column| chosen.contains(&column));
        html! { label { input type="checkbox" name="column" value=(key) checked[on]; (title) } }
    };
    let offered = fields.current().filter(|field| !is_name(field));
    let form = html! {
        form method="post" action={ "/o/" (actor.account.slug) "/columns" } {
            input type="hidden" name="back" value=(back);
            fieldset.radios {
                legend { (say!("users-columns-told")) }
                (tick(SIGN_IN, say!("users-email-or-username")))
                (tick(USER_ID, say!("users-user-id")))
                @for field in offered { (tick(&field.key, field.title())) }
            }
            (send(Weight::Ready, say!("users-columns-keep"), None))
        }
    };
    html! { span.not-small { (menu::worded(say!("users-columns"), true, &form)) } }
}

fn read(fields: &Fields, key: &str) -> Option<Shown> {
    match key {
        SIGN_IN => Some(Shown::SignIn),
        USER_ID => Some(Shown::UserId),
        _ => {
            let field = fields.by_key(key).filter(|field| !field.retired && !is_name(field))?;
            Some(Shown::Of(field.number))
        }
    }
}

fn is_name(field: &Field) -> bool {
    matches!(field.number, standard::FIRST_NAME | standard::LAST_NAME)
}

impl Shown {
    /// Its head. The status stays on a telephone; the others need more room.
    pub(super) fn column(self, fields: &Fields) -> Column {
        match self {
            Self::SignIn => Column::new(say!("users-email-or-username"), Width::Mail).wide_only(),
            Self::UserId => Column::new(say!("users-user-id"), Width::Middle).wide_only(),
            Self::Of(number) => {
                let title = fields.get(number).map(|field| field.title().to_owned()).unwrap_or_default();
                match number {
                    standard::STATUS => Column::new(title, Width::Status),
                    standard::JOB_TITLE => Column::new(title, Width::Rest).wide_only(),
                    standard::EMAIL => Column::new(title, Width::Mail).wide_only(),
                    _ => Column::new(title, Width::Middle).wide_only(),
                }
            }
        }
    }

    /// The order by it.
    pub(super) fn sort(self) -> Sort {
        match self {
            Self::SignIn => Sort::SignIn,
            Self::UserId => Sort::Created,
            Self::Of(number) => Sort::Field(number),
        }
    }

    /// What stands in it for a user.
    pub(super) fn cell(self, fields: &Fields, names: &Names, user: &User<'_>) -> Markup {
        match self {
            Self::SignIn => html! { td.not-small { (sign_in(user)) } },
            Self::UserId => html! { td.not-small { span.id { (user.id()) } } },
            Self::Of(standard::STATUS) => {
                let active = user.value(standard::STATUS) == Some("active");
                html! { td { (status(active, &text(fields, names, standard::STATUS, user))) } }
            }
            Self::Of(number) => html! { td.not-small dir="auto" { (text(fields, names, number, user)) } },
        }
    }
}

/// Email, or username where there is none.
pub(super) fn sign_in<'u>(user: &'u User<'_>) -> &'u str {
    user.value(standard::EMAIL).or(user.value(standard::USERNAME)).unwrap_or("")
}

/// The people whom a page of users names, by their User IDs as values.
pub(super) type Names = std::collections::BTreeMap<String, String>;

/// Reads the names of whom the columns of a page name.
pub(super) fn names(
    app: &App,
    actor: &Actor,
    fields: &Fields,
    shown: &[Shown],
    page: &UsersPage,
) -> Result<Names> {
    let mut people = People::new(app, actor.account.id, fields);
    let mut names = Names::new();
    for column in shown {
        let Shown::Of(number) = column else { continue };
        let Some(field) = fields.get(*number).filter(|field| field.kind == Kind::User) else { continue };
        for user in page.users.iter() {
            if let Some(value) = user.value(*number)
                && !names.contains_key(value)
            {
                names.insert(value.to_owned(), people.shown(field, Some(value))?);
            }
        }
    }
    Ok(names)
}

fn text(fields: &Fields, names: &Names, number: FieldNumber, user: &User<'_>) -> String {
    let Some(field) = fields.get(number) else { return String::new() };
    let value = user.value(number);
    match value.and_then(|value| names.get(value)).filter(|_| field.kind == Kind::User) {
        Some(name) => name.clone(),
        None => field.said(&field.shown(value, None)).into_owned(),
    }
}

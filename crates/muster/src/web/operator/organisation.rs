//! One organisation as operators look after it: its name, keeping everybody out for a while, removing it for good.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::Allowance;
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::{Account, AccountSettings, Result, Time};

use super::frame::{Part, operators_page};
use super::organisations::TOLD_DAYS;
use crate::access::{WHY_MOST, change_settings, remove_organisation, suspend_organisation};
use crate::app::App;
use crate::web::frame::components::action::{Weight, answer};
use crate::web::frame::components::banner::{Tone, banner};
use crate::web::frame::components::field::Field;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::moment::{date, moment};
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::signed_in::Operator;
use crate::web::frame::words::say_markup;

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// What was done before the page is shown.
#[derive(Deserialize)]
pub(in crate::web) struct Done {
    done: Option<String>,
}

/// What is to be done with it.
#[derive(Default, Deserialize)]
pub(in crate::web) struct Acting {
    #[serde(default)]
    act: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    why: String,
    /// The short name, typed by who means it.
    #[serde(default)]
    slug: String,
}

/// What came of it.
enum Outcome {
    /// It is so: what the page says.
    Done(&'static str),
    /// It is being removed.
    Removed,
    /// What is wrong with what was typed.
    Wrong(String),
}

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Operator(_): Operator,
    Path(slug): Path<String>,
    Query(done): Query<Done>,
) -> Answer<Markup> {
    let page = app.run(move |app| Page::load(app, &slug)).await?.ok_or(Failure::Unknown)?;
    Ok(page.markup(done.done.as_deref().and_then(said), &Acting::default(), None))
}

/// Renames, suspends, lets in again, or removes.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Operator(person): Operator,
    Path(slug): Path<String>,
    Form(acting): Form<Acting>,
) -> Answer<Response> {
    let by = format!("administrator:{}", person.administrator.id);
    let job = move |app: &App| {
        let Some(page) = Page::load(app, &slug)? else { return Ok(None) };
        let outcome = act(app, &page.account, &acting, &by)?;
        Ok(Some((page, acting, outcome)))
    };
    let (page, acting, outcome) = app.run(job).await?.ok_or(Failure::Unknown)?;
    Ok(match outcome {
        Outcome::Removed => see("/operator?done=removed").into_response(),
        Outcome::Done(done) => {
            see(&format!("/operator/organisations/{}?done={done}", page.account.slug)).into_response()
        }
        Outcome::Wrong(problem) => {
            (StatusCode::UNPROCESSABLE_ENTITY, page.markup(None, &acting, Some(&problem))).into_response()
        }
    })
}

fn act(app: &App, account: &Account, acting: &Acting, by: &str) -> Result<Outcome> {
    Ok(match acting.act.as_str() {
        "rename" => {
            let settings = AccountSettings { name: acting.name.clone(), ..account.settings() };
            match change_settings(app, account, by, &settings)? {
                Ok(()) => Outcome::Done("renamed"),
                Err(problems) => Outcome::Wrong(problems.sentences().collect::<Vec<_>>().join(" ")),
            }
        }
        "suspend" => match suspend_organisation(app, account, Some(&acting.why), by)? {
            Ok(()) => Outcome::Done("suspended"),
            Err(problem) => Outcome::Wrong(problem),
        },
        "resume" => suspend_organisation(app, account, None, by)?
            .map_or_else(Outcome::Wrong, |()| Outcome::Done("resumed")),
        "remove" if acting.slug.trim() == account.slug => {
            remove_organisation(app, account, by)?;
            Outcome::Removed
        }
        "remove" => Outcome::Wrong(say!("operator-type-the-slug", slug = &account.slug)),
        _ => Outcome::Wrong(say!("sent-what-was-sent-is-not").to_owned()),
    })
}

fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "renamed" => say!("operator-renamed"),
        "suspended" => say!("operator-suspended"),
        "resumed" => say!("operator-resumed"),
        _ => return None,
    })
}

/// What the page shows.
struct Page {
    account: Account,
    allowances: Vec<Allowance>,
    /// Of how many values it was told that somebody elsewhere has them, by day.
    told: Vec<(i64, i64)>,
}

impl Page {
    fn load(app: &App, slug: &str) -> Result<Option<Self>> {
        let Some(account) = app.store.account(slug)? else { return Ok(None) };
        let since = app.clock.now().0 / DAY - TOLD_DAYS;
        let allowances = app.store.allowances(account.id)?;
        let told = app.store.told_by_day(account.id, since)?;
        Ok(Some(Self { account, allowances, told }))
    }

    fn markup(&self, done: Option<&str>, typed: &Acting, problem: Option<&str>) -> Markup {
        let of = |act: &str| problem.filter(|_| typed.act == act);
        let is_of_form = ["rename", "suspend", "remove"].contains(&typed.act.as_str());
        let account = &self.account;
        let title = match problem {
            Some(_) => say!("operator-error-of", name = &account.name),
            None => account.name.clone(),
        };
        operators_page(
            Part::Organisations,
            &title,
            &html! {
                p.small { a href="/operator" { (say!("operator-organisations")) } }
                @if let Some(words) = done { (banner(Tone::Good, &html! { (words) })) }
                @if let (Some(words), false) = (problem, is_of_form) { (banner(Tone::Bad, &html! { (words) })) }
                div.head { div { h1 dir="auto" { (account.name) } p.muted.small { (account.slug) } } }
                @if let Some(why) = &account.suspended {
                    (banner(Tone::Wait, &html! { (say!("operator-suspended-why", why = why)) }))
                }
                @if let Some(ends_at) = account.ends_at { p { (say_markup!("practice-until", when = moment(ends_at))) } }
                (self.holds())
                (self.renaming(typed, of("rename")))
                (self.suspending(typed, of("suspend")))
                (self.removing(typed, of("remove")))
            },
        )
    }

    fn holds(&self) -> Markup {
        html! {
            section aria-labelledby="holds" {
                h2 #holds { (say!("operator-holds")) }
                ul { @for allowance in &self.allowances { li { (allowance.sentence()) } } }
            }
            section aria-labelledby="told" {
                h2 #told { (say!("operator-told-by-day", days = TOLD_DAYS)) }
                p.muted { (say!("operator-told-means")) }
                @if self.told.is_empty() { p { (say!("operator-told-never")) } } @else {
                    dl.facts {
                        @for (day, values) in &self.told {
                            dt { (date(Time(day * DAY))) } dd { (say!("operator-told-values", values = *values)) }
                        }
                    }
                }
            }
        }
    }

    fn renaming(&self, typed: &Acting, problem: Option<&str>) -> Markup {
        let field = Field { id: "name", label: say!("setup-organisation"), hint: None, problem };
        let value = if problem.is_some() { &typed.name } else { &self.account.name };
        html! {
            section aria-labelledby="rename" {
                h2 #rename { (say!("operator-rename")) }
                form.stack.narrow method="post" {
                    (field.around(&html! {
                        input #name name="name" value=(value) dir="auto" required autocomplete="off"
                            aria-invalid=[problem.map(|_| "true")] aria-describedby=[field.described_by()];
                    }))
                    div.actions { (answer(Weight::Plain, "act", "rename", say!("operator-rename-button"))) }
                }
            }
        }
    }

    fn suspending(&self, typed: &Acting, problem: Option<&str>) -> Markup {
        let field =
            Field { id: "why", label: say!("operator-why"), hint: Some(say!("operator-why-hint")), problem };
        html! {
            section aria-labelledby="suspend" {
                @if self.account.suspended.is_some() {
                    h2 #suspend { (say!("operator-resume")) }
                    form.stack.narrow method="post" {
                        div.actions { (answer(Weight::Plain, "act", "resume", say!("operator-resume-button"))) }
                    }
                } @else {
                    h2 #suspend { (say!("operator-suspend")) }
                    p.muted { (say!("operator-suspend-means")) }
                    form.stack.narrow method="post" {
                        (field.around(&html! {
                            textarea #why name="why" rows="3" maxlength=(WHY_MOST) required
                                aria-invalid=[problem.map(|_| "true")] aria-describedby=[field.described_by()] { (typed.why) }
                        }))
                        div.actions { (answer(Weight::Danger, "act", "suspend", say!("operator-suspend-button"))) }
                    }
                }
            }
        }
    }

    fn removing(&self, typed: &Acting, problem: Option<&str>) -> Markup {
        let label = say!("operator-type-the-slug", slug = &self.account.slug);
        let field = Field { id: "slug", label: &label, hint: None, problem };
        html! {
            section aria-labelledby="remove" {
                h2 #remove { (say!("operator-remove")) }
                p.muted { (say!("operator-remove-means", users = self.account.users)) }
                form.stack.narrow method="post" {
                    (field.around(&html! {
                        input #slug name="slug" value=(typed.slug) required autocomplete="off" spellcheck="false" autocapitalize="none"
                            aria-invalid=[problem.map(|_| "true")] aria-describedby=[field.described_by()];
                    }))
                    div.actions { (answer(Weight::Danger, "act", "remove", say!("operator-remove-button"))) }
                }
            }
        }
    }
}

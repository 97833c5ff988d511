//! What owners say of their organisation: its name, the language of its pages, how its files are read and how long they are kept. What it may
//! have at most is shown; that is the operator's.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{Allowance, DateOrder};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::AccountSettings;

use super::language::choices;
use super::tabs::{Tab, tabs};
use crate::access::{self, Actor, KEEP_DAYS_MOST, SettingsProblems};
use crate::app::App;
use crate::web::frame::components::action::{Weight, send as send_button};
use crate::web::frame::components::field::Field;
use crate::web::frame::errors::Answer;
use crate::web::frame::language::chosen;
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::signed_in::Owner;

/// What was done before the page is shown.
#[derive(Deserialize)]
pub(in crate::web) struct Done {
    done: Option<String>,
}

/// What was typed.
#[derive(Clone, Default)]
struct Typed {
    name: String,
    language: String,
    date_order: String,
    region: String,
    keep_days: String,
    activity_days: String,
}

/// What the inputs are called, in the order of [`Typed::all`].
const NAMES: [&str; 6] = ["name", "language", "date_order", "region", "keep_days", "activity_days"];

impl Typed {
    fn of(settings: &AccountSettings) -> Self {
        Self {
            name: settings.name.clone(),
            language: settings.language.map(|language| language.tag().to_owned()).unwrap_or_default(),
            date_order: settings.date_order.word().to_owned(),
            region: settings.region.clone(),
            keep_days: settings.keep_days.to_string(),
            activity_days: settings.activity_days.to_string(),
        }
    }

    fn all(&mut self) -> [&mut String; 6] {
        let Self { name, language, date_order, region, keep_days, activity_days } = self;
        [name, language, date_order, region, keep_days, activity_days]
    }

    /// What a form says, over what there is now: what this person has not touched stays as it is, whoever has changed it meanwhile.
    /// Answers also what both have changed, in words.
    fn over(mut now: Self, pairs: &[(String, String)]) -> (Self, Vec<String>) {
        let text = |name: &str| pairs.iter().find(|(of, _)| of == name).map(|(_, text)| text.as_str());
        let mut since = Vec::new();
        for (value, name) in now.all().into_iter().zip(NAMES) {
            // A form of before knows nothing of what came later.
            let Some(typed) = text(name) else { continue };
            let shown = text(&format!("{SEEN}{name}"));
            if shown.is_some_and(|shown| typed == shown) {
                continue;
            }
            if shown.is_some_and(|shown| *value != shown) && *value != typed {
                since.push(say!(
                    "settings-is-now",
                    setting = label_of(name),
                    now = said(name, value),
                    typed = said(name, typed)
                ));
            }
            typed.clone_into(value);
        }
        (now, since)
    }

    /// What it means; a number that is none is as wrong as one that is too small.
    fn read(&self, app: &App) -> AccountSettings {
        let days = |typed: &str| typed.trim().parse().unwrap_or_default();
        AccountSettings {
            name: self.name.clone(),
            language: chosen(app, &self.language),
            date_order: DateOrder::of_word(&self.date_order).unwrap_or_default(),
            region: self.region.clone(),
            keep_days: days(&self.keep_days),
            activity_days: days(&self.activity_days),
        }
    }
}

/// What the name of an input begins with that says what the form showed.
const SEEN: &str = "seen.";

fn label_of(name: &str) -> &'static str {
    match name {
        "language" => say!("language-of-pages"),
        "date_order" => say!("settings-date-order"),
        "region" => say!("settings-region"),
        "keep_days" => say!("settings-keep-days"),
        "activity_days" => say!("settings-activity-days"),
        _ => say!("setup-organisation"),
    }
}

/// A value as people read it.
fn said(name: &str, value: &str) -> String {
    match (name, DateOrder::of_word(value)) {
        ("date_order", Some(order)) => order_words(order).to_owned(),
        ("language", _) if value.is_empty() => say!("settings-language-of-browser").to_owned(),
        _ => value.to_owned(),
    }
}

/// What the page shows.
struct SettingsPage {
    typed: Typed,
    /// What both, this person and somebody else, have changed since the form was opened.
    since: Vec<String>,
    settings: AccountSettings,
    problems: SettingsProblems,
    allowances: Vec<Allowance>,
}

/// The settings as they are.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Owner(actor): Owner,
    Query(done): Query<Done>,
) -> Answer<Markup> {
    let settings = actor.account.settings();
    let page = SettingsPage::of(&app, &actor, Typed::of(&settings), settings).await?;
    Ok(page.shown(&actor, done.done.is_some()))
}

/// Changes them; the page that follows speaks the language of the organisation, for who chose none.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Owner(actor): Owner,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer<Response> {
    let (typed, since) = Typed::over(Typed::of(&actor.account.settings()), &pairs);
    let settings = typed.read(&app);
    if !since.is_empty() {
        let page = SettingsPage { since, ..SettingsPage::of(&app, &actor, typed, settings).await? };
        return Ok((StatusCode::CONFLICT, page.shown(&actor, false)).into_response());
    }
    let (account, by, wanted) = (actor.account.clone(), actor.known_as(), settings.clone());
    match app.run(move |app| access::change_settings(app, &account, &by, &wanted)).await? {
        Ok(()) => Ok(see(&format!("/o/{}/settings?done=1", actor.account.slug)).into_response()),
        Err(problems) => {
            let page = SettingsPage::of(&app, &actor, typed, settings).await?;
            let page = SettingsPage { problems, ..page };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page.shown(&actor, false)).into_response())
        }
    }
}

impl SettingsPage {
    async fn of(app: &App, actor: &Actor, typed: Typed, settings: AccountSettings) -> Answer<Self> {
        let account = actor.account.id;
        let allowances = app.run(move |app| app.store.allowances(account)).await?;
        Ok(Self { typed, settings, problems: SettingsProblems::default(), allowances, since: Vec::new() })
    }

    fn shown(&self, actor: &Actor, done: bool) -> Markup {
        let mut frame = Frame::new(actor, Part::Me, say!("layout-settings"));
        let failed = self.problems.sentences().next().is_some();
        frame.banner = if !self.since.is_empty() {
            let all = html! { ul { @for one in &self.since { li { (one) } } } };
            Some((Tone::Note, html! { p { (say!("settings-changed-since")) } (all) }))
        } else if failed {
            Some((Tone::Bad, html! { (say!("settings-not-saved")) }))
        } else {
            done.then(|| (Tone::Good, html! { (say!("settings-saved")) }))
        };
        frame.page(&html! {
            h1 { (say!("layout-settings")) }
            (tabs(actor, Tab::Settings))
            form.stack method="post" {
                @for (now, name) in Typed::of(&actor.account.settings()).all().into_iter().zip(NAMES) {
                    input type="hidden" name={ (SEEN) (name) } value=(now);
                }
                (self.name())
                (choices(self.settings.language, &html! { (say!("settings-language-of-browser")) }))
                (self.reading())
                (self.keeping())
                div.actions { (send_button(Weight::Primary, say!("settings-save"), None)) }
            }
            (self.quotas())
        })
    }

    fn name(&self) -> Markup {
        let field = Field {
            id: "name",
            label: say!("setup-organisation"),
            hint: None,
            problem: self.problems.name.as_deref(),
        };
        field.around(&html! {
            input #name name="name" value=(self.typed.name) dir="auto" autocomplete="organization" required
                aria-invalid=[field.problem.map(|_| "true")] aria-describedby=[field.described_by()];
        })
    }

    fn reading(&self) -> Markup {
        let region = Field {
            id: "region",
            label: say!("settings-region"),
            hint: Some(say!("settings-region-hint")),
            problem: self.problems.region.as_deref(),
        };
        html! {
            fieldset.radios {
                legend { (say!("settings-date-order")) }
                @for order in DateOrder::ALL {
                    label {
                        input type="radio" name="date_order" value=(order.word()) checked[order == self.settings.date_order];
                        span { (order_words(order)) }
                    }
                }
            }
            (region.around(&html! {
                input.short #region name="region" value=(self.typed.region) maxlength="2" autocapitalize="characters" spellcheck="false" required
                    aria-invalid=[region.problem.map(|_| "true")] aria-describedby=[region.described_by()];
            }))
        }
    }

    fn keeping(&self) -> Markup {
        let uploads = Field {
            id: "keep_days",
            label: say!("settings-keep-days"),
            hint: Some(say!("settings-keep-days-hint")),
            problem: self.problems.keep_days.as_deref(),
        };
        let activity = Field {
            id: "activity_days",
            label: say!("settings-activity-days"),
            hint: Some(say!("settings-activity-days-hint")),
            problem: self.problems.activity_days.as_deref(),
        };
        html! {
            (days(&uploads, &self.typed.keep_days))
            (days(&activity, &self.typed.activity_days))
        }
    }

    fn quotas(&self) -> Markup {
        html! {
            section aria-labelledby="quotas" {
                h2 #quotas { (say!("settings-quotas")) }
                p.muted { (say!("settings-quotas-whose")) }
                ul { @for allowance in &self.allowances { li { (allowance.sentence()) } } }
            }
        }
    }
}

fn days(field: &Field<'_>, typed: &str) -> Markup {
    field.around(&html! {
        input.short id=(field.id) type="number" name=(field.id) value=(typed) min="1" max=(KEEP_DAYS_MOST) required
            aria-invalid=[field.problem.map(|_| "true")] aria-describedby=[field.described_by()];
    })
}

fn order_words(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayMonthYear => say!("settings-day-month-year"),
        DateOrder::MonthDayYear => say!("settings-month-day-year"),
        DateOrder::YearMonthDay => say!("settings-year-month-day"),
    }
}

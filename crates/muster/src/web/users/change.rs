//! What is to be changed of a selection: up to ten lines, each with the input that its field asks for. It becomes an import, which is
//! reviewed as any other.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{ChangeRule, Field, Fields, Kind, RuleStep};
use import::{self, Begun, NewChange};
use maud::{Markup, html};
use sentences::say;
use store::{Complete, RuleUsers, Selection};

use super::selected::of_address;
use crate::access::Actor;
use crate::app::App;
use crate::web::frame::components::action::{Weight, answer};
use crate::web::frame::components::bar::bar;
use crate::web::frame::components::field::rows_of;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::reply::see;
use crate::web::frame::sent::Form;
use crate::web::frame::signed_in::Editor;

/// A line as it was typed.
struct Line {
    key: String,
    step: String,
    text: String,
    with: String,
}

/// What the page shows.
struct ChangePage {
    actor: Actor,
    selection: Selection,
    fields: Fields,
    lines: Vec<Line>,
    problem: Option<String>,
}

/// The page, without a line yet.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Editor(actor): Editor,
    Path((_, id)): Path<(String, String)>,
) -> Answer<Markup> {
    Ok(page(&app, actor, &id, &[]).await?.markup())
}

/// Adds a line, takes one away, or begins the import and goes to its page.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Editor(actor): Editor,
    Path((_, id)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer<Response> {
    let mut page = page(&app, actor, &id, &pairs).await?;
    let wish = pairs.iter().find(|(name, _)| name == "do").map_or("add", |(_, wish)| wish.as_str());
    if let Some(line) = wish.strip_prefix("remove.").and_then(|line| line.parse::<usize>().ok()) {
        if line < page.lines.len() {
            page.lines.remove(line);
        }
        return Ok(page.markup().into_response());
    }
    if wish != "start" {
        page.add(&pairs);
        return Ok(page.markup().into_response());
    }
    match page.begin(&app).await? {
        Ok(address) => Ok(see(&address).into_response()),
        Err(problem) => {
            page.problem = Some(problem);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page.markup()).into_response())
        }
    }
}

async fn page(app: &App, actor: Actor, id: &str, pairs: &[(String, String)]) -> Answer<ChangePage> {
    let selection = of_address(app, &actor, id).await?;
    if selection.next.is_some() {
        return Err(Failure::Unknown);
    }
    let account = actor.account.id;
    let fields = app.run(move |app| app.store.fields(account)).await?;
    let lines = (0..ChangeRule::MOST).filter_map(|number| Line::read(pairs, number)).collect();
    Ok(ChangePage { actor, selection, fields, lines, problem: None })
}

fn texts<'p>(pairs: &'p [(String, String)], name: &str) -> impl Iterator<Item = &'p str> {
    let name = name.to_owned();
    pairs.iter().filter(move |(of, _)| *of == name).map(|(_, text)| text.as_str())
}

impl Line {
    fn read(pairs: &[(String, String)], number: usize) -> Option<Self> {
        let all = |part: &str| {
            let texts: Vec<&str> = texts(pairs, &format!("{part}.{number}")).collect();
            // Breaks as values have them: a form sends them as mails do.
            texts.join("; ").replace("\r\n", "\n")
        };
        let key = Some(all("field")).filter(|key| !key.is_empty())?;
        Some(Self { key, step: all("step"), text: all("text"), with: all("with") })
    }

    fn read_step(&self) -> Option<RuleStep> {
        RuleStep::of_word(&self.step, self.text.clone(), self.with.clone())
    }
}

impl ChangePage {
    /// Adds the line that was chosen: `department.set`.
    fn add(&mut self, pairs: &[(String, String)]) {
        let chosen = texts(pairs, "line").next().and_then(|line| line.split_once('.'));
        let Some((key, step)) = chosen else { return };
        if self.lines.len() < ChangeRule::MOST && self.fields.by_key(key).is_some() {
            let (key, step) = (key.to_owned(), step.to_owned());
            self.lines.push(Line { key, step, text: String::new(), with: String::new() });
        }
    }

    /// Begins the import; answers its address, or what is wrong with the lines.
    async fn begin(&self, app: &App) -> Answer<Result<String, String>> {
        let lines: Option<Vec<_>> =
            self.lines.iter().map(|line| Some((line.key.clone(), line.read_step()?))).collect();
        let new = NewChange {
            lines: lines.ok_or(Failure::Nonsense(say!("change-could-not-be-read")))?,
            users: RuleUsers::Selection(self.selection.id),
            actor: self.actor.name.clone(),
            complete: Complete::Never,
            leave_out_errors: false,
            keep: true,
        };
        let account = self.actor.account.id;
        match app.run(move |app| import::change(app, account, new)).await? {
            Begun::Started(id) => Ok(Ok(format!("/o/{}/imports/{id}", self.actor.account.slug))),
            Begun::Refused(refused) => Ok(Err(refused.sentence())),
            Begun::NoSelection => Err(Failure::Unknown),
        }
    }

    fn markup(&self) -> Markup {
        let here = format!("/o/{}/selections/{}", self.actor.account.slug, self.selection.id);
        let title = say!("change-title", users = self.selection.users);
        let mut frame = Frame::new(&self.actor, Part::Users, &title);
        frame.bar = Some(self.bar(&here));
        frame.page(&html! {
            h1 { (title) }
            p.muted { (say!("change-hint")) }
            @if let Some(problem) = &self.problem { p.problem #problem role="alert" { (problem) } }
            form.stack #changing method="post" action={ (here) "/change" } novalidate {
                @for (number, line) in self.lines.iter().enumerate() { (self.line(number, line)) }
                @if self.lines.len() < ChangeRule::MOST { (self.further()) }
            }
        })
    }

    fn bar(&self, here: &str) -> Markup {
        let none = self.lines.is_empty();
        let weight = if none { Weight::Plain } else { Weight::Primary };
        let words = html! { a href=(here) { (say!("change-back")) } };
        let buttons = html! {
            button class=(weight.class()) type="submit" form="changing" name="do" value="start" disabled[none] {
                (say!("change-review"))
            }
        };
        bar(&words, &buttons)
    }

    /// The choice of a further line: a field, and what is done with it. The first button of the form, so that Enter never begins the import.
    fn further(&self) -> Markup {
        html! {
            div.row {
                div.field {
                    label for="line" { (say!("change-line")) }
                    select #line name="line" {
                        @for field in self.fields.current().filter(|field| !field.read_only) {
                            optgroup label=(field.title()) {
                                @for word in RuleStep::words_for(field.kind) {
                                    option value={ (field.key) "." (word) } { (words_of(field.title(), word)) }
                                }
                            }
                        }
                    }
                }
                (answer(Weight::Plain, "do", "add", say!("change-add-line")))
            }
        }
    }

    fn line(&self, number: usize, line: &Line) -> Markup {
        let Some(field) = self.fields.by_key(&line.key) else { return html! {} };
        let legend = words_of(field.title(), &line.step);
        let texts = match line.step.as_str() {
            "clear" => html! { p.hint { (say!("change-cleared")) } },
            "replace" => html! {
                (typed(field.kind, &format!("text.{number}"), say!("change-replace"), &line.text))
                (typed(field.kind, &format!("with.{number}"), say!("change-with"), &line.with))
            },
            _ => editor(number, field, &line.text),
        };
        html! {
            fieldset.card.card-row {
                legend { (legend) }
                input type="hidden" name={ "field." (number) } value=(line.key);
                input type="hidden" name={ "step." (number) } value=(line.step);
                div.row {
                    (texts)
                    button.button.quiet type="submit" name="do" value={ "remove." (number) } aria-label=(say!("change-remove", line = &legend)) { "✕" }
                }
            }
        }
    }
}

/// What a line does, before its texts are typed.
fn words_of(title: &str, step: &str) -> String {
    match step {
        "clear" => say!("change-clear", field = title),
        "replace" => say!("change-in", field = title),
        "add" => say!("change-add", field = title),
        "take_away" => say!("change-take-away", field = title),
        _ => say!("change-set", field = title),
    }
}

fn input(name: &str, label: &str, text: &str, kind: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            input id=(name) name=(name) type=(kind) value=(text) dir="auto" autocomplete="off" spellcheck="false"
                inputmode=[(kind == "number").then_some("decimal")];
        }
    }
}

/// The input that a field asks for.
fn editor(number: usize, field: &Field, text: &str) -> Markup {
    let name = format!("text.{number}");
    match field.kind {
        Kind::Choice | Kind::Status | Kind::YesNo => select(&name, field, text),
        Kind::Choices => ticks(&name, field, text),
        Kind::Date => input(&name, say!("change-value"), text, "date"),
        Kind::Email => input(&name, say!("change-value"), text, "email"),
        Kind::Phone => input(&name, say!("change-value"), text, "tel"),
        Kind::User => input(&name, say!("change-user"), text, "text"),
        Kind::Language => input(&name, say!("change-language"), text, "text"),
        kind => typed(kind, &name, say!("change-value"), text),
    }
}

/// A text, which may have several lines where its field takes any.
fn typed(kind: Kind, name: &str, label: &str, text: &str) -> Markup {
    if kind != Kind::Text {
        return input(name, label, text, "text");
    }
    html! {
        div.field {
            label for=(name) { (label) }
            textarea id=(name) name=(name) rows=(rows_of(kind, text).unwrap_or(1)) dir="auto" autocomplete="off" spellcheck="false" { "\n" (text) }
        }
    }
}

fn options(field: &Field) -> Vec<String> {
    let shown = |stored: &str| field.shown(Some(stored), None);
    match field.kind {
        Kind::Status => ["active", "inactive"].map(shown).into(),
        Kind::YesNo => ["yes", "no"].map(shown).into(),
        _ => {
            field.choices.iter().filter(|choice| !choice.retired).map(|choice| choice.label.clone()).collect()
        }
    }
}

fn select(name: &str, field: &Field, text: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (say!("change-value")) }
            select id=(name) name=(name) {
                option value="" { "–" }
                @for option in options(field) { option value=(option) selected[option == text] { (field.said(&option)) } }
            }
        }
    }
}

fn ticks(name: &str, field: &Field, text: &str) -> Markup {
    let chosen: Vec<&str> = text.split(';').map(str::trim).collect();
    html! {
        div.ticks role="group" aria-label=(field.title()) {
            @for option in options(field) {
                label.tick {
                    input type="checkbox" name=(name) value=(option) checked[chosen.contains(&option.as_str())];
                    (option)
                }
            }
        }
    }
}

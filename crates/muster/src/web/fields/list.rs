//! All fields of an organisation, in the order of its workbooks; a new one; and other places for those that are there.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{Field, FieldEdit, Fields, Kind, NewField, pasted_labels, suggested_key};
use import::FieldRefusal;
use maud::{Markup, html};
use sentences::say;
use store::Result;

use super::sent::{Sent, kind_of, line_of, words_of};
use crate::access::{Action, Actor, may};
use crate::app::App;
use crate::web::frame::components::action::{Weight, go};
use crate::web::frame::components::field;
use crate::web::frame::components::mark::{Of, mark};
use crate::web::frame::components::table::{Column, Width, table};
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::reply::see;
use crate::web::frame::sent::Form;
use crate::web::frame::signed_in::{Owner, Viewer};
use crate::web::frame::words::say_markup;
use crate::web::me::tabs::{Tab, tabs};

/// What the page shows.
struct ListPage {
    actor: Actor,
    fields: Fields,
    /// What was typed of a new field, and why it is none.
    typed: Sent,
    problem: Option<String>,
}

/// The list.
pub(in crate::web) async fn show(State(app): State<App>, Viewer(actor): Viewer) -> Answer<Markup> {
    let account = actor.account.id;
    let fields = app.run(move |app| app.store.fields(account)).await?;
    Ok(ListPage { actor, fields, typed: Sent(Vec::new()), problem: None }.markup())
}

/// Adds a field and goes to its page, or moves one.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Owner(actor): Owner,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer<Response> {
    let (sent, of) = (Sent(pairs), actor.clone());
    let here = format!("/o/{}/fields", actor.account.slug);
    if !sent.text("add").is_empty() {
        let kind = kind_of(sent.text("type"))?;
        let (sent, added) = app.run(move |app| add(app, &of, sent, kind)).await?;
        return match added {
            Ok(field) => Ok(see(&format!("{here}/{}?done=made", field.key)).into_response()),
            Err(refused) => {
                let account = actor.account.id;
                let fields = app.run(move |app| app.store.fields(account)).await?;
                let page = ListPage { actor, fields, typed: sent, problem: Some(refused.sentence()) };
                Ok((StatusCode::UNPROCESSABLE_ENTITY, page.markup()).into_response())
            }
        };
    }
    let placed = app.run(move |app| place(app, &of, &sent)).await?;
    let key = placed.map_err(|_| Failure::Nonsense(say!("sent-what-was-sent-is-not")))?;
    Ok(see(&format!("{here}#field.{key}")).into_response())
}

type Added = (Sent, std::result::Result<Field, FieldRefusal>);

fn add(app: &App, actor: &Actor, sent: Sent, kind: Kind) -> Result<Added> {
    let fields = app.store.fields(actor.account.id)?;
    let new = NewField {
        key: suggested_key(&fields, sent.text("title")),
        title: sent.text("title").to_owned(),
        kind,
        required: sent.has("required"),
        unique: sent.has("unique"),
        searched: false,
        pattern: None,
        choices: pasted_labels(sent.text("choices")),
    };
    let line = line_of(actor, &new.key);
    let noting = app.noting(&line, &[actor.account.id]);
    let added = import::add_field(&noting, actor.account.id, &actor.name, &new)?;
    if added.is_ok() {
        line.tell();
    }
    Ok((sent, added))
}

/// Moves the field that was pressed up or down, or dropped: `move` is its key, `to` its place.
fn place(app: &App, actor: &Actor, sent: &Sent) -> Result<std::result::Result<String, FieldRefusal>> {
    let fields = app.store.fields(actor.account.id)?;
    let at = |key: &str| fields.current().position(|field| field.key == key).unwrap_or_default();
    let (key, to) = match (sent.text("up"), sent.text("down")) {
        ("", "") => (sent.text("move"), sent.text("to").parse().unwrap_or(usize::MAX)),
        ("", key) => (key, at(key) + 1),
        (key, _) => (key, at(key).saturating_sub(1)),
    };
    let (line, account) = (line_of(actor, key), actor.account.id);
    let noting = app.noting(&line, &[account]);
    let moved = import::edit_field(&noting, account, &actor.name, key, &[FieldEdit::Place(to)])?;
    if moved.is_ok() {
        line.tell();
    }
    Ok(moved.map(|field| field.key))
}

impl ListPage {
    fn markup(&self) -> Markup {
        let mut frame = Frame::new(&self.actor, Part::Me, say!("fields-title"));
        frame.banner =
            self.problem.as_ref().map(|problem| (Tone::Bad, html! { a href="#title" { (problem) } }));
        let owns = may(self.actor.role, Action::Own);
        let retired: Vec<&Field> = self.fields.all().iter().filter(|field| field.retired).collect();
        frame.page(&html! {
            h1 { (say!("fields-title")) }
            (tabs(&self.actor, Tab::Fields))
            p.muted { (say!("fields-lead")) }
            @if !owns { p.muted { (say!("fields-owners-change")) } }
            (self.without_options(owns))
            form method="post" data-ordering[owns] {
                input type="hidden" name="move" value="" disabled;
                input type="hidden" name="to" value="" disabled;
                (self.table(owns))
            }
            @if owns { (self.adding()) }
            @if !retired.is_empty() {
                section {
                    h2 { (say!("fields-retired")) }
                    ul.choices.rows { @for field in retired { li { (self.link(field)) span.muted { (field.key) } } } }
                }
            }
        })
    }

    /// Fields that ask for an option and have none, with the way to give them some.
    fn without_options(&self, owns: bool) -> Markup {
        let empty =
            self.fields.current().filter(|field| field.takes_choices() && field.options().next().is_none());
        html! {
            @for field in empty {
                div.banner.note {
                    span.icon aria-hidden="true" { "i" }
                    div {
                        p { (say!("fields-no-options-yet", title = field.title())) }
                        @if owns {
                            p { (go(Weight::Plain, &format!("{}#options", self.address(field)), &say!("fields-add-options-to", title = field.title()))) }
                        }
                    }
                }
            }
        }
    }

    fn address(&self, field: &Field) -> String {
        format!("/o/{}/fields/{}", self.actor.account.slug, field.key)
    }

    fn link(&self, field: &Field) -> Markup {
        html! { a dir="auto" href=(self.address(field)) { (field.title()) } }
    }

    fn table(&self, owns: bool) -> Markup {
        let mut columns = vec![
            Column::new(say!("fields-column-title"), Width::Rest),
            Column::new(say!("fields-column-key"), Width::Value).wide_only(),
            Column::new(say!("fields-column-type"), Width::Middle).wide_only(),
            Column::new(say!("fields-column-options"), Width::Number).of_numbers().wide_only(),
        ];
        if owns {
            columns.push(Column::new(say!("fields-column-order"), Width::Status));
        }
        let last = self.fields.current().count().saturating_sub(1);
        let rows = html! {
            @for (place, field) in self.fields.current().enumerate() { (self.row(field, place, last, owns)) }
        };
        table(say!("fields-title"), &columns, &rows)
    }

    fn row(&self, field: &Field, place: usize, last: usize, owns: bool) -> Markup {
        let options = if field.takes_choices() { field.options().count().to_string() } else { String::new() };
        let arrow = |name: &str, sign: &str, words: String, off: bool| {
            html! {
                button.button.quiet.small type="submit" name=(name) value=(field.key) aria-label=(words) disabled[off] { (sign) }
            }
        };
        html! {
            tr id={ "field." (field.key) } data-key=(field.key) {
                th scope="row" {
                    (self.link(field)) " "
                    @if field.required { (mark(Of::Quiet, say!("fields-required"))) " " }
                    @if field.unique { (mark(Of::Quiet, say!("fields-unique"))) " " }
                    @if field.read_only { (mark(Of::Quiet, say!("fields-read-only"))) }
                }
                td.not-small { code { (field.key) } }
                td.not-small { (words_of(field.kind)) }
                td.not-small.num { (options) }
                @if owns {
                    td {
                        (arrow("up", "↑", say!("fields-up", title = field.title()), place == 0))
                        (arrow("down", "↓", say!("fields-down", title = field.title()), place == last))
                    }
                }
            }
        }
    }

    /// The form of a new field.
    fn adding(&self) -> Markup {
        let title = field::Field { id: "title", label: say!("fields-new-title"), hint: None, problem: None };
        let kind = field::Field { id: "type", label: say!("fields-new-type"), hint: None, problem: None };
        let hint = Some(say!("fields-new-options-hint"));
        let choices = field::Field { id: "choices", label: say!("fields-new-options"), hint, problem: None };
        let tick = |name: &str, words: &str| {
            html! { label.tick { input type="checkbox" name=(name) value="1" checked[self.typed.has(name)]; (words) } }
        };
        html! {
            section #new {
                h2 { (say!("fields-add")) }
                form.stack method="post" {
                    (title.around(&html! { input #title name="title" value=(self.typed.text("title")) maxlength="200" required dir="auto" autocomplete="off"; }))
                    (kind.around(&html! {
                        select #type name="type" {
                            @for (word, kind) in Kind::CUSTOM {
                                option value=(word) selected[self.typed.text("type") == word] { (words_of(kind)) }
                            }
                        }
                    }))
                    (choices.around(&html! { textarea #choices name="choices" rows="4" dir="auto" aria-describedby=[choices.described_by()] { (self.typed.text("choices")) } }))
                    div.choices { (tick("required", say!("fields-tick-required"))) (tick("unique", say!("fields-tick-unique"))) }
                    button.button.primary type="submit" name="add" value="1" { (say!("fields-add")) }
                }
                p.muted { (say_markup!("fields-key-hint", help = html! { a href="/help" { (say!("layout-help")) } })) }
            }
        }
    }
}

//! One field: what it is called and demands, its options, and taking it out of use. What a change would mean for users is said before it is
//! saved.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{Field, FieldEdit, FieldProblem};
use import::FieldRefusal;
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::Result;

use super::options::{self, Options};
use super::page::{FieldPage, Next};
use super::sent::{Sent, line_of, words_of};
use crate::access::{Action, may};
use crate::app::App;
use crate::web::frame::components::action::Weight;
use crate::web::frame::components::field;
use crate::web::frame::components::question::is_sure;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::signed_in::{Owner, Viewer};
use crate::web::me::tabs::{Tab, tabs};

/// What was done before the page is shown, and from which option on they are listed.
#[derive(Deserialize)]
pub(in crate::web) struct Wanted {
    done: Option<String>,
    #[serde(default)]
    from: usize,
}

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Path((_, key)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Answer<Markup> {
    let page = FieldPage::load(&app, actor, key, wanted.from).await?;
    let said = wanted.done.as_deref().and_then(said);
    Ok(page.markup(said.map(|words| (Tone::Good, html! { (words) })), None))
}

/// Does one thing with the field, or asks before it does.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Owner(actor): Owner,
    Path((_, key)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer<Response> {
    let account = actor.account.id;
    let page = FieldPage::load(&app, actor, key, 0).await?;
    let (page, next) = app
        .run_aside(account, move |app| {
            let line = line_of(&page.actor, &page.field.key);
            let mut noting = app.clone();
            noting.store = app.noting(&line, &[account]).store;
            let next = page.next(&noting, &Sent(pairs))?;
            Ok((page, next))
        })
        .await?;
    match next {
        Next::Ask(question) => Ok(page.markup(None, Some(&question)).into_response()),
        Next::Done(done, address) => {
            line_of(&page.actor, &page.field.key).tell();
            let address = address.unwrap_or_else(|| format!("{}?done={done}", page.address()));
            Ok(see(&address).into_response())
        }
        Next::Refused(refused) => {
            let banner = Some((Tone::Bad, page.refusal(&refused)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page.markup(banner, None)).into_response())
        }
        Next::Unknown => Err(Failure::Nonsense(say!("sent-what-was-sent-is-not"))),
    }
}

fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "made" => say!("fields-made"),
        "saved" => say!("fields-saved"),
        "retired" => say!("fields-was-retired"),
        "back" => say!("fields-is-back"),
        "options" => say!("fields-options-saved"),
        _ => return None,
    })
}

impl FieldPage {
    fn next(&self, app: &App, sent: &Sent) -> Result<Next> {
        match sent.act() {
            ("save", None) => self.save(app, sent),
            ("retire", None) => self.retire(app, sent),
            ("back", None) => self.edited(app, "back", &[FieldEdit::Retired(false)]),
            _ => options::next(self, app, sent),
        }
    }

    fn save(&self, app: &App, sent: &Sent) -> Result<Next> {
        let required = sent.has("required") || !self.field.may_be_optional() && self.field.required;
        // A title that was left as the page says it in its language stays the one that is kept, so that others read theirs.
        let typed = sent.text("title");
        let title = if typed.trim() == self.field.title() { self.field.title.as_str() } else { typed };
        let mut edits = vec![FieldEdit::Title(title.to_owned()), FieldEdit::Required(required)];
        if self.field.may_be_unique() {
            edits.push(FieldEdit::Unique(sent.has("unique")));
        }
        if self.field.may_be_searched() {
            edits.push(FieldEdit::Searched(sent.has("searched")));
        }
        if self.field.takes_pattern() {
            edits.push(FieldEdit::Pattern(Some(sent.text("pattern").to_owned())));
        }
        let edited = match self.fields.edited(&self.field.key, &edits) {
            Ok(edited) => edited,
            Err(problem) => return Ok(Next::Refused(FieldRefusal::Problem(problem))),
        };
        if is_sure(&sent.0) {
            return self.edited(app, "saved", &edits);
        }
        let without = if required && !self.field.required { self.used.without } else { 0 };
        let unlike = self.unlike(app, edited.by_key(&self.field.key))?;
        if without == 0 && unlike == 0 {
            return self.edited(app, "saved", &edits);
        }
        let words = html! {
            h2 { (say!("fields-before-saving")) }
            @if without > 0 { p { (say!("fields-without-value", users = without)) } }
            @if unlike > 0 { p { (say!("fields-unlike-pattern", users = unlike)) } }
            p.muted { (say!("fields-required-means")) }
        };
        let button = if unlike > 0 { say!("fields-save-all-the-same") } else { say!("fields-save-anyway") };
        Ok(Next::Ask(self.question(words, Some(button), Weight::Primary).markup(&sent.0, &html! {})))
    }

    /// How many users have a value that is not as the pattern of the field says, if that becomes another one.
    fn unlike(&self, app: &App, edited: Option<&Field>) -> Result<i64> {
        let Some(edited) = edited.filter(|edited| edited.pattern != self.field.pattern) else { return Ok(0) };
        app.store.users_unlike(self.actor.account.id, edited, |value| edited.fits_pattern(value))
    }

    fn retire(&self, app: &App, sent: &Sent) -> Result<Next> {
        if !self.field.may_retire() {
            let problem = FieldProblem::Needed(self.field.title().to_owned());
            return Ok(Next::Refused(FieldRefusal::Problem(problem)));
        }
        if is_sure(&sent.0) || self.used.with == 0 {
            return self.edited(app, "retired", &[FieldEdit::Retired(true)]);
        }
        let words = html! {
            h2 { (say!("fields-before-retiring")) }
            p { (say!("fields-used-by", users = self.used.with)) }
            p.muted { (say!("fields-retired-means")) }
        };
        Ok(Next::Ask(
            self.question(words, Some(say!("fields-retire")), Weight::Danger).markup(&sent.0, &html! {}),
        ))
    }

    /// Why it may not be; of shared values, who has them.
    fn refusal(&self, refused: &FieldRefusal) -> Markup {
        let FieldRefusal::Shared(field, shared) = refused else {
            return html! { p { (refused.sentence()) } };
        };
        let slug = &self.actor.account.slug;
        html! {
            p { (say!("fields-values-doubled", values = shared.count)) }
            ul {
                @for value in &shared.first {
                    li {
                        span dir="auto" { (field.shown(Some(&value.value), None)) } ": "
                        @for user in &value.users { a href={ "/o/" (slug) "/users/" (user) } { (user) } " " }
                        @if value.count > value.users.len() { (say!("fields-and-more", more = value.count - value.users.len())) }
                    }
                }
            }
            p { (say!("fields-doubled-next")) }
        }
    }

    fn markup(&self, banner: Option<(Tone, Markup)>, question: Option<&Markup>) -> Markup {
        let owns = may(self.actor.role, Action::Own);
        let title = self.field.title();
        let mut frame = Frame::new(&self.actor, Part::Me, title);
        frame.banner = banner;
        frame.page(&html! {
            p { a href={ "/o/" (self.actor.account.slug) "/fields" } { (say!("fields-all")) } }
            h1 dir="auto" { (title) }
            (tabs(&self.actor, Tab::Fields))
            @if let Some(question) = question { (question) } @else {
                (self.facts())
                @if owns && !self.field.retired { (self.form()) }
                @if self.field.takes_choices() && !self.field.retired { (Options { page: self, owns }.markup()) }
                @if owns { (self.ending()) }
            }
        })
    }

    fn facts(&self) -> Markup {
        let field = &self.field;
        html! {
            dl.facts {
                dt { (say!("fields-column-key")) } dd { code { (field.key) } }
                dt { (say!("fields-column-type")) } dd { (words_of(field.kind)) }
                dt { (say!("fields-use")) }
                dd {
                    (say!("fields-used-by", users = self.used.with)) " "
                    @if self.used.without > 0 { (say!("fields-without-value", users = self.used.without)) }
                }
                @if field.retired { dt { (say!("fields-state")) } dd { (say!("fields-is-retired")) } }
                @if field.read_only { dt { (say!("fields-state")) } dd { (say!("fields-read-only")) } }
                @if let Some(length) = field.max_length { dt { (say!("fields-length")) } dd { (say!("fields-letters", letters = length)) } }
            }
        }
    }

    fn form(&self) -> Markup {
        let of = &self.field;
        let title = field::Field { id: "title", label: say!("fields-new-title"), hint: None, problem: None };
        let hint = Some(say!("fields-pattern-hint"));
        let pattern = field::Field { id: "pattern", label: say!("fields-pattern"), hint, problem: None };
        html! {
            form.stack method="post" action=(self.address()) {
                input type="hidden" name="act" value="save";
                (title.around(&html! { input #title name="title" value=(of.title()) maxlength="200" required dir="auto" autocomplete="off"; }))
                div.choices {
                    label.tick {
                        input type="checkbox" name="required" value="1" checked[of.required] disabled[!of.may_be_optional()];
                        (say!("fields-tick-required"))
                    }
                    @if of.may_be_unique() {
                        label.tick { input type="checkbox" name="unique" value="1" checked[of.unique]; (say!("fields-tick-unique")) }
                    }
                    @if of.may_be_searched() {
                        label.tick { input type="checkbox" name="searched" value="1" checked[of.searched]; (say!("fields-tick-searched")) }
                    }
                }
                @if of.takes_pattern() {
                    (pattern.around(&html! {
                        input #pattern name="pattern" value=(of.pattern.as_deref().unwrap_or_default()) maxlength="1000" autocomplete="off"
                            spellcheck="false" aria-describedby=[pattern.described_by()];
                    }))
                }
                button.button.primary type="submit" { (say!("fields-save")) }
            }
        }
    }

    fn ending(&self) -> Markup {
        let (act, words) = match (self.field.retired, self.field.may_retire()) {
            (true, _) => ("back", say!("fields-take-back")),
            (false, true) => ("retire", say!("fields-retire-ask")),
            (false, false) => return html! {},
        };
        html! {
            section {
                h2 { (if self.field.retired { say!("fields-retired-title") } else { say!("fields-retire-title") }) }
                p.muted { (say!("fields-retired-means")) }
                form method="post" action=(self.address()) { input type="hidden" name="act" value=(act); button.button type="submit" { (words) } }
            }
        }
    }
}

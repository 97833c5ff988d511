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
    Ok(page.markup(said.map(|words| (Tone::Good, html! { (words) })), None, None))
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
        Next::Ask(question) => Ok(page.markup(None, Some(&question), None).into_response()),
        Next::Done(done, address) => {
            line_of(&page.actor, &page.field.key).tell();
            let address = address.unwrap_or_else(|| format!("{}?done={done}", page.address()));
            Ok(see(&address).into_response())
        }
        Next::Refused(refused) => {
            let banner = Some((Tone::Bad, page.refusal(&refused)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page.markup(banner, None, None)).into_response())
        }
        Next::Overtaken(since, typed) => {
            let words =
                html! { p { (say!("fields-changed-since")) } ul { @for one in &since { li { (one) } } } };
            let page = page.markup(Some((Tone::Note, words)), None, Some(&Sent(typed)));
            Ok((StatusCode::CONFLICT, page).into_response())
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
        let properties = properties(&self.field);
        let since: Vec<String> = properties.iter().filter_map(|of| of.overtaken(sent)).collect();
        if !since.is_empty() {
            return Ok(Next::Overtaken(since, sent.0.clone()));
        }
        // What this person has not touched stays as it is, whoever has changed it meanwhile.
        let touched = properties.iter().filter(|of| of.is_touched(sent));
        let edits: Vec<FieldEdit> = touched.map(|of| (of.edit)(sent.text(of.name).to_owned())).collect();
        let required = edits.contains(&FieldEdit::Required(true));
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

    /// The page; with what was typed in place of what there is, where that has to be looked at again.
    fn markup(
        &self,
        banner: Option<(Tone, Markup)>,
        question: Option<&Markup>,
        typed: Option<&Sent>,
    ) -> Markup {
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
                @if owns && !self.field.retired { (self.form(typed)) }
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

    fn form(&self, typed: Option<&Sent>) -> Markup {
        let of = &self.field;
        let shown = |name: &str, now: &str| typed.map_or(now, |typed| typed.text(name)).to_owned();
        let ticked = |name: &str, now: bool| typed.map_or(now, |typed| typed.has(name));
        let title = field::Field { id: "title", label: say!("fields-new-title"), hint: None, problem: None };
        let hint = Some(say!("fields-pattern-hint"));
        let pattern = field::Field { id: "pattern", label: say!("fields-pattern"), hint, problem: None };
        html! {
            form.stack method="post" action=(self.address()) {
                input type="hidden" name="act" value="save";
                @for property in properties(of) { input type="hidden" name=(property.seen()) value=(property.now); }
                (title.around(&html! { input #title name="title" value=(shown("title", of.title())) maxlength="200" required dir="auto" autocomplete="off"; }))
                div.choices {
                    label.tick {
                        input type="checkbox" name="required" value="1" checked[ticked("required", of.required)] disabled[!of.may_be_optional()];
                        (say!("fields-tick-required"))
                    }
                    @if of.may_be_unique() {
                        label.tick { input type="checkbox" name="unique" value="1" checked[ticked("unique", of.unique)]; (say!("fields-tick-unique")) }
                    }
                    @if of.may_be_searched() {
                        label.tick { input type="checkbox" name="searched" value="1" checked[ticked("searched", of.searched)]; (say!("fields-tick-searched")) }
                    }
                }
                @if of.takes_pattern() {
                    (pattern.around(&html! {
                        input #pattern name="pattern" value=(shown("pattern", of.pattern.as_deref().unwrap_or_default())) maxlength="1000" autocomplete="off"
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

/// One thing that the form says of the field.
struct Property {
    /// The name of its input.
    name: &'static str,
    /// What people read beside it.
    label: &'static str,
    /// What it is now, as the form sends it; a tick that is not set is empty.
    now: String,
    /// What becomes of the field by what was sent.
    edit: fn(String) -> FieldEdit,
}

impl Property {
    /// The name under which a form says what it showed.
    fn seen(&self) -> String {
        format!("seen.{}", self.name)
    }

    /// What the form showed; a form that does not say so showed what there is.
    fn shown<'s>(&'s self, sent: &'s Sent) -> &'s str {
        let name = self.seen();
        sent.0.iter().find(|(of, _)| *of == name).map_or(&self.now, |(_, text)| text)
    }

    fn is_touched(&self, sent: &Sent) -> bool {
        let typed = sent.text(self.name).trim();
        typed != self.shown(sent) && typed != self.now
    }

    /// What is said when somebody else has changed it, too, into something else.
    fn overtaken(&self, sent: &Sent) -> Option<String> {
        let is_other = self.now != self.shown(sent) && self.is_touched(sent);
        is_other.then(|| {
            say!("fields-is-now", property = self.label, now = &self.now, typed = sent.text(self.name))
        })
    }
}

/// What the form of a field says of it, as it is now.
fn properties(field: &Field) -> Vec<Property> {
    let tick = |is_set: bool| if is_set { "1" } else { "" }.to_owned();
    let mut all = vec![Property {
        name: "title",
        label: say!("fields-new-title"),
        // As the page says it in its language: left so, it stays the one that is kept, and others read theirs.
        now: field.title().to_owned(),
        edit: FieldEdit::Title,
    }];
    if field.may_be_optional() {
        let edit = |text: String| FieldEdit::Required(!text.is_empty());
        all.push(Property {
            name: "required",
            label: say!("fields-tick-required"),
            now: tick(field.required),
            edit,
        });
    }
    if field.may_be_unique() {
        let edit = |text: String| FieldEdit::Unique(!text.is_empty());
        all.push(Property {
            name: "unique",
            label: say!("fields-tick-unique"),
            now: tick(field.unique),
            edit,
        });
    }
    if field.may_be_searched() {
        let edit = |text: String| FieldEdit::Searched(!text.is_empty());
        all.push(Property {
            name: "searched",
            label: say!("fields-tick-searched"),
            now: tick(field.searched),
            edit,
        });
    }
    if field.takes_pattern() {
        let now = field.pattern.clone().unwrap_or_default();
        let edit = |text: String| FieldEdit::Pattern(Some(text));
        all.push(Property { name: "pattern", label: say!("fields-pattern"), now, edit });
    }
    all
}

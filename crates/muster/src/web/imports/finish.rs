//! The way out of a review: completing it, who would be left out when they are many, and the question before an import is given up.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use directory::{BlastKind, Counts};
use import::{self, Agreed, Completion, ReviewIssue, ReviewKind};
use maud::{Markup, html};
use sentences::say;
use store::{AccountId, ImportId, ImportState, PageStart, Result};

use super::kinds::{kind_title, kind_word, kind_words};
use super::list::name_of;
use super::notice::Notice;
use super::place::Tally;
use super::reviewing::{Reviewing, Shown};
use super::viewed::{Changing, Viewed, address};
use crate::access::{Action, may};
use crate::app::App;
use crate::web::frame::components::action::{self, Weight};
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::words::say_markup;

/// What a form holds, by the names of its inputs.
type Pairs = Vec<(String, String)>;

/// So many of those who would be left out are named.
const NAMED: u32 = 20;

/// Completes it, as the plan says that was reviewed. What hits many users hard has to be ticked, and who would be left out is shown
/// first when they are many.
pub(in crate::web) async fn complete(
    State(app): State<App>,
    Changing { actor, id }: Changing,
    Form(pairs): Form<Pairs>,
) -> Answer<Redirect> {
    let text = |name: &str| pairs.iter().find(|(of, _)| of == name).map(|(_, value)| value.clone());
    let (leave_out, is_sure) = (text("leave_out").is_some(), text("sure").is_some());
    let plan = text("plan").filter(|plan| !plan.is_empty()).map(|plan| plan.parse()).transpose();
    let plan = plan.map_err(|_| Failure::Nonsense(say!("sent-what-was-sent-is-not")))?;
    let agreed: Vec<BlastKind> = pairs
        .iter()
        .filter(|(name, _)| name == "agreed")
        .filter_map(|(_, word)| BlastKind::of_word(word))
        .collect();
    let (account, here) = (actor.account.id, address(&actor, id));
    let words: Vec<String> = agreed.iter().map(|kind| format!("agreed={}", kind.word())).collect();
    let job = move |app: &App| {
        if leave_out && !is_sure && leaves_many(app, account, id, &agreed)? {
            return Ok((None, 0));
        }
        let done = import::complete_agreed(app, account, id, (plan, leave_out), Agreed::To(&agreed))?;
        // The questions about new users are no problems, here as on every page.
        let without_id = match (&done, app.store.import(account, id)?) {
            (Completion::Blocked(..), Some(import)) => import::rows_without_id(app, &import)?,
            _ => 0,
        };
        Ok((Some(done), without_id))
    };
    let (done, without_id) = app.run(job).await?;
    let notice = match done {
        None => return Ok(see(&format!("{here}/complete?{}", words.join("&")))),
        Some(Completion::Started(_) | Completion::NotInReview(_)) => None,
        Some(Completion::OtherPlan(_)) => Some(Notice::OtherPlan),
        Some(Completion::Blocked(errors, conflicts)) => {
            Some(Notice::Blocked(errors - without_id, conflicts, without_id))
        }
        // Review itself says why.
        Some(Completion::Beyond(_, _)) => Some(Notice::Beyond),
        Some(Completion::Large(kinds)) => {
            let notice = Notice::TicksMissing(kinds.len() as i64);
            return Ok(see(&format!("{}#look", notice.onto(&format!("{here}/changes")))));
        }
        Some(Completion::NoSuchImport) => return Err(Failure::Unknown),
    };
    Ok(see(&notice.map_or(here.clone(), |notice| notice.onto(&here))))
}

/// Whether who would be left out has to be shown: they are many, and nothing else stands in between.
fn leaves_many(app: &App, account: AccountId, id: ImportId, agreed: &[BlastKind]) -> Result<bool> {
    let Some(import) = app.store.import(account, id)? else { return Ok(false) };
    if import.state != ImportState::Review
        || import::blasts(app, &import)?.iter().any(|(kind, _)| !agreed.contains(kind))
    {
        return Ok(false);
    }
    Ok(Tally::of(app, &import)?.leaves_many())
}

/// Who would be left out, and why.
pub(in crate::web) async fn ask(
    State(app): State<App>,
    viewed: Viewed,
    Query(pairs): Query<Pairs>,
) -> Answer<Response> {
    Ok(app.run(move |app| ask_page(app, viewed, &pairs)).await?)
}

fn ask_page(app: &App, viewed: Viewed, pairs: &Pairs) -> Result<Response> {
    let of = match Reviewing::load(app, viewed)? {
        Ok(of) if of.may_edit() => of,
        Ok(of) => return Ok(see(&of.here()).into_response()),
        Err(viewed) => return Ok(see(&address(&viewed.actor, viewed.import.id)).into_response()),
    };
    let kinds = import::kinds(app, &of.viewed.import)?;
    let first = import::issues(app, &of.viewed.import, PageStart::Start, NAMED)?.items;
    let agreed: Vec<&str> =
        pairs.iter().filter(|(name, _)| name == "agreed").map(|(_, word)| word.as_str()).collect();
    let part = html! {
        section.card.repair aria-labelledby="leave" {
            h2 #leave { (say!("finish-left-out", users = of.tally.waiting(), all = of.tally.all())) }
            p { (say!("finish-stay")) }
            ul.reasons {
                @for kind in &kinds { li { (reason(&of, kind)) } }
                @if of.tally.without_id > 0 { li { (say!("finish-without-id", rows = of.tally.without_id)) } }
                @if of.tally.conflicts > 0 { li { (say!("finish-conflicts", conflicts = of.tally.conflicts)) } }
            }
            @if !first.is_empty() { p.muted { (say!("finish-among-them", names = names(&first))) } }
            form.row method="post" action={ (of.here()) "/complete" } {
                input type="hidden" name="plan" value=(of.viewed.import.plan);
                input type="hidden" name="leave_out" value="1";
                @for word in agreed { input type="hidden" name="agreed" value=(word); }
                (action::go(Weight::Primary, &of.here(), say!("finish-back")))
                (action::answer(Weight::Ready, "sure", "1", of.consequence().trim_end_matches('…')))
            }
        }
    };
    Ok(of.page(&Shown { place: None, notice: None, part, bar: false }).into_response())
}

/// "300 cells: Phone, no country code".
fn reason(of: &Reviewing, kind: &ReviewKind) -> Markup {
    html! {
        a href={ (of.here()) "/problems?kind=" (kind_word(kind)) } { (kind_title(kind)) }
        ": " (kind_words(kind.code)) " " span.muted { "(" (say!("review-cells", cells = kind.cells)) ")" }
    }
}

/// The first of those who have a problem, each once.
fn names(issues: &[ReviewIssue]) -> String {
    let mut names: Vec<String> = Vec::new();
    for issue in issues {
        let name = match &issue.user {
            Some((_, name)) => name.clone(),
            None => say!("fix-grid-row-number", row = issue.row.to_string()),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// The question before an import is given up.
pub(in crate::web) async fn ask_cancel(viewed: Viewed) -> Answer<Response> {
    let here = address(&viewed.actor, viewed.import.id);
    if !may(viewed.actor.role, Action::Edit) {
        return Ok(see(&here).into_response());
    }
    let Counts { users_to_edit, users_to_create, .. } = viewed.import.counts;
    let title = say!("cancel-question", file = name_of(&viewed.import));
    Ok(Frame::new(&viewed.actor, Part::Imports, &title)
        .page(&html! {
            h1 { (say_markup!("cancel-question", file = html! { span.file dir="auto" { (name_of(&viewed.import)) } })) }
            p { (say!("cancel-what-is-lost", users = users_to_edit + users_to_create)) }
            p { (say!("cancel-way-back")) }
            form.row method="post" action={ (here) "/cancel" } {
                (action::go(Weight::Primary, &here, say!("cancel-no")))
                (action::send(Weight::Danger, say!("review-cancel-the-import"), None))
            }
        })
        .into_response())
}

//! What readers say of the help: how many, by reason; and in their words.

use axum::extract::State;
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::Feedback;

use super::frame::{Part, operators_page};
use crate::app::App;
use crate::web::frame::components::empty::empty;
use crate::web::frame::components::mark::Of;
use crate::web::frame::components::tabs::{Tab, tabs};
use crate::web::frame::errors::Answer;
use crate::web::frame::moment::moment;
use crate::web::frame::sent::Query;
use crate::web::frame::signed_in::Operator;

/// Answers that are listed.
const LISTED: usize = 200;

/// Which are wanted.
#[derive(Deserialize)]
pub(in crate::web) struct Wanted {
    reason: Option<String>,
}

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Operator(_): Operator,
    Query(wanted): Query<Wanted>,
) -> Answer<Markup> {
    let feedback = app.run(|app| app.store.feedback()).await?;
    Ok(page(&feedback, wanted.reason.as_deref()))
}

/// The reasons, by their words, with what a reader ticked.
fn reasons() -> [(&'static str, &'static str); 5] {
    [
        ("find", say!("help-reason-find")),
        ("step", say!("help-reason-step")),
        ("hard", say!("help-reason-hard")),
        ("outdated", say!("help-reason-outdated")),
        ("missing", say!("help-reason-missing")),
    ]
}

fn gives(feedback: &Feedback, reason: &str) -> bool {
    feedback.reasons.split_whitespace().any(|given| given == reason)
}

fn page(feedback: &[Feedback], wanted: Option<&str>) -> Markup {
    let helped = feedback.iter().filter(|said| said.helpful).count() as i64;
    let all = feedback.len() as i64;
    let tab = |reason: Option<&str>, words: &str, count: i64| Tab {
        words: words.to_owned(),
        address: reason.map_or_else(
            || "/operator/feedback".to_owned(),
            |reason| format!("/operator/feedback?reason={reason}"),
        ),
        count: Some((Of::Quiet, count)),
        here: wanted == reason,
    };
    let of = |reason: &str| feedback.iter().filter(|said| gives(said, reason)).count() as i64;
    let parts = std::iter::once(tab(None, say!("operator-all"), all))
        .chain(reasons().into_iter().map(|(reason, words)| tab(Some(reason), words, of(reason))));
    let shown: Vec<&Feedback> =
        feedback.iter().filter(|said| wanted.is_none_or(|reason| gives(said, reason))).take(LISTED).collect();
    operators_page(
        Part::Feedback,
        say!("operator-feedback"),
        &html! {
            div.head { div {
                h1 { (say!("operator-feedback")) }
                p.muted.small { (say!("operator-feedback-sum", helped = helped, others = all - helped)) }
            } }
            (tabs(say!("operator-by-reason"), &parts.collect::<Vec<_>>()))
            @if shown.is_empty() { (empty(&html! { p { (say!("operator-no-feedback")) } })) } @else {
                ul.choices.rows { @for said in shown { li { (one(said)) } } }
            }
        },
    )
}

fn one(said: &Feedback) -> Markup {
    let given: Vec<&str> =
        reasons().into_iter().filter(|(reason, _)| gives(said, reason)).map(|(_, words)| words).collect();
    html! {
        div {
            strong { (if said.helpful { say!("help-yes") } else { say!("help-no") }) }
            " · " (moment(said.at))
            @for words in given { p.muted { (words) } }
            @if !said.said.is_empty() { p dir="auto" { (said.said) } }
        }
    }
}

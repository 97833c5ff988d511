//! Worth knowing: what the file says beside its edits, what Muster kept as it was, and the questions that only people can answer.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::Code;
use import::{self};
use maud::{Markup, html};
use sentences::say;
use store::{Result, Warning};

use super::answers::answers;
use super::damaged;
use super::notice::Notice;
use super::place::Place;
use super::reviewing::{Reviewing, Shown};
use super::viewed::{Viewed, address};
use crate::app::App;
use crate::web::frame::errors::Answer;
use crate::web::frame::reply::see;
use crate::web::frame::sent::Query;

/// So many values that the spreadsheet alone changed are shown one by one.
const DAMAGED: u32 = 100;

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    let notice = Notice::read(&pairs);
    Ok(app.run(move |app| page(app, viewed, notice)).await?)
}

fn page(app: &App, viewed: Viewed, notice: Option<Notice>) -> Result<Response> {
    let of = match Reviewing::load(app, viewed)? {
        Ok(of) => of,
        Err(viewed) => return Ok(see(&address(&viewed.actor, viewed.import.id)).into_response()),
    };
    let import = &of.viewed.import;
    let mut warnings = import::warnings(app, import)?;
    // What asks for an answer comes first.
    warnings.sort_by_key(|(warning, _)| !warning.code.asks() && answers(warning).len() < 2);
    let damaged = import::damaged(app, import, DAMAGED)?;
    let part = html! {
        div data-part="part" #warnings-part {
            @if warnings.is_empty() && damaged.is_empty() { div.empty { p { (say!("worth-knowing-nothing")) } } }
            @if !warnings.is_empty() {
                div.frame.tall tabindex="0" role="region" aria-label=(say!("review-worth-knowing")) {
                    form method="post" action={ (of.here()) "/fixes" } data-swap {
                        input type="hidden" name="back" value="worth-knowing";
                        ul.warnings { @for (warning, sentence) in &warnings { (told(&of, warning, sentence)) } }
                    }
                }
            }
            (damaged::list(&of.viewed.actor, &of.here(), &damaged))
        }
    };
    Ok(of.page(&Shown { place: Some(Place::WorthKnowing), notice, part, bar: true }).into_response())
}

/// A warning, and the clicks each of which decides about all of its cells.
fn told(of: &Reviewing, warning: &Warning, sentence: &str) -> Markup {
    html! {
        li {
            span.icon aria-hidden="true" { (if warning.code.asks() { "?" } else { "i" }) }
            span {
                (sentence)
                @if warning.code == Code::NotInFile { " " a href={ (of.here()) "/not-in-file" } { (say!("not-in-file-link")) } }
            }
            @if of.may_edit() {
                @for (decide, words) in answers(warning) {
                    button type="submit" name="decide" value=(decide)
                        aria-label=(say!("review-labelled", words = &words, sentence = sentence)) { (words) }
                }
            }
        }
    }
}

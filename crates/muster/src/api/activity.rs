//! The activity of the account, for tokens of owners: who did what, from where and when.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use events::Event;
use sentences::say;
use serde::Deserialize;
use store::{Activity, ActivityPlace};

use super::caller::{Caller, Owner};
use super::extract::Wanted;
use super::lists::MOST;
use super::problem::Problem;
use super::wire::{self, List};
use crate::access::{self, ActivityFilter};
use crate::app::App;

/// Which lines are wanted.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    event: String,
    #[serde(default)]
    who: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    cursor: Option<String>,
    limit: Option<u32>,
    format: Option<Kind>,
}

/// How they are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Json,
    Csv,
}

/// `GET /activity`
pub(super) async fn list(
    State(app): State<App>,
    Owner(caller): Owner,
    Wanted(asked): Wanted<Asked>,
) -> Result<Response, Problem> {
    let Asked { event, who, from, to, cursor, limit, format } = asked;
    let filter = app.run(move |app| ActivityFilter::read(app, [&event, &who, &from, &to])).await?;
    let filter = filter.ok_or_else(|| Problem::bad_request(say!("activity-kinds-and-days")))?;
    if format == Some(Kind::Csv) {
        return file(app, &caller, filter).await;
    }
    let after: Option<ActivityPlace> = match cursor {
        Some(text) => Some(text.parse().map_err(|()| Problem::bad_request(say!("api-lists-not-a-cursor")))?),
        None => None,
    };
    let limit = limit.unwrap_or(100).clamp(1, MOST);
    let account = caller.account;
    let page = app.run(move |app| access::activity_page(app, account, &filter, after, limit)).await?;
    let items = page.lines.iter().map(|line: &Activity| wire::Activity::of(line, page.name_of(&line.who)));
    let list = List { items: items.collect(), next: page.next.map(|place| place.to_string()) };
    Ok(Json(list).into_response())
}

async fn file(app: App, caller: &Caller, filter: ActivityFilter) -> Result<Response, Problem> {
    let account = caller.account;
    let line = Event::ActivitySent.line().by(&caller.actor).of_account(&caller.slug);
    let poured =
        app.pour(account, move |app, sink| access::activity_file(app, account, &filter, sink)).await?;
    app.run(move |app| app.note_alone(&line, account)).await?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"activity.csv\""),
    ];
    Ok((headers, Body::from_stream(poured)).into_response())
}

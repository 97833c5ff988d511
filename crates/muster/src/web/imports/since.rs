//! What others have put right since a page was loaded: a small answer that a module asks for now and then, and that costs next to nothing
//! while nothing has changed.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use directory::Fields;
use serde::{Deserialize, Serialize};
use store::{Fix, FixKind, Import, Result};

use super::target;
use super::viewed::Viewed;
use crate::app::App;
use crate::web::frame::errors::Answer;
use crate::web::frame::sent::Query;

/// Cells that are named at the most; of more, how many others there are is not told.
const NAMED: u32 = 200;

/// What is asked.
#[derive(Deserialize)]
pub(in crate::web) struct Since {
    /// The number of the plan that the page shows.
    #[serde(default)]
    plan: i64,
}

/// What has changed.
#[derive(Serialize)]
struct Changed {
    plan: i64,
    state: &'static str,
    cells: Vec<ChangedCell>,
}

/// A cell that somebody put right: whose row, which field, and who.
#[derive(Serialize)]
struct ChangedCell {
    row: String,
    field: String,
    value: Option<String>,
    by: String,
    /// Whether that was who asks.
    own: bool,
}

/// The answer; empty (304) while the import is where it was.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    headers: HeaderMap,
    Query(since): Query<Since>,
) -> Answer<Response> {
    let import = &viewed.import;
    let tag = format!("\"{}-{}\"", import.plan, import.state.word());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tag| tag.to_str().ok());
    if known == Some(tag.as_str()) {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    let changed = app.run(move |app| changed(app, &viewed.import, &viewed.actor.name, since.plan)).await?;
    Ok(([(header::ETAG, tag)], Json(changed)).into_response())
}

fn changed(app: &App, import: &Import, who: &str, plan: i64) -> Result<Changed> {
    let fields = app.store.fields(import.account)?;
    let cells = match import.plan > plan {
        true => app.store.fixes_since(import.account, import.id, plan, NAMED)?,
        false => Vec::new(),
    };
    let cells = cells.into_iter().map(|(by, fix)| cell(&fields, fix, by, who)).collect();
    Ok(Changed { plan: import.plan, state: import.state.word(), cells })
}

fn cell(fields: &Fields, Fix { place, field, kind }: Fix, by: String, who: &str) -> ChangedCell {
    let value = match kind {
        FixKind::Value(text) => Some(text),
        _ => None,
    };
    ChangedCell {
        row: target::of_place(place),
        field: fields.get(field).map(|field| field.number.0.to_string()).unwrap_or_default(),
        value,
        own: by == who,
        by,
    }
}

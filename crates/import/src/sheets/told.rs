//! What the log and the activity of an account are told of a download: how many users, which fields, whether by a search, never its text.

use events::Line;
use store::{AccountId, Precision, Result, Sort, UsersQuery};

use super::download::DownloadChoice;
use crate::Context;

/// Users that a search finds are counted up to so many.
const COUNTED: i64 = 10_000;

/// Tells of a download in the log, and keeps it in the activity of the account: before it is answered. `line` says who.
///
/// # Errors
/// When the store fails: then nothing is to be sent.
pub fn note_download(app: &Context, line: Line, account: AccountId, choice: &DownloadChoice) -> Result<()> {
    let line = match (choice.selection, choice.search.is_empty() && choice.filters.is_empty()) {
        (Some(id), _) => {
            let users = app.store.selection(account, id)?.map_or(0, |selection| selection.users);
            line.with("users", users).with("by", "selection")
        }
        (None, true) => line.with("users", app.store.account_now(account)?.users).with("by", "everybody"),
        (None, false) => line.with("users", found(app, account, choice)?).with("by", "search"),
    };
    let line = match &choice.fields {
        None => line.with("fields", "all"),
        // Letters of a part of a line are few: where the keys are many, their number is said.
        Some(keys) if keys.join(",").len() > 100 => line.with("fields", keys.len()),
        Some(keys) => line.with("fields", keys.join(",")),
    };
    app.note_alone(&line, account)
}

/// How many a search finds: `812`, or `about 9000`.
fn found(app: &Context, account: AccountId, choice: &DownloadChoice) -> Result<String> {
    let query = UsersQuery {
        search: choice.search.clone(),
        filters: choice.filters.clone(),
        sort: Sort::Name,
        descending: false,
        cursor: None,
        limit: 1,
    };
    let found = app.store.count_users(account, &query, COUNTED + 1)?;
    Ok(match found.how {
        Precision::Exactly if found.users <= COUNTED => found.users.to_string(),
        Precision::Exactly => format!(">{COUNTED}"),
        _ => format!("~{}", found.users),
    })
}

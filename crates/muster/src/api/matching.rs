//! The table of an import that Muster did not write: what its columns probably are, and what is said of them.

use axum::extract::State;
use axum::response::Response;
use directory::Matching;
use import::{self, Matched};
use sentences::say;
use store::{AccountId, ImportId};

use super::caller::{Caller, Editor};
use super::extract::{Body, Id, Nothing, Sent, Wanted};
use super::once::Acting;
use super::problem::Problem;
use super::reply::{Reply, accepted, found};
use super::wire::{MatchingWish, Table};
use crate::access::Action;
use crate::app::App;

impl Body for MatchingWish {
    fn fields() -> Vec<(&'static str, &'static str)> {
        let words = say!("field-matching-words");
        vec![
            ("columns", say!("field-matching-columns")),
            ("match_by", words),
            ("create", say!("field-matching-create")),
            ("clear", say!("field-matching-clear")),
            ("usernames", words),
            ("others", words),
            ("name", words),
            ("sheet", words),
            ("heading", say!("field-matching-heading")),
            ("separator", words),
            ("charset", words),
        ]
    }
}

/// `GET /imports/{id}/matching`: null of an import whose file is Muster's own.
pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ImportId>,
    _: Wanted<Nothing>,
) -> Reply<Option<Table>> {
    caller.may(Action::Look)?;
    let account = caller.account;
    let job = move |app: &App| {
        let import = app.store.import(account, id)?;
        import.map(|_| app.store.table(account, id)).transpose()
    };
    found(app.run(job).await?.map(|table| table.as_ref().map(Table::from)), Problem::NO_IMPORT)
}

/// `POST /imports/{id}/matching`: answers the import, whose file is read by it.
pub(super) async fn send(
    Acting(app): Acting,
    Editor(caller): Editor,
    Id(id): Id<ImportId>,
    Sent(wish): Sent<MatchingWish>,
) -> Result<Response, Problem> {
    let matching = wish.read().map_err(Problem::bad_request)?;
    let job = move |app: &App| {
        let name = wish.name.as_deref();
        let answer = import::match_columns(app, caller.account, id, (&matching, name), &caller.actor)?;
        let fields = app.store.fields(caller.account)?;
        Ok((answer, fields, app.store.import(caller.account, id)?))
    };
    let (answer, fields, import) = app.run(job).await?;
    let import = import.ok_or(Problem::NO_IMPORT)?;
    match answer {
        Matched::Reads => Ok(accepted(&import)),
        Matched::Problem(problem) => Err(Problem::bad_request(problem.sentence(&fields))),
        Matched::NotKept => Err(Problem::bad_request(say!("matching-not-kept"))),
        Matched::TooLate => Err(Problem::not_in_review(import.state)),
    }
}

/// What a parameter says of the columns of a file that comes: the name of a kept matching, or one in JSON.
pub(super) async fn said(
    app: &App,
    account: AccountId,
    text: Option<&str>,
) -> Result<Option<(Matching, Option<String>)>, Problem> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.starts_with('{') {
        let wish: MatchingWish = serde_json::from_str(text)
            .map_err(|error| Problem::bad_request(say!("matching-json", error = error.to_string())))?;
        return wish.read().map(|matching| Some((matching, wish.name))).map_err(Problem::bad_request);
    }
    let name = text.to_owned();
    let kept = app.run(move |app| app.store.matching(account, &name)).await?;
    let kept = kept.ok_or_else(|| Problem::bad_request(say!("matching-no-such-name", name = text)))?;
    Ok(Some((kept.matching, Some(kept.name))))
}

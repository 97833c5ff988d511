//! The files of an import: the one that was uploaded, as it came, and the report of its rows that have problems.

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderName;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use events::Event;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use store::ImportId;

use super::caller::Caller;
use super::extract::{Id, Nothing, Wanted};
use super::problem::{self, Problem};
use super::user_data::{Kind, KindChoice};
use crate::access::Action;
use crate::app::App;

/// `GET /imports/{id}/report`: the rows of the file that have problems, or, once the import is done, those that were left out.
pub(super) async fn report(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ImportId>,
    Wanted(choice): Wanted<KindChoice>,
) -> Result<Response, Problem> {
    caller.may(Action::Look)?;
    let found = app.run(move |app| import::reportable(app, caller.account, id)).await?;
    let import = problem::reported(found)?;
    let format = choice.format.format();
    let poured = app
        .pour(caller.account, move |app, sink| import::report(app, &import, format, sink).map(drop))
        .await?;
    let line = Event::ReportSent.line().by(&caller.actor).of_account(&caller.slug).with("import", id);
    app.run(move |app| app.note_alone(&line, caller.account)).await?;
    Ok((choice.format.headers(&format!("{id}-problems")), Body::from_stream(poured)).into_response())
}

/// `GET /imports/{id}/changes?format=...`: what it changes, or has changed, as a file.
pub(super) async fn changes(
    app: &App,
    caller: &Caller,
    id: ImportId,
    kind: Kind,
) -> Result<Response, Problem> {
    caller.may(Action::Look)?;
    let account = caller.account;
    let found = app.run(move |app| import::changes_listable(app, account, id)).await?;
    let import = problem::reported(found)?;
    let poured =
        app.pour(account, move |app, sink| import::changes_file(app, &import, kind.format(), sink).map(drop));
    let poured = poured.await?;
    let line = Event::ChangesSent.line().by(&caller.actor).of_account(&caller.slug).with("import", id);
    app.run(move |app| app.note_alone(&line, account)).await?;
    Ok((kind.headers(&format!("{id}-changes")), Body::from_stream(poured)).into_response())
}

/// `GET /imports/{id}/file`: the uploaded file, byte for byte. Nobody knows what is in it: it is only ever saved, never shown.
pub(super) async fn file(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ImportId>,
    _: Wanted<Nothing>,
) -> Result<Response, Problem> {
    caller.may(Action::Look)?;
    let account = caller.account;
    let find = move |app: &App| {
        let import = app.store.import(account, id)?;
        Ok((import, app.store.is_upload_kept(account, id)?))
    };
    let name = match app.run(find).await? {
        (None, _) => return Err(Problem::NO_IMPORT),
        (Some(_), false) => return Err(Problem::forgotten()),
        (Some(import), true) => import.file_name.unwrap_or_default(),
    };
    let poured = app.pour(caller.account, move |app, sink| import::uploaded(app, account, id, sink)).await?;
    let line = Event::FileSent.line().by(&caller.actor).of_account(&caller.slug).with("import", id);
    app.run(move |app| app.note_alone(&line, account)).await?;
    let headers =
        [(CONTENT_TYPE, "application/octet-stream".to_owned()), (CONTENT_DISPOSITION, attached(&name))];
    Ok((headers as [(HeaderName, String); 2], Body::from_stream(poured)).into_response())
}

/// What a browser saves it as (RFC 6266): the name in full, and a plain one for those that do not understand the full one.
fn attached(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || ".-_ ()".contains(letter) { letter } else { '_' })
        .collect();
    let plain = if plain.trim().is_empty() { "file" } else { plain.trim() };
    let full = if name.trim().is_empty() { "file" } else { name.trim() };
    let full = utf8_percent_encode(full, NON_ALPHANUMERIC);
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests {
    use super::attached;

    #[test]
    fn names_are_safe_in_a_header() {
        for (name, expected) in [
            ("users.xlsx", "filename=\"users.xlsx\"; filename*=UTF-8''users%2Exlsx"),
            (
                "Łódź\"\r\n;.csv",
                "filename=\"__d_____.csv\"; filename*=UTF-8''%C5%81%C3%B3d%C5%BA%22%0D%0A%3B%2Ecsv",
            ),
            (" ", "filename=\"file\"; filename*=UTF-8''file"),
        ] {
            assert_eq!(attached(name), format!("attachment; {expected}"), "{name:?}");
        }
    }
}

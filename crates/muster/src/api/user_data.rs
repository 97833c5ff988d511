//! The workbooks: `GET /user-data` and `GET /new-user-template`, streamed while they are written.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use events::Event;
use import::{self, DownloadChoice, Format};
use sentences::say;
use serde::Deserialize;
use store::SelectionId;

use super::caller::Caller;
use super::extract::Wanted;
use super::problem::Problem;
use crate::access::Action;
use crate::app::App;

/// What is wanted.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Choice {
    /// xlsx unless it says otherwise.
    #[serde(default)]
    format: Kind,
    /// Keys of fields with commas between them; all that may be edited when there are none.
    fields: Option<String>,
    /// Only the users that this search finds.
    #[serde(default)]
    search: String,
    /// Only the users of this selection.
    selection: Option<String>,
}

/// What is wanted where there is only the kind of file to choose.
#[derive(Debug, Default, Deserialize)]
pub(super) struct KindChoice {
    /// xlsx unless it says otherwise.
    #[serde(default)]
    pub(super) format: Kind,
}

/// The kinds of file.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    #[default]
    Xlsx,
    Csv,
    Ods,
}

impl Kind {
    /// What writes it.
    pub(super) fn format(self) -> Format {
        match self {
            Self::Xlsx => Format::Xlsx,
            Self::Csv => Format::Csv,
            Self::Ods => Format::Ods,
        }
    }

    /// The media type, and the file name that a browser takes.
    pub(super) fn headers(self, name: &str) -> [(axum::http::HeaderName, String); 2] {
        let (media_type, ending) = match self {
            Self::Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            Self::Csv => ("text/csv; charset=utf-8", "csv"),
            Self::Ods => ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
        };
        let attached = format!("attachment; filename=\"{name}.{ending}\"");
        [(CONTENT_TYPE, media_type.to_owned()), (CONTENT_DISPOSITION, attached)]
    }
}

/// A selection of the caller's own that is whole.
async fn selected(app: &App, caller: &Caller, id: SelectionId) -> Result<SelectionId, Problem> {
    let (account, actor) = (caller.account, caller.actor.clone());
    let found = app.run(move |app| import::gather(app, account, &actor, id)).await?;
    found.filter(|found| found.next.is_none()).map(|found| found.id).ok_or(Problem::NO_SELECTION)
}

/// `GET /user-data`
pub(super) async fn send(
    State(app): State<App>,
    caller: Caller,
    Wanted(choice): Wanted<Choice>,
) -> Result<Response, Problem> {
    caller.may(Action::Look)?;
    let headers = choice.format.headers("users");
    let wanted = choice.read(&app, &caller).await?;
    let of = wanted.clone();
    let line = Event::Downloaded.line().by(&caller.actor).of_account(&caller.slug);
    let poured = app
        .pour(caller.account, move |app, sink| import::download(app, caller.account, &wanted, sink).map(drop))
        .await?;
    app.run(move |app| import::note_download(app, line, caller.account, &of)).await?;
    Ok((headers, Body::from_stream(poured)).into_response())
}

/// `GET /new-user-template`
pub(super) async fn template(
    State(app): State<App>,
    caller: Caller,
    Wanted(choice): Wanted<KindChoice>,
) -> Result<Response, Problem> {
    caller.may(Action::Look)?;
    let wanted = DownloadChoice::new_users(choice.format.format());
    let poured = app
        .pour(caller.account, move |app, sink| import::download(app, caller.account, &wanted, sink).map(drop))
        .await?;
    Ok((choice.format.headers("new-users"), Body::from_stream(poured)).into_response())
}

impl Choice {
    /// What it means; a field that is not there is a mistake and not an empty column.
    async fn read(self, app: &App, caller: &Caller) -> Result<DownloadChoice, Problem> {
        let keys: Option<Vec<String>> =
            self.fields.map(|keys| keys.split(',').map(|key| key.trim().to_owned()).collect());
        let account = caller.account;
        let known = app.run(move |app| app.store.fields(account)).await?;
        let unknown = |key: &&String| known.current().all(|field| field.key != **key);
        if let Some(key) = keys.iter().flatten().find(unknown) {
            return Err(Problem::bad_request(say!(
                "api-user-data-there-is-no-field-fields",
                key = key.to_string()
            )));
        }
        let selection = match self.selection {
            Some(id) => Some(selected(app, caller, id.parse().map_err(|()| Problem::NO_SELECTION)?).await?),
            None => None,
        };
        let everyone = DownloadChoice::everyone(self.format.format());
        Ok(DownloadChoice { search: self.search, selection, fields: keys, ..everyone })
    }
}

//! The report of an import: the rows of its file that have problems or were left out, as a file to put right and upload again.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use events::Event;
use import::{self, Reportable};
use sentences::say;
use store::ImportState;

use super::viewed::Viewed;
use crate::app::App;
use crate::web::frame::attachment::{attached, kind_of};
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::sent::Query;

/// The rows of an import's file that have problems or were left out, as a workbook to put right and upload again.
pub(in crate::web) async fn send(
    State(app): State<App>,
    viewed: Viewed,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    let (format, ending, kind) = *kind_of(&pairs)?;
    let Viewed { actor, import } = viewed;
    let (account, id) = (import.account, import.id);
    let import = match app.run(move |app| import::reportable(app, account, id)).await? {
        Reportable::Yes(import) => import,
        Reportable::Forgotten => return Err(Failure::Nonsense(directory::file_forgotten())),
        Reportable::NoFile => return Err(Failure::Nonsense(say!("report-of-no-file"))),
        Reportable::NotNow(_) => return Err(Failure::Nonsense(say!("report-there-are-no-rows-to"))),
        Reportable::NoSuchImport => return Err(Failure::Unknown),
    };
    let what = if import.state == ImportState::Done { "left-out" } else { "problems" };
    let name = format!("{}-{what}.{ending}", actor.account.slug);
    let line = Event::ReportSent.line().by_administrator(actor.administrator).of_account(&actor.account.slug);
    let poured =
        app.pour(account, move |app, sink| import::report(app, &import, format, sink).map(drop)).await?;
    app.run(move |app| app.note_alone(&line.with("import", id), account)).await?;
    Ok((attached(kind, &name), Body::from_stream(poured)).into_response())
}

//! Import user data: the page with the file input, and the upload, which streams from the browser into the store.

use axum::body::Bytes;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{Allowance, Quota};
use import::{NewUpload, Upload};
use maud::{Markup, html};
use sentences::say;
use store::{AccountId, Complete, ImportId, Result};

use super::viewed;
use crate::access::Actor;
use crate::app::App;
use crate::arriving::Arriving;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::reply::see;
use crate::web::frame::sent::FileForm;
use crate::web::frame::signed_in::Editor;
use crate::web::frame::words::say_markup;

/// What the page shows.
struct UploadPage<'p> {
    actor: &'p Actor,
    /// The greatest workbook, in MiB.
    most: u64,
    /// The greatest csv, in MiB.
    most_csv: u64,
    problem: Option<&'static str>,
    /// What is nearly as much as the organisation may have.
    near: Vec<Allowance>,
}

/// The page.
pub(in crate::web) async fn show(State(app): State<App>, Editor(actor): Editor) -> Answer<Markup> {
    page(&app, &actor, None).await
}

async fn page(app: &App, actor: &Actor, problem: Option<&'static str>) -> Answer<Markup> {
    let account = actor.account.id;
    let mut near = app.run(move |app| app.store.allowances(account)).await?;
    // Fields are made by the operator alone.
    near.retain(|allowance| allowance.is_near() && allowance.quota != Quota::Fields);
    let page = UploadPage { actor, most: most(app), most_csv: most_csv(app), problem, near };
    Ok(page.markup())
}

/// Takes the file and goes to the import's own address.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Editor(actor): Editor,
    FileForm(mut form): FileForm,
) -> Answer<Response> {
    let Some(imported) = take(&app, &actor, &mut form).await? else {
        let page = page(&app, &actor, Some(say!("upload-select-a-file-to-import-2"))).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    Ok(see(&viewed::address(&actor, imported)).into_response())
}

pub(in crate::web) fn broken_off(_: MultipartError) -> Failure {
    Failure::Nonsense(say!("upload-broken-off"))
}

/// Reads the form and passes its file on; what else it says may come before the file or after it. None when no file was selected.
async fn take(app: &App, actor: &Actor, form: &mut Multipart) -> Answer<Option<ImportId>> {
    let (mut complete, mut arrived) = (Complete::Never, None);
    while let Some(mut field) = form.next_field().await.map_err(broken_off)? {
        match field.name() {
            Some("complete") => complete = Complete::WhenClean,
            Some("file") if arrived.is_none() => {
                let file_name = bare_name(field.file_name().unwrap_or(""));
                let first = field.chunk().await.map_err(broken_off)?.unwrap_or_default();
                if file_name.is_empty() && first.is_empty() {
                    return Ok(None);
                }
                let new = NewUpload {
                    file_name,
                    actor: actor.name.clone(),
                    complete,
                    leave_out_errors: false,
                    decisions: Vec::new(),
                    keep: true,
                };
                let account = actor.account.id;
                let begin = move |app: &App| Ok(Upload::begin(app, account, new));
                arrived = Some(gather(app, account, begin, first, field).await?);
            }
            _ => {}
        }
    }
    let Some(mut upload) = arrived else { return Ok(None) };
    upload.completes(complete);
    Ok(Some(app.run(move |_| upload.finish()).await?))
}

/// The name without the folders that some browsers send along, and no longer than a page can show.
pub(in crate::web) fn bare_name(name: &str) -> String {
    let bare = name.rsplit(['/', '\\']).next().unwrap_or("");
    bare.chars().filter(|letter| !letter.is_control()).take(200).collect()
}

/// What became of an upload.
pub(in crate::web) enum Kept {
    /// It is a file of the import now.
    Added,
    /// A further file that is larger than what is taken.
    TooLarge,
}

/// Passes the file on to the store, piece by piece. What is beyond the limit, or can't be kept, is taken off the wire all the same: an answer in
/// the middle of an upload looks to browsers like a broken connection.
pub(in crate::web) async fn pass_on(
    app: &App,
    account: AccountId,
    begin: impl FnOnce(&App) -> Result<Upload> + Send + 'static,
    first: Bytes,
    field: Field<'_>,
) -> Answer<Kept> {
    let upload = gather(app, account, begin, first, field).await?;
    if upload.is_further() && upload.is_too_large() {
        return Ok(Kept::TooLarge);
    }
    app.run(move |_| upload.finish()).await?;
    Ok(Kept::Added)
}

/// Takes the file off the wire and keeps its parts; it is no import yet.
async fn gather(
    app: &App,
    account: AccountId,
    begin: impl FnOnce(&App) -> Result<Upload> + Send + 'static,
    first: Bytes,
    mut field: Field<'_>,
) -> Answer<Upload> {
    let place = app.place_for_upload(account)?;
    let mut arriving = Arriving::begin(app, place, app.run(begin).await?);
    let (mut next, mut taken) = (Some(first), Ok(true));
    while let Some(chunk) = next {
        if let Ok(true) = taken {
            taken = arriving.take(&chunk).await;
        }
        next = field.chunk().await.map_err(broken_off)?;
    }
    taken?;
    Ok(arriving.end().await?)
}

/// Bytes that are taken off the wire: beyond the limit of files a browser may finish, so that it can be told what was wrong.
pub(in crate::web) fn most_bytes(app: &App) -> usize {
    let limits = &app.settings.limits;
    usize::try_from(limits.upload.max(limits.csv_upload) * 2).unwrap_or(usize::MAX)
}

/// The greatest workbook that is taken, in MiB.
fn most(app: &App) -> u64 {
    app.settings.limits.upload >> 20
}

/// The greatest csv that is taken, in MiB.
fn most_csv(app: &App) -> u64 {
    app.settings.limits.csv_upload >> 20
}

impl UploadPage<'_> {
    fn markup(&self) -> Markup {
        let mut frame = Frame::new(self.actor, Part::Users, say!("history-import-user-data"));
        frame.banner = self.problem.map(|words| (Tone::Bad, html! { a href="#file" { (words) } }));
        frame.page(&html! {
            h1 { (say!("history-import-user-data")) }
            p.lead { (say!("upload-import-the-file-that-you")) }
            @for allowance in &self.near {
                p.banner.note data-quota=(allowance.quota.word()) {
                    span.icon aria-hidden="true" { "i" }
                    span { (if allowance.has_room(1) { allowance.sentence() } else { allowance.refusal() }) }
                }
            }
            form.stack.panel method="post" action={ "/o/" (self.actor.account.slug) "/imports" }
                enctype="multipart/form-data" data-upload data-most=(self.most << 20) data-most-csv=(self.most_csv << 20)
                data-none=(say!("upload-select-a-file-to-import-2")) data-empty=(say!("upload-empty")) data-larger=(say!("upload-larger", most = "{}"))
                data-sending=(say!("upload-sending")) data-stop=(say!("upload-stop")) data-refused=(say!("upload-refused")) data-broken=(say!("upload-connection")) {
                (self.file())
                // A module sends the form as soon as a file is chosen, and takes this button away.
                p data-without-script { button.primary type="submit" { (say!("upload-import")) } }
                div {
                    label.tick {
                        input type="checkbox" name="complete" value="1" aria-describedby="complete-hint";
                        (say!("upload-complete-at-once-if-nothing"))
                    }
                    p #complete-hint.hint { (say!("upload-with-an-error-a-conflict")) }
                }
            }
            p #bring-over { (say!("upload-any-table")) }
            p {
                (say_markup!("upload-no-file-yet", link = html! {
                    a href={ "/o/" (self.actor.account.slug) "/download" } { (say!("ended-download-user-data")) }
                }))
            }
        })
    }

    /// Which files are taken, and how large.
    fn kinds(&self) -> String {
        let Self { most, most_csv, .. } = self;
        match most == most_csv {
            true => say!("upload-kinds", most = most.to_string()),
            false => say!("upload-kinds-csv", most = most.to_string(), csv = most_csv.to_string()),
        }
    }

    fn file(&self) -> Markup {
        html! {
            div.drop data-drop {
                div.field {
                    label for="file" { (say!("upload-select-a-file-to-import")) }
                    p #file-hint.hint { (self.kinds()) " " (say!("upload-drop")) }
                    @if let Some(problem) = self.problem {
                        p #file-problem.problem { span.hidden { (say!("error-mark")) " " } (problem) }
                    }
                    input #file type="file" name="file" accept=".xlsx,.ods,.csv" aria-describedby=(match self.problem {
                        Some(_) => "file-problem file-hint",
                        None => "file-hint",
                    }) aria-invalid=[self.problem.map(|_| "true")];
                }
            }
        }
    }
}

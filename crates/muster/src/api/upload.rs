//! `POST /imports`, and `POST /imports/{id}/file` for a further file of an import in review: a file, raw or as the part `file` of a form, passed on piece by piece and never whole in memory.
//!
//! With an Idempotency-Key the digest of all that was sent is kept in the transaction that makes the import. A retry is read to its end
//! and compared: the same request is answered as it was, another one is refused.

use std::pin::Pin;

use axum::body::{Body, Bytes};
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use directory::{About, Decision};
use futures_core::Stream;
use import::{NewUpload, Upload};
use sentences::say;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::{AccountId, Complete, Error, FileMode, ImportId};

use super::caller::{Caller, Editor};
use super::extract::{Id, Wanted};
use super::imports::unknown_decision;
use super::matching;
use super::once::{digest_of_head, kept, key_of, keyed, text_of};
use super::problem::Problem;
use super::reply::accepted;
use crate::app::App;
use crate::arriving::Arriving;

/// What is to become of the file.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wish {
    /// Whether it completes by itself.
    #[serde(default)]
    apply: Apply,
    /// What a file that shows no revision is compared with: `now`, said on purpose, lets it complete by itself.
    base: Option<Base>,
    /// Whether it then leaves out rows with errors, and values with an open conflict.
    #[serde(default)]
    leave_out_errors: bool,
    /// Whether it is only looked at: not in the history, and forgotten by DELETE.
    #[serde(default)]
    dry_run: bool,
    file_name: Option<String>,
    /// What the columns of a table are that Muster did not write: the name of a kept matching, or one in JSON.
    matching: Option<String>,
    /// What is decided beforehand: `keep_before:start_date,step_meant:phone`, `all_sheets`, `read_sheet:Staff`.
    decide: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Apply {
    #[default]
    Never,
    WhenClean,
    WhenCleanLarge,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Base {
    Now,
}

/// What is to become of a further file.
#[derive(Debug, Deserialize)]
pub(super) struct FurtherWish {
    /// `add`, or `replace`.
    mode: Option<String>,
    file_name: Option<String>,
}

/// What a file becomes.
enum Goal {
    Import(Wish),
    Further(ImportId, FileMode, Option<String>),
}

/// `POST /imports`
pub(super) async fn create(
    State(app): State<App>,
    Editor(caller): Editor,
    Wanted(wish): Wanted<Wish>,
    request: Request,
) -> Result<Response, Problem> {
    receive(&app, &caller, Goal::Import(wish), request).await
}

/// `POST /imports/{id}/file?mode=add|replace`: answers the import, whose files are read again.
pub(super) async fn add(
    State(app): State<App>,
    Editor(caller): Editor,
    Id(id): Id<ImportId>,
    Wanted(wish): Wanted<FurtherWish>,
    request: Request,
) -> Result<Response, Problem> {
    let mode = wish.mode.as_deref().unwrap_or("add");
    let mode = FileMode::of_word(mode)
        .ok_or_else(|| Problem::bad_request(say!("api-upload-mode-is-add-or-replace")))?;
    receive(&app, &caller, Goal::Further(id, mode, wish.file_name), request).await
}

async fn receive(app: &App, caller: &Caller, goal: Goal, request: Request) -> Result<Response, Problem> {
    let key = key_of(request.headers())?;
    let is_form =
        request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
    let (parts, body) = request.into_parts();
    let digest = digest_of_head(&parts);
    if !is_form {
        let name = goal.file_name().unwrap_or_default().to_owned();
        let mut receiving = Receiving::begin(app, caller, goal, &name, key, digest).await?;
        receiving.take_body(body).await?;
        return receiving.finish().await;
    }
    let request = Request::from_parts(parts, body);
    let mut form = Multipart::from_request(request, app).await.map_err(|_| no_form())?;
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = goal.file_name().or(field.file_name()).unwrap_or_default().to_owned();
        let mut receiving = Receiving::begin(app, caller, goal, &name, key, digest).await?;
        while let Some(bytes) = field.chunk().await.map_err(broken)? {
            if !receiving.take(bytes).await? {
                break;
            }
        }
        return receiving.finish().await;
    }
    Err(Problem::bad_request(say!("api-upload-the-form-has-no-part")))
}

fn no_form() -> Problem {
    Problem::bad_request(say!("api-upload-the-content-type-says-multipart"))
}

/// The reason is the log's: it speaks of the library that reads the body.
fn broken(error: impl std::fmt::Display) -> Problem {
    tracing::info!(%error, "an upload broke off");
    Problem::bad_request(say!("api-upload-the-upload-broke-off-so"))
}

/// A file on its way in.
struct Receiving {
    app: App,
    account: AccountId,
    /// None while a retry is only compared, and after it failed.
    arriving: Option<Arriving>,
    /// What came so far, in bytes.
    bytes: u64,
    key: Option<String>,
    digest: Sha256,
    /// Why it can't be kept. What still comes is read and dropped: most clients hear an answer only when they have sent all.
    failed: Option<Problem>,
}

impl Receiving {
    async fn begin(
        app: &App,
        caller: &Caller,
        goal: Goal,
        name: &str,
        key: Option<String>,
        digest: Sha256,
    ) -> Result<Self, Problem> {
        let account = caller.account;
        let asked = key.clone().unwrap_or_default();
        let is_retry =
            key.is_some() && app.run(move |app| app.store.answered(account, &asked)).await?.is_some();
        let place = app.place_for_upload(account)?;
        let upload = match goal {
            _ if is_retry => None,
            Goal::Import(wish) => {
                let decisions = decided(app, account, wish.decide.as_deref()).await?;
                let said = matching::said(app, account, wish.matching.as_deref()).await?;
                let new = wish.upload(name, &caller.actor, decisions);
                let mut upload = app.run(move |app| Ok(Upload::begin(app, account, new))).await?;
                if let Some((matching, name)) = said {
                    upload.matches(matching, name);
                }
                Some(upload)
            }
            Goal::Further(id, mode, _) => Some(further(app, caller, id, mode, name).await?),
        };
        let arriving = upload.map(|upload| Arriving::begin(app, place, upload));
        Ok(Self { app: app.clone(), account, arriving, bytes: 0, key, digest, failed: None })
    }

    async fn take_body(&mut self, body: Body) -> Result<(), Problem> {
        let mut pieces = body.into_data_stream();
        while let Some(piece) = std::future::poll_fn(|context| Pin::new(&mut pieces).poll_next(context)).await
        {
            if !self.take(piece.map_err(broken)?).await? {
                break;
            }
        }
        Ok(())
    }

    /// Passes a piece on. False when it is beyond the limit.
    async fn take(&mut self, bytes: Bytes) -> Result<bool, Problem> {
        self.digest.update(&bytes);
        self.bytes += bytes.len() as u64;
        let Some(arriving) = &mut self.arriving else {
            // What nothing is kept of is read all the same, but not without end.
            return Ok(self.bytes <= 2 * most_bytes(&self.app));
        };
        match arriving.take(&bytes).await {
            Ok(goes_on) => Ok(goes_on),
            Err(error) => {
                self.arriving = None;
                self.failed = Some(error.into());
                Ok(true)
            }
        }
    }

    /// Answers with the import that it became, now or before.
    async fn finish(self) -> Result<Response, Problem> {
        let Self { app, account, arriving, key, digest, failed, .. } = self;
        if let Some(problem) = failed {
            return Err(problem);
        }
        let upload = match arriving {
            Some(arriving) => Some(arriving.end().await?),
            None => None,
        };
        if upload.as_ref().is_some_and(|upload| upload.is_further() && upload.is_too_large()) {
            return Err(Problem::too_large(directory::file_too_large(most_bytes(&app) >> 20)));
        }
        let Some(key) = key else {
            let upload = upload.ok_or(Problem::NO_IMPORT)?;
            let id = app.run(move |_| upload.finish()).await?;
            let import = app.run(move |app| app.store.import(account, id)).await?;
            return import.as_ref().map(accepted).ok_or(Problem::NO_IMPORT);
        };
        let request = keyed(&app, key, text_of(digest), StatusCode::ACCEPTED);
        if let Some(upload) = upload {
            let asked = request.clone();
            match app.run(move |_| upload.finish_once(asked)).await {
                Ok(_) | Err(Error::DoneBefore) => {}
                Err(error) => return Err(error.into()),
            }
        }
        // An answer whose time is over may be forgotten just now.
        kept(&app, account, &request).await?.ok_or(Problem::NO_IMPORT)
    }
}

/// Bytes of the greatest file that is taken.
fn most_bytes(app: &App) -> u64 {
    app.settings.limits.upload.max(app.settings.limits.csv_upload)
}

/// What a parameter decides about columns of the account.
async fn decided(
    app: &App,
    account: AccountId,
    words: Option<&str>,
) -> Result<Vec<(Decision, About)>, Problem> {
    let asked = Decision::list(words.unwrap_or_default()).ok_or_else(unknown_decision)?;
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let about = app.run(move |app| import::decisions_of(app, account, &asked)).await?;
    about.ok_or_else(|| Problem::bad_request(say!("api-upload-decide-names-no-field")))
}

/// Begins the upload of a further file; a problem when its import is not there or not in review.
async fn further(
    app: &App,
    caller: &Caller,
    id: ImportId,
    mode: FileMode,
    name: &str,
) -> Result<Upload, Problem> {
    let (account, actor, name) = (caller.account, caller.actor.clone(), bare_name(name));
    let job = move |app: &App| {
        let Some(import) = app.store.import(account, id)? else { return Ok(Err(Problem::NO_IMPORT)) };
        let begun = Upload::begin_further(app, account, id, (mode, &name), &actor)?;
        Ok(begun.ok_or_else(|| Problem::not_in_review(import.state)))
    };
    app.run(job).await?
}

/// The name of a file without its folders and what can't be shown.
fn bare_name(name: &str) -> String {
    /// What it is cut to, in characters: it is shown, not opened.
    const LONGEST: usize = 200;
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let name = if name.is_empty() { "upload" } else { name };
    name.chars().filter(|letter| !letter.is_control()).take(LONGEST).collect()
}

impl Goal {
    /// The name of the file, if the address says one.
    fn file_name(&self) -> Option<&str> {
        match self {
            Self::Import(wish) => wish.file_name.as_deref(),
            Self::Further(_, _, name) => name.as_deref(),
        }
    }
}

impl Wish {
    fn upload(&self, name: &str, actor: &str, decisions: Vec<(Decision, About)>) -> NewUpload {
        let complete = match self.apply {
            Apply::Never => Complete::Never,
            Apply::WhenClean => Complete::WhenClean,
            Apply::WhenCleanLarge => Complete::WhenCleanLarge,
        };
        NewUpload {
            file_name: bare_name(name),
            actor: actor.to_owned(),
            complete: if self.base.is_some() { complete.over_now() } else { complete },
            leave_out_errors: self.leave_out_errors,
            decisions,
            keep: !self.dry_run,
        }
    }
}

//! A further file for an import in review: rows that were put right in a spreadsheet are added, or another file takes the place of all.

use axum::extract::State;
use axum::response::Redirect;
use import::{self, Upload};
use maud::{Markup, html};
use sentences::say;
use store::{AccountId, CountedFile, Error, FileMode, ImportId, ImportKind};

use super::notice::Notice;
use super::upload::{Kept, bare_name, broken_off, pass_on};
use super::viewed::{Changing, Viewed, address};
use crate::access::{Action, may};
use crate::app::App;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::reply::see;
use crate::web::frame::sent::FileForm;
use crate::web::frame::words::say_markup;

/// The part of the review page.
pub(in crate::web) fn section(viewed: &Viewed, files: &[CountedFile]) -> Markup {
    html! {
        @if may(viewed.actor.role, Action::Edit) && viewed.import.kind == ImportKind::File {
            section aria-labelledby="further" {
                h2 #further { (say!("further-another-file")) }
                @let others: Vec<&str> = files.iter().filter_map(|file| file.name.as_deref()).collect();
                @if !others.is_empty() {
                    p {
                        (say_markup!("further-files", files = html! {
                            @for (place, name) in others.iter().enumerate() {
                                @if place > 0 { ", " } span.file dir="auto" { (name) }
                            }
                        }))
                    }
                }
                p.muted {
                    (say!("further-put-rows-right-in-your"))
                }
                form.row method="post" action={ (address(&viewed.actor, viewed.import.id)) "/file" } enctype="multipart/form-data" {
                    label for="mode" { (say!("further-the-files-rows")) }
                    select #mode name="mode" {
                        option value=(FileMode::Add.word()) { (say!("further-are-added-or-replace-the")) }
                        option value=(FileMode::Replace.word()) { (say!("further-replace-everything-in-this-import")) }
                    }
                    label for="further-file" { (say!("further-file")) }
                    input #further-file type="file" name="file" accept=".xlsx,.ods,.csv" required;
                    button type="submit" { (say!("further-upload")) }
                }
            }
        }
    }
}

/// Reads the files again while the one who asked waits; a worker does it when too much is under way.
async fn read_now(app: &App, account: AccountId, id: ImportId) -> Answer<()> {
    match app.run_aside(account, move |app| import::read_now(app, account, id)).await {
        Err(Error::Crowded) => Ok(()),
        read => Ok(read?),
    }
}

/// Takes the file and goes back to the import.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Changing { actor, id }: Changing,
    FileForm(mut form): FileForm,
) -> Answer<Redirect> {
    let (account, name, mut mode) = (actor.account.id, actor.name.clone(), FileMode::Add);
    let here = address(&actor, id);
    while let Some(mut field) = form.next_field().await.map_err(broken_off)? {
        match field.name() {
            Some("mode") => {
                let word = field.text().await.map_err(broken_off)?;
                mode =
                    FileMode::of_word(&word).ok_or(Failure::Nonsense(say!("further-a-file-is-added-or")))?;
            }
            Some("file") => {
                let file_name = bare_name(field.file_name().unwrap_or(""));
                let first = field.chunk().await.map_err(broken_off)?.unwrap_or_default();
                if file_name.is_empty() && first.is_empty() {
                    break;
                }
                let begin = move |app: &App| {
                    Upload::begin_further(app, account, id, (mode, &file_name), &name)?.ok_or(Error::TooLate)
                };
                let notice = match pass_on(&app, account, begin, first, field).await {
                    Ok(Kept::Import(_)) => None,
                    Ok(Kept::TooLarge) => Some(Notice::FileTooLarge),
                    Err(Failure::Ours(Error::TooLate)) => Some(Notice::NotAdded),
                    Err(failure) => return Err(failure),
                };
                if notice.is_none() {
                    read_now(&app, account, id).await?;
                }
                return Ok(see(&format!("{here}{}", notice.map(Notice::query).unwrap_or_default())));
            }
            _ => {}
        }
    }
    Ok(see(&format!("{here}{}", Notice::NothingToSave.query())))
}

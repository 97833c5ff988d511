//! Receiving a file: its bytes are kept as they arrive, and only when all of them are durable there is an import.

use directory::{About, Allowance, Decision, Failure, Matching};
use events::{Event, Line};
use store::{
    AccountId, Complete, Error, FileMode, FurtherFile, ImportId, ImportKind, ImportState, KeyedRequest,
    NewImport, Result, Settled, UploadWriter,
};

use crate::Context;

/// How an upload begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUpload {
    /// The name of the file, as its sender calls it.
    pub file_name: String,
    /// Who sends it.
    pub actor: String,
    /// Whether it completes by itself.
    pub complete: Complete,
    /// Whether rows with errors are left out when it does.
    pub leave_out_errors: bool,
    /// What is decided about columns beforehand: see [`crate::decisions_of`].
    pub decisions: Vec<(Decision, About)>,
    /// False for a dry run, which is forgotten once it was told ([`forget`]).
    pub keep: bool,
}

/// An upload that is arriving. Dropped before [`Upload::finish`], nothing of it remains but parts that are swept up later.
pub struct Upload {
    app: Context,
    account: AccountId,
    id: ImportId,
    becomes: Becomes,
    writer: UploadWriter,
    too_large: bool,
    /// What the columns of a table are that Muster did not write, said beforehand, and the name of the kept matching that says so.
    matching: Option<(Matching, Option<String>)>,
    /// The bytes that the account keeps and may keep; asked when the first come.
    room: Option<Allowance>,
}

/// What an upload is for.
enum Becomes {
    /// An import of its own.
    Import(NewUpload),
    /// A file of an import in review.
    Further(FurtherFile),
}

impl Becomes {
    fn actor(&self) -> &str {
        match self {
            Self::Import(new) => &new.actor,
            Self::Further(file) => &file.actor,
        }
    }
}

impl Upload {
    /// Begins an upload.
    pub fn begin(app: &Context, account: AccountId, new: NewUpload) -> Self {
        let id = ImportId::new(app.clock.now(), app.randomness.number());
        let writer = app.store.write_upload(account, id, 1);
        Self {
            app: app.clone(),
            account,
            id,
            becomes: Becomes::Import(new),
            writer,
            too_large: false,
            matching: None,
            room: None,
        }
    }

    /// Begins the upload of a further file of an import. None when that is not in review, or has had too many.
    ///
    /// # Errors
    /// When the store fails.
    pub fn begin_further(
        app: &Context,
        account: AccountId,
        id: ImportId,
        (mode, name): (FileMode, &str),
        actor: &str,
    ) -> Result<Option<Self>> {
        let Some(number) = app.store.take_file_number(account, id)? else { return Ok(None) };
        let (name, actor) = (name.to_owned(), actor.to_owned());
        let further = FurtherFile { number, mode, name, actor, at: app.clock.now() };
        let writer = app.store.write_upload(account, id, number);
        let (app, becomes) = (app.clone(), Becomes::Further(further));
        Ok(Some(Self { app, account, id, becomes, writer, too_large: false, matching: None, room: None }))
    }

    /// Takes the next bytes. `Ok(false)` when the upload is beyond the limit: stop sending, [`Upload::finish`] makes it a failed
    /// import.
    ///
    /// # Errors
    /// [`Error::OverQuota`] when the account has no room for them; nothing of the upload is kept then. Else when the store fails.
    pub fn write(&mut self, bytes: &[u8]) -> Result<bool> {
        let limits = &self.app.limits;
        self.too_large |= self.writer.bytes() + bytes.len() as u64 > limits.upload.max(limits.csv_upload);
        if !self.too_large
            && let Err(error) = self.write_within(bytes)
        {
            self.forget();
            return Err(error);
        }
        Ok(!self.too_large)
    }

    /// Says whether the import completes by itself: what a form says of a file may come after the file.
    pub fn completes(&mut self, complete: Complete) {
        if let Becomes::Import(new) = &mut self.becomes {
            new.complete = complete;
        }
    }

    /// Says what the columns of the file are, if it is a table that Muster did not write; and the name of the kept matching that says so.
    pub fn matches(&mut self, matching: Matching, name: Option<String>) {
        self.matching = Some((matching, name));
    }

    fn write_within(&mut self, bytes: &[u8]) -> Result<()> {
        let room = match self.room {
            Some(room) => room,
            None => *self.room.insert(self.app.store.room_for_upload(self.account, !self.is_further())?),
        };
        let so_far = self.writer.bytes() + bytes.len() as u64;
        if !room.has_room(i64::try_from(so_far).unwrap_or(i64::MAX)) {
            return Err(Error::OverQuota(room));
        }
        self.writer.write(bytes)
    }

    /// Whether it is a further file of an import.
    pub fn is_further(&self) -> bool {
        matches!(self.becomes, Becomes::Further(_))
    }

    /// Whether more came than is taken.
    pub fn is_too_large(&self) -> bool {
        self.too_large
    }

    /// Gives up an upload that broke off: what was kept of it is forgotten.
    pub fn abandon(self) {
        if self.writer.bytes() > 0 {
            self.forget();
        }
    }

    /// Gives back the room of an upload that could not be kept. What fails here too is swept up later.
    fn forget(&self) {
        let store = &self.app.store;
        let forgotten = match &self.becomes {
            Becomes::Import(_) => store.forget_import(self.account, self.id),
            Becomes::Further(file) => store.forget_file(self.account, self.id, file.number),
        };
        if let Err(error) = forgotten {
            tracing::warn!(%error, "the parts of an upload that failed are still there");
        }
    }

    /// Ends the upload: from now on its import is in state `reading`, with all files durable, and workers may claim it.
    ///
    /// # Errors
    /// [`Error::TooLate`] when the import that the file was for is no longer in review, [`Error::OverQuota`] when the account has no room for
    /// it. Else when the store fails.
    pub fn finish(self) -> Result<ImportId> {
        let Self { app, account, id, becomes, writer, too_large, matching, .. } = self;
        writer.finish()?;
        let (line, noting) = told(&app, account, becomes.actor())?;
        let new = match becomes {
            Becomes::Import(new) => new,
            Becomes::Further(file) => {
                let added = noting.store.add_file(account, id, &file);
                if let Ok(true) = added {
                    line.with("import", id).tell();
                }
                if matches!(added, Ok(false) | Err(Error::DoneBefore | Error::OverQuota(_))) {
                    app.store.forget_file(account, id, file.number)?;
                }
                app.wake_workers();
                return if added? { Ok(id) } else { Err(Error::TooLate) };
            }
        };
        if let Some((matching, name)) = matching {
            app.store.say_matching(account, id, &matching, name.as_deref())?;
        }
        let new = NewImport {
            id,
            state: ImportState::Reading,
            kind: ImportKind::File,
            file_name: Some(new.file_name),
            actor: new.actor,
            complete: new.complete,
            keep: new.keep,
            leave_out_errors: new.leave_out_errors,
            undoes: None,
            decisions: new.decisions,
            at: app.clock.now(),
        };
        let begun = noting.store.begin_import(account, &new);
        if let Ok(true) = begun {
            line.with("import", id).tell();
        }
        match begun {
            Ok(true) if too_large => refuse_size(&app, account, id)?,
            Ok(true) => app.wake_workers(),
            Ok(false) => return Err(Error::Failed("two uploads began with the same identity".to_owned())),
            Err(error @ (Error::DoneBefore | Error::OverQuota(_))) => {
                app.store.forget_import(account, id)?;
                return Err(error);
            }
            Err(error) => return Err(error),
        }
        Ok(id)
    }

    /// Ends the upload of a request with an Idempotency-Key: import and key become durable together, so that a retry finds the import
    /// of the first try, whenever a process died.
    ///
    /// # Errors
    /// [`Error::DoneBefore`] when the key is known: what came is dropped. Else when the store fails.
    pub fn finish_once(mut self, request: KeyedRequest) -> Result<ImportId> {
        self.app.store = self.app.store.once(request);
        self.finish()
    }
}

/// The line of an upload in the log, and the program as the upload uses it: the activity of the account keeps it, too.
fn told(app: &Context, account: AccountId, actor: &str) -> Result<(Line, Context)> {
    let slug = app.store.account_now(account)?.slug;
    let line = Event::Uploaded.line().by(app.known_as(actor)).of_account(slug);
    let noting = app.noting(&line, &[account]);
    Ok((line, noting))
}

/// Ends an import whose bytes were not all taken.
fn refuse_size(app: &Context, account: AccountId, id: ImportId) -> Result<()> {
    let now = app.shared_now()?;
    let Some(lease) = app.store.claim(Some((account, id)), "upload", now, now.plus(crate::lease::LEASE))?
    else {
        return Ok(());
    };
    let limits = &app.limits;
    let failure = Failure::upload_too_large(limits.upload.max(limits.csv_upload) >> 20);
    app.store.settle(&lease, &Settled::failed(failure, app.clock.now()))?;
    Ok(())
}

//! Receiving a file: its bytes are kept as they arrive, and only when all of them are durable there is an import.

use super::NewUpload;
use crate::app::App;
use crate::store::{
    AccountId, Error, Failure, ImportId, ImportKind, ImportState, KeyedRequest, NewImport, Result, Settled,
    UploadWriter,
};

/// An upload that is arriving. Dropped before [`Upload::finish`], nothing of it remains but parts that are swept up later.
pub struct Upload {
    app: App,
    account: AccountId,
    id: ImportId,
    new: NewUpload,
    writer: UploadWriter,
    too_large: bool,
}

impl Upload {
    /// Begins an upload.
    pub fn begin(app: &App, account: AccountId, new: NewUpload) -> Self {
        let id = ImportId::new(app.clock.now(), app.randomness.number());
        let writer = app.store.write_upload(account, id);
        Self { app: app.clone(), account, id, new, writer, too_large: false }
    }

    /// Takes the next bytes. `Ok(false)` when the upload is beyond the limit: stop sending, [`Upload::finish`] makes it a failed
    /// import.
    ///
    /// # Errors
    /// When the store fails.
    pub fn write(&mut self, bytes: &[u8]) -> Result<bool> {
        let limits = &self.app.settings.limits;
        self.too_large |= self.writer.bytes() + bytes.len() as u64 > limits.upload.max(limits.csv_upload);
        if !self.too_large
            && let Err(error) = self.writer.write(bytes)
        {
            self.forget();
            return Err(error);
        }
        Ok(!self.too_large)
    }

    /// Gives back the room of an upload that could not be kept. What fails here too is swept up later.
    fn forget(&self) {
        if let Err(error) = self.app.store.forget_import(self.account, self.id) {
            tracing::warn!(%error, "the parts of an upload that failed are still there");
        }
    }

    /// Ends the upload: from now on it is an import in state `reading`, durable, and workers may claim it.
    ///
    /// # Errors
    /// When the store fails.
    pub fn finish(self) -> Result<ImportId> {
        let Self { app, account, id, new, writer, too_large } = self;
        writer.finish()?;
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
            at: app.clock.now(),
        };
        match app.store.begin_import(account, &new) {
            Ok(true) if too_large => refuse_size(&app, account, id)?,
            Ok(true) => app.wake_workers(),
            Ok(false) => return Err(Error::Failed("two uploads began with the same identity".to_owned())),
            Err(Error::DoneBefore) => {
                app.store.forget_import(account, id)?;
                return Err(Error::DoneBefore);
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

/// Ends an import whose bytes were not all taken.
fn refuse_size(app: &App, account: AccountId, id: ImportId) -> Result<()> {
    let now = app.clock.now();
    let Some(lease) = app.store.claim(Some((account, id)), "upload", now, now.plus(super::work::LEASE))?
    else {
        return Ok(());
    };
    let limits = &app.settings.limits;
    let failure = Failure {
        code: "file_too_large".to_owned(),
        message: directory::file_too_large(limits.upload.max(limits.csv_upload) >> 20),
    };
    app.store.settle(&lease, &Settled::failed(failure, now))?;
    Ok(())
}

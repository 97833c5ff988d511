//! A file on its way in: gathered here while it comes, and kept by a short job whenever there is enough of it. So no thread, no
//! transaction and no connection waits for whoever sends it.

use import::Upload;
use store::{Error, Result};

use crate::app::{App, Place};

/// Bytes that are kept together: a part, as the store keeps it.
const TOGETHER: usize = 256 * 1024;

/// A file that is arriving. Dropped before [`Arriving::end`], what was kept of it is forgotten.
pub(crate) struct Arriving {
    app: App,
    /// None while a store's thread has it, and after that failed.
    upload: Option<Upload>,
    gathered: Vec<u8>,
    _place: Place,
}

impl Arriving {
    /// Begins to take a file.
    pub(crate) fn begin(app: &App, place: Place, upload: Upload) -> Self {
        Self { app: app.clone(), upload: Some(upload), gathered: Vec::new(), _place: place }
    }

    /// Takes the next bytes. False when they are beyond the limit of files: then nothing more is kept.
    ///
    /// # Errors
    /// When the store fails; nothing of the file is kept then.
    pub(crate) async fn take(&mut self, bytes: &[u8]) -> Result<bool> {
        self.gathered.extend_from_slice(bytes);
        if self.gathered.len() < TOGETHER { Ok(true) } else { self.keep().await }
    }

    /// All of the file has come.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn end(mut self) -> Result<Upload> {
        self.keep().await?;
        self.upload.take().ok_or_else(gone)
    }

    async fn keep(&mut self) -> Result<bool> {
        let mut upload = self.upload.take().ok_or_else(gone)?;
        let gathered = std::mem::take(&mut self.gathered);
        let kept = self.app.run(move |_| {
            let goes_on = upload.write(&gathered)?;
            Ok((upload, gathered, goes_on))
        });
        let (upload, mut gathered, goes_on) = kept.await?;
        gathered.clear();
        (self.upload, self.gathered) = (Some(upload), gathered);
        Ok(goes_on)
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        if let Some(upload) = self.upload.take() {
            self.app.run_alone(move |_| upload.abandon());
        }
    }
}

fn gone() -> Error {
    Error::Failed("the upload failed before".to_owned())
}

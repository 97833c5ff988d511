//! The import that an address names: only the account's own, for those who may look at it or edit it.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

use super::errors::Failure;
use super::signed_in::{Editor, Viewer};
use crate::access::Actor;
use crate::app::App;
use store::{Import, ImportId};

/// An import, and who looks at it.
pub(super) struct Seen {
    /// Who.
    pub(super) actor: Actor,
    /// What.
    pub(super) import: Import,
}

impl Seen {
    /// Who started the import, as a person at the page would be addressed.
    pub(super) fn actor_of_import(&self) -> &str {
        if self.import.actor == self.actor.name { "you" } else { &self.import.actor }
    }
}

/// The identity of an import, and who may change it.
pub(super) struct Changing {
    /// Who.
    pub(super) actor: Actor,
    /// Which.
    pub(super) id: ImportId,
}

impl FromRequestParts<App> for Seen {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Viewer(actor) = Viewer::from_request_parts(parts, app).await?;
        let id = id_of(parts, app).await?;
        let account = actor.account.id;
        let found = app.run(move |app| app.store.import(account, id)).await?;
        found.map(|import| Self { actor, import }).ok_or(Failure::Unknown)
    }
}

impl FromRequestParts<App> for Changing {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Editor(actor) = Editor::from_request_parts(parts, app).await?;
        let Seen { import, .. } = Seen::from_request_parts(parts, app).await?;
        Ok(Self { actor, id: import.id })
    }
}

async fn id_of(parts: &mut Parts, app: &App) -> Result<ImportId, Failure> {
    let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Failure::Unknown)?;
    let id = params.iter().find(|(name, _)| *name == "id").and_then(|(_, id)| id.parse().ok());
    id.ok_or(Failure::Unknown)
}

/// The address of an import in an account.
pub(super) fn address(actor: &Actor, id: ImportId) -> String {
    format!("/o/{}/imports/{id}", actor.account.slug)
}

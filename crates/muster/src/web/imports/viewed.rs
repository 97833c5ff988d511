//! The import that an address names: only the account's own, for those who may look at it or edit it.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use sentences::say;
use store::{Import, ImportId};

use crate::access::Actor;
use crate::app::App;
use crate::web::frame::errors::Failure;
use crate::web::frame::signed_in::{Editor, Viewer};

/// An import, and who looks at it.
pub(in crate::web) struct Viewed {
    /// Who.
    pub(in crate::web) actor: Actor,
    /// What.
    pub(in crate::web) import: Import,
}

impl Viewed {
    /// Who started the import, as a person at the page would be addressed.
    pub(in crate::web) fn actor_of_import(&self) -> &str {
        if self.import.actor == self.actor.name { say!("viewed-you") } else { &self.import.actor }
    }
}

/// The identity of an import, and who may change it.
pub(in crate::web) struct Changing {
    /// Who.
    pub(in crate::web) actor: Actor,
    /// Which.
    pub(in crate::web) id: ImportId,
}

impl FromRequestParts<App> for Viewed {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Viewer(actor) = Viewer::from_request_parts(parts, app).await?;
        let id = id_of(parts, app).await?;
        let account = actor.account.id;
        let (number, news) = (actor.administrator, actor.news);
        let found = app.run(move |app| {
            if news > 0 {
                app.store.see_news_about(number, (account, id.number()), app.clock.now())?;
            }
            app.store.import(account, id)
        });
        let found = found.await?;
        found.map(|import| Self { actor, import }).ok_or(Failure::Unknown)
    }
}

impl FromRequestParts<App> for Changing {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Editor(actor) = Editor::from_request_parts(parts, app).await?;
        let Viewed { import, .. } = Viewed::from_request_parts(parts, app).await?;
        Ok(Self { actor, id: import.id })
    }
}

async fn id_of(parts: &mut Parts, app: &App) -> Result<ImportId, Failure> {
    let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Failure::Unknown)?;
    let id = params.iter().find(|(name, _)| *name == "id").and_then(|(_, id)| id.parse().ok());
    id.ok_or(Failure::Unknown)
}

/// The address of an import in an account.
pub(in crate::web) fn address(actor: &Actor, id: ImportId) -> String {
    format!("/o/{}/imports/{id}", actor.account.slug)
}

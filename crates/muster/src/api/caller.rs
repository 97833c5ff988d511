//! Who calls: the bearer token (RFC 6750) of a request, and what it may do.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use events::Event;
use store::{AccountId, Role};

use super::problem::Problem;
use crate::access::{Action, Token, may, token_holder};
use crate::app::{App, asked_for};

/// What a token stands for, in this request.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    /// The account that the token knows.
    pub(super) account: AccountId,
    /// Who stands in history: `token:` and the name of the token.
    pub(super) actor: String,
    /// The account's slug, for the log.
    pub(super) slug: String,
    role: Role,
}

impl Caller {
    /// Goes on only when the role allows an action.
    pub(super) fn may(&self, action: Action) -> Result<(), Problem> {
        if may(self.role, action) {
            return Ok(());
        }
        let about = match action {
            Action::Look => "look",
            Action::Edit => "edit",
            Action::Own => "own",
        };
        Event::Refused.line().by(&self.actor).of_account(&self.slug).about(about).tell();
        Err(Problem::NOT_ALLOWED)
    }
}

/// A caller who may edit. Stands before what takes the rest of a request apart, so that who may not edit learns just that, whatever they sent.
pub(super) struct Editor(pub(super) Caller);

/// A caller who owns the account, in the same way.
pub(super) struct Owner(pub(super) Caller);

impl FromRequestParts<App> for Owner {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, app).await?;
        caller.may(Action::Own)?;
        Ok(Self(caller))
    }
}

impl FromRequestParts<App> for Editor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, app).await?;
        caller.may(Action::Edit)?;
        Ok(Self(caller))
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let token = bearer(parts).ok_or(Problem::NO_TOKEN)?.to_owned();
        match app.run(move |app| token_holder(app, &token)).await? {
            Token::Holder(holder) => {
                let actor = format!("token:{}", holder.name);
                let slug = holder.account.slug;
                let caller = Self { account: holder.account.id, actor, slug, role: holder.role };
                asked_for(caller.account);
                parts.extensions.insert(caller.clone());
                Ok(caller)
            }
            Token::Unknown => {
                Event::TokenRefused.line().about("unknown").tell();
                Err(Problem::BAD_TOKEN)
            }
            Token::Suspended(why) => {
                Event::TokenRefused.line().about("suspended").tell();
                Err(Problem::suspended(why))
            }
            Token::Ended => {
                Event::TokenRefused.line().about("ended").tell();
                Err(Problem::TOKEN_ENDED)
            }
        }
    }
}

fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

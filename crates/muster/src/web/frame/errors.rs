//! What a page answers when it can't do what was asked: the words that people read, and the one place where failures are logged.

use std::borrow::Cow;

use axum::extract::MatchedPath;
use axum::http::{Extensions, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use sentences::say;
use store::Error;

use super::layout::bare_page;
use super::reply::to_sign_in;
use crate::access::unknown_host;
use crate::app::only_looks;

/// Why a request is not answered with its page.
#[derive(Debug)]
pub(in crate::web) enum Failure {
    /// There is no such thing, or it is somebody else's: the two look alike.
    Unknown,
    /// The role does not allow it; holds what the role may do instead.
    NotAllowed,
    /// Nobody is signed in; holds the address to return to.
    SignedOut(String),
    /// The account of this slug asks for a second factor first.
    FactorOwed(String),
    /// The organisation is suspended; holds why, in an operator's words.
    Suspended(String),
    /// An unsafe request that none of our pages sent.
    ForeignPage,
    /// The request makes no sense: a form that was altered, or half of one.
    Nonsense(&'static str),
    /// A form beyond what a page sends.
    FormTooLarge,
    /// The request came by a name that is not ours.
    UnknownHost,
    /// The program's or the database's fault.
    Ours(Error),
}

/// The result of a handler.
pub(in crate::web) type Answer<T> = Result<T, Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, title, words): Words = match self {
            Self::SignedOut(back) => return Redirect::to(&to_sign_in(&back)).into_response(),
            Self::FactorOwed(slug) => return Redirect::to(&format!("/o/{slug}/me/factor")).into_response(),
            Self::Unknown => (
                StatusCode::NOT_FOUND,
                say!("errors-page-not-found"),
                say!("errors-there-is-nothing-at-this").into(),
            ),
            Self::NotAllowed => (
                StatusCode::FORBIDDEN,
                say!("errors-you-may-look-but-not"),
                say!("errors-your-role-in-this-organisation").into(),
            ),
            Self::Suspended(why) => (
                StatusCode::FORBIDDEN,
                say!("errors-suspended"),
                say!("errors-suspended-why", why = why).into(),
            ),
            Self::ForeignPage => (
                StatusCode::FORBIDDEN,
                say!("errors-this-request-was-refused"),
                say!("errors-it-did-not-come-from").into(),
            ),
            Self::FormTooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                say!("errors-that-is-too-much-at"),
                say!("errors-nothing-was-saved-go-back").into(),
            ),
            Self::UnknownHost => (
                StatusCode::MISDIRECTED_REQUEST,
                say!("errors-muster-is-not-known-by"),
                unknown_host().into(),
            ),
            Self::Nonsense(words) => {
                (StatusCode::BAD_REQUEST, say!("errors-this-could-not-be-understood"), words.into())
            }
            Self::Ours(error) => ours(error),
        };
        let said = Said { title, words };
        let mut answer = (status, bare_page(title, &said.markup())).into_response();
        // Who has a role in the organisation that was asked for sees it in the frame of its pages: see `framed`.
        answer.extensions_mut().insert(said);
        if [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE].contains(&status) {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        answer
    }
}

/// What the page of an error says, whatever stands around it.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) title: &'static str,
    words: Cow<'static, str>,
}

impl Said {
    pub(super) fn markup(&self) -> Markup {
        html! {
            h1 { (self.title) }
            p { (self.words) }
            p.actions { a.button href="/" { (say!("errors-go-to-your-users")) } a.button href="/help" { (say!("layout-help")) } }
        }
    }
}

/// What a page of an error says: its status, its title, what to do.
type Words = (StatusCode, &'static str, Cow<'static, str>);

/// What is said when the store refuses or fails; what is a fault of ours is logged.
fn ours(error: Error) -> Words {
    let not_understood = say!("errors-this-could-not-be-understood");
    let too_much = say!("errors-that-is-too-much-at");
    match error {
        Error::SearchTooLong => {
            (StatusCode::BAD_REQUEST, not_understood, directory::search_too_long().into())
        }
        Error::OverQuota(allowance) => {
            (StatusCode::CONFLICT, say!("errors-there-is-no-room-for-that"), allowance.refusal().into())
        }
        Error::Crowded => (StatusCode::TOO_MANY_REQUESTS, too_much, directory::too_much_at_once().into()),
        // The log was told once.
        Error::Updated => (
            StatusCode::SERVICE_UNAVAILABLE,
            say!("errors-please-try-again"),
            directory::muster_updated().into(),
        ),
        error => {
            tracing::error!(%error, "a page failed");
            failed(&error)
        }
    }
}

fn failed(error: &Error) -> Words {
    let again = say!("errors-please-try-again");
    match error {
        Error::Busy if only_looks() => {
            (StatusCode::SERVICE_UNAVAILABLE, again, directory::database_busy_reading().into())
        }
        Error::Unreachable(_) if only_looks() => {
            (StatusCode::SERVICE_UNAVAILABLE, again, directory::database_unreachable_reading().into())
        }
        Error::Busy | Error::Unconnected | Error::OnlyReads => {
            (StatusCode::SERVICE_UNAVAILABLE, again, error.to_string().into())
        }
        Error::Held(_) => (StatusCode::SERVICE_UNAVAILABLE, again, error.to_string().into()),
        Error::Unreachable(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, again, directory::database_unreachable().into())
        }
        Error::TooCostly => (StatusCode::SERVICE_UNAVAILABLE, again, directory::too_costly().into()),
        Error::UploadLost { .. } => (
            StatusCode::INTERNAL_SERVER_ERROR,
            say!("errors-something-went-wrong-here"),
            error.to_string().into(),
        ),
        Error::Unread(_) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            say!("errors-something-went-wrong-here"),
            directory::row_unread().into(),
        ),
        Error::Full => (
            StatusCode::INSUFFICIENT_STORAGE,
            say!("errors-there-is-no-room-left"),
            directory::disk_full().into(),
        ),
        _ => (
            StatusCode::INTERNAL_SERVER_ERROR,
            say!("errors-something-went-wrong-here"),
            say!("errors-the-fault-is-ours-and").into(),
        ),
    }
}

/// The answer to addresses that mean nothing.
pub(in crate::web) async fn unknown() -> Failure {
    Failure::Unknown
}

/// The address of a request as the log tells it: without what stands in its places, which may be a secret or the name of a user.
pub(in crate::web) fn route_of(extensions: &Extensions) -> &str {
    extensions.get::<MatchedPath>().map_or("nowhere", MatchedPath::as_str)
}

//! The cookies of a browser: the session's, the one by which the browser is known, the one of who owes the second factor, its language. And the
//! browser itself, as a request shows it.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use crate::access::{Browser, DEVICE_DAYS, Visit};

/// A cookie of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Cookie {
    /// Whose session it is.
    Session,
    /// That somebody signed in before in this browser.
    Device,
    /// Who passed the first factor.
    Half,
    /// The language of pages for whoever is not signed in; no secret, but its tag.
    Language,
}

impl Cookie {
    /// Its name. On https the prefix makes browsers refuse it from anywhere else (RFC 6265bis, 4.1.3.2); the other is for one's own machine.
    fn name(self, visit: Visit) -> &'static str {
        match (self, visit.https) {
            (Self::Session, true) => "__Host-muster",
            (Self::Session, false) => "muster",
            (Self::Device, true) => "__Host-muster-device",
            (Self::Device, false) => "muster-device",
            (Self::Half, true) => "__Host-muster-half",
            (Self::Half, false) => "muster-half",
            (Self::Language, true) => "__Host-muster-language",
            (Self::Language, false) => "muster-language",
        }
    }

    fn seconds(self) -> i64 {
        match self {
            Self::Session => 7 * 24 * 60 * 60,
            Self::Device => DEVICE_DAYS * 24 * 60 * 60,
            Self::Half => 10 * 60,
            Self::Language => 365 * 24 * 60 * 60,
        }
    }

    /// The `Set-Cookie` that keeps a secret in the browser; without a secret, the one that removes it.
    pub(super) fn line(self, visit: Visit, secret: Option<&str>) -> String {
        let (name, secure) = (self.name(visit), if visit.https { "; Secure" } else { "" });
        let seconds = secret.map_or(0, |_| self.seconds());
        let secret = secret.unwrap_or_default();
        format!("{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
    }

    /// The secret that a request carries in it.
    pub(in crate::web) fn of(self, parts: &Parts) -> Option<String> {
        self.among(*parts.extensions.get::<Visit>()?, &parts.headers)
    }

    /// The same among the headers of a visit.
    pub(in crate::web) fn among(self, visit: Visit, headers: &HeaderMap) -> Option<String> {
        let name = self.name(visit);
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(of, _)| *of == name).map(|(_, secret)| secret.to_owned())
    }
}

/// An answer that keeps secrets in the browser, and removes those of which there is none.
pub(in crate::web) fn with_cookies(
    visit: Visit,
    cookies: &[(Cookie, Option<&str>)],
    answer: impl IntoResponse,
) -> Response {
    let mut answer = answer.into_response();
    for (cookie, secret) in cookies {
        // A secret is hexadecimal, a tag has letters: a header takes it.
        if let Ok(line) = HeaderValue::try_from(cookie.line(visit, *secret)) {
            answer.headers_mut().append(header::SET_COOKIE, line);
        }
    }
    answer
}

/// The browser of a request, and the secret of who owes the second factor.
pub(in crate::web) struct Seen {
    /// What is known of the browser.
    pub(in crate::web) browser: Browser,
    /// How the request came.
    pub(in crate::web) visit: Visit,
    /// Of who passed the first factor.
    pub(in crate::web) half: Option<String>,
}

impl<S: Sync> FromRequestParts<S> for Seen {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let visit = parts.extensions.get::<Visit>().copied();
        let visit = visit.unwrap_or(Visit { address: None, https: false });
        let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        let browser = Browser {
            address: visit.address,
            agent: agent.unwrap_or_default().to_owned(),
            session: Cookie::Session.of(parts),
            device: Cookie::Device.of(parts),
        };
        Ok(Self { browser, visit, half: Cookie::Half.of(parts) })
    }
}

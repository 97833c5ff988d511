//! What every request passes: who asks and how, in which language it is answered, whether an unsafe one comes from our own pages, and the headers that every
//! answer carries.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use events::Event;
use sentences::answering_in;
use tracing::Instrument;

use super::errors::{Failure, route_of};
use super::framed::{Asker, framed};
use super::language;
use crate::access::{Origin, Visit, comes_from_our_pages, is_known_host, request_number};
use crate::app::{App, asked, asked_as, asked_by};

/// Nothing but our own scripts, styles, images and forms; nobody may frame us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; \
     form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Header, value: what goes onto every answer that does not say otherwise.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
];

/// The header that tells a request's number, which stands beside whatever the log says of it.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The middleware of all pages. Leaves the [`Visit`] with the request.
pub(in crate::web) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    asked(request.method().is_safe(), known(app, request, next)).await
}

async fn known(app: App, mut request: Request, next: Next) -> Response {
    let visit = visit_of(&app, &request);
    request.extensions_mut().insert(visit);
    visit.address.into_iter().for_each(asked_by);
    let id = number_of(&app, &request);
    asked_as(&id);
    let address = visit.address.map(tracing::field::display);
    let span = tracing::error_span!("request", id, address);
    let language = language::of_visit(&app, visit, request.headers());
    let answer = async {
        let mut response = guarded(&app, visit, request, next).await;
        language::keep(visit, language, &mut response);
        response
    };
    let mut response = answering_in(language, answer).instrument(span).await;
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// Answers a request that may be answered, and tells of those that are not, or badly.
async fn guarded(app: &App, visit: Visit, request: Request, next: Next) -> Response {
    let route = format!("{} {}", request.method(), route_of(request.extensions()));
    let foreign = || Event::ForeignRequest.line().about(&route).tell();
    let mut response = if !is_known_host(&app.settings, host_of(&request)) {
        foreign();
        Failure::UnknownHost.into_response()
    } else if app.store.is_updated() && needs_the_database(request.uri().path()) {
        Failure::Ours(store::Error::Updated).into_response()
    } else if request.method().is_safe() || is_ours(app, visit, request.headers()) {
        let (asker, request) = Asker::of(request);
        let answer = next.run(request).await;
        framed(app, asker, answer).await
    } else {
        foreign();
        Failure::ForeignPage.into_response()
    };
    if response.status().is_server_error() {
        Event::Failed.line().about(format_args!("{route} {}", response.status().as_u16())).tell();
    }
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    if visit.https {
        let two_years = HeaderValue::from_static("max-age=63072000; includeSubDomains");
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, two_years);
    }
    response
}

/// Whether an address is answered from the database; what a page is made of, and the health of the process, are not.
fn needs_the_database(path: &str) -> bool {
    !path.starts_with("/assets/") && !["/healthz", "/readyz"].contains(&path)
}

/// The name that a request came by: of HTTP/1.1 a header, of HTTP/2 a part of the address.
fn host_of(request: &Request) -> Option<&str> {
    let header = request.headers().get(header::HOST);
    // A header that is no text is a name that nobody has.
    header.map(|host| host.to_str().unwrap_or("?")).or(request.uri().host())
}

fn number_of(app: &App, request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let said = request.headers().get(REQUEST_ID).and_then(|said| said.to_str().ok());
    request_number(&app.settings, peer, said, || u64::from_le_bytes(app.randomness.bytes()))
}

fn visit_of(app: &App, request: &Request) -> Visit {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    // Several headers of one name are one list (RFC 9110, 5.3); the nearest proxy's comes last.
    let all = |name: &str| {
        let values = request.headers().get_all(name).iter().filter_map(|value| value.to_str().ok());
        values.collect::<Vec<_>>().join(",")
    };
    Visit::of(&app.settings, peer, &all("x-forwarded-for"), &all("x-forwarded-proto"))
}

fn is_ours(app: &App, visit: Visit, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let said = Origin { fetch_site: text("sec-fetch-site"), origin: text("origin"), host: text("host") };
    comes_from_our_pages(&app.settings, visit, said)
}

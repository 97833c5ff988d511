//! REST, `/api/v1`: a bearer token knows its account, errors are problem details (RFC 9457), lists have cursors.
//!
//! [`wire`] and [`lists`] are also what the command line's `--json` prints, so that both say the same.

mod activity;
mod answers;
mod caller;
mod changes;
mod extract;
mod fields;
mod files;
mod fixes;
mod imports;
pub mod lists;
mod matching;
mod once;
mod problem;
mod reply;
mod tickets;
mod upload;
mod user_data;
mod users;
pub mod wire;

use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, patch, post};
use events::Event;
use problem::Problem;
use tracing::Instrument;

use crate::access::{Visit, is_known_host, request_number};
use crate::app::{App, asked, asked_as, asked_by};

/// All of REST, under `/api/v1`, ready to be served or merged with other routes.
pub fn router(app: App) -> Router {
    let once = from_fn_with_state(app.clone(), once::once);
    let steps = Router::new()
        .route("/changes", post(changes::change))
        .route("/users", post(users::create))
        .route("/imports/{id}/fixes", patch(imports::fix))
        .route("/imports/{id}/fixes/undo", post(imports::undo_fixes))
        .route("/imports/{id}/fixes/redo", post(imports::redo_fixes))
        .route("/imports/{id}/decisions", post(imports::decide))
        .route("/imports/{id}/matching", post(matching::send))
        .route("/imports/{id}/apply", post(imports::apply))
        .route("/imports/{id}/cancel", post(imports::cancel))
        .route("/imports/{id}/take-back", post(imports::take_back))
        .route("/imports/{id}/undo", post(imports::undo))
        .route("/tickets/{id}/bring-back", post(tickets::bring_back))
        .route_layer(once);
    let on_tickets = Router::new()
        .route("/tickets", post(tickets::raise))
        .route("/tickets/{id}/words", post(tickets::write))
        .route("/tickets/{id}/take-back", post(tickets::take_back))
        .route_layer(from_fn_with_state(app.clone(), once::once_on_tickets));
    let by_owners = Router::new()
        .route("/fields", post(fields::create).patch(fields::change))
        .route_layer(from_fn_with_state(app.clone(), once::once_by_owner));
    let routes = Router::new()
        .route("/fields", get(fields::list))
        .route("/users", get(users::list))
        .route("/users/{id}", get(users::show))
        .route("/users/{id}/history", get(users::history))
        .route("/user-data", get(user_data::send))
        .route("/new-user-template", get(user_data::template))
        // An upload is streamed and has a limit of its own.
        .route("/imports", get(imports::list).post(upload::create).layer(DefaultBodyLimit::disable()))
        .route("/imports/{id}", get(imports::show).delete(imports::forget))
        .route("/imports/{id}/file", post(upload::add).layer(DefaultBodyLimit::disable()))
        .route("/imports/{id}/matching", get(matching::show))
        .route("/imports/{id}/issues", get(imports::issues))
        .route("/imports/{id}/changes", get(imports::changes))
        .route("/imports/{id}/conflicts", get(imports::conflicts))
        .route("/imports/{id}/report", get(files::report))
        .route("/imports/{id}/file", get(files::file))
        .route("/tickets", get(tickets::list))
        .route("/tickets/{id}", get(tickets::show))
        .route("/activity", get(activity::list))
        .route("/answers", get(answers::list).post(answers::keep).delete(answers::forget))
        .route("/selections", post(changes::select))
        .route("/selections/{id}", get(changes::selection))
        .merge(steps)
        .merge(on_tickets)
        .merge(by_owners)
        .fallback(|| async { Problem::NOT_FOUND })
        .method_not_allowed_fallback(|| async { Problem::WRONG_METHOD });
    let https = app.settings.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
    let headers = move |mut answer: Response| async move {
        protect(answer.headers_mut(), https);
        answer
    };
    let host = app.clone();
    // The nested routes do not see the address with nothing but a slash after it.
    Router::new()
        .nest("/api/v1", routes.with_state(app))
        .route("/api/v1/", any(|| async { Problem::NOT_FOUND }))
        .layer(from_fn_with_state(host, numbered))
        .layer(map_response(headers))
}

/// Gives a request its number, which stands beside whatever the log says of it, and goes on.
async fn numbered(State(app): State<App>, request: Request, next: Next) -> Response {
    asked(request.method().is_safe(), number(app, request, next)).await
}

async fn number(app: App, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let said = request.headers().get("x-request-id").and_then(|said| said.to_str().ok());
    let id = request_number(&app.settings, peer, said, || u64::from_le_bytes(app.randomness.bytes()));
    asked_as(&id);
    let address = address_of(&app, &request);
    address.into_iter().for_each(asked_by);
    let address = address.map(tracing::field::display);
    let span = tracing::error_span!("request", id, address);
    let mut answer = known_host(&app, request, next).instrument(span).await;
    if let Ok(id) = HeaderValue::try_from(id) {
        answer.headers_mut().insert("x-request-id", id);
    }
    answer
}

fn address_of(app: &App, request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let values = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    Visit::of(&app.settings, peer, &values.collect::<Vec<_>>().join(","), "").address
}

/// Goes on only with requests by a name that can be ours; tells of those that are refused, or answered badly.
async fn known_host(app: &App, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("nowhere", MatchedPath::as_str);
    let route = format!("{} {route}", request.method());
    let header = request.headers().get(header::HOST);
    let host = header.map(|host| host.to_str().unwrap_or("?")).or(request.uri().host());
    if !is_known_host(&app.settings, host) {
        Event::ForeignRequest.line().about(route).tell();
        return Problem::unknown_host().into_response();
    }
    if app.store.is_updated() {
        return Problem::UPDATED.into_response();
    }
    let answer = next.run(request).await;
    if answer.status().is_server_error() {
        Event::Failed.line().about(format_args!("{route} {}", answer.status().as_u16())).tell();
    }
    answer
}

/// Keeps answers out of caches and out of pages of others; those of people's data above all.
fn protect(headers: &mut HeaderMap, https: bool) {
    let fixed = [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if https {
        let two_years = HeaderValue::from_static("max-age=63072000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, two_years);
    }
}

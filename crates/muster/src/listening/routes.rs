//! The routes that connections are answered by, which may not be there yet: until the database is open and up to date, the health of the
//! server is told and everything else is put off.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;

use super::{compressed, measured};

/// Routes that are there, or will be. Cheap to clone.
#[derive(Clone, Default)]
pub struct Routes(Arc<OnceLock<Router>>);

impl Routes {
    /// Those of a server that is being started.
    pub fn closed() -> Self {
        Self::default()
    }

    /// From now on these answer; the first that are said stay.
    pub fn open(&self, routes: Router) {
        let routes = routes.layer(axum::middleware::from_fn(compressed::compressed));
        let routes = routes.layer(axum::middleware::from_fn(measured::measured));
        // What is open stays open.
        let _ = self.0.set(routes);
    }

    /// Whether they are there.
    pub fn is_open(&self) -> bool {
        self.0.get().is_some()
    }

    pub(super) fn get(&self) -> Option<&Router> {
        self.0.get()
    }
}

/// The answer to a request that came before the routes.
pub(super) fn too_early(path: &str) -> Response<Body> {
    match path {
        "/healthz" => "ok".into_response(),
        "/readyz" => (StatusCode::SERVICE_UNAVAILABLE, "migrating").into_response(),
        _ => put_off(directory::being_opened()),
    }
}

/// An answer that says to come again.
pub(super) fn put_off(why: &'static str) -> Response<Body> {
    let headers = [
        (header::RETRY_AFTER, "5"),
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (StatusCode::SERVICE_UNAVAILABLE, headers, why).into_response()
}

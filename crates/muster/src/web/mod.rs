//! The pages: one file a page, its template beside it. A handler extracts, authorises, makes one call and replies.
//!
//! Every action is a form that works without script; the modules in `assets/` make it smooth. What belongs to another account
//! answers exactly as what does not exist.

mod assets;
mod errors;
mod guard;
mod home;
mod layout;
mod link;
mod list;
mod password;
mod reply;
mod sign_in;
mod signed_in;
mod strip;
mod users;

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::App;

/// How long requests in flight may take to finish once the server was asked to end.
const LAST_REQUESTS: Duration = Duration::from_secs(8);

/// All pages, ready to be served or merged with other routes.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/", get(home::show))
        .route("/sign-in", get(sign_in::show).post(sign_in::send))
        .route("/sign-out", post(sign_in::leave))
        .route("/link/{secret}", get(link::show).post(link::open))
        .route("/o/{slug}/users", get(users::show))
        .route("/o/{slug}/me", get(password::show).post(password::send))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/assets/{hash}/{name}", get(assets::send))
        .fallback(errors::unknown)
        .layer(axum::middleware::from_fn_with_state(app.clone(), guard::guard))
        .with_state(app)
}

/// Serves routes ([`router`], alone or merged with those of REST) until `shutdown` completes; then requests in flight have eight
/// seconds to finish.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    routes: Router,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (tell, mut told) = watch::channel(false);
    let ended = async move {
        shutdown.await;
        let _ = tell.send(true);
    };
    let server = axum::serve(listener, routes.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(ended);
    let too_late = async move {
        let _ = told.wait_for(|over| *over).await;
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    tokio::select! {
        served = server => served,
        () = too_late => Ok(()),
    }
}

/// Completes when the process is asked to end: SIGTERM or ctrl-c.
pub async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupted = tokio::signal::ctrl_c();
    let Ok(mut terminated) = signal(SignalKind::terminate()) else {
        let _ = interrupted.await;
        return;
    };
    tokio::select! {
        _ = interrupted => {},
        _ = terminated.recv() => {},
    }
}

/// Whether the database answers.
async fn ready(axum::extract::State(app): axum::extract::State<App>) -> (StatusCode, &'static str) {
    match app.run(|app| app.store.accounts()).await {
        Ok(_) => (StatusCode::OK, "ready"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}

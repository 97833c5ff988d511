//! Whether the server says that it is ready.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use import::Workers;
use muster::app::App;
use tower::ServiceExt;

use crate::ground::on_both;

#[test]
fn a_server_without_workers_is_not_ready() {
    on_both(|app| {
        assert_eq!(ready(app), StatusCode::SERVICE_UNAVAILABLE);
        let workers = Workers::start(app, 2);
        assert_eq!(ready(app), StatusCode::OK);
        app.stop_working();
        assert_eq!(ready(app), StatusCode::SERVICE_UNAVAILABLE, "it stops, though workers live");
        assert!(workers.stop(Duration::from_secs(5)));
        assert_eq!(ready(app), StatusCode::SERVICE_UNAVAILABLE);
    });
}

fn ready(app: &App) -> StatusCode {
    let request = Request::get("/readyz").body(Body::empty()).expect("a request");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(muster::web::router(app.clone()).oneshot(request)).expect("an answer").status()
}

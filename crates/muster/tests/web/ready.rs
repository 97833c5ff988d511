//! Whether the server says that it is ready.

use std::time::Duration;

use ::store::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use import::Workers;
use muster::access::create_token;
use muster::app::App;
use tower::ServiceExt;

use super::site::Site;
use crate::ground::{NOW, on_both, on_postgres};

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

#[test]
fn a_server_whose_database_can_only_be_read_is_not_ready_and_answers_that_it_is_away() {
    on_postgres(|app| {
        let workers = Workers::start(app, 1);
        assert_eq!(ready(app), StatusCode::OK);
        only_read(app, "on");
        assert_eq!(ready(app), StatusCode::SERVICE_UNAVAILABLE);
        let refused = app.store.create_account("late", "Late", NOW).expect_err("nothing is written");
        assert!(matches!(refused, store::Error::OnlyReads), "{refused:?}");
        only_read(app, "off");
        assert_eq!(ready(app), StatusCode::OK, "it is ready again by itself");
        assert!(workers.stop(Duration::from_secs(5)));
    });
}

#[test]
fn a_database_that_can_only_be_read_answers_who_looks_and_tells_who_writes() {
    on_postgres(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let token = create_token(app, site.acme.id, "robot", Role::Editor, None).expect("a token");
        let user = site.user(&site.acme, 0);
        let rest = |method: &str, path: &str, body: &'static str| {
            let request = Request::builder().method(method).uri(format!("/api/v1{path}"));
            let request = request.header("authorization", format!("Bearer {token}"));
            site.ask(
                request.header("content-type", "application/json").body(Body::from(body)).expect("a request"),
            )
        };
        only_read(app, "on");
        for address in ["/o/acme/users", &format!("/o/acme/users/{user}"), "/o/acme/imports"] {
            let page = site.open(address, &cookie);
            assert_eq!(page.status, StatusCode::OK, "{address}: {}", page.body);
        }
        let read = rest("GET", "/users", "");
        assert_eq!(read.status, StatusCode::OK, "{}", read.body);
        let written = site.post("/o/acme/me/language", &cookie, "language=de");
        assert_eq!(written.status, StatusCode::SERVICE_UNAVAILABLE, "{}", written.body);
        assert!(written.body.contains("can only be read just now"), "{}", written.body);
        let written = rest("POST", "/imports?file_name=a.csv", "email\nann@acme.example\n");
        assert_eq!(written.status, StatusCode::SERVICE_UNAVAILABLE, "{}", written.body);
        assert!(written.body.contains("can only be read just now"), "{}", written.body);
        only_read(app, "off");
        let written = rest("POST", "/imports?file_name=a.csv", "email\nann@acme.example\n");
        assert!(written.status.is_success(), "{}", written.body);
    });
}

/// Whether the connections of a database that are made from now on may only read; those that are there end.
fn only_read(app: &App, word: &str) {
    let mut client = ::ground::see_all(&app.settings.database);
    // A transaction begins as its connection was told before.
    for sql in [
        "SET default_transaction_read_only = off",
        &format!(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = {word}', current_database()); END $$"
        ),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    ] {
        client.batch_execute(sql).expect("it is set");
    }
}

fn ready(app: &App) -> StatusCode {
    let request = Request::get("/readyz").body(Body::empty()).expect("a request");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(muster::web::router(app.clone()).oneshot(request)).expect("an answer").status()
}

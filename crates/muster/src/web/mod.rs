//! The pages: one file a page, its template beside it, in a folder for each part of the house. A handler extracts, authorises, makes one
//! call and replies.
//!
//! Every action is a form that works without script; the modules in `assets/` make it smooth. What belongs to another account
//! answers exactly as what does not exist.

pub mod design;
mod fields;
mod frame;
mod help;
mod imports;
mod me;
mod measured;
mod operator;
mod practice;
mod support;
mod tickets;
mod users;

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

use self::frame::errors::{Answer, Failure};
use self::frame::{assets, errors, guard};
use self::me::{
    account, activity, administrators, code, factor, forgot, home, language, link, news, password, sessions,
    settings, setup, sign_in, tokens,
};
use self::users::{change, download, selected, user};
use crate::app::App;
use imports::{
    answered, changed, changing, conflicts, finish, fixes, further, left_out, match_columns, new_users,
    not_in_file, one_import, one_problem, problems, progress, report, since, ticket, upload, with_support,
    worth_knowing,
};

/// Bytes of a form of fixes: a page of cells, each as long as a cell may be, is far below.
const FIXES_MOST: usize = 8 << 20;

/// All pages, ready to be served or merged with other routes.
pub fn router(app: App) -> Router {
    let most = upload::most_bytes(&app);
    Router::new()
        .route("/", get(home::show))
        .route("/help", get(help::show))
        .route("/help/captions.vtt", get(help::captions))
        .route("/help/feedback", post(help::send).layer(DefaultBodyLimit::max(help::FORM_MOST)))
        .route("/sign-in", get(sign_in::show).post(sign_in::send))
        .route("/sign-in/code", get(code::show).post(code::send))
        .route("/sign-out", post(sign_in::leave))
        .route("/setup/{secret}", get(setup::show).post(setup::send))
        .route("/forgot", get(forgot::show).post(forgot::send))
        .route("/me/news", get(news::show).post(news::seen))
        .route("/link/{secret}", get(link::show).post(link::open))
        .route("/o/{slug}/users", get(users::list::show))
        .route("/o/{slug}/users/new", get(users::new::show).post(users::new::send))
        .route("/o/{slug}/users/{id}", get(user::show).post(user::send))
        .route("/o/{slug}/users/{id}/erase", get(users::erase::show).post(users::erase::send))
        .route("/o/{slug}/searches", get(users::saved::show).post(users::saved::send))
        .route("/o/{slug}/columns", post(users::columns::choose))
        .route("/o/{slug}/review-columns", post(imports::grid_columns::choose))
        .route("/o/{slug}/download", get(download::show))
        .route("/o/{slug}/download/file", get(download::file))
        .route("/o/{slug}/template", get(download::template))
        .route("/o/{slug}/import", get(upload::show))
        .route(
            "/o/{slug}/imports",
            get(imports::list::show).post(upload::send).layer(DefaultBodyLimit::max(most)),
        )
        .route("/o/{slug}/answers", get(answered::show).post(answered::send))
        .nest("/o/{slug}/imports/{id}", of_import(most))
        .merge(of_selections())
        .merge(about_people())
        .merge(about_tickets())
        .merge(of_operators())
        .route("/practice", post(practice::open))
        .route("/practice/workbook", get(practice::file))
        .route("/practice/end", post(practice::end))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(measured::show))
        .route("/assets/{hash}/{name}", get(asset))
        .fallback(errors::unknown)
        .layer(axum::middleware::from_fn_with_state(app.clone(), guard::guard))
        .with_state(app)
}

/// What is told on an address of its own, to whoever reaches that: `/metrics`, and the health of the server.
pub fn watched(app: App) -> Router {
    Router::new()
        .route("/metrics", get(measured::show_all))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .with_state(app)
}

fn about_people() -> Router<App> {
    Router::new()
        .route("/o/{slug}/me", get(password::show).post(password::send))
        .route("/o/{slug}/me/account", get(account::show).post(account::send))
        .route("/o/{slug}/me/sessions", get(sessions::show).post(sessions::send))
        .route("/o/{slug}/me/factor", get(factor::show).post(factor::send))
        .route("/language", post(language::switch))
        .route("/o/{slug}/me/language", get(language::show).post(language::send))
        .route("/o/{slug}/settings", get(settings::show).post(settings::send))
        .route(
            "/o/{slug}/fields",
            get(fields::list::show).post(fields::list::send).layer(DefaultBodyLimit::max(FIXES_MOST)),
        )
        .route(
            "/o/{slug}/fields/{key}",
            get(fields::field::show).post(fields::field::send).layer(DefaultBodyLimit::max(FIXES_MOST)),
        )
        .route("/o/{slug}/tokens", get(tokens::show).post(tokens::send))
        .route("/o/{slug}/activity", get(activity::show))
        .route("/o/{slug}/activity/file", get(activity::file))
        .route("/o/{slug}/administrators", get(administrators::show).post(administrators::send))
}

fn about_tickets() -> Router<App> {
    Router::new()
        .route("/o/{slug}/tickets", get(tickets::list::show))
        .route("/o/{slug}/tickets/{id}", get(tickets::one::show).post(tickets::one::send))
        .route("/o/{slug}/releases", post(tickets::releases::dismiss))
}

fn of_operators() -> Router<App> {
    Router::new()
        .route("/operator", get(operator::organisations::show).post(operator::organisations::send))
        .route(
            "/operator/organisations/{slug}",
            get(operator::organisation::show).post(operator::organisation::send),
        )
        .route("/operator/feedback", get(operator::feedback::show))
        .route("/operator/state", get(operator::state::show))
        .route("/operator/tickets", get(operator::tickets::show))
        .route("/operator/tickets/{id}", get(operator::ticket::show).post(operator::ticket::send))
}

fn of_selections() -> Router<App> {
    Router::new()
        .route(
            "/o/{slug}/selections",
            get(selected::paste).post(selected::send).layer(DefaultBodyLimit::max(FIXES_MOST)),
        )
        .route("/o/{slug}/selections/{id}", get(selected::show))
        .route("/o/{slug}/selections/{id}/change", get(change::show).post(change::send))
}

fn of_import(most: usize) -> Router<App> {
    Router::new()
        .route("/file", get(one_import::file).post(further::send).layer(DefaultBodyLimit::max(most)))
        .route("/", get(one_import::show))
        .route("/progress", get(progress::moving))
        .route("/problems", get(problems::show))
        .route("/problems/one", get(one_problem::show))
        .route("/since", get(since::show))
        .route("/conflicts", get(conflicts::show))
        .route("/new-users", get(new_users::show))
        .route("/worth-knowing", get(worth_knowing::show))
        .route("/match", get(match_columns::show).post(match_columns::send))
        .route("/not-in-file", get(not_in_file::show))
        .route("/changes", get(changing::show))
        .route("/changed", get(changed::send))
        .route("/left-out", get(left_out::show))
        .route("/with-support", get(with_support::show))
        .route("/ticket", get(ticket::show).post(ticket::send))
        .route("/report", get(report::send))
        .route("/fixes", post(fixes::send).layer(DefaultBodyLimit::max(FIXES_MOST)))
        .route("/complete", get(finish::ask).post(finish::complete))
        .route("/undo", post(one_import::undo))
        .route("/cancel", get(finish::ask_cancel).post(one_import::cancel))
        .route("/take-back", post(one_import::take_back))
        .route("/empty", post(one_import::empty))
        .route("/note", post(one_import::note))
}

/// Completes when the process is asked to end: SIGTERM or ctrl-c. Listens from the call on, not only once it is awaited, so that nobody
/// who was told that the server is ready ends it the hard way.
///
/// # Errors
/// When the signals can't be listened to.
pub fn asked_to_end() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {},
            _ = terminated.recv() => {},
        }
    })
}

/// Whoever asks whether the server is ready is not kept waiting for longer.
const READY_WITHIN: Duration = Duration::from_secs(3);

/// Whether the database answers, and somebody is there to work on imports. Before the database is up to date, `listening` answers.
async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.is_stopping() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    if app.store.is_updated() {
        return (StatusCode::SERVICE_UNAVAILABLE, "a newer program has the database");
    }
    let asked = tokio::time::timeout(READY_WITHIN, app.run(|app| app.store.only_reads())).await;
    // Who hangs answers later than anybody waits.
    match asked.unwrap_or(Err(store::Error::Busy)) {
        Ok(true) => (StatusCode::SERVICE_UNAVAILABLE, "the database can only be read"),
        Ok(_) if app.is_damaged() => (StatusCode::SERVICE_UNAVAILABLE, "the database is damaged"),
        Ok(_) if app.living_workers() > 0 => (StatusCode::OK, "ready"),
        Ok(_) => (StatusCode::SERVICE_UNAVAILABLE, "no worker is alive"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}

/// Styles, scripts, the icon and the demo; of another edition than this program's there is none.
async fn asset(
    Path((edition, name)): Path<(String, String)>,
    headers: axum::http::HeaderMap,
) -> Answer<Response> {
    let range = headers.get(axum::http::header::RANGE).and_then(|range| range.to_str().ok());
    assets::find(&edition, &name, range).ok_or(Failure::Unknown)
}

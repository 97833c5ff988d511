//! The first start: one link makes the first organisation and its owner, once, as long as nobody owns anything.

use ::store::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use muster::access;
use muster::app::App;
use muster::web;
use tower::ServiceExt;

use super::site::Site;
use crate::ground::{on_both, on_sqlite};

const FORM: &str = "organisation=Acme+Ltd&email=pat%40acme.example&password=correct+horse+battery";

/// Asks the pages of a database without organisations.
fn ask(app: &App, address: &str, form: Option<&str>) -> (StatusCode, String, String) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut request = Request::builder().uri(address).header("sec-fetch-site", "same-origin");
        if form.is_some() {
            request =
                request.method("POST").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let body = form.map_or_else(Body::empty, |form| Body::from(form.to_owned()));
        let response = web::router(app.clone()).oneshot(request.body(body).expect("a request")).await;
        let response = response.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("a whole answer");
        let cookie = headers.get(header::SET_COOKIE).map(|cookie| cookie.to_str().expect("text").to_owned());
        (status, cookie.unwrap_or_default(), String::from_utf8_lossy(&body).into_owned())
    })
}

#[test]
fn the_first_owner_needs_no_terminal() {
    on_both(|app| {
        let secret = access::setup_link(app).expect("the store").expect("a link");
        let address = format!("/setup/{secret}");
        assert_eq!(
            ask(app, &format!("/link/{secret}"), None).0,
            StatusCode::GONE,
            "it is no administrator's link"
        );
        assert_eq!(ask(app, &address, None).0, StatusCode::OK);
        assert_eq!(ask(app, &address, None).0, StatusCode::OK, "looking does not use it up");
        let (status, cookie, _) = ask(app, &address, Some(FORM));
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert!(cookie.starts_with("muster="), "{cookie}");
        let account = app.store.account("acme-ltd").expect("the store").expect("the organisation");
        assert_eq!(account.name, "Acme Ltd");
        let members = app.store.members(account.id).expect("the store");
        let told: Vec<_> =
            members.iter().map(|member| (member.administrator.email.as_str(), member.role)).collect();
        assert_eq!(told, [("pat@acme.example", Role::Owner)]);
        let wanted = ::store::ActivityWanted { limit: 10, ..::store::ActivityWanted::default() };
        let noted = app.store.activity(account.id, &wanted).expect("the store");
        let mut acts: Vec<&str> = noted.iter().map(|line| line.event.as_str()).collect();
        acts.sort_unstable();
        assert_eq!(acts, ["account-made", "password-changed", "role-given", "signed-in"]);
        assert_eq!(ask(app, &address, None).0, StatusCode::GONE);
        assert_eq!(ask(app, &address, Some(FORM)).0, StatusCode::GONE);
        assert_eq!(access::setup_link(app).expect("the store"), None);
        assert_eq!(app.store.accounts().expect("the store").len(), 1);
    });
}

#[test]
fn what_is_wrong_is_told_and_makes_nothing() {
    on_sqlite(|app| {
        let secret = access::setup_link(app).expect("the store").expect("a link");
        let address = format!("/setup/{secret}");
        for (form, problem) in [
            (FORM.replace("Acme+Ltd", "+"), "organisation-problem"),
            (FORM.replace("Acme+Ltd", &"x".repeat(201)), "organisation-problem"),
            (FORM.replace("pat%40", ""), "email-problem"),
            (FORM.replace("correct+horse+battery", "password1234"), "password-problem"),
            (FORM.replace("correct+horse+battery", "acme+ltd+acme+ltd"), "password-problem"),
            (String::new(), "email-problem"),
        ] {
            let (status, _, page) = ask(app, &address, Some(&form));
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
            assert!(page.contains(&format!("id=\"{problem}\"")), "{form}");
        }
        assert!(app.store.accounts().expect("the store").is_empty());
        assert_eq!(ask(app, "/setup/nonsense", Some(FORM)).0, StatusCode::GONE);
        app.clock.turn(25 * 60 * 60 * 1000);
        assert_eq!(ask(app, &address, Some(FORM)).0, StatusCode::GONE);
    });
}

#[test]
fn where_somebody_owns_something_there_is_no_link() {
    on_sqlite(|app| {
        let secret = access::setup_link(app).expect("the store").expect("a link");
        let site = Site::new(app);
        assert_eq!(site.get(&format!("/setup/{secret}"), "").status, StatusCode::GONE);
        assert_eq!(access::setup_link(app).expect("the store"), None);
    });
}

//! Signing in: what is asked of a request, how failures slow down, what cookies look like, how links are used up.

use ::store::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use muster::access;

use super::site::{PASSWORD, Site};
use crate::ground::on_sqlite;

fn form(email: &str, password: &str) -> String {
    format!("email={}&password={}", email.replace('@', "%40"), password.replace(' ', "+"))
}

fn with_password(site: &Site) -> &'static str {
    let owner = site.app.store.administrator("owner@acme.example").expect("the store").expect("the owner");
    access::set_password(&site.app, owner.id, PASSWORD, None).expect("a password");
    "owner@acme.example"
}

#[test]
fn a_password_opens_the_page_that_was_asked_for() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let email = with_password(&site);
        let asked = site.get("/o/acme/users?search=ada", "");
        assert_eq!(asked.location(), "/sign-in?next=%2Fo%2Facme%2Fusers%3Fsearch%3Dada");
        let welcome = site.post("/sign-in", "", &format!("{}&next=/o/acme/users", form(email, PASSWORD)));
        assert_eq!(welcome.location(), "/o/acme/users");
        let cookie = welcome.headers[header::SET_COOKIE].to_str().expect("text");
        assert!(cookie.starts_with("muster=") && !cookie.contains("Secure"), "{cookie}");
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
            "{cookie}"
        );
        let pair = cookie.split(';').next().expect("a pair");
        assert_eq!(site.get("/o/acme/users", pair).status, StatusCode::OK);
        assert_eq!(site.post("/sign-out", pair, "").location(), "/sign-in");
        assert_eq!(site.get("/o/acme/users", pair).status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn elsewhere_is_nowhere_to_return_to() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let email = with_password(&site);
        for next in ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"] {
            let welcome = site.post("/sign-in", "", &format!("{}&next={next}", form(email, PASSWORD)));
            assert_eq!(welcome.location(), "/", "{next}");
        }
    });
}

#[test]
fn unknown_and_wrong_read_the_same() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let email = with_password(&site);
        let wrong = site.post("/sign-in", "", &form(email, "not the password"));
        let unknown = site.post("/sign-in", "", &form(email, "not the password").replace("owner", "nobody"));
        let without = site.post("/sign-in", "", &form(email, "not the password").replace("owner", "viewer"));
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("The email or the password is not right"));
        assert_eq!(wrong.body.replace("owner", "nobody"), unknown.body);
        assert_eq!(wrong.body.replace("owner", "viewer"), without.body);
        assert!(wrong.body.contains("value=\"owner@acme.example\""), "the email is kept");
        assert!(!wrong.body.contains("not the password"));
    });
}

#[test]
fn failures_slow_down_and_time_opens_again() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let email = with_password(&site);
        for _ in 0..3 {
            assert_eq!(
                site.post("/sign-in", "", &form(email, "wrong")).status,
                StatusCode::UNPROCESSABLE_ENTITY
            );
        }
        let locked = site.post("/sign-in", "", &form(email, PASSWORD));
        assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(locked.body.contains("Try again in 1 second."), "{}", locked.body);
        app.clock.turn(1_000);
        assert_eq!(site.post("/sign-in", "", &form(email, PASSWORD)).status, StatusCode::SEE_OTHER);
        assert_eq!(site.post("/sign-in", "", &form(email, "wrong")).status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn a_link_opens_once_and_looking_does_not_use_it_up() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let owner = app.store.administrator("owner@acme.example").expect("the store").expect("the owner");
        let link = format!("/link/{}", access::one_time_link(app, owner.id).expect("a link"));
        for _ in 0..3 {
            assert_eq!(site.get(&link, "").status, StatusCode::OK);
        }
        assert_eq!(site.post(&link, "", "").location(), "/");
        assert_eq!(site.post(&link, "", "").status, StatusCode::GONE);
        assert_eq!(site.get(&link, "").status, StatusCode::GONE);
        let late = format!("/link/{}", access::one_time_link(app, owner.id).expect("a link"));
        app.clock.turn(25 * 60 * 60 * 1_000);
        assert_eq!(site.post(&late, "", "").status, StatusCode::GONE);
    });
}

#[test]
fn sessions_end_when_they_rest_and_when_they_are_old() {
    on_sqlite(|app| {
        const HOUR: i64 = 60 * 60 * 1_000;
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Viewer);
        for _ in 0..15 {
            app.clock.turn(11 * HOUR);
            assert_eq!(site.get("/o/acme/users", &cookie).status, StatusCode::OK);
        }
        app.clock.turn(11 * HOUR);
        assert_eq!(site.get("/o/acme/users", &cookie).status, StatusCode::SEE_OTHER, "after seven days");
        let cookie = site.cookie(&site.acme, Role::Viewer);
        app.clock.turn(13 * HOUR);
        assert_eq!(site.get("/o/acme/users", &cookie).status, StatusCode::SEE_OTHER, "after a night");
    });
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let (here, there) = (site.cookie(&site.acme, Role::Viewer), site.cookie(&site.acme, Role::Viewer));
        let short = site.post("/o/acme/me", &here, "password=short");
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(short.body.contains("at least 12 characters"));
        let changed = site.post("/o/acme/me", &here, "password=correct+horse+battery");
        assert!(changed.body.contains("Your password was changed"), "{}", changed.body);
        assert_eq!(site.get("/o/acme/users", &here).status, StatusCode::OK);
        assert_eq!(site.get("/o/acme/users", &there).status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn a_request_of_a_foreign_page_changes_nothing() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Owner);
        for (name, value, status) in [
            ("x-nothing", "", StatusCode::FORBIDDEN),
            ("sec-fetch-site", "cross-site", StatusCode::FORBIDDEN),
            ("sec-fetch-site", "same-site", StatusCode::FORBIDDEN),
            ("origin", "https://evil.example", StatusCode::FORBIDDEN),
            ("origin", "null", StatusCode::FORBIDDEN),
            ("origin", "http://muster.localhost", StatusCode::SEE_OTHER),
            ("sec-fetch-site", "same-origin", StatusCode::SEE_OTHER),
        ] {
            let request = Request::post("/sign-out")
                .header(header::COOKIE, site.cookie(&site.acme, Role::Owner))
                .header(header::HOST, "muster.localhost")
                .header(name, value);
            let reply = site.ask(request.body(Body::empty()).expect("a request"));
            assert_eq!(reply.status, status, "{name}: {value}");
        }
        assert_eq!(site.get("/o/acme/users", &cookie).status, StatusCode::OK);
    });
}

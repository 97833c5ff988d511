//! What strangers and guessers can do to signing in: neither fill the disk, nor wash a counter out, nor lock a person out.

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use muster::access;
use muster::app::App;

use super::site::{PASSWORD, Reply, Site};
use crate::ground::{on_both, on_sqlite};

const EMAIL: &str = "owner@acme.example";

fn with_password(site: &Site) -> i64 {
    let owner = site.app.store.administrator(EMAIL).expect("the store").expect("the owner");
    access::set_password(&site.app, owner.id, PASSWORD, None).expect("a password");
    owner.id
}

/// Signs in from an address, with the cookies of a browser.
fn sign_in(site: &Site, email: &str, password: &str, address: &str, cookies: &str) -> Reply {
    let form = format!("email={}&password={}", email.replace('@', "%40"), password.replace(' ', "+"));
    let mut request = Request::post("/sign-in")
        .header(header::COOKIE, cookies)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .expect("a request");
    let peer = std::net::SocketAddr::new(address.parse().expect("an address"), 1234);
    request.extensions_mut().insert(ConnectInfo(peer));
    site.ask(request)
}

/// Bytes of the counters, and how many there are.
fn counters(app: &App) -> (i64, i64) {
    let subjects = ::ground::scene::work_rows_of(&app.settings.database, "SELECT subject FROM attempt");
    (subjects.iter().map(|subject| subject.len() as i64).sum(), subjects.len() as i64)
}

#[test]
fn what_was_typed_is_kept_nowhere() {
    on_both(|app| {
        let site = Site::new(app);
        let long = "x".repeat(1_900_000);
        let short = format!("{}@a.example", "y".repeat(300));
        let plain = sign_in(&site, "nobody@acme.example", "wrong", "192.0.2.1", "");
        for email in [long.as_str(), &short, "nobody@acme.example"] {
            let reply = sign_in(&site, email, "wrong", "192.0.2.1", "");
            assert_eq!((reply.status, reply.text("#problem")), (plain.status, plain.text("#problem")));
            assert!(reply.body.len() < 10_000, "{}", reply.body.len());
            app.clock.turn(20_000);
        }
        let (bytes, count) = counters(app);
        assert!(count == 3 && bytes == count * 64, "{count} counters, {bytes} bytes");
    });
}

#[test]
fn a_network_of_ipv6_is_one_stranger() {
    on_sqlite(|app| {
        let site = Site::new(app);
        for place in 0..3 {
            let address = format!("2001:db8:1:2:{place:x}::1");
            let reply = sign_in(&site, &format!("{place}@a.example"), "wrong", &address, "");
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let same = sign_in(&site, "z@a.example", "wrong", "2001:db8:1:2:ffff::1", "");
        assert_eq!(same.status, StatusCode::TOO_MANY_REQUESTS);
        let other = sign_in(&site, "z@a.example", "wrong", "2001:db8:1:3::1", "");
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn a_browser_that_signed_in_before_passes_its_own_counter() {
    on_both(|app| {
        let site = Site::new(app);
        with_password(&site);
        let welcome = sign_in(&site, EMAIL, PASSWORD, "192.0.2.1", "");
        let device = welcome.cookie("muster-device").expect("a cookie");
        // From elsewhere, and from the same address.
        for place in 0..30 {
            let address = if place % 2 == 0 { "198.51.100.9" } else { "192.0.2.1" };
            let reply = sign_in(&site, EMAIL, "wrong", address, "");
            assert_ne!(reply.status, StatusCode::SEE_OTHER);
        }
        let stranger = sign_in(&site, EMAIL, PASSWORD, "203.0.113.5", "");
        assert_eq!(stranger.status, StatusCode::TOO_MANY_REQUESTS, "elsewhere it waits");
        let forged = format!("muster-device={}", "0".repeat(64));
        assert_eq!(
            sign_in(&site, EMAIL, PASSWORD, "203.0.113.5", &forged).status,
            StatusCode::TOO_MANY_REQUESTS
        );
        let known = sign_in(&site, EMAIL, PASSWORD, "192.0.2.1", &device);
        assert_eq!(known.status, StatusCode::SEE_OTHER, "{}", known.body);
        assert_eq!(
            known.cookie("muster-device").as_deref(),
            Some(device.as_str()),
            "it stays known by the same"
        );
        // It has a counter of its own, and no more.
        for _ in 0..3 {
            assert_eq!(
                sign_in(&site, EMAIL, "wrong", "192.0.2.1", &device).status,
                StatusCode::UNPROCESSABLE_ENTITY
            );
        }
        assert_eq!(
            sign_in(&site, EMAIL, PASSWORD, "192.0.2.1", &device).status,
            StatusCode::TOO_MANY_REQUESTS
        );
        app.clock.turn(1_000);
        assert_eq!(sign_in(&site, EMAIL, PASSWORD, "192.0.2.1", &device).status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn a_known_browser_says_nothing_about_others() {
    on_sqlite(|app| {
        let site = Site::new(app);
        with_password(&site);
        let device =
            sign_in(&site, EMAIL, PASSWORD, "192.0.2.1", "").cookie("muster-device").expect("a cookie");
        for _ in 0..3 {
            sign_in(&site, "viewer@acme.example", "wrong", "192.0.2.8", &device);
        }
        let other = sign_in(&site, "viewer@acme.example", "wrong", "192.0.2.9", &device);
        assert_eq!(other.status, StatusCode::TOO_MANY_REQUESTS, "of others it knows nothing");
        app.clock.turn(91 * 24 * 60 * 60 * 1_000);
        for _ in 0..3 {
            sign_in(&site, EMAIL, "wrong", "198.51.100.9", "");
        }
        let late = sign_in(&site, EMAIL, PASSWORD, "192.0.2.1", &device);
        assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS, "after 90 days it is unknown");
    });
}

#[test]
fn a_clock_that_was_set_back_locks_nobody_out() {
    on_sqlite(|app| {
        let site = Site::new(app);
        with_password(&site);
        let email = "owner@acme.example";
        app.clock.turn(24 * 60 * 60 * 1_000);
        for _ in 0..5 {
            sign_in(&site, email, "wrong", "192.0.2.1", "");
        }
        app.clock.turn(-24 * 60 * 60 * 1_000);
        assert_eq!(sign_in(&site, email, PASSWORD, "192.0.2.1", "").status, StatusCode::SEE_OTHER);
    });
}

//! Passwords and sessions of somebody who is in: what changing one asks, what it ends, which are taken; where one is signed in.

use ::store::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use muster::access;

use super::site::{PASSWORD, Site};
use crate::ground::{on_both, on_sqlite};

const EMAIL: &str = "owner@acme.example";
const NEW: &str = "seven quiet herons";

fn owner(site: &Site) -> i64 {
    site.app.store.administrator(EMAIL).expect("the store").expect("the owner").id
}

fn sign_in(site: &Site, cookies: &str) -> super::site::Reply {
    site.post(
        "/sign-in",
        cookies,
        &format!("email=owner%40acme.example&password={}", PASSWORD.replace(' ', "+")),
    )
}

fn change(site: &Site, cookie: &str, old: &str, new: &str) -> super::site::Reply {
    site.post(
        "/o/acme/me",
        cookie,
        &format!("old={}&password={}", old.replace(' ', "+"), new.replace(' ', "+")),
    )
}

#[test]
fn a_new_password_asks_for_the_old_one_and_ends_what_the_old_one_began() {
    on_both(|app| {
        let site = Site::new(app);
        access::set_password(app, owner(&site), PASSWORD, None).expect("a password");
        let here = sign_in(&site, "").cookie("muster").expect("a session");
        let there = site.cookie(&site.acme, Role::Owner);
        let link = format!("/link/{}", access::one_time_link(app, owner(&site)).expect("a link"));
        assert!(site.get("/o/acme/me", &here).body.contains("name=\"old\""));
        for old in ["", "not the password", NEW] {
            let refused = change(&site, &here, old, NEW);
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{old}");
            assert!(refused.text("#old-problem").contains("That is not your password"), "{}", refused.body);
            app.clock.turn(2_000);
        }
        assert_eq!(site.get("/o/acme/users", &there).status, StatusCode::OK);
        app.clock.turn(10_000);
        let changed = change(&site, &here, PASSWORD, NEW);
        assert!(changed.body.contains("Your password was changed"), "{}", changed.body);
        assert_eq!(site.get("/o/acme/users", &here).status, StatusCode::OK);
        assert_eq!(site.get("/o/acme/users", &there).status, StatusCode::SEE_OTHER);
        assert_eq!(site.post(&link, "", "").status, StatusCode::GONE, "older links open no more");
    });
}

#[test]
fn guessing_the_old_password_is_slow_too() {
    on_sqlite(|app| {
        let site = Site::new(app);
        access::set_password(app, owner(&site), PASSWORD, None).expect("a password");
        let here = sign_in(&site, "").cookie("muster").expect("a session");
        let statuses = [(); 4].map(|()| change(&site, &here, "wrong", NEW).status.as_u16());
        assert_eq!(statuses, [422, 422, 422, 429]);
        app.clock.turn(1_000);
        assert_eq!(change(&site, &here, PASSWORD, NEW).status, StatusCode::OK);
    });
}

#[test]
fn who_came_by_a_link_needs_no_old_password() {
    on_both(|app| {
        let site = Site::new(app);
        access::set_password(app, owner(&site), PASSWORD, None).expect("a password");
        let link = format!("/link/{}", access::one_time_link(app, owner(&site)).expect("a link"));
        let here = site.post(&link, "", "").cookie("muster").expect("a session");
        assert!(!site.get("/o/acme/me", &here).body.contains("name=\"old\""));
        assert_eq!(change(&site, &here, "", NEW).status, StatusCode::OK);
        assert_eq!(
            change(&site, &here, "", "eight loud herons").status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "it was for once"
        );
    });
}

#[test]
fn what_is_guessed_first_is_not_taken() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Owner);
        for (password, words) in [
            ("short", "at least 12 characters"),
            ("password1234", "among the first that are guessed"),
            ("123456789012", "among the first that are guessed"),
            ("owner@acme.example", "your email or the name"),
            ("I love Acme Ltd very", "your email or the name"),
        ] {
            let refused = change(&site, &cookie, "", password);
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{password}");
            assert!(refused.text("#password-problem").contains(words), "{password}: {}", refused.body);
        }
        assert_eq!(change(&site, &cookie, "", NEW).status, StatusCode::OK);
    });
}

#[test]
fn signing_in_again_ends_the_session_of_the_browser() {
    on_both(|app| {
        let site = Site::new(app);
        access::set_password(app, owner(&site), PASSWORD, None).expect("a password");
        let before = sign_in(&site, "").cookie("muster").expect("a session");
        let now = sign_in(&site, &before).cookie("muster").expect("a session");
        assert_ne!(before, now);
        assert_eq!(site.get("/o/acme/users", &before).status, StatusCode::SEE_OTHER);
        let link = format!("/link/{}", access::one_time_link(app, owner(&site)).expect("a link"));
        let by_link = site.post(&link, &now, "").cookie("muster").expect("a session");
        assert_eq!(site.get("/o/acme/users", &now).status, StatusCode::SEE_OTHER);
        assert_eq!(site.get("/o/acme/users", &by_link).status, StatusCode::OK);
    });
}

#[test]
fn sessions_are_listed_and_ended_one_by_one() {
    on_both(|app| {
        let site = Site::new(app);
        access::set_password(app, owner(&site), PASSWORD, None).expect("a password");
        let request = Request::post("/sign-in")
            .header("sec-fetch-site", "same-origin")
            .header(
                header::USER_AGENT,
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0<script>",
            )
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let form = format!("email=owner%40acme.example&password={}", PASSWORD.replace(' ', "+"));
        let there =
            site.ask(request.body(Body::from(form)).expect("a request")).cookie("muster").expect("a session");
        let here = sign_in(&site, "").cookie("muster").expect("a session");
        let list = site.get("/o/acme/me/sessions", &here);
        assert!(list.body.contains("Firefox on Linux") && !list.body.contains("<script>"), "{}", list.body);
        assert!(list.body.contains("this browser"));
        assert_eq!(list.all("input[name=session]", "value").len(), 1, "one's own has no button");
        let of_there = list.all("input[name=session]", "value").remove(0);
        let stranger = site.cookie(&site.acme, Role::Viewer);
        site.post("/o/acme/me/sessions", &stranger, &format!("session={of_there}"));
        assert_eq!(site.get("/o/acme/users", &there).status, StatusCode::OK, "nobody ends those of others");
        let ended = site.post("/o/acme/me/sessions", &here, &format!("session={of_there}"));
        assert_eq!(ended.location(), "/o/acme/me/sessions?done=1");
        assert_eq!(site.get("/o/acme/users", &there).status, StatusCode::SEE_OTHER);
        assert_eq!(site.get("/o/acme/users", &here).status, StatusCode::OK);
        let third = site.cookie(&site.acme, Role::Owner);
        site.post("/o/acme/me/sessions", &here, "");
        assert_eq!(site.get("/o/acme/users", &third).status, StatusCode::SEE_OTHER);
        assert_eq!(site.get("/o/acme/users", &here).status, StatusCode::OK);
        assert_eq!(site.get("/o/acme/users", &stranger).status, StatusCode::OK);
    });
}

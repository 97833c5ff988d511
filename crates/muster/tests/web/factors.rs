//! The second factor: set up with a picture, asked for after either first factor, never taken twice, removed by those who may.

use ::store::Role;
use axum::http::StatusCode;
use muster::access;
use totp_rs::{Builder, Secret};

use super::site::{PASSWORD, Reply, Site};
use crate::ground::{on_both, on_sqlite};

const EMAIL: &str = "owner@acme.example";

fn owner(site: &Site) -> i64 {
    let owner = site.app.store.administrator(EMAIL).expect("the store").expect("the owner").id;
    access::set_password(&site.app, owner, PASSWORD, None).expect("a password");
    owner
}

/// The code that an app would show now.
fn code(site: &Site, secret: &str) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).expect("a secret");
    let totp = Builder::new().with_secret(secret).build().expect("a factor");
    totp.generate(u64::try_from(site.app.clock.now().0 / 1000).expect("after 1970")).to_string()
}

/// A code that is not the right one.
fn wrong(right: &str) -> String {
    right.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect()
}

/// Sets a factor up; answers its secret and the recovery codes.
fn set_up(site: &Site, cookie: &str) -> (String, Vec<String>) {
    let offered =
        site.post("/o/acme/me/factor", cookie, &format!("act=offer&old={}", PASSWORD.replace(' ', "+")));
    assert!(offered.body.contains("<svg"), "{}", offered.body);
    let secret = offered.text("main p code");
    let done = site.post("/o/acme/me/factor", cookie, &format!("act=confirm&code={}", code(site, &secret)));
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    (secret, done.texts(".codes code"))
}

/// The first step; answers the cookie under which the second is waited for.
fn first_step(site: &Site, cookies: &str) -> String {
    let form =
        format!("email=owner%40acme.example&password={}&next=/o/acme/users", PASSWORD.replace(' ', "+"));
    let reply = site.post("/sign-in", cookies, &form);
    assert_eq!(reply.location(), "/sign-in/code?next=%2Fo%2Facme%2Fusers");
    assert_eq!(reply.cookie("muster"), None, "no session yet");
    reply.cookie("muster-half").expect("a cookie")
}

fn second_step(site: &Site, half: &str, code: &str) -> Reply {
    site.post("/sign-in/code", half, &format!("code={code}&next=/o/acme/users"))
}

#[test]
fn signing_in_asks_for_the_code_and_takes_each_once() {
    on_both(|app| {
        let site = Site::new(app);
        owner(&site);
        let (here, there) = (site.cookie(&site.acme, Role::Owner), site.cookie(&site.acme, Role::Owner));
        let (secret, codes) = set_up(&site, &here);
        assert_eq!(codes.len(), access::RECOVERY_CODES);
        assert_eq!(site.get("/o/acme/users", &here).status, StatusCode::OK);
        assert_eq!(site.get("/o/acme/users", &there).status, StatusCode::SEE_OTHER, "other sessions end");
        let half = first_step(&site, "");
        assert_eq!(site.get("/o/acme/users", &half).status, StatusCode::SEE_OTHER, "half is not in");
        let as_session = half.replace("muster-half", "muster");
        assert_eq!(site.get("/o/acme/users", &as_session).status, StatusCode::SEE_OTHER);
        let used = second_step(&site, &half, &code(&site, &secret));
        assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY, "the code that confirmed it was taken");
        app.clock.turn(30_000);
        let right = code(&site, &secret);
        assert_eq!(second_step(&site, &half, &wrong(&right)).status, StatusCode::UNPROCESSABLE_ENTITY);
        let welcome = second_step(&site, &half, &right);
        assert_eq!(welcome.location(), "/o/acme/users");
        let cookie = welcome.cookie("muster").expect("a session");
        assert_eq!(site.get("/o/acme/users", &cookie).status, StatusCode::OK);
        assert_eq!(
            second_step(&site, &half, &right).location(),
            "/sign-in?next=%2Fo%2Facme%2Fusers",
            "half is over"
        );
        let again = first_step(&site, "");
        assert_eq!(second_step(&site, &again, &right).status, StatusCode::UNPROCESSABLE_ENTITY, "taken");
    });
}

#[test]
fn a_link_is_a_first_factor_alike() {
    on_both(|app| {
        let site = Site::new(app);
        let id = owner(&site);
        let (secret, _) = set_up(&site, &site.cookie(&site.acme, Role::Owner));
        let link = format!("/link/{}", access::one_time_link(app, id).expect("a link"));
        let reply = site.post(&link, "", "");
        assert_eq!((reply.location(), reply.cookie("muster")), ("/sign-in/code", None));
        app.clock.turn(30_000);
        let half = reply.cookie("muster-half").expect("a cookie");
        assert_eq!(second_step(&site, &half, &code(&site, &secret)).status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn codes_are_guessed_slowly_and_only_after_the_first_factor() {
    on_sqlite(|app| {
        let site = Site::new(app);
        owner(&site);
        let (secret, _) = set_up(&site, &site.cookie(&site.acme, Role::Owner));
        assert_eq!(second_step(&site, "", "123456").status, StatusCode::SEE_OTHER, "without a first factor");
        let half = first_step(&site, "");
        let bad = wrong(&code(&site, &secret));
        let statuses = [(); 4].map(|()| second_step(&site, &half, &bad).status.as_u16());
        assert_eq!(statuses, [422, 422, 422, 429]);
        for _ in 0..6 {
            app.clock.turn(5_000);
            second_step(&site, &half, &bad);
        }
        app.clock.turn(5_000);
        second_step(&site, &half, &bad);
        app.clock.turn(61_000);
        let over = second_step(&site, &half, &code(&site, &secret));
        assert!(over.location().starts_with("/sign-in?"), "after ten the first factor is asked for again");
        let late = first_step(&site, "");
        app.clock.turn(11 * 60_000);
        assert!(second_step(&site, &late, &code(&site, &secret)).location().starts_with("/sign-in?"));
    });
}

#[test]
fn each_recovery_code_opens_once() {
    on_both(|app| {
        let site = Site::new(app);
        owner(&site);
        let (_, codes) = set_up(&site, &site.cookie(&site.acme, Role::Owner));
        let kept = ::ground::scene::rows_of(&app.settings.database, "SELECT hash FROM recovery_code");
        assert!(
            kept.len() == codes.len() && kept.iter().all(|hash| hash.len() == 64 && !codes.contains(hash))
        );
        let typed = codes[0].to_uppercase().replace('-', "+");
        let welcome = second_step(&site, &first_step(&site, ""), &typed);
        assert_eq!(welcome.location(), "/o/acme/users");
        let again = second_step(&site, &first_step(&site, ""), &codes[0]);
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let cookie = welcome.cookie("muster").expect("a session");
        assert!(site.get("/o/acme/me/factor", &cookie).body.contains("9 recovery codes are left"));
        let removed = site.post("/o/acme/me/factor", &cookie, &format!("act=remove&code={}", codes[1]));
        assert!(removed.body.contains("Your second factor was removed"), "{}", removed.body);
        let form = format!("email=owner%40acme.example&password={}", PASSWORD.replace(' ', "+"));
        assert!(site.post("/sign-in", "", &form).cookie("muster").is_some());
    });
}

#[test]
fn an_organisation_may_ask_for_it() {
    on_both(|app| {
        let site = Site::new(app);
        owner(&site);
        app.store.ask_for_factor(site.acme.id, true).expect("set");
        let cookie = site.cookie(&site.acme, Role::Owner);
        for page in ["users", "imports", "download/file", "administrators"] {
            assert_eq!(
                site.get(&format!("/o/acme/{page}"), &cookie).location(),
                "/o/acme/me/factor",
                "{page}"
            );
        }
        let upload = site.post("/o/acme/imports", &cookie, "");
        assert_eq!(upload.location(), "/o/acme/me/factor");
        assert!(site.get("/o/acme/me/factor", &cookie).body.contains("asks everybody for a second factor"));
        for page in ["me", "me/sessions"] {
            assert_eq!(site.get(&format!("/o/acme/{page}"), &cookie).status, StatusCode::OK);
        }
        set_up(&site, &cookie);
        assert_eq!(site.get("/o/acme/users", &cookie).status, StatusCode::OK);
        let elsewhere = site.cookie(&site.globex, Role::Owner);
        assert_eq!(site.get("/o/globex/users", &elsewhere).status, StatusCode::OK);
    });
}

#[test]
fn who_sets_one_up_shows_that_it_is_them() {
    on_sqlite(|app| {
        let site = Site::new(app);
        owner(&site);
        let cookie = site.cookie(&site.acme, Role::Owner);
        assert!(site.get("/o/acme/me/factor", &cookie).body.contains("name=\"old\""));
        for proof in ["", "&old=wrong", "&code=123456"] {
            let refused = site.post("/o/acme/me/factor", &cookie, &format!("act=offer{proof}"));
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{proof}");
            assert!(!refused.body.contains("<svg"));
        }
        app.clock.turn(10_000);
        let (secret, codes) = set_up(&site, &cookie);
        app.clock.turn(30_000);
        let by_password =
            site.post("/o/acme/me/factor", &cookie, &format!("act=offer&old={}", PASSWORD.replace(' ', "+")));
        assert_eq!(
            by_password.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "the password opens no way around the factor"
        );
        let again =
            site.post("/o/acme/me/factor", &cookie, &format!("act=offer&code={}", code(&site, &secret)));
        let other = again.text("main p code");
        assert!(again.body.contains("<svg") && other != secret);
        let done =
            site.post("/o/acme/me/factor", &cookie, &format!("act=confirm&code={}", code(&site, &other)));
        assert_eq!(done.texts(".codes code").len(), codes.len());
        let of_before = second_step(&site, &first_step(&site, ""), &codes[0]);
        assert_eq!(of_before.status, StatusCode::UNPROCESSABLE_ENTITY, "codes of before open no more");
    });
}

#[test]
fn another_owner_removes_a_lost_one_but_not_one_that_guards_others() {
    on_both(|app| {
        let site = Site::new(app);
        let id = owner(&site);
        set_up(&site, &site.cookie(&site.acme, Role::Owner));
        let second = app.store.save_administrator(
            "second@acme.example",
            "second@acme.example",
            None,
            false,
            crate::ground::NOW,
        );
        let second = second.expect("saved").id;
        app.store.give_role(site.acme.id, second, Role::Owner).expect("a role");
        let cookie = format!("muster={}", access::start_session(app, second).expect("a session"));
        let asked = |cookie: &str, number: i64| {
            site.post("/o/acme/administrators", cookie, &format!("administrator={number}"))
        };
        let editor = site.cookie(&site.acme, Role::Editor);
        assert_eq!(asked(&editor, id).status, StatusCode::FORBIDDEN);
        assert_eq!(site.get("/o/acme/administrators", &editor).status, StatusCode::FORBIDDEN);
        assert!(site.get("/o/acme/administrators", &cookie).body.contains(EMAIL));
        app.store.give_role(site.globex.id, id, Role::Viewer).expect("a role");
        assert!(asked(&cookie, id).location().ends_with("done=elsewhere"));
        assert!(access::has_factor(app, id).expect("the store"));
        app.store.take_role(site.globex.id, id).expect("taken");
        let stranger = app.store.administrator("owner@globex.example").expect("the store").expect("there").id;
        assert_eq!(asked(&cookie, stranger).status, StatusCode::NOT_FOUND);
        let of_owner = site.cookie(&site.acme, Role::Owner);
        assert!(asked(&cookie, id).location().ends_with("done=removed"));
        assert!(!access::has_factor(app, id).expect("the store"));
        assert_eq!(site.get("/o/acme/users", &of_owner).status, StatusCode::SEE_OTHER, "and signed out");
    });
}

//! Who and what looks after the users besides oneself: inviting, roles, the way back in, tokens; and one's own name and email.

use ::store::{Role, Time};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use super::site::{PASSWORD, Reply, Site};
use crate::ground::{NOW, on_both};

fn with_owner(test: impl Fn(&Site, &str)) {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Owner);
        test(&site, &cookie);
    });
}

fn send(site: &Site, cookie: &str, form: &str) -> Reply {
    site.post("/o/acme/administrators", cookie, form)
}

/// Says what comes of a form on the list.
fn said(site: &Site, cookie: &str, form: &str) -> String {
    let reply = send(site, cookie, form);
    site.get(reply.location(), cookie).text("main .banner")
}

fn number(site: &Site, email: &str) -> i64 {
    site.app.store.administrator(email).expect("the store").expect("somebody").id
}

fn roles(site: &Site) -> Vec<String> {
    let members = site.app.store.members(site.acme.id).expect("members");
    members.iter().map(|of| format!("{} {}", of.administrator.email, of.role.word())).collect()
}

/// The cookie of who opens a link, and the page where they land.
fn opened(site: &Site, link: &str) -> Reply {
    let (_, path) = link.split_once("://").and_then(|(_, rest)| rest.split_once('/')).expect("an address");
    site.post(&format!("/{path}"), "", "")
}

#[test]
fn somebody_is_invited_by_a_link_that_is_shown_once() {
    with_owner(|site, cookie| {
        let reply = send(site, cookie, "act=invite&email=new@acme.example&role=editor");
        assert_eq!(reply.status, StatusCode::OK);
        let links = reply.all("#secret", "value");
        assert!(
            reply.text("main .banner").contains("new@acme.example comes in by this link"),
            "{}",
            reply.text("main")
        );
        assert!(links.len() == 1 && links[0].contains("/link/"), "{links:?}");
        let secret = links[0].rsplit('/').next().expect("a secret");
        assert!(!site.get("/o/acme/administrators", cookie).body.contains(secret), "once");
        let new = opened(site, &links[0]).cookie("muster").expect("a session");
        assert_eq!(site.get("/o/acme/users", &new).status, StatusCode::OK);
        assert_eq!(site.get("/o/acme/administrators", &new).status, StatusCode::FORBIDDEN);
        assert_eq!(opened(site, &links[0]).status, StatusCode::GONE);
        for (form, problem) in [
            ("act=invite&email=nobody&role=editor", "Type an email"),
            ("act=invite&email=NEW@acme.example&role=owner", "look after these users already"),
        ] {
            let reply = send(site, cookie, form);
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(reply.text("main [role=alert]").contains(problem), "{form}");
        }
        assert!(roles(site).contains(&"new@acme.example editor".to_owned()), "{:?}", roles(site));
    });
}

#[test]
fn nobody_gets_a_link_to_somebody_who_belongs_elsewhere_too() {
    with_owner(|site, cookie| {
        // A link of before must not open what comes now.
        let globex = number(site, "editor@globex.example");
        let before = muster::access::one_time_link(&site.app, globex).expect("a link");
        let words = said(site, cookie, "act=invite&email=editor@globex.example&role=viewer");
        assert!(words.contains("They sign in to Muster already"), "{words}");
        assert!(!muster::access::link_is_open(&site.app, &before).expect("the store"));
        for act in ["link", "factor"] {
            let words = said(site, cookie, &format!("act={act}&administrator={globex}"));
            assert!(words.contains("Ask your operator"), "{act}: {words}");
        }
        // Of another organisation alone nobody is known here.
        let other = number(site, "viewer@globex.example");
        for act in ["link", "factor", "role&role=owner", "remove&sure=1", "remove"] {
            let reply = send(site, cookie, &format!("act={act}&administrator={other}"));
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{act}");
        }
    });
}

#[test]
fn roles_are_changed_and_taken_away_and_the_last_owner_stays() {
    with_owner(|site, cookie| {
        let [owner, editor, viewer] =
            ["owner", "editor", "viewer"].map(|of| number(site, &format!("{of}@acme.example")));
        for form in [
            format!("act=role&role=editor&administrator={owner}"),
            format!("act=remove&sure=1&administrator={owner}"),
        ] {
            assert!(said(site, cookie, &form).contains("needs an owner"), "{form}");
        }
        let page = site.get("/o/acme/administrators", cookie);
        assert_eq!(page.texts("main li strong").len(), 3);
        assert!(page.text("main").contains("owner@acme.example · you"), "{}", page.text("main"));
        said(site, cookie, &format!("act=role&role=owner&administrator={editor}"));
        let asked = send(site, cookie, &format!("act=remove&administrator={viewer}"));
        assert!(asked.text("main h2").contains("Remove viewer@acme.example?"));
        assert_eq!(roles(site).len(), 3, "asked first");
        let theirs = site.cookie(&site.acme, Role::Viewer);
        said(site, cookie, &format!("act=remove&sure=1&administrator={viewer}"));
        assert_eq!(roles(site), ["editor@acme.example owner", "owner@acme.example owner"]);
        assert!(site.get("/o/acme/users", &theirs).location().starts_with("/sign-in"), "they are signed out");
        // Now there are two, and one may go.
        let reply = send(site, cookie, &format!("act=role&role=viewer&administrator={owner}"));
        assert_eq!(reply.location(), "/");
        assert_eq!(site.get("/o/acme/administrators", cookie).status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn who_lost_a_password_comes_in_by_a_new_link() {
    with_owner(|site, cookie| {
        let editor = number(site, "editor@acme.example");
        let reply = send(site, cookie, &format!("act=link&administrator={editor}"));
        let first = reply.all("#secret", "value");
        let again = send(site, cookie, &format!("act=link&administrator={editor}")).all("#secret", "value");
        assert_eq!(opened(site, &first[0]).status, StatusCode::GONE, "one link at a time");
        let theirs = opened(site, &again[0]).cookie("muster").expect("a session");
        let page = site.get("/o/acme/me", &theirs);
        assert!(page.all("#old", "name").is_empty(), "the old password is not asked");
        let own = number(site, "owner@acme.example");
        assert!(said(site, cookie, &format!("act=link&administrator={own}")).contains("it is you"));
    });
}

#[test]
fn a_token_is_shown_once_used_and_taken_away() {
    with_owner(|site, cookie| {
        let page = site.get("/o/acme/tokens", cookie);
        assert!(page.text("main").contains("There is no token yet"));
        assert_eq!(
            site.post("/o/acme/tokens", cookie, "name=+&role=editor").status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let reply = site.post("/o/acme/tokens", cookie, "name=Payroll&role=viewer&days=30");
        let token = reply.all("#secret", "value").remove(0);
        assert!(token.starts_with("muster_"));
        let page = site.get("/o/acme/tokens", cookie);
        assert!(
            !page.body.contains(&token) && page.text("main li").contains("Payroll · Viewer"),
            "{}",
            page.text("main")
        );
        assert!(page.text("main li").contains("Not used yet"), "{}", page.text("main li"));
        let ask = || {
            let request =
                Request::get("/api/v1/users").header(header::AUTHORIZATION, format!("Bearer {token}"));
            site.ask(request.body(Body::empty()).expect("a request")).status
        };
        assert_eq!(ask(), StatusCode::OK);
        let used = || site.app.store.tokens(site.acme.id).expect("tokens")[0].used_at;
        assert_eq!(used(), Some(NOW));
        assert!(site.get("/o/acme/tokens", cookie).text("main li").contains("Last used"));
        site.app.clock.turn(59 * 60 * 1_000);
        ask();
        assert_eq!(used(), Some(NOW), "kept to the hour");
        site.app.clock.turn(60 * 1_000);
        ask();
        assert_eq!(used(), Some(Time(NOW.0 + 60 * 60 * 1_000)));
        let id = site.app.store.tokens(site.acme.id).expect("tokens")[0].id.clone();
        let other = site.cookie(&site.globex, Role::Owner);
        assert_eq!(
            site.post("/o/globex/tokens", &other, &format!("revoke={id}")).status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(ask(), StatusCode::OK);
        let gone = site.post("/o/acme/tokens", cookie, &format!("revoke={id}"));
        assert!(site.get(gone.location(), cookie).text("main .banner").contains("taken away"));
        assert_eq!(ask(), StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn ones_own_name_and_email_are_changed_with_the_password() {
    with_owner(|site, _| {
        let editor = number(site, "editor@acme.example");
        muster::access::set_password(&site.app, editor, PASSWORD, None).expect("set");
        let cookie = site.cookie(&site.acme, Role::Editor);
        let me = |form: &str| site.post("/o/acme/me/account", &cookie, form);
        let password = PASSWORD.replace(' ', "+");
        for (form, status, words) in [
            ("name=Edith+Ed&email=editor@acme.example&old=", 200, "Saved."),
            ("name=Edith&email=edith@acme.example&old=wrong", 422, "not your password"),
            (&format!("name=Edith&email=edith&old={password}"), 422, "Type an email"),
            (&format!("name=Edith&email=owner@ACME.example&old={password}"), 422, "Somebody else"),
            (&format!("name=Edith++E&email=edith@acme.example&old={password}"), 200, "Saved."),
        ] {
            let reply = me(form);
            assert_eq!(reply.status.as_u16(), status, "{form}");
            assert!(reply.text("main").contains(words), "{form}: {}", reply.text("main"));
        }
        assert_eq!(number(site, "edith@acme.example"), editor);
        assert!(site.app.store.administrator("editor@acme.example").expect("the store").is_none());
        assert_eq!(site.app.store.administrator_name(editor).expect("the store").as_deref(), Some("Edith E"));
        let owner = site.cookie(&site.acme, Role::Owner);
        assert!(
            site.get("/o/acme/administrators", &owner)
                .texts("main li strong")
                .contains(&"Edith E".to_owned())
        );
        assert_eq!(site.get("/o/acme/me/account", &cookie).all("#email", "value"), ["edith@acme.example"]);
    });
}

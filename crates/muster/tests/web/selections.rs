//! Users are ticked, found or pasted, downloaded, and changed without a file; all without script.

use ::store::Role;
use axum::http::{StatusCode, header};

use super::site::{Reply, Site};
use crate::ground::on_sqlite;

fn sent_to(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    reply.headers[header::LOCATION].to_str().expect("an address").to_owned()
}

/// Sends a form of the users page and opens the selection that comes of it.
fn select(site: &Site, cookie: &str, form: &str) -> (String, Reply) {
    let address = sent_to(&site.post("/o/acme/selections", cookie, form));
    let page = site.get(&address, cookie);
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    (address, page)
}

#[test]
fn ticked_found_and_pasted_users_are_a_selection() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let users = site.get("/o/acme/users?search=lovelace", &cookie);
        assert!(users.body.contains("name=\"user\"") && users.body.contains("Select all 1 of this search"));
        let (one, two) = (site.user(&site.acme, 0), site.user(&site.acme, 1));
        for (form, title) in [
            (format!("how=ticked&user={one}&user={two}&search=nobody"), "2 users selected"),
            ("how=found&search=lovelace".to_owned(), "1 user selected"),
            ("how=found&search=&filter.status=active".to_owned(), "3 users selected"),
            ("how=found&search=&filter.status=inactive".to_owned(), "0 users selected"),
            (format!("how=pasted&names={one}%0Anobody@acme.example%0A{one}"), "1 user selected"),
        ] {
            let (_, page) = select(&site, &cookie, &form);
            assert_eq!(page.text("h1"), title, "{form}");
            if form.contains("pasted") {
                assert_eq!(page.text("#missing"), "nobody@acme.example");
                assert_eq!(
                    page.text("#found"),
                    "1 user found, 1 named twice, 1 not found: nobody@acme.example"
                );
            }
        }
        assert_eq!(site.post("/o/acme/selections", &cookie, "how=ticked").status, StatusCode::BAD_REQUEST);
        assert_eq!(site.get("/o/acme/selections", &cookie).status, StatusCode::OK);
    });
}

#[test]
fn a_selection_is_downloaded_and_changed() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let (address, page) = select(&site, &cookie, "how=found&search=lovelace");
        assert!(page.body.contains("Change this 1 here…"), "{}", page.body);
        let id = address.rsplit('/').next().expect("an identity");
        let file =
            site.get(&format!("/o/acme/download/file?format=csv&who=selection&selection={id}"), &cookie);
        assert!(file.body.contains("Lovelace") && !file.body.contains("Hopper"), "{}", file.body);
        let change = format!("{address}/change");
        assert!(site.get(&change, &cookie).body.contains("department.set"));
        let added = site.post(&change, &cookie, "do=add&line=start_date.set");
        assert!(added.body.contains("name=\"text.0\" type=\"date\""), "{}", added.body);
        let two = "field.0=start_date&step.0=set&text.0=2026-01-02&field.1=email&step.1=replace&text.1=acme&with.1=new";
        let kept = site.post(&change, &cookie, &format!("{two}&do=add&line=phone.clear"));
        assert!(kept.body.contains("value=\"2026-01-02\"") && kept.body.contains("field.2"), "{}", kept.body);
        let less = site.post(&change, &cookie, &format!("{two}&do=remove.0"));
        assert!(!less.body.contains("2026-01-02") && less.body.contains("value=\"acme\""), "{}", less.body);
        let nothing = site.post(&change, &cookie, "field.0=email&step.0=set&text.0=&do=start");
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.text("#problem").contains("Email"));
        let import = sent_to(&site.post(&change, &cookie, &format!("{two}&do=start")));
        site.work();
        let review = site.open(&import, &cookie);
        assert!(
            review.body.contains("Start date becomes 2026-01-02; in Email acme becomes new"),
            "{}",
            review.body
        );
        assert!(!review.body.contains("further-file"), "a rule has no further file");
        site.post(&format!("{import}/complete"), &cookie, "plan=1");
        site.work();
        assert!(site.get(&import, &cookie).body.contains("1 user was successfully edited"));
        let history = site.get("/o/acme/imports", &cookie);
        assert!(history.body.contains("in Email acme becomes new"));
        // Nothing to change: said so, and not that a file says nothing.
        let again =
            sent_to(&site.post(&change, &cookie, "field.0=start_date&step.0=set&text.0=2026-01-02&do=start"));
        site.work();
        assert!(site.get(&again, &cookie).body.contains("All of it is so already"));
    });
}

#[test]
fn a_selection_is_its_makers_own() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let editor = site.cookie(&site.acme, Role::Editor);
        let (address, _) = select(&site, &editor, "how=found&search=lovelace");
        let id = address.rsplit('/').next().expect("an identity").to_owned();
        let owner = site.cookie(&site.acme, Role::Owner);
        let stranger = site.cookie(&site.globex, Role::Owner);
        for (slug, cookie) in [("acme", &owner), ("acme", &stranger), ("globex", &stranger)] {
            for page in [
                format!("selections/{id}"),
                format!("selections/{id}/change"),
                format!("download/file?who=selection&selection={id}"),
            ] {
                let reply = site.get(&format!("/o/{slug}/{page}"), cookie);
                assert_eq!(reply.status, StatusCode::NOT_FOUND, "{slug} {page}");
            }
        }
        let viewer = site.cookie(&site.acme, Role::Viewer);
        let (seen, page) = select(&site, &viewer, "how=found&search=lovelace");
        assert!(!page.body.contains("/change"));
        assert_eq!(site.get(&format!("{seen}/change"), &viewer).status, StatusCode::FORBIDDEN);
        assert_eq!(site.post(&format!("{seen}/change"), &viewer, "do=start").status, StatusCode::FORBIDDEN);
    });
}

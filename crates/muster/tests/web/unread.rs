//! What is shown of rows that say a word that means nothing to this program, and of a file that lost bytes.

use ::ground::scene::work_rows_of;
use ::store::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use muster::access::create_token;

use super::site::{Reply, Site};
use crate::ground::on_both;

/// Asks REST.
fn ask(site: &Site, token: &str, address: &str) -> Reply {
    let request =
        Request::get(format!("/api/v1{address}")).header("authorization", format!("Bearer {token}"));
    site.ask(request.body(Body::empty()).expect("a request"))
}

#[test]
fn an_import_that_cannot_be_read_is_shown_as_that_and_the_others_as_they_are() {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let token = create_token(app, site.acme.id, "robot", Role::Editor, None).expect("a token");
        let broken = site.import(&site.csv().replace("Lovelace", "King"));
        let good = site.import(&site.csv().replace("Hopper", "Queen"));
        let sql = format!("UPDATE import SET state = 'bogus' WHERE id = {}", broken.number());
        work_rows_of(&app.settings.database, &sql);
        let list = site.get("/o/acme/imports", &cookie);
        assert_eq!(list.status, StatusCode::OK, "{}", list.body);
        assert!(list.texts("tbody tr").iter().any(|row| row.contains("Can’t be read")), "{}", list.body);
        assert!(list.body.contains(&format!("/o/acme/imports/{good}")), "{}", list.body);
        for address in ["/o/acme/users", "/o/acme/import"] {
            assert!(site.open(address, &cookie).status.is_success(), "{address}");
        }
        let one = site.get(&format!("/o/acme/imports/{broken}"), &cookie);
        assert_eq!((one.status, one.text("h1")), (StatusCode::OK, "This import can’t be read".to_owned()));
        let acted = site.post(&format!("/o/acme/imports/{broken}/complete"), &cookie, "plan=1");
        assert!(!acted.status.is_server_error(), "{}", acted.body);
        let listed = ask(&site, &token, "/imports");
        assert_eq!(listed.status, StatusCode::OK, "{}", listed.body);
        assert!(
            listed.body.contains("\"unreadable\"") && listed.body.contains(&good.to_string()),
            "{}",
            listed.body
        );
    });
}

#[test]
fn a_file_that_lost_bytes_is_a_sentence_and_no_file() {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let token = create_token(app, site.acme.id, "robot", Role::Editor, None).expect("a token");
        let import = site.import(&site.csv().replace("Lovelace", "King"));
        assert_eq!(site.get(&format!("/o/acme/imports/{import}/file"), &cookie).status, StatusCode::OK);
        work_rows_of(&app.settings.database, "UPDATE upload_size SET bytes = bytes + 7");
        let page = site.get(&format!("/o/acme/imports/{import}/file"), &cookie);
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(page.text("p").contains("Part of this file is not kept any more"), "{}", page.body);
        let told = ask(&site, &token, &format!("/imports/{import}/file"));
        assert_eq!(told.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(told.body.contains("Part of this file is not kept any more"), "{}", told.body);
        assert_eq!(told.headers["content-type"], "application/problem+json");
    });
}

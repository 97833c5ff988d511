//! Nothing of one organisation is visible in another: every address with another one's ids answers as with unknown ids.

use ::store::Role;
use axum::http::StatusCode;

use super::site::Site;
use crate::ground::on_sqlite;

/// Every address below an import, and whether it is sent to.
const OF_IMPORT: [(&str, bool); 18] = [
    ("", false),
    ("/progress", false),
    ("/problems", false),
    ("/conflicts", false),
    ("/changes", false),
    ("/new-users", false),
    ("/worth-knowing", false),
    ("/left-out", false),
    ("/file", false),
    ("/complete", false),
    ("/cancel", false),
    ("/note", true),
    ("/report", false),
    ("/fixes", true),
    ("/file", true),
    ("/complete", true),
    ("/undo", true),
    ("/cancel", true),
];

#[test]
fn another_organisation_is_as_unknown() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let import = site.import(&site.csv().replace("Lovelace", "King"));
        let stranger = site.cookie(&site.globex, Role::Owner);
        let theirs = [format!("users/{}", site.user(&site.acme, 0)), format!("imports/{import}")];
        let unknown = ["users/U-2222222222".to_owned(), "imports/imp_0000000000000".to_owned()];
        let unknown_page = site.get("/o/nobody/users", &stranger);
        assert_eq!(unknown_page.status, StatusCode::NOT_FOUND);
        for slug in ["acme", "globex", "nobody"] {
            for (theirs, unknown) in theirs.iter().zip(&unknown) {
                for (more, sent) in OF_IMPORT {
                    if theirs.starts_with("users") && !more.is_empty() {
                        continue;
                    }
                    let ask = |what: &str| {
                        let address = format!("/o/{slug}/{what}{more}");
                        if sent {
                            site.post(&address, &stranger, "plan=1")
                        } else {
                            site.get(&address, &stranger)
                        }
                    };
                    let (one, other) = (ask(theirs), ask(unknown));
                    assert_eq!(one.status, StatusCode::NOT_FOUND, "{slug}/{theirs}{more}");
                    assert_eq!(one.body, other.body, "{slug}/{theirs}{more}");
                    assert_eq!(one.body, unknown_page.body, "{slug}/{theirs}{more}");
                }
            }
        }
        for page in [
            "users",
            "download",
            "download/file",
            "import",
            "imports",
            "me",
            "me/sessions",
            "me/factor",
            "administrators",
        ] {
            let reply = site.get(&format!("/o/acme/{page}"), &stranger);
            assert_eq!((reply.status, &reply.body), (StatusCode::NOT_FOUND, &unknown_page.body), "{page}");
        }
    });
}

#[test]
fn a_search_finds_nobody_of_another_organisation() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let page = site.get("/o/globex/users?search=ada", &site.cookie(&site.globex, Role::Owner));
        assert!(!page.body.contains("Lovelace"));
        assert_eq!(page.text("#found"), "0 users match");
    });
}

#[test]
fn a_viewer_looks_and_changes_nothing() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let import = site.import(&site.csv().replace("Lovelace", "King"));
        let viewer = site.cookie(&site.acme, Role::Viewer);
        let user = format!("/o/acme/users/{}", site.user(&site.acme, 0));
        for (more, sent) in OF_IMPORT {
            let address = format!("/o/acme/imports/{import}{more}");
            let reply =
                if sent { site.post(&address, &viewer, "plan=1") } else { site.get(&address, &viewer) };
            // The address of the import leads to a part of it, and what only editors are asked leads back.
            let leads = ["", "/complete", "/cancel"].contains(&more) && !sent;
            let looked = if leads { StatusCode::SEE_OTHER } else { StatusCode::OK };
            let status = if sent { StatusCode::FORBIDDEN } else { looked };
            assert_eq!(reply.status, status, "{more}");
            assert!(
                sent || reply.texts("main button, main input, .bar button").is_empty(),
                "{more}: {}",
                reply.body
            );
        }
        assert_eq!(site.post(&user, &viewer, "seen=1&field.last_name=X").status, StatusCode::FORBIDDEN);
        assert_eq!(site.post("/o/acme/imports", &viewer, "").status, StatusCode::FORBIDDEN);
        assert_eq!(site.get("/o/acme/import", &viewer).status, StatusCode::FORBIDDEN);
        let page = site.get(&user, &viewer);
        assert!(!page.body.contains("<input"), "a viewer gets no form");
        assert!(page.body.contains("Lovelace"));
    });
}

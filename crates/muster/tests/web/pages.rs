//! Each page: its heading, unique ids, a label for every input, the headers that every answer carries.

use std::collections::HashSet;

use ::import;
use ::store::Role;
use axum::http::StatusCode;
use scraper::{ElementRef, Html, Selector};

use super::site::{Reply, Site};
use crate::ground::on_sqlite;

fn all<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).expect("a selector")).collect()
}

/// What every page has to be.
fn is_sound(address: &str, reply: &Reply) {
    let html = reply.html();
    assert_eq!(all(&html, "h1").len(), 1, "{address}: one heading");
    assert!(reply.text("title").ends_with("Muster"), "{address}: a title");
    assert_eq!(all(&html, "main#main").len(), 1, "{address}: a main part");
    assert_eq!(all(&html, "[role=status]#status").len(), 1, "{address}: a status");
    let mut ids = HashSet::new();
    for id in all(&html, "[id]").iter().filter_map(|element| element.attr("id")) {
        assert!(ids.insert(id), "{address}: the id {id} stands twice");
    }
    for reference in ["for", "aria-describedby", "aria-labelledby", "form", "list"] {
        for element in all(&html, &format!("[{reference}]")) {
            for id in element.attr(reference).unwrap_or_default().split(' ') {
                assert!(ids.contains(id), "{address}: {reference} names {id}, which is not there");
            }
        }
    }
    for input in all(&html, "input:not([type=hidden]), select, textarea") {
        let labelled = input.attr("aria-label").is_some()
            || input.attr("id").is_some_and(|id| !all(&html, &format!("label[for='{id}']")).is_empty())
            || input.ancestors().filter_map(ElementRef::wrap).any(|around| around.value().name() == "label");
        assert!(labelled, "{address}: {} has no label", input.html());
    }
    assert!(all(&html, "[style], style, script:not([src])").is_empty(), "{address}: inline style or script");
    assert!(all(&html, "[onclick], [onsubmit], [href^='javascript']").is_empty(), "{address}: inline script");
}

#[test]
fn every_page_is_sound() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let csv = site.csv();
        let review =
            site.import(&csv.replace("Lovelace", "King").replace("grace@acme.example", "ann@acme.example"));
        let failed = site.import("");
        let cancelled = site.import(&csv.replace("Lovelace", "Byron"));
        import::cancel(app, site.acme.id, cancelled).expect("cancelled");
        let pages = [
            ("/o/acme/users".to_owned(), "Users"),
            ("/o/acme/users?search=nobody-at-all".to_owned(), "Users"),
            (format!("/o/acme/users/{}", site.user(&site.acme, 0)), "Ada Lovelace"),
            ("/o/acme/download".to_owned(), "Download user data"),
            ("/o/acme/download?search=ada".to_owned(), "Download user data"),
            ("/o/acme/import".to_owned(), "Import user data"),
            ("/o/acme/imports".to_owned(), "Import history"),
            ("/o/acme/me".to_owned(), "Change password"),
            (format!("/o/acme/imports/{review}"), "Review the import"),
            (format!("/o/acme/imports/{review}?said=blocked&a=8&b=2"), "Review the import"),
            (format!("/o/acme/imports/{review}/problems"), "Problems to put right"),
            (format!("/o/acme/imports/{review}/conflicts"), "Conflicts"),
            (format!("/o/acme/imports/{review}/changes"), "What will change"),
            (format!("/o/acme/imports/{failed}"), "The import failed"),
            (format!("/o/acme/imports/{cancelled}"), "The import was cancelled"),
            ("/?choose=1".to_owned(), "Choose an organisation"),
            ("/sign-in".to_owned(), "Sign in"),
        ];
        for (address, heading) in pages {
            let reply = site.get(&address, &cookie);
            assert_eq!(reply.status, StatusCode::OK, "{address}: {}", reply.body);
            assert_eq!(reply.text("h1"), heading, "{address}");
            is_sound(&address, &reply);
        }
        let hint = site.get("/o/acme/import", &cookie).text("#file-hint");
        assert!(hint.starts_with(".xlsx or .ods, at most 256 MB, or .csv, at most 512 MB."), "{hint}");
        let unknown = site.get("/nothing", "");
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        is_sound("/nothing", &unknown);
    });
}

#[test]
fn every_answer_carries_the_headers() {
    on_sqlite(|app| {
        let site = Site::new(app);
        for address in ["/sign-in", "/nothing", "/o/acme/users", "/healthz"] {
            let headers = site.get(address, "").headers;
            let policy = headers["content-security-policy"].to_str().expect("text");
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
            assert_eq!(headers["x-content-type-options"], "nosniff");
            assert_eq!(headers["cache-control"], "no-store");
            assert!(!headers.contains_key("strict-transport-security"), "plain http");
        }
    });
}

#[test]
fn assets_are_kept_for_good_and_only_under_their_digest() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let page = site.get("/sign-in", "");
        let html = page.html();
        let script = all(&html, "script")[0].attr("src").expect("an address").to_owned();
        let asset = site.get(&script, "");
        assert_eq!(asset.status, StatusCode::OK);
        assert_eq!(asset.headers["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(asset.headers["content-type"], "text/javascript; charset=utf-8");
        assert_eq!(site.get("/assets/000000000000/muster.js", "").status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn the_list_is_what_its_address_says() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Viewer);
        let names = |address: &str| -> Vec<String> {
            let reply = site.get(address, &cookie);
            let html = reply.html();
            all(&html, "tbody th a").iter().map(|link| link.text().collect()).collect()
        };
        assert_eq!(names("/o/acme/users"), ["Ann Droid", "Grace Hopper", "Ada Lovelace"]);
        assert_eq!(names("/o/acme/users?sort=-name"), ["Ada Lovelace", "Grace Hopper", "Ann Droid"]);
        assert_eq!(names("/o/acme/users?search=hop"), ["Grace Hopper"]);
        assert_eq!(names("/o/acme/users?status=inactive"), [""; 0]);
        let page = site.get("/o/acme/users?search=hop", &cookie);
        assert_eq!(page.text("#found"), "1 user matches");
        assert_eq!(page.text("th[aria-sort=ascending]"), "Name, by last name ↑");
    });
}

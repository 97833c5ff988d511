//! What can't be asked of a page is refused in words of ours: to whom may edit, and not before it is known who asks.

use ::store::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use muster::access::create_token;

use super::site::{Reply, Site};
use crate::ground::on_sqlite;

const FORM: &str = "application/x-www-form-urlencoded";

/// Sends a body of a kind as one of our pages would.
fn send(site: &Site, address: &str, cookie: &str, kind: &str, body: &str) -> Reply {
    let request = Request::post(address)
        .header(header::COOKIE, cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, kind);
    site.ask(request.body(Body::from(body.to_owned())).expect("a request"))
}

#[test]
fn a_form_that_is_none_is_refused_in_our_words_once_it_is_known_who_asks() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let [editor, viewer] = [Role::Editor, Role::Viewer].map(|role| site.cookie(&site.acme, role));
        let import = format!("imports/{}", site.import(&site.csv().replace("Lovelace", "King")));
        let user = format!("users/{}", site.user(&site.acme, 0));
        for (address, kind, body, words) in [
            (user.as_str(), "application/json", "{}", "is not the form of this page"),
            (user.as_str(), "text/plain", "", "is not the form of this page"),
            (&format!("{import}/fixes"), "application/json", "{}", "is not the form of this page"),
            (&format!("{import}/fixes"), FORM, "value.nowhere=x", "names something that is no cell"),
            (&format!("{import}/complete"), FORM, "plan=first", "is not the form of this page"),
            (&format!("{import}/complete"), "text/plain", "plan=1", "is not the form of this page"),
            (&format!("{import}/file"), FORM, "file=x", "is not the form of this page"),
            ("imports", "multipart/form-data", "", "is not the form of this page"),
            ("imports", "multipart/form-data; boundary=b", "nothing", "The upload broke off"),
        ] {
            let address = format!("/o/acme/{address}");
            let refused = send(&site, &address, &editor, kind, body);
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{address} {kind} {body}: {}", refused.body);
            assert_eq!(refused.text("h1"), "This could not be understood", "{address} {kind} {body}");
            assert!(refused.text("main p").contains(words), "{address}: {}", refused.text("main p"));
            let viewer = send(&site, &address, &viewer, kind, body);
            assert_eq!(viewer.status, StatusCode::FORBIDDEN, "{address} {kind} {body}: {}", viewer.body);
        }
        let large = "x".repeat(3 << 20);
        let large = send(&site, &format!("/o/acme/{user}"), &editor, FORM, &large);
        assert_eq!(
            (large.status, large.text("h1")),
            (StatusCode::PAYLOAD_TOO_LARGE, "That is too much at once".into())
        );
    });
}

#[test]
fn an_address_that_asks_for_what_is_not_offered_is_refused_in_our_words() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Viewer);
        let import = site.import(&site.csv().replace("Lovelace", "King"));
        for (address, words) in [
            (format!("imports/{import}/changes?passed=many"), "What stands after the ? in the address"),
            ("download/file?format=pdf".to_owned(), "A file is xlsx, ods or csv"),
            ("template?format=pdf".to_owned(), "A file is xlsx, ods or csv"),
            (format!("imports/{import}/report?format=pdf"), "A file is xlsx, ods or csv"),
            ("download/file?fields=bogus".to_owned(), "asks for what this page does not offer"),
            ("download/file?who=bogus".to_owned(), "asks for what this page does not offer"),
            ("download/file?fields=some".to_owned(), "Choose at least one field"),
            ("download/file?fields=some&field=email&field=bogus".to_owned(), "is not in use here"),
            ("download/file?who=search&filter.bogus=1".to_owned(), "is not in use here"),
        ] {
            let refused = site.get(&format!("/o/acme/{address}"), &cookie);
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{address}: {}", refused.body);
            assert_eq!(refused.text("h1"), "This could not be understood", "{address}");
            assert!(refused.text("main p").contains(words), "{address}: {}", refused.text("main p"));
        }
    });
}

#[test]
fn a_name_that_is_not_ours_is_refused() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let ask = |host: &str| {
            let request = Request::get("/sign-in").header(header::HOST, host);
            site.ask(request.body(Body::empty()).expect("a request"))
        };
        for host in ["localhost:8080", "127.0.0.1:8080", "192.0.2.7:8080", "[::1]:8080"] {
            assert_eq!(ask(host).status, StatusCode::OK, "{host}");
        }
        let refused = ask("rebound.example:8080");
        assert_eq!(refused.status, StatusCode::MISDIRECTED_REQUEST);
        assert!(refused.text("main p").contains("--public-url"), "{}", refused.body);
    });
}

/// A download is refused before its first bytes: after them nothing can be said but that it broke off.
#[test]
fn a_download_of_what_is_searched_too_long_is_refused_whatever_the_file() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Viewer);
        let token = create_token(app, site.acme.id, "robot", Role::Viewer, None).expect("a token");
        for (search, status) in [
            ("x".repeat(201), StatusCode::BAD_REQUEST),
            ("x+".repeat(11), StatusCode::BAD_REQUEST),
            ("ada".to_owned(), StatusCode::OK),
        ] {
            for format in ["xlsx", "csv", "ods"] {
                let page = format!("/o/acme/download/file?who=search&format={format}&search={search}");
                assert_eq!(site.get(&page, &cookie).status, status, "{page}");
                let request = Request::get(format!("/api/v1/user-data?format={format}&search={search}"))
                    .header(header::AUTHORIZATION, format!("Bearer {token}"));
                let reply = site.ask(request.body(Body::empty()).expect("a request"));
                assert_eq!(reply.status, status, "{format} {search}");
            }
        }
    });
}

//! The help, which anybody may read, and what readers say of it: what is kept, what is asked again, and what programs that fill in any
//! form leave behind.

use ::store::Feedback;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use std::net::SocketAddr;

use super::site::{Reply, Site};
use crate::ground::{on_both, on_sqlite};

const MINUTE: i64 = 60_000;

/// What the form of the page carries: the time at which it was shown, sealed.
fn stamp(site: &Site) -> String {
    site.get("/help", "").all("input[name=shown]", "value").remove(0)
}

fn send(site: &Site, from: &str, form: &str) -> Reply {
    let mut request = Request::post("/help/feedback")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .expect("a request");
    let peer: SocketAddr = format!("{from}:4000").parse().expect("an address");
    request.extensions_mut().insert(ConnectInfo(peer));
    site.ask(request)
}

fn kept(site: &Site) -> Vec<Feedback> {
    site.app.store.feedback().expect("the store")
}

#[test]
fn what_a_reader_says_is_kept_and_thanked_for() {
    on_both(|app| {
        let site = Site::new(app);
        let shown = stamp(&site);
        app.clock.turn(MINUTE);
        let yes = send(&site, "192.0.2.1", &format!("shown={shown}&helpful=yes&said=never+sent"));
        assert_eq!(yes.location(), "/help?said=yes#feedback");
        assert!(site.get("/help?said=yes", "").text("#feedback").contains("Thank you for your feedback"));
        let no = format!("shown={shown}&helpful=no&step=on&hard=on&said=+%3Cb%3Ewhich+menu%3F+");
        assert_eq!(send(&site, "192.0.2.1", &no).location(), "/help?said=no#feedback");
        assert!(site.get("/help?said=no", "").text("#feedback").contains("put the article right"));
        let told: Vec<_> =
            kept(&site).into_iter().map(|said| (said.helpful, said.reasons, said.said)).collect();
        assert_eq!(
            told,
            [
                (false, "step hard".to_owned(), "<b>which menu?".to_owned()),
                (true, String::new(), String::new())
            ]
        );
    });
}

#[test]
fn what_is_not_taken_comes_back_with_what_was_typed() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let shown = stamp(&site);
        let long = "x".repeat(1_001);
        for (wait, form, why) in [
            (
                MINUTE,
                format!("shown={shown}&helpful=no&said=kept+words"),
                "Select at least one of the reasons.",
            ),
            (
                0,
                format!("shown={shown}&helpful=no&find=on&said={long}"),
                "That is 1,001 characters. Shorten it to 1,000.",
            ),
            (0, "helpful=no&find=on&said=kept+words".to_owned(), "press Send again"),
            (0, format!("shown={shown}1&helpful=no&find=on&said=kept+words"), "press Send again"),
            (
                25 * 60 * MINUTE,
                format!("shown={shown}&helpful=no&find=on&said=kept+words"),
                "press Send again",
            ),
        ] {
            app.clock.turn(wait);
            let answer = send(&site, "192.0.2.1", &form);
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
            assert!(answer.text("#problem").contains(why), "{}", answer.text("#problem"));
            let words = answer.text("textarea");
            assert!(words == "kept words" || words == long, "{words}");
            assert_eq!(answer.body.contains("name=\"find\" checked"), form.contains("find=on"), "{form}");
        }
        let quick = stamp(&site);
        app.clock.turn(1_000);
        let answer = send(&site, "192.0.2.1", &format!("shown={quick}&helpful=yes"));
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody reads it within a second");
        app.clock.turn(1_000);
        let again = answer.all("input[name=shown]", "value").remove(0);
        app.clock.turn(2_000);
        assert_eq!(
            send(&site, "192.0.2.1", &format!("shown={again}&helpful=yes")).status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(kept(&site).len(), 1);
    });
}

#[test]
fn a_program_that_sends_a_thousand_leaves_five() {
    on_both(|app| {
        let site = Site::new(app);
        let shown = stamp(&site);
        app.clock.turn(MINUTE);
        for round in 0..200 {
            let form = match round % 4 {
                0 => format!("shown={shown}&helpful=no&find=on&website=spam.example"),
                1 => "helpful=yes".to_owned(),
                _ => format!("shown={shown}&helpful=no&find=on&said={round}"),
            };
            // One network of IPv6 has as many addresses as it likes.
            let from =
                if round % 2 == 0 { "[2001:db8::1]".to_owned() } else { format!("[2001:db8::{round:x}]") };
            assert!(!send(&site, &from, &form).status.is_server_error());
        }
        assert_eq!(kept(&site).len(), 5);
        let form = format!("shown={shown}&helpful=yes");
        assert_eq!(send(&site, "[2001:db8::7]", &form).location(), "/help?said=often#feedback");
        assert_eq!(send(&site, "[2001:db8:0:1::7]", &form).location(), "/help?said=yes#feedback");
        app.clock.turn(61 * MINUTE);
        assert_eq!(send(&site, "[2001:db8::7]", &form).location(), "/help?said=yes#feedback");
    });
}

#[test]
fn the_article_says_what_the_pages_say() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let help = site.get("/help", "");
        assert_eq!(help.status, StatusCode::OK);
        let users = site.get("/o/acme/users", &site.cookie(&site.acme, ::store::Role::Editor));
        for name in ["Download user data", "Import user data", "Users"] {
            assert!(users.body.contains(name) && help.body.contains(&format!("<b>{name}</b>")), "{name}");
        }
        for place in help.all("nav.toc a", "href") {
            assert!(help.body.contains(&format!("id=\"{}\"", &place[1..])), "{place}");
        }
    });
}

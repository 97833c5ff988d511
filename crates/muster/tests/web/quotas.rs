//! Quotas as people and programs meet them: told before they bite, refused in words, and no more.

use ::import::{NewUpload, Upload};
use ::store::{Complete, ImportState, Role};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use directory::Quota;
use muster::access::create_token;

use super::site::Site;
use crate::ground::on_both;

/// An upload as a browser sends it.
fn upload(site: &Site, text: &str) -> super::site::Reply {
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{text}\r\n--x--\r\n"
    );
    let request = Request::post("/o/acme/imports")
        .header(header::COOKIE, site.cookie(&site.acme, Role::Editor))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    site.ask(request.body(Body::from(body)).expect("a request"))
}

#[test]
fn imports_that_wait_are_told_of_before_no_more_are_taken() {
    on_both(|app| {
        let site = Site::new(app);
        let editor = site.cookie(&site.acme, Role::Editor);
        let edited = |name: &str| site.csv().replace("Lovelace", name);
        app.store.set_quota(site.acme.id, Quota::Waiting, Some(5)).expect("it is set");
        let told = || site.get("/o/acme/import", &editor).texts("[data-quota=waiting]");
        for name in ["A", "B", "C"] {
            site.import(&edited(name));
        }
        assert_eq!(told(), [""; 0]);
        let fourth = site.import(&edited("D"));
        assert_eq!(told(), ["i 4 of 5 imports wait."]);
        assert_eq!(upload(&site, &edited("E")).status, StatusCode::SEE_OTHER);
        let refused = upload(&site, &edited("F"));
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.text("main").contains("5 of 5 imports wait, so this one was not begun."));
        assert!(told()[0].contains("was not begun"), "{:?}", told());

        let token = create_token(app, site.acme.id, "robot", Role::Editor, None).expect("a token");
        let send = || {
            let request =
                Request::post("/api/v1/imports").header(header::AUTHORIZATION, format!("Bearer {token}"));
            site.ask(request.body(Body::from(edited("G"))).expect("a request"))
        };
        let refused = send();
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("urn:muster:problem:over-quota") && refused.body.contains("5 of 5"));

        assert!(import::cancel(app, site.acme.id, fourth).expect("it works"));
        assert_eq!(send().status, StatusCode::ACCEPTED, "there is room again");
        assert_eq!(
            app.store.imports(site.acme.id, None, 50).expect("it works").len(),
            6,
            "refused ones are none"
        );
    });
}

#[test]
fn a_file_that_is_too_large_for_what_is_left_is_refused_while_it_comes() {
    on_both(|app| {
        let site = Site::new(app);
        app.store.set_quota(site.acme.id, Quota::Bytes, Some(600_000)).expect("it is set");
        let new = NewUpload {
            file_name: "a.csv".to_owned(),
            actor: "test".to_owned(),
            complete: Complete::Never,
            leave_out_errors: false,
            decisions: Vec::new(),
            keep: true,
        };
        let mut upload = Upload::begin(app, site.acme.id, new);
        let piece = vec![b'x'; 250_000];
        assert!(upload.write(&piece).expect("there is room"));
        assert!(upload.write(&piece).expect("there is room"));
        assert!(matches!(upload.write(&piece), Err(::store::Error::OverQuota(_))));
        let left = super::quotas::upload(&site, &site.csv());
        assert_eq!(left.status, StatusCode::SEE_OTHER, "nothing is kept of what was refused");
    });
}

#[test]
fn review_says_that_there_is_no_room_for_new_users() {
    on_both(|app| {
        let site = Site::new(app);
        app.store.set_quota(site.acme.id, Quota::Users, Some(4)).expect("it is set");
        let head: String = site.csv().lines().take(2).map(|line| format!("{line}\r\n")).collect();
        let keys: Vec<String> = head.lines().nth(1).expect("keys").split(',').map(str::to_owned).collect();
        let row = |first: &str| {
            let value = |key: &String| match key.as_str() {
                "first_name" => first.to_owned(),
                "last_name" => "New".to_owned(),
                "email" => format!("{first}@acme.example"),
                _ => String::new(),
            };
            keys.iter().map(value).collect::<Vec<_>>().join(",")
        };
        let id = site.import(&format!("{head}{}\r\n{}\r\n", row("gil"), row("hope")));
        let editor = site.cookie(&site.acme, Role::Editor);
        let address = format!("/o/acme/imports/{id}");
        site.post(&format!("{address}/fixes"), &editor, "without_id.all=create");
        let review = site.open(&address, &editor);
        assert!(
            review.text("#beyond").contains("2 users are to be created, and there are 3 of 4."),
            "{}",
            review.text("main")
        );
        let plan = app.store.import(site.acme.id, id).expect("it works").expect("it is there").plan;
        let said = site.post(&format!("{address}/complete"), &editor, &format!("plan={plan}"));
        let said = site.open(said.location(), &editor);
        assert!(said.text(".banner").contains("More users are to be created"), "{}", said.text(".banner"));
        let token = create_token(app, site.acme.id, "robot", Role::Editor, None).expect("a token");
        let request = Request::post(format!("/api/v1/imports/{id}/apply"))
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json");
        let refused = site.ask(request.body(Body::from("{}")).expect("a request"));
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("over-quota") && refused.body.contains("3 of 4"), "{}", refused.body);
        app.store.set_quota(site.acme.id, Quota::Users, Some(5)).expect("it is set");
        assert!(site.open(&address, &editor).texts("#beyond").is_empty());
        site.post(&format!("{address}/complete"), &editor, &format!("plan={plan}"));
        site.work();
        let done = app.store.import(site.acme.id, id).expect("it works").expect("it is there");
        assert_eq!((done.state, done.counts.users_to_create), (ImportState::Done, 2));
    });
}

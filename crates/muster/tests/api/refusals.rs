//! What can't be asked is refused in words that help: which parameter or field, and what it takes; the role counts before all else.

use ::store::Role;
use axum::http::{Request, header};
use serde_json::Value;

use super::{World, id_of, request};
use crate::ground;

/// Request, body, and what the answer says.
const WRONG: &[(&str, &str, &str)] = &[
    ("GET /users?limit=many", "", "The parameter limit takes a whole number, such as 50."),
    ("GET /users?search=a%26b&limit=-1", "", "The parameter limit takes a whole number, such as 50."),
    ("GET /users?limit=1&limit=2", "", "The parameter limit stands twice. Send it once."),
    (
        "GET /users?sort=shoe_size",
        "",
        "The parameter sort takes name, sign_in, created or the key of a field, with a - in front for the other way round.",
    ),
    ("GET /users?status=gone", "", "The parameter status takes active or inactive."),
    (
        "GET /users?stauts=inactive",
        "",
        "There is no parameter stauts at this address. Perhaps status is meant.",
    ),
    (
        "GET /users?shoe_size=9&status=active",
        "",
        "There is no parameter shoe_size at this address. It takes search, status, sort, cursor, limit.",
    ),
    ("GET /imports?limt=1", "", "There is no parameter limt at this address. Perhaps limit is meant."),
    ("GET /user-data?serch=ann", "", "There is no parameter serch at this address. Perhaps search is meant."),
    (
        "GET /fields?retired=1",
        "",
        "There is no parameter retired: this address takes none. Ask without what stands after the ?.",
    ),
    (
        "GET /tickets?x=1",
        "",
        "There is no parameter x: this address takes none. Ask without what stands after the ?.",
    ),
    (
        "GET /answers?x",
        "",
        "There is no parameter x: this address takes none. Ask without what stands after the ?.",
    ),
    (
        "POST /imports?dry_rn=true",
        "",
        "There is no parameter dry_rn at this address. Perhaps dry_run is meant.",
    ),
    ("GET /users?cursor=nonsense", "", "The parameter cursor takes what a list gave as next."),
    ("GET /imports?cursor=nonsense", "", "The parameter cursor takes what a list gave as next."),
    ("GET /user-data?format=pdf", "", "The parameter format takes xlsx, csv or ods."),
    (
        "GET /user-data?fields=email,shoe_size",
        "",
        "There is no field shoe_size: fields takes keys of fields with commas between them.",
    ),
    ("POST /imports?apply=always", "", "The parameter apply takes never, when_clean or when_clean_large."),
    ("POST /imports?base=then", "", "The parameter base takes now."),
    ("POST /imports?dry_run=1", "", "The parameter dry_run takes true or false."),
    ("POST /imports/ID/file?mode=around", "", "mode is add or replace."),
    ("POST /imports/ID/apply", "{", "The body is not JSON: look at line 1, column 1."),
    (
        "POST /imports/ID/apply",
        "[]",
        "The body takes an object with plan (the number of the plan that was reviewed), leave_out_errors (true or false), large (true or false).",
    ),
    (
        "POST /imports/ID/apply",
        r#"{"plan":"1"}"#,
        "plan takes the number of the plan that was reviewed; look at line 1, column 11.",
    ),
    (
        "POST /imports/ID/apply",
        r#"{"plna":1}"#,
        "The body has \"plna\", which is not known here; it takes plan (the number of the plan that was reviewed), \
         leave_out_errors (true or false), large (true or false).",
    ),
    (
        "PATCH /imports/ID/fixes",
        "{}",
        "Something is missing in the body; it takes fixes (a list of objects, each with a cell, a row, or a user_id and a field, \
         and with one of value, choose, leave_out and create).",
    ),
    (
        "PATCH /imports/ID/fixes",
        r#"{"fixes":[{"cell":"7C","value":"x"}]}"#,
        "fixes[0]: cell is not one, such as C7",
    ),
    (
        "POST /imports/ID/decisions",
        r#"{"decisions":[{"decide":"perhaps"}]}"#,
        "decide is one of damage_meant, keep_values, keep_empty, keep_points, keep_before, step_meant, put_back, all_sheets, read_sheet, keep_missing, missing_cleared, read_column, ignore_column, file_is_whole, letters_are_right, make_absent_inactive.",
    ),
];

#[test]
fn what_is_wrong_with_a_request_is_said_in_our_words() {
    ground::on_sqlite(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let id = id_of(&world.upload(&token, &world.download("last_name"), ""));
        for (what, body, detail) in WRONG {
            let answer = world.ask(&what.replace("ID", &id), &token, *body);
            assert_eq!(answer.problem(), "400 bad-request", "{what} {body}");
            assert_eq!(answer.json()["detail"], *detail, "{what} {body}");
        }
        for (kind, detail) in [
            ("multipart/form-data", "The Content-Type says multipart but names no boundary."),
            ("multipart/form-data; boundary=b", "The upload broke off, so nothing was imported."),
        ] {
            let request = request("POST /imports", &token).header(header::CONTENT_TYPE, kind);
            let answer = world.send(request.body("no form".into()).expect("a request"));
            assert_eq!(answer.problem(), "400 bad-request", "{kind}");
            let said = answer.json()["detail"].as_str().unwrap_or_default().to_owned();
            assert!(said.starts_with(detail), "{said}");
        }
    });
}

#[test]
fn who_may_not_edit_learns_that_whatever_they_send() {
    ground::on_sqlite(|app| {
        let world = World::new(app);
        let viewer = world.token(&world.acme, Role::Viewer);
        for (what, body, _) in WRONG.iter().filter(|(what, ..)| !what.starts_with("GET")) {
            let what = what.replace("ID", "imp_0000000000000");
            assert_eq!(world.ask(&what, &viewer, *body).problem(), "403 not-allowed", "{what} {body}");
            let keyed = world.ask_once(&what, &viewer, "key", *body);
            assert_eq!(keyed.problem(), "403 not-allowed", "{what} {body}, with a key");
        }
    });
}

#[test]
fn every_address_under_rest_answers_in_its_own_kind() {
    ground::on_sqlite(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Owner);
        for what in
            ["GET ", "GET /", "POST /", "GET /nothing", "GET /users/", "GET /imports/x/y/z", "GET //users"]
        {
            let answer = world.ask(what, &token, "");
            assert_eq!(answer.problem(), "404 not-found", "{what}");
            assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store", "{what}");
        }
    });
}

#[test]
fn a_name_that_is_not_ours_is_refused() {
    ground::on_sqlite(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Owner);
        for (host, status) in [("rebound.example:8080", 421), ("127.0.0.1:8080", 200), ("localhost", 200)] {
            let request = request("GET /users", &token).header(header::HOST, host);
            assert_eq!(world.send(request.body("".into()).expect("a request")).status, status, "{host}");
        }
        let request = Request::get("/api/v1/users").header(header::HOST, "rebound.example");
        let answer = world.send(request.body("".into()).expect("a request"));
        assert_eq!(answer.problem(), "421 unknown-host", "before any token is looked at");
        assert_ne!(answer.json()["detail"], Value::Null);
    });
}

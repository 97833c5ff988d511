//! REST, in process: requests in, answers out, and a worker that works when the test says so.

use ::store::{Account, Role, Time};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};
use muster::access::create_token;
use muster::app::{App, Randomness};
use muster::{api, web};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::ground;

mod changed;
mod changes;
mod fields;
mod matching;
mod moved;
mod refusals;

/// A test's world: two accounts, a token for each role in the first and an owner's in the second, REST over them.
struct World<'a> {
    app: &'a App,
    acme: Account,
    globex: Account,
    routes: Router,
    runtime: tokio::runtime::Runtime,
}

/// An answer, all of it read.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// `409 blocked`: the status and the last part of a problem's type.
    fn problem(&self) -> String {
        let kind = self.headers.get(header::CONTENT_TYPE).map_or("", |kind| kind.to_str().unwrap_or(""));
        assert_eq!(kind, "application/problem+json", "{}", String::from_utf8_lossy(&self.body));
        let body = self.json();
        assert_eq!(body["status"], json!(self.status));
        assert!(body["title"].is_string(), "{body}");
        let word = body["type"].as_str().and_then(|of| of.rsplit(':').next()).unwrap_or("").to_owned();
        format!("{} {word}", self.status)
    }
}

impl<'a> World<'a> {
    fn new(app: &'a App) -> Self {
        let acme = app.store.create_account("acme", "Acme", ground::NOW).expect("works").expect("is new");
        let globex =
            app.store.create_account("globex", "Globex", ground::NOW).expect("works").expect("is new");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        // As they are served: beside the pages.
        let routes = web::router(app.clone()).merge(api::router(app.clone()));
        let world = Self { app, acme, globex, routes, runtime };
        world.people(&world.acme, &["Ada Ade", "Bo Berg", "Cy Cole", "Di Dunn", "Ed Eng"]);
        world.people(&world.globex, &["Flo Fox"]);
        world
    }

    /// Active users with the email `first@account.example`.
    fn people(&self, account: &Account, names: &[&str]) {
        let fields = self.app.store.fields(account.id).expect("works");
        let mut users = directory::Users::new(&fields);
        let first = self.app.store.reserve_users(names.len() as u64).expect("works");
        for (number, name) in (first..).zip(names) {
            let (first, last) = name.split_once(' ').expect("two names");
            let email = format!("{}@{}.example", first.to_lowercase(), account.slug);
            users.begin(directory::UserId::from_number(number).expect("in range"), 0, false);
            for (key, value) in
                [("first_name", first), ("last_name", last), ("email", &email), ("status", "active")]
            {
                let field = fields.by_key(key).expect("built in");
                users.set(fields.slot(field.number).expect("has a slot"), Some(value));
            }
        }
        self.app.store.create_users(account.id, &users, "generated", "test", ground::NOW).expect("works");
    }

    fn token(&self, account: &Account, role: Role) -> String {
        create_token(self.app, account.id, "robot", role, None).expect("works")
    }

    fn send(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let answer = self.routes.clone().oneshot(request).await.expect("infallible");
            let (head, body) = answer.into_parts();
            let body = to_bytes(body, usize::MAX).await.expect("a whole body").to_vec();
            Answer { status: head.status.as_u16(), headers: head.headers, body }
        })
    }

    /// A request: `GET /users`, a token, a body.
    fn ask(&self, what: &str, token: &str, body: impl Into<Body>) -> Answer {
        self.send(request(what, token).body(body.into()).expect("a request"))
    }

    fn ask_once(&self, what: &str, token: &str, key: &str, body: impl Into<Body>) -> Answer {
        let request = request(what, token).header("Idempotency-Key", key);
        self.send(request.body(body.into()).expect("a request"))
    }

    /// Works until nothing waits.
    fn work(&self) {
        while import::work_once(self.app, "test").expect("works") {}
    }

    /// The csv of the first account: these fields of everyone.
    fn download(&self, fields: &str) -> String {
        let token = self.token(&self.acme, Role::Viewer);
        let answer = self.ask(&format!("GET /user-data?format=csv&fields={fields}"), &token, "");
        assert_eq!(answer.status, 200);
        String::from_utf8(answer.body).expect("UTF-8")
    }

    /// Uploads a csv and works; the import as it rests.
    fn upload(&self, token: &str, csv: &str, query: &str) -> Value {
        let begun = self.ask(&format!("POST /imports?file_name=users.csv{query}"), token, csv.to_owned());
        assert_eq!(begun.status, 202, "{}", String::from_utf8_lossy(&begun.body));
        let id = begun.json()["id"].as_str().expect("an id").to_owned();
        assert_eq!(begun.headers[header::LOCATION], format!("/api/v1/imports/{id}"));
        self.work();
        self.import(token, &id)
    }

    fn import(&self, token: &str, id: &str) -> Value {
        self.ask(&format!("GET /imports/{id}"), token, "").json()
    }
}

fn request(what: &str, token: &str) -> axum::http::request::Builder {
    let (method, path) = what.split_once(' ').expect("a method and a path");
    let request = Request::builder().method(method).uri(format!("/api/v1{path}"));
    if token.is_empty() { request } else { request.header(header::AUTHORIZATION, format!("Bearer {token}")) }
}

fn id_of(import: &Value) -> String {
    import["id"].as_str().expect("an id").to_owned()
}

#[test]
fn without_a_good_token_nothing_is_told() {
    ground::on_both(|app| {
        let world = World::new(app);
        let ended = Time(ground::NOW.0 - 1);
        let ended = create_token(app, world.acme.id, "old", Role::Owner, Some(ended)).expect("works");
        let good = world.token(&world.acme, Role::Owner);
        let unknown = create_unknown_token();
        for (token, problem) in [
            ("", "401 no-token"),
            ("muster_", "401 bad-token"),
            (&good[..good.len() - 1], "401 bad-token"),
            (&unknown, "401 bad-token"),
            (&ended, "401 token-ended"),
        ] {
            let answer = world.ask("GET /users", token, "");
            assert_eq!(answer.problem(), problem, "{token}");
            assert_eq!(answer.headers[header::WWW_AUTHENTICATE], "Bearer");
        }
        assert_eq!(world.ask("GET /users", &good, "").status, 200);
    });
}

/// A well-formed token of another database.
fn create_unknown_token() -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = format!("sqlite:{}", folder.path().join("other.db").display());
    let settings = muster::app::Settings { database, ..Default::default() };
    let other = App::open(settings, muster::app::Clock::standing_at(ground::NOW), Randomness::sequence(77));
    let other = other.expect("the database opens");
    let account = other.store.create_account("other", "Other", ground::NOW).expect("works").expect("is new");
    create_token(&other, account.id, "other", Role::Owner, None).expect("works")
}

#[test]
fn what_is_not_there_and_what_can_not_be_asked_are_problems() {
    ground::on_sqlite(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Owner);
        for (what, body, problem) in [
            ("GET /nothing", "", "404 not-found"),
            ("PUT /users", "", "405 wrong-method"),
            ("GET /imports/imp_0/issues", "", "404 not-found"),
            ("GET /users/17", "", "404 not-found"),
            ("GET /users?limit=many", "", "400 bad-request"),
            ("GET /users?sort=shoe_size", "", "400 bad-request"),
            ("GET /users?cursor=nonsense", "", "400 bad-request"),
            ("GET /user-data?fields=shoe_size", "", "400 bad-request"),
            ("GET /user-data?format=pdf", "", "400 bad-request"),
            ("POST /imports?apply=always", "", "400 bad-request"),
            ("PATCH /imports/imp_0000000000000/fixes", "{", "400 bad-request"),
            (
                "PATCH /imports/imp_0000000000000/fixes",
                r#"{"fixes":[{"cell":"7C","value":"x"}]}"#,
                "400 bad-request",
            ),
            ("PATCH /imports/imp_0000000000000/fixes", r#"{"fixes":[{"cell":"C7"}]}"#, "400 bad-request"),
            ("PATCH /imports/imp_0000000000000/fixes", r#"{"fixes":[{"value":"x"}]}"#, "400 bad-request"),
        ] {
            assert_eq!(world.ask(what, &token, body).problem(), problem, "{what} {body}");
        }
    });
}

#[test]
fn a_viewer_looks_and_an_editor_edits() {
    ground::on_sqlite(|app| {
        let world = World::new(app);
        let (viewer, editor) =
            (world.token(&world.acme, Role::Viewer), world.token(&world.acme, Role::Editor));
        let import = world.upload(&editor, &world.download("last_name"), "");
        let id = id_of(&import);
        for what in ["GET /users", "GET /imports", "GET /user-data?format=csv", &format!("GET /imports/{id}")]
        {
            assert_eq!(world.ask(what, &viewer, "").status, 200, "{what}");
        }
        for what in [
            "POST /imports".to_owned(),
            format!("POST /imports/{id}/apply"),
            format!("POST /imports/{id}/cancel"),
            format!("POST /imports/{id}/undo"),
            format!("DELETE /imports/{id}"),
        ] {
            assert_eq!(world.ask(&what, &viewer, "").problem(), "403 not-allowed", "{what}");
        }
        let fixes = r#"{"fixes":[]}"#;
        assert_eq!(
            world.ask(&format!("PATCH /imports/{id}/fixes"), &viewer, fixes).problem(),
            "403 not-allowed"
        );
    });
}

#[test]
fn another_accounts_ids_are_answered_like_unknown_ones() {
    ground::on_both(|app| {
        let world = World::new(app);
        let (ours, theirs) = (world.token(&world.acme, Role::Owner), world.token(&world.globex, Role::Owner));
        let import =
            id_of(&world.upload(&ours, &world.download("last_name").replace(",Ade", ",Adeyemi"), ""));
        let user = world.ask("GET /users?limit=1", &ours, "").json()["items"][0]["id"].clone();
        let user = user.as_str().expect("an id");
        let unknown_user = directory::UserId::from_number(999_999).expect("in range").to_string();
        for what in [
            "GET /users/USER",
            "GET /users/USER/history",
            "GET /imports/IMPORT",
            "GET /imports/IMPORT/issues",
            "GET /imports/IMPORT/changes",
            "GET /imports/IMPORT/conflicts",
            "GET /imports/IMPORT/report",
            "GET /imports/IMPORT/file",
            "POST /imports/IMPORT/apply",
            "POST /imports/IMPORT/cancel",
            "POST /imports/IMPORT/undo",
            "DELETE /imports/IMPORT",
            "PATCH /imports/IMPORT/fixes",
            "POST /imports/IMPORT/fixes/undo",
            "POST /imports/IMPORT/fixes/redo",
            "POST /imports/IMPORT/decisions",
            "POST /imports/IMPORT/file",
        ] {
            let body = match what.rsplit('/').next() {
                Some("fixes") => r#"{"fixes":[{"row":3,"leave_out":true}]}"#,
                Some("decisions") => r#"{"decisions":[{"decide":"put_back"}]}"#,
                _ => "",
            };
            let at = |user: &str, import: &str| what.replace("USER", user).replace("IMPORT", import);
            let foreign = world.ask(&at(user, &import), &theirs, body);
            let unknown = world.ask(&at(&unknown_user, "imp_0000000000000"), &theirs, body);
            assert_eq!(foreign.problem(), "404 not-found", "{what}");
            assert_eq!((foreign.status, foreign.body), (unknown.status, unknown.body), "{what}");
        }
        assert_eq!(world.import(&ours, &import)["state"], "review");
    });
}

#[test]
fn an_import_goes_all_the_way_and_back() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let edited = world.download("first_name,last_name").replace(",Ade", ",Adeyemi");
        let import = world.upload(&token, &edited, "");
        assert_eq!(import["state"], "review", "{import}");
        assert_eq!(import["file_name"], "users.csv");
        assert_eq!(import["created_by"], "token:robot");
        assert_eq!((&import["counts"]["users_to_edit"], &import["counts"]["rows"]), (&json!(1), &json!(5)));
        let id = id_of(&import);
        let changes = world.ask(&format!("GET /imports/{id}/changes"), &token, "").json();
        assert_eq!(changes["items"].as_array().map(Vec::len), Some(1), "{changes}");
        let change = &changes["items"][0];
        assert_eq!((&change["before"], &change["after"]), (&json!("Ade"), &json!("Adeyemi")));
        assert_eq!((&change["field"], &changes["next"]), (&json!("last_name"), &Value::Null));

        let plan = format!(r#"{{"plan":{}}}"#, import["plan"]);
        let applied = world.ask(&format!("POST /imports/{id}/apply"), &token, plan);
        assert_eq!((applied.status, &applied.json()["state"]), (202, &json!("applying")));
        world.work();
        let done = world.import(&token, &id);
        assert_eq!(
            (&done["state"], &done["message"]),
            (&json!("done"), &json!("1 user was successfully edited"))
        );

        let user = change["user_id"].as_str().expect("an id");
        let shown = world.ask(&format!("GET /users/{user}"), &token, "").json();
        assert_eq!((&shown["last_name"], &shown["revision"]), (&json!("Adeyemi"), &done["revision"]));
        let history = world.ask(&format!("GET /users/{user}/history"), &token, "").json();
        let newest = &history["items"][0];
        assert_eq!((&newest["field"], &newest["import"]), (&json!("last_name"), &json!(id)));
        let oldest = history["items"].as_array().and_then(|items| items.last()).expect("a creation");
        assert_eq!((&oldest["field"], &oldest["after"]), (&json!("user_id"), &json!(user)));

        let undo = world.ask(&format!("POST /imports/{id}/undo"), &token, "");
        assert_eq!((undo.status, &undo.json()["undoes"]), (202, &json!(id)));
        world.work();
        let shown = world.ask(&format!("GET /users/{user}"), &token, "").json();
        assert_eq!(shown["last_name"], "Ade");
        assert_eq!(world.import(&token, &id)["undone_by"], undo.json()["id"]);
        assert_eq!(
            world.ask(&format!("POST /imports/{id}/undo"), &token, "").problem(),
            "409 nothing-to-undo"
        );
        assert_eq!(world.ask(&format!("POST /imports/{id}/cancel"), &token, "").problem(), "409 too-late");
        assert_eq!(
            world.ask(&format!("POST /imports/{id}/apply"), &token, "").problem(),
            "409 not-in-review"
        );
        let all = world.ask("GET /imports", &token, "").json();
        assert_eq!(all["items"].as_array().map(Vec::len), Some(2), "{all}");
    });
}

#[test]
fn a_file_that_shows_no_revision_edits_by_itself_only_over_the_values_of_now() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let csv = world.download("first_name");
        let key = csv.lines().nth(1).and_then(|keys| keys.split(',').next()).expect("A2");
        let nameless = csv.replacen(key, "user_id", 1).replacen("Ada", "Edna", 1);
        for (query, state) in [
            ("&apply=when_clean", "review"),
            ("&apply=when_clean_large", "review"),
            ("&base=now", "review"),
            ("&apply=when_clean&base=now", "done"),
        ] {
            assert_eq!(world.upload(&token, &nameless, query)["state"], state, "{query}");
        }
        let other = csv.replacen(key, &key.replace(|letter: char| letter.is_ascii_digit(), "7"), 1);
        let refused = world.upload(&token, &other, "&apply=when_clean&base=now");
        assert_eq!(
            (&refused["state"], &refused["failure"]["code"]),
            (&json!("failed"), &json!("wrong_past"))
        );
    });
}

#[test]
fn errors_are_told_block_and_are_fixed() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let wrong = world.download("email").replace("ada@acme.example", "bo@acme.example");
        let import = world.upload(&token, &wrong, "&apply=when_clean");
        let id = id_of(&import);
        assert_eq!(
            (&import["state"], &import["counts"]["errors"]),
            (&json!("review"), &json!(1)),
            "{import}"
        );
        let issues = world.ask(&format!("GET /imports/{id}/issues"), &token, "").json();
        let issue = &issues["items"][0];
        let cell = issue["cell"].as_str().expect("a cell");
        assert_eq!(
            (&issue["code"], &issue["severity"]),
            (&json!("login_in_use"), &json!("error")),
            "{issue}"
        );
        assert_eq!((&issue["column"], &issue["where"]), (&json!("email"), &json!("this_account")), "{issue}");
        let apply = format!("POST /imports/{id}/apply");
        assert_eq!(world.ask(&apply, &token, "").problem(), "409 blocked");
        assert_eq!(world.ask(&apply, &token, r#"{"plan":99}"#).problem(), "409 other-plan");
        let fix = format!("PATCH /imports/{id}/fixes");
        assert_eq!(
            world.ask(&fix, &token, r#"{"fixes":[{"cell":"ZZ999","value":"x"}]}"#).problem(),
            "409 no-such-cell"
        );
        let fixes = json!({"fixes": [{"cell": cell, "value": "ada.ade@acme.example"}]}).to_string();
        let fixed = world.ask(&fix, &token, fixes);
        assert_eq!((fixed.status, &fixed.json()["counts"]["errors"]), (200, &json!(0)));
        assert_eq!(world.ask(&apply, &token, "").status, 202);
        world.work();
        let found = world.ask("GET /users?search=ada.ade@acme.example", &token, "").json();
        assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{found}");
    });
}

#[test]
fn decisions_files_and_fixes_are_steps() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let downloaded = world.download("first_name,last_name");
        let wrong = downloaded.replace(",Ade", ",").replace(",Bo,", ",Bob,");
        let import = world.upload(&token, &wrong, "");
        let id = id_of(&import);
        let counts = |import: &Value| {
            [&import["counts"]["errors"], &import["counts"]["cells_to_edit"]]
                .map(|count| count.as_i64().unwrap_or(-1))
        };
        assert_eq!(counts(&import), [1, 1], "{import}");
        let step = |what: &str, body: &str, expected: [i64; 2]| {
            let answer = world.ask(&format!("POST /imports/{id}/{what}"), &token, body.to_owned());
            assert_eq!((answer.status, &answer.json()["state"]), (202, &json!("reading")), "{what}");
            world.work();
            assert_eq!(counts(&world.import(&token, &id)), expected, "{what} {body}");
        };
        let refused = |what: &str, body: &str, problem: &str| {
            let answer = world.ask(&format!("POST /imports/{id}/{what}"), &token, body.to_owned());
            assert_eq!(answer.problem(), problem, "{what} {body}");
        };
        let keep = r#"{"decisions":[{"decide":"keep_values","field":"last_name"}]}"#;
        step("decisions", keep, [0, 1]);
        step("fixes/undo", "", [1, 1]);
        step("fixes/redo", "", [0, 1]);
        step("file?mode=add&file_name=mended.csv", &downloaded.replace(",Bo,", ",Bobby,"), [0, 1]);
        let changes = world.ask(&format!("GET /imports/{id}/changes"), &token, "").json();
        assert_eq!(changes["items"][0]["after"], "Bobby", "{changes}");
        step("file?mode=replace", &downloaded.replace(",Bo,", ",Bertil,"), [0, 1]);
        step("fixes/undo", "", [0, 1]);
        refused(
            "decisions",
            r#"{"decisions":[{"decide":"keep_values","field":"nowhere"}]}"#,
            "409 nothing-to-decide",
        );
        refused("decisions", r#"{"decisions":[{"decide":"nothing"}]}"#, "400 bad-request");
        refused("file?mode=over", "x", "400 bad-request");
        // Sent again with its key, a file is added once.
        let add = format!("POST /imports/{id}/file?mode=add");
        let body = downloaded.replace(",Bo,", ",Bruno,");
        let answers = [(); 2].map(|()| {
            let answer = world.ask_once(&add, &token, "once", body.clone());
            world.work();
            (answer.status, answer.body)
        });
        assert_eq!(answers[0].0, 202);
        assert_eq!(answers[0], answers[1]);
        assert_eq!(app.store.files(world.acme.id, id.parse().expect("an id")).expect("files").len(), 3);
        assert_eq!(world.ask(&format!("POST /imports/{id}/apply"), &token, "").status, 202);
        world.work();
        let found = world.ask("GET /users?search=Bruno", &token, "").json();
        assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{found}");
        refused("file?mode=add", &downloaded, "409 not-in-review");
        refused("fixes/undo", "", "409 not-in-review");
    });
}

#[test]
fn the_file_and_the_report_of_its_rows_are_saved_never_shown() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Viewer);
        let editor = world.token(&world.acme, Role::Editor);
        let csv = world.download("first_name,email").replace("bo@acme.example", "nowhere");
        let begun = world.ask("POST /imports?file_name=%C5%81%C3%B3d%C5%BA%22.csv", &editor, csv.clone());
        let id = id_of(&begun.json());
        let early = world.ask(&format!("GET /imports/{id}/report"), &token, "");
        assert_eq!(early.problem(), "409 no-report");
        world.work();
        let file = world.ask(&format!("GET /imports/{id}/file"), &token, "");
        assert_eq!((file.status, &file.body), (200, &csv.into_bytes()));
        assert_eq!(file.headers[header::CONTENT_TYPE], "application/octet-stream");
        assert_eq!(file.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        let saved = file.headers[header::CONTENT_DISPOSITION].to_str().expect("ASCII");
        assert_eq!(
            saved,
            "attachment; filename=\"__d__.csv\"; filename*=UTF-8''%C5%81%C3%B3d%C5%BA%22%2Ecsv"
        );

        let report = world.ask(&format!("GET /imports/{id}/report?format=csv"), &token, "");
        assert_eq!(
            report.headers[header::CONTENT_DISPOSITION],
            format!("attachment; filename=\"{id}-problems.csv\"")
        );
        let text = String::from_utf8(report.body).expect("UTF-8");
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.contains("nowhere") && text.contains("this is not an email address"), "{text}");
        let workbook = world.ask(&format!("GET /imports/{id}/report"), &token, "");
        assert!(workbook.body.starts_with(b"PK\x03\x04"));
        assert_eq!(
            world.ask(&format!("GET /imports/{id}/report?format=pdf"), &token, "").problem(),
            "400 bad-request"
        );

        let old = app.clock.now().plus(40 * 24 * 60 * 60 * 1_000);
        app.store.forget_old_files(old).expect("forgotten");
        let given_up = world.ask(&format!("GET /imports/{id}/report"), &token, "");
        assert_eq!(given_up.problem(), "409 no-report", "a review as old as that is given up");
        assert_eq!(world.ask(&format!("GET /imports/{id}/file"), &token, "").problem(), "410 forgotten");
    });
}

#[test]
fn a_request_with_a_key_is_done_once() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let edited = world.download("last_name").replace(",Ade", ",Adeyemi");
        let upload = "POST /imports?file_name=a.csv";
        let first = world.ask_once(upload, &token, "key-1", edited.clone());
        let again = world.ask_once(upload, &token, "key-1", edited.clone());
        assert_eq!((first.status, again.status), (202, 202));
        assert_eq!(first.json()["id"], again.json()["id"]);
        assert_eq!(again.headers[header::LOCATION], first.headers[header::LOCATION]);
        let other = world.ask_once(upload, &token, "key-1", edited.replace("Berg", "Borg"));
        assert_eq!(other.problem(), "422 idempotency-key-of-another-request");
        world.work();
        let imports = world.ask("GET /imports", &token, "").json();
        assert_eq!(imports["items"].as_array().map(Vec::len), Some(1), "{imports}");

        let apply = format!("POST /imports/{}/apply", first.json()["id"].as_str().expect("an id"));
        let applied = world.ask_once(&apply, &token, "key-2", "{}");
        world.work();
        let retried = world.ask_once(&apply, &token, "key-2", "{}");
        assert_eq!((applied.status, retried.status), (202, 202));
        assert_eq!(
            (applied.body, &applied.headers[header::LOCATION]),
            (retried.body, &retried.headers[header::LOCATION])
        );
        let other = world.ask_once(&apply, &token, "key-2", r#"{"plan":1}"#);
        assert_eq!(other.problem(), "422 idempotency-key-of-another-request");
        let of_globex = world.token(&world.globex, Role::Editor);
        let theirs = world.ask_once(upload, &of_globex, "key-1", "first_name\n");
        assert_eq!(theirs.status, 202, "a key belongs to its account");
        world.work();
    });
}

/// Sends a request and gives it up when it was polled so often, as a client or a server that dies does. True when it was answered.
fn give_up(world: &World<'_>, request: Request<Body>, polls: u32) -> bool {
    world.runtime.block_on(async {
        let mut answering = std::pin::pin!(world.routes.clone().oneshot(request));
        let mut polled = 0;
        std::future::poll_fn(|context| {
            polled += 1;
            match answering.as_mut().poll(context) {
                _ if polled > polls => std::task::Poll::Ready(false),
                other => other.map(|_| true),
            }
        })
        .await
    })
}

#[test]
fn a_request_that_was_given_up_at_any_moment_is_done_once_when_it_comes_again() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let wrong = world.download("email").replace("ada@acme.example", "bo@acme.example");
        let import = world.upload(&token, &wrong, "");
        let what = format!("PATCH /imports/{}/fixes", id_of(&import));
        let mut answered = 0;
        for round in 1..=24 {
            let polls = round % 6;
            let fixes =
                json!({"fixes": [{"cell": "B3", "value": format!("ada{round}@acme.example")}]}).to_string();
            let asked = request(&what, &token).header("Idempotency-Key", format!("fix {round}"));
            answered +=
                u32::from(give_up(&world, asked.body(Body::from(fixes.clone())).expect("a request"), polls));
            // The first one may be at work still, on a thread of the store.
            let again = world.ask_once(&what, &token, &format!("fix {round}"), fixes);
            let said = String::from_utf8_lossy(&again.body).into_owned();
            assert_eq!((again.status, &again.json()["plan"]), (200, &json!(round + 1)), "{round}: {said}");
        }
        assert!(answered < 24, "some were given up");
    });
}

#[test]
fn a_form_with_a_file_is_an_upload_too() {
    ground::on_sqlite(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let csv = world.download("last_name").replace(",Ade", ",Adeyemi");
        let body = format!(
            "--line\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--line\r\nContent-Disposition: form-data; \
             name=\"file\"; filename=\"C:\\\\mine\\\\people.csv\"\r\nContent-Type: text/csv\r\n\r\n{csv}\r\n--line--\r\n"
        );
        let form = "multipart/form-data; boundary=line";
        let sent = request("POST /imports", &token).header(header::CONTENT_TYPE, form);
        let begun = world.send(sent.body(Body::from(body)).expect("a request"));
        assert_eq!(begun.status, 202, "{}", String::from_utf8_lossy(&begun.body));
        world.work();
        let import = world.import(&token, &id_of(&begun.json()));
        assert_eq!(
            (&import["file_name"], &import["counts"]["users_to_edit"]),
            (&json!("people.csv"), &json!(1))
        );
        let empty = request("POST /imports", &token).header(header::CONTENT_TYPE, form);
        let empty = world.send(empty.body(Body::from("--line--\r\n")).expect("a request"));
        assert_eq!(empty.problem(), "400 bad-request");
    });
}

#[test]
fn a_dry_run_is_not_in_the_history_and_is_forgotten() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let edited = world.download("last_name").replace(",Ade", ",Adeyemi");
        let id = id_of(&world.upload(&token, &edited, "&dry_run=true"));
        assert_eq!(world.ask("GET /imports", &token, "").json()["items"], json!([]));
        assert_eq!(world.ask(&format!("DELETE /imports/{id}"), &token, "").status, 204);
        assert_eq!(world.ask(&format!("GET /imports/{id}"), &token, "").problem(), "404 not-found");
        let kept = id_of(&world.upload(&token, &edited, ""));
        assert_eq!(world.ask(&format!("DELETE /imports/{kept}"), &token, "").problem(), "409 too-late");
        assert_eq!(world.ask(&format!("POST /imports/{kept}/cancel"), &token, "").status, 202);
        assert_eq!(world.import(&token, &kept)["state"], "cancelled");
    });
}

#[test]
fn pages_hold_everyone_once() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Viewer);
        for (sort, first) in
            [("name", "Ade"), ("-name", "Eng"), ("sign_in", "Ade"), ("created", "Ade"), ("-created", "Eng")]
        {
            let (mut names, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = world.ask(&format!("GET /users?limit=2&sort={sort}{cursor}"), &token, "").json();
                names.extend(
                    page["items"].as_array().expect("items").iter().map(|user| user["last_name"].clone()),
                );
                let Some(next) = page["next"].as_str() else { break };
                assert!(next.bytes().all(|byte| byte.is_ascii_hexdigit()), "no name in an address: {next}");
                cursor = format!("&cursor={next}");
            }
            let mut sorted: Vec<String> = names.iter().map(ToString::to_string).collect();
            sorted.sort();
            sorted.dedup();
            assert_eq!((names.len(), sorted.len(), &names[0]), (5, 5, &json!(first)), "{sort}");
        }
        let inactive = world.ask("GET /users?status=inactive", &token, "").json();
        assert_eq!(inactive, json!({"items": [], "next": null}));
    });
}

#[test]
fn the_template_for_new_users_has_titles_and_nobody() {
    ground::on_sqlite(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Viewer);
        let answer = world.ask("GET /new-user-template?format=csv", &token, "");
        assert_eq!(answer.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"new-users.csv\"");
        let csv = String::from_utf8(answer.body).expect("UTF-8");
        assert_eq!(csv.lines().count(), 2, "{csv}");
        assert_eq!(world.ask("GET /new-user-template?format=pdf", &token, "").problem(), "400 bad-request");
    });
}

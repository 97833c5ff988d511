//! What an import changed as a file, some of its users changed back, reports given to another manager, and answers that are offered again.

use ::store::Role;
use serde_json::{Value, json};

use super::World;
use crate::ground;

/// An import that is done: everybody but the last has another last name.
fn done(world: &World<'_>, token: &str) -> String {
    let csv = world.download("first_name,last_name");
    let csv = csv.replace(",Ade", ",A").replace(",Berg", ",B").replace(",Cole", ",C").replace(",Dunn", ",D");
    let import = world.upload(token, &csv, "&apply=when_clean_large");
    assert_eq!(import["state"], "done", "{import}");
    super::id_of(&import)
}

fn names(world: &World<'_>, token: &str) -> Vec<String> {
    let users = world.ask("GET /users?sort=created", token, "").json();
    let name = |user: &Value| user["last_name"].as_str().unwrap_or_default().to_owned();
    users["items"].as_array().expect("users").iter().map(name).collect()
}

fn ids(world: &World<'_>, token: &str) -> Vec<String> {
    let users = world.ask("GET /users?sort=created", token, "").json();
    let id = |user: &Value| user["id"].as_str().expect("an id").to_owned();
    users["items"].as_array().expect("users").iter().map(id).collect()
}

#[test]
fn some_users_of_an_import_are_changed_back() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let id = done(&world, &token);
        let users = ids(&world, &token);
        let undo = |body: Value| world.ask(&format!("POST /imports/{id}/undo"), &token, body.to_string());
        assert_eq!(undo(json!({"users": [users[0], users[4]]})).problem(), "422 not-changed-by-it");
        assert_eq!(undo(json!({"users": []})).problem(), "422 not-changed-by-it");
        assert_eq!(undo(json!({"users": ["ada"]})).problem(), "400 bad-request");
        assert_eq!(undo(json!({"user": [users[0]]})).problem(), "400 bad-request");
        assert_eq!(names(&world, &token), ["A", "B", "C", "D", "Eng"]);
        let back = undo(json!({"users": [users[0], users[2]]}));
        let told = back.json();
        assert_eq!((back.status, &told["changes_back"], &told["undoes"]), (202, &json!(id), &Value::Null));
        world.work();
        assert_eq!(names(&world, &token), ["Ade", "B", "Cole", "D", "Eng"]);
        assert_eq!(world.import(&token, &id)["undone_by"], Value::Null);
        assert_eq!(undo(json!({})).status, 202, "and then the rest");
        world.work();
        assert_eq!(names(&world, &token), ["Ade", "Berg", "Cole", "Dunn", "Eng"]);
        let viewer = world.token(&world.acme, Role::Viewer);
        let refused = world.ask(&format!("POST /imports/{id}/undo"), &viewer, r#"{"users":[]}"#);
        assert_eq!(refused.problem(), "403 not-allowed");
    });
}

#[test]
fn what_changed_is_sent_as_a_file() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let viewer = world.token(&world.acme, Role::Viewer);
        let id = done(&world, &token);
        let file = world.ask(&format!("GET /imports/{id}/changes?format=csv"), &viewer, "");
        let text = String::from_utf8(file.body).expect("UTF-8");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((file.status, lines.len()), (200, 6), "{text}");
        assert!(
            lines[0].ends_with("User ID,User,Field,Was,Became")
                && lines[2].ends_with(",Ada A,Last name,Ade,A")
        );
        let name = file.headers["content-disposition"].to_str().expect("text");
        assert_eq!(name, format!("attachment; filename=\"{id}-changes.csv\""));
        let workbook = world.ask(&format!("GET /imports/{id}/changes?format=xlsx"), &viewer, "");
        assert!(workbook.body.starts_with(b"PK"));
        let asked = |what: &str, token: &str| world.ask(&format!("GET /imports/{what}"), token, "").problem();
        assert_eq!(asked(&format!("{id}/changes?format=pdf"), &viewer), "400 bad-request");
        let globex = world.token(&world.globex, Role::Owner);
        assert_eq!(asked(&format!("{id}/changes?format=csv"), &globex), "404 not-found");
        let list = world.ask(&format!("GET /imports/{id}/changes?limit=1"), &viewer, "").json();
        assert!(list["next"].is_string(), "a page of a list, where no file is asked for: {list}");
        // Of a rule there is no file to put right, and that is said.
        let rule = json!({"users": "all", "lines": [{"field": "last_name", "set": "X"}]});
        let rule = super::id_of(&world.ask("POST /changes", &token, rule.to_string()).json());
        world.work();
        let report = world.ask(&format!("GET /imports/{rule}/report"), &viewer, "");
        assert!(
            report.json()["detail"].as_str().expect("why").contains("is not of a file"),
            "{}",
            report.json()
        );
        let file = world.ask(&format!("GET /imports/{rule}/changes?format=csv"), &viewer, "");
        assert_eq!(String::from_utf8(file.body).expect("UTF-8").lines().count(), 7, "what it will change");
    });
}

#[test]
fn answers_are_kept_listed_and_forgotten() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let keep = |body: Value| world.ask("POST /answers", &token, body.to_string());
        let answer = json!({"field": "start_date", "text": "at once", "becomes": "2026-12-01"});
        assert_eq!(keep(answer).status, 204);
        for (body, problem) in [
            (json!({"field": "start_date", "text": "at once", "becomes": "some day"}), "422 answer-not-kept"),
            (json!({"field": "nothing", "text": "a", "becomes": "b"}), "422 answer-not-kept"),
            (json!({"field": "start_date", "text": "at once"}), "400 bad-request"),
        ] {
            assert_eq!(keep(body.clone()).problem(), problem, "{body}");
        }
        let listed = || world.ask("GET /answers", &token, "").json()["items"].clone();
        let one = &listed()[0];
        assert_eq!((&one["text"], &one["becomes"]), (&json!("at once"), &json!("2026-12-01")));
        assert_eq!((&one["offered"], &one["created_by"]), (&json!(true), &json!("token:robot")));
        let csv = world.download("first_name,start_date").replace("Ada,", "Ada,At  once");
        let import = world.upload(&token, &csv, "");
        let issues = world.ask(&format!("GET /imports/{}/issues", super::id_of(&import)), &token, "").json();
        assert_eq!(issues["items"][0]["suggestions"], json!(["2026-12-01"]), "{issues}");
        let forget = || world.ask("DELETE /answers?field=start_date&text=at%20once", &token, "");
        assert_eq!(forget().status, 204);
        assert_eq!((forget().problem(), listed()), ("404 no-answer".to_owned(), json!([])));
    });
}

#[test]
fn reports_are_given_to_another_manager() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let users = ids(&world, &token);
        let managed = json!({"users": "all", "lines": [{"field": "manager", "set": users[0]}], "apply": "when_clean_large"});
        world.ask("POST /changes", &token, managed.to_string());
        world.work();
        let csv = world.download("first_name,status").replace("Ada,Active", "Ada,Inactive");
        let id = super::id_of(&world.upload(&token, &csv, ""));
        let fix = |fix: Value| {
            world.ask(&format!("PATCH /imports/{id}/fixes"), &token, json!({"fixes": [fix]}).to_string())
        };
        let wrong = fix(json!({"reports_of": users[0], "value": users[1], "row": 3}));
        assert_eq!(wrong.problem(), "400 bad-request");
        assert_eq!(fix(json!({"reports_of": users[0], "value": "bo"})).problem(), "400 bad-request");
        let given = fix(json!({"reports_of": users[0], "value": users[1]}));
        assert_eq!(given.json()["counts"]["users_to_edit"], 4, "Ada, and the three others: {}", given.json());
    });
}

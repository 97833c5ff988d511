//! Changes of many users by a rule, and selections.

use ::store::Role;
use serde_json::{Value, json};

use super::{World, id_of};
use crate::ground;

fn change(world: &World<'_>, token: &str, body: &Value) -> Value {
    let begun = world.ask("POST /changes", token, body.to_string());
    assert_eq!(begun.status, 202, "{}", String::from_utf8_lossy(&begun.body));
    world.work();
    world.import(token, &id_of(&begun.json()))
}

#[test]
fn a_change_is_an_import_that_says_its_rule() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let lines = json!([
            { "field": "job_title", "set": "Clerk" },
            { "field": "email", "replace": "@acme.example", "with": "@new.example" },
        ]);
        let import = change(&world, &token, &json!({ "users": "all", "lines": lines }));
        let words = "Job title becomes Clerk; in Email @acme.example becomes @new.example";
        assert_eq!((&import["kind"], &import["rule"]), (&json!("rule"), &json!(words)));
        assert_eq!((&import["file_name"], &import["state"]), (&Value::Null, &json!("review")));
        assert_eq!(import["counts"]["cells_to_edit"], 10);
        let id = id_of(&import);
        let further = world.ask(&format!("POST /imports/{id}/file?file_name=a.csv"), &token, "a");
        assert_eq!(further.status, 409, "a rule has no further file");
        let done = change(
            &world,
            &token,
            &json!({ "users": { "search": "berg" }, "lines": [{ "field": "job_title", "set": "Cook" }], "apply": "when_clean" }),
        );
        assert_eq!(
            (&done["state"], &done["message"]),
            (&json!("done"), &json!("1 user was successfully edited"))
        );
        let undone = world.ask(&format!("POST /imports/{}/undo", id_of(&done)), &token, "");
        assert_eq!(undone.status, 202);
        let dry = change(&world, &token, &json!({ "users": "all", "lines": lines, "dry_run": true }));
        assert_eq!(world.ask(&format!("DELETE /imports/{}", id_of(&dry)), &token, "").status, 204);
    });
}

#[test]
fn a_selection_is_its_makers_own() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let names = json!({ "names": ["ada@acme.example", "BO@acme.example", "nobody@acme.example", "ada@acme.example"] });
        let made = world.ask("POST /selections", &token, names.to_string());
        assert_eq!(made.status, 201, "{}", String::from_utf8_lossy(&made.body));
        let made = made.json();
        assert_eq!(made["missing"], json!(["nobody@acme.example"]));
        assert_eq!((&made["users"], &made["twice"], &made["whole"]), (&json!(2), &json!(1), &json!(true)));
        let id = id_of(&made);
        let lines = json!([{ "field": "job_title", "set": "Clerk" }]);
        let import = change(&world, &token, &json!({ "users": { "selection": id }, "lines": lines }));
        assert_eq!(import["counts"]["users_to_edit"], 2);
        let file = world.ask(&format!("GET /user-data?format=csv&selection={id}"), &token, "");
        let file = String::from_utf8(file.body).expect("UTF-8");
        assert!(file.contains("bo@acme.example") && !file.contains("cy@acme.example"), "{file}");
        let found = world.ask("POST /selections", &token, json!({ "search": "berg" }).to_string()).json();
        assert_eq!((&found["users"], &found["whole"]), (&json!(1), &json!(true)));
        let theirs = world.token(&world.globex, Role::Owner);
        for what in [
            format!("GET /selections/{id}"),
            format!("GET /user-data?selection={id}"),
            "GET /selections/x".to_owned(),
        ] {
            assert_eq!(world.ask(&what, &theirs, "").problem(), "404 not-found", "{what}");
        }
        let other = json!({ "users": { "selection": id }, "lines": lines }).to_string();
        assert_eq!(world.ask("POST /changes", &theirs, other).problem(), "404 not-found");
    });
}

#[test]
fn what_is_no_change_is_a_problem() {
    ground::on_both(|app| {
        let world = World::new(app);
        let (editor, viewer) =
            (world.token(&world.acme, Role::Editor), world.token(&world.acme, Role::Viewer));
        let line = json!({ "field": "job_title", "set": "Clerk" });
        for (body, part) in [
            (json!({}), "users"),
            (json!({ "users": "all", "lines": [] }), "what is to be changed"),
            (json!({ "users": "some", "lines": [line] }), "search or selection"),
            (json!({ "users": "all", "lines": [{ "field": "nothing", "clear": true }] }), "no field nothing"),
            (json!({ "users": "all", "lines": [{ "field": "job_title" }] }), "one of set"),
            (json!({ "users": "all", "lines": [{ "field": "start_date", "add": "x" }] }), "set, clear"),
            (json!({ "users": "all", "lines": [line], "apply": "now" }), "when_clean"),
        ] {
            let answer = world.ask("POST /changes", &editor, body.to_string());
            assert_eq!(answer.problem(), "400 bad-request", "{body}");
            let detail = answer.json()["detail"].as_str().unwrap_or_default().to_owned();
            assert!(detail.contains(part), "{body}: {detail}");
        }
        let body = json!({ "users": "all", "lines": [line] }).to_string();
        assert_eq!(world.ask("POST /changes", &viewer, body).problem(), "403 not-allowed");
        for body in ["{}", r#"{"names":[],"search":"a"}"#] {
            assert_eq!(world.ask("POST /selections", &editor, body).problem(), "400 bad-request", "{body}");
        }
    });
}

#[test]
fn a_change_with_a_key_is_made_once() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let body = json!({ "users": "all", "lines": [{ "field": "job_title", "set": "Clerk" }] }).to_string();
        let first = world.ask_once("POST /changes", &token, "key-1", body.clone());
        let again = world.ask_once("POST /changes", &token, "key-1", body);
        assert_eq!((first.status, again.status), (202, 202));
        assert_eq!(id_of(&first.json()), id_of(&again.json()));
        let other = json!({ "users": "all", "lines": [{ "field": "job_title", "clear": true }] }).to_string();
        let other = world.ask_once("POST /changes", &token, "key-1", other);
        assert_eq!(other.problem(), "422 idempotency-key-of-another-request");
        let listed = world.ask("GET /imports", &token, "").json();
        assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
    });
}

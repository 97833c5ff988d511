//! Fields over REST: the list, a new one, changes; done once by a key; refusals.

use super::{World, ground};
use ::store::Role;
use serde_json::{Value, json};

fn keys(list: &Value) -> Vec<&str> {
    list["items"].as_array().expect("items").iter().filter_map(|field| field["key"].as_str()).collect()
}

#[test]
fn fields_are_listed_added_and_changed() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Owner);
        let list = world.ask("GET /fields", &world.token(&world.acme, Role::Viewer), "").json();
        assert_eq!((keys(&list).len(), keys(&list)[0], &list["next"]), (13, "first_name", &Value::Null));
        let new = json!({"key": "site", "title": "Site", "type": "choice", "choices": ["Leeds", "Lyon"]});
        let made = world.ask("POST /fields", &token, new.to_string());
        assert_eq!(made.status, 201);
        let option = |id: u32, label: &str| json!({"id": id, "label": label, "former": [], "retired": false});
        let mut site = json!({
            "key": "site", "title": "Site", "type": "choice", "required": false, "unique": false, "found_by_search": false, "read_only": false,
            "max_length": null, "pattern": null, "retired": false, "choices": [option(1, "Leeds"), option(2, "Lyon")],
        });
        assert_eq!(made.json(), site);
        let change = json!({
            "key": "site", "title": "Place", "required": true, "place": 1, "add_choices": ["Lagos", "lyon"],
            "rename_choices": [{"from": "Leeds", "to": "York"}], "remove_choices": ["Lyon"],
        });
        let changed = world.ask("PATCH /fields", &token, change.to_string());
        assert_eq!(changed.status, 200, "{}", String::from_utf8_lossy(&changed.body));
        site["title"] = json!("Place");
        site["required"] = json!(true);
        site["choices"] = json!([
            {"id": 1, "label": "York", "former": ["Leeds"], "retired": false},
            {"id": 2, "label": "lyon", "former": ["Lyon"], "retired": false},
            option(3, "Lagos"),
        ]);
        assert_eq!(changed.json(), site);
        let list = world.ask("GET /fields", &token, "").json();
        assert_eq!(keys(&list)[..2], ["site", "first_name"]);
        let pattern = |pattern: Value| {
            let change = json!({"key": "job_title", "pattern": pattern});
            world.ask("PATCH /fields", &token, change.to_string()).json()["pattern"].clone()
        };
        assert_eq!(pattern(json!("[A-Z].*")), json!("[A-Z].*"));
        assert_eq!(
            world.ask("PATCH /fields", &token, r#"{"key":"job_title"}"#).json()["pattern"],
            json!("[A-Z].*")
        );
        assert_eq!(pattern(Value::Null), Value::Null);
        let others = world.ask("GET /fields", &world.token(&world.globex, Role::Owner), "").json();
        assert_eq!(keys(&others).len(), 13, "another organisation has its own");
    });
}

#[test]
fn what_comes_again_with_its_key_is_done_once() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Owner);
        let new = r#"{"key":"floor","title":"Floor","type":"number"}"#;
        let made = world.ask_once("POST /fields", &token, "k1", new);
        assert_eq!(made.status, 201);
        let revision = || app.store.account_now(world.acme.id).expect("it").revision;
        let before = revision();
        let again = world.ask_once("POST /fields", &token, "k1", new);
        assert_eq!((again.status, again.json(), revision()), (201, made.json(), before));
        assert_eq!(world.ask("POST /fields", &token, new).problem(), "409 field-refused");
        let title = |text: &str| format!(r#"{{"key":"floor","title":"{text}"}}"#);
        assert_eq!(
            world.ask_once("PATCH /fields", &token, "k1", title("Level")).problem(),
            "422 idempotency-key-of-another-request"
        );
        let changed = world.ask_once("PATCH /fields", &token, "k2", title("Level"));
        assert_eq!(changed.json()["title"], json!("Level"));
        world.ask("PATCH /fields", &token, title("Storey"));
        let again = world.ask_once("PATCH /fields", &token, "k2", title("Level"));
        assert_eq!(again.json(), changed.json());
        let fields = app.store.fields(world.acme.id).expect("fields");
        assert_eq!(fields.by_key("floor").expect("it").title, "Storey", "not done again");
        let editor = world.token(&world.acme, Role::Editor);
        assert_eq!(world.ask_once("POST /fields", &editor, "k1", new).problem(), "403 not-allowed");
    });
}

#[test]
fn what_may_not_be_is_a_problem() {
    ground::on_sqlite(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Owner);
        for (what, body, problem) in [
            ("POST /fields", r#"{"key":"Site","title":"Site","type":"text"}"#, "400 bad-request"),
            ("POST /fields", r#"{"key":"site","title":"Site","type":"shoe"}"#, "400 bad-request"),
            ("POST /fields", r#"{"key":"site","title":"Site","type":"choice"}"#, "400 bad-request"),
            ("POST /fields", r#"{"key":"site","title":"Site","type":"text","size":1}"#, "400 bad-request"),
            ("POST /fields", "{}", "400 bad-request"),
            ("POST /fields", r#"{"key":"email","title":"Mail","type":"text"}"#, "409 field-refused"),
            ("POST /fields", r#"{"key":"mail","title":"EMAIL","type":"text"}"#, "409 field-refused"),
            ("PATCH /fields", r#"{"key":"nothing","title":"x"}"#, "404 not-found"),
            ("PATCH /fields", r#"{"key":"department","remove_choices":["x"]}"#, "400 bad-request"),
            ("PATCH /fields", r#"{"key":"email","retired":true}"#, "400 bad-request"),
            ("PATCH /fields", r#"{"key":"email","pattern":"("}"#, "400 bad-request"),
            ("DELETE /fields", "", "405 wrong-method"),
        ] {
            assert_eq!(world.ask(what, &token, body).problem(), problem, "{what} {body}");
        }
    });
}

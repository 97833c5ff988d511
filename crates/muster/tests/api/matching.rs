//! Tables that Muster did not write, over REST: the suggestion, what is said of the columns beforehand or afterwards, by a name or in JSON.

use super::{World, ground};
use ::store::Role;
use axum::http::Uri;
use serde_json::{Value, json};

const TABLE: &str = "Lohn\nPersonalnummer;Vorname;Nachname;E-Mail;IBAN;Sonstiges\n\
    1;Ada;Adel;ada@acme.example;DE89370400440532013000;x\n2;Zoe;Zett;zoe@acme.example;;y\n";

/// A value of an address, with nothing in it that addresses have for themselves.
fn escaped(text: &str) -> String {
    let hex = |byte: u8| format!("%{byte:02X}");
    let escaped: String = text.bytes().map(hex).collect();
    assert!(format!("/?a={escaped}").parse::<Uri>().is_ok());
    escaped
}

fn said(others: &str) -> Value {
    json!({
        "columns": {"Vorname": "first_name", "Nachname": "last_name", "E-Mail": "email", "Personalnummer": "employee_number"},
        "match_by": "email", "create": true, "others": others, "name": "lohn",
    })
}

#[test]
fn a_table_is_suggested_and_matched() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let import = world.upload(&token, TABLE, "");
        assert_eq!(import["state"], "matching");
        let id = import["id"].as_str().expect("an id").to_owned();
        let table = world.ask(&format!("GET /imports/{id}/matching"), &token, "").json();
        assert_eq!(
            (&table["heading"], &table["separator"], &table["like"]),
            (&json!(2), &json!(";"), &Value::Null)
        );
        let columns = table["columns"].as_array().expect("columns");
        let told: Vec<String> =
            columns.iter().map(|column| format!("{} {}", column["suggestion"], column["because"])).collect();
        assert_eq!(
            told,
            [
                "\"employee_number\" \"title\"",
                "\"first_name\" \"title\"",
                "\"last_name\" \"title\"",
                "\"email\" \"title\"",
                "\"alone\" \"bank\"",
                "null null",
            ]
        );
        assert_eq!((&columns[4]["examples"], &columns[1]["examples"]), (&json!([]), &json!(["Ada", "Zoe"])));
        let send =
            |body: &Value| world.ask(&format!("POST /imports/{id}/matching"), &token, body.to_string());
        assert_eq!(send(&said("ask")).problem(), "400 bad-request", "one is not said");
        assert_eq!(
            send(&json!({"columns": {"IBAN": "notes"}, "match_by": "perhaps"})).problem(),
            "400 bad-request"
        );
        assert_eq!(send(&json!({"column": {}})).problem(), "400 bad-request");
        let viewer = world.token(&world.acme, Role::Viewer);
        let refused = world.ask(&format!("POST /imports/{id}/matching"), &viewer, said("alone").to_string());
        assert_eq!(refused.problem(), "403 not-allowed");
        let other = world.token(&world.globex, Role::Owner);
        assert_eq!(world.ask(&format!("GET /imports/{id}/matching"), &other, "").problem(), "404 not-found");
        assert_eq!(send(&said("alone")).status, 202);
        world.work();
        let import = world.import(&token, &id);
        assert_eq!(import["state"], "review");
        assert_eq!(
            (&import["counts"]["users_to_edit"], &import["counts"]["users_to_create"]),
            (&json!(1), &json!(1))
        );
        assert_eq!(world.ask(&format!("POST /imports/{id}/apply"), &token, "").status, 202);
        world.work();
        assert_eq!(world.import(&token, &id)["state"], "done");
        assert_eq!(send(&said("alone")).problem(), "409 not-in-review");
    });
}

#[test]
fn what_is_said_beforehand_reads_the_file_at_once() {
    ground::on_both(|app| {
        let world = World::new(app);
        let token = world.token(&world.acme, Role::Editor);
        let query = format!("&matching={}", escaped(&said("alone").to_string()));
        let import = world.upload(&token, TABLE, &query);
        assert_eq!((&import["state"], &import["counts"]["users_to_create"]), (&json!("review"), &json!(1)));
        // It was kept by its name, and goes by that, or by the titles alone.
        for query in ["&matching=lohn", ""] {
            assert_eq!(world.upload(&token, TABLE, query)["state"], "review", "{query}");
        }
        let renamed = TABLE.replace("Nachname", "Familienname");
        let import = world.upload(&token, &renamed, "");
        assert_eq!(import["state"], "matching");
        let id = import["id"].as_str().expect("an id");
        let table = world.ask(&format!("GET /imports/{id}/matching"), &token, "").json();
        assert_eq!(
            (&table["like"], &table["columns"][2]["suggestion"]),
            (&json!("lohn"), &json!("last_name"))
        );
        for query in ["&matching=nobody-kept-it", "&matching=%7B%22a%22%3A1%7D"] {
            let answer = world.ask(&format!("POST /imports?file_name=a.csv{query}"), &token, TABLE);
            assert_eq!(answer.problem(), "400 bad-request", "{query}");
        }
    });
}

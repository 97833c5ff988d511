//! The directory and its fields move between review and apply: REST marks what nobody has seen yet.

use ::import;
use ::store::Role;
use directory::{Choice, standard};
use serde_json::{Value, json};

use super::{World, id_of};
use crate::ground;

/// `Bo Berg email login_in_use`: what stands in a list of an import, and is marked as new or not.
fn listed(world: &World<'_>, token: &str, list: &str, is_new: bool) -> Vec<String> {
    let page = world.ask(&format!("GET {list}"), token, "").json();
    let items = page["items"].as_array().expect("items").iter().filter(|item| item["new"] == json!(is_new));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let words = |item: &Value| ["name", "field", "column", "code"].map(|key| text(&item[key])).join(" ");
    items.map(|item| words(item).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn what_came_up_after_review_was_looked_at_is_marked_as_new() {
    ground::on_both(|app| {
        let world = World::new(app);
        let (token, account) = (world.token(&world.acme, Role::Editor), world.acme.id);
        let file = world.download("last_name,email,department");
        let file = file.replace(",Ade,", ",Adeyemi,").replace(",Eng,", ",England,");
        let file = file
            .replace("bo@acme.example", "bo@free.example")
            .replace("cy@acme.example,", "cy@acme.example,Legal");
        let import = world.upload(&token, &file, "");
        assert_eq!((&import["new"], &import["counts"]["errors"]), (&json!(0), &json!(1)), "{import}");
        let lists =
            ["changes", "conflicts", "issues"].map(|list| format!("/imports/{}/{list}", id_of(&import)));
        assert!(lists.iter().all(|list| listed(&world, &token, list, true).is_empty()));

        // Ada is renamed, Bo's new email is taken elsewhere, and the choice that Cy's row names comes up.
        let ada = world.ask("GET /users?search=ada", &token, "").json()["items"][0]["id"].clone();
        let ada = ada.as_str().and_then(|id| id.parse().ok()).expect("a user");
        let seen = app.store.account_now(account).expect("works").revision;
        let name = [(standard::LAST_NAME, "Adams".to_owned())];
        import::edit(app, account, ada, &name, seen, "pat@acme.example").expect("saved");
        let flo =
            world.ask("GET /users", &world.token(&world.globex, Role::Viewer), "").json()["items"][0]["id"]
                .clone();
        let flo = flo.as_str().and_then(|id| id.parse().ok()).expect("a user");
        let email = [(standard::EMAIL, "bo@free.example".to_owned())];
        let seen = app.store.account_now(world.globex.id).expect("works").revision;
        import::edit(app, world.globex.id, flo, &email, seen, "max@globex.example").expect("saved");
        let mut department =
            app.store.fields(account).expect("works").by_key("department").expect("built in").clone();
        let label = "Legal".to_owned();
        department.choices.push(Choice { id: 99, label, former: Vec::new(), retired: false });
        app.store.save_field(account, &department, "pat", ground::NOW).expect("works").expect("saved");

        let apply = format!("POST /imports/{}/apply", id_of(&import));
        let wish = format!(r#"{{"plan":{},"leave_out_errors":true}}"#, import["plan"]);
        assert_eq!(world.ask(&apply, &token, wish.clone()).status, 202);
        world.work();
        let back = world.import(&token, &id_of(&import));
        assert_eq!((&back["state"], &back["new"]), (&json!("review"), &json!(3)), "{back}");
        let new = lists.each_ref().map(|list| listed(&world, &token, list, true));
        assert_eq!(
            new,
            [
                vec!["Cy Cole department".to_owned()],
                vec!["Ada Adams last_name".to_owned()],
                vec!["email login_in_use".to_owned()],
            ]
        );
        let seen_before = lists.each_ref().map(|list| listed(&world, &token, list, false));
        assert_eq!(seen_before, [vec!["Ed Eng last_name".to_owned()], vec![], vec![]]);
        assert_eq!(
            world.ask(&apply, &token, wish).problem(),
            "409 other-plan",
            "the plan that was reviewed is gone"
        );
    });
}

#[test]
fn what_is_hard_on_many_users_has_to_be_agreed_to() {
    ground::on_both(|app| {
        let world = World::new(app);
        let names: Vec<String> = (0..25).map(|number| format!("P{number} Q{number}")).collect();
        world.people(&world.acme, &names.iter().map(String::as_str).collect::<Vec<_>>());
        let token = world.token(&world.acme, Role::Editor);
        let off = world.download("status").replacen("Active", "Inactive", 24);
        let import = world.upload(&token, &off, "&apply=when_clean");
        assert_eq!(
            (&import["state"], &import["counts"]["made_inactive"]),
            (&json!("review"), &json!(24)),
            "{import}"
        );
        let id = import["id"].as_str().expect("an id").to_owned();
        let apply = |body: &'static str| world.ask(&format!("POST /imports/{id}/apply"), &token, body);
        for body in ["", "{}", r#"{"large":false}"#, r#"{"leave_out_errors":true}"#] {
            let refused = apply(body);
            assert_eq!(refused.problem(), "409 large-change", "{body}");
            let detail = refused.json()["detail"].as_str().unwrap_or_default().to_owned();
            assert!(detail.contains("inactive 24") && detail.contains("\"large\": true"), "{detail}");
        }
        assert_eq!(apply(r#"{"large":true}"#).json()["state"], "applying");
        world.work();
        assert_eq!(world.import(&token, &id)["message"], "24 users were successfully edited");
    });
}

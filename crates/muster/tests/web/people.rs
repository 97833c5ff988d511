//! The list of users by any column, saved by a name; a user who is added and one who is erased; all without script.

use ::store::{Role, Time};
use axum::http::{Method, Request, StatusCode, header};
use directory::{Field, FieldNumber, Kind, standard};
use serde_json::Value;

use super::site::Site;
use crate::ground::{NOW, on_sqlite};
use muster::access::create_token;

/// A field of acme's own.
fn nickname(site: &Site) {
    let field = Field::new(FieldNumber(0), "nickname", "Nickname", Kind::Text);
    site.app.store.save_field(site.acme.id, &field, "test", NOW).expect("the store").expect("saved");
}

fn edit(site: &Site, place: usize, key: &str, text: &str) {
    let fields = site.app.store.fields(site.acme.id).expect("fields");
    let field = fields.by_key(key).expect("a field").number;
    let user = site.user(&site.acme, place);
    let edited = import::edit(&site.app, site.acme.id, user, &[(field, text.to_owned())], u64::MAX, "test");
    assert!(matches!(edited, Ok(import::Edited::Saved(_))), "{edited:?}");
}

#[test]
fn each_heading_orders_the_list_by_its_column_and_turns_it_round() {
    on_sqlite(|app| {
        let site = Site::new(app);
        for (place, title) in [(0, "Countess"), (1, "admiral")] {
            edit(&site, place, "job_title", title);
        }
        let cookie = site.cookie(&site.acme, Role::Viewer);
        let page = site.get("/o/acme/users", &cookie);
        assert_eq!(page.texts("#listed th[scope=row] a"), ["Ann Droid", "Grace Hopper", "Ada Lovelace"]);
        assert!(page.text(".head").contains("sorted by last name"), "{}", page.text(".head"));
        assert_eq!(page.texts("thead th[aria-sort=ascending]"), ["Name, by last name \u{2191}"]);
        let heads = page.all("thead th a", "href");
        assert_eq!(heads.len(), page.texts("thead th").len() - 1, "all but the ticks: {heads:?}");
        assert!(heads.contains(&"users?sort=job_title".to_owned()), "{heads:?}");
        for (query, names, said) in [
            ("?sort=job_title", ["Grace Hopper", "Ada Lovelace", "Ann Droid"], "sorted by Job title"),
            (
                "?sort=-job_title",
                ["Ada Lovelace", "Grace Hopper", "Ann Droid"],
                "sorted by Job title, from the end",
            ),
            (
                "?sort=-name",
                ["Ada Lovelace", "Grace Hopper", "Ann Droid"],
                "sorted by last name, from the end",
            ),
            ("?sort=shoe_size", ["Ann Droid", "Grace Hopper", "Ada Lovelace"], "sorted by last name"),
        ] {
            let page = site.get(&format!("/o/acme/users{query}"), &cookie);
            assert_eq!(page.texts("#listed th[scope=row] a"), names, "{query}");
            assert!(page.text(".head").contains(said), "{query}: {}", page.text(".head"));
        }
        let page = site.get("/o/acme/users?sort=job_title", &cookie);
        assert_eq!(page.texts("thead th[aria-sort=ascending]"), ["Job title \u{2191}"]);
        assert!(page.all("thead th a", "href").contains(&"users?sort=-job_title".to_owned()));
    });
}

#[test]
fn a_list_is_saved_by_a_name_opened_by_its_address_and_removed() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let [owner, editor, viewer] =
            [Role::Owner, Role::Editor, Role::Viewer].map(|role| site.cookie(&site.acme, role));
        let save = |cookie: &str, name: &str, more: &str| {
            let form = format!(
                "how=save&name={name}&query=%3Fsearch%3Dada%26status%3Dactive%26sort%3D-job_title%26at%3Dafter.1.x&columns=user-id+nonsense+job_title{more}"
            );
            site.post("/o/acme/searches", cookie, &form)
        };
        let saved = save(&editor, "Night+shift", "&for=everybody");
        let address = saved.location().to_owned();
        assert!(address.starts_with("/o/acme/users?saved-search="), "{address}");
        let page = site.get(&address, &viewer);
        assert_eq!(page.texts("#listed th[scope=row] a"), ["Ada Lovelace"]);
        let heads: Vec<String> =
            page.texts("thead th").iter().map(|head| head.replace(" \u{2193}", "")).collect();
        assert_eq!(heads, ["Tick", "Name, by last name", "User ID", "Job title"]);
        assert!(page.text(".head").contains("sorted by Job title, from the end"));
        assert!(
            page.texts(".saved li").contains(&"Night shift for everybody".to_owned()),
            "{:?}",
            page.texts(".saved li")
        );
        // A page on, the columns stay.
        let sorted = page
            .all("thead th a", "href")
            .into_iter()
            .find(|href| href.contains("sort=name"))
            .expect("a link");
        assert!(sorted.contains("saved-search="), "{sorted}");
        // One's own is nobody else's; the same name renews it; viewers save for themselves alone.
        let own = save(&viewer, "Mine", "");
        assert_eq!(save(&viewer, "Mine", "").location(), own.location());
        assert_eq!(save(&viewer, "Theirs", "&for=everybody").status, StatusCode::FORBIDDEN);
        let others = site.get(own.location(), &editor);
        assert_eq!(others.texts("#listed th[scope=row] a").len(), 3, "an unknown one is everybody");
        assert!(!others.body.contains("Mine"));
        for name in ["", "a".repeat(81).as_str(), "x%0Ay"] {
            assert_eq!(save(&viewer, name, "").status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        }
        let id = |address: &str| address.rsplit('=').next().expect("an id").to_owned();
        let change = |cookie: &str, how: &str, address: &str, name: &str| {
            site.post("/o/acme/searches", cookie, &format!("how={how}&search={}&name={name}", id(address)))
                .status
        };
        assert_eq!(change(&viewer, "rename", &address, "Day"), StatusCode::FORBIDDEN);
        assert_eq!(change(&owner, "rename", own.location(), "Day"), StatusCode::NOT_FOUND);
        assert_eq!(change(&viewer, "rename", own.location(), "My+own"), StatusCode::SEE_OTHER);
        assert!(site.get("/o/acme/searches", &viewer).body.contains("My own"));
        assert_eq!(change(&owner, "remove", &address, ""), StatusCode::SEE_OTHER);
        assert!(!site.get("/o/acme/searches", &viewer).body.contains("Night shift"));
        for number in 0..60 {
            let reply = save(&viewer, &format!("n{number}"), "");
            let fits = number < 49;
            assert_eq!(reply.status == StatusCode::SEE_OTHER, fits, "{number}: {}", reply.status);
        }
    });
}

#[test]
fn an_owner_says_through_which_fields_a_search_looks() {
    on_sqlite(|app| {
        let site = Site::new(app);
        nickname(&site);
        edit(&site, 0, "nickname", "Enchantress");
        let found = |cookie: &str| {
            site.get("/o/acme/users?search=enchantress", cookie).texts("#listed th[scope=row] a")
        };
        let [owner, editor] = [Role::Owner, Role::Editor].map(|role| site.cookie(&site.acme, role));
        assert_eq!(found(&editor), [""; 0]);
        let mark = "how=fields&field=nickname&field=department&field=job_title";
        assert_eq!(site.post("/o/acme/searches", &editor, mark).status, StatusCode::FORBIDDEN);
        assert!(!site.get("/o/acme/searches", &editor).body.contains("What search looks through"));
        assert_eq!(site.post("/o/acme/searches", &owner, mark).status, StatusCode::SEE_OTHER);
        assert_eq!(found(&editor), ["Ada Lovelace"]);
        let fields = app.store.fields(site.acme.id).expect("fields");
        assert!(!fields.get(standard::DEPARTMENT).expect("it").searched);
        assert_eq!(
            site.get("/o/acme/searches", &owner).all("input[name=field][checked]", "value"),
            ["nickname"]
        );
        assert_eq!(site.post("/o/acme/searches", &owner, "how=fields").status, StatusCode::SEE_OTHER);
        assert_eq!(found(&editor), [""; 0]);
    });
}

#[test]
fn a_user_is_added_on_a_page_and_what_is_wrong_stands_beside_its_field() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        assert!(
            site.get("/o/acme/users", &cookie)
                .all("#actions a", "href")
                .contains(&"/o/acme/users/new".to_owned())
        );
        assert!(
            !site.get("/o/acme/users", &site.cookie(&site.acme, Role::Viewer)).body.contains("users/new")
        );
        let form = site.get("/o/acme/users/new", &cookie);
        let languages = form.all("#languages option", "value");
        assert!(languages.contains(&"de".to_owned()) && languages.contains(&"en".to_owned()));
        assert!(form.all("#languages option", "label").contains(&"Deutsch".to_owned()));
        assert_eq!(form.all("#field-language", "list"), ["languages"]);
        let wrong = "field.first_name=Mary&field.last_name=&field.email=ada@acme.example&field.status=Active";
        let reply = site.post("/o/acme/users/new", &cookie, wrong);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(reply.all("#field-first_name", "value"), ["Mary"]);
        assert_eq!(reply.all("[aria-invalid=true]", "id"), ["field-last_name", "field-email"]);
        let right = "field.first_name=Mary&field.last_name=Somerville&field.email=mary@acme.example&field.status=Active&field.language=Deutsch";
        let reply = site.post("/o/acme/users/new", &cookie, right);
        let page = site.get(reply.location(), &cookie);
        assert_eq!(
            (page.text("h1"), page.text(".banner p")),
            ("Mary Somerville".to_owned(), "Added.".to_owned())
        );
        assert_eq!(page.all("#field-language", "value"), ["de"]);
        assert_eq!(page.texts(".history li li"), ["Created"]);
    });
}

#[test]
fn a_person_is_erased_by_an_owner_who_types_their_name() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let [owner, editor] = [Role::Owner, Role::Editor].map(|role| site.cookie(&site.acme, role));
        let user = site.user(&site.acme, 0);
        let address = format!("/o/acme/users/{user}/erase");
        assert!(site.get(&format!("/o/acme/users/{user}"), &owner).body.contains(&address));
        assert!(!site.get(&format!("/o/acme/users/{user}"), &editor).body.contains("/erase"));
        assert!(site.get(&address, &owner).body.contains("Lovelace"));
        let reply = site.post(&address, &owner, "name=Ada");
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reply.text(".problem").contains("another name"), "{}", reply.text(".problem"));
        let reply = site.post(&address, &owner, "name=ada+lovelace");
        let page = site.get(reply.location(), &owner);
        assert_eq!(page.text(".banner p"), "The person was erased. Nothing that was stored of them is left.");
        assert_eq!(page.texts("#listed th[scope=row] a"), ["Ann Droid", "Grace Hopper"]);
        assert_eq!(site.get(&format!("/o/acme/users/{user}"), &owner).status, StatusCode::NOT_FOUND);
        assert_eq!(site.get(&address, &owner).status, StatusCode::NOT_FOUND);
        assert_eq!(app.store.examine(Time(NOW.0)).expect("examined"), []);
    });
}

#[test]
fn programs_list_by_any_field_and_create_users() {
    on_sqlite(|app| {
        let site = Site::new(app);
        edit(&site, 1, "job_title", "Admiral");
        let token = create_token(app, site.acme.id, "robot", Role::Editor, None).expect("a token");
        let ask = |method: Method, path: &str, key: &str, body: &str| {
            let request = Request::builder().method(method).uri(format!("/api/v1{path}"));
            let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
            let request = request.header(header::HOST, "localhost");
            let request = if key.is_empty() { request } else { request.header("idempotency-key", key) };
            site.ask(request.body(body.to_owned().into()).expect("a request"))
        };
        let json = |body: &str| serde_json::from_str::<Value>(body).expect("JSON");
        let list = ask(Method::GET, "/users?sort=-job_title&limit=2", "", "");
        assert_eq!(json(&list.body)["items"][0]["first_name"], "Grace");
        let next = json(&list.body)["next"].as_str().expect("a cursor").to_owned();
        let rest = ask(Method::GET, &format!("/users?sort=-job_title&cursor={next}"), "", "");
        assert_eq!(json(&rest.body)["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(ask(Method::GET, "/users?sort=shoe", "", "").status, StatusCode::BAD_REQUEST);
        let mary =
            r#"{"first_name":"Mary","last_name":"Somerville","username":"mary","start_date":"2026-01-02"}"#;
        let made = ask(Method::POST, "/users", "k1", mary);
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        assert_eq!(
            (&json(&made.body)["status"], &json(&made.body)["start_date"]),
            (&"active".into(), &"2026-01-02".into())
        );
        let id = json(&made.body)["id"].as_str().expect("an id").to_owned();
        assert_eq!(made.headers[header::LOCATION], format!("/api/v1/users/{id}"));
        let again = ask(Method::POST, "/users", "k1", mary);
        assert_eq!(
            (again.status, json(&again.body)["id"].as_str()),
            (StatusCode::CREATED, Some(id.as_str()))
        );
        for (body, status, word) in [
            (mary, StatusCode::UNPROCESSABLE_ENTITY, "already in use"),
            (r#"{"first_name":"Mary"}"#, StatusCode::UNPROCESSABLE_ENTITY, "Last name"),
            (r#"{"shoe":"9"}"#, StatusCode::BAD_REQUEST, "shoe"),
            (r#"{"first_name":{}}"#, StatusCode::BAD_REQUEST, "first_name"),
            ("[]", StatusCode::BAD_REQUEST, ""),
        ] {
            let reply = ask(Method::POST, "/users", "", body);
            assert_eq!(reply.status, status, "{body}: {}", reply.body);
            assert!(reply.body.contains(word), "{body}: {}", reply.body);
        }
    });
}

//! Tickets, without script: raised from a red cell, looked at and released by support, brought back. And who has a value is told to nobody
//! who asks for it, on any page and in any answer.

use ::store::{ImportId, Role};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use directory::{UserId, Users, standard};
use muster::access::create_token;

use super::site::{Reply, Site};
use crate::ground::{NOW, on_both, on_sqlite};

fn operator(site: &Site) -> String {
    let email = "sam@support.example";
    let made = site.app.store.save_administrator(email, email, None, true, NOW).expect("an operator");
    format!("muster={}", muster::access::start_session(&site.app, made.id).expect("a session"))
}

/// A user of globex beside the one who is there.
fn hire(site: &Site, first: &str, last: &str, email: &str, username: &str, status: &str) -> UserId {
    let fields = site.app.store.fields(site.globex.id).expect("fields");
    let id = UserId::from_number(site.app.store.reserve_users(1).expect("a number")).expect("in range");
    let mut users = Users::new(&fields);
    users.begin(id, 0, false);
    for (field, value) in [
        (standard::FIRST_NAME, first),
        (standard::LAST_NAME, last),
        (standard::EMAIL, email),
        (standard::USERNAME, username),
        (standard::STATUS, status),
    ] {
        let value = Some(value).filter(|value| !value.is_empty());
        users.set(fields.slot(field).expect("built in"), value);
    }
    site.app.store.create_users(site.globex.id, &users, "created", "test", NOW).expect("users");
    id
}

/// The number that a ticket got, as the page after it says.
fn number(location: &str) -> String {
    let (_, after) = location.split_once("said=ticket&a=").expect(location);
    after.split('&').next().expect("a number").to_owned()
}

#[test]
fn from_a_red_cell_to_the_row_brought_back() {
    on_both(|app| {
        let site = Site::new(app);
        let editor = site.cookie(&site.acme, Role::Editor);
        let file = site.csv().replace("ada@acme.example", "max@globex.example").replace("Hopper", "Murray");
        let import = format!("/o/acme/imports/{}", site.import(&file));
        let (number, parked) = raised_and_parked(&site, &editor, &import);
        the_rest_is_completed(&site, &editor, &import, &parked);
        support_asks_and_releases(&site, &editor, &number);
        the_holders_owners_are_told_once(&site);
        app.clock.turn(1_000);
        brought_back_and_completed(&site, &editor, &number);
    });
}

/// Raises the ticket of the one red cell; answers its number and the review after it.
fn raised_and_parked(site: &Site, editor: &str, import: &str) -> (String, Reply) {
    let red = site.open(import, editor);
    let raise = red.all("td a.raise", "href");
    assert_eq!(raise.len(), 1, "{}", red.body);
    let form = site.get(&raise[0], editor);
    assert_eq!(form.text("h1"), "Raise a ticket");
    let facts = form.text("dl.facts");
    for told in
        ["Acme Ltd", "users.csv", "row 3", "Ada Lovelace , U-", "max@globex.example", "already in use"]
    {
        assert!(facts.contains(told), "{told}: {facts}");
    }
    let cell = form.all("input[name=cell]", "value").remove(0);
    let too_long = site.post(&raise[0], editor, &format!("cell={cell}&words={}", "a".repeat(2_001)));
    assert_eq!(too_long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(too_long.text("textarea").len(), 2_001, "what was typed is kept");
    let sent = site.post(&format!("{import}/ticket"), editor, &format!("cell={cell}&words=A+merger"));
    let number = number(sent.location());
    let parked = site.open(sent.location(), editor);
    assert!(
        parked.text(".banner.wait").contains(&format!("Ticket {number} is with support")),
        "{}",
        parked.body
    );
    assert_eq!(parked.text(".tabs [aria-current]"), "With support 1");
    assert_eq!(parked.text(".bar b"), "1 of 2 users ready");
    assert!(parked.text(".bar .muted").contains("1 waits for support"), "{}", parked.text(".bar .muted"));
    let left_out = site.get(&format!("{import}/left-out"), editor);
    assert!(left_out.text("#left-out-part").contains("Nobody"), "{}", left_out.text("#left-out-part"));
    let again = site.post(&format!("{import}/ticket"), editor, &format!("cell={cell}"));
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a ticket asks for it already");
    (number, parked)
}

fn the_rest_is_completed(site: &Site, editor: &str, import: &str, parked: &Reply) {
    let plan = parked.all("#finish-form [name=plan]", "value").remove(0);
    assert_eq!(parked.text("#finish-form button"), "Update 1 user", "nothing is in the way");
    site.post(&format!("{import}/complete"), editor, &format!("plan={plan}"));
    site.work();
    let done = site.get(import, editor);
    assert_eq!(done.text("h1"), "1 user was successfully edited");
    assert_eq!(done.text("p.waits"), "1 row waits for support: Tickets");
    let users = site.get("/o/acme/users", &site.cookie(&site.acme, Role::Viewer));
    assert_eq!(users.text("p.waits"), "1 row waits for support: Tickets");
}

/// Support: who has it, and no release without a replacement.
fn support_asks_and_releases(site: &Site, editor: &str, number: &str) {
    let sam = operator(site);
    let list = site.get("/operator/tickets", &sam);
    assert!(list.text("tbody").contains(number) && list.text("tbody").contains("Acme Ltd"), "{}", list.body);
    let of_support = format!("/operator/tickets/{number}");
    let seen = site.get(&of_support, &sam);
    assert!(
        seen.body.contains("Globex") && seen.body.contains("Max Power") && seen.body.contains("A merger")
    );
    let refused = site.post(&of_support, &sam, "act=release&value=0&replacement=");
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text(".banner.bad").contains("signs in with nothing else"),
        "{}",
        refused.text(".banner")
    );
    let names = site.post(&of_support, &sam, "act=answer&words=It+belongs+to+Globex.");
    assert!(names.text(".banner.bad").contains("names the organisation"), "{}", names.text(".banner"));
    assert_eq!(
        site.post(&of_support, &sam, "act=answer&words=Is+it+shared%3F").status,
        StatusCode::SEE_OTHER
    );
    let answered = site.get(&format!("/o/acme/tickets/{number}"), editor);
    assert!(answered.text(".rows").contains("Support") && answered.text(".rows").contains("Is it shared?"));
    assert!(!answered.body.contains("sam@"), "not even who of support");
    site.post(&format!("/o/acme/tickets/{number}"), editor, "act=write&words=No.");
    let released = site.post(&of_support, &sam, "act=release&value=0&replacement=max.power");
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.body);
}

/// The holder's owners are told, once; others of theirs see the history.
fn the_holders_owners_are_told_once(site: &Site) {
    let owner = site.cookie(&site.globex, Role::Owner);
    let told = site.get("/o/globex/users", &owner);
    assert!(told.text("#from-support").contains("Max Power , Email"), "{}", told.text("#from-support"));
    assert!(!told.body.contains("Acme"), "nor are they told who asked");
    let viewer = site.get("/o/globex/users", &site.cookie(&site.globex, Role::Viewer));
    assert_eq!(viewer.text("#from-support"), "");
    let max = site.get(&format!("/o/globex/users/{}", site.user(&site.globex, 0)), &owner);
    assert!(max.text(".history").contains("operator:sam@support.example"), "{}", max.text(".history"));
    let revision = told.all("#from-support [name=revision]", "value").remove(0);
    site.post("/o/globex/releases", &owner, &format!("revision={revision}"));
    assert_eq!(site.get("/o/globex/users", &owner).text("#from-support"), "");
}

fn brought_back_and_completed(site: &Site, editor: &str, number: &str) {
    let free = site.get(&format!("/o/acme/tickets/{number}"), editor);
    assert!(free.text("h1").contains("It is free now"), "{}", free.text("h1"));
    let back = site.post(&format!("/o/acme/tickets/{number}"), editor, "act=bring_back");
    let brought = back.location().to_owned();
    site.work();
    let review = site.open(&brought, editor);
    assert!(review.text("h1").contains(&format!("Ticket {number} of users.csv")), "{}", review.text("h1"));
    let plan = review.all("#finish-form [name=plan]", "value").remove(0);
    site.post(&format!("{brought}/complete"), editor, &format!("plan={plan}"));
    site.work();
    assert_eq!(site.get(&brought, editor).text("h1"), "1 user was successfully edited");
    let ada = site.get(&format!("/o/acme/users/{}", site.user(&site.acme, 0)), editor);
    assert!(ada.body.contains("max@globex.example"));
    assert_eq!(site.get("/o/acme/users", editor).text("p.waits"), "");
    let closed = site.get(&format!("/o/acme/tickets/{number}"), editor);
    assert!(closed.text("h1").contains("Closed"), "{}", closed.text("h1"));
}

#[test]
fn one_ticket_for_all_of_a_kind_and_taken_back() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let editor = site.cookie(&site.acme, Role::Editor);
        hire(&site, "Ida", "Other", "ida@globex.example", "", "active");
        let file = site
            .csv()
            .replace("ada@acme.example", "max@globex.example")
            .replace("grace@acme.example", "ida@globex.example");
        let import = format!("/o/acme/imports/{}", site.import(&file));
        let red = site.open(&import, &editor);
        let all = red.all("#repair a.raise", "href");
        assert!(all[0].ends_with("/ticket?kind=email"), "{all:?}");
        let form = site.get(&all[0], &editor);
        assert!(form.text(".ticket p").contains("These 2 rows wait"), "{}", form.text(".ticket p"));
        let sent = site.post(&format!("{import}/ticket"), &editor, "kind=email&words=");
        let number = number(sent.location());
        assert_eq!(site.open(sent.location(), &editor).text(".tabs [aria-current]"), "With support 2");
        let taken = site.post(&format!("/o/acme/tickets/{number}"), &editor, "act=take_back");
        assert!(site.open(taken.location(), &editor).text("h1").contains("Taken back"));
        assert!(site.open(&import, &editor).text(".tabs [aria-current]").starts_with("Problems 2"));
        // A viewer reads tickets and raises none.
        let viewer = site.cookie(&site.acme, Role::Viewer);
        assert_eq!(site.get(&format!("/o/acme/tickets/{number}"), &viewer).status, StatusCode::OK);
        assert!(site.open(&import, &viewer).all("a.raise", "href").is_empty());
    });
}

/// Everything that whoever asks can see of their import and their ticket, on pages and in REST, with the status of each answer.
fn seen(site: &Site, cookie: &str, token: &str, import: ImportId, number: Option<&str>) -> String {
    let mut told = String::new();
    let mut add = |address: &str, reply: &Reply| {
        let to = reply.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        told += &format!("{address} {} {to}\n{}\n", reply.status, reply.body);
    };
    let pages = [
        "",
        "/problems",
        "/with-support",
        "/left-out",
        "/changes",
        "/ticket?kind=email",
        "/report?format=csv",
    ];
    for page in pages {
        let address = format!("/o/acme/imports/{import}{page}");
        add(&address, &site.get(&address, cookie));
    }
    let mut addresses: Vec<String> =
        ["/o/acme/tickets", "/o/acme/users", "/o/acme/imports"].map(str::to_owned).into();
    addresses.extend(number.map(|number| format!("/o/acme/tickets/{number}")));
    for address in addresses {
        add(&address, &site.get(&address, cookie));
    }
    let mut rest =
        vec![format!("/imports/{import}"), format!("/imports/{import}/issues"), "/tickets".to_owned()];
    rest.extend(number.map(|number| format!("/tickets/{number}")));
    for address in rest {
        let request = Request::get(format!("/api/v1{address}"))
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        add(&address, &site.ask(request.body(Body::empty()).expect("a request")));
    }
    told
}

/// All that is seen on the way of a ticket for this email, from the red cell to the row brought back.
fn way(site: &Site, email: &str, replacement: &str) -> String {
    hire(site, "Zelda", "Secretive", "one@mail.example", "", "active");
    hire(site, "Xaver", "Hidden", "two@mail.example", "xaver", "inactive");
    let sam = operator(site);
    let editor = site.cookie(&site.acme, Role::Editor);
    let token = create_token(&site.app, site.acme.id, "robot", Role::Editor, None).expect("a token");
    let import = site.import(&site.csv().replace("ada@acme.example", email));
    let mut all = seen(site, &editor, &token, import, None);
    let sent = site.post(&format!("/o/acme/imports/{import}/ticket"), &editor, "kind=email&words=Please");
    let number = number(sent.location());
    all += &format!("{} {}", sent.status, sent.location());
    all += &seen(site, &editor, &token, import, Some(&number));
    let form = format!("act=release&value=0&replacement={replacement}");
    let released = site.post(&format!("/operator/tickets/{number}"), &sam, &form);
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.body);
    all += &seen(site, &editor, &token, import, Some(&number));
    let back = site.post(&format!("/o/acme/tickets/{number}"), &editor, "act=bring_back");
    assert!(back.location().ends_with(&import.to_string()));
    all += &seen(site, &editor, &token, import, Some(&number));
    for theirs in ["Zelda", "Secretive", "Xaver", "xaver", "zelda", "Hidden", "lobex", "sam@", "inactive@"] {
        assert!(!all.contains(theirs), "{theirs} is told to who asks for {email}");
    }
    // As it stands in an address, too.
    let escaped = email.replace('@', "%40");
    all.replace(&escaped, "EMAIL")
        .replace(email, "EMAIL")
        .replace(&number, "NUMBER")
        .replace(&import.to_string(), "IMPORT")
}

#[test]
fn no_page_and_no_answer_tells_whose_it_is() {
    let told = std::sync::Mutex::new(Vec::new());
    for (email, replacement) in [("one@mail.example", "zelda"), ("two@mail.example", "")] {
        on_both(|app| told.lock().expect("nobody panics").push(way(&Site::new(app), email, replacement)));
    }
    let told = told.into_inner().expect("nobody panics");
    // The same database of the one and of the other.
    let (ones, others) = told.split_at(told.len() / 2);
    for (one, other) in ones.iter().zip(others) {
        let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert_eq!((differs, one.len()), (None, other.len()));
        assert!(one.len() > 100_000, "{}", one.len());
    }
}

#[test]
fn rest_raises_lists_and_brings_back() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let token = create_token(app, site.acme.id, "robot", Role::Editor, None).expect("a token");
        let ask = |method: &str, address: &str, body: &str| {
            let request = Request::builder()
                .method(method)
                .uri(format!("/api/v1{address}"))
                .header(header::AUTHORIZATION, format!("Bearer {token}"))
                .header(header::CONTENT_TYPE, "application/json");
            let reply = site.ask(request.body(Body::from(body.to_owned())).expect("a request"));
            (
                reply.status.as_u16(),
                serde_json::from_str::<serde_json::Value>(&reply.body).unwrap_or_default(),
            )
        };
        let import = site.import(&site.csv().replace("ada@acme.example", "max@globex.example"));
        let issues = ask("GET", &format!("/imports/{import}/issues"), "").1;
        let cell = issues["items"][0]["cell"].as_str().expect("a cell").to_owned();
        assert_eq!(ask("POST", "/tickets", &format!("{{\"import\":\"{import}\"}}")).0, 400);
        let new = format!("{{\"import\":\"{import}\",\"cells\":[\"{cell}\"],\"words\":\"Please\"}}");
        let (status, ticket) = ask("POST", "/tickets", &new);
        assert_eq!((status, ticket["state"].as_str()), (201, Some("open")), "{ticket}");
        assert_eq!(
            (&ticket["values"][0]["cell"], &ticket["values"][0]["field"]),
            (&cell.into(), &"email".into())
        );
        assert_eq!(ask("POST", "/tickets", &new).0, 409);
        let number = ticket["number"].as_i64().expect("a number");
        let counts = ask("GET", &format!("/imports/{import}"), "").1["counts"].clone();
        assert_eq!((&counts["with_support"], &counts["left_out"]), (&1.into(), &0.into()));
        assert_eq!(ask("POST", &format!("/tickets/{number}/words"), "{\"words\":\"More\"}").0, 200);
        assert_eq!(ask("GET", &format!("/tickets/{number}"), "").1["words"][1]["words"], "More");
        assert_eq!(ask("GET", "/tickets", "").1["items"][0]["number"], number);
        let (status, into) = ask("POST", &format!("/tickets/{number}/bring-back"), "");
        assert_eq!((status, into["id"].as_str()), (202, Some(import.to_string().as_str())), "{into}");
        assert_eq!(ask("POST", &format!("/tickets/{number}/take-back"), "").0, 409);
        assert_eq!(ask("GET", "/tickets/12", "").0, 404);
    });
}

#[test]
fn a_request_that_is_sent_again_is_done_once() {
    on_both(|app| {
        let site = Site::new(app);
        let token = create_token(app, site.acme.id, "robot", Role::Editor, None).expect("a token");
        let ask = |key: &str, address: &str, body: &str| {
            let request = Request::builder()
                .method("POST")
                .uri(format!("/api/v1{address}"))
                .header("idempotency-key", key)
                .header(header::AUTHORIZATION, format!("Bearer {token}"))
                .header(header::CONTENT_TYPE, "application/json");
            let reply = site.ask(request.body(Body::from(body.to_owned())).expect("a request"));
            let json: serde_json::Value = serde_json::from_str(&reply.body).unwrap_or_default();
            (reply.status.as_u16(), json)
        };
        let import = site.import(&site.csv().replace("ada@acme.example", "max@globex.example"));
        let new = format!("{{\"import\":\"{import}\",\"field\":\"email\",\"words\":\"Please\"}}");
        let first = ask("raise", "/tickets", &new);
        assert_eq!(first.0, 201, "{}", first.1);
        assert_eq!(ask("raise", "/tickets", &new), first);
        assert_eq!(
            ask("raise", "/tickets", &new.replace("Please", "Now")).0,
            422,
            "another request with its key"
        );
        assert_eq!(app.store.tickets(site.acme.id, 10).expect("the store").len(), 1);
        let number = first.1["number"].as_i64().expect("a number");
        let words = format!("/tickets/{number}/words");
        for _ in 0..3 {
            let (status, ticket) = ask("write", &words, "{\"words\":\"More\"}");
            assert_eq!((status, ticket["words"].as_array().map(Vec::len)), (200, Some(2)), "{ticket}");
        }
        let back = format!("/tickets/{number}/take-back");
        for _ in 0..2 {
            let (status, ticket) = ask("take", &back, "");
            assert_eq!((status, ticket["state"].as_str()), (200, Some("withdrawn")), "{ticket}");
        }
        assert_eq!(ask("take again", &back, "").0, 409);
    });
}

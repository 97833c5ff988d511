//! A review in each state: the numbers that its pages say agree, one button is the next step, and how dates were read is said. What stands
//! on the pages afterwards: of an import that was undone, of users changed back, of notes, of pages that are not there.

use ::import::{self, Target};
use ::store::{FixKind, Import, ImportId, Role};
use axum::http::StatusCode;
use directory::{Chosen, UserId, Users, standard};

use super::site::{Reply, Site};
use crate::ground::{NOW, on_both, on_sqlite};

/// The pages of a review.
const PARTS: [&str; 7] =
    ["problems", "conflicts", "with-support", "new-users", "worth-knowing", "changes", "left-out"];

/// More users of acme, `Person 1` and on, so that a file has something of everything.
fn crowd(site: &Site, count: u64) -> Vec<UserId> {
    let fields = site.app.store.fields(site.acme.id).expect("fields");
    let mut users = Users::new(&fields);
    let first = site.app.store.reserve_users(count).expect("numbers");
    for number in first..first + count {
        users.begin(UserId::from_number(number).expect("in range"), 0, false);
        let place = number - first + 1;
        let (last, email) = (format!("Person {place}"), format!("person{place}@acme.example"));
        for (field, value) in [
            (standard::FIRST_NAME, "Pat"),
            (standard::LAST_NAME, last.as_str()),
            (standard::EMAIL, email.as_str()),
            (standard::STATUS, "active"),
        ] {
            users.set(fields.slot(field).expect("built in"), Some(value));
        }
    }
    site.app.store.create_users(site.acme.id, &users, "created", "test", NOW).expect("users");
    users.iter().map(|user| user.id()).collect()
}

/// The cell of a user in a csv, by the key of its column.
fn with(csv: &str, last_name: &str, key: &str, text: &str) -> String {
    let column = csv.lines().nth(1).expect("keys").split(',').position(|of| of == key).expect("a column");
    let mut lines: Vec<String> = csv.lines().map(str::to_owned).collect();
    let line = lines.iter_mut().find(|line| line.split(',').nth(2) == Some(last_name)).expect("a row");
    let mut cells: Vec<&str> = line.split(',').collect();
    cells[column] = text;
    *line = cells.join(",");
    lines.join("\r\n")
}

/// All whole numbers of a text, in order.
fn numbers(text: &str) -> Vec<i64> {
    let digits = text.replace(',', "");
    let pieces = digits.split(|letter: char| !letter.is_ascii_digit());
    pieces.filter_map(|piece| piece.parse().ok()).collect()
}

fn only(text: &str) -> i64 {
    let found = numbers(text);
    assert_eq!(found.len(), 1, "{text}");
    found[0]
}

/// What the pages of a review say, held against each other.
fn agree(site: &Site, cookie: &str, id: ImportId, state: &str) {
    let page = |part: &str| {
        let reply = site.get(&format!("/o/acme/imports/{id}/{part}"), cookie);
        assert_eq!(reply.status, StatusCode::OK, "{state}: {part}");
        reply
    };
    let of_part = |reply: &Reply| (reply.texts("#review-tabs .n"), reply.text("#finish .sums b"));
    let first = page(PARTS[0]);
    let (tabs, ready) = of_part(&first);
    let tab: Vec<i64> = tabs.iter().map(|text| only(text)).collect();
    for part in PARTS {
        assert_eq!(of_part(&page(part)), (tabs.clone(), ready.clone()), "{state}: {part}");
    }
    // The bar: users that are ready and all others add up, and are those of the tabs and of the button.
    let [ready, all] = numbers(&ready)[..] else { panic!("{state}: {ready}") };
    let sums = first.text("#finish .sums .muted");
    let sums = sums.split("· ").nth(1).unwrap_or_default().to_owned();
    assert_eq!(ready + numbers(&sums).iter().sum::<i64>(), all, "{state}: {sums}");
    assert_eq!(ready, tab[5], "{state}: what will change");
    assert_eq!(ready + tab[6], all - waiting(&sums), "{state}: left out");
    let wide = first.texts("#finish-form button .not-small");
    let button = wide.into_iter().next().unwrap_or_else(|| first.text("#finish-form button"));
    let (now, out) = button.split_once(", leave out").unwrap_or((&button, ""));
    let said: i64 = numbers(now).iter().sum();
    assert_eq!(said, ready, "{state}: {button}");
    assert!(out.is_empty() || only(out) == waiting(&sums), "{state}: {button}");
    // Problems: the kinds add up to the tab, and so does the list of all.
    let kinds: i64 = first.texts("nav.kinds a .n.bad").iter().map(|text| only(text)).sum();
    assert_eq!(kinds, tab[0], "{state}: kinds");
    if tab[0] > 0 {
        let every = page("problems?kind=all");
        assert_eq!(only(&every.text("#problems")), tab[0], "{state}: all problems");
    }
    if tab[6] > 0 {
        assert_eq!(only(&page("left-out").text("#left-out")), tab[6], "{state}: left out");
    }
    let told = page("worth-knowing").texts(".warnings li").len() as i64;
    assert_eq!(told, tab[4], "{state}: worth knowing");
    let users = page("changes").texts("#changes-part .frame.tall tbody").len() as i64;
    assert_eq!(users, ready, "{state}: users who change");
    one_next_step(&page, state, waiting(&sums) > 0 || tab[1] > 0);
}

/// The users of the bar who are neither ready nor left out.
fn waiting(sums: &str) -> i64 {
    let parts = sums.split([',', '·']).flat_map(|part| part.split(" and "));
    let waits = parts.filter(|part| !part.contains("left out"));
    waits.flat_map(numbers).sum()
}

/// On each page one button is filled: the next step. It is the bar's when nobody waits any more.
fn one_next_step(page: &impl Fn(&str) -> Reply, state: &str, is_open: bool) {
    for part in PARTS {
        let reply = page(part);
        let filled = reply.texts("main .primary:not([hidden]), #finish .primary");
        assert_eq!(filled.len(), 1, "{state}, {part}: {filled:?}");
        let of_bar = reply.texts("#finish-form .primary").len();
        assert_eq!(of_bar == 1, !is_open, "{state}, {part}: the bar completes");
    }
}

/// An import of acme as it stands.
fn now(site: &Site, id: ImportId) -> Import {
    site.app.store.import(site.acme.id, id).expect("the store").expect("it")
}

fn fix(site: &Site, id: ImportId, target: Target, kind: FixKind) {
    let fixed = import::fix(&site.app, site.acme.id, id, &[(target, kind)], "test").expect("the store");
    assert!(matches!(fixed, import::Fixed::Kept(..)), "{fixed:?}");
}

#[test]
fn the_numbers_of_a_review_agree_on_every_page_in_every_state() {
    on_both(|app| {
        let site = Site::new(app);
        let people = crowd(&site, 20);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let mut csv = site.csv();
        for place in 1..=6 {
            csv = with(&csv, &format!("Person {place}"), "job_title", "Clerk");
        }
        for (person, key, text) in [
            ("Person 7", "department", "Nowhere"),
            ("Person 8", "department", "Nowhere"),
            ("Person 8", "start_date", "some day"),
            ("Person 9", "phone", "12"),
            ("Person 10", "job_title", "Cook"),
            ("Person 11", "job_title", "Chef"),
            ("Person 11", "notes_of", ""),
            ("Person 12", "start_date", "03/04/2024"),
        ] {
            if key != "notes_of" {
                csv = with(&csv, person, key, text);
            }
        }
        // Two rows may be new users; two values are changed by somebody else meanwhile, one of a user who changes anyway.
        csv = with(&csv, "Person 11", "last_name", "Person XI");
        csv.push_str("\r\n,New,One,one@new.example\r\n,New,Two,two@new.example\r\n");
        for place in [10, 11] {
            let seen = app.store.account_now(site.acme.id).expect("it").revision;
            let values = [(standard::JOB_TITLE, "Baker".to_owned())];
            import::edit(app, site.acme.id, people[place - 1], &values, seen, "bob").expect("the store");
        }
        let id = site.import(&csv);
        agree(&site, &cookie, id, "as it came");
        let counts = now(&site, id).counts;
        assert_eq!((counts.errors, counts.conflicts, counts.users_in_conflict), (6, 2, 1), "{counts:?}");
        let dates = site.get(&format!("/o/acme/imports/{id}/conflicts"), &cookie).text("#dates-read");
        assert_eq!(dates, "· 03/04/2024 was read as 3 April 2024: day first, your setting");

        let row = |person: usize| Target::Field(people[person - 1], "department".to_owned());
        fix(&site, id, row(7), FixKind::Value(String::new()));
        agree(&site, &cookie, id, "one problem less");
        let line = csv.lines().position(|line| line.contains("Person 8,")).expect("a row") as u32 + 1;
        fix(&site, id, Target::Row(line), FixKind::LeaveOut(true));
        agree(&site, &cookie, id, "one left out");
        fix(&site, id, Target::Row(line + 1), FixKind::LeaveOut(true));
        agree(&site, &cookie, id, "no problem left");
        fix(&site, id, Target::AllConflicts, FixKind::Choose(Chosen::Now));
        agree(&site, &cookie, id, "conflicts decided");
        fix(&site, id, Target::RowsWithoutId, FixKind::Create);
        agree(&site, &cookie, id, "new users created");
        fix(&site, id, Target::Row(line), FixKind::LeaveOut(false));
        agree(&site, &cookie, id, "taken in again");
    });
}

#[test]
fn what_stops_a_form_without_leave_is_counted_as_everywhere() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let csv = with(&site.csv(), "Hopper", "start_date", "some day");
        let id = site.import(&format!("{}\r\n,New,One,one@new.example\r\n", csv.trim_end()));
        let address = format!("/o/acme/imports/{id}");
        let stopped =
            site.post(&format!("{address}/complete"), &cookie, &format!("plan={}", now(&site, id).plan));
        let page = site.open(stopped.location(), &cookie);
        let said = page.texts("main .banner.bad li");
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(
            said[0].starts_with("put right 1 problem") && said[1].contains("1 row without a User ID"),
            "{said:?}"
        );
    });
}

/// An import of acme that is done: Ada and Grace have other last names.
fn done(site: &Site) -> ImportId {
    let csv = with(&site.csv(), "Lovelace", "last_name", "King");
    let id = site.import(&with(&csv, "Hopper", "last_name", "Murray"));
    let import = now(site, id);
    import::complete(&site.app, site.acme.id, id, Some(import.plan), false).expect("completed");
    site.work();
    id
}

#[test]
fn an_import_tells_the_past_and_that_it_was_undone_in_every_line() {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let id = done(&site);
        let address = format!("/o/acme/imports/{id}");
        let page = site.get(&address, &cookie);
        assert_eq!(page.texts(".lines th[scope=col]"), ["By field", "Users", "What happened", "Note"]);
        assert!(page.all("main a", "href").contains(&format!("{address}/changed?format=xlsx")));
        let file = site.get(&format!("{address}/changed?format=csv"), &cookie);
        assert!(file.body.contains("Grace Murray,Last name,Hopper,Murray"), "{}", file.body);

        // One is ticked and changed back; the other line stays as it is.
        let grace = site.user(&site.acme, 1);
        let changes = format!("{address}/changes");
        let ticks = site.get(&changes, &cookie).all("input[name=user]", "value");
        assert_eq!(ticks, [site.user(&site.acme, 0).to_string(), grace.to_string()]);
        let nobody = site.post(&format!("{address}/undo"), &cookie, "which=ticked");
        assert_eq!(nobody.location(), format!("{changes}?said=nobody_ticked&a=0&b=0"));
        let sent = site.post(&format!("{address}/undo"), &cookie, &format!("which=ticked&user={grace}"));
        let undo = sent.location().to_owned();
        site.work();
        assert_eq!(site.get(&undo, &cookie).text("h1"), "1 user is as before that import");
        assert!(site.get(&address, &cookie).text(".banner.note").contains("1 user was changed back."));
        let page = site.get(&changes, &cookie);
        assert_eq!(page.texts("tbody td .mark"), ["changed back"]);
        assert_eq!(page.all("input[name=user]", "value").len(), 1, "nobody is changed back twice");

        site.post(&format!("{address}/undo"), &cookie, "");
        site.work();
        for page in [address, changes] {
            let page = site.get(&page, &cookie);
            assert_eq!(page.texts("tbody .mark"), ["Undone", "Undone"]);
            assert!(page.all("input[name=user]", "value").is_empty());
        }
    });
}

#[test]
fn a_note_stands_in_the_history_of_each_user() {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Viewer);
        let id = done(&site);
        import::note(app, site.acme.id, id, "reorganisation, agreed with the board").expect("noted");
        let page = |place: usize| {
            let user = site.user(&site.acme, place);
            site.get(&format!("/o/acme/users/{user}"), &cookie).texts(".history .note-of")
        };
        assert_eq!(page(0), ["reorganisation, agreed with the board"]);
        assert_eq!(page(2), [""; 0], "whom it did not touch");
    });
}

#[test]
fn what_is_not_there_keeps_the_navigation_for_those_of_the_organisation() {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Viewer);
        for (address, title) in [
            ("/o/acme/nowhere", "Page not found"),
            ("/o/acme/imports/imp_0000000000000", "Page not found"),
            ("/o/acme/import", "You may look, but not edit"),
            ("/nowhere", "Page not found"),
        ] {
            let page = site.get(address, &cookie);
            assert!(page.status.is_client_error(), "{address}");
            assert_eq!(page.text("h1"), title, "{address}");
            assert_eq!(
                page.texts("nav[aria-label=Main] [href^='/o/acme/']"),
                ["Users", "Imports"],
                "{address}"
            );
            assert_eq!(page.headers["cache-control"], "no-store");
        }
        let stranger = site.cookie(&site.globex, Role::Owner);
        // What is of others is answered as what is nowhere, in the frame of one's own organisation.
        let nowhere = site.get("/nowhere", &stranger).body;
        for address in ["/o/acme/nowhere", "/o/acme/users", "/o/nobody/users"] {
            let page = site.get(address, &stranger);
            assert_eq!(page.status, StatusCode::NOT_FOUND);
            assert!(page.body == nowhere && page.body.contains("/o/globex/users"), "{address}");
        }
        for (cookie, address) in [("", "/nowhere"), ("muster=nobody", "/nowhere")] {
            let page = site.get(address, cookie);
            assert_eq!(
                (page.status, page.texts("nav [href^='/o/']").len()),
                (StatusCode::NOT_FOUND, 0),
                "{address}"
            );
        }
    });
}

#[test]
fn a_tick_taken_away_chooses_the_other_fields_without_script_too() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Viewer);
        let file = |query: &str| site.get(&format!("/o/acme/download/file?format=csv&{query}"), &cookie).body;
        let keys = |csv: String| csv.lines().nth(1).expect("keys").split(',').count();
        let ticks = site.get("/o/acme/download", &cookie).all("input[name=field]", "value");
        let all: Vec<String> = ticks.iter().map(|key| format!("field={key}")).collect();
        assert_eq!(keys(file(&format!("fields=all&{}", all.join("&")))), all.len() + 1);
        assert_eq!(keys(file("fields=all")), all.len() + 1);
        assert_eq!(keys(file(&format!("fields=all&{}", all[1..].join("&")))), all.len());
    });
}

#[test]
fn an_answer_that_is_ticked_is_kept_and_is_forgotten_on_its_page() {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let id = site.import(&with(&site.csv(), "Hopper", "start_date", "at once"));
        let field = standard::START_DATE.0;
        let form = format!(
            "back=problems&kind=not_a_date%3Astart_date&field={field}&of.0=1&text.0=at+once&value.0=2026-12-01&always.0=1&use=each"
        );
        let sent = site.post(&format!("/o/acme/imports/{id}/fixes"), &cookie, &form);
        assert!(sent.location().contains("said=fixed"), "{}", sent.location());
        let page = site.get("/o/acme/answers", &cookie);
        assert_eq!(page.texts("tbody th bdi"), ["at once"]);
        let next = site.import(&with(&site.csv(), "Droid", "start_date", "AT once"));
        let problems = site.get(&format!("/o/acme/imports/{next}/problems"), &cookie);
        assert_eq!(problems.all("input[name='value.0']", "value"), ["2026-12-01"]);
        assert_eq!(problems.text(".values .hint"), "chosen so last time");
        let viewer = site.cookie(&site.acme, Role::Viewer);
        assert!(site.get("/o/acme/answers", &viewer).texts("main button").is_empty());
        let gone = site.post("/o/acme/answers", &cookie, "field=start_date&text=At+Once");
        assert_eq!(site.open(gone.location(), &cookie).texts("tbody th"), [""; 0]);
    });
}

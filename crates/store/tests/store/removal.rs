//! Removing an organisation: no table has a row of it afterwards, whatever happens on the way; and practice, which keeps to itself.

use ::store::{Error, Fault, FaultKind, ImportId, Role, Store};
use directory::{Claim, ClaimKind, Users, standard};

use ground::scene::{NICKNAME, Scene, change, line, rows, work_rows};
use ground::{Ground, NOW, on_both, on_postgres, on_sqlite};

/// What a test calls an organisation, and the number of it.
fn number_of(app: &Ground, slug: &str) -> String {
    rows(app, &format!("SELECT id FROM account WHERE slug = '{slug}'")).pop().expect("the account")
}

/// `table column type` of each column that has to have a value, of the tables that have a column `account`; and whether they stand in the
/// file of the work.
fn tables(app: &Ground) -> Vec<(String, bool)> {
    let sqlite = "SELECT t.name || ' ' || c.name || ' ' || c.type FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                  WHERE t.type = 'table' AND (c.\"notnull\" = 1 OR c.pk > 0)
                    AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) a WHERE a.name = 'account') ORDER BY t.name, c.cid";
    let postgres = "SELECT c.table_name || ' ' || c.column_name || ' ' || c.data_type FROM information_schema.columns c
                    WHERE c.table_schema = 'public' AND c.is_nullable = 'NO' AND EXISTS
                        (SELECT 1 FROM information_schema.columns a WHERE a.table_schema = 'public'
                             AND a.table_name = c.table_name AND a.column_name = 'account') ORDER BY c.table_name, c.ordinal_position";
    if app.store.writes_in_turn() {
        let of = |lines: Vec<String>, work: bool| lines.into_iter().map(move |line| (line, work));
        of(rows(app, sqlite), false).chain(of(work_rows(app, sqlite), true)).collect()
    } else {
        rows(app, postgres).into_iter().map(|line| (line, false)).collect()
    }
}

fn names(app: &Ground) -> Vec<(String, bool)> {
    let first = |line: &str| line.split(' ').next().expect("a name").to_owned();
    let mut names: Vec<_> = tables(app).iter().map(|(line, work)| (first(line), *work)).collect();
    names.dedup();
    names
}

fn run(app: &Ground, work: bool, sql: &str) -> Vec<String> {
    if work { work_rows(app, sql) } else { rows(app, sql) }
}

/// The tables with how many rows of an account they have, of those that have some.
fn rows_of_account(app: &Ground, number: &str) -> Vec<String> {
    let count = |(table, work): (String, bool)| {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE account = {number}");
        let count = run(app, work, &sql).pop().expect("a count");
        (count != "0").then(|| format!("{table}: {count}"))
    };
    names(app).into_iter().filter_map(count).collect()
}

/// A row of the account in every table that has none: what a table may hold by its columns, whatever it means.
fn fill_every_table(app: &Ground, number: &str) {
    for (table, work) in names(app) {
        let there = format!("SELECT COUNT(*) FROM {table} WHERE account = {number}");
        if run(app, work, &there) != ["0"] {
            continue;
        }
        let columns: Vec<(String, String)> = tables(app)
            .into_iter()
            .map(|(line, _)| line)
            .filter(|line| line.starts_with(&format!("{table} ")))
            .map(|line| {
                let parts: Vec<&str> = line.splitn(3, ' ').collect();
                let value = match (parts[1], parts[2].to_lowercase()) {
                    ("account", _) => number.to_owned(),
                    (_, kind) if kind.starts_with("bigint") => "7".to_owned(),
                    (_, kind) if kind.starts_with("text") => "'x'".to_owned(),
                    _ => "'y'".to_owned(),
                };
                (parts[1].to_owned(), value)
            })
            .collect();
        let (mut named, mut values): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
        if !named.iter().any(|column| column == "account") {
            // It may be empty there.
            named.push("account".to_owned());
            values.push(number.to_owned());
        }
        let sql = format!("INSERT INTO {table} ({}) VALUES ({})", named.join(", "), values.join(", "));
        run(app, work, &sql);
        assert_eq!(run(app, work, &there), ["1"], "{table}");
    }
}

/// An account as it is in the middle of its life.
fn lively<'a>(app: &'a Ground, slug: &str) -> Scene<'a> {
    let scene = Scene::named(app, slug);
    let emails: Vec<String> =
        ["ada", "bo", "cy"].iter().map(|name| format!("{name}@{slug}.example")).collect();
    let users = scene.create_with_emails(&emails.iter().map(String::as_str).collect::<Vec<_>>());
    scene.apply(&[change(users[0], NICKNAME, None, Some("Countess"))]);
    let email = format!("owner@{slug}.example");
    let owner = scene.store().save_administrator(&email, &email, None, false, NOW).expect("it works");
    scene.store().give_role(scene.account, owner.id, Role::Owner).expect("it works");
    scene
        .store()
        .keep_token(scene.account, &format!("hash of {slug}"), "payroll", Role::Owner, None, NOW)
        .expect("kept");
    scene.store().touch_token(&format!("hash of {slug}"), NOW).expect("it works");
    scene.review(&[change(users[2], NICKNAME, None, Some("Sea"))]);
    scene.import();
    work_rows(
        app,
        "INSERT INTO upload (account, import, file, part, bytes) SELECT account, id, 1, 0, '' FROM import i
         WHERE NOT EXISTS (SELECT 1 FROM upload u WHERE u.account = i.account AND u.import = i.id)",
    );
    while !scene.store().refresh_search(1_000).expect("it works") {}
    scene
}

fn go_to_the_end(store: &Store) {
    while store.go_on_removing(NOW).expect("it works") {}
}

#[test]
fn no_table_has_a_row_of_an_account_that_was_removed() {
    on_both(|app| {
        let (acme, globex) = (lively(app, "acme"), lively(app, "globex"));
        let (number, other) = (number_of(app, "acme"), number_of(app, "globex"));
        fill_every_table(app, &number);
        let before = rows_of_account(app, &other);
        assert!(app.store.begin_removing(acme.account, NOW).expect("it works"));
        assert!(!app.store.begin_removing(acme.account, NOW).expect("it works"), "once");
        go_to_the_end(&app.store);
        assert_eq!(rows_of_account(app, &number), [""; 0]);
        assert_eq!(rows_of_account(app, &other), before, "nobody else lost anything");
        assert_eq!(work_rows(app, "SELECT hash FROM token_use"), ["hash of globex"]);
        assert_eq!(rows(app, "SELECT slug FROM account"), ["globex"]);
        assert_eq!(app.store.examine(NOW).expect("it can be read"), []);
        assert_eq!(
            app.store.create_account("acme", "Acme again", NOW).expect("it works"),
            None,
            "never again"
        );
        // What was claimed is free.
        globex.create(&[&line("ada@acme.example")]);
        globex.assert_whole();
    });
}

#[test]
fn from_the_mark_on_nobody_acts_in_it_and_the_doctor_is_content() {
    on_both(|app| {
        let acme = lively(app, "acme");
        let store = &app.store;
        let owner = store.administrator("owner@acme.example").expect("it works").expect("the owner");
        let lease = acme.enter(acme.review(&[change(
            acme.all().get(1).expect("a user").id(),
            NICKNAME,
            None,
            Some("B"),
        )]));
        assert!(store.membership(owner.id, "acme").expect("it works").is_some());
        assert!(store.begin_removing(acme.account, NOW).expect("it works"));
        assert_eq!(store.examine(NOW).expect("it can be read"), []);
        assert_eq!(store.account("acme").expect("it works"), None);
        assert_eq!(store.membership(owner.id, "acme").expect("it works"), None);
        assert_eq!(store.memberships(owner.id).expect("it works"), []);
        assert_eq!(store.token("hash of acme").expect("it works"), None);
        assert_eq!(store.accounts().expect("it works"), []);
        assert_eq!(store.waiting_imports(NOW).expect("it works"), []);
        assert_eq!(store.claim(None, "worker", NOW, NOW.plus(9)).expect("it works"), None);
        let outcome = acme.apply_at(&lease, acme.revision());
        assert_eq!(outcome, ::store::Outcome::Fenced, "who was applying stops");
        assert!(!store.enter_applying(acme.account, lease.import, 1, lease.fence, NOW).expect("it works"));
        let created = store.create_users(acme.account, &Users::new(&acme.fields()), "created", "test", NOW);
        assert!(matches!(created, Err(Error::Failed(_))), "{created:?}");
        assert_eq!(store.first_owner().expect("it works"), None);
    });
}

#[test]
fn whatever_statement_fails_the_rest_goes_later() {
    // PostgreSQL takes a second for each; what differs between the two is in few of them.
    on_sqlite(|app| fail_at_every(app, 1));
    on_postgres(|app| fail_at_every(app, 23));
}

fn fail_at_every(app: &Ground, step: u64) {
    let (mut at, mut kinds) = (1, [FaultKind::Failed, FaultKind::AnswerLost].into_iter().cycle());
    loop {
        let slug = format!("acme-{at}");
        let scene = lively(app, &slug);
        let number = number_of(app, &slug);
        app.store.faults().plan(Fault { at, kind: kinds.next().expect("one of two") });
        let begun = app.store.begin_removing(scene.account, NOW);
        let went = begun.and_then(|_| while_it_goes(&app.store));
        let happened = app.store.faults().clear();
        // Where PostgreSQL ends a connection, what only reads and what was not yet committed is done again over another one.
        if app.store.writes_in_turn() {
            assert_eq!(went.is_err(), happened.is_some(), "{at}: {happened:?}");
        }
        if app.store.account(&slug).expect("it works").is_some() {
            assert!(app.store.begin_removing(scene.account, NOW).expect("it works"));
        }
        go_to_the_end(&app.store);
        assert_eq!(rows_of_account(app, &number), [""; 0], "{at}: {happened:?}");
        if happened.is_none() {
            break;
        }
        at += step;
    }
    assert!(at > 30, "{at} statements");
    assert_eq!(app.store.examine(NOW).expect("it can be read"), []);
    assert_eq!(rows(app, "SELECT number FROM removed WHERE ended_at IS NULL"), [""; 0]);
}

fn while_it_goes(store: &Store) -> ::store::Result<()> {
    while store.go_on_removing(NOW)? {}
    Ok(())
}

#[test]
fn many_users_go_in_many_transactions() {
    on_both(|app| {
        let acme = Scene::new(app);
        let emails: Vec<String> = (0..4_500).map(|number| format!("p{number}@acme.example")).collect();
        acme.create_with_emails(&emails.iter().map(String::as_str).collect::<Vec<_>>());
        let number = number_of(app, "acme");
        app.store.begin_removing(acme.account, NOW).expect("it works");
        app.store.faults().plan(Fault { at: u64::MAX, kind: FaultKind::Failed });
        go_to_the_end(&app.store);
        assert!(app.store.faults().statements() > 3 * 2 + 3, "more than one step for each table");
        app.store.faults().clear();
        assert_eq!(rows_of_account(app, &number), [""; 0]);
        assert_eq!(rows(app, "SELECT COUNT(*) FROM login_key"), ["0"]);
    });
}

#[test]
fn rows_that_came_meanwhile_are_swept_up_later() {
    on_both(|app| {
        let acme = lively(app, "acme");
        let number = number_of(app, "acme");
        app.store.begin_removing(acme.account, NOW).expect("it works");
        go_to_the_end(&app.store);
        // The end of an upload that was on its way, and of a form.
        let mut upload = app.store.write_upload(acme.account, ImportId::new(NOW, 5), 1);
        upload.write(b"late").expect("kept");
        upload.finish().expect("kept");
        acme.import();
        assert_ne!(rows_of_account(app, &number), [""; 0]);
        app.store.sweep_removed(NOW.plus(60_000)).expect("it works");
        assert_eq!(rows_of_account(app, &number), [""; 0]);
    });
}

#[test]
fn practice_claims_in_itself_alone_and_ends() {
    on_both(|app| {
        let acme = Scene::new(app);
        acme.create(&[&line("ada@practice.example")]);
        let until = NOW.plus(1_000);
        let store = &app.store;
        let made = store.create_practice(("practice-x", "Practice"), 7, (NOW, until)).expect("it works");
        let made = made.expect("it is new");
        assert!(made.id.is_practice() && !acme.account.is_practice());
        assert_eq!(made.ends_at, Some(until));
        assert_eq!(
            store.create_practice(("practice-y", "Practice"), 7, (NOW, until)).expect("it works"),
            None,
            "one each"
        );
        assert_eq!(store.practice_of(7).expect("it works").map(|of| of.slug), Some("practice-x".to_owned()));
        // The same email in practice, twice over, and nobody elsewhere sees it.
        let practice = Scene { app, account: made.id };
        let users = practice.create(&[&line("ada@practice.example")]);
        let claim = Claim { kind: ClaimKind::Email, key: "ada@practice.example".to_owned() };
        assert_eq!(store.holder(made.id, &claim).expect("it works"), Some((made.id, users[0])));
        assert_eq!(
            store.holder(acme.account, &claim).expect("it works").map(|(of, _)| of),
            Some(acme.account)
        );
        let only = Claim { kind: ClaimKind::Email, key: "bo@practice.example".to_owned() };
        practice.create(&[&line("bo@practice.example")]);
        assert_eq!(store.holder(acme.account, &only).expect("it works"), None);
        let keys = ["bo@practice.example".to_owned()];
        assert_eq!(store.users_with_keys(made.id, ClaimKind::Email, &keys).expect("it works").len(), 1);
        assert_eq!(store.users_with_keys(acme.account, ClaimKind::Email, &keys).expect("it works").len(), 0);
        assert_eq!(store.examine(NOW).expect("it can be read"), []);
        // A plan of practice meets what practice has, and nothing else.
        let bo = practice.all().get(1).expect("bo").id();
        let import = practice.import();
        let lease = practice.claim(import);
        let wants = Claim { kind: ClaimKind::Email, key: "ada@practice.example".to_owned() };
        let later =
            ::store::LaterClaim { claim: wants, place: directory::Place::User(bo), field: standard::EMAIL };
        let cell = change(bo, standard::EMAIL, Some("bo@practice.example"), Some("ada@practice.example"));
        assert!(store.stage(&lease, &[cell], std::slice::from_ref(&later)).expect("it stages"));
        let held = store.held_claims_after(made.id, import, None, 9).expect("it works");
        assert_eq!(held, [later]);
        assert!(store.compare_claims(made.id).expect("it works").are_equal());
        // Its time is over.
        assert_eq!(store.end_practices(until.plus(-1)).expect("it works"), [""; 0]);
        assert_eq!(store.end_practices(until).expect("it works"), ["practice-x"]);
        go_to_the_end(store);
        assert_eq!(store.practices().expect("it works"), 0);
        assert!(
            store.create_practice(("practice-y", "Practice"), 7, (NOW, until)).expect("it works").is_some()
        );
        assert_eq!(store.accounts().expect("it works").len(), 2, "the organisation is there");
        acme.assert_whole();
    });
}

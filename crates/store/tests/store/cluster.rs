//! A cluster of Citus, where `MUSTER_TEST_CITUS` names one: nothing is refused, what a request or a row of an import asks is answered by one
//! machine, and tables are placed once.

use ::store::{
    AccountId, AttemptKind, Complete, Error, HalfSignIn, ImportId, ImportState, Placing, Role, SessionStart,
    Sort, Time, UsersQuery,
};
use directory::{FieldNumber, standard};
use ground::office::{ANN, Office, assert_state};
use ground::scene::{Scene, rows, settled, work_rows};
use ground::{Ground, NOW, on_citus, on_postgres, on_sqlite, open, with_citus};
use import::{Context, DownloadChoice, Format};

/// What EXPLAIN says of the statements that were run since the last reset.
#[derive(Default)]
struct Looked {
    /// How many it answered for.
    looked: usize,
    /// Those it did not: of some constants, which stand as parameters here, the server can't tell any more what they are.
    unlooked: Vec<String>,
    /// Those for more than one machine, each in one line.
    spread: Vec<String>,
}

fn look(app: &Ground) -> Looked {
    let mut client = postgres::Client::connect(&app.database, postgres::NoTls).expect("the cluster");
    let all = "SELECT DISTINCT query FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())";
    let statements: Vec<String> =
        client.query(all, &[]).expect("what was run").iter().map(|row| row.get(0)).collect();
    let ours = statements.iter().filter(|sql| {
        ["SELECT", "UPDATE", "INSERT", "DELETE"].iter().any(|word| sql.starts_with(word))
            && !["pg_", "citus", "assign_distributed", "current_setting", "to_regclass", "clock_timestamp"]
                .iter()
                .any(|of| sql.contains(of))
    });
    let mut found = Looked::default();
    for sql in ours {
        let line = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        match tasks(&mut client, sql) {
            Ok(tasks) => {
                found.looked += 1;
                found.spread.extend((tasks > 1).then_some(line));
            }
            Err(_) => found.unlooked.push(line),
        }
    }
    found
}

/// For how many shards a statement is, in the largest of its parts.
fn tasks(client: &mut postgres::Client, sql: &str) -> Result<u32, postgres::Error> {
    client.batch_execute(&format!("DEALLOCATE ALL; PREPARE asked AS {sql}"))?;
    let types =
        "SELECT unnest(parameter_types)::text LIKE '%[]' FROM pg_prepared_statements WHERE name = 'asked'";
    let values: Vec<&str> =
        client.query(types, &[])?.iter().map(|row| if row.get(0) { "'{1}'" } else { "'1'" }).collect();
    let values = if values.is_empty() { String::new() } else { format!("({})", values.join(", ")) };
    let lines = client.simple_query(&format!("EXPLAIN EXECUTE asked{values}"))?;
    let tasks = lines.iter().filter_map(|line| match line {
        postgres::SimpleQueryMessage::Row(row) => {
            row.get(0)?.trim().strip_prefix("Task Count: ")?.parse::<u32>().ok()
        }
        _ => None,
    });
    Ok(tasks.max().unwrap_or_default())
}

/// What may be for more than one machine, whole, as the server counts it, with why.
const MAY_SPREAD: &[(&str, &str)] = &[
    (
        "DELETE FROM login_key USING unnest($2::BIGINT[], $3::TEXT[], $4::BIGINT[]) AS r (v2, v3, v4) \
         WHERE kind = r.v2 AND key = r.v3 AND account = $1 AND user_id = r.v4",
        "claims are placed by their keys: one statement gives thousands of them up",
    ),
    (
        "SELECT (SELECT COUNT(*) FROM login_key WHERE account = $1) + (SELECT COUNT(*) FROM unique_key WHERE account = $1)",
        "the doctor compares claims, as this test does at its end",
    ),
];

/// Runs some work and looks at what it asked: nothing but what may is for more than one machine, and at least so many statements were looked at.
fn assert_each_is_for_one(app: &Ground, at_least: usize, work: impl FnOnce()) {
    rows(app, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    rows(app, "SELECT pg_stat_statements_reset()");
    work();
    let Looked { looked, unlooked, mut spread } = look(app);
    spread.retain(|line| !MAY_SPREAD.iter().any(|(may, _)| line == may));
    assert!(looked >= at_least, "only {looked} statements were looked at");
    assert!(spread.is_empty(), "{} of {looked} statements:\n{}", spread.len(), spread.join("\n"));
    assert!(unlooked.len() * 20 < looked, "not looked at beside {looked}:\n{}", unlooked.join("\n"));
}

#[test]
fn what_a_request_or_a_row_asks_is_answered_by_one_machine() {
    on_citus(|app| {
        let mut office = Office::new(app);
        office.hire_more(50);
        assert_each_is_for_one(app, 100, || {
            let sheet = office.csv().with(0, "job_title", "Clerk").with(1, "email", "new@acme.example");
            let import = office.upload(sheet.text().as_bytes());
            assert_state(&import, ImportState::Review);
            let done = office.complete(&import);
            assert_state(&done, ImportState::Done);
            looked_at(app, office.account.id, &office);
            office.edit(2, "job_title", "Cook");
            let bad = office.upload_by(
                office.csv().with(3, "email", "no email").text().as_bytes(),
                ANN,
                Complete::Never,
            );
            assert_state(&bad, ImportState::Review);
            let undone = office.undo(&done);
            assert_state(&undone, ImportState::Done);
            office.check_history();
        });
    });
}

/// What pages show of an account.
fn looked_at(app: &Context, account: AccountId, office: &Office<'_>) {
    let fields = app.store.fields(account).expect("fields");
    assert!(fields.get(FieldNumber(1)).is_some());
    assert!(!app.store.imports(account, None, 10).expect("imports").is_empty());
    assert!(app.store.account("acme").expect("it works").is_some());
    for user in &office.ids[..3] {
        app.store.history_of(account, *user, i64::MAX as u64, 10).expect("a history");
    }
}

#[test]
fn a_sign_in_and_the_pages_of_users_are_answered_by_one_machine() {
    on_citus(|app| {
        let mut office = Office::new(app);
        let store = &app.store;
        let is_fresh = |_| store.refresh_search(1_000).expect("it works");
        assert!((0..100).any(is_fresh), "the search is never up to date");
        let ann = store.save_administrator("ann@acme.example", "ann@acme.example", Some("hash"), false, NOW);
        let ann = ann.expect("an administrator").id;
        for slug in ["beta", "gamma"] {
            let made = store.create_account(slug, slug, NOW).expect("it works").expect("an account");
            store.give_role(made.id, ann, Role::Owner).expect("a role");
        }
        store.give_role(office.account.id, ann, Role::Owner).expect("a role");
        // More than are looked up at once; the first search puts them into its index.
        office.hire_more(250);
        assert_each_is_for_one(app, 40, || {
            sign_in(app, ann).expect("it works");
            users_pages(app, office.account.id, ann).expect("it works");
        });
    });
}

/// What a sign-in with a password and a code asks, and each page after it.
fn sign_in(app: &Context, ann: i64) -> Result<(), Error> {
    let store = &app.store;
    store.administrator("ann@acme.example")?;
    store.knows_device("device", ann, NOW)?;
    store.failures("email:ann")?;
    store.note_failure("email:ann", AttemptKind::Administrator, NOW)?;
    store.clear_failures("email:ann")?;
    store.factor(ann)?;
    store.begin_half_sign_in("half", HalfSignIn { administrator: ann, by_link: false }, NOW, NOW)?;
    store.half_sign_in("half", NOW)?;
    store.count_wrong_code("half", 5)?;
    store.end_half_sign_in("half")?;
    let noting = app.noting_everywhere(&events::Event::SignedIn.line().by_administrator(ann), ann)?;
    noting.store.forget_old_sessions(NOW, NOW, NOW)?;
    noting.store.start_session("session", ann, &SessionStart::default(), NOW)?;
    store.note_device("device", ann, NOW, NOW)?;
    store.session("session")?;
    store.touch_session("session", NOW)?;
    assert_eq!(store.memberships(ann)?.len(), 3);
    let (membership, has_others) = store.membership(ann, "acme")?.expect("a role");
    assert!(membership.account.slug == "acme" && has_others);
    store.end_session("session")
}

/// What the pages of users ask, with searches that the index answers and one that it can't, and a download.
fn users_pages(app: &Context, account: AccountId, ann: i64) -> Result<(), Error> {
    let store = &app.store;
    let fields = store.fields(account)?;
    store.saved_searches(account, ann)?;
    store.preference(ann, account, "columns")?;
    store.unread_releases(account)?;
    store.ticket_sums(account)?;
    store.imports(account, None, 10)?;
    let plain = UsersQuery { limit: 3, ..UsersQuery::default() };
    let (mut asked, searches) = (Vec::new(), ["", "acme", "a", "usr_0000000001 acme"]);
    for sort in [Sort::Name, Sort::SignIn, Sort::Created, Sort::Field(standard::DEPARTMENT)] {
        asked.extend(searches.map(|search| UsersQuery { sort, search: search.to_owned(), ..plain.clone() }));
    }
    asked.push(UsersQuery { filters: vec![(standard::STATUS, "active".to_owned())], ..plain.clone() });
    asked.push(UsersQuery { filters: vec![(standard::USER, "0".to_owned())], ..plain });
    for query in asked {
        let page = import::users_page(app, account, &fields, &query)?;
        if let Some(next) = page.next {
            import::users_page(app, account, &fields, &UsersQuery { cursor: Some(next), ..query.clone() })?;
        }
        store.count_users(account, &query, 100)?;
    }
    import::download(app, account, &DownloadChoice::everyone(Format::Csv), &mut Vec::new()).map(drop)
}

/// The imports that a worker would find, by their numbers.
fn found(scene: &Scene<'_>, now: Time) -> Vec<ImportId> {
    let waiting = scene.store().waiting_imports(now).expect("it works");
    waiting.into_iter().map(|waiting| waiting.import).collect()
}

/// How many accounts are announced as having work.
fn announced(app: &Ground) -> String {
    rows(app, "SELECT COUNT(*) FROM waiting").remove(0)
}

/// As if what is announced had been long ago, by the clock of tests, which stands, too.
fn make_old(app: &Ground) {
    rows(app, "UPDATE waiting SET since = 1 WHERE key = 'import'");
}

#[test]
fn who_looks_for_imports_again_and_again_asks_one_machine() {
    on_citus(|app| {
        let scene = Scene::new(app);
        Scene::named(app, "beta");
        assert_each_is_for_one(app, 8, || {
            assert_eq!(found(&scene, NOW), [], "nothing is there");
            let first = scene.import();
            assert_eq!(found(&scene, NOW), [first]);
            let lease = scene.claim(first);
            make_old(app);
            assert_eq!(found(&scene, NOW), [], "somebody works on it");
            assert_eq!(found(&scene, NOW.plus(20_000)), [first], "its worker died");
            assert!(scene.store().settle(&lease, &settled(ImportState::Review, 0)).expect("it works"));
            assert!(scene.store().imports_are_under_way().expect("it works"));
            assert_eq!(found(&scene, NOW), [], "it waits for people");
            assert!(!scene.store().imports_are_under_way().expect("it works"));
        });
        assert_eq!(announced(app), "0", "whoever finds nothing takes the word back");
    });
}

#[test]
fn a_word_that_was_given_a_moment_ago_stays() {
    on_citus(|app| {
        let scene = Scene::new(app);
        let lease = scene.claim(scene.import());
        assert!(scene.store().settle(&lease, &settled(ImportState::Review, 0)).expect("it works"));
        assert_eq!(found(&scene, NOW), []);
        assert_eq!(announced(app), "1", "its transaction may not have come to all machines");
    });
}

#[test]
fn work_of_many_accounts_is_found_and_what_was_not_announced_too() {
    on_citus(|app| {
        let scenes: Vec<_> = (0..20).map(|number| Scene::named(app, &format!("office-{number}"))).collect();
        let mut imports: Vec<_> = scenes.iter().map(|scene| scene.import()).collect();
        imports.sort();
        let all = || {
            let mut all = found(&scenes[0], NOW);
            all.sort();
            all
        };
        assert_eq!(all(), imports);
        rows(app, "DELETE FROM waiting");
        assert_eq!(all(), []);
        app.store.announce_forgotten().expect("it works");
        assert_eq!((all(), announced(app)), (imports, "20".to_owned()));
        rows(app, "UPDATE import SET state = 'cancelled' WHERE account > 0");
        make_old(app);
        assert_eq!((all(), announced(app)), (Vec::new(), "0".to_owned()));
    });
}

#[test]
fn work_is_found_before_the_table_that_says_so_is_placed() {
    on_citus(|app| {
        // As after an upgrade of a database that was distributed before there was the table.
        rows(app, "SELECT undistribute_table('waiting')");
        let scene = Scene::new(app);
        let first = scene.import();
        assert_eq!(found(&scene, NOW), [first]);
        for placement in app.store.placements().expect("it answers").expect("PostgreSQL") {
            app.store.place(&placement).expect("placed");
        }
        assert_eq!((found(&scene, NOW), announced(app)), (vec![first], "1".to_owned()));
    });
}

#[test]
fn no_other_database_is_told_who_has_work() {
    let look = |app: &Ground| {
        let scene = Scene::new(app);
        let import = scene.import();
        app.store.announce_forgotten().expect("it works");
        assert_eq!(found(&scene, NOW), [import]);
    };
    on_sqlite(|app| {
        look(app);
        assert_eq!(work_rows(app, "SELECT COUNT(*) FROM waiting"), ["0"]);
    });
    on_postgres(|app| {
        look(app);
        assert_eq!(announced(app), "0");
    });
}

#[test]
fn the_doctor_finds_what_is_wrong_on_a_cluster_and_mends_it() {
    on_citus(|app| {
        let mut office = Office::new(app);
        office.hire_more(5);
        let words = || -> Vec<_> {
            let found = app.store.examine(NOW).expect("it can be read");
            found.iter().map(|finding| finding.ailment.word()).collect()
        };
        assert_eq!(words(), [""; 0]);
        for (damage, word) in [
            ("UPDATE account SET users = users + 1", "users_counted"),
            (
                "INSERT INTO login_key (kind, key, account, user_id) SELECT 2, 'nobody', id, 7 FROM account",
                "claim_of_nobody",
            ),
            (
                "INSERT INTO unique_key (account, field, key, user_id) SELECT id, 101, 'nobody', 7 FROM account",
                "claim_of_nobody",
            ),
            ("DELETE FROM login_key WHERE key LIKE 'ada%'", "unclaimed"),
            ("UPDATE account SET next_field = 1", "numbers"),
            ("UPDATE deployment SET next_user = 1", "numbers"),
            (
                "INSERT INTO warning (account, import, code, place, cells) VALUES (1, 77, 'x', '', 1)",
                "orphans",
            ),
            (
                "INSERT INTO applying (account, import, plan, fence, at) SELECT id, 77, 1, 1, 0 FROM account",
                "applying",
            ),
        ] {
            rows(app, damage);
            assert_eq!(words(), [word], "{damage}");
            app.store.mend(&app.store.examine(NOW).expect("it can be read"), NOW).expect("it works");
            assert_eq!(words(), [""; 0], "after mending, {damage}");
        }
        rows(app, "UPDATE account SET revision = revision + 1");
        assert_eq!(words(), ["revisions", "digest"]);
    });
}

#[test]
fn tables_are_placed_once_and_what_is_missing_is_found() {
    with_citus(|database| {
        let app = open(database);
        let placements = || app.store.placements().expect("it answers").expect("PostgreSQL");
        assert!(
            placements().iter().all(|placement| placement.found == Placing::Here),
            "nothing is placed yet"
        );
        Office::new(&app);
        let all = placements();
        // Killed in the middle, it is run again.
        for placement in &all[..all.len() / 2] {
            app.store.place(placement).expect("placed");
        }
        for placement in placements() {
            app.store.place(&placement).expect("placed");
        }
        assert_eq!(placements().iter().filter(|placement| placement.found != placement.wanted).count(), 0);
        assert_eq!(rows(&app, "SELECT COUNT(*) FROM users"), ["6"], "rows that were there are there");
        rows(&app, "SELECT undistribute_table('answer')");
        let waiting: Vec<_> =
            placements().into_iter().filter(|placement| placement.found != placement.wanted).collect();
        assert_eq!(waiting.iter().map(|placement| placement.table.as_str()).collect::<Vec<_>>(), ["answer"]);
    });
}

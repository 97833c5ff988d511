//! The doctor: a sound database has nothing, each damage is found and named, and what follows from the rest is mended.

use ::store::{Ailment, Finding, SessionStart, Store, Unlooked};

use ground::scene::{NICKNAME, Scene, change, rows, rows_of, work_rows};
use ground::{Ground, NOW, on_both, on_one_machine, on_postgres};

use directory::standard;

/// An account with users, managers, claims, a history, an administrator who is signed in, an import in review and one that is done.
fn patient(app: &Ground) -> Scene<'_> {
    let scene = Scene::new(app);
    let users = scene.create_with_emails(&["ada@acme.example", "bo@acme.example", "cy@acme.example"]);
    scene.apply(&[
        change(users[0], NICKNAME, None, Some("Countess")),
        change(users[1], standard::MANAGER, None, Some(&users[0].to_string())),
    ]);
    let admin =
        scene.store().save_administrator("o@acme.example", "o@acme.example", None, false, NOW).expect("it");
    scene.store().give_role(scene.account, admin.id, ::store::Role::Owner).expect("it works");
    scene.store().start_session("a cookie", admin.id, &SessionStart::default(), NOW).expect("it works");
    scene.review(&[change(users[2], NICKNAME, None, Some("Sea"))]);
    work_rows(
        app,
        "INSERT INTO upload (account, import, file, part, bytes) SELECT account, id, 1, 0, '' FROM import WHERE state = 'review'",
    );
    work_rows(
        app,
        "INSERT INTO upload (account, import, file, part, bytes) SELECT account, id, 1, 1, '' FROM import WHERE state = 'review'",
    );
    scene
}

fn words(findings: &[Finding]) -> Vec<&'static str> {
    let mut words: Vec<_> = findings.iter().map(|finding| finding.ailment.word()).collect();
    words.dedup();
    words
}

fn examine(store: &Store) -> Vec<Finding> {
    store.examine(NOW).expect("it can be read")
}

#[test]
fn a_sound_database_has_nothing() {
    on_both(|app| {
        patient(app);
        assert_eq!(examine(&app.store), []);
    });
}

/// Which of the two files, what is done to it, and by which words it is found; the last tells whether it can be mended.
type Damage = (&'static str, &'static str, &'static [&'static str], bool);

const DIRECTORY: &str = "directory";
const WORK: &str = "work";

const DAMAGES: &[Damage] = &[
    (DIRECTORY, "UPDATE account SET users = users + 1", &["users_counted"], true),
    (DIRECTORY, "UPDATE account SET users = 0", &["users_counted"], true),
    (DIRECTORY, "DELETE FROM login_key WHERE key LIKE 'ada%'", &["unclaimed"], true),
    (DIRECTORY, "DELETE FROM login_key", &["unclaimed"], true),
    (
        DIRECTORY,
        "UPDATE login_key SET key = 'else@acme.example' WHERE key LIKE 'bo%'",
        &["claim_of_nobody", "unclaimed"],
        true,
    ),
    (
        DIRECTORY,
        "UPDATE login_key SET user_id = (SELECT MAX(id) FROM users) WHERE key LIKE 'ada%'",
        &["claim_of_nobody", "unclaimed"],
        true,
    ),
    (
        DIRECTORY,
        "INSERT INTO login_key (kind, key, account, user_id) SELECT 2, 'nobody', id, 7 FROM account",
        &["claim_of_nobody"],
        true,
    ),
    (
        DIRECTORY,
        "INSERT INTO login_key (kind, key, account, user_id) SELECT 1, 'newhire@acme.example', account, MAX(id) FROM users GROUP BY account",
        &["claim_of_nobody"],
        true,
    ),
    (
        DIRECTORY,
        "INSERT INTO unique_key (account, field, key, user_id) SELECT account, 101, 'of somebody', MAX(id) FROM users GROUP BY account",
        &["claim_of_nobody"],
        true,
    ),
    (
        DIRECTORY,
        "INSERT INTO unique_key (account, field, key, user_id) SELECT id, 101, 'nobody', 7 FROM account",
        &["claim_of_nobody"],
        true,
    ),
    (DIRECTORY, "UPDATE users SET name_key = 'zzz' WHERE email LIKE 'cy%'", &["sort_keys"], true),
    (DIRECTORY, "UPDATE users SET sign_in_key = ''", &["sort_keys"], true),
    (
        DIRECTORY,
        "UPDATE users SET last_name = 'Other' WHERE email LIKE 'bo%'",
        &["sort_keys", "history_ends"],
        false,
    ),
    (DIRECTORY, "UPDATE users SET job_title = 'Other' WHERE email LIKE 'bo%'", &["history_ends"], false),
    (DIRECTORY, "UPDATE users SET custom = NULL", &["history_ends"], false),
    (DIRECTORY, "UPDATE users SET custom = '{broken' WHERE email LIKE 'ada%'", &["values_unreadable"], false),
    (
        DIRECTORY,
        "UPDATE users SET withdrawn = 1 WHERE email LIKE 'bo%'",
        &["users_counted", "claim_of_nobody", "history_ends"],
        false,
    ),
    (
        DIRECTORY,
        "UPDATE users SET manager = 'usr_0000000000000' WHERE manager IS NOT NULL",
        &["manager_unknown", "history_ends"],
        false,
    ),
    (
        DIRECTORY,
        "DELETE FROM users WHERE email LIKE 'cy%'",
        &["users_counted", "claim_of_nobody", "history_of_nothing"],
        false,
    ),
    (DIRECTORY, "UPDATE history SET after = 'Duchess' WHERE field = 101", &["history_ends", "digest"], false),
    (
        DIRECTORY,
        "UPDATE history SET before = 'Lady' WHERE field = 101",
        &["history_replaced", "digest"],
        false,
    ),
    (
        DIRECTORY,
        "DELETE FROM history WHERE field = 0 AND user_id = (SELECT MIN(user_id) FROM history)",
        &["history_replaced", "history_ends", "digest"],
        false,
    ),
    (
        DIRECTORY,
        "INSERT INTO history (account, revision, user_id, field) SELECT account, revision, 7, 101 FROM revision WHERE revision = 3",
        &["history_of_nothing", "history_replaced", "digest"],
        false,
    ),
    (
        DIRECTORY,
        "DELETE FROM revision WHERE revision = 3",
        &["revisions", "history_of_nothing", "digest"],
        false,
    ),
    (DIRECTORY, "UPDATE account SET revision = revision + 1", &["revisions", "digest"], false),
    (DIRECTORY, "UPDATE account SET revision = revision - 1", &["revisions"], false),
    (DIRECTORY, "UPDATE users SET revision = 99 WHERE email LIKE 'cy%'", &["revisions"], false),
    (DIRECTORY, "UPDATE revision SET actor = 'nobody' WHERE revision = 3", &["digest"], false),
    (DIRECTORY, "UPDATE deployment SET next_user = 1", &["numbers"], true),
    (DIRECTORY, "UPDATE deployment SET next_administrator = 1", &["numbers"], true),
    (DIRECTORY, "UPDATE deployment SET next_account = 1", &["numbers"], true),
    (DIRECTORY, "UPDATE account SET next_field = 1", &["numbers"], true),
    (
        DIRECTORY,
        "UPDATE users SET account = 77 WHERE email LIKE 'cy%'",
        &["users_counted", "of_no_account", "claim_of_nobody", "history_of_nothing"],
        false,
    ),
    (
        DIRECTORY,
        "INSERT INTO token (hash, account, name, role, created_at) VALUES ('x', 77, 'x', 'owner', 0)",
        &["of_no_account"],
        false,
    ),
    (DIRECTORY, "DELETE FROM administrator", &["of_no_administrator"], true),
    (
        DIRECTORY,
        "INSERT INTO applying (account, import, plan, fence, at) SELECT id, 77, 1, 1, 0 FROM account",
        &["applying"],
        true,
    ),
    (DIRECTORY, "DROP INDEX users_by_name", &["schema"], false),
    (DIRECTORY, "ALTER TABLE users DROP COLUMN external_id", &["schema"], false),
    (WORK, "UPDATE import SET lease_until = 9000000000000 WHERE state = 'review'", &["lease"], true),
    (
        WORK,
        "UPDATE import SET state = 'done', applied = 99 WHERE state = 'review'",
        &["applied_without_proof"],
        false,
    ),
    (WORK, "DELETE FROM upload WHERE part = 0", &["upload"], false),
    (WORK, "DELETE FROM upload", &["upload"], false),
    (
        WORK,
        "UPDATE upload_size SET bytes = 5 WHERE import = (SELECT id FROM import WHERE state = 'review')",
        &["upload"],
        false,
    ),
    (WORK, "UPDATE import SET state = 'bogus' WHERE state = 'review'", &["import_state"], false),
    (WORK, "UPDATE import SET kind = 'bogus' WHERE state = 'review'", &["words_unknown"], false),
    (WORK, "UPDATE import SET complete = 'bogus' WHERE state = 'review'", &["words_unknown"], false),
    (DIRECTORY, "UPDATE role SET role = 'bogus'", &["words_unknown"], false),
    (DIRECTORY, "UPDATE field SET kind = 'bogus' WHERE number = 101", &["digest", "words_unknown"], false),
    (
        WORK,
        "UPDATE import SET state = 'applying', applied = 3 WHERE state = 'review'",
        &["applied_without_proof"],
        false,
    ),
    (WORK, "DELETE FROM import WHERE state = 'review'", &["orphans"], true),
    (
        WORK,
        "INSERT INTO warning (account, import, code, place, cells) VALUES (1, 77, 'x', '', 1)",
        &["orphans"],
        true,
    ),
    (
        WORK,
        "INSERT INTO session (hash, administrator, created_at, seen_at) VALUES ('y', 77, 0, 0)",
        &["of_no_administrator"],
        true,
    ),
    (WORK, "DROP INDEX import_unfinished", &["schema"], false),
];

/// What does not come out as it should.
fn wrong(app: &Ground, (file, sql, expected, mendable): &Damage) -> Option<String> {
    patient(app);
    if *file == DIRECTORY {
        rows(app, sql)
    } else {
        work_rows(app, sql)
    };
    let found = examine(&app.store);
    if words(&found) != *expected || found.iter().any(|finding| finding.count == 0) {
        return Some(format!("{sql}: {found:?}"));
    }
    app.store.mend(&found, NOW).expect("it works");
    let left = examine(&app.store);
    let is_mended = left.iter().all(|finding| !finding.ailment.is_mendable()) && left.is_empty() == *mendable;
    (!is_mended).then(|| format!("after mending, {sql}: {left:?}"))
}

#[test]
fn each_damage_is_found_and_what_follows_from_the_rest_is_mended() {
    let wrongs = std::cell::RefCell::new(Vec::new());
    for damage in DAMAGES {
        on_one_machine(|app| wrongs.borrow_mut().extend(wrong(app, damage)));
    }
    let wrongs = wrongs.into_inner();
    assert!(DAMAGES.len() >= 30 && wrongs.is_empty(), "{}", wrongs.join("\n"));
}

#[test]
fn a_search_index_that_is_ahead_is_begun_anew() {
    on_both(|app| {
        patient(app);
        while !app.store.refresh_search(100).expect("it works") {}
        assert_eq!(examine(&app.store), []);
        work_rows(app, "UPDATE users_text_2_place SET revision = 99");
        let found = examine(&app.store);
        assert_eq!(words(&found), ["search_index"]);
        app.store.mend(&found, NOW).expect("it works");
        assert_eq!(examine(&app.store), []);
    });
}

#[test]
fn an_upload_that_lost_bytes_is_not_handed_out() {
    on_both(|app| {
        let scene = patient(app);
        work_rows(
            app,
            "UPDATE upload_size SET bytes = 3 WHERE import = (SELECT import FROM upload WHERE part = 0)",
        );
        let bytes = if app.database.starts_with("sqlite:") { "x'6162'" } else { "'ab'" };
        work_rows(app, &format!("UPDATE upload SET bytes = {bytes} WHERE part = 0"));
        let imports = work_rows(app, "SELECT CAST(import AS TEXT) FROM upload WHERE part = 0");
        let import = ::store::ImportId::of_number(imports[0].parse().expect("a number"));
        let error = scene.store().whole_upload(scene.account, import, 1).err().expect("it is refused");
        assert!(error.to_string().contains("3 bytes came, and 2 are there"), "{error}");
    });
}

#[test]
fn a_value_that_two_users_have_is_not_mended_in_silence() {
    on_both(|app| {
        patient(app);
        rows(app, "UPDATE users SET email = 'ada@acme.example' WHERE email LIKE 'bo%'");
        let found = examine(&app.store);
        assert_eq!(words(&found), ["claim_of_nobody", "unclaimed", "sort_keys", "history_ends"]);
        app.store.mend(&found, NOW).expect("it works");
        assert_eq!(words(&examine(&app.store)), ["unclaimed", "history_ends"], "one of the two has it");
    });
}

#[test]
fn each_ailment_has_a_word_of_its_own() {
    let mut all: Vec<_> = Ailment::ALL.iter().map(|ailment| ailment.word()).collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), Ailment::ALL.len());
}

#[test]
fn a_wall_that_somebody_opened_is_found() {
    const OPENED: [&str; 4] = [
        "CREATE POLICY open ON users USING (true)",
        "ALTER POLICY of_account ON history USING (true)",
        "ALTER POLICY of_account ON login_key WITH CHECK (true)",
        "ALTER TABLE users NO FORCE ROW LEVEL SECURITY",
    ];
    for opened in OPENED {
        on_postgres(|app| {
            patient(app);
            rows(app, opened);
            assert_eq!(words(&examine(&app.store)), ["schema"], "{opened}");
        });
    }
}

#[test]
fn on_postgresql_an_index_that_lost_rows_is_found_where_the_database_can_look() {
    on_postgres(|app| {
        patient(app);
        assert_eq!(app.store.unlooked().expect("it answers"), Some(Unlooked::NoAmcheck));
        let superuser = ground::kept_by_superuser(&app.database);
        let extension = "CREATE EXTENSION amcheck; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO PUBLIC";
        rows_of(&superuser, extension);
        assert_eq!(app.store.unlooked().expect("it answers"), None);
        assert_eq!(examine(&app.store), []);
        // Two indexes with each other's pages: each is in order, and neither has the rows of its table.
        rows_of(
            &superuser,
            "SET allow_system_table_mods = on;
             UPDATE pg_class c SET relfilenode = o.relfilenode FROM pg_class o
             WHERE (c.relname, o.relname) IN (('users_by_name', 'users_by_sign_in'), ('users_by_sign_in', 'users_by_name'))",
        );
        let found = app.store.examine(NOW).expect("it can be read");
        assert_eq!(words(&found), ["pages"], "{found:?}");
        assert!(found[0].first.contains("index users_by_"), "{found:?}");
    });
}

//! What a server of PostgreSQL gives the role of Muster, and has set for it: few connections, odd settings.

use std::thread;

use ::store::{Error, Randomness, Store};
use ground::scene::{NICKNAME, Scene, change, rows_of};
use ground::{NOW, open, with_postgres};

/// Runs statements over a connection that is closed again, in which `HERE` is the name of the database.
fn set(database: &str, sql: &str) {
    let name = database.split('?').next().and_then(|address| address.rsplit('/').next()).expect("a name");
    ground::see_all(database).batch_execute(&sql.replace("HERE", name)).expect("it is set");
    // The server counts a connection until it has seen its end; a superuser's is not counted.
    let mut watching = ground::see_all(&ground::kept_by_superuser(database));
    let there = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    while watching.query_one(there, &[]).expect("it answers").get::<_, i64>(0) > 0 {
        thread::yield_now();
    }
}

fn refused(database: &str) -> String {
    Store::open(database, &Randomness::sequence(2), NOW).err().expect("it is refused").to_string()
}

#[test]
fn who_may_have_one_connection_is_told_that_it_takes_two() {
    with_postgres(|database| {
        set(&database, "ALTER DATABASE \"HERE\" CONNECTION LIMIT 1");
        let told = refused(&database);
        assert!(told.contains("CONNECTION LIMIT") && told.contains("needs two"), "{told}");
        set(&database, "ALTER DATABASE \"HERE\" CONNECTION LIMIT -1");
        open(database);
    });
}

/// So many work at once.
const WORKERS: usize = 6;

#[test]
fn two_connections_are_enough_for_many_at_once() {
    with_postgres(|database| {
        set(&database, "ALTER DATABASE \"HERE\" CONNECTION LIMIT 2");
        let app = open(database);
        assert_eq!(app.store.connections_allowed().expect("it answers"), Some(2));
        let scene = Scene::new(&app);
        let users = scene.create_with_emails(&["ann@acme.example", "bo@acme.example"]);
        scene.apply(&[change(users[0], NICKNAME, None, Some("Countess"))]);
        thread::scope(|scope| {
            for worker in 0..WORKERS {
                let (app, account) = (&app, scene.account);
                scope.spawn(move || {
                    for round in 0..5 {
                        // The search follows in a transaction, beside which it writes over a second connection.
                        app.store.refresh_search(10).expect("it follows");
                        app.store.account_now(account).expect("it reads");
                        let slug = format!("of-{worker}-{round}");
                        app.store.create_account(&slug, &slug, NOW).expect("it writes").expect("it is free");
                    }
                });
            }
        });
        assert_eq!(scene.value(users[0], NICKNAME).as_deref(), Some("Countess"));
    });
}

/// What a role, or its database, may have set for others.
const ODD: &str =
    "CREATE SCHEMA odd; ALTER ROLE CURRENT_USER IN DATABASE \"HERE\" SET statement_timeout = '100ms';
    ALTER ROLE CURRENT_USER IN DATABASE \"HERE\" SET lock_timeout = '50ms';
    ALTER ROLE CURRENT_USER IN DATABASE \"HERE\" SET idle_in_transaction_session_timeout = '10ms';
    ALTER ROLE CURRENT_USER IN DATABASE \"HERE\" SET default_transaction_isolation = 'serializable';
    ALTER ROLE CURRENT_USER IN DATABASE \"HERE\" SET search_path = odd, public;
    ALTER ROLE CURRENT_USER IN DATABASE \"HERE\" SET DateStyle = 'German';
    ALTER ROLE CURRENT_USER IN DATABASE \"HERE\" SET TimeZone = 'Asia/Tokyo';
    ALTER ROLE CURRENT_USER IN DATABASE \"HERE\" SET bytea_output = 'escape';
    ALTER ROLE CURRENT_USER IN DATABASE \"HERE\" SET standard_conforming_strings = off;
    ALTER ROLE CURRENT_USER IN DATABASE \"HERE\" SET client_encoding = 'LATIN1';
    ALTER ROLE CURRENT_USER IN DATABASE \"HERE\" SET synchronous_commit = off";

#[test]
fn what_a_role_has_set_for_others_does_not_hold_for_muster() {
    for options in ["connections=4", "prepared=off"] {
        with_postgres(|database| {
            set(&database, ODD);
            let sign = if database.contains('?') { "&" } else { "?" };
            let app = open(format!("{database}{sign}{options}"));
            let scene = Scene::new(&app);
            let users = scene.create_with_emails(&["ann@acme.example"]);
            let name = "Zoë \\ O'Ż\u{1F600}";
            scene.apply(&[change(users[0], NICKNAME, None, Some(name))]);
            assert_eq!(scene.value(users[0], NICKNAME).as_deref(), Some(name));
            while !app.store.refresh_search(100).expect("the search follows") {}
            let odd = "SELECT CAST(COUNT(*) AS BIGINT) FROM pg_tables WHERE schemaname = 'odd' AND tablename = 'users'";
            assert_eq!(rows_of(&database, odd), ["1"], "which schema is meant is the operator's to say");
            waits_longer_than_was_set(&app, &database);
        });
    }
}

/// Somebody who writes waits for another one longer than the role's settings let a statement, or a lock, take.
fn waits_longer_than_was_set(app: &ground::Ground, database: &str) {
    let mut other = ground::see_all(database);
    other
        .batch_execute("SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0")
        .expect("set");
    other.batch_execute("BEGIN; LOCK TABLE account IN ACCESS EXCLUSIVE MODE").expect("locked");
    thread::scope(|scope| {
        let waits = scope.spawn(|| app.store.create_account("late", "Late", NOW));
        let is_late = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                       AND query_start < clock_timestamp() - interval '300 milliseconds'";
        // In this transaction the view would stand still.
        let mut watching = ground::see_all(database);
        while watching.query_one(is_late, &[]).expect("it answers").get::<_, i64>(0) == 0
            && !waits.is_finished()
        {}
        other.batch_execute("ROLLBACK").expect("let go");
        waits.join().expect("it ends").expect("it was waited for").expect("it is free");
    });
}

#[test]
fn a_role_that_may_only_read_is_told_by_which_setting() {
    with_postgres(|database| {
        let app = open(database);
        let only_reads =
            "ALTER ROLE CURRENT_USER IN DATABASE \"HERE\" SET default_transaction_read_only = on";
        let name =
            app.database.split('?').next().and_then(|address| address.rsplit('/').next()).expect("a name");
        let mut client = ground::see_all(&app.database);
        client.batch_execute(&only_reads.replace("HERE", name)).expect("it is set");
        let opened = Store::open(&app.database, &Randomness::sequence(2), NOW).expect("it can be read");
        assert!(opened.accounts().expect("it reads").is_empty());
        let refused = opened.create_account("late", "Late", NOW).expect_err("nothing is written");
        assert!(matches!(refused, Error::OnlyReads), "{refused:?}");
        assert!(refused.to_string().contains("default_transaction_read_only"), "{refused}");
    });
}

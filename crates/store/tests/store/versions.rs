//! A newer program brings the database up to date while an older one is at work: that writes nothing any more, from that very moment on.

use std::time::Duration;

use ::store::{Bounds, Error, Randomness, Store};

use ground::scene::{Scene, rows};
use ground::{Ground, NOW, on_both, on_postgres};

/// Leaves the database as a newer program does.
fn make_newer(app: &Ground) {
    let sql = |part: &str| format!("INSERT INTO migration (name) VALUES ('{part} 9999')");
    match app.database.strip_prefix("sqlite:") {
        Some(path) => {
            for (part, file) in [("directory", path.to_owned()), ("work", path.replace(".db", "-work.db"))] {
                rusqlite::Connection::open(file)
                    .expect("it opens")
                    .execute_batch(&sql(part))
                    .expect("written");
            }
        }
        None => of_server(app).batch_execute(&sql("work")).expect("written"),
    }
}

fn of_server(app: &Ground) -> postgres::Client {
    ground::see_all(&app.database)
}

#[test]
fn an_older_program_writes_nothing_once_a_newer_one_has_the_database() {
    on_both(|app| {
        Scene::new(app);
        assert!(app.store.server_time().is_ok() && !app.store.is_updated());
        make_newer(app);
        let refused = app.store.create_account("late", "Too late", NOW);
        assert!(matches!(refused, Err(Error::Updated)), "{refused:?}");
        assert!(app.store.is_updated());
        assert!(
            matches!(app.store.server_time(), Err(Error::Updated)),
            "who only asks for the time learns of it"
        );
        assert_eq!(rows(app, "SELECT slug FROM account"), ["acme"]);
        let opened =
            Store::open(&app.database, &Randomness::sequence(2), NOW).err().map(|error| error.to_string());
        assert!(opened.as_ref().is_some_and(|said| said.contains("newer Muster")), "{opened:?}");
    });
}

#[test]
fn who_writes_while_migrations_are_made_waits_for_them_and_then_writes_nothing() {
    on_postgres(|app| {
        Scene::new(app);
        let mut migrating = of_server(app);
        migrating.batch_execute("BEGIN; LOCK TABLE migration IN ACCESS EXCLUSIVE MODE").expect("locked");
        let bounds = Bounds { statement: Duration::from_millis(50), wait: Duration::from_millis(50) };
        let impatient = app.store.bounded(bounds).create_account("late", "Too late", NOW);
        assert!(matches!(impatient, Err(Error::Busy)), "{impatient:?}");
        std::thread::scope(|scope| {
            let writes = scope.spawn(|| app.store.create_account("late", "Too late", NOW));
            let waits = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
            while rows(app, waits).is_empty() {
                std::thread::yield_now();
            }
            migrating
                .batch_execute("INSERT INTO migration (name) VALUES ('work 9999'); COMMIT")
                .expect("done");
            let refused = writes.join().expect("it ended");
            assert!(matches!(refused, Err(Error::Updated)), "{refused:?}");
        });
        assert_eq!(rows(app, "SELECT slug FROM account"), ["acme"]);
    });
}

#[test]
fn migrations_wait_for_whoever_writes_and_are_made_all_or_none() {
    on_postgres(|app| {
        Scene::new(app);
        let has = "SELECT COUNT(*) FROM migration";
        let before = rows(app, has);
        // As before an upgrade by two migrations, the second of which can't be made.
        let sql = "DELETE FROM migration WHERE name IN ('work 1', 'work 2')";
        of_server(app).batch_execute(sql).expect("forgotten");
        let failed =
            Store::open(&app.database, &Randomness::sequence(2), NOW).err().map(|error| error.to_string());
        assert!(failed.as_ref().is_some_and(|said| said.contains("already exists")), "{failed:?}");
        let after = rows(app, has)[0].parse::<i64>().expect("a number");
        assert_eq!(after + 2, before[0].parse::<i64>().expect("a number"), "nothing was made");
    });
}

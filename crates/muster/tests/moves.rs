//! A database moved to another place, on both engines: every row arrives, the past stays good, and what is not finished is known as that.

use std::process::{Command, Output, Stdio};

use ::ground::office::{ANN, Office, assert_state};
use ::ground::scene::{rows_of, work_rows_of};
use ::ground::{Ground, NOW, open, with_postgres, with_sqlite};
use ::import::{self, Randomness};
use ::store::{Complete, Error, ImportState, Moved, SessionStart, Store};

/// Moves what is open to an address.
fn move_to(app: &Ground, url: &str) -> Result<Moved, Error> {
    app.store.move_to(url, NOW.plus(3_600_000), &mut |_| {})
}

fn refused(app: &Ground, url: &str) -> String {
    move_to(app, url).expect_err("it is refused").to_string()
}

/// What opening says of a database that nobody can use.
fn closed(url: &str) -> String {
    Store::open(url, &Randomness::sequence(9), NOW).err().expect("it does not open").to_string()
}

/// A table, whether it is of the work, and its columns with what they keep.
type Listed = (String, bool, Vec<(String, String)>);

/// The tables of a database of SQLite, with the file that each is in, and their columns with what they keep.
fn tables_of(database: &str) -> Vec<Listed> {
    let sql = "SELECT m.name || '|' || group_concat(c.name || ' ' || c.type) FROM sqlite_master m JOIN pragma_table_info(m.name) c
               WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'users_text_%'
                 AND m.name NOT IN ('migration', 'pairing') GROUP BY m.name";
    let of = |lines: Vec<String>, is_work| {
        lines.into_iter().map(move |line| {
            let (name, columns) = line.split_once('|').expect("a name");
            let column = |column: &str| {
                let (name, kind) = column.split_once(' ').expect("what it keeps");
                (name.to_owned(), kind.to_owned())
            };
            (name.to_owned(), is_work, columns.split(',').map(column).collect())
        })
    };
    of(rows_of(database, sql), false).chain(of(work_rows_of(database, sql), true)).collect()
}

/// What a moved database has for itself.
const OWN: [&str; 4] = ["deployment", "restoration", "session", "one_time_link"];

/// All rows of all tables but [`OWN`], in an order of their own.
fn all_rows(database: &str, tables: &[Listed]) -> Vec<String> {
    let is_file = database.starts_with("sqlite:");
    let mut lines = Vec::new();
    for (table, is_work, columns) in tables.iter().filter(|(table, ..)| !OWN.contains(&table.as_str())) {
        let shown = columns.iter().map(|(name, kind)| match (kind.as_str(), is_file) {
            ("BLOB", true) => format!("hex({name})"),
            ("BLOB", false) => format!("upper(encode({name}, 'hex'))"),
            _ => format!("COALESCE(CAST({name} AS TEXT), 'nothing')"),
        });
        let sql = format!("SELECT {} FROM {table}", shown.collect::<Vec<_>>().join(", "));
        let rows = if *is_work { work_rows_of(database, &sql) } else { rows_of(database, &sql) };
        let mut rows: Vec<String> =
            rows.into_iter().map(|row| format!("{table}: {}", row.replace('-', ""))).collect();
        rows.sort();
        lines.extend(rows);
    }
    lines
}

/// A row of letters that are hard to keep in each table that has none.
fn fill_empty(database: &str, tables: &[Listed]) {
    for (table, is_work, columns) in tables {
        let run = |sql: &str| if *is_work { work_rows_of(database, sql) } else { rows_of(database, sql) };
        if OWN.contains(&table.as_str()) || run(&format!("SELECT COUNT(*) FROM {table}")) != ["0"] {
            continue;
        }
        for (number, text) in ["''", "'Ää\u{1F600} ''\"\\\t' || char(10) || '\u{FFFD}'"].iter().enumerate()
        {
            let value = |kind: &str| match kind {
                "BIGINT" => ["-9223372036854775807", "9223372036854775807"][number].to_owned(),
                "BLOB" => ["x'00ff0a5c'", "x''"][number].to_owned(),
                _ => (*text).to_owned(),
            };
            let values: Vec<_> = columns.iter().map(|(_, kind)| value(kind)).collect();
            run(&format!("INSERT INTO {table} VALUES ({})", values.join(", ")));
        }
    }
}

/// Hands over the addresses of databases that have nothing: of PostgreSQL twice, then of SQLite twice; of SQLite alone where there is no server.
fn with_four(test: &dyn Fn(&[String])) {
    with_sqlite(|one| {
        with_sqlite(|two| {
            let files = [one, two];
            let is_there = std::env::var("MUSTER_TEST_POSTGRES").is_ok();
            if !is_there {
                println!("moved between files alone: MUSTER_TEST_POSTGRES is not set");
                return test(&files);
            }
            with_postgres(|three| with_postgres(|four| test(&[&[three, four], &files[..]].concat())));
        });
    });
}

#[test]
fn every_row_of_every_table_arrives_wherever_it_goes() {
    with_sqlite(|database| {
        let app = open(database.clone());
        let office = Office::new(&app);
        let import = office.upload(office.csv().with(0, "job_title", "Clerk\u{1F600}").text().as_bytes());
        assert_state(&import, ImportState::Review);
        let tables = tables_of(&database);
        assert!(tables.len() > 50, "{} tables", tables.len());
        fill_empty(&database, &tables);
        let rows = all_rows(&database, &tables);
        with_four(&|places| {
            let mut from = open(database.clone());
            for place in places {
                let moved = move_to(&from, place).unwrap_or_else(|error| panic!("{place}: {error}"));
                let there = all_rows(place, &tables);
                assert!(
                    there == rows,
                    "{place}: {:#?}",
                    there.iter().filter(|row| !rows.contains(row)).collect::<Vec<_>>()
                );
                assert!(
                    moved.rows >= rows.len() as u64 && moved.tables >= tables.len() - OWN.len(),
                    "{moved:?}"
                );
                from = open(place.clone());
            }
        });
    });
}

/// The columns of a database of PostgreSQL that every row has to have, and that nothing fills by itself, but for those of the index of a search.
const REQUIRED: &str = "SELECT c.table_name || '.' || c.column_name FROM information_schema.columns c
    JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
    WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_nullable = 'NO' AND c.column_default IS NULL
      AND c.is_identity = 'NO' AND c.table_name NOT LIKE 'users_text_%' AND c.table_name NOT IN ('migration', 'pairing')";

#[test]
fn every_column_that_the_other_engine_asks_for_is_copied() {
    with_sqlite(|database| {
        drop(open(database.clone()));
        let copied: Vec<String> = tables_of(&database)
            .into_iter()
            .flat_map(|(table, _, columns)| {
                columns.into_iter().map(move |(column, _)| format!("{table}.{column}"))
            })
            .collect();
        with_four(&|places| {
            if places.len() == 2 {
                return;
            }
            drop(open(places[0].clone()));
            let required = rows_of(&places[0], REQUIRED);
            assert!(required.len() > 150, "{}", required.len());
            let left_out: Vec<_> = required.iter().filter(|column| !copied.contains(column)).collect();
            assert!(left_out.is_empty(), "{left_out:?}");
        });
    });
}

#[test]
fn a_view_of_one_of_our_names_is_told_before_anything_is_written() {
    with_sqlite(|database| {
        let app = open(database);
        Office::new(&app);
        for name in ["ticket", "users", "deployment", "migration", "unfinished_copy"] {
            with_postgres(|place| {
                rows_of(&place, &format!("CREATE VIEW {name} AS SELECT 'directory 1' AS name"));
                let told = refused(&app, &place);
                assert!(told.contains(name) && told.contains("taken in this database"), "{name}: {told}");
                let tables = "SELECT CAST(COUNT(*) AS BIGINT) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace";
                assert_eq!(rows_of(&place, tables), ["0"], "{name}: nothing was written");
                // This one is no name that a database has for long.
                if name == "unfinished_copy" {
                    return;
                }
                let told = closed(&place);
                assert!(told.contains(name) || told.contains("another program"), "{name}: {told}");
                assert_eq!(rows_of(&place, tables), ["0"], "{name}: nothing was written by opening it");
            });
        }
    });
}

/// The tables of the index of a search.
const INDEX: [&str; 5] = ["place", "entry", "part", "letters", "stretch"];

/// The tables of the index of a search that have rows.
fn indexed(database: &str) -> Vec<&'static str> {
    let has_rows =
        |table: &&str| work_rows_of(database, &format!("SELECT COUNT(*) FROM users_text_2_{table}")) != ["0"];
    INDEX.into_iter().filter(has_rows).collect()
}

#[test]
fn a_database_that_was_served_moves_without_its_index_and_makes_one_anew() {
    with_sqlite(|database| {
        let app = open(database.clone());
        Office::new(&app);
        while !app.store.refresh_search(100).expect("it works") {}
        with_four(&|places| {
            let mut from = open(database.clone());
            let mut source = &database;
            // From each to each: of the files first, then of the servers, each served before it is copied.
            for place in places {
                assert_eq!(indexed(source), INDEX, "{source}");
                move_to(&from, place).unwrap_or_else(|error| panic!("{source} to {place}: {error}"));
                assert_eq!(indexed(place), [""; 0], "{place}");
                from = open(place.clone());
                assert_eq!(from.store.examine(NOW.plus(7_200_000)).expect("it works"), [], "{place}");
                while !from.store.refresh_search(100).expect("it works") {}
                source = place;
            }
            assert_eq!(indexed(source), INDEX, "{source}");
        });
    });
}

#[test]
fn what_was_moved_is_a_past_of_its_own_and_goes_on() {
    with_sqlite(|database| {
        let app = open(database);
        let office = Office::new(&app);
        let before = office.csv();
        app.store.start_session("a cookie", 1, &SessionStart::default(), NOW).expect("it works");
        with_four(&|places| {
            let first = &places[0];
            move_to(&app, first).expect("moved");
            for pair in places.windows(2) {
                move_to(&open(pair[0].clone()), &pair[1]).expect("moved on");
            }
            for place in places {
                let there = open(place.clone());
                let account = there.store.account("acme").expect("it works").expect("it is there");
                assert_eq!(
                    there.store.session("a cookie").expect("it works"),
                    None,
                    "everybody signs in again"
                );
                assert_eq!(there.store.verify_chain(account.id).expect("it works").altered, None, "{place}");
                assert_eq!(there.store.examine(NOW.plus(7_200_000)).expect("it works"), [], "{place}");
                let moved =
                    Office { app: &there, account, fields: office.fields.clone(), ids: office.ids.clone() };
                let sheet = before.clone().with(0, "job_title", "Clerk");
                let import = moved.upload_by(sheet.text().as_bytes(), ANN, Complete::WhenClean);
                assert_state(&import, ImportState::Done);
                while import::work_once(&there, "test").expect("it works") {}
                moved.check_history();
                let account = there.store.account("acme").expect("it works").expect("it is there");
                let now = there.store.shown(account.id, account.revision).expect("it works").lineage;
                let before = app.store.shown(account.id, office.account.revision).expect("it works").lineage;
                assert_ne!(now, before, "{place}: what it writes is told from the old one's");
            }
            // What the old one writes later is none of the new one's.
            office.edit(1, "job_title", "Later");
            let there = open(first.clone());
            there.clock.turn(600_000);
            let account = there.store.account("acme").expect("it works").expect("it is there");
            let moved =
                Office { app: &there, account, fields: office.fields.clone(), ids: office.ids.clone() };
            let import = moved.upload(office.csv().with(0, "job_title", "Cook").text().as_bytes());
            let sentence = import.failure.map(|failure| failure.sentence()).unwrap_or_default();
            assert!(sentence.contains("was put back to 2026-11-22 10:00 UTC"), "{sentence}");
        });
    });
}

#[test]
fn a_database_that_has_something_or_is_used_is_left_as_it_is() {
    with_sqlite(|database| {
        let app = open(database.clone());
        Office::new(&app);
        with_four(&|places| {
            for place in places {
                let used = open(place.clone());
                assert!(refused(&app, place).contains("Somebody else is connected"), "{place}");
                Office::called(&used, "globex");
                drop(used);
                let sentence = refused(&app, place);
                assert!(sentence.contains("There are rows in the database"), "{place}: {sentence}");
                assert!(open(place.clone()).store.account("globex").expect("it works").is_some(), "{place}");
            }
        });
        assert!(refused(&app, &database).contains("Somebody else is connected"), "itself");
        with_sqlite(|newer| {
            drop(open(newer.clone()));
            rows_of(&newer, "INSERT INTO migration (name) VALUES ('directory 99')");
            assert!(refused(&app, &newer).contains("newer Muster"));
        });
    });
}

#[test]
fn what_the_other_engine_can_not_keep_is_told_and_the_rest_is_not_lost() {
    with_sqlite(|database| {
        let app = open(database.clone());
        let office = Office::new(&app);
        office.upload(office.csv().with(0, "job_title", "Clerk").text().as_bytes());
        work_rows_of(&database, "UPDATE plan_cell SET raw = 'Cl' || char(0) || 'erk'");
        with_four(&|places| {
            let (first, is_server) = (&places[0], places.len() > 2);
            assert_eq!(move_to(&app, first).expect("moved").shown, u64::from(is_server));
            let kept = if is_server { "Cl\u{2400}erk" } else { "Cl\0erk" };
            assert_eq!(work_rows_of(first, "SELECT raw FROM plan_cell"), [kept]);
        });
        for (damage, place) in [
            ("UPDATE users SET job_title = 'a' || char(0) WHERE email LIKE 'bo@%'", "users.job_title"),
            (
                "UPDATE users SET job_title = 'a', last_name = x'ff00' WHERE email LIKE 'bo@%'",
                "users.last_name",
            ),
            ("UPDATE users SET last_name = 'a', revision = 1.5 WHERE email LIKE 'bo@%'", "users.revision"),
        ] {
            rows_of(&database, damage);
            with_four(&|places| {
                if places.len() == 2 && place == "users.job_title" {
                    return;
                }
                let first = &places[0];
                let sentence = refused(&app, first);
                assert!(sentence.contains(place), "{damage}: {sentence}");
                assert!(closed(first).contains("the copy is not finished"), "{damage}");
            });
        }
        rows_of(&database, "UPDATE users SET revision = 1");
        with_four(&|places| {
            // Left unfinished by another, and begun anew.
            for place in places {
                drop(open(place.clone()));
                rows_of(place, "CREATE TABLE unfinished_copy (begun_at BIGINT NOT NULL)");
                rows_of(place, "INSERT INTO preference VALUES (1, 1, 'half', 'written')");
                assert!(closed(place).contains("muster copy-database again"), "{place}");
                move_to(&app, place).expect("anew");
                assert_eq!(rows_of(place, "SELECT COUNT(*) FROM preference"), ["0"], "{place}");
                drop(open(place.clone()));
            }
        });
    });
}

fn copy_database(from: &str, to: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
    command.args(["copy-database", "--database", from, "--to", to]).env_remove("MUSTER_DATABASE");
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// How many users a large database has: a tenth of a million in the suite.
fn many() -> u64 {
    std::env::var("MUSTER_SOAK_MOVED").ok().and_then(|number| number.parse().ok()).unwrap_or(100_000)
}

/// Users with all fields, what they sign in with, and the history of their creation, made by the database alone.
fn fill_with(database: &str, users: u64) {
    let numbers =
        format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {users})");
    for sql in [
        "INSERT INTO users (account, id, first_name, last_name, email, username, status, job_title, department, phone, employee_number,
             start_date, custom, name_key, sign_in_key, revision, withdrawn)
         SELECT 1, 500000000 + i, 'Given' || i, 'Family' || (i % 9973), 'user' || i || '@many.example', 'u' || i, 'active', 'Clerk ' || (i % 70),
             '1', '+4416329' || i, '0' || i, '2024-03-05', '{\"101\":\"A note about ' || i || '\"}', 'family' || (i % 9973) || ' given' || i,
             'user' || i || '@many.example', 1, 0 FROM n",
        "INSERT INTO login_key SELECT 1, 'user' || i || '@many.example', 1, 500000000 + i FROM n",
        "INSERT INTO history (account, revision, user_id, field, after, salt)
         SELECT 1, 1, 500000000 + i, 0, '{\"1\":\"Given' || i || '\",\"3\":\"user' || i || '@many.example\"}', randomblob(16) FROM n",
    ] {
        rows_of(database, &format!("{numbers} {sql}"));
    }
}

#[test]
fn a_copy_that_is_killed_says_so_and_a_large_one_takes_a_fair_time() {
    with_sqlite(|database| {
        drop(open(database.clone()));
        fill_with(&database, many());
        with_four(&|places| {
            for place in [&places[0], &places[places.len() - 1]] {
                let mut child =
                    copy_database(&database, place).stderr(Stdio::null()).spawn().expect("it starts");
                while child.try_wait().expect("it runs").is_none() && !is_filled(place) {
                    std::thread::yield_now();
                }
                child.kill().expect("killed");
                assert!(!child.wait().expect("it ended").success(), "it was killed on its way");
                assert!(closed(place).contains("the copy is not finished"), "{place}");
                let begun = now();
                let ended = copy_database(&database, place).output().expect("it runs");
                let took = begun.elapsed().as_secs_f64();
                println!("{} users to {}: {took:.1} s", many(), place.split(':').next().unwrap_or_default());
                assert!(
                    ended.status.success() && said(&ended).contains("each was compared"),
                    "{}",
                    said(&ended)
                );
                assert_eq!(rows_of(place, "SELECT COUNT(*) FROM users"), [many().to_string()]);
                // Five minutes a million, on two cores of which others have a share.
                assert!(took < 30.0 * (many() as f64 / 100_000.0).max(1.0), "{took} s");
            }
        });
    });
}

#[expect(clippy::disallowed_methods, reason = "a time is measured")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

/// Whether a database is being filled. Of PostgreSQL that is asked over another database: who is connected to this one is in its way.
fn is_filled(database: &str) -> bool {
    let Some(path) = database.strip_prefix("sqlite:") else {
        let server = std::env::var("MUSTER_TEST_POSTGRES").expect("the server of the database");
        let name = database.split('?').next().and_then(|address| address.rsplit('/').next()).expect("a name");
        let sql = format!(
            "SELECT 1 FROM pg_stat_activity WHERE datname = '{name}' AND query LIKE 'COPY %' LIMIT 1"
        );
        return rows_of(&server, &sql) == ["1"];
    };
    std::path::Path::new(path).exists()
        && rows_of(database, "SELECT 1 FROM sqlite_master WHERE name = 'unfinished_copy'") == ["1"]
}

//! The schemas of the two databases are the same; migrations run once, and never over what a newer Muster made.

use std::cell::RefCell;

use ::store::{Randomness, Store};
use ground::Ground;

use ground::scene::{rows, work_rows};
use ground::{NOW, on_both, on_one_machine};

/// `table.column type null`, and `table unique(columns)` for each index, of a database.
fn schema(app: &Ground) -> Vec<String> {
    let mut lines = if app.database.starts_with("sqlite:") {
        [rows(app, SQLITE), work_rows(app, SQLITE)].concat()
    } else {
        rows(app, POSTGRES)
    };
    lines.sort();
    lines.dedup();
    lines
}

/// The tables of the search stand beside: SQLite makes them itself, and PostgreSQL keeps a text in them more.
const SQLITE: &str = "
    SELECT t.name || '.' || c.name || ' ' || REPLACE(REPLACE(c.type, 'BYTEA', 'BLOB'), 'TEXT COLLATE \"C\"', 'TEXT')
           || CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN ' not null' ELSE '' END
      FROM sqlite_schema t JOIN pragma_table_info(t.name) c
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'users_text%'
    UNION ALL
    SELECT t.name || CASE WHEN i.\"unique\" = 1 THEN ' unique(' ELSE ' index(' END
           || (SELECT GROUP_CONCAT(name, ',') FROM (SELECT x.name FROM pragma_index_info(i.name) x ORDER BY x.seqno)) || ')'
           || CASE WHEN i.partial = 1 THEN ' partial' ELSE '' END
      FROM sqlite_schema t JOIN pragma_index_list(t.name) i
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'users_text%'
    UNION ALL
    SELECT t.name || ' unique(' || c.name || ')' FROM sqlite_schema t JOIN pragma_table_info(t.name) c
     WHERE t.type = 'table' AND c.pk = 1 AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'users_text%'
       AND (SELECT COUNT(*) FROM pragma_table_info(t.name) p WHERE p.pk > 0) = 1";

const POSTGRES: &str = "
    SELECT table_name || '.' || column_name || ' '
           || CASE data_type WHEN 'text' THEN 'TEXT' WHEN 'bigint' THEN 'BIGINT' WHEN 'bytea' THEN 'BLOB' ELSE data_type END
           || CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'users_text%'
    UNION ALL
    SELECT t.relname || CASE WHEN i.indisunique THEN ' unique(' ELSE ' index(' END
           || (SELECT STRING_AGG(a.attname, ',' ORDER BY k.place) FROM UNNEST(i.indkey::int2[]) WITH ORDINALITY AS k(number, place)
                 JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number) || ')'
           || CASE WHEN i.indpred IS NULL THEN '' ELSE ' partial' END
      FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = 'public' AND t.relname NOT LIKE 'users_text%' AND 0 <> ALL (i.indkey::int2[])";

#[test]
fn both_databases_have_one_schema() {
    let seen: RefCell<Vec<Vec<String>>> = RefCell::default();
    on_one_machine(|app| seen.borrow_mut().push(schema(app)));
    let seen = seen.into_inner();
    assert!(seen[0].iter().any(|line| line == "users.name_key TEXT not null"), "{:#?}", seen[0]);
    assert!(seen[0].iter().any(|line| line == "revision unique(account,import) partial"), "{:#?}", seen[0]);
    assert!(seen.windows(2).all(|two| two[0] == two[1]), "{:#?}", difference(&seen));
}

fn difference(seen: &[Vec<String>]) -> Vec<String> {
    let only = |one: &[String], other: &[String], name: &str| {
        let alone = one.iter().filter(|line| !other.contains(line));
        alone.map(|line| format!("{name} only: {line}")).collect::<Vec<_>>()
    };
    [only(&seen[0], &seen[1], "SQLite"), only(&seen[1], &seen[0], "PostgreSQL")].concat()
}

#[test]
fn migrations_run_once_and_a_newer_database_is_left_alone() {
    on_both(|app| {
        let before = (schema(app), rows(app, "SELECT name FROM migration ORDER BY name"));
        Store::open(&app.database, &app.randomness, NOW).expect("it opens again");
        assert_eq!((schema(app), rows(app, "SELECT name FROM migration ORDER BY name")), before);
        rows(app, "INSERT INTO migration (name) VALUES ('directory 99')");
        let refused =
            Store::open(&app.database, &app.randomness, NOW).err().expect("it is refused").to_string();
        assert!(refused.contains("newer Muster (migration 99"), "{refused}");
    });
}

#[test]
fn what_is_no_database_is_refused() {
    for address in
        ["mysql://here", "sqlite:", "", "sqlite:/nowhere/at/all/muster.db", "postgres://127.0.0.1:1/none"]
    {
        assert!(Store::open(address, &Randomness::sequence(1), NOW).is_err(), "{address}");
    }
}

#[test]
fn the_address_of_a_server_in_another_form_is_not_taken_for_a_file_or_repeated() {
    for address in [
        "host=127.0.0.1 dbname=base password=S3cr3t",
        "password=S3cr3t",
        "S3cr3t@127.0.0.1/x",
        "user:S3cr3t@127.0.0.1/x",
        "postgres:/u:S3cr3t@h/x",
        "postgres:S3cr3t",
        "PostgreSQL:S3cr3t",
        "POSTGRES://u:S3cr3t@h/x",
    ] {
        let refused = Store::open(address, &Randomness::sequence(1), NOW).err().expect(address);
        assert_eq!(refused.to_string(), directory::database_address_unknown(), "{address}");
        assert!(!std::path::Path::new(address).exists(), "{address}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let named = format!("sqlite:{}/a=b@c.db", folder.path().display());
    Store::open(&named, &Randomness::sequence(1), NOW).expect("sqlite: names any file");
}

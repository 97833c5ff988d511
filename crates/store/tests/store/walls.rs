//! The second wall between organisations, which PostgreSQL keeps: a statement finds and writes no rows but those of the account that its connection
//! is set to, whatever it says; and a handle that is narrowed to one account finds nothing of another.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ::store::{ImportId, UsersQuery};
use directory::{Claim, ClaimKind};
use ground::scene::{NICKNAME, Scene, change};
use ground::{Ground, NOW, on_postgres, open, see_all, with_postgres};
use postgres::error::SqlState;

/// Two numbers that no account has, and so no row but those of this test.
const ONE: i64 = 7_001;
const OTHER: i64 = 7_002;

/// The tables with a column `account`, each with its columns that have to have a value, and what those keep.
fn tables(client: &mut postgres::Client) -> BTreeMap<String, Vec<(String, String)>> {
    let sql = "SELECT CAST(c.relname AS TEXT), CAST(a.attname AS TEXT), CAST(format_type(a.atttypid, NULL) AS TEXT)
               FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
               WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND (a.attnotnull OR a.attname = 'account')
                 AND EXISTS (SELECT 1 FROM pg_attribute o WHERE o.attrelid = c.oid AND o.attname = 'account')";
    let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in client.query(sql, &[]).expect("the catalog") {
        tables.entry(row.get(0)).or_default().push((row.get(1), row.get(2)));
    }
    assert!(tables.len() > 40, "{tables:?}");
    tables
}

/// A row of an account, whose number is its key, too.
fn row_of(account: i64, table: &str, columns: &[(String, String)]) -> String {
    let value = |(_, kind): &(String, String)| match kind.as_str() {
        "bigint" => account.to_string(),
        "text" => format!("'{account}'"),
        "bytea" => format!("'{account}'::bytea"),
        kind => panic!("{table} keeps {kind}"),
    };
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let values: Vec<String> = columns.iter().map(value).collect();
    format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "))
}

/// Asserts that PostgreSQL refuses a statement because of a policy.
fn refused(client: &mut postgres::Client, sql: &str) {
    let error = client.batch_execute(sql).expect_err(sql);
    assert_eq!(error.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{sql}: {error}");
}

fn set_to(client: &mut postgres::Client, account: &str) {
    client.batch_execute(&format!("SET muster.account = '{account}'")).expect("it is set");
}

fn count(client: &mut postgres::Client, table: &str, of: i64) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM {table} WHERE account = $1");
    client.query_one(&sql, &[&of]).expect("a count").get(0)
}

#[test]
fn a_statement_finds_and_writes_nothing_beyond_the_account_that_its_connection_is_set_to() {
    on_postgres(|app| {
        let mut client = see_all(&app.database);
        let bound: bool = client.query_one("SELECT row_security_active('users')", &[]).expect("it").get(0);
        assert!(bound, "the role of the test passes policies");
        for (table, columns) in tables(&mut client) {
            let sql = format!(
                "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = '{table}'::regclass"
            );
            assert!(client.query_one(&sql, &[]).expect("it").get::<_, bool>(0), "{table} has no wall");
            set_to(&mut client, "all");
            client.batch_execute(&row_of(ONE, &table, &columns)).expect("a row");
            client.batch_execute(&row_of(OTHER, &table, &columns)).expect("a row");
            set_to(&mut client, "");
            assert_eq!(
                (count(&mut client, &table, ONE), count(&mut client, &table, OTHER)),
                (0, 0),
                "{table}"
            );
            refused(&mut client, &row_of(ONE + 7, &table, &columns));
            set_to(&mut client, &ONE.to_string());
            assert_eq!(
                (count(&mut client, &table, ONE), count(&mut client, &table, OTHER)),
                (1, 0),
                "{table}"
            );
            refused(&mut client, &row_of(OTHER + 7, &table, &columns));
            refused(&mut client, &format!("UPDATE {table} SET account = {OTHER} WHERE account = {ONE}"));
            let deleted = client.execute(&format!("DELETE FROM {table}"), &[]).expect("its own");
            assert_eq!(deleted, 1, "{table}");
        }
        let mut unset = postgres::Client::connect(&app.database, postgres::NoTls).expect("the server");
        for table in tables(&mut client).keys() {
            assert_eq!(count(&mut unset, table, OTHER), 0, "{table}");
            assert_eq!(count(&mut client, table, OTHER), 0, "{table}");
        }
        set_to(&mut client, "all");
        assert_eq!(count(&mut client, "users", OTHER), 1);
        let placements = app.store.placements().expect("it answers").expect("PostgreSQL");
        let guarded: Vec<_> = placements.iter().filter(|of| of.guarded).map(|of| of.table.as_str()).collect();
        assert!(guarded.contains(&"users") && !guarded.contains(&"account"), "{guarded:?}");
    });
}

/// Two organisations, one with a user called Ann, and an import in review.
fn two(app: &Ground) -> (Scene<'_>, Scene<'_>, ImportId) {
    let (acme, other) = (Scene::named(app, "acme"), Scene::named(app, "other"));
    acme.create_with_emails(&["bo@acme.example"]);
    let users = other.create_with_emails(&["ann@other.example"]);
    other.apply(&[change(users[0], NICKNAME, None, Some("Annie"))]);
    let import = other.review(&[change(users[0], NICKNAME, Some("Annie"), Some("Nan"))]);
    while !app.store.refresh_search(100).expect("it works") {}
    (acme, other, import)
}

#[test]
fn a_handle_that_is_narrowed_to_one_account_finds_nothing_of_another() {
    on_postgres(|app| {
        let (acme, other, import) = two(app);
        let (fields, user) = (other.fields(), other.all().get(0).expect("a user").id());
        let narrowed = app.store.of(acme.account);
        let query = UsersQuery { limit: 10, ..UsersQuery::default() };
        let search = UsersQuery { search: "ann".to_owned(), ..query.clone() };
        let their = |store: &::store::Store| {
            // The index of a search is not theirs to be told of.
            let page =
                |query| store.users_page(other.account, &fields, query).map_or(0, |page| page.users.len());
            [
                page(&query),
                page(&search),
                store.user(other.account, &fields, user).expect("it reads").len(),
                store.changes_of(other.account, &[user], 0).expect("it reads").len().min(1),
                usize::from(store.import(other.account, import).expect("it reads").is_some()),
                store.imports_in_review(other.account, 10).expect("it reads").len(),
                store.fields(other.account).expect("it reads").all().len().min(1),
                usize::from(store.made_at(other.account, 1).expect("it reads").is_some()),
            ]
        };
        assert_eq!(their(&narrowed), [0; 8]);
        // What it found nothing of is not taken for what there is.
        assert_eq!(their(&app.store.of(other.account)), [1; 8]);
        assert_eq!(their(&app.store), [1; 8]);
        // Of others it is told that somebody signs in so, and nothing else.
        let claim = Claim { kind: ClaimKind::Email, key: "ann@other.example".to_owned() };
        assert_eq!(narrowed.holder(acme.account, &claim).expect("it reads"), Some((other.account, user)));
        // Nor does it write there.
        drop(narrowed.note_import(other.account, import, Some("ours")));
        assert_eq!(other.store().import(other.account, import).expect("it reads").expect("it").note, None);
    });
}

#[test]
fn what_is_looked_at_beyond_an_account_is_listed() {
    // The file, the reason, and how often.
    const LISTED: [(&str, &str, usize); 6] = [
        ("activity.rs", "Activity", 1),
        ("directory/access.rs", "Administrators", 4),
        ("directory/claims.rs", "SignIns", 3),
        ("work/mails.rs", "Administrators", 1),
        ("work/news.rs", "Administrators", 3),
        ("work/plan_claims.rs", "SignIns", 1),
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let file = path.strip_prefix(&root).expect("below it").display().to_string();
            for after in fs::read_to_string(&path).expect("a source").split("Why::").skip(1) {
                let reason: String = after.chars().take_while(char::is_ascii_alphanumeric).collect();
                *found.entry((file.clone(), reason)).or_default() += 1;
            }
        }
    }
    let listed: BTreeMap<_, _> = LISTED
        .iter()
        .map(|(file, reason, times)| (((*file).to_owned(), (*reason).to_owned()), *times))
        .collect();
    assert_eq!(found, listed);
}

#[test]
fn connections_that_are_lent_for_a_transaction_are_narrowed_in_each() {
    on_postgres(|app| {
        let (acme, other, _) = two(app);
        let lent = open(format!("{}&prepared=off", app.database));
        let count = |store: &::store::Store, account| {
            let query = UsersQuery::default();
            store.count_users(account, &query, 10).expect("it counts").users
        };
        for _ in 0..3 {
            assert_eq!(count(&lent.store, other.account), 1);
            assert_eq!(count(&lent.store.of(acme.account), other.account), 0);
            assert_eq!(count(&lent.store.of(acme.account), acme.account), 1);
        }
    });
}

#[test]
fn a_schema_may_have_any_name() {
    for (name, twin) in [("Muster", Some("muster")), ("muster app", None), ("mus\"ter", None)] {
        with_postgres(|database| {
            let mut client = postgres::Client::connect(&database, postgres::NoTls).expect("it connects");
            let quoted = format!("\"{}\"", name.replace('"', "\"\""));
            let own: String =
                client.query_one("SELECT CAST(current_database() AS TEXT)", &[]).expect("it").get(0);
            let twin = twin.map(|twin| format!("CREATE SCHEMA {twin};")).unwrap_or_default();
            let sql =
                format!("CREATE SCHEMA {quoted}; {twin} ALTER DATABASE {own} SET search_path = {quoted}");
            client.batch_execute(&sql).expect("it is made");
            let app = open(database);
            Scene::new(&app).create_with_emails(&["ada@acme.example"]);
            let walls =
                "SELECT COUNT(*) FROM pg_policies WHERE schemaname = $1 AND policyname = 'of_account'";
            let walls: i64 = client.query_one(walls, &[&name]).expect("it").get(0);
            assert!(walls > 40, "{name}: {walls}");
            assert_eq!(app.store.examine(NOW).expect("it looks"), [], "{name}");
        });
    }
}

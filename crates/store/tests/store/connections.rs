//! Connections to PostgreSQL: encrypted as the address says, opened again when the server ended them, waited for when it has no more.

use std::thread;

use ::store::{Randomness, Store, UsersQuery};
use directory::standard;
use ground::scene::{NICKNAME, Scene, change};
use ground::{Ground, NOW, on_postgres};

fn of_server(app: &Ground) -> postgres::Client {
    ground::see_all(&app.database)
}

/// The address without its options, of another host, and with these options.
fn address(app: &Ground, host: &str, options: &str) -> String {
    let bare = app.database.split('?').next().expect("an address");
    format!("{}?{options}", bare.replace("@127.0.0.1:", &format!("@{host}:")))
}

/// Whether the connections of a store that is opened by this address are encrypted; none when it does not open.
fn is_encrypted(app: &Ground, url: &str, name: &str) -> Option<bool> {
    let store = Store::open(&format!("{url}&application_name={name}"), &Randomness::sequence(2), NOW).ok()?;
    store.accounts().expect("it reads");
    let sql = "SELECT bool_and(s.ssl) FROM pg_stat_activity a JOIN pg_stat_ssl s USING (pid) WHERE application_name = $1";
    of_server(app).query_one(sql, &[&name]).expect("it answers").get(0)
}

#[test]
fn a_connection_is_encrypted_and_the_server_known_as_the_address_says() {
    on_postgres(|app| {
        let folder = std::env::var("MUSTER_TEST_POSTGRES_CERTIFICATES").expect("certificates");
        let with = |mode: &str, root: &str| format!("sslmode={mode}&sslrootcert={folder}/{root}.crt");
        let cases = [
            ("127.0.0.1", "sslmode=disable".to_owned(), Some(false)),
            ("127.0.0.1", "sslmode=prefer".to_owned(), Some(true)),
            ("127.0.0.1", "connections=3".to_owned(), Some(true)),
            ("127.0.0.1", "sslmode=require".to_owned(), Some(true)),
            ("127.0.0.1", with("require", "root"), Some(true)),
            ("127.0.0.1", with("require", "stranger"), None),
            ("127.0.0.1", with("verify-ca", "root"), Some(true)),
            ("127.0.0.1", with("verify-ca", "stranger"), None),
            ("127.0.0.1", "sslmode=verify-ca".to_owned(), None),
            ("localhost", with("verify-full", "root"), Some(true)),
            ("localhost", with("verify-full", "stranger"), None),
            ("127.0.0.1", with("verify-full", "root"), None),
            ("localhost", with("verify-full", "nowhere"), None),
        ];
        for (number, (host, options, encrypted)) in cases.iter().enumerate() {
            let url = address(app, host, options);
            assert_eq!(is_encrypted(app, &url, &format!("case_{number}")), *encrypted, "{host} {options}");
        }
    });
}

#[test]
fn why_a_server_is_not_reached_is_told() {
    on_postgres(|app| {
        let folder = std::env::var("MUSTER_TEST_POSTGRES_CERTIFICATES").expect("certificates");
        let with = |root: &str| format!("sslmode=verify-full&sslrootcert={folder}/{root}.crt");
        let refused = "postgres://u:S3cr3t@127.0.0.1:1/x".to_owned();
        for (url, reason) in [
            (address(app, "localhost", &with("stranger")), "UnknownIssuer"),
            (address(app, "127.0.0.1", &with("root")), "not valid for name"),
            (refused, "refused"),
        ] {
            let told = Store::open(&url, &Randomness::sequence(2), NOW).err().expect("refused").to_string();
            assert!(told.contains(reason) && !told.contains("S3cr3t"), "{told}");
        }
    });
}

#[test]
fn a_client_is_known_by_its_certificate() {
    on_postgres(|app| {
        let folder = std::env::var("MUSTER_TEST_POSTGRES_CERTIFICATES").expect("certificates");
        let made = "DO $$ BEGIN CREATE ROLE certified LOGIN SUPERUSER; EXCEPTION WHEN duplicate_object THEN NULL; END $$";
        ground::see_all(&ground::kept_by_superuser(&app.database)).batch_execute(made).expect("a role");
        let bare = app.database.split('?').next().expect("an address");
        let (_, after) = bare.split_once('@').expect("a host");
        let url = |key: &str| {
            format!("postgres://certified@{after}?sslmode=require&sslcert={folder}/client.crt&sslkey={key}")
        };
        let opens = |url: &str| Store::open(url, &Randomness::sequence(2), NOW).map(drop);
        opens(&url(&format!("{folder}/client.key"))).expect("the certificate is enough");
        opens(&format!("postgres://certified@{after}?sslmode=require")).expect_err("no certificate");
        opens(&url(&format!("{folder}/stranger.key"))).expect_err("the key of another one");

        let open_to_others = tempfile::tempdir().expect("a folder");
        let open_to_others = open_to_others.path().join("client.key");
        std::fs::copy(format!("{folder}/client.key"), &open_to_others).expect("copied");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        std::fs::set_permissions(&open_to_others, mode).expect("set");
        let refused =
            opens(&url(&open_to_others.display().to_string())).expect_err("others may read the key");
        assert!(refused.to_string().contains("chmod 600"), "{refused}");
    });
}

/// So many read at once.
const READERS: usize = 4;

/// Ends all connections of a database but the one that asks.
fn end_all(client: &mut postgres::Client) {
    let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    client.batch_execute(sql).expect("they are ended");
}

#[test]
fn whoever_reads_or_writes_does_not_notice_that_the_server_ended_connections() {
    on_postgres(|app| {
        let scene = Scene::new(app);
        let users = scene.create_with_emails(&["ann@acme.example"]);
        let mut client = of_server(app);
        let (tell, told) = std::sync::mpsc::sync_channel(0);
        thread::scope(|scope| {
            for _ in 0..READERS {
                let (app, tell) = (&app, tell.clone());
                scope.spawn(move || {
                    for read in 0..300 {
                        app.store.account("acme").expect("it reads").expect("it is there");
                        if read % 20 == 0 {
                            tell.send(()).expect("somebody hears it");
                        }
                    }
                });
            }
            drop(tell);
            // While all read on, all connections end.
            while told.iter().take(READERS).count() == READERS {
                end_all(&mut client);
            }
        });
        for round in 0..10 {
            end_all(&mut client);
            let name = format!("Annie {round}");
            scene.review(&[change(users[0], NICKNAME, None, Some(&name))]);
        }
    });
}

#[test]
fn more_who_ask_than_the_server_has_connections_wait_for_one() {
    on_postgres(|app| {
        Scene::new(app);
        with_role(app, "GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}", |url| {
            let stores =
                [2, 3].map(|seed| Store::open(url, &Randomness::sequence(seed), NOW).expect("it opens"));
            thread::scope(|scope| {
                for store in &stores {
                    for _ in 0..20 {
                        scope.spawn(move || {
                            for _ in 0..50 {
                                store.account("acme").expect("it waits").expect("it is there");
                            }
                        });
                    }
                }
            });
        });
    });
}

/// Makes a role for a database and hands its address over; the role goes again. `{role}` in the rights is its name.
fn with_role(app: &Ground, rights: &str, test: impl FnOnce(&str)) {
    let bare = app.database.split('?').next().expect("an address");
    let (_, after) = bare.split_once('@').expect("a host");
    let role = bare.rsplit('/').next().expect("a name");
    let sql = format!(
        "CREATE ROLE {role} LOGIN PASSWORD 'few' CONNECTION LIMIT 6; GRANT {{role}} TO CURRENT_USER; {rights}"
    );
    of_server(app).batch_execute(&sql.replace("{role}", role)).expect("a role");
    test(&format!("postgres://{role}:few@{after}?sslmode=disable&connections=4"));
    of_server(app).batch_execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).expect("the role goes");
}

#[test]
fn a_role_that_may_only_read_and_write_rows_is_enough_once_the_owner_has_migrated() {
    on_postgres(|app| {
        let scene = Scene::new(app);
        let users = scene.create_with_emails(&["ann@acme.example", "bo@acme.example"]);
        with_role(
            app,
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            |url| {
                let served = ground::open(url.to_owned());
                let account =
                    served.store.create_account("other", "Other", NOW).expect("it writes").expect("new");
                assert_eq!(
                    served.store.account("other").expect("it reads").expect("it is there").id,
                    account.id
                );
                // The index of searches needs no right beyond these.
                while !served.store.refresh_search(100).expect("it may") {}
                let query = UsersQuery { search: "ANN@".to_owned(), limit: 10, ..UsersQuery::default() };
                let page =
                    served.store.users_page(scene.account, &scene.fields(), &query).expect("it searches");
                assert_eq!(page.users.iter().map(|user| user.id()).collect::<Vec<_>>(), users[..1]);
                // As after an upgrade that the owner has not run yet.
                let forget = "DELETE FROM migration WHERE name = (SELECT MAX(name) FROM migration)";
                of_server(app).batch_execute(forget).expect("forgotten");
                let refused =
                    Store::open(url, &Randomness::sequence(2), NOW).err().map(|error| error.to_string());
                assert!(refused.as_ref().is_some_and(|said| said.contains("muster migrate")), "{refused:?}");
            },
        );
    });
}

/// Makes a database beside that of a test, and takes it away again.
fn with_database_as(app: &Ground, name: &str, how: &str, test: impl FnOnce(String)) {
    let own = app.database.split('?').next().and_then(|it| it.rsplit('/').next()).expect("a name");
    let name = format!("{own}_{name}");
    let sql = format!("CREATE DATABASE {name} {how} LOCALE_PROVIDER libc TEMPLATE template0");
    of_server(app).batch_execute(&sql).expect("a database");
    test(ground::with_database(&app.database, &name));
    of_server(app).batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).expect("it goes");
}

#[test]
fn a_database_that_knows_no_capital_letters_beyond_ascii_finds_them_all() {
    on_postgres(|app| {
        with_database_as(app, "c", "ENCODING 'UTF8' LOCALE 'C'", |url| {
            let app = ground::open(url);
            let scene = Scene::new(&app);
            let of = |job| vec![(standard::JOB_TITLE, job)];
            let lines = [of("ИНЖЕНЕР-Öl"), of("Straßenbauer"), of("工程师")];
            let users = scene.create(&lines.iter().map(Vec::as_slice).collect::<Vec<_>>());
            for (search, expected) in
                [("инженер", 0), ("öl", 0), ("Ö", 0), ("STRASSE", 1), ("工程", 2), ("工", 2), ("-ö", 0)]
            {
                let query = UsersQuery { search: search.to_owned(), limit: 10, ..UsersQuery::default() };
                let page = app.store.users_page(scene.account, &scene.fields(), &query).expect("a page");
                let found: Vec<_> = page.users.iter().map(|user| user.id()).collect();
                assert_eq!(found, [users[expected]], "{search}");
            }
        });
    });
}

#[test]
fn a_database_in_another_character_set_is_refused() {
    on_postgres(|app| {
        with_database_as(app, "latin", "ENCODING 'LATIN1' LOCALE 'C'", |url| {
            let refused =
                Store::open(&url, &Randomness::sequence(2), NOW).err().map(|error| error.to_string());
            assert!(refused.as_ref().is_some_and(|said| said.contains("LATIN1")), "{refused:?}");
        });
    });
}

//! Opening a database and reading it while somebody else writes: nobody who only reads waits.

use ::store::{ImportId, UsersQuery};
use directory::{Claim, Field, FieldNumber, Fields, Kind, standard};

use ground::scene::{NICKNAME, Scene, change, line, rows};
use ground::{Ground, NOW, on_one_machine, on_postgres, on_sqlite, open};

/// A user and an import, so that there is something to read.
fn fill(app: &Ground) -> ImportId {
    let scene = Scene::new(app);
    let users = scene.create_with_emails(&["ann@acme.example"]);
    scene.review(&[change(users[0], NICKNAME, None, Some("Annie"))])
}

fn assert_readable(database: String, import: ImportId) {
    let app = open(database);
    let account = app.store.account("acme").expect("it works").expect("it is there").id;
    let fields: Fields = app.store.fields(account).expect("it works");
    let query = UsersQuery { limit: 10, ..UsersQuery::default() };
    assert_eq!(app.store.users_page(account, &fields, &query).expect("it works").users.len(), 1);
    let imports = app.store.imports(account, None, 10).expect("it works");
    assert_eq!(imports.iter().map(|import| import.id).collect::<Vec<_>>(), [import]);
}

#[test]
fn whoever_writes_keeps_nobody_from_opening_and_reading_sqlite() {
    on_sqlite(|app| {
        let import = fill(app);
        let path = app.database.trim_start_matches("sqlite:");
        let files = [path.to_owned(), path.replace(".db", "-work.db")];
        let writers = files.map(|file| rusqlite::Connection::open(file).expect("it opens"));
        for writer in &writers {
            writer.execute_batch("BEGIN IMMEDIATE").expect("it writes");
        }
        assert_readable(app.database.clone(), import);
        drop(writers);
    });
}

#[test]
fn whoever_writes_keeps_nobody_from_opening_and_reading_postgres() {
    on_postgres(|app| {
        let import = fill(app);
        let database = &app.database;
        let mut writer = ground::see_all(database);
        let lock = "BEGIN; LOCK TABLE migration, deployment, account, import IN EXCLUSIVE MODE";
        writer.batch_execute(lock).expect("it writes");
        let separator = if database.contains('?') { '&' } else { '?' };
        // Whoever waits for a lock fails.
        assert_readable(format!("{database}{separator}options=-c%20lock_timeout%3D2s"), import);
    });
}

/// Runs statements as an earlier program did.
fn execute(app: &Ground, sql: &str) {
    match app.database.strip_prefix("sqlite:") {
        Some(path) => {
            rusqlite::Connection::open(path).expect("it opens").execute_batch(sql).expect("written");
        }
        None => {
            let mut client = ground::see_all(&app.database);
            client.batch_execute(sql).expect("written");
        }
    }
}

/// Keys from before letters that nobody sees were dropped from them are put right once; where two values look alike, both stay.
#[test]
fn keys_that_were_folded_by_an_earlier_program_are_folded_anew() {
    on_one_machine(|app| {
        let scene = Scene::new(app);
        let badge = Field { unique: true, ..Field::new(FieldNumber(0), "locker", "Locker", Kind::Text) };
        scene.store().save_field(scene.account, &badge, "priya@acme", NOW).expect("it works").expect("free");
        let badge = scene.fields().by_key("locker").expect("it").number;
        let mut users = Vec::new();
        for (email, value) in [
            ("ada@acme.example", "one"),
            ("bo@acme.example", "two"),
            ("cy@acme.example", "tw\u{AD}o3"),
            ("dee@acme.example", "four"),
        ] {
            let of_email = line(email);
            let mut values: Vec<(FieldNumber, &str)> = of_email.to_vec();
            values.push((badge, value));
            users.extend(scene.create(&[&values]));
        }
        let number = users.iter().map(|user| user.number().to_string()).collect::<Vec<_>>();
        // Ada's badge and email, Cy's and Dee's badges: as they were stored once. Cy's looks like Bo's.
        let of = |user: usize| format!("user_id = {}", number[user]);
        execute(app, &format!(
            "UPDATE deployment SET folded = 1;
             UPDATE users SET custom = REPLACE(custom, 'four', 'fo\u{3164}ur') WHERE id = {dee};
             UPDATE unique_key SET key = 'fo\u{1160}ur' WHERE user_id = {dee};
             UPDATE users SET custom = REPLACE(custom, 'one', 'o\u{200B}ne'), email = 'a\u{AD}da@acme.example' WHERE id = {ada};
             UPDATE users SET custom = REPLACE(custom, 'tw\u{AD}o3', 'tw\u{AD}o') WHERE id = {cy};
             UPDATE unique_key SET key = 'o\u{200B}ne' WHERE {};
             UPDATE unique_key SET key = 'tw\u{AD}o' WHERE {};
             UPDATE login_key SET key = 'a\u{AD}da@acme.example' WHERE {};",
            of(0), of(2), of(0), ada = number[0], cy = number[2], dee = number[3]
        ));
        for _ in 0..2 {
            let again = open(app.database.clone());
            let keys = rows(&again, "SELECT key FROM unique_key ORDER BY user_id");
            assert_eq!(keys, ["one", "two", "tw\u{AD}o", "four"], "a value that looks like another's stays");
            let emails = rows(&again, "SELECT key FROM login_key ORDER BY user_id");
            assert_eq!(emails[0], "ada@acme.example");
            assert_eq!(rows(&again, "SELECT folded FROM deployment"), ["2"]);
            let fields = scene.fields();
            let claim =
                Claim::of(fields.get(standard::EMAIL).expect("it"), "ADA@acme.example").expect("a claim");
            assert_eq!(again.store.user_with_claim(scene.account, &claim).expect("it works"), Some(users[0]));
            let compared = again.store.compare_claims(scene.account).expect("compared");
            assert_eq!(compared.unclaimed, [(users[2], badge)], "and comparing the claims tells of it");
        }
    });
}

//! Opening a database and reading it while somebody else writes: nobody who only reads waits.

use ::store::{ImportId, UsersQuery};
use directory::Fields;

use ground::scene::{NICKNAME, Scene, change};
use ground::{Ground, on_postgres, on_sqlite, open};

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
        let mut writer = postgres::Client::connect(database, postgres::NoTls).expect("the server");
        let lock = "BEGIN; LOCK TABLE migration, deployment, account, import IN EXCLUSIVE MODE";
        writer.batch_execute(lock).expect("it writes");
        let separator = if database.contains('?') { '&' } else { '?' };
        // Whoever waits for a lock fails.
        assert_readable(format!("{database}{separator}options=-c%20lock_timeout%3D2s"), import);
    });
}

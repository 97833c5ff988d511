//! The two files of SQLite: they know each other, nobody else reads them, and what is not ours is left alone.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};

use ::store::{Randomness, SessionStart, Store};

use ground::scene::rows;
use ground::{NOW, on_both, with_sqlite};

/// A database in a folder of its own.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn directory(&self) -> PathBuf {
        self.0.path().join("muster.db")
    }

    fn work(&self) -> PathBuf {
        self.0.path().join("muster-work.db")
    }

    fn url(&self) -> String {
        format!("sqlite:{}", self.directory().display())
    }

    fn open(&self, seed: u64) -> Store {
        Store::open(&self.url(), &Randomness::sequence(seed), NOW).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Why it is not opened.
    fn refused(&self) -> String {
        let opened = Store::open(&self.url(), &Randomness::sequence(9), NOW);
        opened.err().expect("it is refused").to_string()
    }

    fn work_says(&self, sql: &str) -> String {
        let file = rusqlite::Connection::open(self.work()).expect("it opens");
        file.query_row(sql, [], |row| row.get(0)).expect("a row")
    }
}

/// A database with an account, and a viewer who is signed in.
fn used(seed: u64) -> Place {
    let place = Place::new();
    let store = place.open(seed);
    store.create_account("acme", "Acme", NOW).expect("it works").expect("it is free");
    let admin = store.save_administrator("v@acme.example", "v@acme.example", None, false, NOW);
    store
        .start_session("a cookie", admin.expect("it works").id, &SessionStart::default(), NOW)
        .expect("it works");
    place
}

fn write_directory(place: &Place) {
    place.open(5).create_account("globex", "Globex", NOW).expect("it works").expect("it is free");
}

/// What becomes of the work file, how the refusal calls it, and whether a file is laid aside when a new one is begun.
type Case = (&'static str, fn(&Place), &'static str, bool);

const WRONG: &[Case] = &[
    ("removed", |place| fs::remove_file(place.work()).expect("it was there"), "is missing", false),
    ("emptied", |place| fs::write(place.work(), "").expect("written"), "is missing", true),
    (
        "another database's",
        |place| assert!(fs::copy(used(2).work(), place.work()).expect("copied") > 0),
        "belongs to another database",
        true,
    ),
    (
        "an old copy",
        |place| {
            let copy = place.0.path().join("copy");
            fs::copy(place.work(), &copy).expect("copied");
            write_directory(place);
            fs::rename(copy, place.work()).expect("it is there");
        },
        "is older than the database",
        true,
    ),
    (
        "a new directory under it",
        |place| fs::remove_file(place.directory()).expect("it was there"),
        "belongs to another database",
        true,
    ),
];

#[test]
fn a_work_file_that_is_not_the_directorys_is_refused_and_a_new_one_begun_when_that_is_asked_for() {
    for (what, happen, told, laid_aside) in WRONG {
        let place = used(1);
        happen(&place);
        let refused = place.refused();
        let named = place.work().display().to_string();
        assert!(refused.contains(told) && refused.contains(&named), "{what}: {refused}");
        assert!(refused.contains("--new-work-file"), "{what}: it says what to do");
        assert_eq!(place.refused(), refused, "{what}: looking changes nothing");
        let opened = Store::open_with_new_work_file(&place.url(), &Randomness::sequence(3), NOW);
        let store = opened.unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(store.session("a cookie").expect("it works"), None, "{what}: nobody is signed in");
        drop(store);
        let aside = place.0.path().join(format!("muster-work.db.aside-{}", NOW.0));
        assert_eq!(aside.exists(), *laid_aside, "{what}");
        let directory_stays = what != &"a new directory under it";
        let account = place.open(4).account("acme").expect("it works");
        assert_eq!(account.is_some(), directory_stays, "{what}: it opens as any other");
    }
}

#[test]
fn a_work_file_that_is_the_directorys_stays_whatever_is_asked_for() {
    let place = used(1);
    let opened = Store::open_with_new_work_file(&place.url(), &Randomness::sequence(3), NOW);
    assert!(opened.expect("it opens").session("a cookie").expect("it works").is_some());
}

#[test]
fn files_that_have_not_met_are_introduced_and_those_that_did_half_too() {
    for forget in ["UPDATE deployment SET pair = NULL", "UPDATE deployment SET pair = NULL, turn = 0"] {
        let place = used(1);
        let before = place.work_says("SELECT pair FROM pairing");
        let directory = rusqlite::Connection::open(place.directory()).expect("it opens");
        directory.execute_batch(forget).expect("forgotten");
        drop(directory);
        assert!(place.open(7).session("a cookie").expect("it works").is_some(), "{forget}");
        assert_eq!(place.work_says("SELECT pair FROM pairing"), before, "{forget}");
        write_directory(&place);
        place.open(8);
    }
}

#[test]
fn several_who_open_a_new_database_at_once_agree() {
    for _ in 0..10 {
        let place = Place::new();
        std::thread::scope(|scope| {
            for seed in 0..6 {
                let place = &place;
                scope.spawn(move || place.open(seed));
            }
        });
        write_directory(&place);
        assert!(place.open(7).account("globex").expect("it works").is_some());
    }
}

#[test]
fn the_number_of_an_administrator_is_never_given_again() {
    on_both(|app| {
        let save =
            |email: &str| app.store.save_administrator(email, email, None, false, NOW).expect("it works").id;
        let ids = [save("a@acme.example"), save("b@acme.example")];
        assert_eq!(save("b@acme.example"), ids[1], "who is there keeps the number");
        rows(app, &format!("DELETE FROM administrator WHERE id = {}", ids[1]));
        assert_eq!(save("c@acme.example"), ids[1] + 1);
    });
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

#[test]
fn nobody_else_reads_the_files() {
    let outer = Place::new();
    let folder = outer.0.path().join("data");
    let directory = folder.join("muster.db");
    let open = || {
        Store::open(&format!("sqlite:{}", directory.display()), &Randomness::sequence(1), NOW)
            .unwrap_or_else(|error| panic!("{error}"))
    };
    let store = open();
    store.create_account("acme", "Acme", NOW).expect("it works");
    let files = ["muster.db", "muster-work.db", "muster.db-wal", "muster-work.db-wal"];
    let modes = || files.map(|file| folder.join(file)).map(|file| mode(&file));
    assert_eq!((mode(&folder), modes()), (0o700, [0o600; 4]));
    for file in files {
        fs::set_permissions(folder.join(file), Permissions::from_mode(0o644)).expect("set");
    }
    let again = open();
    assert_eq!(modes(), [0o600; 4], "as it was before there were rights");
    drop((store, again));
}

#[test]
fn a_file_of_another_user_is_left_alone() {
    for file in [Place::directory, Place::work] {
        let place = used(1);
        if chown(file(&place), Some(12_345), None).is_err() {
            println!("skipped: only root can give a file away");
            return;
        }
        let refused = place.refused();
        assert!(refused.contains("belongs to another user of this machine"), "{refused}");
        assert!(refused.contains(&file(&place).display().to_string()), "{refused}");
    }
}

#[test]
fn what_is_not_ours_is_told_apart_and_left_as_it_is() {
    let text = "This is a letter, and not a database. ".repeat(100);
    let other = "CREATE TABLE bookmark (url TEXT); INSERT INTO bookmark VALUES ('https://muster.example')";
    /// What it is, how it is made, and what is said.
    type Stranger<'s> = (&'s str, &'s dyn Fn(&Path), &'s str);
    let cases: [Stranger<'_>; 2] = [
        ("a text", &|path| fs::write(path, &text).expect("written"), "not a database"),
        (
            "another program's",
            &|path| rusqlite::Connection::open(path).expect("it opens").execute_batch(other).expect("filled"),
            "of another program",
        ),
    ];
    for (what, make, told) in cases {
        let place = Place::new();
        make(&place.directory());
        let before = fs::read(place.directory()).expect("its bytes");
        let refused = place.refused();
        assert!(refused.contains(told), "{what}: {refused}");
        assert!(!place.work().exists(), "{what}: nothing is made beside it");
        if what == "a text" {
            assert_eq!(fs::read(place.directory()).expect("its bytes"), before);
        }
    }
}

#[test]
fn damaged_pages_are_found() {
    with_sqlite(|url| {
        let path = PathBuf::from(url.trim_start_matches("sqlite:"));
        let open = || Store::open(&url, &Randomness::sequence(1), NOW).expect("it opens");
        let store = open();
        for number in 0..400 {
            let email = format!("admin{number}@acme.example");
            store.save_administrator(&email, &email, None, false, NOW).expect("it works");
        }
        assert_eq!(store.damaged_pages().expect("it can be read"), Vec::<String>::new());
        drop(store);
        let mut bytes = fs::read(&path).expect("the file");
        let page = 8_192;
        let leaf = (1..bytes.len() / page)
            .rfind(|number| bytes[number * page] == 13 && bytes[number * page + 4] > 20)
            .expect("a page of rows");
        // Fewer rows than there are: no statement fails over that.
        bytes[leaf * page + 4] -= 10;
        fs::write(&path, bytes).expect("written");
        let found = open().damaged_pages().expect("it can be read");
        assert!(!found.is_empty(), "{found:?}");
    });
}

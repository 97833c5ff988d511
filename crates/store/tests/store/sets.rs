//! Many rows go to PostgreSQL with few statements, and what stands in them is what single ones would have written.

use ::store::Outcome;
use directory::{Place, PlanCell, UserId, standard};
use ground::office::Office;
use ground::scene::{BADGE, NICKNAME, Scene, change};
use ground::{Ground, on_both, on_postgres};

/// The statements that some work takes, but for those that the clock asks for: what is told of progress, and the looks of who waits.
fn heard<T>(app: &Ground, work: impl FnOnce() -> T) -> (Vec<String>, T) {
    const OF_THE_CLOCK: [&str; 4] = ["BEGIN", "COMMIT", "UPDATE import SET stage", "SELECT i.account"];
    app.store.faults().listen();
    let done = work();
    let mut heard = app.store.faults().heard();
    heard.retain(|sql| !OF_THE_CLOCK.iter().any(|clock| sql.trim_start().starts_with(clock)));
    (heard, done)
}

/// What is among some statements more often than among others.
fn more_often(many: &[String], few: &[String]) -> Vec<String> {
    let count = |of: &[String], sql: &String| of.iter().filter(|other| *other == sql).count();
    let distinct: std::collections::BTreeSet<&String> = many.iter().collect();
    let counts = distinct.into_iter().map(|sql| (count(many, sql), count(few, sql), sql));
    counts
        .filter(|(many, few, _)| many > few)
        .map(|(many, few, sql)| format!("{many}, not {few}: {sql:.120}"))
        .collect()
}

#[test]
fn an_import_takes_few_statements_for_many_rows() {
    on_postgres(|app| {
        const USERS: usize = 13_000;
        const FEW: usize = 1_000;
        let mut office = Office::new(app);
        office.crowd(USERS, &[("username", &|place| format!("user{place}"))]);
        let older = office.csv();
        let first = older.0.len() - USERS;
        let import = |column: &str, rows: usize, text: &dyn Fn(usize) -> String| {
            let (mut sheet, at) = (older.clone(), older.column(column));
            sheet.0[first..first + rows]
                .iter_mut()
                .enumerate()
                .for_each(|(place, row)| row[at] = text(place));
            let bytes = sheet.text().into_bytes();
            let (heard, import) = heard(app, || office.complete(&office.upload(&bytes)));
            assert_eq!(
                (import.applied, import.counts.users_to_edit),
                (Some(office.account_now()), rows as i64)
            );
            heard
        };
        let assert_few = |few: &[String], many: &[String], rows: usize| {
            let more = many.len().saturating_sub(few.len());
            assert!(
                more * rows <= USERS - FEW,
                "{more} more for {} rows: {:#?}",
                USERS - FEW,
                more_often(many, few)
            );
        };
        let few = import("job_title", FEW, &|_| "Clerk".to_owned());
        assert_few(&few, &import("notes", USERS, &|_| "Noted".to_owned()), 500);
        // From here on the file is older than an import that changed everybody.
        // What only one user may have is staged twice, judged, given up and taken besides.
        let few = import("email", FEW, &|place| format!("worker{place}@acme.example"));
        assert_few(&few, &import("username", USERS, &|place| format!("worker{place}")), 500);
        office.check_history();
    });
}

/// Cells that change users in as many ways as there are users, and differ from user to user.
fn in_all_ways(scene: &Scene<'_>, users: &[UserId]) -> Vec<PlanCell> {
    let fields = [
        (standard::FIRST_NAME, "Anna"),
        (standard::JOB_TITLE, "Nurse"),
        (standard::PHONE, "+441632960123"),
        (standard::LANGUAGE, "de"),
        (NICKNAME, "Annie"),
    ];
    let mut cells = Vec::new();
    for (number, user) in users.iter().enumerate() {
        for (bit, (field, text)) in fields.iter().enumerate() {
            if number & 1 << bit != 0 {
                let now = scene.value(*user, *field);
                cells.push(change(*user, *field, now.as_deref(), Some(&format!("{text}{number}"))));
            }
        }
        if number % 3 == 0 {
            let now = scene.value(*user, standard::EMAIL);
            cells.push(change(
                *user,
                standard::EMAIL,
                now.as_deref(),
                Some(&format!("n{number}@acme.example")),
            ));
        }
    }
    cells.sort_by_key(|cell| (cell.place, cell.field));
    cells
}

#[test]
fn rows_that_change_in_many_ways_are_written_by_one_statement_and_each_as_it_is_meant() {
    on_both(|app| {
        let scene = Scene::new(app);
        let emails: Vec<String> = (0..64).map(|number| format!("p{number}@acme.example")).collect();
        let users = scene.create_with_emails(&emails.iter().map(String::as_str).collect::<Vec<_>>());
        let cells = in_all_ways(&scene, &users);
        scene.apply(&cells);
        for cell in &cells {
            let Place::User(user) = cell.place else { continue };
            assert_eq!(scene.value(user, cell.field), cell.mine, "{cell:?}");
        }
        scene.assert_whole();
        // One that is not as it was holds all of them back.
        let mut later = in_all_ways(&scene, &users);
        let last = later.iter_mut().rev().find(|cell| cell.field == standard::JOB_TITLE).expect("a title");
        last.now = Some("Not what it is".to_owned());
        assert_eq!(scene.try_apply(&later), Outcome::Moved);
        scene.assert_whole();
    });
}

#[test]
fn of_many_claims_the_first_that_somebody_has_is_named() {
    on_both(|app| {
        let (scene, other) = (Scene::new(app), Scene::named(app, "other"));
        let emails: Vec<String> = (0..300).map(|number| format!("p{number}@acme.example")).collect();
        let users = scene.create_with_emails(&emails.iter().map(String::as_str).collect::<Vec<_>>());
        other.create_with_emails(&["eve@other.example"]);
        let all = |field, taken: usize, text: &dyn Fn(usize) -> String| {
            let cells = users[..299].iter().zip(&emails).enumerate().map(|(place, (user, email))| {
                let now = (field == standard::EMAIL).then_some(email.as_str());
                let mine = if place == taken { text(place) } else { format!("new{place}@acme.example") };
                change(*user, field, now, Some(&mine))
            });
            cells.collect::<Vec<_>>()
        };
        let cases: [(_, usize, &dyn Fn(usize) -> String); 4] = [
            (standard::EMAIL, 250, &|_| "Eve@other.example".to_owned()),
            (standard::EMAIL, 7, &|_| "P299@acme.example".to_owned()),
            // Two of the same plan: the later one.
            (standard::EMAIL, 40, &|_| "new39@acme.example".to_owned()),
            (BADGE, 298, &|_| "new3@acme.example".to_owned()),
        ];
        for (field, taken, text) in cases {
            let outcome = scene.try_apply(&all(field, taken, text));
            assert_eq!(outcome, Outcome::Taken(Place::User(users[taken]), field));
            scene.assert_whole();
        }
        scene.apply(&all(BADGE, usize::MAX, &|_| String::new()));
        scene.assert_whole();
    });
}

#[test]
fn imports_of_everybody_find_room_where_the_users_are_and_touch_no_index() {
    on_postgres(|app| {
        const USERS: usize = 3_000;
        let scene = Scene::new(app);
        let emails: Vec<String> = (0..USERS).map(|number| format!("p{number}@acme.example")).collect();
        let users = scene.create_with_emails(&emails.iter().map(String::as_str).collect::<Vec<_>>());
        let sizes = || -> Vec<usize> {
            let sizes = scene.rows("SELECT pg_relation_size('users'), pg_indexes_size('users')");
            sizes[0].split('|').map(|size| size.parse().expect("a size")).collect()
        };
        // Whoever began before the last import, in whichever database of the server, might still look at what it replaced: that stays.
        let is_free = "SELECT COUNT(*) FROM users WHERE xmin::text::bigint >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint % 4294967296";
        let (fresh, mut held) = (sizes(), 0);
        for round in 0..10 {
            held += usize::from(scene.rows(is_free) != ["0"]);
            let title = |round: usize| (round > 0).then(|| format!("Clerk {round}"));
            let (now, mine) = (title(round), title(round + 1));
            let of_user = |user: &UserId| change(*user, standard::JOB_TITLE, now.as_deref(), mine.as_deref());
            scene.apply(&users.iter().map(of_user).collect::<Vec<_>>());
        }
        let told = format!("users and their indices: {fresh:?} bytes, then {:?}; held {held} times", sizes());
        assert!(sizes()[0] * 2 <= fresh[0] * (5 + 2 * held), "{told}");
        // An update within its page (HOT) has no entry in an index: at least half of them were.
        assert!(sizes()[1] <= fresh[1] * (6 + held), "{told}");
    });
}

#[test]
fn uploads_are_not_compressed_once_more() {
    on_postgres(|app| {
        let storage = "SELECT attstorage::text FROM pg_attribute WHERE attrelid = 'upload'::regclass AND attname = 'bytes'";
        assert_eq!(ground::scene::rows(app, storage), ["e"]);
    });
}

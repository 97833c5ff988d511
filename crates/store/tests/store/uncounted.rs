//! Pages of users on a PostgreSQL that has no statistics of its tables, or those of when they were empty: many users were loaded a moment ago.
//! What is asked for reads as few rows as ever, by the server's own counts.

use ::store::{AccountId, Sort, UsersQuery};
use directory::{UserId, standard};

use ground::scene::{Scene, rows_of};
use ground::{Ground, NOW, with_postgres};

/// Twice as many as an account has that is sorted for each page.
const USERS: usize = 20_000;
/// Rows that a page reads at the most: it looks for the place after 2,000 users first.
const MOST: i64 = 2_600;

/// What pages are of: their words, the stored status that is filtered by, the order, from the end.
const PAGES: [(&str, &str, Sort, bool); 13] = [
    ("", "", Sort::Name, false),
    ("", "", Sort::SignIn, true),
    ("", "", Sort::Created, false),
    ("", "", Sort::Field(standard::JOB_TITLE), false),
    ("", "inactive", Sort::Name, true),
    ("", "inactive", Sort::Field(standard::JOB_TITLE), true),
    ("smith", "", Sort::Name, false),
    ("smith", "", Sort::SignIn, true),
    ("smith", "inactive", Sort::Created, true),
    ("smith", "", Sort::Field(standard::JOB_TITLE), false),
    ("zimmer", "", Sort::Name, false),
    ("an", "", Sort::Name, true),
    ("cook", "", Sort::Field(standard::STATUS), false),
];

/// Everybody is `Ann`; each fortieth a Smith, each four hundredth a Zimmermann, each third inactive.
fn load(scene: &Scene<'_>) {
    let last = |place: usize| match place {
        place if place % 400 == 7 => format!("Zimmermann{place}"),
        place if place % 40 == 3 => format!("Smith{place}"),
        place => format!("Person{place}"),
    };
    let lines: Vec<[String; 4]> = (0..USERS)
        .map(|place| {
            let status = if place % 3 == 0 { "inactive" } else { "active" };
            [last(place), format!("p{place}@acme.example"), status.to_owned(), format!("Cook {}", place % 50)]
        })
        .collect();
    let lines: Vec<_> = lines
        .iter()
        .map(|[last, email, status, title]| {
            [
                (standard::FIRST_NAME, "Ann"),
                (standard::LAST_NAME, last.as_str()),
                (standard::EMAIL, email.as_str()),
                (standard::STATUS, status.as_str()),
                (standard::JOB_TITLE, title.as_str()),
            ]
        })
        .collect();
    scene.create(&lines.iter().map(<[_; 5]>::as_slice).collect::<Vec<_>>());
}

/// Shows a page and the one after it, and the first one again as the one before that. Answers how many users the first one has.
fn turn_over(app: &Ground, account: AccountId, page: (&str, &str, Sort, bool)) -> usize {
    let (search, status, sort, descending) = page;
    let filters = if status.is_empty() { Vec::new() } else { vec![(standard::STATUS, status.to_owned())] };
    let mut query = UsersQuery {
        search: search.to_owned(),
        filters,
        sort,
        descending,
        limit: 50,
        ..UsersQuery::default()
    };
    let fields = app.store.fields(account).expect("fields");
    let mut show = |cursor| {
        query.cursor = cursor;
        app.store.users_page(account, &fields, &query).expect("a page")
    };
    let first = show(None);
    let found: Vec<UserId> = first.users.iter().map(|user| user.id()).collect();
    if let Some(next) = first.next {
        let second = show(Some(next));
        let back = show(second.previous);
        assert_eq!(back.users.iter().map(|user| user.id()).collect::<Vec<_>>(), found, "{search} {sort:?}");
    }
    found.len()
}

/// How many rows of its tables a database has read while something was done. Connections tell what they read when they end.
fn read_by(database: &str, work: impl FnOnce(&Ground)) -> i64 {
    let counted = || {
        let others = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                      AND backend_type = 'client backend'";
        let is_over = |_: &u32| rows_of(database, others) == ["0"];
        assert!((0..10_000).any(|at| is_over(&at)), "all connections have ended");
        let sql = "SELECT CAST(COALESCE(SUM(seq_tup_read + COALESCE(idx_tup_fetch, 0)), 0) AS BIGINT) FROM pg_stat_user_tables";
        rows_of(database, sql)[0].parse::<i64>().expect("a number")
    };
    let before = counted();
    work(&ground::open(database.to_owned()));
    counted() - before
}

#[test]
fn no_page_needs_statistics() {
    with_postgres(|database| {
        let mut account = None;
        let loaded = read_by(&database, |app| {
            let scene = Scene::new(app);
            // What these connections keep is planned while nobody is there.
            for _ in 0..8 {
                PAGES.iter().for_each(|page| assert_eq!(turn_over(app, scene.account, *page), 0));
            }
            load(&scene);
            while !scene.store().refresh_search(1_000).expect("it works") {}
            assert!(scene.store().want_order(scene.account, standard::JOB_TITLE, NOW).expect("the store"));
            assert!(scene.store().make_order(NOW).expect("the store"));
            PAGES.iter().for_each(|page| assert!(turn_over(app, scene.account, *page) > 0, "{page:?}"));
            account = Some(scene.account);
        });
        let account = account.expect("an account");
        let most = 25 * USERS as i64;
        assert!(loaded < most, "they were loaded, put into the index and shown with {loaded} rows");
        // As after ANALYZE while they were empty.
        let empty = "WITH emptied AS (UPDATE pg_class SET reltuples = 0, relpages = 0
                         WHERE relnamespace = 'public'::regnamespace RETURNING 1) SELECT COUNT(*) FROM emptied";
        for statistics in ["none", "of empty tables"] {
            if statistics != "none" {
                rows_of(&ground::kept_by_superuser(&database), empty);
            }
            for page in PAGES {
                let read = read_by(&database, |app| assert!(turn_over(app, account, page) > 0));
                assert!(
                    read < 3 * MOST,
                    "statistics: {statistics}; {page:?} and two beside it read {read} rows"
                );
            }
            let query = UsersQuery { search: "smith".to_owned(), ..UsersQuery::default() };
            let read = read_by(&database, |app| {
                assert_eq!(app.store.count_users(account, &query, 10_000).expect("a count").users, 500);
            });
            assert!(read < MOST, "statistics: {statistics}; the count read {read} rows");
        }
    });
}

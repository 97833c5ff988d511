//! The search follows the directory: what was edited is found by what it is now, whoever called for the index.

use std::ops::Range;

use ::store::{Cursor, Error, Found, PRESENT, Precision, Sort, Stopped, Store, UsersQuery};
use directory::{Claim, FieldNumber, Kind, PlanCell, UserId, standard};

use ground::scene::{Scene, change, rows, work_rows};
use ground::{NOW, on_both, on_one_machine, on_sqlite};

/// What these tests ask of a scene besides.
trait Searching {
    fn found_by(&self, search: &str) -> Vec<UserId>;
    fn counted(&self, search: &str) -> i64;
    fn multitude(&self);
    fn pages(&self, search: &str, sort: Sort, descending: bool) -> Vec<(Vec<UserId>, Option<Stopped>)>;
    fn crowd(&self, count: usize) -> Vec<UserId>;
}

impl Searching for Scene<'_> {
    fn found_by(&self, search: &str) -> Vec<UserId> {
        let query = UsersQuery {
            search: search.to_owned(),
            sort: Sort::Created,
            limit: 10_000,
            ..UsersQuery::default()
        };
        let page = self.store().users_page(self.account, &self.fields(), &query).expect("a page");
        page.users.iter().map(|user| user.id()).collect()
    }

    fn counted(&self, search: &str) -> i64 {
        let query = UsersQuery { search: search.to_owned(), ..UsersQuery::default() };
        self.store().count_users(self.account, &query, 10_000).expect("a count").users
    }

    /// 25,000 later users of the account that no history knows, which has more than a page looks through as a whole.
    fn multitude(&self) {
        let sql = "WITH RECURSIVE numbers(number) AS
                       (SELECT CAST(5000000000 AS BIGINT) UNION ALL SELECT number + 1 FROM numbers WHERE number < 5000024999)
                   INSERT INTO users (account, id, name_key, sign_in_key, revision, withdrawn)
                   SELECT account, number, 'm', 'm@acme.example', 1, 0
                   FROM numbers, (SELECT DISTINCT account FROM users) own";
        rows(self.app, sql);
        rows(self.app, "UPDATE account SET users = 200000");
    }

    /// The pages of a search: whom each found, and whether it stopped before it was full.
    fn pages(&self, search: &str, sort: Sort, descending: bool) -> Vec<(Vec<UserId>, Option<Stopped>)> {
        let mut query =
            UsersQuery { search: search.to_owned(), sort, descending, limit: 10, ..UsersQuery::default() };
        let mut pages = Vec::new();
        loop {
            let page = self.store().users_page(self.account, &self.fields(), &query).expect("a page");
            pages.push((page.users.iter().map(|user| user.id()).collect(), page.stopped));
            query.cursor = page.next;
            if query.cursor.is_none() {
                return pages;
            }
        }
    }

    /// So many users, all with the last name `Person`.
    fn crowd(&self, count: usize) -> Vec<UserId> {
        let emails: Vec<String> = (0..count).map(|number| format!("p{number}@acme.example")).collect();
        self.create_with_emails(&emails.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

#[test]
fn an_edit_a_withdrawal_and_a_return_are_seen_at_once() {
    on_both(|app| {
        let (scene, other) = (Scene::new(app), Scene::named(app, "other"));
        let users = scene.create_with_emails(&["ann@acme.example", "bob@acme.example"]);
        other.create_with_emails(&["ann@other.example"]);
        assert_eq!(scene.found_by("ann"), [users[0]], "and nobody of another account");
        scene.apply(&[change(users[0], standard::FIRST_NAME, Some("ann"), Some("Hannelore"))]);
        assert_eq!((scene.found_by("nelo"), scene.found_by("ann")), (vec![users[0]], vec![users[0]]));
        let (before, after) = (Some("ann@acme.example"), Some("h@acme.example"));
        scene.apply(&[change(users[0], standard::EMAIL, before, after)]);
        assert!(scene.found_by("ann@").is_empty());
        scene.apply(&[change(users[0], standard::USER, Some(PRESENT), None)]);
        assert_eq!((scene.found_by("nelo"), scene.found_by("person")), (vec![], vec![users[1]]));
        scene.apply(&[change(users[0], standard::USER, None, Some(PRESENT))]);
        assert_eq!(scene.found_by("nelo"), [users[0]]);
        assert_eq!((scene.counted("person"), other.counted("person")), (2, 1));
    });
}

#[test]
fn a_search_before_the_index_is_made_finds_everybody() {
    on_both(|app| {
        let scene = Scene::new(app);
        let users = scene.crowd(2_345);
        assert_eq!(scene.found_by("person"), users);
        assert_eq!(work_rows(app, "SELECT COUNT(*) FROM users_text_2_entry"), ["0"], "nobody waits for many");
        let rounds = (0..100).take_while(|_| !scene.store().refresh_search(100).expect("it works")).count();
        assert_eq!(rounds, 23, "in batches");
        assert_eq!(work_rows(app, "SELECT COUNT(*) FROM users_text_2_entry"), ["2345"]);
        assert_eq!(scene.found_by("p1234@").len(), 1);
        assert_eq!(scene.found_by("person"), users);
        assert!(scene.store().refresh_search(500).expect("it works"));
    });
}

#[test]
fn what_thousands_have_is_walked_through_in_order() {
    on_both(|app| {
        let scene = Scene::new(app);
        let users = scene.crowd(4_100);
        while !scene.store().refresh_search(1_000).expect("it works") {}
        assert_eq!(scene.found_by("person"), users);
        assert_eq!(scene.counted("person"), 4_100);
        assert_eq!(scene.found_by("p4099@"), [users[4_099]]);
        assert_eq!(scene.counted("person p4099@"), 1);
    });
}

#[test]
fn a_page_looks_through_so_many_users_and_the_next_one_goes_on() {
    on_one_machine(|app| {
        let scene = Scene::new(app);
        let zoe = scene.create_with_emails(&["zoe@zulu.example"]);
        scene.multitude();
        let stopped = Some(Stopped { users: 5_000, preparing: false });
        let (nobody, found) = ((vec![], stopped), |stopped| (zoe.clone(), stopped));
        let [mut last, mut first] = [vec![nobody.clone(); 4], vec![nobody; 4]];
        last.push(found(None));
        first[0] = found(stopped);
        first.push((vec![], None));
        for (sort, descending, expected) in [
            (Sort::SignIn, false, &last),
            (Sort::SignIn, true, &first),
            (Sort::Created, false, &first),
            (Sort::Created, true, &last),
        ] {
            assert_eq!(&scene.pages("@z", sort, descending), expected, "{sort:?} {descending}");
        }
        let query = UsersQuery { search: "@z".to_owned(), ..UsersQuery::default() };
        let count = scene.store().count_users(scene.account, &query, 10_000).expect("a count");
        assert_eq!(count, Found { users: 1, how: Precision::AtLeast });
    });
}

#[test]
fn a_page_says_that_the_index_is_being_made() {
    on_one_machine(|app| {
        let scene = Scene::new(app);
        scene.crowd(1_000);
        scene.multitude();
        let of = |scene: &Scene<'_>| {
            let pages = scene.pages("nobody", Sort::Name, false).into_iter();
            pages.map(|(_, stopped)| stopped.map(|stopped| stopped.preparing)).collect::<Vec<_>>()
        };
        assert_eq!(of(&scene), [Some(true), Some(true), Some(true), Some(true), Some(true), None]);
        while !scene.store().refresh_search(1_000).expect("it works") {}
        assert_eq!(of(&scene), [None]);
    });
}

#[test]
fn an_index_of_a_later_directory_is_made_again() {
    on_both(|app| {
        let scene = Scene::new(app);
        let users = scene.create_with_emails(&["ann@acme.example"]);
        assert_eq!(scene.found_by("ann"), users);
        rows(app, "UPDATE users SET name_key = 'zoe person', sign_in_key = 'zoe@acme.example'");
        work_rows(app, "UPDATE users_text_2_place SET revision = 1000");
        assert_eq!(scene.found_by("zoe"), users, "put back from a copy");
    });
}

/// What a user is sorted and found by: the keys of the orders, the number, and all texts.
struct Known {
    keys: [String; 3],
    id: UserId,
    texts: [String; 3],
}

const SEPARATORS: [char; 6] = [' ', '-', '.', '@', '_', '\''];

impl Known {
    /// Whether a word is anywhere in a text; one of one or two letters has to begin a word.
    fn has(&self, word: &str) -> bool {
        let word = Claim::fold(Kind::Text, word);
        let short = word.chars().count() < 3 && !word.contains(SEPARATORS);
        let begins = |text: &str| text.split(SEPARATORS).any(|part| part.starts_with(&word));
        self.texts.iter().any(|text| if short { begins(text) } else { text.contains(&word) })
    }
}

/// And what they ask of it besides, for searches that are gone through by hand.
trait GoneThrough {
    fn known(&self) -> Vec<Known>;
    fn meant(known: &[Known], search: &str, order: usize, descending: bool) -> Vec<UserId>;
    fn there_and_back(&self, search: &str, sort: Sort, descending: bool, limit: u32) -> [Vec<UserId>; 2];
    fn compare(&self, searches: &[&str], limit: u32);
    fn people(&self, numbers: Range<usize>) -> Vec<UserId>;
    fn refresh(&self, most: usize);
}

impl GoneThrough for Scene<'_> {
    /// All users who are there, as the directory has them.
    fn known(&self) -> Vec<Known> {
        let of = |user: directory::User<'_>| {
            let fold = |text: &str| Claim::fold(Kind::Text, text);
            let value = |field| user.value(field).unwrap_or_default();
            let name = format!("{} {}", fold(value(standard::LAST_NAME)), fold(value(standard::FIRST_NAME)));
            let sign_in = user.value(standard::EMAIL).unwrap_or(value(standard::USERNAME));
            let further = format!("{} {}", value(standard::EMPLOYEE_NUMBER), value(standard::JOB_TITLE));
            Known {
                keys: [name.clone(), fold(sign_in), String::new()],
                id: user.id(),
                texts: [name, fold(sign_in), fold(&further)],
            }
        };
        self.all().iter().filter(|user| !user.withdrawn()).map(of).collect()
    }

    /// The users that a search must find, in order.
    fn meant(known: &[Known], search: &str, order: usize, descending: bool) -> Vec<UserId> {
        let has_all = |user: &&Known| search.split_whitespace().all(|word| user.has(word));
        let mut meant: Vec<&Known> = known.iter().filter(has_all).collect();
        meant.sort_by_key(|user| (&user.keys[order], user.id));
        if descending {
            meant.reverse();
        }
        meant.into_iter().map(|user| user.id).collect()
    }

    /// Goes through the pages of a search to its end and back to its beginning: the users of each way.
    fn there_and_back(&self, search: &str, sort: Sort, descending: bool, limit: u32) -> [Vec<UserId>; 2] {
        let page = |cursor: Option<Cursor>| {
            let query = UsersQuery {
                search: search.to_owned(),
                sort,
                descending,
                cursor,
                limit,
                ..UsersQuery::default()
            };
            let page = self.store().users_page(self.account, &self.fields(), &query).expect("a page");
            assert_eq!(page.stopped, None);
            (page.users.iter().map(|user| user.id()).collect::<Vec<_>>(), page.previous, page.next)
        };
        let (mut users, mut previous, mut next) = page(None);
        let (mut there, mut pages) = (users.clone(), vec![users]);
        while let Some(cursor) = next {
            (users, previous, next) = page(Some(cursor));
            there.extend(&users);
            pages = vec![users];
        }
        while let Some(cursor) = previous {
            (users, previous, _) = page(Some(cursor));
            pages.push(users);
        }
        [there, pages.into_iter().rev().flatten().collect()]
    }

    /// Every search finds, in every order, page by page and back, whom the directory means, and counts them.
    fn compare(&self, searches: &[&str], limit: u32) {
        let known = self.known();
        for search in searches {
            for (order, (sort, _)) in Sort::ALL.into_iter().enumerate() {
                for descending in [false, true] {
                    let meant = Self::meant(&known, search, order, descending);
                    let [there, back] = self.there_and_back(search, sort, descending, limit);
                    assert!(
                        there == meant,
                        "{search} {sort:?} {descending}: {} of {}",
                        there.len(),
                        meant.len()
                    );
                    assert!(back == meant, "{search} {sort:?} {descending}, back");
                }
            }
            let query = UsersQuery { search: (*search).to_owned(), ..UsersQuery::default() };
            let Found { users, how } =
                self.store().count_users(self.account, &query, 10_000).expect("a count");
            let meant = Self::meant(&known, search, 2, false).len() as i64;
            match how {
                Precision::About => {
                    assert!((users - meant).abs() * 10 <= meant, "{search}: about {users} of {meant}");
                }
                _ => assert_eq!(users, meant, "{search}"),
            }
        }
    }

    /// Users with names of many scripts, the later scripts crowded at the end of the order of names.
    fn people(&self, numbers: Range<usize>) -> Vec<UserId> {
        let values: Vec<[String; 6]> = numbers.map(person).collect();
        let domain =
            format!("@{}.example", self.store().account_now(self.account).expect("it is there").slug);
        let emails: Vec<String> = values.iter().map(|values| values[2].clone() + &domain).collect();
        let lines: Vec<Vec<(FieldNumber, &str)>> = values
            .iter()
            .zip(&emails)
            .map(|([first, last, _, number, job, status], email)| {
                let named =
                    [(standard::FIRST_NAME, first), (standard::LAST_NAME, last), (standard::EMAIL, email)];
                let further = [
                    (standard::EMPLOYEE_NUMBER, number),
                    (standard::JOB_TITLE, job),
                    (standard::STATUS, status),
                ];
                named.into_iter().chain(further).map(|(field, text)| (field, text.as_str())).collect()
            })
            .collect();
        self.create(&lines.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    fn refresh(&self, most: usize) {
        while !self.store().refresh_search(most).expect("it works") {}
    }
}

const FIRST: [&str; 12] =
    ["Ann", "Maria", "José", "伟", "小明", "민준", "Иван", "محمد", "Øyvind", "ゆき", "Nguyễn", "Éa"];
const LAST: [&str; 16] = [
    "Smith",
    "García",
    "Müller",
    "张",
    "李",
    "欧阳",
    "김",
    "Иванов",
    "العلي",
    "Ng",
    "van der Berg",
    "O'Neil",
    "Zhang",
    "𠮷田",
    "Παπαδόπουλος",
    "佐藤",
];
const JOBS: [&str; 6] =
    ["Engineer", "sales manager", "Head of Emergency", "Driver 2", "registered nurse", "工程师"];

/// The values of a person: first and last name, local part, employee number, job title, status.
fn person(number: usize) -> [String; 6] {
    let mixed = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24;
    let of = |texts: &[&str], by: u64| texts[(mixed / by) as usize % texts.len()].to_owned();
    let latin = of(&["zhang", "smith", "anna.ng", "e-m", "m_garcia", "li"], 7);
    [
        of(&FIRST, 1),
        if number.is_multiple_of(3) { "Smith".to_owned() } else { of(&LAST, 101) },
        format!("{latin}.{number}"),
        format!("{:08}", number * 37),
        of(&JOBS, 1_009),
        "active".to_owned(),
    ]
}

const SEARCHES: [&str; 31] = [
    "zhang",
    "张",
    "李",
    "李 小",
    "欧阳",
    "김",
    "민준",
    "иванов",
    "العلي",
    "𠮷田",
    "παπ",
    "佐藤",
    "øyv",
    "nguyễn",
    "é",
    "garcía",
    "maria garc",
    "smith",
    "an",
    "e",
    "n.ng",
    "m_g",
    "00003",
    "00003700",
    "sales",
    "engineer smith",
    "emergency an",
    "2",
    "工程师",
    "nobody",
    "smith zhang li 000",
];

#[test]
fn every_script_is_found_in_every_order_there_and_back() {
    on_both(|app| {
        // Numbers of users begin far beyond what 32 bits hold.
        rows(app, "UPDATE deployment SET next_user = 8589934592");
        let (scene, other) = (Scene::new(app), Scene::named(app, "other"));
        scene.people(0..400);
        other.people(0..60);
        scene.people(400..900);
        scene.refresh(150);
        scene.compare(&SEARCHES, 60);
        other.compare(&["张", "smith", "e", "an ng", "00003", "@acme", "@other"], 7);
    });
}

#[test]
fn what_changed_is_found_as_it_is_now() {
    on_both(|app| {
        let scene = Scene::new(app);
        let users = scene.people(0..600);
        scene.refresh(1_000);
        let lasts: Vec<String> = (0..600).map(|number| person(number)[1].clone()).collect();
        let jobs: Vec<String> = (0..600).map(|number| person(number)[4].clone()).collect();
        let cells = (0..600).filter_map(|number| -> Option<PlanCell> {
            let (user, last, job) = (users[number], lasts[number].as_str(), jobs[number].as_str());
            match number % 5 {
                0 => Some(change(user, standard::LAST_NAME, Some(last), Some(LAST[number / 5 % LAST.len()]))),
                1 => Some(change(user, standard::JOB_TITLE, Some(job), Some("Ferry captain"))),
                2 => Some(change(user, standard::USER, Some(PRESENT), None)),
                _ => None,
            }
        });
        let is_another = |cell: &PlanCell| cell.now != cell.mine;
        scene.apply(&cells.filter(is_another).collect::<Vec<_>>());
        scene.refresh(100);
        let searches = ["captain", "ferry smith", "张", "김", "smith", "engineer", "e", "00003", "zhang"];
        scene.compare(&searches, 40);
        let returned: Vec<PlanCell> = (0..600)
            .filter(|number| number % 10 == 2)
            .map(|number| change(users[number], standard::USER, None, Some(PRESENT)))
            .collect();
        scene.apply(&returned);
        scene.compare(&searches, 40);
    });
}

#[test]
fn employee_numbers_and_job_titles_are_found_in_any_case_and_script() {
    on_both(|app| {
        let scene = Scene::new(app);
        let of = |number, job| vec![(standard::EMPLOYEE_NUMBER, number), (standard::JOB_TITLE, job)];
        let lines =
            [of("A-0042", "Senior Software Engineer"), of("b_7", "straßenbauer"), of("00099", "工程师 助理")];
        let users = scene.create(&lines.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let cases: [(&str, &[usize]); 15] = [
            ("STRASSE", &[1]),
            ("ｓｅｎｉｏｒ", &[0]),
            ("strassen b_", &[1]),
            ("a-0042", &[0]),
            ("0042", &[0]),
            ("A-", &[0]),
            ("SENIOR", &[0]),
            ("so", &[0]),
            ("ftware", &[0]),
            ("gi", &[]),
            ("straße", &[1]),
            ("工程师", &[2]),
            ("助", &[2]),
            ("b_7 bauer", &[1]),
            ("00099", &[2]),
        ];
        for ready in [false, true] {
            if ready {
                scene.refresh(10);
            }
            for (search, expected) in cases {
                let expected: Vec<UserId> = expected.iter().map(|place| users[*place]).collect();
                assert_eq!(scene.found_by(search), expected, "{search}");
            }
        }
    });
}

#[test]
fn what_is_out_of_date_leaves_the_index() {
    on_one_machine(|app| {
        let scene = Scene::new(app);
        scene.people(0..1_000);
        let parts = "SELECT COUNT(*), MIN(part), (SELECT COUNT(DISTINCT part) FROM users_text_2_letters) FROM users_text_2_part";
        for _ in 0..18 {
            scene.refresh(2_000);
            work_rows(app, "UPDATE users_text_2_place SET revision = 0, user_id = 0, writes = writes + 1");
            // The directory's file says that something happened.
            rows(app, "UPDATE account SET keep_days = keep_days + 1");
        }
        scene.refresh(2_000);
        assert_eq!(work_rows(app, parts), ["1|1|1"], "the first part is gone");
        scene.compare(&["张", "smith", "e", "00003"], 300);
    });
}

#[test]
fn an_index_of_the_format_before_goes_and_one_is_made() {
    on_sqlite(|app| {
        let scene = Scene::new(app);
        let users = scene.create_with_emails(&["ann@acme.example", "bob@acme.example"]);
        for table in ["name", "sign_in", "created"] {
            let options = "text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'";
            work_rows(app, &format!("CREATE VIRTUAL TABLE users_text_{table} USING fts5({options})"));
            work_rows(
                app,
                &format!("INSERT INTO users_text_{table} (rowid, text) VALUES (7, 'ann@acme.example')"),
            );
        }
        work_rows(app, "CREATE TABLE users_text_row (user_id BIGINT PRIMARY KEY)");
        work_rows(app, "CREATE TABLE users_text_place (account BIGINT PRIMARY KEY)");
        assert_eq!(scene.found_by("ann"), [users[0]], "nobody waits for it to go");
        scene.refresh(1);
        let left = "SELECT COUNT(*) FROM sqlite_schema WHERE name LIKE 'users_text%' AND name NOT LIKE 'users_text_2%'";
        assert_eq!(work_rows(app, left), ["0"]);
        assert_eq!(scene.found_by("bob"), [users[1]]);
    });
}

#[test]
fn what_another_process_wrote_is_seen() {
    on_both(|app| {
        let (scene, entries) = (Scene::new(app), "SELECT COUNT(*) FROM users_text_2_entry");
        scene.crowd(3);
        scene.refresh(10);
        assert!(scene.store().refresh_search(10).expect("it works"), "nothing happened");
        let other = Store::open(&app.database, &app.randomness, NOW).expect("it opens");
        let mut users = directory::Users::new(&scene.fields());
        users.begin(ground::scene::id(other.reserve_users(1).expect("a number")), 0, false);
        other.create_users(scene.account, &users, "form", "priya@acme", NOW).expect("they are created");
        scene.refresh(10);
        assert_eq!(work_rows(app, entries), ["4"]);
    });
}

#[test]
fn a_search_beyond_what_is_looked_for_at_once_is_refused_and_a_nul_finds_nobody() {
    on_both(|app| {
        let scene = Scene::new(app);
        let words = |count: usize| vec!["ab"; count].join(" ");
        for (search, is_taken) in [
            ("é".repeat(200), true),
            ("é".repeat(201), false),
            ("a".repeat(60_000), false),
            (words(10), true),
            (words(11), false),
            (words(5_000), false),
            ("\0".to_owned(), true),
            ("a\0b".to_owned(), true),
        ] {
            let shown: String = search.chars().take(20).collect();
            let query = UsersQuery { search, limit: 10, ..UsersQuery::default() };
            let page = scene.store().users_page(scene.account, &scene.fields(), &query);
            let count = scene.store().count_users(scene.account, &query, 100);
            if is_taken {
                assert!(page.expect("a page").users.is_empty(), "{shown}");
                assert_eq!(count.expect("a count").users, 0, "{shown}");
            } else {
                assert!(matches!(page, Err(Error::SearchTooLong)), "{shown}");
                assert!(matches!(count, Err(Error::SearchTooLong)), "{shown}");
            }
        }
        let status = |value: &str| UsersQuery {
            filters: vec![(standard::STATUS, value.to_owned())],
            ..UsersQuery::default()
        };
        let found = |query: UsersQuery| scene.store().users_page(scene.account, &scene.fields(), &query);
        assert!(found(status("\0")).expect("a page").users.is_empty());
        assert!(matches!(found(status(&"x".repeat(201))), Err(Error::SearchTooLong)));
    });
}

#[test]
fn processes_that_follow_at_once_leave_one_index() {
    on_both(|app| {
        let scene = Scene::new(app);
        scene.people(0..700);
        let other = Store::open(&app.database, &app.randomness, NOW).expect("it opens");
        std::thread::scope(|scope| {
            for store in [scene.store(), &other, scene.store()] {
                scope.spawn(move || while !store.refresh_search(90).expect("it works") {});
            }
            // And those who search do not wait for their turn.
            scope.spawn(|| (0..20).for_each(|_| drop(scene.found_by("smith"))));
        });
        scene.refresh(1_000);
        let twice = "SELECT COUNT(*) - COUNT(DISTINCT entry) FROM users_text_2_entry";
        assert_eq!(work_rows(app, twice), ["0"]);
        scene.compare(&["smith", "张", "e", "00003"], 60);
    });
}

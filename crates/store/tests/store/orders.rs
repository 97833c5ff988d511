//! The list of users in the order of any field: sorted when it is asked for, or kept as of a moment; and what a search looks through.

use ::store::{Ordered, Sort, UsersPage, UsersQuery};
use directory::{Choice, Field, FieldNumber, Kind, UserId, standard};

use ground::scene::{NICKNAME, Scene, change, rows, work_rows};
use ground::{Ground, NOW, on_both};

/// More users than an account has that is sorted for each page.
const LARGE: &str = "UPDATE account SET users = 20000";

/// A field of the account of each kind, with its number.
fn field(scene: &Scene<'_>, key: &str, kind: Kind, labels: &[&str]) -> FieldNumber {
    let mut field = Field::new(FieldNumber(0), key, key, kind);
    let choice = |(id, label): (u32, &&str)| Choice {
        id,
        label: (*label).to_owned(),
        former: Vec::new(),
        retired: false,
    };
    field.choices = (1..).zip(labels).map(choice).collect();
    let saved = scene.store().save_field(scene.account, &field, "test", NOW).expect("the store");
    saved.expect("saved").number
}

fn query(sort: Sort, descending: bool) -> UsersQuery {
    UsersQuery { sort, descending, limit: 2, ..UsersQuery::default() }
}

fn page(scene: &Scene<'_>, query: &UsersQuery) -> UsersPage {
    scene.store().users_page(scene.account, &scene.fields(), query).expect("a page")
}

/// The first names of all pages, forwards; and of the pages back from the last one, which have to be the same.
fn names(scene: &Scene<'_>, mut query: UsersQuery) -> String {
    let of = |page: &UsersPage| {
        let names = page.users.iter().map(|user| user.value(standard::FIRST_NAME).unwrap_or("").to_owned());
        names.collect::<Vec<_>>()
    };
    let (mut forwards, mut backwards) = (Vec::new(), Vec::new());
    let mut last = loop {
        let found = page(scene, &query);
        forwards.push(of(&found));
        query.cursor.clone_from(&found.next);
        if query.cursor.is_none() {
            break found;
        }
    };
    backwards.push(of(&last));
    while let Some(previous) = last.previous.take() {
        query.cursor = Some(previous);
        last = page(scene, &query);
        if last.users.is_empty() {
            break;
        }
        backwards.push(of(&last));
    }
    backwards.reverse();
    assert_eq!(forwards.concat(), backwards.concat(), "back the same way");
    forwards.concat().join(" ")
}

/// Five people: first name, job title, number, day, department, site, tags; and who their manager is.
fn people<'a>(app: &'a Ground, own: &mut [FieldNumber; 3]) -> Scene<'a> {
    let scene = Scene::new(app);
    let mut department = scene.fields().by_key("department").expect("it").clone();
    department.choices = [(1, "Zoo"), (2, "attic"), (3, "Middle")]
        .map(|(id, label): (u32, &str)| Choice {
            id,
            label: label.to_owned(),
            former: Vec::new(),
            retired: false,
        })
        .to_vec();
    scene.store().save_field(scene.account, &department, "test", NOW).expect("the store").expect("saved");
    *own = [
        field(&scene, "shoe", Kind::Number, &[]),
        field(&scene, "tags", Kind::Choices, &["north", "East", "west"]),
        field(&scene, "mentor", Kind::User, &[]),
    ];
    let [shoe, tags, _] = *own;
    let lines: [&[(FieldNumber, &str)]; 5] = [
        &[
            (standard::FIRST_NAME, "A"),
            (standard::JOB_TITLE, "clerk"),
            (shoe, "10"),
            (standard::START_DATE, "2024-05-01"),
            (standard::DEPARTMENT, "1"),
            (tags, "1;3"),
        ],
        &[
            (standard::FIRST_NAME, "B"),
            (standard::JOB_TITLE, "Baker"),
            (shoe, "9.5"),
            (standard::DEPARTMENT, "2"),
            (tags, "2"),
        ],
        &[(standard::FIRST_NAME, "C"), (shoe, "-3"), (standard::START_DATE, "2020-01-31"), (tags, "3")],
        &[
            (standard::FIRST_NAME, "D"),
            (standard::JOB_TITLE, "ärztin"),
            (standard::START_DATE, "2021-12-01"),
            (standard::DEPARTMENT, "3"),
        ],
        &[
            (standard::FIRST_NAME, "E"),
            (standard::JOB_TITLE, "Clerk"),
            (shoe, "100"),
            (standard::START_DATE, "2024-05-01"),
            (standard::DEPARTMENT, "2"),
            (tags, "1"),
        ],
    ];
    let ids = scene.create(&lines);
    let [_, _, mentor] = *own;
    scene.apply(&[
        change(ids[0], mentor, None, Some(&ids[4].to_string())),
        change(ids[2], mentor, None, Some(&ids[1].to_string())),
        change(ids[3], mentor, None, Some(&ids[4].to_string())),
    ]);
    scene
}

#[test]
fn users_are_in_the_order_of_what_people_read_and_who_has_no_value_is_last() {
    on_both(|app| {
        let mut own = [NICKNAME; 3];
        let scene = people(app, &mut own);
        let [shoe, tags, mentor] = own;
        for (field, upwards, downwards) in [
            (standard::JOB_TITLE, "B A E D C", "D E A B C"),
            (shoe, "C B A E D", "E A B C D"),
            (standard::START_DATE, "C D A E B", "E A D C B"),
            // attic, attic, Middle, Zoo; by label, not by number.
            (standard::DEPARTMENT, "B E D A C", "A D E B C"),
            // East, north, "north; west", west.
            (tags, "B E A C D", "C A E B D"),
            // By the name of the mentor.
            (mentor, "C A D B E", "D A C B E"),
            (NICKNAME, "A B C D E", "A B C D E"),
        ] {
            let sort = Sort::Field(field);
            assert_eq!(names(&scene, query(sort, false)), upwards, "{field:?}");
            assert_eq!(names(&scene, query(sort, true)), downwards, "{field:?} turned");
            assert_eq!(page(&scene, &query(sort, false)).order, Ordered::Now);
        }
        let narrowed = UsersQuery {
            filters: vec![(standard::DEPARTMENT, "2".to_owned())],
            ..query(Sort::Field(shoe), true)
        };
        assert_eq!(names(&scene, narrowed), "E B");
        let searched = UsersQuery { search: "clerk".to_owned(), ..query(Sort::Field(shoe), true) };
        assert_eq!(names(&scene, searched), "E A");
    });
}

#[test]
fn an_order_of_many_users_is_made_when_it_is_wanted_and_says_as_of_when_it_is() {
    on_both(|app| {
        let mut own = [NICKNAME; 3];
        let scene = people(app, &mut own);
        rows(app, LARGE);
        let (store, account) = (scene.store(), scene.account);
        let sort = Sort::Field(standard::JOB_TITLE);
        let first = page(&scene, &query(sort, false));
        assert_eq!((first.order, first.next.is_some()), (Ordered::NotYet, false));
        assert!(!store.make_order(NOW).expect("the store"), "nobody has asked for it");
        assert!(store.want_order(account, standard::JOB_TITLE, NOW).expect("the store"));
        assert!(!store.want_order(account, standard::JOB_TITLE, NOW.plus(10)).expect("the store"), "no news");
        assert!(store.make_order(NOW.plus(20)).expect("the store"));
        assert!(!store.make_order(NOW.plus(30)).expect("the store"));
        assert_eq!(page(&scene, &query(sort, false)).order, Ordered::Now);
        assert_eq!(names(&scene, query(sort, false)), "B A E D C");
        assert_eq!(names(&scene, query(sort, true)), "D E A B C");
        let narrowed =
            UsersQuery { filters: vec![(standard::DEPARTMENT, "2".to_owned())], ..query(sort, true) };
        assert_eq!(names(&scene, narrowed), "E B");
        // Somebody changes: the order is as of before, and is made again after a while, when somebody looks.
        let second = page(&scene, &query(sort, false)).next;
        let baker = scene.all().get(1).expect("B").id();
        scene.apply(&[change(baker, standard::JOB_TITLE, Some("Baker"), Some("Zoologist"))]);
        rows(app, LARGE);
        assert_eq!(page(&scene, &query(sort, false)).order, Ordered::AsOf(NOW.plus(20)));
        assert_eq!(names(&scene, query(sort, false)), "B A E D C");
        assert!(store.want_order(account, standard::JOB_TITLE, NOW.plus(20_000)).expect("the store"));
        assert!(!store.make_order(NOW.plus(20_000)).expect("the store"), "it is young");
        assert!(store.make_order(NOW.plus(40_000)).expect("the store"));
        assert_eq!(names(&scene, query(sort, false)), "A E B D C");
        // A place in the order of before is found by its user.
        let from = UsersQuery { cursor: second, ..query(sort, false) };
        let after: Vec<UserId> = page(&scene, &from).users.iter().map(|user| user.id()).collect();
        let all = scene.all();
        let of = |place: usize| all.get(place).expect("a user").id();
        assert_eq!(after, [of(4), of(1)]);
        store.forget_old_files(NOW.plus(25 * 60 * 60 * 1_000)).expect("the store");
        for table in ["user_order", "user_order_part"] {
            assert_eq!(work_rows(app, &format!("SELECT COUNT(*) FROM {table}")), ["0"], "{table}");
        }
    });
}

/// Searched, as the worker would have it.
fn found(scene: &Scene<'_>, search: &str) -> Vec<UserId> {
    while !scene.store().refresh_search(2).expect("the index") {}
    let query = UsersQuery { search: search.to_owned(), limit: 10, ..UsersQuery::default() };
    page(scene, &query).users.iter().map(|user| user.id()).collect()
}

#[test]
fn a_search_looks_through_the_fields_that_are_marked() {
    on_both(|app| {
        let scene = Scene::new(app);
        let ids = scene.create_with_emails(&["ada@acme.example", "bo@acme.example"]);
        scene.apply(&[change(ids[0], NICKNAME, None, Some("Enchantress of Number"))]);
        let mark = |searched| {
            let field = scene.fields().get(NICKNAME).expect("it").clone();
            let marked = Field { searched, ..field };
            scene.store().save_field(scene.account, &marked, "test", NOW).expect("the store").expect("saved");
        };
        assert_eq!(found(&scene, "enchant"), []);
        mark(true);
        assert_eq!(found(&scene, "enchant"), ids[..1]);
        assert_eq!(found(&scene, "ENCHANTRESS person"), ids[..1]);
        scene.apply(&[change(ids[1], NICKNAME, None, Some("enchanter"))]);
        assert_eq!(found(&scene, "enchant"), ids);
        scene.apply(&[change(ids[0], NICKNAME, Some("Enchantress of Number"), None)]);
        assert_eq!(found(&scene, "enchant"), ids[1..]);
        mark(false);
        assert_eq!(found(&scene, "enchant"), []);
        assert_eq!(scene.store().verify_chain(scene.account).expect("the chain").altered, None);
        assert_eq!(scene.store().examine(NOW).expect("examined"), []);
    });
}

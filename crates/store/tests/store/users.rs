//! Reading users: pages in every order, search, filters, single ones, ranges.

use ::store::{NO_VALUE, PRESENT, Sort, UsersPage, UsersQuery};
use directory::{Claim, ClaimKind, Field, FieldNumber, Kind, UserId, Users, standard};

use ground::scene::{BADGE, NICKNAME, Scene, change, id, line};
use ground::{NOW, on_both};

fn everyone() -> UsersQuery {
    UsersQuery { limit: 100, ..UsersQuery::default() }
}

/// What these tests ask of a scene besides.
trait Listing {
    fn page(&self, query: &UsersQuery) -> UsersPage;
    fn found(&self, query: &UsersQuery) -> Vec<UserId>;
}

impl Listing for Scene<'_> {
    fn page(&self, query: &UsersQuery) -> UsersPage {
        self.store().users_page(self.account, &self.fields(), query).expect("a page")
    }

    fn found(&self, query: &UsersQuery) -> Vec<UserId> {
        self.page(query).users.iter().map(|user| user.id()).collect()
    }
}

/// 23 users, in which names and sign-ins are the same again and again.
fn crowd(scene: &Scene<'_>) -> Vec<UserId> {
    let of = |number: usize| {
        let (last, username) = (["Ng", "de Vries", "Öz", ""][number % 4], format!("user{number}"));
        let status = if number.is_multiple_of(3) { "inactive" } else { "active" };
        (last, username, status)
    };
    let people: Vec<_> = (0..23).map(of).collect();
    let lines: Vec<Vec<(FieldNumber, &str)>> = people
        .iter()
        .enumerate()
        .map(|(number, (last, username, status))| {
            let mut line = vec![(standard::LAST_NAME, *last), (standard::STATUS, *status)];
            line.extend((number % 2 == 0).then_some((standard::USERNAME, username.as_str())));
            line
        })
        .collect();
    let lines: Vec<&[(FieldNumber, &str)]> = lines.iter().map(Vec::as_slice).collect();
    scene.create(&lines)
}

#[test]
fn pages_walk_forward_and_backward_over_ties_in_every_order() {
    on_both(|app| {
        let scene = Scene::new(app);
        let all = crowd(&scene);
        for (sort, _) in Sort::ALL {
            for descending in [false, true] {
                let query = UsersQuery { sort, descending, ..everyone() };
                let whole = scene.found(&query);
                assert_eq!(whole.len(), all.len());
                for limit in [1, 4, 23, 24] {
                    let forward = walked(&scene, &UsersQuery { limit, ..query.clone() });
                    assert_eq!(forward, whole, "{sort:?} {descending} by {limit}");
                }
            }
            let ascending = scene.found(&UsersQuery { sort, ..everyone() });
            let descending = scene.found(&UsersQuery { sort, descending: true, ..everyone() });
            assert_eq!(ascending, descending.into_iter().rev().collect::<Vec<_>>(), "{sort:?}");
        }
        let by_name = scene.found(&everyone());
        let name = |id: &UserId| scene.value(*id, standard::LAST_NAME).unwrap_or_default();
        assert_eq!(by_name.iter().map(name).collect::<Vec<_>>()[5..], {
            let mut names = vec!["de Vries".to_owned(); 6];
            names.extend(vec!["Ng".to_owned(); 6]);
            names.extend(vec!["Öz".to_owned(); 6]);
            names
        });
    });
}

#[test]
fn users_that_are_withdrawn_are_missing_on_every_page() {
    on_both(|app| {
        let scene = Scene::new(app);
        crowd(&scene);
        let whole = scene.found(&everyone());
        let (gone, left): (Vec<_>, Vec<_>) =
            whole.iter().enumerate().partition(|(place, _)| [0, 1, 2, 7, 12, 22].contains(place));
        let changes: Vec<_> =
            gone.iter().map(|(_, user)| change(**user, standard::USER, Some(PRESENT), None)).collect();
        scene.apply(&changes);
        let left: Vec<UserId> = left.into_iter().map(|(_, user)| *user).collect();
        for limit in [1, 2, 3, 5, 16, 17, 18, 23] {
            let query = UsersQuery { limit, ..everyone() };
            assert_eq!(walked(&scene, &query), left, "by {limit}");
            let descending = walked(&scene, &UsersQuery { descending: true, ..query });
            assert!(descending.iter().eq(left.iter().rev()), "by {limit}, from the end");
        }
    });
}

/// Walks to the end and back again; answers what the way there showed, and checks that the way back showed the same.
fn walked(scene: &Scene<'_>, query: &UsersQuery) -> Vec<UserId> {
    let mut page = scene.page(query);
    assert_eq!(page.previous, None);
    let mut there: Vec<Vec<UserId>> = vec![page.users.iter().map(|user| user.id()).collect()];
    while let Some(next) = page.next {
        page = scene.page(&UsersQuery { cursor: Some(next), ..query.clone() });
        there.push(page.users.iter().map(|user| user.id()).collect());
    }
    let mut back = vec![there[there.len() - 1].clone()];
    while let Some(previous) = page.previous {
        page = scene.page(&UsersQuery { cursor: Some(previous), ..query.clone() });
        back.push(page.users.iter().map(|user| user.id()).collect());
    }
    back.reverse();
    assert_eq!(there, back, "the way back shows the same pages");
    there.concat()
}

#[test]
fn search_finds_every_word_in_name_sign_in_or_id() {
    on_both(|app| {
        let scene = Scene::new(app);
        let named = |first, last, email| {
            vec![(standard::FIRST_NAME, first), (standard::LAST_NAME, last), (standard::EMAIL, email)]
        };
        let lines = [
            named("Ann", "Ng", "ann@acme.example"),
            named("Anna", "Öztürk", "100%_sure@acme.example"),
            named("Bob", "O\\Neil", "bob@other.example"),
        ];
        let lines: Vec<&[(FieldNumber, &str)]> = lines.iter().map(Vec::as_slice).collect();
        let users = scene.create(&lines);
        let text = users[2].to_string();
        let cases: &[(&str, &[usize])] = &[
            ("", &[0, 1, 2]),
            ("ann", &[0, 1]),
            ("ANNA", &[1]),
            ("öztürk", &[1]),
            ("ÖZT", &[1]),
            ("ann ng", &[0]),
            ("ng  ann", &[0]),
            ("n", &[0]),
            ("an", &[0, 1]),
            ("ac", &[0, 1]),
            ("nn", &[]),
            ("ot bo", &[2]),
            ("acme.example", &[0, 1]),
            ("100%_", &[1]),
            ("10__s", &[]),
            ("o\\n", &[2]),
            ("cme.exam ann", &[0, 1]),
            ("nobody", &[]),
            ("an nobody", &[]),
            (&text, &[2]),
            (&text.to_lowercase(), &[2]),
            ("U-2222222222", &[]),
            ("\"quote", &[]),
            ("o'neil", &[]),
        ];
        scene.store().refresh_search(usize::MAX).expect("it works");
        for (search, expected) in cases {
            let query = UsersQuery { search: (*search).to_owned(), sort: Sort::Created, ..everyone() };
            let expected: Vec<UserId> = expected.iter().map(|place| users[*place]).collect();
            assert_eq!(scene.found(&query), expected, "{search}");
            let count = scene.store().count_users(scene.account, &query, 100).expect("a count").users;
            assert_eq!(count, expected.len() as i64, "{search}");
        }
    });
}

/// Fields with the values they must have.
type Filters<'f> = &'f [(FieldNumber, &'f str)];

#[test]
fn filters_compare_whole_values() {
    on_both(|app| {
        let scene = Scene::new(app);
        let several = Field::new(FieldNumber(0), "shifts", "Shifts", Kind::Choices);
        scene.store().save_field(scene.account, &several, "test", NOW).expect("it works").expect("saved");
        let shifts = scene.fields().by_key("shifts").expect("kept").number;
        let users = scene.create(&[
            &[
                (standard::STATUS, "active"),
                (standard::DEPARTMENT, "1"),
                (standard::SEGMENTS, "1;12"),
                (shifts, "2;12"),
            ],
            &[
                (standard::STATUS, "inactive"),
                (standard::DEPARTMENT, "11"),
                (standard::SEGMENTS, "2"),
                (shifts, "2"),
            ],
            &[(standard::STATUS, "active"), (NICKNAME, "3"), (standard::SEGMENTS, "12"), (shifts, "12")],
            &[(standard::STATUS, "active"), (NICKNAME, "33"), (BADGE, "3")],
        ]);
        let cases: &[(Filters<'_>, &[usize])] = &[
            (&[(standard::STATUS, "active")], &[0, 2, 3]),
            (&[(standard::DEPARTMENT, "1")], &[0]),
            (&[(standard::SEGMENTS, "12")], &[0, 2]),
            (&[(standard::SEGMENTS, "2")], &[1]),
            (&[(NICKNAME, "3")], &[2]),
            (&[(NICKNAME, "%")], &[]),
            (&[(shifts, "2")], &[0, 1]),
            (&[(shifts, "12")], &[0, 2]),
            (&[(shifts, "1")], &[]),
            (&[(shifts, "2;12")], &[0]),
            (&[(shifts, NO_VALUE)], &[3]),
            (&[(standard::STATUS, "active"), (BADGE, "3")], &[3]),
            (&[(standard::STATUS, "inactive"), (BADGE, "3")], &[]),
        ];
        for (filters, expected) in cases {
            let filters = filters.iter().map(|(field, value)| (*field, (*value).to_owned())).collect();
            let query = UsersQuery { filters, sort: Sort::Created, ..everyone() };
            let expected: Vec<UserId> = expected.iter().map(|place| users[*place]).collect();
            assert_eq!(scene.found(&query), expected, "{:?}", query.filters);
        }
        assert_eq!(
            scene.store().count_users(scene.account, &everyone(), 3).expect("a count").users,
            3,
            "at the most"
        );
    });
}

#[test]
fn ranges_and_single_users_come_with_all_their_values() {
    on_both(|app| {
        let scene = Scene::new(app);
        let odd = "\"q\" \\ \n\t\u{1} ü 𝄞";
        let users = scene.create(&[
            &line("ann@acme.example"),
            &[(NICKNAME, odd), (BADGE, "B-1")],
            &line("zed@acme.example"),
        ]);
        let mut batch = Users::new(&scene.fields());
        scene
            .store()
            .users_after(scene.account, users[0].number(), u64::MAX >> 1, 1, &mut batch)
            .expect("it works");
        let found = batch.get(0).expect("one user");
        assert_eq!((batch.len(), found.id(), found.revision()), (1, users[1], scene.revision()));
        assert_eq!((found.value(NICKNAME), found.value(BADGE)), (Some(odd), Some("B-1")));
        assert_eq!(found.value(standard::EMAIL), None);
        scene.store().users_after(scene.account, 0, users[1].number(), 10, &mut batch).expect("it works");
        assert_eq!(batch.len(), 2, "up to the last number, and it too");
        scene
            .store()
            .users_of(scene.account, &[users[0], id(9_999), users[2]], &mut batch)
            .expect("it works");
        assert_eq!(batch.iter().map(|user| user.id()).collect::<Vec<_>>(), [users[0], users[2]]);
        assert_eq!(
            batch.find(users[2]).and_then(|user| user.value(standard::EMAIL)),
            Some("zed@acme.example")
        );
        assert_eq!(scene.store().user(scene.account, &scene.fields(), users[1]).expect("it works").len(), 1);
        assert!(scene.store().user(scene.account, &scene.fields(), id(9_999)).expect("it works").is_empty());
        let claim = Claim { kind: ClaimKind::Field(BADGE), key: "b-1".to_owned() };
        assert_eq!(scene.store().user_with_claim(scene.account, &claim).expect("it works"), Some(users[1]));
        scene.assert_whole();
    });
}

#[test]
fn a_filter_knows_no_value_spans_of_days_and_since_when() {
    on_both(|app| {
        let scene = Scene::new(app);
        let boss = scene.create(&[&[(standard::LAST_NAME, "A"), (standard::START_DATE, "2026-01-31")]])[0];
        let manager = boss.to_string();
        let rest = scene.create(&[
            &[
                (standard::LAST_NAME, "B"),
                (standard::START_DATE, "2026-02-01"),
                (standard::MANAGER, &manager),
            ],
            &[(standard::LAST_NAME, "C"), (NICKNAME, "2026-02-28")],
        ]);
        let (now, later) = (NOW.0.to_string(), (NOW.0 + 1).to_string());
        for (field, value, found) in [
            (standard::MANAGER, NO_VALUE, vec![boss, rest[1]]),
            (standard::MANAGER, &manager, vec![rest[0]]),
            (standard::START_DATE, NO_VALUE, vec![rest[1]]),
            (standard::START_DATE, "2026-01-31..2026-01-31", vec![boss]),
            (standard::START_DATE, "2026-02-01..", vec![rest[0]]),
            (standard::START_DATE, "..2026-02-01", vec![boss, rest[0]]),
            (NICKNAME, NO_VALUE, vec![boss, rest[0]]),
            (NICKNAME, "2026-02-01..2026-03-01", vec![rest[1]]),
            (NICKNAME, "2026-03-01..", vec![]),
            (standard::USER, &now, vec![boss, rest[0], rest[1]]),
            (standard::USER, &later, vec![]),
            (standard::USER, "yesterday", vec![]),
        ] {
            let filters = vec![(field, value.to_owned())];
            assert_eq!(scene.found(&UsersQuery { filters, ..everyone() }), found, "{field:?} {value}");
        }
    });
}

//! The search follows the directory: what was edited is found by what it is now, whoever called for the index.

use ::store::{Count, Counted, PRESENT, Sort, Stopped, UsersQuery};
use directory::{UserId, standard};

use ground::scene::{Scene, change, rows, work_rows};
use ground::{on_both, on_sqlite};

/// What these tests ask of a scene besides.
trait Searching {
    fn found_by(&self, search: &str) -> Vec<UserId>;
    fn counted(&self, search: &str) -> i64;
    fn crowd(&self, count: usize) -> Vec<UserId>;
    fn multitude(&self);
    fn pages(&self, search: &str, sort: Sort, descending: bool) -> Vec<(Vec<UserId>, Option<Stopped>)>;
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

    /// 25,000 users of the account that no history knows, which has more than a page looks through as a whole.
    fn multitude(&self) {
        let sql = "WITH RECURSIVE numbers(number) AS
                       (SELECT 1000000 UNION ALL SELECT number + 1 FROM numbers WHERE number < 1024999)
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
    on_sqlite(|app| {
        let scene = Scene::new(app);
        let users = scene.crowd(2_345);
        assert_eq!(scene.found_by("person"), users);
        assert_eq!(work_rows(app, "SELECT COUNT(*) FROM users_text_name"), ["0"], "nobody waits for many");
        let rounds = (0..100).take_while(|_| !scene.store().refresh_search(100).expect("it works")).count();
        assert_eq!(rounds, 23, "in batches");
        assert_eq!(work_rows(app, "SELECT COUNT(*) FROM users_text_name"), ["2345"]);
        assert_eq!(scene.found_by("p1234@").len(), 1);
        assert_eq!(scene.found_by("person"), users);
        assert!(scene.store().refresh_search(500).expect("it works"));
    });
}

#[test]
fn what_thousands_have_is_walked_through_in_order() {
    on_sqlite(|app| {
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
    on_both(|app| {
        let scene = Scene::new(app);
        let zoe = scene.create_with_emails(&["zoe@zulu.example"]);
        scene.multitude();
        let stopped = Some(Stopped { users: 10_000, preparing: false });
        let (nobody, found) = ((vec![], stopped), |stopped| (zoe.clone(), stopped));
        let last = [nobody.clone(), nobody.clone(), found(None)];
        let first = [found(stopped), nobody, (vec![], None)];
        for (sort, descending, expected) in [
            (Sort::SignIn, false, &last),
            (Sort::SignIn, true, &first),
            (Sort::Created, false, &first),
            (Sort::Created, true, &last),
        ] {
            assert_eq!(scene.pages("@z", sort, descending), expected, "{sort:?} {descending}");
        }
        let query = UsersQuery { search: "@z".to_owned(), ..UsersQuery::default() };
        let count = scene.store().count_users(scene.account, &query, 10_000).expect("a count");
        assert_eq!(count, Count { users: 1, how: Counted::AtLeast });
    });
}

#[test]
fn a_page_says_that_the_index_is_being_made() {
    on_sqlite(|app| {
        let scene = Scene::new(app);
        scene.crowd(1_000);
        scene.multitude();
        let of = |scene: &Scene<'_>| {
            let pages = scene.pages("nobody", Sort::Name, false).into_iter();
            pages.map(|(_, stopped)| stopped.map(|stopped| stopped.preparing)).collect::<Vec<_>>()
        };
        assert_eq!(of(&scene), [Some(true), Some(true), None]);
        while !scene.store().refresh_search(1_000).expect("it works") {}
        assert_eq!(of(&scene), [None]);
    });
}

#[test]
fn an_index_of_a_later_directory_is_made_again() {
    on_sqlite(|app| {
        let scene = Scene::new(app);
        let users = scene.create_with_emails(&["ann@acme.example"]);
        assert_eq!(scene.found_by("ann"), users);
        rows(app, "UPDATE users SET name_key = 'zoe person', sign_in_key = 'zoe@acme.example'");
        work_rows(app, "UPDATE users_text_place SET revision = 1000");
        assert_eq!(scene.found_by("zoe"), users, "put back from a copy");
    });
}

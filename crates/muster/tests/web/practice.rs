//! Practice: one click, 200 made-up users, a workbook with eight kinds of problems, nothing of or for anybody else; gone after a week.

use std::collections::BTreeSet;

use ::import::{self, Clock, NewUpload, Upload};
use ::store::{Complete, Import, ImportState, Role};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use directory::standard;

use super::site::Site;
use crate::ground::{NOW, on_both, on_sqlite};

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// The slug of the practice that a press of the button leads to.
fn pressed(site: &Site, cookie: &str) -> String {
    let reply = site.post("/practice", cookie, "");
    let slug = reply.location().strip_prefix("/o/").and_then(|rest| rest.strip_suffix("/users"));
    slug.unwrap_or_else(|| panic!("not to the users: {}", reply.location())).to_owned()
}

/// The prepared workbook, byte by byte.
fn workbook(site: &Site, cookie: &str) -> Vec<u8> {
    let request = Request::get("/practice/workbook").header(header::COOKIE, cookie);
    let (status, bytes) = site.bytes(request.body(Body::empty()).expect("a request"));
    assert_eq!(status, StatusCode::OK);
    bytes
}

/// The workbook as it rests after it was imported.
fn imported(site: &Site, slug: &str, bytes: &[u8]) -> Import {
    let account = site.app.store.account(slug).expect("the store").expect("the practice");
    let new = NewUpload {
        file_name: "practice-users.xlsx".to_owned(),
        actor: "editor@acme.example".to_owned(),
        complete: Complete::Never,
        leave_out_errors: false,
        decisions: Vec::new(),
        keep: true,
    };
    let mut upload = Upload::begin(&site.app, account.id, new);
    assert!(upload.write(bytes).expect("kept"));
    let id = upload.finish().expect("an import");
    site.work();
    site.app.store.import(account.id, id).expect("the store").expect("the import")
}

#[test]
fn one_press_makes_it_and_its_workbook_has_eight_kinds_of_problems() {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Viewer);
        let slug = pressed(&site, &cookie);
        assert_eq!(pressed(&site, &cookie), slug, "a second press opens the first");
        let account = app.store.account(&slug).expect("the store").expect("it is there");
        assert_eq!(account.users, 200);
        assert_eq!(account.ends_at, Some(NOW.plus(7 * DAY)));
        for page in ["users", "import", "imports", "download", "fields", "me/account"] {
            let shown = site.get(&format!("/o/{slug}/{page}"), &cookie);
            assert_eq!(shown.status, StatusCode::OK, "{page}");
            assert!(shown.text("aside.practice").contains("These users are made up"), "{page}");
        }
        assert_eq!(site.get("/o/acme/users", &cookie).text("aside.practice"), "", "nowhere else");
        // Who practises looks after nobody else: no administrators, no tokens.
        assert_eq!(site.get(&format!("/o/{slug}/administrators"), &cookie).status, StatusCode::FORBIDDEN);

        let import = imported(&site, &slug, &workbook(&site, &cookie));
        assert_eq!(import.state, ImportState::Review, "{:?}", import.failure);
        let kinds = app.store.problem_kinds(account.id, import.id).expect("the store");
        let kinds: BTreeSet<(&str, u32)> =
            kinds.iter().map(|kind| (kind.code.word(), kind.field.0)).collect();
        assert_eq!(kinds.len() as i64 + import.counts.conflicts, muster::practice::KINDS, "{kinds:?}");
        assert_eq!(import.counts.conflicts, 1);
        assert!(import.counts.users_to_edit >= 12, "{:?}", import.counts);
        // The one whose email stands twice is of this organisation: nobody asks support.
        let review = site.get(&format!("/o/{slug}/imports/{}/problems", import.id), &cookie);
        assert!(!review.body.contains("Raise a ticket"), "nothing of it goes to support");
        assert_eq!(app.store.examine(NOW).expect("it can be read"), []);
    });
}

#[test]
fn what_is_claimed_in_practice_is_free_elsewhere_and_the_other_way_round() {
    on_both(|app| {
        let site = Site::new(app);
        let [one, other] = [Role::Viewer, Role::Editor].map(|role| site.cookie(&site.acme, role));
        let slugs = [pressed(&site, &one), pressed(&site, &other)];
        assert_ne!(slugs[0], slugs[1], "each their own");
        let seen = site.get(&format!("/o/{}/users", slugs[0]), &other);
        assert_eq!(seen.status, StatusCode::NOT_FOUND, "nobody else's is there");
        let practice = app.store.account(&slugs[0]).expect("the store").expect("it is there");
        let fields = app.store.fields(practice.id).expect("fields");
        let mut users = directory::Users::new(&fields);
        app.store.users_after(practice.id, 0, i64::MAX as u64, 200, &mut users).expect("users");
        let email =
            users.iter().find_map(|user| user.value(standard::EMAIL).map(str::to_owned)).expect("an email");
        // Acme asks for an email that practice has, and is not told of it.
        let csv = site.csv().replace("ada@acme.example", &email);
        let id = site.import(&csv);
        let import = app.store.import(site.acme.id, id).expect("the store").expect("the import");
        assert_eq!((import.counts.errors, import.counts.users_to_edit), (0, 1));
        let day = NOW.0 / DAY;
        assert_eq!(app.store.told_elsewhere(site.acme.id, day).expect("the store"), 0);
        // And practice for one that acme has.
        let csv = {
            let mut bytes = Vec::new();
            let choice = import::DownloadChoice::everyone(import::Format::Csv);
            import::download(app, practice.id, &choice, &mut bytes).expect("a download");
            String::from_utf8(bytes).expect("text").replacen(&email, "grace@acme.example", 1)
        };
        let import = imported(&site, &slugs[0], csv.as_bytes());
        assert_eq!((import.counts.errors, import.counts.users_to_edit), (0, 1));
        assert_eq!(app.store.told_elsewhere(practice.id, day).expect("the store"), 0);
    });
}

#[test]
fn it_is_gone_after_a_week_and_may_be_ended_before() {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Owner);
        let slug = pressed(&site, &cookie);
        let mut later: import::Context = (**app).clone();
        later.clock = Clock::standing_at(NOW.plus(7 * DAY - 1));
        import::remove_all(&later).expect("it works");
        assert!(app.store.account(&slug).expect("the store").is_some(), "a week is not over");
        later.clock = Clock::standing_at(NOW.plus(7 * DAY));
        import::remove_all(&later).expect("it works");
        assert_eq!(app.store.account(&slug).expect("the store"), None);
        assert_eq!(app.store.practices().expect("the store"), 0);
        assert_eq!(site.get(&format!("/o/{slug}/users"), &cookie).status, StatusCode::NOT_FOUND);
        assert_eq!(site.get("/practice/workbook", &cookie).status, StatusCode::NOT_FOUND);
        let again = pressed(&site, &cookie);
        assert_ne!(again, slug);
        assert_eq!(site.post("/practice/end", &cookie, "").location(), "/");
        assert_eq!(site.get(&format!("/o/{again}/users"), &cookie).status, StatusCode::NOT_FOUND);
        import::remove_all(app).expect("it works");
        assert_eq!(app.store.examine(NOW).expect("it can be read"), []);
        assert_eq!(app.store.accounts().expect("the store").len(), 2);
    });
}

#[test]
fn who_is_not_signed_in_does_that_first_and_comes_back_to_the_button() {
    on_sqlite(|app| {
        let site = Site::new(app);
        assert_eq!(site.post("/practice", "", "").location(), "/sign-in?next=%2Fhelp");
        assert_eq!(app.store.practices().expect("the store"), 0);
        assert!(site.get("/help", "").all("form[action]", "action").contains(&"/practice".to_owned()));
    });
}

#[test]
fn there_are_at_most_two_hundred() {
    on_sqlite(|app| {
        let site = Site::new(app);
        for number in 0..200 {
            let slug = format!("practice-{number}");
            let made = app.store.create_practice((&slug, "Practice"), 1_000 + number, (NOW, NOW.plus(DAY)));
            assert!(made.expect("the store").is_some());
        }
        let refused = site.post("/practice", &site.cookie(&site.acme, Role::Owner), "");
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.body.contains("Too many people practise"));
    });
}

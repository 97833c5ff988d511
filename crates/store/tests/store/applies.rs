//! The one apply: all of a plan or nothing, once, with its history, under its fence, at its revision.

use ::store::{Applied, Outcome, PRESENT};
use directory::{Chosen, Code, FieldNumber, Place, PlanCell, State, Wrong, standard};

use ground::scene::{BADGE, NICKNAME, Scene, change, line};
use ground::{NOW, on_both, on_postgres};

const ANN: &str = "ann@acme.example";
const BOB: &str = "bob@acme.example";

#[test]
fn every_kind_of_field_is_written_with_its_history() {
    on_both(|app| {
        let scene = Scene::new(app);
        let users = scene.create_with_emails(&[ANN, BOB]);
        let cells = [
            change(users[0], standard::FIRST_NAME, Some("ann"), Some("Anna")),
            change(users[0], standard::EMAIL, Some(ANN), None),
            change(users[0], standard::USERNAME, None, Some("Anna.P")),
            change(users[0], standard::JOB_TITLE, None, Some("Nurse")),
            change(users[0], NICKNAME, None, Some("Annie \"A\"")),
            change(users[0], BADGE, None, Some("B-7")),
            change(users[1], standard::STATUS, Some("active"), Some("inactive")),
            change(users[1], standard::SEGMENTS, None, Some("1;4")),
        ];
        let before = scene.revision();
        let applied = scene.apply(&cells);
        assert_eq!(applied, Applied { revision: before + 1, users: 2, cells: 8 });
        assert_eq!(scene.value(users[0], standard::EMAIL), None);
        assert_eq!(scene.value(users[0], BADGE).as_deref(), Some("B-7"));
        assert_eq!(scene.value(users[1], standard::SEGMENTS).as_deref(), Some("1;4"));
        scene.assert_whole();
        scene.apply(&[
            change(users[0], NICKNAME, Some("Annie \"A\""), None),
            change(users[0], BADGE, Some("B-7"), Some("B-8")),
        ]);
        assert_eq!(
            (scene.value(users[0], NICKNAME), scene.value(users[0], BADGE).as_deref()),
            (None, Some("B-8"))
        );
        scene.apply(&[change(users[0], BADGE, Some("B-8"), None)]);
        assert_eq!(scene.rows("SELECT custom FROM users ORDER BY id"), ["-", "-"]);
        scene.assert_whole();
    });
}

#[test]
fn two_swap_their_emails_and_a_third_takes_what_one_gives_up() {
    on_both(|app| {
        let scene = Scene::new(app);
        let users = scene.create_with_emails(&[ANN, BOB, "cy@acme.example"]);
        scene.apply(&[
            change(users[0], standard::EMAIL, Some(ANN), Some(BOB)),
            change(users[1], standard::EMAIL, Some(BOB), Some("ANN@acme.example")),
        ]);
        scene.assert_whole();
        scene.apply(&[
            change(users[0], standard::EMAIL, Some(BOB), None),
            change(users[0], standard::USERNAME, None, Some("ann")),
            change(users[2], standard::EMAIL, Some("cy@acme.example"), Some(BOB)),
        ]);
        scene.apply(&[change(users[1], standard::EMAIL, Some("ANN@acme.example"), Some(ANN))]);
        scene.assert_whole();
    });
}

#[test]
fn a_cycle_over_thousands_is_one_apply() {
    on_both(|app| {
        const COUNT: usize = 2_000;
        let scene = Scene::new(app);
        let emails: Vec<String> = (0..COUNT).map(|number| format!("p{number}@acme.example")).collect();
        let users = scene.create_with_emails(&emails.iter().map(String::as_str).collect::<Vec<_>>());
        let cycle = |number: usize| {
            let (now, mine) = (&emails[number], &emails[(number + 1) % COUNT]);
            change(users[number], standard::EMAIL, Some(now), Some(mine))
        };
        let applied = scene.apply(&(0..COUNT).map(cycle).collect::<Vec<_>>());
        assert_eq!((applied.users, applied.cells), (COUNT as i64, COUNT as i64));
        scene.assert_whole();
    });
}

#[test]
fn what_somebody_has_is_taken_and_nothing_is_written() {
    on_both(|app| {
        let (scene, other) = (Scene::new(app), Scene::named(app, "other"));
        let users = scene.create(&[&line(ANN), &line(BOB), &[(standard::USERNAME, "cy"), (BADGE, "7")]]);
        other.create_with_emails(&["eve@other.example"]);
        other.create(&[&[(BADGE, "8")]]);
        let before = scene.rows("SELECT id, revision, users FROM account ORDER BY id");
        let cases: &[(FieldNumber, Option<&str>, &str)] = &[
            (standard::EMAIL, Some(BOB), "Ann@Acme.example"),
            (standard::EMAIL, Some(BOB), "eve@other.example"),
            (standard::USERNAME, None, "CY"),
            (BADGE, None, "7"),
        ];
        for (field, now, mine) in cases {
            let outcome = scene.try_apply(&[
                change(users[0], NICKNAME, None, Some("Annie")),
                change(users[1], *field, *now, Some(mine)),
            ]);
            assert_eq!(outcome, Outcome::Taken(Place::User(users[1]), *field), "{mine}");
            assert_eq!(scene.value(users[0], NICKNAME), None, "nothing was written");
            assert_eq!(scene.rows("SELECT id, revision, users FROM account ORDER BY id"), before);
            scene.assert_whole();
        }
        scene.apply(&[change(users[1], BADGE, None, Some("8"))]);
        scene.assert_whole();
        other.assert_whole();
    });
}

#[test]
fn a_directory_that_moved_is_judged_again() {
    on_both(|app| {
        let scene = Scene::new(app);
        let users = scene.create_with_emails(&[ANN, BOB]);
        let cells = [
            change(users[0], NICKNAME, None, Some("Annie")),
            change(users[1], standard::PHONE, None, Some("+1")),
        ];
        let lease = scene.enter(scene.review(&cells));
        let stale = scene.revision() - 1;
        assert_eq!(scene.apply_at(&lease, stale), Outcome::Moved, "another revision");
        scene.store().leave_applying(scene.account, lease.import, lease.fence).expect("it leaves");
        let cases = [
            change(users[0], NICKNAME, Some("Nan"), Some("Annie")),
            change(users[0], standard::FIRST_NAME, Some("Nan"), Some("Annie")),
            change(users[0], standard::JOB_TITLE, Some("Nurse"), None),
            change(ground::scene::id(9_999), standard::JOB_TITLE, None, Some("Nurse")),
            change(ground::scene::id(9_999), NICKNAME, None, Some("Nan")),
        ];
        for case in cases {
            let cells = [case, change(users[1], standard::PHONE, None, Some("+1"))];
            assert_eq!(scene.try_apply(&cells), Outcome::Moved, "{:?}", cells[0]);
            assert_eq!(scene.value(users[1], standard::PHONE), None, "nothing was written");
        }
        scene.assert_whole();
    });
}

#[test]
fn an_old_fence_writes_nothing() {
    on_both(|app| {
        let scene = Scene::new(app);
        let users = scene.create_with_emails(&[ANN]);
        let import = scene.review(&[change(users[0], NICKNAME, None, Some("Annie"))]);
        let old = scene.enter(import);
        let store = scene.store();
        let later = store.claim(Some((scene.account, import)), "w2", NOW.plus(20_000), NOW.plus(30_000));
        let later = later.expect("it works").expect("the lease was over");
        assert!(store.enter_applying(scene.account, import, 1, later.fence, NOW).expect("it enters"));
        assert!(
            !store.enter_applying(scene.account, import, 1, old.fence, NOW).expect("it works"),
            "too late"
        );
        assert_eq!(scene.apply_at(&old, scene.revision()), Outcome::Fenced);
        store.leave_applying(scene.account, import, old.fence).expect("it works");
        assert_eq!(
            store.being_applied(scene.account).expect("it works"),
            Some(import),
            "the later claim's row stays"
        );
        assert_eq!(scene.value(users[0], NICKNAME), None);
        assert!(matches!(scene.apply_at(&later, scene.revision()), Outcome::Applied(_)));
        assert_eq!(store.being_applied(scene.account).expect("it works"), None);
        scene.assert_whole();
    });
}

/// A plan that changes a thousand users is being applied: what happens at the thousandth, while it is written; and what becomes of it.
fn overtaken(app: &ground::Ground, meanwhile: impl Fn(&Scene<'_>, &::store::Lease)) -> Outcome {
    let scene = Scene::new(app);
    let emails: Vec<String> = (0..1_000).map(|number| format!("ann{number}@acme.example")).collect();
    let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
    let users = scene.create_with_emails(&emails);
    let cells: Vec<PlanCell> =
        users.iter().map(|user| change(*user, NICKNAME, None, Some("Annie"))).collect();
    let (import, revision) = (scene.review(&cells), scene.revision());
    let old = scene.enter(import);
    let (store, application) = (scene.store(), scene.application(&old, revision));
    let outcome = store.apply(&application, &scene.fields(), |_| {
        let later = store.claim(Some((scene.account, import)), "w2", NOW.plus(20_000), NOW.plus(30_000));
        let later = later.expect("it works").expect("the lease was over");
        assert!(store.enter_applying(scene.account, import, 1, later.fence, NOW).expect("it enters"));
        meanwhile(&scene, &later);
    });
    scene.assert_whole();
    outcome.expect("it runs")
}

#[test]
fn who_is_overtaken_while_it_writes_writes_nothing() {
    // On SQLite whoever writes is alone.
    on_postgres(|app| {
        assert_eq!(overtaken(app, |_, _| ()), Outcome::Fenced);
        assert_eq!(
            ground::scene::rows(app, "SELECT COUNT(*) FROM applying"),
            ["1"],
            "the later claim's row stays"
        );
    });
}

#[test]
fn who_stands_still_while_it_writes_holds_nobody_up() {
    on_postgres(|app| {
        let applied = std::cell::RefCell::new(None);
        let outcome = overtaken(app, |scene, later| {
            // Longer than a transaction in which nothing happens lives.
            let mut client = ground::see_all(&app.database);
            client.batch_execute("SELECT pg_sleep(6)").expect("it waits");
            *applied.borrow_mut() = Some(scene.apply_at(later, scene.revision()));
        });
        // What it was about to do it finds done.
        assert!(matches!(outcome, Outcome::Applied(_)), "{outcome:?}");
        assert_eq!(applied.take(), Some(outcome));
    });
}

#[test]
fn one_apply_at_a_time_in_an_account() {
    on_both(|app| {
        let (scene, other) = (Scene::new(app), Scene::named(app, "other"));
        let (first, second) = (scene.review(&[]), scene.review(&[]));
        let store = scene.store();
        assert!(store.enter_applying(scene.account, first, 1, 1, NOW).expect("it works"));
        assert!(!store.enter_applying(scene.account, second, 1, 5, NOW).expect("it works"));
        assert!(store.enter_applying(other.account, second, 1, 1, NOW).expect("it works"));
        store.leave_applying(scene.account, first, 1).expect("it works");
        assert!(store.enter_applying(scene.account, second, 1, 5, NOW).expect("it works"));
    });
}

#[test]
fn applied_twice_is_applied_once() {
    on_both(|app| {
        let scene = Scene::new(app);
        let users = scene.create_with_emails(&[ANN]);
        let import = scene.review(&[change(users[0], NICKNAME, None, Some("Annie"))]);
        let lease = scene.enter(import);
        let revision = scene.revision();
        assert_eq!(scene.store().applied_revision(scene.account, import).expect("it works"), None);
        let once = scene.apply_at(&lease, revision);
        assert_eq!(scene.apply_at(&lease, revision), once);
        assert_eq!(scene.apply_at(&lease, revision + 1), once);
        assert_eq!(scene.revision(), revision + 1);
        let proof =
            scene.store().applied_revision(scene.account, import).expect("it works").expect("applied");
        assert_eq!((proof.revision, proof.users, proof.cells, proof.at), (revision + 1, 1, 1, NOW));
        scene.assert_whole();
    });
}

#[test]
fn only_what_is_to_be_written_is_written() {
    on_both(|app| {
        let scene = Scene::new(app);
        let users =
            scene.create_with_emails(&[ANN, BOB, "cy@acme.example", "di@acme.example", "ed@acme.example"]);
        let title = |place: usize, state, chosen| PlanCell {
            state,
            chosen,
            base: Some("Base".to_owned()),
            ..change(users[place], standard::JOB_TITLE, None, Some("Nurse"))
        };
        let wrong = PlanCell { wrong: Some(Wrong::plain(Code::Required)), ..title(1, State::Error, None) };
        let cells = [
            title(0, State::Conflict, Some(Chosen::File)),
            change(users[0], NICKNAME, None, None),
            wrong,
            change(users[1], NICKNAME, None, Some("held by the error")),
            title(2, State::Conflict, None),
            change(users[2], NICKNAME, None, Some("beside the open conflict")),
            title(3, State::Conflict, Some(Chosen::Download)),
            title(4, State::Damage, None),
            change(users[4], NICKNAME, None, Some("Eddie")),
        ];
        let applied = scene.apply(&cells);
        assert_eq!((applied.users, applied.cells), (4, 4));
        let titles: Vec<_> = users.iter().map(|user| scene.value(*user, standard::JOB_TITLE)).collect();
        let title = |text: &str| Some(text.to_owned());
        assert_eq!(titles, [title("Nurse"), None, None, title("Base"), None]);
        let nicknames: Vec<_> = users.iter().filter_map(|user| scene.value(*user, NICKNAME)).collect();
        assert_eq!(nicknames, ["beside the open conflict", "Eddie"]);
        scene.assert_whole();
    });
}

#[test]
fn what_is_given_up_late_in_a_plan_is_free_afterwards() {
    on_both(|app| {
        const COUNT: usize = 700;
        let scene = Scene::new(app);
        let emails: Vec<String> = (0..COUNT).map(|number| format!("p{number}@acme.example")).collect();
        let users = scene.create_with_emails(&emails.iter().map(String::as_str).collect::<Vec<_>>());
        let title = |number: usize| change(users[number], standard::JOB_TITLE, None, Some("Nurse"));
        let plain = || (0..COUNT - 2).map(title);
        let named = change(users[COUNT - 2], standard::USERNAME, None, Some("late"));
        scene.apply(&[named]);
        // Nothing is claimed: that something is given up is known by the last rows alone.
        let cells: Vec<_> = plain()
            .chain([
                change(users[COUNT - 2], standard::EMAIL, Some(&emails[COUNT - 2]), None),
                change(users[COUNT - 1], standard::USER, Some(PRESENT), None),
            ])
            .collect();
        let applied = scene.apply(&cells);
        // A user who goes is no cell.
        assert_eq!((applied.users, applied.cells), (COUNT as i64, COUNT as i64 - 1));
        scene.assert_whole();
        // Both are free for others, at the end of a plan whose other rows are plain.
        let again = |number: usize| change(users[number], standard::JOB_TITLE, Some("Nurse"), Some("Clerk"));
        let cells: Vec<_> = (0..COUNT - 4)
            .map(again)
            .chain([
                change(users[COUNT - 4], standard::EMAIL, Some(&emails[COUNT - 4]), Some(&emails[COUNT - 2])),
                change(users[COUNT - 3], standard::EMAIL, Some(&emails[COUNT - 3]), Some(&emails[COUNT - 1])),
            ])
            .collect();
        scene.apply(&cells);
        scene.assert_whole();
    });
}

#[test]
fn progress_grows_to_the_number_of_users() {
    on_both(|app| {
        let scene = Scene::new(app);
        let emails: Vec<String> = (0..1_500).map(|number| format!("p{number}@acme.example")).collect();
        let users = scene.create_with_emails(&emails.iter().map(String::as_str).collect::<Vec<_>>());
        let cells: Vec<_> = users.iter().map(|user| change(*user, NICKNAME, None, Some("N"))).collect();
        let lease = scene.enter(scene.review(&cells));
        let application = scene.application(&lease, scene.revision());
        let mut told = Vec::new();
        scene.store().apply(&application, &scene.fields(), |users| told.push(users)).expect("it runs");
        assert_eq!(told, [1_000]);
    });
}

//! Administrators, roles, sessions, links that open once, tokens, attempts, kept answers.

use ::store::{AttemptKind, Role, SessionStart, Time};
use directory::{Claim, ClaimKind};

use ground::scene::Scene;
use ground::{NOW, on_both};

const LATER: Time = Time(NOW.0 + 60_000);

#[test]
fn an_administrator_is_one_for_each_email() {
    on_both(|app| {
        let save = |email, password, operator| {
            app.store.save_administrator(email, "priya@acme", password, operator, NOW).expect("it works")
        };
        let made = save("Priya@acme", None, false);
        assert_eq!(
            (made.email.as_str(), made.password.as_deref(), made.operator),
            ("Priya@acme", None, false)
        );
        let again = save("PRIYA@acme", Some("phc"), true);
        assert_eq!((again.id, again.email.as_str(), again.operator), (made.id, "Priya@acme", true));
        assert_eq!(
            save("priya@acme", None, false),
            again,
            "neither the password nor the operator is taken away"
        );
        assert_eq!(app.store.administrator("priya@acme").expect("it works"), Some(again));
        assert_eq!(app.store.administrator("other").expect("it works"), None);
        let other = app.store.save_administrator("o@acme", "o@acme", None, false, NOW).expect("it works");
        assert_ne!(other.id, made.id);
    });
}

#[test]
fn roles_are_one_for_each_account() {
    on_both(|app| {
        let (zeta, acme) = (Scene::named(app, "zeta"), Scene::named(app, "acme"));
        let admin = app.store.save_administrator("p@acme", "p@acme", None, false, NOW).expect("it works").id;
        for (account, role) in
            [(zeta.account, Role::Viewer), (acme.account, Role::Owner), (zeta.account, Role::Editor)]
        {
            app.store.give_role(account, admin, role).expect("it works");
        }
        let memberships = app.store.memberships(admin).expect("it works");
        let told: Vec<_> = memberships.iter().map(|of| (of.account.slug.as_str(), of.role)).collect();
        assert_eq!(told, [("acme", Role::Owner), ("zeta", Role::Editor)]);
        assert!(app.store.memberships(admin + 1).expect("it works").is_empty());
    });
}

#[test]
fn sessions_end_when_told_and_when_the_password_changes() {
    on_both(|app| {
        let admin = app.store.save_administrator("p@acme", "p@acme", None, false, NOW).expect("it works").id;
        let there = |hash| app.store.session(hash).expect("it works").is_some();
        for hash in ["a", "b", "c"] {
            app.store.start_session(hash, admin, &SessionStart::default(), NOW).expect("it works");
        }
        app.store.touch_session("a", LATER).expect("it works");
        let session = app.store.session("a").expect("it works").expect("there");
        assert_eq!((session.administrator.id, session.created_at, session.seen_at), (admin, NOW, LATER));
        app.store.end_session("c").expect("it works");
        assert!(there("a") && there("b") && !there("c") && !there("d"));
        app.store.set_password(admin, "phc", Some("a")).expect("it works");
        assert!(there("a") && !there("b"));
        app.store.set_password(admin, "phc2", None).expect("it works");
        assert!(!there("a"));
        let password = app.store.administrator("p@acme").expect("it works").expect("there").password;
        assert_eq!(password.as_deref(), Some("phc2"));
    });
}

#[test]
fn what_is_old_is_forgotten() {
    on_both(|app| {
        let admin = app.store.save_administrator("p@acme", "p@acme", None, false, NOW).expect("it works").id;
        app.store.start_session("old", admin, &SessionStart::default(), NOW).expect("it works");
        app.store.start_session("unused", admin, &SessionStart::default(), LATER).expect("it works");
        app.store.start_session("used", admin, &SessionStart::default(), LATER).expect("it works");
        app.store.touch_session("used", LATER.plus(9)).expect("it works");
        app.store.keep_link("l", admin, NOW).expect("it works");
        app.store.forget_old_sessions(LATER, LATER.plus(5), LATER).expect("it works");
        let left = ground::scene::work_rows(app, "SELECT hash FROM session");
        assert_eq!(left, ["used"]);
        assert!(!app.store.link_is_open("l", Time(0)).expect("it works"));
    });
}

#[test]
fn a_link_opens_once_while_it_lasts() {
    on_both(|app| {
        app.store.keep_link("l", 7, LATER).expect("it works");
        assert!(app.store.link_is_open("l", LATER).expect("it works"));
        assert!(!app.store.link_is_open("l", LATER.plus(1)).expect("it works"));
        assert_eq!(app.store.use_link("l", LATER.plus(1)).expect("it works"), None);
        assert_eq!(app.store.use_link("l", NOW).expect("it works"), Some(7));
        assert_eq!(app.store.use_link("l", NOW).expect("it works"), None, "once");
    });
}

#[test]
fn of_several_links_of_one_one_opens_alone() {
    on_both(|app| {
        for (hash, of) in [("a", 0), ("b", 0), ("c", 7)] {
            app.store.keep_link(hash, of, LATER).expect("it works");
        }
        assert!(!app.store.use_link_alone("a", LATER.plus(1)).expect("it works"), "it is over");
        assert!(app.store.link_is_open("b", NOW).expect("it works"), "what is over takes nothing back");
        let pressed = std::thread::scope(|scope| {
            let presses = ["a", "b"].map(|hash| scope.spawn(move || app.store.use_link_alone(hash, NOW)));
            presses.map(|press| press.join().expect("no panic").expect("it works"))
        });
        assert_eq!(pressed.iter().filter(|opened| **opened).count(), 1, "{pressed:?}");
        assert!(app.store.link_is_open("c", NOW).expect("it works"), "somebody else's stays");
    });
}

#[test]
fn failures_are_counted_in_a_row() {
    on_both(|app| {
        app.store.note_failure("p@acme", AttemptKind::Administrator, NOW).expect("it works");
        app.store.note_failure("p@acme", AttemptKind::Administrator, LATER).expect("it works");
        assert_eq!(app.store.failures("p@acme").expect("it works"), (2, LATER));
        app.store.clear_failures("p@acme").expect("it works");
        assert_eq!(app.store.failures("p@acme").expect("it works").0, 0);
    });
}

/// How many are counted of each kind: `kind|count`.
fn counted(app: &ground::Ground) -> Vec<String> {
    ground::scene::work_rows(app, "SELECT kind, COUNT(*) FROM attempt GROUP BY kind ORDER BY kind")
}

#[test]
fn the_table_of_failures_stays_small_and_keeps_what_is_attacked() {
    on_both(|app| {
        let note = |subject: &str, kind, at| app.store.note_failure(subject, kind, at).expect("counted");
        for _ in 0..5 {
            note("attacked", AttemptKind::Administrator, NOW);
        }
        for (kind, failures) in [(2, 1), (3, 9)] {
            let many = format!(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                 INSERT INTO attempt (subject, kind, failures, last_at) SELECT '{kind} ' || i, {kind}, {failures}, {} + i FROM n",
                NOW.0
            );
            ground::scene::work_rows(app, &many);
        }
        assert_eq!(counted(app), ["1|1", "2|20000", "3|20000"]);
        for _ in 0..3 {
            note("one more", AttemptKind::Nobody, LATER);
            note("another", AttemptKind::Address, LATER);
        }
        assert_eq!(counted(app), ["1|1", "2|19001", "3|19001"]);
        let kept = ["attacked", "one more", "another", "3 20000", "3 1"];
        let kept = kept.map(|subject| app.store.failures(subject).expect("the store").0);
        assert_eq!(kept, [5, 3, 3, 9, 0], "who just failed is counted; of addresses the quietest went");
        note("late", AttemptKind::Nobody, NOW.plus(13 * 60 * 60 * 1000));
        assert_eq!(counted(app), ["2|1"], "what counts no more is swept");
    });
}

#[test]
fn an_email_of_nobody_that_was_tried_often_stays_longest() {
    on_both(|app| {
        let many = format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
             INSERT INTO attempt (subject, kind, failures, last_at) SELECT '2 ' || i, 2, 1 + i % 4, {} + i FROM n",
            NOW.0
        );
        ground::scene::work_rows(app, &many);
        app.store.note_failure("one more", AttemptKind::Nobody, LATER).expect("counted");
        let failures = |subject: &str| app.store.failures(subject).expect("the store").0;
        assert_eq!((failures("2 4"), failures("2 3"), failures("2 19999")), (0, 4, 4));
    });
}

#[test]
fn so_many_browsers_of_an_administrator_are_known() {
    on_both(|app| {
        for place in 0..25 {
            app.store.note_device(&format!("{place:02}"), 1, NOW.plus(place), NOW).expect("noted");
        }
        app.store.note_device("24", 2, NOW, NOW).expect("noted");
        let knows = |hash, who| app.store.knows_device(hash, who, NOW).expect("the store");
        assert_eq!(
            [knows("04", 1), knows("05", 1), knows("24", 1), knows("24", 2)],
            [false, true, true, true]
        );
        assert!(
            app.store.is_device("24").expect("the store") && !app.store.is_device("04").expect("the store")
        );
        app.store.forget_devices(1).expect("forgotten");
        assert_eq!([knows("24", 1), knows("24", 2)], [false, true]);
        app.store.note_device("30", 1, NOW.plus(50), NOW.plus(40)).expect("noted");
        assert!(!app.store.is_device("24").expect("the store"), "what was not used for long is forgotten");
    });
}

#[test]
fn tokens_are_listed_and_taken_away() {
    on_both(|app| {
        let (scene, other) = (Scene::new(app), Scene::named(app, "other"));
        for (account, hash) in
            [(scene.account, "aaaaaaaaaaaaaaaa"), (scene.account, "bbbbbbbbbbbbbbbb"), (other.account, "c")]
        {
            app.store.keep_token(account, hash, "payroll", Role::Viewer, None, NOW).expect("kept");
        }
        let listed = app.store.tokens(scene.account).expect("the store");
        assert_eq!(
            listed.iter().map(|token| token.id.as_str()).collect::<Vec<_>>(),
            ["aaaaaaaaaaaa", "bbbbbbbbbbbb"]
        );
        let revoke = |named| app.store.revoke_tokens(scene.account, named).expect("the store");
        assert_eq!(
            [revoke("nothing"), revoke("aaaaaaaaaaaa"), revoke("payroll"), revoke("payroll")],
            [0, 1, 1, 0]
        );
        assert!(app.store.token("c").expect("the store").is_some(), "those of others stay");
    });
}

#[test]
fn a_token_stands_for_its_account_and_role() {
    on_both(|app| {
        let scene = Scene::new(app);
        let keep = |hash, expires| {
            app.store
                .keep_token(scene.account, hash, "payroll", Role::Editor, expires, NOW)
                .expect("it works");
        };
        keep("forever", None);
        keep("once", Some(LATER));
        let holder = app.store.token("once").expect("it works").expect("there");
        assert_eq!(
            (holder.account.id, holder.role, holder.expires_at),
            (scene.account, Role::Editor, Some(LATER))
        );
        assert_eq!(app.store.token("forever").expect("it works").expect("there").expires_at, None);
        assert_eq!(app.store.token("other").expect("it works"), None);
    });
}

#[test]
fn what_is_elsewhere_is_told_so_often_a_day() {
    on_both(|app| {
        let (scene, other) = (Scene::new(app), Scene::named(app, "other"));
        let told = |account, day, key: &str| {
            let claim = Claim { kind: ClaimKind::Email, key: key.to_owned() };
            app.store.tell_elsewhere(account, day, &claim, 2).expect("it works")
        };
        let asked = [(1, "a"), (1, "b"), (1, "c"), (1, "a"), (2, "c")];
        let answers = asked.map(|(day, key)| told(scene.account, day, key));
        assert_eq!(answers, [true, true, false, true, true], "what was told is told again");
        assert!(told(other.account, 1, "c"));
        assert_eq!([1, 2, 3].map(|day| app.store.told_elsewhere(scene.account, day).expect("it")), [2, 1, 0]);
    });
}

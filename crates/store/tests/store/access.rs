//! Administrators, roles, sessions, links that open once, tokens, attempts, kept answers.

use ::store::{Role, Time};
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
            app.store.start_session(hash, admin, NOW).expect("it works");
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
        app.store.start_session("old", admin, NOW).expect("it works");
        app.store.start_session("unused", admin, LATER).expect("it works");
        app.store.start_session("used", admin, LATER).expect("it works");
        app.store.touch_session("used", LATER.plus(9)).expect("it works");
        app.store.keep_link("l", admin, NOW).expect("it works");
        app.store.note_failure("x", NOW).expect("it works");
        app.store.forget_old_sessions(LATER, LATER.plus(5), LATER).expect("it works");
        let left = ground::scene::work_rows(app, "SELECT hash FROM session");
        assert_eq!(left, ["used"]);
        assert!(!app.store.link_is_open("l", Time(0)).expect("it works"));
        assert_eq!(app.store.failures("x").expect("it works"), (0, Time(0)));
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
fn failures_are_counted_in_a_row() {
    on_both(|app| {
        app.store.note_failure("p@acme", NOW).expect("it works");
        app.store.note_failure("p@acme", LATER).expect("it works");
        assert_eq!(app.store.failures("p@acme").expect("it works"), (2, LATER));
        app.store.clear_failures("p@acme").expect("it works");
        assert_eq!(app.store.failures("p@acme").expect("it works").0, 0);
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

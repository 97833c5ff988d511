//! Accounts and their fields; what one account sees of another.

use ::store::{FieldRefused, ImportState, SharedValue, SharedValues, Store, UsersQuery};
use directory::{Choice, Claim, ClaimKind, Field, FieldNumber, Kind, Users, standard};

use ground::scene::{BADGE, NICKNAME, Scene, change, line};
use ground::{NOW, on_both, on_one_machine};

#[test]
fn an_account_is_made_once_and_found_by_its_slug() {
    on_both(|app| {
        let made = app.store.create_account("acme", "Acme Ltd", NOW).expect("it works").expect("free");
        assert_eq!(app.store.create_account("acme", "Another", NOW).expect("it works"), None);
        assert_eq!((made.name.as_str(), made.revision, made.users, made.keep_days), ("Acme Ltd", 0, 0, 30));
        assert_eq!(app.store.account("acme").expect("it works"), Some(made.clone()));
        assert_eq!(app.store.account("other").expect("it works"), None);
        assert_eq!(app.store.account_now(made.id).expect("it works"), made);
        app.store.create_account("zeta", "Zeta", NOW).expect("it works");
        app.store.create_account("beta", "Beta", NOW).expect("it works");
        let slugs: Vec<String> =
            app.store.accounts().expect("it works").into_iter().map(|of| of.slug).collect();
        assert_eq!(slugs, ["acme", "beta", "zeta"]);
        assert_eq!(app.store.fields(made.id).expect("it works"), directory::Fields::built_in());
    });
}

#[test]
fn opening_again_keeps_everything_and_its_lineage() {
    on_both(|app| {
        let scene = Scene::new(app);
        let shown = app.store.shown(scene.account, 0).expect("it works");
        let again = Store::open(&app.database, &app.randomness, NOW).expect("it opens again");
        assert_eq!(again.account("acme").expect("it works").expect("kept").id, scene.account);
        assert_eq!(again.shown(scene.account, 0).expect("it works"), shown);
    });
}

#[test]
fn fields_are_kept_as_they_were_at_every_revision() {
    on_both(|app| {
        let scene = Scene::new(app);
        let before = scene.revision();
        let mut nickname = scene.fields().get(NICKNAME).expect("kept").clone();
        nickname.title = "Called".to_owned();
        nickname.max_length = Some(40);
        nickname.pattern = Some("[a-z]+".to_owned());
        nickname.kind = Kind::Choice;
        nickname.choices = vec![Choice {
            id: 3,
            label: "Søren \"S\"".to_owned(),
            former: vec!["Sören".to_owned()],
            retired: true,
        }];
        let save = |field: &Field| {
            scene.store().save_field(scene.account, field, "priya@acme", NOW).expect("it works")
        };
        assert_eq!(save(&nickname), Ok(nickname.clone()));
        assert_eq!(scene.revision(), before + 1);
        assert_eq!(scene.fields().get(NICKNAME), Some(&nickname));
        let earlier = scene.store().fields_at(scene.account, before).expect("it works");
        assert_eq!(earlier.get(NICKNAME).map(|field| field.title.as_str()), Some("Nickname"));
        assert_eq!(scene.store().fields_at(scene.account, 0).expect("it works").all().len(), standard::COUNT);
        let keys: Vec<String> = scene.fields().all().iter().skip(12).map(|field| field.key.clone()).collect();
        assert_eq!(keys, ["language", "nickname", "badge"]);
        let twice = save(&Field::new(FieldNumber(0), "badge", "Twice", Kind::Text));
        assert_eq!(twice, Err(FieldRefused::KeyTaken));
        assert_eq!(scene.revision(), before + 1, "a refused field takes no revision");
    });
}

#[test]
fn a_field_becomes_unique_only_when_nobody_shares_a_value() {
    on_both(|app| {
        let scene = Scene::new(app);
        let mut lines: Vec<[(FieldNumber, &str); 1]> = vec![[(NICKNAME, "Bee")], [(NICKNAME, "cee")]];
        lines.extend([[(NICKNAME, "bee")]; 11]);
        let users = scene.create(&lines.iter().map(<[_; 1]>::as_slice).collect::<Vec<_>>());
        let mut nickname = scene.fields().get(NICKNAME).expect("kept").clone();
        nickname.unique = true;
        let save = |field: &Field| {
            scene.store().save_field(scene.account, field, "priya@acme", NOW).expect("it works")
        };
        let holder = |key: &str| {
            let claim = Claim { kind: ClaimKind::Field(NICKNAME), key: key.to_owned() };
            scene.store().user_with_claim(scene.account, &claim).expect("it works")
        };
        let before = scene.revision();
        let mut sharing = vec![users[0]];
        sharing.extend(&users[2..11]);
        let shared = SharedValue { value: "Bee".to_owned(), users: sharing, count: 12 };
        let shared = SharedValues { first: vec![shared], count: 1 };
        assert_eq!(save(&nickname), Err(FieldRefused::Shared(shared)));
        assert_eq!((scene.revision(), holder("bee"), holder("cee")), (before, None, None), "nothing changed");
        assert_eq!(scene.fields().get(NICKNAME).map(|field| field.unique), Some(false));

        let away: Vec<_> = users[2..].iter().map(|of| change(*of, NICKNAME, Some("bee"), None)).collect();
        scene.apply(&away);
        assert_eq!(save(&nickname), Ok(nickname.clone()));
        assert_eq!((holder("bee"), holder("cee")), (Some(users[0]), Some(users[1])));
        let compared = scene.store().compare_claims(scene.account).expect("it works");
        assert!(compared.are_equal() && compared.made == 2, "{compared:?}");
        nickname.unique = false;
        assert!(save(&nickname).is_ok());
        assert_eq!(holder("bee"), None);
    });
}

#[test]
fn claims_that_differ_from_what_users_have_are_found() {
    on_one_machine(|app| {
        let scene = Scene::new(app);
        let users = scene.create_with_emails(&["ann@acme.example", "bo@acme.example"]);
        let compared = || scene.store().compare_claims(scene.account).expect("it works");
        assert!(compared().are_equal());
        scene.rows("UPDATE login_key SET key = 'eve@acme.example' WHERE key = 'bo@acme.example'");
        let found = compared();
        assert_eq!((found.made, found.kept), (2, 2));
        assert_eq!(found.unclaimed, [(users[1], standard::EMAIL)]);
        scene.rows("DELETE FROM login_key WHERE key = 'eve@acme.example'");
        assert!(!compared().are_equal());
    });
}

#[test]
fn fields_that_another_process_defines_are_known_at_once() {
    on_both(|app| {
        let scene = Scene::new(app);
        let other = Store::open(&app.database, &app.randomness, NOW).expect("it opens");
        let mut nickname = scene.fields().get(NICKNAME).expect("kept").clone();
        for title in ["Called", "Known as"] {
            nickname.title = title.to_owned();
            other.save_field(scene.account, &nickname, "priya@acme", NOW).expect("works").expect("saved");
            assert_eq!(scene.fields().get(NICKNAME).map(|field| field.title.as_str()), Some(title));
        }
        let before = scene.revision() - 1;
        let earlier = scene.store().fields_at(scene.account, before).expect("it works");
        assert_eq!(earlier.get(NICKNAME).map(|field| field.title.as_str()), Some("Called"));
    });
}

#[test]
fn another_account_sees_nothing() {
    on_both(|app| {
        let (mine, other) = (Scene::new(app), Scene::named(app, "other"));
        let users = mine.create(&[&line("ann@acme.example"), &[(standard::LAST_NAME, "B"), (BADGE, "7")]]);
        let import = mine.review(&[change(users[0], NICKNAME, None, Some("Annie"))]);
        let (store, of_other, fields) = (other.store(), other.account, other.fields());
        let mut batch = Users::new(&fields);
        store.users_of(of_other, &users, &mut batch).expect("it works");
        assert!(batch.is_empty());
        store.users_after(of_other, 0, 1_000, 10, &mut batch).expect("it works");
        assert!(batch.is_empty());
        assert!(store.user(of_other, &fields, users[0]).expect("it works").is_empty());
        let everyone = UsersQuery { limit: 10, ..UsersQuery::default() };
        assert!(store.users_page(of_other, &fields, &everyone).expect("it works").users.is_empty());
        assert_eq!(store.count_users(of_other, &everyone, 10).expect("it works").users, 0);
        let email = Claim { kind: ClaimKind::Email, key: "ann@acme.example".to_owned() };
        assert_eq!(store.user_with_claim(of_other, &email).expect("it works"), None);
        assert_eq!(store.holder(of_other, &email).expect("it works"), Some((mine.account, users[0])));
        let badge = Claim { kind: ClaimKind::Field(BADGE), key: "7".to_owned() };
        assert_eq!(store.holder(of_other, &badge).expect("it works"), None, "unique in the account only");
        assert!(store.history_of(of_other, users[0], u64::MAX, 10).expect("it works").is_empty());
        assert!(store.changes_of(of_other, &users, 0).expect("it works").is_empty());
        assert_eq!(store.import(of_other, import).expect("it works"), None);
        assert!(store.imports(of_other, None, 10).expect("it works").is_empty());
        let (from, to) = (ImportState::Review, ImportState::Applying);
        assert!(!store.move_import(of_other, import, from, to, None, false).expect("it works"));
        assert!(!store.cancel_import(of_other, import, NOW).expect("it works"));
        store.forget_import(of_other, import).expect("it works");
        assert!(mine.store().import(mine.account, import).expect("it works").is_some());
        assert_eq!(store.claim(Some((of_other, import)), "w", NOW, NOW).expect("it works"), None);
        assert!(
            store.plan_row(of_other, import, directory::Place::User(users[0])).expect("it works").is_empty()
        );
        assert_eq!(store.upload(of_other, import, 1).expect("it works").length(), 0);
    });
}

#[test]
fn a_preference_is_of_one_person_in_one_account() {
    on_both(|app| {
        let (one, other) = (Scene::new(app), Scene::named(app, "other"));
        let store = one.store();
        assert_eq!(store.preference(7, one.account, "columns").expect("read"), None);
        store.prefer(7, one.account, "columns", "a b").expect("kept");
        store.prefer(7, one.account, "columns", "b").expect("kept");
        store.prefer(8, one.account, "columns", "c").expect("kept");
        let of = |person, account| store.preference(person, account, "columns").expect("read");
        assert_eq!(of(7, one.account).as_deref(), Some("b"));
        assert_eq!(of(8, one.account).as_deref(), Some("c"));
        assert_eq!((of(7, other.account), of(9, one.account)), (None, None));
    });
}

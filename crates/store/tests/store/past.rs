//! Reading the history: of a user, after a revision, of one revision.

use directory::{FieldNumber, UserId, Users};

use ground::scene::{BADGE, NICKNAME, Scene, change, line};
use ground::{NOW, on_both};

/// Three users and three revisions over them; answers the users and the revision before.
fn lived(scene: &Scene<'_>) -> (Vec<UserId>, u64) {
    let users =
        scene.create(&[&line("ann@acme.example"), &line("bob@acme.example"), &line("cy@acme.example")]);
    let before = scene.revision();
    scene.apply(&[
        change(users[0], NICKNAME, None, Some("Annie")),
        change(users[0], BADGE, None, Some("1")),
        change(users[1], NICKNAME, None, Some("Bobby")),
    ]);
    scene.apply(&[change(users[0], NICKNAME, Some("Annie"), Some("Nan"))]);
    scene.apply(&[change(users[0], NICKNAME, Some("Nan"), None), change(users[2], BADGE, None, Some("3"))]);
    (users, before)
}

#[test]
fn a_user_tells_what_it_went_through_newest_first() {
    on_both(|app| {
        let scene = Scene::new(app);
        let (users, before) = lived(&scene);
        let of = |until, limit| {
            let entries = scene.store().history_of(scene.account, users[0], until, limit).expect("it works");
            entries.into_iter().map(|entry| (entry.revision - before, entry.field.0)).collect::<Vec<_>>()
        };
        assert_eq!(of(u64::MAX, 10), [(3, 101), (2, 101), (1, 101), (1, 102), (0, 0)]);
        assert_eq!(of(before + 2, 1), [(1, 101)]);
        let entry = &scene.store().history_of(scene.account, users[0], u64::MAX, 1).expect("it works")[0];
        assert_eq!((entry.before.as_deref(), entry.after.as_deref()), (Some("Nan"), None));
        assert_eq!((entry.actor.as_str(), entry.kind.as_str(), entry.at), ("priya@acme", "file", NOW));
        assert!(entry.import.is_some());
        let last = |after| {
            let last = scene.store().last_changes(scene.account, &users, after).expect("it works");
            let mut last: Vec<_> = last
                .into_iter()
                .map(|((user, field), entry)| (user, field, entry.revision - before))
                .collect();
            last.sort();
            last
        };
        let (nickname, of_cy) = ((users[0], NICKNAME, 3), (users[2], BADGE, 3));
        assert_eq!(last(before), [nickname, (users[0], BADGE, 1), (users[1], NICKNAME, 1), of_cy]);
        assert_eq!(last(before + 1), [nickname, of_cy]);
        assert_eq!(last(before + 3), []);
    });
}

#[test]
fn changes_after_a_revision_come_in_the_order_that_was_promised() {
    on_both(|app| {
        let scene = Scene::new(app);
        let (users, before) = lived(&scene);
        let found = scene.store().changes_of(scene.account, &users, before + 1).expect("it works");
        let cells: Vec<_> =
            found.iter().map(|past| (past.user, past.field, past.revision - before)).collect();
        assert_eq!(cells, [(users[0], NICKNAME, 2), (users[0], NICKNAME, 3), (users[2], BADGE, 3)]);
        let mut streamed: Vec<(u64, UserId, FieldNumber)> = Vec::new();
        let take = |past: ::store::PastCell| {
            streamed.push((past.revision - before, past.user, past.field));
            Ok(())
        };
        scene.store().each_change_after(scene.account, before, before + 2, take).expect("it works");
        let first =
            [(1, users[0], NICKNAME), (1, users[0], BADGE), (1, users[1], NICKNAME), (2, users[0], NICKNAME)];
        assert_eq!(streamed, first);
    });
}

#[test]
fn one_revision_is_read_in_pages() {
    on_both(|app| {
        let scene = Scene::new(app);
        let (users, before) = lived(&scene);
        let (mut after, mut found) = ((0, 0), Vec::new());
        loop {
            let page = scene.store().changes_at(scene.account, before + 1, after, 1).expect("it works");
            let Some(past) = page.into_iter().next() else { break };
            after = (past.user.number(), past.field.0);
            found.push((past.user, past.field));
        }
        assert_eq!(found, [(users[0], NICKNAME), (users[0], BADGE), (users[1], NICKNAME)]);
    });
}

#[test]
fn who_changed_is_told_by_the_history_and_by_the_users_alike() {
    on_both(|app| {
        let scene = Scene::new(app);
        let (users, before) = lived(&scene);
        let store = scene.store();
        for (after, expected) in [(0, vec![0, 1, 2]), (1, vec![0, 2]), (2, vec![0, 2]), (3, vec![])] {
            let (after, now) = (before + after, before + 3);
            let expected: Vec<UserId> = expected.into_iter().map(|user: usize| users[user]).collect();
            assert_eq!(store.changed_users(scene.account, after, now).expect("it works"), expected);
            let mut changed = Users::new(&scene.fields());
            store.changed_among(scene.account, &users, after, &mut changed).expect("it works");
            assert_eq!(changed.iter().map(|user| user.id()).collect::<Vec<_>>(), expected);
        }
        let count = |after, until| store.count_changed(scene.account, after, until).expect("it works");
        assert_eq!((count(before, before + 3), count(before, before + 2)), (5, 3));
        assert_eq!(count(before + 3, before + 3), 0);
    });
}

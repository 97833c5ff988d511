//! Quotas: set and told; enforced in the transaction that writes what is counted; and what is let go makes room.

use ::store::{Error, FileMode, FurtherFile, ImportId, ImportState, Store, Time};
use directory::{Allowance, Field, FieldNumber, Kind, Quota, Users};

use ground::scene::{Scene, new_import, settled};
use ground::{NOW, on_both, on_sqlite};

const FILE: usize = 1_000;

/// Uploads a file, as one that came at this place.
fn upload(scene: &Scene<'_>, place: u32) -> ::store::Result<ImportId> {
    let id = ImportId::new(NOW, place);
    let mut writer = scene.store().write_upload(scene.account, id, 1);
    writer.write(&[7; FILE])?;
    writer.finish()?;
    scene.store().begin_import(scene.account, &new_import(id)).map(|_| id)
}

fn of(scene: &Scene<'_>, quota: Quota) -> (i64, i64) {
    let all = scene.store().allowances(scene.account).expect("it works");
    let Allowance { used, most, .. } = *all.iter().find(|of| of.quota == quota).expect("all are told");
    (used, most)
}

fn set(scene: &Scene<'_>, quota: Quota, most: i64) {
    scene.store().set_quota(scene.account, quota, Some(most)).expect("it works");
}

fn is_over<T: std::fmt::Debug>(done: ::store::Result<T>, quota: Quota) {
    match done {
        Err(Error::OverQuota(of)) => assert_eq!(of.quota, quota),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_said_holds_until_it_is_taken_back() {
    on_both(|app| {
        let scene = Scene::new(app);
        for quota in Quota::ALL {
            assert_eq!(of(&scene, quota).1, quota.usual());
            set(&scene, quota, 3);
            set(&scene, quota, 7);
            assert_eq!(of(&scene, quota).1, 7);
            scene.store().set_quota(scene.account, quota, None).expect("it works");
            assert_eq!(of(&scene, quota).1, quota.usual());
        }
    });
}

#[test]
fn uploads_are_counted_refused_and_let_go() {
    on_both(|app| {
        let scene = Scene::new(app);
        for (quota, most) in [(Quota::Uploads, 2), (Quota::Bytes, 2 * FILE as i64 + 10), (Quota::Waiting, 2)]
        {
            let before = of(&scene, Quota::Waiting).0;
            assert_eq!(before, 0);
            set(&scene, quota, most);
            let [first, second] = [1, 2].map(|place| upload(&scene, place).expect("there is room"));
            is_over(upload(&scene, 3), quota);
            assert!(scene.store().import(scene.account, ImportId::new(NOW, 3)).expect("it works").is_none());
            if quota != Quota::Bytes {
                is_over(scene.store().room_for_upload(scene.account, true), quota);
            }
            assert_eq!(of(&scene, Quota::Uploads).0, 2);
            assert_eq!(of(&scene, Quota::Bytes).0, 2 * FILE as i64);
            assert!(scene.store().cancel_import(scene.account, first, NOW).expect("it works"));
            let soon = Time(NOW.0 + 60_000);
            assert_eq!(
                scene.store().empty_given_up(soon).expect("it works"),
                0,
                "it can be taken back for a day"
            );
            let later = Time(NOW.0 + 24 * 60 * 60 * 1_000 + 60_000);
            assert_eq!(scene.store().empty_given_up(later).expect("it works"), 1);
            assert_eq!(scene.store().empty_given_up(later).expect("it works"), 0, "once");
            upload(&scene, 4).expect("there is room again");
            for id in [first, second, ImportId::new(NOW, 3), ImportId::new(NOW, 4)] {
                scene.store().forget_import(scene.account, id).expect("it works");
            }
            assert_eq!((of(&scene, Quota::Uploads).0, of(&scene, Quota::Bytes).0), (0, 0));
            scene.store().set_quota(scene.account, quota, None).expect("it works");
        }
    });
}

#[test]
fn of_many_at_one_moment_no_more_come_in_than_there_is_room_for() {
    on_both(|app| {
        let scene = Scene::new(app);
        set(&scene, Quota::Waiting, 3);
        let (store, account) = (scene.store().clone(), scene.account);
        let threads: Vec<_> = (0..12_u32)
            .map(|place| {
                let store: Store = store.clone();
                std::thread::spawn(move || {
                    let new = new_import(ImportId::new(NOW, place));
                    store.begin_import(account, &new).is_ok_and(|begun| begun)
                })
            })
            .collect();
        let begun = threads.into_iter().map(|thread| thread.join().expect("no panic"));
        assert_eq!(begun.filter(|begun| *begun).count(), 3);
        assert_eq!(of(&scene, Quota::Waiting), (3, 3));
    });
}

#[test]
fn a_further_file_takes_room_too() {
    on_both(|app| {
        let scene = Scene::new(app);
        let id = scene.import();
        let lease = scene.claim(id);
        assert!(
            scene.store().settle(&lease, &settled(ImportState::Review, scene.revision())).expect("it works")
        );
        set(&scene, Quota::Uploads, 1);
        let number = scene.store().take_file_number(scene.account, id).expect("it works").expect("in review");
        let file = FurtherFile { number, mode: FileMode::Add, name: "b".into(), actor: "c".into(), at: NOW };
        is_over(scene.store().add_file(scene.account, id, &file), Quota::Uploads);
        let import = scene.store().import(scene.account, id).expect("it works").expect("it is there");
        assert_eq!(import.state, ImportState::Review, "it stays as it was");
        set(&scene, Quota::Uploads, 2);
        assert!(scene.store().add_file(scene.account, id, &file).expect("there is room"));
        scene.store().forget_file(scene.account, id, number).expect("it works");
        assert_eq!(of(&scene, Quota::Uploads).0, 1);
    });
}

#[test]
fn fields_and_users_are_counted() {
    on_both(|app| {
        let scene = Scene::new(app);
        let there = of(&scene, Quota::Fields).0;
        set(&scene, Quota::Fields, there + 1);
        let save = |key: &str, number, retired| {
            let field = Field { retired, ..Field::new(number, key, key, Kind::Text) };
            scene.store().save_field(scene.account, &field, "pat", NOW)
        };
        let first = save("first", FieldNumber(0), false).expect("there is room").expect("it is new");
        is_over(save("second", FieldNumber(0), false), Quota::Fields);
        save("first", first.number, true).expect("it works").expect("it is known");
        save("second", FieldNumber(0), false).expect("there is room again").expect("it is new");

        let fields = scene.store().fields(scene.account).expect("it works");
        let create = || {
            let mut users = Users::new(&fields);
            let number = scene.store().reserve_users(1).expect("it works");
            users.begin(directory::UserId::from_number(number).expect("in range"), 0, false);
            scene.store().create_users(scene.account, &users, "generated", "test", NOW)
        };
        let users = of(&scene, Quota::Users).0;
        set(&scene, Quota::Users, users + 1);
        create().expect("there is room");
        is_over(create(), Quota::Users);
        assert_eq!(scene.store().users_counted(scene.account).expect("it works"), (users + 1, users + 1));
    });
}

/// Free pages of the work file that stay, with some room: SQLite keeps 2,048.
const PAGES: i64 = 2_300;

#[test]
fn what_is_forgotten_is_given_back_to_the_disk() {
    on_sqlite(|app| {
        let scene = Scene::new(app);
        let file = app.database.replace("sqlite:", "").replace(".db", "-work.db");
        let pages = || {
            let connection = rusqlite::Connection::open(&file).expect("it opens");
            connection.query_row("PRAGMA page_count", [], |row| row.get::<_, i64>(0)).expect("it works")
        };
        let before = pages();
        let id = ImportId::new(NOW, 1);
        let mut writer = scene.store().write_upload(scene.account, id, 1);
        for _ in 0..40 {
            writer.write(&vec![7; 1 << 20]).expect("kept");
        }
        writer.finish().expect("kept");
        assert!(scene.store().begin_import(scene.account, &new_import(id)).expect("it works"));
        assert!(pages() > before + 5_000, "{}", pages());
        scene.store().forget_import(scene.account, id).expect("it works");
        scene.store().give_room_back().expect("it works");
        assert!(pages() < before + PAGES, "{}", pages());
        upload(&scene, 2).expect("it goes on");
        assert_eq!(scene.store().damaged_pages().expect("it works"), Vec::<String>::new());
    });
}

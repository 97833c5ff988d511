//! Kept uploads: written in pieces of any size, read and sought like a file.

use std::io::{Read, Seek, SeekFrom};

use ground::scene::Scene;
use ground::{NOW, on_both, on_postgres};
use store::{ImportId, Store};

/// More than four parts of the store, and an odd number.
const LENGTH: usize = 1_100_001;

fn bytes() -> Vec<u8> {
    (0..LENGTH).map(|at| (at * 31 % 251) as u8).collect()
}

/// An upload as a store reads it.
fn read(store: &Store, scene: &Scene<'_>, import: ImportId) -> Vec<u8> {
    let mut read = Vec::new();
    let mut upload = store.upload(scene.account, import, 1).expect("it works");
    upload.read_to_end(&mut read).expect("it is read");
    assert_eq!(upload.length(), read.len() as u64);
    read
}

#[test]
fn an_upload_is_read_as_it_was_written() {
    on_both(|app| {
        let (scene, bytes) = (Scene::new(app), bytes());
        let other = Store::open(&app.database, &app.randomness, NOW).expect("it opens");
        for piece in [1_000, 256 * 1024, LENGTH] {
            let import = scene.import();
            let mut writer = scene.store().write_upload(scene.account, import, 1);
            bytes.chunks(piece).for_each(|piece| writer.write(piece).expect("it is kept"));
            assert_eq!(writer.bytes(), LENGTH as u64);
            assert_eq!(writer.finish().expect("it ends"), LENGTH as u64);
            assert!(read(scene.store(), &scene, import) == bytes, "in pieces of {piece}");
            // Another process has nothing but what is kept.
            assert!(read(&other, &scene, import) == bytes, "in pieces of {piece}, by another");
        }
    });
}

#[test]
fn an_upload_can_be_sought_in() {
    on_both(|app| {
        let (scene, bytes) = (Scene::new(app), bytes());
        let import = scene.import();
        let mut writer = scene.store().write_upload(scene.account, import, 1);
        writer.write(&bytes).expect("it is kept");
        writer.finish().expect("it ends");
        let other = Store::open(&app.database, &app.randomness, NOW).expect("it opens");
        for store in [scene.store(), &other] {
            let mut upload = store.upload(scene.account, import, 1).expect("it is there");
            let part = 256 * 1024;
            let places = [
                0,
                part - 1,
                part,
                part + 1,
                2 * part,
                4 * part - 2,
                4 * part,
                LENGTH - 1,
                LENGTH,
                LENGTH + 5,
            ];
            for at in places {
                let mut four = Vec::new();
                upload.seek(SeekFrom::Start(at as u64)).expect("it seeks");
                upload.by_ref().take(4).read_to_end(&mut four).expect("it is read");
                assert_eq!(four, bytes[at.min(LENGTH)..(at + 4).min(LENGTH)], "at {at}");
            }
            assert_eq!(upload.seek(SeekFrom::End(-1)).expect("it seeks"), LENGTH as u64 - 1);
            assert_eq!(upload.seek(SeekFrom::Current(-2)).expect("it seeks"), LENGTH as u64 - 3);
            assert!(upload.seek(SeekFrom::End(-(LENGTH as i64) - 1)).is_err());
        }
    });
}

#[test]
fn an_upload_that_never_came_is_empty_and_one_that_was_forgotten_is_gone() {
    on_both(|app| {
        let scene = Scene::new(app);
        let import = scene.import();
        let read = || read(scene.store(), &scene, import).len();
        assert_eq!(read(), 0);
        let mut writer = scene.store().write_upload(scene.account, import, 1);
        writer.write(b"abc").expect("it is kept");
        writer.finish().expect("it ends");
        assert_eq!(read(), 3);
        scene.store().forget_import(scene.account, import).expect("it works");
        assert_eq!(read(), 0);
    });
}

#[test]
fn a_server_is_not_asked_for_what_it_was_just_sent() {
    on_postgres(|app| {
        let (scene, bytes) = (Scene::new(app), bytes());
        let import = scene.import();
        let mut writer = scene.store().write_upload(scene.account, import, 1);
        writer.write(&bytes).expect("it is kept");
        let other = Store::open(&app.database, &app.randomness, NOW).expect("it opens");
        let parts_asked = |store: &Store| {
            store.faults().listen();
            let read = read(store, &scene, import);
            let heard = store.faults().heard();
            (read, heard.iter().filter(|sql| sql.starts_with("SELECT bytes FROM upload")).count())
        };
        assert_eq!(parts_asked(scene.store()).1, 4, "what has not come to its end is what is kept of it");
        writer.finish().expect("it ends");
        assert!(parts_asked(scene.store()) == (bytes.clone(), 0));
        assert!(parts_asked(&other) == (bytes.clone(), 5));
        // What is kept is what counts.
        let cut = format!("DELETE FROM upload WHERE import = {} AND part = 4", import.number());
        ground::see_all(&app.database).batch_execute(&cut).expect("it is cut");
        let kept = &bytes[..4 * 256 * 1024];
        assert!(parts_asked(scene.store()) == (kept.to_vec(), 4));
    });
}

//! Kept uploads: written in pieces of any size, read and sought like a file.

use std::io::{Read, Seek, SeekFrom};

use ground::on_both;
use ground::scene::Scene;

/// More than two parts of the store, and an odd number.
const LENGTH: usize = 600_001;

fn bytes() -> Vec<u8> {
    (0..LENGTH).map(|at| (at * 31 % 251) as u8).collect()
}

#[test]
fn an_upload_is_read_as_it_was_written() {
    on_both(|app| {
        let (scene, bytes) = (Scene::new(app), bytes());
        for piece in [1_000, 256 * 1024, LENGTH] {
            let import = scene.import();
            let mut writer = scene.store().write_upload(scene.account, import, 1);
            bytes.chunks(piece).for_each(|piece| writer.write(piece).expect("it is kept"));
            assert_eq!(writer.bytes(), LENGTH as u64);
            assert_eq!(writer.finish().expect("it ends"), LENGTH as u64);
            let mut upload = scene.store().upload(scene.account, import, 1).expect("it is there");
            let mut read = Vec::new();
            upload.read_to_end(&mut read).expect("it is read");
            assert!(upload.length() == LENGTH as u64 && read == bytes, "in pieces of {piece}");
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
        let mut upload = scene.store().upload(scene.account, import, 1).expect("it is there");
        let part = 256 * 1024;
        let places = [0, part - 1, part, part + 1, 2 * part, LENGTH - 1, LENGTH, LENGTH + 5];
        for at in places {
            let mut four = Vec::new();
            upload.seek(SeekFrom::Start(at as u64)).expect("it seeks");
            upload.by_ref().take(4).read_to_end(&mut four).expect("it is read");
            assert_eq!(four, bytes[at.min(LENGTH)..(at + 4).min(LENGTH)], "at {at}");
        }
        assert_eq!(upload.seek(SeekFrom::End(-1)).expect("it seeks"), LENGTH as u64 - 1);
        assert_eq!(upload.seek(SeekFrom::Current(-2)).expect("it seeks"), LENGTH as u64 - 3);
        assert!(upload.seek(SeekFrom::End(-(LENGTH as i64) - 1)).is_err());
    });
}

#[test]
fn an_upload_that_never_came_is_empty_and_one_that_was_forgotten_is_gone() {
    on_both(|app| {
        let scene = Scene::new(app);
        let import = scene.import();
        let read = || {
            let mut read = Vec::new();
            let mut upload = scene.store().upload(scene.account, import, 1).expect("it works");
            upload.read_to_end(&mut read).expect("it is read");
            read.len()
        };
        assert_eq!(read(), 0);
        let mut writer = scene.store().write_upload(scene.account, import, 1);
        writer.write(b"abc").expect("it is kept");
        writer.finish().expect("it ends");
        assert_eq!(read(), 3);
        scene.store().forget_import(scene.account, import).expect("it works");
        assert_eq!(read(), 0);
    });
}

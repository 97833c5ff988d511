//! A disk that is full: whatever is asked fails clearly, nothing is lost, and all of it goes on once there is room.
//!
//! The disk is a small tmpfs, in a namespace of its own that this very binary is started in again; so it needs no root, but a system
//! that lets users have namespaces.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ::ground::Ground;
use ::import::{self, Completion, NewUpload, Upload};
use ::import::{Clock, Randomness};
use ::store::{Complete, Error, ImportId, ImportState, Role};
use directory::{Users, standard};
use muster::access::create_token;

use super::server::{Asked, Server};
use ::ground::office::{Office, Sheet};
use ::ground::open;

const DISK: &str = "MUSTER_TEST_SMALL_DISK";
const MEBIBYTES: u32 = 24;

#[test]
fn on_a_full_disk_all_fails_clearly_and_goes_on_later() {
    let folder = tempfile::tempdir().expect("a folder");
    let binary = std::env::current_exe().expect("this binary");
    let script = "mount -t tmpfs -o size=$1m tmpfs \"$2\" || exit 99; exec \"$3\" soak::full_disk::the_small_disk --exact --nocapture";
    let ran = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", script, "sh", &MEBIBYTES.to_string()])
        .args([folder.path(), &binary])
        .env(DISK, folder.path())
        .output();
    match ran {
        Ok(Output { status, stdout, .. }) if status.success() => {
            assert!(String::from_utf8_lossy(&stdout).contains("it was full"), "the test ran");
        }
        Ok(Output { status, .. }) if matches!(status.code(), Some(99 | 1)) && !can_mount() => {
            println!("skipped: this system lets nobody mount a small disk in a namespace");
        }
        Ok(Output { stdout, stderr, .. }) => {
            panic!("{}\n{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr))
        }
        Err(_) => println!("skipped: there is no unshare (of util-linux) here"),
    }
}

/// Whether a namespace with a mount of its own can be had here at all.
fn can_mount() -> bool {
    let tried = Command::new("unshare")
        .args(["--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/tmp"])
        .output();
    tried.is_ok_and(|tried| tried.status.success())
}

#[test]
fn the_small_disk() {
    let Ok(folder) = std::env::var(DISK) else { return };
    let disk = Disk { folder: PathBuf::from(folder) };
    let app = open(format!("sqlite:{}", disk.folder.join("muster.db").display()));
    let mut office = Office::new(&app);
    office.hire_more(300);
    reading_and_applying(&office, &disk);
    // A server has the machine's clock, and so has whoever works beside it.
    let mut app = open(app.database.clone());
    (app.context.clock, app.context.randomness) = (Clock::Machine, Randomness::Machine);
    let office = Office { app: &app, ..office };
    uploads_and_forms(&office, &disk);
    the_command_line(&office, &disk);
    office.check_history();
    println!("it was full");
}

/// The disk, and what fills it.
struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// Fills it up to its last byte.
    fn fill(&self) {
        let mut filler = File::create(self.folder.join("filler")).expect("a file");
        for size in [1 << 16, 1 << 10, 1] {
            while filler.write_all(&vec![b'x'; size]).is_ok() {}
        }
    }

    fn make_room(&self) {
        std::fs::remove_file(self.folder.join("filler")).expect("it was there");
    }
}

/// The file of today with another title for everyone.
fn edited(office: &Office<'_>, title: &str) -> Sheet {
    let mut sheet = office.csv();
    for user in 0..office.ids.len() {
        *sheet.cell(user, "job_title") = title.to_owned();
    }
    sheet
}

fn upload(office: &Office<'_>, sheet: &Sheet) -> ImportId {
    let new = NewUpload {
        file_name: "users.csv".to_owned(),
        actor: "ann@acme.example".to_owned(),
        complete: Complete::Never,
        leave_out_errors: false,
        decisions: Vec::new(),
        keep: true,
    };
    let mut upload = Upload::begin(office.app, office.account.id, new);
    assert!(upload.write(sheet.text().as_bytes()).expect("kept"));
    upload.finish().expect("an import")
}

/// How many users have a title.
fn with_title(office: &Office<'_>, title: &str) -> usize {
    let mut users = Users::new(&office.fields);
    office.app.store.users_of(office.account.id, &office.ids, &mut users).expect("users");
    users.iter().filter(|user| user.value(standard::JOB_TITLE) == Some(title)).count()
}

/// Works until an import rests, however long it waits for its next turn.
fn rest(app: &Ground, office: &Office<'_>, id: ImportId) -> ImportState {
    loop {
        import::work_once(app, "test").expect("there is room");
        let state = app.store.import(office.account.id, id).expect("it works").expect("it is there").state;
        if !matches!(state, ImportState::Reading | ImportState::Applying) {
            return state;
        }
        app.clock.turn(10_000);
    }
}

/// Tries for so long that an import which costs its workers their lives would be given up.
fn try_in_vain(app: &Ground) {
    for _ in 0..10 {
        let worked = import::work_once(app, "test");
        assert!(matches!(worked, Err(Error::Full)), "{worked:?}");
        app.clock.turn(10_000);
    }
}

/// Whatever a worker is at, it leaves the import as it was, however often it tries.
fn reading_and_applying(office: &Office<'_>, disk: &Disk) {
    let (app, account) = (office.app, office.account.id);
    let id = upload(office, &edited(office, "Clerk"));
    disk.fill();
    try_in_vain(app);
    disk.make_room();
    assert_eq!(rest(app, office, id), ImportState::Review);
    let answer = import::complete(app, account, id, Some(1), false).expect("there is room");
    assert!(matches!(answer, Completion::Started(_)));
    disk.fill();
    try_in_vain(app);
    assert_eq!(with_title(office, "Clerk"), 0);
    disk.make_room();
    assert_eq!(rest(app, office, id), ImportState::Done);
    assert_eq!(with_title(office, "Clerk"), office.ids.len());
}

/// What is asked over REST and in forms.
fn uploads_and_forms(office: &Office<'_>, disk: &Disk) {
    let (app, account) = (office.app, office.account.id);
    let token = create_token(app, account, "robot", Role::Editor, None).expect("a token");
    let server = Server::start(&app.database, Path::new("/dev/null"));
    let before = app.store.imports(account, None, 100).expect("imports").len();
    let large = format!("{}{}", edited(office, "Smith").text(), ",".repeat(2 << 20));
    let asked = Asked {
        method: "POST",
        path: "/imports?file_name=users.csv".to_owned(),
        key: Some("upload".to_owned()),
        body: large.into_bytes(),
    };
    disk.fill();
    let refused = server.ask(&token, &asked).expect("an answer");
    assert_eq!((refused.status, &refused.json()["type"]), (507, &"urn:muster:problem:disk-full".into()));
    assert!(
        refused.json()["detail"].as_str().is_some_and(|detail| detail.contains("is full")),
        "{refused:?}"
    );
    let field = office.fields.by_key("notes").expect("a field").number;
    let seen = app.store.account_now(account).expect("it works").revision;
    let form = || import::edit(app, account, office.ids[0], &[(field, "typed".to_owned())], seen, "ann");
    assert!(matches!(form(), Err(Error::Full)));
    assert_eq!(app.store.imports(account, None, 100).expect("imports").len(), before, "nothing was begun");
    disk.make_room();
    let taken = server.ask(&token, &asked).expect("an answer");
    assert_eq!(taken.status, 202, "{taken:?}");
    assert!(matches!(form(), Ok(import::Edited::Saved(_))));
}

/// What a person types.
fn the_command_line(office: &Office<'_>, disk: &Disk) {
    let file = tempfile::NamedTempFile::new_in("/tmp").expect("a file on another disk");
    std::fs::write(file.path(), edited(office, "Mason").text()).expect("written");
    let run = || {
        Command::new(env!("CARGO_BIN_EXE_muster"))
            .args(["import", "--account", "acme", "--apply", "--large"])
            .args(["--database", &office.app.database])
            .arg(file.path())
            .output()
            .expect("it runs")
    };
    disk.fill();
    let Output { status, stderr, .. } = run();
    let said = String::from_utf8_lossy(&stderr);
    assert!(status.code() == Some(1) && said.contains("is full"), "{status}: {said}");
    disk.make_room();
    let Output { status, stderr, .. } = run();
    assert!(status.success(), "{status}: {}", String::from_utf8_lossy(&stderr));
    assert_eq!(with_title(office, "Mason"), office.ids.len());
}

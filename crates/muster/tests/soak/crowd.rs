//! Sixteen workers, in this process and in two servers beside it, work on many imports of the same fifty users, while forms edit them:
//! nothing is lost, nothing is done twice, and the history tells it all.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ::import::{self, Edited, NewUpload, Undone, Upload, Workers};
use ::import::{Clock, Randomness};
use ::store::{Complete, ImportId, ImportKind, ImportState};

use super::server::{Server, pause};
use super::{Chance, seed, size};
use ::ground::office::{ANN, Office};
use ::ground::on_both;
use ::ground::scene::Scene;

/// Users beside the six of an office.
const MORE_USERS: u64 = 44;
/// Workers of this process; each of the two servers has two more.
const WORKERS: usize = 12;
const SERVERS: usize = 2;
/// Threads that send files, and threads that fill in forms.
const SENDERS: usize = 4;
const FORMS: usize = 2;
/// A sender waits while so many imports are unfinished.
const UNFINISHED: i64 = 24;
/// How often a sender goes on with the download it has.
const OLD_DOWNLOAD: usize = 75;

/// What the crowd did.
#[derive(Default)]
struct Did {
    sent: AtomicUsize,
    undone: AtomicUsize,
    saved: AtomicUsize,
    refused: AtomicUsize,
}

#[test]
fn many_workers_on_shared_users_lose_nothing() {
    on_both(|of_ground| {
        let folder = tempfile::tempdir().expect("a folder");
        // Several processes need one clock.
        let app = {
            let mut app = ::ground::open(of_ground.database.clone());
            (app.context.clock, app.context.randomness) = (Clock::Machine, Randomness::Machine);
            app
        };
        let mut office = Office::new(&app);
        office.hire_more(MORE_USERS);
        let did = crowd(&office, folder.path());
        Scene { app: &app, account: office.account.id }.assert_whole();
        check_imports(&office, &did);
    });
}

/// Lets the crowd loose, and waits until everything rests.
fn crowd(office: &Office<'_>, folder: &Path) -> Did {
    let imports = size("MUSTER_SOAK_IMPORTS", 60);
    let database = &office.app.database;
    let start = |number| Server::start(database, &folder.join(format!("server{number}.log")));
    let servers: Vec<Server> = (0..SERVERS).map(start).collect();
    let workers = Workers::start(office.app, WORKERS);
    let (did, sending) = (Did::default(), AtomicUsize::new(SENDERS));
    std::thread::scope(|scope| {
        for number in 0..SENDERS {
            let (did, sending) = (&did, &sending);
            scope.spawn(move || {
                send(office, number, imports / SENDERS, did);
                sending.fetch_sub(1, Ordering::Relaxed);
            });
        }
        for number in 0..FORMS {
            let (did, sending) = (&did, &sending);
            scope.spawn(move || fill_in(office, number, sending, did));
        }
    });
    while office.app.store.unfinished_imports().expect("it works") > 0 {
        pause(20);
    }
    assert!(workers.stop(Duration::from_secs(10)), "the workers end");
    drop(servers);
    did
}

/// Sends files that are edits of downloads of now or a while ago; undoes some imports.
fn send(office: &Office<'_>, number: usize, imports: usize, did: &Did) {
    let (app, account) = (office.app, office.account.id);
    let mut chance = Chance::new(seed() + number as u64);
    let mut sheet = office.csv();
    let mut sent: Vec<ImportId> = Vec::new();
    for turn in 0..imports {
        while app.store.unfinished_imports().expect("it works") > UNFINISHED {
            pause(5);
        }
        if !chance.percent(OLD_DOWNLOAD) {
            sheet = office.csv();
        }
        let mut edited = sheet.clone();
        for _ in 0..1 + chance.below(6) {
            let user = chance.below(office.ids.len());
            let key = *chance.one(&["job_title", "notes"]);
            *edited.cell(user, key) = format!("{key} {number} {turn}");
        }
        let (one, other) = (chance.below(office.ids.len()), chance.below(office.ids.len()));
        let logins =
            (sheet.clone().cell(one, "username").clone(), sheet.clone().cell(other, "username").clone());
        if !logins.0.is_empty() && !logins.1.is_empty() {
            (*edited.cell(one, "username"), *edited.cell(other, "username")) = (logins.1, logins.0);
        }
        let new = NewUpload {
            file_name: format!("{number}-{turn}.csv"),
            actor: format!("sender{number}@acme.example"),
            complete: Complete::WhenCleanLarge,
            leave_out_errors: true,
            decisions: Vec::new(),
            keep: true,
        };
        let mut upload = Upload::begin(app, account, new);
        assert!(upload.write(edited.text().as_bytes()).expect("kept"));
        sent.push(upload.finish().expect("an import"));
        did.sent.fetch_add(1, Ordering::Relaxed);
        if chance.percent(15)
            && let Ok(Undone::Started(_)) = import::undo(app, account, *chance.one(&sent), ANN)
        {
            did.undone.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Fills in forms of the same users until nobody sends any more.
fn fill_in(office: &Office<'_>, number: usize, sending: &AtomicUsize, did: &Did) {
    let (app, account) = (office.app, office.account.id);
    let mut chance = Chance::new(seed() + 1_000 + number as u64);
    let fields = ["job_title", "notes"].map(|key| office.fields.by_key(key).expect("a field").number);
    let mut turn = 0;
    while sending.load(Ordering::Relaxed) > 0 {
        turn += 1;
        let seen = app.store.account_now(account).expect("it works").revision;
        pause(chance.below(5) as u64);
        let user = *chance.one(&office.ids);
        let values = [(*chance.one(&fields), format!("form {number} {turn}"))];
        match import::edit(app, account, user, &values, seen, ANN).expect("it works") {
            Edited::Saved(_) => did.saved.fetch_add(1, Ordering::Relaxed),
            Edited::ChangedSince(_) => did.refused.fetch_add(1, Ordering::Relaxed),
            other => panic!("{other:?}"),
        };
    }
}

/// Every import came to its end, and to one revision if it was applied; every form that was saved is in the history, and no other.
fn check_imports(office: &Office<'_>, did: &Did) {
    let (store, account) = (&office.app.store, office.account.id);
    let [sent, undone, saved, refused] =
        [&did.sent, &did.undone, &did.saved, &did.refused].map(|number| number.load(Ordering::Relaxed));
    let imports = store.imports(account, None, 1_000_000).expect("imports");
    let of_kind = |kind| imports.iter().filter(|import| import.kind == kind).count();
    assert_eq!((of_kind(ImportKind::File), of_kind(ImportKind::Undo)), (sent, undone));
    for import in &imports {
        assert!(matches!(import.state, ImportState::Done | ImportState::Review), "{import:?}");
        let applied = store.applied_revision(account, import.id).expect("it works");
        assert_eq!(applied.map(|applied| applied.revision), import.applied, "{import:?}");
    }
    let revisions = store.revisions_after(account, 0).expect("revisions");
    let of = |kind: &str| revisions.iter().filter(|(_, of, _)| of == kind).count();
    let applied = imports.iter().filter(|import| import.applied.is_some()).count();
    assert_eq!((of("file") + of("undo"), of("form")), (applied, saved));
    assert_eq!(store.being_applied(account).expect("it works"), None);
    println!(
        "{sent} files, {undone} undos, {applied} applied; {saved} forms saved, {refused} told of a later change"
    );
}

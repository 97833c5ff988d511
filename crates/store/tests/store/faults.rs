//! A process that is killed in the middle of an apply leaves all of it or nothing, and what it left is gone on with.
//!
//! The child is this very test binary, running the test `the_child_that_is_killed` with an address in its environment.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use ::store::{Import, ImportId, ImportState, Outcome, Settled};
use directory::{PlanCell, standard};
use ground::Ground;
use import::Randomness;

use ground::scene::{NICKNAME, Scene, change, settled};
use ground::{NOW, on_both, open};

const DATABASE: &str = "MUSTER_TEST_FAULTS";
const USERS: usize = 250;
/// When the child is killed: after so many lines about its work (a round has three: plan, apply, end) and so many
/// milliseconds, unless it comes to its next line before.
const KILLS: [(usize, u64); 30] = {
    const LINES: [usize; 6] = [3, 1, 3, 2, 3, 4];
    let mut kills = [(0, 0); 30];
    let mut kill = 0;
    while kill < kills.len() {
        kills[kill] = (LINES[kill % LINES.len()], (kill as u64 * 7) % 19);
        kill += 1;
    }
    kills
};

#[test]
fn kills_leave_no_half_apply() {
    on_both(|app| {
        let scene = Scene::new(app);
        let emails: Vec<String> = (0..USERS).map(|number| format!("p{number}@acme.example")).collect();
        scene.create_with_emails(&emails.iter().map(String::as_str).collect::<Vec<_>>());
        for (lines, milliseconds) in KILLS {
            kill_after(start_child(app), lines, Duration::from_millis(milliseconds));
            assert_all_alike(&scene);
        }
        go_on(&scene);
        assert_all_alike(&scene);
        scene.assert_whole();
        assert_every_import_is_true(&scene);
    });
}

fn start_child(app: &Ground) -> Child {
    let binary = std::env::current_exe().expect("this binary");
    Command::new(binary)
        .args(["faults::the_child_that_is_killed", "--exact", "--nocapture"])
        .env(DATABASE, &app.database)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the child starts")
}

/// Kills the child (SIGKILL) once it has printed so many lines about its work, and a moment later.
fn kill_after(mut child: Child, lines: usize, moment: Duration) {
    let output = BufReader::new(child.stdout.take().expect("its output"));
    let (sender, heard) = channel();
    let listener = std::thread::spawn(move || {
        let told = output.lines().map_while(Result::ok).filter(|line| line.starts_with("at "));
        // Once the child is to be killed nobody listens any more.
        told.map_while(|line| sender.send(line).ok()).count()
    });
    let at = heard.iter().take(lines).count();
    assert_eq!(at, lines, "the child ended by itself");
    // Whether the next line came or not: the moment is over.
    let _ = heard.recv_timeout(moment);
    child.kill().expect("it is killed");
    child.wait().expect("it is gone");
    drop(heard);
    listener.join().expect("it heard the end");
}

/// Every apply gives all users one nickname and turns all emails by one: half of one would show.
fn assert_all_alike(scene: &Scene<'_>) {
    assert_eq!(scene.rows("SELECT COUNT(DISTINCT COALESCE(custom, '')) FROM users"), ["1"]);
    assert_eq!(scene.rows("SELECT COUNT(DISTINCT revision) FROM users"), ["1"]);
    let counts = "SELECT (SELECT COUNT(*) FROM login_key), (SELECT COUNT(*) FROM users)";
    assert_eq!(scene.rows(counts), [format!("{USERS}|{USERS}")]);
}

/// The two files agree once everything was gone on with: what the work calls done is what has a revision.
fn assert_every_import_is_true(scene: &Scene<'_>) {
    let imports = scene.store().imports(scene.account, None, 10_000).expect("imports");
    assert!(!imports.is_empty());
    for import in imports {
        let applied = scene.store().applied_revision(scene.account, import.id).expect("it works");
        let done = import.state == ImportState::Done;
        assert!(done == applied.is_some() && applied.map(|of| of.revision) == import.applied, "{import:?}");
    }
    assert_eq!(scene.store().being_applied(scene.account).expect("it works"), None);
}

#[test]
fn the_child_that_is_killed() {
    let Ok(database) = std::env::var(DATABASE) else { return };
    let mut app = open(database);
    app.context.randomness = Randomness::Machine;
    let account = app.store.account("acme").expect("it works").expect("it is there").id;
    let scene = Scene { app: &app, account };
    println!("\nat the start");
    go_on(&scene);
    for round in 0.. {
        println!("at the plan {round}");
        let import = scene.review(&turn(&scene));
        apply_aloud(&scene, import);
    }
}

/// A plan that gives every user another nickname and the email of the next one.
fn turn(scene: &Scene<'_>) -> Vec<PlanCell> {
    let users = scene.all();
    let next = format!("after {}", scene.revision());
    let mut cells = Vec::new();
    for (user, other) in users.iter().zip(users.iter().skip(1).chain(users.get(0))) {
        let (email, others) = (user.value(standard::EMAIL), other.value(standard::EMAIL));
        cells.push(change(user.id(), standard::EMAIL, email, others));
        cells.push(change(user.id(), NICKNAME, user.value(NICKNAME), Some(&next)));
    }
    cells
}

fn apply_aloud(scene: &Scene<'_>, import: ImportId) {
    let (from, to) = (ImportState::Review, ImportState::Applying);
    assert!(scene.store().move_import(scene.account, import, from, to, Some(1), false).expect("it moves"));
    go_on(scene);
}

/// What a worker does with imports that a killed one left: takes each over, and brings it to its end.
fn go_on(scene: &Scene<'_>) {
    let much_later = NOW.plus(1_000_000);
    while let Some(lease) = scene.store().claim(None, "child", much_later, NOW).expect("it works") {
        let import: Import =
            scene.store().import(scene.account, lease.import).expect("it works").expect("there");
        if import.state == ImportState::Reading {
            scene.store().settle(&lease, &settled(ImportState::Failed, 0)).expect("it settles");
            continue;
        }
        assert!(
            scene.store().enter_applying(scene.account, import.id, 1, lease.fence, NOW).expect("it enters")
        );
        println!("at the apply");
        let revision = import.revision.expect("it was judged");
        let Outcome::Applied(applied) = scene.apply_at(&lease, revision) else { panic!("not applied") };
        println!("at the end");
        let end = Settled { applied: Some(applied.revision), ..settled(ImportState::Done, revision) };
        scene.store().settle(&lease, &end).expect("it settles");
    }
}

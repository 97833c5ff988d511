//! A panic over an import is a death, as a kill is: the import is tried again, and after five it is given up. Workers who die are replaced.

use std::sync::mpsc::channel;
use std::time::Duration;

use ::import::{self, Clock, Completion, Workers};
use ::store::{Application, Fault, FaultKind, Import, ImportId, ImportState, Outcome, Time};

use events::counted::{LEASES_TAKEN_OVER, WORKER_DEATHS};
use ground::Ground;
use ground::office::{ANN, Office, assert_state};
use ground::scene::rows;
use ground::{on_both, on_postgres};

/// Longer than any of these takes.
const PATIENCE: Duration = Duration::from_secs(5);

fn look(office: &Office<'_>, id: ImportId) -> Import {
    office.app.store.import(office.account.id, id).expect("the store").expect("it")
}

/// What a worker applies who has this lease.
fn application(import: &Import, fence: i64, at: Time) -> Application<'static> {
    Application {
        account: import.account,
        import: import.id,
        kind: import.kind,
        actor: ANN,
        fence,
        revision: import.revision.expect("it was judged"),
        undoes: None,
        at,
    }
}

/// Plans a panic some way into the work on an import.
fn panic_soon(app: &Ground) {
    app.store.faults().plan(Fault { at: 8, kind: FaultKind::Panic });
}

#[test]
fn a_panic_is_a_death_and_the_import_is_tried_again_at_once() {
    on_both(|app| {
        let office = Office::new(app);
        let id = office.arrived();
        let deaths = WORKER_DEATHS.read();
        panic_soon(app);
        assert!(import::work_once(app, "worker").expect("it goes on"));
        assert!(app.store.faults().clear().is_some());
        let import = look(&office, id);
        assert_eq!((import.state, import.deaths, import.fence), (ImportState::Reading, 1, 1));
        assert!(WORKER_DEATHS.read() > deaths, "it is counted");
        // The clock stands: nobody holds the import any more.
        assert!(import::work_once(app, "another").expect("it works"));
        assert_state(&look(&office, id), ImportState::Review);
    });
}

#[test]
fn whoever_waits_for_an_import_does_not_notice_that_the_server_ends_a_connection() {
    on_postgres(|app| {
        let office = Office::new(app);
        for at in 1.. {
            let id = office.arrived();
            app.store.faults().plan(Fault { at, kind: FaultKind::Lost });
            let ended = import::work_in_turn(app, office.account.id, id, "command", &mut |_| {});
            let happened = app.store.faults().clear();
            assert_eq!(ended.expect("it is read").state, ImportState::Review, "{at}: {happened:?}");
            if happened.is_none() {
                assert!(at > 10, "it takes more statements than {at}");
                break;
            }
        }
    });
}

#[test]
fn after_five_panics_an_import_is_given_up() {
    on_both(|app| {
        let office = Office::new(app);
        let id = office.arrived();
        for death in 1..=5 {
            panic_soon(app);
            assert!(import::work_once(app, "worker").expect("it goes on"));
            assert_eq!(look(&office, id).deaths, death);
        }
        app.store.faults().clear();
        assert!(import::work_once(app, "worker").expect("it works"));
        let failure = look(&office, id).failure.expect("given up");
        assert_eq!(failure.code, "given_up");
    });
}

/// Somebody's trigger, which takes back whatever a user is to become.
fn take_edits_back(app: &Ground) {
    const SQLITE: &[&str] = &["CREATE TRIGGER audit BEFORE UPDATE ON users BEGIN SELECT RAISE(IGNORE); END"];
    const POSTGRES: &[&str] = &[
        "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE TRIGGER audit BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION audit()",
    ];
    let statements = if app.database.starts_with("sqlite:") { SQLITE } else { POSTGRES };
    for sql in statements {
        rows(app, sql);
    }
}

#[test]
fn an_import_whose_users_do_not_change_is_given_up() {
    on_both(|app| {
        let office = Office::new(app);
        let import = look(&office, office.rest(office.arrived()).id);
        take_edits_back(app);
        let answer = import::complete(app, office.account.id, import.id, Some(import.plan), false);
        assert!(matches!(answer, Ok(Completion::Started(_))), "{answer:?}");
        let ended =
            import::work_on(app, office.account.id, import.id, "command", &mut |_| {}).expect("it ends");
        assert_state(&ended, ImportState::Failed);
        assert_eq!(ended.failure.expect("it says why").code, "given_up");
        assert_eq!(
            app.store.account_now(office.account.id).expect("it").revision,
            import.revision.expect("judged")
        );
    });
}

#[test]
fn what_was_applied_is_done_however_many_died_over_it() {
    on_both(|app| {
        let office = Office::new(app);
        let import = look(&office, office.rest(office.arrived()).id);
        let answer = import::complete(app, office.account.id, import.id, Some(import.plan), false);
        assert!(matches!(answer, Ok(Completion::Started(_))), "{answer:?}");
        let (store, now) = (&app.store, app.clock.now());
        let lease = store.claim(Some((office.account.id, import.id)), "worker", now, now.plus(6_000));
        let lease = lease.expect("it works").expect("a lease");
        assert!(store.enter_applying(import.account, import.id, import.plan, lease.fence, now).expect("it"));
        let application = application(&import, lease.fence, now);
        store.apply(&application, &office.fields, |_| ()).expect("applied");
        store.die(&lease).expect("counted");
        for _ in 0..4 {
            let lease = store.claim(Some((office.account.id, import.id)), "worker", now, now.plus(6_000));
            store.die(&lease.expect("it works").expect("a lease")).expect("counted");
        }
        assert!(import::work_once(app, "the last").expect("it works"));
        assert_state(&look(&office, import.id), ImportState::Done);
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Clerk"));
    });
}

#[test]
fn what_the_worker_before_writes_while_another_takes_over_is_nothing_to_follow() {
    on_both(|app| {
        let mut office = Office::new(app);
        office.hire_more(1_000);
        office.edit(0, "job_title", "Cook");
        let mut sheet = office.csv().with(0, "job_title", "");
        (1..office.ids.len()).for_each(|user| *sheet.cell(user, "job_title") = "Clerk".to_owned());
        let import = office.upload(sheet.text().as_bytes());
        let answer = import::complete(app, office.account.id, import.id, Some(import.plan), false);
        assert!(matches!(answer, Ok(Completion::Started(_))), "{answer:?}");
        let (store, now) = (&app.store, app.clock.now());
        let lease = store.claim(Some((office.account.id, import.id)), "worker", now, now.plus(6_000));
        let lease = lease.expect("it works").expect("a lease");
        assert!(store.enter_applying(import.account, import.id, import.plan, lease.fence, now).expect("it"));
        let application = application(&import, lease.fence, now);
        let (other, taken_over) = (ground::open(app.database.clone()), LEASES_TAKEN_OVER.read());
        other.clock.turn(1_000_000);
        std::thread::scope(|scope| {
            let mut takes_over = Some(|| import::work_once(&other, "another").expect("it works"));
            let written = store.apply(&application, &office.fields, |_| {
                if let Some(takes_over) = takes_over.take() {
                    scope.spawn(takes_over);
                    wait_until_blocked(&other);
                }
            });
            // On SQLite whoever takes over comes to the row of what is applied only when it is written; on PostgreSQL they come first, and write.
            match app.store.writes_in_turn() {
                true => assert!(matches!(written, Ok(Outcome::Applied(_))), "{written:?}"),
                false => assert!(matches!(written, Ok(Outcome::Fenced)), "{written:?}"),
            }
        });
        assert!(LEASES_TAKEN_OVER.read() > taken_over, "it is counted");
        let done = look(&office, import.id);
        assert_state(&done, ImportState::Done);
        assert_eq!(done.counts, import.counts);
        assert_eq!((done.fence, done.counts.cells_to_clear), (lease.fence + 1, 1));
        office.check_history();
    });
}

/// Waits until another process runs no more statements: the transaction that is open here is in its way.
fn wait_until_blocked(other: &Ground) {
    let (_never, silence) = channel::<()>();
    let mut before = 0;
    loop {
        assert!(silence.recv_timeout(Duration::from_millis(100)).is_err(), "it is silent");
        let statements = other.store.faults().statements();
        if statements > 0 && statements == before {
            return;
        }
        before = statements;
    }
}

#[test]
fn who_waits_for_an_import_or_sent_a_form_is_not_bothered_by_a_panic() {
    on_both(|app| {
        let office = Office::new(app);
        let id = office.arrived();
        panic_soon(app);
        assert_state(&office.rest(id), ImportState::Review);
        assert!(app.store.faults().clear().is_some());
        // From somewhere in the form on, its import is there, and whatever panics then is tried again.
        let mut saved = 0;
        for at in 20..40 {
            app.store.faults().plan(Fault { at, kind: FaultKind::Panic });
            let form = std::panic::AssertUnwindSafe(|| office.edit(1, "job_title", &format!("Title {at}")));
            let ended = std::panic::catch_unwind(form);
            assert!(app.store.faults().clear().is_some(), "a form has more than {at} statements");
            saved += usize::from(ended.is_ok());
        }
        assert!(saved > 10, "{saved} of 20 forms were saved");
        office.check_history();
    });
}

/// Waits until it is so.
fn wait_until(app: &Ground, so: impl Fn() -> bool) {
    let since = Clock::Machine.now();
    while !so() {
        assert!(Clock::Machine.now().0 - since.0 < PATIENCE.as_millis() as i64, "it takes too long");
        app.wait_for_work(Duration::from_millis(20));
    }
}

#[test]
fn a_worker_who_dies_is_replaced() {
    on_both(|app| {
        let office = Office::new(app);
        // The first statement is far from any import: forgetting what is old.
        app.store.faults().plan(Fault { at: 1, kind: FaultKind::Panic });
        let workers = Workers::start(app, 1);
        wait_until(app, || app.store.faults().happened());
        app.store.faults().clear();
        let id = office.arrived();
        wait_until(app, || look(&office, id).state == ImportState::Review);
        assert_eq!(app.living_workers(), 1);
        assert!(workers.stop(PATIENCE), "also the one who took the place");
        assert_eq!(app.living_workers(), 0);
    });
}

#[test]
fn a_worker_whom_the_store_fails_pauses_whoever_rings() {
    on_both(|app| {
        let faults = app.store.faults();
        faults.plan(Fault { at: u64::MAX, kind: FaultKind::Failed });
        app.store.empty_given_up(app.clock.now()).expect("nothing was given up");
        app.store.end_practices(app.clock.now()).expect("nothing is over");
        app.store.go_on_removing(app.clock.now()).expect("nothing is removed");
        app.store.sweep_removed(app.clock.now()).expect("nothing was removed");
        app.store.forget_old_activity(app.clock.now()).expect("nothing is old");
        app.store.forget_old_news(app.clock.now()).expect("nothing is old");
        app.store.drop_mails_before(app.clock.now()).expect("nothing waits");
        app.store.forget_old_files(app.clock.now()).expect("nothing is old");
        // After what only one has to do comes the first claim.
        let claim = faults.statements() + 1;
        faults.plan(Fault { at: claim, kind: FaultKind::Failed });
        let workers = Workers::start(app, 1);
        wait_until(app, || faults.happened());
        for _ in 0..30 {
            app.wake_workers();
            app.wait_for_work(Duration::from_millis(10));
        }
        assert_eq!(faults.statements(), claim, "it asks for nothing meanwhile");
        assert!(workers.stop(PATIENCE), "a pause ends when it is told to stop");
    });
}

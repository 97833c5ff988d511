//! A process whose clock goes wrong: leases are held and taken by the clock of the database, which all of them share.

use ::import::{self, Clock};
use ::store::{Import, Lease};

use ground::Ground;
use ground::office::Office;
use ground::on_postgres;

/// By how much a clock goes wrong, in milliseconds.
const WRONG: [i64; 5] = [-60_000, -30_000, 7_000, 30_000, 60_000];
const A_LEASE: i64 = 6_000;

/// A process on the same database, by a clock of its own.
fn process(app: &Ground, clock: Clock) -> Ground {
    let mut other = ground::open(app.database.clone());
    other.context.clock = clock;
    other
}

fn arrived(office: &Office<'_>) -> Import {
    let id = office.arrived();
    office.app.store.import(office.account.id, id).expect("the store").expect("it")
}

/// Claims the import as a worker does; none when somebody else has it.
fn claim(app: &Ground, import: &Import) -> Option<Lease> {
    let now = app.shared_now().expect("the time");
    app.store.claim(Some((import.account, import.id)), "worker", now, now.plus(A_LEASE)).expect("it works")
}

fn is_kept(app: &Ground, lease: &Lease, import: &Import) -> bool {
    let until = app.shared_now().expect("the time").plus(A_LEASE);
    app.store.keep_lease(lease, import.progress, until).expect("it works")
}

#[test]
fn a_process_whose_clock_goes_wrong_steals_nothing_and_loses_nothing() {
    on_postgres(|app| {
        let office = Office::new(app);
        let import = arrived(&office);
        let right = process(app, Clock::Machine);
        for by in WRONG {
            let wrong = process(app, Clock::Wrong(by));
            for (one, other) in [(&right, &wrong), (&wrong, &right)] {
                let lease = claim(one, &import).expect("nobody has it");
                assert_eq!(claim(other, &import), None, "{by}");
                assert!(is_kept(one, &lease, &import), "{by}");
                assert!(!import::work_once(other, "thief").expect("it works"), "{by}");
                let waiting = other.store.waiting_imports(other.shared_now().expect("the time"));
                assert_eq!(waiting.expect("it works"), [], "{by}");
                assert!(is_kept(one, &lease, &import), "{by}: it has lost nothing");
                one.store.hand_back(&lease).expect("let go");
            }
        }
        // What such a clock would do that was believed.
        claim(&right, &import).expect("nobody has it");
        let believed = Clock::Wrong(30_000).now();
        let stolen =
            right.store.claim(Some((import.account, import.id)), "thief", believed, believed.plus(A_LEASE));
        assert!(stolen.expect("it works").is_some());
    });
}

/// A clock that a test turns is the time of all.
#[test]
fn the_time_of_all_is_that_of_the_database_or_of_a_test() {
    on_postgres(|app| {
        assert_eq!(app.shared_now().expect("the time"), app.clock.now());
        let wrong = process(app, Clock::Wrong(60_000));
        let difference = wrong.shared_now().expect("the time").0 - Clock::Machine.now().0;
        assert!(difference.abs() < 10_000, "{difference}");
    });
}

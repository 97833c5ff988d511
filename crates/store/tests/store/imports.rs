//! Imports as rows: states, leases, deaths.

use ::store::{Complete, ImportId, ImportKind, ImportState, NewImport, Progress, Settled, Stage, Time};
use directory::{Counts, Failure};

use ground::scene::{Scene, new_import, settled};
use ground::{NOW, on_both};

const LATER: Time = Time(NOW.0 + 20_000);

#[test]
fn an_import_begins_once_and_is_told_as_it_began() {
    on_both(|app| {
        let scene = Scene::new(app);
        let id = ImportId::new(NOW, 7);
        let new = NewImport {
            complete: Complete::WhenClean,
            undoes: Some(ImportId::new(NOW, 1)),
            decisions: Vec::new(),
            ..new_import(id)
        };
        assert!(scene.store().begin_import(scene.account, &new).expect("it works"));
        assert!(!scene.store().begin_import(scene.account, &new).expect("it works"), "its identity is taken");
        let import = scene.store().import(scene.account, id).expect("it works").expect("it is there");
        assert_eq!((import.id, import.state, import.kind), (id, ImportState::Reading, ImportKind::File));
        assert_eq!((import.file_name, import.actor), (new.file_name, new.actor));
        assert_eq!(
            (import.complete, import.keep, import.leave_out_errors),
            (Complete::WhenClean, true, false)
        );
        assert_eq!((import.undoes, import.undone_by, import.created_at), (new.undoes, None, NOW));
        assert_eq!(import.progress, Progress { stage: Stage::Waiting, done: 0, total: 0 });
        assert_eq!((import.plan, import.revision, import.failure), (0, None, None));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(ImportId::of_number(id.number()), id);
        assert!("imp_".parse::<ImportId>().is_err() && "imp_zzzzzzzzzzzzz".parse::<ImportId>().is_err());
    });
}

#[test]
fn the_list_shows_kept_files_and_undos_newest_first() {
    on_both(|app| {
        let scene = Scene::new(app);
        let begin = |at: i64, kind, keep| {
            let id = ImportId::new(NOW.plus(at), 0);
            let new = NewImport { kind, keep, ..new_import(id) };
            scene.store().begin_import(scene.account, &new).expect("it works");
            id
        };
        let first = begin(1, ImportKind::File, true);
        begin(2, ImportKind::Form, true);
        begin(3, ImportKind::File, false);
        let second = begin(4, ImportKind::Undo, true);
        let third = begin(5, ImportKind::File, true);
        let listed = |before, limit| {
            let imports = scene.store().imports(scene.account, before, limit).expect("it works");
            imports.into_iter().map(|import| import.id).collect::<Vec<_>>()
        };
        assert_eq!(listed(None, 10), [third, second, first]);
        assert_eq!(listed(Some(third), 1), [second]);
        assert_eq!(scene.store().unfinished_imports().expect("it works"), 5);
    });
}

#[test]
fn one_worker_at_a_time_and_the_longest_waiting_first() {
    on_both(|app| {
        let scene = Scene::new(app);
        let (first, second) = (scene.import(), scene.import());
        let store = scene.store();
        let claim = |now: Time| store.claim(None, "worker", now, now.plus(10_000)).expect("it works");
        let one = claim(NOW).expect("two wait");
        let two = claim(NOW).expect("one waits");
        let mut claimed = [one.import, two.import];
        claimed.sort();
        let mut both = [first, second];
        both.sort();
        assert_eq!((claimed, one.fence), (both, 1));
        assert_eq!(claim(NOW), None);
        assert_eq!(store.claim(Some((scene.account, first)), "w", NOW, LATER).expect("it works"), None);
        let after = claim(LATER).expect("a lease is over");
        assert_eq!((after.import, after.fence), (one.import, 2));
        let deaths = |id| store.import(scene.account, id).expect("it works").expect("there").deaths;
        assert_eq!((deaths(one.import), deaths(two.import)), (1, 0));
    });
}

#[test]
fn a_lost_lease_can_do_nothing() {
    on_both(|app| {
        let scene = Scene::new(app);
        let (import, store) = (scene.import(), scene.store());
        let old = scene.claim(import);
        let progress = Progress { stage: Stage::Reading, done: 3, total: 9 };
        assert!(store.keep_lease(&old, progress, NOW.plus(10_000)).expect("it works"));
        let new = store.claim(Some((scene.account, import)), "w2", LATER, LATER.plus(10_000));
        let new = new.expect("it works").expect("it was over");
        let other = Progress { stage: Stage::Checking, done: 1, total: 1 };
        assert!(!store.keep_lease(&old, other, LATER).expect("it works"));
        assert!(!store.stage(&old, &[], &[]).expect("it works"));
        assert!(!store.restage(&old, &[]).expect("it works"));
        assert!(!store.settle(&old, &settled(ImportState::Review, 0)).expect("it works"));
        store.hand_back(&old).expect("it works");
        let claimed = store.claim(Some((scene.account, import)), "w3", LATER, LATER).expect("it works");
        assert_eq!(claimed, None, "an old lease gives nothing back");
        let import_now = store.import(scene.account, import).expect("it works").expect("there");
        assert_eq!((import_now.progress, import_now.fence, import_now.deaths), (progress, 2, 1));
        store.hand_back(&new).expect("it works");
        let again = scene.claim(import);
        let import_now = store.import(scene.account, import).expect("it works").expect("there");
        assert_eq!((again.fence, import_now.deaths), (3, 1), "handed back: nobody died");
    });
}

#[test]
fn settling_keeps_what_the_plan_adds_up_to() {
    on_both(|app| {
        let scene = Scene::new(app);
        let import = scene.import();
        let lease = scene.claim(import);
        let counts = Counts {
            rows: 1,
            users_to_edit: 2,
            cells_to_edit: 3,
            cells_to_clear: 4,
            users_to_create: 5,
            rows_with_errors: 6,
            errors: 7,
            warnings: 8,
            conflicts: 9,
            left_out: 10,
            questions: 11,
            cells_read: 12,
            unread: 13,
            users_in_conflict: 14,
            made_inactive: 15,
            users_cleared: 16,
            emails_changed: 17,
            usernames_changed: 18,
        };
        let end = Settled {
            state: ImportState::Failed,
            plan: 4,
            revision: Some(3),
            base: Some(2),
            applied: Some(5),
            counts,
            failure: Some(Failure::given_up().not_added("b.csv")),
            finished_at: Some(LATER),
        };
        assert!(scene.store().settle(&lease, &end).expect("it works"));
        assert!(!scene.store().settle(&lease, &end).expect("it works"), "once");
        let import = scene.store().import(scene.account, import).expect("it works").expect("there");
        assert_eq!((import.state, import.plan, import.counts), (end.state, end.plan, end.counts));
        assert_eq!((import.revision, import.base, import.applied), (end.revision, end.base, end.applied));
        assert_eq!((import.failure, import.finished_at), (end.failure, end.finished_at));
        assert_eq!(import.progress.stage, Stage::Resting);
        assert_eq!(scene.store().unfinished_imports().expect("it works"), 0);
    });
}

#[test]
fn moving_and_cancelling_go_by_state_and_plan() {
    on_both(|app| {
        let scene = Scene::new(app);
        let store = scene.store();
        let import = scene.review(&[]);
        let go = |from, to, plan| {
            store.move_import(scene.account, import, from, to, plan, true).expect("it works")
        };
        use ImportState::{Applying, Cancelled, Review};
        assert!(!go(Review, Applying, Some(2)), "review shows another plan");
        assert!(!go(Applying, Review, None));
        assert!(go(Review, Applying, Some(1)));
        assert!(!store.cancel_import(scene.account, import, NOW).expect("it works"), "too late");
        let now = store.import(scene.account, import).expect("it works").expect("there");
        assert_eq!((now.state, now.leave_out_errors), (Applying, true));
        assert!(go(Applying, Review, None));
        assert!(store.cancel_import(scene.account, import, LATER).expect("it works"));
        let now = store.import(scene.account, import).expect("it works").expect("there");
        assert_eq!((now.state, now.finished_at), (Cancelled, Some(LATER)));
        let reading = scene.import();
        let lease = scene.claim(reading);
        assert!(store.cancel_import(scene.account, reading, NOW).expect("it works"));
        assert!(!store.stage(&lease, &[], &[]).expect("it works"), "its worker stops");
    });
}

#[test]
fn an_import_that_was_undone_names_the_undo() {
    on_both(|app| {
        let scene = Scene::new(app);
        let (import, undo) = (scene.import(), ImportId::new(LATER, 3));
        let new = NewImport { kind: ImportKind::Undo, undoes: Some(import), ..new_import(undo) };
        scene.store().begin_import(scene.account, &new).expect("it works");
        let undone_by =
            || scene.store().import(scene.account, import).expect("it works").expect("there").undone_by;
        assert_eq!(undone_by(), None, "not before it is done");
        let lease = scene.claim(undo);
        scene.store().settle(&lease, &settled(ImportState::Done, 1)).expect("it works");
        assert_eq!(undone_by(), Some(undo));
    });
}

#[test]
fn a_lease_of_a_clock_that_was_set_back_is_void() {
    on_both(|app| {
        let scene = Scene::new(app);
        let store = scene.store();
        let id = scene.import();
        let claim = |only, now: Time| store.claim(only, "worker", now, now.plus(6_000)).expect("it works");
        assert!(claim(None, NOW).is_some());
        // Ten seconds of two clocks that differ are not that.
        for (behind, claimed) in [(0, false), (10_000, false), (86_400_000, true)] {
            let now = NOW.plus(-behind);
            let waiting = store.waiting_imports(now).expect("it works");
            assert_eq!(waiting.len(), usize::from(claimed), "{behind} ms behind: {waiting:?}");
            assert!(waiting.iter().all(|waiting| waiting.import == id && waiting.small && !waiting.applying));
            assert_eq!(claim(None, now).is_some(), claimed, "{behind} ms behind, any import");
            assert!(claim(Some((scene.account, id)), now).is_none(), "it was claimed, or is held");
        }
        let now = NOW.plus(-2 * 86_400_000);
        assert!(claim(Some((scene.account, id)), now).is_some(), "and this one");
    });
}

//! Acts of requests with an Idempotency-Key: act and answer are kept together, or neither.

use ::store::{Answered, Error, FixStep, Import, ImportId, ImportState, KeyedRequest, Result, Store};
use directory::Counts;
use ground::Ground;

use ground::scene::{Scene, new_import};
use ground::{NOW, on_both};

/// The store for a request with a key.
fn once(scene: &Scene<'_>, key: &str) -> Store {
    let body = |import: &Import| format!("{} {}", import.state.word(), import.plan);
    let request =
        KeyedRequest { key: key.to_owned(), digest: format!("digest of {key}"), status: 202, body, at: NOW };
    scene.store().once(request)
}

fn answer(scene: &Scene<'_>, key: &str) -> Option<String> {
    let answered: Option<Answered> = scene.store().answered(scene.account, key).expect("it works");
    answered.map(|answered| format!("{} {}: {}", answered.status, answered.digest, answered.body))
}

/// An act on an import that is in review with plan 1; whether it was done.
type Act = fn(&Scene<'_>, &Store, ImportId) -> Result<bool>;

fn fix(scene: &Scene<'_>, store: &Store, import: ImportId) -> Result<bool> {
    let step = FixStep {
        plan: 1,
        fixes: &[],
        rows: &[],
        change: Counts::default(),
        renewed: None,
        actor: "priya@acme",
        at: NOW,
    };
    Ok(store.keep_fixes(scene.account, import, &step)?.is_some())
}

fn complete(scene: &Scene<'_>, store: &Store, import: ImportId) -> Result<bool> {
    store.move_import(scene.account, import, ImportState::Review, ImportState::Applying, Some(1), false)
}

fn cancel(scene: &Scene<'_>, store: &Store, import: ImportId) -> Result<bool> {
    store.cancel_import(scene.account, import, NOW)
}

fn undo(scene: &Scene<'_>, store: &Store, import: ImportId) -> Result<bool> {
    let id = ImportId::new(NOW, scene.app.randomness.number());
    let mut new = new_import(id);
    new.undoes = Some(import);
    store.begin_import(scene.account, &new)
}

const ACTS: [(&str, Act, &str); 4] = [
    ("fix", fix, "review 2"),
    ("complete", complete, "applying 1"),
    ("cancel", cancel, "cancelled 1"),
    ("undo", undo, "reading 0"),
];

#[test]
fn an_act_and_the_answer_to_its_request_are_kept_together() {
    on_both(|app| {
        let (scene, other) = (Scene::new(app), Scene::named(app, "other"));
        for (name, act, left) in ACTS {
            let import = scene.review(&[]);
            let expected = Some(format!("202 digest of {name}: {left}"));
            assert_eq!(answer(&scene, name), None);
            assert!(act(&scene, &once(&scene, name), import).expect("it works"), "{name}");
            // Nobody was answered yet: whoever asks again finds that it was done.
            assert_eq!(answer(&scene, name), expected);
            let again = act(&scene, &once(&scene, name), import);
            assert!(matches!(again, Err(Error::DoneBefore)), "{name}: {again:?}");
            let refused = act(&scene, &once(&scene, "another key"), import).expect("it works");
            assert!(
                !refused && answer(&scene, "another key").is_none(),
                "{name}: refused, so nothing is kept"
            );
            assert_eq!(answer(&scene, name), expected);
            assert_eq!(answer(&other, name), None, "a key belongs to its account");
        }
    });
}

#[test]
fn of_requests_with_one_key_at_one_moment_one_is_done() {
    on_both(|app: &Ground| {
        const AT_ONCE: usize = 6;
        let scene = Scene::new(app);
        for (name, act, left) in ACTS {
            let import = scene.review(&[]);
            let together = std::sync::Barrier::new(AT_ONCE);
            let done = std::thread::scope(|scope| {
                let ask = || {
                    together.wait();
                    act(&scene, &once(&scene, name), import)
                };
                let asking: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(ask)).collect();
                let answers: Vec<_> =
                    asking.into_iter().map(|asking| asking.join().expect("it answers")).collect();
                assert!(
                    answers.iter().all(|answer| matches!(answer, Ok(true) | Err(Error::DoneBefore))),
                    "{name}: {answers:?}"
                );
                answers.iter().filter(|answer| answer.is_ok()).count()
            });
            assert_eq!((done, answer(&scene, name)), (1, Some(format!("202 digest of {name}: {left}"))));
        }
    });
}

#[test]
fn answers_are_forgotten_with_old_files() {
    on_both(|app| {
        const DAY: i64 = 24 * 60 * 60 * 1_000;
        let scene = Scene::new(app);
        assert!(cancel(&scene, &once(&scene, "key"), scene.review(&[])).expect("it works"));
        scene.store().forget_old_files(NOW.plus(29 * DAY)).expect("it works");
        assert!(answer(&scene, "key").is_some());
        scene.store().forget_old_files(NOW.plus(31 * DAY)).expect("it works");
        assert_eq!(answer(&scene, "key"), None);
    });
}

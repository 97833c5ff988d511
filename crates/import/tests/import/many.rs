//! Fixing all alike, when these are many: one step that a worker makes, of which review shows nothing before it is whole, whoever makes
//! it to the end.

use ::import::{self, Fixed, Reread, Target};
use ::store::{CellFilter, DoneChunk, Fix, FixKind, Import, ImportState, Stage, Turn, WantedCells};
use directory::{Code, Counts};

use ground::Ground;
use ground::office::{ANN, Office, Sheet, assert_state};
use ground::on_both;

/// One more than are fixed at once.
const MANY: usize = 5_001;

/// An office with so many users of a department whose name the file misspells, and the import of that file.
fn misspelt(app: &Ground) -> (Office<'_>, Import) {
    let mut office = Office::new(app);
    office
        .crowd(MANY, &[("username", &|number| format!("many{number}")), ("department", &|_| "1".to_owned())]);
    let mut sheet = office.csv();
    misspell(&mut sheet);
    let import = office.upload(sheet.text().as_bytes());
    assert_state(&import, ImportState::Review);
    assert_eq!(import.counts.errors, MANY as i64);
    (office, import)
}

fn misspell(sheet: &mut Sheet) {
    for user in 6..6 + MANY {
        *sheet.cell(user, "department") = "Fiance".to_owned();
    }
}

fn all_alike(office: &Office<'_>) -> Target {
    let department = office.fields.by_key("department").expect("it").number;
    Target::Group(Code::NotAChoice, department, Some("Fiance".to_owned()))
}

fn change_all(office: &Office<'_>, import: &Import, kind: FixKind) -> Import {
    match import::fix(office.app, office.account.id, import.id, &[(all_alike(office), kind)], ANN) {
        Ok(Fixed::Kept(import, _)) => *import,
        other => panic!("{other:?}"),
    }
}

fn value(text: &str) -> FixKind {
    FixKind::Value(text.to_owned())
}

/// How many cells each group of problems has.
fn groups(office: &Office<'_>, import: &Import) -> Vec<i64> {
    import::groups(office.app, import, 10).expect("groups").iter().map(|group| group.cells).collect()
}

/// The steps that would be undone and made again: how many cells each is about.
fn steps(office: &Office<'_>, import: &Import) -> [Option<i64>; 2] {
    import::fix_steps(office.app, import).expect("steps").map(|step| step.map(|step| step.fixes))
}

fn turn(office: &Office<'_>, import: &Import, which: Turn) -> Import {
    let turned = import::turn_fixes(office.app, office.account.id, import.id, which).expect("turned");
    assert!(matches!(turned, Reread::Kept(_)), "{turned:?}");
    office.rest(import.id)
}

#[test]
fn all_of_them_are_one_step_which_a_worker_makes() {
    on_both(|app| {
        let (office, import) = misspelt(app);
        let many = MANY as i64;
        let fixing = change_all(&office, &import, value("Finance"));
        assert_eq!((fixing.state, fixing.progress.stage), (ImportState::Reading, Stage::Fixing));
        assert_eq!((fixing.progress.done, fixing.progress.total), (0, many));
        assert_eq!((fixing.plan, fixing.counts), (import.plan, import.counts), "the old plan");
        assert_eq!(groups(&office, &fixing), [many], "the old plan");
        let refused =
            import::fix(app, office.account.id, import.id, &[(all_alike(&office), value("x"))], ANN);
        assert_eq!(refused.expect("the store"), Fixed::NotInReview(ImportState::Reading));

        let fixed = office.rest(import.id);
        assert_state(&fixed, ImportState::Review);
        assert_eq!(fixed.plan, import.plan + 1, "one new number");
        let better = Counts { errors: 0, rows_with_errors: 0, ..import.counts };
        assert_eq!(fixed.counts, Counts { users_to_edit: many, cells_to_edit: many, ..better });
        assert!(groups(&office, &fixed).is_empty());
        assert_eq!(steps(&office, &fixed), [Some(many), None]);

        let undone = turn(&office, &fixed, Turn::Undo);
        assert_eq!((undone.counts, groups(&office, &undone)), (import.counts, vec![many]));
        assert_eq!(steps(&office, &undone), [None, Some(many)]);
        let again = turn(&office, &undone, Turn::Redo);
        assert_eq!(again.counts, fixed.counts);
        let done = office.complete(&again);
        assert_eq!((done.state, done.counts.cells_to_edit), (ImportState::Done, many));
        assert_eq!(office.value(6 + MANY - 1, "department").as_deref(), Some("2"));
    });
}

#[test]
fn who_takes_over_goes_on_after_the_last_chunk() {
    on_both(|app| {
        let (office, import) = misspelt(app);
        change_all(&office, &import, FixKind::LeaveOut(true));
        let now = app.clock.now();
        let about = (office.account.id, import.id);
        let lease =
            app.store.claim(Some(about), "dies", now, now.plus(1_000)).expect("the store").expect("it");
        let wanted = app.store.wanted_fixes(about.0, about.1).expect("the store").remove(0);
        assert_eq!((wanted.step, wanted.total, wanted.done), (import.plan + 1, MANY as i64, 0));
        assert!(matches!(wanted.cells, WantedCells::Group(Code::NotAChoice, ..)));
        // A chunk of which nothing but the fixes was kept: what is judged of them is not asked again.
        let cells = app.store.cells_wanted(about.0, about.1, (&wanted.cells, None), 700).expect("cells");
        let fix = |cell: &directory::PlanCell| Fix {
            place: cell.place,
            field: cell.field,
            kind: FixKind::LeaveOut(true),
        };
        let fixes: Vec<Fix> = cells.iter().map(fix).collect();
        let chunk = DoneChunk { fixes: &fixes, rows: &[], change: Counts::default(), last: cells.last() };
        let kept = app.store.keep_wanted(&lease, wanted, &chunk).expect("the store").expect("the lease");
        assert_eq!(kept.done, 700);
        app.clock.turn(2_000);
        let rest = office.rest(import.id);
        assert_state(&rest, ImportState::Review);
        assert_eq!((rest.counts.left_out, rest.counts.errors), (MANY as i64 - 700, 700));
        assert_eq!(steps(&office, &rest), [Some(MANY as i64), None]);
        assert_eq!(groups(&office, &rest), [700]);
        assert_eq!(
            app.store.keep_wanted(&lease, kept, &chunk).expect("the store"),
            None,
            "the dead one writes no more"
        );
        let cells = app.store.plan_cells(about.0, about.1, CellFilter::Errors, 1_000).expect("cells");
        assert_eq!(cells.len(), 700);
    });
}

#[test]
fn who_fixes_what_others_fix_is_kept_or_told_so() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = (0..6).fold(office.csv(), |sheet, user| sheet.with(user, "department", "Fiance"));
        let import = office.upload(sheet.text().as_bytes());
        let fix = |user: usize, text: &str| {
            let target = Target::Field(office.ids[user], "department".to_owned());
            let fixes = [(target, value(text))];
            import::fix(office.app, office.account.id, import.id, &fixes, ANN).expect("the store")
        };
        let kept: i64 = std::thread::scope(|scope| {
            let fixing = (0..6).map(|user| {
                scope.spawn(move || {
                    let texts = ["Sales", "Slaes", "Finance"].iter();
                    let fixed = texts.map(|text| match fix(user, text) {
                        Fixed::Kept(..) => 1,
                        Fixed::OthersAtWork => 0,
                        other => panic!("{other:?}"),
                    });
                    fixed.sum::<i64>()
                })
            });
            let fixing: Vec<_> = fixing.collect();
            fixing.into_iter().map(|one| one.join().expect("it ended")).sum()
        });
        assert!(kept >= 6, "somebody always comes first, but only {kept} of 18 were kept");
        let now = app.store.import(office.account.id, import.id).expect("the store").expect("it");
        assert_eq!(now.plan, import.plan + kept, "each is a step");
        let counted: i64 = groups(&office, &now).iter().sum();
        assert_eq!(counted, now.counts.errors, "what is kept beside the plan");
    });
}

/// An import in which so many users have phones without a country code, and two have none that could be meant.
fn national(office: &mut Office<'_>, count: usize) -> Import {
    office.crowd(count, &[("username", &|number| format!("of{count}.{number}"))]);
    let mut sheet = office.csv().with(0, "phone", "soon").with(1, "phone", "12");
    for user in 0..count {
        *sheet.cell(6 + user, "phone") = format!("07700 9{user:05}");
    }
    office.upload(sheet.text().as_bytes())
}

fn take_suggestions(office: &Office<'_>, import: &Import) -> Result<Fixed, ::store::Error> {
    let target = Target::Suggested(Code::NotAPhone, "phone".to_owned());
    import::fix(office.app, office.account.id, import.id, &[(target, FixKind::Suggested)], ANN)
}

#[test]
fn each_takes_its_own_suggestion_in_one_step() {
    on_both(|app| {
        for count in [3, MANY] {
            let mut office = Office::called(app, if count == 3 { "acme" } else { "many" });
            let import = national(&mut office, count);
            let red = count as i64 + 2;
            assert_eq!((import.counts.errors, import.counts.cells_to_edit), (red, 0));
            let offered = import::suggested(app, &import).expect("groups");
            let [offer] = offered.as_slice() else { panic!("{offered:?}") };
            assert_eq!((offer.code, offer.cells), (Code::NotAPhone, count as i64));
            assert_eq!(offer.suggestions, ["+447700900000"]);
            let fixed = take_suggestions(&office, &import).expect("the store");
            assert!(matches!(fixed, Fixed::Kept(..)), "{fixed:?}");
            let fixed = office.rest(import.id);
            assert_state(&fixed, ImportState::Review);
            assert_eq!((fixed.plan, steps(&office, &fixed)), (import.plan + 1, [Some(count as i64), None]));
            assert_eq!((fixed.counts.errors, fixed.counts.cells_to_edit), (2, count as i64));
            assert!(import::suggested(app, &fixed).expect("groups").is_empty());
            assert_eq!(take_suggestions(&office, &fixed).expect("the store"), Fixed::NoSuchCell);
            let undone = turn(&office, &fixed, Turn::Undo);
            assert_eq!(undone.counts, import.counts);
            let again = turn(&office, &undone, Turn::Redo);
            assert_eq!(again.counts, fixed.counts);
        }
    });
}

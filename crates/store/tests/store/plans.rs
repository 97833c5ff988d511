//! Plans as rows: staged, read page by page, fixed as one step.

use ::store::{
    CellFilter, Fix, FixKind, FixStep, ImportId, ImportState, JudgedRow, LaterClaim, PageStart, Warning,
};
use directory::{
    Chosen, Claim, ClaimKind, Code, Counts, FieldNumber, Place, PlanCell, State, UserId, Where, Wrong,
    standard,
};

use ground::scene::{BADGE, NICKNAME, Scene, cell, change, id, settled};
use ground::{NOW, on_both};

const ROW: Place = Place::Row { file: 2, row: 70_000 };

fn error(place: Place, field: FieldNumber, at: (u32, u32), code: Code, raw: &str) -> PlanCell {
    let wrong = Wrong {
        code,
        detail: Some("detail".to_owned()),
        holder: Some(Where::Elsewhere),
        suggestions: vec!["one".to_owned(), "two".to_owned()],
    };
    PlanCell {
        row: at.0,
        column: at.1,
        raw: Some(raw.to_owned()),
        mine: None,
        state: State::Error,
        wrong: Some(wrong),
        hidden: true,
        ..cell(place, field, Some("now"), None)
    }
}

fn conflict(user: UserId, chosen: Option<Chosen>) -> PlanCell {
    PlanCell { state: State::Conflict, chosen, ..change(user, standard::PHONE, Some("now"), Some("mine")) }
}

/// What these tests ask of a scene besides.
trait Planning {
    fn cells(&self, import: ImportId, filter: CellFilter) -> Vec<PlanCell>;
}

impl Planning for Scene<'_> {
    fn cells(&self, import: ImportId, filter: CellFilter) -> Vec<PlanCell> {
        self.store().plan_cells(self.account, import, filter, 100).expect("cells")
    }
}

#[test]
fn cells_come_back_as_they_were_staged() {
    on_both(|app| {
        let scene = Scene::new(app);
        let ann = change(id(1), NICKNAME, None, Some("Annie"));
        let bob = error(Place::User(id(2)), standard::EMAIL, (9, 4), Code::LoginInUse, "x");
        let held = change(id(2), NICKNAME, None, Some("held"));
        let none = error(ROW, standard::USER, (3, 1), Code::UserIdUnknown, "U-1");
        let open = conflict(id(3), None);
        let chosen = conflict(id(4), Some(Chosen::File));
        let put_back = PlanCell { state: State::PutBack, ..change(id(5), NICKNAME, Some("a"), Some("b")) };
        let since = PlanCell { state: State::ChangedSince, ..change(id(6), NICKNAME, Some("a"), Some("b")) };
        let all = [&ann, &bob, &held, &none, &open, &chosen, &put_back, &since].map(Clone::clone);
        let import = scene.review(&all);
        assert_eq!(scene.cells(import, CellFilter::Changes), [ann, chosen.clone()]);
        assert_eq!(
            scene.cells(import, CellFilter::Errors),
            [none.clone(), bob.clone()],
            "in the order of the file"
        );
        assert_eq!(scene.cells(import, CellFilter::Conflicts), [open, chosen]);
        assert_eq!(scene.cells(import, CellFilter::PutBack), [put_back]);
        assert_eq!(scene.cells(import, CellFilter::ChangedSince), [since]);
        let row = |place| scene.store().plan_row(scene.account, import, place).expect("it works");
        assert_eq!(row(Place::User(id(2))), [bob.clone(), held]);
        assert_eq!(row(ROW), [none]);
        let at = |row, column| {
            scene.store().plan_cell_at(scene.account, import, 1, row, column).expect("it works")
        };
        assert_eq!((at(9, 4), at(8, 8)), (Some(bob), None));
        assert_eq!(
            at(3, 2).map(|cell| cell.state),
            Some(State::Conflict),
            "what has to be looked at comes first"
        );
        assert!(!scene.store().is_left_out(scene.account, import, ROW).expect("it works"));
    });
}

#[test]
fn lists_of_cells_are_turned_page_by_page_both_ways() {
    on_both(|app| {
        let scene = Scene::new(app);
        let wrong = |user, at| error(Place::User(id(user)), standard::EMAIL, at, Code::LoginInUse, "x");
        let unplaced = |user, field| error(Place::User(id(user)), field, (0, 0), Code::NoSignIn, "x");
        let errors = [
            unplaced(7, standard::EMAIL),
            unplaced(7, standard::PHONE),
            unplaced(8, standard::EMAIL),
            wrong(5, (3, 4)),
            PlanCell {
                column: 9,
                ..error(Place::User(id(5)), standard::PHONE, (3, 9), Code::LoginInUse, "x")
            },
            wrong(1, (10, 4)),
        ];
        let changes = [
            change(id(2), NICKNAME, None, Some("a")),
            change(id(3), standard::PHONE, None, Some("b")),
            change(id(3), NICKNAME, None, Some("c")),
        ];
        let import = scene.review(&[&errors[..], &changes[..]].concat());
        for (filter, all) in [(CellFilter::Errors, &errors[..]), (CellFilter::Changes, &changes[..])] {
            for limit in [1, 2, 6] {
                let turn = |from| {
                    let page = scene.store().plan_page(scene.account, import, filter, from, limit);
                    page.expect("a page")
                };
                let (mut forth, mut page) = (Vec::new(), turn(PageStart::Start));
                assert_eq!(page.previous, None, "{filter:?} by {limit}");
                while let Some(next) = page.next {
                    let text = next.to_string();
                    assert_eq!(text.parse(), Ok(next), "{text}");
                    forth.push(page.items);
                    page = turn(PageStart::After(next));
                }
                let mut back = vec![page.items];
                assert_eq!(forth.concat().len() + back[0].len(), all.len(), "{filter:?} by {limit}");
                assert_eq!([forth.concat(), back.concat()].concat(), all, "{filter:?} by {limit}");
                while let Some(previous) = page.previous {
                    page = turn(PageStart::Before(previous));
                    back.insert(0, page.items);
                }
                assert_eq!(back.concat(), all, "{filter:?} by {limit}, backwards");
            }
        }
    });
}

#[test]
fn claims_are_walked_in_their_order() {
    on_both(|app| {
        let scene = Scene::new(app);
        let import = scene.import();
        let lease = scene.claim(import);
        let claim = |kind, key: &str, place| LaterClaim {
            claim: Claim { kind, key: key.to_owned() },
            place,
            field: standard::EMAIL,
        };
        let sorted = [
            claim(ClaimKind::Email, "B", ROW),
            claim(ClaimKind::Email, "a", ROW),
            claim(ClaimKind::Email, "a", Place::User(id(5))),
            claim(ClaimKind::Username, "a", Place::User(id(5))),
            claim(ClaimKind::Field(BADGE), "7", Place::User(id(6))),
        ];
        let backwards: Vec<_> = sorted.iter().rev().cloned().collect();
        assert!(scene.store().stage(&lease, &[], &backwards).expect("it works"));
        assert!(scene.store().stage(&lease, &[], &backwards[..1]).expect("it works"), "twice is once");
        let mut walked: Vec<LaterClaim> = Vec::new();
        loop {
            let page = scene.store().claims_after(scene.account, import, walked.last(), 2).expect("it works");
            if page.is_empty() {
                break;
            }
            walked.extend(page);
        }
        assert_eq!(walked, sorted);
        let claimants =
            scene.store().claimants(scene.account, import, &sorted[1].claim, 10).expect("it works");
        assert_eq!(claimants, sorted[1..3]);
    });
}

#[test]
fn a_row_is_found_by_its_number_in_a_file_of_any_order() {
    on_both(|app| {
        let scene = Scene::new(app);
        let emails: Vec<String> = (0..40).map(|number| format!("p{number}@acme.example")).collect();
        let users = scene.create_with_emails(&emails.iter().map(String::as_str).collect::<Vec<_>>());
        let in_order: Vec<u32> = (3..43).collect();
        let mixed: Vec<u32> = (0..40).map(|place| 3 + place * 7 % 40).collect();
        for rows in [in_order, mixed] {
            let mut cells = vec![cell(Place::Row { file: 1, row: 90 }, NICKNAME, None, Some("New"))];
            cells[0].row = 90;
            for (user, row) in users.iter().zip(&rows) {
                for (column, field) in [(7, NICKNAME), (8, standard::JOB_TITLE)] {
                    cells.push(PlanCell { row: *row, column, ..change(*user, field, None, Some("x")) });
                }
            }
            let import = scene.review(&cells);
            for of in &cells {
                let row =
                    scene.store().plan_cells_in_row(scene.account, import, 1, of.row).expect("it works");
                let expected: Vec<_> = cells.iter().filter(|other| other.row == of.row).collect();
                assert_eq!(row.len(), expected.len());
                assert!(expected.iter().all(|cell| row.contains(cell)), "row {}", of.row);
                let at = scene.store().plan_cell_at(scene.account, import, 1, of.row, of.column);
                assert_eq!(at.expect("it works").as_ref(), Some(of));
            }
            let none = scene.store().plan_cells_in_row(scene.account, import, 1, 77).expect("it works");
            assert!(none.is_empty());
        }
    });
}

#[test]
fn reading_begins_again_from_nothing() {
    on_both(|app| {
        let scene = Scene::new(app);
        let import = scene.import();
        let lease = scene.claim(import);
        let staged = change(id(1), NICKNAME, None, Some("Annie"));
        let warn = |code, place: &str, cells| Warning { code, place: place.to_owned(), cells, detail: None };
        let store = scene.store();
        store.stage(&lease, std::slice::from_ref(&staged), &[]).expect("it works");
        let restaged = error(staged.place, NICKNAME, (3, 2), Code::TooLong, "x");
        assert!(store.restage(&lease, std::slice::from_ref(&restaged)).expect("it works"));
        assert_eq!(store.plan_row(scene.account, import, staged.place).expect("it works"), [restaged]);
        store.keep_warnings(&lease, &[warn(Code::Cleared, "phone", 2)]).expect("it works");
        let kept = [
            Warning { detail: Some("G".to_owned()), ..warn(Code::Cleared, "email", 3) },
            warn(Code::HeaderUnknown, "D2", 1),
        ];
        store.keep_warnings(&lease, &kept).expect("it works");
        assert_eq!(store.warnings(scene.account, import).expect("it works"), kept);
        store.clear_plan(&lease).expect("it works");
        assert!(store.plan_row(scene.account, import, staged.place).expect("it works").is_empty());
        assert!(store.warnings(scene.account, import).expect("it works").is_empty());
    });
}

#[test]
fn problems_are_grouped_biggest_first() {
    on_both(|app| {
        let scene = Scene::new(app);
        let wrong = |number: u64, code, raw| {
            error(Place::User(id(number)), standard::DEPARTMENT, (number as u32, 8), code, raw)
        };
        let import = scene.review(&[
            wrong(1, Code::NotAChoice, "Fianance"),
            wrong(2, Code::NotAChoice, "Fianance"),
            wrong(3, Code::NotAChoice, "Slaes"),
            wrong(4, Code::TooLong, "Slaes"),
            wrong(5, Code::TooLong, "Slaes"),
            wrong(6, Code::TooLong, "Slaes"),
        ]);
        let groups = scene.store().problem_groups(scene.account, import, 2).expect("it works");
        let told: Vec<_> = groups.iter().map(|of| (of.code, of.field, of.raw.as_deref(), of.cells)).collect();
        let department = standard::DEPARTMENT;
        assert_eq!(
            told,
            [
                (Code::TooLong, department, Some("Slaes"), 3),
                (Code::NotAChoice, department, Some("Fianance"), 2)
            ]
        );
        assert_eq!(groups[1].suggestions, ["one", "two"]);
        let cells = scene.store().cells_of_group(scene.account, import, &groups[1], 10).expect("it works");
        assert_eq!(cells.iter().map(|cell| cell.row).collect::<Vec<_>>(), [1, 2]);
    });
}

#[test]
fn fixes_are_kept_as_one_step_of_the_plan_that_was_shown() {
    on_both(|app| {
        let scene = Scene::new(app);
        let place = Place::User(id(1));
        let import = scene.review(&[error(place, NICKNAME, (3, 2), Code::TooLong, "x")]);
        let fix = |field, kind| Fix { place, field, kind };
        let fixes = [
            fix(standard::USER, FixKind::LeaveOut(true)),
            fix(standard::PHONE, FixKind::Choose(Chosen::Download)),
            fix(NICKNAME, FixKind::Value("short".to_owned())),
            fix(BADGE, FixKind::Value(String::new())),
        ];
        let fixed = change(id(1), NICKNAME, None, Some("short"));
        let claim = LaterClaim {
            claim: Claim { kind: ClaimKind::Field(BADGE), key: "7".to_owned() },
            place,
            field: BADGE,
        };
        let rows = [JudgedRow {
            place,
            cells: vec![fixed.clone()],
            claims: vec![claim.clone()],
            released: Vec::new(),
            left_out: true,
        }];
        let better =
            Counts { errors: -1, rows_with_errors: -1, users_to_edit: 1, left_out: 1, ..Counts::default() };
        let step = |plan| FixStep {
            plan,
            fixes: &fixes,
            rows: &rows,
            change: better,
            renewed: None,
            actor: "priya@acme",
            at: NOW,
        };
        let keep = |plan| scene.store().keep_fixes(scene.account, import, &step(plan)).expect("it works");
        let kept = || -> Vec<Fix> {
            let kept = scene.store().fixes(scene.account, import, None, 100).expect("it works");
            kept.into_iter().map(|kept| kept.fix).collect()
        };
        assert_eq!(keep(2), None, "review shows another plan");
        assert!(kept().is_empty());
        assert_eq!(keep(1), Some(2));
        assert_eq!(keep(1), None, "this plan was fixed already");
        assert_eq!(kept(), fixes);
        assert_eq!(scene.store().plan_row(scene.account, import, place).expect("it works"), [fixed]);
        assert_eq!(
            scene.store().claimants(scene.account, import, &claim.claim, 10).expect("it works"),
            [claim]
        );
        assert!(scene.store().is_left_out(scene.account, import, place).expect("it works"));
        assert!(scene.cells(import, CellFilter::Changes).is_empty(), "left-out rows are not shown");
        let import_now = scene.store().import(scene.account, import).expect("it works").expect("there");
        assert_eq!((import_now.plan, import_now.counts), (2, better));
        let take_in =
            [fix(standard::USER, FixKind::LeaveOut(false)), fix(standard::LANGUAGE, FixKind::Create)];
        let step = FixStep {
            plan: 2,
            fixes: &take_in,
            rows: &[],
            change: Counts::default(),
            renewed: None,
            actor: "x",
            at: NOW,
        };
        scene.store().keep_fixes(scene.account, import, &step).expect("it works");
        assert_eq!(kept()[4..], take_in);
    });
}

#[test]
fn a_row_that_is_left_out_is_not_applied() {
    on_both(|app| {
        let scene = Scene::new(app);
        let users = scene.create_with_emails(&["ann@acme.example"]);
        let place = Place::User(users[0]);
        let cells = vec![change(users[0], NICKNAME, None, Some("Annie"))];
        let import = scene.review(&cells);
        let rows = [JudgedRow { place, cells, claims: Vec::new(), released: Vec::new(), left_out: true }];
        let step = FixStep {
            plan: 1,
            fixes: &[],
            rows: &rows,
            change: Counts::default(),
            renewed: None,
            actor: "priya@acme",
            at: NOW,
        };
        scene.store().keep_fixes(scene.account, import, &step).expect("it works");
        let (from, to) = (ImportState::Review, ImportState::Applying);
        assert!(
            scene.store().move_import(scene.account, import, from, to, Some(2), false).expect("it works")
        );
        let lease = scene.claim(import);
        assert!(scene.store().enter_applying(scene.account, import, 2, lease.fence, NOW).expect("it works"));
        scene.apply_at(&lease, scene.revision());
        assert_eq!(scene.value(users[0], NICKNAME), None);
        assert!(scene.store().settle(&lease, &settled(ImportState::Done, 1)).expect("it works"));
    });
}

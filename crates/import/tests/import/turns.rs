//! Whatever is fixed, undone and made again in a review: the plan is what the file and the steps that count come to, read anew, and what
//! is kept beside it (its counts, its groups of problems) is that of its cells.

use std::collections::BTreeMap;

use ::import::{self, Fixed, Reread, Target};
use ::store::{FixKind, Import, ImportState, PageStart, Turn};
use directory::{Chosen, Decision};

use ground::office::{ANN, Office, assert_state};
use ground::on_both;

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn of<'a, T>(&mut self, choice: &'a [T]) -> &'a T {
        &choice[self.below(choice.len())]
    }
}

/// All that review shows of a plan, line by line, and its counts.
fn plan_of(office: &Office<'_>, import: &Import) -> Vec<String> {
    let app = office.app;
    let mut lines = vec![format!("{:?} {}", import.counts, import.new_cells)];
    let page = import::issues(app, import, PageStart::Start, 1_000).expect("issues");
    lines.extend(page.items.iter().map(|issue| format!("{issue:?}")));
    let page = import::conflicts(app, import, PageStart::Start, 1_000).expect("conflicts");
    lines.extend(page.items.iter().map(|conflict| format!("{conflict:?}")));
    let page = import::changes(app, import, PageStart::Start, 1_000).expect("changes");
    lines.extend(page.items.iter().map(|change| format!("{change:?}")));
    lines.extend(import::left_out(app, import, 1_000).expect("rows").iter().map(|row| format!("{row:?}")));
    lines
}

/// The groups that are kept are those of the issues that review shows.
fn check_groups(office: &Office<'_>, import: &Import) {
    let mut counted = BTreeMap::<String, i64>::new();
    for issue in import::issues(office.app, import, PageStart::Start, 1_000).expect("issues").items {
        let field = issue.field.map(|field| field.key);
        *counted.entry(format!("{:?} {field:?} {:?}", issue.wrong.code, issue.value)).or_default() += 1;
    }
    let groups = import::groups(office.app, import, 1_000).expect("groups");
    assert!(groups.is_sorted_by_key(|group| -group.cells), "the biggest first: {groups:?}");
    let kept: BTreeMap<String, i64> = groups
        .iter()
        .map(|group| {
            let field = group.field.as_ref().map(|field| &field.key);
            (format!("{:?} {field:?} {:?}", group.code, group.value), group.cells)
        })
        .collect();
    assert_eq!(kept, counted);
}

fn turn(office: &Office<'_>, import: &Import, which: Turn) -> (Import, bool) {
    let turned = import::turn_fixes(office.app, office.account.id, import.id, which).expect("turned");
    let Reread::Kept(turned) = turned else { panic!("{turned:?}") };
    let at_once = turned.state == ImportState::Review;
    (office.rest(import.id), at_once)
}

/// Has the file read again, with the steps that count laid over it.
fn read_again(office: &Office<'_>, import: &Import) -> Import {
    let about = [(Decision::KeepValues, Some("phone".to_owned()))];
    let decided = import::decide(office.app, office.account.id, import.id, &about, ANN).expect("kept");
    assert!(matches!(decided, Reread::Kept(_)), "{decided:?}");
    let decided = office.rest(import.id);
    let (read, at_once) = turn(office, &decided, Turn::Undo);
    assert!(!at_once, "a decision changes the whole plan");
    read
}

/// A review with something of everything: an email of somebody else, texts that are no choice, a conflict, a value that is too long.
fn review<'a>(office: &Office<'a>) -> Import {
    let sheet = office
        .csv()
        .with(0, "department", "Fiance")
        .with(1, "department", "Fiance")
        .with(2, "email", "ada@acme.example")
        .with(3, "job_title", "Clerk")
        .with(4, "notes", &"long ".repeat(20))
        .with(5, "email", "bo@acme.example")
        .with(1, "email", "bo2@acme.example");
    office.edit(3, "job_title", "Cook");
    office.upload(sheet.text().as_bytes())
}

fn random_fix(office: &Office<'_>, dice: &mut Dice) -> Vec<(Target, FixKind)> {
    const TEXTS: [(&str, &[&str]); 4] = [
        ("email", &["ada@acme.example", "bo2@acme.example", "new@acme.example", "no email", ""]),
        ("department", &["Finance", "Sales", "Fiance", "Slaes", ""]),
        ("job_title", &["Clerk", "Cook", ""]),
        ("notes", &["short", "a text that is far longer than the forty characters which are allowed here"]),
    ];
    let row = dice.below(office.ids.len());
    let one = match dice.below(6) {
        0 => (Target::Row(row as u32 + 3), FixKind::LeaveOut(dice.below(2) == 0)),
        1 => {
            (Target::AllConflicts, FixKind::Choose(*dice.of(&[Chosen::File, Chosen::Now, Chosen::Download])))
        }
        _ => {
            let (key, texts) = dice.of(&TEXTS);
            let field = Target::Field(office.ids[row], (*key).to_owned());
            (field, FixKind::Value((*dice.of(texts)).to_owned()))
        }
    };
    vec![one]
}

fn try_sequence(office: &Office<'_>, seed: u64) {
    let mut dice = Dice(seed);
    let mut import = review(office);
    assert_state(&import, ImportState::Review);
    // What review showed after each step that counts, and of those that were undone.
    let (mut shown, mut undone) = (vec![plan_of(office, &import)], Vec::new());
    for step in 0..14 {
        let what = match dice.below(5) {
            0 | 1 if shown.len() > 1 => Some(Turn::Undo),
            2 if !undone.is_empty() => Some(Turn::Redo),
            _ => None,
        };
        match what {
            None => {
                let fixes = random_fix(office, &mut dice);
                match import::fix(office.app, office.account.id, import.id, &fixes, ANN).expect("the store") {
                    Fixed::Kept(fixed, _) => import = *fixed,
                    Fixed::NoSuchCell => continue,
                    other => panic!("{other:?}"),
                }
                undone.clear();
                shown.push(plan_of(office, &import));
            }
            Some(which) => {
                let (from, to) =
                    if which == Turn::Undo { (&mut shown, &mut undone) } else { (&mut undone, &mut shown) };
                to.extend(from.pop());
                let (turned, at_once) = turn(office, &import, which);
                import = turned;
                assert!(at_once, "the rows were kept");
                assert_eq!(Some(&plan_of(office, &import)), shown.last(), "seed {seed}, step {step}");
            }
        }
        check_groups(office, &import);
    }
    let kept = plan_of(office, &import);
    let read = read_again(office, &import);
    assert_eq!(plan_of(office, &read), kept, "seed {seed}: read again");
    check_groups(office, &read);
    import::cancel(office.app, office.account.id, import.id).expect("the store");
}

#[test]
fn undone_and_made_again_a_plan_is_what_reading_again_makes_of_it() {
    on_both(|app| {
        for seed in 0..12 {
            let office = Office::called(app, &format!("office-{seed}"));
            try_sequence(&office, seed);
        }
    });
}

#[test]
fn what_was_read_again_since_is_undone_by_reading_again() {
    on_both(|app| {
        let office = Office::new(app);
        let import = review(&office);
        let before = plan_of(&office, &import);
        let fix =
            [(Target::Field(office.ids[0], "department".to_owned()), FixKind::Value("Sales".to_owned()))];
        let fixed = import::fix(app, office.account.id, import.id, &fix, ANN).expect("the store");
        let Fixed::Kept(fixed, _) = fixed else { panic!("{fixed:?}") };
        let read = read_again(&office, &fixed);
        let (undone, at_once) = turn(&office, &read, Turn::Undo);
        assert!(!at_once);
        assert_eq!(plan_of(&office, &undone), before);
        let (again, at_once) = turn(&office, &undone, Turn::Redo);
        assert!(!at_once);
        assert_eq!(plan_of(&office, &again), plan_of(&office, &fixed));
    });
}

//! Rules of change: many users changed at once without a file, by the same way as a file, from the plan to the undo.

use ::import::{self, Begun, NewChange, Target};
use ::store::{
    Complete, Fault, FaultKind, FixKind, Import, ImportId, ImportKind, ImportState, RuleUsers, SelectionId,
};
use directory::{RuleRefused, RuleStep, UserId};

use ground::office::{ANN, BOB, Office, assert_state};
use ground::on_both;

#[path = "rules/as_in_a_workbook.rs"]
mod as_in_a_workbook;

const DAY: i64 = 24 * 60 * 60 * 1_000;

fn set(key: &str, text: &str) -> (String, RuleStep) {
    (key.to_owned(), RuleStep::Set(text.to_owned()))
}

fn clear(key: &str) -> (String, RuleStep) {
    (key.to_owned(), RuleStep::Clear)
}

fn replace(key: &str, from: &str, to: &str) -> (String, RuleStep) {
    (key.to_owned(), RuleStep::Replace(from.to_owned(), to.to_owned()))
}

fn asked(users: RuleUsers, complete: Complete, lines: &[(String, RuleStep)]) -> NewChange {
    NewChange {
        lines: lines.to_vec(),
        users,
        actor: ANN.to_owned(),
        complete,
        leave_out_errors: false,
        keep: true,
    }
}

/// Begins a change that must be a rule.
fn begun(office: &Office<'_>, new: NewChange) -> ImportId {
    office.app.clock.turn(1_000);
    match import::change(office.app, office.account.id, new) {
        Ok(Begun::Started(id)) => id,
        other => panic!("{other:?}"),
    }
}

/// Follows a rule for everybody and brings the import to rest.
fn ruled(office: &Office<'_>, lines: &[(String, RuleStep)]) -> Import {
    office.rest(begun(office, asked(RuleUsers::All, Complete::Never, lines)))
}

fn pasted(office: &Office<'_>, text: &str) -> SelectionId {
    import::select_pasted(office.app, office.account.id, ANN, text).expect("the store")
}

#[test]
fn a_rule_is_reviewed_completed_and_undone_as_a_file_is() {
    on_both(|app| {
        let office = Office::new(app);
        let lines = [set("department", "sales"), replace("email", "@ACME.example", "@new.example")];
        let import = ruled(&office, &lines);
        assert_state(&import, ImportState::Review);
        assert_eq!((import.kind, import.base), (ImportKind::Rule, import.revision));
        let words = "Department becomes sales; in Email @ACME.example becomes @new.example";
        assert_eq!(import.file_name.as_deref(), Some(words));
        let changes = office.changes(&import);
        assert!(changes.contains(&"Bo Rowe: Department \"Finance\" -> \"Sales\"".to_owned()), "{changes:?}");
        // Two have the department already.
        assert_eq!((import.counts.cells_to_edit, import.counts.rows, changes.len()), (10, 6, 10));
        assert_eq!(office.issues(&import), [""; 0]);
        let done = office.complete(&import);
        assert_state(&done, ImportState::Done);
        assert_eq!(office.value(1, "email").as_deref(), Some("bo@new.example"));
        assert_eq!(office.value(1, "department").as_deref(), Some("1"));
        office.check_history();
        let again = ruled(&office, &lines);
        assert_state(&again, ImportState::Done);
        assert_eq!(again.applied, None, "all of it is so already");
        assert_state(&office.undo(&done), ImportState::Done);
        assert_eq!(office.value(1, "email").as_deref(), Some("bo@acme.example"));
        office.check_history();
        let listed = app.store.imports(office.account.id, None, 10).expect("the store");
        assert!(
            listed.iter().any(|listed| listed.id == done.id && listed.file_name.as_deref() == Some(words))
        );
    });
}

#[test]
fn whom_a_rule_is_about_is_said_by_a_search_or_a_selection() {
    on_both(|app| {
        let office = Office::new(app);
        let two = format!("{}; FAY@acme.example", office.ids[0]);
        for (users, expected) in [
            (RuleUsers::All, 6),
            (RuleUsers::Search("rowe".to_owned()), 1),
            (RuleUsers::Search("nobody of this name".to_owned()), 0),
            (RuleUsers::Selection(pasted(&office, &two)), 2),
            (RuleUsers::Selection(pasted(&office, "")), 0),
        ] {
            let said = format!("{users:?}");
            let new = asked(users, Complete::Never, &[set("job_title", "Clerk")]);
            let import = office.rest(begun(&office, new));
            assert_eq!((import.counts.rows, import.counts.users_to_edit), (expected, expected), "{said}");
            let rests = if expected == 0 { ImportState::Done } else { ImportState::Review };
            assert_state(&import, rests);
        }
    });
}

#[test]
fn what_is_no_rule_begins_nothing() {
    on_both(|app| {
        let office = Office::new(app);
        let refused = |new| import::change(app, office.account.id, new).expect("the store");
        let unfit = asked(RuleUsers::All, Complete::Never, &[replace("start_date", "2024", "2025")]);
        assert!(matches!(refused(unfit), Begun::Refused(RuleRefused::Unfit(..))));
        let mine = pasted(&office, "ada@acme.example");
        let others = NewChange {
            actor: BOB.to_owned(),
            ..asked(RuleUsers::Selection(mine), Complete::Never, &[clear("phone")])
        };
        assert_eq!(refused(others), Begun::NoSelection);
        let other_account = app.store.create_account("globex", "Globex", app.clock.now());
        let other_account = other_account.expect("the store").expect("free").id;
        let new = asked(RuleUsers::Selection(mine), Complete::Never, &[clear("phone")]);
        assert_eq!(import::change(app, other_account, new).expect("the store"), Begun::NoSelection);
        assert_eq!(app.store.unfinished_imports().expect("the store"), 0);
    });
}

#[test]
fn what_is_unique_is_judged_on_the_end_state() {
    on_both(|app| {
        let mut office = Office::new(app);
        office.hire(
            &[["Gus", "Wild", "ada@old.example", "1", ""], ["Hal", "Xu", "hal@old.example", "2", ""]],
            "acme",
        );
        let collide = ruled(&office, &[replace("email", "@old.example", "@acme.example")]);
        assert_eq!(office.issues(&collide), ["- login_in_use"], "{:?}", office.changes(&collide));
        assert_eq!(collide.counts.users_to_edit, 1);
        // Who has it gives it up by the same rule.
        let both = [
            replace("email", "@acme.example", "@new.example"),
            replace("email", "@old.example", "@acme.example"),
        ];
        let moved = ruled(&office, &both);
        assert_eq!(office.issues(&moved), [""; 0]);
        assert_eq!(office.complete(&moved).counts.users_to_edit, 8);
        assert_eq!(office.value(6, "email").as_deref(), Some("ada@acme.example"));
        // And two who come to have the same get it neither.
        let same = ruled(&office, &[set("email", "all@acme.example")]);
        assert_eq!(office.issues(&same), ["- login_in_use"; 8]);
        let required = ruled(&office, &[clear("first_name")]);
        assert_eq!(office.issues(&required), ["- required"; 8]);
        office.check_history();
    });
}

#[test]
fn a_red_cell_of_a_rule_is_put_right() {
    on_both(|app| {
        let office = Office::new(app);
        let import = ruled(&office, &[set("department", "Finanse")]);
        assert_eq!(office.issues(&import), ["- not_a_choice"; 6]);
        let about = |user: UserId| Target::Field(user, "department".to_owned());
        let one = office.fix(&import, about(office.ids[0]), FixKind::Value("Finance".to_owned()));
        assert_eq!(office.issues(&one), ["- not_a_choice"; 5]);
        // A user can be left out of it.
        let less = office.fix(&one, about(office.ids[5]), FixKind::LeaveOut(true));
        assert_eq!((less.counts.left_out, office.issues(&less).len()), (1, 4));
        let one = office.fix(&less, about(office.ids[5]), FixKind::LeaveOut(false));
        // Fields that changed since: the rule is followed again, and the fix lies over it.
        office.redefine("department", |field| field.choices[2].former.push("Finanse".to_owned()));
        let answer = import::complete(app, office.account.id, one.id, Some(one.plan), true);
        assert!(matches!(answer, Ok(import::Completion::Started(_))), "{answer:?}");
        let back = office.rest(one.id);
        assert_state(&back, ImportState::Review);
        assert_eq!((office.issues(&back), back.counts.users_to_edit), (Vec::new(), 5));
        assert_state(&office.complete(&back), ImportState::Done);
        let now: Vec<Option<String>> = (0..6).map(|user| office.value(user, "department")).collect();
        let expected = ["2", "3", "3", "3", "3", "3"].map(|id| Some(id.to_owned()));
        assert_eq!(now, expected);
        office.check_history();
    });
}

#[test]
fn a_plan_of_a_rule_follows_a_directory_that_moves() {
    on_both(|app| {
        let office = Office::new(app);
        let import = ruled(&office, &[set("job_title", "Clerk"), replace("email", "acme", "new")]);
        office.edit(0, "job_title", "Dean");
        office.edit(1, "phone", "+441632960123");
        office.edit(2, "job_title", "Clerk");
        let answer = import::complete(app, office.account.id, import.id, Some(import.plan), false);
        assert!(matches!(answer, Ok(import::Completion::Started(_))), "{answer:?}");
        let back = office.rest(import.id);
        assert_state(&back, ImportState::Review);
        assert_eq!((back.counts.conflicts, back.new_cells), (1, 1), "{:?}", office.changes(&back));
        let field = Target::Field(office.ids[0], "job_title".to_owned());
        let chosen = office.fix(&back, field, FixKind::Choose(directory::Chosen::File));
        assert_state(&office.complete(&chosen), ImportState::Done);
        let titles: Vec<Option<String>> = (0..6).map(|user| office.value(user, "job_title")).collect();
        assert_eq!(titles, [(); 6].map(|()| Some("Clerk".to_owned())));
        assert_eq!(office.value(1, "phone").as_deref(), Some("+441632960123"));
        office.check_history();
    });
}

#[test]
fn two_rules_at_once_follow_each_other() {
    on_both(|app| {
        let office = Office::new(app);
        // All are planned before any is applied: each at the revision of the beginning.
        let plans = ["Clerk", "Dean", "Clerk"].map(|text| ruled(&office, &[set("job_title", text)]));
        for plan in &plans {
            let answer = import::complete(app, office.account.id, plan.id, Some(plan.plan), false);
            assert!(matches!(answer, Ok(import::Completion::Started(_))), "{answer:?}");
        }
        let [first, second, same] = plans.map(|plan| office.rest(plan.id));
        assert_state(&first, ImportState::Done);
        assert_state(&second, ImportState::Review);
        assert_eq!((second.counts.conflicts, second.new_cells), (6, 6));
        assert_state(&same, ImportState::Done);
        assert_eq!(same.counts.users_to_edit, 0);
        assert_eq!(office.value(3, "job_title").as_deref(), Some("Clerk"));
        office.check_history();
    });
}

#[test]
fn a_rule_that_hits_very_many_waits_for_a_person() {
    on_both(|app| {
        let mut office = Office::new(app);
        office.hire_more(30);
        let rule = |complete, lines: &[(String, RuleStep)]| {
            office.rest(begun(&office, asked(RuleUsers::All, complete, lines)))
        };
        let large = rule(Complete::WhenClean, &[set("status", "inactive")]);
        assert_state(&large, ImportState::Review);
        assert!(import::cancel(app, office.account.id, large.id).expect("the store"));
        // One step in all cells is what a rule is: nobody is asked whether it was meant.
        assert_state(&rule(Complete::WhenClean, &[set("job_title", "CLERK")]), ImportState::Done);
        assert_state(
            &rule(Complete::WhenClean, &[replace("job_title", "CLERK", "clerk")]),
            ImportState::Done,
        );
        assert_state(&rule(Complete::WhenCleanLarge, &[set("status", "inactive")]), ImportState::Done);
    });
}

#[test]
fn a_rule_that_is_hard_on_a_few_of_very_many_waits_too() {
    on_both(|app| {
        let mut office = Office::new(app);
        office.hire_more(300);
        for (whom, state) in [(100..119, ImportState::Done), (200..220, ImportState::Review)] {
            let some = office.ids[whom].to_vec();
            let selection = import::select(app, office.account.id, ANN, some).expect("the store");
            let lines = [set("status", "inactive")];
            let new = asked(RuleUsers::Selection(selection), Complete::WhenClean, &lines);
            assert_state(&office.rest(begun(&office, new)), state);
        }
    });
}

#[test]
fn a_worker_that_dies_over_a_rule_leaves_it_to_another() {
    on_both(|app| {
        let mut office = Office::new(app);
        office.hire_more(5_000);
        for at in [8, 12, 16] {
            let new = asked(RuleUsers::All, Complete::Never, &[set("job_title", &format!("Clerk {at}"))]);
            let id = begun(&office, new);
            app.store.faults().plan(Fault { at, kind: FaultKind::Panic });
            assert!(import::work_once(app, "worker").expect("it goes on"));
            assert!(app.store.faults().clear().is_some(), "{at}: nobody died");
            let import = app.store.import(office.account.id, id).expect("the store").expect("it");
            assert_eq!((import.state, import.deaths), (ImportState::Reading, 1), "{at}");
            let import = office.rest(id);
            assert_state(&import, ImportState::Review);
            assert_eq!(import.counts.cells_to_edit, 5_006, "{at}");
            assert!(import::cancel(app, office.account.id, id).expect("the store"));
        }
    });
}

#[test]
fn pasted_names_are_told_apart_by_whether_they_are_found() {
    on_both(|app| {
        let office = Office::new(app);
        let text = format!(
            "ada@acme.example\n{}\nBo <bo@acme.example>; nobody@acme.example, U-2222222222\nU-222",
            office.ids[0]
        );
        let id = pasted(&office, &text);
        let gathered = |actor| import::gather(app, office.account.id, actor, id).expect("the store");
        let selection = gathered(ANN).expect("it is there");
        assert_eq!((selection.users, selection.missing_count, selection.twice), (2, 3, 1), "{selection:?}");
        assert_eq!(selection.missing, ["nobody@acme.example", "U-222", "U-2222222222"]);
        assert_eq!(selection.next, None);
        assert_eq!(gathered(BOB), None, "it is Ann's");
        app.clock.turn(DAY - 10_000);
        app.store.forget_old_files(app.clock.now()).expect("the store");
        assert!(gathered(ANN).is_some());
        // An import that waits needs it.
        let new = asked(RuleUsers::Selection(id), Complete::Never, &[set("job_title", "Clerk")]);
        let import = office.rest(begun(&office, new));
        app.clock.turn(DAY);
        app.store.forget_old_files(app.clock.now()).expect("the store");
        assert!(gathered(ANN).is_some());
        assert!(import::cancel(app, office.account.id, import.id).expect("the store"));
        app.store.forget_old_files(app.clock.now()).expect("the store");
        assert_eq!(gathered(ANN), None, "after a day it is forgotten");
        let users = app.store.selected_after(office.account.id, id, 0, 10).expect("the store");
        assert_eq!(users, []);
    });
}

#[test]
fn all_of_a_search_are_gathered_in_steps() {
    on_both(|app| {
        let mut office = Office::new(app);
        office.hire_more(22_000);
        let gather = |id| import::gather(app, office.account.id, ANN, id).expect("the store").expect("it");
        let select = |search: &str, filters: &[_]| {
            import::select_found(app, office.account.id, ANN, search, filters).expect("the store")
        };
        let id = select("", &[]);
        let new = asked(RuleUsers::Selection(id), Complete::Never, &[clear("phone")]);
        assert_eq!(import::change(app, office.account.id, new).expect("the store"), Begun::NoSelection);
        let first = gather(id);
        assert!(first.next.is_some() && first.users >= 10_000, "{first:?}");
        let whole = gather(id);
        assert_eq!((whole.users, whole.next), (22_006, None));
        let status = office.fields.by_key("department").expect("it").number;
        let found = gather(select("", &[(status, "2".to_owned())]));
        assert_eq!((found.users, found.next), (2, None));
    });
}

#[test]
fn a_download_has_the_users_of_a_selection_alone() {
    on_both(|app| {
        let office = Office::new(app);
        let id = pasted(&office, "bo@acme.example fay@acme.example");
        let everyone = import::DownloadChoice::everyone(workbook::Format::Csv);
        let choice = import::DownloadChoice { selection: Some(id), ..everyone };
        let mut bytes = Vec::new();
        assert_eq!(import::download(app, office.account.id, &choice, &mut bytes).expect("it"), 2);
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(text.contains("bo@acme.example") && !text.contains("ada@acme.example"), "{text}");
        // It is a file as any other.
        let sheet = ground::office::Sheet::of(&text).with(0, "job_title", "Clerk");
        assert_state(&office.import(&sheet), ImportState::Done);
        assert_eq!(office.value(1, "job_title").as_deref(), Some("Clerk"));
    });
}

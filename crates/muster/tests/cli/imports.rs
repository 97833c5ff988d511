//! Files and rules on the command line: an edit looked at, completed and undone, problems told, reports, workbooks; many changed by a rule.

use serde_json::{Value, json};

use super::machine::{Machine, Server, ended};

#[test]
fn what_was_not_edited_changes_nothing_in_any_format() {
    let machine = Machine::with_users(60);
    for name in ["users.xlsx", "users.csv", "users.ods"] {
        machine.run(&format!("download --account acme -o {name}")).ends(0);
        let done = machine.run(&format!("import {name} --account acme")).ends(0);
        assert_eq!(done.text(), "0 users were successfully edited\n", "{name}: {}", done.stderr);
    }
}

#[test]
fn an_edit_is_looked_at_completed_and_undone() {
    let machine = Machine::with_users(40);
    machine.edited(3);
    let looked = machine.run("import edited.csv --account acme --dry-run").ends(0);
    assert_eq!(looked.text(), "3 users to edit in 3 cells; nothing is wrong\n");
    assert_eq!(machine.run("imports --account acme").ends(0).text(), "", "a dry run keeps nothing");
    let done = machine.run("import edited.csv --account acme --apply").ends(0);
    assert_eq!(done.text(), "3 users were successfully edited\n");
    let found = machine.run("users list --account acme --search zebedee").ends(0).text();
    assert_eq!(found.lines().count(), 3, "{found}");
    let again = machine.run("import edited.csv --account acme --apply").ends(0);
    assert_eq!(again.text(), "0 users were successfully edited\n");

    let imports = machine.run("imports --account acme --json").ends(0).json();
    let items = imports["items"].as_array().expect("items");
    assert_eq!((items.len(), &imports["next"]), (2, &Value::Null));
    assert_eq!((&items[1]["created_by"], &items[1]["file_name"]), (&json!("cli:pat"), &json!("edited.csv")));
    let undo = format!("undo {} --account acme", items[1]["id"].as_str().expect("an id"));
    assert_eq!(machine.run(&undo).ends(0).text(), "3 users are as they were before\n");
    assert!(machine.run(&undo).ends(1).stderr.contains("nothing to undo"));
    assert_eq!(machine.run("users list --account acme --search zebedee").ends(0).text(), "");
}

#[test]
fn issues_are_told_one_a_line_and_wait() {
    let machine = Machine::with_users(40);
    machine.run("download --account acme -o users.csv --fields email,username,status").ends(0);
    let csv = std::fs::read_to_string(machine.path("users.csv")).expect("the download");
    let emails: Vec<&str> = csv
        .lines()
        .skip(2)
        .filter_map(|line| line.split(',').nth(1))
        .filter(|email| !email.is_empty())
        .collect();
    std::fs::write(machine.path("wrong.csv"), csv.replacen(emails[1], emails[0], 1)).expect("a file");
    for apply in ["", " --apply"] {
        let done = machine.run(&format!("import wrong.csv --account acme{apply}")).ends(2);
        let text = done.text();
        let line = text.lines().next().expect("a line");
        assert!(line.contains(" login_in_use Email/Username is already in use"), "{line}");
        assert!(done.stderr.contains("waits in review"), "{}", done.stderr);
    }
    let told = machine.run("import wrong.csv --account acme --json").ends(2).json();
    assert_eq!((&told["state"], &told["counts"]["errors"]), (&json!("review"), &json!(1)), "{told}");
    assert_eq!(told["issues"][0]["code"], "login_in_use");
    assert_eq!(told["issues"][0]["value"], emails[0]);
    let left = machine.run("import wrong.csv --account acme --apply --leave-out-errors").ends(0);
    assert_eq!(left.text(), "0 users were successfully edited and 1 was left out\n");
    assert!(left.stderr.contains("left out: ") && left.stderr.contains("login_in_use"), "{}", left.stderr);
}

/// The lines of a report that was written as csv: its rows, behind titles and keys.
fn rows_of(machine: &Machine, name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(machine.path(name)).expect("a report");
    text.lines().skip(2).map(str::to_owned).collect()
}

#[test]
fn a_report_has_the_rows_to_put_right() {
    let machine = Machine::with_users(40);
    machine.run("download --account acme -o users.csv --fields first_name,start_date").ends(0);
    let csv = std::fs::read_to_string(machine.path("users.csv")).expect("the download");
    let wrong = |(place, line): (usize, &str)| match (place, line.rsplit_once(',')) {
        (4 | 7, Some((before, _))) => format!("{before},never\r\n"),
        _ => format!("{line}\r\n"),
    };
    let wrong = csv.lines().enumerate().map(wrong).collect::<String>();
    std::fs::write(machine.path("wrong.csv"), wrong).expect("a file");
    let looked = machine.run("import wrong.csv --account acme --dry-run --report problems.csv").ends(2);
    assert!(looked.stderr.contains("problems.csv has the rows to put right"), "{}", looked.stderr);
    let rows = rows_of(&machine, "problems.csv");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0].contains(",never,5,") && rows[1].contains("this is not a date"), "{rows:?}");

    let token = machine.run("token create --account acme --role editor --name robot").ends(0).text();
    let server = Server::start(&machine, "");
    let there = format!("import wrong.csv --dry-run --report there.csv --server {}", server.url);
    ended(machine.command(&there).env("MUSTER_TOKEN", token.trim())).ends(2);
    assert_eq!(rows_of(&machine, "there.csv"), rows, "a server says the same");
    drop(server);

    let done = machine
        .run("import wrong.csv --account acme --apply --leave-out-errors --report left-out.xlsx")
        .ends(0);
    assert_eq!(done.text(), "0 users were successfully edited and 2 were left out\n");
    assert!(std::fs::read(machine.path("left-out.xlsx")).expect("a workbook").starts_with(b"PK"));
    let again = machine.run("import left-out.xlsx --account acme --dry-run --report none.xlsx").ends(2);
    assert!(
        again.stderr.contains("none.xlsx has the rows"),
        "unedited it is as wrong as before: {}",
        again.stderr
    );
    let clean = machine.run("import users.csv --account acme --dry-run --report clean.xlsx").ends(0);
    assert!(clean.stderr.contains("clean.xlsx was not written"), "{}", clean.stderr);
    assert!(!machine.path("clean.xlsx").exists());
}

#[test]
fn a_workbook_on_stdout_is_nothing_but_a_workbook() {
    let machine = Machine::with_users(5);
    let xlsx = machine.run("download --account acme -o -").ends(0);
    assert!(xlsx.stdout.starts_with(b"PK\x03\x04"));
    assert!(xlsx.stdout.ends_with(&[0, 0]), "the end of a zip without a comment");
    assert_eq!(xlsx.stderr, "");
    let csv = machine.run("download --account acme -o - --format csv").ends(0);
    assert!(csv.text().starts_with("\u{feff}User ID,First name,"), "{}", csv.text());
}

#[test]
fn a_template_has_titles_and_nobody() {
    let machine = Machine::with_users(3);
    let csv = machine.run("template --account acme -o - --format csv").ends(0).text();
    assert_eq!(csv.lines().count(), 2, "{csv}");
    let written = machine.run("template --account acme").ends(0).text();
    assert_eq!(written, "acme-new-users.xlsx was written\n");
    assert!(machine.path("acme-new-users.xlsx").exists());
}

#[test]
fn a_file_that_does_not_show_its_download_waits_unless_it_edits_the_values_of_now_on_purpose() {
    let machine = Machine::with_users(20);
    machine.edited(2);
    let csv = std::fs::read_to_string(machine.path("edited.csv")).expect("the download");
    let key = csv.lines().nth(1).and_then(|keys| keys.split(',').next()).expect("A2").to_owned();
    std::fs::write(machine.path("edited.csv"), csv.replacen(&key, "user_id", 1)).expect("written");
    let waits = machine.run("import edited.csv --account acme --apply").ends(2);
    assert!(waits.stderr.contains("waits in review: the file does not show"), "{}", waits.stderr);
    assert!(waits.stderr.contains("--base now"), "{}", waits.stderr);
    machine.run("import edited.csv --account acme --base now").ends(1);
    machine.run("import edited.csv --account acme --apply --base yesterday").ends(1);
    let done = machine.run("import edited.csv --account acme --apply --base now").ends(0);
    assert_eq!(done.text(), "2 users were successfully edited\n");
}

#[test]
fn dry_runs_leave_nothing() {
    let machine = Machine::with_users(1_500);
    machine.edited(1_500);
    let size = || std::fs::metadata(machine.path("muster-work.db")).expect("it is there").len();
    let dry = "import edited.csv --account acme --dry-run";
    machine.run(dry).ends(0);
    let after_one = size();
    for _ in 0..5 {
        machine.run(dry).ends(0);
    }
    assert!(size() <= after_one + after_one / 10, "{} after one, {} after six", after_one, size());
    // A report that can't be written is no reason to keep it; the file has nothing to put right, so one is asked for that has.
    let broken = std::fs::read_to_string(machine.path("edited.csv")).expect("it is there");
    let broken = broken.replacen("Zebedee2", "", 1);
    std::fs::write(machine.path("edited.csv"), broken).expect("written");
    machine.run(&format!("{dry} --report nowhere/report.csv")).ends(1);
    let work = rusqlite::Connection::open(machine.path("muster-work.db")).expect("it opens");
    for table in
        ["import", "upload", "upload_size", "plan_cell", "plan_claim", "plan_line", "plan_group", "warning"]
    {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        let rows: i64 = work.query_row(&sql, [], |row| row.get(0)).expect("it works");
        assert_eq!(rows, 0, "{table}");
    }
}

#[test]
fn many_are_changed_by_a_rule_here_and_on_a_server() {
    let machine = Machine::with_users(40);
    let token = machine.run("token create --account acme --role editor --name robot").ends(0).text();
    let server = Server::start(&machine, "");
    let users = machine.run("users list --account acme --json").ends(0).json();
    let id = |place: usize| users["items"][place]["id"].as_str().expect("an id").to_owned();
    std::fs::write(machine.path("ids.txt"), format!("{}\n{}\nnobody@acme.example\n", id(0), id(0)))
        .expect("a file");
    let there = |words: &str| {
        ended(machine.command(&format!("{words} --server {}", server.url)).env("MUSTER_TOKEN", token.trim()))
    };
    let here = |words: &str| machine.run(&format!("{words} --account acme"));
    for (words, code, stdout, stderr) in [
        ("change --all --set job_title=Clerk --dry-run", 0, "40 users to edit", "Job title becomes Clerk"),
        (
            "change --ids-from ids.txt --set job_title=Clerk --dry-run",
            0,
            "1 user to edit",
            "1 user found, 1 named twice, 1 not found: nobody@acme.example",
        ),
        ("change --user-id U-2222222222 --set job_title=Clerk", 1, "", "none of these names is a user"),
        ("change --search zzzzzz --clear phone", 0, "0 users", ""),
        ("change --all --replace start_date:a=b", 1, "", "Start date can be changed by: set, clear"),
        ("change --all --set nothing=1", 1, "", "no field nothing"),
        ("change --all --set department=Nowhere --dry-run", 2, "not_a_choice", ""),
        ("change --all --set department", 1, "", "FIELD=VALUE"),
        ("change --all", 1, "", "--set"),
        ("change --set job_title=Clerk", 1, "", "--search"),
        (
            "change --all --set status=inactive --apply",
            2,
            "nothing is wrong",
            "so many values change at once",
        ),
    ] {
        for done in [here(words), there(words)] {
            let done = done.ends(code);
            assert!(done.text().contains(stdout), "{words}: {}", done.text());
            assert!(done.stderr.contains(stderr), "{words}: {}", done.stderr);
        }
    }
    let done =
        here("change --all --set job_title=Clerk --add segments=Nowhere --apply --leave-out-errors --json")
            .ends(0);
    assert_eq!(done.json()["kind"], "rule");
    let done = there("change --all --set job_title=Dean --apply").ends(0);
    assert_eq!(done.text(), "40 users were successfully edited\n");
    let id = there("imports --json").ends(0).json()["items"][0]["id"].as_str().expect("an id").to_owned();
    here(&format!("undo {id}")).ends(0);
    let left = there("change --all --clear first_name --apply --large").ends(2).text();
    assert!(
        left.lines()
            .next()
            .is_some_and(|line| line.starts_with("U-") && line.contains(" first_name required ")),
        "{left}"
    );
}

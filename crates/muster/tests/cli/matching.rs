//! Tables that Muster did not write, on the command line: matched by flags, kept by a name, and by that name the next time.

use serde_json::json;

use super::machine::{Machine, ended};

#[test]
fn a_table_that_muster_did_not_write_is_matched_by_flags_or_by_a_name() {
    let machine = Machine::with_users(3);
    let table = "Staff list\nStaff no,Given name,Surname,Mail,Salary\n1,Zoe,Zett,zoe@table.example,1\n2,Yan,Yule,yan@table.example,2\n";
    std::fs::write(machine.path("staff.csv"), table).expect("a file");
    let waits = machine.run("import staff.csv --account acme").ends(2);
    assert!(waits.stderr.contains("--match TITLE=FIELD"), "{}", waits.stderr);
    let columns = ["first_name", "last_name", "email", "employee_number"];
    let titles = ["Given name", "Surname", "Mail", "Staff no"];
    let run = |more: &[&str]| {
        let mut command = machine.command("import staff.csv --account acme --json");
        for (title, field) in titles.iter().zip(columns) {
            command.arg("--match").arg(format!("{title}={field}"));
        }
        ended(command.args(more))
    };
    run(&["--match-by", "nothing"]).ends(1);
    let read = run(&["--match-by", "employee_number", "--create", "--matching", "staff"]).ends(0).json();
    assert_eq!((&read["state"], &read["counts"]["users_to_create"]), (&json!("review"), &json!(2)));
    let done = machine.run("import staff.csv --account acme --matching staff --apply --json").ends(0).json();
    assert_eq!((&done["state"], &done["message"]), (&json!("done"), &json!("2 users were created")));
    machine.run("import staff.csv --account acme --matching nobody").ends(1);
    machine.run("import staff.csv --account acme --match Salary").ends(1);
}

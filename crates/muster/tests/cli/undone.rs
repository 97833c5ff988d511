//! What came of an import, by the command line: what it changed as a file, some of its users changed back; and the answers that are offered
//! again in review.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::machine::{Done, Machine, Server, ended};

/// A machine whose three first users were renamed by an import; the import, and the User IDs of these three and of one more.
fn renamed() -> (Machine, String, Vec<String>) {
    let machine = Machine::with_users(40);
    machine.edited(3);
    machine.run("import edited.csv --account acme --apply").ends(0);
    let imports = machine.run("imports --account acme --json").ends(0).json();
    let import = imports["items"][0]["id"].as_str().expect("an id").to_owned();
    let csv = std::fs::read_to_string(machine.path("edited.csv")).expect("the file");
    let ids =
        csv.lines().skip(2).filter_map(|line| line.split(',').next()).take(4).map(str::to_owned).collect();
    (machine, import, ids)
}

/// A command with a text on its stdin.
fn fed(machine: &Machine, words: &str, text: &str) -> Done {
    std::fs::write(machine.path("stdin"), text).expect("a file");
    let stdin = std::fs::File::open(machine.path("stdin")).expect("the file");
    ended(machine.command(words).stdin(stdin))
}

fn zebedees(machine: &Machine) -> usize {
    machine.run("users list --account acme --search zebedee").ends(0).text().lines().count()
}

#[test]
fn some_users_of_an_import_are_changed_back_and_the_rest_stays() {
    let (machine, import, ids) = renamed();
    let undo = |users: &str| format!("undo {import} --account acme --users {users}");
    for (name, text, code, said) in [
        ("nobody.txt", "somebody\nU-nonsense\nAnn\n".to_owned(), 1, "Line 3 begins with Ann"),
        ("late.txt", format!("{}\nUser ID\n", ids[0]), 1, "Line 2 begins with User ID"),
        ("other.txt", format!("{}\n{}\n", ids[0], ids[3]), 1, ids[3].as_str()),
        // As it is copied of a table, with its headings, and as a program saves it.
        (
            "one.csv",
            format!("\u{feff}User ID;Name\r\nuser_id;name\r\n\"{}\";Zebedee2\r\n\r\n", ids[0]),
            0,
            "",
        ),
    ] {
        std::fs::write(machine.path(name), text).expect("a file");
        let done = machine.run(&undo(name)).ends(code);
        assert!(done.stderr.contains(said), "{name}: {}", done.stderr);
        assert_eq!(zebedees(&machine), if code == 0 { 2 } else { 3 }, "{name}");
    }
    assert!(machine.run(&undo("missing.txt")).ends(1).stderr.contains("missing.txt"));
    let done = fed(&machine, &undo("-"), &format!("{}\t\n", ids[1])).ends(0);
    assert_eq!(done.text(), "1 user is as it was before\n");
    assert_eq!(zebedees(&machine), 1);
    // The import itself stands, and takes back what is left of it.
    machine.run(&format!("undo {import} --account acme")).ends(0);
    assert_eq!(zebedees(&machine), 0);
}

#[test]
fn a_server_changes_some_users_back_and_lists_changes_in_the_same_words() {
    let (machine, import, ids) = renamed();
    let token = machine.run("token create --account acme --role editor --name robot").ends(0).text();
    let server = Server::start(&machine, "");
    let there = |words: &str| {
        let words = format!("{words} --server {}", server.url);
        ended(machine.command(&words).env("MUSTER_TOKEN", token.trim()))
    };
    let here = machine.run(&format!("changed {import} --account acme -o - --format csv")).ends(0);
    assert_eq!(there(&format!("changed {import} -o - --format csv")).ends(0).text(), here.text());
    std::fs::write(machine.path("one.txt"), format!("{}\n", ids[2])).expect("a file");
    assert_eq!(
        there(&format!("undo {import} --users one.txt")).ends(0).text(),
        "1 user is as it was before\n"
    );
    assert_eq!(zebedees(&machine), 2);
    std::fs::write(machine.path("one.txt"), format!("{}\n", ids[3])).expect("a file");
    let refused = there(&format!("undo {import} --users one.txt")).ends(1);
    assert!(refused.stderr.contains(&ids[3]), "{}", refused.stderr);
    assert!(there("changed imp_0000000000000 -o -").ends(1).stdout.is_empty());
    assert_eq!(server.end(), Some(0));
}

#[test]
fn what_an_import_changed_is_a_file() {
    let (machine, import, ids) = renamed();
    let csv = machine.run(&format!("changed {import} --account acme -o - --format csv")).ends(0).text();
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].ends_with("Was,Became") && lines[1].starts_with("changes@imp_"), "{lines:?}");
    assert_eq!(lines.len(), 2 + 3, "{lines:?}");
    for (line, id) in lines[2..].iter().zip(&ids) {
        assert!(line.starts_with(id) && line.contains(",First name,") && line.contains(",Zebedee"), "{line}");
    }
    // By its name a file says what it is; without one it is a workbook beside.
    machine.run(&format!("changed {import} --account acme -o list.csv")).ends(0);
    assert_eq!(std::fs::read_to_string(machine.path("list.csv")).expect("the list"), csv);
    machine.run(&format!("changed {import} --account acme")).ends(0);
    assert!(std::fs::read(machine.path("acme-changes.xlsx")).expect("the list").starts_with(b"PK"));
    // It is no file to import, and of no import there is none.
    assert!(machine.run("import list.csv --account acme").ends(1).text().is_empty());
    let none = machine.run("changed imp_0000000000000 --account acme -o -").ends(1);
    assert!(none.stdout.is_empty() && none.stderr.contains("there is no import"), "{}", none.stderr);
    // Of one that waits in review it tells what will be.
    machine.edited(2);
    let wrong =
        std::fs::read_to_string(machine.path("edited.csv")).expect("the file").replace("Zebedee3", "");
    std::fs::write(machine.path("wrong.csv"), wrong).expect("a file");
    machine.run("import wrong.csv --account acme").ends(2);
    let imports = machine.run("imports --account acme --json").ends(0).json();
    let waiting = imports["items"][0]["id"].as_str().expect("an id").to_owned();
    let csv = machine.run(&format!("changed {waiting} --account acme -o - --format csv")).ends(0).text();
    assert!(csv.lines().next().is_some_and(|line| line.ends_with("Was,Will be")), "{csv}");
}

/// Posts JSON to a server with a token; answers the status line.
fn posted(server: &Server, path: &str, token: &str, body: &str) -> String {
    let host = server.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).expect("the server");
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn answers_that_are_kept_are_listed_and_forgotten() {
    let machine = Machine::with_users(3);
    machine.run("field choices department --account acme --add Sales;Legal").ends(0);
    let token = machine.run("token create --account acme --role editor --name robot").ends(0).text();
    assert_eq!(machine.run("field answers --account acme").ends(0).text(), "");
    let server = Server::start(&machine, "");
    for (text, becomes) in [("Slaes dept", "Sales"), ("law", "Legal")] {
        let body = format!(r#"{{"field": "department", "text": "{text}", "becomes": "{becomes}"}}"#);
        let status = posted(&server, "/api/v1/answers", token.trim(), &body);
        assert!(status.contains(" 20"), "{status}");
    }
    assert_eq!(server.end(), Some(0));
    let listed = || machine.run("field answers --account acme").ends(0).text();
    let mut lines: Vec<String> = listed().lines().map(str::to_owned).collect();
    lines.sort_unstable();
    assert_eq!(lines, ["department\tSlaes dept\tSales\ttoken:robot", "department\tlaw\tLegal\ttoken:robot"]);
    // What is no option any more is not offered, and said to be so.
    machine.run("field choices department --account acme --remove Legal").ends(0);
    let law = listed().lines().find(|line| line.contains("law")).map(str::to_owned);
    assert!(
        law.as_ref().is_some_and(|line| line.contains("Legal") && !line.contains("\tLegal\t")),
        "{law:?}"
    );
    for (wanted, code, said) in [
        ("department=law", 0, "law"),
        ("department=law", 1, "law"),
        ("department", 1, "department"),
        ("shoe_size=law", 1, "shoe_size"),
    ] {
        let done = machine.run(&format!("field answers --account acme --forget {wanted}")).ends(code);
        let words = if code == 0 { done.text() } else { done.stderr };
        assert!(words.contains(said), "{wanted}: {words}");
    }
    assert_eq!(listed(), "department\tSlaes dept\tSales\ttoken:robot\n");
    assert!(machine.run("field answers --account globex").ends(1).stderr.contains("there is no account"));
}

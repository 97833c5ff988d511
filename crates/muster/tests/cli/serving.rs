//! `muster serve`: what it is told by flags, environment and file, what it logs, the demo; and that a server is told the same words.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use serde_json::Value;

use super::machine::{Machine, Server, ended};

#[test]
fn settings_come_from_flags_then_the_environment_then_the_file() {
    let machine = Machine::new();
    for name in ["flag", "environment", "file"] {
        let database = format!("--database sqlite:{name}.db");
        machine.run(&format!("account create {name} --name {name} {database}")).ends(0);
    }
    std::fs::write(machine.path("muster.toml"), "database = \"sqlite:file.db\"\n").expect("a file");
    std::fs::write(machine.path("wrong.toml"), "databse = \"sqlite:file.db\"\n").expect("a file");
    let list = |flags: &str, environment: Option<&str>| {
        let mut command = machine.command(&format!("account list --config muster.toml {flags}"));
        command.env_remove("MUSTER_DATABASE");
        if let Some(database) = environment {
            command.env("MUSTER_DATABASE", database);
        }
        ended(&mut command).ends(0).text()
    };
    assert!(list("", None).starts_with("file\t"));
    assert!(list("", Some("sqlite:environment.db")).starts_with("environment\t"));
    assert!(list("--database sqlite:flag.db", Some("sqlite:environment.db")).starts_with("flag\t"));
    assert!(machine.run("account list --config wrong.toml").ends(1).stderr.contains("databse"));
}

#[test]
fn a_slow_import_can_be_read_from_the_log_of_its_server() {
    let machine = Machine::with_users(40);
    machine.edited(2);
    std::fs::write(machine.path("muster.toml"), "slow_statement_ms = 0\n").expect("a file");
    let token = machine.run("token create --account acme --role editor --name robot").ends(0).text();
    let log = std::fs::File::create(machine.path("log")).expect("a file");
    let serve = machine.command("serve --listen 127.0.0.1:0 --config muster.toml --log-format json");
    let server = Server::logging(serve, log.into());
    let words = format!("import edited.csv --apply --server {}", server.url);
    ended(machine.command(&words).env("MUSTER_TOKEN", token.trim())).ends(0);
    assert_eq!(server.end(), Some(0));

    let log = std::fs::read_to_string(machine.path("log")).expect("the log");
    assert!(!log.contains("Zebedee"), "values are people's");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let of_stage = |stage: &str| -> Vec<&Value> {
        lines.iter().filter(|line| line["span"]["name"] == "work" && line["span"]["stage"] == stage).collect()
    };
    // The number of the request that sent the file stands in the lines of the worker, too.
    let sent = lines.iter().find(|line| line["event"] == "uploaded").expect("that it came");
    let request = sent["span"]["id"].as_str().expect("a number");
    for stage in ["reading", "applying"] {
        let told = of_stage(stage);
        assert!(!told.is_empty() && told.iter().all(|line| line["span"]["request"] == request), "{told:?}");
    }
    let names = |line: &&Value| line["span"]["import"].as_str().is_some_and(|id| id.starts_with("imp_"));
    for (stage, said, table) in [
        ("reading", "rows were read and merged", "plan_cell"),
        ("applying", "rows are written", "INSERT INTO history"),
    ] {
        let told = of_stage(stage);
        assert!(told.iter().all(names), "{told:?}");
        let says = |line: &Value, what: &str| line["message"].as_str().unwrap_or_default().starts_with(what);
        for what in ["begins", said, "ended"] {
            assert!(told.iter().any(|line| says(line, what)), "{stage}: {what} of {told:?}");
        }
        let ended = told.iter().find(|line| says(line, "ended")).expect("its end");
        assert!(ended["milliseconds"].is_i64() && ended["users"] == 2, "{ended}");
        let slow = told.iter().filter(|line| says(line, "a statement was slow"));
        let of_table = |line: &&&Value| line["sql"].as_str().is_some_and(|sql| sql.contains(table));
        assert!(
            slow.clone().all(|line| line["milliseconds"].is_u64())
                && slow.clone().any(|line| of_table(&line)),
            "{told:?}"
        );
    }
}

#[test]
fn a_server_is_told_the_same_words_and_answers_the_same() {
    let machine = Machine::with_users(40);
    machine.edited(2);
    let token = machine.run("token create --account acme --role editor --name robot").ends(0).text();
    let server = Server::start(&machine, "");
    let url = server.url.clone();
    let there = |words: &str| {
        ended(machine.command(&format!("{words} --server {url}")).env("MUSTER_TOKEN", token.trim()))
    };
    for words in [
        "users list",
        "users list --json",
        "download -o - --format csv",
        "template -o - --format csv",
        "imports --json",
    ] {
        let here = machine.run(&format!("{words} --account acme")).ends(0);
        assert_eq!(there(words).ends(0).text(), here.text(), "{words}");
    }
    assert_eq!(
        there("import edited.csv --dry-run").ends(0).text(),
        "2 users to edit in 2 cells; nothing is wrong\n"
    );
    assert_eq!(there("imports").ends(0).text(), "");
    assert_eq!(there("import edited.csv --apply").ends(0).text(), "2 users were successfully edited\n");
    let imports = there("imports --json").ends(0);
    assert_eq!(imports.text(), machine.run("imports --account acme --json").ends(0).text());
    let import = &imports.json()["items"][0];
    assert_eq!(import["created_by"], "token:robot");
    let undo = format!("undo {}", import["id"].as_str().expect("an id"));
    assert_eq!(there(&undo).ends(0).text(), "2 users are as they were before\n");
    assert!(there(&undo).ends(1).stderr.contains("nothing to undo"));
    assert!(there("undo nonsense").ends(1).stderr.contains("no such import"));
    assert!(there("import muster.db").ends(1).stdout.is_empty());
    let nobody = ended(machine.command(&format!("imports --server {url}")).env("MUSTER_TOKEN", "muster_x"));
    assert!(nobody.ends(1).stderr.contains("token is not known"));
    assert_eq!(server.end(), Some(0));
    assert!(there("imports").ends(1).stderr.contains("can't be reached"));
}

#[test]
fn the_demo_fills_once_and_opens_every_time() {
    let machine = Machine::new();
    let start = || {
        let mut command = machine.command("serve --listen 127.0.0.1:0 --demo=30");
        command.env_remove("MUSTER_DATABASE");
        Server::of(command)
    };
    let first = start();
    let [link, email, password] = [(); 3].map(|()| first.line());
    assert!(link.starts_with(&format!("sign-in link: {}/link/", first.url)), "{link}");
    assert_eq!(email, "email: owner@acme.example");
    assert!(password.strip_prefix("password: ").is_some_and(|password| password.len() >= 20), "{password}");
    assert_eq!(first.end(), Some(0));
    let second = start();
    let again = second.line();
    assert!(
        again.starts_with("sign-in link: ") && !again.ends_with(link.rsplit('/').next().expect("a secret"))
    );
    assert_eq!(second.line(), "email: owner@acme.example");
    assert_eq!(second.end(), Some(0));
    let list = machine.run("account list --database sqlite:muster-demo.db").ends(0).text();
    let accounts: Vec<&str> = list.lines().collect();
    assert!(accounts[0].starts_with("acme\t30\t") && accounts[1].starts_with("globex\t200\t"), "{list}");
    let fields = machine.run("field list --account acme --database sqlite:muster-demo.db").ends(0).text();
    assert_eq!(fields.lines().count(), 16, "{fields}");
}

#[test]
fn a_taken_port_is_a_sentence() {
    let machine = Machine::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address");
    let done = machine.run(&format!("serve --listen {address}")).ends(1);
    assert!(done.stderr.contains("can't listen on"), "{}", done.stderr);
}

#[test]
fn a_reader_that_has_had_enough_is_no_failure() {
    let machine = Machine::with_users(2_000);
    let mut command = machine.command("users list --account acme --json");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    let mut some = [0; 10];
    child.stdout.take().expect("a pipe").read_exact(&mut some).expect("ten bytes");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn a_server_whose_stdout_takes_nothing_serves_all_the_same() {
    let machine = Machine::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = free.local_addr().expect("its address").to_string();
    drop(free);
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a file without room");
    let mut serve = machine.command(&format!("serve --listen {address}"));
    let mut server = serve.stdout(full).stderr(Stdio::piped()).spawn().expect("the server starts");
    let log = BufReader::new(server.stderr.take().expect("a pipe"));
    let told = log.lines().map_while(Result::ok).find(|line| line.contains("stdout is closed or full"));
    let health = ended(machine.command("health").env("MUSTER_LISTEN", &address));
    server.kill().expect("it is ended");
    server.wait().expect("it can be waited for");
    assert!(told.is_some(), "the log says that nobody could read where it listens");
    health.ends(0);
}

#[test]
fn a_password_in_the_public_url_is_refused_and_not_repeated() {
    let machine = Machine::with_users(1);
    for url in ["https://u:S3cr3t@h", "u:S3cr3t@h", "ftp:/u:S3cr3t@h"] {
        let refused = machine.run(&format!("serve --listen 127.0.0.1:0 --public-url {url}")).ends(1);
        assert!(refused.stderr.contains("public URL"), "{}", refused.stderr);
        assert!(!refused.stderr.contains("S3cr3t"), "{}", refused.stderr);
    }
}

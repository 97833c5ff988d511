//! The command line: the built program, on a database of its own, and against a server of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// Longer than any of these takes: what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder with a database, and the program in it.
struct Machine(tempfile::TempDir);

/// How a command ended.
struct Done {
    code: Option<i32>,
    stdout: Vec<u8>,
    stderr: String,
}

impl Done {
    fn text(&self) -> String {
        String::from_utf8(self.stdout.clone()).expect("UTF-8")
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.stdout).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// Fails unless the exit code is this one.
    fn ends(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "stdout: {}\nstderr: {}",
            String::from_utf8_lossy(&self.stdout),
            self.stderr
        );
        self
    }
}

impl Machine {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// With an account of so many made-up users.
    fn with_users(count: u32) -> Self {
        let machine = Self::new();
        machine.run("account create acme --name Acme").ends(0);
        machine.run(&format!("users generate --account acme --count {count}")).ends(0);
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
        command.args(words.split_whitespace()).current_dir(self.0.path()).env_clear().stdin(Stdio::null());
        command.env("LOGNAME", "pat").env("MUSTER_DATABASE", "sqlite:muster.db");
        command
    }

    fn run(&self, words: &str) -> Done {
        ended(&mut self.command(words))
    }

    /// Downloads names as csv and replaces the first names of so many users.
    fn edited(&self, users: usize) {
        self.run("download --account acme -o names.csv --fields first_name,last_name").ends(0);
        let csv = std::fs::read_to_string(self.path("names.csv")).expect("the download");
        let lines = csv.lines().enumerate().map(|(place, line)| {
            let parts: Vec<&str> = line.splitn(3, ',').collect();
            let edit = (2..2 + users).contains(&place);
            if edit { format!("{},Zebedee{place},{}\r\n", parts[0], parts[2]) } else { format!("{line}\r\n") }
        });
        std::fs::write(self.path("edited.csv"), lines.collect::<String>()).expect("a file");
    }
}

fn ended(command: &mut Command) -> Done {
    let output = command.output().expect("the program runs");
    Done {
        code: output.status.code(),
        stdout: output.stdout,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A running server; ended when dropped.
struct Server {
    child: Child,
    lines: Receiver<String>,
    url: String,
}

impl Server {
    fn start(machine: &Machine, words: &str) -> Self {
        Self::of(machine.command(&format!("serve --listen 127.0.0.1:0 {words}")))
    }

    fn of(command: Command) -> Self {
        Self::logging(command, Stdio::null())
    }

    fn logging(mut command: Command, log: Stdio) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("the server starts");
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        let mut server = Self { child, lines, url: String::new() };
        let first = server.line();
        server.url = first.strip_prefix("listening on ").expect("where it listens").to_owned();
        server
    }

    fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("another line on stdout")
    }

    /// Asks it to end, as a service manager does; answers its exit code.
    fn end(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs");
        assert!(asked.success());
        // Stdout closes with the process: waiting for that is bounded, waiting for the process is not.
        while self.lines.recv_timeout(PATIENCE).is_ok() {}
        self.child.wait().expect("it can be waited for").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_was_typed_ends_with_its_exit_code_and_words() {
    let machine = Machine::new();
    for (words, code, stdout, stderr) in [
        ("--help", 0, "Exit codes:", ""),
        ("import --help", 0, "login_in_use", ""),
        ("--version", 0, "muster ", ""),
        ("", 1, "", "Usage"),
        ("imprt users.xlsx", 1, "", "import"),
        ("imports --account acme", 1, "", "there is no database at muster.db"),
        ("account create Acme --name Acme", 1, "", "can't be a slug"),
        ("account create acme --name Acme", 0, "acme was created", ""),
        ("account create acme --name Again", 1, "", "there is an account acme already"),
        ("account list", 0, "acme\t0\t0\tAcme", ""),
        ("imports --account globex", 1, "", "there is no account globex"),
        ("imports", 1, "", "--account"),
        ("imports --account acme --server http://127.0.0.1:9", 1, "", "cannot be used with"),
        ("imports --server http://127.0.0.1:9", 1, "", "MUSTER_TOKEN"),
        (
            "field create site --account acme --title Site --type choice --choices Leeds;Lyon",
            0,
            "site was created",
            "",
        ),
        ("field create site --account acme --title Site --type text", 1, "", "there is a field site already"),
        (
            "field create work --account acme --title sITE --type text",
            1,
            "",
            "the field site has the title Site already: choose another",
        ),
        ("field create Site --account acme --title Site --type text", 1, "", "can't be a key"),
        ("field create floor --account acme --title Floor --type choice", 1, "", "--choices"),
        ("field create floor --account acme --title Floor --type shoe", 1, "", "a type is one of"),
        ("field create floor --account acme --title Floor --type choice --choices A;a", 1, "", "twice"),
        ("field list --account acme", 0, "site\tchoice\tSite\t", ""),
        ("field retire site --account acme", 0, "site is retired", ""),
        ("field list --account acme", 0, "site\tchoice\tSite\tretired", ""),
        ("field retire email --account acme", 1, "", "can't be retired"),
        ("field take-back site --account acme", 0, "site is in use again", ""),
        (
            "field choices site --account acme --add Lagos;LYON;Leeds",
            0,
            "1 new, 1 there already, 1 differ only in case",
            "",
        ),
        ("field choices site --account acme --rename Lyon=Lima", 0, "Lyon is Lima now", ""),
        ("field choices site --account acme --remove Leeds", 0, "Leeds was removed", ""),
        ("field choices site --account acme --remove Oslo", 1, "", "There is no option Oslo"),
        ("field choices site --account acme --clear", 1, "", "--remove"),
        ("field choices site --account acme", 0, "1\tLeeds\t0\tremoved\n2\tLima\t0\t\n3\tLagos\t0\t\n", ""),
        ("field choices email --account acme --add x", 1, "", "takes no options"),
        (
            "field change site --account acme --title Place --required true --place 1",
            0,
            "site was changed",
            "",
        ),
        ("field change site --account acme --pattern [", 1, "", "takes no pattern"),
        ("field change nothing --account acme --title Place", 1, "", "There is no field nothing"),
        ("field list --account acme", 0, "site\tchoice\tPlace\trequired\nfirst_name", ""),
        ("field choices department --account acme --add Sales;Finance", 0, "2 new, 0 there already", ""),
        ("token create --account acme --role editor", 0, "muster_", ""),
        ("token create --account acme --role king", 1, "", "viewer, editor or owner"),
        (
            "admin create pat@acme.example --account acme --role owner",
            0,
            "http://127.0.0.1:8080/link/",
            "Opens once",
        ),
        ("admin create pat --account acme --role owner", 1, "", "not an email"),
        ("operator create sam@operations.example", 0, "/link/", "Opens once"),
        ("users generate --account acme --count 3", 0, "3 users were made up", ""),
        ("users list --account acme --search zzzz", 0, "", ""),
        ("download --account acme -o x.xlsx --fields shoe_size", 1, "", "there is no field shoe_size"),
        ("import nothing.xlsx --account acme", 1, "", "nothing.xlsx can't be read"),
        ("import muster.db --account acme", 1, "", "muster: "),
        ("import muster.db --account acme --apply --dry-run", 1, "", "cannot be used with"),
        ("import muster.db --account acme --large", 1, "", "--apply"),
        ("undo imp_0000000000000 --account acme", 1, "", "there is no import"),
        ("imports --account acme --database nonsense://", 1, "", "can't be opened"),
        ("imports --account acme --config missing.toml", 1, "", "missing.toml"),
    ] {
        let done = machine.run(words).ends(code);
        assert!(done.text().contains(stdout), "{words}: {}", done.text());
        assert!(done.stderr.contains(stderr), "{words}: {}", done.stderr);
        assert!(
            code == 0 || done.stdout.is_empty(),
            "{words}: a failure says nothing on stdout: {}",
            done.text()
        );
    }
}

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
fn a_password_is_read_from_stdin_and_has_to_be_long() {
    use std::io::Write;
    let machine = Machine::new();
    machine.run("account create acme --name Acme").ends(0);
    for (password, code, said) in [("short\n", 1, "too short"), ("correct horse battery\n", 0, "can sign in")]
    {
        let mut command =
            machine.command("admin create pat@acme.example --account acme --role owner --password-stdin");
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        child.stdin.take().expect("a pipe").write_all(password.as_bytes()).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        let told = [output.stdout, output.stderr].concat();
        assert_eq!(output.status.code(), Some(code));
        assert!(String::from_utf8_lossy(&told).contains(said), "{}", String::from_utf8_lossy(&told));
    }
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
    let names = |line: &&Value| line["span"]["import"].as_str().is_some_and(|id| id.starts_with("imp_"));
    for (stage, said, table) in [
        ("reading", "rows were read and merged", "plan_cell"),
        ("applying", "claims that are given up were released", "INSERT INTO history"),
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
fn a_digest_that_was_written_down_proves_the_past() {
    let machine = Machine::with_users(20);
    let verified = machine.run("verify --account acme").ends(0);
    let digest = verified.text().trim().to_owned();
    let (revision, hexadecimal) = digest.split_once('.').expect("a revision and a digest");
    let next = revision.parse::<u64>().expect("a number") + 1;
    assert_eq!(hexadecimal.len(), 64, "{digest}");
    assert!(verified.stderr.contains("nothing that was written after revision 0 was altered"));
    machine.edited(2);
    machine.run("import edited.csv --account acme --apply").ends(0);
    let later = machine.run(&format!("verify --account acme --against {digest}")).ends(0).text();
    assert!(later.starts_with(&format!("{next}.")) && later.trim() != digest, "{later}");
    let other = if digest.ends_with('0') { '1' } else { '0' };
    let another = format!("verify --account acme --against {}{other}", &digest[..digest.len() - 1]);
    assert!(machine.run(&another).ends(1).stderr.contains("another past"));
    assert!(machine.run("verify --account acme --against 99.aa").ends(1).stderr.contains("another past"));
    machine.run("verify --account acme --against yesterday").ends(1);
    let file = ::ground::open(format!("sqlite:{}", machine.path("muster.db").display()));
    let sql = format!("UPDATE history SET after = 'Mallory' WHERE revision = {next}");
    ::ground::scene::rows(&file, &sql);
    let altered = machine.run("verify --account acme").ends(1);
    assert!(
        altered.stderr.contains(&format!("Revision {next} is not what was written"))
            && altered.stdout.is_empty()
    );
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
fn the_doctor_says_what_is_wrong_and_mends_what_it_can() {
    let machine = Machine::with_users(20);
    let sound = machine.run("doctor").ends(0);
    assert_eq!((sound.text().as_str(), sound.stderr.as_str()), ("", "The database is sound.\n"));
    let file = rusqlite::Connection::open(machine.path("muster.db")).expect("it opens");
    file.execute_batch(
        "UPDATE account SET users = 3; DELETE FROM login_key WHERE user_id = (SELECT MIN(id) FROM users)",
    )
    .expect("damaged");
    drop(file);
    let sick = machine.run("doctor").ends(2);
    let words: Vec<String> =
        sick.text().lines().filter_map(|line| line.split('\t').next().map(str::to_owned)).collect();
    assert_eq!(words, ["users_counted", "unclaimed"], "{}", sick.text());
    assert!(sick.text().contains("acme: the count of users is wrong: there are 20."), "{}", sick.text());
    // A download of fewer users than are counted is no download.
    let refused = machine.run("download --account acme -o all.xlsx").ends(1);
    assert!(refused.stderr.contains("20 users could be read, and there are 3"), "{}", refused.stderr);
    assert!(!machine.path("all.xlsx").exists());
    let mended = machine.run("doctor --repair").ends(0);
    assert_eq!(mended.stderr.matches("mended: ").count(), 2, "{}", mended.stderr);
    machine.run("download --account acme -o all.xlsx").ends(0);
}

#[test]
fn a_work_file_that_is_gone_is_told_and_a_new_one_is_begun_when_that_is_typed() {
    let machine = Machine::with_users(3);
    std::fs::remove_file(machine.path("muster-work.db")).expect("it was there");
    let refused = machine.run("users list --account acme").ends(1);
    assert!(refused.stderr.contains("muster-work.db is missing"), "{}", refused.stderr);
    assert!(!machine.path("muster-work.db").exists(), "looking makes none");
    machine.run("--new-work-file users list --account acme").ends(0);
    machine.edited(1);
    machine.run("import edited.csv --account acme --apply").ends(0);
}

#[test]
fn who_looks_after_users_is_listed_signed_out_and_removed() {
    let machine = Machine::new();
    machine.run("account create acme --name Acme").ends(0);
    for (name, role) in [("pat", "owner"), ("sam", "viewer")] {
        machine.run(&format!("admin create {name}@a.example --account acme --role {role}")).ends(0);
    }
    let listed = machine.run("admin list --account acme").ends(0).text();
    assert_eq!(listed, "pat@a.example\towner\t1\t-\nsam@a.example\tviewer\t2\t-\n");
    let out = machine.run("admin sign-out pat@a.example").ends(0);
    assert!(out.text().contains("signed out everywhere"), "{}", out.text());
    assert!(out.stderr.contains("sessions-ended") && out.stderr.contains("cli:pat"), "{}", out.stderr);
    assert!(machine.run("admin reset-factor pat@a.example").ends(1).stderr.contains("has no second factor"));
    for words in ["admin remove pat@a.example", "admin create pat@a.example --role editor"] {
        let last = machine.run(&format!("{words} --account acme")).ends(1);
        assert!(last.stderr.contains("pat@a.example is the last owner of acme"), "{}", last.stderr);
    }
    machine.run("admin create kit@a.example --account acme --role owner").ends(0);
    machine.run("admin remove kit@a.example --account acme").ends(0);
    machine.run("admin remove sam@a.example --account acme").ends(0);
    assert!(machine.run("admin remove sam@a.example --account acme").ends(1).stderr.contains("has no role"));
    assert!(
        machine.run("admin sign-out kim@a.example").ends(1).stderr.contains("no administrator kim@a.example")
    );
    assert_eq!(machine.run("admin list --account acme").ends(0).text().lines().count(), 1);
    let asks = machine.run("account set acme --require-second-factor true").ends(0);
    assert!(asks.text().contains("1 administrator has none yet"), "{}", asks.text());
    assert!(asks.stderr.contains("setting-changed"), "{}", asks.stderr);
    machine.run("account set acme --require-second-factor false").ends(0);
    machine.run("account set acme").ends(1);
    machine.run("admin remove pat@a.example --account acme --last-owner").ends(0);
    assert_eq!(machine.run("admin list --account acme").ends(0).text(), "");
}

#[test]
fn an_organisation_has_no_more_than_its_operator_allows() {
    let machine = Machine::with_users(20);
    let said = machine.run("account quota acme --waiting 2 --users 25 --mebibytes 3 --fields 1").ends(0);
    let lines = ["uploads\t0\t10000", "bytes\t0\t3145728", "waiting\t0\t2", "users\t20\t25", "fields\t0\t1"];
    assert_eq!(said.text().lines().collect::<Vec<_>>(), lines);
    assert!(
        said.stderr.contains("setting-changed") && said.stderr.contains("quota=waiting most=2"),
        "{}",
        said.stderr
    );
    machine.run("account quota acme --users many").ends(1);
    machine.run("account quota acme --users -1").ends(1);
    let field = "field create site --account acme --title Site --type text";
    let made = machine.run(field).ends(0);
    assert!(made.stderr.contains("There are 1 of 1 fields of its own."), "{}", made.stderr);
    let refused = machine.run(&field.replace("site", "place").replace("Site", "Place")).ends(1);
    assert!(refused.stderr.contains("There are 1 of 1 fields of its own. Retire one"), "{}", refused.stderr);
    assert!(machine.run("users generate --account acme --count 6").ends(1).stderr.contains("20 of 25 users"));
    machine.edited(1);
    for _ in 0..2 {
        machine.run("import edited.csv --account acme").ends(0);
    }
    let refused = machine.run("import edited.csv --account acme").ends(1);
    assert!(refused.stderr.contains("2 of 2 imports wait, so this one was not begun."), "{}", refused.stderr);
    machine.run("account quota acme --waiting usual").ends(0);
    machine.run("import edited.csv --account acme").ends(0);
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
fn tokens_are_listed_and_revoked() {
    let machine = Machine::new();
    machine.run("account create acme --name Acme").ends(0);
    let token =
        machine.run("token create --account acme --role viewer --name payroll --days 7").ends(0).text();
    let listed = machine.run("token list --account acme").ends(0).text();
    let parts: Vec<&str> = listed.trim_end().split('\t').collect();
    assert_eq!((parts.len(), parts[1], parts[2]), (5, "payroll", "viewer"), "{listed}");
    assert!(parts[0].len() == 12 && parts[4].ends_with('Z') && !listed.contains(token.trim()), "{listed}");
    assert!(
        machine.run("token revoke salaries --account acme").ends(1).stderr.contains("has no token salaries")
    );
    let revoked = machine.run(&format!("token revoke {} --account acme", parts[0])).ends(0);
    assert!(
        revoked.text().contains("1 token was taken away") && revoked.stderr.contains("token-revoked"),
        "{}",
        revoked.stderr
    );
    assert_eq!(machine.run("token list --account acme").ends(0).text(), "");
}

#[test]
fn a_password_that_is_guessed_first_is_not_taken() {
    let machine = Machine::new();
    machine.run("account create acme --name Acme").ends(0);
    for (password, words) in [
        ("password1234", "among the first that are guessed"),
        ("pat.jones@a.example", "your email or the name"),
        ("everything at acme", "your email or the name"),
        ("seven quiet herons", ""),
    ] {
        let mut command =
            machine.command("admin create pat.jones@a.example --account acme --role owner --password-stdin");
        std::fs::write(machine.path("password"), password).expect("a file");
        command.stdin(std::fs::File::open(machine.path("password")).expect("a file"));
        let done = ended(&mut command).ends(i32::from(!words.is_empty()));
        assert!(done.stderr.contains(words), "{password}: {}", done.stderr);
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

#[test]
fn users_are_listed_in_any_order_found_by_marked_fields_and_erased() {
    let machine = Machine::with_users(30);
    machine
        .run("field create nickname --account acme --title Nickname --type text --found-by-search")
        .ends(0);
    machine.run("field create day --account acme --title Day --type date --found-by-search").ends(1);
    assert!(
        machine
            .run("field list --account acme")
            .ends(0)
            .text()
            .contains("nickname\ttext\tNickname\tfound by search")
    );
    machine.run("change --account acme --search a --set nickname=Zyx --apply --large").ends(0);
    let found = |machine: &Machine| {
        machine.run("users list --account acme --search zyx").ends(0).text().lines().count()
    };
    assert!(found(&machine) > 0);
    machine.run("field change nickname --account acme --found-by-search false").ends(0);
    assert_eq!(found(&machine), 0);
    machine.run("field change nickname --account acme --found-by-search perhaps").ends(1);
    machine.run("field change department --account acme --found-by-search true").ends(1);
    let listed = |sort: &str| {
        let users = machine.run(&format!("users list --account acme --json --sort {sort}")).ends(0).json();
        let users = users["items"].as_array().expect("users").clone();
        users.iter().map(|user| user["start_date"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let upwards: Vec<String> = listed("start_date").into_iter().flatten().collect();
    assert!(upwards.len() > 1 && upwards.is_sorted(), "{upwards:?}");
    let mut downwards: Vec<String> = listed("-start_date").into_iter().flatten().collect();
    downwards.reverse();
    assert_eq!(downwards, upwards);
    assert!(machine.run("users list --account acme --sort shoe").ends(1).stderr.contains("sort is name"));
    let line = machine.run("users list --account acme").ends(0).text();
    let mut first = line.lines().next().expect("a user").split('\t');
    let (id, name) = (first.next().expect("an id"), first.next().expect("a name"));
    let erase = |id: &str, name: &str| {
        ended(machine.command(&format!("users erase {id} --account acme --name")).arg(name))
    };
    assert!(erase(id, "Somebody Else").ends(1).stderr.contains("another name"));
    assert!(erase(id, name).ends(0).text().contains("was erased"));
    erase(id, name).ends(1);
    assert_eq!(machine.run("users list --account acme").ends(0).text().lines().count(), 29);
    machine.run("verify --account acme").ends(0);
    machine.run("doctor").ends(0);
}

#[test]
fn an_organisation_is_suspended_let_in_again_and_removed() {
    let machine = Machine::with_users(3);
    machine.run("account create globex --name Globex").ends(0);
    machine.run("token create --account acme --role owner").ends(0);
    machine.run("account suspend acme").ends(1);
    let suspended = machine.run("account suspend acme --why Unpaid").ends(0);
    assert!(suspended.stderr.contains("setting-changed"), "{}", suspended.stderr);
    machine.run("account resume acme").ends(0);
    for typed in ["", " --yes globex", " --yes ACME"] {
        let refused = machine.run(&format!("account remove acme{typed}")).ends(1);
        assert!(refused.stderr.contains("type exactly acme"), "{typed}: {}", refused.stderr);
    }
    assert!(machine.run("account list").ends(0).text().starts_with("acme\t3\t"));
    let removed = machine.run("account remove acme --yes acme").ends(0);
    assert!(removed.text().contains("acme was removed"), "{}", removed.text());
    assert!(removed.stderr.contains("account-removed"), "{}", removed.stderr);
    assert!(machine.run("account list").ends(0).text().starts_with("globex\t"));
    assert!(
        machine.run("account remove acme --yes acme").ends(1).stderr.contains("there is no account acme")
    );
    machine.run("account create acme --name Again").ends(1);
    machine.run("doctor").ends(0);
}

//! The security log of a server that runs: one line an event, with the request's number, and nothing in it that is a user's or a secret.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use events::Event;
use serde_json::Value;

/// Longer than any of these takes: what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);
const PASSWORD: &str = "seven quiet herons";

/// A folder with a database, and a server over it whose log is read.
struct Watched {
    folder: tempfile::TempDir,
    child: Child,
    log: Receiver<String>,
    /// The lines that were read so far.
    seen: RefCell<Vec<String>>,
    url: String,
}

/// An answer.
struct Answer {
    status: u16,
    cookies: String,
    request: String,
}

fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
    command.args(words).current_dir(folder).env_clear();
    command.env("LOGNAME", "pat").env("MUSTER_DATABASE", "sqlite:muster.db").env("MUSTER_LOG_FORMAT", "json");
    command
}

/// Runs a command to its end; answers stdout and stderr.
fn run(folder: &Path, words: &str, stdin: &str) -> (String, String) {
    use std::io::Write;
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut command = command(folder, &words);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(stdin.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    (text(output.stdout), text(output.stderr))
}

fn lines_of(from: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        BufReader::new(from).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
    });
    lines
}

impl Watched {
    fn start(folder: tempfile::TempDir) -> Self {
        let mut command = command(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let told = lines_of(child.stdout.take().expect("a pipe"));
        let log = lines_of(child.stderr.take().expect("a pipe"));
        let first = told.recv_timeout(PATIENCE).expect("where it listens");
        let url = first.strip_prefix("listening on ").expect("where it listens").to_owned();
        Self { folder, child, log, seen: RefCell::default(), url }
    }

    fn send(&self, method: &str, address: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let settings = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        let agent: ureq::Agent = settings.into();
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{address}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut answer = agent.run(request.body(body.to_owned()).expect("a request")).expect("an answer");
        let cookies = answer.headers().get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
        let cookies = cookies.filter_map(|line| line.split(';').next()).collect::<Vec<_>>().join("; ");
        let request =
            answer.headers().get("x-request-id").expect("a number").to_str().expect("text").to_owned();
        let status = answer.status().as_u16();
        answer.body_mut().read_to_vec().expect("a whole answer");
        Answer { status, cookies, request }
    }

    fn form(&self, address: &str, cookies: &str, form: &str) -> Answer {
        let headers = [
            ("cookie", cookies),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        self.send("POST", address, &headers, form)
    }

    /// A page, as text.
    fn get_text(&self, address: &str, cookies: &str) -> String {
        let mut answer =
            ureq::get(format!("{}{address}", self.url)).header("cookie", cookies).call().expect("a page");
        answer.body_mut().read_to_string().expect("text")
    }

    /// The next event of the log.
    fn event(&self) -> Value {
        loop {
            let line = self.log.recv_timeout(PATIENCE).expect("another line");
            self.seen.borrow_mut().push(line.clone());
            let line: Value = serde_json::from_str(&line).expect("JSON");
            if line["target"] == "muster::events" {
                return line;
            }
        }
    }

    /// Fails unless the next event is this one; answers its line.
    fn tells(&self, event: Event) -> Value {
        let line = self.event();
        assert_eq!(line["event"], event.word(), "{line}");
        line
    }
}

impl Watched {
    /// Reads on to an event of this kind.
    fn tells_until(&self, event: Event) {
        while self.event()["event"] != event.word() {}
    }

    /// Ends the server; all lines of its log.
    fn all_lines(mut self) -> Vec<String> {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.log.iter().for_each(|line| self.seen.borrow_mut().push(line));
        self.seen.take()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An organisation with made-up users, an owner with a password and a viewer.
fn acme() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), "account create acme --name Acme", "");
    run(folder.path(), "users generate --account acme --count 20", "");
    for role in ["owner", "viewer"] {
        let words = format!("admin create {role}@a.example --account acme --role {role} --password-stdin");
        run(folder.path(), &words, PASSWORD);
    }
    folder
}

#[test]
fn what_happens_in_a_browser_is_told_in_order() {
    let watched = Watched::start(acme());
    let form = |password: &str| format!("email=owner%40a.example&password={}", password.replace(' ', "+"));
    let wrong = watched.form("/sign-in", "", &form("not the password"));
    let line = watched.tells(Event::SignInFailed);
    assert_eq!((line["who"].as_str(), line["level"].as_str()), (Some("administrator:1"), Some("WARN")));
    assert_eq!(line["span"]["id"].as_str(), Some(wrong.request.as_str()), "{line}");
    assert_eq!(line["span"]["address"].as_str(), Some("127.0.0.1"), "{line}");
    watched.form("/sign-in", "", "email=my-secret-typed-by-mistake&password=x");
    assert_eq!(watched.tells(Event::SignInFailed)["who"], "nobody");
    let cookies = watched.form("/sign-in", "", &form(PASSWORD)).cookies;
    let signed_in = watched.tells(Event::SignedIn);
    assert_eq!(
        (signed_in["about"].as_str(), signed_in["level"].as_str()),
        (Some("first=password"), Some("INFO"))
    );
    let download = watched.send("GET", "/o/acme/download/file?format=csv", &[("cookie", &cookies)], "");
    assert_eq!(download.status, 200);
    let downloaded = watched.tells(Event::Downloaded);
    assert_eq!(
        (downloaded["account"].as_str(), downloaded["about"].as_str()),
        (Some("acme"), Some("users=20 by=everybody fields=all"))
    );
    // The activity of the organisation says the same, with the address.
    let activity = watched.get_text("/o/acme/activity?kind=downloaded", &cookies);
    assert!(activity.contains("Users downloaded") && activity.contains("127.0.0.1"), "{activity}");
    watched.form("/o/acme/me", &cookies, "old=wrong&password=eight+loud+herons");
    watched.tells(Event::PasswordChangeFailed);
    watched.form(
        "/o/acme/me",
        &cookies,
        &format!("old={}&password=eight+loud+herons", PASSWORD.replace(' ', "+")),
    );
    watched.tells(Event::PasswordChanged);
    watched.form("/sign-out", &cookies, "");
    watched.tells(Event::SignedOut);
    let foreign =
        watched.send("POST", "/sign-out", &[("cookie", &cookies), ("sec-fetch-site", "cross-site")], "");
    assert_eq!(
        (foreign.status, watched.tells(Event::ForeignRequest)["about"].as_str()),
        (403, Some("POST /sign-out"))
    );
    let viewer = form(PASSWORD).replace("owner", "viewer");
    let cookies = watched.form("/sign-in", "", &viewer).cookies;
    watched.tells(Event::SignedIn);
    assert_eq!(watched.form("/o/acme/imports", &cookies, "").status, 403);
    let refused = watched.tells(Event::Refused);
    assert_eq!(
        (refused["who"].as_str(), refused["about"].as_str()),
        (Some("administrator:2"), Some("POST /o/{slug}/imports"))
    );
}

#[test]
fn what_programs_do_is_told_and_what_becomes_of_files() {
    let folder = acme();
    let (token, made) = run(folder.path(), "token create --account acme --role editor --name payroll", "");
    assert!(
        made.contains("token-made") && made.contains("token=payroll role=editor") && made.contains("cli:pat"),
        "{made}"
    );
    assert!(!made.contains(token.trim()), "{made}");
    let watched = Watched::start(folder);
    let bearer = format!("Bearer {}", token.trim());
    let headers = [("authorization", bearer.as_str())];
    assert_eq!(watched.send("GET", "/api/v1/users", &[("authorization", "Bearer muster_x")], "").status, 401);
    watched.tells(Event::TokenRefused);
    assert_eq!(watched.send("GET", "/api/v1/user-data?format=csv", &headers, "").status, 200);
    assert_eq!(watched.tells(Event::Downloaded)["who"], "token:payroll");
    run(watched.folder.path(), "download --account acme -o names.csv --fields first_name,last_name", "");
    let kept = std::fs::read_to_string(watched.folder.path().join("names.csv")).expect("the download");
    let edited: String = kept
        .lines()
        .enumerate()
        .map(|(place, line)| {
            let parts: Vec<&str> = line.splitn(3, ',').collect();
            if place == 2 { format!("{},Zebedee,{}\r\n", parts[0], parts[2]) } else { format!("{line}\r\n") }
        })
        .collect();
    let sent =
        watched.send("POST", "/api/v1/imports?apply=when_clean&file_name=secret-list.csv", &headers, &edited);
    assert_eq!(sent.status, 202);
    watched.tells(Event::Uploaded);
    let done = watched.tells(Event::ImportCompleted);
    assert_eq!((done["who"].as_str(), done["account"].as_str()), (Some("token:payroll"), Some("acme")));
    let about = done["about"].as_str().expect("text");
    assert!(
        about.contains("users=1 cells=1")
            && !done.to_string().contains("Zebedee")
            && !done.to_string().contains("secret-list"),
        "{done}"
    );
    let import = about.split(['=', ' ']).nth(1).expect("an identity").to_owned();
    // The line comes with the transaction; the import is at its end a moment later.
    let undo = || watched.send("POST", &format!("/api/v1/imports/{import}/undo"), &headers, "").status;
    assert!((0..10_000).any(|_| undo() == 202));
    assert!(watched.tells(Event::ImportUndone)["about"].as_str().expect("text").contains(&import));
    let viewers = run(watched.folder.path(), "token create --account acme --role viewer --name looks", "").0;
    let viewers = format!("Bearer {}", viewers.trim());
    assert_eq!(watched.send("POST", "/api/v1/imports", &[("authorization", &viewers)], "x").status, 403);
    assert_eq!(watched.tells(Event::Refused)["who"], "token:looks");
}

#[test]
fn what_fails_is_told_with_its_number() {
    let folder = acme();
    let token = run(folder.path(), "token create --account acme --role viewer --name looks", "").0;
    let watched = Watched::start(folder);
    let form = format!("email=owner%40a.example&password={}", PASSWORD.replace(' ', "+"));
    let cookies = watched.form("/sign-in", "", &form).cookies;
    watched.tells(Event::SignedIn);
    let database = rusqlite::Connection::open(watched.folder.path().join("muster.db")).expect("it opens");
    database.execute_batch("ALTER TABLE users RENAME TO gone").expect("the server fails from now on");
    let bearer = format!("Bearer {}", token.trim());
    for (address, header, route) in [
        ("/o/acme/users", ("cookie", cookies.as_str()), "GET /o/{slug}/users 500"),
        ("/api/v1/users", ("authorization", bearer.as_str()), "GET /api/v1/users 500"),
    ] {
        let failed = watched.send("GET", address, &[header], "");
        assert_eq!(failed.status, 500, "{address}");
        let line = watched.tells(Event::Failed);
        assert_eq!((line["about"].as_str(), line["level"].as_str()), (Some(route), Some("WARN")));
        assert_eq!(line["span"]["id"].as_str(), Some(failed.request.as_str()), "{line}");
    }
}

/// What people and programs type, none of which may be in any line: in a browser and over REST, what is right and what is wrong.
#[test]
fn nothing_that_was_typed_is_in_any_line() {
    let folder = acme();
    let token = run(folder.path(), "token create --account acme --role editor --name payroll", "").0;
    run(folder.path(), "download --account acme -o names.csv --fields first_name,last_name,email", "");
    let csv = std::fs::read_to_string(folder.path().join("names.csv")).expect("the download");
    let row = csv.lines().nth(2).expect("a user").to_owned();
    let parts: Vec<String> = row.split(',').map(str::to_owned).collect();
    let watched = Watched::start(folder);
    let mut typed: Vec<String> =
        [PASSWORD, "quiet wrong herons", "typedintoemail", "Quixotina", "zanzibarsearch"]
            .into_iter()
            .chain([
                "zwischenfall.csv",
                "brandnew@values.example",
                "not-an-email-typed",
                "654321",
                "linksecrettyped",
            ])
            .map(str::to_owned)
            .collect();
    typed.extend([token.trim().to_owned(), parts[1].clone(), parts[3].clone()]);
    let form = |email: &str, password: &str| format!("email={email}&password={}", password.replace(' ', "+"));
    watched.form("/sign-in", "", &form("typedintoemail%40a.example", PASSWORD));
    watched.form("/sign-in", "", &form("owner%40a.example", "quiet wrong herons"));
    let cookies = watched.form("/sign-in", "", &form("owner%40a.example", PASSWORD)).cookies;
    typed.extend(cookies.split("; ").filter_map(|pair| Some(pair.split_once('=')?.1.to_owned())));
    let get = |address: &str| watched.send("GET", address, &[("cookie", &cookies)], "").status;
    assert_eq!(get("/o/acme/users?search=zanzibarsearch"), 200);
    get("/link/linksecrettyped");
    watched.form("/link/linksecrettyped", "", "");
    watched.form("/sign-in/code", &cookies, "code=654321");
    watched.form("/o/acme/me/factor", &cookies, "code=654321&password=quiet+wrong+herons");
    let user = format!("/o/acme/users/{}", parts[0].split('@').next().unwrap_or_default());
    watched.form(&user, &cookies, "seen=1&field.first_name=Quixotina&field.email=not-an-email-typed");
    watched.form(&user, &cookies, "seen=1&field.first_name=Quixotina");
    let bearer = format!("Bearer {}", token.trim());
    let headers = [("authorization", bearer.as_str())];
    for email in ["brandnew@values.example", "not-an-email-typed"] {
        let file = csv.replace(&row, &format!("{},Quixotina,{},{email}", parts[0], parts[2]));
        let address = "/api/v1/imports?apply=when_clean_large&file_name=zwischenfall.csv";
        assert_eq!(watched.send("POST", address, &headers, &file).status, 202);
    }
    watched.tells_until(Event::ImportCompleted);
    watched.send("GET", "/api/v1/users?search=zanzibarsearch", &headers, "");
    watched.send("PATCH", "/api/v1/imports/linksecrettyped/fixes", &headers, "{\"Quixotina\": 1}");
    watched.send("GET", "/api/v1/users", &[("authorization", "Bearer linksecrettyped")], "");
    typed.retain(|text| text.len() > 3);
    let lines = watched.all_lines();
    assert!(lines.len() > 10, "{lines:#?}");
    let told: Vec<&String> =
        lines.iter().filter(|line| typed.iter().any(|typed| line.contains(typed.as_str()))).collect();
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn every_event_is_documented_and_none_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/security.md");
    let text = std::fs::read_to_string(root).expect("docs/security.md");
    let told: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` |").map(|(word, _)| word))
        .collect();
    let known: BTreeSet<&str> = Event::ALL.into_iter().map(Event::word).collect();
    assert_eq!(told, known);
    let kept = text.lines().filter_map(|line| {
        let (word, rest) = line.strip_prefix("| `")?.split_once("` |")?;
        rest.trim_end().ends_with("| yes |").then_some(word)
    });
    let kept: BTreeSet<&str> = kept.collect();
    let known = Event::ALL.into_iter().filter(|event| event.is_kept()).map(Event::word);
    assert_eq!(kept, known.collect(), "which of them the activity of an organisation keeps");
}

//! Three servers behind nginx, set up as docs/operating.md says: each step is answered by another one than the step before, one is killed
//! again and again under load, and all are restarted one after the other.

use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ::ground::office::{Office, Sheet};
use ::ground::{Ground, on_postgres};
use ::store::Role;
use muster::access::create_token;
use tempfile::TempDir;
use ureq::Agent;
use ureq::http::{HeaderMap, Request};

use super::asking::Client;
use super::server::{Server, free_port, pause, wait_until};
use super::{is_there, now, size};

const PROGRAM: &str = "/usr/sbin/nginx";
const GUIDE: &str = include_str!("../../../../docs/operating.md");
const PROCESSES: usize = 3;
/// Organisations whose clients import without end.
const OFFICES: usize = 3;
/// How often one is killed.
const KILLED_EVERY: Duration = Duration::from_secs(5);
const PASSWORD: &str = "correct horse battery";

/// Servers of one database, and nginx before them.
struct Site<'a> {
    app: &'a Ground,
    folder: TempDir,
    ports: [u16; PROCESSES],
    servers: [Mutex<Option<Server>>; PROCESSES],
    nginx: Child,
    address: String,
}

impl<'a> Site<'a> {
    fn start(app: &'a Ground) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let ports = [0; PROCESSES].map(|_| free_port());
        let address = format!("127.0.0.1:{}", free_port());
        let settings = settings(&folder.path().display().to_string(), &ports, &address);
        std::fs::write(folder.path().join("nginx.conf"), settings).expect("written");
        let nginx = Command::new(PROGRAM)
            .arg("-p")
            .arg(folder.path())
            .arg("-c")
            .arg(folder.path().join("nginx.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let site = Self { app, folder, ports, servers: Default::default(), nginx, address };
        (0..PROCESSES).for_each(|number| site.begin(number));
        wait_until("nginx listens", 10, || std::net::TcpStream::connect(&site.address).is_ok());
        site
    }

    /// Starts a server at its port.
    fn begin(&self, number: usize) {
        let listen = format!("127.0.0.1:{}", self.ports[number]);
        let log = self.folder.path().join(format!("{number}.log"));
        let log = std::fs::OpenOptions::new().create(true).append(true).open(log).expect("a log");
        let arguments = ["--listen", &listen, "--trusted-proxy", "127.0.0.1"];
        let server = Server::start_with(&self.app.database, &arguments, log.into());
        *self.servers[number].lock().expect("the place") = Some(server);
    }

    /// Ends a server by a signal, and starts it again once it is gone.
    fn begin_again(&self, number: usize, signal: &str) {
        let server = self.servers[number].lock().expect("the place").take().expect("a server");
        server.signal(signal);
        wait_until("it is gone", 15, || server.is_gone());
        drop(server);
        self.begin(number);
    }
}

impl Drop for Site<'_> {
    fn drop(&mut self) {
        self.nginx.kill().expect("killed");
        self.nginx.wait().expect("gone");
    }
}

/// The settings of the guide, with these ports, and with what nginx needs to run in a folder for a test.
fn settings(folder: &str, ports: &[u16; PROCESSES], address: &str) -> String {
    let block = GUIDE.split("```nginx\n").nth(1).and_then(|rest| rest.split("```").next());
    let mut block =
        block.expect("the guide has settings of nginx").replace("listen 80;", &format!("listen {address};"));
    for (number, port) in (8081..).zip(ports) {
        let (told, ours) = (format!("127.0.0.1:{number} "), format!("127.0.0.1:{port} "));
        assert!(block.contains(&told), "the guide has three servers");
        block = block.replace(&told, &ours);
    }
    let is_root =
        std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let user = if is_root { "user root;\n" } else { "" };
    let kept: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|kind| format!("{kind}_temp_path {folder}/{kind};\n"))
        .collect();
    format!(
        "{user}daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n\
         http {{\naccess_log off;\n{kept}add_header X-Upstream $upstream_addr always;\n{block}}}\n"
    )
}

/// Somebody with a browser, who goes through the pages and remembers by whom each was answered.
struct Browser {
    address: String,
    agent: Agent,
    cookie: String,
    by: Vec<String>,
}

impl Browser {
    fn at(address: &str) -> Self {
        let agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        Self { address: address.to_owned(), agent, cookie: String::new(), by: Vec::new() }
    }

    /// A page, or the answer to a form with a body of this kind: status, headers, text.
    fn ask(&mut self, path: &str, sent: Option<(&str, &str)>) -> (u16, HeaderMap, String) {
        let request = Request::builder()
            .method(if sent.is_some() { "POST" } else { "GET" })
            .uri(format!("http://{}{path}", self.address))
            .header("Cookie", &self.cookie)
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", sent.map_or("text/plain", |(kind, _)| kind));
        let body = sent.map_or("", |(_, body)| body);
        let answer = self.agent.run(request.body(body).expect("a request")).expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        self.by.push(headers["x-upstream"].to_str().expect("text").to_owned());
        for cookie in headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok()) {
            if let Some(session) = cookie.split(';').next().filter(|pair| pair.starts_with("muster=")) {
                self.cookie = session.to_owned();
            }
        }
        let text = answer.into_body().read_to_string().expect("a whole answer");
        (status, headers, text)
    }

    fn open(&mut self, path: &str) -> String {
        let (status, headers, text) = self.ask(path, None);
        if status == 303 {
            return self.open(headers["location"].to_str().expect("text"));
        }
        assert_eq!(status, 200, "{path}: {text}");
        text
    }

    /// Sends a form; where it leads to.
    fn send(&mut self, path: &str, form: &str) -> String {
        self.send_as(path, "application/x-www-form-urlencoded", form)
    }

    fn send_as(&mut self, path: &str, kind: &str, body: &str) -> String {
        let (status, headers, text) = self.ask(path, Some((kind, body)));
        assert_eq!(status, 303, "{path}: {text}");
        headers["location"].to_str().expect("text").to_owned()
    }

    /// Opens a page until it says something.
    fn open_until(&mut self, path: &str, says: &str) -> String {
        let mut seen = String::new();
        wait_until(says, 20, || {
            seen = self.open(path);
            seen.contains(says)
        });
        seen
    }
}

/// Somebody signs in, uploads, watches, puts right, completes and undoes; no two requests in a row come to the same process.
fn each_step_is_answered_by_another(site: &Site<'_>, office: &Office<'_>) {
    let words =
        ["admin", "create", "pat@acme.example", "--account", "acme", "--role", "owner", "--password-stdin"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
    command.args(words).args(["--database", &site.app.database]).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.stderr(Stdio::null()).spawn().expect("it starts");
    std::io::Write::write_all(&mut child.stdin.take().expect("its input"), PASSWORD.as_bytes())
        .expect("typed");
    assert!(child.wait().expect("it ends").success());

    let mut pat = Browser::at(&site.address);
    pat.open("/sign-in");
    pat.send("/sign-in", &format!("email=pat%40acme.example&password={}", PASSWORD.replace(' ', "+")));
    pat.open("/o/acme/users");
    let sheet = Sheet::of(&pat.open("/o/acme/download/file?format=csv"));
    let cell = sheet.name(1, "email");
    let file = sheet.with(0, "job_title", "Cook").with(1, "email", "no address").text();
    let body = format!(
        "--border\r\nContent-Disposition: form-data; name=\"file\"; filename=\"users.csv\"\r\n\r\n{file}\r\n--border--\r\n"
    );
    let import = pat.send_as("/o/acme/imports", "multipart/form-data; boundary=border", &body);
    let target = format!("value.{cell}");
    pat.open_until(&import, &target);
    pat.send(&format!("{import}/fixes"), &format!("{target}=bo.rowe%40acme.example"));
    let review = pat.open_until(&import, "name=\"plan\"");
    let plan = review
        .split("name=\"plan\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a plan");
    pat.send(&format!("{import}/complete"), &format!("plan={plan}"));
    pat.open_until(&import, "2 users were successfully edited");
    assert_eq!(office.value(1, "email").as_deref(), Some("bo.rowe@acme.example"));
    let undo = pat.send(&format!("{import}/undo"), "");
    pat.open_until(&undo, "Undone: 2 users");
    assert_eq!(office.value(1, "email").as_deref(), Some("bo@acme.example"));
    assert!(pat.by.windows(2).all(|two| two[0] != two[1]), "{:?}", pat.by);
}

/// What the clients of an organisation came to.
struct Done {
    acts: usize,
    reads: usize,
    failed: Vec<String>,
}

/// Imports and takes back, until it is over. What was answered is there afterwards; each read is tried once.
fn work_on(site: &Site<'_>, token: &str, users: usize, is_over: &AtomicBool) -> Done {
    let client = Client::new(&site.address, token);
    let mut done = Done { acts: 0, reads: 0, failed: Vec::new() };
    let mut stands = client.titles(users);
    while !is_over.load(Ordering::Relaxed) {
        let title = format!("Title {}", done.acts);
        let import = client.entitle(users, &title);
        for _ in 0..5 {
            done.reads += 1;
            done.failed.extend(client.read("/users?limit=5").err());
        }
        let seen = client.rested(&import);
        assert_eq!(seen["state"], "done", "{seen}");
        assert_eq!(client.titles(users), [title.as_str()], "what was answered is there");
        if done.acts % 2 == 1 {
            let undo =
                client.act("POST", &format!("/imports/{}/undo", import["id"].as_str().expect("an id")), b"");
            assert_eq!(client.rested(&undo)["state"], "done");
            assert_eq!(client.titles(users), stands, "and what was taken back is not");
        } else {
            stands = vec![title];
        }
        done.acts += 1;
    }
    done
}

/// All organisations work while something is done to the servers.
fn under_load(site: &Site<'_>, tokens: &[(String, usize)], happen: impl FnOnce()) -> Done {
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let at_work: Vec<_> = tokens
            .iter()
            .map(|(token, users)| {
                let is_over = &is_over;
                scope.spawn(move || work_on(site, token, *users, is_over))
            })
            .collect();
        happen();
        is_over.store(true, Ordering::Relaxed);
        at_work.into_iter().map(|work| work.join().expect("no violation")).fold(
            Done { acts: 0, reads: 0, failed: Vec::new() },
            |all, one| Done {
                acts: all.acts + one.acts,
                reads: all.reads + one.reads,
                failed: [all.failed, one.failed].concat(),
            },
        )
    })
}

/// `muster doctor` and `muster verify` find nothing.
fn all_is_well(site: &Site<'_>) {
    for words in [&["doctor"][..], &["verify", "--account", "acme"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
        let ended = command.args(words).args(["--database", &site.app.database]).output().expect("it runs");
        assert_eq!(ended.status.code(), Some(0), "{words:?}: {}", String::from_utf8_lossy(&ended.stdout));
    }
}

#[test]
fn three_servers_behind_nginx_are_as_one_through_kills_and_restarts() {
    if !is_there(PROGRAM) {
        return;
    }
    on_postgres(|app| {
        let mut offices = vec![Office::new(app)];
        offices.extend((1..OFFICES).map(|number| Office::called(app, &format!("office{number}"))));
        let site = Site::start(app);
        each_step_is_answered_by_another(&site, &offices[0]);

        let token = |office: &Office<'_>| {
            let made = create_token(app, office.account.id, "robot", Role::Editor, None).expect("a token");
            (made, office.ids.len())
        };
        let tokens: Vec<_> = offices.iter().map(token).collect();
        let kills = size("MUSTER_SOAK_PROXIED", 2);
        let done = under_load(&site, &tokens, || {
            for kill in 0..kills {
                let since = now();
                site.begin_again(kill % PROCESSES, "KILL");
                while since.elapsed() < KILLED_EVERY {
                    pause(50);
                }
            }
        });
        println!("{kills} kills: {} acts, {} reads, {} failed", done.acts, done.reads, done.failed.len());
        assert_eq!(done.failed, [""; 0], "a read that broke off is asked of another");
        let done = under_load(&site, &tokens, || {
            (0..PROCESSES).for_each(|number| site.begin_again(number, "TERM"));
        });
        println!("a rolling restart: {} acts, {} reads", done.acts, done.reads);
        assert_eq!(done.failed, [""; 0], "over a rolling restart");
        all_is_well(&site);
        drop(site);
        offices.iter().for_each(Office::check_history);
    });
}

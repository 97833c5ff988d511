//! A server from its first moment to its last: what it answers while its database is not up to date yet, what it tells the service manager, and
//! its numbers on an address of their own.

use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Longer than any of these takes: what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(20);

/// A server that nobody waits for.
struct Started {
    child: Child,
    notified: UnixDatagram,
    _folder: tempfile::TempDir,
}

impl Started {
    fn start(database: &str, flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let socket = folder.path().join("notify");
        let notified = UnixDatagram::bind(&socket).expect("a socket");
        notified.set_read_timeout(Some(PATIENCE)).expect("it is set");
        let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--database", database]).args(flags);
        command.current_dir(folder.path()).env_clear().env("NOTIFY_SOCKET", &socket);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        Self { child, notified, _folder: folder }
    }

    /// The next word to the service manager.
    fn word(&self) -> String {
        let mut word = [0; 64];
        let length = self.notified.recv(&mut word).expect("a word");
        String::from_utf8_lossy(&word[..length]).into_owned()
    }

    /// Where it listens, by the machine's own list: it says nothing before it is ready.
    fn ports(&self, count: usize) -> Vec<u16> {
        until(|| {
            let sockets = sockets_of(self.child.id());
            let table = std::fs::read_to_string("/proc/net/tcp").unwrap_or_default();
            let ports: Vec<u16> = table.lines().filter_map(|line| listening(line, &sockets)).collect();
            (ports.len() == count).then_some(ports)
        })
    }

    fn ask(&self, port: u16, page: &str) -> (u16, String, bool) {
        ask(&format!("http://127.0.0.1:{port}{page}"))
    }

    fn end(mut self) -> Option<i32> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.expect("kill runs").success());
        until(|| self.child.try_wait().expect("it can be waited for")).code()
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn until<T>(mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
        if let Some(found) = look() {
            return found;
        }
        std::thread::park_timeout(LOOK);
    }
    panic!("it did not happen")
}

/// The numbers of the sockets that a process has open.
fn sockets_of(process: u32) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(Path::new("/proc").join(process.to_string()).join("fd")) else {
        return Vec::new();
    };
    let links = files.filter_map(|file| std::fs::read_link(file.ok()?.path()).ok());
    links
        .filter_map(|link| Some(link.to_str()?.strip_prefix("socket:[")?.trim_end_matches(']').to_owned()))
        .collect()
}

/// The port of a line of proc_net_tcp(5), if it is one of these that listens.
fn listening(line: &str, sockets: &[String]) -> Option<u16> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let is_one =
        fields.get(3) == Some(&"0A") && sockets.iter().any(|socket| fields.get(9) == Some(&socket.as_str()));
    u16::from_str_radix(fields.get(1)?.rsplit_once(':')?.1, 16).ok().filter(|_| is_one)
}

/// Status, body, and whether it says to come again.
fn ask(address: &str) -> (u16, String, bool) {
    let settings = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
    let agent: ureq::Agent = settings.into();
    let mut answer = agent.get(address).call().expect("an answer");
    let again = answer.headers().contains_key("retry-after");
    (answer.status().as_u16(), answer.body_mut().read_to_string().expect("text"), again)
}

/// A server over a database that somebody holds: it is not ready, says so, and goes on when it is let go.
fn waits_and_goes_on(database: &str, let_go: impl FnOnce()) {
    let server = Started::start(database, &[]);
    let port = server.ports(1)[0];
    assert_eq!(server.ask(port, "/healthz"), (200, "ok".to_owned(), false));
    assert_eq!(server.ask(port, "/readyz"), (503, "migrating".to_owned(), false));
    for page in ["/", "/sign-in", "/api/v1/users", "/metrics", "/nowhere"] {
        let (status, body, again) = server.ask(port, page);
        assert!(status == 503 && again && body.contains("being started"), "{page}: {status} {body}");
    }
    let_go();
    assert_eq!(server.word(), "READY=1");
    until(|| (server.ask(port, "/readyz").0 == 200).then_some(()));
    assert_eq!(server.ask(port, "/sign-in").0, 200);
    assert_eq!(server.end(), Some(0));
}

#[test]
fn a_server_whose_database_is_not_up_to_date_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("muster.db");
    let held = rusqlite::Connection::open(&file).expect("a database");
    held.execute_batch("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE").expect("it is held");
    waits_and_goes_on(&format!("sqlite:{}", file.display()), || {
        held.execute_batch("ROLLBACK").expect("it is let go");
    });
}

#[test]
fn a_server_whose_postgresql_is_being_migrated_says_so() {
    crate::ground::on_postgres(|app| {
        let database = app.settings.database.clone();
        let mut holds = ::ground::see_all(&database);
        holds.batch_execute("BEGIN; LOCK TABLE migration IN ACCESS EXCLUSIVE MODE").expect("it is held");
        waits_and_goes_on(&database, || holds.batch_execute("ROLLBACK").expect("it is let go"));
    });
}

#[test]
fn a_server_that_is_asked_to_end_before_it_is_ready_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("muster.db");
    let held = rusqlite::Connection::open(&file).expect("a database");
    held.execute_batch("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE").expect("it is held");
    let server = Started::start(&format!("sqlite:{}", file.display()), &[]);
    let port = server.ports(1)[0];
    assert_eq!(server.ask(port, "/readyz").0, 503);
    assert_eq!(server.end(), Some(0));
}

#[test]
fn numbers_are_told_on_an_address_of_their_own() {
    let flags = ["--metrics-listen", "127.0.0.1:0", "--public-url", "https://muster.example"];
    let server = Started::start("sqlite:muster.db", &flags);
    assert_eq!(server.word(), "READY=1");
    let ports = server.ports(2);
    let told: Vec<(u16, String)> =
        ports.iter().map(|port| (*port, server.ask(*port, "/metrics").1)).collect();
    let (with, without): (Vec<_>, Vec<_>) =
        told.iter().partition(|(_, text)| text.contains("muster_workers 3\n"));
    let (Some((watched, _)), Some((pages, text))) = (with.first(), without.first()) else {
        panic!("{told:?}")
    };
    assert!(!text.contains("muster_"), "with a public URL there is a proxy, to which strangers come: {text}");
    assert_eq!(server.ask(*pages, "/metrics").0, 404);
    assert_eq!((server.ask(*watched, "/readyz").0, server.ask(*watched, "/sign-in").0), (200, 404));
    server.ask(*pages, "/sign-in");
    let text = server.ask(*watched, "/metrics").1;
    for line in [
        "muster_request_seconds_count{method=\"GET\",route=\"/sign-in\",status=\"2xx\"} 1\n",
        "muster_request_seconds_count{method=\"GET\",route=\"/metrics\",status=\"4xx\"} 2\n",
        "muster_database_up 1\n",
        "muster_leases_lost_total 0\n",
        "muster_imports_waiting 0\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
    let (health, asked) = (Command::new(env!("CARGO_BIN_EXE_muster")), format!("127.0.0.1:{pages}"));
    let well = |mut command: Command, address: &str| {
        command
            .env_clear()
            .args(["health", "--ready", "--listen", address])
            .output()
            .expect("it runs")
            .status
            .code()
    };
    assert_eq!(well(health, &asked), Some(0));
    let child = server.child.id();
    let asked_to_end = Command::new("kill").args(["-TERM", &child.to_string()]).status();
    assert!(asked_to_end.expect("kill runs").success());
    assert_eq!(server.word(), "STOPPING=1");
    drop(server);
    assert_eq!(well(Command::new(env!("CARGO_BIN_EXE_muster")), &asked), Some(1));
}

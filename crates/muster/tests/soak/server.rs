//! `muster serve` as a process of its own, which can be killed at any moment and started again, and a client that talks to it over HTTP.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

/// A server; it is killed when it is dropped.
pub(super) struct Server {
    child: Arc<Mutex<Child>>,
    /// Kept open: a server whose stdout is closed would end.
    _stdout: BufReader<ChildStdout>,
    url: String,
    agent: Agent,
}

/// An answer, all of it read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {} {}", self.status, self.body))
    }
}

/// What is asked of a server.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) method: &'static str,
    pub(super) path: String,
    pub(super) key: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Server {
    /// Starts a server on a database, and waits until it answers. Its log goes to the end of a file.
    pub(super) fn start(database: &str, log: &Path) -> Self {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(log).expect("a log");
        Self::start_with(database, &[], log.into())
    }

    /// The same with further arguments, and with whatever its log goes to.
    pub(super) fn start_with(database: &str, arguments: &[&str], log: Stdio) -> Self {
        let anywhere: &[&str] =
            if arguments.contains(&"--listen") { &[] } else { &["--listen", "127.0.0.1:0"] };
        let mut child = Command::new(env!("CARGO_BIN_EXE_muster"))
            .args(["serve", "--database", database])
            .args(anywhere)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("it starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("it says where it listens");
        let url = line.trim().strip_prefix("listening on ").unwrap_or_else(|| panic!("it says {line:?}"));
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Self {
            url: format!("{url}/api/v1"),
            child: Arc::new(Mutex::new(child)),
            _stdout: stdout,
            agent: agent.into(),
        }
    }

    /// Asks, and waits for the whole answer. None when it broke off.
    pub(super) fn ask(&self, token: &str, asked: &Asked) -> Option<Answer> {
        let request = Request::builder()
            .method(asked.method)
            .uri(format!("{}{}", self.url, asked.path))
            .header("Authorization", format!("Bearer {token}"));
        let request = match &asked.key {
            Some(key) => request.header("Idempotency-Key", key),
            None => request,
        };
        let request = request.body(asked.body.as_slice()).expect("a request");
        let answer = self.agent.run(request).ok()?;
        let status = answer.status().as_u16();
        let body = answer.into_body().into_with_config().limit(1 << 30).read_to_string().ok()?;
        Some(Answer { status, body })
    }

    /// The status of a page that nobody has to sign in for, and what it says.
    pub(super) fn page(&self, path: &str) -> Answer {
        let asked = self.agent.get(format!("http://{}{path}", self.address())).call().expect("an answer");
        let status = asked.status().as_u16();
        Answer { status, body: asked.into_body().read_to_string().expect("a whole answer") }
    }

    /// The answer to a form as one of our pages sends it.
    pub(super) fn form(&self, path: &str, pairs: &str) -> Answer {
        let asked = self.agent.post(format!("http://{}{path}", self.address()));
        let asked = asked.header("sec-fetch-site", "same-origin");
        let asked = asked.content_type("application/x-www-form-urlencoded").send(pairs).expect("an answer");
        let status = asked.status().as_u16();
        Answer { status, body: asked.into_body().read_to_string().expect("a whole answer") }
    }

    /// Its number on the machine.
    pub(super) fn process(&self) -> u32 {
        self.child.lock().expect("the child").id()
    }

    /// Sends it a signal: `STOP`, `CONT`, `TERM`.
    pub(super) fn signal(&self, name: &str) {
        signal(self.process(), name);
    }

    /// Where it listens: `127.0.0.1:12345`.
    pub(super) fn address(&self) -> &str {
        self.url.trim_start_matches("http://").trim_end_matches("/api/v1")
    }

    /// How long it was on a core so far, with those of its threads that ended, to a hundredth of a second; none where the system does not
    /// tell.
    pub(super) fn processor_time(&self) -> Option<Duration> {
        let id = self.child.lock().expect("the child").id();
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // After the name, which stands in parentheses, user and system time are the twelfth and thirteenth.
        let (_, after) = stat.rsplit_once(") ")?;
        let ticks: u64 =
            after.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
        Some(Duration::from_millis(10 * ticks))
    }

    /// How it is killed: SIGKILL, from any thread.
    pub(super) fn fatality(&self) -> impl FnOnce() + Send + 'static {
        let child = Arc::clone(&self.child);
        move || child.lock().expect("the child").kill().expect("killed")
    }

    /// Whether it is gone; waits a moment for one that is on its way.
    pub(super) fn is_gone(&self) -> bool {
        (0..100).any(|_| {
            let gone = self.child.lock().expect("the child").try_wait().expect("its state").is_some();
            if !gone {
                pause(20);
            }
            gone
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut child = self.child.lock().expect("the child");
        // One that is gone already can't be killed again.
        let _ = child.kill();
        child.wait().expect("it is gone");
    }
}

/// Sends a signal to a process.
pub(super) fn signal(process: u32, name: &str) {
    let sent = Command::new("kill").args([format!("-{name}"), process.to_string()]).status().expect("kill");
    assert!(sent.success(), "SIG{name} to {process}");
}

/// Waits until something is so, and looks again every few milliseconds; so many seconds at the most.
pub(super) fn wait_until(what: &str, seconds: u64, mut is_so: impl FnMut() -> bool) {
    let since = super::now();
    while !is_so() {
        assert!(since.elapsed() < Duration::from_secs(seconds), "waited {seconds} s in vain: {what}");
        pause(20);
    }
}

/// A port of the loopback address that is free just now.
pub(super) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("its address").port()
}

/// A fault that is on its way.
pub(super) struct Fault {
    call_off: Sender<()>,
    coming: JoinHandle<bool>,
}

impl Fault {
    /// Lets it come after so many milliseconds, unless it is called off before.
    pub(super) fn after(milliseconds: u64, happen: impl FnOnce() + Send + 'static) -> Self {
        let (call_off, called_off) = channel::<()>();
        let coming = std::thread::spawn(move || {
            let comes = called_off.recv_timeout(Duration::from_millis(milliseconds)).is_err();
            if comes {
                happen();
            }
            comes
        });
        Self { call_off, coming }
    }

    /// Calls it off, if there is time. Whether it came.
    pub(super) fn end(self) -> bool {
        // It may have come first; then nobody listens.
        let _ = self.call_off.send(());
        self.coming.join().expect("it ended")
    }
}

/// Lets so many milliseconds go by, where there is no other way to learn of something than to look again.
pub(super) fn pause(milliseconds: u64) {
    std::thread::park_timeout(Duration::from_millis(milliseconds));
}

/// The last lines of a log, for a test that fails.
pub(super) fn last_lines(log: &PathBuf) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}

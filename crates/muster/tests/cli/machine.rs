//! A folder with a database, the built program in it, and a server of its own.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

/// Longer than any of these takes: what takes longer hangs.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// A folder with a database, and the program in it.
pub(super) struct Machine(pub(super) tempfile::TempDir);

/// How a command ended.
pub(super) struct Done {
    pub(super) code: Option<i32>,
    pub(super) stdout: Vec<u8>,
    pub(super) stderr: String,
}

impl Done {
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.stdout.clone()).expect("UTF-8")
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.stdout).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// Fails unless the exit code is this one.
    pub(super) fn ends(self, code: i32) -> Self {
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
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// With an account of so many made-up users.
    pub(super) fn with_users(count: u32) -> Self {
        let machine = Self::new();
        machine.run("account create acme --name Acme").ends(0);
        machine.run(&format!("users generate --account acme --count {count}")).ends(0);
        machine
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(super) fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
        command.args(words.split_whitespace()).current_dir(self.0.path()).env_clear().stdin(Stdio::null());
        command.env("LOGNAME", "pat").env("MUSTER_DATABASE", "sqlite:muster.db");
        command
    }

    pub(super) fn run(&self, words: &str) -> Done {
        ended(&mut self.command(words))
    }

    /// Downloads names as csv and replaces the first names of so many users.
    pub(super) fn edited(&self, users: usize) {
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

pub(super) fn ended(command: &mut Command) -> Done {
    let output = command.output().expect("the program runs");
    Done {
        code: output.status.code(),
        stdout: output.stdout,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A running server; ended when dropped.
pub(super) struct Server {
    pub(super) child: Child,
    pub(super) lines: Receiver<String>,
    pub(super) url: String,
}

impl Server {
    pub(super) fn start(machine: &Machine, words: &str) -> Self {
        Self::of(machine.command(&format!("serve --listen 127.0.0.1:0 {words}")))
    }

    pub(super) fn of(command: Command) -> Self {
        Self::logging(command, Stdio::null())
    }

    pub(super) fn logging(mut command: Command, log: Stdio) -> Self {
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

    pub(super) fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("another line on stdout")
    }

    /// Asks it to end, as a service manager does; answers its exit code.
    pub(super) fn end(mut self) -> Option<i32> {
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

//! A process that was stopped while it writes to a file of SQLite can't be taken over, only told: whoever waits for it names it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use ::ground::office::Office;
use ::ground::{Ground, on_sqlite};
use ::store::Role;
use muster::access::create_token;

use super::asking::Client;
use super::now;
use super::server::{Asked, Server, signal};

/// Within this everybody is told.
const TOLD: Duration = Duration::from_secs(10);

/// A process that writes to a file, and is stopped.
struct Stopped(Child);

impl Stopped {
    fn over(file: &str) -> Self {
        let program = "import sqlite3, sys\n\
                       connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n\
                       connection.execute('BEGIN IMMEDIATE')\n\
                       print('it writes', flush=True)\n\
                       sys.stdin.read()";
        let mut child = Command::new("python3")
            .args(["-c", program, file])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("it says so");
        assert_eq!(line, "it writes\n");
        signal(child.id(), "STOP");
        Self(child)
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        self.0.kill().expect("killed");
        self.0.wait().expect("gone");
    }
}

/// Asks in each way there is, all at once; what was said, and how long each took.
fn all_told(app: &Ground, server: &Server, client: &Client, sheet: &[u8]) -> Vec<(String, Duration)> {
    let timed = |ask: &(dyn Fn() -> String + Sync)| {
        let since = now();
        (ask(), since.elapsed())
    };
    let command = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
        command.args(["account", "set", "acme", "--name", "Other", "--database", &app.database]);
        let ended = command.output().expect("it runs");
        assert_eq!(ended.status.code(), Some(1));
        String::from_utf8_lossy(&ended.stderr).into_owned()
    };
    let upload = || {
        let path = "/imports?file_name=users.csv".to_owned();
        let asked = Asked { method: "POST", path, key: None, body: sheet.to_vec() };
        let answer = client.once(&asked).expect("an answer");
        assert_eq!(answer.status, 503, "{answer:?}");
        answer.body
    };
    let page = || {
        let answer = server.form("/sign-in", "email=ada%40acme.example&password=wrong");
        assert_eq!(answer.status, 503, "{answer:?}");
        answer.body
    };
    let asks: [&(dyn Fn() -> String + Sync); 4] = [&command, &upload, &upload, &page];
    std::thread::scope(|scope| {
        let asked = asks.map(|ask| scope.spawn(move || timed(ask)));
        asked.into_iter().map(|ask| ask.join().expect("it ended")).collect()
    })
}

#[test]
fn whoever_waits_for_a_stopped_process_that_writes_names_it() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let token = create_token(app, office.account.id, "robot", Role::Editor, None).expect("a token");
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("log");
        let server = Server::start(&app.database, &log);
        let client = Client::new(server.address(), &token);
        let sheet = client.sheet().with(0, "job_title", "Cook").text();
        let work = app.database.trim_start_matches("sqlite:").replace(".db", "-work.db");
        let stopped = Stopped::over(&work);
        let process = stopped.0.id().to_string();
        for (told, took) in all_told(app, &server, &client, sheet.as_bytes()) {
            assert!(told.contains(&format!("kill -CONT {process}")) && told.contains("python3"), "{told}");
            assert!(took < TOLD, "{took:?}: {told}");
        }
        let logged = std::fs::read_to_string(&log).expect("the log");
        assert!(logged.contains(&format!("process={process}")), "{logged}");
        // Reading goes on all the while.
        client.read("/users").expect("an answer");
        // Once it is gone, everything goes on.
        drop(stopped);
        let import = client.rested(&client.entitle(office.ids.len(), "Clerk"));
        assert_eq!(import["state"], "done", "{import}");
    });
}

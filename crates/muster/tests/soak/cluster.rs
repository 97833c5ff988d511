//! A cluster of PostgreSQL of a test's own, which it may set up and restart as it likes: made by the same script as that of all tests.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A cluster; it is gone when it is dropped.
pub(super) struct Cluster {
    child: Child,
    url: String,
    superuser: String,
    folder: PathBuf,
}

impl Cluster {
    /// Starts one, if tests are to run on PostgreSQL at all.
    pub(super) fn start() -> Option<Self> {
        std::env::var("MUSTER_TEST_POSTGRES").ok()?;
        let told = r#"echo "$MUSTER_TEST_POSTGRES"; echo "$MUSTER_TEST_POSTGRES_SUPERUSER"; echo "$MUSTER_TEST_POSTGRES_CERTIFICATES"; cat"#;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/throw-away-postgres");
        let mut child = Command::new(script)
            .args(["sh", "-c", told])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut line = || lines.next().expect("a line").expect("text");
        let (url, superuser, certificates) = (line(), line(), PathBuf::from(line()));
        let folder = certificates.parent().expect("the folder of the cluster").to_owned();
        Some(Self { child, url, superuser, folder })
    }

    /// Makes a database and hands its address over.
    pub(super) fn database(&self, name: &str) -> String {
        run(&self.url, &format!("CREATE DATABASE {name}"));
        ::ground::with_database(&self.url, name)
    }

    /// Runs a statement as the superuser.
    pub(super) fn execute(&self, sql: &str) {
        run(&self.superuser, sql);
    }

    /// Restarts the server as an operator does who has planned it; waits until it is there again.
    pub(super) fn restart(&self) {
        let data = self.folder.join("data").display().to_string();
        self.run_program(
            "pg_ctl",
            &["-D", &data, "-l", &format!("{data}/server.log"), "-m", "fast", "-w", "restart"],
        );
    }

    /// Begins a second server that follows this one, and can only be read until it is promoted.
    pub(super) fn standby(&self) -> Standby<'_> {
        let hba = self.folder.join("data/pg_hba.conf");
        let mut hba = std::fs::OpenOptions::new().append(true).open(hba).expect("who may connect");
        std::io::Write::write_all(&mut hba, b"host replication all 127.0.0.1/32 password\n")
            .expect("written");
        for setting in ["wal_level = 'replica'", "max_wal_senders = 4"] {
            self.execute(&format!("ALTER SYSTEM SET {setting}"));
        }
        self.restart();
        let data = self.folder.join("standby").display().to_string();
        let from = format!("--dbname={}", self.superuser);
        self.run_program(
            "pg_basebackup",
            &[&from, "-D", &data, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync"],
        );
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .and_then(|free| free.local_addr())
            .expect("a port")
            .port();
        let log = format!("{data}.log");
        self.run_program("pg_ctl", &["-D", &data, "-l", &log, "-o", &format!("-p {port}"), "-w", "start"]);
        Standby { cluster: self, data, port }
    }

    /// Runs a program of the server as who owns it, to its end.
    fn run_program(&self, name: &str, words: &[&str]) {
        let programs = std::fs::read_dir("/usr/lib/postgresql").expect("the server's programs");
        let newest = programs.filter_map(|of| Some(of.ok()?.path())).max().expect("a version");
        let program = newest.join("bin").join(name).display().to_string();
        // The server does not run as root.
        let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
        let runner: &[&str] = if is_root { &["runuser", "-u", "postgres", "--"] } else { &[] };
        let words: Vec<&str> =
            runner.iter().copied().chain([program.as_str()]).chain(words.iter().copied()).collect();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).current_dir(&self.folder).stdin(Stdio::null()).stdout(Stdio::null());
        assert!(command.status().expect("it runs").success(), "{name}");
    }
}

/// A server that follows another one; it ends when it is dropped.
pub(super) struct Standby<'c> {
    cluster: &'c Cluster,
    data: String,
    port: u16,
}

impl Standby<'_> {
    /// The address of a database of the first server at this one.
    pub(super) fn address(&self, database: &str) -> String {
        let (before, after) = database.split_once("@127.0.0.1:").expect("an address");
        let (_, name) = after.split_once('/').expect("a database");
        format!("{before}@127.0.0.1:{}/{name}", self.port)
    }

    /// Makes it a server of its own, which is written.
    pub(super) fn promote(&self) {
        self.cluster.run_program("pg_ctl", &["-D", &self.data, "-w", "promote"]);
    }
}

impl Drop for Standby<'_> {
    fn drop(&mut self) {
        self.cluster.run_program("pg_ctl", &["-D", &self.data, "-m", "immediate", "-w", "stop"]);
    }
}

fn run(url: &str, sql: &str) {
    let mut client = postgres::Client::connect(url, postgres::NoTls).expect("the server");
    client.batch_execute(sql).expect("it runs");
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The script ends with its command, which ends with its input.
        drop(self.child.stdin.take());
        self.child.wait().expect("it is gone");
    }
}

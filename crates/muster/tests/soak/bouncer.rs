//! Servers whose connections go through pgbouncer: each for as long as it lasts, or for one transaction.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

use ::ground::office::Office;
use ::ground::{Ground, on_postgres};
use ::store::Role;
use muster::access::create_token;

use super::asking::Client;
use super::is_there;
use super::server::{Server, free_port, wait_until};

const PROGRAM: &str = "/usr/sbin/pgbouncer";
/// Clients who read while one imports.
const READERS: usize = 6;
/// Reads of each.
const READS: usize = 20;

/// A pgbouncer; it is gone when it is dropped.
struct Bouncer {
    child: Child,
    port: u16,
}

impl Bouncer {
    /// One before the server of a database, with so few connections to it that who is lent one never knows which.
    fn start(database: &str, mode: &str, folder: &Path) -> Self {
        let (who, place) =
            database.split_once("://").and_then(|(_, rest)| rest.split_once('@')).expect("an address");
        let (user, password) = who.split_once(':').expect("a password");
        let of_server = place.split('/').next().and_then(|host| host.split(':').nth(1)).expect("a port");
        let (port, here) = (free_port(), folder.display());
        let settings = format!(
            "[databases]\n* = host=127.0.0.1 port={of_server}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
             unix_socket_dir =\nauth_type = plain\nauth_file = {here}/users.txt\npool_mode = {mode}\ndefault_pool_size = {}\n\
             max_client_conn = 200\nlogfile = {here}/bouncer.log\n",
            if mode == "session" { 40 } else { 4 }
        );
        std::fs::write(folder.join("bouncer.ini"), settings).expect("written");
        std::fs::write(folder.join("users.txt"), format!("\"{user}\" \"{password}\"\n")).expect("written");
        // It does not run as root, and reads all of that as whoever it runs as.
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o777);
        std::fs::set_permissions(folder, mode).expect("set");
        let mut command = Command::new(PROGRAM);
        let is_root =
            std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
        if is_root {
            command.args(["-u", "postgres"]);
        }
        let child = command
            .arg(folder.join("bouncer.ini"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        wait_until("pgbouncer listens", 10, || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        Self { child, port }
    }

    /// The address of a database through it.
    fn address(&self, database: &str, options: &str) -> String {
        let (before, after) = database.split_once("@127.0.0.1:").expect("an address");
        let (_, name) = after.split_once('/').expect("a database");
        let name = name.split('?').next().expect("a name");
        format!("{before}@127.0.0.1:{}/{name}?sslmode=disable{options}", self.port)
    }
}

impl Drop for Bouncer {
    fn drop(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }
}

fn works(app: &Ground, mode: &str, options: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let bouncer = Bouncer::start(&app.database, mode, folder.path());
    let database = bouncer.address(&app.database, options);
    let muster = |words: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
        let ended = command.args(words.split(' ')).args(["--database", &database]).output().expect("it runs");
        assert!(ended.status.success(), "{mode}: {words}: {}", String::from_utf8_lossy(&ended.stderr));
    };
    muster("migrate");
    let mut office = Office::new(app);
    office.hire_more(200);
    let token = create_token(app, office.account.id, "robot", Role::Editor, None).expect("a token");
    let servers = [0, 1].map(|number| Server::start(&database, &folder.path().join(format!("{number}.log"))));
    let clients = [0, 1].map(|number: usize| Client::new(servers[number].address(), &token));
    thread::scope(|scope| {
        for reader in 0..READERS {
            let client = &clients[reader % 2];
            scope.spawn(move || {
                for read in 0..READS {
                    let path = ["/users?limit=5", "/imports", "/users?search=quill"][read % 3];
                    client.read(path).unwrap_or_else(|why| panic!("{mode}: {why}"));
                }
            });
        }
        for round in 0..3 {
            let title = format!("Title {round}");
            let (one, other) = (&clients[round % 2], &clients[(round + 1) % 2]);
            let import = one.rested(&one.entitle(office.ids.len(), &title));
            assert_eq!(import["state"], "done", "{mode}: {import}");
            assert_eq!(other.titles(office.ids.len()), [title]);
        }
    });
    let undone = clients[0].act("POST", &format!("/imports/{}/undo", last(&clients[1])), b"");
    assert_eq!(clients[1].rested(&undone)["state"], "done", "{mode}");
    assert_eq!(clients[0].titles(office.ids.len()), ["Title 1"]);
    drop(servers);
    muster("doctor");
    office.check_history();
}

/// The number of the last import.
fn last(client: &Client) -> String {
    let listed = client.read("/imports").expect("an answer").json();
    listed["items"][0]["id"].as_str().unwrap_or_else(|| panic!("no import")).to_owned()
}

#[test]
fn through_pgbouncer_servers_work_whether_it_lends_connections_for_a_session_or_a_transaction() {
    if !is_there(PROGRAM) {
        return;
    }
    thread::scope(|scope| {
        for (mode, options) in [("session", ""), ("transaction", "&prepared=off")] {
            scope.spawn(move || on_postgres(|app| works(app, mode, options)));
        }
    });
}

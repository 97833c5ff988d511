//! More clients than the database has connections, and a database that is restarted meanwhile: nobody is refused, and no read fails.

use std::sync::Mutex;
use std::thread;

use ::ground::office::Office;
use ::store::Role;
use muster::access::create_token;

use super::asking::Client;
use super::cluster::Cluster;
use super::server::{Asked, Server, pause};
use super::size;

/// Connections that the server has, three of which it keeps for its superuser.
const CONNECTIONS: usize = 20;
const PROCESSES: usize = 2;
const CLIENTS: usize = 40;
/// Organisations, each with its share of the clients.
const OFFICES: usize = 5;
/// What each client asks while the database is restarted, and asks again and again until it is there.
const PATHS: [&str; 4] = ["/users?limit=5", "/imports", "/fields", "/users?search=quill"];

#[test]
fn forty_clients_of_two_processes_share_twenty_connections_and_read_on_over_a_restart() {
    let Some(cluster) = Cluster::start() else {
        return println!("skipped: MUSTER_TEST_POSTGRES is not set");
    };
    cluster.execute(&format!("ALTER SYSTEM SET max_connections = {CONNECTIONS}"));
    cluster.execute("CREATE ROLE served LOGIN PASSWORD 'served'");
    cluster.restart();
    let owner = cluster.database("crowded");
    let app = ::ground::open(owner.clone());
    let mut tokens = Vec::new();
    for number in 0..OFFICES {
        let office = Office::called(&app, &format!("office{number}"));
        tokens.push(create_token(&app, office.account.id, "robot", Role::Editor, None).expect("a token"));
    }
    drop(app);
    let grant = "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO served";
    postgres::Client::connect(&owner, postgres::NoTls).expect("it").batch_execute(grant).expect("granted");
    // Not the superuser, for whom connections are kept.
    let (_, place) = owner.split_once('@').expect("an address");
    let database = format!("postgres://served:served@{place}");
    let folder = tempfile::tempdir().expect("a folder");
    let servers: Vec<Server> = (0..PROCESSES)
        .map(|number| Server::start(&database, &folder.path().join(format!("{number}.log"))))
        .collect();

    let asked = size("MUSTER_SOAK_CROWDED", 400) / CLIENTS;
    let failed = of_all(&servers, &tokens, &|client, number| {
        for ask in 0..asked {
            read(client, PATHS[(number + ask) % PATHS.len()])?;
            if ask % 5 == 0 {
                upload(client)?;
            }
        }
        Ok(())
    });
    assert_eq!(failed, [""; 0], "with too few connections");

    let is_back = std::sync::atomic::AtomicBool::new(false);
    let failed = thread::scope(|scope| {
        scope.spawn(|| {
            pause(300);
            cluster.restart();
            pause(500);
            is_back.store(true, std::sync::atomic::Ordering::Relaxed);
        });
        of_all(&servers, &tokens, &|client, number| {
            let mut ask = number;
            while !is_back.load(std::sync::atomic::Ordering::Relaxed) {
                read(client, PATHS[ask % PATHS.len()])?;
                ask += 1;
            }
            Ok(())
        })
    });
    assert_eq!(failed, [""; 0], "over a restart");
}

/// What all clients of all servers do, at once; what failed.
fn of_all(
    servers: &[Server],
    tokens: &[String],
    work: &(dyn Fn(&Client, usize) -> Result<(), String> + Sync),
) -> Vec<String> {
    let failed = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for number in 0..CLIENTS * servers.len() {
            let (server, token, failed) =
                (&servers[number % servers.len()], &tokens[number % OFFICES], &failed);
            scope.spawn(move || {
                let client = Client::new(server.address(), token);
                if let Err(why) = work(&client, number) {
                    failed.lock().expect("the list").push(why);
                }
            });
        }
    });
    failed.into_inner().expect("the list")
}

fn read(client: &Client, path: &str) -> Result<(), String> {
    client.read(path).map(drop)
}

/// A file that is no download of ours: kept, read and refused, without a trace in the directory.
fn upload(client: &Client) -> Result<(), String> {
    let path = "/imports?file_name=users.csv".to_owned();
    let asked = Asked { method: "POST", path, key: None, body: b"Muster,nothing\r\n".to_vec() };
    match client.once(&asked) {
        Some(answer) if answer.status < 300 => Ok(()),
        other => Err(format!("upload: {other:?}")),
    }
}

//! A server of PostgreSQL that follows another one: Muster's pages are read there, what would write says so, and once it is promoted it is written.

use ::ground::office::Office;
use ::store::Role;
use muster::access::create_token;

use super::cluster::Cluster;
use super::now;
use super::server::{Asked, Server};

#[test]
fn a_server_that_follows_another_is_read_and_once_it_is_promoted_written() {
    let Some(cluster) = Cluster::start() else {
        return println!("skipped: MUSTER_TEST_POSTGRES is not set");
    };
    let first = cluster.database("followed");
    let app = ::ground::open(first.clone());
    let office = Office::new(&app);
    let token = create_token(&app, office.account.id, "robot", Role::Editor, None).expect("a token");
    drop(app);
    let standby = cluster.standby();
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(&standby.address(&first), &folder.path().join("standby.log"));
    let ask = |method, path: &str, body: &str| {
        let asked = Asked { method, path: path.to_owned(), key: None, body: body.as_bytes().to_vec() };
        server.ask(&token, &asked).expect("an answer")
    };
    let upload = || ask("POST", "/imports?file_name=a.csv", "email\nann@acme.example\n");
    for path in ["/users?limit=5", "/imports", "/fields", "/users?search=ann"] {
        let read = ask("GET", path, "");
        assert_eq!(read.status, 200, "{path}: {}", read.body);
    }
    assert_eq!(server.page("/sign-in").status, 200);
    assert_eq!(server.page("/readyz").status, 503, "who only reads takes no work");
    for _ in 0..2 {
        let since = now();
        let refused = upload();
        assert_eq!(refused.status, 503, "{}", refused.body);
        assert!(refused.body.contains("can only be read just now"), "{}", refused.body);
        println!("a write was refused within {:?}", since.elapsed());
    }
    standby.promote();
    let written = upload();
    assert!((200..300).contains(&written.status), "{}: {}", written.status, written.body);
    drop(server);
}

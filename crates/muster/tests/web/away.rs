//! While PostgreSQL is gone: who looks is told that it could not be read, who writes that it is not known, and only the first waits for long. This
//! takes the ten seconds that a restart is waited for. While it neither answers nor refuses, everybody is told within twenty.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ::ground::with_postgres;
use ::store::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use muster::access::create_token;

use super::site::Site;
use crate::ground::open;

/// A way to a server, which can be closed and opened again at the same port.
struct Way {
    port: u16,
    server: u16,
    open: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
    passed: Arc<Mutex<Vec<TcpStream>>>,
    /// Nothing passes while somebody has it.
    gate: Arc<Mutex<()>>,
}

impl Way {
    /// A way to a database, and the address of the database behind it.
    fn of(database: &str) -> (Self, String) {
        let (before, after) = database.split_once("@127.0.0.1:").expect("an address");
        let (port, rest) = after.split_once('/').expect("a database");
        let way = Self::to(port.parse().expect("a port"));
        let database = format!("{before}@127.0.0.1:{}/{rest}", way.port);
        (way, database)
    }

    fn to(server: u16) -> Self {
        let mut way = Self { port: 0, server, open: None, passed: Arc::default(), gate: Arc::default() };
        way.open();
        way
    }

    fn open(&mut self) {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).expect("a port");
        self.port = listener.local_addr().expect("its port").port();
        let (is_closed, server, passed) =
            (Arc::new(AtomicBool::new(false)), self.server, Arc::clone(&self.passed));
        let (closed, gate) = (Arc::clone(&is_closed), Arc::clone(&self.gate));
        let accepting = thread::spawn(move || {
            for from in listener.incoming().take_while(|_| !closed.load(Ordering::Relaxed)) {
                let (from, to) = (
                    from.expect("a connection"),
                    TcpStream::connect(("127.0.0.1", server)).expect("the server"),
                );
                let mut passed = passed.lock().expect("the list");
                passed.extend([from.try_clone().expect("it"), to.try_clone().expect("it")]);
                for (mut from, mut to) in
                    [(from.try_clone().expect("it"), to.try_clone().expect("it")), (to, from)]
                {
                    let gate = Arc::clone(&gate);
                    thread::spawn(move || pass(&mut from, &mut to, &gate));
                }
            }
        });
        self.open = Some((is_closed, accepting));
    }

    fn close(&mut self) {
        let (is_closed, accepting) = self.open.take().expect("it is open");
        is_closed.store(true, Ordering::Relaxed);
        TcpStream::connect(("127.0.0.1", self.port)).expect("it is woken");
        accepting.join().expect("it ends");
        for stream in self.passed.lock().expect("the list").drain(..) {
            // The other side may be gone already.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn pass(from: &mut TcpStream, to: &mut TcpStream, gate: &Mutex<()>) {
    let mut some = [0; 16 << 10];
    while let Ok(count @ 1..) = from.read(&mut some) {
        drop(gate.lock());
        if to.write_all(&some[..count]).is_err() {
            break;
        }
    }
    let _: io::Result<()> = to.shutdown(Shutdown::Both);
}

/// A moment, to measure from.
#[expect(clippy::disallowed_methods, reason = "a time is measured")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

/// Who comes later is told within this, on a busy machine too.
const SOON: Duration = Duration::from_secs(4);

#[test]
fn who_looks_is_told_of_no_write_and_waits_only_once() {
    with_postgres(|database| {
        let (mut way, database) = Way::of(&database);
        let app = open(database);
        let site = Site::new(&app);
        let cookie = site.cookie(&site.acme, Role::Owner);
        let token = create_token(&app, site.acme.id, "robot", Role::Editor, None).expect("a token");
        let get = |path: &str| site.get(path, &cookie);
        assert_eq!(get("/o/acme/users").status, StatusCode::OK);
        way.close();
        let since = now();
        let page = get("/o/acme/users");
        let waited = since.elapsed();
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{}", page.body);
        assert!(page.text("p").contains("could not be read"), "{}", page.body);

        let since = now();
        let page = get("/o/acme/imports");
        assert!(page.text("p").contains("could not be read"), "{}", page.body);
        let request = Request::get("/api/v1/users").header("authorization", format!("Bearer {token}"));
        let told = site.ask(request.body(Body::empty()).expect("a request"));
        assert_eq!(told.status, StatusCode::SERVICE_UNAVAILABLE, "{}", told.body);
        assert!(told.body.contains("could not be read"), "{}", told.body);
        let written = site.post("/o/acme/me/language", &cookie, "language=de");
        assert_eq!(written.status, StatusCode::SERVICE_UNAVAILABLE, "{}", written.body);
        assert!(written.body.contains("may or may not have been done"), "{}", written.body);
        let later = since.elapsed();
        assert!(later < SOON, "three who came later waited {later:?}");
        println!("the first waited {waited:?}, three later ones {later:?} in all");

        way.open();
        assert_eq!(get("/o/acme/users").status, StatusCode::OK, "it is asked again");
        way.close();
    });
}

#[test]
fn a_database_that_neither_answers_nor_refuses_is_not_waited_for_without_end() {
    with_postgres(|database| {
        let (mut way, database) = Way::of(&database);
        let app = open(database);
        let site = Site::new(&app);
        let cookie = site.cookie(&site.acme, Role::Owner);
        assert_eq!(site.get("/o/acme/users", &cookie).status, StatusCode::OK);
        let gate = Arc::clone(&way.gate);
        let stopped = gate.lock().expect("the gate");
        let since = now();
        let ready = site.ask(Request::get("/readyz").body(Body::empty()).expect("a request"));
        assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE, "{}", ready.body);
        assert!(since.elapsed() < Duration::from_secs(8), "{:?}", since.elapsed());
        let page = site.get("/o/acme/users", &cookie);
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{}", page.body);
        assert!(page.text("p").contains("could not be read"), "{}", page.body);
        assert!(since.elapsed() < Duration::from_secs(35), "{:?}", since.elapsed());
        drop(stopped);
        assert_eq!(site.get("/o/acme/users", &cookie).status, StatusCode::OK, "it is asked again");
        way.close();
    });
}

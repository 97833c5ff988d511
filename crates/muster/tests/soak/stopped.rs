//! Connections that stop: in the head of a request, in its body, while an answer is sent. Whoever has them, and on whatever address, another
//! organisation is answered as before; and they are not kept for ever.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use ::store::{Account, ImportId, Progress, Role, Stage};
use directory::{UserId, Users};
use muster::access;
use muster::app::App;
use muster::listening::{Limits, Most, Patience, serve};
use muster::{api, web};
use tokio::sync::oneshot;

use super::server::pause;
use super::{now, size};
use crate::ground::{NOW, on_sqlite};
use crate::routes::{Route, routes};

/// Users of the organisation whose connections stop: its download is more than what is made ahead of who takes it.
const USERS: u64 = 12_000;

/// The limits of a server that people use.
const USUAL: Limits = Limits { patience: Patience::USUAL, most: Most { usual: 512, spare: 32 } };

/// Patience that outlasts every test.
const LONG: Patience =
    Patience { head: Duration::from_secs(3_600), idle: Duration::from_secs(3_600), least_rate: 1 };

/// A server in this process, over which connections stop.
struct Listening {
    address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
    stopper: Account,
    import: ImportId,
    /// Cookie and token of a viewer and of an owner of the organisation whose connections stop, and the cookie of another one.
    cookie: String,
    token: String,
    other_cookie: String,
}

impl Listening {
    fn start(app: &App, users: u64, limits: Limits) -> Self {
        let (stopper, other) = (organisation(app, "acme", users), organisation(app, "globex", 50));
        let (tell, told) = std::sync::mpsc::channel();
        let (end, ended) = oneshot::channel::<()>();
        let routes = web::router(app.clone()).merge(api::router(app.clone()));
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
            runtime.expect("a runtime").block_on(async {
                // What is sent and not taken stops soon: there is hardly any room for it on the way.
                let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
                socket.set_send_buffer_size(4_096).expect("small");
                socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("bound");
                let listener = socket.listen(1_024).expect("it listens");
                tell.send(listener.local_addr().expect("an address")).expect("heard");
                let ended = async { ended.await.unwrap_or_default() };
                serve(routes, listener, limits, ended).await.expect("it serves");
            });
        });
        let owner = |account: &Account| {
            let email = format!("owner@{}.example", account.slug);
            let owner = app.store.administrator(&email).expect("works").expect("an owner");
            format!("muster={}", access::start_session(app, owner.id).expect("a session"))
        };
        Self {
            address: told.recv().expect("it listens"),
            end: Some(end),
            thread: Some(thread),
            import: review(app, &stopper),
            cookie: owner(&stopper),
            token: access::create_token(app, stopper.id, "robot", Role::Owner, None).expect("a token"),
            other_cookie: owner(&other),
            stopper,
        }
    }

    /// What a route is asked by the organisation whose connections stop, up to the end of the head, and its body.
    fn request(&self, route: &Route) -> (String, String) {
        let path = route.path.replace("{slug}", &self.stopper.slug);
        let path = if path.contains("/imports/{id}") {
            path.replace("{id}", &self.import.to_string())
        } else {
            path.replace("{id}", "U-2222222222")
        };
        let path = path.replace("{secret}", "x").replace("{hash}", "x").replace("{name}", "x");
        let query =
            if path.ends_with("/download/file") || path.ends_with("/user-data") { "?format=csv" } else { "" };
        let mut head = format!("{} {path}{query} HTTP/1.1\r\nHost: localhost\r\n", route.method);
        head.push_str(&format!("Cookie: {}\r\nAuthorization: Bearer {}\r\n", self.cookie, self.token));
        head.push_str("Sec-Fetch-Site: same-origin\r\n");
        if route.method == "GET" {
            return (head + "\r\n", String::new());
        }
        let is_form = path.ends_with("/imports") || path.ends_with("/file");
        let body = if is_form {
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nuser_id\r\n"
                .to_owned()
        } else {
            "plan=1&seen=1&email=somebody".to_owned()
        };
        let kind =
            if is_form { "multipart/form-data; boundary=x" } else { "application/x-www-form-urlencoded" };
        head.push_str(&format!("Content-Type: {kind}\r\nContent-Length: 600000\r\n\r\n"));
        (head, body)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it connects");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time-out");
        stream
    }

    /// So many connections to a route that stop, one third each in the head, in the body (or the answer when there is none) and in the
    /// answer.
    fn stop(&self, route: &Route, count: usize) -> Vec<TcpStream> {
        let (head, body) = self.request(route);
        let whole = format!("{head}{body}");
        let stopped = |number: usize| {
            let mut stream = self.connect();
            let sent = if number.is_multiple_of(3) { &head[..head.len() / 2] } else { &whole };
            stream.write_all(sent.as_bytes()).expect("sent");
            stream
        };
        (0..count).map(stopped).collect()
    }

    /// How long a page of the other organisation takes.
    fn page_of_the_other(&self) -> Duration {
        let began = now();
        let (status, _) = self.ask("GET /o/globex/users", &format!("Cookie: {}\r\n", self.other_cookie));
        assert_eq!(status, 200);
        began.elapsed()
    }

    /// Asks over a connection of its own and reads the whole answer; its status and text, or 0 when there is none.
    fn ask(&self, what: &str, headers: &str) -> (u16, String) {
        let mut stream = self.connect();
        let request = format!("{what} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        // One that was cut off is told by its status.
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.unwrap_or_default(), answer)
    }

    /// The slowest but one of a hundred pages, or the slowest of fewer.
    fn slowest(&self, pages: usize) -> Duration {
        let mut times: Vec<Duration> = (0..pages).map(|_| self.page_of_the_other()).collect();
        times.sort_unstable();
        times[(pages * 99 / 100).min(pages - 1)]
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.end.take().map(|end| end.send(()));
        let thread = self.thread.take().map(std::thread::JoinHandle::join);
        assert!(std::thread::panicking() || thread.is_some_and(|ended| ended.is_ok()), "the server ends");
    }
}

/// An account with users and an owner.
fn organisation(app: &App, slug: &str, people: u64) -> Account {
    let account = app.store.create_account(slug, slug, NOW).expect("works").expect("a new slug");
    let email = format!("owner@{slug}.example");
    let owner = app.store.save_administrator(&email, &email, None, false, NOW).expect("an owner");
    app.store.give_role(account.id, owner.id, Role::Owner).expect("a role");
    let fields = app.store.fields(account.id).expect("fields");
    let mut users = Users::new(&fields);
    let first = app.store.reserve_users(people).expect("numbers");
    for number in first..first + people {
        users.begin(UserId::from_number(number).expect("in range"), 0, false);
        let email = format!("user{number}@{slug}.example");
        for (key, value) in [
            ("first_name", "Ada"),
            ("last_name", &*"Lovelace".repeat(30)),
            ("email", &email),
            ("status", "active"),
        ] {
            let field = fields.by_key(key).expect("built in");
            users.set(fields.slot(field.number).expect("a slot"), Some(value));
        }
    }
    app.store.create_users(account.id, &users, "created", "test", NOW).expect("users");
    app.store.account(slug).expect("works").expect("the account")
}

fn first_user(app: &App, account: &Account) -> UserId {
    let mut users = Users::new(&app.store.fields(account.id).expect("fields"));
    app.store.users_after(account.id, 0, u64::MAX >> 1, 1, &mut users).expect("users");
    users.get(0).expect("a user").id()
}

/// An import in review.
fn review(app: &App, account: &Account) -> ImportId {
    let new = import::NewUpload {
        file_name: "a.csv".to_owned(),
        actor: "owner".to_owned(),
        complete: ::store::Complete::Never,
        leave_out_errors: false,
        decisions: Vec::new(),
        keep: true,
    };
    let mut upload = import::Upload::begin(app, account.id, new);
    let text = format!("user_id,first_name\n{},Grace\n", first_user(app, account));
    upload.write(text.as_bytes()).expect("kept");
    let id = upload.finish().expect("an import");
    while import::work_once(app, "test").expect("work") {}
    id
}

#[test]
fn another_organisation_is_answered_while_connections_of_one_stop_at_any_route() {
    on_sqlite(|app| {
        // Nobody is to be answered only because others were cut off in the end.
        let server = Listening::start(app, USERS, Limits { patience: LONG, ..USUAL });
        let (stopping, pages) = (size("MUSTER_SOAK_STOPPED", 33), size("MUSTER_SOAK_PAGES", 12));
        server.slowest(pages);
        let idle = server.slowest(4 * pages);
        // What a machine with other work does now and then is no fault of the server.
        let most = (3 * idle).max(Duration::from_millis(60));
        let mut slow = Vec::new();
        for route in routes() {
            let stopped = server.stop(&route, stopping);
            // Until all that goes on by itself has stopped.
            let beside = (0..5).map(|_| server.slowest(pages)).find(|time| *time <= most);
            if beside.is_none() {
                slow.push(format!("{} {}", route.method, route.path));
            }
            drop(stopped);
        }
        assert!(
            slow.is_empty(),
            "idle {idle:?}; beside stopped connections at {slow:#?} longer than {most:?}"
        );
        println!("{} routes, {stopping} connections each: a page within {most:?}", routes().len());
    });
}

#[test]
fn files_of_one_account_go_out_and_come_in_so_many_at_once() {
    on_sqlite(|app| {
        let server = Listening::start(app, USERS, Limits { patience: LONG, ..USUAL });
        for (method, path, what) in [
            ("GET", "/api/v1/user-data", "GET /api/v1/new-user-template"),
            ("POST", "/api/v1/imports", "POST /api/v1/imports"),
        ] {
            let route = Route { method, path: path.to_owned() };
            let (head, body) = server.request(&route);
            let stop = || {
                let mut stream = server.connect();
                stream.write_all(format!("{head}{body}").as_bytes()).expect("sent");
                stream
            };
            let mut stopped: Vec<TcpStream> = (0..8).map(|_| stop()).collect();
            let headers = format!("Authorization: Bearer {}\r\nContent-Length: 0\r\n", server.token);
            let refused = (0..100).map(|_| server.ask(what, &headers)).find(|(status, _)| {
                // Who asks may be one of the eight.
                stopped.push(stop());
                pause(20);
                *status == 429
            });
            let (_, answer) = refused.expect("the ninth is refused");
            assert!(answer.contains("retry-after: 5"), "{answer}");
            assert!(answer.contains("So much is under way"), "{answer}");
            server.page_of_the_other();
            drop(stopped);
            let again = (0..500).any(|_| {
                pause(20);
                server.ask(what, &headers).0 != 429
            });
            assert!(again, "{what}: who is gone makes room");
        }
    });
}

#[test]
fn who_stops_loses_the_connection() {
    on_sqlite(|app| {
        let idle = Duration::from_millis(300);
        let patience = Patience { head: idle, idle, least_rate: 1_024 };
        let server = Listening::start(app, USERS, Limits { patience, ..USUAL });
        for (method, path) in
            [("GET", "/api/v1/user-data"), ("POST", "/api/v1/imports"), ("POST", "/sign-in")]
        {
            let route = Route { method, path: path.to_owned() };
            for mut stream in server.stop(&route, 6) {
                pause(if method == "GET" { 800 } else { 0 });
                let began = now();
                let mut answer = Vec::new();
                // It ends in whatever way, and not with a whole file.
                let _ = stream.read_to_end(&mut answer);
                assert!(began.elapsed() < Duration::from_secs(10), "{method} {path}");
                let whole = String::from_utf8_lossy(&answer).ends_with("0\r\n\r\n");
                assert!(!whole, "{method} {path}: {}", String::from_utf8_lossy(&answer));
            }
        }
    });
}

#[test]
fn there_is_room_for_those_who_ask_however_many_do_not() {
    on_sqlite(|app| {
        let most = Most { usual: 24, spare: 4 };
        let server = Listening::start(app, 50, Limits { most, ..USUAL });
        let heads: Vec<TcpStream> = (0..200)
            .map(|_| {
                let mut stream = server.connect();
                stream.write_all(b"GET /sign-in HTTP/1.1\r\nHost: loc").expect("sent");
                stream
            })
            .collect();
        server.page_of_the_other();
        assert_eq!(server.ask("GET /healthz", "").0, 200);
        drop(heads);
        // All are busy with requests whose bodies do not come.
        let route = Route { method: "POST", path: "/sign-in".to_owned() };
        let (head, body) = server.request(&route);
        let stopping = || {
            let mut stream = server.connect();
            // Beyond those that there is room for, the connection may be closed already.
            let _ = stream.write_all(format!("{head}{body}").as_bytes());
            stream
        };
        let mut bodies: Vec<TcpStream> = (0..200).map(|_| stopping()).collect();
        // On a busy machine one of them may not be read yet: whoever asks takes its place, and one more has to come.
        let mut answered = (0, String::new());
        for _ in 0..50 {
            pause(200);
            answered = server.ask("GET /o/globex/users", "");
            if answered.0 == 503 {
                break;
            }
            bodies.push(stopping());
        }
        let (status, answer) = answered;
        assert!(status == 503 && answer.contains("retry-after: 5"), "{answer}");
        assert_eq!(server.ask("GET /healthz", "").0, 200);
        assert_eq!(server.ask("GET /readyz", "").0, 503, "it says that it has no workers");
        drop(bodies);
        pause(200);
        server.page_of_the_other();
    });
}

#[test]
fn forms_that_wait_for_an_import_hold_up_nobody() {
    on_sqlite(|app| {
        let server = Listening::start(app, 50, USUAL);
        let (account, now) = (server.stopper.id, app.clock.now());
        // Somebody applies an import, and goes on for as long as the test likes.
        let completed = import::complete(app, account, server.import, None, true).expect("works");
        assert!(matches!(completed, import::Completion::Started(_)), "{completed:?}");
        let lease = app.store.claim(Some((account, server.import)), "somebody", now, now.plus(6_000));
        let lease = lease.expect("works").expect("a lease");
        let entered = app.store.enter_applying(account, server.import, 1, lease.fence, now);
        assert!(entered.expect("works"));
        let idle = server.slowest(20);
        let user = first_user(app, &server.stopper);
        let form = format!(
            "seen={}&field.first_name=Grace",
            app.store.account_now(account).expect("works").revision
        );
        let send = || {
            let mut stream = server.connect();
            let head = format!(
                "POST /o/acme/users/{user} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: {}\r\n\
                 Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
                server.cookie,
                form.len()
            );
            stream.write_all(format!("{head}{form}").as_bytes()).expect("sent");
            stream
        };
        let waiting: Vec<TcpStream> = (0..32).map(|_| send()).collect();
        pause(500);
        let beside = server.slowest(20);
        assert!(
            beside <= (3 * idle).max(Duration::from_millis(60)),
            "idle {idle:?}, beside forms {beside:?}"
        );
        // The time of whoever waits is over sooner or later, however slow the machine is.
        let (clock, store) = (app.clock.clone(), app.store.clone());
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let turning = std::thread::spawn(move || {
            while matches!(ended.recv_timeout(Duration::from_millis(200)), Err(RecvTimeoutError::Timeout)) {
                clock.turn(3_000);
                let kept = store.keep_lease(
                    &lease,
                    Progress { stage: Stage::Applying, done: 0, total: 0 },
                    clock.now().plus(6_000),
                );
                assert!(kept.expect("works"), "it is still applied");
            }
        });
        let mut answers = [0, 0];
        for mut stream in waiting {
            let mut answer = String::new();
            stream.read_to_string(&mut answer).expect("an answer");
            let busy =
                answer.starts_with("HTTP/1.1 422") && answer.contains("a large import is being completed");
            let crowded = answer.starts_with("HTTP/1.1 429") && answer.contains("So much is under way");
            assert!(busy != crowded, "{answer}");
            answers[usize::from(crowded)] += 1;
        }
        drop(end);
        turning.join().expect("the clock stands again");
        assert!(answers[0] >= 8 && answers[1] > 0, "{answers:?}");
        assert_eq!(app.store.unfinished_imports().expect("works"), 1, "the forms left nothing");
    });
}
